"""What the hidden column of our sheet Observaciones says of a row: its key, and what we wrote in our cells of it.

By it an answer that a person typed over our words is told from them. Python 3.8 syntax and the standard library alone:
LibreOffice has a copy.
"""
# ruff: noqa: UP006, UP035, UP045 - the Pythons of the spreadsheet programs are older

import re
import zlib
from typing import List, NamedTuple, Optional, Sequence

from poa_xl.observations import HEADERS

_MARK = re.compile(r"(?:(.*)  )?#(.+) ([A-Z]{3}(?:-[0-9]{3})?) ([0-9a-f]{8})([0-9a-f]{8})$", re.DOTALL)
_A_CELL = re.compile(r".+![A-Z]{1,3}[1-9][0-9]*$", re.DOTALL)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COMPARED = 16_000  # characters: a longer text may have been cut, where each counts as two
_A_CODE = re.compile(r"[A-Z]{3}-[0-9]{3}$")
_PLACE, _CODE, _WHAT, _ACTION = (HEADERS.index(title) for title in ("Lugar", "Código", "Qué pasa", "Qué hacer"))


class Mark(NamedTuple):
    """The key of a row, what stood under Lugar and Código, and marks of the two texts."""

    key: str
    place: str
    code: str
    what: str
    action: str

    def of(self, own: Sequence[str]) -> bool:
        """Whether it is of a row whose own cells say this now: sorting may have left the hidden column behind."""
        place, code = own[_PLACE], own[_CODE]
        moved = _plain(place) != _plain(self.place) and _A_CELL.match(place)
        return not moved and (code == self.code or not _A_CODE.match(code))

    def typed_over(self, own: Sequence[str]) -> List[int]:
        """The columns, from 0, that hold something which is not ours."""
        ours = {
            _PLACE: _plain(own[_PLACE]) == _plain(self.place),
            _CODE: own[_CODE] == self.code,
            _WHAT: _digest(own[_WHAT]) == self.what,
            _ACTION: _digest(own[_ACTION]) == self.action,
        }
        return [column for column, same in ours.items() if own[column] and not same]


def write(key: str, own: Sequence[str]) -> str:
    """What stands in the hidden column beside our cells of a row."""
    mark = f"#{own[_PLACE]} {own[_CODE]} {_digest(own[_WHAT])}{_digest(own[_ACTION])}"
    return f"{key}  {mark}" if key else mark


def read(text: str) -> Optional[Mark]:
    """The mark that stands there; None where it is none of ours, or the key alone."""
    found = _MARK.match(text)
    return Mark(found[1] or "", found[2], found[3], found[4], found[5]) if found else None


def _digest(text: str) -> str:
    return format(zlib.crc32(_plain(text)[:_COMPARED].encode("utf-8", "replace")), "08x")


def _plain(text: str) -> str:
    """Alike however the cell was read: programs fold blanks, and some readers leave marks such as `_x000D_`."""
    before = None
    while before != text:
        before, text = text, _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return " ".join(text.split())
