"""When two codes are likely to be one, written in two ways."""

import re

from poa_xl import titles

_NUMBERS = re.compile(r"\d+")
_LONG = 4  # letters of a word in which one that is another is more likely a slip than a word of its own


def near(one: str, other: str) -> bool:
    """Whether two codes have the same numbers and the same letters but for a slip: «OP 02», «OP-2» and «OPE-02».

    Another number is another code, however alike the two look; so are other letters, such as «OP-01» and «AC-01».
    """
    if _numbers(one) != _numbers(other):
        return False
    return _alike(*(_NUMBERS.sub("", titles.key(code)) for code in (one, other)))


def _numbers(code: str) -> list[str]:
    return [number.lstrip("0") for number in _NUMBERS.findall(code)]


def _alike(a: str, b: str) -> bool:
    """Whether two words are the same but for a letter that one lacks, or in a long word for another letter."""
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    if not a or len(b) - len(a) > 1 or (len(a) == len(b) < _LONG):
        return False
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[start + (len(a) == len(b)) :] == b[start + 1 :]
