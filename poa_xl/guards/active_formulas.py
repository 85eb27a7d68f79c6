"""Formulas that reach out of a workbook: they call programs, services or macros of Excel 4, or ask by DDE.

Most sheets have none, so words are looked for in the bytes of formulas first, and only a sheet that has one, or that
may spell one in another way, is walked.
"""

import re
from collections.abc import Callable, Collection

from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import Walk

_CALLS = (
    "CALL", "REGISTER", "REGISTER.ID", "EXEC", "EXECUTE", "INITIATE", "POKE", "REQUEST", "SEND.KEYS", "SQL.REQUEST",
    "DDE", "RTD", "WEBSERVICE", "FILTERXML", "IMAGE", "PY",
)  # fmt: skip
_CALL = re.compile(
    r"(?<![\w.])(?:_xl\w+\.)*(?:" + "|".join(map(re.escape, sorted(_CALLS, key=len, reverse=True))) + r")\s*\(",
    re.IGNORECASE,
)
_WORDS = (b"CALL", b"REGISTER", b"EXEC", b"INITIATE", b"POKE", b"REQUEST", b"SEND.KEYS", b"DDE", b"RTD", b"SERVICE",
          b"FILTERXML", b"IMAGE", b".PY", b"|", b"&#", b"<!")  # fmt: skip
_TEXT = re.compile(r'"[^"]*"')
_QUOTED = re.compile(r"'((?:[^']|'')*+)'")
# Formulas as they stand in a sheet (f, formula, formula1 …), without a prefix and with one, up to what may part a word.
_IN_SHEETS = {b"<f": re.compile(rb"<f[^<]*(?:<!)?"), b":f": re.compile(rb":f[^<]*(?:<!)?")}
_ELSEWHERE = (re.compile(rb"[<:](?:definedName|calculatedColumnFormula|totalsRowFormula)\b[^>]*>([^<]*(?:<!)?)"),)
_CAPITALS = bytes(range(256)).upper()
ELEMENTS = frozenset(
    {"f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula", "definedName"}
)


def reaches_out(formula: str, sheets: Collection[str] = ()) -> bool:
    """Whether a formula does. `sheets` are the names of the workbook, in which a `|` is a letter like others."""
    bare = _TEXT.sub('""', formula)
    if _CALL.search(bare):
        return True
    if "|" not in bare:
        return False
    return "|" in _QUOTED.sub(lambda m: "" if _is_sheet(m[1], sheets) else _application(m[1]), bare)


def _is_sheet(quoted: str, sheets: Collection[str]) -> bool:
    name = quoted.replace("''", "'")
    return "|" not in name or any(name.rpartition("]")[2].casefold() == sheet.casefold() for sheet in sheets)


def _application(quoted: str) -> str:
    return "|" if "|" in quoted else ""


def may(xml: bytes, sheet: bool = True) -> bool:
    """Whether a sheet (or else a table, or the names of a workbook) may hold such a formula; False for nearly all."""
    for pattern in [own for begun, own in _IN_SHEETS.items() if begun in xml] if sheet else _ELSEWHERE:
        formulas = b"".join(pattern.findall(xml)).translate(_CAPITALS, b"0123456789$")
        kinds = b"".join(set(formulas.split(b"<F")))  # those of a column differ in the numbers of rows alone
        if any(word in kinds for word in _WORDS):
            return True
    return False


class Formulas:
    """Hears of the formulas of a part; `tell` is told the address of the cell ('' for none) and the formula."""

    def __init__(self, limits: Limits, tell: Callable[[str, str], None]) -> None:
        self._tell = tell
        self._cell, self._pieces = "", list[str]()
        self._inside = False
        self.walk = Walk(limits, self._start, self._end, self._text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if name == "c":
            self._cell = attributes.get("r", "")
        elif name in ELEMENTS:
            self._inside, self._pieces = True, []

    def _text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        if name == "c":
            self._cell = ""
        elif name in ELEMENTS and self._inside:
            self._inside = False
            self._tell(self._cell, "".join(self._pieces))
