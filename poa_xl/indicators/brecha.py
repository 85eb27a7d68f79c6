"""Brecha: how many points the avance of the entity would rise if a part of it had 100. The units' add up to all of it.

A level passes what it weighs in the entity on to its parts that have an avance, as its own mean weighs them.
"""

from typing import List, Optional, Sequence, Tuple

from poa_xl.indicators.not_available import ANY_NUMBER, MISSING, MISSING_TEXT, where_numbers
from poa_xl.indicators.ratio import FULL
from poa_xl.indicators.rounding import JUDGED_DECIMALS, judged_formula, reaches
from poa_xl.indicators.semaforo import Banda
from poa_xl.indicators.weights import Weighted
from poa_xl.indicators.words import DECISION, Words, joined_terms

PONDERACION = Words(
    name="Ponderación en la entidad",
    note="Cuánto pesa la cifra en el avance de la entidad, de 0 a 100.",
    term="Cuánto pesa una unidad o una operación en el avance de la entidad, de 0 a 100",
)
BRECHA = Words(
    name="Brecha",
    formula=f"ponderación en la entidad × ({FULL:g} − avance) / {FULL:g}",
    definition=(
        f"Puntos que subiría el avance de la entidad si eso llegara a {FULL:g}. Las brechas de las unidades suman lo "
        f"que a la entidad le falta para {FULL:g}."
    ),
    missing="sin avance en el trimestre",
    origin=DECISION,
    short=f"Brecha: puntos que subiría el avance de la entidad en el trimestre si la fila llegara a {FULL:g}.",
    rules=(
        f"**Ponderación en la entidad**: la entidad pesa {FULL:g}; cada nivel reparte lo suyo entre lo que tiene "
        "debajo con avance, por igual o según los pesos, y la unidad entre sus operaciones, como pesan en su avance. "
        f"Es la misma cuenta de los promedios, hacia abajo. **{DECISION}**",
        f"**Brecha** = ponderación × ({FULL:g} − avance) / {FULL:g}, del trimestre que se evalúa: los puntos que "
        f"subiría el avance de la entidad si esa unidad u operación llegara a {FULL:g}. Las de las unidades suman "
        f"{FULL:g} menos el avance de la entidad; las de las operaciones de una unidad, la de la unidad. Lo que es "
        f"{MISSING} no pesa ni tiene brecha. **{DECISION}**",
    ),
    term="Puntos que subiría el avance de la entidad si una unidad o una operación llegara a 100",
)


def shares(whole: Optional[float], parts: Sequence[Weighted]) -> List[Optional[float]]:
    """What each part (its avance, and its weight among its siblings) has of what all of them weigh in the entity."""
    weight = sum(w for avance, w in parts if avance is not None)
    if whole is None or not weight:
        return [None] * len(parts)
    return [None if avance is None else whole * w / weight for avance, w in parts]


def brecha(ponderacion: Optional[float], avance: Optional[float]) -> Optional[float]:
    """The points that the entity lacks for want of a part, given what it weighs and its avance, capped."""
    return None if ponderacion is None or avance is None else ponderacion * (FULL - avance) / FULL


def whole_share_master_formula(avance: str) -> str:
    """What the entity weighs, in the master."""
    return f"IF(ISNUMBER({avance}),{FULL:g},{MISSING_TEXT})"


def share_master_formula(whole: str, avance: str, parts: str) -> str:
    """As `shares`, of one of several parts that weigh alike; `parts` are the avances of all."""
    return where_numbers(whole, avance, f"{whole}/COUNT({parts})")


def weighted_share_master_formula(whole: str, avance: str, weight: str, runs: Sequence[Tuple[str, str]]) -> str:
    """The same by weights; each run is a range of avances and the range of their weights."""
    total = "+".join(f"SUMIF({values},{ANY_NUMBER},{weights})" for values, weights in runs)
    return where_numbers(whole, avance, f"IF(({total})=0,{MISSING_TEXT},{whole}*{weight}/({total}))")


def operation_gap_master_formula(whole: str, points: str, weight: str, of_unit: Tuple[str, str]) -> str:
    """The gap of an operation: its share of what its unit weighs (`whole`), times what it lacks.

    `of_unit` are the cells with the points and with the weights of all operations of the unit.
    """
    total = f"SUMIF({of_unit[0]},{ANY_NUMBER},{of_unit[1]})"
    return where_numbers(whole, points, f"{whole}*{weight}/{total}*({FULL:g}-{points})/{FULL:g}")


def below_full_count_formula(points: str) -> str:
    """How many of some cells are below 100, as they are judged."""
    return f'COUNTIF({points},"<{FULL - 0.5 * 10**-JUDGED_DECIMALS!r}")'


def brecha_master_formula(ponderacion: str, avance: str) -> str:
    """As `brecha`, in the master, from a cell and what another cell or formula gives."""
    return where_numbers(ponderacion, avance, f"{ponderacion}*({FULL:g}-{avance})/{FULL:g}")


def next_band(avance: Optional[float], bandas: Sequence[Banda]) -> Optional[Banda]:
    """The band right above an avance: the lowest minimum that it does not reach; None at the top, or without one."""
    above = [] if avance is None else [banda for banda in bandas if not reaches(avance, banda.minimo)]
    return min(above, key=lambda banda: banda.minimo, default=None)


def next_band_master_formulas(avance: str, words: Sequence[str], minimos: Sequence[str]) -> Tuple[str, str]:
    """As `next_band`, in the master: the points up to it, and its word; from the cells of Criterios, best first."""
    points, word = MISSING_TEXT, MISSING_TEXT
    pairs = list(zip(words, minimos))  # noqa: B905 - strict= is newer than the hosts' Pythons
    for name, minimo in pairs:  # the last one that is not reached is the nearest
        short = f"{judged_formula(avance)}<{judged_formula(minimo)}"
        points, word = f"IF({short},{minimo}-{avance},{points})", f"IF({short},{name},{word})"
    return f"IF(ISNUMBER({avance}),{points},{MISSING_TEXT})", f"IF(ISNUMBER({avance}),{word},{MISSING_TEXT})"


def brecha_said(ponderacion: str, avance: str) -> str:
    """The rule with its numbers."""
    return f"{ponderacion} × ({FULL:g} − {avance}) / {FULL:g}"


def share_said(whole: str, weight: str, weights: Sequence[str]) -> str:
    """What a part has of what its parent weighs, with the numbers: its weight, and those of all that have an avance."""
    return f"{whole} × {weight} / ({joined_terms(weights)})"


def equal_share_said(whole: str, parts: int) -> str:
    """The same of parts that weigh alike."""
    return f"{whole} / {parts}"
