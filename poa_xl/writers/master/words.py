"""How periods and levels are called in titles."""

import datetime as dt

from poa_xl.evaluation import Evaluacion, Periodo
from poa_xl.indicators import MONTHS_OF_A_YEAR, QUARTERS_OF_A_YEAR

MONTHS_OF_A_QUARTER = MONTHS_OF_A_YEAR // QUARTERS_OF_A_YEAR
_UP_TO = (
    "al primer trimestre",
    "al primer semestre",
    "al tercer trimestre",
    "a la gestión",
)  # by the quarter at its end


def date(day: dt.date) -> str:
    """A day as Bolivian documents write it."""
    return day.strftime("%d/%m/%Y")


def up_to(periodo: Periodo) -> str:
    """How far an accumulated period reaches: «al primer semestre», «a la gestión»."""
    return _UP_TO[periodo.hasta // MONTHS_OF_A_QUARTER - 1]


def of_period(evaluacion: Evaluacion, periodo: Periodo) -> str:
    """«segundo trimestre 2024 (del 01/04/2024 al 30/06/2024)»."""
    first, last = periodo.dates(evaluacion.entidad.gestion)
    return f"{periodo.nombre} {evaluacion.entidad.gestion} (del {date(first)} al {date(last)})"
