"""The worksheet functions: the only registry. Thin over `indicators`; every spreadsheet program reads this list.

A function's name is its name in the cell; its help and that of its arguments are words of the indicator
(`EFICACIA_FUNCTION`). Where xlwings is installed its decorators are applied; nothing here needs it. Python 3.8
syntax and the standard library alone: LibreOffice carries a copy.
"""
# ruff: noqa: UP006, UP035, UP045 - the Pythons of the spreadsheet programs are older
# ruff: noqa: D103, N802 - a function is called and described as its cell shows it

import inspect
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Tuple

from poa_xl import __version__, indicators
from poa_xl.functions import goals
from poa_xl.functions.arguments import (
    CellError,
    GivenArgument,
    choice,
    is_blank,
    number,
    over_ranges,
    over_tables,
    per_cell,
    text,
    whole,
)
from poa_xl.indicators import FunctionWords
from poa_xl.messages import answers

try:
    import xlwings
except ImportError:  # LibreOffice's own Python
    xlwings = None

BANDA, CRITERIO = tuple(indicators.SEMAFORO_SHOWS), tuple(indicators.CRITERIO_SHOWS)
VERSION_FUNCTION = FunctionWords("POA_VERSION", "Versión de las funciones de poa-xl; si aparece, están instaladas.", {})
_QUARTERS = ("1", "2", "3", "4")


@dataclass(frozen=True)
class Argument:
    """An argument as the user sees it."""

    name: str
    help: str
    optional: bool


@dataclass(frozen=True)
class Function:
    """A worksheet function as the user sees it, and what computes it."""

    name: str
    help: str
    arguments: Tuple[Argument, ...]
    call: Callable[..., Any]


FUNCTIONS: List[Function] = []


