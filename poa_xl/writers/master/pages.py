"""How the sheets of the master are printed: in which scale, and where a page begins.

A table stays whole with its heading and its charts wherever a page holds them, and a chart always. The program fits the
columns into the width of a page: it alone knows how wide they are in its fonts. Where a chart is taller than a page is
then, blank columns are printed too, which makes all of it smaller.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_INCH = 72  # points
MARGIN_ASIDE, MARGIN_ABOVE = 0.4, 0.6  # inches
WIDTH, HEIGHT = (11 - 2 * MARGIN_ASIDE) * _INCH, (8.5 - 2 * MARGIN_ABOVE) * _INCH  # of a page of Carta, lying
ROW = 15.0  # points of a row whose height nobody set
_DIGIT, _AIR, _PIXEL = 7, 5, 0.75  # pixels of a character of a column's width and of its margins; points of a pixel
_SPARE = 0.92  # programs measure fonts a little differently
_READABLE, _LEAST = 0.65, 0.25  # of its size; below the second nobody reads anything
_USUAL_COLUMN = 48.0  # points of a column whose width nobody set

Rows = tuple[int, int]  # first and last, from 0


@dataclass
class Block:
    """What belongs together: a heading with its table, and the charts below. `charts` are their rows."""

    first: int
    last: int
    charts: list[Rows] = field(default_factory=list)

    def add_chart(self, first: int, last: int) -> None:
        """A chart over these rows."""
        self.charts.append((first, last))
        self.last = last


def points_of_columns(widths: Sequence[float]) -> float:
    """How wide columns are, given their widths in characters."""
    return sum(math.floor(width * _DIGIT + _AIR) for width in widths) * _PIXEL


@dataclass
class Pages:
    """The pages of a sheet. `heights` are the points of rows that have their own, `repeated` those of the titles that
    stand on every page, `width` those of the widest table or chart."""

    blocks: Sequence[Block]
    heights: Mapping[int, float]
    width: float
    repeated: float = 0.0

    @property
    def scale(self) -> float:
        """Share of its size: all columns on one page, and each chart whole."""
        shares = [share for block in self.blocks for share in self._shares(block)]
        return max(_LEAST, min([self._fitted, *shares]))

    def _shares(self, block: Block) -> list[float]:
        """How small a page must be to hold a table with its charts, or, where that is hard to read, each chart."""
        if not block.charts:
            return []
        whole = self._share(0 if block is self.blocks[0] else block.first, block.last)
        return [whole] if whole >= _READABLE else [self._share(*chart) for chart in block.charts]

    def _share(self, first: int, last: int) -> float:
        return _SPARE * HEIGHT / (self._height(first, last) + self.repeated)

    @property
    def _fitted(self) -> float:
        return min(1.0, WIDTH / max(self.width, 1))

    @property
    def more_columns(self) -> int:
        """How many blank columns make it so small."""
        if self.scale >= self._fitted:
            return 0
        return math.ceil((WIDTH / self.scale - self.width) / _USUAL_COLUMN)

    @property
    def breaks(self) -> list[int]:
        """The rows (from 0) with which a page begins.

        Between two of them stands what a page holds, or one long table: so nothing is cut by a program either that
        makes it smaller still.
        """
        return list(self._breaks(_SPARE * HEIGHT / self.scale))

    def _breaks(self, room: float) -> Iterator[int]:
        used, row = 0.0, 0
        for block in self.blocks:
            if row and used + self._height(row, block.last) > room:
                yield block.first
                used, row = self.repeated, block.first
            for first, last in block.charts if used + self._height(row, block.last) > room else ():
                if used + self._height(row, last) > room:
                    yield first
                    used, row = self.repeated, first
                used, row = used + self._height(row, last), last + 1
            used, row = used + self._height(row, block.last), block.last + 1

    def _height(self, first: int, last: int) -> float:
        return sum(self.heights.get(row, ROW) for row in range(first, last + 1))
