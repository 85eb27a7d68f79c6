"""Which typed amounts could explain a difference: one that a slip of the keyboard or of the decimal mark made another.

Only what explains a difference to the centavo is named, and only where few amounts could: an explanation that fits
everything explains nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from poa_xl.checking import centavos

HALF_A_CENT = 0.005 - 1e-9
MOST_NAMED = 3
FEWEST_DIGITS = 3  # other than zeros at the end: a round sum more or less is no slip of a digit
# A point or comma read as the other mark, or as none: 98.781 is 98,781 elsewhere, and 98,78 is 9878.
_FACTORS = (1000.0, 100.0)


class Slip(IntEnum):
    """From the strongest explanation to the weakest; of the weaker ones fewer may be named."""

    FACTOR = 0
    ORDER = 1  # two digits beside each other changed places
    COUNT = 2  # a digit too many or too few
    DIGIT = 3  # one digit is another


@dataclass(frozen=True)
class Amount:
    """An amount that a unit typed, and the name of its cell; `row` tells rows apart."""

    unidad: str
    cell: str
    row: object
    value: float

    @property
    def fractions_of_cents(self) -> bool:
        """Whether it has more than two decimals: no amount in Bs has."""
        return not centavos.is_exact(self.value)


@dataclass(frozen=True)
class SlipExplanation:
    """Amounts that explain a difference together, and what their sum would have to be."""

    slip: Slip
    amounts: tuple[Amount, ...]
    meant: float


def explanations(amounts: Iterable[Amount], difference: float) -> list[SlipExplanation]:
    """What could explain that the sum of these amounts is too large by `difference`; the strongest kind alone.

    Reads each amount a fixed number of times.
    """
    typed = [a for a in amounts if a.value]
    alone = [
        SlipExplanation(kind, (a,), a.value - difference)
        for a in typed
        if (kind := slip(a.value, a.value - difference)) is not None
    ]
    strongest = min((e.slip for e in alone), default=None)
    found = [e for e in alone if e.slip == strongest]
    if strongest == Slip.FACTOR:
        return found
    together = _together(typed, difference)
    if together:
        return together
    if strongest is None or len(found) > (1 if strongest == Slip.DIGIT else MOST_NAMED):
        return []
    return found


def slip(typed: float, meant: float) -> Slip | None:
    """The slip by which somebody who meant one amount typed another; None where there is no such slip."""
    if typed * meant <= 0:
        return None
    if _by_factor(typed, meant):
        return Slip.FACTOR
    if abs(round(meant * 100) - meant * 100) > 100 * HALF_A_CENT:
        return None
    return _of_digits(_digits(typed), _digits(meant))


def _by_factor(typed: float, meant: float) -> bool:
    return any(abs(typed * f - meant) < HALF_A_CENT or abs(typed - meant * f) < HALF_A_CENT * f for f in _FACTORS)


def _digits(amount: float) -> str:
    return str(round(abs(amount) * 100))


def _of_digits(typed: str, meant: str) -> Slip | None:
    if len(typed) == len(meant):
        places = [i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
        if len(places) == 1:
            return Slip.DIGIT if min(len(d.rstrip("0")) for d in (typed, meant)) >= FEWEST_DIGITS else None
        if len(places) == 2 and places[1] == places[0] + 1 and _swapped(typed, places[0]) == meant:
            return Slip.ORDER
        return None
    shorter, longer = sorted((typed, meant), key=len)
    if len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))):
        return Slip.COUNT
    return None


def _swapped(digits: str, place: int) -> str:
    return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _together(typed: Sequence[Amount], difference: float) -> list[SlipExplanation]:
    """A row, all that a unit typed, or all amounts with fractions of cents, where one factor for all explains it."""
    groups: dict[object, list[Amount]] = {}
    for a in typed:
        groups.setdefault(("row", a.row), []).append(a)
        groups.setdefault(("unit", a.unidad), []).append(a)
        if a.fractions_of_cents:
            groups.setdefault("fractions", []).append(a)
    found: dict[tuple[Amount, ...], SlipExplanation] = {}
    for group in map(tuple, groups.values()):
        total = sum(a.value for a in group)
        if len(group) > 1 and total * (total - difference) > 0 and _by_factor(total, total - difference):
            found[group] = SlipExplanation(Slip.FACTOR, group, total - difference)
    return list(found.values())
