"""Avance físico: of an operation from its tasks, of a unit from its operations (published rule of section 4.1).

An operation counts with at most 100 points and weighs as many tasks as have a programme in the period.
"""

from typing import Dict, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from poa_xl.indicators.eficacia import eficacia, eficacia_bare_formula, eficacia_data_formula, eficacia_formula
from poa_xl.indicators.means import total
from poa_xl.indicators.meta_de_tarea import capped_points
from poa_xl.indicators.not_available import MISSING_TEXT, where_number
from poa_xl.indicators.ratio import FULL
from poa_xl.indicators.rounding import JUDGED_DECIMALS, judged
from poa_xl.indicators.weights import weighted_mean
from poa_xl.indicators.words import DECISION, METODO, FunctionWords, Words

AVANCE_CAP = FULL  # points with which an operation counts for its unit, at most

AVANCE_OPERACION = Words(
    name="Avance de la operación",
    formula="Σ ejecutado / Σ programado × 100",
    definition="Según el cronograma de sus tareas. Sin programación en el periodo, la operación no cuenta.",
    missing="nada programado en el periodo",
    origin=METODO,
    rules=(
        "Una operación sin programación en el periodo no cuenta: ni en el numerador ni en el denominador. "
        f"**{DECISION}** Si ejecutó algo, se avisa (`TAR-004`) y esa ejecución no cuenta.",
        f"Hay sobreejecución si el porcentaje de la operación, a {JUDGED_DECIMALS} decimales, es mayor que {FULL:g}. "
        f"**{DECISION}**",
    ),
    note="Ejecutado entre programado por 100 de las tareas de la operación en el periodo.",
)
TAREAS_DE_LA_OPERACION = Words(
    name="Tareas de la operación", note="Tareas de la operación con programación en el periodo."
)
AVANCE_UNIDAD = Words(
    name="Avance de la unidad",
    formula="Σ (avance de la operación × tareas) / Σ tareas",
    definition=f"Cada operación vale {AVANCE_CAP:g} como máximo; cuentan las tareas con programación en el periodo.",
    missing="ninguna operación con programación",
    origin=f"{METODO}; el tope, {DECISION}",
    short="la unidad, de sus operaciones",
    rules=(
        f"En el avance de la unidad, cada operación vale **{AVANCE_CAP:g} como máximo** y pesa según el número de sus "
        f"tareas con programación en el periodo. **{DECISION}** El porcentaje sin tope se conserva y se avisa la "
        "sobreejecución (`TAR-005`).",
    ),
    note=(
        "Promedio de las operaciones ponderado por sus tareas programadas en el periodo; cada operación vale "
        f"{AVANCE_CAP:g} como máximo."
    ),
    guide=(
        "Cuánto se hizo de lo programado: promedio de las operaciones según sus tareas. Cada operación vale "
        f"{AVANCE_CAP:g} como máximo"
    ),
    term="Cuánto se ejecutó de lo programado, en puntos; de una unidad, ponderado por tareas",
)
AVANCE_FISICO_FUNCTION = FunctionWords(
    name="AVANCE_FISICO",
    help=(
        f"Avance físico ponderado: cada operación vale {AVANCE_CAP:g} como máximo y pesa según sus tareas programadas."
    ),
    arguments={
        "programado": "Rango con lo programado de cada tarea en el periodo.",
        "ejecutado": "Rango del mismo tamaño con lo ejecutado de cada tarea.",
        "operacion": "Rango del mismo tamaño con el código de la operación de cada tarea.",
    },
)
CAPPED_TITLE = f"% (máx. {AVANCE_CAP:g})"  # of the column of the master with the points that count
# What TAR-005 says of an operation that executed more than it programmed, and TAR-004 of one that programmed nothing.
CAPPED_MESSAGE, UNPROGRAMMED_MESSAGE = f"Cuenta como {AVANCE_CAP:g} %.", "Esa ejecución no cuenta."


class OperationTotals(NamedTuple):
    """What the tasks of an operation sum in a period, and how many of them count."""

    programado: Optional[float]  # None where the tasks are not added up
    ejecutado: Optional[float]
    tareas: int
    avance: Optional[float]  # raw: above 100 is over-execution


# --- an operation -------------------------------------------------------------------------------------------


def task_counts(programado: Optional[float]) -> bool:
    """Whether a task counts for its operation in a period: it has a programme."""
    return (programado or 0) > 0


def operation_avance(programado: Optional[float], ejecutado: Optional[float]) -> Optional[float]:
    """Percentage of an operation in a period, raw: above 100 is over-execution. None: no programme, left out."""
    return eficacia(ejecutado, programado)


def operation_totals(programado: Sequence[Optional[float]], ejecutado: Sequence[Optional[float]]) -> OperationTotals:
    """An operation from its tasks in a period: what each has programmed, and all that was executed."""
    planned, done = total(programado), total(ejecutado)
    return OperationTotals(planned, done, sum(1 for p in programado if task_counts(p)), operation_avance(planned, done))


