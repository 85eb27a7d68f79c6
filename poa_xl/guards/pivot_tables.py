"""The cells that a pivot table covers: LibreOffice shows there what the table says, whatever the cells hold."""

import re

from poa_xl import cells
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import utf8, walk
from poa_xl.guards.package import Package
from poa_xl.guards.refused import ambiguous
from poa_xl.guards.relations import LARGEST_INDEX, relations
from poa_xl.ooxml.relations import list_of

SHOWN = "tabla dinámica"
_WORD, _REFERENCE = b"pivotTable", b"&"  # without both, no relation is of that type
_MOST = 50_000  # cells
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")


def cells_of(area: str) -> list[str]:
    """The addresses in an area. RefusedError for one that is none, or has more cells than such a table."""
    match = _AREA.fullmatch(area)
    if not match:
        raise ambiguous("fuera", area)
    first, last = cells.place_of(match[1]), cells.place_of(match[3] or match[1])
    top, bottom = int(match[2]), int(match[4] or match[2])
    if not 0 <= (last - first + 1) * (bottom - top + 1) <= _MOST:
        raise ambiguous("fuera", area)
    return [f"{cells.letters(place)}{row}" for row in range(top, bottom + 1) for place in range(first, last + 1)]


def cells_covered(package: Package, part: str, limits: Limits) -> dict[str, str]:
    """Address -> `SHOWN`, of the cells of a sheet's part that pivot tables cover."""
    areas: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "location":
            areas.append(attributes.get("ref", ""))

    place = list_of(part)
    if place not in package:
        return {}
    xml = utf8(package.part(place, LARGEST_INDEX))
    if _WORD not in xml and _REFERENCE not in xml:  # most sheets have none
        return {}
    for relation in relations(package, part, limits).values():
        if relation.kind == "pivotTable" and relation.target in package:
            walk(utf8(package.part(relation.target, LARGEST_INDEX)), limits, start)
    return {address: SHOWN for area in areas for address in cells_of(area)}
