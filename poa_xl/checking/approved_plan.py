"""A unit's workbook beside the approved plan: what it programmes otherwise, and what of the plan is not there.

What a resolution allows stands in the entity's sheet Modificaciones: from its month on, and for what it names. A month
without programme may be blank or 0, but where a goal should fall, of which 0 is one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from poa_xl import titles
from poa_xl.baseline.modifications import ADDS, CHANGES, NEVER, REMOVES, Allowed
from poa_xl.baseline.plan import GOAL_OF_A_TASK, GOAL_OF_AN_OPERATION, PlannedOperation, PlannedTask, PlannedUnit
from poa_xl.checking import plan_rows
from poa_xl.checking.plan_rows import Pairs, Record
from poa_xl.checking.report import Report
from poa_xl.indicators import meta_de_tarea
from poa_xl.messages import baseline as words
from poa_xl.reading import Table, as_records
from poa_xl.sheets import MESES

# What is blank of the goal of an operation that says nothing else.
_USUAL = {"numero": "entero", "tipo_meta": meta_de_tarea.SUMA, "sentido": meta_de_tarea.AUMENTAR}


@dataclass(frozen=True)
class _Beside:
    """A workbook and the plan of its unit. `source` is how findings call the plan, `outside` the months that are not
    compared.
    """

    report: Report
    allowed: Allowed
    source: str
    outside: Collection[str]

    @property
    def operations(self) -> Table:
        """The sheet Operaciones."""
        return self.report.book.tables["operaciones"]

    @property
    def tasks(self) -> Table:
        """The sheet Tareas."""
        return self.report.book.tables["tareas"]

    def gone(self, code: str, table: Table, name: str, operation: str = "") -> None:
        """A finding of something that no row is about."""
        self.report.add_to_sheet(code, table, name, esperado=operation, fuente=self.source)

    def unplanned(self, code: str, table: Table, column: str, row: int, name: str, operation: str = "") -> None:
        """A finding of a row that the plan has not, or calls otherwise."""
        self.report.add(code, table, column, row, name, esperado=operation, fuente=self.source)

    def compare(self, table: Table, row: int, name: str, said: tuple[object, object], usual: object) -> None:
        """A finding where a cell says another thing than the plan; a column that the workbook lacks says nothing.

        `said` is what stands in the cell and in the plan; where one is blank, it is as `usual`.
        """
        found, approved = (usual if value in (None, "") else value for value in said)
        if name in table.columns and not plan_rows.same(found, approved):
            shown = {"esperado": plan_rows.shown(approved), "fuente": self.source}
            self.report.add("PLA-002", table, name, row, plan_rows.shown(said[0]), **shown)

    def compare_month(self, row: int, name: str, found: object, approved: object) -> None:
        """A finding of a month that programmes another amount."""
        shown = {"esperado": plan_rows.shown(approved), "fuente": self.source}
        self.report.add("PLA-001", self.tasks, name, row, plan_rows.shown(found), **shown)


def check(report: Report, planned: PlannedUnit, allowed: Allowed, version: int, outside: Collection[str] = ()) -> Pairs:
    """Findings of all that differs; what is paired, for who looks at what was executed in it.

    Months `outside` the days of the unit have a finding of their own, and count nowhere.
    """
    beside = _Beside(report, allowed, words.OF_PLAN.format(version=version), outside)
    of_plan = {titles.key(o.operacion): o for o in planned.operaciones}
    there = plan_rows.by_operation(beside.operations)
    pairs = plan_rows.of_book(planned.tareas, report.book.tables)
    blank = plan_rows.without_code(beside.operations)
    for key in (key for key in of_plan.keys() - there.keys() if titles.key(of_plan[key].denominacion) not in blank):
        own = [t for t in planned.tareas if titles.key(t.operacion) == key]
        if not _removed(own, allowed.month(REMOVES, of_plan[key].operacion)):
            pairs.told.add(key)
    for key in (key for key in of_plan if key in pairs.told):  # in the order of the plan
        beside.gone("PLA-003", beside.operations, of_plan[key].operacion)
    for key, (row, record) in there.items():
        if key in of_plan:
            _operation(beside, row, record, of_plan[key])
        elif allowed.month(ADDS, str(record["operacion"])) == NEVER:
            beside.unplanned("PLA-005", beside.operations, "operacion", row, str(record["operacion"]))
    _tasks(beside, pairs, {key: of_plan[key] for key in of_plan.keys() & there.keys()})
    _new_tasks(beside, pairs, of_plan.keys() & there.keys())
    return pairs


def _removed(tasks: Iterable[PlannedTask], month: int) -> bool:
    """Whether nothing was programmed before the month from which it is gone."""
    return month < NEVER and not any(value for task in tasks for value in task.programado[: month - 1])


def _operation(beside: _Beside, row: int, record: Record, planned: PlannedOperation) -> None:
    if beside.allowed.month(CHANGES, planned.operacion) < NEVER:
        return
    follows = {"meta"} if beside.allowed.moves_tasks(planned.operacion) else set()  # what its tasks come to
    for name in (name for name in GOAL_OF_AN_OPERATION if name not in follows):
        beside.compare(beside.operations, row, name, (record[name], getattr(planned, name)), _USUAL.get(name))


def _tasks(beside: _Beside, pairs: Pairs, operations: Mapping[str, PlannedOperation]) -> None:
    """The tasks of the plan, of operations that are still there."""
    records = as_records(beside.tasks)
    for task, row in pairs.rows:
        operation = operations.get(titles.key(task.operacion))
        if operation is None:
            continue
        if row is None:
            if not _removed([task], beside.allowed.month(REMOVES, task.operacion, task.tarea)):
                pairs.lost.append(task)
                beside.gone("PLA-004", beside.tasks, task.tarea, task.operacion)
            continue
        if row in pairs.renamed:
            _name(beside, row, records[row], task)
        if beside.allowed.month(CHANGES, task.operacion, task.tarea) == NEVER:
            _goal(beside, row, records[row], task, operation)
        _months(beside, row, records[row], task, falling=_falls(task, operation))


def _name(beside: _Beside, row: int, record: Record, task: PlannedTask) -> None:
    """The task is called otherwise, or only its activity is; a blank name has a finding of its own."""
    if record["actividad"] is None or record["tarea"] is None:
        return
    column = "actividad" if plan_rows.same(record["tarea"], task.tarea) else "tarea"
    now, then = f"{record['actividad']}: {record['tarea']}", f"{task.actividad}: {task.tarea}"
    said = (now, then) if column == "actividad" else (str(record["tarea"]), task.tarea)
    beside.unplanned("PLA-009", beside.tasks, column, row, *said)


def _goal(beside: _Beside, row: int, record: Record, task: PlannedTask, operation: PlannedOperation) -> None:
    for name in GOAL_OF_A_TASK:
        inherited = None if name == "peso" else getattr(operation, name) or _USUAL.get(name)
        beside.compare(beside.tasks, row, name, (record[name], getattr(task, name)), inherited)


def _falls(task: PlannedTask, operation: PlannedOperation) -> bool:
    return (task.sentido or operation.sentido) == meta_de_tarea.DISMINUIR


def _months(beside: _Beside, row: int, record: Record, task: PlannedTask, *, falling: bool) -> None:
    changed = beside.allowed.month(CHANGES, task.operacion, task.tarea)
    ended = beside.allowed.month(REMOVES, task.operacion, task.tarea)
    for number, (month, approved) in enumerate(zip(MESES, task.programado, strict=True), start=1):
        found = record[f"programado_{month}"]
        allowed = month in beside.outside or number >= changed or (number >= ended and not found)
        if not allowed and not plan_rows.same_amount(found, approved, blank_is_zero=not falling):
            beside.compare_month(row, f"programado_{month}", found, approved)


def _new_tasks(beside: _Beside, pairs: Pairs, known: set[str]) -> None:
    """Rows of no task of the plan; those of a new operation are told with it, but for months before it may begin."""
    taken = {row for _, row in pairs.rows}
    for row, record in as_records(beside.tasks).items():
        if row in taken or record["operacion"] is None:
            continue
        operation, name = str(record["operacion"]), str(record["tarea"] or "")
        begins = beside.allowed.month(ADDS, operation, name)
        if begins == NEVER:
            if titles.key(operation) in known:
                beside.unplanned("PLA-006", beside.tasks, "tarea", row, name, operation)
            continue
        for month in MESES[: begins - 1]:
            if record[f"programado_{month}"] and month not in beside.outside:
                beside.compare_month(row, f"programado_{month}", record[f"programado_{month}"], None)
