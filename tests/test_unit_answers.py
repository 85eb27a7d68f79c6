"""What a unit wrote in our sheets: it goes with its observation through every door, and nothing of it is lost."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl import catalogo, reading, sheets, unit_answers
from poa_xl.addins import macros
from poa_xl.api import templates
from poa_xl.checking import unit_books
from poa_xl.cli import poa_xl
from poa_xl.comparison import units
from poa_xl.findings import Finding, Submission
from poa_xl.names import OBSERVATIONS_SHEET, REPAIRS_SHEET
from poa_xl.observations import FIRST_ROW, HEADER_ROW, HEADERS, LAST_ROW, Observation
from poa_xl.writers import entity_workbook
from poa_xl.writers.annotated import copy as annotated_copy, observations
from poa_xl.writers.unit_workbook import workbook
from tests import campaign_books as books, factories, json_bridge, packages
from tests.demonstration import Demonstration
from tests.one_sheet import sheet_of
from tests.places import At, at, cell_at

pytestmark = pytest.mark.slow

Rows = list[list[Any]]
ANSWER, KEY = "Respuesta de la unidad", "Fila observada"


def keyed(row: Sequence[Any], key: str) -> list[Any]:
    """A row with the key of its row in the hidden column Z."""
    return [*row, *[""] * (25 - len(row)), key]


FRAME: Rows = [["Observaciones"], ["Copia revisada"], [], keyed([*HEADERS, ANSWER], KEY)]
FIRST = ["Tareas!E5", "error", "CEL-002", "«Prog. ene» espera un número", "Escriba el número"]
SECOND = ["Tareas!E6", "error", "CEL-002", "«Prog. ene» espera un número", "Escriba el número"]
WHOLE = ["Libro", "aviso", "HOJ-003", "El orden.", "Ordene."]


def observed(row: Sequence[str], key: str = "") -> Observation:
    """The observation of a row of a table, made without the code under test."""
    place, severity, code, what, action = row
    sheet, _, cell = place.partition("!")
    return Observation("" if place == "Libro" else sheet, cell, severity, code, what, action, key)


def written(rows: Rows, found: Sequence[Observation]) -> Rows:
    """The rows of the list that is written over `rows`, from the first on, with the cells of the unit."""
    result = unit_answers.write(unit_answers.read(rows), found)
    lines: Rows = []
    for row in result.rows:
        line = [*row.own, *[""] * (unit_answers.KEY_COLUMN + 1)][: unit_answers.KEY_COLUMN + 1]
        for place, (number, column) in row.kept.items():
            line += [""] * (place + 1 - len(line))
            line[place] = rows[number - 1][column]
        lines += [[]] * (row.number - FIRST_ROW - len(lines))
        lines.append([cell for cell in line if cell != ""])
    return lines


# --- what is ours and what is the unit's ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([[*FIRST, "Es correcto"]], "Es correcto"),
        ([[*FIRST, "", "", "Es correcto"]], "Es correcto"),
        ([[*FIRST, "Es correcto", "", "véase el anexo", 12.5]], "Es correcto · véase el anexo · 12,5"),
        ([["Tareas!E5", "corregido", *FIRST[2:]]], "corregido"),
        ([["Tareas!E5", "ok", *FIRST[2:], "", "", "ya"]], "ok · ya"),
    ],
)
def test_what_stands_beside_a_row_of_our_list_is_its_answer(rows: Rows, answer: str) -> None:
    (line,) = unit_answers.read(FRAME + rows).lines
    assert (line.said.sheet, line.said.cell, line.said.code, line.answer) == ("Tareas", "E5", "CEL-002", answer)


@pytest.mark.parametrize(
    "rows", [[FIRST], [keyed([*FIRST, ""], "OP-01 · Redactar")], [[*FIRST, "  ", None]], [], [[], [""]]]
)
def test_a_list_that_nobody_wrote_in_has_no_answer_and_no_remark(rows: Rows) -> None:
    sheet = unit_answers.read(FRAME + rows)
    assert ([line.answer for line in sheet.lines if line.answer], sheet.remarks) == ([], [])


@pytest.mark.parametrize(
    "rows",
    [
        [FIRST, ["Los montos están bien"]],
        [FIRST, [], [], ["", "", "Los montos están bien"]],
        [["Los montos están bien"], FIRST],
        [FIRST, ["", "", "", "", "", "Los montos están bien"]],
    ],
)
def test_a_row_that_is_not_of_our_list_is_a_remark(rows: Rows) -> None:
    sheet = unit_answers.read(FRAME + rows)
    assert [remark.text for remark in sheet.remarks] == ["Los montos están bien"]
    assert len(sheet.lines) == 1


def test_a_remark_above_the_list_stays_where_it_is_and_is_read() -> None:
    frame = [FRAME[0], [*FRAME[1], "", "Enviado por Ana"], [], FRAME[3]]
    sheet = unit_answers.read([*frame, FIRST])
    assert [remark.text for remark in sheet.remarks] == ["Enviado por Ana"]
    assert written([*frame, FIRST], [observed(FIRST)]) == [FIRST]


# --- which observation an answer goes with ----------------------------------------------------------------------


def test_an_answer_stays_with_its_observation_when_the_list_changes() -> None:
    rows = [*FRAME, [*FIRST, "la primera"], [*SECOND, "la segunda"]]
    assert written(rows, [observed(WHOLE), observed(SECOND), observed(FIRST)]) == [
        WHOLE, [*SECOND, "la segunda"], [*FIRST, "la primera"],
    ]  # fmt: skip


def test_an_answer_goes_with_its_row_when_rows_move() -> None:
    rows = [*FRAME, keyed([*FIRST, "la primera"], "OP-01 · A"), keyed([*SECOND, "la segunda"], "OP-01 · B")]
    swapped = [observed(FIRST, "OP-01 · B"), observed(SECOND, "OP-01 · A")]
    assert written(rows, swapped) == [[*FIRST, "la segunda"], [*SECOND, "la primera"]]


def test_an_answer_is_not_given_to_another_row_that_came_to_stand_in_the_cell() -> None:
    rows = [*FRAME, keyed([*FIRST, "la primera"], "OP-01 · A")]
    one, former = written(rows, [observed(FIRST, "OP-02 · Z")])
    assert one == FIRST
    assert former == ["Antes, en Tareas!E5", "anterior", *FIRST[2:4], former[4], "la primera"]


def test_an_answer_of_a_list_without_keys_stays_in_its_cell_whatever_the_value_is_now() -> None:
    frame = [*FRAME[:3], [*HEADERS]]
    other = [*FIRST[:3], "«Prog. ene» espera otra cosa", FIRST[4]]
    assert written([*frame, [*FIRST, "la primera"]], [observed(other, "OP-01 · A")]) == [[*other, "la primera"]]


def test_what_a_person_wrote_where_our_keys_would_stand_is_an_answer_and_no_key() -> None:
    frame = [*FRAME[:3], keyed([*HEADERS], "Comentario")]
    rows = [*frame, keyed(FIRST, "véase el anexo")]
    result = unit_answers.write(unit_answers.read(rows), [observed(FIRST, "OP-01 · A")])
    assert (result.keyed, result.rows[0].kept) == (False, {25: (5, 25)})


def sent_out(found: Sequence[Observation]) -> Rows:
    """A list as it goes out to a unit: our cells, and in the hidden column what the code under test puts there."""
    result = unit_answers.write(unit_answers.OurList([], []), found)
    return [keyed(one.row, row.key) for one, row in zip(found, result.rows, strict=True)]


@pytest.mark.parametrize("key", ["OP-01 · A", "", "OP-01 · dos  #espacios"])
@pytest.mark.parametrize("column", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("first", [FIRST, WHOLE], ids=["of a cell", "of the whole"])
def test_what_a_person_typed_over_our_words_is_an_answer(first: list[str], column: int, key: str) -> None:
    found = [observed(first, key), observed(SECOND, "OP-01 · B")]
    rows = [*FRAME, *sent_out(found)]
    rows[4][column] = "ya se corrigió"
    (line,) = [line for line in unit_answers.read(rows).lines if line.answer]
    assert (line.answer, unit_answers.answered(unit_answers.read(rows), found)) == ("ya se corrigió", {0: line})
    assert written(rows, found)[0] == [*first, "ya se corrigió"]
    again = [*FRAME, *[keyed(row, text[25]) for row, text in zip(written(rows, found), sent_out(found), strict=True)]]
    assert written(again, found)[0] == [*first, "ya se corrigió"]


def test_all_that_was_typed_over_stands_beside_what_stood_there_before() -> None:
    found = [observed(FIRST, "OP-01 · A")]
    rows = [*FRAME, *sent_out(found)]
    rows[4][0], rows[4][3], rows[4][4], rows[4][5] = "listo", "corregido", "ok", "nota 12"
    assert written(rows, found) == [[*FIRST, "nota 12", "listo", "corregido", "ok"]]


def test_an_answer_over_our_words_to_what_is_no_longer_observed_stays() -> None:
    rows = [*FRAME, *sent_out([observed(FIRST, "OP-01 · A")])]
    rows[4][4] = "se mandó la nota 12"
    ((place, weight, code, *_, answer),) = written(rows, [])
    assert (place, weight, code, answer) == ("Antes, en Tareas!E5", "anterior", "CEL-002", "se mandó la nota 12")


def test_our_words_with_other_blanks_or_emptied_are_no_answer() -> None:
    found = [observed(FIRST, "OP-01 · A"), observed(SECOND, "OP-01 · B"), observed(WHOLE)]
    rows = [*FRAME, *sent_out(found)]
    assert [line.answer for line in unit_answers.read(rows).lines] == ["", "", ""]
    rows[4][3] = " «Prog. ene»  espera un número\n"
    rows[5][0] = rows[5][3] = rows[6][1] = ""
    sheet = unit_answers.read(rows)
    assert ([line.answer for line in sheet.lines], sheet.remarks) == (["", "", ""], [])


@pytest.mark.parametrize("text", ["_x0041_", "uno\r\ndos", "a" * 32_760 + "b" * 50, "\u00a0fin "])
def test_our_words_are_ours_however_a_program_read_them(text: str) -> None:
    found = [observed([*FIRST[:3], text, FIRST[4]], "OP-01 · A")]
    rows = [*FRAME, *sent_out(found)]
    rows[4][3] = text.replace("_x0041_", "_x005F_x0041_").replace("\r\n", "_x000D_\n").strip()[:32_767]
    assert [line.answer for line in unit_answers.read(rows).lines] == [""]


def test_an_answer_stays_with_a_row_of_our_list_that_was_emptied() -> None:
    found = [observed(FIRST, "OP-01 · A"), observed(SECOND, "OP-01 · B")]
    rows = [*FRAME, *sent_out(found)]
    rows[5][:6] = ["", "", "", "", "", "nota 12"]
    assert written(rows, found) == [FIRST, [*SECOND, "nota 12"]]


def test_a_hidden_column_that_sorting_left_behind_gives_no_row_the_words_of_another() -> None:
    found = [observed(FIRST, "OP-01 · A"), observed(SECOND, "OP-01 · B")]
    rows = [*FRAME, *sent_out(found)]
    rows[4][:5], rows[5][:5] = rows[5][:5], rows[4][:5]
    rows[4][5] = "la segunda"
    assert written(rows, found) == [FIRST, [*SECOND, "la segunda"]]


def test_a_remark_does_not_say_what_we_wrote_out_of_sight() -> None:
    rows = [*FRAME, *sent_out([observed(FIRST, "OP-01 · A")])]
    rows[4][:6] = ["Tareas!E9", "", "OPE-001", "", "", "de otra fila"]  # neither a row of our list nor an empty one
    (remark,) = unit_answers.read(rows).remarks
    assert remark.text == "Tareas!E9 · OPE-001 · de otra fila"


def test_an_answer_to_what_is_no_longer_observed_stays_and_comes_back_with_it() -> None:
    rows = [*FRAME, keyed([*FIRST, "la primera"], "OP-01 · A")]
    (former,) = written(rows, [])
    assert former[:3] == ["Antes, en Tareas!E5", "anterior", "CEL-002"]
    kept = [*FRAME, keyed(former, "OP-01 · A")]
    assert written(kept, []) == [former]
    assert written(kept, [observed(FIRST, "OP-01 · A")]) == [[*FIRST, "la primera"]]


def test_a_former_row_counts_for_no_mark_of_a_cell() -> None:
    (former,) = written([*FRAME, [*FIRST, "la primera"]], [])
    assert not former[0].startswith("Tareas!")
    assert former[1] not in ("error", "aviso")
    assert unit_answers.read([*FRAME, former]).said == []


def test_a_former_row_whose_answer_was_deleted_goes() -> None:
    (former,) = written([*FRAME, [*FIRST, "la primera"]], [])
    assert written([*FRAME, former[:5]], []) == []


def test_remarks_stand_below_a_list_that_grew_and_keep_their_gaps() -> None:
    rows = [*FRAME, FIRST, ["uno"], ["dos"], [], [], ["tres"]]
    found = [observed([f"Tareas!E{n}", *FIRST[1:]]) for n in range(5, 9)]
    assert written(rows, found)[4:] == [[], ["uno"], ["dos"], [], ["tres"]]
    assert written(rows, [])[:2] == [[], ["uno"]]


def test_a_list_that_is_too_long_shows_all_that_have_an_answer() -> None:
    rows = [*FRAME, [*SECOND, "la segunda"]]
    found = [observed([f"Presupuesto!E{n}", *FIRST[1:]]) for n in range(LAST_ROW)] + [observed(SECOND)]
    shown = written(rows, found)
    assert len(shown) == LAST_ROW - FIRST_ROW + 1
    assert shown[-1] == [*SECOND, "la segunda"]


def test_a_link_without_its_value_is_known_by_what_it_says() -> None:
    rows = [
        *FRAME,
        keyed(["", *FIRST[1:], "la primera"], "OP-01 · A"),
        keyed(["", *SECOND[1:], "la segunda"], "OP-01 · B"),
    ]
    found = [observed(FIRST, "OP-01 · B"), observed(SECOND, "OP-01 · C")]
    assert written(rows, found)[:2] == [[*FIRST, "la segunda"], SECOND]


# --- the doors --------------------------------------------------------------------------------------------------


Change = Callable[[openpyxl.Workbook], None]
ENTITY = factories.entidad()
MONTH, NEXT, AFTER = (at("Tareas", "Prog. ene", row) for row in (1, 2, 3))
BUDGET, RESULT = at("Presupuesto", "Presupuesto inicial"), at("Resultados", "Resultado programado")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with two errors that say the same in one column, and one elsewhere."""
    path = tmp_path_factory.mktemp("libro") / "DGRB.xlsx"
    unidad = ENTITY.by_code["DGRB"]
    workbook.write_unit_workbook(path, ENTITY, unidad, factories.unit_data(unidad, 2))
    return edited(path, path, put({MONTH: "dos", NEXT: "dos", BUDGET: "1.234"}))


