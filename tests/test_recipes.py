"""The recipes of CONTRIBUTING, carried out in a copy of the tree as they are written there; the tests of the area then pass.

A recipe is a test here: the steps as edits of the copy, and what shows that they are enough. `Tree.touched` must be the
files that the recipe names, so that neither it nor the test says more than the other.
"""

import json
from pathlib import Path

import openpyxl
import pytest

from poa_xl.parameters import TEMPLATE_VERSION
from tests import campaign_books, factories
from tests.libreoffice import LibreOffice, differences
from tests.places import at
from tests.recipes import Tree, files_named_in

pytestmark = pytest.mark.slow

ROWS, CASES, MESSAGES = "poa_xl/sample/defects_rows.py", "tests/test_findings.py", "poa_xl/messages/findings.py"
TASKS = "schemas/unidad/tareas.yaml"
LAST_TASK_CODE = '    "TAR-013": _aviso(_LOOKS_LIKE_TOTAL, _NO_TOTALS),\n'


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def add_message(tree: Tree, code: str, what: str, action: str, defect: str, case: str) -> None:
    """The recipe «Add a message», of a code of the sheet Tareas."""
    tree.after(MESSAGES, LAST_TASK_CODE, f'    "{code}": _aviso("{what}", "{action}"),\n')
    tree.before(ROWS, '    ("RES-001", _in_results("ACP", None)),\n', f'    ("{code}", {defect}),\n')
    tree.before(CASES, '    ("money without source",', f"    {case},\n")
    tree.docs()


PLANTED = """
import sys
from pathlib import Path
from poa_xl import sample
from poa_xl.checking import entity_book, unit_books
from poa_xl.api import templates
from poa_xl.sample import defects, defects_rows
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook
code, entity, unit = sys.argv[1], Path("entidad.xlsx"), Path("DGAJ.xlsx")
entity_workbook.write_entity_workbook(entity, templates.entity_rows(2))
checked = entity_book.check_entity(entity)
workbook.write_unit_workbook(unit, checked.entidad, checked.entidad.by_code["DGAJ"], sample.unit_rows(2)["DGAJ"])
(planted,) = defects._change(unit, dict(defects_rows.CHANGES)[code], code)
found = unit_books.check_units([unit], checked, checked.entidad, 2).findings
assert [(f.code, f.location.sheet, f.location.cell) for f in found] == [(code, planted.hoja, planted.celda)], found
"""


def findings_hold(tree: Tree, code: str, case: str) -> None:
    """The areas of a code: a case and a planted defect raise it, at their cells and nothing beside it."""
    tree.checks()
    tree.python("docs/generate.py", "--check")
    quick = ("-m", "not slow", "-k", "schema or message or list or refuses")
    assert tree.tests("tests/test_schemas.py", "tests/test_traits.py", *quick) > 3
    assert tree.tests(CASES, "-k", f"{case} or catalogue or the_good_workbook") == 3
    tree.python("-c", PLANTED, code)


def test_a_check_of_a_column_and_its_message(tree: Tree) -> None:
    tree.after(
        TASKS,
        "    description: Qué se hace, en una frase.\n    dtype: str\n    nullable: true\n    checks:\n",
        "      str_length: {max_value: 250, error: TAR-029}\n",
    )
    add_message(
        tree,
        "TAR-029",
        "El texto de la tarea es muy largo.",
        "Dígalo en una frase.",
        '_in_task("Tarea", "x" * 300)',
        '("a wordy task", tasks(TASK, f"OP-01 | A | {\'T\' * 251} | 2 | 1"), {("TAR-029", at("Tareas", "Tarea"))})',
    )
    named = files_named_in("Add a check with a code") | files_named_in("Add a message")
    assert tree.touched == named - {"poa_xl/schemas.py", "docs/generate.py"}  # a check of our own; a new placeholder
    findings_hold(tree, "TAR-029", "wordy")


