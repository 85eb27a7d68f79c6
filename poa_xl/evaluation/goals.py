"""The goals of tasks as they are evaluated: each with the goal that it has or follows, and what its operation is.

The tasks of an operation are added up where the entity's method says so and all their goals are sums; else the
operation is the mean of its tasks, by their weights where all of them have one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from poa_xl import indicators
from poa_xl.accepted_rows import AcceptedRows, FilaOperacion, FilaTarea
from poa_xl.evaluation.periods import Due
from poa_xl.indicators import PUBLISHED_META, GoalTask, Meta, OperationTotals

Key = tuple[str, str]  # unit, operation


@dataclass(frozen=True)
class TareaEvaluada:
    """A task with its goal and its weight among the tasks of its operation."""

    fila: FilaTarea
    meta: Meta
    peso: float

    def figure(self, p: Due) -> float | None:
        """Its points of what is due, raw."""
        return indicators.task_figure(
            self.fila.programado, self.fila.ejecutado, (p.desde, p.hasta), p.conocido, self.meta
        )


@dataclass(frozen=True)
class TareasDeOperacion:
    """The tasks of an operation. `por_tareas`: they are not added up."""

    tareas: tuple[TareaEvaluada, ...]
    por_tareas: bool

    def totals(self, p: Due) -> OperationTotals:
        """What they come to of what is due."""
        tasks = [GoalTask(t.fila.programado, t.fila.ejecutado, t.meta, t.peso) for t in self.tareas]
        return indicators.operation_reached(tasks, (p.desde, p.hasta), p.conocido, self.por_tareas)


def of_operations(accepted: AcceptedRows, metodo: str) -> dict[Key, TareasDeOperacion]:
    """The tasks of each operation that has some."""
    operations: dict[Key, FilaOperacion] = {}
    for row in accepted.operaciones:
        operations.setdefault((row.unidad, row.operacion), row)
    tasks: dict[Key, list[FilaTarea]] = {}
    for task in accepted.tareas:
        tasks.setdefault((task.unidad, task.operacion), []).append(task)
    return {key: _evaluated(own, operations.get(key), metodo) for key, own in tasks.items()}


def _evaluated(rows: Sequence[FilaTarea], operation: FilaOperacion | None, metodo: str) -> TareasDeOperacion:
    goal = operation.goal if operation else PUBLISHED_META
    weights = indicators.weights_of([row.peso for row in rows])
    tasks = tuple(TareaEvaluada(row, row.goal(goal), peso) for row, peso in zip(rows, weights, strict=True))
    return TareasDeOperacion(tasks, not indicators.added_up((task.meta for task in tasks), metodo))


def operation_weights(accepted: AcceptedRows, operations: Sequence[Key], metodo: str) -> Mapping[Key, float]:
    """The weights of the operations of each unit all of whose operations have one, where the method uses weights."""
    if metodo != indicators.POR_PESOS:
        return {}
    said: dict[Key, float | None] = {}
    for row in accepted.operaciones:
        said.setdefault((row.unidad, row.operacion), row.peso)
    by_unit: dict[str, list[Key]] = {}
    for key in operations:
        by_unit.setdefault(key[0], []).append(key)
    found: dict[Key, float] = {}
    for own in by_unit.values():
        weights = indicators.complete_weights([said.get(key) for key in own])
        if weights:
            found |= zip(own, weights, strict=True)
    return found
