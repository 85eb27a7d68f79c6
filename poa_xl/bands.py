"""The sheet Semaforo: the bands that an entity states itself, with their own words and colours.

Left blank, the published ones hold, with the thresholds of Parametros. `read` types the rows and says what is wrong.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from poa_xl import cells, indicators, palette, titles
from poa_xl.indicators import Banda
from poa_xl.messages import bands as words

SHEET = "semaforo"
FEWEST, MOST = 2, 9
LONGEST_WORD = 40  # letters: they stand in columns of some 16
Record = Mapping[str, object]


class OwnBands(NamedTuple):
    """The bands of the sheet, best first, and their version; '' where it states none."""

    bandas: tuple[Banda, ...]
    version: str


@dataclass(frozen=True)
class BandProblem:
    """What is wrong with a cell of the sheet, or with what it has beside others."""

    code: str
    row: int
    column: str
    found: str
    expected: str = ""


def read(rows: Mapping[int, Record]) -> tuple[OwnBands | None, list[BandProblem]]:
    """The bands of the rows (Excel row -> record), None without any, and what is wrong with them beside the schema.

    With a problem, or a cell that the schema refuses, they are not to be used.
    """
    if not rows:
        return None, []
    problems = [*_limits(rows), *_words(rows), *_colours(rows), *_versions(rows)]
    bands = sorted((_band(row) for row in rows.values()), key=lambda band: -band.minimo)
    version = next((text for row in rows.values() if (text := _text(row, "version"))), "")
    return OwnBands(tuple(bands), version), problems


def _text(row: Record, column: str) -> str:
    return str(row.get(column) or "").strip()


def _limit(row: Record) -> float | None:
    value = row.get("desde")
    return indicators.judged(float(value)) if isinstance(value, int | float) else None


def _band(row: Record) -> Banda:
    word = _text(row, "evaluacion")
    return Banda(
        minimo=_limit(row) or 0.0,
        grado=_text(row, "grado") or word,
        parametro="",
        calificacion=_text(row, "calificacion") or word,
        evaluacion=word,
        color=_colour(_text(row, "color")),
        letra=_colour(_text(row, "letra")),
    )


def _colour(text: str) -> str:
    """A name as the list has it, `#RRGGBB` in capitals."""
    named = next((name for name in palette.NAMED_COLORS if titles.key(name) == titles.key(text)), "")
    return named or palette.rgb(text)


def _limits(rows: Mapping[int, Record]) -> Iterator[BandProblem]:
    """How many bands there are and where they begin. What is no number, or none of points, the schema says."""
    if not FEWEST <= len(rows) <= MOST:
        row = list(rows)[MOST if len(rows) > MOST else 0]
        yield BandProblem("SEM-003", row, "desde", str(len(rows)), f"{FEWEST} y {MOST}")
    known = {row: _limit(record) for row, record in rows.items()}
    limits = {row: limit for row, limit in known.items() if limit is not None and 0 <= limit <= indicators.FULL}
    fractions = _fractions(limits)
    if fractions:
        row, highest = max(fractions.items(), key=lambda item: item[1])
        told = "; ".join(cells.number(limit) for limit in fractions.values())
        points = cells.number(indicators.judged(highest * indicators.FULL))
        yield BandProblem("SEM-004", row, "desde", told, f"{points}, no {cells.number(highest)}")
    yield from _order({row: limit for row, limit in limits.items() if row not in fractions})
    if len(limits) == len(rows) or fractions:
        row, lowest = min(limits.items(), key=lambda item: item[1])
        if lowest != 0:
            yield BandProblem("SEM-005", row, "desde", cells.number(lowest))


def _fractions(limits: Mapping[int, float]) -> dict[int, float]:
    """The limits that are parts of one, not points: several are, or all but 0. A single one may be half a point."""
    found = {row: limit for row, limit in limits.items() if 0 < limit <= 1}
    above = sum(limit > 1 for limit in limits.values())
    return found if len(found) > 1 or not above else {}


def _order(limits: Mapping[int, float]) -> Iterator[BandProblem]:
    """From the lowest up, or from the best down; the first row that goes the other way, or stays, is told."""
    pairs = list(itertools.pairwise(limits.items()))
    up = sum(1 if after > before else -1 for (_, before), (_, after) in pairs) >= 0
    for (_, before), (row, after) in pairs:
        if not (after > before if up else after < before):
            yield BandProblem("SEM-006", row, "desde", cells.number(after), cells.number(before))
            return


def _words(rows: Mapping[int, Record]) -> Iterator[BandProblem]:
    seen: dict[str, str] = {}
    for row, record in rows.items():
        for column in ("evaluacion", "calificacion", "grado"):
            text = _text(record, column)
            if len(text) > LONGEST_WORD or not text.isprintable():
                found = words.LETTERS.format(n=len(text)) if text.isprintable() else cells.visible(text)
                yield BandProblem("SEM-008", row, column, found, str(LONGEST_WORD))
        word = _text(record, "evaluacion")
        alike = titles.without_case_and_accents(word)
        if word and alike == indicators.MISSING:
            yield BandProblem("SEM-008", row, "evaluacion", word, str(LONGEST_WORD))
        elif word and alike in seen:
            yield BandProblem("SEM-007", row, "evaluacion", word, seen[alike])
        seen.setdefault(alike, word)


def _colours(rows: Mapping[int, Record]) -> Iterator[BandProblem]:
    for row, record in rows.items():
        typed = {column: text for column in ("color", "letra") if (text := _text(record, column))}
        shown = {column: palette.rgb(text) for column, text in typed.items()}
        for column in (column for column, color in shown.items() if not color):
            known = words.COLOURS.format(nombres=", ".join(palette.NAMED_COLORS), codigo=palette.EXAMPLE)
            yield BandProblem("SEM-009", row, column, typed[column], known)
        if len(shown) > 1 and all(shown.values()):
            yield from _contrast(row, shown["color"], shown["letra"])


def _contrast(row: int, fill: str, letters: str) -> Iterator[BandProblem]:
    ratio = palette.contrast(fill, letters)
    if ratio < palette.LEAST_CONTRAST:
        better = "negro" if palette.font_on(fill) == palette.BLACK else "blanco"
        # Cut, not rounded: 4,496 is not the 4,5 that is asked for.
        shown = cells.number(int(ratio * 100) / 100)
        yield BandProblem("SEM-010", row, "letra", shown, better)


def _versions(rows: Mapping[int, Record]) -> Iterator[BandProblem]:
    stated = {row: text for row, record in rows.items() if (text := _text(record, "version"))}
    versions: Iterable[str] = dict.fromkeys(stated.values())
    if len(list(versions)) > 1:
        row = next(row for row, text in stated.items() if text != next(iter(stated.values())))
        yield BandProblem("SEM-011", row, "version", ", ".join(versions))