def put(cells: Mapping[At, object]) -> Change:
    def change(book: openpyxl.Workbook) -> None:
        for place, value in cells.items():
            cell_at(book, place).value = value

    return change


def beside(sheet: str, **cells: object) -> Change:
    """Cells that are of no column of ours, by their addresses."""

    def change(book: openpyxl.Workbook) -> None:
        for cell, value in cells.items():
            book[sheet][cell].value = value

    return change


def edited(path: Path, out: Path, *changes: Change) -> Path:
    book = openpyxl.load_workbook(path)
    for change in changes:
        change(book)
    book.save(out)
    return out


def checked(path: Path) -> tuple[list[Finding], Submission]:
    return unit_books.check_alone(reading.read_book(path, sheets.unit_sheets()), catalogo.of(ENTITY), 2)


def copied(path: Path, out: Path) -> Path:
    out.write_bytes(annotated_copy.make(path.read_bytes(), checked(path)[0]).content)
    return out


def listed(path: Path, sheet: str = OBSERVATIONS_SHEET) -> dict[str, list[str]]:
    """Answer (or first text) -> the cells of its row, links as the place that they show."""
    rows = sheet_of(path, sheet).iter_rows(min_row=FIRST_ROW, values_only=True)
    found = {}
    for row in rows:
        texts = [re.sub(r'=HYPERLINK\(".*","(.*)"\)', r"\1", str(cell or "")) for cell in row]
        if any(texts):
            found[texts[5] if len(texts) > 5 and texts[5] else texts[0]] = texts
    return found


