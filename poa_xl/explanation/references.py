"""The cells that a formula of the master names, in their order."""

import re
from collections.abc import Iterator

from poa_xl import cells, indicators
from poa_xl.master_book import Place

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_CORNER = r"\$?([A-Z]{1,3})\$?([0-9]{1,7})"
_REFERENCE = re.compile(
    rf"(?:'((?:[^']|'')+)'!|([^\W\d][\w.]*)!)?{_CORNER}(?::{_CORNER})?(?![\w(])",
)
_ALONE = re.compile(rf"\s*{_REFERENCE.pattern}\s*")
_MOST = 200_000  # cells of one formula; ours name fewer


def of(formula: str, sheet: str) -> list[Place]:
    """The cells that a formula in a sheet names, each once; those of an area row by row."""
    found: dict[Place, None] = {}
    for match in _REFERENCE.finditer(_TEXT.sub('""', formula)):
        for place in _cells(match, sheet):
            found[place] = None
            if len(found) > _MOST:
                return list(found)
    return list(found)


def alone(formula: str, sheet: str) -> Place | None:
    """The one cell that a formula shows again; None for a formula that is anything else."""
    match = _ALONE.fullmatch(formula.removeprefix("="))
    found = list(_cells(match, sheet)) if match else []
    return found[0] if len(found) == 1 else None


def weighted(formula: str, sheet: str) -> Iterator[tuple[Place, Place]]:
    """The cells of figures that a formula counts by weights, each with the cell of its weight."""
    for figures, weights in indicators.weighted_runs(formula):
        yield from zip(of(figures, sheet), of(weights, sheet), strict=False)


def _cells(match: re.Match[str], sheet: str) -> Iterator[Place]:
    quoted, bare, first, top, last, bottom = match.groups()
    name = quoted.replace("''", "'") if quoted else bare or sheet
    left, right = cells.place_of(f"{first}1"), cells.place_of(f"{last or first}1")
    for row in range(int(top), min(int(bottom or top), int(top) + _MOST) + 1):
        for column in range(left, right + 1):
            yield Place(name, f"{cells.letters(column)}{row}")
