"""The formulas of a unit workbook, as text for Excel 2016 and LibreOffice, without array entry.

A formula of a table sheet carries `{r}` where its row number goes. With `poa` the indicators are the worksheet
functions of poa-xl (`=EFICACIA(…)`), or the plain formula where they are not installed; without it plain formulas
alone. All have the same values.

What an indicator is stands in `poa_xl.indicators`; here is only which cells each formula is about.

Operation codes are never compared with SUMIF or COUNTIF, which take the texts «1.1» and «1.10» for one number, but the
groups of the sheet Listas, which are numbers.
"""

from collections.abc import Callable

from poa_xl import indicators
from poa_xl.writers.unit_workbook.goal_values import OF_YEAR, TO_DATE, due_of
from poa_xl.writers.unit_workbook.goals import GoalCells
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, REPORTED, TASK_GROUP, Plan
from poa_xl.writers.unit_workbook.values import PERIODOS, SPANS, ResumenRow

CHOOSE_QUARTER = "Elija el «Trimestre que se reporta» en la hoja Unidad."
CHOOSE_QUARTER_FORMULA = f'=IF(N({REPORTED})=0,"{CHOOSE_QUARTER}","")'
Formulas = dict[str, str]


def _sum_of_months(plan: Plan, stem: str, suffix: str, kind: str = "") -> str:
    """Sum over the months; "" in a row with nothing in it, from its first column to the last month."""
    months = SPANS[suffix]
    first, last = (plan.letter(f"{stem}_{mes}") for mes in (months[0], months[-1]))
    inputs = [c for c in plan.sheet.columns if not c.computed]
    start, end = plan.letter(inputs[0].name), plan.letter(inputs[-1].name)
    total = f"SUM(${first}{{r}}:${last}{{r}})"
    if kind:
        total = indicators.added_or_formula(kind, total)
    return f'=IF(COUNTA(${start}{{r}}:${end}{{r}})=0,"",{total})'


def tareas(plan: Plan, poa: bool, goals: GoalCells | None = None) -> Formulas:
    """Sums and eficacia of each task by period; of a goal whose months are not added up, its points and no sums."""
    formulas: Formulas = {}
    for suffix in SPANS:
        planned, done = (f"{plan.letter(f'{stem}_{suffix}')}{{r}}" for stem in ("programado", "ejecutado"))
        eficacia = indicators.eficacia_formula(done, planned, poa)
        if goals:
            eficacia = indicators.added_or_formula(goals.kind, eficacia, goals.points(due_of(suffix).clave))
        for stem in ("programado", "ejecutado"):
            formulas[f"{stem}_{suffix}"] = _sum_of_months(plan, stem, suffix, goals.kind if goals else "")
        formulas[f"eficacia_{suffix}"] = f'=IF({planned}="","",{eficacia})'
    return formulas


def operaciones(plan: Plan, tasks: Plan, group: str, poa: bool, goals: GoalCells | None = None) -> Formulas:
    """Tasks with programme and percentage of each operation by period; `group` is the cell with its group."""
    code = f"${plan.letter('operacion')}{{r}}"
    formulas: Formulas = {}
    for suffix in SPANS:
        planned, done = tasks.span(f"programado_{suffix}"), tasks.span(f"ejecutado_{suffix}")
        count = indicators.operation_tasks_formula(TASK_GROUP, group, planned)
        avance = indicators.operation_avance_formula(TASK_GROUP, group, planned, done, poa)
        if goals:
            due = due_of(suffix).clave
            count = indicators.by_tasks_or_formula(goals.by_tasks, goals.counted(due), count)
            avance = indicators.by_tasks_or_formula(goals.by_tasks, goals.reached(due), avance)
        formulas[f"tareas_{suffix}"] = f'=IF({code}="","",{count})'
        formulas[f"avance_{suffix}"] = f'=IF({code}="","",{avance})'
    return formulas


def presupuesto(plan: Plan, poa: bool) -> Formulas:
    """Devengado and percentage of execution of each budget row by period."""
    vigente = f"${plan.letter('vigente')}{{r}}"
    formulas: Formulas = {}
    for suffix in SPANS:
        spent = f"{plan.letter(f'devengado_{suffix}')}{{r}}"
        formulas[f"devengado_{suffix}"] = _sum_of_months(plan, "devengado", suffix)
        formulas[f"ejecucion_{suffix}"] = f'=IF({spent}="","",{indicators.ejecucion_formula(spent, vigente, poa)})'
    return formulas


