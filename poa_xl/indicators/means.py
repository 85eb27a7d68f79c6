"""Sums and means of the figures that exist, and the mean of years, which needs them all."""

from typing import Iterable, Optional, Sequence

from poa_xl.indicators.not_available import MISSING, MISSING_TEXT, where_numbers
from poa_xl.indicators.words import DECISION, Words, joined_terms

PROMEDIO_DE_ANOS = Words(
    name="Promedio de años (Histórico)",
    formula="promedio de los avances publicados de los años que nombra",
    definition=f"Si falta el de un año, {MISSING}.",
    missing="falta el de un año",
    origin=DECISION,
    rules=(f"El promedio de varios años es {MISSING} si falta el de uno. **{DECISION}**",),
)


def mean(values: Iterable[Optional[float]]) -> Optional[float]:
    """Plain mean of the values that exist; None where none does."""
    present = [v for v in values if v is not None]
    return sum(present) / len(present) if present else None


def mean_formula(ranges: str) -> str:
    """As `mean`, in the master. AVERAGE and COUNT pass over «n/a»."""
    return f"IF(COUNT({ranges})=0,{MISSING_TEXT},{present_mean_formula(ranges)})"


def present_mean_formula(ranges: str) -> str:
    """The mean where it is known that figures exist."""
    return f"AVERAGE({ranges})"


def complete_mean(values: Iterable[Optional[float]]) -> Optional[float]:
    """Plain mean of all the values; None where one is missing or there are none."""
    known = list(values)
    return None if None in known else mean(known)


def complete_mean_formula(ranges: str, count: int) -> str:
    """As `complete_mean` of so many cells, in the master."""
    return f"IF(COUNT({ranges})<{count},{MISSING_TEXT},{present_mean_formula(ranges)})"


def total(values: Iterable[Optional[float]]) -> Optional[float]:
    """Sum of the values that exist; None where none does."""
    present = [v for v in values if v is not None]
    return sum(present) if present else None


def total_formula(ranges: str) -> str:
    """As `total`, in the master."""
    return f"IF(COUNT({ranges})=0,{MISSING_TEXT},SUM({ranges}))"


def difference(one: Optional[float], other: Optional[float]) -> Optional[float]:
    """One minus other; None where either is missing."""
    return None if one is None or other is None else one - other


def difference_formula(one: str, other: str) -> str:
    """As `difference`, in the master."""
    return where_numbers(one, other, f"{one}-{other}")


def mean_said(values: Sequence[str]) -> str:
    """The rule with its numbers: those that exist."""
    terms = joined_terms(values)
    return f"({terms}) / {len(values)}" if len(values) > 1 else f"{terms}, de una sola parte"


def total_said(values: Sequence[str]) -> str:
    """The rule with its numbers: those that exist."""
    return joined_terms(values)


def difference_said(one: str, other: str) -> str:
    """The rule with its numbers."""
    return f"{one} − {other}"
