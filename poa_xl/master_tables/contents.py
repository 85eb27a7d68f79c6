"""All sheets of the master in their order, and which of them a name or some titles mean."""

from collections.abc import Collection, Iterator
from functools import cache
from itertools import combinations
from typing import NamedTuple

from poa_xl import sheets
from poa_xl.bounded_cache import remembered
from poa_xl.figures.vocabulary import UnitOfMeasure
from poa_xl.master_tables import (
    acp,
    areas,
    calculation,
    control,
    criteria,
    data,
    delays,
    executive_summary,
    front,
    history,
    terms,
    units,
)
from poa_xl.master_tables.table import Content, MasterColumn, MasterSheet, MasterTable, text_column, unit_said_by

# Hidden: where every figure stands.
FIGURE_IDS_TABLE = MasterTable(
    (text_column("Identificador", 60), text_column(terms.SHEET, 24), text_column(terms.CELL, 8)), ("Identificador",)
)
FIGURE_IDS = MasterSheet("Cifras", "", (FIGURE_IDS_TABLE,), Content.NOTHING)

# The tables first, in the order of the report; annexes of groups stand where one of them does here.
SHEETS = (
    front.COVER,
    executive_summary.EXECUTIVE_SUMMARY,
    front.INDEX,
    front.ARTICULATION,
    front.RELATION,
    front.AREAS,
    criteria.CRITERIA,
    acp.ACP,
    acp.CATEGORIES,
    areas.MONTHLY,
    areas.COMPARISON,
    areas.FUNDS,
    areas.SERVICES,
    acp.PERFORMANCE,
    acp.GOALS,
    history.HISTORY,
    units.UNITS,
    areas.PERFORMANCE,
    areas.ENTITY_MONTHS,
    units.SUMMARY,
    control.RESULTS,
    delays.DELAYS,
    acp.ANNEX,
    units.ANNEX,
    control.STATISTICS,
    control.CUADRE,
    control.FINDINGS,
    control.SUBMISSIONS,
    control.CHANGES,
    control.MODIFICATIONS,
    calculation.PHYSICAL,
    calculation.MONEY,
    data.OPERATIONS,
    data.TASKS,
    data.GOALS,
    data.SIGEP,
    data.BUDGET,
    data.RESULTS,
    FIGURE_IDS,
)
_DONE = ("ejecutado_", "devengado_")  # how the columns of the schemas begin
_BY_NAME = {sheet.name: sheet for sheet in SHEETS}


class Rows(NamedTuple):
    """How the rows of a table are known; see `MasterTable`. `phrases` are columns of the key that hold phrases."""

    titles: frozenset[str]
    key: tuple[str, ...]
    free: tuple[str, ...] = ()
    phrases: frozenset[str] = frozenset()
    origin: bool = False
    told: str = ""


def holding(content: Content) -> tuple[str, ...]:
    """The names of the sheets that hold this."""
    return tuple(sheet.name for sheet in SHEETS if sheet.content is content)


def every_table() -> tuple[MasterTable, ...]:
    """Every table that is listed, in the order of the sheets."""
    return tuple(table for sheet in SHEETS for table in sheet.tables)


def content_of(name: str) -> Content:
    """What a sheet holds; one that is not listed by its name is one of tables."""
    if name.startswith(terms.DATA_PREFIX):
        return Content.DATA
    return _BY_NAME[name].content if name in _BY_NAME else Content.TABLES


def _tables(name: str) -> tuple[MasterTable, ...]:
    return _BY_NAME[name].tables if name in _BY_NAME else ()


@cache
def known_rows() -> tuple[Rows, ...]:
    """How the rows of every listed table are known; those that ask for most titles first."""
    found = dict.fromkeys(_rows(own) for table in every_table() for own in _with_and_without_levels(table))
    return tuple(sorted(found, key=lambda rows: -len(rows.titles)))


def _with_and_without_levels(table: MasterTable) -> Iterator[MasterTable]:
    """A table as entities with all levels have it, and as those have it that do without some.

    A table that is known by the names of a level alone is not there without it.
    """
    for n in range(len(table.levels) + 1):
        found = (table.without(levels) for levels in combinations(sorted(table.levels), n))
        yield from (own for own in found if own.key)


def _rows(table: MasterTable) -> Rows:
    if not table.sheet_of_units:
        return Rows(table.titles, table.key, table.free, origin=table.origin, told=table.told)
    sheet = sheets.sheet("unidad", table.sheet_of_units)
    named = {sheet.column(name).title: name for name in sheets.VERSION_KEYS[sheet.key]}
    phrases = frozenset(title for title, name in named.items() if name in sheets.PHRASES)
    return Rows(table.titles | {*named}, (*table.key, *named), (*named,), phrases, table.origin, table.told)


def rows_of(titles: Collection[str]) -> Rows | None:
    """How the rows of a table with these titles are known; None where it is none of ours."""
    there = {*titles}
    return next((rows for rows in known_rows() if rows.titles <= there), None)


def sheet_of_units(name: str) -> str:
    """The sheet of the units' workbooks whose rows a data sheet holds; '' for any other sheet."""
    return next((table.sheet_of_units for table in _tables(name)), "")


def indicator_of(sheet: str, title: str) -> str:
    """The indicator of the figures below a title of a sheet; '' where it shows none."""
    shown = (column for table in _tables(sheet) for column in table.every_column if column.indicator)
    return next((column.indicator for column in shown if column.fits(title)), "")


def is_accumulated(sheet: str, title: str) -> bool:
    """Whether a column of a sheet shows what was reached up to the quarter that is evaluated."""
    return any(column.is_accumulated(title) for table in _tables(sheet) for column in table.every_column)


def is_done(sheet: str, title: str, months: Collection[str]) -> bool:
    """Whether a column of a data sheet holds what a unit did or spent in one of these months."""
    typed = (c for t in _tables(sheet) if t.sheet_of_units for c in sheets.sheet("unidad", t.sheet_of_units).inputs)
    return any(c.title == title and c.suffix in months and c.name.startswith(_DONE) for c in typed)


@cache
def _columns_of_points() -> tuple[MasterColumn, ...]:
    every = (column for table in every_table() for column in table.every_column)
    return tuple(column for column in every if column.unit and not unit_said_by(column.title))


@remembered(most=512, longest=200)
def unit_of(text: str) -> str:
    """In what numbers are measured that stand below a title, or beside the name of a row: Bs, points or ''."""
    if said := unit_said_by(text):
        return said
    points = text in terms.ROWS_OF_POINTS or any(column.fits(text) for column in _columns_of_points())
    return UnitOfMeasure.POINTS if points else ""
