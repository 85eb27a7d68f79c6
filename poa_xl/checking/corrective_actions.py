"""Corrective actions: who answers for them and until when, told where a task is behind; a date that passed."""

import datetime as dt
from collections.abc import Iterator, Mapping

from poa_xl import cells, indicators
from poa_xl.cells import Value
from poa_xl.checking import goals
from poa_xl.checking.report import Report
from poa_xl.evaluation import periods
from poa_xl.messages import totals
from poa_xl.reading import Table

_ACTION, _WHO, _UNTIL = "acciones", "responsable_accion", "fecha_accion"
Record = Mapping[str, Value]
_MOST_LISTED = 10  # rows
_YEARS_AFTER = 1  # that an action may take after the gestion


def check(report: Report, table: Table, quarters: int, gestion: int) -> None:
    """TAR-026: a date that cannot be. TAR-027: who or when is blank. TAR-028: the date passed, and the task is behind.

    `quarters` of the gestion are evaluated; a workbook without the columns, as all of before, is not asked for them.
    """
    if not quarters or not {_WHO, _UNTIL} & table.columns.keys():
        return
    _, cut = periods.accumulated(quarters).dates(gestion)
    records, blank = report.sound(table), dict[str, list[int]]({_WHO: [], _UNTIL: []})
    behind = dict(_behind(report, records, quarters))
    for row, record in records.items():
        until = record[_UNTIL]
        if isinstance(until, dt.date) and not gestion <= until.year <= gestion + _YEARS_AFTER:
            report.add("TAR-026", table, _UNTIL, row, cells.show(until), esperado=str(gestion))
        elif isinstance(until, dt.date) and indicators.is_overdue(until, cut, behind.get(row)):
            points = cells.number(indicators.round_half_up(behind[row]), 2)
            report.add("TAR-028", table, _UNTIL, row, cells.show(until), trimestre=str(quarters), avance=points)
        for column in (c for c in blank if row in behind and record[_ACTION] is not None and record[c] is None):
            blank[column].append(row)
    for column, rows in blank.items():
        asked = [row for row in rows if (row, column) not in table.bad]
        if asked and column in table.columns:
            report.add("TAR-027", table, column, asked[0], totals.rows(asked, _MOST_LISTED))


def _behind(report: Report, records: Mapping[int, Record], quarters: int) -> Iterator[tuple[int, float]]:
    """(row, points) of each task that has less than was due since January, as its goal is read."""
    operations = goals.of_operations(report)
    for row, record in records.items():
        points = _to_date(record, operations.get(record["operacion"], goals.Goal()), quarters)
        if points is not None and indicators.is_behind(points):
            yield row, points


def _to_date(record: Record, of_operation: goals.Goal, quarters: int) -> float | None:
    meta = of_operation.changed(record).meta
    planned, done = (goals.months(record, stem) for stem in ("programado", "ejecutado"))
    return indicators.task_to_date(planned, done, indicators.MONTHS_OF_A_QUARTER * quarters, meta)
