"""Titles pasted between the rows are one finding, and the rows that hold them are no data."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from poa_xl import reading, sheets
from poa_xl.addins import open_workbook
from poa_xl.comparison import units
from tests import json_bridge, old_books, sent
from tests.places import at, cell_at

pytestmark = pytest.mark.slow

COLUMNS = " | ".join(f"Prog. {m}" for m in sheets.MESES)
TITLES = f"{sent.TASK_TITLES} | {COLUMNS}"
NOT_YET = " |" * 6 + " 1" + " |" * 5  # programmed in July
TASK = sheets.sheet("unidad", "tareas")


def tareas(*rows: str) -> dict[str, Any]:
    return {"Tareas": "\n".join([TITLES, *rows])}


def task(name: str) -> str:
    return f"OP-01 | A | {name} | {NOT_YET}"


@pytest.mark.parametrize(
    ("between", "rows"),
    [
        ([TITLES], "fila 3"),
        ([TITLES.upper()], "fila 3"),
        ([" | ".join(sent.TASK_TITLES.split(" | "))], "fila 3"),
        ([f" | {TITLES}"], "fila 3"),
        ([TASK.title, TASK.description, TITLES], "filas 3, 4 y 5"),
        ([TITLES, TITLES], "filas 3 y 4"),
    ],
    ids=["as they are", "in capitals", "the first ones", "a column aside", "with what stands above them", "twice"],
)
def test_they_are_one_finding_and_no_row(tmp_path: Path, between: list[str], rows: str) -> None:
    found = sent.checked(sent.book(tmp_path, **tareas(task("T"), *between, task("U"))))
    assert sent.places(found) == sent.placed(tmp_path, ("HOJ-011", at("Tareas", "Operación", 2)))
    assert sent.sentences(found, "HOJ-011") == [f"Los títulos de la hoja están otra vez entre los datos: {rows}."]
    assert sent.column(found, "tareas", "tarea") == ["T", "U"]
    assert [s.estado for s in found.submissions] == ["aceptada con avisos"]


def test_on_each_of_several_pages_they_are_still_one_finding(tmp_path: Path) -> None:
    rows = [task("T"), TITLES, task("U"), TITLES, task("V"), TITLES]
    found = sent.checked(sent.book(tmp_path, **tareas(*rows)))
    assert sent.places(found) == sent.placed(tmp_path, ("HOJ-011", at("Tareas", "Operación", 2)))
    assert "filas 3, 5 y 7." in sent.sentences(found, "HOJ-011")[0]


@pytest.mark.parametrize("sheet", ["Operaciones", "Presupuesto", "Resultados"])
def test_it_is_the_same_for_every_table(tmp_path: Path, sheet: str) -> None:
    first, *rows = sent.text_books.UNIT[sheet].strip().splitlines()
    tabs: dict[str, Any] = {sheet: "\n".join([first, *rows, first])}
    found = sent.checked(sent.book(tmp_path, **tabs))
    assert [(f.code, f.location.sheet) for f in found.findings if f.code != "COL-003"] == [("HOJ-011", sheet)]


def test_the_first_titles_are_the_header_though_the_later_ones_are_whole(tmp_path: Path) -> None:
    """One title was lost above and not below: the rows between are data."""
    above = TITLES.replace("Prog. feb", "febrero")
    rows = ["solo", *[" | ".join([above, *(c.title for c in TASK.inputs if c.title not in TITLES)])], task("T")]
    rows += [" | ".join([TITLES, *(c.title for c in TASK.inputs if c.title not in TITLES)]), task("U")]
    found = sent.checked(sent.book(tmp_path, Tareas="\n".join(rows)))
    assert {f.code for f in found.findings} >= {"COL-001", "HOJ-011"}
    assert {f.location.cell for f in found.findings if f.code == "COL-005"} == {"E1"}


@pytest.mark.parametrize(
    "row",
    [
        "OP-01 | Actividad | Tarea | " + NOT_YET,
        "OP-01 | A | Operación | " + NOT_YET,
        "OP-01 | Operación | Actividad de la tarea | " + NOT_YET,
    ],
)
def test_a_task_with_a_word_of_the_titles_is_a_task(tmp_path: Path, row: str) -> None:
    found = sent.checked(sent.book(tmp_path, **tareas(task("T"), row)))
    assert sent.places(found) == []
    assert len(found.accepted.tareas) == 2


def test_a_title_alone_in_a_row_is_told_as_any_other_row(tmp_path: Path) -> None:
    codes = [code for code, _, _ in sent.places(sent.checked(sent.book(tmp_path, **tareas(task("T"), "Operación"))))]
    assert "HOJ-011" not in codes
    assert "TAR-001" in codes


# --- the other doors -------------------------------------------------------------------------------------------


def test_the_entitys_workbook_is_read_by_the_same_rule(tmp_path: Path) -> None:
    first, *rows = sent.text_books.ENTITY["Presupuesto_SIGEP"].strip().splitlines()
    text = "\n".join([first, rows[0], first, *rows[1:]])
    path = sent.text_books.entity(tmp_path / "entidad.xlsx", Presupuesto_SIGEP=text)
    findings = reading.read_book(path, sheets.entity_sheets()).findings
    assert [f.code for f in findings if f.code != "COL-003"] == ["HOJ-011"]


def test_diff_sees_no_row_in_them(tmp_path: Path) -> None:
    a = sent.book(tmp_path, name="A.xlsx", **tareas(task("T"), task("U")))
    b = sent.book(tmp_path, name="B.xlsx", **tareas(task("T"), TITLES, task("U")))
    before, after = (reading.read_book(path, sheets.unit_sheets()) for path in (a, b))
    found = units.compare(before, after)
    assert found.hojas == ()


def test_migrate_leaves_them_and_says_so(tmp_path: Path) -> None:
    path = old_books.old(tmp_path, **tareas(task("T"), TITLES, task("U")))
    ready = old_books.migrate(
        path, tmp_path / "nuevo.xlsx", old_books.order(old_books.entity(tmp_path / "entidad.xlsx"))
    )
    assert [(line.kind, line.sheet, line.cell) for line in ready.lines] == [("titulos-repetidos", "Tareas", "A3")]
    new = openpyxl.load_workbook(tmp_path / "nuevo.xlsx")
    names = [cell_at(new, at("Tareas", "Tarea", row)).value for row in range(1, 5)]
    assert [name for name in names if name] == ["T", "U"]


def test_validar_reads_them_alike(tmp_path: Path) -> None:
    read = open_workbook.read(json_bridge.opened(sent.book(tmp_path, **tareas(task("T"), TITLES))))
    assert [f.code for f in read.findings if f.code != "COL-003"] == ["HOJ-011"]
