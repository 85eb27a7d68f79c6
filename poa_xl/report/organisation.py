"""Where the boxes of an organisation chart stand: the entity on top, a column for each below it.

Whoever draws the chart takes places and lines from here, so that Word and the page show the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from poa_xl.report.document import Box

# In parts of the width of a column.
HEIGHT, GAP, STEP = 0.56, 0.16, 0.08  # of a box, between two, and how far each level stands to the right


@dataclass(frozen=True)
class PlacedBox:
    """A box: its left upper corner, its size and its words; `level` from 0."""

    x: float
    y: float
    width: float
    height: float
    title: str
    level: int


@dataclass(frozen=True)
class Line:
    """A line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Layout:
    """The whole chart in columns of width 1."""

    width: float
    height: float
    places: tuple[PlacedBox, ...]
    lines: tuple[Line, ...]


def layout(root: Box) -> Layout:
    """The places of all boxes. A single one below the top stands in the middle, above the columns of those below it."""
    heads: list[Box] = []
    tops = [root]
    while len(tops[-1].below) == 1 and tops[-1].below[0].below:
        tops.append(tops[-1].below[0])
    heads = list(tops[-1].below)
    columns = _columns(heads)
    width = max(1.0, len(columns) * (1 + GAP) - GAP)
    places: list[PlacedBox] = []
    lines: list[Line] = []
    for level, top in enumerate(tops):
        y = level * (HEIGHT + GAP)
        places.append(PlacedBox(width / 2 - 0.9, y, 1.8, HEIGHT, top.title, level))
        if level:
            lines.append(Line(width / 2, y - GAP, width / 2, y))
    if not columns:
        return Layout(width, HEIGHT, tuple(places), ())
    bus = len(tops) * (HEIGHT + GAP) - GAP / 2
    lines.append(Line(width / 2, bus - GAP / 2, width / 2, bus))
    middles = [n * (1 + GAP) + 0.5 for n in range(len(columns))]
    lines.append(Line(min(*middles, width / 2), bus, max(*middles, width / 2), bus))
    deepest = bus
    for n, boxes in enumerate(columns):
        lines.append(Line(middles[n], bus, middles[n], bus + GAP / 2))
        deepest = max(deepest, _column(boxes, n * (1 + GAP), bus + GAP / 2, len(tops), places, lines))
    return Layout(width, deepest, tuple(places), tuple(lines))


def _columns(heads: list[Box]) -> list[list[Box]]:
    """The columns: one for each head that has others below it, and one for those that have nobody."""
    leaves = [head for head in heads if not head.below]
    return [*([leaves] if leaves else []), *([head] for head in heads if head.below)]


def _column(boxes: list[Box], left: float, top: float, level: int, places: list[PlacedBox], lines: list[Line]) -> float:
    """Puts boxes one under the other, each further to the right than the one that it hangs on; where they end."""
    y = top
    ends: dict[int, float] = {}  # depth -> where the last box of that depth ends
    for box, depth in _flat(boxes, 0):
        x = left + depth * STEP
        places.append(PlacedBox(x, y, 1 - depth * STEP, HEIGHT, box.title, level + depth))
        if depth:
            lines.append(Line(x - STEP / 2, y + HEIGHT / 2, x, y + HEIGHT / 2))
            lines.append(Line(x - STEP / 2, ends[depth - 1], x - STEP / 2, y + HEIGHT / 2))
        ends[depth] = y + HEIGHT
        y += HEIGHT + GAP / 2
    return y


def _flat(boxes: list[Box], depth: int) -> Iterator[tuple[Box, int]]:
    for box in boxes:
        yield box, depth
        yield from _flat(list(box.below), depth + 1)
