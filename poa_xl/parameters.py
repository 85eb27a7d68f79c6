"""The sheet Parametros: who the entity is, how it aggregates, and the thresholds of its semáforos.

`settings` types the rows, `default_rows` writes the ones that a new entity workbook starts with.
"""

import itertools
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from poa_xl import cells, indicators, level_names, messages, sheets, template_versions, titles
from poa_xl.bands import OwnBands
from poa_xl.indicators import Banda, Criterio
from poa_xl.level_names import OwnNames
from poa_xl.messages import Trait, entity as words

TEMPLATE_VERSION = "3"
METODOS, METODOS_DE_OPERACION = tuple(indicators.METODOS), tuple(indicators.METODOS_DE_OPERACION)
_GESTIONES = (2000, 2100)
DEFAULT_TOLERANCE, _LARGEST_TOLERANCE = 0.01, 1e6  # Bs
Row = Mapping[str, object]
Name = tuple[str, int | None]  # of a parameter, and the quarter of which it is


@dataclass(frozen=True)
class Settings:
    """What the sheet Parametros says, typed."""

    nombre: str
    sigla: str
    codigo: str
    version_plantilla: str
    gestion: int
    metodo: str  # of `METODOS`: how a level comes from the one below
    metodo_operacion: str  # of `METODOS_DE_OPERACION`: how an operation comes from its tasks
    tolerancia: float  # Bs, between two sums that should be equal
    vision: str  # '' where the entity does not state it
    mision: str
    version_semaforo: str
    semaforo: tuple[Banda, ...]
    version_criterio: str
    criterio_dgaa: tuple[Criterio, ...]
    nombres: OwnNames  # of its levels, its semáforo and its second criterion


# The thresholds of Parametros: parameter name -> position in the tables of `indicators`.
SEMAFORO_PARAMETERS = ("semaforo.optimo", "semaforo.satisfactorio", "semaforo.bueno", "semaforo.regular")
CRITERIO_PARAMETERS = ("criterio_dgaa.optimo", "criterio_dgaa.aceptable")
PLAIN_PARAMETERS = (
    ("entidad", "Nombre de la entidad, como sale en los informes."),
    ("sigla", "Sigla de la entidad."),
    ("codigo_entidad", "Código presupuestario de la entidad."),
    ("gestion", "Año del POA."),
    ("version_plantilla", "Versión de la plantilla de las unidades."),
    ("metodo_agregacion", indicators.METODO_DE_AGREGACION),
    ("metodo_operacion", indicators.METODO_DE_OPERACION),
    ("tolerancia_bs", "Diferencia en Bs que se acepta entre dos sumas que deben ser iguales."),
    ("vision", "Horizonte político de la entidad, según su PEI. Puede borrar la fila."),
    ("mision", "Razón de ser de la entidad, según su PEI. Puede borrar la fila."),
    *((name, words.OWN_NAMES[name]) for name in level_names.PUBLISHED),
)
QUARTERS = (1, 2, 3, 4)
OPTIONAL = frozenset({"metodo_agregacion", "metodo_operacion", "vision", "mision", *level_names.PUBLISHED})
# The rows of Parametros: name and, where it differs by quarter, quarter.
EXPECTED: tuple[Name, ...] = (
    *((name, None) for name, _ in PLAIN_PARAMETERS),
    *((name, None) for name in SEMAFORO_PARAMETERS),
    *((name, quarter) for name in CRITERIO_PARAMETERS for quarter in QUARTERS),
)
SEMAFORO, CRITERIO = "semaforo", "criterio_dgaa"  # how the names of thresholds begin
_PREFIXES = (f"{SEMAFORO}.", f"{CRITERIO}.")
_DEFAULTS = {
    "version_plantilla": TEMPLATE_VERSION,
    "metodo_agregacion": METODOS[0],
    "metodo_operacion": METODOS_DE_OPERACION[0],
    "tolerancia_bs": f"{DEFAULT_TOLERANCE:g}",
    **{name: level_names.typed(named) for name, named in level_names.PUBLISHED.items()},
}
_VERSION = "2024"


def _number_text(value: float) -> str:
    return f"{value:g}"


