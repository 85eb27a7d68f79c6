"""The buttons Validar and Preparar entrega, on JSON books made of real files and brought back to files."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from poa_xl import observations, reading, sample, sheets
from poa_xl.addins import macros, number_formats, observations_sheet
from poa_xl.api import entities, templates
from poa_xl.checking import observation_rows, unit_books
from poa_xl.errors import PoaError
from poa_xl.names import CATALOGUE_SHEET
from poa_xl.observations import FIRST_ROW, HEADERS, Observation
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook as unit_workbook_workbook
from tests import json_bridge
from tests.demonstration import Demonstration
from tests.one_sheet import sheet_of
from tests.places import At, at, cell_at

pytestmark = pytest.mark.slow

MONTH = at("Tareas", "Prog. ene")  # of the first task

Row = tuple[object, ...]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of the sample, which has nothing to observe."""
    folder = tmp_path_factory.mktemp("sound")
    entity_workbook.write_entity_workbook(folder / "entidad.xlsx", templates.entity_rows(2))
    entidad = entities.open_entity(folder / "entidad.xlsx").entidad
    unidad = entidad.by_code["DGP"]
    unit_workbook_workbook.write_unit_workbook(folder / "DGP.xlsx", entidad, unidad, sample.unit_rows(2)["DGP"])
    return folder / "DGP.xlsx"


@pytest.fixture
def workbook(sound: Path, tmp_path: Path) -> Path:
    """A sound workbook of one's own."""
    return Path(shutil.copy(sound, tmp_path / "DGP.xlsx"))


def edited(path: Path, change: Callable[[Any], None], name: str = "DGP.xlsx") -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    out = path.parent / "editado" / name
    out.parent.mkdir(exist_ok=True)
    book.save(out)
    return out


def put(place: At, value: object) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell_at(book, place).value = value

    return change


def listed(path: Path, sheet: str = observations.SHEET) -> list[Row]:
    return rows_of(sheet_of(path, sheet))


def rows_of(page: Any) -> list[Row]:
    rows = page.iter_rows(min_row=FIRST_ROW, max_col=len(HEADERS), values_only=True)
    return [row for row in rows if any(row)]


def expected(found: list[Observation]) -> list[Row]:
    return [(_link(one), *one.row[1:]) for one in found]


def _link(one: Observation) -> str:
    if not one.sheet:
        return one.place
    quoted = "'" + one.sheet.replace("'", "''") + "'!" + (one.cell or "A1")
    return '=HYPERLINK("#{}","{}")'.format(*(text.replace('"', '""') for text in (quoted, one.place)))


def run(macro: Callable[[Any], str], path: Path, **more: str) -> tuple[str, Path, list[dict[str, Any]]]:
    out = path.with_name("despues.xlsx")
    said, actions = json_bridge.run(macro, path, out, **more)
    return said, out, actions


def test_the_button_finds_what_the_command_finds_in_every_defective_workbook(
    demonstration_with_defects: Demonstration,
) -> None:
    def validar(book: Any, formats: json_bridge.Formats) -> str:
        return macros.validar_libro(book, known=number_formats.given(formats))

    compared = 0
    for path in demonstration_with_defects.sent:
        known = entities.carried_by(reading.File(path))
        read = reading.read_book(path, sheets.unit_sheets())
        found = unit_books.check_alone(read, known)[0] if known and read.tables else []
        # Not to be had of a workbook open on the web: a formula without a value, merged cells, what only the file shows.
        of_the_file = (
            "CEL-007",
            "CEL-020",
            "ENT-007",
            "LIB-005",
            "LIB-013",
            "LIB-014",
            "LIB-020",
            "LIB-021",
            "LIB-022",
        )
        if not found or any(f.code in of_the_file for f in found):
            continue
        page = json_bridge.done(validar, path)[observations.SHEET]
        assert rows_of(page) == expected(observation_rows.observations(found)), path.name
        compared += 1
    assert compared > 40


def test_a_sound_workbook_has_an_empty_list_and_a_word_that_says_so(workbook: Path) -> None:
    said, out, _ = run(macros.validar_libro, workbook)
    assert listed(out) == []
    assert "sin observaciones" in said
    assert sheet_of(out, observations.SHEET)["A2"].value == said


