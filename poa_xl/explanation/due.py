"""Which months a figure is about, by its indicator and its period."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from poa_xl import indicators
from poa_xl.sheets import MESES, TRIMESTRES

_UP_TO = re.compile(r"hasta_(t[1-4])")


class DueMonths(NamedTuple):
    """What is due in the months `desde` to `hasta` (1-12), and done up to the month `conocido`."""

    desde: int
    hasta: int
    conocido: int


def due_of(indicator: str, period: str) -> DueMonths:
    """The months of a period; those of a cut-off begin in January, and cumplimiento looks at the programme of all."""
    if period in MESES:
        month = MESES.index(period) + 1
        return DueMonths(month, month, month)
    found = _UP_TO.fullmatch(period)
    last = (TRIMESTRES.index(found[1] if found else period) + 1) * indicators.MONTHS_OF_A_QUARTER
    if not found:
        return DueMonths(last - indicators.MONTHS_OF_A_QUARTER + 1, last, last)
    return DueMonths(1, indicators.MONTHS_OF_A_YEAR if indicator == "cumplimiento" else last, last)


def quarters_of(period: str) -> Sequence[str]:
    """The quarters that an accumulated period has."""
    found = _UP_TO.fullmatch(period)
    return TRIMESTRES[: TRIMESTRES.index(found[1]) + 1] if found else ()
