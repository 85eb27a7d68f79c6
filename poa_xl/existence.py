"""When a unit exists, and which unit follows which: what the dates of the sheet Unidades mean for a period.

A unit exists in a period if it existed on any day of it. One that was only renamed (it is the only successor of a
single one, from a day on) is one unit all the time: it counts under the name that it has at the cut.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True)
class Existencia:
    """The first and the last day of a unit, both included; None: since ever, and to this day."""

    desde: dt.date | None = None
    hasta: dt.date | None = None

    def within(self, first: dt.date, last: dt.date) -> bool:
        """Whether it existed on any day from the first to the last."""
        return (self.desde is None or self.desde <= last) and (self.hasta is None or self.hasta >= first)

    def in_months(self, gestion: int, first: int, last: int) -> bool:
        """Whether it existed on any day of the months (1-12) of a gestion, both included."""
        return self.within(dt.date(gestion, first, 1), last_day(gestion, last))

    def in_quarter(self, gestion: int, trimestre: int) -> bool:
        """Whether it existed on any day of a quarter (1-4)."""
        last = trimestre * MONTHS_OF_A_QUARTER
        return self.in_months(gestion, last - MONTHS_OF_A_QUARTER + 1, last)

    def months(self, gestion: int) -> tuple[bool, ...]:
        """Of each month of a gestion, whether it existed in it."""
        return tuple(self.in_months(gestion, month, month) for month in range(1, 13))


ALWAYS = Existencia()


def last_day(gestion: int, month: int) -> dt.date:
    """The last day of a month (1-12)."""
    return dt.date(gestion, month, calendar.monthrange(gestion, month)[1])


class Entry(NamedTuple):
    """What the sheet Unidades says of a unit: its dates, and the codes of those that it follows."""

    desde: dt.date | None
    hasta: dt.date | None
    sucesora_de: tuple[str, ...]


def kin(codes: Iterable[str], follows: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Some units, those that follow them, one after the other, and those that they follow."""
    found = dict.fromkeys(codes)
    before = list(found)
    while later := [c for c, of in follows.items() if c not in found and not found.keys().isdisjoint(of)]:
        found |= dict.fromkeys(later)
    for code in before:
        earlier = [c for c in follows.get(code, ()) if c in follows and c not in before]
        before += earlier
        found |= dict.fromkeys(earlier)
    return tuple(found)


class Renaming(NamedTuple):
    """The code that a unit has since a day."""

    codigo: str
    dia: dt.date


Entries = Mapping[str, Entry]  # by the code of the unit


def successors(entries: Entries) -> dict[str, tuple[str, ...]]:
    """Unit -> those that follow it, in the order of the sheet."""
    found: dict[str, list[str]] = {}
    for code, entry in entries.items():
        for before in entry.sucesora_de:
            if before in entries:
                found.setdefault(before, []).append(code)
    return {code: tuple(own) for code, own in found.items()}


def renamings(entries: Entries) -> dict[str, Renaming]:
    """Unit -> what it was renamed to: its only successor, which follows nobody else and begins on a day."""
    found: dict[str, Renaming] = {}
    for before, after in successors(entries).items():
        entry = entries[after[0]]
        if len(after) == 1 and entry.sucesora_de == (before,) and entry.desde is not None:
            found[before] = Renaming(after[0], entry.desde)
    return found


def existences(entries: Entries) -> dict[str, Existencia]:
    """When each unit exists; the codes of one that was renamed exist together, from its first day to its last."""
    renamed = renamings(entries)
    found: dict[str, Existencia] = {}
    for code in entries:
        if not any(code == after.codigo for after in renamed.values()):
            chain = _chain(code, renamed)
            whole = Existencia(entries[code].desde, entries[chain[-1]].hasta)
            found |= dict.fromkeys(chain, whole)
    return {code: found.get(code, Existencia(entry.desde, entry.hasta)) for code, entry in entries.items()}


def _chain(code: str, renamed: Mapping[str, Renaming]) -> list[str]:
    """The codes of a unit one after the other; a circle, which the entity's workbook may not hold, ends."""
    chain = [code]
    while chain[-1] in renamed and renamed[chain[-1]].codigo not in chain:
        chain.append(renamed[chain[-1]].codigo)
    return chain


def current(code: str, renamed: Mapping[str, Renaming], day: dt.date) -> str:
    """What a unit is called on a day, given what it was called before."""
    for later in _chain(code, {c: r for c, r in renamed.items() if r.dia <= day}):
        code = later
    return code


def counting(entries: Entries, gestion: int, trimestre: int) -> dict[str, Existencia]:
    """The units that count in an evaluation of a gestion up to a quarter: those that existed in it, by then.

    Of a renamed one its name at the end of the quarter.
    """
    first, last = dt.date(gestion, 1, 1), last_day(gestion, trimestre * MONTHS_OF_A_QUARTER)
    renamed = renamings(entries)
    return {
        code: existence
        for code, existence in existences(entries).items()
        if existence.within(first, last) and current(code, renamed, last) == code and _there(code, renamed, last)
    }


def _there(code: str, renamed: Mapping[str, Renaming], day: dt.date) -> bool:
    """Whether a unit has its code by a day: a name of later does not count yet."""
    return all(after.codigo != code or after.dia <= day for after in renamed.values())


def spells(existences: Iterable[Existencia], gestion: int) -> list[tuple[dt.date, dt.date]]:
    """The stretches of days of a gestion in which the same of some units exist, in order."""
    first, last, day = dt.date(gestion, 1, 1), dt.date(gestion, 12, 31), dt.timedelta(days=1)
    starts = {first}
    for e in existences:
        starts |= {d for d in (e.desde, e.hasta and e.hasta + day) if d and first < d <= last}
    ordered = sorted(starts)
    return [(a, b - day) for a, b in zip(ordered, [*ordered[1:], last + day], strict=True)]
