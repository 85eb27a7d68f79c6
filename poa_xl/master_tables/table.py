"""What a sheet and a table of the master are: titles, columns, and by which of them the rows are known."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from poa_xl.figures.vocabulary import ACCUMULATED, INDICATORS, UnitOfMeasure

_FIELD = re.compile(r"\{(\w+)\}")
_BS, _PERCENT = "(Bs)", "%"


class Content(StrEnum):
    """What a sheet holds, as a comparison of masters tells it."""

    FIGURES = "cifras"
    TABLES = "cuadros"
    PARAMETERS = "parametros"
    SUBMISSIONS = "entregas"
    FINDINGS = "observaciones"
    DATA = "datos"
    NOTHING = ""  # of its own: the index, and the list of ids


class Shows(StrEnum):
    """How the cells of a column are shown."""

    AMOUNT = "two decimals: Bs, and percentages in points"
    COUNT = "whole, with marks of thousands as in Bolivia"
    WHOLE = "whole, with marks of thousands as the program has them"
    CHANGE = "two decimals, with its sign"
    TEXT = "as it is"
    DATE = "a day, as Bolivian documents write it"


class PeriodWords(NamedTuple):
    """A period of a spread of columns: its key, and what titles call it, briefly and at length."""

    key: str
    short: str
    long: str = ""


def columns_if(there: bool) -> tuple[PeriodWords, ...]:
    """The «periods» of columns that a table has once, or not at all."""
    return (PeriodWords("", ""),) if there else ()


@dataclass(frozen=True)
class MasterColumn:
    """A column. Its title may hold fields: `{corto}`, `{periodo}` and `{largo}` of a period, words of the evaluation.

    `width` is in characters. `colours`: «semaforo» or «criterio» paints its words. `indicator` and `period` say which
    figure of the row's node it shows; `points` that its numbers are percentages, where the title does not.
    `only` names the periods that have it, where it stands in a spread and not all do. `level` is the level that it
    names, where an entity may do without: then it is not there.
    """

    title: str
    width: float = 13
    shows: Shows = Shows.AMOUNT
    colours: str = ""
    centred: bool = False
    indicator: str = ""
    period: str = ""
    points: bool = False
    only: str = ""
    level: str = ""

    def of(self, p: PeriodWords) -> "MasterColumn":
        """The column of a period."""
        # «Avance 2T», but «Avance ene» and «Avance acumulado»
        named = p.short if p.short[:1].isdigit() else p.short.lower()
        title = self.title.format(corto=p.short, periodo=named, largo=p.long)
        return replace(self, title=title, period=self.period or p.key)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = _FIELD.split(self.title)
        return re.compile("".join("(.*)" if n % 2 else re.escape(part) for n, part in enumerate(parts)), re.DOTALL)

    def fits(self, title: str) -> bool:
        """Whether this is the column of a title as it stands in a master."""
        return self._pattern.fullmatch(title) is not None

    def is_accumulated(self, title: str) -> bool:
        """Whether it is the column of a title, and shows what was reached up to the quarter that is evaluated."""
        found = self._pattern.fullmatch(title)
        if found is None:
            return False
        return self.period == ACCUMULATED or any(field.lower() == ACCUMULATED for field in found.groups())

    @property
    def unit(self) -> str:
        """In what its numbers are told: Bs, points or ''."""
        points = self.points or INDICATORS.get(self.indicator) is UnitOfMeasure.POINTS
        return UnitOfMeasure.POINTS if points else unit_said_by(self.title)


def unit_said_by(title: str) -> str:
    """The unit that a title itself names: Bs, points or ''."""
    if _BS in title:
        return UnitOfMeasure.BS
    return UnitOfMeasure.POINTS if _PERCENT in title else ""


@dataclass(frozen=True)
class Spread:
    """Columns that come once for each period: `over` names the periods."""

    over: str
    columns: tuple[MasterColumn, ...]


@dataclass(frozen=True)
class MasterTable:
    """A table. `heading` is '' where the title of its sheet is its own.

    Rows are known by the columns `key`, of which those in `free` may change in a row that stays the same; a table is
    known by these titles and `marks`. `origin`: its columns Archivo, Hoja and Fila (or Celda) say where in a unit's
    workbook the row stands. `told` is the column that says most of a row that came or went. In `sheet_of_units` (a key
    of the schemas) the columns of that sheet follow the first ones.
    """

    columns: tuple[MasterColumn | Spread, ...]
    key: tuple[str, ...]
    heading: str = ""
    marks: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    origin: bool = False
    told: str = ""
    sheet_of_units: str = ""

    @property
    def titles(self) -> frozenset[str]:
        """The titles by which it is known."""
        return frozenset((*self.key, *self.marks))

    @property
    def levels(self) -> frozenset[str]:
        """The levels that its columns name, and that an entity may do without."""
        return frozenset(column.level for column in self.every_column if column.level)

    def without(self, levels: Collection[str]) -> "MasterTable":
        """The table of an entity that does without some levels."""
        gone = {column.title for column in self.every_column if column.level in levels}
        columns = tuple(c for c in self.columns if isinstance(c, Spread) or c.level not in levels)
        return replace(self, columns=columns, key=tuple(title for title in self.key if title not in gone))

    @property
    def every_column(self) -> Iterator[MasterColumn]:
        """Each column once, whatever periods there are."""
        for entry in self.columns:
            yield from entry.columns if isinstance(entry, Spread) else (entry,)

    def laid_out(
        self,
        periods: Mapping[str, Sequence[PeriodWords]],
        words: Mapping[str, object],
        said: Callable[[str], str] = str,
    ) -> list[MasterColumn]:
        """Its columns in a master, given the periods of each spread and the words of the evaluation.

        `said` gives a title with the names of the entity.
        """
        found: list[MasterColumn] = []
        for entry in self.columns:
            if isinstance(entry, MasterColumn):
                found.append(replace(entry, title=said(entry.title).format(**words)))
                continue
            for p in periods[entry.over]:
                own = (replace(c, title=said(c.title)) for c in entry.columns if not c.only or p in periods[c.only])
                found += [c.of(p) for c in own]
        return found


@dataclass(frozen=True)
class MasterSheet:
    """A sheet: its name and its title, which may hold fields, and its tables from the top.

    `level` is the level that it is about, where an entity may do without: then it is not there.
    """

    name: str
    title: str
    tables: tuple[MasterTable, ...] = ()
    content: Content = Content.TABLES
    level: str = ""


def text_column(title: str, width: float = 30, level: str = "") -> MasterColumn:
    """A column of words; of the names of a level, if one is given."""
    return MasterColumn(title, width, Shows.TEXT, level=level)


def semaforo_column(title: str, width: float = 16, period: str = "", indicator: str = "semaforo") -> MasterColumn:
    """A column of the words of the semaforo; of the avance, if it is not said of what."""
    return MasterColumn(title, width, Shows.TEXT, "semaforo", indicator=indicator, period=period)


def criterio_column(title: str, indicator: str = "criterio") -> MasterColumn:
    """A column of the words of the criterio DGAA."""
    return MasterColumn(title, 15, Shows.TEXT, "criterio", indicator=indicator, period=ACCUMULATED)


# At the end of the quarter: of what was due since January, with its word, then of the programme of the year.
OF_CUT = (
    MasterColumn("A la fecha {periodo} (%)", 12, indicator="avance_a_la_fecha"),
    semaforo_column("Semáforo a la fecha {periodo}", indicator="semaforo_a_la_fecha"),
    MasterColumn("Cumplimiento del año {periodo} (%)", 14, indicator="cumplimiento"),
)
