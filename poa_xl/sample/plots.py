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

    def row(self, sheet: str, title: str, value: str) -> int:
        """The last row with a value in a column."""
        tab, column = self.tab(sheet), self.column(sheet, title)
        return [r for r in range(FIRST_ROW, tab.max_row + 1) if tab.cell(r, column).value == value][-1]

    def find(self, sheet: str, title: str, value: str) -> str:
        """Address of the last cell of a column with a value."""
        return self.place(sheet, title, self.row(sheet, title, value)).cell

    def remove_month(self, sheet: str, category: str, month: int) -> None:
        """Empty the row of a category and month; LookupError where there is none."""
        tab = self.tab(sheet)
        codes, months = (self.column(sheet, title) for title in ("Categoría programática", "Mes"))
        for row in range(FIRST_ROW, tab.max_row + 1):
            if (tab.cell(row, codes).value, tab.cell(row, months).value) == (category, month):
                for column in range(1, tab.max_column + 1):
                    tab.cell(row, column).value = None
                return
        raise LookupError(f"{category} in month {month}")

    def form(self, title: str, value: object) -> PlantedCell:
        """Write a field of the form Unidad."""
        cell = field(self.workbook, title)
        self.tab("Unidad")[cell].value = value
        return PlantedCell("Unidad", cell)

    def title(self, sheet: str, old: str, new: str | None) -> PlantedCell:
        """Write another title over one of a table; None takes it away."""
        return self.put(sheet, old, HEADER_ROW, new)

    def add_title(self, sheet: str, title: str) -> PlantedCell:
        """Write a title behind the last one of a table."""
        tab = self.tab(sheet)
        last = max(cell.column for cell in tab[HEADER_ROW] if cell.value)
        cell = tab.cell(HEADER_ROW, last + 1)
        cell.value = title
        return PlantedCell(sheet, cell.coordinate)


def field(workbook: Workbook, title: str = "Código de la unidad") -> str:
    """Address of a field of the form Unidad, by default the one that says whose workbook it is."""
    tab = workbook["Unidad"]
    return f"B{next(r for r in range(1, tab.max_row + 1) if tab.cell(r, 1).value == title)}"
