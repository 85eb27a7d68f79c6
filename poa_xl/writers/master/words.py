"""How periods and levels are called in titles."""

import datetime as dt

from poa_xl.evaluation import Evaluacion, Periodo
from poa_xl.indicators import QUARTERS_OF_A_YEAR


def date(day: dt.date) -> str:
    """A day as Bolivian documents write it."""
    return day.strftime("%d/%m/%Y")


def with_period(word: str, periodo: Periodo) -> str:
    """«Avance 2T», «Avance ene», «Avance acumulado»."""
    return f"{word} {periodo.corto if periodo.partes == QUARTERS_OF_A_YEAR else periodo.corto.lower()}"


def of_period(evaluacion: Evaluacion, periodo: Periodo) -> str:
    """«segundo trimestre 2024 (del 01/04/2024 al 30/06/2024)»."""
    first, last = periodo.dates(evaluacion.entidad.gestion)
    return f"{periodo.nombre} {evaluacion.entidad.gestion} (del {date(first)} al {date(last)})"
