"""Which row of a workbook is which task of what it is compared with: by its key, else by what it programmes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from poa_xl import cells, titles
from poa_xl.accepted_rows import FilaTarea
from poa_xl.baseline.plan import PlannedTask
from poa_xl.baseline.quarter import ReportedTask
from poa_xl.messages import baseline as words
from poa_xl.reading import Table, as_records
from poa_xl.sheets import MESES

Record = dict[str, cells.Value]


AnyTask = PlannedTask | ReportedTask
_Key = tuple[str, ...]
_Alike = tuple[str, tuple[float, ...]]


class TaskRow(NamedTuple):
    """What of a row tells which task it is."""

    operacion: str
    actividad: str
    tarea: str
    programado: tuple[object, ...]


@dataclass
class Pairs:
    """Each task of before with its Excel row now (None: it is gone); `renamed` rows have another name than before.

    `told` are the operations of which it was said that they are gone, `lost` the tasks of others.
    """

    rows: list[tuple[Any, int | None]]
    renamed: set[int]
    told: set[str] = field(default_factory=set)
    lost: list[Any] = field(default_factory=list)


def by_operation(table: Table) -> dict[str, tuple[int, Record]]:
    """Code of an operation, as titles are compared -> its first row in the sheet Operaciones."""
    found: dict[str, tuple[int, Record]] = {}
    for row, record in as_records(table).items():
        if record["operacion"] is not None:
            found.setdefault(titles.key(str(record["operacion"])), (row, record))
    return found


def without_code(table: Table) -> frozenset[str]:
    """What the operations are called whose code is blank: of these an error says so already."""
    rows = (r for r in as_records(table).values() if r["operacion"] is None and r["denominacion"] is not None)
    return frozenset(titles.key(str(row["denominacion"])) for row in rows)


def in_table(table: Table) -> dict[int, TaskRow]:
    """Excel row -> what pairs a row of the sheet Tareas."""
    found = {}
    for row, record in as_records(table).items():
        operacion, actividad, tarea = (str(record[name] or "") for name in ("operacion", "actividad", "tarea"))
        found[row] = TaskRow(operacion, actividad, tarea, tuple(record[f"programado_{month}"] for month in MESES))
    return found


def of_accepted(rows: Iterable[FilaTarea]) -> dict[int, TaskRow]:
    """The same of accepted rows of one workbook."""
    return {row.fila: TaskRow(row.operacion, row.actividad, row.tarea, row.programado) for row in rows}


def without_operation(rows: Mapping[int, TaskRow], operations: Collection[str]) -> frozenset[int]:
    """The rows whose code of an operation is blank or none of `operations`: an error of theirs says so."""
    return frozenset(number for number, row in rows.items() if titles.key(row.operacion) not in operations)


def pair(tasks: Sequence[AnyTask], rows: Mapping[int, TaskRow], astray: Collection[int] = ()) -> Pairs:
    """Tasks of before with the rows of now: of one key in their order, then those left of an operation that programme
    the same, where that leaves no doubt.

    Of rows that are `astray`, whose operation is not there, the activity and the task say which task they are.
    """
    waiting: dict[_Key, list[int]] = defaultdict(list)
    for number, row in rows.items():
        waiting[_key(row)].append(number)
    found: dict[int, int | None] = {}
    for place, task in enumerate(tasks):
        same = waiting[_key(task)]
        found[place] = same.pop(0) if same else None
    left = {number: rows[number] for numbers in waiting.values() for number in numbers}
    renamed = _renamed({place: tasks[place] for place, row in found.items() if row is None}, left)
    found |= renamed
    found |= _of_no_operation(
        {place: tasks[place] for place, row in found.items() if row is None},
        {number: row for number, row in left.items() if number in astray},
    )
    return Pairs([(task, found[place]) for place, task in enumerate(tasks)], set(renamed.values()))


def of_book(tasks: Sequence[AnyTask], tables: Mapping[str, Table]) -> Pairs:
    """Tasks of before with the rows of the sheet Tareas of a workbook."""
    rows = in_table(tables["tareas"])
    return pair(tasks, rows, without_operation(rows, by_operation(tables["operaciones"])))


def _renamed(lost: Mapping[int, AnyTask], left: Mapping[int, TaskRow]) -> dict[int, int]:
    """Place of a task of before -> the row of now: of one operation, with the same programme, which no other has."""
    before, now = _alike(lost), _alike(left)
    sure = (alike for alike, places in before.items() if len(places) == len(now.get(alike, ())) == 1 and any(alike[1]))
    return {before[alike][0]: now[alike][0] for alike in sure}


def _of_no_operation(lost: Mapping[int, AnyTask], astray: Mapping[int, TaskRow]) -> dict[int, int]:
    """Place of a task of before -> the row of now whose code of an operation is mistyped: in their order."""
    waiting: dict[_Key, list[int]] = defaultdict(list)
    for number, row in astray.items():
        waiting[_key(row)[1:]].append(number)
    return {place: waiting[key].pop(0) for place, task in lost.items() if waiting[key := _key(task)[1:]]}


def _alike(rows: Mapping[int, "AnyTask | TaskRow"]) -> dict[_Alike, list[int]]:
    found: dict[_Alike, list[int]] = defaultdict(list)
    for number, row in rows.items():
        found[titles.key(row.operacion), _amounts(row.programado)].append(number)
    return found


def _amounts(values: Iterable[object]) -> tuple[float, ...]:
    return tuple(float(v) if isinstance(v, int | float) else 0.0 for v in values)


def _key(row: "AnyTask | TaskRow") -> _Key:
    return tuple(titles.key(part) for part in (row.operacion, row.actividad, row.tarea))


def same(one: object, other: object) -> bool:
    """Whether two values of a row say the same: texts as titles are compared, a blank as nothing."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return float(one) == float(other)
    return titles.key("" if one is None else str(one)) == titles.key("" if other is None else str(other))


def same_amount(one: object, other: object, *, blank_is_zero: bool = True) -> bool:
    """Whether two amounts of a month are one."""
    if blank_is_zero:
        one, other = one or 0, other or 0
    return same(one, other)


def shown(value: object) -> str:
    """A value as a person reads it."""
    return words.BLANK if value in (None, "") else cells.show(value)
