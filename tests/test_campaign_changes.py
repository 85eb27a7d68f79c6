"""What changed between two versions of a workbook, row by row and cell by cell."""

from pathlib import Path

from poa_xl import reading, sheets
from poa_xl.campaign import changes
from poa_xl.campaign.changes import Cambios, Celda, Hoja
from poa_xl.reading import Table
from tests import text_books

TASKS = "Operación | Actividad | Tarea | Prog. ene | Ejec. ene\n"


def tables(path: Path, **changed: str | None) -> dict[str, Table]:
    return reading.read_book(text_books.unit(path, **changed), sheets.unit_sheets()).tables


def between(tmp_path: Path, old: dict[str, str | None], new: dict[str, str | None]) -> Cambios:
    return changes.compare(tables(tmp_path / "a.xlsx", **old), tables(tmp_path / "b.xlsx", **new))


def test_the_same_content_has_no_changes(tmp_path: Path) -> None:
    assert between(tmp_path, {}, {}) == Cambios()


def test_rows_are_known_by_their_key_whatever_their_place(tmp_path: Path) -> None:
    old = TASKS + "OP-01 | A | Uno | 1 | 1\nOP-01 | A | Dos | 2 | 2"
    new = TASKS + "OP-01 | A | Dos | 2 | 5\nOP-01 | A | Tres | 9 |\nOP-01 | A | Uno | 1 | 1"
    (found,) = between(tmp_path, {"Tareas": old}, {"Tareas": new}).hojas
    assert found == Hoja("Tareas", 1, 0, (Celda("E2", "Ejec. ene", "2", "5"),))


def test_a_rewritten_task_is_one_row_taken_away_and_one_added(tmp_path: Path) -> None:
    old, new = TASKS + "OP-01 | A | Redactar | 1 | 1", TASKS + "OP-01 | A | Redactar informes | 1 | 1"
    (found,) = between(tmp_path, {"Tareas": old}, {"Tareas": new}).hojas
    assert found == Hoja("Tareas", 1, 1, ())


def test_of_rows_with_one_key_the_first_is_compared_with_the_first(tmp_path: Path) -> None:
    old = TASKS + "OP-01 | A | Uno | 1 |\nOP-01 | A | Uno | 2 |"
    new = TASKS + "OP-01 | A | Uno | 1 |\nOP-01 | A | Uno | 3 |\nOP-01 | A | Uno | 4 |"
    (found,) = between(tmp_path, {"Tareas": old}, {"Tareas": new}).hojas
    assert found == Hoja("Tareas", 1, 0, (Celda("D3", "Prog. ene", "2", "3"),))


def test_a_blank_that_was_filled_and_a_field_of_the_form_are_cells(tmp_path: Path) -> None:
    old = text_books.UNIT["Unidad"]
    new = old.replace("Ana Quispe", "Luis Mamani").replace("Jefa", "")
    (found,) = between(tmp_path, {}, {"Unidad": new}).hojas
    assert found.celdas == (
        Celda("B10", "Responsable de la información", "Ana Quispe", "Luis Mamani"),
        Celda("B11", "Cargo", "Jefa", ""),
    )


def test_a_sheet_that_one_version_lacks_has_no_rows_there(tmp_path: Path) -> None:
    assert between(tmp_path, {"Resultados": None}, {}).hojas == (Hoja("Resultados", 1, 0, ()),)
    assert between(tmp_path, {}, {"Resultados": None}).hojas == (Hoja("Resultados", 0, 1, ()),)


def test_the_ledger_gives_back_what_was_written(tmp_path: Path) -> None:
    found = between(tmp_path, {}, {"Tareas": TASKS + "OP-01 | Preparar | Redactar informes | 7 | 1"})
    assert found.hojas
    assert changes.from_json(changes.to_json(found)) == found
    assert changes.from_json("") is None
