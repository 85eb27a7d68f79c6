"""The merged areas of a sheet. Programs show the first cell of each and keep what the cells under it hold."""

import re
from typing import NamedTuple

from poa_xl import cells
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import Walk
from poa_xl.guards.refused import ambiguous, beyond

WORD = b"mergeCell"  # a part without it has none
_LIST, _AREA = 2, 3  # how deep they stand
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?", re.IGNORECASE)


class MergedArea(NamedTuple):
    """Rows and columns of an area, counted from 1, the last ones too."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def reference(self) -> str:
        """The area as people write it, `F5:F7`."""
        first, last = cells.letters(self.left - 1), cells.letters(self.right - 1)
        return f"{first}{self.top}:{last}{self.bottom}"


def area(reference: str) -> MergedArea | None:
    """The area of `F5:F7`; None for one cell, which covers no other, and for what is no area to any program."""
    match = _REFERENCE.fullmatch(reference)
    if not match or not match[3]:
        return None
    columns = sorted(cells.place_of(name.upper()) + 1 for name in (match[1], match[3]))
    rows = sorted((int(match[2]), int(match[4])))
    found = MergedArea(rows[0], columns[0], rows[1], columns[1])
    return found if found[:2] != found[2:] else None


class Merged:
    """Hears of the elements of a sheet beside its cells, and keeps the areas that they merge."""

    def __init__(self, limits: Limits) -> None:
        self.areas: list[MergedArea] = []
        self._limits, self._list = limits, ""

    def hear(self, depth: int, name: str, attributes: dict[str, str]) -> None:
        """An element begins. RefusedError for a merge that some programs see and some do not."""
        if depth == _LIST:
            self._list = name
        if name != "mergeCell":
            return
        if (depth, self._list) != (_AREA, "mergeCells"):
            raise ambiguous("fuera", name)
        found = area(attributes.get("ref", ""))
        if found:
            self.areas.append(found)
        if len(self.areas) > self._limits.celdas:
            raise beyond("celdas", self._limits, len(self.areas))


def of_frame(frame: bytes, limits: Limits) -> list[MergedArea]:
    """The areas that a sheet merges, from what stands around its rows."""
    if WORD not in frame:
        return []
    found = Merged(limits)
    walk = Walk(limits, lambda name, attributes: found.hear(walk.depth, name, attributes))
    walk.run(frame)
    return found.areas
