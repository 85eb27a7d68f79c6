"""Sheets whose rows are written as one text: byte for byte what XlsxWriter writes cell after cell."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, strategies as st
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from poa_xl.writers.xlsx import cells, large_workbook
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS, PlainWorksheet


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


@pytest.mark.parametrize("piece", [1, 1_000_000], ids=["on disk", "small"])
def test_a_workbook_whose_parts_wait_on_disk_has_the_bytes_of_any_other(
    monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(large_workbook, "_PIECE", piece)

    def written(kind: type[Workbook]) -> bytes:
        target = io.BytesIO()
        with kind(target, OPTIONS) as book:
            book.set_properties({"created": dt.datetime(2024, 1, 2, tzinfo=dt.UTC)})
            sheet = book.add_worksheet("Hoja")
            for row in range(40):
                sheet.write_row(row, 0, ["«ñ» €", row, f"=A{row + 1}", "\U0001f600"])
            sheet.write_comment(2, 1, "Una nota")
            chart = book.add_chart({"type": "line"})
            chart.add_series({"values": "=Hoja!$B$1:$B$9"})
            sheet.insert_chart(0, 5, chart)
        return target.getvalue()

    parts: list[Any] = []
    monkeypatch.setattr(large_workbook._Part, "encode", kept(parts, large_workbook._Part.encode))
    assert written(large_workbook.LargeWorkbook) == written(Workbook)
    assert len(parts) > 8  # XlsxWriter still asks for its parts by the method that is ours


def kept(parts: list[Any], encode: Callable[..., Any]) -> Callable[..., Any]:
    def encoded(part: Any, encoding: str) -> Any:
        parts.append(part)
        return encode(part, encoding)

    return encoded


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
