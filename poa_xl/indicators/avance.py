"""Avance físico: of an operation from its tasks, of a unit from its operations (published rule of section 4.1).

An operation counts with at most 100 points and weighs as many tasks as have a programme in the period.
"""

from typing import Dict, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from poa_xl.indicators.eficacia import eficacia, eficacia_bare_formula, eficacia_data_formula, eficacia_formula
from poa_xl.indicators.means import total
from poa_xl.indicators.meta_de_tarea import PUBLISHED_META, SUMA, Due, Meta, Months, capped_points, task_figure
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
# In Criterios, of an entity all of whose operations are the mean of their tasks.
AVANCE_OPERACION_POR_TAREAS = Words(
    name=AVANCE_OPERACION.name,
    formula="Σ (peso × porcentaje de la tarea) / Σ pesos",
    definition=(
        f"De sus tareas con programación en el periodo, cada una de 0 a {FULL:g}; si alguna de sus tareas no lleva "
        "peso, todas cuentan igual. Sin programación en el periodo, la operación no cuenta."
    ),
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
# In Criterios, of an entity by weights.
AVANCE_UNIDAD_POR_PESOS = Words(
    name=AVANCE_UNIDAD.name,
    formula="Σ (peso × avance de la operación) / Σ pesos",
    definition=(
        f"Cada operación vale {AVANCE_CAP:g} como máximo; cuentan las que tienen programación en el periodo. En una "
        "unidad que no da peso a todas, pesan según sus tareas con programación en el periodo."
    ),
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
SUMA_DE_TAREAS, POR_TAREAS = "suma", "tareas"
METODOS_DE_OPERACION = {  # metodo_operacion of Parametros -> in words
    SUMA_DE_TAREAS: "La suma de lo ejecutado en sus tareas entre la de lo programado",
    POR_TAREAS: "Promedio de los porcentajes de sus tareas, cada uno con 100 como máximo, según sus pesos",
}
# Beside the method in Parametros.
METODO_DE_OPERACION = (
    "suma: el avance de una operación es lo ejecutado entre lo programado de todas sus tareas; tareas: el promedio de "
    "los porcentajes de sus tareas. Sin la fila, suma."
)
_OPEN, _CLOSE, _ROW_MARK = "«", "»", 1_000_000  # around a code in the text of all codes; the mark gives rows one length
CAPPED_TITLE = f"% (máx. {AVANCE_CAP:g})"  # of the column of the master with the points that count
# What TAR-005 says of an operation that executed more than it programmed, and TAR-004 of one that programmed nothing.
CAPPED_MESSAGE, UNPROGRAMMED_MESSAGE = f"Cuenta como {AVANCE_CAP:g} %.", "Esa ejecución no cuenta."


class OperationTotals(NamedTuple):
    """What the tasks of an operation sum in a period, and how many of them count."""

    programado: Optional[float]  # None where the tasks are not added up
    ejecutado: Optional[float]
    tareas: int
    avance: Optional[float]  # raw: above 100 is over-execution


class GoalTask(NamedTuple):
    """A task by its twelve months, with its goal and its weight among the tasks of its operation."""

    programado: Months
    ejecutado: Months
    meta: Meta = PUBLISHED_META
    peso: float = 1.0


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


def added_up(metas: Iterable[Meta], metodo: str = SUMA_DE_TAREAS) -> bool:
    """Whether the tasks of an operation are added up: the method says so and all their goals are sums."""
    return metodo == SUMA_DE_TAREAS and all(meta.tipo == SUMA for meta in metas)


def operation_by_tasks(tasks: Sequence[Tuple[Optional[float], float]]) -> OperationTotals:
    """An operation whose tasks are not added up, from the raw points and the weight of each.

    Those with a figure and a weight above 0 count, each with at most 100 points and at least 0.
    """
    points = [(None if raw is None else capped_points(raw), weight) for raw, weight in tasks]
    return OperationTotals(None, None, sum(1 for p, w in points if p is not None and w), weighted_mean(points))


def operation_by_tasks_count_formula(points: str, weights: str, *group: str) -> str:
    """How many tasks count of it, from their points and weights; of the whole of Tareas, those of a group."""
    return f'COUNTIFS({"".join(f"{part}," for part in group)}{points},">=0",{weights},">0")'


def operation_reached(tasks: Sequence[GoalTask], due: Due, known: int, by_tasks: bool) -> OperationTotals:
    """An operation of what was due in some months (1-12), done up to the month `known`; `by_tasks`: not added up."""
    if by_tasks:
        return operation_by_tasks([(task_figure(t.programado, t.ejecutado, due, known, t.meta), t.peso) for t in tasks])
    first, last = due
    return operation_totals(
        [total(t.programado[first - 1 : last]) for t in tasks],
        [value for t in tasks for value in t.ejecutado[first - 1 : known]],
    )


def over_executed(programado: Optional[float], ejecutado: Optional[float]) -> bool:
    """Whether more was executed than programmed: a percentage judged above 100, or anything without a programme."""
    avance = operation_avance(programado, ejecutado)
    return (ejecutado or 0) > 0 if avance is None else judged(avance) > FULL


def operation_tasks_formula(group: str, own: str, programado: str) -> str:
    """The tasks that count, in a unit's workbook: `group` is the column of the tasks' groups, `own` the operation's."""
    return f'COUNTIFS({group},{own},{programado},">0")'


def operation_avance_formula(group: str, own: str, programado: str, ejecutado: str, functions: bool = False) -> str:
    """The percentage in a unit's workbook, over whole columns of Tareas."""
    planned, done = (f"SUMIF({group},{own},{column})" for column in (programado, ejecutado))
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


def unit_reached(tasks: Sequence[GoalTask], operacion: Sequence[str], due: Due, known: int) -> Optional[float]:
    """`unit_avance` of what was due in some months from the tasks themselves and the operation of each.

    An operation with a goal that is no sum is the mean of its tasks, every other one is added up.
    """
    operations: Dict[str, List[GoalTask]] = {}
    for task, name in zip(tasks, operacion):  # noqa: B905 - strict= is newer than the hosts' Pythons
        operations.setdefault(name, []).append(task)
    reached = (
        operation_reached(own, due, known, by_tasks=not added_up(t.meta for t in own)) for own in operations.values()
    )
    return unit_avance((o.avance, o.tareas) for o in reached)


def unit_avance_formula(programado: str, ejecutado: str, operacion: str, points: str, functions: bool = False) -> str:
    """In a unit's workbook, over two whole columns of Tareas, that of the operations and the points of each of them."""
    tasks = f'COUNTIF({programado},">0")'
    plain = f"IF({tasks}=0,{MISSING_TEXT},SUM({points})/{tasks})"
    return AVANCE_FISICO_FUNCTION.call_or(plain, programado, ejecutado, operacion) if functions else plain


def operation_points(totals: OperationTotals) -> float:
    """What an operation adds to its unit in a period: its percentage, at most 100, times its tasks that count."""
    return 0 if totals.avance is None else capped(totals.avance) * totals.tareas


def first_row_points_formula(group: str, own: str, programado: str, ejecutado: str) -> str:
    """As `operation_points`, in a unit's workbook, in the first row of the operation in Tareas; 0 in its other rows."""
    planned, done = (f"SUMIF({group},{own},{column})" for column in (programado, ejecutado))
    percentage = f"MIN({AVANCE_CAP:g},{eficacia_bare_formula(done, planned)})"
    tasks = operation_tasks_formula(group, own, programado)
    return f"IF({own}<>ROW(),0,IF({planned}=0,0,{tasks}*{percentage}))"


# A code is looked for with FIND in a text of all codes, each before the row in which it first stands: the one way to
# tell «op-1» from «OP-1» and «1.1» from «1.10» that Excel, LibreOffice and Gnumeric share. `=`, MATCH and SUMIF do not
# tell them apart, and Gnumeric gives EXACT no whole column.


def listed_operations_formula(operacion: str, before: str) -> str:
    """The text of the codes down to a row of Tareas: that of the row `before`, and the own code where it is new."""
    own = _listed(operacion)
    return f'{before}&IF(ISNUMBER(FIND({own},{before})),"",{own}&({_ROW_MARK}+ROW()))'


def task_group_formula(operacion: str, listed: str) -> str:
    """A number that stands for the operation of a task: the first row with its code, from the text of the codes."""
    own = _listed(operacion)
    return f"VALUE(MID({listed},FIND({own},{listed})+LEN({own}),{len(str(_ROW_MARK))}))-{_ROW_MARK}"


def operation_group_formula(operacion: str, listed: str) -> str:
    """As `task_group_formula`, of an operation that may have no tasks: then 0."""
    return f"IF(ISNUMBER(FIND({_listed(operacion)},{listed})),{task_group_formula(operacion, listed)},0)"


def listed_operations(operaciones: Sequence[str], first_row: int) -> List[str]:
    """What the cells of `listed_operations_formula` show."""
    texts: List[str] = []
    for row, code in enumerate(operaciones, first_row):
        before = texts[-1] if texts else ""
        own = _OPEN + code + _CLOSE
        texts.append(before if own in before else f"{before}{own}{_ROW_MARK + row}")
    return texts


def _listed(operacion: str) -> str:
    return f'"{_OPEN}"&{operacion}&"{_CLOSE}"'


def unit_avance_master_formula(points: str, tareas: str) -> str:
    """In the master, from the capped percentages of the unit's operations and their tasks."""
    return f"IF(SUM({tareas})=0,{MISSING_TEXT},SUMPRODUCT({points},{tareas})/SUM({tareas}))"


def capped_said(avance: str) -> str:
    """The rule with its number."""
    return f"{avance}, con {AVANCE_CAP:g} como máximo"
