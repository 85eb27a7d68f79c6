"""What the cells about goals of a unit workbook show: of each task, of each operation and of the unit, by due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from poa_xl import indicators, sheets, titles
from poa_xl.accepted_rows import FilaOperacion, FilaTarea
from poa_xl.cells import Value
from poa_xl.entity import Entidad
from poa_xl.evaluation import periods
from poa_xl.evaluation.goals import TareaEvaluada, TareasDeOperacion
from poa_xl.evaluation.periods import Due
from poa_xl.indicators import OperationTotals
from poa_xl.sheets import Column
from poa_xl.writers.unit_workbook.layout import Record
from poa_xl.writers.xlsx.cells import number

Row = TypeVar("Row", FilaOperacion, FilaTarea)
DUES: tuple[Due, ...] = (
    *periods.months(indicators.QUARTERS_OF_A_YEAR),
    *periods.quarters(indicators.QUARTERS_OF_A_YEAR),
    *periods.to_date(indicators.QUARTERS_OF_A_YEAR),
    *periods.of_year(indicators.QUARTERS_OF_A_YEAR),
)
DUE = {due.clave: due for due in DUES}
TO_DATE, OF_YEAR = (dict(enumerate(cuts, start=1)) for cuts in (DUES[16:20], DUES[20:24]))


def due_of(suffix: str) -> Due:
    """What is due in a column of a month or a quarter, or in that of the whole year."""
    return OF_YEAR[indicators.QUARTERS_OF_A_YEAR] if suffix == "gestion" else DUE[suffix]


@dataclass(frozen=True)
class GoalValues:
    """The records of Operaciones and Tareas, as the methods of an entity evaluate them."""

    entidad: Entidad
    operations: Sequence[Record]
    tasks: Sequence[Record]

    @cached_property
    def coded(self) -> list[FilaOperacion]:
        """The rows of Operaciones, typed."""
        return _rows(FilaOperacion, self.operations)

    @cached_property
    def _tasks(self) -> list[FilaTarea]:
        return _rows(FilaTarea, self.tasks)

    @cached_property
    def evaluated(self) -> list[TareaEvaluada]:
        """The tasks, each with the goal that it has or follows, and its weight."""
        goals: dict[str, indicators.Meta] = {}
        for row in self.coded:
            goals.setdefault(row.operacion, row.goal)
        weights: dict[str, list[float]] = {}
        for code in dict.fromkeys(task.operacion for task in self._tasks):
            weights[code] = indicators.weights_of([t.peso for t in self._tasks if t.operacion == code])
        left = {code: iter(own) for code, own in weights.items()}
        return [
            TareaEvaluada(
                task, task.goal(goals.get(task.operacion, indicators.PUBLISHED_META)), next(left[task.operacion])
            )
            for task in self._tasks
        ]

    @cached_property
    def of_operations(self) -> list[TareasDeOperacion]:
        """The tasks of each row of Operaciones."""
        return [self._of(row.operacion) for row in self.coded]

    def _of(self, code: str) -> TareasDeOperacion:
        own = tuple(task for task in self.evaluated if code and task.fila.operacion == code)
        unlike = any(task.meta.tipo != indicators.SUMA for task in own)
        return TareasDeOperacion(own, bool(own) and (self.by_tasks or unlike))

    @property
    def added_up(self) -> bool:
        """Whether all tasks are added up, and the operations count by them: the published method."""
        return self.weights is None and not any(own.por_tareas for own in self.of_operations)

    @property
    def by_tasks(self) -> bool:
        """Whether the entity adds up no tasks at all."""
        return self.entidad.metodo_operacion == indicators.POR_TAREAS

    @cached_property
    def weights(self) -> list[float] | None:
        """The weights of the rows of Operaciones, where the entity uses them and all that have a code have one."""
        if self.entidad.metodo != indicators.POR_PESOS:
            return None
        coded = [row.peso for row in self.coded if row.operacion]
        given = [peso for peso in coded if peso is not None]
        used = bool(given) and len(given) == len(coded) and any(given)
        return [row.peso or 0 for row in self.coded] if used else None

    @cached_property
    def totals(self) -> dict[str, list[OperationTotals]]:
        """By what is due: what each row of Operaciones comes to."""
        return {due.clave: [own.totals(due) for own in self.of_operations] for due in DUES}

    def unit(self, due: Due) -> float | None:
        """The points of the unit."""
        totals = self.totals[due.clave]
        counted = self.weights or [t.tareas for t in totals]
        return indicators.unit_avance((t.avance, w) for t, w in zip(totals, counted, strict=True))


def _rows(kind: type[Row], records: Sequence[Record]) -> list[Row]:
    columns = {c.name: [_typed(c, record.get(c.name)) for record in records] for c in kind.sheet().inputs}
    return kind.from_columns("", "", "", range(1, len(records) + 1), columns)


def _typed(column: Column, value: object) -> Value:
    """A value as it is read: the words of a list as the list has them."""
    if column.dtype != "str":
        return number(value)
    text = "" if value is None else str(value)
    listed: Mapping[str, object] = {titles.key(word): word for word in column.options}
    found = listed.get(titles.key(text), text)
    return str(found) or None


def goals_in(layout: Sequence[sheets.Sheet]) -> bool:
    """Whether the sheets of a template have goals."""
    return any(c.name == "tipo_meta" for sheet in layout if sheet.key == "tareas" for c in sheet.columns)
