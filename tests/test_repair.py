"""`--repair`: what is unambiguous is repaired in the copy and listed; what is not stays, and so does all else."""

import hashlib
import io
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from poa_xl import guards, reading, sheets
from poa_xl.checking import repairs, sello
from poa_xl.checking.repairs import Repair
from poa_xl.cli import poa_xl
from poa_xl.names import OBSERVATIONS_SHEET, REPAIRS_SHEET
from poa_xl.reading import Book
from poa_xl.writers.annotated import observations
from poa_xl.writers.annotated.sheet_names import renamed_formula
from tests import text_books
from tests.one_sheet import sheet_of
from tests.places import At, at, cell_at, cell_of, written

pytestmark = pytest.mark.slow

PLANNED, DONE = at("Tareas", "Prog. ene"), at("Tareas", "Ejec. ene")
BUDGET, SPENT = at("Presupuesto", "Presupuesto inicial"), at("Presupuesto", "Dev. ene")
TAREAS = """
    Operación | Actividad | Tarea | Prog. ene | Ejec. ene
    OP-01 | Preparar | Redactar informes | {prog} | 1
"""


def read(content: bytes, name: str = "DGRB.xlsx") -> tuple[Book, guards.Contents]:
    contents = guards.contents(guards.opened(content, guards.DEFAULT), guards.DEFAULT)
    return reading.read_grids(name, contents, contents.odd, sheets.unit_sheets()), contents


def mended(path: Path) -> tuple[openpyxl.Workbook, list[Repair], bytes]:
    content = path.read_bytes()
    book, grids = read(content)
    better, done = observations.repair(content, repairs.find(book, grids))
    return openpyxl.load_workbook(io.BytesIO(better)), done, better


def with_cell(folder: Path, place: At, value: object) -> Path:
    path = text_books.unit(folder / "x.xlsx")
    book = openpyxl.load_workbook(path)
    cell_at(book, place).value = value
    book.save(path)
    return path


def codes(content: bytes) -> list[str]:
    """What reading finds; the small workbooks of these tests never have their columns in order."""
    return [f.code for f in read(content)[0].findings if f.code != "COL-003"]


@pytest.mark.parametrize(("typed", "number"), [("1.234,00", 1234), ("12", 12), ("(7)", -7), (" 8 ", 8), ("3,0", 3)])
def test_a_number_typed_as_text_becomes_the_number_that_was_read(tmp_path: Path, typed: str, number: int) -> None:
    path = text_books.unit(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)
    cell_at(book, PLANNED).value = typed
    book.save(path)
    after, done, content = mended(path)
    assert (cell_at(after, PLANNED).value, cell_at(after, PLANNED).data_type) == (number, "n")
    assert [(r.kind, r.code, r.place) for r in done] == [("numero", "CEL-001", written(path, PLANNED))]
    assert codes(content) == []


@pytest.mark.parametrize(
    ("typed", "number"), [("Bs 5", 5), ("5 Bs.", 5), ("BOB 1.234,50", 1234.5), ("5 bolivianos", 5), ("-Bs 7", -7)]
)
def test_an_amount_typed_with_the_mark_of_the_boliviano_becomes_the_number(
    tmp_path: Path, typed: str, number: float
) -> None:
    path = with_cell(tmp_path, SPENT, typed)
    after, done, _ = mended(path)
    assert (cell_at(after, SPENT).value, [r.code for r in done]) == (number, ["CEL-001"])


@pytest.mark.parametrize(("place", "typed", "code"), [
    (PLANNED, "100%", "CEL-013"), (DONE, "% 50", "CEL-013"), (SPENT, "12,5 %", "CEL-013"),
    (PLANNED, "Bs 5", "CEL-016"), (PLANNED, "5 USD", "CEL-016"), (SPENT, "$us 14.193,24", "CEL-015"),
    (SPENT, "14.193,24 USD", "CEL-015"), (BUDGET, "€ 5", "CEL-015"),
])  # fmt: skip
def test_a_percentage_and_another_currency_are_never_repaired(tmp_path: Path, place: At, typed: str, code: str) -> None:
    after, done, content = mended(with_cell(tmp_path, place, typed))
    assert (cell_at(after, place).value, done) == (typed, [])
    assert codes(content) == [code]


@pytest.mark.parametrize(("shown", "done"), [
    ("0%", False), ("0.0 %", False), ("dd/mm/yyyy", False), ("[h]:mm", False), ('"US$" 0', False),
    ("0", True), ("@", True), ('"Bs" 0.00', True), ("0;-0%", True),
])  # fmt: skip
def test_a_text_is_no_number_where_its_format_would_show_something_else(tmp_path: Path, shown: str, done: bool) -> None:
    path = with_cell(tmp_path, SPENT, "12,5")
    book = openpyxl.load_workbook(path)
    cell_at(book, SPENT).number_format = shown
    book.save(path)
    after, repaired, content = mended(path)
    assert (cell_at(after, SPENT).value, bool(repaired)) == ((12.5, True) if done else ("12,5", False))
    assert codes(content) == ([] if done else ["CEL-001"])