@pytest.fixture
def answered(filled: Path, tmp_path: Path) -> Path:
    """A copy that a unit answered: one row stands as it was, one moved down, one is mended."""
    copy = copied(filled, tmp_path / "copia.xlsx")

    def answer(book: openpyxl.Workbook) -> None:
        sheet = book[OBSERVATIONS_SHEET]
        assert [sheet.cell(HEADER_ROW, column).value for column in (6, 26)] == [ANSWER, KEY]
        for row, text in enumerate(("son dos informes", "=1+1", "ya está"), start=1):
            cell_at(book, at(OBSERVATIONS_SHEET, ANSWER, row)).value = text
        cell_at(book, at(OBSERVATIONS_SHEET, ANSWER, 2)).data_type = "s"
        sheet["H5"], sheet["B15"] = 45, "Ana Quispe, 76543210"
        book["Tareas"].insert_rows(6)

    return edited(copy, tmp_path / "DGRB.xlsx", answer, put({BUDGET: 1234}))


def test_the_findings_of_a_submission_carry_the_answers_and_the_rest_is_told_beside_them(answered: Path) -> None:
    found, sent = checked(answered)
    assert {f.location.cell: f.answer for f in found if f.code == "CEL-002"} == {
        books.cell(MONTH): "son dos informes · 45",
        books.cell(AFTER): "=1+1",
    }
    assert [f for f in found if f.answer and f.code != "CEL-002"] == []
    assert [(r.about, r.texto) for r in sent.remarks] == [
        (f"{books.written(BUDGET)} CEL-003", "ya está"),  # no program wrote the value of its link
        ("", "Ana Quispe, 76543210"),
    ]


