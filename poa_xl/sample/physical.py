"""Programme and execution of every task by month, with the published avance of its unit in each quarter."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from poa_xl.sample import facts, shortfall
from poa_xl.sample.facts import Unit
from poa_xl.sample.plan import Operation, Task, plans

MONTHS = 12
ATTEMPTS = 400
# The avance lies strictly between the published figure and 0.001 above it, so that what is computed from it
# (a fourth of it, the mean of an area) rounds like the published figure too. In points.
WINDOW = (0.0001, 0.0009)
CATCH_UP = 0.02  # chance that a task executes late, within the quarter, part of a month

Quantities = dict[int, int]  # month (January is 0) → quantity


@dataclass(frozen=True)
class Schedule:
    """A task with its quantities by month; a month without programme is None, one to come has no execution."""

    task: Task
    programado: tuple[int | None, ...]
    ejecutado: tuple[int | None, ...]

    def total(self, quarter: int) -> tuple[int, int]:
        """Programme and execution of a quarter."""
        months = facts.months_of(quarter)
        return sum(self.programado[m] or 0 for m in months), sum(self.ejecutado[m] or 0 for m in months)

    def lags(self, quarter: int) -> bool:
        """Whether a quarter up to the given one fell short of its programme."""
        totals = (self.total(q) for q in range(1, quarter + 1))
        return any(done < planned for planned, done in totals)


@cache
def schedules() -> dict[str, tuple[Schedule, ...]]:
    """Unit code → its tasks of the whole year, executed in the quarters that the sample knows."""
    return {unit.codigo: _unit_schedules(unit, plans()[unit.codigo]) for unit in facts.units()}


def _unit_schedules(unit: Unit, operations: tuple[Operation, ...]) -> tuple[Schedule, ...]:
    tasks = [task for operation in operations for task in operation.tasks]
    planned: list[Quantities] = [{} for _ in tasks]
    done: list[Quantities] = [{} for _ in tasks]
    for quarter in (1, 2, 3, 4):
        quantities, executed = _quarter(unit, tasks, quarter)
        for i in range(len(tasks)):
            planned[i].update(quantities[i])
            done[i].update(executed[i])
    return tuple(Schedule(t, _year(p), _year(e)) for t, p, e in zip(tasks, planned, done, strict=True))


def _year(quantities: Quantities) -> tuple[int | None, ...]:
    return tuple(quantities.get(month) for month in range(MONTHS))


def _quarter(unit: Unit, tasks: list[Task], quarter: int) -> tuple[list[Quantities], list[Quantities]]:
    """Programme and execution of a quarter, a dict a task; drawn again until the published avance is met."""
    nothing: list[Quantities] = [{} for _ in tasks]
    if quarter not in facts.QUARTERS:
        return _programme(tasks, quarter, facts.seeded("cantidades", unit.codigo, quarter)), nothing
    avance = unit.avances[quarter - 1]
    if avance is None:  # the report has no figure: nothing was programmed
        return nothing, nothing
    for attempt in range(ATTEMPTS):
        rng = facts.seeded("cantidades", unit.codigo, quarter, attempt)
        quantities = _programme(tasks, quarter, rng)
        executed = _execution(tasks, quantities, avance, rng)
        if executed is not None:
            return quantities, executed
    raise RuntimeError(f"no execution of {unit.codigo} meets {avance} in quarter {quarter}")


def _programme(tasks: list[Task], quarter: int, rng: Random) -> list[Quantities]:
    months = facts.months_of(quarter)
    return [
        {month: max(1, round(task.quantity * rng.uniform(0.85, 1.15))) for month in months if month in task.months}
        for task in tasks
    ]


def _execution(
    tasks: list[Task], quantities: list[Quantities], avance: Decimal, rng: Random
) -> list[Quantities] | None:
    """Execution with that avance; None where the quantities allow none."""
    executed = [dict(months) for months in quantities]
    if avance < 100:
        active = [i for i, months in enumerate(quantities) if months]
        owners = list(dict.fromkeys(tasks[i].operacion for i in active))
        groups = [[i for i in active if tasks[i].operacion == owner] for owner in owners]
        loads = [(len(group), sum(sum(quantities[i].values()) for i in group)) for group in groups]
        lacking = shortfall.find(loads, float(avance) + WINDOW[0], float(avance) + WINDOW[1], rng)
        if lacking is None:
            return None
        for group, lack in zip(groups, lacking, strict=True):
            _take_away(executed, group, lack, rng)
    for planned, months in zip(quantities, executed, strict=True):
        _catch_up(planned, months, rng)
    return executed


def _take_away(executed: list[Quantities], group: list[int], lack: int, rng: Random) -> None:
    """Lessen the execution of an operation's tasks: first part of some, then all of them where needed."""
    order = rng.sample(group, len(group))
    for most in (rng.uniform(0.3, 0.7), 1.0):
        for i in order:
            taken = min(lack, round(sum(executed[i].values()) * most))
            _lessen(executed[i], taken, rng)
            lack -= taken


def _lessen(months: Quantities, taken: int, rng: Random) -> None:
    order = rng.sample(list(months), len(months))
    for left, month in zip(range(len(order), 0, -1), order, strict=True):
        part = min(months[month], -(-taken // left))
        months[month] -= part
        taken -= part
    for month in order:
        part = min(months[month], taken)
        months[month] -= part
        taken -= part


def _catch_up(planned: Quantities, months: Quantities, rng: Random) -> None:
    """Now and then a task without shortfall does a part of a month's programme in the next month."""
    if months != planned or len(months) < 2 or rng.random() > CATCH_UP:
        return
    late, recovered = sorted(months)[:2]
    moved = months[late] // 5
    months[late] -= moved
    months[recovered] += moved