def _quarter_cells(letter: str, until: int) -> str:
    """The cells of the quarters 1 to `until` in a column of the Resumen: `B8,B12`."""
    rows = [FIRST_ROW + i for i, p in enumerate(PERIODOS) if p.tipo == "trimestre" and p.trimestre <= until]
    return ",".join(f"{letter}{row}" for row in rows)


class Resumen:
    """Formulas of the sheet Resumen, one period after the other.

    `points` gives the cells with the points of operations in a period. With `own_thresholds` the words come from the
    tables of the sheet Listas even with `poa`: the worksheet functions carry the published thresholds built in.
    """

    def __init__(
        self,
        plan: Plan,
        tasks: Plan,
        budget: Plan,
        points: Callable[[str], str],
        poa: bool,
        own_thresholds: bool,
        goals: GoalCells | None = None,
    ) -> None:
        self._tasks, self._budget, self._points, self._poa, self._goals = tasks, budget, points, poa, goals
        self._poa_words = poa and not own_thresholds
        self._letters = {c.name: plan.letter(c.name) for c in plan.sheet.columns}

    def period(self, period: ResumenRow, row: int) -> Formulas:
        """Column name -> formula of a period that stands in a row."""
        cell = {name: f"{letter}{row}" for name, letter in self._letters.items()}
        spent = indicators.ejecucion_formula(cell["devengado"], cell["vigente"], self._poa)
        band = indicators.semaforo_formula(cell["avance"], self._poa_words)
        formulas = {
            "avance": self._until(period, self._average(period)),
            "eficacia_ponderada": self._weighted(period, cell["avance"]),
            "devengado": self._until(period, self._accrued(period)),
            "vigente": self._until(period, f"SUM({self._budget.span('vigente')})"),
            "ejecucion": f'=IF({cell["devengado"]}="","",{spent})',
            "semaforo": "=" + indicators.passing_on(cell["avance"], band),
        }
        if period.tipo == "acumulado":
            formulas |= self._accumulated(period, cell)
        return formulas

    def _until(self, period: ResumenRow, formula: str) -> str:
        return f'=IF(N({REPORTED})>={period.trimestre},{formula},"")'

    def _average(self, period: ResumenRow) -> str:
        if period.tipo != "acumulado":
            tasks, suffix = self._tasks, period.suffix
            planned, done = tasks.span(f"programado_{suffix}"), tasks.span(f"ejecutado_{suffix}")
            codes, points = tasks.span("operacion"), self._points(suffix)
            added_up = indicators.unit_avance_formula(planned, done, codes, points, self._poa)
            goals = self._goals
            return indicators.either_formula(goals.added_up, added_up, goals.unit(suffix)) if goals else added_up
        quarters = _quarter_cells(self._letters["avance"], period.trimestre)
        return indicators.accumulated_avance_formula(quarters)

    def _weighted(self, period: ResumenRow, avance: str) -> str:
        if period.tipo == "acumulado":
            quarters = _quarter_cells(self._letters["eficacia_ponderada"], period.trimestre)
            return "=" + indicators.accumulated_eficacia_formula(avance, quarters)
        return "=" + indicators.eficacia_ponderada_formula(avance, period.periodos, self._poa)

    def _accrued(self, period: ResumenRow) -> str:
        if period.tipo == "acumulado":
            return f"SUM({_quarter_cells(self._letters['devengado'], period.trimestre)})"
        return f"SUM({self._budget.span(f'devengado_{period.suffix}')})"

    def _accumulated(self, period: ResumenRow, cell: dict[str, str]) -> Formulas:
        weighted, spent = cell["eficacia_ponderada"], cell["ejecucion"]
        level = indicators.criterio_formula(spent, period.trimestre, self._poa_words)
        return {
            "eficiencia": "=" + indicators.eficiencia_formula(weighted, spent, self._poa),
            "criterio_dgaa": "=" + indicators.passing_on(spent, level),
            **(self._at_cut(period, cell, self._goals) if self._goals else {}),
        }

    def _at_cut(self, period: ResumenRow, cell: dict[str, str], goals: GoalCells) -> Formulas:
        """Of what is due since January, and in the year."""
        quarter, reached = period.trimestre, cell["a_la_fecha"]
        band = indicators.semaforo_formula(reached, self._poa_words)
        return {
            "a_la_fecha": self._until(period, goals.unit(TO_DATE[quarter].clave)),
            "semaforo_a_la_fecha": "=" + indicators.passing_on(reached, band),
            "cumplimiento": self._until(period, goals.unit(OF_YEAR[quarter].clave)),
            "rango_ideal": self._until(period, f"{indicators.rango_ideal(quarter):g}"),
        }