def test_checking_writes_into_the_sheet_observaciones_alone(workbook: Path) -> None:
    bad = edited(workbook, put(MONTH, "dos"))
    _, out, actions = run(macros.validar_libro, bad)
    before, after = openpyxl.load_workbook(bad), openpyxl.load_workbook(out)
    assert actions
    for sheet in before:
        if sheet.title != observations.SHEET:
            assert _cells(sheet) == _cells(after[sheet.title])


def _cells(sheet: Any) -> list[Row]:
    return [(c.coordinate, c.value, c.number_format, c.fill.fgColor.rgb) for row in sheet.iter_rows() for c in row]


def test_the_old_list_goes_when_the_workbook_is_checked_again(workbook: Path) -> None:
    before = cell_at(openpyxl.load_workbook(workbook), MONTH).value
    _, first, _ = run(macros.validar_libro, edited(workbook, put(MONTH, "dos")), name="DGP.xlsx")
    assert [row[2] for row in listed(first)] == ["CEL-002"]
    _, second, _ = run(macros.validar_libro, edited(first, put(MONTH, before)), name="DGP.xlsx")
    assert listed(second) == []


def test_what_a_stranger_typed_never_becomes_a_formula(workbook: Path) -> None:
    def hostile(book: Any) -> None:
        month = cell_at(book, MONTH)
        month.value = "=cmd|' /C calc'!A0"
        month.data_type = "s"
        book["Resultados"].title = '=1+1"&A1'

    _, out, _ = run(macros.validar_libro, edited(workbook, hostile))
    rows = listed(out)
    assert rows
    formulas = [str(cell) for row in rows for cell in row if str(cell).startswith("=")]
    assert all(f.startswith('=HYPERLINK("#') and f.count('"') % 2 == 0 for f in formulas)
    assert any("=1+1" in f for f in formulas)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_message_that_begins_like_a_formula_stays_a_text(workbook: Path, start: str) -> None:
    def macro(book: Any) -> str:
        observations_sheet.write(book, [Observation("Tareas", "E5", "error", "CEL-002", f"{start}1+1", "nada")], "x")
        return ""

    _, out, _ = run(macro, workbook)
    cell = sheet_of(out, observations.SHEET)[f"D{FIRST_ROW}"]
    assert (cell.value, cell.data_type) == (f"{start}1+1", "s")


def test_a_page_typed_into_a_cell_is_shown_by_its_beginning(workbook: Path) -> None:
    _, out, _ = run(macros.validar_libro, edited(workbook, put(MONTH, "x" * 32_767)), name="DGP.xlsx")
    (row,) = listed(out)
    assert row[2] == "CEL-002"
    assert len(str(row[3])) < 500


def test_a_list_longer_than_the_sheet_says_so(workbook: Path) -> None:
    many = [Observation("Tareas", f"E{n}", "error", "CEL-002", "a", "b") for n in range(1, 1501)]
    _, out, _ = run(lambda book: observations_sheet.write(book, many, "Revisado.") or "", workbook)
    assert len(listed(out)) == observations.LAST_ROW - FIRST_ROW + 1
    assert "primeras" in str(sheet_of(out, observations.SHEET)["A2"].value)


def test_a_sheet_of_that_name_that_somebody_made_is_left_alone(workbook: Path) -> None:
    def own(book: Any) -> None:
        del book[observations.SHEET]
        book.create_sheet(observations.SHEET)["A5"].value = "mis notas"

    bad = edited(edited(workbook, own), put(MONTH, "dos"), "otro.xlsx")
    _, out, _ = run(macros.validar_libro, bad)
    assert sheet_of(out, observations.SHEET)["A5"].value == "mis notas"
    assert "CEL-002" in {row[2] for row in listed(out, "Observaciones 2")}


def test_without_its_catalogue_the_workbook_says_what_to_ask_for(workbook: Path) -> None:
    def without(book: Any) -> None:
        del book[CATALOGUE_SHEET]

    for macro in (macros.validar_libro, macros.preparar_entrega):
        book = json_bridge.opened(edited(workbook, without))
        with pytest.raises(PoaError, match="Catalogo"):
            macro(book)
        assert book.json()["actions"] == [], "a workbook that is none of ours stays as it is"


def test_a_cell_at_the_end_of_the_sheet_is_a_finding_and_is_not_read(workbook: Path) -> None:
    import xlwings

    sent = json_bridge.payload(workbook)
    tasks = next(s for s in sent["sheets"] if s["name"] == "Tareas")
    tasks["used_range_address"] = "A1:XFD1048576"
    book = xlwings.Book(json=sent)
    assert "1 error" in macros.validar_libro(book)
    assert any("HOJ-007" in str(action["values"]) for action in book.json()["actions"])


