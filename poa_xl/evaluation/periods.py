"""The periods of an evaluation: the months and the quarters up to a quarter, and all of them together."""

import calendar
import datetime as dt
from dataclasses import dataclass

from poa_xl import indicators
from poa_xl.sheets import MESES, NOMBRES_MESES, TRIMESTRES

ACUMULADO = "acumulado"
NOMBRES_TRIMESTRES = ("primer trimestre", "segundo trimestre", "tercer trimestre", "cuarto trimestre")
# How the period from January to the end of each quarter is called.
NOMBRES_ACUMULADO = ("acumulado al primer trimestre", "primer semestre", "acumulado al tercer trimestre", "gestión")
_MONTHS_OF_A_QUARTER = indicators.MONTHS_OF_A_YEAR // indicators.QUARTERS_OF_A_YEAR


@dataclass(frozen=True)
class Periodo:
    """A stretch of months, both ends included. `partes` is how many such periods a year has (0: not weighted)."""

    clave: str  # "ene", "t1", "acumulado": the suffixes of the schema's columns
    nombre: str
    corto: str
    desde: int
    hasta: int
    partes: int

    def dates(self, gestion: int) -> tuple[dt.date, dt.date]:
        """First and last day of the period."""
        last = calendar.monthrange(gestion, self.hasta)[1]
        return dt.date(gestion, self.desde, 1), dt.date(gestion, self.hasta, last)


def last_month(trimestre: int) -> int:
    """The month (1-12) that closes a quarter (1-4)."""
    return trimestre * _MONTHS_OF_A_QUARTER


def months(trimestre: int) -> tuple[Periodo, ...]:
    """January to the last month of the quarter."""
    return tuple(
        Periodo(MESES[m], NOMBRES_MESES[m], MESES[m].capitalize(), m + 1, m + 1, indicators.MONTHS_OF_A_YEAR)
        for m in range(last_month(trimestre))
    )


def quarters(trimestre: int) -> tuple[Periodo, ...]:
    """The first quarter to this one."""
    return tuple(
        Periodo(
            TRIMESTRES[t],
            NOMBRES_TRIMESTRES[t],
            f"{t + 1}T",
            last_month(t) + 1,
            last_month(t + 1),
            indicators.QUARTERS_OF_A_YEAR,
        )
        for t in range(trimestre)
    )


def accumulated(trimestre: int) -> Periodo:
    """January to the end of the quarter."""
    return Periodo(ACUMULADO, NOMBRES_ACUMULADO[trimestre - 1], "Acumulado", 1, last_month(trimestre), 0)
