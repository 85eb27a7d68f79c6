"""Marks of currencies, as people type them before or after an amount and as number formats show them.

One rule for all: a mark of the boliviano is ours, any other is foreign. «$» alone is foreign: in Bolivia it is said of
dollars. Python 3.8 and the standard library alone: LibreOffice carries a copy.
"""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

import re
from typing import Tuple

# «Bs.», «BOB», and «$b», which was the sign of the peso boliviano and of Windows for Bolivia.
_OURS = r"bs\.?|bob|bolivianos?|\$b\.?|b\$"
_CODES = (
    "usd eur gbp chf jpy cny ars brl clp cop pen pyg uyu mxn ves vef cad aud nzd crc cup dop gtq hnl nio pab sek nok "
    "dkk pln rub inr krw hkd sgd zar ils aed sar egp ufv"
)
_SIGN = r"[$\u00a2-\u00a5\u0e3f\u20a0-\u20cf\ufdfc\ufe69\uff04\uffe0\uffe1\uffe5\uffe6]"
_FOREIGN = "|".join(
    (
        r"\$us\.?|us\$|u\$[sd]|\$usd|usd\$|sus\.?|[acr]\$|mx\$|s/\.?|gs\.?",
        "|".join(f"{code}s?" if code == "ufv" else code for code in _CODES.split()),
        r"d[oó]lar(?:es)?(?: (?:norte)?americanos?| estadounidenses?)?|euros?|soles|pesos|reales|yenes|guaran[ií]es",
        _SIGN,
    )
)
_LETTER = r"[^\W\d_]"
# The longest first where one begins another, which the letters behind it see to: «$us» is no «$».
_MARK = rf"(?<!{_LETTER})(?:(?P<ours>{_OURS})|(?P<foreign>{_FOREIGN}))(?!{_LETTER})"
_ANYWHERE = re.compile(_MARK, re.IGNORECASE)
_BEFORE = re.compile(rf"^(?P<open>[-+\u2212( ]*){_MARK} ?(?P<rest>.*)$", re.IGNORECASE)
_AFTER = re.compile(rf"^(?P<rest>.*?) ?{_MARK}(?P<close>[ )]*)$", re.IGNORECASE)
_ENDS = re.compile(rf"{_MARK}$", re.IGNORECASE)
_LONGEST = 32  # more letters than the longest mark has
OURS = "Bs"


def is_ours(mark: str) -> bool:
    """Whether a mark, and nothing beside it, is the boliviano's."""
    return re.fullmatch(_OURS, mark.strip(), re.IGNORECASE) is not None


def split(text: str) -> Tuple[str, str]:
    """A text without the marks before and after it, and its mark: '' for none, `OURS`, or the foreign one."""
    mark = ""
    for pattern in (_BEFORE, _AFTER):
        found = pattern.match(text)
        if not found:
            continue
        outside = found.groupdict()
        text = f"{outside.get('open', '')}{found['rest']}{outside.get('close', '')}"
        mark = found["foreign"] or (mark if mark not in ("", OURS) else OURS)
    return text, mark


def ending_at(text: str, end: int) -> Tuple[str, int]:
    """The mark whose last letter stands right before a place within a text, and where it begins; '' for none."""
    found = _ENDS.search(text, max(0, end - _LONGEST), end)
    return (found["foreign"] or OURS, found.start()) if found else ("", end)


def beginning_at(text: str, start: int) -> Tuple[str, int]:
    """The mark that begins right at a place within a text, and where it ends; '' for none."""
    found = _ANYWHERE.match(text, start)
    return (found["foreign"] or OURS, found.end()) if found else ("", start)


def foreign_in(text: str) -> str:
    """The first foreign mark within a text, such as what a number format shows beside its digits; '' for none."""
    return next((found["foreign"] for found in _ANYWHERE.finditer(text) if found["foreign"]), "")
