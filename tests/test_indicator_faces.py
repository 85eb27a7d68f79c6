"""An indicator is written once: a change of its rule in its own module is followed wherever it is computed or said."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from poa_xl import indicators, sheets
from poa_xl.functions.registry import FUNCTIONS
from poa_xl.messages import MESSAGES
from tests.libreoffice import LibreOffice, differences

TREE = Path(indicators.__file__).parents[2]
Faces = dict[str, Any]

# --- nothing of a rule stands outside its module ----------------------------------------------------------------------

# What only an indicator writes into a formula.
FRAGMENT = re.compile(
    r"\*100\b|ROUND\(|LOOKUP\(|AVERAGE|STDEV|SQRT\(|SUMPRODUCT|SUMIF|COUNTIFS?\([^=]*>0|MIN\(|1[.,]96|[\w})] ?/ ?(4|12)\b|"
    rf"\b({'|'.join(f.name for f in FUNCTIONS if f.name != 'POA_VERSION')})\([^…]"
)
OF_FIGURES = ("evaluation", "functions", "writers/master", "writers/unit_workbook")  # where figures are made and shown
FACTORS = (100, 4, 12, 1.96)


def modules() -> list[Path]:
    package = TREE / "poa_xl"
    return [p for p in sorted(package.rglob("*.py")) if package / "indicators" not in p.parents]


def documented(tree: ast.AST) -> set[int]:
    """The docstrings of a module."""
    owners = (node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    return {id(o.body[0].value) for o in owners if o.body and isinstance(o.body[0], ast.Expr)}


def texts(source: str) -> Iterator[tuple[int, str]]:
    """The texts of a module that the program uses, with their line."""
    tree = ast.parse(source)
    docs = documented(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(v.value) if isinstance(v, ast.Constant) else "{x}" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def fragments(source: str) -> list[str]:
    return [f"{line}: {text}" for line, text in texts(source) if FRAGMENT.search(text)]


def factors(source: str) -> list[str]:
    """Products and quotients with a number of a rule."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)
        for side in (node.left, node.right)
        if isinstance(side, ast.Constant) and side.value in FACTORS
        if not isinstance(node.left, ast.List | ast.Tuple)  # so many cells of one kind
    ]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(TREE / "poa_xl").as_posix())
