"""Formulas that several cells share: one cell writes it out and says for which area, the others name it by its number.

LibreOffice shows nothing in a cell whose shared formula is not written out, or is for another area.
"""

import re

from poa_xl import cells

_WRITTEN = re.compile(
    rb'<c r="([A-Z]+\d+)"[^<>]*><f(?=[^<>]* t="shared")(?=[^<>]* si="(\d+)")(?=[^<>]* ref="([A-Z0-9:]+)")'
    rb"[^<>]*[^<>/]>[^<]"
)
_NAMED = re.compile(rb'<f(?=[^<>]* t="shared")(?=[^<>]* si="(\d+)")[^<>]*(?:/>|></f>)')


def covers(area: str, address: str) -> bool:
    """Whether an area such as `C2:C40` holds a cell."""
    first, _, last = area.partition(":")
    last = last or first
    if not all(cells.is_address(corner) for corner in (first, last, address)):
        return False
    row, column = cells.row_of(address), cells.place_of(address)
    return cells.row_of(first) <= row <= cells.row_of(last) and cells.place_of(first) <= column <= cells.place_of(last)


def all_sound(body: bytes) -> bool:
    """Whether each shared formula of plain rows is written out, for an area with its own cell, before it is named."""
    written: dict[bytes, int] = {}
    for match in _WRITTEN.finditer(body):
        if not covers(match[3].decode(), match[1].decode()):
            return False
        written.setdefault(match[2], match.start())
    named = list(_NAMED.finditer(body))
    if any(written.get(match[1], match.start()) >= match.start() for match in named):
        return False
    return body.count(b' t="shared"') == len(named) + len(_WRITTEN.findall(body))
