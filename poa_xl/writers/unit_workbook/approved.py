"""The approved plan of a unit as rows of its workbook, and which of their cells are locked."""

from dataclasses import asdict

from poa_xl.baseline.plan import GOAL_OF_A_TASK, GOAL_OF_AN_OPERATION, PlannedUnit
from poa_xl.sheets import MESES
from poa_xl.writers.unit_workbook.layout import Record

_PROGRAMME = tuple(f"programado_{month}" for month in MESES)
# Sheet -> the columns that a resolution alone changes; in the rows of the plan nobody else types there.
LOCKED = {
    "operaciones": frozenset(("operacion", *GOAL_OF_AN_OPERATION)),
    "tareas": frozenset(("operacion", "actividad", "tarea", *GOAL_OF_A_TASK, *_PROGRAMME)),
}


def records(planned: PlannedUnit) -> dict[str, list[Record]]:
    """Its operations and tasks, with nothing executed; a blank is None."""
    return {
        "operaciones": [_filled(asdict(operation)) for operation in planned.operaciones],
        "tareas": [_filled(_with_months(asdict(task))) for task in planned.tareas],
    }


def _with_months(task: dict[str, object]) -> dict[str, object]:
    programme: tuple[object, ...] = task.pop("programado")  # type: ignore[assignment]
    return {**task, **dict(zip(_PROGRAMME, programme, strict=True))}


def _filled(record: dict[str, object]) -> Record:
    return {name: None if value == "" else value for name, value in record.items()}