def test_a_workbook_without_answers_has_none(filled: Path, tmp_path: Path) -> None:
    for path in (filled, copied(filled, tmp_path / "copia.xlsx")):
        found, sent = checked(path)
        assert [f.answer for f in found if f.answer] == []
        assert sent.remarks == ()


def test_the_next_copy_has_every_answer_beside_its_observation(answered: Path, tmp_path: Path) -> None:
    rows = listed(copied(answered, tmp_path / "otra.xlsx"))
    assert rows["son dos informes"][0] == books.written(MONTH)
    assert rows["son dos informes"][7] == "45"
    assert rows["=1+1"][0] == books.written(AFTER)
    assert rows["ya está"][:3] == [f"Antes, en {books.written(BUDGET)}", "anterior", "CEL-003"]
    assert rows["ya está"][25].startswith("570 0 004")
    assert rows[""][1] == "Ana Quispe, 76543210"


def test_a_copy_of_a_copy_says_the_same(answered: Path, tmp_path: Path) -> None:
    once = copied(answered, tmp_path / "una.xlsx")
    twice = copied(once, tmp_path / "dos.xlsx")
    assert listed(once) == listed(twice)


def test_a_list_of_before_gets_the_column_and_keeps_what_stands_beside_and_below_it(
    filled: Path, tmp_path: Path
) -> None:
    def as_before(book: openpyxl.Workbook) -> None:
        sheet = book[OBSERVATIONS_SHEET]
        for row in sheet.iter_rows(min_row=HEADER_ROW, min_col=6):
            for cell in row:
                cell.value = None
        sheet["F5"], sheet["G6"], sheet["A20"] = "una", "otra", "abajo"
        sheet.merge_cells("F6:F9")

    copy = copied(filled, tmp_path / "copia.xlsx")
    old = edited(copy, tmp_path / "antes.xlsx", as_before)
    new = copied(old, tmp_path / "nueva.xlsx")
    sheet = sheet_of(new, OBSERVATIONS_SHEET)
    assert (sheet["F4"].value, sheet["G4"].value, sheet["Z4"].value) == (ANSWER, None, KEY)
    assert sheet.column_dimensions["Z"].hidden
    assert [row for row in sheet.merged_cells.ranges if row.max_row >= FIRST_ROW] == []
    values = {cell.value for row in sheet.iter_rows(min_row=FIRST_ROW) for cell in row}
    assert {"una", "otra", "abajo"} <= values
    assert {f.answer for f in checked(new)[0] if f.answer} == {"una", "otra"}


