"""When a workbook of a quarter can have been sent: a «Fecha de envío» outside says nothing, and orders nothing."""

import calendar
import datetime as dt
from collections.abc import Iterable

_MONTHS_AFTER = 2
_LAST_MONTH = 12


def window(gestion: int, trimestre: int) -> tuple[dt.date, dt.date]:
    """From the first day of the quarter's last month to the end of the second month after it."""
    month = 3 * trimestre + _MONTHS_AFTER
    year, month = (gestion, month) if month <= _LAST_MONTH else (gestion + 1, month - _LAST_MONTH)
    return dt.date(gestion, 3 * trimestre, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def plausible(day: dt.date, gestion: int, trimestres: Iterable[int], today: dt.date) -> bool:
    """Whether a workbook that reports one of these quarters can have been sent on a day, seen from another.

    The very day is never a typing error, however late: the button Preparar entrega writes it.
    """
    if day >= today:
        return day == today
    return any(first <= day <= last for first, last in (window(gestion, t) for t in trimestres))
