"""Which number formats show a date or a duration, as Excel and LibreOffice take them.

A format is judged by its first section. What it holds besides places for digits, letters of dates, colours, conditions
and languages makes it one for numbers: LibreOffice shows it so.
"""

import re

from poa_xl.bounded_cache import remembered

DATE, DURATION, NUMBER = "fecha", "duracion", ""
LONGEST = 255  # characters of a code that is remembered; Excel writes no longer ones, but strangers may
_DATES = frozenset([*range(14, 23), *range(27, 37), 45, 47, *range(71, 82)])
_UNCERTAIN = frozenset(range(50, 59))  # dates in some languages
_EVERYWHERE = frozenset([*range(23), *range(37, 50)])  # the same in all languages
_DURATIONS = frozenset({46})
# Texts in quotes, signs that stand for themselves, blanks as wide as a sign, signs that fill.
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_HARMLESS = re.compile(
    r"\[(?:\$[^\]]*-[^\]]*|DBNum\d|NatNum\d+|color ?\d+|black|blue|cyan|green|magenta|red|white|yellow)\]",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"(s+\]?)[.,]0+", re.IGNORECASE)
_WORDS = re.compile(r"general|boolean", re.IGNORECASE)
_LETTERS = frozenset("dmyhsegr")


def of_built_in(number: int) -> str:
    """What a format shows that the file format itself numbers."""
    if number in _DURATIONS:
        return DURATION
    return DATE if number in _DATES else NUMBER


def is_uncertain(number: int) -> bool:
    """Whether what a format shows that the workbook does not write out depends on the language of the program."""
    return number in _UNCERTAIN


def contradicts(number: int, kind: str) -> bool:
    """Whether a workbook writes out a format of the file format's own as one that shows another kind of value."""
    return number in _EVERYWHERE and kind != of_built_in(number)


@remembered(most=1000, longest=LONGEST)
def of_code(code: str) -> str:
    """What a format shows that the workbook writes out."""
    section = _LITERAL.sub("", code).partition(";")[0]
    elapsed = bool(_ELAPSED.search(section))
    bare = _HARMLESS.sub("", _ELAPSED.sub("h", section))
    bare = _SECONDS.sub(r"\1", bare)
    if _WORDS.match(bare) or "[" in bare or any(sign in bare for sign in "0#?"):
        return NUMBER
    if not (_LETTERS & set(bare.lower()) or "a/p" in bare.lower()):
        return NUMBER
    return DURATION if elapsed else DATE
