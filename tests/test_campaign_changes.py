"""What changed between two submissions, as the ledger keeps it and a receipt tells it."""

import dataclasses
from pathlib import Path

import pytest

from poa_xl import reading, sheets
from poa_xl.campaign import changes, folder, intake, receipts
from poa_xl.campaign.changes import Cambios, StoredCell, StoredSheet
from poa_xl.campaign.intake import Orden
from poa_xl.campaign.records import Entrega
from poa_xl.comparison import units
from poa_xl.reading import Book
from tests import campaign_books as books, text_books
from tests.places import at

TASKS = "Operación | Actividad | Tarea | Prog. ene | Ejec. ene\n"
# As ledgers of earlier versions hold it, to the letter.
KEPT = (
    '{"hojas": [{"hoja": "Tareas", "agregadas": 1, "quitadas": 2, "celdas": '
    '[{"celda": "E2", "columna": "Ejec. ene", "antes": "", "despues": "5"}]}]}'
)


def book(path: Path, **changed: str | None) -> Book:
    return reading.read_book(text_books.unit(path, **changed), sheets.unit_sheets())


def between(tmp_path: Path, old: dict[str, str | None], new: dict[str, str | None]) -> Cambios:
    return changes.of(units.compare(book(tmp_path / "a.xlsx", **old), book(tmp_path / "b.xlsx", **new)))


def test_the_same_content_has_no_changes(tmp_path: Path) -> None:
    assert between(tmp_path, {}, {}) == Cambios()


def test_rows_are_known_by_their_key_whatever_their_place(tmp_path: Path) -> None:
    old = TASKS + "OP-01 | A | Uno | 1 | 1\nOP-01 | A | Dos | 2 | 2"
    new = TASKS + "OP-01 | A | Dos | 2 | 5\nOP-01 | A | Tres | 9 |\nOP-01 | A | Uno | 1 | 1"
    (found,) = between(tmp_path, {"Tareas": old}, {"Tareas": new}).hojas
    assert found == StoredSheet("Tareas", 1, 0, (StoredCell("E2", "Ejec. ene", "2", "5"),))


def test_a_rewritten_task_is_a_cell(tmp_path: Path) -> None:
    old, new = TASKS + "OP-01 | A | Redactar | 1 | 1", TASKS + "OP-01 | A | Redactar informes | 1 | 1"
    (found,) = between(tmp_path, {"Tareas": old}, {"Tareas": new}).hojas
    assert found == StoredSheet("Tareas", 0, 0, (StoredCell("C2", "Tarea", "Redactar", "Redactar informes"),))


def test_a_blank_that_was_filled_and_a_field_of_the_form_are_cells(tmp_path: Path) -> None:
    old = text_books.UNIT["Unidad"]
    new = old.replace("Ana Quispe", "Luis Mamani").replace("Jefa", "")
    (found,) = between(tmp_path, {}, {"Unidad": new}).hojas
    assert found.celdas == (
        StoredCell("B10", "Responsable de la información", "Ana Quispe", "Luis Mamani"),
        StoredCell("B11", "Cargo", "Jefa", ""),
    )


def test_a_cell_that_cannot_be_read_is_kept_as_what_it_holds(tmp_path: Path) -> None:
    old, new = TASKS + "OP-01 | A | Uno | 1 | 1", TASKS + "OP-01 | A | Uno | dos | #REF!"
    (found,) = between(tmp_path, {"Tareas": old}, {"Tareas": new}).hojas
    assert found.celdas == (
        StoredCell("D2", "Prog. ene", "1", "dos"),
        StoredCell("E2", "Ejec. ene", "1", "#REF!"),
    )


def test_a_sheet_that_one_version_lacks_has_no_rows_there(tmp_path: Path) -> None:
    assert between(tmp_path, {"Resultados": None}, {}).hojas == (StoredSheet("Resultados", 1, 0, ()),)
    assert between(tmp_path, {}, {"Resultados": None}).hojas == (StoredSheet("Resultados", 0, 1, ()),)


def test_the_ledger_gives_back_what_was_written(tmp_path: Path) -> None:
    found = between(tmp_path, {}, {"Tareas": TASKS + "OP-01 | Preparar | Redactar informes | 7 | 1"})
    assert found.hojas
    assert changes.from_json(changes.to_json(found)) == found
    assert changes.from_json("") is None


def test_what_earlier_versions_kept_is_read_and_written_the_same() -> None:
    found = changes.from_json(KEPT)
    assert found == Cambios((StoredSheet("Tareas", 1, 2, (StoredCell("E2", "Ejec. ene", "", "5"),)),))
    assert changes.to_json(found) == KEPT


@pytest.mark.slow
def test_a_receipt_tells_a_rewritten_task_and_an_unreadable_cell_at_their_cells(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    first = books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB")
    changed = {
        at("Tareas", "Tarea"): "Tarea 1: elaborar y remitir los informes del periodo",
        at("Tareas", "Prog. ene", 2): "dos",
    }
    second = books.book(tmp_path / "2" / "DGRB.xlsx", "DGRB", changed)
    with folder.opened(place) as campana:
        for path in (first, second):
            intake.receive(campana, path, Orden("Ana", books.BEFORE))
        entrega = campana.ledger.rows(Entrega)[-1]
        lines = receipts.change_lines(entrega)
    text = "Tarea 1: elaborar y remitir los informes"
    assert lines == [
        "Tareas: 2 celdas cambiadas",
        f"{books.written(at('Tareas', 'Tarea'))} Tarea: «{text} que correspondan a…» → «{text} del periodo»",
        f"{books.written(at('Tareas', 'Prog. ene', 2))} Prog. ene: «3» → «dos»",
    ]
    old = dataclasses.replace(entrega, cambios=KEPT)
    assert receipts.change_lines(old) == [
        "Tareas: 1 fila agregada, 2 filas quitadas, 1 celda cambiada",
        "Tareas!E2 Ejec. ene: «» → «5»",
    ]