def test_a_rule_between_sheets_and_its_message(tree: Tree) -> None:
    rules = "poa_xl/checking/unit_rules.py"
    tree.after(
        rules, '        _tasks(report, tables["tareas"], context)\n', "        _named_as_its_operation(report)\n"
    )
    tree.before(
        rules,
        "def _empty_sheets(report: Report)",
        """def _named_as_its_operation(report: Report) -> None:
    operations, tasks = report.book.tables.get("operaciones"), report.book.tables["tareas"]
    if operations is None or "denominacion" not in operations.columns:
        return
    names = {record["operacion"]: record["denominacion"] for record in as_records(operations).values()}
    for row, record in as_records(tasks).items():
        name, task = names.get(record["operacion"]), record["tarea"]
        if name is not None and task is not None and titles.key(str(name)) == titles.key(str(task)):
            report.add("TAR-029", tasks, "tarea", row, str(task))


""",
    )
    tree.before(
        ROWS,
        "def _idle_operation(plot: Plot)",
        """def _task_named_as_its_operation(plot: Plot) -> list[PlantedCell]:
    _operation(plot)
    row = _task(plot, Operación="OP-90", Tarea="Operación agregada")
    return [plot.place("Tareas", "Tarea", row)]


""",
    )
    add_message(
        tree,
        "TAR-029",
        "La tarea dice lo mismo que su operación.",
        "Diga qué se hace.",
        "_task_named_as_its_operation",
        '("a task called as its operation", tasks(TASK, "OP-01 | A | Negociar acuerdos | 2 | 1"), {("TAR-029", at("Tareas", "Tarea"))})',
    )
    named = files_named_in("Add a cross-sheet rule") | files_named_in("Add a message")
    assert tree.touched == named - {"docs/generate.py"}
    findings_hold(tree, "TAR-029", "called")


NEXT = str(int(TEMPLATE_VERSION) + 1)
READ_BACK = f"""
from pathlib import Path
from poa_xl import reading, sheets
from tests import campaign_books, places, text_books
table = "Operación | Actividad | Tarea | Encargado | Prog. ene | Ejec. ene\\nOP-01 | A | T | Ana | 2 | 1"
form = text_books.UNIT["Unidad"].replace("'{TEMPLATE_VERSION}", "'{NEXT}")
assert form != text_books.UNIT["Unidad"]
path = text_books.unit(Path("libro.xlsx"), Tareas=table, Unidad=form)
print(reading.read_book(path, sheets.unit_sheets()).tables["tareas"].values["encargado"])
new = campaign_books.book(Path("plantilla.xlsx"), "DGRB")
print(places.cell_of(new, places.at("Tareas", "Encargado", 0)))
"""


def test_a_column_that_units_fill_in(tree: Tree) -> None:
    before = "  medio_verificacion:\n    title: Medio"
    tree.before(
        TASKS,
        before,
        "  encargado:\n    title: Encargado\n    description: Quién responde por la tarea.\n    dtype: str\n    nullable: true\n",
    )
    tree.replace("schemas/versiones.yaml", "tarea, medio_verificacion, ", "tarea, encargado, medio_verificacion, ")
    tree.before(
        "schemas/versiones.yaml",
        "\n# What a workbook of another gestión gives",
        f'  - version: "{NEXT}"\n    resumen: Columna «Encargado» en la hoja Tareas.\n    cambios:\n'
        "      - {cambio: columna-nueva, hoja: tareas, columna: encargado}\n",
    )
    version = 'TEMPLATE_VERSION = "{}"'.format
    tree.replace("poa_xl/parameters.py", version(TEMPLATE_VERSION), version(NEXT))
    guide = "ya es de la versión {} y de la gestión".format
    tree.replace("docs/guia-dgp.md", guide(TEMPLATE_VERSION), guide(NEXT))
    tree.docs()
    no_figure_needs_it = {"poa_xl/accepted_rows.py"}
    assert tree.touched == files_named_in("Add a column") - {"docs/hojas.md", "tests/places.py"} - no_figure_needs_it
    tree.checks()
    tree.python("docs/generate.py", "--check")
    where_it_was_put = campaign_books.cell(at("Tareas", "Medio de verificación", 0))  # before that column, in its place
    assert tree.python("-c", READ_BACK).split() == ["['Ana']", where_it_was_put]
    quick = ("-m", "not slow and not libreoffice")
    assert tree.tests("tests/test_versions.py", "tests/test_schemas.py", *quick) > 30
    assert tree.tests("tests/test_migrate.py", "-k", "cannot_be_carried or needs_a_look") > 9
    assert tree.tests(CASES, "-k", "the_good_workbook or month") > 1


