"""A workbook that a spreadsheet program holds open, read through xlwings as a file would be read."""

import datetime as dt
from decimal import Decimal
from typing import Any

from poa_xl import cells, reading, sheets
from poa_xl.addins import areas, number_formats
from poa_xl.guards import MergedArea
from poa_xl.guards.limits import LARGEST_AREA
from poa_xl.names import CATALOGUE_SHEET, is_own
from poa_xl.reading import Grid, Odd


class _Cells(dict[str, Grid]):
    """The worksheets by name, as `reading.Grids` wants them."""

    def __init__(self) -> None:
        super().__init__()
        self.merged: dict[str, list[MergedArea]] = {}
        self.formulas: dict[str, list[str]] = {}

    @property
    def names(self) -> list[str]:
        return list(self)


def read(book: Any, known: number_formats.Formats | None = None) -> reading.Book:
    """The unit's workbook with typed rows. `book` is an `xlwings.Book` of any engine.

    `known` are the number formats of its cells, where they were sent along; None where the program is asked.
    """
    grids, odd, far = _Cells(), Odd(), {}
    by_hand = areas.by_hand(book)
    for sheet in book.sheets:
        last = sheet.used_range.last_cell
        if last.row * last.column > LARGEST_AREA:
            far[sheet.name] = f"{cells.letters(last.column - 1)}{last.row}"
        else:
            grids[sheet.name], odd[sheet.name] = _sorted_out(values(sheet))
            number_formats.put(sheet, grids[sheet.name], known)
            if not is_own(sheet.name):
                grids.merged[sheet.name] = areas.merged(sheet)
                grids.formulas[sheet.name] = areas.formulas(sheet) if by_hand else []
    if far:
        return reading.refuse_far(book.name, far)
    return reading.read_grids(book.name, grids, odd, sheets.unit_sheets())


def values(sheet: Any) -> Grid:
    """The cells of a worksheet from A1 on. `sheet` is an `xlwings.Sheet`."""
    last = sheet.used_range.last_cell
    area = sheet.range((1, 1), (last.row, last.column))
    found: Grid = area.options(ndim=2, err_to_str=True).value
    return found


def catalogue_cells(book: Any) -> Grid | None:
    """The cells of the sheet Catalogo; None where the workbook has none."""
    return next((values(sheet) for sheet in book.sheets if sheet.name == CATALOGUE_SHEET), None)


def _sorted_out(grid: Grid) -> tuple[Grid, dict[str, str]]:
    """The cells as files give them, and the errors apart."""
    odd = {
        f"{cells.letters(column)}{row}": value
        for row, line in enumerate(grid, start=1)
        for column, value in enumerate(line)
        if isinstance(value, str) and value in cells.ERRORS
    }
    return [[_plain(value) for value in line] for line in grid], odd


def _plain(value: object) -> object:
    if value is None or (isinstance(value, str) and value in cells.ERRORS):
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value
    return float(value)
