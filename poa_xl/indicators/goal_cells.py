"""The helper cells of goals in a unit's workbook: what each computes, given the cells that it is about.

`groups` is the column with the groups of the tasks (`task_group_formula`), `group` the cell with that of a task or of
an operation. A cell that is blank, or whose operation is not known, is as the published method has it.
"""

from typing import Sequence

from poa_xl.indicators.avance import AVANCE_CAP, operation_by_tasks_count_formula, unit_avance_master_formula
from poa_xl.indicators.eficacia import eficacia_bare_formula
from poa_xl.indicators.meta_de_tarea import (
    AUMENTAR,
    ONLY_UPWARDS,
    SENTIDOS,
    TIPOS_DE_META,
    Due,
    Meta,
    MonthCells,
    task_formula,
)
from poa_xl.indicators.not_available import MISSING_TEXT
from poa_xl.indicators.ratio import FULL
from poa_xl.indicators.weights import weighted_mean_master_formula

# The kinds of goal, by their numbers from 1: a task of the first is added up. 0 is none.
KINDS_OF_GOAL = tuple(
    Meta(tipo, sentido)
    for tipo in TIPOS_DE_META
    for sentido in SENTIDOS
    if sentido == AUMENTAR or tipo not in ONLY_UPWARDS
)
KIND_WORDS = tuple(f"{meta.tipo}-{meta.sentido}" for meta in KINDS_OF_GOAL)
ADDED_UP = 1  # the kind of goal whose tasks are


# --- of a task ----------------------------------------------------------------------------------------------


def row_of_operation_formula(operacion: str, group: str, groups_of_operations: str) -> str:
    """The row of the operation among the operations; 0 where there is none."""
    return f'IF({operacion}="",0,IFERROR(MATCH({group},{groups_of_operations},0),0))'


def followed_formula(own: str, row: str, operations: str, usual: str) -> str:
    """What a task says, or its operation, or what a blank means."""
    above = f"INDEX({operations},{row})"
    return f'IF({own}<>"",{own},IF({row}=0,"{usual}",IF({above}="","{usual}",{above})))'


def followed_base_formula(own: str, row: str, operations: str) -> str:
    """The base line of a task, or that of its operation; 0 without one, which is above no goal."""
    return f'IF({own}<>"",{own},IF({row}=0,0,INDEX({operations},{row})))'


def goal_words_formula(tipo: str, sentido: str) -> str:
    """What kind and sense a goal has, in words."""
    return f'{tipo}&"-"&{sentido}'


def goal_kind_formula(words: str) -> str:
    """The number of the kind of goal."""
    listed = ";".join(f'"{known}"' for known in KIND_WORDS)
    return f"IFERROR(MATCH({words},{{{listed}}},0),0)"


def task_weight_formula(groups: str, group: str, weights: str, own: str) -> str:
    """As `weights_of` among the tasks of an operation."""
    whole = f'SUMPRODUCT(({groups}={group})*({weights}<>""))=COUNTIF({groups},{group})'
    return f"IF(AND({whole},SUMIF({groups},{group},{weights})>0),{own},1)"


def goal_points_formula(
    kind: str, programado: MonthCells, ejecutado: MonthCells, due: Due, known: int, base: str
) -> str:
    """The points that count of a task, whatever kind of goal it has."""
    each = [task_formula(meta, programado, ejecutado, due, known, base).capped for meta in KINDS_OF_GOAL]
    return f"IF({kind}=0,{MISSING_TEXT},CHOOSE({kind},{','.join(each)}))"


def added_or_formula(kind: str, added: str, other: str = MISSING_TEXT) -> str:
    """A formula of a task that is added up, and another for every other kind of goal."""
    return f"IF({kind}={ADDED_UP},{added},{other})"


# --- of an operation ----------------------------------------------------------------------------------------


def by_tasks_formula(operacion: str, groups: str, group: str, kinds: str, always: bool) -> str:
    """1 where an operation is the mean of its tasks, 0 where these are added up."""
    unlike = f"{group}>0" if always else f'COUNTIFS({groups},{group},{kinds},"<>{ADDED_UP}")>0'
    return f'IF({operacion}="",0,IF({unlike},1,0))'


def by_tasks_or_formula(by_tasks: str, mean: str, added: str) -> str:
    """The figure of an operation: as the mean of its tasks, or of their sums."""
    return f"IF({by_tasks}=1,{mean},{added})"


def operation_weight_formula(operacion: str, own: str, operations: str, weights: str) -> str:
    """The weight of an operation where all that have a code have one; else nothing."""
    whole = f'SUMPRODUCT(({operations}<>"")*({weights}<>""))=SUMPRODUCT(1*({operations}<>""))'
    return f'IF(AND({operacion}<>"",{whole},SUM({weights})>0),{own},"")'


def operation_count_formula(operacion: str, by_tasks: str, groups: str, group: str, points: str, weights: str) -> str:
    """How many tasks of an operation have a figure; where it goes by its tasks, those that weigh something."""
    weighed = operation_by_tasks_count_formula(points, weights, groups, group)
    return f'IF({operacion}="",0,IF({by_tasks}=1,{weighed},COUNTIFS({groups},{group},{points},">=0")))'


def operation_mean_formula(groups: str, group: str, weights: str, points: str) -> str:
    """The mean of the tasks of an operation, by their weights, where one has a figure.

    A range by itself takes «n/a» as 0.
    """
    whole = f'SUMIFS({weights},{groups},{group},{points},">=0")'
    return f"SUMPRODUCT(({groups}={group})*{weights},{points})/{whole}"


def operation_sum_formula(groups: str, group: str, programado: Sequence[str], ejecutado: Sequence[str]) -> str:
    """The points that count of an operation whose tasks are added up, over columns of months or quarters."""
    planned, done = (
        "+".join(f"SUMIF({groups},{group},{column})" for column in columns) for columns in (programado, ejecutado)
    )
    return f"MAX(0,MIN({FULL:g},{eficacia_bare_formula(f'({done})', f'({planned})')}))"


def operation_points_formula(count: str, by_tasks: str, mean: str, added: str) -> str:
    """The points with which an operation counts for its unit; «n/a» where no task has a figure."""
    points = by_tasks_or_formula(by_tasks, mean, added)
    return f"IF({count}=0,{MISSING_TEXT},{points if AVANCE_CAP == FULL else f'MIN({AVANCE_CAP:g},{points})'})"


# --- of the unit --------------------------------------------------------------------------------------------


def all_added_up_formula(by_tasks: str, weights: str = "") -> str:
    """Whether all tasks of the unit are added up and no operation counts by a weight: the published method."""
    weighed = f",SUM({weights})=0" if weights else ""
    return f"AND(SUM({by_tasks})=0{weighed})"


def unit_points_formula(counted: str, points: str, weights: str = "") -> str:
    """The points of the unit, from its operations: by their tasks, or by their weights where these count."""
    by_count = unit_avance_master_formula(points, counted)
    if not weights:
        return by_count
    return f"IF(SUM({weights})=0,{by_count},{weighted_mean_master_formula([(points, weights)])})"


def either_formula(condition: str, one: str, other: str) -> str:
    """One formula where a condition holds, and another where it does not."""
    return f"IF({condition},{one},{other})"