def test_a_column_without_its_word_on_another_gestion_stops_the_program(tree: Tree) -> None:
    tree.before(
        TASKS,
        "  medio_verificacion:\n    title: Medio",
        "  encargado:\n    title: Encargado\n    description: x\n    dtype: str\n",
    )
    with pytest.raises(AssertionError, match="falta decir qué pasa con encargado de «tareas»"):
        tree.docs()


@pytest.mark.parametrize(("line", "times"), [("a line of another time", 0), ("_aviso(", 70)])
def test_a_step_that_does_not_find_its_one_place_fails(tree: Tree, line: str, times: int) -> None:
    with pytest.raises(AssertionError, match="stands there") as failed:
        tree.after(MESSAGES, line, "x")
    assert int(str(failed.value).split()[-2]) >= times


def test_a_test_of_the_copy_that_fails_is_heard(tree: Tree) -> None:
    tree.after(CASES, "def test_the_good_workbook_has_no_finding(folder: Path) -> None:\n", "    assert not folder\n")
    with pytest.raises(AssertionError, match="1 failed"):
        tree.tests(CASES, "-k", "test_the_good_workbook")


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("import os\n", "F401"),
        ('NUMBER: int = "1"\n', "Incompatible types"),
        ("from poa_xl import sheets\n\nFIRST = sheets.SHEETS\n", "not allowed to import poa_xl.sheets"),
    ],
)
def test_a_fault_a_type_and_a_floor_that_do_not_hold_in_the_copy_are_heard(tree: Tree, planted: str, said: str) -> None:
    tree.write("poa_xl/ooxml/planted.py", f'"""Planted."""\n\n{planted}')
    with pytest.raises(AssertionError, match=said):
        tree.checks()


# --- a table of the master, with a figure of its own ------------------------------------------------------------

LEADS = """LEADS_TABLE = MasterTable(
    (
        _AREA,
        text_column(NAME, 60),
        MasterColumn("Eficacia acumulada", 18, indicator="eficacia", period=ACCUMULATED),
        MasterColumn("Ejecución acumulada", 18, indicator="ejecucion", period=ACCUMULATED),
        MasterColumn("Ventaja", 18, indicator="ventaja", period=ACCUMULATED),
    ),
    (_AREA.title,),
)
LEADS = MasterSheet("Ventajas", "Ventaja entre eficacia y ejecución por área: {del_acumulado}", (LEADS_TABLE,))

"""
WRITE_LEADS = '''def write_leads(hoja: Hoja) -> None:
    """Ventajas: how far the eficacia of each area is ahead of its ejecución."""
    areas = _areas(hoja.libro)
    hoja.start(tables.LEADS, hoja.libro.evaluacion.entidad.nombre)
    rows = [_lead(hoja, area, hoja.first_data_row + n) for n, area in enumerate(areas)]
    hoja.freeze(hoja.table(tables.LEADS_TABLE, rows, [len(rows) - 1], claves=[key for _, _, key in areas]))
    hoja.finish()


def _lead(hoja: Hoja, area: tuple[str, str, Clave], row: int) -> list[Cell]:
    code, name, key = area
    eficacia, ejecucion = (hoja.libro.at(key, indicator, ACUMULADO) for indicator in ("eficacia", "ejecucion"))
    text = "=" + indicators.difference_formula(local(row, 2), local(row, 3))
    return [code, name, eficacia, ejecucion, Formula(text, shown(hoja.libro.evaluacion.ventaja(key)))]


'''
LEAD = '''    def ventaja(self, clave: Clave) -> float | None:
        """How many points the accumulated eficacia is ahead of the accumulated ejecucion."""
        return indicators.difference(self.eficacia[clave, ACUMULADO], self.ejecucion[clave, ACUMULADO])

'''
KEYED_LEADS = """

def _leads(evaluacion: Evaluacion) -> Keyed:
    for clave in (evaluacion.raiz, *(area_key(a.area) for a in evaluacion.entidad.areas)):
        yield clave, "ventaja", ACUMULADO, evaluacion.ventaja(clave)
"""
TWO_MASTERS = """
import json
from pathlib import Path
from poa_xl.comparison import masters
from poa_xl.reading import File
from tests import test_master
from tests.test_evaluation import accepted_of, factory_data
whole = test_master.write(Path("completo.xlsx"), 2)
other = test_master.write(Path("faltan.xlsx"), 2, accepted_of(factory_data(2, ("CG-SP",))))
found = masters.compare(*(masters.read(File(path), path.name) for path in (whole, other)))
(sheet,) = (h for h in found.hojas if h.nombre == "Ventajas")
cells = [[c.columna, *(value for _, value in c.clave)] for c in sheet.celdas]
print(json.dumps([cells, [s.nombre for s in found.solo], len(sheet.agregadas) + len(sheet.quitadas)]))
"""


