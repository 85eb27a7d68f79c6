"""The formulas of a unit workbook, as text for Excel 2016 and LibreOffice, without array entry.

A formula of a table sheet carries `{r}` where its row number goes. With `poa` the indicators are the worksheet
functions of poa-xl (`=EFICACIA(…)`), without it plain formulas with the same values.

Operation codes are compared with EXACT, never with SUMIF or COUNTIF: those take the texts «1.1» and «1.10» for one
number.
"""

from poa_xl.indicators import MONTHS_OF_A_YEAR, QUARTERS_OF_A_YEAR
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, Plan
from poa_xl.writers.unit_workbook.values import PERIODOS, SPANS, Periodo
from poa_xl.writers.xlsx.formats import MISSING, judged_formula

REPORTED = "trimestre_reportado"  # defined name: the cell «Trimestre que se reporta» of the sheet Unidad
TASK_GROUP = "grupo_de_tarea"  # defined name: for each task, the last row of Tareas with the same operation
CHOOSE_QUARTER = "Elija el «Trimestre que se reporta» en la hoja Unidad."
CHOOSE_QUARTER_FORMULA = f'=IF(N({REPORTED})=0,"{CHOOSE_QUARTER}","")'
Formulas = dict[str, str]


def ratio(poa: bool, function: str, part: str, whole: str) -> str:
    """Part over whole in points. The plain form multiplies first, as `indicators` does, so that floats agree."""
    return f"{function}({part},{whole})" if poa else f'IF(N({whole})=0,"{MISSING}",{part}*100/{whole})'


def _sum_of_months(plan: Plan, stem: str, suffix: str) -> str:
    """Sum over the months; "" in a row with nothing in it, from its first column to the last month."""
    months = SPANS[suffix]
    first, last = (plan.letter(f"{stem}_{mes}") for mes in (months[0], months[-1]))
    inputs = [c for c in plan.sheet.columns if not c.computed]
    start, end = plan.letter(inputs[0].name), plan.letter(inputs[-1].name)
    return f'=IF(COUNTA(${start}{{r}}:${end}{{r}})=0,"",SUM(${first}{{r}}:${last}{{r}}))'


def tareas(plan: Plan, poa: bool) -> Formulas:
    """Sums and eficacia of each task by period."""
    formulas: Formulas = {}
    for suffix in SPANS:
        planned, done = (f"{plan.letter(f'{stem}_{suffix}')}{{r}}" for stem in ("programado", "ejecutado"))
        for stem in ("programado", "ejecutado"):
            formulas[f"{stem}_{suffix}"] = _sum_of_months(plan, stem, suffix)
        formulas[f"eficacia_{suffix}"] = f'=IF({planned}="","",{ratio(poa, "EFICACIA", done, planned)})'
    return formulas


def operaciones(plan: Plan, tasks: Plan, poa: bool) -> Formulas:
    """Tasks with programme and percentage of each operation by period."""
    code = f"${plan.letter('operacion')}{{r}}"
    own = f"EXACT({tasks.span('operacion')},{code})"
    formulas: Formulas = {}
    for suffix in SPANS:
        planned, done = tasks.span(f"programado_{suffix}"), tasks.span(f"ejecutado_{suffix}")
        # An empty row holds the text "", which is greater than any number.
        count = f"SUMPRODUCT({own}*ISNUMBER({planned})*({planned}>0))"
        total_planned, total_done = (f"SUMPRODUCT(--{own},{span})" for span in (planned, done))
        formulas[f"tareas_{suffix}"] = f'=IF({code}="","",{count})'
        formulas[f"avance_{suffix}"] = f'=IF({code}="","",{ratio(poa, "EFICACIA", total_done, total_planned)})'
    return formulas


def presupuesto(plan: Plan, poa: bool) -> Formulas:
    """Devengado and percentage of execution of each budget row by period."""
    vigente = f"${plan.letter('vigente')}{{r}}"
    formulas: Formulas = {}
    for suffix in SPANS:
        spent = f"{plan.letter(f'devengado_{suffix}')}{{r}}"
        formulas[f"devengado_{suffix}"] = _sum_of_months(plan, "devengado", suffix)
        formulas[f"ejecucion_{suffix}"] = f'=IF({spent}="","",{ratio(poa, "EJECUCION", spent, vigente)})'
    return formulas


def task_group(tasks: Plan, row: int) -> str:
    """The last row of Tareas whose operation is the one of this row: a number that stands for the operation."""
    codes = tasks.span("operacion")
    own = f"{tasks.sheet.name}!${tasks.letter('operacion')}{row}"
    return f"=SUMPRODUCT(MAX(EXACT({codes},{own})*ROW({codes})))"


def _plain_avance(planned: str, done: str) -> str:
    """Avance of the unit over two columns of Tareas.

    Each operation counts once, at the task that closes its group: its tasks with programme times its percentage, at
    most 100. IF would not work on whole columns without array entry, so conditions are factors of 0 or 1.
    """
    group = TASK_GROUP
    total_planned, total_done = f"SUMIF({group},{group},{planned})", f"SUMIF({group},{group},{done})"
    percentage = (
        f"(({total_done}>={total_planned})*100"
        f"+({total_done}<{total_planned})*{total_done}*100/({total_planned}+({total_planned}=0)))"
    )
    weight = f'COUNTIFS({group},{group},{planned},">0")'
    total = f"SUMPRODUCT(({group}=ROW({group}))*{weight}*{percentage})"
    return f'IF(COUNTIF({planned},">0")=0,"{MISSING}",{total}/COUNTIF({planned},">0"))'