def test_no_piece_of_an_indicators_formula_stands_outside_its_module(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert fragments(source) == []
    if path.relative_to(TREE / "poa_xl").as_posix().startswith(OF_FIGURES):
        assert factors(source) == []


@pytest.mark.parametrize(
    "planted",
    [
        'text = f"=IF({planned}=0,0,{done}*100/{planned})"',
        'text = "ROUND(" + cell + ",9)"',
        'text = f"LOOKUP({cell},semaforo_desde,semaforo_palabra)"',
        'text = f"=AVERAGE({quarters})"',
        'text = f"{avance}/4"',
        'text = f"{avance} / 12"',
        'note = "avance / 4 (trimestre); avance / 12 (mes)"',
        'text = f"EFICACIA({done},{planned})"',
        'text = "media - 1,96 s"',
    ],
)
def test_a_formula_that_is_written_again_would_be_seen(planted: str) -> None:
    assert len(fragments(planted)) >= 1


def test_a_rule_that_is_computed_again_would_be_seen() -> None:
    assert factors("x = done * 100 / planned") == ["1: done * 100"]
    assert factors("x = avance / 4") == ["1: avance / 4"]
    assert factors("x = [None] * 4 + (None,) * 4\ny = a / b") == []


def sentences() -> dict[str, str]:
    """Everything that is said of indicators and long enough to be theirs alone."""
    found = {}
    for name, words in indicators.WORDS.items():
        for field, said in words._asdict().items():
            for i, text in enumerate((said,) if isinstance(said, str) else said):
                if len(text) > 24 and field != "name":
                    found[f"{name}.{field}.{i}"] = text
    for name, function in vars(indicators).items():
        if isinstance(function, indicators.FunctionWords):
            found |= {f"{name}.{key}": text for key, text in {**function.arguments, "help": function.help}.items()}
    return found


@pytest.mark.slow
def test_no_module_and_no_schema_says_an_indicators_words_again() -> None:
    said = sentences()
    assert len(said) > 50
    places = {p: "\n".join(text for _, text in texts(p.read_text(encoding="utf-8"))) for p in modules()}
    places |= {p: p.read_text(encoding="utf-8") for p in (TREE / "schemas").rglob("*.yaml")}
    again = [
        f"{path.relative_to(TREE)} says {name} again" for path, text in places.items() for name, words in said.items()
        if words in text
    ]  # fmt: skip
    assert again == []


def test_every_rule_stands_once_in_the_page_of_the_rules() -> None:
    page = (TREE / "docs" / "reglas.md").read_text(encoding="utf-8")
    placed = [name for marked in re.findall(r"<!-- reglas: (.+?) -->", page) for name in marked.split(", ")]
    assert sorted(placed) == sorted(name for name, words in indicators.WORDS.items() if words.rules)


def test_findings_of_operations_say_what_the_avance_does_with_them() -> None:
    assert MESSAGES["TAR-005"].action.startswith(indicators.CAPPED_MESSAGE)
    assert MESSAGES["TAR-004"].action.startswith(indicators.UNPROGRAMMED_MESSAGE)


def test_a_note_of_a_column_is_that_of_its_indicator() -> None:
    resumen = sheets.sheet("unidad", "resumen")
    assert resumen.column("avance").description == indicators.AVANCE_UNIDAD.note
    assert sheets.sheet("unidad", "presupuesto").column("ejecucion_t1").description.startswith("Devengado entre")
    named = [c.description for s in (*sheets.unit_sheets(), *sheets.entity_sheets()) for c in s.columns]
    assert [text for text in named if "{" in text] == []
    for unknown in ("AVANCE_UNIDADES", "JUICIO"):
        with pytest.raises(KeyError, match=unknown):
            indicators.note(unknown)


# --- a change of a rule is followed everywhere ------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A rule that is changed in one module: what it said then stands nowhere any more.

    `moved` are the faces that show something else then: formulas, values and texts of a workbook, or the answer of a
    function. `apart` are pages whose examples are of the sample as it was evaluated.
    """

    module: str
    edits: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    said: dict[str, str]  # where -> a sentence that stands there now
    moved: tuple[str, ...]
    apart: tuple[str, ...] = ()


EXAMPLES = ("README.md", "guia-dgp.md", "prueba-windows.md")
CAP = Change(
    "avance",
    (("AVANCE_CAP = FULL ", "AVANCE_CAP = 80.0 "),),
    ("100 como máximo", "máx. 100"),
    {
        "Criterios": "Cada operación vale 80 como máximo",
        "Resumen": "cada operación vale 80 como máximo.",
        "Datos_Operaciones": "% (máx. 80)",
        "AVANCE_FISICO": "cada operación vale 80 como máximo",
        "reglas.md": "cada operación vale **80 como máximo**",
        "guia-unidades.md": "Cada operación vale 80 como máximo",
        "hojas.md": "cada operación vale 80 como máximo",
    },
    (
        "native formulas",
        "native values",
        "poa formulas",
        "poa values",
        "master formulas",
        "master values",
        "AVANCE_FISICO",
        "AVANCE_A_LA_FECHA",
        "CUMPLIMIENTO",
    ),
)
WEIGHTS = Change(
    "avance",
    (
        ("counted = [(capped(p), t) for", "counted = [(capped(p), 1) for"),
        ("capped(totals.avance) * totals.tareas", "capped(totals.avance) * (totals.tareas > 0)"),
        ("IF({planned}=0,0,{tasks}*{percentage})", "IF({planned}=0,0,({tasks}>0)*{percentage})"),
        (
            'f"IF({tasks}=0,{MISSING_TEXT},SUM({points})/{tasks})"',
            "f'IF({tasks}=0,{MISSING_TEXT},SUM({points})/SUMPRODUCT((grupo_de_tarea=ROW(grupo_de_tarea))"
            """*(COUNTIFS(grupo_de_tarea,grupo_de_tarea,{programado},">0")>0)))'""",
        ),
        (
            'f"IF(SUM({tareas})=0,{MISSING_TEXT},SUMPRODUCT({points},{tareas})/SUM({tareas}))"',
            """f'IF(SUM({tareas})=0,{MISSING_TEXT},SUMPRODUCT({points},--({tareas}>0))/COUNTIF({tareas},">0"))'""",
        ),
        ("Σ (avance de la operación × tareas) / Σ tareas", "Σ avance de la operación / número de operaciones"),
        ("; cuentan las tareas con programación en el periodo.", "; cuentan las operaciones con programación."),
        (" y pesa según el número de sus \"\n        f\"tareas con programación en el periodo.", " y pesa lo mismo."),
        ("ponderado por sus tareas programadas en el periodo", "con programación en el periodo"),
        ("promedio de las operaciones según sus tareas.", "promedio de sus operaciones."),
        (" y pesa según sus tareas programadas.", " y pesa lo mismo."),
        ("; de una unidad, ponderado por tareas", "; de una unidad, promedio de sus operaciones"),
        ("Avance físico ponderado: ", "Avance físico: "),
    ),
    ("× tareas) / Σ tareas", "ponderado por", "según sus tareas", "pesa según", "cuentan las tareas con"),
    {
        "Criterios": "Σ avance de la operación / número de operaciones",
        "Resumen": "Promedio de las operaciones con programación en el periodo",
        "AVANCE_FISICO": "y pesa lo mismo",
        "reglas.md": "Σ avance de la operación / número de operaciones",
        "guia-unidades.md": "promedio de sus operaciones.",
        "glosario.md": "de una unidad, promedio de sus operaciones",
        "hojas.md": "Promedio de las operaciones con programación en el periodo",
    },
    ("native formulas", "native values", "poa formulas", "poa values", "master formulas", "master values", "AVANCE_FISICO"),
)  # fmt: skip
EFICACIA = Change(
    "eficacia",
    (
        (
            "    return ratio(logrado, esperado)",
            "    value = ratio(logrado, esperado)\n    return None if value is None else min(150.0, value)\n\n\n"
            "def _most(text: str) -> str:\n"
            "    return f'IF(ISNUMBER({text}),MIN(150,{text}),\"{MISSING}\")'",
        ),
        ("plain = ratio_formula(logrado, esperado)", "plain = _most(ratio_formula(logrado, esperado))"),
        ("return ratio_data_formula(logrado, esperado)", "return _most(ratio_data_formula(logrado, esperado))"),
        ("return ratio_master_formula(logrado, esperado)", "return _most(ratio_master_formula(logrado, esperado))"),
        ("Logro de lo programado.", "Logro de lo programado, 150 como máximo."),
        ("en puntos, sin tope.", "en puntos, 150 como máximo."),
        ('note="Ejecutado entre programado por 100."', 'note="Ejecutado entre programado por 100, hasta 150."'),
        ('term="Logrado entre esperado por 100"', 'term="Logrado entre esperado por 100, hasta 150"'),
    ),
    ("Logro de lo programado. Sin", "puntos, sin tope", "| Ejecutado entre programado por 100. Se calcula sola. |"),
    {
        "Criterios": "Logro de lo programado, 150 como máximo.",
        "Tareas": "Ejecutado entre programado por 100, hasta 150.",
        "EFICACIA": "en puntos, 150 como máximo.",
        "glosario.md": "Logrado entre esperado por 100, hasta 150",
        "hojas.md": "Ejecutado entre programado por 100, hasta 150.",
    },
    ("native formulas", "native values", "poa formulas", "poa values", "master formulas", "master values", "EFICACIA"),
)
ACCUMULATED = Change(
    "levels",
    (
        (
            '"""Avance of the gestion up to a quarter, from those of its quarters; None where none has one."""\n'
            "    return mean(quarters)",
            '"""Avance of the gestion up to a quarter: the highest of its quarters."""\n'
            "    return max((q for q in quarters if q is not None), default=None)",
        ),
        ("=0,{MISSING_TEXT},{present_mean_formula(quarters)})", "=0,{MISSING_TEXT},MAX({quarters}))"),
        (
            '"""In the master, over the cells of the quarters."""\n    return mean_formula(quarters)',
            '"""In the master, over the cells of the quarters."""\n'
            "    return f'IF(COUNT({quarters})=0,{MISSING_TEXT},MAX({quarters}))'",
        ),
        ("promedio de los avances trimestrales", "el mayor de los avances trimestrales"),
        ("promedio de los avances de los trimestres", "el mayor de los avances de los trimestres"),
    ),
    ("promedio de los avances trimestrales", "promedio de los avances de los trimestres"),
    {
        "Criterios": "el mayor de los avances trimestrales",
        "reglas.md": "el mayor de los avances de los trimestres",
    },
    ("native formulas", "native values", "poa formulas", "poa values", "master formulas", "master values"),
)
CRITERIO = Change(
    "criterio_dgaa",
    (('Criterio((10.0, 33.0, 48.0, 65.0), "Aceptable"', 'Criterio((10.0, 35.0, 48.0, 65.0), "Suficiente"'),),
    ("Aceptable",),
    {
        "Criterios": "Suficiente",
        "Listas": "Suficiente",
        "reglas.md": "| Suficiente | amarillo | desde 10 | desde 35 |",
        "guia-unidades.md": "amarillo (Suficiente)",
    },
    ("native values", "poa values", "master values", "CRITERIO_DGAA"),
    EXAMPLES,
)
SEMAFORO = Change(
    "semaforo",
    (('Banda(70.0, "En proceso de ejecución", "70% - 99%", "Alto", "Satisfactorio"',
      'Banda(75.0, "En proceso de ejecución", "75% - 99%", "Alto", "Muy bueno"'),),
    ("Satisfactorio",),
    {
        "Criterios": "Desde 75 % y menos de 100 %",
        "Listas": "Muy bueno",
        "reglas.md": "Así, 99,55 es Muy bueno, 69,98 es Bueno",
        "guia-unidades.md": "| Verde | Muy bueno | desde 75, menos de 100 |",
    },
    ("native values", "poa values", "master values", "SEMAFORO"),
    EXAMPLES,
)  # fmt: skip
LEVEL = Change(
    "meta_de_tarea",
    (
        ("points += capped_points(meta_reached(e, p, meta))", "points += meta_reached(e, p, meta)"),
        ("*(({e}>={p})+({e}<{p})*{e}/({p}+({p}=0)))", "*{e}/({p}+({p}=0))"),
        ("cada uno de 0 a {FULL:g}: un mes con 120 no tapa otro con 60. ", "sin tope. "),
    ),
    ("un mes con 120 no tapa otro con 60",),
    {"reglas.md": "promedio de los meses programados, sin tope."},
    ("META_TAREA", "AVANCE_A_LA_FECHA", "CUMPLIMIENTO"),
)
JUDGEMENT = Change(
    "rounding",
    (("JUDGED_DECIMALS = 9", "JUDGED_DECIMALS = 6"),),
    (",9)", "9 decimales", "(x;9)"),
    {"Criterios": "redondeada a 6 decimales", "reglas.md": "`REDONDEAR(x;6)`"},
    ("native formulas", "poa formulas", "master formulas"),
)
LIMITS = Change(
    "statistics",
    (("Z_95 = 1.96", "Z_95 = 2.58"),),
    ("1.96*", "1,96"),
    {"Estadística": "media ± 2,58·s/√n", "reglas.md": "media ± 2,58 · *s* / √n"},
    ("master formulas", "master values", "LIMITE_INFERIOR_95"),
)
CHANGES = {
    "the cap of an operation": CAP,
    "the weights of operations": WEIGHTS,
    "the eficacia": EFICACIA,
    "the accumulated avance": ACCUMULATED,
    "the criterio": CRITERIO,
    "the semaforo": SEMAFORO,
    "the months of a level": LEVEL,
    "how many decimals are judged": JUDGEMENT,
    "the limits of 95 %": LIMITS,
}


