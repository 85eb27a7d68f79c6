"""Semáforo DGP: the band of an avance, with its word and colour. An entity may state others."""

from typing import List, NamedTuple, Optional, Sequence, Tuple

from poa_xl.indicators.not_available import where_number
from poa_xl.indicators.rounding import JUDGED_DECIMALS, judged, judged_formula, reaches, reaches_formula
from poa_xl.indicators.words import DECISION, FunctionWords, Words, decimal


class Banda(NamedTuple):
    """A band of the semaforo. `minimo` is in points; a band reaches up to the next one's minimum.

    `color` and `letra`, of the word on it, are as an entity writes them; a blank `letra` is black or white.
    """

    minimo: float
    grado: str
    parametro: str
    calificacion: str
    evaluacion: str
    color: str
    letra: str = ""


# From best to worst. The published bands leave gaps (69-70, 50-51, 8-9); here they are half-open, so that
# no value falls between two: [100], [70, 100), [51, 70), [9, 51), (0, 9), [0]. The last one is that of 0 alone; bands
# that an entity states itself have none, and 0 is in their lowest.
SEMAFORO_2024 = (
    Banda(100.0, "Concluido", "100%", "Excelente", "Óptimo", "azul"),
    Banda(70.0, "En proceso de ejecución", "70% - 99%", "Alto", "Satisfactorio", "verde"),
    Banda(51.0, "En proceso de ejecución", "51% - 69%", "Medio", "Bueno", "amarillo"),
    Banda(9.0, "Atrasado", "9% - 50%", "Bajo", "Regular", "naranja"),
    Banda(0.0, "En riesgo", "1% - 8%", "Muy bajo", "Deficiente", "rojo"),
    Banda(0.0, "Por iniciar", "0%", "Nulo", "Deficiente", "rojo"),
)

# Defined names of a unit's workbook for the lists of `semaforo_lists`.
_MINIMOS, _PALABRAS, _NULO = "semaforo_desde", "semaforo_palabra", "semaforo_nulo"
SEMAFORO_SHOWS = {
    "evaluación": "evaluacion",
    "calificación": "calificacion",
    "grado": "grado",
    "color": "color",
}  # what SEMAFORO can show -> field
SEMAFORO_FUNCTION = FunctionWords(
    name="SEMAFORO",
    help="Lo que el semáforo publicado dice de un avance.",
    arguments={
        "avance": "Avance, en puntos (70, no 70 %) y sin redondear.",
        "que": "Qué se muestra: evaluación (si no se da), calificación, grado o color.",
    },
)


def semaforo(avance: Optional[float], bandas: Sequence[Banda] = SEMAFORO_2024) -> Optional[Banda]:
    """The band of an avance as it is judged; above 100 counts as 100, below 0 as 0. None for a missing avance."""
    if avance is None:
        return None
    if judged(avance) <= 0:
        return bandas[-1]
    return next(banda for banda in bandas if reaches(avance, banda.minimo))


def has_zero_band(bandas: Sequence[Banda]) -> bool:
    """Whether the last band is that of 0 alone: the one above it begins at 0 too."""
    return len(bandas) > 1 and bandas[-2].minimo == 0


def bands_with_minimum(bandas: Sequence[Banda]) -> Sequence[Banda]:
    """The bands that an avance reaches by its minimum, best first: all but that of 0 alone."""
    return bandas[:-1] if has_zero_band(bandas) else bandas


def _example(avance: float) -> str:
    band = semaforo(avance)
    return f"{decimal(avance)} es {band.evaluacion}" if band else ""


SEMAFORO = Words(
    name="Semáforo DGP",
    rules=(
        f"Sobre el avance a {JUDGED_DECIMALS} decimales. Los rangos publicados dejan huecos (entre 69 y 70, 50 y 51, "
        "8 y 9); aquí cada rango llega hasta donde empieza el siguiente, para que ningún valor quede fuera, y lo "
        f"mayor que {SEMAFORO_2024[0].minimo:g} está en el mejor. **{DECISION}**",
        f"Así, {', '.join(_example(a) for a in (99.55, 69.98, 50.4, 8.5))}.",
        f"Los rangos son del método; los colores, salvo el {SEMAFORO_2024[1].color} de {SEMAFORO_2024[1].evaluacion}, "
        f"son una **{DECISION}**: se distinguen con daltonismo, y la palabra está siempre al lado.",
    ),
    note="Evaluación del avance según los rangos del semáforo.",
    guide="Cómo se evalúa el avance",
    term="Evaluación del avance, con palabra y color",
)


def semaforo_lists(bandas: Sequence[Banda]) -> List[Tuple[str, List[object], str]]:
    """The lists that a unit's workbook carries for `semaforo_formula`: title, cells, defined name.

    LOOKUP wants them from the lowest value up.
    """
    upwards = list(reversed(bands_with_minimum(bandas)))
    return [
        ("Semáforo desde", [judged(b.minimo) for b in upwards], _MINIMOS),
        ("Semáforo", [b.evaluacion for b in upwards], _PALABRAS),
        ("Semáforo en cero", [bandas[-1].evaluacion], _NULO),
    ]


def semaforo_formula(avance: str, functions: bool = False) -> str:
    """The word of an avance that exists, in a unit's workbook: by its lists, or by the worksheet function."""
    value = judged_formula(avance)
    plain = f"IF({value}<=0,{_NULO},LOOKUP({value},{_MINIMOS},{_PALABRAS}))"
    return SEMAFORO_FUNCTION.call_or(plain, avance) if functions else plain


def semaforo_reaches_formula(avance: str, position: int) -> str:
    """Whether a cell of a unit's workbook reaches a band; `position` counts them from 1, the lowest first."""
    return f"ISNUMBER({avance}),{judged_formula(f'N({avance})')}>=INDEX({_MINIMOS},{position})"


def semaforo_master_formula(avance: str, words: Sequence[str], minimos: Sequence[str], zero: bool = True) -> str:
    """The word of an avance, in the master, from the cells of Criterios with the words and minimums, best first.

    `zero` says that the last word is that of 0 alone.
    """
    lowest = len(words) - (2 if zero else 1)
    text = words[lowest]
    for i in reversed(range(lowest)):
        text = f"IF({reaches_formula(avance, minimos[i])},{words[i]},{text})"
    return where_number(avance, f"IF({judged_formula(avance)}<=0,{words[-1]},{text})" if zero else text)


def semaforo_ranges(bandas: Sequence[Banda]) -> List[str]:
    """Which avances each band takes, in words."""
    from_best = [decimal(band.minimo) for band in bandas]
    words = [f"Desde {from_best[0]} %"]
    lowest = len(bandas) - (2 if has_zero_band(bandas) else 1)
    for i in range(1, lowest):
        words.append(f"Desde {from_best[i]} % y menos de {from_best[i - 1]} %")
    if has_zero_band(bandas):
        return [*words, f"Más de 0 % y menos de {from_best[lowest - 1]} %", "0 %"]
    return [*words, f"Menos de {from_best[lowest - 1]} %"]


def semaforo_said(avance: str, rango: str) -> str:
    """The rule with its number, and the range of the band as `semaforo_ranges` says it."""
    return f"{avance}: {rango[:1].lower()}{rango[1:]}"
