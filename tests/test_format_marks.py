"""What the number format of a cell shows beside its number: a percentage, another currency, or nothing of either."""

import re
from pathlib import Path

import openpyxl
import pytest

from poa_xl import cells, guards, reading, sheets
from poa_xl.guards import DEFAULT, format_marks, sheet_grammar, sheet_walk, worksheets
from tests import packages, text_books
from tests.libreoffice import LibreOffice

PERCENT = [
    ("0%", 0.5), ("0.00%", 0.5), ("0 %", 0.5), ('#,##0.0 "de avance" %', 0.5), ("[Red]0%", 0.5), ("%0", 0.5),
    ("0%;[Red]-0%", -0.5), ("0;-0%", -0.5), ("0;-0;0%", 0.0), ("[<1]0%;0", 0.5), ("[>=10]0;0%", 3.0), ("0%_)", 1.0),
    ('"total; "0%', 1.0), ("0%;@", 2.0), ("# ?/?%", 0.5),
]  # fmt: skip
CURRENCY = [
    ("[$€-2] #,##0.00", 5.0, "€"), ("#,##0.00 [$USD]", 5.0, "USD"), ('"US$" #,##0.00', 5.0, "US$"),
    ('#,##0.00 "$us"', 5.0, "$us"), ("$#,##0.00", 5.0, "$"), (r"\$#,##0.00", 5.0, "$"), ("[$$-409]#,##0.00", 5.0, "$"),
    (r"\U\S\D\ 0", 5.0, "USD"), ('_-"$"* #,##0.00_-', 5.0, "$"), ("#,##0 €", 5.0, "€"), ('0.00 "dólares"', 5.0, "dólares"),
    ('"S/" 0.00', 5.0, "S/"), ("[$R$-416] 0.00", 5.0, "R$"), ('0;"EUR" 0', -5.0, "EUR"), ("[$CHF] 0", 1.0, "CHF"),
    ('"Bs" 0;"USD" -0', -1.0, "USD"), ("[$S/.-280A]0", 1.0, "S/."), ("[$XAF-x]0", 1.0, "XAF"),
]  # fmt: skip
NEITHER = [
    ("General", 0.5), ("0.00", 0.5), ("#,##0.00", 1e9), ('0"%"', 5.0), (r"0\%", 5.0), ("0_%", 5.0), ("0*%", 5.0),
    ("0%;-0;0", 0.0), ("0%;0", -1.0), ("[<1]0%;0", 1.0), ("0;-0;0;@%", 1.0), ('0;"50%";0', -1.0), ("[$-409]0.00", 1.0),
    ('"Bs" #,##0.00', 5.0), ('"Bs. "#,##0.00', 5.0), ("[$Bs-400A] #,##0.00", 5.0), ("[$Bs.-400A]#,##0", 5.0),
    ("[$BOB] #,##0.00", 5.0), ("#,##0.00 [$BOB]", 5.0), ("[$$b-400A] #,##0", 5.0), ('#,##0 "bolivianos"', 5.0),
    ('_-"Bs"* #,##0.00_-', 5.0), ('0 "informes"', 5.0), ('0 "personas"', 5.0), ("[$-es-BO]#,##0.00", 5.0), ("0.00E+00", 5.0),
    ("[Red]0", 5.0), ('0;"USD" 0', 5.0), ("dd/mm/yyyy", 5.0), ("[DBNum1]0", 5.0), ('0 "usuarios"', 5.0), ("", 5.0), ("# ?/?", 0.5),
    ('0 "sesiones"', 1.0), ("[Color10]0", 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("code", "value"), PERCENT)
def test_a_percentage_is_seen_in_the_section_that_applies(code: str, value: float) -> None:
    assert format_marks.mark(code, value) == cells.PERCENT
    assert format_marks.may_mark(code)


@pytest.mark.parametrize(("code", "value", "mark"), CURRENCY)
def test_the_mark_of_another_currency_is_seen(code: str, value: float, mark: str) -> None:
    assert format_marks.mark(code, value) == mark
    assert format_marks.may_mark(code)


@pytest.mark.parametrize(("code", "value"), NEITHER)
def test_what_shows_neither_is_left_alone(code: str, value: float) -> None:
    assert format_marks.mark(code, value) == ""


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_shows_what_we_say_that_a_format_shows(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """A percentage is what is shown times 100; a mark is among the letters that are shown."""
    known = [(code, value, cells.PERCENT) for code, value in PERCENT if "/" not in code] + CURRENCY
    known += [(code, value, "") for code, value in NEITHER if "dd" not in code and code]
    book = openpyxl.Workbook()
    for row, (code, value, _) in enumerate(known, start=1):
        quoted = code.replace('"', '""')
        book.active.cell(row, 1, f'=TEXT({value!r},"{quoted}")')
    book.save(tmp_path / "formatos.xlsx")
    (sheet,) = libreoffice.recalculate(tmp_path / "formatos.xlsx").values()
    odd = []
    for row, (code, value, mark) in enumerate(known, start=1):
        shown = str(sheet[f"A{row}"].recalculated)
        digits = re.search(r"\d[\d.,]*", shown)
        times = round(float(digits[0].replace(",", "")) / abs(value)) if digits and value else None
        percent = "%" in shown and times in (None, 100)
        if percent != (mark == cells.PERCENT) or (mark != cells.PERCENT and mark not in shown):
            odd.append((code, value, mark, shown))
    assert odd == []


# --- where a cell is read -------------------------------------------------------------------------------------


def made(path: Path, *changes: tuple[str, str, object, str]) -> Path:
    """A small workbook of a unit with some cells changed: sheet, address, value, number format."""
    text_books.unit(path)
    book = openpyxl.load_workbook(path)
    for sheet, address, value, code in changes:
        book[sheet][address].value = value
        book[sheet][address].number_format = code
    book.save(path)
    return path


def found(path: Path) -> set[tuple[str, str, str]]:
    book = reading.read_book(path, sheets.unit_sheets())
    return {(f.code, f.location.cell, f.found) for f in book.findings if f.code.startswith("CEL")}


@pytest.mark.parametrize("cell", [
    ("Tareas", "D2", 1, "0%"), ("Tareas", "E2", 0.175, "0.00%"), ("Presupuesto", "C2", 0.5, "0%"),
    ("Presupuesto", "E2", 12, "[Blue]0.0 %"), ("Tareas", "D2", "100%", "General"), ("Tareas", "D2", "% 100", "0%"),
])  # fmt: skip
def test_a_percentage_among_counts_and_amounts_is_an_error_at_its_cell(
    tmp_path: Path, cell: tuple[str, str, object, str]
) -> None:
    shown = cell[2] if isinstance(cell[2], str) else str(cells.Formatted(float(str(cell[2])), cells.PERCENT))
    assert found(made(tmp_path / "DGRB.xlsx", cell)) == {("CEL-013", cell[1], shown)}


@pytest.mark.parametrize("cell", [
    ("Tareas", "D2", 2, '0"%"'), ("Tareas", "D2", 2, "0;-0%"), ("Presupuesto", "E2", 10.5, '"Bs" #,##0.00'),
    ("Presupuesto", "E2", 10.5, "[$Bs-400A] #,##0.00"), ("Presupuesto", "D2", 1000, "[$BOB] #,##0.00"),
    ("Tareas", "F2", None, "0%"), ("Tareas", "B2", "Preparar 50%", "0%"),
])  # fmt: skip
def test_a_format_that_shows_neither_raises_nothing(tmp_path: Path, cell: tuple[str, str, object, str]) -> None:
    assert found(made(tmp_path / "DGRB.xlsx", cell)) == set()


@pytest.mark.parametrize(("code", "mark"), [('"US$" #,##0.00', "US$"), ("[$€-2] 0.00", "€"), ("0.00 [$USD]", "USD")])
def test_another_currency_of_the_format_is_said_and_the_number_stays(tmp_path: Path, code: str, mark: str) -> None:
    path = made(tmp_path / "DGRB.xlsx", ("Presupuesto", "E2", 10.5, code))
    assert found(path) == {("CEL-017", "E2", f"{mark} 10,5")}
    book = reading.read_book(path, sheets.unit_sheets())
    assert book.tables["presupuesto"].values["devengado_ene"] == [10.5]
    assert not book.tables["presupuesto"].bad


def test_a_meta_in_percent_is_read_in_points_and_said(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "DGRB.xlsx", Operaciones="""
        Código de operación | ACP | Operación | Línea base | Meta
        OP-01 | '1.1 | Negociar acuerdos | 70 % | 1""")  # fmt: skip
    book = openpyxl.load_workbook(path)
    book["Operaciones"]["E2"].number_format = "0%"
    book.save(path)
    assert found(path) == {("CEL-014", "D2", "70 %"), ("CEL-014", "E2", "100 %")}
    table = reading.read_book(path, sheets.unit_sheets()).tables["operaciones"]
    assert (table.values["linea_base"], table.values["meta"]) == ([70.0], [100.0])


def test_a_cell_without_a_format_has_the_first_one(tmp_path: Path) -> None:
    parts = packages.small(tmp_path)
    first = re.compile(rb'(<cellXfs[^>]*><xf [^>]*?)numFmtId="\d+"')
    assert first.search(parts[packages.STYLES])
    parts[packages.STYLES] = first.sub(rb'\1numFmtId="10"', parts[packages.STYLES])
    content = packages.together({**parts, packages.TASKS: re.sub(rb' s="\d+"', b"", parts[packages.TASKS])})
    (tmp_path / "DGRB.xlsx").write_bytes(content)
    assert {("CEL-013", "D2", "200 %"), ("CEL-013", "E2", "100 %")} <= found(tmp_path / "DGRB.xlsx")


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" s="1"><v>0.5</v></c><c r="B1" s="2" t="n"><f>1/4</f><v>0.25</v></c><c r="C1" s="1" t="s"><v>0</v></c>'
    b'<c r="D1"><v>1</v></c><c r="E1" s="1"/><c r="F1" s="3"><v>1</v></c><c r="G1" s="1" t="b"><v>1</v></c>'
    b"</row></sheetData></worksheet>"
)


@pytest.mark.parametrize("formats", [{1: "0%", 2: "0.0%"}, {0: "0%", 1: "0.0%"}, {3: '"USD" 0'}, {}])
def test_both_ways_through_a_sheet_see_the_same_formats(formats: dict[int, str]) -> None:
    shown = worksheets.Shown(marked=formats)
    quick, careful = sheet_grammar.quick(SHEET, DEFAULT, shown), sheet_walk.careful(SHEET, DEFAULT, shown)
    assert quick is not None
    styles_of = {"A1": 1, "B1": 2, "D1": 0, "F1": 3}
    assert quick.marked == {cell: formats[style] for cell, style in styles_of.items() if style in formats}
    assert {cell: code for cell, code in careful.marked.items() if cell != "E1"} == quick.marked


def test_a_format_survives_the_way_out_of_the_worker(tmp_path: Path) -> None:
    path = made(tmp_path / "DGRB.xlsx", ("Tareas", "E2", 0.175, "0.0%"), ("Presupuesto", "E2", 5, '"USD" 0'))
    contents = reading.read_contents(path.read_bytes())
    raw = contents["Tareas"][1][4]
    assert isinstance(raw, cells.Formatted)
    assert (float(raw), raw.mark, cells.show(raw)) == (0.175, "%", "17,5 %")
    assert cells.show(contents["Presupuesto"][1][4]) == "USD 5"


def test_a_book_without_such_formats_costs_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cell is looked at again; with such a format only the cells that have it."""
    looked: list[str] = []
    true = format_marks.mark
    monkeypatch.setattr(format_marks, "mark", lambda code, value: looked.append(code) or true(code, value))

    def marks(path: Path) -> list[str]:
        looked.clear()
        contents = guards.contents(guards.opened(path.read_bytes(), DEFAULT), DEFAULT)
        for name in contents.names:
            assert contents[name]
        return list(looked)

    assert marks(made(tmp_path / "a.xlsx")) == []
    assert marks(made(tmp_path / "b.xlsx", ("Tareas", "D2", 1, "0%"))) == ["0%"]
