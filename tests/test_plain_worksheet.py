"""Sheets whose rows are written as one text: byte for byte what XlsxWriter writes cell after cell."""

import datetime as dt
import errno
import io
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, strategies as st
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from poa_xl.writers.xlsx import cells, stream_workbook
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS, PlainWorksheet
from poa_xl.writers.xlsx.stream_workbook import StreamWorkbook
from poa_xl.zip_archive import entry
from tests import person_books


class CellByCell(Worksheet):  # type: ignore[misc]
    """XlsxWriter's own, but for what ours says otherwise on purpose of the results of formulas."""

    def _xml_formula_element(self, formula: str, result: object, attributes: list[tuple[str, object]]) -> None:
        typed = [*attributes, ("t", "str")] if result == "" else attributes
        told = self._escape_control_characters(result) if isinstance(result, str) else result
        super()._xml_formula_element(formula, told, typed)


Put = tuple[int, int, object, int]  # row, column, value, which format
texts = st.text(max_size=12) | st.sampled_from(["<a&b>\"'", "_x0041_", " blanco ", "=1+1", "\x07", "", "«ñ»"])
results = (
    texts | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.sampled_from(["#N/A", "#DIV/0!"])
)
formulas = st.builds(cells.Formula, st.sampled_from(['=A1&"<b>"', "=SUM(A1:B2)", 'IF(A1>2,1,"")']), results)
values = st.one_of(
    st.none(), st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), texts,
    formulas, st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
)  # fmt: skip
puts = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30), values, st.integers(0, 2)), min_size=1, max_size=40)


def made(kind: type[Worksheet], content: list[Put], arrange: Callable[[Any, Any], object]) -> dict[str, bytes]:
    target = io.BytesIO()
    with Workbook(target, OPTIONS) as book:
        looks = [None, book.add_format({"bold": True}), book.add_format({"num_format": "0,00", "bg_color": "#112233"})]
        sheet = book.add_worksheet("Hoja", kind)
        arrange(sheet, looks[2])
        for row, col, value, look in content:
            cells.write(sheet, row, col, value, looks[look])
    with zipfile.ZipFile(target) as package:
        return {name: package.read(name) for name in package.namelist() if not name.startswith("docProps/")}


def rows_and_columns(sheet: Any, look: Any) -> None:
    sheet.set_row(2, 30, look)
    sheet.set_row(50, None, None, {"hidden": True})
    sheet.set_column(3, 4, 20, look)
    sheet.write_comment(7, 1, "Una nota")
    sheet.write_rich_string(60, 1, "dos ", look, "tipos", " de letra")


@pytest.mark.parametrize(
    "arrange", [lambda sheet, look: None, rows_and_columns], ids=["plain", "with rows and columns"]
)
@given(content=puts)
@example(content=[(0, 0, cells.Formula("=A2", ""), 0), (39, 30, 0.1 + 0.2, 1), (15, 702 % 31, 1e300, 0)])
@example(content=[(5, 0, cells.Formula("=1", True), 1), (5, 1, cells.Formula("=NA()", "#N/A"), 2), (6, 0, None, 1)])
def test_it_is_what_xlsxwriter_writes(arrange: Callable[[Any, Any], object], content: list[Put]) -> None:
    assert made(PlainWorksheet, content, arrange) == made(CellByCell, content, arrange)


columns = st.dictionaries(
    st.integers(0, 6), st.tuples(st.integers(0, 40), st.lists(values | st.just(float("nan")), max_size=25)), max_size=5
)


@given(content=columns, others=st.lists(st.tuples(st.integers(0, 70), st.integers(7, 9), values, st.integers(0, 2))))
@example(content={0: (0, []), 1: (3, [None, None])}, others=[])
@example(content={2: (15, [0.1 + 0.2, None, "=1+1", True, 7, cells.Formula("=A1", "")])}, others=[(15, 8, "a", 1)])
def test_a_column_of_values_is_what_its_cells_are_one_by_one(
    content: dict[int, tuple[int, list[object]]], others: list[Put]
) -> None:
    def by_column(sheet: Any, look: Any) -> None:
        for col, (row, column) in content.items():
            sheet.write_column(row, col, column, look)

    def by_cell(sheet: Any, look: Any) -> None:
        for col, (row, column) in content.items():
            for place, value in enumerate(column, start=row):
                if value is not None:
                    cells.write(sheet, place, col, value, look)

    assert made(PlainWorksheet, others, by_column) == made(CellByCell, others, by_cell)


