"""The titles of a master whose entity has names of its own: told as ours, so that its tables are known.

The names stand in the sheet Criterios, beside the parameters; one with the published names says none.
"""

from collections.abc import Iterator, Mapping

from poa_xl import cells, level_names
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
    if not own.own:
        return dict(grids)
    titles = _Titles(own)
    return {name: grid and list(titles.published(grid)) for name, grid in grids.items()}


# Facts at the head of a row.
_FACTS = (terms.SEMAFORO, terms.CRITERIO, front.SEMAFORO_VERSION, front.CRITERIO_VERSION)


class _Titles:
    """What the titles of an entity say in the published words. A table is known by its own."""

    def __init__(self, own: OwnNames) -> None:
        tables = [table for table in contents.every_table() if not table.sheet_of_units]
        self._tables = [(frozenset(map(own.said, table.titles)), self._said(own, table)) for table in tables]
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


def _in(said: Mapping[str, str], value: object) -> object:
    return said.get(value, value) if isinstance(value, str) else value