def add_table(tree: Tree) -> None:
    """The recipes «Add a table to the master» and «Add a figure»."""
    listed, written = "poa_xl/master_tables/areas.py", "poa_xl/writers/master/areas.py"
    tree.before(listed, "_ACCUMULATED_TITLES = {", LEADS)
    tree.after("poa_xl/master_tables/contents.py", "    areas.SERVICES,\n", "    areas.LEADS,\n")
    tree.before(written, "def write_performance(hoja: Hoja)", WRITE_LEADS)
    tree.after(written, "    tables.SERVICES: write_services,\n", "    tables.LEADS: write_leads,\n")
    tree.after("poa_xl/figures/vocabulary.py", '    "sigep_avance",\n', '    "ventaja",\n')
    tree.before("poa_xl/evaluation/result.py", "    def criterio(self, clave: Clave)", LEAD)
    figures = "poa_xl/evaluation/figures.py"
    tree.after(figures, "        _goals(evaluacion),\n", "        _leads(evaluacion),\n")
    tree.before(figures, "\n\ndef _goals(evaluacion: Evaluacion)", KEYED_LEADS)
    tree.replace(figures, "acp_key, category_key\n", "acp_key, area_key, category_key\n")
    tree.docs()


@pytest.mark.libreoffice
def test_a_table_of_the_master_with_a_figure_of_its_own(tree: Tree, libreoffice: LibreOffice) -> None:
    add_table(tree)
    named = files_named_in("Add a table to the master") | files_named_in("Add a figure")
    assert tree.touched == named - {"tests/test_master.py", "tests/test_figure_ids.py"}  # they hold it as they are
    tree.checks()
    areas = (*factories.entidad().areas, "and the entity")
    cells, alone, rows = json.loads(tree.python("-c", TWO_MASTERS))
    # `diff` knows the table by its column Área.
    assert ["Ventaja", "EXT"] in cells
    assert (alone, rows) == ([], 0)
    for name in ("completo.xlsx", "faltan.xlsx"):
        calculated = libreoffice.recalculate(tree.root / name)
        assert len(calculated["Ventajas"]) == 3 * len(areas)
        assert differences(calculated) == []
    # Each figure has its id, whose cell holds it.
    book = openpyxl.load_workbook(tree.root / "completo.xlsx", read_only=True)
    ids = {row[0]: row[1:] for row in book["Cifras"].iter_rows(values_only=True)}
    own = [place for name, place in ids.items() if ".ventaja." in name]
    assert {sheet for sheet, _ in own} == {"Ventajas"}
    assert len(own) == len(areas)
    quick = ("-k", "own_key or somebody_who_writes or cell_of_each_id and 2 or no_number and 2")
    assert tree.tests("tests/test_figure_ids.py", *quick) >= 4