def test_an_answer_that_is_a_formula_or_has_looks_is_carried_as_it_stands(filled: Path, tmp_path: Path) -> None:
    def answer(book: openpyxl.Workbook) -> None:
        cell = cell_at(book, at(OBSERVATIONS_SHEET, ANSWER, 2))
        cell.value = "=Presupuesto!D5*2"
        cell.font = openpyxl.styles.Font(bold=True, color="FFFF0000")

    copy = edited(copied(filled, tmp_path / "copia.xlsx"), tmp_path / "con.xlsx", answer, put({MONTH: 2}))
    sheet = sheet_of(copied(copy, tmp_path / "otra.xlsx"), OBSERVATIONS_SHEET)
    cells = [row[5] for row in sheet.iter_rows(min_row=FIRST_ROW) if row[5].value]
    assert [(c.value, c.font.bold, c.font.color.rgb) for c in cells] == [("=Presupuesto!D5*2", True, "FFFF0000")]


def test_the_button_carries_answers_and_remarks(answered: Path, tmp_path: Path) -> None:
    json_bridge.run(macros.validar_libro, answered, tmp_path / "despues.xlsx")
    rows = listed(tmp_path / "despues.xlsx")
    assert rows["son dos informes"][0] == books.written(MONTH)
    assert rows["=1+1"][0] == books.written(AFTER)
    assert rows["ya está"][1] == "anterior"
    assert rows[""][1] == "Ana Quispe, 76543210"
    assert [row[:2] for row in rows.values() if row[2] == "CEL-002"] == [
        [books.written(MONTH), "error"],
        [books.written(AFTER), "error"],
    ]


