"""The periods of an evaluation: the months and the quarters up to a quarter, and all of them together."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from poa_xl import indicators
from poa_xl.sheets import MESES, NOMBRES_MESES, TRIMESTRES

ACUMULADO = "acumulado"
NOMBRES_TRIMESTRES = ("primer trimestre", "segundo trimestre", "tercer trimestre", "cuarto trimestre")
# How the period from January to the end of each quarter is called.
NOMBRES_ACUMULADO = ("acumulado al primer trimestre", "primer semestre", "acumulado al tercer trimestre", "gestión")


@dataclass(frozen=True)
class Periodo:
    """A stretch of months, both ends included. `partes` is how many such periods a year has (0: not weighted)."""

    clave: str  # "ene", "t1", "acumulado": the suffixes of the schema's columns
    nombre: str
    corto: str
    desde: int
    hasta: int
    partes: int

    @property
    def conocido(self) -> int:
        """The last month whose execution counts: that with which it ends."""
        return self.hasta

    def dates(self, gestion: int) -> tuple[dt.date, dt.date]:
        """First and last day of the period."""
        last = calendar.monthrange(gestion, self.hasta)[1]
        return dt.date(gestion, self.desde, 1), dt.date(gestion, self.hasta, last)


class Due(Protocol):
    """What is due in the months `desde` to `hasta`, and done up to the month `conocido`."""

    @property
    def clave(self) -> str:
        """By which figures of it are known."""
        ...

    @property
    def desde(self) -> int:
        """The first month (1-12) whose programme counts."""
        ...

    @property
    def hasta(self) -> int:
        """The last one."""
        ...

    @property
    def conocido(self) -> int:
        """The last month whose execution counts."""
        ...


@dataclass(frozen=True)
class Corte:
    """All that is due at the cut-off of a quarter: since January (to date), or of the whole year."""

    clave: str
    desde: int
    hasta: int
    conocido: int


def last_month(trimestre: int) -> int:
    """The month (1-12) that closes a quarter (1-4)."""
    return trimestre * indicators.MONTHS_OF_A_QUARTER


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


def to_date(trimestre: int) -> tuple[Corte, ...]:
    """What was due since January at the end of the first quarter to this one."""
    return tuple(Corte(f"hasta_{TRIMESTRES[t]}", 1, last_month(t + 1), last_month(t + 1)) for t in range(trimestre))


def of_year(trimestre: int) -> tuple[Corte, ...]:
    """The programme of the year at the end of the first quarter to this one."""
    whole = indicators.MONTHS_OF_A_YEAR
    return tuple(Corte(f"gestion_{TRIMESTRES[t]}", 1, whole, last_month(t + 1)) for t in range(trimestre))


def accumulated(trimestre: int) -> Periodo:
    """January to the end of the quarter."""
    return Periodo(ACUMULADO, NOMBRES_ACUMULADO[trimestre - 1], "Acumulado", 1, last_month(trimestre), 0)
