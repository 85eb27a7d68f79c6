"""Charts of a report as drawings in the page. Their colours are classes of its style; words stand beside them."""

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from poa_xl.figures import UnitOfMeasure
from poa_xl.report.document import Chart, ChartKind, Series
from poa_xl.report.figures import shown

_WIDTH, _MARGIN, _LINE = 760.0, 8.0, 15.0
_LABELS, _VALUES = 250.0, 56.0  # at both sides of bars
_BAR, _BETWEEN = 15.0, 10.0
_HEIGHT, _FOOT, _TOP, _SIDE = 300.0, 64.0, 24.0, 48.0  # of columns and lines
_LETTERS, _UNDER = 40, 14  # of a line of a label beside bars, and below columns
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MARKS = 5
_MOST_LINES = 2  # of a label
_ALIKE, _STEPPED = 1e-9, 1e-3  # values nearer than this part of their size are one; the scale beside it steps so far
_FILLED = 0.78  # of the room of a category


class Scale(NamedTuple):
    """From values to places: `low` to `high` in `step`s over a length."""

    low: float
    high: float
    step: float

    def part(self, value: float) -> float:
        """Where a value stands, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def marks(self) -> list[float]:
        """The values that lines are drawn at."""
        return [self.low + n * self.step for n in range(round((self.high - self.low) / self.step) + 1)]


def scale(values: Sequence[float], *, from_zero: bool = True) -> Scale:
    """A scale of round steps in which all values fit."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    size = max(1.0, abs(low), abs(high))
    if high - low <= size * _ALIKE:
        high = low + max(1.0, size * _STEPPED)
    rough = (high - low) / _MARKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(own * power for own in _STEPS if own * power >= rough * (1 - 1e-9))
    return Scale(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def drawing(made: Chart, key: str) -> str:
    """The chart as SVG; `key` tells it apart from others of the page."""
    height, body = _bars(made) if made.kind is ChartKind.BARS else _upright(made)
    return (
        f'<svg class="grafico" role="img" aria-labelledby="t-{key} d-{key}" viewBox="0 0 {_WIDTH:g} {height:g}" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="t-{key}">{escape(made.caption)}</title>'
        f'<desc id="d-{key}">{escape(made.alternative)}</desc>{"".join(body)}</svg>'
    )


def _bars(made: Chart) -> tuple[float, list[str]]:
    room = max(len(made.series) * _BAR, _MOST_LINES * _LINE) + _BETWEEN
    wide = _WIDTH - _LABELS - _VALUES - _MARGIN
    own = scale([v for series in made.series for v in series.values if v is not None])
    zero = _LABELS + own.part(0) * wide
    parts: list[str] = []
    for row, category in enumerate(made.categories):
        middle = _MARGIN + row * room + (room - _BETWEEN) / 2
        top = middle - len(made.series) * _BAR / 2
        parts += _words(category, _LABELS - _MARGIN, middle, "end", _LETTERS)
        for place, series in enumerate(made.series):
            value, y = series.values[row], top + place * _BAR
            if value is None:
                parts.append(_text(shown(None, UnitOfMeasure.POINTS), zero + 4, y + _BAR - 4, "start"))
                continue
            end = _LABELS + own.part(value) * wide
            parts.append(_box(min(zero, end), y, abs(end - zero), _BAR - 2, place))
            parts.append(_text(_said(value, made), max(zero, end) + 4, y + _BAR - 4, "start"))
    height = 2 * _MARGIN + len(made.categories) * room
    parts.append(_rule(zero, _MARGIN, zero, height - _MARGIN))
    return height, parts


def _upright(made: Chart) -> tuple[float, list[str]]:
    floor = _HEIGHT - _FOOT
    room = (_WIDTH - 2 * _SIDE) / max(1, len(made.categories))
    middles = [_SIDE + (n + 0.5) * room for n in range(len(made.categories))]
    parts: list[str] = []
    for second in (False, True):
        own = [series for series in made.series if series.second is second]
        if not own:
            continue
        values = [v for series in own for v in series.values if v is not None]
        fits = scale(values, from_zero=made.from_zero or min(values, default=0) < 0)
        parts += _axis(fits, floor, second)
        draw = _columns if made.kind is ChartKind.COLUMNS else _lines
        for series in own:
            parts += draw(made, series, fits, middles, room, floor)
    for middle, category in zip(middles, made.categories, strict=True):
        parts += _words(category, middle, floor + _LINE + 4, "middle", max(_UNDER, int(room / 7)), down=True)
    return _HEIGHT, parts


def _axis(fits: Scale, floor: float, second: bool) -> Iterator[str]:
    for mark in fits.marks():
        y = floor - fits.part(mark) * (floor - _TOP)
        if not second:
            yield _rule(_SIDE, y, _WIDTH - _SIDE, y)
        at, anchor = (_WIDTH - _SIDE + 6, "start") if second else (_SIDE - 6, "end")
        whole = fits.step.is_integer()
        yield _text(shown(mark, UnitOfMeasure.COUNT if whole else UnitOfMeasure.POINTS), at, y + 4, anchor)


def _columns(
    made: Chart, series: Series, fits: Scale, middles: Sequence[float], room: float, floor: float
) -> Iterator[str]:
    place, many = made.series.index(series), len(made.series)
    wide = room * _FILLED / many
    base = floor - fits.part(0) * (floor - _TOP)
    for middle, value in zip(middles, series.values, strict=True):
        if value is None:
            continue
        x, y = middle + (place - many / 2) * wide, floor - fits.part(value) * (floor - _TOP)
        yield _box(x, min(y, base), wide - 2, abs(base - y), place)
        yield _text(_said(value, made), x + wide / 2 - 1, min(y, base) - 4, "middle")


def _lines(
    made: Chart, series: Series, fits: Scale, middles: Sequence[float], room: float, floor: float
) -> Iterator[str]:
    del room  # points stand in the middle of it
    place = made.series.index(series)
    points = [
        (middle, floor - fits.part(value) * (floor - _TOP), value) if value is not None else None
        for middle, value in zip(middles, series.values, strict=True)
    ]
    for stretch in _stretches(points):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in stretch)
        yield f'<polyline class="linea s{place + 1}" points="{path}"/>'
        for x, y, value in stretch:
            yield f'<circle class="s{place + 1}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
            yield _text(_said(value, made), x, y - 8, "middle")


def _stretches(points: Sequence[tuple[float, float, float] | None]) -> Iterator[list[tuple[float, float, float]]]:
    """Points that stand together: where a value is missing the line has a gap."""
    found: list[tuple[float, float, float]] = []
    for point in (*points, None):
        if point is not None:
            found.append(point)
        elif found:
            yield found
            found = []


def _said(value: float, made: Chart) -> str:
    return shown(value, UnitOfMeasure.COUNT if made.whole_labels else UnitOfMeasure.POINTS)


def _words(text: str, x: float, y: float, anchor: str, letters: int, *, down: bool = False) -> Iterator[str]:
    """A label in two lines at most."""
    lines = _folded(text, letters)
    first = y if down else y + 4 - (len(lines) - 1) * _LINE / 2
    for place, line in enumerate(lines):
        yield _text(line, x, first + place * _LINE, anchor)


def _folded(text: str, letters: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= letters or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][: letters - 1]}…"]
    return lines


def _text(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _box(x: float, y: float, width: float, height: float, place: int) -> str:
    return f'<rect class="s{place + 1}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path class="eje" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