def test_a_repaired_copy_carries_them_too_and_what_stands_beside_a_repair(answered: Path, tmp_path: Path) -> None:
    def repaired(path: Path, out: Path) -> Path:
        found, _ = checked(path)
        known = catalogo.of(ENTITY)
        out.write_bytes(annotated_copy.repaired(path.read_bytes(), path.name, found, known, 2).content)
        return out

    spaced = edited(answered, tmp_path / "espacios.xlsx", put({RESULT: "  con  espacios "}))
    first = repaired(spaced, tmp_path / "una.xlsx")
    assert listed(first)["son dos informes"][0] == books.written(MONTH)
    more = edited(first, tmp_path / "dos.xlsx", beside(REPAIRS_SHEET, F5="no, iban dos", A9="gracias"))
    again = repaired(more, tmp_path / "tres.xlsx")
    texts = {c.value for row in sheet_of(again, REPAIRS_SHEET).iter_rows() for c in row}
    assert {"no, iban dos", "gracias"} <= texts
    assert {(books.written(RESULT), "no, iban dos"), ("", "gracias")} <= {
        (r.about, r.texto) for r in checked(again)[1].remarks
    }


def test_a_sheet_of_a_person_with_a_name_of_ours_is_told_and_stays(filled: Path, tmp_path: Path) -> None:
    for name in (REPAIRS_SHEET, "reparaciones", "Reparaciones 2"):

        def add(book: openpyxl.Workbook, name: str = name) -> None:
            book.create_sheet(name).append(["Reparación del techo", 1200])

        own = edited(filled, tmp_path / f"{name}.xlsx", add)
        found, sent = checked(own)
        assert [(f.code, f.found) for f in found if f.code.startswith("HOJ")] == [("HOJ-005", name)]
        assert sent.remarks == ()
        copy = openpyxl.load_workbook(copied(own, tmp_path / "copia.xlsx"))
        assert [c.value for c in copy[name][1]] == ["Reparación del techo", 1200]