@given(content=st.lists(st.tuples(results, st.booleans()), min_size=1, max_size=40))
@example(content=[("n/a", True), ("n/a", False), (0.1 + 0.2, False), ("", False), ("=1+1", True)])
def test_formulas_of_a_column_are_what_its_cells_are_one_by_one(content: list[tuple[float | str, bool]]) -> None:
    def text(place: int) -> str:
        return f'=IF(A{place + 4}>1,"<a&b>",{place})'

    plain = {place for place, (_, alone) in enumerate(content) if alone}

    def by_column(sheet: Any, look: Any) -> None:
        sheet.write_column(3, 2, cells.FormulaColumn([value for value, _ in content], text, plain), look)

    def by_cell(sheet: Any, look: Any) -> None:
        for place, (value, alone) in enumerate(content):
            cells.write(sheet, 3 + place, 2, value if alone else cells.Formula(text(place), value), look)

    assert made(PlainWorksheet, [(0, 0, "título", 1)], by_column) == made(CellByCell, [(0, 0, "título", 1)], by_cell)


def with_everything(kind: type[Workbook], target: Path | io.BytesIO) -> None:
    with kind(str(target) if isinstance(target, Path) else target, OPTIONS) as book:
        book.set_properties({"created": dt.datetime(2024, 1, 2, tzinfo=dt.UTC)})
        sheet = book.add_worksheet("Hoja")
        for row in range(40):
            sheet.write_row(row, 0, ["«ñ» €", row, f"=A{row + 1}", "\U0001f600"])
        sheet.write_comment(2, 1, "Una nota")
        sheet.insert_image(5, 5, "punto.png", {"image_data": io.BytesIO(person_books.PNG)})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Hoja!$B$1:$B$9"})
        sheet.insert_chart(0, 5, chart)


def parts_of(target: Path | io.BytesIO) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(target) as package:
        return [(name, package.read(name)) for name in package.namelist()]


@pytest.mark.parametrize("piece", [1, 1_000_000], ids=["in pieces", "small"])
def test_a_workbook_that_is_packed_as_it_is_written_has_the_parts_of_any_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, piece: int
) -> None:
    monkeypatch.setattr(stream_workbook, "_PIECE", piece)
    packed: list[str] = []
    monkeypatch.setattr(stream_workbook, "entry", lambda name: packed.append(name) or entry(name))
    own, stock = tmp_path / "own.xlsx", tmp_path / "stock.xlsx"
    with_everything(StreamWorkbook, own)
    with_everything(Workbook, stock)
    assert parts_of(own) == parts_of(stock)
    assert {"xl/worksheets/sheet1.xml", "xl/media/image1.png", "xl/charts/chart1.xml"} <= set(packed)
    assert [name for name, _ in parts_of(own)] == packed  # XlsxWriter asks for its parts by the methods that are ours


def test_a_workbook_in_memory_has_the_bytes_of_that_in_a_file(tmp_path: Path) -> None:
    there, held = tmp_path / "m.xlsx", io.BytesIO(b"de antes" * 100_000)
    with_everything(StreamWorkbook, there)
    with_everything(StreamWorkbook, held)
    assert held.getvalue() == there.read_bytes()


def test_a_workbook_that_fails_on_its_way_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(_: object) -> None:
        raise LookupError("no está")

    monkeypatch.setattr(Worksheet, "_write_sheet_data", fails)
    with pytest.raises(LookupError, match="no está"):
        with_everything(StreamWorkbook, tmp_path / "m.xlsx")


def test_a_disk_that_is_full_is_said_and_stops_no_thread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def write(self, content: Any) -> int:
            if self.tell() > 500:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(content)

    monkeypatch.setattr(stream_workbook.tempfile, "TemporaryFile", Full)
    before = threading.active_count()
    with pytest.raises(FileCreateError, match="No space left on device"):
        with_everything(StreamWorkbook, tmp_path / "m.xlsx")
    assert threading.active_count() == before


def test_what_is_outside_of_a_sheet_is_not_written() -> None:
    with Workbook(io.BytesIO(), OPTIONS) as book:
        sheet = book.add_worksheet("Hoja", PlainWorksheet)
        assert sheet.write_formula(2_000_000, 0, "=1") == sheet.write_number(0, 20_000, 1) == -1
        assert sheet.write_formula(0, 0, "=1") == 0


def test_xlsxwriter_still_asks_for_rows_by_the_method_that_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(PlainWorksheet, "_cell", lambda self, row, *_: asked.append(row) or "")
    made(PlainWorksheet, [(3, 0, "a", 0), (4, 0, 1, 0)], lambda sheet, look: None)
    assert asked == [3, 4]