def copy(target: Path) -> Path:
    """The tree without what no face needs."""
    for part in ("poa_xl", "schemas", "docs", "workbooks"):
        shutil.copytree(TREE / part, target / part, ignore=shutil.ignore_patterns("__pycache__", "img"))
    (target / "tests").mkdir()
    for module in ("__init__.py", "factories.py", "indicator_faces.py"):
        if (TREE / "tests" / module).exists():
            shutil.copy(TREE / "tests" / module, target / "tests" / module)
    shutil.copy(TREE / "README.md", target)
    return target


def faces(tree: Path, out: Path) -> Faces:
    """What a tree shows and says."""
    out.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "tests.indicator_faces", str(out)]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-3000:]
    found: Faces = json.loads((out / "faces.json").read_text(encoding="utf-8"))
    return found


def everything(found: Faces, apart: tuple[str, ...] = ()) -> str:
    """All that is shown and said, in one text."""
    pages = [text for page, text in found["pages"].items() if page not in apart]
    books = [text for book in found["books"].values() for kind in book.values() for text in kind.values()]
    return "\n".join([*pages, *books, *found["helps"].values()])


def at(found: Faces, where: str) -> str:
    """What a page, a worksheet function or a sheet says."""
    if where in found["pages"]:
        return " ".join(found["pages"][where].split())
    if where in found["helps"]:
        return str(found["helps"][where])
    cells = [cell for book in found["books"].values() for kind in book.values() for cell in kind.items()]
    return "\n".join(text for place, text in cells if place.startswith(f"{where}!"))


