"""How the sheets of a unit workbook print: on oficio, a wide table on as many pages side by side as reading it takes.

Each page repeats the titles and the columns that stay in sight. The programs make it small enough, not we: how wide a
column is depends on the fonts of a computer.
"""

import math

from xlsxwriter.worksheet import Worksheet

from poa_xl.sheets import Sheet
from poa_xl.writers.schema_sheets import width
from poa_xl.writers.unit_workbook.screen import frozen
from poa_xl.writers.xlsx import page

_LANDSCAPE = 13.0  # inches of oficio
_PIXELS_OF_AN_INCH = 96
_SMALLEST = 0.72  # of the letters on the screen: those of 10 points are of 7 then


def set_up(worksheet: Worksheet, sheet: Sheet, footer: str) -> None:
    """The page of a sheet. Resumen stands on one, with its chart and the signatures."""
    if sheet.form or sheet.key == "resumen":
        page.set_up(worksheet, footer, paper=page.OFICIO, pages_tall=1)
        return
    wide = pages_wide(sheet)
    page.set_up(worksheet, footer, paper=page.OFICIO, pages_wide=wide)
    if wide > 1:
        worksheet.repeat_columns(0, frozen(sheet) - 1)


def pages_wide(sheet: Sheet) -> int:
    """On how many pages side by side the columns of a table can be read."""
    pixels = [page.pixels(width(column)) for column in sheet.columns]
    repeated = sum(pixels[: frozen(sheet)])
    room = (_LANDSCAPE - 2 * page.ASIDE) * _PIXELS_OF_AN_INCH / _SMALLEST
    return math.ceil(sum(pixels[frozen(sheet) :]) / (room - repeated))
