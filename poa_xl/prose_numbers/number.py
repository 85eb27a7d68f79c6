"""A number as a person wrote it: where it stands, what it says, and what is to be said of its form."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class NumberUnit(StrEnum):
    """In what a number is measured, in the words of the figures; what has another unit is no figure of ours."""

    NONE = ""
    POINTS = "puntos"
    BS = "Bs"
    OTHER = "otra"  # another currency, thousandths, basis points


class NumberForm(StrEnum):
    """What is to be said of how a number is written. Of several, that which leaves the most open."""

    FINE = ""
    AMBIGUOUS = "ambiguo"  # may be read in more than one way: `Number.others`
    ENGLISH = "a la inglesa"
    DECIMAL_POINT = "punto decimal"
    THOUSANDS = "miles"  # set apart by something else than points, or by points at other places
    DIGITS = "cifras"  # digits or signs of another script or width


@dataclass(frozen=True)
class Number:
    """A number that is a figure. `text` is what stands between `start` and `end`, with its sign and its unit.

    The exponent of `value` is the precision that was written: «355,2 millones» is `Decimal("3552E+5")`.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: NumberUnit
    decimals: int
    form: NumberForm = NumberForm.FINE
    others: tuple[Decimal, ...] = ()

    @property
    def readings(self) -> tuple[Decimal, ...]:
        """All that it may mean."""
        return (self.value, *self.others)
