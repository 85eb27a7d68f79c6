"""More executed than programmed, by operation and quarter; by task where the tasks of an operation are not added up."""

from collections.abc import Iterator, Mapping, Sequence

from poa_xl import cells, indicators
from poa_xl.cells import Value
from poa_xl.checking import goals
from poa_xl.checking.report import Report
from poa_xl.indicators import ACUMULADA, AUMENTAR, MONTHS_OF_A_QUARTER, NIVEL, SUMA, Meta
from poa_xl.reading import Table
from poa_xl.sheets import MESES

Record = Mapping[str, Value]
_Group = tuple[Sequence[Record], Meta]  # tasks that are judged together, as their goal reads them


def check(report: Report, table: Table, quarters: int, metodo: str) -> None:
    """TAR-004: executed without a programme. TAR-005: more executed than programmed, which counts as 100."""
    operations, records = goals.of_operations(report), report.sound(table)
    rows = {id(record): row for row, record in records.items()}
    by_operation: dict[Value, list[Record]] = {}
    for record in records.values():
        if record["operacion"] is not None:
            by_operation.setdefault(record["operacion"], []).append(record)
    for operation, own in by_operation.items():
        metas = [operations.get(operation, goals.Goal()).changed(record).meta for record in own]
        for group, meta in _groups(own, metas, metodo):
            for number in range(1, quarters + 1):
                _judge(report, table, rows, str(operation), (group, meta), number)


def _groups(tasks: Sequence[Record], metas: Sequence[Meta], metodo: str) -> Iterator[_Group]:
    """All tasks of an operation that are added up; else each: of a level, or where less is better, none is too much."""
    if indicators.added_up(metas, metodo):
        yield tasks, indicators.PUBLISHED_META
        return
    for task, meta in zip(tasks, metas, strict=True):
        if meta.sentido == AUMENTAR and meta.tipo != NIVEL:
            yield [task], meta


def _judge(report: Report, table: Table, rows: Mapping[int, int], operation: str, group: _Group, number: int) -> None:
    """The finding of a quarter, if it has one, at the task and month that most likely hold the mistake."""
    tasks, meta = group
    planned, done, avance = _reached(tasks, meta, number)
    if not indicators.over_executed(planned, done) or (avance is None and meta.tipo != SUMA):
        return
    task, month = _largest_excess(tasks, MESES[MONTHS_OF_A_QUARTER * (number - 1) : MONTHS_OF_A_QUARTER * number])
    report.add(
        "TAR-004" if avance is None else "TAR-005",
        table,
        f"ejecutado_{month}",
        rows[id(task)],
        cells.number(done),
        operacion=operation,
        trimestre=str(number),
        esperado=cells.number(planned),
        avance="" if avance is None else cells.number(indicators.round_half_up(avance), 2),
    )


def _reached(tasks: Sequence[Record], meta: Meta, number: int) -> tuple[float, float, float | None]:
    """What was programmed and executed in a quarter, as the goal reads it, and the points of that, raw."""
    first, last = MONTHS_OF_A_QUARTER * (number - 1) + 1, MONTHS_OF_A_QUARTER * number
    planned = sum(_in_quarter(goals.months(task, "programado"), meta, first, first, last) for task in tasks)
    done = sum(_in_quarter(goals.months(task, "ejecutado"), meta, 1, first, last) for task in tasks)
    return planned, done, indicators.operation_avance(planned, done)


def _in_quarter(months: Sequence[float | None], meta: Meta, since: int, first: int, last: int) -> float:
    """What the months `first` to `last` come to; a last value may stand in a month from `since` on."""
    if meta.tipo == SUMA:
        return sum(v or 0 for v in months[first - 1 : last])
    if meta.tipo == ACUMULADA:
        return indicators.most_of(months, last) - indicators.most_of(months, first - 1)
    return next((v for v in reversed(months[since - 1 : last]) if v is not None), 0.0)


def _largest_excess(tasks: Sequence[Record], months: Sequence[str]) -> tuple[Record, str]:
    """The task and month that executed most above their programme."""

    def excess(place: tuple[Record, str]) -> float:
        record, month = place
        planned, done = (record[f"{stem}_{month}"] for stem in ("programado", "ejecutado"))
        return (float(done) if isinstance(done, int | float) else 0) - (
            float(planned) if isinstance(planned, int | float) else 0
        )

    return max(((task, month) for task in tasks for month in months), key=excess)
