"""Tasks that are behind at the end of the quarter, with what became of the corrective action of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from poa_xl import indicators
from poa_xl.accepted_rows import AcceptedRows, FilaTarea
from poa_xl.entity import Entidad
from poa_xl.evaluation import goals, periods
from poa_xl.evaluation.goals import TareaEvaluada
from poa_xl.indicators import SUMA


@dataclass(frozen=True)
class Atraso:
    """A task with less than its programme of the quarter, or less than was due since January; points, raw."""

    tarea: TareaEvaluada
    por_tareas: bool  # its operation is the mean of its tasks
    trimestre: float | None
    a_la_fecha: float | None
    estado: str  # one of the states of `indicators.accion_correctiva`
    falta: float  # what it lacks in the quarter, as its operation counts it: points by weight, or what was not done

    @property
    def fila(self) -> FilaTarea:
        """The row that says problem, action, who and when."""
        return self.tarea.fila

    @property
    def overdue(self) -> bool:
        """Whether the day of its action passed."""
        return self.estado == indicators.VENCIDA

    @property
    def added_up(self) -> bool:
        """Whether its months are quantities that add up."""
        return self.tarea.meta.tipo == SUMA


def worst(own: Sequence[Atraso]) -> Atraso:
    """Of the tasks of an operation that are behind, the one that lacks most in the quarter; the first of equal ones."""
    return max(own, key=lambda delay: delay.falta)


def of_quarter(entidad: Entidad, accepted: AcceptedRows, trimestre: int) -> tuple[Atraso, ...]:
    """Those of all units, the tasks of an operation together, as they were sent."""
    operations = goals.of_operations(accepted, entidad.metodo_operacion)
    quarter, cut = periods.quarters(trimestre)[-1], periods.to_date(trimestre)[-1]
    _, last = quarter.dates(entidad.gestion)
    found = []
    for task, by_tasks in ((task, own.por_tareas) for own in operations.values() for task in own.tareas):
        reached, to_date = task.figure(quarter), task.figure(cut)
        if indicators.is_behind(reached) or indicators.is_behind(to_date):
            row = task.fila
            state = indicators.action_state(row.acciones, row.fecha_accion, last, to_date)
            found.append(Atraso(task, by_tasks, reached, to_date, state, _lacking(task, by_tasks, quarter, reached)))
    return tuple(found)


def _lacking(task: TareaEvaluada, by_tasks: bool, quarter: periods.Periodo, reached: float | None) -> float:
    if by_tasks:
        return 0.0 if reached is None else task.peso * (indicators.FULL - indicators.capped_points(reached))
    months = slice(quarter.desde - 1, quarter.hasta)
    planned, done = (indicators.total(own[months]) or 0.0 for own in (task.fila.programado, task.fila.ejecutado))
    return max(0.0, planned - done)
