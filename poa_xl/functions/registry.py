"""The worksheet functions: the only registry. Thin over `indicators`; every spreadsheet program reads this list.

A function's name is its name in the cell, its docstring (Spanish) the help that the user sees; the help of its
arguments stands above it. Where xlwings is installed its decorators are applied; nothing here needs it. Python 3.8
syntax and the standard library alone: LibreOffice carries a copy.
"""
# ruff: noqa: UP006, UP035, UP045 - the Pythons of the spreadsheet programs are older

import inspect
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Tuple

from poa_xl import __version__, indicators
from poa_xl.functions.arguments import Answer, Given, choice, is_blank, number, over_ranges, per_cell, text, whole
from poa_xl.messages import answers

try:
    import xlwings
except ImportError:  # LibreOffice's own Python
    xlwings = None

BANDA = ("evaluación", "calificación", "grado", "color")
CRITERIO = ("evaluación", "color")
_FIELD = {"evaluación": "evaluacion", "calificación": "calificacion", "grado": "grado", "color": "color"}
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


def _worksheet(**helps: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put a function on the list, with the help of each argument, and hand it to xlwings where that is installed."""

    def register(call: Callable[..., Any]) -> Callable[..., Any]:
        defaults: Dict[str, bool] = {
            name: parameter.default is not inspect.Parameter.empty
            for name, parameter in inspect.signature(call).parameters.items()
        }
        arguments = tuple(Argument(name, helps[name], optional) for name, optional in defaults.items())
        FUNCTIONS.append(Function(call.__name__, inspect.getdoc(call) or "", arguments, call))
        return call if xlwings is None else _for_xlwings(call, helps)

    return register


def _for_xlwings(call: Callable[..., Any], helps: Dict[str, str]) -> Callable[..., Any]:
    call = xlwings.func(call)
    for name, help_text in helps.items():
        # Two dimensions keep a column apart from a row; errors arrive as the text that the cell shows.
        call = xlwings.arg(name, doc=help_text, ndim=2, err_to_str=True)(call)
    return call


@_worksheet(
    logrado="Cantidad lograda o ejecutada: un número, una celda o un rango.",
    esperado="Cantidad esperada o programada; si es 0 o está en blanco, el resultado es n/a.",
)
def EFICACIA(logrado: Any, esperado: Any) -> Any:  # noqa: N802
    """Logrado entre esperado por 100, en puntos, sin tope."""
    return per_cell(indicators.eficacia, Given("logrado", logrado, number), Given("esperado", esperado, number))


@_worksheet(
    devengado="Monto devengado en Bs; negativo si es una reversión.",
    vigente="Presupuesto vigente en Bs al corte; si es 0 o está en blanco, el resultado es n/a.",
)
def EJECUCION(devengado: Any, vigente: Any) -> Any:  # noqa: N802
    """Ejecución financiera: devengado entre vigente por 100, en puntos."""
    return per_cell(indicators.ejecucion, Given("devengado", devengado, number), Given("vigente", vigente, number))


@_worksheet(
    eficacia="Eficacia ponderada acumulada, en puntos.",
    ejecucion="Ejecución financiera acumulada, en puntos; si es 0 o está en blanco, el resultado es n/a.",
)
def EFICIENCIA(eficacia: Any, ejecucion: Any) -> Any:  # noqa: N802
    """Eficacia entre ejecución por 100, con los acumulados de la gestión."""
    return per_cell(indicators.eficiencia, Given("eficacia", eficacia, number), Given("ejecucion", ejecucion, number))


@_worksheet(
    avance="Avance del periodo, en puntos.",
    periodos="Periodos que tiene el año: 4 para un trimestre (si no se da), 12 para un mes.",
)
def EFICACIA_PONDERADA(avance: Any, periodos: Any = None) -> Any:  # noqa: N802
    """Puntos que el avance de un periodo aporta al año: avance entre periodos."""
    return per_cell(
        indicators.eficacia_ponderada, Given("avance", avance, number), Given("periodos", periodos, _periods)
    )


@_worksheet(
    programado="Rango con lo programado de cada tarea en el periodo.",
    ejecutado="Rango del mismo tamaño con lo ejecutado de cada tarea.",
    operacion="Rango del mismo tamaño con el código de la operación de cada tarea.",
)
def AVANCE_FISICO(programado: Any, ejecutado: Any, operacion: Any) -> Any:  # noqa: N802
    """Avance físico ponderado: cada operación vale 100 como máximo y pesa según sus tareas programadas."""
    return over_ranges(
        _weighted,
        Given("programado", programado, number),
        Given("ejecutado", ejecutado, number),
        Given("operacion", operacion, text),
    )


@_worksheet(
    avance="Avance, en puntos (70, no 70 %) y sin redondear.",
    que="Qué se muestra: evaluación (si no se da), calificación, grado o color.",
)
def SEMAFORO(avance: Any, que: Any = None) -> Any:  # noqa: N802
    """Lo que el semáforo de la DGP dice de un avance."""
    return per_cell(_band, Given("avance", avance, number), Given("que", que, choice(BANDA)))


@_worksheet(
    ejecucion="Ejecución financiera acumulada al fin del trimestre, en puntos (43, no 43 %) y sin redondear.",
    trimestre="Trimestre: 1, 2, 3 o 4.",
    que="Qué se muestra: evaluación (si no se da) o color.",
)
def CRITERIO_DGAA(ejecucion: Any, trimestre: Any, que: Any = None) -> Any:  # noqa: N802
    """Lo que el criterio de la DGAA dice de la ejecución acumulada en un trimestre."""
    return per_cell(
        _level,
        Given("ejecucion", ejecucion, number),
        Given("trimestre", trimestre, _quarter),
        Given("que", que, choice(CRITERIO)),
    )


@_worksheet(rango="Rango de valores en puntos; las celdas en blanco y las que dicen n/a no cuentan.")
def LIMITE_INFERIOR_95(rango: Any) -> Any:  # noqa: N802
    """Límite inferior del intervalo de confianza del 95 % de la media; n/a con menos de dos valores."""
    return over_ranges(lambda values: _limit(values, "limite_inferior"), Given("rango", rango, number))


@_worksheet(rango="Rango de valores en puntos; las celdas en blanco y las que dicen n/a no cuentan.")
def LIMITE_SUPERIOR_95(rango: Any) -> Any:  # noqa: N802
    """Límite superior del intervalo de confianza del 95 % de la media; n/a con menos de dos valores."""
    return over_ranges(lambda values: _limit(values, "limite_superior"), Given("rango", rango, number))


@_worksheet()
def POA_VERSION() -> str:  # noqa: N802
    """Versión de las funciones de poa-xl; si aparece, están instaladas."""
    return __version__


def _periods(argument: str, raw: Any) -> int:
    if is_blank(raw):
        return indicators.QUARTERS_OF_A_YEAR
    periods = whole(argument, raw)
    if periods is None or not 1 <= periods <= indicators.MONTHS_OF_A_YEAR:
        raise Answer(answers.not_a_period_count(argument, indicators.MONTHS_OF_A_YEAR))
    return periods


def _quarter(argument: str, raw: Any) -> int:
    quarter = whole(argument, raw)
    if quarter is None or str(quarter) not in _QUARTERS:
        raise Answer(answers.not_a_choice(argument, _QUARTERS))
    return quarter


def _weighted(planned: List[Optional[float]], done: List[Optional[float]], operations: List[str]) -> Optional[float]:
    for i, operation in enumerate(operations):
        if not operation and (planned[i] is not None or done[i] is not None):
            raise Answer(answers.no_operation("operacion", i + 1))
    return indicators.weighted_avance(planned, done, operations)


def _band(avance: Optional[float], que: str) -> Optional[str]:
    banda = indicators.semaforo(avance)
    return None if banda is None else str(getattr(banda, _FIELD[que]))


def _level(ejecucion: Optional[float], trimestre: int, que: str) -> Optional[str]:
    criterio = indicators.criterio_dgaa(ejecucion, trimestre)
    return None if criterio is None else str(getattr(criterio, _FIELD[que]))


def _limit(values: List[Optional[float]], limit: str) -> Optional[float]:
    statistics = indicators.statistics_95(values)
    return None if statistics is None else getattr(statistics, limit)
