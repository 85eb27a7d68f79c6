"""Rango ideal: the eficacia ponderada that is ideally reached at the end of a quarter, in points of the year."""

from typing import Iterable, Optional

from poa_xl.indicators.not_available import MISSING_TEXT
from poa_xl.indicators.ratio import FULL
from poa_xl.indicators.words import DECISION, METODO, Words, decimal
from poa_xl.indicators.year import QUARTERS_OF_A_YEAR


def rango_ideal(trimestre: int) -> float:
    """Points of the year that are ideally reached at the end of a quarter, which is in so many of them: 25 to 100."""
    return FULL / QUARTERS_OF_A_YEAR * trimestre


_POINTS = [decimal(rango_ideal(t)) for t in range(1, QUARTERS_OF_A_YEAR + 1)]
_SERIES = f"{', '.join(_POINTS[:-1])} y {_POINTS[-1]}"
RANGO_IDEAL = Words(
    name="Rango ideal",
    formula=f"{_POINTS[0]} por trimestre: {_SERIES}",
    definition="El de la entidad cuenta todos los trimestres; el de una ACP, solo aquellos en que tuvo avance.",
    missing="ningún trimestre con avance",
    origin=f"{METODO}; qué trimestres, {DECISION}",
    rules=(
        "El **rango ideal** de la entidad cuenta todos los trimestres hasta el que se evalúa. El de una ACP cuenta "
        "solo aquellos en que tuvo avance, es decir, algo programado: una ACP que empieza en el 2T tiene "
        f"{_POINTS[0]} al fin del semestre, no {_POINTS[1]}. **{DECISION}**",
    ),
    note=f"{_SERIES} al fin de cada trimestre.",
    guide=f"Lo ideal al fin de cada trimestre es {_SERIES} acumulados",
    term=f"Eficacia ponderada acumulada que se espera: {', '.join(_POINTS)}",
)
# Beside the points in the sheet Criterios.
RANGO_OF_THE_ENTITY = "Eficacia ponderada que idealmente se alcanza al fin del {periodo}."
RANGO_OF_A_QUARTER = "Lo que aporta cada trimestre; el rango de una ACP cuenta los trimestres en que tuvo avance."


def rango_ideal_of(avances: Iterable[Optional[float]]) -> Optional[float]:
    """That of a node with these avances of quarters: those that exist count; None where none does."""
    own = sum(1 for avance in avances if avance is not None)
    return rango_ideal(own) if own else None


def rango_ideal_master_formula(avances: str, one: str) -> str:
    """As `rango_ideal_of`; `one` is the cell with the points of one quarter."""
    counted = f"COUNT({avances})"
    return f"IF({counted}=0,{MISSING_TEXT},{one}*{counted})"


def rango_ideal_said(quarters: int) -> str:
    """The rule with its numbers: how many quarters count."""
    return f"{decimal(rango_ideal(1))} × {quarters}"
