"""The values that the computed cells of a unit workbook show, all from `poa_xl.indicators`.

They are written beside the formulas, so that a workbook shows its figures before any program recalculates it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from poa_xl import indicators
from poa_xl.entity import Entidad
from poa_xl.evaluation.goals import TareaEvaluada, TareasDeOperacion
from poa_xl.indicators import MONTHS_OF_A_QUARTER
from poa_xl.sheets import MESES, TRIMESTRES
from poa_xl.writers.unit_workbook.goal_values import OF_YEAR, TO_DATE, GoalValues, due_of
from poa_xl.writers.unit_workbook.layout import Record
from poa_xl.writers.xlsx.cells import number
from poa_xl.writers.xlsx.formats import MISSING

Shown = float | str
# Suffix of a computed column -> the months that it covers.
SPANS: dict[str, tuple[str, ...]] = {
    **{t: MESES[i * MONTHS_OF_A_QUARTER : (i + 1) * MONTHS_OF_A_QUARTER] for i, t in enumerate(TRIMESTRES)},
    "gestion": MESES,
}


@dataclass(frozen=True)
class ResumenRow:
    """A row of the Resumen. `trimestre` is the quarter (1-4) it belongs to; `meses` are the months it covers."""

    titulo: str
    tipo: str  # mes, trimestre or acumulado
    trimestre: int
    meses: tuple[str, ...]
    suffix: str = ""  # of the columns of Tareas and Presupuesto; an accumulated row has none

    @property
    def periodos(self) -> int:
        """How many such periods a year has, of a month or a quarter."""
        return indicators.MONTHS_OF_A_YEAR if self.tipo == "mes" else indicators.QUARTERS_OF_A_YEAR


def _periods() -> tuple[ResumenRow, ...]:
    rows: list[ResumenRow] = []
    for q, suffix in enumerate(TRIMESTRES, start=1):
        rows += [ResumenRow(mes, "mes", q, (mes,), mes) for mes in SPANS[suffix]]
        rows.append(ResumenRow(f"{q}T", "trimestre", q, SPANS[suffix], suffix))
    titles = ("Acumulado al 1T", "Acumulado al 2T (semestre)", "Acumulado al 3T", "Gestión")
    rows += [ResumenRow(t, "acumulado", q, MESES[: q * MONTHS_OF_A_QUARTER]) for q, t in enumerate(titles, start=1)]
    return tuple(rows)


PERIODOS = _periods()


def shown(value: float | None) -> Shown:
    """A figure as its cell shows it; one that does not exist is «n/a»."""
    return MISSING if value is None else value


def _sum(record: Record, stem: str, months: Sequence[str]) -> float:
    return indicators.total(number(record.get(f"{stem}_{mes}")) for mes in months) or 0


def tarea(record: Record, evaluated: TareaEvaluada | None = None) -> dict[str, Shown]:
    """Computed columns of a task; of one whose goal is no sum, its points and no sums."""
    values: dict[str, Shown] = {}
    for suffix, months in SPANS.items():
        if evaluated and evaluated.meta.tipo != indicators.SUMA:
            points = evaluated.figure(due_of(suffix))
            values |= {f"programado_{suffix}": MISSING, f"ejecutado_{suffix}": MISSING}
            values[f"eficacia_{suffix}"] = shown(None if points is None else indicators.capped_points(points))
            continue
        planned, done = _sum(record, "programado", months), _sum(record, "ejecutado", months)
        values[f"programado_{suffix}"] = planned
        values[f"ejecutado_{suffix}"] = done
        values[f"eficacia_{suffix}"] = shown(indicators.eficacia(done, planned))
    return values


def operacion(record: Record, tasks: Sequence[Record], evaluated: TareasDeOperacion | None = None) -> dict[str, Shown]:
    """Computed columns of an operation, from the tasks that carry its code."""
    own = [t for t in tasks if operation_code(t) == operation_code(record)]
    values: dict[str, Shown] = {}
    for suffix, months in SPANS.items():
        if evaluated and evaluated.por_tareas:
            totals = evaluated.totals(due_of(suffix))
            avance = None if totals.avance is None else indicators.capped(totals.avance)
        else:
            totals = _totals(own, months)
            avance = totals.avance
        values[f"tareas_{suffix}"] = totals.tareas
        values[f"avance_{suffix}"] = shown(avance)
    return values


def operation_points(tasks: Sequence[Record], goals: GoalValues | None = None) -> dict[tuple[str, str], float]:
    """Operation and period -> the points of the operation for its unit, as the helper cells of Listas show them.

    Tasks whose goals are no sums show none in a quarter, and so add nothing there; no other cell then uses these.
    """
    own: dict[str, list[tuple[Record, bool]]] = {}
    for n, task in enumerate(tasks):
        added = goals is None or goals.evaluated[n].meta.tipo == indicators.SUMA
        own.setdefault(operation_code(task), []).append((task, added))
    return {
        (code, period.suffix): indicators.operation_points(
            _totals([task for task, added in rows if added or period.tipo == "mes"], period.meses)
        )
        for code, rows in own.items()
        for period in PERIODOS
        if period.suffix
    }


def _totals(tasks: Sequence[Record], months: Sequence[str]) -> indicators.OperationTotals:
    return indicators.operation_totals(
        [_sum(t, "programado", months) for t in tasks], [_sum(t, "ejecutado", months) for t in tasks]
    )


def operation_code(record: Record) -> str:
    """The operation of a task, or of itself, as text."""
    value = record.get("operacion")
    return "" if value is None else str(value)


def presupuesto(record: Record) -> dict[str, Shown]:
    """Computed columns of a budget row."""
    vigente = number(record.get("vigente"))
    values: dict[str, Shown] = {}
    for suffix, months in SPANS.items():
        spent = _sum(record, "devengado", months)
        values[f"devengado_{suffix}"] = spent
        values[f"ejecucion_{suffix}"] = shown(indicators.ejecucion(spent, vigente))
    return values


def resumen(
    entidad: Entidad, data: Mapping[str, Sequence[Record]], trimestre: object, goals: GoalValues | None = None
) -> list[dict[str, Shown]]:
    """One record a period; periods after the reported quarter are blank. `goals` where the template has them."""
    reported = number(trimestre) or 0
    avances = {p.suffix: _avance(data["tareas"], p, goals) for p in PERIODOS if p.suffix}
    return [_period(entidad, data, p, avances, goals) if p.trimestre <= reported else _no_period(p) for p in PERIODOS]


def _no_period(period: ResumenRow) -> dict[str, Shown]:
    return {"periodo": period.titulo}


def _avance(tasks: Sequence[Record], period: ResumenRow, goals: GoalValues | None) -> float | None:
    if goals and not goals.added_up:
        return goals.unit(due_of(period.suffix))
    return indicators.weighted_avance(
        [_sum(t, "programado", period.meses) for t in tasks],
        [_sum(t, "ejecutado", period.meses) for t in tasks],
        [operation_code(t) for t in tasks],
    )


def _period(
    entidad: Entidad,
    data: Mapping[str, Sequence[Record]],
    period: ResumenRow,
    avances: Mapping[str, float | None],
    goals: GoalValues | None,
) -> dict[str, Shown]:
    avance, ponderada = _progress(period, avances)
    budget = data["presupuesto"]
    devengado = indicators.total(_sum(b, "devengado", period.meses) for b in budget) or 0
    vigente = indicators.total(number(b.get("vigente")) for b in budget) or 0
    ejecucion = indicators.ejecucion(devengado, vigente)
    banda = indicators.semaforo(avance, entidad.semaforo)
    values = {
        "periodo": period.titulo,
        "avance": shown(avance),
        "eficacia_ponderada": shown(ponderada),
        "devengado": devengado,
        "vigente": vigente,
        "ejecucion": shown(ejecucion),
        "semaforo": MISSING if banda is None else banda.evaluacion,
    }
    if period.tipo == "acumulado":
        criterio = indicators.criterio_dgaa(ejecucion, period.trimestre, entidad.criterio_dgaa)
        values["eficiencia"] = shown(indicators.eficiencia(ponderada, ejecucion))
        values["criterio_dgaa"] = MISSING if criterio is None else criterio.evaluacion
        values |= _at_cut(entidad, period.trimestre, goals) if goals else {}
    return values


def _at_cut(entidad: Entidad, quarter: int, goals: GoalValues) -> dict[str, Shown]:
    """Of what is due since January, and in the year."""
    reached = goals.unit(TO_DATE[quarter])
    banda = indicators.semaforo(reached, entidad.semaforo)
    return {
        "a_la_fecha": shown(reached),
        "semaforo_a_la_fecha": MISSING if banda is None else banda.evaluacion,
        "cumplimiento": shown(goals.unit(OF_YEAR[quarter])),
        "rango_ideal": indicators.rango_ideal(quarter),
    }


def _progress(period: ResumenRow, avances: Mapping[str, float | None]) -> tuple[float | None, float | None]:
    """Avance and eficacia ponderada of a period; `avances` are those of the months and quarters."""
    if period.tipo == "acumulado":
        quarters = [avances[suffix] for suffix in TRIMESTRES[: period.trimestre]]
        eficacias = (indicators.eficacia_ponderada(a) for a in quarters)
        return indicators.accumulated_avance(quarters), indicators.accumulated_eficacia(eficacias)
    avance = avances[period.suffix]
    return avance, indicators.eficacia_ponderada(avance, period.periodos)
