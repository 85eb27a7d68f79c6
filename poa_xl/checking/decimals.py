"""Amounts with more decimals than money has: computed, or read with another point than was meant."""

from collections.abc import Iterable

from poa_xl import cells
from poa_xl.checking.report import Report
from poa_xl.reading import Table

_NOTHING = 1e-6  # Bs; what is left of a centavo in binary is far less


def check(report: Report, table: Table, columns: Iterable[str], code: str) -> None:
    """Say of each amount that it has more than two decimals."""
    for column in columns:
        for row, value in zip(table.rows, table.values.get(column, ()), strict=True):
            if isinstance(value, float) and abs(value - round(value, 2)) > _NOTHING:
                report.add(code, table, column, row, cells.number(value))
