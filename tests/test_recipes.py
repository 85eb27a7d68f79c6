"""The recipes of CONTRIBUTING, carried out in a copy of the tree as they are written there; the tests of the area then pass.

A recipe is a test here: the steps as edits of the copy, and what shows that they are enough. `Tree.touched` must be the
files that the recipe names, so that neither it nor the test says more than the other.
"""

from pathlib import Path

import pytest

from poa_xl.parameters import TEMPLATE_VERSION
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
        "      str_length: {max_value: 250, error: TAR-014}\n",
    )
    add_message(
        tree,
        "TAR-014",
        "El texto de la tarea es muy largo.",
        "Dígalo en una frase.",
        '_in_task("Tarea", "x" * 300)',
        '("a wordy task", tasks(TASK, f"OP-01 | A | {\'T\' * 251} | 2 | 1"), {("TAR-014", at("Tareas", "Tarea"))})',
    )
    named = files_named_in("Add a check with a code") | files_named_in("Add a message")
    assert tree.touched == named - {"poa_xl/schemas.py", "docs/generate.py"}  # a check of our own; a new placeholder
    findings_hold(tree, "TAR-014", "wordy")


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
            report.add("TAR-014", tasks, "tarea", row, str(task))


""",
    )
    tree.before(
        ROWS,
        "def _idle_operation(plot: Plot)",
        """def _task_named_as_its_operation(plot: Plot) -> list[Place]:
    _operation(plot)
    row = _task(plot, Operación="OP-90", Tarea="Operación agregada")
    return [plot.place("Tareas", "Tarea", row)]


""",
    )
    add_message(
        tree,
        "TAR-014",
        "La tarea dice lo mismo que su operación.",
        "Diga qué se hace.",
        "_task_named_as_its_operation",
        '("a task called as its operation", tasks(TASK, "OP-01 | A | Negociar acuerdos | 2 | 1"), {("TAR-014", at("Tareas", "Tarea"))})',
    )
    named = files_named_in("Add a cross-sheet rule") | files_named_in("Add a message")
    assert tree.touched == named - {"docs/generate.py"}
    findings_hold(tree, "TAR-014", "called")


NEXT = str(int(TEMPLATE_VERSION) + 1)
READ_BACK = """
from pathlib import Path
from poa_xl import reading, sheets
from tests import campaign_books, places, text_books
table = "Operación | Actividad | Tarea | Encargado | Prog. ene | Ejec. ene\\nOP-01 | A | T | Ana | 2 | 1"
path = text_books.unit(Path("libro.xlsx"), Tareas=table)
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
    tree.replace("schemas/versiones.yaml", "tarea, medio_verificacion]", "tarea, encargado, medio_verificacion]")
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
    assert tree.touched == files_named_in("Add a column") - {"docs/hojas.md", "tests/places.py"}
    tree.checks()
    tree.python("docs/generate.py", "--check")
    assert tree.python("-c", READ_BACK).split() == ["['Ana']", "D4"]
    quick = ("-m", "not slow and not libreoffice")
    assert tree.tests("tests/test_versions.py", "tests/test_schemas.py", *quick) > 40
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
