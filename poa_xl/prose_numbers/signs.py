"""Whether a number is negative: by a dash that is a sign, or by parentheses that stand in the place of one.

A dash is a sign after a blank or where a text begins; between two numbers it parts a range, within a word a code, and
two of them enclose an aside. So do parentheses, as in «satisfactorio (92,78 %)»: they make a number negative where
the sentence goes on through them, as in «Bs (1.234,50)», «(3,5) puntos» and «una diferencia de (3,5)».
"""

import re
from enum import Enum

from poa_xl.prose_numbers.characters import EM_DASH, EN_DASH, HYPHEN, LINE_ENDS, MINUS

_DASHES = f"{HYPHEN}{EN_DASH}{EM_DASH}"
_DASH = re.compile(f"[{_DASHES}]")
_OPENERS = f"\t([{{«\"“':=;,/>{LINE_ENDS}"
_CLOSERS = f'\t)]}}»"”.,;:{LINE_ENDS}'
# Words that a number completes. What follows the first is a number and no aside; what follows the others is mostly one.
_PREPOSITIONS = r"(?<![^ (])(?:del?|en|al?|con|una?|por)"
_BEFORE_VALUE = re.compile(rf"{_PREPOSITIONS} {{1,3}}$")
_BEFORE_A_NUMBER = re.compile(rf"(?:{_PREPOSITIONS}|(?<![^ (])(?:es|fue|era)|[:=]) {{0,3}}$")
_WHOLE_BEFORE = re.compile(r"(?<![0-9.,'/-])[0-9]{1,3} {1,3}$")
_LOOK = 12


class Sign(Enum):
    """What a dash or parentheses say."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    EITHER = "either"  # nobody can tell


def asides(text: str) -> frozenset[int]:
    """The places of dashes that open an aside: «el avance –92,78 %– fue»."""
    found, opened = set(), -1
    for match in _DASH.finditer(text):
        at = match.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if _opens(before) and after not in ("", " "):
            opened = at
        elif opened >= 0 and not _opens(before) and (after in ("", " ") or after in _CLOSERS) and before != ".":
            found.add(opened)
            opened = -1
    return frozenset(found)


def is_sign(text: str, at: int, of_whole: bool, aside: frozenset[int]) -> bool:
    """Whether the dash at a place, with the number right behind it, is its sign."""
    before = text[at - 1 : at]
    if text[at] == MINUS:
        return not before.isdigit()
    if text[at] == EM_DASH or at in aside or not _opens(before):
        return False
    return not (of_whole and _WHOLE_BEFORE.search(text, max(0, at - _LOOK), at))


def is_spaced_sign(text: str, at: int) -> bool:
    """Whether a dash that a blank parts from its number is a sign, and not a dash of the sentence or of a list."""
    if text[at] == MINUS:
        return not text[max(0, at - 2) : at].strip().isdigit()
    return text[at] != EM_DASH and bool(_BEFORE_A_NUMBER.search(text, max(0, at - _LOOK), at))


def of_parentheses(text: str, opening: int, is_alone: bool) -> Sign:
    """What parentheses say that hold one number with its unit and nothing else; alone it may be a cell of a table."""
    if _BEFORE_VALUE.search(text, max(0, opening - _LOOK), opening):
        return Sign.NEGATIVE
    open_before = _BEFORE_A_NUMBER.search(text, max(0, opening - _LOOK), opening)
    return Sign.EITHER if is_alone or open_before else Sign.POSITIVE


def _opens(before: str) -> bool:
    return before in ("", " ") or before in _OPENERS
