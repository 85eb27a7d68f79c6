"""Mean, sample deviation and the limits of the 95 % interval of the mean (mean ± `Z_95`·s/√n), in points."""

import math
from typing import Iterable, NamedTuple, Optional, Tuple

from poa_xl.indicators.means import present_mean_formula
from poa_xl.indicators.not_available import MISSING, MISSING_TEXT
from poa_xl.indicators.words import DECISION, FunctionWords, Words, decimal

Z_95 = 1.96


class Estadistica(NamedTuple):
    """Mean of n values with its sample deviation and the limits of the 95 % interval, in points."""

    n: int
    media: Optional[float]
    desviacion: Optional[float]
    limite_inferior: Optional[float]
    limite_superior: Optional[float]


NO_STATISTICS = Estadistica(0, None, None, None, None)  # of no value at all, where one must be shown
ESTADISTICA = Words(
    name="Límites del 95 %",
    short=(
        "Media simple de todas las unidades de cada nivel y límites de su intervalo de 95 % "
        f"(media ± {decimal(Z_95)}·s/√n). Los límites no son promedios: no entran en ningún otro cuadro."
    ),
    rules=(
        "La hoja Estadística da, para los avances de las unidades de cada nivel: n, media, desviación de la muestra "
        f"*s* y los límites media ± {decimal(Z_95)} · *s* / √n. El límite inferior **no es un promedio** y no entra "
        f"en ningún otro cuadro. **{DECISION}**",
    ),
)
LIMITE_INFERIOR_WORDS = f"media − {decimal(Z_95)}·s/√n"  # in a few signs
_ARGUMENTS = {"rango": f"Rango de valores en puntos; las celdas en blanco y las que dicen {MISSING} no cuentan."}
_HELP = "Límite {} del intervalo de confianza del 95 % de la media; {} con menos de dos valores."
LIMITE_INFERIOR_FUNCTION = FunctionWords("LIMITE_INFERIOR_95", _HELP.format("inferior", MISSING), _ARGUMENTS)
LIMITE_SUPERIOR_FUNCTION = FunctionWords("LIMITE_SUPERIOR_95", _HELP.format("superior", MISSING), _ARGUMENTS)


def statistics_95(values: Iterable[Optional[float]]) -> Optional[Estadistica]:
    """n, mean, sample deviation and 95 % limits (mean ± `Z_95`·s/√n); with one value only n and mean exist."""
    present = [v for v in values if v is not None]
    n = len(present)
    if not n:
        return None
    centre = sum(present) / n
    if n == 1:
        return Estadistica(1, centre, None, None, None)
    deviation = math.sqrt(sum((v - centre) ** 2 for v in present) / (n - 1))
    margin = Z_95 * deviation / math.sqrt(n)
    return Estadistica(n, centre, deviation, centre - margin, centre + margin)


def limit_of(n: Optional[float], media: Optional[float], desviacion: Optional[float], upper: bool) -> Optional[float]:
    """A limit of so many values with this mean and deviation; None with fewer than two values."""
    if not n or n == 1 or media is None or desviacion is None:
        return None
    margin = Z_95 * desviacion / math.sqrt(n)
    return media + margin if upper else media - margin


def limite_inferior(values: Iterable[Optional[float]]) -> Optional[float]:
    """The lower limit; None with fewer than two values."""
    found = statistics_95(values)
    return found.limite_inferior if found else None


def limite_superior(values: Iterable[Optional[float]]) -> Optional[float]:
    """The upper limit; None with fewer than two values."""
    found = statistics_95(values)
    return found.limite_superior if found else None


def statistics_master_formulas(values: str, n: str, media: str, desviacion: str) -> Tuple[str, str, str, str, str]:
    """As `statistics_95`, field by field, in the master.

    `n`, `media` and `desviacion` are the cells where the first three stand.
    """
    margin = f"{Z_95}*{desviacion}/SQRT({n})"
    return (
        f"COUNT({values})",
        f"IF({n}=0,{MISSING_TEXT},{present_mean_formula(values)})",
        f"IF({n}<2,{MISSING_TEXT},STDEV({values}))",
        f"IF({n}<2,{MISSING_TEXT},{media}-{margin})",
        f"IF({n}<2,{MISSING_TEXT},{media}+{margin})",
    )


def limite_inferior_master_formula(values: str) -> str:
    """The lower limit in one formula, where it is known that it exists."""
    return f"{present_mean_formula(values)}-{Z_95}*STDEV({values})/SQRT(COUNT({values}))"


def limite_said(media: str, desviacion: str, n: str, upper: bool) -> str:
    """A limit with its numbers."""
    return f"{media} {'+' if upper else '−'} {decimal(Z_95)} × {desviacion} / √{n}"
