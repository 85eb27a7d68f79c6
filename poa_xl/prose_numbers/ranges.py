"""Two numerals that belong together: ranges such as «20–30 %» and «de 20 a 30 %», and «2 millones 500 mil»."""

import re
from decimal import Decimal

from poa_xl.prose_numbers import references
from poa_xl.prose_numbers.number import NumberUnit
from poa_xl.prose_numbers.surroundings import Candidate

_DASH = re.compile(r" {0,2}[-–—−] {0,2}")
_TO = re.compile(r" {1,3}(?:al?|hasta)(?: (?:el|la|un|unos))? {1,3}")
_AND = re.compile(r" {1,3}y(?: (?:el|la|un|unos))? {1,3}")
_BETWEEN = re.compile(r"(?<![a-z])entre(?: (?:el|la|un|unos))? {1,3}$")
_NEXT_PART = re.compile(r" {1,3}(?:(?:y|con) )?")
_NOTHING_MORE = re.compile(r" {0,3}(?:[.,;:)]|$)")
_LOOK = 16
_THOUSAND = 3
_MOST_DIGITS = 3  # of what follows a scale
_SCALED_BELOW = 1000  # «de 20 a 30 millones» begins at 20 millions, «de 355.202 a 30 millones» does not


def joined(text: str, first: Candidate, second: Candidate) -> bool:
    """Takes the second into the first where they are parts of one number, as of «2 millones 500 mil»."""
    if not _are_parts(first, second) or not _NEXT_PART.fullmatch(text, first.end, second.start):
        return False
    total = int(first.value) + int(second.value)
    first.numeral = first.numeral._replace(value=Decimal(total // 10**second.power), end=second.numeral.end)
    first.power, first.unit, first.end = second.power, first.unit or second.unit, second.end
    return True


def _are_parts(first: Candidate, second: Candidate) -> bool:
    both_whole = first.numeral.is_whole and second.numeral.is_whole
    one_unit = first.unit is NumberUnit.NONE or (first.has_mark_before and second.unit in (NumberUnit.NONE, first.unit))
    bare = second.start == second.numeral.start and second.numeral.end - second.start <= _MOST_DIGITS
    falls = first.power > second.power and (second.power > 0 or first.power == _THOUSAND)
    return both_whole and one_unit and bare and falls and second.unit is not NumberUnit.POINTS


def share_unit(text: str, first: Candidate, second: Candidate) -> bool:
    """Gives both ends of a range the unit and the scale that one of them has; whether they are a range."""
    if first.is_reference or second.is_reference or not _is_range(text, first, second):
        return False
    open_behind = first.unit is NumberUnit.NONE or first.has_mark_before
    if open_behind and first.power == 0 and first.numeral.value < _SCALED_BELOW:
        first.power = second.power
    if first.unit is NumberUnit.NONE:
        first.unit = second.unit
    elif first.has_mark_before and second.unit is NumberUnit.NONE and _ends(text, second):
        second.unit = first.unit
    return True


def _is_range(text: str, first: Candidate, second: Candidate) -> bool:
    if references.is_year(text, first.numeral.start, first.numeral.end):
        return False
    if _DASH.fullmatch(text, first.end, second.start):
        return _rises(text, first, second)
    if _AND.fullmatch(text, first.end, second.start):
        return _BETWEEN.search(text, max(0, first.start - _LOOK), first.start) is not None
    return _TO.fullmatch(text, first.end, second.start) is not None


def _rises(text: str, first: Candidate, second: Candidate) -> bool:
    """Whether a dash between two numbers parts a range and not a code: from less to more, with as many decimals."""
    zeros = first.numeral.is_whole and text[first.numeral.start] == "0" and first.numeral.value != 0
    further = references.joint_before(text, first.numeral.start) or references.joint_behind(text, second.numeral.end)
    alike = first.numeral.decimals == second.numeral.decimals
    return alike and not zeros and not further and first.signed < second.signed


def _ends(text: str, second: Candidate) -> bool:
    """Whether nothing follows a number that it might count."""
    return second.numeral.is_figure or _NOTHING_MORE.match(text, second.end) is not None