@pytest.mark.parametrize(("place", "number", "shown", "code"), [
    (PLANNED, 1, "0%", "CEL-013"), (SPENT, 0.175, "0.00%", "CEL-013"),
    (SPENT, 10.5, '"US$" 0.00', "CEL-017"),
])  # fmt: skip
def test_a_number_keeps_its_format_in_a_repaired_copy(
    tmp_path: Path, place: At, number: float, shown: str, code: str
) -> None:
    path = with_cell(tmp_path, place, number)
    book = openpyxl.load_workbook(path)
    cell_at(book, place).number_format = shown
    cell_at(book, at("Tareas", "Actividad")).value = " Preparar "  # something to repair
    book.save(path)
    after, done, content = mended(path)
    assert [r.kind for r in done] == ["espacios"]
    assert (cell_at(after, place).value, cell_at(after, place).number_format) == (number, shown)
    assert codes(content) == [code]


@pytest.mark.parametrize("typed", ["1.234", "dos", "12 13", "1,234", "#N/D", "2,5"])
def test_what_can_mean_two_things_is_not_touched(tmp_path: Path, typed: str) -> None:
    path = text_books.unit(tmp_path / "x.xlsx", Tareas=TAREAS.format(prog=f"'{typed}"))
    after, done, content = mended(path)
    assert (cell_at(after, PLANNED).value, done) == (typed, [])
    assert codes(content) == codes(path.read_bytes()) != []


def test_stray_spaces_invisible_characters_and_split_accents_go_and_line_breaks_stay(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)
    cell_at(book, at("Resultados", "Resultado programado")).value = (
        "  Acuerdos\u200b \u00a0 firmados \n" + unicodedata.normalize("NFD", "sesión") + " "
    )
    cell_at(book, at("Tareas", "Tarea")).value = "Redactar informes\nde avance"
    book.save(path)
    after, done, _ = mended(path)
    assert cell_at(after, at("Resultados", "Resultado programado")).value == "Acuerdos firmados\nsesión"
    assert cell_at(after, at("Tareas", "Tarea")).value == "Redactar informes\nde avance"
    (only,) = done
    assert only.before == "«  Acuerdos\\u200b \\xa0 firmados \\nsesio\u0301n »"
    assert only.after == "«Acuerdos firmados\\nsesión»"


def test_a_cell_of_nothing_but_spaces_becomes_blank(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)
    cell_at(book, PLANNED).value = " \u00a0"
    book.save(path)
    after, done, _ = mended(path)
    assert (cell_at(after, PLANNED).value, done[0].after) == (None, "(en blanco)")


def test_titles_become_those_of_the_template(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "x.xlsx", Tareas=TAREAS.format(prog=2).replace("Prog. ene", "PROG.  ENE"))
    assert codes(path.read_bytes()) == ["COL-002"]
    after, done, content = mended(path)
    assert after["Tareas"][cell_of(path, at("Tareas", "PROG.  ENE", 0))].value == "Prog. ene"
    assert [(r.kind, r.before, r.after) for r in done] == [("encabezado", "«PROG.  ENE»", "«Prog. ene»")]
    assert codes(content) == []


def renamed(path: Path) -> Path:
    text_books.unit(path)
    book = openpyxl.load_workbook(path)
    book["Tareas"].title = "TAREAS 2024"
    book["Resumen"]["B2"] = "=SUM('TAREAS 2024'!D2:D9)+COUNTIF('tareas 2024'!A:A,\"OP-01\")"
    book.defined_names["mias"] = openpyxl.workbook.defined_name.DefinedName("mias", attr_text="'TAREAS 2024'!$D$2")
    book.save(path)
    return path


def test_a_sheet_gets_its_name_back_and_so_does_what_names_it(tmp_path: Path) -> None:
    path = renamed(tmp_path / "x.xlsx")
    assert codes(path.read_bytes()) == ["HOJ-002"]
    after, done, content = mended(path)
    assert "Tareas" in after.sheetnames
    assert after["Resumen"]["B2"].value == '=SUM(Tareas!D2:D9)+COUNTIF(Tareas!A:A,"OP-01")'
    assert after.defined_names["mias"].value == "Tareas!$D$2"
    assert [(r.kind, r.before, r.after, r.place) for r in done] == [("hoja", "«TAREAS 2024»", "«Tareas»", "Tareas")]
    assert codes(content) == []


def test_a_sheet_that_a_text_of_a_formula_names_keeps_its_name(tmp_path: Path) -> None:
    path = renamed(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)
    book["Resumen"]["B3"] = "=INDIRECT(\"'TAREAS 2024'!D2\")"
    book.save(path)
    after, done, content = mended(path)
    assert "TAREAS 2024" in after.sheetnames
    assert (done, codes(content)) == ([], ["HOJ-002"])


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("Vieja!A1+1", "Nueva!A1+1"),
        ("'vieja'!A1:B2", "Nueva!A1:B2"),
        ("MiVieja!A1+Vieja2!A1", "MiVieja!A1+Vieja2!A1"),
        ("SUM(Otra!A1)", "SUM(Otra!A1)"),
    ],
)
def test_only_the_very_sheet_is_renamed_in_formulas(formula: str, expected: str) -> None:
    assert renamed_formula(formula, "Vieja", "Nueva") == expected


