"""The titles of a master whose entity has names of its own: told as ours, so that its tables are known.

The names stand in the sheet Criterios, beside the parameters; one with the published names says none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from poa_xl import cells, level_names
from poa_xl.entity import GRUPO
from poa_xl.level_names import OwnNames
from poa_xl.master_tables import contents, criteria, front, terms
from poa_xl.master_tables.table import MasterTable
from poa_xl.reading import Grid

_VALUE = 2  # where a parameter of Criterios says its value, from 0


def names(criterios: Grid) -> OwnNames:
    """The names that a master holds."""
    rows = ((str(row[0]), str(row[_VALUE])) for row in criterios if len(row) > _VALUE)
    return level_names.from_rows(rows)


def with_published(grids: Mapping[str, Grid | None]) -> dict[str, Grid | None]:
    """The sheets of a master, the titles of tables that are known with the published names."""
    own = names(grids.get(criteria.CRITERIA.name) or [])
    if not own.own and not _without_levels(grids):
        return dict(grids)
    titles = _Titles(own)
    return {name: grid and list(titles.published(grid)) for name, grid in grids.items()}


def _without_levels(grids: Mapping[str, Grid | None]) -> bool:
    """Whether the entity of a master may do without some level, or somebody took its sheets away."""
    groups = (column.title for column in front.AREAS_TABLE.every_column if column.level == GRUPO)
    there = {value for row in grids.get(front.AREAS.name) or [] for value in row}
    return not there.issuperset(groups) or any(s.level and s.name not in grids for s in contents.SHEETS)


def _variants(own: OwnNames) -> Iterator[OwnNames]:
    """The names with all levels, and with any of them left out: a master does not say which it has."""
    for n in range(len(level_names.LEVELS) + 1):
        yield from (replace(own, absent=some) for some in combinations(sorted(level_names.LEVELS), n))


# Facts at the head of a row.
_FACTS = (terms.SEMAFORO, terms.CRITERIO, front.SEMAFORO_VERSION, front.CRITERIO_VERSION)


class _Titles:
    """What the titles of an entity say in the published words. A table is known by its own."""

    def __init__(self, own: OwnNames) -> None:
        tables = [table for table in contents.every_table() if not table.sheet_of_units]
        left = ((table.without(o.absent), o) for o in _variants(own) for table in tables)
        said = [(table, o) for table, o in left if table.key]
        self._tables = _each_once((frozenset(map(o.said, table.titles)), self._said(o, table)) for table, o in said)
        self._levels = {own.said(name): name for name in terms.LEVEL_NAMES.values()}
        self._facts = {own.said(fact): fact for fact in _FACTS}

    @staticmethod
    def _said(own: OwnNames, table: MasterTable) -> dict[str, str]:
        return {own.said(title): title for title in (*table.titles, *(c.title for c in table.every_column))}

    def published(self, grid: Grid) -> Iterator[list[object]]:
        """The rows of a sheet in the published words, as far as they are ours."""
        level: int | None = None
        for row in grid:
            there = {value for value in row if value not in cells.BLANKS}
            said = self._of_table(there)
            if said is not None:
                level = row.index(terms.LEVEL) if terms.LEVEL in there else None
                yield [_in(said, value) for value in row]
            else:
                words = [_in(self._levels, value) if place == level else value for place, value in enumerate(row)]
                yield [*(_in(self._facts, value) for value in words[:1]), *words[1:]]

    def _of_table(self, there: set[object]) -> Mapping[str, str] | None:
        """The titles of the table whose titles a row is; None for a row of figures, and for any other line."""
        if not all(isinstance(value, str) for value in there):
            return None
        fitting = [said for known, said in self._tables if known <= there]
        return max(fitting, key=lambda said: len(said.keys() & there), default=None)


_Known = tuple[frozenset[str], dict[str, str]]  # the titles by which a table is known, and all of them as published


def _each_once(tables: Iterable[_Known]) -> list[_Known]:
    found: list[_Known] = []
    for table in tables:
        if table not in found:
            found.append(table)
    return found


def _in(said: Mapping[str, str], value: object) -> object:
    return said.get(value, value) if isinstance(value, str) else value
