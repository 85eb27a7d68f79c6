"""The goals in the sheet «Listas»: of each task its kind and its points, of each operation what its tasks come to.

Each row is that of Tareas or of Operaciones with its number. The formulas are plain, whatever the other cells call:
where all tasks of a unit are added up, the sheets show what they have always shown, and call the functions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from poa_xl import indicators
from poa_xl.evaluation.periods import Due
from poa_xl.indicators import MONTHS_OF_A_QUARTER, PUBLISHED_META, MonthCells
from poa_xl.names import LISTS_SHEET
from poa_xl.sheets import MESES, TRIMESTRES
from poa_xl.writers.unit_workbook.goal_values import DUES, GoalValues
from poa_xl.writers.unit_workbook.groups import Groups
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW, TASK_GROUP, Plan
from poa_xl.writers.unit_workbook.values import Shown, shown
from poa_xl.writers.xlsx.formats import GENERAL, Formats

_OF_TASK = ("Fila de la operación", "Tipo y sentido", "Clase de meta", "Línea base", "Peso de la tarea")
_OF_OPERATION = ("Por tareas", "Peso de la operación")
# How the formulas of the columns are called, in their order.
_NAMES = (
    *("fila", "clase_escrita", "clase", "linea_base", "peso"),
    *(f"puntos_{due.clave}" for due in DUES),
    *("por_tareas", "peso_operacion"),
    *(f"{what}_{due.clave}" for due in DUES for what in ("tareas", "operacion")),
)
_ROW, _SAID, _KIND, _BASE, _WEIGHT = range(len(_OF_TASK))


@dataclass(frozen=True)
class GoalCells:
    """The columns from the one after the groups on."""

    groups: Groups
    values: GoalValues
    operations: Plan
    tasks: Plan

    @property
    def last(self) -> int:
        """The last column, from 0."""
        return self._of_operations + len(_OF_OPERATION) + 2 * len(DUES) - 1

    @property
    def _first(self) -> int:
        return self.groups.last + 1

    @property
    def _of_operations(self) -> int:
        return self._first + len(_OF_TASK) + len(DUES)

    # --- what other sheets refer to ---

    @property
    def kind(self) -> str:
        """The cell with the kind of goal of a task; `{r}` is its row."""
        return self._cell(self._first + _KIND)

    def points(self, clave: str) -> str:
        """The cell with the points of a task."""
        return self._cell(self._first + len(_OF_TASK) + _place(clave))

    @property
    def by_tasks(self) -> str:
        """The cell that is 1 where the tasks of an operation are not added up."""
        return self._cell(self._of_operations)

    def counted(self, clave: str) -> str:
        """The cell with how many tasks of an operation count."""
        return self._cell(self._counted(clave))

    def reached(self, clave: str) -> str:
        """The cell with the points of an operation."""
        return self._cell(self._counted(clave) + 1)

    @property
    def added_up(self) -> str:
        """Whether all tasks of the unit are added up and its operations count by them: the published method."""
        return indicators.all_added_up_formula(self._span(self._of_operations), self._weights)

    def unit(self, clave: str) -> str:
        """The points of the unit, from those of its operations."""
        counted, reached = (self._span(self._counted(clave) + n) for n in (0, 1))
        return indicators.unit_points_formula(counted, reached, self._weights)

    # --- the cells ---

    def fill(self, worksheet: Worksheet, formats: Formats) -> None:
        """The columns with their titles."""
        titles = [
            *_OF_TASK,
            *(f"% {due.clave}" for due in DUES),
            *_OF_OPERATION,
            *(f"{what} {due.clave}" for due in DUES for what in ("Tareas", "%")),
        ]
        for index, title in enumerate(titles, start=self._first):
            worksheet.write_string(HEADER_ROW - 1, index, title, formats.header())
        look = formats.computed(GENERAL)
        for start, rows in ((self._first, self._tasks()), (self._of_operations, self._rows_of_operations())):
            for row, values in enumerate(rows, start=FIRST_ROW):
                for index, value in enumerate(values, start=start):
                    worksheet.write_formula(row - 1, index, f"={self._name(index)}", look, value)

    def define(self, workbook: Workbook) -> None:
        """The formulas of the columns, each under a name: it says once what all cells of a column compute.

        Its references are relative to the row, as Excel writes them for the cell A1.
        """
        for start, formulas in ((self._first, self._task_formulas), (self._of_operations, self._operation_formulas)):
            for index, formula in enumerate(formulas, start=start):
                workbook.define_name(self._name(index), "=" + formula.replace("{r}", "1"))

    def _name(self, index: int) -> str:
        """The name of the formula of a column."""
        return f"meta_{_NAMES[index - self._first]}"

    def _tasks(self) -> Iterator[list[Shown]]:
        """The values of each row of Tareas."""
        evaluated = self.values.evaluated
        rows = {row.operacion: n for n, row in reversed(list(enumerate(self.values.coded, start=1)))}
        for n in range(self.tasks.capacity):
            if n >= len(evaluated):
                yield [0, indicators.KIND_WORDS[0], 1, 0, 1, *[indicators.MISSING] * len(DUES)]
                continue
            task = evaluated[n]
            said = f"{task.meta.tipo}-{task.meta.sentido}"
            points = [task.figure(due) for due in DUES] if said in indicators.KIND_WORDS else [None] * len(DUES)
            yield [
                rows.get(task.fila.operacion, 0) if task.fila.operacion else 0,
                said,
                indicators.KIND_WORDS.index(said) + 1 if said in indicators.KIND_WORDS else 0,
                task.meta.linea_base or 0,
                task.peso,
                *(shown(None if p is None else indicators.capped_points(p)) for p in points),
            ]

    @cached_property
    def _task_formulas(self) -> list[str]:
        group, own, row = self.groups.of_task, self.groups.of_operations, self._cell(self._first + _ROW)
        said, kind, base = (self._cell(self._first + n) for n in (_SAID, _KIND, _BASE))
        bases = self._of_task("linea_base"), row, self.operations.span("linea_base")
        planned, done = (
            MonthCells([self._of_task(f"{stem}_{month}") for month in MESES]) for stem in ("programado", "ejecutado")
        )
        return [
            indicators.row_of_operation_formula(self._of_task("operacion"), group, own),
            indicators.goal_words_formula(
                self._followed("tipo_meta", PUBLISHED_META.tipo), self._followed("sentido", PUBLISHED_META.sentido)
            ),
            indicators.goal_kind_formula(said),
            indicators.followed_base_formula(*bases),
            indicators.task_weight_formula(TASK_GROUP, group, self.tasks.span("peso"), self._of_task("peso")),
            *(
                indicators.goal_points_formula(kind, planned, done, (due.desde, due.hasta), due.conocido, base)
                for due in DUES
            ),
        ]

    def _followed(self, column: str, usual: str) -> str:
        """What a task says, or its operation, or what a blank means."""
        row = self._cell(self._first + _ROW)
        return indicators.followed_formula(self._of_task(column), row, self.operations.span(column), usual)

    def _rows_of_operations(self) -> Iterator[list[Shown]]:
        """The values of each row of Operaciones."""
        weights, totals = self.values.weights, self.values.totals
        for n in range(self.operations.capacity):
            coded = n < len(self.operations.records) and bool(self.values.coded[n].operacion)
            by_tasks = coded and self.values.of_operations[n].por_tareas
            found: list[Shown] = [int(by_tasks), weights[n] if weights and coded else ""]
            for due in DUES:
                own = totals[due.clave][n] if coded else None
                points = None if own is None or own.avance is None else indicators.capped(max(0.0, own.avance))
                found += [own.tareas if own else 0, shown(points)]
            yield found

    @property
    def _weights(self) -> str:
        """The cells with the weights of the operations; '' where the method uses none."""
        weighed = self.values.entidad.metodo == indicators.POR_PESOS
        return self._span(self._of_operations + 1) if weighed else ""

    @cached_property
    def _operation_formulas(self) -> list[str]:
        """Whether it goes by its tasks, its weight; of what is due, how many tasks count, and its points."""
        code, group, peso = self._of_operation("operacion"), self.groups.own, self._of_operation("peso")
        kinds, weights = (self._tasks_span(self._first + n) for n in (_KIND, _WEIGHT))
        by_tasks, spans = (
            self._cell(self._of_operations),
            (self.operations.span("operacion"), self.operations.span("peso")),
        )
        made = [
            indicators.by_tasks_formula(code, TASK_GROUP, group, kinds, self.values.by_tasks),
            indicators.operation_weight_formula(code, peso, *spans) if self._weights else '""',
        ]
        for n, due in enumerate(DUES):
            points = self._tasks_span(self._first + len(_OF_TASK) + n)
            mean = indicators.operation_mean_formula(TASK_GROUP, group, weights, points)
            columns = (self._columns(stem, due) for stem in ("programado", "ejecutado"))
            added = indicators.operation_sum_formula(TASK_GROUP, group, *columns)
            count = self._cell(self._counted(due.clave))
            made += [
                indicators.operation_count_formula(code, by_tasks, TASK_GROUP, group, points, weights),
                indicators.operation_points_formula(count, by_tasks, mean, added),
            ]
        return made

    def _columns(self, stem: str, due: Due) -> list[str]:
        """What the tasks programmed or executed: the sums of quarters where they are whole, else the months."""
        last = due.hasta if stem == "programado" else due.conocido
        months = MESES[due.desde - 1 : last]
        first, whole = due.desde // MONTHS_OF_A_QUARTER, len(months) // MONTHS_OF_A_QUARTER
        suffixes = TRIMESTRES[first : first + whole] if whole else months
        return [self.tasks.span(f"{stem}_{suffix}") for suffix in suffixes]

    # --- addresses ---

    def _counted(self, clave: str) -> int:
        return self._of_operations + len(_OF_OPERATION) + 2 * _place(clave)

    def _of_task(self, column: str) -> str:
        return f"{self.tasks.sheet.name}!${self.tasks.letter(column)}{{r}}"

    def _of_operation(self, column: str) -> str:
        return f"{self.operations.sheet.name}!${self.operations.letter(column)}{{r}}"

    def _cell(self, index: int) -> str:
        return f"{LISTS_SHEET}!${xl_col_to_name(index)}{{r}}"

    def _tasks_span(self, index: int) -> str:
        letter = xl_col_to_name(index)
        return f"{LISTS_SHEET}!${letter}${FIRST_ROW}:${letter}${self.tasks.last_row}"

    def _span(self, index: int) -> str:
        letter = xl_col_to_name(index)
        return f"{LISTS_SHEET}!${letter}${FIRST_ROW}:${letter}${self.operations.last_row}"


def _place(clave: str) -> int:
    return next(n for n, due in enumerate(DUES) if due.clave == clave)