def shown(found: Faces, face: str) -> object:
    book, _, kind = face.partition(" ")
    return found["books"][book][kind] if kind else found["calls"][face]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Faces:
    place = tmp_path_factory.mktemp("before")
    return faces(copy(place / "tree"), place / "out")


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_in_the_module_of_an_indicator_is_followed_by_every_face(
    name: str, before: Faces, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    change = CHANGES[name]
    tree = copy(tmp_path / "tree")
    module = tree / "poa_xl" / "indicators" / f"{change.module}.py"
    source = module.read_text(encoding="utf-8")
    for old, new in change.edits:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    module.write_text(source, encoding="utf-8")

    after = faces(tree, tmp_path / "out")

    old_texts, new_texts = everything(before, change.apart), everything(after, change.apart)
    assert [text for text in change.gone if text not in old_texts] == [], "was never said"
    assert [text for text in change.gone if text in new_texts] == []
    assert [where for where, text in change.said.items() if text not in at(after, where)] == []
    assert [face for face in change.moved if shown(after, face) == shown(before, face)] == []
    for book in ("native", "master"):
        assert differences(libreoffice.recalculate(tmp_path / "out" / f"{book}.xlsx")) == []


# --- an indicator is added as CONTRIBUTING says -----------------------------------------------------------------------

DISTANCIA = '''"""Distancia: how many points the accumulated eficacia ponderada is below the rango ideal."""

from typing import Optional

from poa_xl.indicators.not_available import where_numbers
from poa_xl.indicators.words import DECISION, Words

DISTANCIA = Words(
    name="Distancia",
    formula="rango ideal − eficacia ponderada acumulada",
    definition="Puntos que faltan para lo ideal.",
    missing="falta una de las dos",
    origin=DECISION,
    rules=("La **distancia** es negativa si se logró más de lo ideal.",),
)


def distancia(ideal: Optional[float], eficacia: Optional[float]) -> Optional[float]:
    """Points below the rango ideal; None where either does not exist."""
    return None if ideal is None or eficacia is None else ideal - eficacia


def distancia_master_formula(ideal: str, eficacia: str) -> str:
    """In the master."""
    return where_numbers(ideal, eficacia, f"{ideal}-{eficacia}")
'''


def put(path: Path, before: str, text: str) -> None:
    """Put a text before another that stands in a file once."""
    source = path.read_text(encoding="utf-8")
    assert source.count(before) == 1, before
    path.write_text(source.replace(before, text + before), encoding="utf-8")


@pytest.mark.slow
def test_an_added_indicator_is_said_and_tried_in_every_place_that_lists_indicators(tmp_path: Path) -> None:
    tree = copy(tmp_path / "tree")
    package, tests = tree / "poa_xl" / "indicators", tree / "tests"
    shutil.copytree(TREE / "tests" / "cases", tests / "cases")
    for module in ("test_indicators.py", "test_indicator_faces.py", "libreoffice.py"):
        shutil.copy(TREE / "tests" / module, tests)
    (package / "distancia.py").write_text(DISTANCIA, encoding="utf-8")
    put(package / "__init__.py", "from poa_xl.indicators.criterio_dgaa", "from poa_xl.indicators.distancia import *\n")
    put(package / "__init__.py", "    PROMEDIO_DE_ANOS,", "    DISTANCIA,\n")
    case = "distancia:\n  - {ideal: 50, eficacia: 46.16, da: 3.84}\n  - {ideal: null, eficacia: 1, da: null}\n"
    put(tests / "cases" / "indicadores.yaml", "semaforo:\n", case)
    put(tree / "docs" / "reglas.md", ", EJECUCION, EFICIENCIA -->", ", DISTANCIA")

    found = faces(tree, tmp_path / "out")

    assert "rango ideal − eficacia ponderada acumulada\nPuntos que faltan para lo ideal." in at(found, "Criterios")
    assert "| Distancia | rango ideal − eficacia ponderada acumulada | falta una de las dos |" in at(found, "reglas.md")
    assert "- La **distancia** es negativa si se logró más de lo ideal." in at(found, "reglas.md")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", "tests"]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-3000:]
    tried = subprocess.run([*command, "--collect-only"], cwd=tree, env=environment, capture_output=True, text=True)
    assert "test_each_case_of_the_method_gives_its_figure[distancia-" in tried.stdout
