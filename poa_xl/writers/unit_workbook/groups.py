"""The groups of the sheet «Listas»: equal numbers for tasks and operations whose codes are equal, letter by letter.

Plain formulas add up the tasks of an operation by these numbers: a group is the first row of Tareas with its code. In
that row stand the points of the operation too, a period a column.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from poa_xl import indicators
from poa_xl.names import LISTS_SHEET
from poa_xl.writers.unit_workbook.goal_values import GoalValues
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW, TASK_GROUP, Plan
from poa_xl.writers.unit_workbook.values import PERIODOS, operation_code, operation_points
from poa_xl.writers.xlsx.formats import GENERAL, WHOLE, Formats

_TITLES = ("Operaciones de las tareas", "Grupo de tarea", "Grupo de operación")
_PERIODS = {p.suffix: p for p in PERIODOS if p.suffix}


@dataclass(frozen=True)
class Groups:
    """The columns from `first` (counted from 0) on; each row is that of Tareas or of Operaciones with its number."""

    first: int
    operations: Plan
    tasks: Plan
    goals: GoalValues | None = None

    @property
    def last(self) -> int:
        """The last column."""
        return self.first + len(_TITLES) + len(_PERIODS) - 1

    @property
    def own(self) -> str:
        """The cell with the group of an operation; `{r}` is its row."""
        return f"{LISTS_SHEET}!${self._letter(2)}{{r}}"

    @property
    def of_task(self) -> str:
        """The cell with the group of a task; `{r}` is its row."""
        return f"{LISTS_SHEET}!${self._letter(1)}{{r}}"

    @property
    def of_operations(self) -> str:
        """The cells with the groups of all operations."""
        letter = self._letter(2)
        return f"{LISTS_SHEET}!${letter}${FIRST_ROW}:${letter}${self.operations.last_row}"

    def points(self, suffix: str) -> str:
        """The cells with the points of all operations in a period."""
        return self._span(len(_TITLES) + list(_PERIODS).index(suffix))

    def fill(self, workbook: Workbook, worksheet: Worksheet, formats: Formats) -> None:
        """The columns with their titles, and the name of the tasks' groups."""
        titles = (*_TITLES, *(f"Puntos {p.titulo}" for p in _PERIODS.values()))
        for index, title in enumerate(titles, start=self.first):
            worksheet.write_string(HEADER_ROW - 1, index, title, formats.header())
        workbook.define_name(TASK_GROUP, "=" + self._span(1))
        for row, texts in enumerate(self._tasks(), start=FIRST_ROW):
            for index, (formula, value) in enumerate(texts):
                look = formats.computed(GENERAL if index == 0 else WHOLE)
                place = self.first + index + (index >= len(_TITLES) - 1)  # the groups of operations stand between
                worksheet.write_formula(row - 1, place, formula, look, value)
        groups = self._rows()
        for row, code in enumerate(_codes(self.operations), start=FIRST_ROW):
            listed = f"${self._letter(0)}${self.tasks.last_row}"
            group = "=" + indicators.operation_group_formula(_code_cell(self.operations, row), listed)
            worksheet.write_formula(row - 1, self.first + 2, group, formats.computed(WHOLE), groups.get(code, 0))

    def _tasks(self) -> Iterator[list[tuple[str, object]]]:
        """The formulas of each row of Tareas, with their values."""
        codes, rows = _codes(self.tasks), self._rows()
        points = operation_points(self.tasks.records, self.goals)
        listed, letter = indicators.listed_operations(codes, FIRST_ROW), self._letter(0)
        for row, (code, text) in enumerate(zip(codes, listed, strict=True), start=FIRST_ROW):
            own, group = _code_cell(self.tasks, row), f"${self._letter(1)}{row}"
            before = f"{letter}{row - 1}" if row > FIRST_ROW else '""'
            yield [
                ("=" + indicators.listed_operations_formula(own, before), text),
                ("=" + indicators.task_group_formula(own, f"{letter}{row}"), rows[code]),
                *(
                    ("=" + self._points(suffix, group), points.get((code, suffix), 0) if rows[code] == row else 0)
                    for suffix in _PERIODS
                ),
            ]

    def _points(self, suffix: str, group: str) -> str:
        planned, done = (self.tasks.span(f"{stem}_{suffix}") for stem in ("programado", "ejecutado"))
        return indicators.first_row_points_formula(TASK_GROUP, group, planned, done)

    def _rows(self) -> dict[str, int]:
        """Code -> its group."""
        rows: dict[str, int] = {}
        for row, code in enumerate(_codes(self.tasks), start=FIRST_ROW):
            rows.setdefault(code, row)
        return rows

    def _letter(self, index: int) -> str:
        return str(xl_col_to_name(self.first + index))

    def _span(self, index: int) -> str:
        letter = self._letter(index)
        return f"{LISTS_SHEET}!${letter}${FIRST_ROW}:${letter}${self.tasks.last_row}"


def _codes(plan: Plan) -> list[str]:
    codes = [operation_code(record) for record in plan.records]
    return codes + [""] * (plan.capacity - len(codes))


def _code_cell(plan: Plan, row: int) -> str:
    return f"{plan.sheet.name}!${plan.letter('operacion')}{row}"