def test_a_formula_and_a_text_of_several_looks_stay(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path, rich_text=True)
    cell_at(book, at("Resultados", "Resultado programado")).value = CellRichText(
        "Acuerdos ", TextBlock(InlineFont(b=True), "firmados  ")
    )
    book.save(path)
    before = cell_at(openpyxl.load_workbook(path, rich_text=True), at("Resultados", "Resultado programado")).value
    _, done, content = mended(path)
    assert (
        cell_at(
            openpyxl.load_workbook(io.BytesIO(content), rich_text=True), at("Resultados", "Resultado programado")
        ).value
        == before
    )
    assert done == []


def test_the_sello_of_a_workbook_stays(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "x.xlsx", Tareas=TAREAS.format(prog="'12"))
    _, done, content = mended(path)
    assert done
    assert sello.sello(read(content)[0]) == sello.sello(read(path.read_bytes())[0])


def test_styles_of_repaired_cells_and_all_other_cells_stay(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "x.xlsx", Tareas=TAREAS.format(prog="'12"))
    book = openpyxl.load_workbook(path)
    cell_at(book, PLANNED).font = openpyxl.styles.Font(bold=True)
    book.save(path)
    after, _, _ = mended(path)
    before = openpyxl.load_workbook(path)
    changed = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in before.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if (after[sheet.title][cell.coordinate].value, after[sheet.title][cell.coordinate]._style)
        != (cell.value, cell._style)
    ]
    assert changed == [written(path, PLANNED)]
    assert cell_at(after, PLANNED).font.b


# --- the command ------------------------------------------------------------------------------------------------


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    return result.exit_code, result.output


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    text_books.entity(tmp_path / "entidad.xlsx")
    (tmp_path / "entregas").mkdir()
    lines = TAREAS.format(prog="'12").rstrip() + "\n    OP-01 | Preparar | Otra tarea | '1.234 | 1\n"
    return text_books.unit(tmp_path / "entregas" / "DGRB.xlsx", Tareas=lines)


def test_repair_without_annotate_is_wrong_usage(sent: Path) -> None:
    code, said = run("validate", sent, "--repair")
    assert code == 2
    assert "--annotate" in said


def test_each_repair_is_told_with_before_and_after_and_the_copy_lists_what_is_left(sent: Path, tmp_path: Path) -> None:
    before = hashlib.sha256(sent.read_bytes()).hexdigest()
    code, said = run("validate", sent.parent, "--annotate", tmp_path / "copias", "--repair")
    assert code == 1
    assert hashlib.sha256(sent.read_bytes()).hexdigest() == before
    line = next(line for line in said.splitlines() if "reparado" in line)
    assert line.startswith(f"DGRB.xlsx  {written(sent, PLANNED)}  reparado CEL-001")
    assert line.endswith("«12» → 12")
    book = openpyxl.load_workbook(tmp_path / "copias" / "DGRB.xlsx")
    assert book.sheetnames[:2] == [OBSERVATIONS_SHEET, REPAIRS_SHEET]
    shown = [c.value for c in book[OBSERVATIONS_SHEET]["C"][4:] if c.value]
    assert "CEL-003" in shown
    assert "CEL-001" not in shown
    row = [c.value for c in book[REPAIRS_SHEET][5]]
    assert row[1:] == ["CEL-001", row[2], "«12»", "12"]
    assert (cell_at(book, PLANNED).value, cell_at(book, at("Tareas", "Prog. ene", 2)).value) == (12, "1.234")


def test_the_repaired_copy_sent_back_has_no_more_findings_than_its_list(sent: Path, tmp_path: Path) -> None:
    import json

    run("validate", sent.parent, "--annotate", tmp_path / "copias", "--repair")
    copy = tmp_path / "copias" / "DGRB.xlsx"
    listed = [
        (row[0].value, row[2].value)
        for row in sheet_of(copy, OBSERVATIONS_SHEET, data_only=True).iter_rows(5)
        if row[0].value
    ]
    result = CliRunner().invoke(
        poa_xl, ["validate", str(copy), "--entity", str(tmp_path / "entidad.xlsx"), "--format", "json"]
    )
    found = [
        (f"{f['hoja']}!{f['celda']}", f["codigo"])
        for f in json.loads(result.stdout)["observaciones"]
        if f["archivo"] == "DGRB.xlsx"
    ]
    assert found == listed != []


def test_the_list_of_repairs_of_an_earlier_copy_goes_when_nothing_was_repaired_now(sent: Path, tmp_path: Path) -> None:
    run("validate", sent.parent, "--annotate", tmp_path / "copias", "--repair")
    run(
        "validate",
        tmp_path / "copias",
        "--entity",
        tmp_path / "entidad.xlsx",
        "--annotate",
        tmp_path / "otras",
        "--repair",
    )
    sheet = sheet_of(tmp_path / "otras" / "DGRB.xlsx", REPAIRS_SHEET)
    assert sheet["A2"].value == "En esta copia no se reparó nada."
    assert [c.value for row in sheet.iter_rows(5) for c in row if c.value] == []