def default_rows(facts: Mapping[str, str] | None = None) -> list[dict[str, object]]:
    """Rows of the sheet Parametros: the given facts, our defaults and the published thresholds."""
    values = {**_DEFAULTS, **(facts or {})}
    rows: list[dict[str, object]] = [
        {"parametro": name, "version": None, "trimestre": None, "valor": values.get(name), "nota": note}
        for name, note in PLAIN_PARAMETERS
    ]
    for name, banda in zip(SEMAFORO_PARAMETERS, indicators.SEMAFORO_2024, strict=False):
        note = f"Semáforo: {banda.evaluacion} desde este avance, en puntos."
        rows.append(_threshold(name, None, banda.minimo, note))
    for name, criterio in zip(CRITERIO_PARAMETERS, indicators.CRITERIO_DGAA_2024, strict=False):
        for trimestre, minimo in enumerate(criterio.minimos, start=1):
            note = f"Criterio de la ejecución: {criterio.evaluacion} desde esta ejecución acumulada, en puntos."
            rows.append(_threshold(name, trimestre, minimo, note))
    return rows


def _threshold(name: str, trimestre: int | None, minimo: float, note: str) -> dict[str, object]:
    return {
        "parametro": name,
        "version": _VERSION,
        "trimestre": trimestre,
        "valor": _number_text(minimo),
        "nota": note,
    }


@dataclass(frozen=True)
class Problem:
    """A row (or, with no row, a missing parameter) of Parametros that cannot be used; `column` is where it shows."""

    code: str
    parametro: str
    row: int | None = None
    found: str = ""
    expected: str = ""
    hint: str = ""
    column: str = "valor"


def name_of(row: Row) -> Name:
    """The name of a row of Parametros and its quarter, if it has one."""
    quarter = row.get("trimestre")
    return str(row.get("parametro")), int(quarter) if quarter else None  # type: ignore[call-overload]


def words_of(name: Name) -> str:
    """A parameter as messages call it."""
    return name[0] if name[1] is None else f"{name[0]}, trimestre {name[1]}"


def _of_name(name: str) -> list[str]:
    """What messages call the thresholds of a name, one for each quarter that it has."""
    return [words_of(key) for key in EXPECTED if key[0] == name and name.startswith(_PREFIXES)]