# --- Preparar entrega -------------------------------------------------------------------------------------


def stamps(path: Path) -> dict[object, object]:
    return {row[0].value: row[1].value for row in sheet_of(path, "Unidad").iter_rows(min_row=4)}


def test_a_workbook_with_errors_is_not_prepared(workbook: Path) -> None:
    bad = edited(workbook, put(MONTH, "dos"))
    said, out, _ = run(macros.preparar_entrega, bad, name="DGP.xlsx")
    assert said.startswith("No se preparó")
    assert stamps(out) == stamps(bad)
    assert [row[2] for row in listed(out)] == ["CEL-002"]


def test_a_sound_workbook_gets_its_date_its_sello_and_a_name(workbook: Path) -> None:
    said, out, _ = run(macros.preparar_entrega, workbook, name="copia de trabajo (2).xlsm")
    stamped = stamps(out)
    assert str(stamped["Sello de la entrega"]) in said
    assert "«DGP.xlsm»" in said
    assert stamped["Fecha de envío"] is not None


def test_without_the_quarter_the_workbook_is_not_prepared(workbook: Path) -> None:
    bad = edited(workbook, put(at("Unidad", "Trimestre que se reporta"), None))
    said, out, _ = run(macros.preparar_entrega, bad, name="DGP.xlsx")
    assert said.startswith("No se preparó")
    assert "Trimestre que se reporta" in said
    assert stamps(out) == stamps(bad)


def test_without_a_field_for_the_seal_the_workbook_is_not_prepared(workbook: Path) -> None:
    def without_title(book: Any) -> None:
        cell_at(book, at("Unidad", "Sello de la entrega")).offset(0, -1).value = None

    bad = edited(workbook, without_title)
    said, out, _ = run(macros.preparar_entrega, bad, name="DGP.xlsx")
    assert said.startswith("No se preparó")
    assert "«Sello de la entrega»" in said
    assert stamps(out) == stamps(bad)


def test_a_workbook_with_avisos_alone_is_prepared_and_says_how_many(workbook: Path) -> None:
    said, out, _ = run(
        macros.preparar_entrega,
        edited(workbook, put(at("Unidad", "Responsable de la información"), None)),
        name="DGP.xlsx",
    )
    assert said.startswith("Listo para enviar")
    assert "0 errores y 1 aviso" in said
    assert [row[2] for row in listed(out)] == ["UNI-012"]


@pytest.mark.parametrize("macro", [macros.validar_libro, macros.preparar_entrega])
def test_a_sheet_that_does_not_let_itself_be_written_is_said(
    workbook: Path, macro: Callable[[Any], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("1004")

    monkeypatch.setattr("xlwings.Range.clear_contents", refuse)  # as Excel does where a sheet is protected
    with pytest.raises(PoaError, match="protegida"):
        macro(json_bridge.opened(workbook))


def test_another_spelling_of_the_sheets_name_is_the_same_sheet(workbook: Path) -> None:
    def own(book: Any) -> None:
        # openpyxl itself would rename it: it takes the sheet for another one of the same name.
        book[observations.SHEET]._WorkbookChild__title = "OBSERVACIONES"

    bad = edited(edited(workbook, own), put(MONTH, "dos"), "otro.xlsx")
    _, out, _ = run(macros.validar_libro, bad)
    assert "CEL-002" in {row[2] for row in listed(out, "OBSERVACIONES")}


def test_the_prepared_file_is_sound_and_a_later_change_is_noticed(workbook: Path, tmp_path: Path) -> None:
    _, out, _ = run(macros.preparar_entrega, workbook)
    check = partial(_codes, tmp_path)
    assert check(out) == set()
    changed = edited(out, put(at("Tareas", "Tarea"), "Otra tarea"), "DGP.xlsx")
    assert check(changed) == {"UNI-015"}
    again, prepared, _ = run(macros.preparar_entrega, changed)
    assert "sin observaciones" in again
    assert check(prepared) == set()


def _codes(folder: Path, path: Path) -> set[str]:
    copy = folder / "revisar" / "DGP.xlsx"
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(path.read_bytes())
    known = entities.carried_by(reading.File(copy))
    assert known
    return {f.code for f in unit_books.check_alone(reading.read_book(copy, sheets.unit_sheets()), known)[0]}
