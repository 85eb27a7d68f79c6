"""One value into one cell, by its own type: what is a stranger's text stays a text, whatever it looks like."""

import datetime as dt
import math
import numbers
from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from poa_xl.writers.xlsx.formats import fitted

_CUT = "… (texto recortado)"


class Formula(NamedTuple):
    """A formula of ours with the value that Python computed for it; a program that recalculates must land on it."""

    text: str
    value: float | str


class FormulaColumn(NamedTuple):
    """Formulas one below the other: their values, and who makes the text of one, by its place from 0.

    A text is made when its row is written: those of a large workbook would take a hundred megabytes. `plain` are the
    places whose value stands alone.
    """

    values: Sequence[float | str]
    text: Callable[[int], str]
    plain: Container[int] = ()


def cut(text: str) -> str:
    """A text that fits in a cell; one that was cut says so."""
    return fitted(text, _CUT)


def write(
    worksheet: Worksheet,
    row: int,
    col: int,
    value: object,
    look: Format | None,
    shown: Callable[[str], str] = cut,
) -> None:
    """Write a value; row and column from 0. None and NaN leave the cell blank, and only a `Formula` becomes a formula.

    `shown` says how a text is shown; what has no type of a cell is shown as its text.
    """
    if value is None:
        worksheet.write_blank(row, col, None, look)
    elif isinstance(value, str):
        worksheet.write_string(row, col, shown(value), look)
    elif isinstance(value, Formula):
        worksheet.write_formula(row, col, value.text, look, value.value)
    elif isinstance(value, bool):
        worksheet.write_boolean(row, col, value, look)
    elif (figure := number(value)) is not None:
        worksheet.write_number(row, col, whole(figure), look)
    elif isinstance(value, float):  # no number
        worksheet.write_blank(row, col, None, look)
    elif isinstance(value, (dt.date, dt.time, dt.timedelta)):
        _write_date(worksheet, row, col, value, look)
    else:
        worksheet.write_string(row, col, shown(str(value)), look)


def _write_date(
    worksheet: Worksheet, row: int, col: int, value: dt.date | dt.time | dt.timedelta, look: Format | None
) -> None:
    serial = early(value) if isinstance(value, dt.date) else None
    if serial is None:
        worksheet.write_datetime(row, col, value, look)
    else:
        worksheet.write_number(row, col, serial, look)


def number(value: object) -> float | None:
    """A cell's value as SUM sees it: None for a blank and for a text."""
    if value is None or type(value) is int:  # nearly all cells; the look at `numbers` below is slow
        return value
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return None if math.isnan(value) else value  # type: ignore[return-value]
    return None


def is_blank(value: object) -> bool:
    """Whether the cell stays empty."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def early(day: dt.date) -> float | None:
    """The number of a moment of January or February of 1900, such as a 1 in a cell of type date; None for any later.

    XlsxWriter takes the first day for a time without a day.
    """
    if day.year > 1900 or day.month > 2:
        return None
    moment = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
    return (moment - dt.datetime(1899, 12, 31)) / dt.timedelta(days=1)


class _AllDigits(float):
    """A number that is written with all its digits: XlsxWriter keeps 16, and some need 17."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


def whole(figure: float) -> float:
    """A number that is written with all its digits."""
    return _AllDigits(figure) if isinstance(figure, float) and float(f"{figure:.16G}") != figure else figure