def operation_by_tasks(tasks: Sequence[Tuple[Optional[float], float]]) -> OperationTotals:
    """An operation whose tasks are not added up, from the raw points and the weight of each.

    Those with a figure count, each with at most 100 points and at least 0.
    """
    points = [(None if raw is None else capped_points(raw), weight) for raw, weight in tasks]
    return OperationTotals(None, None, sum(1 for p, _ in points if p is not None), weighted_mean(points))


def over_executed(programado: Optional[float], ejecutado: Optional[float]) -> bool:
    """Whether more was executed than programmed: a percentage judged above 100, or anything without a programme."""
    avance = operation_avance(programado, ejecutado)
    return (ejecutado or 0) > 0 if avance is None else judged(avance) > FULL


def operation_tasks_formula(own: str, programado: str) -> str:
    """The tasks that count, in a unit's workbook; `own` is TRUE for each row of the operation.

    An empty row holds the text "", which is greater than any number.
    """
    return f"SUMPRODUCT({own}*ISNUMBER({programado})*({programado}>0))"


def operation_avance_formula(own: str, programado: str, ejecutado: str, functions: bool = False) -> str:
    """The percentage in a unit's workbook, over whole columns of Tareas."""
    planned, done = (f"SUMPRODUCT(--{own},{column})" for column in (programado, ejecutado))
    return eficacia_formula(done, planned, functions)


def operation_tasks_master_formula(programado: str) -> str:
    """The tasks that count, in the master; the range holds those of the operation alone."""
    return f'COUNTIF({programado},">0")'


def operation_avance_master_formula(programado: str, ejecutado: str) -> str:
    """The percentage in the master, from the cells with the two sums."""
    return eficacia_data_formula(ejecutado, programado)


# --- a unit -------------------------------------------------------------------------------------------------


def capped(avance: float) -> float:
    """An avance as it counts for the unit: never above 100 points."""
    return min(AVANCE_CAP, avance)


def capped_master_formula(avance: str) -> str:
    """As `capped`, of a cell that may show «n/a»."""
    return where_number(avance, f"MIN({AVANCE_CAP:g},{avance})")


def unit_avance(operations: Iterable[Tuple[Optional[float], float]]) -> Optional[float]:
    """Weighted avance of a unit in a period.

    `operations` are pairs (raw percentage of the operation, its tasks programmed in the period or its weight).
    Operations without programme (None) are left out; None where none is left.
    """
    counted = [(capped(p), t) for p, t in operations if p is not None and t]
    weight = sum(t for _, t in counted)
    if not weight:
        return None
    return sum(p * t for p, t in counted) / weight


def weighted_avance(
    programado: Sequence[Optional[float]], ejecutado: Sequence[Optional[float]], operacion: Sequence[str]
) -> Optional[float]:
    """`unit_avance` from the tasks themselves: three sequences of equal length, one place a task."""
    tasks: Dict[str, Tuple[List[Optional[float]], List[Optional[float]]]] = {}
    for p, e, name in zip(programado, ejecutado, operacion):  # noqa: B905 - strict= is newer than the hosts' Pythons
        planned, done = tasks.setdefault(name, ([], []))
        planned.append(p)
        done.append(e)
    operations = (operation_totals(planned, done) for planned, done in tasks.values())
    return unit_avance((o.avance, o.tareas) for o in operations)


def unit_avance_formula(programado: str, ejecutado: str, operacion: str, group: str, functions: bool = False) -> str:
    """In a unit's workbook, over two whole columns of Tareas and that of the operations.

    Plain, `group` names the numbers of `task_group_formula`. Each operation counts once, at the task that closes its
    group: its tasks with programme times its percentage, at most 100. IF would not work on whole columns without array
    entry, so conditions are factors of 0 or 1.
    """
    if functions:
        return AVANCE_FISICO_FUNCTION.call(programado, ejecutado, operacion)
    planned, done = f"SUMIF({group},{group},{programado})", f"SUMIF({group},{group},{ejecutado})"
    limit = planned if AVANCE_CAP == FULL else f"{planned}*{AVANCE_CAP / FULL:g}"
    below = eficacia_bare_formula(done, f"({planned}+({planned}=0))")
    percentage = f"(({done}>={limit})*{AVANCE_CAP:g}+({done}<{limit})*{below})"
    weight = f'COUNTIFS({group},{group},{programado},">0")'
    points = f"SUMPRODUCT(({group}=ROW({group}))*{weight}*{percentage})"
    return f'IF(COUNTIF({programado},">0")=0,{MISSING_TEXT},{points}/COUNTIF({programado},">0"))'


def task_group_formula(operacion: str, own: str) -> str:
    """A number that stands for the operation of a task: the last row of the column with the same code as `own`."""
    return f"SUMPRODUCT(MAX(EXACT({operacion},{own})*ROW({operacion})))"


def unit_avance_master_formula(points: str, tareas: str) -> str:
    """In the master, from the capped percentages of the unit's operations and their tasks."""
    return f"IF(SUM({tareas})=0,{MISSING_TEXT},SUMPRODUCT({points},{tareas})/SUM({tareas}))"
