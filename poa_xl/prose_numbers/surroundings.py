"""A numeral with what stands around it: sign, currency, scale and unit, as one candidate for a figure."""

from dataclasses import dataclass
from decimal import Decimal

from poa_xl.prose_numbers import marks, references, signs
from poa_xl.prose_numbers.characters import EN_DASH, HYPHEN, MINUS, Prose
from poa_xl.prose_numbers.marks import NumeralMark
from poa_xl.prose_numbers.number import NumberUnit
from poa_xl.prose_numbers.numerals import Numeral
from poa_xl.prose_numbers.signs import Sign

_SIGNS = (HYPHEN, EN_DASH, MINUS)
_FARTHEST = 3  # a dash from its number


@dataclass(slots=True)
class Candidate:
    """What may be a figure. `start` and `end` take in all that belongs to it; those of `numeral` the digits."""

    numeral: Numeral
    start: int
    end: int
    sign: Sign = Sign.POSITIVE
    unit: NumberUnit = NumberUnit.NONE
    power: int = 0
    has_mark_before: bool = False  # a currency
    is_partly_in_words: bool = False
    is_labelled: bool = False
    is_reference: bool = False

    @property
    def value(self) -> Decimal:
        """With its scale, without its sign."""
        return scaled(self.numeral.value, self.power)

    @property
    def signed(self) -> Decimal:
        """With its sign."""
        return self.value.copy_negate() if self.sign is Sign.NEGATIVE else self.value


def scaled(value: Decimal, power: int) -> Decimal:
    """A value times a power of ten, with the precision of its digits, whatever the context rounds to."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) + power))


class Surroundings:
    """What stands around the numerals of a text."""

    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        self._text = prose.text
        self._asides = signs.asides(prose.text)

    def candidate(self, numeral: Numeral, following: Candidate | None) -> Candidate:
        """A numeral with what belongs to it; a currency that the following one has taken does not."""
        mark = self._behind(numeral, numeral.end, following)
        found = Candidate(numeral, numeral.start, mark.at, unit=mark.unit, power=mark.power)
        if mark.at == numeral.end and self._take_brackets(found, following):
            return found
        self._take_currency_before(found)
        self._take_sign(found)
        self._take_aside(found)
        return found

    def _behind(self, numeral: Numeral, end: int, following: Candidate | None) -> NumeralMark:
        mark = marks.behind(self._prose, end, numeral.is_whole)
        if following and mark.at > following.start:
            return NumeralMark(mark.scaled_to, power=mark.power)
        return mark

    def _take_brackets(self, found: Candidate, following: Candidate | None) -> bool:
        """Parentheses around the bare numeral, with its unit outside: «(3,5) puntos», «Bs (1.234,50)»."""
        text, numeral = self._text, found.numeral
        opening, closing = numeral.start - 1, numeral.end
        if text[opening : opening + 1] != "(" or text[closing : closing + 1] != ")":
            return False
        behind, before = self._behind(numeral, closing + 1, following), marks.before(text, opening)
        if not (behind.unit or before.unit) or references.is_year(text, numeral.start, numeral.end):
            return False
        found.unit, found.power, found.sign = behind.unit or before.unit, behind.power, Sign.NEGATIVE
        found.has_mark_before = not behind.unit
        found.start, found.end = before.at if found.has_mark_before else opening, behind.at
        return True

    def _take_currency_before(self, found: Candidate) -> None:
        start = found.numeral.start
        dash = self._dash_before(start)
        mark = marks.before(self._text, start if dash is None else dash)
        word = found.numeral.is_whole and self._text.startswith("boliviano", mark.at)  # «a 35 bolivianos 20 pasajes»
        if not mark.unit or word or found.unit not in (NumberUnit.NONE, mark.unit):
            return
        found.start, found.unit, found.has_mark_before = mark.at, mark.unit, True
        if dash is not None:
            found.sign = self._sign_behind_currency(dash, start)

    def _sign_behind_currency(self, dash: int, start: int) -> Sign:
        """«Bs -500» and «Bs-500» are negative, «Bs.- 500» is 500 as bills write it, the rest is either."""
        text = self._text
        by_number, by_currency = dash == start - 1, text[dash - 1] != " "
        if text[dash] == MINUS or (by_number and text[dash - 1] != "."):
            return Sign.NEGATIVE
        return Sign.POSITIVE if by_currency and not by_number else Sign.EITHER

    def _take_sign(self, found: Candidate) -> None:
        """A dash before the number, or before its currency."""
        dash = self._dash_before(found.start)
        if dash is None:
            return
        if dash == found.start - 1:
            negative = signs.is_sign(self._text, dash, found.numeral.is_whole, self._asides)
        else:
            negative = signs.is_spaced_sign(self._text, dash) or self._prose.is_all(dash, found.end)
        if negative:
            found.start, found.sign = dash, Sign.NEGATIVE

    def _dash_before(self, start: int) -> int | None:
        """Where a dash stands before a place, with a few blanks between."""
        at = start - 1
        while at > max(0, start - _FARTHEST) and self._text[at] == " ":
            at -= 1
        return at if at >= 0 and self._text[at] in _SIGNS else None

    def _take_aside(self, found: Candidate) -> None:
        """Parentheses around a number with its unit."""
        text, opening, closing = self._text, found.start - 1, found.end
        enclosed = text[opening : found.start] == "(" and text[closing : closing + 1] == ")"
        if not enclosed or found.sign is not Sign.POSITIVE or not (found.numeral.is_figure or found.unit):
            return
        found.sign = signs.of_parentheses(text, opening, self._prose.is_all(opening, closing + 1))
        if found.sign is not Sign.POSITIVE:
            found.start, found.end = opening, closing + 1
