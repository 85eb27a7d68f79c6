"""Every formula and every rule of judgement of the evaluation, on plain numbers.

Percentages are points (0-100): 92.16, never 0.9216. Money is in Bs. A figure that does not exist
(nothing was programmed, nothing is in force) is None and shows as «n/a». Figures are not rounded: only a
judgement is of the figure at nine decimals (`judged`), and what is shown has two (`round_half_up`).

This module needs the standard library alone and Python 3.8, because the spreadsheet hosts carry a
copy of it. The thresholds below are the published ones of gestion 2024; an entity may state others in its
`Parametros` sheet, and they arrive here as arguments.
"""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Dict, Iterable, List, NamedTuple, Optional, Sequence, Tuple

FULL = 100.0
MONTHS_OF_A_YEAR = 12
QUARTERS_OF_A_YEAR = 4
Z_95 = 1.96
JUDGED_DECIMALS = 9
SIGNIFICANT_DIGITS = 15  # that spreadsheet programs keep of a number
_NO_SUCH_DECIMALS = 1e6  # from here on those digits leave fewer than nine decimals


class Banda(NamedTuple):
    """A band of the semaforo DGP. `minimo` is in points; a band reaches up to the next one's minimum."""

    minimo: float
    grado: str
    parametro: str
    calificacion: str
    evaluacion: str
    color: str


class Criterio(NamedTuple):
    """A level of the criterio DGAA: `minimos` are points of accumulated ejecucion, one for each quarter."""

    minimos: Tuple[float, float, float, float]
    evaluacion: str
    color: str


class Estadistica(NamedTuple):
    """Mean of n values with its sample deviation and the limits of the 95 % interval, in points."""

    n: int
    media: float
    desviacion: Optional[float]
    limite_inferior: Optional[float]
    limite_superior: Optional[float]


# From best to worst. The published bands leave gaps (69-70, 50-51, 8-9); here they are half-open, so that
# no value falls between two: [100], [70, 100), [51, 70), [9, 51), (0, 9), [0].
SEMAFORO_2024 = (
    Banda(100.0, "Concluido", "100%", "Excelente", "Óptimo", "azul"),
    Banda(70.0, "En proceso de ejecución", "70% - 99%", "Alto", "Satisfactorio", "verde"),
    Banda(51.0, "En proceso de ejecución", "51% - 69%", "Medio", "Bueno", "amarillo"),
    Banda(9.0, "Atrasado", "9% - 50%", "Bajo", "Regular", "naranja"),
    Banda(0.0, "En riesgo", "1% - 8%", "Muy bajo", "Deficiente", "rojo"),
    Banda(0.0, "Por iniciar", "0%", "Nulo", "Deficiente", "rojo"),
)

# On exactly the threshold the better level wins: the published table claims the value for both.
CRITERIO_DGAA_2024 = (
    Criterio((20.0, 43.0, 65.0, 85.0), "Óptimo", "verde"),
    Criterio((10.0, 33.0, 48.0, 65.0), "Aceptable", "amarillo"),
    Criterio((-math.inf, -math.inf, -math.inf, -math.inf), "En observación", "rojo"),
)


def _percentage(part: Optional[float], whole: Optional[float]) -> Optional[float]:
    if not whole:
        return None
    # Times 100 before the division: 29 of 100 must be 29, not 28.999999999999996, at a threshold.
    return (part or 0) * 100 / whole


def eficacia(logrado: Optional[float], esperado: Optional[float]) -> Optional[float]:
    """Achieved over expected, in points, uncapped; None where nothing (0 or blank) was expected."""
    return _percentage(logrado, esperado)


def ejecucion(devengado: Optional[float], vigente: Optional[float]) -> Optional[float]:
    """Accrued over budget in force at that cut-off, in points. A negative devengado is a legal reversal."""
    return _percentage(devengado, vigente)


def eficiencia(eficacia_acumulada: Optional[float], ejecucion_acumulada: Optional[float]) -> Optional[float]:
    """Accumulated eficacia ponderada over accumulated ejecucion, in points; None where nothing was executed."""
    if eficacia_acumulada is None:
        return None
    return _percentage(eficacia_acumulada, ejecucion_acumulada)


def operation_avance(programado: Optional[float], ejecutado: Optional[float]) -> Optional[float]:
    """Percentage of an operation in a period, raw: above 100 is over-execution. None: no programme, left out."""
    return _percentage(ejecutado, programado)


def capped(avance: float) -> float:
    """An avance as it counts for the unit: never above 100 points."""
    return min(FULL, avance)


def unit_avance(operations: Iterable[Tuple[Optional[float], int]]) -> Optional[float]:
    """Weighted avance of a unit in a period.

    `operations` are pairs (raw percentage of the operation, its tasks programmed in the period). Operations
    without programme (None) are left out; None where none is left. Published rule of section 4.1.
    """
    counted = [(capped(p), t) for p, t in operations if p is not None and t]
    weight = sum(t for _, t in counted)
    if not weight:
        return None
    return sum(p * t for p, t in counted) / weight


