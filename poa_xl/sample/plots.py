"""A workbook in which defects are planted: finds cells by sheet, title and row, and says where it changed what."""

from collections.abc import Mapping
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 4  # where our own templates put the titles
FIRST_ROW = 5


class PlantedCell(NamedTuple):
    """A changed cell. `code` is given where it is not the planted one."""

    sheet: str
    cell: str
    code: str = ""


class Plot:
    """A workbook written by poa-xl, addressed by titles."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook

    def tab(self, sheet: str) -> Worksheet:
        """The worksheet of that name."""
        return self.workbook[sheet]

    def column(self, sheet: str, title: str) -> int:
        """Number of the column with a title."""
        return next(c.column for c in self.tab(sheet)[HEADER_ROW] if c.value == title)

    def put(self, sheet: str, title: str, row: int, value: object, code: str = "") -> PlantedCell:
        """Write a cell of a table."""
        cell = self.tab(sheet).cell(row, self.column(sheet, title))
        cell.value = value  # type: ignore[assignment]
        return PlantedCell(sheet, cell.coordinate, code)

    def get(self, sheet: str, title: str, row: int = FIRST_ROW) -> object:
        """The value of a cell of a table."""
        return self.tab(sheet).cell(row, self.column(sheet, title)).value

    def place(self, sheet: str, title: str, row: int, code: str = "") -> PlantedCell:
        """A cell of a table, unchanged."""
        return PlantedCell(sheet, f"{get_column_letter(self.column(sheet, title))}{row}", code)

    def last_row(self, sheet: str) -> int:
        """The last row with something in its first column; the titles where there is none."""
        tab = self.tab(sheet)
        filled = (r for r in range(FIRST_ROW, tab.max_row + 1) if tab.cell(r, 1).value not in (None, ""))
        return max(filled, default=HEADER_ROW)

    def append(self, sheet: str, values: Mapping[str, object]) -> int:
        """Fill the first free row of a table; returns it."""
        row = self.last_row(sheet) + 1
        for title, value in values.items():
            self.put(sheet, title, row, value)
        return row

    def find(self, sheet: str, title: str, value: str) -> str:
        """Address of the last cell of a column with a value."""
        column = self.column(sheet, title)
        tab = self.tab(sheet)
        rows = [r for r in range(FIRST_ROW, tab.max_row + 1) if tab.cell(r, column).value == value]
        return f"{get_column_letter(column)}{rows[-1]}"

    def remove_month(self, sheet: str, category: str, month: int) -> None:
        """Empty the row of a category and month; LookupError where there is none."""
        tab = self.tab(sheet)
        for row in range(FIRST_ROW, tab.max_row + 1):
            if (tab.cell(row, 1).value, tab.cell(row, 2).value) == (category, month):
                for column in range(1, tab.max_column + 1):
                    tab.cell(row, column).value = None
                return
        raise LookupError(f"{category} in month {month}")

    def form(self, title: str, value: object) -> PlantedCell:
        """Write a field of the form Unidad."""
        tab = self.tab("Unidad")
        row = next(r for r in range(1, tab.max_row + 1) if tab.cell(r, 1).value == title)
        tab.cell(row, 2).value = value  # type: ignore[assignment]
        return PlantedCell("Unidad", f"B{row}")
