"""The values that the computed cells of a unit workbook show, all from `poa_xl.indicators`.

They are written beside the formulas, so that a workbook shows its figures before any program recalculates it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from poa_xl import indicators
from poa_xl.entity import Entidad
from poa_xl.sheets import MESES, TRIMESTRES
from poa_xl.writers.unit_workbook.layout import Record
from poa_xl.writers.xlsx.cells import number
from poa_xl.writers.xlsx.formats import MISSING

Shown = float | str
MONTHS_OF_QUARTER = 3
# Suffix of a computed column -> the months that it covers.
SPANS: dict[str, tuple[str, ...]] = {
    **{t: MESES[i * MONTHS_OF_QUARTER : (i + 1) * MONTHS_OF_QUARTER] for i, t in enumerate(TRIMESTRES)},
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
    rows += [ResumenRow(t, "acumulado", q, MESES[: q * MONTHS_OF_QUARTER]) for q, t in enumerate(titles, start=1)]
    return tuple(rows)


PERIODOS = _periods()


def shown(value: float | None) -> Shown:
    """A figure as its cell shows it; one that does not exist is «n/a»."""
    return MISSING if value is None else value


def _sum(record: Record, stem: str, months: Sequence[str]) -> float:
    return indicators.total(number(record.get(f"{stem}_{mes}")) for mes in months) or 0


def tarea(record: Record) -> dict[str, Shown]:
    """Computed columns of a task."""
    values: dict[str, Shown] = {}
    for suffix, months in SPANS.items():
        planned, done = _sum(record, "programado", months), _sum(record, "ejecutado", months)
        values[f"programado_{suffix}"] = planned
        values[f"ejecutado_{suffix}"] = done
        values[f"eficacia_{suffix}"] = shown(indicators.eficacia(done, planned))
    return values


def operacion(record: Record, tasks: Sequence[Record]) -> dict[str, Shown]:
    """Computed columns of an operation, from the tasks that carry its code."""
    own = [t for t in tasks if operation_code(t) == operation_code(record)]
    values: dict[str, Shown] = {}
    for suffix, months in SPANS.items():
        totals = _totals(own, months)
        values[f"tareas_{suffix}"] = totals.tareas
        values[f"avance_{suffix}"] = shown(totals.avance)
    return values


def operation_points(tasks: Sequence[Record]) -> dict[tuple[str, str], float]:
    """Operation and period -> the points of the operation for its unit, as the helper cells of Listas show them."""
    own: dict[str, list[Record]] = {}
    for task in tasks:
        own.setdefault(operation_code(task), []).append(task)
    return {
        (code, period.suffix): indicators.operation_points(_totals(rows, period.meses))
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


def resumen(entidad: Entidad, data: Mapping[str, Sequence[Record]], trimestre: object) -> list[dict[str, Shown]]:
    """One record a period; periods after the reported quarter are blank."""
    reported = number(trimestre) or 0
    avances = _quarter_avances(data["tareas"])
    return [_period(entidad, data, p, avances) if p.trimestre <= reported else _no_period(p) for p in PERIODOS]


def _no_period(period: ResumenRow) -> dict[str, Shown]:
    return {"periodo": period.titulo}


def _avance(tasks: Sequence[Record], months: Sequence[str]) -> float | None:
    return indicators.weighted_avance(
        [_sum(t, "programado", months) for t in tasks],
        [_sum(t, "ejecutado", months) for t in tasks],
        [operation_code(t) for t in tasks],
    )


def _quarter_avances(tasks: Sequence[Record]) -> list[float | None]:
    return [_avance(tasks, SPANS[suffix]) for suffix in TRIMESTRES]


def _period(
    entidad: Entidad, data: Mapping[str, Sequence[Record]], period: ResumenRow, quarters: Sequence[float | None]
) -> dict[str, Shown]:
    avance, ponderada = _progress(data["tareas"], period, quarters[: period.trimestre])
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
    return values


def _progress(
    tasks: Sequence[Record], period: ResumenRow, quarters: Sequence[float | None]
) -> tuple[float | None, float | None]:
    """Avance and eficacia ponderada of a period; `quarters` are the avances up to and with its quarter."""
    if period.tipo == "acumulado":
        eficacias = (indicators.eficacia_ponderada(a) for a in quarters)
        return indicators.accumulated_avance(quarters), indicators.accumulated_eficacia(eficacias)
    avance = _avance(tasks, period.meses)
    return avance, indicators.eficacia_ponderada(avance, period.periodos)