def test_a_number_of_a_table_without_an_id_is_found(tree: Tree) -> None:
    add_table(tree)
    tree.replace(
        "poa_xl/master_tables/areas.py",
        '"Ventaja", 18, indicator="ventaja", period=ACCUMULATED)',
        '"Ventaja", 18, points=True)',
    )
    with pytest.raises(AssertionError, match=r"\('Ventajas', 'E6', 'Ventaja'\)"):
        tree.tests("tests/test_figure_ids.py", "-k", "no_number and 2")


# --- a worksheet function ---------------------------------------------------------------------------------------

LACK = '''"""Faltante: what is left of what was expected."""

from typing import Optional

from poa_xl.indicators.words import DECISION, FunctionWords, Words

FALTANTE = Words(
    name="Faltante",
    formula="esperado - logrado",
    definition="Lo que falta para llegar a lo esperado.",
    missing="sin nada esperado",
    origin=DECISION,
)
FALTANTE_FUNCTION = FunctionWords(
    name="FALTANTE",
    help="Lo que falta para llegar a lo esperado.",
    arguments={"logrado": "Lo logrado; en blanco es 0.", "esperado": "Lo esperado."},
)


def faltante(logrado: Optional[float], esperado: Optional[float]) -> Optional[float]:
    """What is left; None where nothing was expected."""
    return None if esperado is None else esperado - (logrado or 0)
'''
FUNCTION = """@_worksheet(indicators.FALTANTE_FUNCTION)
def FALTANTE(logrado: Any, esperado: Any) -> Any:
    return per_cell(
        indicators.faltante, GivenArgument("logrado", logrado, number), GivenArgument("esperado", esperado, number)
    )


"""
CALLED = "from poa_xl.hosts import functions; print(functions.FALTANTE([[3], ['x']], [[10], [None]]))"


def add_function(tree: Tree) -> None:
    """The recipes «Add an indicator» and «Add a worksheet function», but for the macros."""
    package = "poa_xl/indicators/__init__.py"
    tree.write("poa_xl/indicators/faltante.py", LACK)
    tree.before(package, "from poa_xl.indicators.fuentes", "from poa_xl.indicators.faltante import *\n")
    tree.after(package, "    EFICACIA_PONDERADA,\n", "    FALTANTE,\n")
    cases = "faltante:\n  - {logrado: 3, esperado: 10, da: 7}\n  - {logrado: 3, esperado: null, da: null}\n"
    tree.before("tests/cases/indicadores.yaml", "semaforo:\n", cases)
    tree.before("poa_xl/functions/registry.py", "@_worksheet(VERSION_FUNCTION)\n", FUNCTION)
    called = 'FALTANTE:\n  - {argumentos: [3, 10], da: 7}\n  - {argumentos: [3, null], da: "n/a"}\n'
    tree.before("tests/cases/funciones.yaml", "EJECUCION:\n", called)
    tree.after("tests/test_libreoffice_addin.py", "BLANK_IS_NOT_ZERO = {", '"FALTANTE": (1,), ')
    tree.replace("README.md", "`=LIMITE_INFERIOR_95(…)`,", "`=FALTANTE(…)`, `=LIMITE_INFERIOR_95(…)`,")


def test_a_worksheet_function(tree: Tree) -> None:
    add_function(tree)
    tree.python("tools/known_vba.py")
    tree.docs()
    # The macros are written by a program that the recipe names, and the module of an indicator is new.
    named = files_named_in("Add a worksheet function") - {"tools/known_vba.py", "poa_xl/guards/known_vba.txt"}
    of_indicator = {"poa_xl/indicators/faltante.py", *files_named_in("Add an indicator") - {"docs/reglas.md"}}
    assert tree.touched == named | of_indicator
    tree.python("-m", "ruff", "check", "--no-cache", "poa_xl")
    tree.python("docs/generate.py", "--check")
    assert "| Faltante | esperado - logrado |" in (tree.root / "docs" / "reglas.md").read_text(encoding="utf-8")
    assert tree.python("-c", CALLED).strip() == "[[7.0], ['#POA! logrado: «x» no es un número.']]"
    quick = ("-m", "not slow and not libreoffice")
    files = ("functions", "indicators", "indicator_faces", "excel_project", "web_functions", "native_formulas")
    assert tree.tests(*(f"tests/test_{name}.py" for name in files), *quick) > 300
    assert tree.tests("tests/test_active_content.py", "-k", "our_macros_are_known or with_macros_raise_nothing") >= 4