class Parameters:
    """The rows of Parametros as typed values; what is missing or wrong gathers in `problems`.

    `rows` maps the Excel row to the record, as `from_rows` takes them.
    """

    def __init__(self, rows: Mapping[int, Row]) -> None:
        self.problems: list[Problem] = []
        self._rows: dict[Name, tuple[int, Row]] = {
            name_of(row): (number, row) for number, row in rows.items() if row.get("parametro") is not None
        }

    def text(self, name: str, trimestre: int | None = None) -> str:
        """The value as text; '' where it is missing (a problem) or blank (the schema's own finding)."""
        found = self._rows.get((name, trimestre))
        if found is None:
            self.problems.append(Problem("PAR-004", words_of((name, trimestre))))
            return ""
        return str(found[1].get("valor") or "").strip()

    def optional(self, name: str) -> str:
        """The value as text; '' where the entity leaves it out."""
        return self.text(name) if (name, None) in self._rows else ""

    def one_of(self, name: str, words: Sequence[str]) -> str:
        """The word of a closed list that the value says; the first one where the entity leaves it out."""
        typed = self.optional(name)
        found = next((word for word in words if titles.key(word) == titles.key(typed)), words[0])
        if typed and titles.key(found) != titles.key(typed):
            self._bad("PAR-007", name, None, expected=", ".join(words))
        return found

    def number(self, name: str, least: float, most: float, trimestre: int | None = None) -> float:
        """The value as a number within bounds; NaN (and a problem) where it is none."""
        text = self.text(name, trimestre)
        value = _plain_number(text, cells.POINTS if "." in name else cells.BS)  # thresholds have a dot
        if value is None:
            if text:
                self._bad("PAR-005", name, trimestre)
            return math.nan
        if not least <= value <= most:
            self._bad("PAR-008", name, trimestre, expected=f"{least:g} y {most:g}")
            return math.nan
        return value

    def version(self, name: str, trimestre: int | None = None) -> str:
        """The version that a threshold belongs to."""
        found = self._rows.get((name, trimestre))
        return str(found[1].get("version") or "") if found else ""

    def one_version(self, prefix: str) -> None:
        """All thresholds of a semáforo belong to one version."""
        own = [(key, row) for key, (_, row) in self._rows.items() if key in EXPECTED and key[0].startswith(prefix)]
        versions = list(dict.fromkeys(str(row.get("version") or "") for _, row in own))
        if len(versions) > 1:
            odd = next(key for key, row in own if str(row.get("version") or "") == versions[-1])
            self._bad("PAR-009", prefix.rstrip("."), None, row_of=odd, found=", ".join(versions))

    def reject(self, code: str, name: str, trimestre: int | None = None, found: str = "", expected: str = "") -> None:
        """Note that the value of a parameter cannot be used."""
        self._bad(code, name, trimestre, found=found, expected=expected)

    def unknown(self) -> None:
        """Rows that no rule reads: of a threshold that does not exist, or of anything else."""
        for key in self._rows:
            if key not in EXPECTED and key[1] in (None, *QUARTERS):  # other quarters are said already
                code = "PAR-011" if key[0].startswith(_PREFIXES) else "PAR-010"
                self._bad(code, words_of(key), None, row_of=key, column="parametro", found=words_of(key))

    def misplaced(self) -> None:
        """A threshold that is missing while a row has its name with another quarter, or with none, is one problem."""
        for key, (number, _) in self._rows.items():
            missing = [p for p in self.problems if p.code == "PAR-004" and p.parametro in _of_name(key[0])]
            if key in EXPECTED or not missing:
                continue
            self.problems.remove(missing[0])
            if key[1] in (None, *QUARTERS):  # other quarters are said already
                self.problems = [p for p in self.problems if (p.code, p.row) != ("PAR-011", number)]
                hint = words.IN_ITS_PLACE.format(parametro=words_of(key))
                self.problems.append(
                    replace(missing[0], row=number, column="trimestre", found=missing[0].parametro, hint=hint)
                )

    def _bad(
        self,
        code: str,
        name: str,
        trimestre: int | None,
        *,
        row_of: tuple[str, int | None] | None = None,
        found: str = "",
        expected: str = "",
        column: str = "valor",
    ) -> None:
        place = self._rows.get(row_of or (name, trimestre))
        number = place[0] if place else None
        self.problems.append(Problem(code, words_of((name, trimestre)), number, found, expected, column=column))


def _plain_number(text: str, unit: str) -> float | None:
    """A number in any of the ways that a cell may hold it; None for anything else, or where it may mean two."""
    try:
        value = float(text)
    except ValueError:
        reading = cells.read(text, "float64", unit)
        return reading.value if isinstance(reading.value, float) else None
    return value if math.isfinite(value) else None


def _bands(parameters: Parameters) -> tuple[Banda, ...]:
    named: dict[Name, float] = {
        (name, None): parameters.number(name, 0, indicators.FULL) for name in SEMAFORO_PARAMETERS
    }
    fractions = _fractions(parameters, SEMAFORO, named)
    _descending(parameters, named, fractions)
    lowest = SEMAFORO_PARAMETERS[-1]
    if named[lowest, None] == 0:
        parameters.reject("PAR-013", lowest)
    published = indicators.SEMAFORO_2024
    changed = tuple(b._replace(minimo=m) for b, m in zip(published, named.values(), strict=False))
    return changed + published[len(changed) :]


def _criteria(parameters: Parameters) -> tuple[Criterio, ...]:
    named: dict[Name, float] = {
        (name, quarter): parameters.number(name, 0, indicators.FULL, quarter)
        for name in CRITERIO_PARAMETERS
        for quarter in QUARTERS
    }
    fractions = _fractions(parameters, CRITERIO, named)
    levels = []
    for name, criterio in zip(CRITERIO_PARAMETERS, indicators.CRITERIO_DGAA_2024, strict=False):
        one, two, three, four = (named[name, quarter] for quarter in QUARTERS)
        levels.append(criterio._replace(minimos=(one, two, three, four)))
    for quarter in QUARTERS:
        _descending(parameters, {key: value for key, value in named.items() if key[1] == quarter}, fractions)
    return (*levels, indicators.CRITERIO_DGAA_2024[-1])


