"""Criterio DGAA: the level of an accumulated ejecucion at the end of a quarter, by thresholds that an entity states."""

import math
from typing import List, NamedTuple, Optional, Sequence, Tuple

from poa_xl.indicators.not_available import where_number
from poa_xl.indicators.rounding import JUDGED_DECIMALS, judged, judged_formula, reaches, reaches_formula
from poa_xl.indicators.words import DECISION, METODO, FunctionWords, Words
from poa_xl.indicators.year import QUARTERS_OF_A_YEAR


class Criterio(NamedTuple):
    """A level of the criterio DGAA: `minimos` are points of accumulated ejecucion, one for each quarter."""

    minimos: Tuple[float, float, float, float]
    evaluacion: str
    color: str
    letra: str = ""


# On exactly the threshold the better level wins: the published table claims the value for both.
CRITERIO_DGAA_2024 = (
    Criterio((20.0, 43.0, 65.0, 85.0), "Óptimo", "verde"),
    Criterio((10.0, 33.0, 48.0, 65.0), "Aceptable", "amarillo"),
    Criterio((-math.inf, -math.inf, -math.inf, -math.inf), "En observación", "rojo"),
)

CRITERIO_DGAA = Words(
    name="Criterio DGAA",
    rules=(
        f"Sobre la ejecución acumulada a {JUDGED_DECIMALS} decimales, al fin de cada trimestre. **{METODO}**",
        "Si la ejecución es exactamente el umbral, vale la mejor evaluación; la tabla publicada da el valor a las dos. "
        f"**{DECISION}**",
    ),
    note="Evaluación de la ejecución acumulada según los rangos del trimestre.",
    guide="Cómo se evalúa la ejecución acumulada. Solo en los acumulados",
    term="Evaluación de la ejecución acumulada según el trimestre",
)
CRITERIO_RANGE, CRITERIO_LOWEST_RANGE = (
    "Desde el umbral del trimestre",
    "Menos que el umbral anterior",
)  # of the sheet Criterios
_NO_MINIMUM = -1e15  # below every possible ejecucion: the lowest level has none
_MINIMOS, _PALABRAS = "criterio_desde_{}T", "criterio_palabra"  # defined names of a unit's workbook
CRITERIO_SHOWS = {"evaluación": "evaluacion", "color": "color"}  # what CRITERIO_DGAA can show -> field
CRITERIO_FUNCTION = FunctionWords(
    name="CRITERIO_DGAA",
    help="Lo que el criterio publicado dice de la ejecución acumulada en un trimestre.",
    arguments={
        "ejecucion": "Ejecución financiera acumulada al fin del trimestre, en puntos (43, no 43 %) y sin redondear.",
        "trimestre": "Trimestre: 1, 2, 3 o 4.",
        "que": "Qué se muestra: evaluación (si no se da) o color.",
    },
)


def criterio_dgaa(
    ejecucion_acumulada: Optional[float], trimestre: int, criterios: Sequence[Criterio] = CRITERIO_DGAA_2024
) -> Optional[Criterio]:
    """The level of an accumulated ejecucion, as it is judged, at the end of a quarter (1-4)."""
    if trimestre not in (1, 2, 3, 4):
        raise ValueError("trimestre")
    if ejecucion_acumulada is None:
        return None
    return next(c for c in criterios if reaches(ejecucion_acumulada, c.minimos[trimestre - 1]))


def criterio_lists(criterios: Sequence[Criterio]) -> List[Tuple[str, List[object], str]]:
    """The lists that a unit's workbook carries for `criterio_formula`: title, cells, defined name; lowest first."""
    upwards = list(reversed(criterios))
    lists: List[Tuple[str, List[object], str]] = [("Criterio DGAA", [c.evaluacion for c in upwards], _PALABRAS)]
    for q in range(QUARTERS_OF_A_YEAR):
        minimums: List[object] = [judged(max(c.minimos[q], _NO_MINIMUM)) for c in upwards]
        lists.append((f"Criterio {q + 1}T desde", minimums, _MINIMOS.format(q + 1)))
    return lists


def criterio_formula(ejecucion: str, trimestre: int, functions: bool = False) -> str:
    """The word of an ejecucion that exists, in a unit's workbook: by its lists, or by the worksheet function."""
    plain = f"LOOKUP({judged_formula(ejecucion)},{_MINIMOS.format(trimestre)},{_PALABRAS})"
    return CRITERIO_FUNCTION.call_or(plain, ejecucion, str(trimestre)) if functions else plain


def criterio_master_formula(ejecucion: str, words: Sequence[str], minimos: Sequence[str]) -> str:
    """The word of an ejecucion, in the master, from the cells of Criterios with words and minimums, best first."""
    last = len(words) - 1
    text = words[last]
    for i in reversed(range(last)):
        text = f"IF({reaches_formula(ejecucion, minimos[i])},{words[i]},{text})"
    return where_number(ejecucion, text)
