"""Texts as spreadsheet programs show them, and as calamine must get them to show the same.

The format writes what XML cannot hold as `_x000D_`. Programs undo that in shared and in inline texts, run by run, and
not in the text that a formula left; calamine undoes it everywhere, and strips blanks where it is not told to keep them.
"""

import re
from html import escape

from poa_xl.guards.refused import ambiguous

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CANNOT_STAND = re.compile("[\x00-\x08\x0b-\x1f]")
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
PLAIN, KEPT = b"<t>", b'<t xml:space="preserve">'
ESCAPED = re.compile(rb"_x[0-9A-Fa-f]{4}_")  # in bytes: what is not to be left to calamine


def shown(text: str) -> str:
    """What a program shows of a shared or inline text, or of a run of it. RefusedError for what is no character."""
    if "_x" not in text:
        return text
    whole = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    try:
        whole = whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise ambiguous("texto", text) from error
    if _NO_CHARACTER.search(whole):
        raise ambiguous("texto", text)
    return whole


def written(text: str) -> str:
    """A text so that calamine gives it back as it is."""
    safe = text.replace("_x", "_x005F_x") if _ESCAPED.search(text) else text
    return escape(_CANNOT_STAND.sub(lambda found: f"_x{ord(found[0]):04X}_", safe), quote=False)
