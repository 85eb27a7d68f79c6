"""The goals of tasks as worksheet functions get them: months in ranges, kinds in cells that are blank or left out.

Of one task or of all tasks of a unit. What cannot be a goal is answered in words. Python 3.8 syntax and the standard
library alone.
"""
# ruff: noqa: UP006, UP035, UP045 - the Pythons of the spreadsheet programs are older

from typing import Any, Callable, List, NamedTuple, Optional, Sequence, Tuple

from poa_xl import indicators
from poa_xl.functions.arguments import CellError, GivenArgument, choice_or_blank, month, number, text
from poa_xl.indicators import ACUMULADA, MONTHS_OF_A_YEAR, GoalTask, Meta
from poa_xl.messages import answers


class UnitRows(NamedTuple):
    """The tasks of a unit that are not blank, and the operation of each."""

    tasks: List[GoalTask]
    operations: List[str]


# --- arguments ----------------------------------------------------------------------------------------------


def months(programado: Any, ejecutado: Any) -> Tuple[GivenArgument, ...]:
    """The months of a task or of several."""
    return GivenArgument("programado", programado, number), GivenArgument("ejecutado", ejecutado, number)


def span(desde: Any, hasta: Any) -> Tuple[GivenArgument, ...]:
    """The months of a period."""
    return GivenArgument("desde", desde, month), GivenArgument("hasta", hasta, month)


def operations(operacion: Any, hasta: Any) -> Tuple[GivenArgument, ...]:
    """The operations of the tasks of a unit, and the month of the cut-off."""
    return GivenArgument("operacion", operacion, text), GivenArgument("hasta", hasta, month)


def kind(tipo: Any, sentido: Any, base: Any) -> Tuple[GivenArgument, ...]:
    """What kind of goal; a base line of 0 is as good as none, so that LibreOffice's 0 of a blank cell does no harm."""
    return (
        GivenArgument("tipo", tipo, choice_or_blank(indicators.TIPOS_DE_META)),
        GivenArgument("sentido", sentido, choice_or_blank(indicators.SENTIDOS)),
        GivenArgument("base", base, number),
    )


# --- a task -------------------------------------------------------------------------------------------------


def task(
    programado: GivenArgument, ejecutado: GivenArgument, desde: GivenArgument, hasta: GivenArgument,
    *goal: GivenArgument,
) -> Optional[float]:  # fmt: skip
    """The points of a task in some months."""
    for argument in (programado, ejecutado):
        if sorted(argument.size) != [1, MONTHS_OF_A_YEAR]:
            raise CellError(answers.not_a_year(argument.name, MONTHS_OF_A_YEAR))
    planned, done = programado.flat(), ejecutado.flat()
    first, last = desde.single(), hasta.single()
    if last < first:
        raise CellError(answers.months_reversed(hasta.name, desde.name))
    meta = Meta(*(argument.single() for argument in goal))
    _judge(GoalTask(planned, done, meta), (programado, ejecutado), goal[1])
    return indicators.task_avance(planned, done, first, last, meta)


def _judge(of: GoalTask, ranges: Sequence[GivenArgument], sentido: GivenArgument, place: int = 0) -> None:
    """A goal that there cannot be, or whose running count goes down, is no figure."""
    if not indicators.meta_is_possible(of.meta):
        raise CellError(answers.no_such_goal(sentido.name, of.meta.tipo, of.meta.sentido, place))
    if of.meta.tipo != ACUMULADA:
        return
    for argument, said in zip(ranges, (of.programado, of.ejecutado)):  # noqa: B905 - strict= is newer
        fall = indicators.first_fall(said)
        if fall is not None:
            raise CellError(answers.falls(argument.name, *fall, place))


# --- a unit -------------------------------------------------------------------------------------------------


def unit_to_date(*given: GivenArgument) -> Optional[float]:
    """The avance a la fecha of a unit from its tasks."""
    return _unit(indicators.unit_to_date, given)


def unit_of_year(*given: GivenArgument) -> Optional[float]:
    """The cumplimiento of a unit from its tasks."""
    return _unit(indicators.unit_of_year, given)


def _unit(formula: Callable[..., Optional[float]], given: Sequence[GivenArgument]) -> Optional[float]:
    hasta = given[3].single()
    programado, ejecutado, operacion = given[:3]
    rows = _unit_rows(programado, ejecutado, operacion, given[4:])
    return formula(rows.tasks, rows.operations, hasta)


def _unit_rows(
    programado: GivenArgument, ejecutado: GivenArgument, operacion: GivenArgument, goal: Sequence[GivenArgument]
) -> UnitRows:
    count, width = programado.size
    if width != MONTHS_OF_A_YEAR:
        raise CellError(answers.not_a_year_each(programado.name, MONTHS_OF_A_YEAR))
    if ejecutado.size != programado.size:
        raise CellError(answers.other_size(ejecutado.name, programado.name))
    if sorted(operacion.size) != sorted((1, count)):
        raise CellError(answers.not_one_each(operacion.name, count))
    planned, done, codes = programado.rows(), ejecutado.rows(), operacion.flat()
    kinds = [_each(argument, count) for argument in goal]
    found = UnitRows([], [])
    for i, code in enumerate(codes):
        if not code and all(value is None for value in (*planned[i], *done[i])):
            continue
        if not code:
            raise CellError(answers.no_operation(operacion.name, i + 1))
        own = GoalTask(planned[i], done[i], Meta(*(values[i] for values in kinds)))
        _judge(own, (programado, ejecutado), goal[1], i + 1)
        found.tasks.append(own)
        found.operations.append(code)
    return found


def _each(argument: GivenArgument, count: int) -> List[Any]:
    """What an argument says of each task: one cell a task, or one for all."""
    if argument.size == (1, 1):
        return [argument.single()] * count
    if sorted(argument.size) != sorted((1, count)):
        raise CellError(answers.not_one_each(argument.name, count))
    return argument.flat()
