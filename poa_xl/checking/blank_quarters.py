"""A reported quarter in which a unit wrote nothing at all. Its figures are 0, but a blank is not a zero: it is said."""

from collections.abc import Iterable, Iterator

from poa_xl.checking.report import Report
from poa_xl.reading import Table
from poa_xl.sheets import MESES

MONTHS = 3  # of a quarter


def check_tasks(report: Report, table: Table, quarters: Iterable[int]) -> None:
    """Of these quarters (1-4): those with something programmed and no execution, not even 0."""
    for trimestre, months in _of(quarters):
        planned = _first_row(report, table, [f"programado_{month}" for month in months])
        if planned:
            _say(report, table, "TAR-012", [f"ejecutado_{month}" for month in months], planned, trimestre)


def check_budget(report: Report, table: Table, quarters: Iterable[int]) -> None:
    """The same of Presupuesto: those without devengado, where there is a budget in force."""
    in_force = _first_row(report, table, ["vigente"])
    if in_force:
        for trimestre, months in _of(quarters):
            _say(report, table, "PRE-015", [f"devengado_{month}" for month in months], in_force, trimestre)


def _of(quarters: Iterable[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number in quarters:
        yield number, MESES[MONTHS * (number - 1) : MONTHS * number]


def _first_row(report: Report, table: Table, columns: Iterable[str]) -> int:
    """The first good row with a figure above 0 in one of the columns; 0 for none."""
    figures = [table.values.get(column, []) for column in columns]
    for place, row in enumerate(table.rows):
        values = (column[place] for column in figures if column)
        if (table.sheet.key, row) not in report.rejected and any(isinstance(v, int | float) and v > 0 for v in values):
            return row
    return 0


def _say(report: Report, table: Table, code: str, columns: list[str], row: int, trimestre: int) -> None:
    """The finding, unless something stands in one of the columns, even what could not be read."""
    written = any(value is not None for column in columns for value in table.values.get(column, ()))
    if written or any(column in columns for _, column in table.bad):
        return
    titles = ", ".join(table.sheet.column(column).title for column in columns)
    report.add(code, table, columns[0], row, trimestre=str(trimestre), columna=titles)