def _descending(parameters: Parameters, named: Mapping[Name, float], said: Collection[Name]) -> None:
    """Say of each threshold that is not below the better one before it. What is no number was said already."""
    for (better, high), (worse, low) in itertools.pairwise(named.items()):
        if low >= high and better not in said and worse not in said:
            expected = f"{words_of(better)}: {cells.number(high)}"
            parameters.reject("PAR-006", *worse, found=cells.number(low), expected=expected)


def _fractions(parameters: Parameters, prefix: str, named: Mapping[Name, float]) -> set[Name]:
    """The thresholds that are written as parts of one and not in points, told once; the best one may be 1."""
    found = {key for key, value in named.items() if 0 < value < 1}
    found |= {key for key, value in named.items() if value == 1 and key[0].endswith(".optimo")}
    if found:
        shown = {key: value for key, value in named.items() if key in found}
        example = next((value for value in shown.values() if value < 1), 1.0)
        points = f"{cells.number(round(example * indicators.FULL, 9))}, no {cells.number(example)}"
        first = next(iter(shown))
        values = "; ".join(f"{words_of(key)}: {cells.number(value)}" for key, value in shown.items())
        parameters.reject("PAR-012", *first, found=values, expected=points)
    return found


def _names(parameters: Parameters) -> OwnNames:
    said = {name: parameters.optional(name) for name in level_names.PUBLISHED}
    names, wrong = level_names.read(said)
    for name, why in wrong.items():
        parameters.reject("PAR-015", name, found=said[name], expected=why)
    return names


def aggregation(rows: Mapping[int, Row]) -> str:
    """The metodo_agregacion, whatever is wrong with the other parameters."""
    return Parameters(rows).one_of("metodo_agregacion", METODOS)


def settings(rows: Mapping[int, Row], own: OwnBands | None = None) -> tuple[Settings | None, list[Problem]]:
    """Typed parameters from the rows of Parametros (Excel row -> record), and what is wrong with them.

    `own` are the bands of the sheet Semaforo: with them Parametros has no thresholds of the semaforo. None with any
    problem but those that earlier versions let pass: whoever has such rows decides.
    """
    parameters = Parameters(rows)
    semaforo, criterio = own.bandas if own else _bands(parameters), _criteria(parameters)
    metodo = parameters.one_of("metodo_agregacion", METODOS)
    metodo_operacion = parameters.one_of("metodo_operacion", METODOS_DE_OPERACION)
    version = parameters.text("version_plantilla")
    if version and not template_versions.find(version):
        parameters.reject("PAR-014", "version_plantilla", expected=", ".join(sheets.version_names()))
    parameters.unknown()
    parameters.misplaced()
    for prefix in _PREFIXES:
        parameters.one_version(prefix)
    gestion = parameters.number("gestion", *_GESTIONES)
    if not math.isnan(gestion) and gestion % 1:
        parameters.reject("PAR-005", "gestion")
    made = Settings(
        nombre=parameters.text("entidad"),
        sigla=parameters.text("sigla"),
        codigo=parameters.text("codigo_entidad"),
        version_plantilla=version,
        gestion=0 if math.isnan(gestion) else int(gestion),
        metodo=metodo,
        metodo_operacion=metodo_operacion,
        tolerancia=parameters.number("tolerancia_bs", 0, _LARGEST_TOLERANCE),
        vision=parameters.optional("vision"),
        mision=parameters.optional("mision"),
        version_semaforo=_version(own, gestion) if own else parameters.version(SEMAFORO_PARAMETERS[0]),
        semaforo=semaforo,
        version_criterio=parameters.version(CRITERIO_PARAMETERS[0], 1),
        criterio_dgaa=criterio,
        nombres=_names(parameters),
    )
    usable = all(messages.has(p.code, Trait.LATER_ERROR) or not _is_error(p.code) for p in parameters.problems)
    return (made if usable else None), parameters.problems


def _version(own: OwnBands, gestion: float) -> str:
    """The version of the bands of an entity; the gestion where the sheet states none."""
    return own.version or ("" if math.isnan(gestion) else f"{gestion:g}")


def _is_error(code: str) -> bool:
    return messages.severity(code) is messages.Severity.ERROR