def test_macros_of_a_function_that_the_guards_do_not_know_are_found(tree: Tree) -> None:
    add_function(tree)
    with pytest.raises(AssertionError, match=r"run tools/known_vba\.py"):
        tree.tests("tests/test_active_content.py", "-k", "our_macros_are_known")


# --- a colour ---------------------------------------------------------------------------------------------------

COLOURED = """
import datetime as dt, io, zipfile
from pathlib import Path
from poa_xl.observations import Observation
from poa_xl.writers.annotated import observations
from poa_xl.writers.board import page, workbook as board
from poa_xl.writers.unit_workbook import workbook
from tests import board_examples, factories, test_master
entidad = factories.entidad()
unit = entidad.by_code["DGRB"]
workbook.write_unit_workbook(Path("unidad.xlsx"), entidad, unit, factories.unit_data(unit, 2))
test_master.write(Path("maestro.xlsx"), 2)
found = [Observation("Tareas", "E6", "error", "CEL-002", "Dice «x».", "Escriba el número.")]
Path("copia.xlsx").write_bytes(observations.make(Path("unidad.xlsx").read_bytes(), found, "Resumen").content)
board.write_workbook(Path("tablero.xlsx"), board_examples.usual())
page.write_page(Path("tablero.html"), board_examples.usual())
for path in sorted(Path().glob("*.xlsx")):
    with zipfile.ZipFile(path) as archive:
        text = b"".join(map(archive.read, archive.namelist())).decode("utf-8", "replace").upper()
    print(path.name, *(colour for colour in COLOURS if colour in text))
print("tablero.html", *(colour for colour in COLOURS if colour in Path("tablero.html").read_text("utf-8").upper()))
"""
# Constant of palette or formats -> its colour of now, that of the test, and where it is seen.
NEW_COLOURS = {
    '"azul": "#{}"': (
        "0072B2",
        "005B96",
        {"unidad.xlsx", "maestro.xlsx", "copia.xlsx", "tablero.xlsx", "tablero.html"},
    ),
    'LINK_COLOR = "#{}"': ("0563C1", "0B4F9E", {"unidad.xlsx", "maestro.xlsx", "copia.xlsx"}),
    '"error": ("#{}"': ("FFC7CE", "FFC0C8", {"unidad.xlsx", "maestro.xlsx", "copia.xlsx"}),
}


def test_a_colour_is_changed_in_its_one_place_and_every_workbook_follows(tree: Tree) -> None:
    for text, (old, new, _) in NEW_COLOURS.items():
        place = "poa_xl/palette.py" if "azul" in text else "poa_xl/writers/xlsx/formats.py"
        tree.replace(place, text.format(old), text.format(new))
    pages = {"poa_xl/writers/board/assets/tablero.css", "poa_xl/addins/web/assets/panel.css"}
    assert tree.touched == files_named_in("Change a colour") - pages
    both = [colour for old, new, _ in NEW_COLOURS.values() for colour in (old, new)]
    lines = [line.split() for line in tree.python("-c", COLOURED.replace("COLOURS", repr(both))).splitlines()]
    seen = {new: {name for name, *colours in lines if new in colours} for _, new, _ in NEW_COLOURS.values()}
    assert seen == {new: where for _, new, where in NEW_COLOURS.values()}
    assert {old for old, _, _ in NEW_COLOURS.values()} & {c for _, *colours in lines for c in colours} == set()
    tree.checks()
    held = ("tests/test_one_palette.py", "tests/test_entity_workbook.py", "tests/test_board_workbook.py")
    assert tree.tests(*held, "-k", "colour or contrast or warning") > 9
    shown = ("tests/test_pages.py", "tests/test_annotated.py")
    assert tree.tests(*shown, "-m", "not libreoffice", "-k", "look_like_links or colours") >= 3
