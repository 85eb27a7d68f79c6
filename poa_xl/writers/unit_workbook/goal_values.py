"""What the cells about goals of a unit workbook show: of each task, of each operation and of the unit, by due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from poa_xl import indicators, sheets, titles
from poa_xl.accepted_rows import AcceptedRows, FilaOperacion, FilaTarea
from poa_xl.cells import Value
from poa_xl.entity import Entidad
from poa_xl.evaluation import goals, periods
from poa_xl.evaluation.goals import TareaEvaluada, TareasDeOperacion
from poa_xl.evaluation.periods import Due
from poa_xl.indicators import OperationTotals
from poa_xl.sheets import Column
from poa_xl.writers.unit_workbook.layout import Record
from poa_xl.writers.xlsx.cells import number

Row = TypeVar("Row", FilaOperacion, FilaTarea)
_LAST = indicators.QUARTERS_OF_A_YEAR
_TO_DATE, _OF_YEAR = periods.to_date(_LAST), periods.of_year(_LAST)
DUES: tuple[Due, ...] = (*periods.months(_LAST), *periods.quarters(_LAST), *_TO_DATE, *_OF_YEAR)
DUE = {due.clave: due for due in DUES}
TO_DATE, OF_YEAR = (dict(enumerate(cuts, start=1)) for cuts in (_TO_DATE, _OF_YEAR))  # by quarter
_NO_TASKS = TareasDeOperacion((), por_tareas=False)


def due_of(suffix: str) -> Due:
    """What is due in a column of a month or a quarter, or in that of the whole year."""
    return OF_YEAR[_LAST] if suffix == "gestion" else DUE[suffix]


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
        found = {id(task.fila): task for own in self._by_code.values() for task in own.tareas}
        return [found[id(row)] for row in self._tasks]

    @cached_property
    def of_operations(self) -> list[TareasDeOperacion]:
        """The tasks of each row of Operaciones."""
        return [self._by_code.get(row.operacion, _NO_TASKS) if row.operacion else _NO_TASKS for row in self.coded]

    @cached_property
    def _by_code(self) -> dict[str, TareasDeOperacion]:
        coded = tuple(row for row in self.coded if row.operacion)
        found = goals.of_operations(
            AcceptedRows(operaciones=coded, tareas=tuple(self._tasks)), self.entidad.metodo_operacion
        )
        return {code: own for (_, code), own in found.items()}

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
        used = indicators.complete_weights([row.peso for row in self.coded if row.operacion])
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
