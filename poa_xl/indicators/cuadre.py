"""Cuadre: how far the units' amounts are from SIGEP's, and whether that is within the tolerance of Parametros."""

from typing import Iterable, Optional, Sequence

from poa_xl.indicators.not_available import where_numbers
from poa_xl.indicators.rounding import round_half_up
from poa_xl.indicators.words import Words

CUADRA, NO_CUADRA, SIN_DATOS = "Cuadra", "No cuadra", "Sin datos"
CENTS = 2
FLOAT_NOISE = 6  # decimals below which a difference is the floating point's, not the units'


def cuadre_difference(unidades: Optional[float], sigep: Optional[float]) -> Optional[float]:
    """Units minus SIGEP in Bs, without the floating point's noise, to the cent; None where a side has no figure."""
    if unidades is None or sigep is None:
        return None
    return round_half_up(round_half_up(unidades - sigep, FLOAT_NOISE), CENTS)


def cuadre_difference_master_formula(unidades: str, sigep: str) -> str:
    """As `cuadre_difference`."""
    return where_numbers(unidades, sigep, f"ROUND(ROUND({unidades}-{sigep},{FLOAT_NOISE}),{CENTS})")


def beyond_tolerance(difference: Optional[float], tolerancia: float) -> bool:
    """Whether a difference that is known is larger than the tolerance."""
    return difference is not None and abs(difference) > tolerancia


def cuadre_state(differences: Sequence[Optional[float]], tolerancia: float) -> str:
    """CUADRA, NO_CUADRA (one difference that is known is enough) or SIN_DATOS."""
    if any(beyond_tolerance(d, tolerancia) for d in differences):
        return NO_CUADRA
    return SIN_DATOS if None in differences else CUADRA


def cuadre_state_master_formula(differences: Iterable[str], tolerancia: str) -> str:
    """As `cuadre_state`. N() makes «n/a» a 0: what is not known is beyond nothing."""
    cells = list(differences)
    large = "OR(" + ",".join(f"ABS(N({d}))>{tolerancia}" for d in cells) + ")"
    known = "AND(" + ",".join(f"ISNUMBER({d})" for d in cells) + ")"
    return f'IF({large},"{NO_CUADRA}",IF({known},"{CUADRA}","{SIN_DATOS}"))'


CUADRE = Words(
    name="Cuadre con el SIGEP",
    formula="unidades − SIGEP, en bolivianos y centavos",
)