def _avance(period: Periodo, tasks: Plan, poa: bool) -> str:
    planned, done = tasks.span(f"programado_{period.suffix}"), tasks.span(f"ejecutado_{period.suffix}")
    if poa:
        return f"AVANCE_FISICO({planned},{done},{tasks.span('operacion')})"
    return _plain_avance(planned, done)


def _quarter_cells(letter: str, until: int) -> str:
    """The cells of the quarters 1 to `until` in a column of the Resumen: `B8,B12`."""
    rows = [FIRST_ROW + i for i, p in enumerate(PERIODOS) if p.tipo == "trimestre" and p.trimestre <= until]
    return ",".join(f"{letter}{row}" for row in rows)


def _passing_on(cell: str, formula: str) -> str:
    """The formula where the cell is a number; else what the cell shows: «n/a» or nothing."""
    return f"=IF(ISNUMBER({cell}),{formula},{cell})"


class Resumen:
    """Formulas of the sheet Resumen, one period after the other.

    With `own_thresholds` the words come from the tables of the sheet Listas even with `poa`: the worksheet functions
    carry the published thresholds built in.
    """

    def __init__(self, plan: Plan, tasks: Plan, budget: Plan, poa: bool, own_thresholds: bool) -> None:
        self._tasks, self._budget, self._poa = tasks, budget, poa
        self._poa_words = poa and not own_thresholds
        self._letters = {c.name: plan.letter(c.name) for c in plan.sheet.columns}

    def period(self, period: Periodo, row: int) -> Formulas:
        """Column name -> formula of a period that stands in a row."""
        cell = {name: f"{letter}{row}" for name, letter in self._letters.items()}
        spent = ratio(self._poa, "EJECUCION", cell["devengado"], cell["vigente"])
        formulas = {
            "avance": self._until(period, self._average(period)),
            "eficacia_ponderada": self._weighted(period, cell["avance"]),
            "devengado": self._until(period, self._accrued(period)),
            "vigente": self._until(period, f"SUM({self._budget.span('vigente')})"),
            "ejecucion": f'=IF({cell["devengado"]}="","",{spent})',
            "semaforo": _passing_on(cell["avance"], self._band(cell["avance"])),
        }
        if period.tipo == "acumulado":
            formulas |= self._accumulated(period, cell)
        return formulas

    def _until(self, period: Periodo, formula: str) -> str:
        return f'=IF(N({REPORTED})>={period.trimestre},{formula},"")'

    def _average(self, period: Periodo) -> str:
        if period.tipo != "acumulado":
            return _avance(period, self._tasks, self._poa)
        quarters = _quarter_cells(self._letters["avance"], period.trimestre)
        # COUNT passes over errors; without the second part a quarter that shows #NAME? would read «n/a» here.
        return f'IF(COUNT({quarters})+ISERROR(SUM({quarters}))=0,"{MISSING}",AVERAGE({quarters}))'

    def _weighted(self, period: Periodo, avance: str) -> str:
        if period.tipo == "acumulado":
            quarters = _quarter_cells(self._letters["eficacia_ponderada"], period.trimestre)
            return _passing_on(avance, f"SUM({quarters})")
        periods = MONTHS_OF_A_YEAR if period.tipo == "mes" else QUARTERS_OF_A_YEAR
        return _passing_on(avance, f"EFICACIA_PONDERADA({avance},{periods})" if self._poa else f"{avance}/{periods}")

    def _accrued(self, period: Periodo) -> str:
        if period.tipo == "acumulado":
            return f"SUM({_quarter_cells(self._letters['devengado'], period.trimestre)})"
        return f"SUM({self._budget.span(f'devengado_{period.suffix}')})"

    def _band(self, avance: str) -> str:
        if self._poa_words:
            return f"SEMAFORO({avance})"
        value = judged_formula(avance)
        return f"IF({value}<=0,semaforo_nulo,LOOKUP({value},semaforo_desde,semaforo_palabra))"

    def _accumulated(self, period: Periodo, cell: dict[str, str]) -> Formulas:
        weighted, spent, quarter = cell["eficacia_ponderada"], cell["ejecucion"], period.trimestre
        both = f"AND(ISNUMBER({weighted}),ISNUMBER({spent}))"
        level = f"LOOKUP({judged_formula(spent)},criterio_desde_{quarter}T,criterio_palabra)"
        if self._poa_words:
            level = f"CRITERIO_DGAA({spent},{quarter})"
        efficiency = ratio(self._poa, "EFICIENCIA", weighted, spent)
        return {
            "eficiencia": f'=IF({both},{efficiency},IF({weighted}="","","{MISSING}"))',
            "criterio_dgaa": _passing_on(spent, level),
        }