def test_our_own_sheets_are_not_told_as_those_of_a_person(answered: Path, tmp_path: Path) -> None:
    spaced = edited(answered, tmp_path / "espacios.xlsx", put({RESULT: "  con  espacios "}))
    content = annotated_copy.repaired(spaced.read_bytes(), "x", checked(spaced)[0], catalogo.of(ENTITY), 2).content
    (tmp_path / "copia.xlsx").write_bytes(content)
    assert REPAIRS_SHEET in openpyxl.load_workbook(tmp_path / "copia.xlsx").sheetnames
    assert [f.code for f in checked(tmp_path / "copia.xlsx")[0] if f.code == "HOJ-005"] == []


def test_a_list_that_cannot_be_read_keeps_no_submission_out(filled: Path, tmp_path: Path) -> None:
    far = edited(filled, tmp_path / "lejos.xlsx", beside(OBSERVATIONS_SHEET, XFD900000="lejos"))
    before = [(f.code, f.location.cell) for f in checked(filled)[0]]
    assert [(f.code, f.location.cell) for f in checked(far)[0] if f.code != "HOJ-005"] == before


def test_diff_tells_answers_remarks_and_sheets_of_a_person(answered: Path, filled: Path, tmp_path: Path) -> None:
    copy = copied(filled, tmp_path / "copia.xlsx")
    old, new = (reading.read_book(p, sheets.unit_sheets()) for p in (copy, answered))
    (told,) = [h for h in units.compare(old, new).hojas if h.nombre == OBSERVATIONS_SHEET]
    assert [(c.columna, c.antes, c.despues) for c in told.celdas] == [
        (ANSWER, None, "son dos informes · 45"),
        (ANSWER, None, "=1+1"),
        (ANSWER, None, "ya está"),
    ]
    assert [f.clave[0][1] for f in told.agregadas] == ["Ana Quispe, 76543210"]
    assert [h.nombre for h in units.compare(new, new).hojas] == []