def weighted_avance(
    programado: Sequence[Optional[float]], ejecutado: Sequence[Optional[float]], operacion: Sequence[str]
) -> Optional[float]:
    """`unit_avance` from the tasks themselves: three sequences of equal length, one place a task.

    A task counts for its operation where it has a programme in the period (more than 0).
    """
    totals: Dict[str, List[float]] = {}
    for p, e, name in zip(programado, ejecutado, operacion):  # noqa: B905 - strict= is newer than the hosts' Pythons
        total = totals.setdefault(name, [0, 0, 0])
        total[0] += p or 0
        total[1] += e or 0
        total[2] += 1 if (p or 0) > 0 else 0
    return unit_avance((operation_avance(p, e), int(t)) for p, e, t in totals.values())


def eficacia_ponderada(avance: Optional[float], periodos: int = QUARTERS_OF_A_YEAR) -> Optional[float]:
    """Points that a period's avance adds to the year: avance / 4 for a quarter, / 12 for a month."""
    return None if avance is None else avance / periodos


def mean(values: Iterable[Optional[float]]) -> Optional[float]:
    """Plain mean of the values that exist; None where none does."""
    present = [v for v in values if v is not None]
    return sum(present) / len(present) if present else None


def total(values: Iterable[Optional[float]]) -> Optional[float]:
    """Sum of the values that exist; None where none does."""
    present = [v for v in values if v is not None]
    return sum(present) if present else None


def statistics_95(values: Iterable[Optional[float]]) -> Optional[Estadistica]:
    """n, mean, sample deviation and 95 % limits (mean ± 1.96·s/√n); with one value only n and mean exist."""
    present = [v for v in values if v is not None]
    n = len(present)
    if not n:
        return None
    centre = sum(present) / n
    if n == 1:
        return Estadistica(1, centre, None, None, None)
    deviation = math.sqrt(sum((v - centre) ** 2 for v in present) / (n - 1))
    margin = Z_95 * deviation / math.sqrt(n)
    return Estadistica(n, centre, deviation, centre - margin, centre + margin)


def judged(value: float) -> float:
    """A figure as every band, level and threshold takes it: half-up at nine decimals, as `ROUND(x,9)`.

    An exact 70 that is reached through 8/9 and 2/15 is the float 69.99999999999999; it is judged as the 70 that it is.
    Spreadsheet programs round what fifteen digits show of a number, so that is what is rounded here. They may differ
    from this only within 1e-12 of a half of the ninth decimal.
    """
    if abs(value) >= _NO_SUCH_DECIMALS:
        return value
    digits = Decimal("%.*g" % (SIGNIFICANT_DIGITS, value))
    return float(digits.quantize(Decimal(1).scaleb(-JUDGED_DECIMALS), rounding=ROUND_HALF_UP))


def reaches(value: float, minimo: float) -> bool:
    """Whether a figure is at least a threshold, both as they are judged."""
    return judged(value) >= judged(minimo)


def semaforo(avance: Optional[float], bandas: Sequence[Banda] = SEMAFORO_2024) -> Optional[Banda]:
    """The band of an avance as it is judged; above 100 counts as 100, below 0 as 0. None for a missing avance."""
    if avance is None:
        return None
    if judged(avance) <= 0:
        return bandas[-1]
    return next(banda for banda in bandas if reaches(avance, banda.minimo))


def criterio_dgaa(
    ejecucion_acumulada: Optional[float], trimestre: int, criterios: Sequence[Criterio] = CRITERIO_DGAA_2024
) -> Optional[Criterio]:
    """The level of an accumulated ejecucion, as it is judged, at the end of a quarter (1-4)."""
    if trimestre not in (1, 2, 3, 4):
        raise ValueError("trimestre")
    if ejecucion_acumulada is None:
        return None
    return next(c for c in criterios if reaches(ejecucion_acumulada, c.minimos[trimestre - 1]))


def over_executed(programado: Optional[float], ejecutado: Optional[float]) -> bool:
    """Whether more was executed than programmed: a percentage judged above 100, or anything without a programme."""
    avance = operation_avance(programado, ejecutado)
    return (ejecutado or 0) > 0 if avance is None else judged(avance) > FULL


def exceeds(amount: float, limit: float) -> bool:
    """Whether an amount in Bs is above another, both to the cent and without any tolerance."""
    return round_half_up(amount) > round_half_up(limit)


def differs(one: float, other: float, tolerance: float) -> bool:
    """Whether two amounts in Bs, to the cent, are further apart than the tolerance."""
    return abs(round_half_up(one - other)) > tolerance


def rango_ideal(trimestre: int) -> float:
    """Points of the year that are ideally reached at the end of a quarter, which is in so many of them: 25 to 100."""
    return FULL / QUARTERS_OF_A_YEAR * trimestre


def complete_mean(values: Iterable[Optional[float]]) -> Optional[float]:
    """Plain mean of all the values; None where one is missing or there are none."""
    known = list(values)
    return None if None in known else mean(known)


def round_half_up(value: float, decimals: int = 2) -> float:
    """A figure as it is shown: half goes away from zero, as the published tables do."""
    step = Decimal(1).scaleb(-decimals)
    # repr gives the shortest decimal that means this float, so 0.125 and 2.675 round as a reader expects.
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))
