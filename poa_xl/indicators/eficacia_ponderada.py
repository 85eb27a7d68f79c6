"""Eficacia ponderada: the points that the avance of a period adds to the year; accumulated, the sum of the quarters."""

from typing import Iterable, Optional

from poa_xl.indicators.means import total, total_formula
from poa_xl.indicators.not_available import passing_on, where_number
from poa_xl.indicators.rango_ideal import RANGO_IDEAL
from poa_xl.indicators.rounding import round_half_up
from poa_xl.indicators.words import METODO, FunctionWords, Words
from poa_xl.indicators.year import MONTHS_OF_A_YEAR, QUARTERS_OF_A_YEAR

EFICACIA_PONDERADA = Words(
    name="Eficacia ponderada",
    formula=f"avance / {QUARTERS_OF_A_YEAR} (trimestre); avance / {MONTHS_OF_A_YEAR} (mes)",
    definition="Aporte del periodo a la gestión. La acumulada es la suma de los trimestres.",
    missing="el avance es n/a",
    origin=METODO,
    short=f"avance / {MONTHS_OF_A_YEAR} en el mes, / {QUARTERS_OF_A_YEAR} en el trimestre",
    rules=(f"**Eficacia ponderada acumulada**: suma de las de los trimestres; un semestre es 1T + 2T. **{METODO}**",),
    note=(
        f"Avance entre {MONTHS_OF_A_YEAR} en un mes y entre {QUARTERS_OF_A_YEAR} en un trimestre; el acumulado suma "
        "los trimestres."
    ),
    guide=(
        f"Lo que el avance aporta al año: avance entre {QUARTERS_OF_A_YEAR} en un trimestre, entre "
        f"{MONTHS_OF_A_YEAR} en un mes. {RANGO_IDEAL.guide}"
    ),
    term="Puntos que el avance de un periodo aporta al año",
)
EFICACIA_PONDERADA_FUNCTION = FunctionWords(
    name="EFICACIA_PONDERADA",
    help="Puntos que el avance de un periodo aporta al año: avance entre periodos.",
    arguments={
        "avance": "Avance del periodo, en puntos.",
        "periodos": (
            f"Periodos que tiene el año: {QUARTERS_OF_A_YEAR} para un trimestre (si no se da), {MONTHS_OF_A_YEAR} "
            "para un mes."
        ),
    },
)


def eficacia_ponderada(avance: Optional[float], periodos: int = QUARTERS_OF_A_YEAR) -> Optional[float]:
    """Points that a period's avance adds to the year: avance / 4 for a quarter, / 12 for a month."""
    return None if avance is None else avance / periodos


def eficacia_ponderada_formula(avance: str, periodos: int, functions: bool = False) -> str:
    """In a unit's workbook; «n/a» or nothing as the cell of the avance shows."""
    plain = f"{avance}/{periodos}"
    figure = EFICACIA_PONDERADA_FUNCTION.call_or(plain, avance, str(periodos)) if functions else plain
    return passing_on(avance, figure)


def eficacia_ponderada_master_formula(avance: str, periodos: int) -> str:
    """In the master."""
    return where_number(avance, f"{avance}/{periodos}")


def accumulated_eficacia(quarters: Iterable[Optional[float]]) -> Optional[float]:
    """Eficacia ponderada of the gestion up to a quarter, from the eficacias of its quarters."""
    return total(quarters)


def accumulated_eficacia_formula(avance: str, quarters: str) -> str:
    """In a unit's workbook, over the cells of the quarters; «n/a» or nothing as the accumulated avance shows."""
    return passing_on(avance, f"SUM({quarters})")


def accumulated_eficacia_master_formula(quarters: str) -> str:
    """In the master, over the cells of the quarters."""
    return total_formula(quarters)


def avance_of_shown(eficacia: float, decimals: int) -> float:
    """The avance of a quarter from its eficacia as it is shown: what some published figures are."""
    return QUARTERS_OF_A_YEAR * round_half_up(eficacia, decimals)


def avance_of_shown_formula(avance: str, decimals: int) -> str:
    """As `avance_of_shown`, in the master, from the avance itself."""
    return f"{QUARTERS_OF_A_YEAR}*ROUND({avance}/{QUARTERS_OF_A_YEAR},{decimals})"


def eficacia_ponderada_said(avance: str, periodos: int) -> str:
    """The rule with its numbers."""
    return f"{avance} / {periodos}"