def test_diff_tells_a_sheet_of_a_person_that_has_a_name_of_ours(filled: Path, tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet(REPAIRS_SHEET).append(["Reparación del techo"])

    own = edited(filled, tmp_path / "DGRB.xlsx", add)
    said = CliRunner().invoke(poa_xl, ["diff", str(filled), str(own)]).output
    assert "La hoja «Reparaciones» solo está en B." in said
    assert "Observaciones" not in said
    assert "Catalogo" not in said


# --- what the planning office sees ------------------------------------------------------------------------------


@pytest.fixture
def office(demonstration: Demonstration, tmp_path: Path) -> tuple[Path, Path]:
    """The folder of a demonstration with one submission that a unit answered, and that submission."""
    entity_workbook.write_entity_workbook(tmp_path / "entidad.xlsx", templates.entity_rows(2))
    demonstration.copy(tmp_path / "demo")
    sent = tmp_path / "demo" / "entregas" / "DGP.xlsx"
    edited(sent, sent, put({MONTH: "dos"}))
    runner = CliRunner()
    target = tmp_path / "copias"
    order = ["validate", str(sent), "--entity", str(tmp_path / "demo" / "entidad.xlsx"), "--annotate", str(target)]
    assert runner.invoke(poa_xl, order).exit_code == 1
    edited(
        target / "DGP.xlsx",
        sent,
        put({at(OBSERVATIONS_SHEET, ANSWER): "son dos informes"}),
        beside(OBSERVATIONS_SHEET, A20="Ana Quispe"),
    )
    return tmp_path / "demo", sent


def test_the_planning_office_reads_the_answers_on_the_terminal_in_json_and_in_the_master(
    office: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, sent = office
    run = CliRunner().invoke
    order = ["validate", str(sent), "--entity", str(folder / "entidad.xlsx")]
    (line,) = [line for line in run(poa_xl, order).output.splitlines() if " CEL-002 " in line]
    assert line.endswith("| Respuesta de la unidad: «son dos informes»")
    assert "DGP.xlsx  Observaciones!A20  «Ana Quispe»" in run(poa_xl, order).output
    document = json.loads(run(poa_xl, [*order, "--format", "json"]).output)
    assert [o["respuesta"] for o in document["observaciones"]] == ["son dos informes"]
    assert [(r["unidad"], r["celda"], r["texto"]) for r in document["respuestas"]] == [("DGP", "A20", "Ana Quispe")]
    master = tmp_path / "maestro.xlsx"
    run(poa_xl, ["consolidate", str(folder / "entregas"), "--entity", str(folder / "entidad.xlsx"), "--quarter", "2",
                 "-o", str(master)])  # fmt: skip
    page = sheet_of(master, "Observaciones")
    rows = [[c.value for c in row] for row in page.iter_rows()]
    titles = next(row for row in rows if row[0] == "Archivo")
    assert [row[titles.index(ANSWER)] for row in rows if row[4] == "CEL-002"] == ["son dos informes"]
    assert ["DGP.xlsx", "Observaciones", "A20", "DGP", None, None, "Ana Quispe"] in [row[:7] for row in rows]


def test_a_campaign_shows_the_answers_when_it_receives_and_in_its_copy(
    office: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, sent = office
    run = CliRunner().invoke
    campaign = tmp_path / "campana"
    order = ["campaign", str(campaign), "--entity", str(folder / "entidad.xlsx"), "--quarter", "2"]
    assert run(poa_xl, [*order, "--deadline", "2024-07-10"]).exit_code == 0
    said = run(poa_xl, ["receive", str(sent), "--campaign", str(campaign)]).output
    assert "| Respuesta de la unidad: «son dos informes»" in said
    assert "«Ana Quispe»" in said
    (copy,) = (campaign / "observaciones").glob("*.xlsx")
    rows = listed(copy)
    assert rows["son dos informes"][0] == books.written(MONTH)
    assert rows["son dos informes"][25].startswith("OP-")
    assert "Ana Quispe" in rows


def test_marks_and_counts_of_a_copy_see_no_former_row(answered: Path, tmp_path: Path) -> None:
    copy = copied(answered, tmp_path / "otra.xlsx")
    page = sheet_of(copy, "Presupuesto", data_only=True)
    assert page["A3"].value.startswith("1 ")  # the budget in force, which does not add up now
    assert cell_at(openpyxl.load_workbook(copy), BUDGET).comment is None


def test_cells_with_a_prefix_and_shared_formulas_are_carried(filled: Path, tmp_path: Path) -> None:
    copy = copied(filled, tmp_path / "copia.xlsx")
    parts = packages.apart(copy.read_bytes())
    name = next(n for n, xml in parts.items() if n.startswith("xl/worksheets/") and ANSWER.encode() in xml)
    shared = b'<c r="F5"><f t="shared" si="9" ref="F5:F6">1+1</f><v>2</v></c>'
    parts[name] = re.sub(rb'(<row r="5">.*?)(<c r="G5"|</row>)', rb"\1" + shared + rb"\2", parts[name], count=1)
    made = observations.make(packages.together(parts), [Observation(*observed(WHOLE))], "Resumen").content
    (tmp_path / "otra.xlsx").write_bytes(made)
    assert listed(tmp_path / "otra.xlsx")["2"][1] == "anterior"
