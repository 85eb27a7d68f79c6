"""Cells under merged ones: no program shows what they hold, so nobody evaluates it, and it is said."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from poa_xl import cells
from poa_xl.findings import Finding, Location
from poa_xl.guards import MergedArea, ambiguous
from poa_xl.guards.limits import LARGEST_AREA
from poa_xl.messages.counts import first_ones
from poa_xl.reading.book import Book, Grid

Place = tuple[int, int]  # row and column, from 0
_MOST = 6  # cells that a finding lists


@dataclass
class Seen:
    """The cells of a sheet as a person sees them. `hidden` are those with content that a merged area covers.

    `held` is what each holds: its value, or the error that it shows.
    """

    grid: Grid
    odd: dict[str, str]
    hidden: dict[Place, MergedArea] = field(default_factory=dict)
    held: dict[Place, object] = field(default_factory=dict)

    def by_area(self) -> dict[MergedArea, list[Place]]:
        """The hidden cells of each merged area."""
        found: dict[MergedArea, list[Place]] = {}
        for place, area in self.hidden.items():
            found.setdefault(area, []).append(place)
        return found

    def listed(self, covered: Sequence[Place]) -> str:
        """`F6 (3), F7 (4)`: cells and what they hold, in short."""
        return first_ones(covered, _MOST, lambda place: f"{_address(place)} ({cells.show(self.held[place])})")


def seen(grid: Grid, odd: dict[str, str], areas: Sequence[MergedArea], counts: Callable[[int, int], bool]) -> Seen:
    """The cells without those that are covered and that count, by row and column. RefusedError as `places`."""
    hidden = {place: area for place, area in places(grid, odd, areas).items() if counts(*place)} if areas else {}
    if not hidden:
        return Seen(grid, odd)
    found = Seen(list(grid), dict(odd), hidden)
    changed: set[int] = set()
    for row, column in hidden:
        if row not in changed:
            found.grid[row] = list(grid[row])
            changed.add(row)
        error = found.odd.pop(_address((row, column)), "")
        found.held[row, column] = error or grid[row][column]
        found.grid[row][column] = ""
    return found


def places(grid: Grid, odd: Collection[str], areas: Iterable[MergedArea]) -> dict[Place, MergedArea]:
    """The cells with content that a merged area covers, all but its first one. `odd` are those that hold an error.

    RefusedError where areas lie upon each other a thousandfold, which no program writes.
    """
    found: dict[Place, MergedArea] = {}
    looked = 0
    for area in areas:
        for row in range(area.top - 1, min(area.bottom, len(grid))):
            line = grid[row]
            columns = range(area.left - 1, min(area.right, len(line)))
            looked += 1 + len(columns)
            if looked > 2 * LARGEST_AREA:
                raise ambiguous("fuera", "mergeCell")
            for column in columns:
                if (row, column) != (area.top - 1, area.left - 1) and _holds(line[column], row, column, odd):
                    found.setdefault((row, column), area)
    return found


def _holds(value: object, row: int, column: int, odd: Collection[str]) -> bool:
    blank = value is None or (isinstance(value, str) and not cells.clean(value))
    return not blank or (bool(odd) and _address((row, column)) in odd)


def report(book: Book, sheet: str, found: Seen) -> None:
    """A finding for each merged area, at the first cell that it covers."""
    for area, covered in found.by_area().items():
        location = Location(book.file, sheet, _address(covered[0]))
        details = {"esperado": area.reference}
        book.findings.append(Finding("CEL-020", location, found.listed(covered), details=details))


def _address(place: Place) -> str:
    return f"{cells.letters(place[1])}{place[0] + 1}"
