"""Writes the pages of docs/ that come from the program itself, the table of modules in architecture.md,
and what hand-written pages say of the indicators.

Run it with `make docs`. With `--check` it writes nothing and fails if a page is out of date.
"""

import ast
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import yaml

from poa_xl import cells, indicators, messages, sheets
from poa_xl.cli import poa_xl
from poa_xl.guards import DEFAULT
from poa_xl.messages import Trait, limits, parquet as data
from poa_xl.migration import versions
from poa_xl.sheets import Column, Sheet
from poa_xl.writers.parquet import tables

from click.testing import CliRunner  # isort: skip - after poa_xl.cli, which loads click with its words in Spanish

DOCS = Path(__file__).resolve().parent
WIDTH = 100  # of the help pages, in characters
_WARNING = "<!-- Página generada por docs/generate.py: no la edite a mano. -->"

# How a message's placeholders are called on the page. A name that means something else in one section, or in one code,
# stands under that section or code.
PLACEHOLDERS = {
    "anterior": "el mes anterior",
    "avance": "avance",
    "categoria": "categoría",
    "columna": "columna",
    "como": "suma, llega a o es",
    "cosas": "las operaciones o las tareas",
    "diferencia": "diferencia",
    "esperado": "valor esperado",
    "fecha": "fecha",
    "fila": "fila",
    "fuente": "fuente",
    "hallado": "valor hallado",
    "leido": "valor leído",
    "mes": "mes",
    "motivo": "motivo",
    "operacion": "operación",
    "otras": "las otras celdas con la misma causa",
    "pista": "el código más parecido",
    "tipo": "tipo de meta",
    "trimestre": "trimestre",
}
PLACEHOLDERS_OF = {
    "CAT-005": {"hallado": "categoría"},
    "CEL-003": {"leido": "valor o valor"},
    "CEL-005": {"leido": "tipo de dato"},
    "CUA": {
        "hallado": "suma de las unidades",
        "esperado": "monto del SIGEP",
        "faltan": "cuántas unidades faltan",
        "explicacion": "celdas que podrían explicarla",
    },
    "ENT-001": {"hallado": "unidad", "esperado": "archivos"},
    "ENT-002": {"hallado": "unidad", "esperado": "nombre de la unidad"},
    "ENT-003": {"hallado": "carpeta"},
    "ENT-004": {"hallado": "unidad", "esperado": "archivos"},
    "ENT-008": {"hallado": "código"},
    "ENT-009": {"hallado": "archivo"},
    "ENT-010": {"hallado": "unidad", "esperado": "sus trimestres"},
    "ENT-011": {"hallado": "unidad", "anterior": "código de antes", "esperado": "sus trimestres de antes"},
    "EXI": {"hallado": "unidad", "esperado": "código nuevo", "motivo": "antes de su primer día o después del último"},
    "EXI-003": {"hallado": "trimestre", "pista": "la unidad que sigue"},
    "EXI-004": {"hallado": "valor hallado"},
    "UND-012": {"hallado": "último día", "esperado": "primer día"},
    "UND-014": {"hallado": "sus códigos"},
    "UND-015": {"hallado": "unidad", "esperado": "sucesora"},
    "UND-016": {"hallado": "primer día", "esperado": "unidad anterior"},
    "UND-017": {"hallado": "primer día", "esperado": "unidad anterior"},
    "UND-018": {"hallado": "unidad", "motivo": "lo que muestra que existió"},
    "HOJ-004": {"hallado": "cada hoja con sus filas"},
    "HOJ-007": {"hallado": "celda"},
    "HOJ-010": {"columna": "hoja que se leyó"},
    "HOJ-011": {"hallado": "fila o filas"},
    "CEL-020": {"esperado": "celdas combinadas", "hallado": "celdas tapadas y lo que tienen"},
    "LIB-010": {"columna": "nombre del límite", "esperado": "límite"},
    "LIB-013": {"hallado": "macros"},
    "LIB-014": {"hallado": "archivos"},
    "LIB-020": {"hallado": "controles, conexiones y otros"},
    "LIB-021": {"hallado": "documentos"},
    "LIB-022": {"hallado": "celda"},
    "PAR-008": {"columna": "parámetro", "esperado": "rango"},
    "PAR-009": {"columna": "semáforo", "hallado": "versiones"},
    "UNI-014": {"esperado": "trimestre que se evalúa", "hallado": "trimestre del libro"},
    "HOJ": {"columna": "hoja", "hallado": "hoja hallada"},
    "HOJ-003": {"columna": "hojas en orden"},
    "FUE-004": {"columna": "columnas"},
    "HIS-005": {"columna": "columnas"},
    "MET-005": {"columna": "columnas"},
    "PAR-003": {"columna": "columnas"},
    "PAR-005": {"columna": "parámetro"},
    "PAR-006": {"columna": "parámetro", "hallado": "umbral", "esperado": "el del nivel mejor"},
    "PAR-007": {"columna": "parámetro", "esperado": "métodos"},
    "PES-001": {"columna": "hermanas", "hallado": "cuántas"},
    "PES-002": {"columna": "hermanas", "hallado": "suma"},
    "PES-003": {"hallado": "cuántos"},
    "PRE-003": {"esperado": "categorías de la unidad"},
    "PRE-005": {"columna": "columnas"},
    "PRE-006": {"hallado": "devengado", "esperado": "vigente"},
    "PRE-007": {"hallado": "vigente", "esperado": "inicial más modificaciones"},
    "PRE-008": {"esperado": "fuentes"},
    "PRE-009": {"columna": "mes"},
    "OPE-004": {"esperado": "las ACP"},
    "RES-002": {"esperado": "las ACP"},
    "SIG-004": {"columna": "columnas"},
    "PLA-003": {"hallado": "operación"},
    "PLA-004": {"hallado": "tarea", "esperado": "operación"},
    "PLA-005": {"hallado": "operación"},
    "PLA-006": {"hallado": "tarea", "esperado": "operación"},
    "PLA-008": {"hallado": "categoría", "esperado": "fuente"},
    "PLA-009": {"hallado": "nombre", "esperado": "nombre aprobado"},
    "INF-003": {"hallado": "identificador", "pista": "por qué", "esperado": "un identificador que hay"},
    "INF-004": {"esperado": "un identificador que hay"},
    "MOD-005": {"hallado": "tarea"},
    "MOD-006": {"hallado": "fecha", "esperado": "gestión"},
    "SIG-006": {"esperado": "meses", "hallado": "categoría", "motivo": "qué pasa con sus cifras"},
    "SIG-007": {"hallado": "devengado", "esperado": "vigente"},
    "SIG-008": {"hallado": "cuántas"},
    "SIG-010": {"hallado": "vigente", "esperado": "vigente anterior"},
    "SIG-011": {"hallado": "meses", "esperado": "último mes"},
    "FUE-005": {"hallado": "suma de las fuentes", "esperado": "suma de las categorías"},
    "FUE-006": {"hallado": "ejecutado", "esperado": "vigente"},
    "HIS-006": {"columna": "cuadro e indicador", "hallado": "cifras", "esperado": "la cifra en puntos"},
    "HIS-007": {"columna": "indicador", "esperado": "la cifra en puntos"},
    **{code: {"pista": "si es de un nivel, cómo se deja sin usar"} for code in ("ARE-001", "UND-001", "CAT-001")},
    "HIS-008": {"columna": "cuadro", "pista": "el código más parecido"},
    "HIS-009": {"hallado": "indicador, código y periodo"},
    "PAR-015": {"columna": "parámetro", "hallado": "nombre", "esperado": "por qué"},
    "SEM-003": {"hallado": "cuántos", "esperado": "cuántos pueden ser"},
    "SEM-004": {"hallado": "comienzos", "esperado": "el comienzo en puntos"},
    "SEM-006": {"hallado": "comienzo", "esperado": "comienzo"},
    "SEM-007": {"hallado": "palabra", "esperado": "palabra"},
    "SEM-008": {"columna": "columna", "hallado": "por qué", "esperado": "cuántas"},
    "SEM-009": {"hallado": "color", "esperado": "los colores"},
    "SEM-010": {"hallado": "contraste", "esperado": "negro o blanco"},
    "SEM-011": {"hallado": "versiones"},
    "SEM-012": {"hallado": "umbrales"},
    "PAR-010": {"hallado": "nombre"},
    "PAR-011": {"hallado": "nombre"},
    "PAR-012": {"columna": "parámetro", "hallado": "umbrales", "esperado": "el umbral en puntos"},
    "PAR-013": {"columna": "parámetro"},
    "PAR-014": {"hallado": "versión", "esperado": "las que hay"},
    "TAR-004": {"hallado": "cantidad"},
    "TAR-010": {"hallado": "texto de la tarea", "esperado": "filas"},
    "TAR-011": {"hallado": "texto de la tarea"},
    "TAR-012": {"columna": "meses"},
    "PRE-015": {"columna": "meses"},
    "TAR-005": {"hallado": "lo ejecutado", "esperado": "lo programado"},
    "TAR-006": {"columna": "mes"},
    "TAR-019": {"motivo": "bajar o ir en porcentaje"},
    "TAR-020": {"columna": "mes", "hallado": "cantidad", "anterior": "un mes anterior", "esperado": "cantidad"},
    "TAR-021": {"columna": "meses"},
    "TAR-022": {"hallado": "unidades de medida"},
    "TAR-023": {"hallado": "filas"},
    "TAR-024": {"hallado": "suma"},
    "TAR-025": {"hallado": "cantidades"},
    "OPE-012": {"motivo": "bajar o ir en porcentaje"},
    "OPE-013": {"hallado": "filas"},
    "OPE-014": {"hallado": "suma"},
    "OPE-015": {"hallado": "meta", "esperado": "lo programado"},
    "COL-007": {"columna": "columnas", "hallado": "versión del libro", "esperado": "versión"},
    "UNI-011": {"esperado": "trimestre"},
    "UNI-013": {"hallado": "código del libro", "esperado": "código del archivo"},
    "UND-007": {"columna": "área", "esperado": "servicio"},
    "UNI-005": {"columna": "entidad"},
    "UNI-006": {"columna": "gestión"},
    "UNI-017": {"hallado": "versión del libro", "esperado": "versión"},
    "UNI-007": {"columna": "las que hay", "pista": "que no existe"},
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

UNITS_OF_DATA = {cells.OF_INDICATOR: "la del indicador", cells.OF_GOAL: "la de su meta", cells.PERCENT: "puntos"}
TYPES = {"str": "Texto", "Int64": "Número entero", "float64": "Número", "datetime64[ns]": "Fecha"}


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(header)
    lines = [titles, ["---"] * len(titles), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _page(title: str, introduction: str, parts: Iterable[str]) -> str:
    return "\n\n".join([_WARNING, f"# {title}", introduction, *parts]) + "\n"


# --- errores.md -------------------------------------------------------------------------------------------


def readable(code: str, text: str) -> str:
    """A message with its placeholders in words."""
    words = {**PLACEHOLDERS, **PLACEHOLDERS_OF.get(code[:3], {}), **PLACEHOLDERS_OF.get(code, {})}
    # A sentence that is only sometimes there.
    text = (
        text.replace("{faltan}", " (*{faltan}*)").replace("{otras}", " (*{otras}*)").replace("{pista}", " (*{pista}*)")
    )
    return _PLACEHOLDER.sub(lambda m: words[m[1]] if text[m.start() - 1] == "*" else f"*{words[m[1]]}*", text)


def _section(prefix: str, title: str) -> str:
    rows = [
        (f"`{code}`", _severity(code), readable(code, message.what), readable(code, message.action))
        for code, message in messages.MESSAGES.items()
        if code.startswith(f"{prefix}-")
    ]
    return f"## {prefix}: {title}\n\n" + _table(("Código", "Severidad", "Qué pasa", "Qué hacer"), rows)


def _severity(code: str) -> str:
    """The severity, and what else a reader wants to know of the code before anything happens."""
    said = str(messages.severity(code))
    if messages.has(code, Trait.REFUSES_FILE):
        return f"{said}: el archivo queda fuera"
    if messages.has(code, Trait.AWAITS_DECISION):
        return f"{said}: el archivo espera; se puede exceptuar"
    if messages.has(code, Trait.SET_ASIDE):
        return f"{said}: el archivo no es una entrega"
    return f"{said}: se puede exceptuar" if messages.has(code, Trait.WAIVABLE) else said


def errores() -> str:
    """The page of all messages."""
    introduction = (
        "Cada observación lleva un código que nunca cambia de sentido. Un **error** deja fuera de la evaluación "
        "la fila o el archivo hasta que se corrija (en la hoja Unidad, solo los datos que pone la DGP dejan fuera el "
        "archivo); un **aviso** no deja nada fuera. La columna «Severidad» dice también qué errores dejan fuera el "
        "archivo entero y cuáles puede exceptuar la DGP en una campaña, con `poa-xl waive`; los avisos de un libro de "
        "unidad se pueden exceptuar todos. Lo que está en *cursiva* se reemplaza por lo que dice su libro."
    )
    return _page("Errores y avisos", introduction, (_section(p, s.title) for p, s in messages.SECTIONS.items()))


# --- comandos.md ------------------------------------------------------------------------------------------


def help_text(*arguments: str) -> str:
    """What a command prints with --help."""
    result = CliRunner().invoke(poa_xl, [*arguments, "--help"], prog_name="poa-xl", terminal_width=WIDTH)
    assert result.exit_code == 0, result.output
    return result.output.rstrip()


def _command(*names: str) -> str:
    return f"## {' '.join(('poa-xl', *names))}\n\n```text\n{help_text(*names)}\n```"


def comandos() -> str:
    """The page of all commands."""
    introduction = (
        "La ayuda de cada orden, como la muestra el programa. Códigos de salida: 0, todo aceptado; 1, hay "
        "observaciones con severidad error; 2, la orden está mal escrita; 3, el programa no pudo seguir."
    )
    return _page("Órdenes de poa-xl", introduction, (_command(*n) for n in ((), *((n,) for n in poa_xl.commands))))


# --- hojas.md ---------------------------------------------------------------------------------------------


def _codes(checks: dict | None) -> str:
    return ", ".join(f"`{code}`" for code in dict.fromkeys(str(check["error"]) for check in (checks or {}).values()))


def _titles(columns: list[Column]) -> str:
    if len(columns) == 1:
        return columns[0].title
    return f"{columns[0].title}, …, {columns[-1].title} ({len(columns)} columnas)"


def _filled(column: Column, spec: dict, own: str) -> str:
    """Whether a cell must be filled in; `own` is the sheet, which a level of its own has in every row."""
    if column.computed:
        return "se calcula"
    if not column.required:
        return "no"
    code = str(spec["checks"]["obligatorio"]["error"])
    filled = "sí" if messages.severity(code) is messages.Severity.ERROR else "sí (aviso)"
    return f"{filled}, si la entidad tiene ese nivel" if column.level not in ("", own) else filled


def _columns(sheet: Sheet, spec: dict) -> Iterator[tuple[str, ...]]:
    for name, column in spec["columns"].items():
        own = [c for c in sheet.columns if name in (c.name, c.group)]
        first = own[0]
        kind = TYPES[first.dtype]
        if first.options:
            kind += ": " + ", ".join(str(o) for o in first.options)
        yield _titles(own), first.description, kind, _filled(first, column, sheet.key), _codes(column.get("checks"))


def _sheet(kind: str, sheet: Sheet) -> str:
    spec = yaml.safe_load(sheets.yaml_text(kind, sheet.key))
    what = "Campo" if sheet.form else "Columna"
    parts = [
        f"### {sheet.name}",
        f"**{sheet.title}.** {sheet.description}",
        _table((what, "Qué va", "Tipo", "Obligatorio", "Códigos"), _columns(sheet, spec)),
    ]
    if spec.get("checks"):
        parts.append(f"De la hoja entera: {_codes(spec['checks'])}.")
    return "\n\n".join(parts)


def hojas() -> str:
    """The page of all sheets and columns."""
    introduction = (
        "Qué hojas y columnas tienen los dos libros. Los títulos se reconocen aunque cambien las mayúsculas, los "
        "acentos, los espacios o el orden de las columnas. «Códigos» dice qué observaciones puede dar cada columna por "
        "sí sola; están explicadas en [Errores y avisos](errores.md), junto con las que comparan una hoja con otra."
    )
    parts = ["## Libro de la unidad", *(_sheet("unidad", s) for s in sheets.unit_sheets())]
    parts += ["## Libro de la entidad (entidad.xlsx)", *(_sheet("entidad", s) for s in sheets.entity_sheets())]
    parts += _versions()
    return _page("Hojas y columnas", introduction, parts)


def _versions() -> list[str]:
    """What changed in each version of the template, and what of a workbook passes to another gestión."""
    known = versions.known()
    passing = []
    for sheet in (s for s in sheets.unit_sheets() if s.inputs):
        groups: dict[str, list[Column]] = {}
        for column in sheet.inputs:
            groups.setdefault(column.group or column.name, []).append(column)
        cells = [
            ", ".join(_titles(own) for own in groups.values() if known.classes[sheet.key][own[0].name] == kind) or "—"
            for kind in (versions.PASSES, versions.PROPOSED, versions.STAYS)
        ]
        passing.append((sheet.name, *cells))
    return [
        "## Versiones de la plantilla de las unidades",
        "`poa-xl migrate` pasa los datos de un libro hecho con una versión anterior a la última, que es la que escribe "
        "`poa-xl template`.",
        _table(("Versión", "Qué cambió"), ((v.version, v.resumen) for v in known.versions)),
        "### Qué pasa a otra gestión",
        "De un libro de otra gestión pasa el plan en palabras. Las cifras de ese plan pasan solo como propuesta, con "
        "`--with-schedule`; lo demás es de su año, o lo pone la DGP.",
        _table(("Hoja", "Pasa", "Pasa como propuesta", "No pasa"), passing),
    ]


# --- limites.md -------------------------------------------------------------------------------------------


def limites() -> str:
    """The page of the limits on what a file may ask of the program."""
    introduction = (
        "Los libros llegan de fuera, y un archivo dañado o hecho con mala intención no debe detener el programa. Por "
        "eso cada archivo se abre una sola vez, sin seguir enlaces, y se mide antes de leerlo. El que pasa un límite "
        "no se lee y queda como observación `LIB-010` (o `HOJ-007`, si hay una celda escrita muy lejos); los demás se "
        "leen igual."
    )
    rows = [
        (f"`{name}`", limit.what, limits.amount(name, getattr(DEFAULT, name)), limit.why)
        for name, limit in limits.LIMITS.items()
    ]
    change = (
        "Para cambiarlos, escriba en un archivo solo los que cambia, uno por línea, y déselo a la orden con `--limits`:"
    )
    return _page(
        "Límites de lectura",
        introduction,
        (
            _table(("Nombre", "Qué limita", "Máximo", "Por qué"), rows),
            "## Cambiar un límite",
            change,
            "```yaml\n# limites.yaml\nhojas: 200\narchivo_mb: 40\n```",
            "```text\npoa-xl validate entregas --limits limites.yaml\n```",
            "El libro maestro de una entidad de unas mil unidades pasa varios. Escribirlo se puede igual; para leerlo "
            "con `explain`, `report` o `diff` se dan otros, si la computadora tiene esa memoria:",
            "```yaml\n# limites-maestro.yaml\nceldas: 4000000\nfilas: 100000\nsegundos: 60\nmemoria_mb: 2000\n```",
        ),
    )


# --- architecture.md: the part between two marks ----------------------------------------------------------

_BEGIN, _END = "<!-- modules: written by make docs -->", "<!-- end of modules -->"


def _sentence(path: Path) -> str:
    """The first sentence of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=\.) (?=[A-Z])", first)[0].rstrip(".")


def _modules() -> str:
    """A table a package: its modules and the first sentence of each."""
    package = DOCS.parent / "poa_xl"
    top = [p for p in sorted(package.glob("*.py")) if p.stem != "__init__"]
    parts = [_table(("module", "what it is"), ((f"`{p.stem}`", _sentence(p)) for p in top))]
    for init in sorted(package.rglob("*/__init__.py")):
        name = ".".join(init.parent.relative_to(package).parts)
        own = [p for p in sorted(init.parent.glob("*.py")) if not p.stem.startswith("__")]
        rows = [(f"`{p.stem}`", _sentence(p)) for p in own]
        parts.append(
            f"### {name}\n\n{_sentence(init)}." + (f"\n\n{_table(('module', 'what it is'), rows)}" if rows else "")
        )
    return "\n\n".join(parts)


def architecture() -> str:
    """The page as it is, with its table of modules made anew from their docstrings."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    before, rest = text.split(_BEGIN)
    return f"{before}{_BEGIN}\n\n{_modules()}\n\n{_END}{rest.split(_END)[1]}"


# --- reglas.md, guia-unidades.md, glosario.md: what they say of the indicators ------------------------------

_BLOCK = re.compile(r"(<!-- (reglas|tabla): ([\w ,]+) -->\n).*?(\n<!-- fin -->)", re.DOTALL)
_TERM = re.compile(r"^(\| [^|]+ \| `(\w+)` \| )[^|]+( \|)$", re.MULTILINE)
_TERMS = {"avance": indicators.AVANCE_UNIDAD}  # of all others the words are called as the identifier, in capitals


def _rules(names: str) -> str:
    """The rules of some indicators, as a list; one alone as a paragraph."""
    found = [rule for name in names.split(", ") for rule in indicators.WORDS[name].rules]
    wrapper = textwrap.TextWrapper(124, break_long_words=False, break_on_hyphens=False)
    if len(found) > 1:
        wrapper.initial_indent, wrapper.subsequent_indent = "- ", "  "
    return "\n".join(wrapper.fill(rule) for rule in found)


def _of_indicators() -> str:
    rows = ((w.name, w.formula, w.missing, w.origin) for w in indicators.INDICATORS)
    return _table(("Indicador", "Fórmula", f"Cuándo es {indicators.MISSING}", "Origen"), rows)


def _of_semaforo() -> str:
    bands = indicators.SEMAFORO_2024
    rows = zip(indicators.semaforo_ranges(bands), bands, strict=True)
    return _table(
        ("Avance", "Grado", "Calificación", "Evaluación", "Color"),
        ((words, b.grado, b.calificacion, b.evaluacion, b.color) for words, b in rows),
    )


def _of_criterio() -> str:
    levels, better = indicators.CRITERIO_DGAA_2024, (None, *indicators.CRITERIO_DGAA_2024)
    return _table(
        ("Evaluación", "Color", *(f"{q}T" for q in range(1, indicators.QUARTERS_OF_A_YEAR + 1))),
        (
            (level.evaluacion, level.color, *(
                f"menos de {above.minimos[q]:g}" if level is levels[-1] and above else f"desde {level.minimos[q]:g}"
                for q in range(indicators.QUARTERS_OF_A_YEAR)
            ))
            for level, above in zip(levels, better, strict=False)
        ),
    )  # fmt: skip


def _of_words() -> str:
    """The words of the semaforo, each with all avances that it is said of."""
    bands = indicators.SEMAFORO_2024
    words = list(dict.fromkeys((b.color, b.evaluacion) for b in bands))
    lowest = [min(b.minimo for b in bands if b.evaluacion == word) for _, word in words]
    rows = []
    for i, (color, word) in enumerate(words):
        said = f"desde {lowest[i]:g}, menos de {lowest[i - 1]:g}" if i else f"{lowest[i]:g}"
        rows.append((color.capitalize(), word, said if lowest[i] else f"menos de {lowest[i - 1]:g}"))
    return _table(("Color", "Palabra", "Avance"), rows)


def _of_levels() -> str:
    said = [f"{c.color} ({c.evaluacion})" for c in indicators.CRITERIO_DGAA_2024]
    return f"El criterio DGAA es {', '.join(said[:-1])} o {said[-1]}, según el trimestre."


def _of_resumen() -> str:
    """The columns of Resumen that show an indicator."""
    spec = sheets.load_yaml(sheets.yaml_text("unidad", "resumen"))
    rows = (
        (column["title"], indicators.WORDS[column["description"].strip("{}")].guide)
        for column in spec["columns"].values()
        if column["description"].startswith("{")
    )
    return _table(("Columna", "Qué dice"), rows)


def _of_data() -> str:
    """The tables of Parquet with their columns."""
    found = [_table(("Columna de todas", "Qué dice"), ((f"`{name}`", text) for name, text in data.PARTITION.items()))]
    for table in tables.tables():
        rows = (
            (f"`{c.name}`", TYPES.get(c.kind, c.kind), UNITS_OF_DATA.get(c.unit, c.unit), c.description)
            for c in table.columns
        )
        heading = f"### `{table.name}`\n\n{table.description}"
        found.append(f"{heading}\n\n{_table(('Columna', 'Tipo', 'Unidad', 'Qué dice'), rows)}")
    return "\n\n".join(found)


_TABLES = {
    "datos": _of_data,
    "indicadores": _of_indicators,
    "semaforo": _of_semaforo,
    "criterio": _of_criterio,
    "palabras": _of_words,
    "niveles": _of_levels,
    "resumen": _of_resumen,
}


def with_indicators(page: str) -> str:
    """A page as it is, with what it says of the indicators made anew: between two marks, or as a row of terms."""

    def block(found: re.Match[str]) -> str:
        return f"{found[1]}\n{_rules(found[3]) if found[2] == 'reglas' else _TABLES[found[3]]()}\n{found[4]}"

    def term(found: re.Match[str]) -> str:
        words = _TERMS.get(found[2]) or indicators.WORDS.get(found[2].upper())
        return f"{found[1]}{words.term}{found[3]}" if words and words.term else found[0]

    return _TERM.sub(term, _BLOCK.sub(block, (DOCS / page).read_text(encoding="utf-8")))


PAGES = {
    "errores.md": errores,
    "comandos.md": comandos,
    "hojas.md": hojas,
    "limites.md": limites,
    "architecture.md": architecture,
    **{page: partial(with_indicators, page) for page in ("reglas.md", "guia-unidades.md", "glosario.md", "datos.md")},
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check compare them."""
    texts = {DOCS / name: make() for name, make in PAGES.items()}
    stale = [p for p, text in texts.items() if not p.is_file() or p.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"docs/{path.name} is out of date: run make docs", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(texts[path], encoding="utf-8")
        print(f"docs/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
