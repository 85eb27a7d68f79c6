"""The lines of a text that a person parted stay apart, from the cell to the master, and `diff` sees them."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl import cells, reading, sheets
from poa_xl.checking import sello
from poa_xl.cli import poa_xl
from poa_xl.comparison import units
from tests import text_books

TWO = "Se firmó un acuerdo.\nSe redactaron tres informes."
PROSE = [
    ("Resultados", "Resultado programado"),
    ("Resultados", "Principales resultados"),
    ("Tareas", "Problemas"),
    ("Tareas", "Acciones correctivas"),
    ("Tareas", "Medio de verificación"),
    ("Operaciones", "Resultado esperado"),
]


def book(folder: Path, sheet: str, title: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = text_books.unit(folder / "DGRB.xlsx")
    made = openpyxl.load_workbook(path)
    (column,) = [cell.column for cell in made[sheet][1] if cell.value == title]
    made[sheet].cell(2, column).value = text
    made.save(path)
    return path


def value(path: Path, sheet: str, title: str) -> object:
    read = reading.read_book(path, sheets.unit_sheets())
    (table,) = [t for t in read.tables.values() if t.name == sheet]
    (name,) = [c.name for c in table.sheet.columns if c.title == title]
    return table.values[name][0]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (TWO, TWO),
        (TWO.replace("\n", "\r\n"), TWO),
        (TWO.replace("\n", "\v"), TWO),
        (TWO.replace("\n", "\u2028"), TWO),
        ("Uno.\n\n\n\nDos.", "Uno.\n\nDos."),
        ("  Uno \u200b.  \n\n  Dos.\n", "Uno .\n\nDos."),
        ("\n \n", ""),
        ("Sin  párrafos ", "Sin párrafos"),
    ],
)
def test_lines_stay_apart_and_each_is_read_as_a_text_is(typed: str, read: str) -> None:
    assert cells.paragraphs(typed) == read
    assert cells.clean(typed) == cells.clean(read)


@pytest.mark.parametrize(("sheet", "title"), PROSE)
def test_a_column_of_prose_keeps_its_paragraphs_and_diff_sees_them(tmp_path: Path, sheet: str, title: str) -> None:
    parted = book(tmp_path / "a", sheet, title, TWO)
    flat = book(tmp_path / "b", sheet, title, TWO.replace("\n", " "))
    assert value(parted, sheet, title) == TWO
    first, second = (reading.read_book(p, sheets.unit_sheets()) for p in (parted, flat))
    assert [(c.columna, c.antes) for h in units.compare(first, second).hojas for c in h.celdas] == [(title, TWO)]
    said = CliRunner().invoke(poa_xl, ["diff", str(parted), str(flat)]).output
    assert "Se firmó un acuerdo. ¶ Se redactaron" in said


@pytest.mark.parametrize(("sheet", "title"), [("Tareas", "Tarea"), ("Operaciones", "Código de operación")])
def test_what_names_a_row_has_no_paragraphs(tmp_path: Path, sheet: str, title: str) -> None:
    assert value(book(tmp_path / "a", sheet, title, "OP-01\n informe"), sheet, title) == "OP-01 informe"


def test_the_same_paragraphs_by_another_program_are_no_difference(tmp_path: Path) -> None:
    one = book(tmp_path / "a", "Resultados", "Principales resultados", TWO)
    other = book(tmp_path / "b", "Resultados", "Principales resultados", TWO.replace("\n", " \r\n "))
    assert "No hay diferencias." in CliRunner().invoke(poa_xl, ["diff", str(one), str(other)]).output


def test_a_seal_of_before_holds_for_a_text_with_paragraphs(tmp_path: Path) -> None:
    parted, flat = (
        book(tmp_path / name, "Resultados", "Principales resultados", text)
        for name, text in (("a", TWO), ("b", TWO.replace("\n", " ")))
    )
    seals = {sello.sello(reading.read_book(p, sheets.unit_sheets())) for p in (parted, flat)}
    assert len(seals) == 1
