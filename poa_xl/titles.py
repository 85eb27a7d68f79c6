"""How titles of sheets and columns are compared: forgiving case, accents, Unicode form and spaces.

Python 3.8 and the standard library alone: LibreOffice carries a copy.
"""

import unicodedata

from poa_xl.bounded_cache import remembered


def key(title: object) -> str:
    """A title reduced to lower-case letters, digits and % without accents: what two equal titles share."""
    return _key(title) if isinstance(title, str) else ""


def without_case_and_accents(code: str) -> str:
    """What codes share that differ only by case, accents, Unicode form or the length of a space."""
    plain = "".join(ch for ch in unicodedata.normalize("NFD", code.casefold()) if not unicodedata.combining(ch))
    return " ".join(plain.split())


@remembered(most=5000, longest=200)  # texts of strangers come by here, and no title of ours is as long
def _key(title: str) -> str:
    decomposed = unicodedata.normalize("NFKD", title).casefold()
    return "".join(ch for ch in decomposed if ch.isalnum() or ch == "%")