def _worksheet(words: FunctionWords) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a function on the list with the words of its indicator, and hand it to xlwings where that is installed."""

    def register(call: Callable[..., Any]) -> Callable[..., Any]:
        optional: Dict[str, bool] = {
            name: parameter.default is not inspect.Parameter.empty
            for name, parameter in inspect.signature(call).parameters.items()
        }
        if (call.__name__, list(optional)) != (words.name, list(words.arguments)):
            raise TypeError(f"{call.__name__}: name or arguments are not those of its words")
        call.__doc__ = words.help
        arguments = tuple(Argument(name, help_text, optional[name]) for name, help_text in words.arguments.items())
        FUNCTIONS.append(Function(words.name, words.help, arguments, call))
        return call if xlwings is None else _for_xlwings(call, words.arguments)

    return register


def _for_xlwings(call: Callable[..., Any], helps: Dict[str, str]) -> Callable[..., Any]:
    call = xlwings.func(call)
    for name, help_text in helps.items():
        # Two dimensions keep a column apart from a row; errors arrive as the text that the cell shows.
        call = xlwings.arg(name, doc=help_text, ndim=2, err_to_str=True)(call)
    return call


@_worksheet(indicators.EFICACIA_FUNCTION)
def EFICACIA(logrado: Any, esperado: Any) -> Any:
    return per_cell(
        indicators.eficacia, GivenArgument("logrado", logrado, number), GivenArgument("esperado", esperado, number)
    )


@_worksheet(indicators.EJECUCION_FUNCTION)
def EJECUCION(devengado: Any, vigente: Any) -> Any:
    return per_cell(
        indicators.ejecucion, GivenArgument("devengado", devengado, number), GivenArgument("vigente", vigente, number)
    )


@_worksheet(indicators.EFICIENCIA_FUNCTION)
def EFICIENCIA(eficacia: Any, ejecucion: Any) -> Any:
    return per_cell(
        indicators.eficiencia,
        GivenArgument("eficacia", eficacia, number),
        GivenArgument("ejecucion", ejecucion, number),
    )


@_worksheet(indicators.EFICACIA_PONDERADA_FUNCTION)
def EFICACIA_PONDERADA(avance: Any, periodos: Any = None) -> Any:
    return per_cell(
        indicators.eficacia_ponderada,
        GivenArgument("avance", avance, number),
        GivenArgument("periodos", periodos, _periods),
    )


@_worksheet(indicators.AVANCE_FISICO_FUNCTION)
def AVANCE_FISICO(programado: Any, ejecutado: Any, operacion: Any) -> Any:
    return over_ranges(
        _weighted,
        GivenArgument("programado", programado, number),
        GivenArgument("ejecutado", ejecutado, number),
        GivenArgument("operacion", operacion, text),
    )


@_worksheet(indicators.META_TAREA_FUNCTION)
def META_TAREA(
    programado: Any,
    ejecutado: Any,
    desde: Any,
    hasta: Any,
    tipo: Any = None,
    sentido: Any = None,
    base: Any = None,
) -> Any:
    return over_tables(
        goals.task, *goals.months(programado, ejecutado), *goals.span(desde, hasta),
        *goals.kind(tipo, sentido, base),
    )  # fmt: skip


@_worksheet(indicators.AVANCE_A_LA_FECHA_FUNCTION)
def AVANCE_A_LA_FECHA(
    programado: Any,
    ejecutado: Any,
    operacion: Any,
    hasta: Any,
    tipo: Any = None,
    sentido: Any = None,
    base: Any = None,
) -> Any:
    return over_tables(
        goals.unit_to_date, *goals.months(programado, ejecutado), *goals.operations(operacion, hasta),
        *goals.kind(tipo, sentido, base),
    )  # fmt: skip


@_worksheet(indicators.CUMPLIMIENTO_FUNCTION)
def CUMPLIMIENTO(
    programado: Any,
    ejecutado: Any,
    operacion: Any,
    hasta: Any,
    tipo: Any = None,
    sentido: Any = None,
    base: Any = None,
) -> Any:
    return over_tables(
        goals.unit_of_year, *goals.months(programado, ejecutado), *goals.operations(operacion, hasta),
        *goals.kind(tipo, sentido, base),
    )  # fmt: skip


@_worksheet(indicators.SEMAFORO_FUNCTION)
def SEMAFORO(avance: Any, que: Any = None) -> Any:
    return per_cell(_band, GivenArgument("avance", avance, number), GivenArgument("que", que, choice(BANDA)))


@_worksheet(indicators.CRITERIO_FUNCTION)
def CRITERIO_DGAA(ejecucion: Any, trimestre: Any, que: Any = None) -> Any:
    return per_cell(
        _level,
        GivenArgument("ejecucion", ejecucion, number),
        GivenArgument("trimestre", trimestre, _quarter),
        GivenArgument("que", que, choice(CRITERIO)),
    )


@_worksheet(indicators.LIMITE_INFERIOR_FUNCTION)
def LIMITE_INFERIOR_95(rango: Any) -> Any:
    return over_ranges(indicators.limite_inferior, GivenArgument("rango", rango, number))


@_worksheet(indicators.LIMITE_SUPERIOR_FUNCTION)
def LIMITE_SUPERIOR_95(rango: Any) -> Any:
    return over_ranges(indicators.limite_superior, GivenArgument("rango", rango, number))


@_worksheet(VERSION_FUNCTION)
def POA_VERSION() -> str:
    return __version__


def _periods(argument: str, raw: Any) -> int:
    if is_blank(raw):
        return indicators.QUARTERS_OF_A_YEAR
    periods = whole(argument, raw)
    if periods is None or not 1 <= periods <= indicators.MONTHS_OF_A_YEAR:
        raise CellError(answers.not_a_period_count(argument, indicators.MONTHS_OF_A_YEAR))
    return periods


def _quarter(argument: str, raw: Any) -> int:
    quarter = whole(argument, raw)
    if quarter is None or str(quarter) not in _QUARTERS:
        raise CellError(answers.not_a_choice(argument, _QUARTERS))
    return quarter


def _weighted(planned: List[Optional[float]], done: List[Optional[float]], operations: List[str]) -> Optional[float]:
    for i, operation in enumerate(operations):
        if not operation and (planned[i] is not None or done[i] is not None):
            raise CellError(answers.no_operation("operacion", i + 1))
    return indicators.weighted_avance(planned, done, operations)


def _band(avance: Optional[float], que: str) -> Optional[str]:
    banda = indicators.semaforo(avance)
    return None if banda is None else str(getattr(banda, indicators.SEMAFORO_SHOWS[que]))


def _level(ejecucion: Optional[float], trimestre: int, que: str) -> Optional[str]:
    criterio = indicators.criterio_dgaa(ejecucion, trimestre)
    return None if criterio is None else str(getattr(criterio, indicators.CRITERIO_SHOWS[que]))
