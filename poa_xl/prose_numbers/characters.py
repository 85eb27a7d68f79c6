"""A text in one form: small letters without accents, one kind of blank, of dash, of digit and of quotation mark.

What is not seen (soft hyphens, characters without width) is left out: Word puts it where a line may break, and a
number with it inside is the same number to whoever reads it. So are digits of another width or script: what is shown
as a number is read as one, or a wrong figure could pass by its type face; that they are such is kept, to be told.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

HYPHEN, EN_DASH, EM_DASH, MINUS = "-", "–", "—", "−"
BLANK, APOSTROPHE = " ", "'"
LINE_ENDS = "\n\v\f\r"
_NOTHING = "\0"  # stands where something is masked: no letter, no digit and no sign
_ALIKE = {
    **dict.fromkeys("\u2010\u2011\ufe63\x1e", HYPHEN),  # Word keeps its no-break hyphen as U+001E
    "\u2012": EN_DASH,
    "\u2015": EM_DASH,
    **dict.fromkeys("’‘`´′", APOSTROPHE),
    **dict.fromkeys("\ufe6a\u066a", "%"),
    "\u066b": ",",
    **dict.fromkeys("\u0085\u2028\u2029", "\n"),
}
_WIDE = range(0xFF01, 0xFF5F)  # the printable characters of ASCII in the width of a Chinese one
_TO_ASCII = 0xFEE0
_UNSEEN = frozenset({"Cf", "Mn", "Me"})


@lru_cache(maxsize=4096)
def _alike(character: str) -> str:
    """The character that stands for one, or '' where it is not seen by itself."""
    if ord(character) in _WIDE:
        character = chr(ord(character) - _TO_ASCII)
    if character in _ALIKE:
        return _ALIKE[character]
    kind = unicodedata.category(character)
    if kind in _UNSEEN and character not in _ALIKE:
        return ""
    if kind == "Zs":
        return BLANK
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    letter = unicodedata.normalize("NFD", character)[0].lower()
    return letter if len(letter) == 1 else character


class Prose(NamedTuple):
    """A text in one form, and where each of its characters stands in the text as written."""

    written: str
    text: str
    places: list[int]
    first: int  # that is no blank
    last: int

    def start(self, at: int) -> int:
        """Where a character stands in the text as written."""
        return self.places[at]

    def end(self, at: int) -> int:
        """Where the text as written goes on behind what ends at a place."""
        return self.places[at - 1] + 1

    def as_written(self, at: int) -> str:
        """The character as written, '' behind the last one."""
        return self.written[self.places[at]] if at < len(self.places) else ""

    def is_all(self, start: int, end: int) -> bool:
        """Whether there is nothing but blanks beside a span."""
        return start <= self.first and end > self.last

    def without(self, spans: list[tuple[int, int]], masked: Callable[[str], bool] = lambda _: True) -> "Prose":
        """The same with nothing in some spans, or nothing in place of some of their characters."""
        if not spans:
            return self
        letters = list(self.text)
        for start, end in spans:
            letters[start:end] = [_NOTHING if masked(letter) else letter for letter in letters[start:end]]
        return self._replace(text="".join(letters))


def prose(written: str) -> Prose:
    """A text in one form."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(written):
        alike = _alike(character)
        if alike:
            letters.append(alike)
            places.append(place)
    text = "".join(letters)
    return Prose(written, text, places, len(text) - len(text.lstrip()), len(text.rstrip()) - 1)


def is_uncommon(written: str) -> bool:
    """Whether a number is written with digits or signs of another script or width."""
    return not written.isascii() and any(
        ord(character) in _WIDE or (unicodedata.category(character) == "Nd" and not character.isascii())
        for character in written
    )
