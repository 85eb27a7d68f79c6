"""How titles of sheets and columns are compared: forgiving case, accents, Unicode form and spaces.

Python 3.8 and the standard library alone: LibreOffice carries a copy.
"""

import unicodedata
from functools import lru_cache

_LONGEST = 200  # characters of what is remembered: texts of strangers come by here, and no title of ours is as long


def key(title: object) -> str:
    """A title reduced to lower-case letters, digits and % without accents: what two equal titles share."""
    if not isinstance(title, str):
        return ""
    return (_remembered if len(title) <= _LONGEST else _key)(title)


def without_case_and_accents(code: str) -> str:
    """What codes share that differ only by case, accents, Unicode form or the length of a space."""
    plain = "".join(ch for ch in unicodedata.normalize("NFD", code.casefold()) if not unicodedata.combining(ch))
    return " ".join(plain.split())


def _key(title: str) -> str:
    decomposed = unicodedata.normalize("NFKD", title).casefold()
    return "".join(ch for ch in decomposed if ch.isalnum() or ch == "%")


_remembered = lru_cache(maxsize=5000)(_key)
