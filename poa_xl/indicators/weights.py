"""Weights: points that tell how much each of several siblings counts; those of all of them are 100.

A figure from its children by their weights is renormalised over the children that have a figure: what is n/a does not
count, as in a plain mean.
"""

import re
from typing import Iterable, List, Optional, Sequence, Tuple

from poa_xl.indicators.not_available import ANY_NUMBER, MISSING, MISSING_TEXT
from poa_xl.indicators.ratio import FULL
from poa_xl.indicators.rounding import judged
from poa_xl.indicators.words import DECISION, Words, joined_terms

PESOS = Words(
    name="Avance de cada nivel, según los pesos",
    formula="Σ (peso × avance) / Σ pesos",
    definition=(
        f"Del nivel inmediatamente inferior, solo lo que tiene avance: lo que es {MISSING} no cuenta, ni su peso. "
        "Entre hermanos sin ningún peso, todos cuentan igual. Los pesos están en la hoja Cálculo."
    ),
    missing="nada de lo que tiene debajo tiene avance, o solo lo que pesa 0",
    origin=DECISION,
    short="Cada nivel es el promedio del nivel inmediatamente inferior, según sus pesos.",
    rules=(
        f"**{DECISION}** Con `metodo_agregacion` = `pesos`, cada nivel es Σ (peso × avance) / Σ pesos de lo que tiene "
        f"debajo, solo con lo que tiene avance: lo que es {MISSING} no cuenta, ni su peso. Los pesos van de 0 a "
        f"{FULL:g}; los llevan las áreas de un servicio y las unidades de un grupo o subgrupo que existen a la vez. "
        f"Entre hermanos los llevan todos y suman {FULL:g}, o ninguno: entonces cuentan igual. Lo que pesa 0 no "
        "cuenta. Servicios, grupos y subgrupos no tienen peso: el nivel de encima es su promedio simple. Una ACP usa "
        "los mismos pesos entre lo que tiene de cada nivel; si de un nivel tiene una sola cosa, vale la cifra de "
        "esa, pese lo que pese. Las ACP también pueden llevarlos: se revisan y salen en la hoja Cálculo, pero "
        "ningún nivel es el promedio de las ACP y no cambian ninguna cifra.",
        "Con `media`, que es lo que vale si no se dice otra cosa, los pesos no se usan, y se avisa (`PES-003`).",
    ),
)
_RUN = re.compile(r"SUMIF\(([^,()]+),%s,([^,()]+)\)" % re.escape(ANY_NUMBER))
Weighted = Tuple[Optional[float], float]  # a figure and its weight


def weighted_mean(values: Iterable[Weighted]) -> Optional[float]:
    """Σ w·x / Σ w over the figures that exist; None where none does, or where what exists weighs nothing."""
    present = [(x, w) for x, w in values if x is not None]
    whole = sum(w for _, w in present)
    return sum(x * w for x, w in present) / whole if whole else None


def weighted_mean_master_formula(runs: Sequence[Tuple[str, str]]) -> str:
    """As `weighted_mean`, in the master; each run is a range of figures and the range of their weights, of one size.

    A product of two ranges takes «n/a» as 0, and SUMIF finds the weights beside numbers alone.
    """
    whole = "+".join(f"SUMIF({values},{ANY_NUMBER},{weights})" for values, weights in runs)
    points = "+".join(f"SUMPRODUCT({values},{weights})" for values, weights in runs)
    return f"IF({whole}=0,{MISSING_TEXT},({points})/({whole}))"


def weighted_runs(formula: str) -> List[Tuple[str, str]]:
    """The runs of a formula in which figures count by weights: each a range of figures and that of their weights."""
    return list(dict.fromkeys(_RUN.findall(formula)))


def weights_sum(weights: Iterable[Optional[float]]) -> float:
    """What the weights of siblings add up to, as it is judged."""
    present: List[float] = [w for w in weights if w is not None]
    return judged(sum(present))


def weights_whole(weights: Iterable[Optional[float]]) -> bool:
    """Whether the weights of siblings add up to 100."""
    return weights_sum(weights) == FULL


def complete_weights(given: Sequence[Optional[float]]) -> Optional[List[float]]:
    """The weights of siblings where all of them have one and not all weigh 0; else None, and none of them counts."""
    weights = [w for w in given if w is not None]
    return weights if len(weights) == len(given) and any(weights) else None


def weights_of(given: Sequence[Optional[float]]) -> List[float]:
    """The weights of siblings as they count: as given where they are complete, else all alike."""
    return complete_weights(given) or [1.0] * len(given)


def weighted_mean_said(pairs: Sequence[Tuple[str, str]]) -> str:
    """The rule with its numbers: figures that exist, each with its weight."""
    points = joined_terms([f"{value} × {weight}" for value, weight in pairs])
    return f"({points}) / ({joined_terms([weight for _, weight in pairs])})"
