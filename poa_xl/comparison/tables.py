"""The tables of a master's sheets, known by the titles of `master_tables`, and below them the rows.

A blank row ends a table, unless what follows has no titles of its own. What stands below no title is in no table.

`NOT_COMPARED` says what is left out, and why.
"""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from poa_xl import cells
from poa_xl.cells import NO_VALUE
from poa_xl.comparison.result import Origen
from poa_xl.comparison.rows import ComparedRow, RowIdentity
from poa_xl.comparison.values import Dato, Ilegible
from poa_xl.master_tables import contents, data, terms
from poa_xl.master_tables.contents import Rows
from poa_xl.master_tables.table import Content
from poa_xl.messages import comparison as words
from poa_xl.reading import Grid

# Columns that are not compared, wherever they stand: title -> why.
NOT_COMPARED: Mapping[str, str] = {
    terms.NUMBER: "counts the rows of its table from 1",
    data.ROW_OF_ENTITY.title: "a row that only moved is the same row",
}
# The index repeats the headings of the other sheets, which are compared there. The list of the ids is read apart.
SHEETS_NOT_COMPARED = frozenset(contents.holding(Content.NOTHING)) - {contents.FIGURE_IDS.name}

# A title and something that a person wrote beside it; a line with more is a line of a table.
_TITLE_AND_NOTE = 2
_LIKE_A_ROW, _ONE_BLANK = 3, 2
_BESIDE = 1  # number that a person wrote beside the titles


@dataclass(frozen=True)
class TableInMaster:
    """A table, or (`texts`) what stands in a sheet outside its tables. `columns`: name -> place from 0."""

    titulo: str
    columns: Mapping[str, int]
    rows: list[ComparedRow]
    texts: bool = False
    end: int = 0  # the Excel row of its last line

    @property
    def known(self) -> bool:
        """Whether it is one of `master_tables`."""
        return not self.texts and contents.rows_of(self.columns) is not None

    @cached_property
    def kind(self) -> Rows:
        """How its rows are known; in a table that is not known, by the first column."""
        if self.texts:
            own = (words.LOOSE_TEXT,)
            return Rows(frozenset(own), own, own, frozenset(own))
        first = next(iter(self.columns))
        return contents.rows_of(self.columns) or Rows(frozenset((first,)), (first,))

    def rule(self, compared: Sequence[str]) -> RowIdentity:
        """How the rows of this table are matched, of which these columns are compared."""
        kind = self.kind
        return RowIdentity(kind.key, tuple(compared), kind.phrases, frozenset(kind.key) - {*kind.free})

    def cell(self, column: str, row: ComparedRow) -> str:
        """The address of a cell."""
        place = row.place if self.texts else self.columns[column]
        return f"{cells.letters(place)}{row.number}"

    def origin(self, row: ComparedRow) -> Origen | None:
        """Where a row comes from, in a table that says so."""
        file, sheet = row.values.get(terms.FILE), row.values.get(terms.SHEET)
        if not self.kind.origin or not isinstance(file, str):
            return None
        number, cell = row.values.get(terms.ROW), row.values.get(terms.CELL)
        if isinstance(cell, str) and cells.is_address(cell):
            number = float(cells.row_of(cell))
        return Origen(file, sheet if isinstance(sheet, str) else "", int(number) if isinstance(number, float) else 0)


_Line = tuple[int, dict[int, Dato]]  # Excel row, place -> value of what is filled in


def of_sheet(grid: Grid, odd: Mapping[str, str]) -> list[TableInMaster]:
    """The tables of a sheet in their order; last, as one, all that is in none: titles, notes, and what was added."""
    found: list[TableInMaster] = []
    loose: list[ComparedRow] = []
    for block in itertools.chain.from_iterable(map(_parts, _blocks(_values(grid, odd)))):
        header = _header(block)
        if header is None and found and _goes_on(found[-1], block):
            rows, beside = _rows(found[-1].columns, block)
            found[-1].rows.extend(rows)
            found[-1] = replace(found[-1], end=block[-1][0])
            loose += beside
            continue
        header = _unknown_header(block) if header is None else header
        above = block if header is None else block[:header]
        loose += [_loose(number, place, value) for number, row in above for place, value in row.items()]
        if header is not None:
            heading = next(iter(above[-1][1].values())) if above else ""
            table, beside = _table(heading if isinstance(heading, str) else "", block[header:])
            found.append(table)
            loose += beside
    return [*found, TableInMaster("", {words.LOOSE_TEXT: 0}, loose, True)]


def _loose(number: int, place: int, value: Dato) -> ComparedRow:
    return ComparedRow(number, {words.LOOSE_TEXT: value}, place)


def _header(block: Sequence[_Line]) -> int | None:
    """Which line of a block has the titles of a table of ours; above it stand only titles and notes."""
    for n, (_, row) in enumerate(block):
        if _is_titles(row):
            return n
        if len(row) > _TITLE_AND_NOTE:
            return None
    return None


def _is_titles(row: Mapping[int, Dato]) -> bool:
    """Whether a line has the titles of a table of ours; a row of figures may hold the word of a title too."""
    texts = [value for value in row.values() if isinstance(value, str)]
    return len(row) - len(texts) <= _BESIDE and contents.rows_of(texts) is not None


def _parts(block: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """A block, parted where another table begins in it: somebody filled in the blank row that stood between the two.

    It begins with its heading, alone on its line; a row of figures may look like titles, and has none above it.
    """
    header = _header(block)
    after = len(block) if header is None else header + 2
    headings = [n - 1 for n in range(after, len(block)) if len(block[n - 1][1]) == 1 and _is_titles(block[n][1])]
    for start, end in itertools.pairwise((0, *headings, len(block))):
        yield block[start:end]


def _goes_on(table: TableInMaster, block: Sequence[_Line]) -> bool:
    """Whether a block without titles is the rest of the table above, in which somebody put a blank row or more.

    A master leaves two blank rows below a table; further down a line must look like one of its rows.
    """
    first, row = block[0]
    titled = set(table.columns.values())
    near = first - table.end <= _ONE_BLANK
    return len(row) > 1 and (near or any(len(titled & line.keys()) >= _LIKE_A_ROW for _, line in block))


def _unknown_header(block: Sequence[_Line]) -> int | None:
    """Which line of a block may be the titles of a table, if none of ours: texts, and below it a row."""
    lines = [row for _, row in block]
    for n, (row, below) in enumerate(itertools.pairwise(lines)):
        if len(row) > 1 and len(below) > 1 and all(isinstance(value, str) for value in row.values()):
            return n
    return None


def _values(grid: Grid, odd: Mapping[str, str]) -> Iterator[_Line]:
    strange: dict[int, dict[int, Dato]] = {}
    for address, error in odd.items():
        strange.setdefault(cells.row_of(address), {})[cells.place_of(address)] = Ilegible(
            words.WITHOUT_VALUE if error == NO_VALUE else error
        )
    for number, row in enumerate(grid, start=1):
        filled = {place: _value(value) for place, value in enumerate(row) if value not in cells.BLANKS}
        yield number, {**filled, **strange.get(number, {})}


def _value(raw: object) -> Dato:
    """A master holds texts and numbers; what else somebody put there is shown as it looks."""
    if isinstance(raw, str) or (isinstance(raw, float) and math.isfinite(raw)):
        return raw
    return Ilegible(cells.show(raw))


def _blocks(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    """Rows that stand together, up to a blank one."""
    block: list[_Line] = []
    for line in lines:
        if line[1]:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _table(titulo: str, block: Sequence[_Line]) -> tuple[TableInMaster, list[ComparedRow]]:
    """A table, and what stands in its lines below or beside no title."""
    (header_row, header), *lines = block
    titled = {place: title for place, title in sorted(header.items()) if isinstance(title, str)}
    names = dict(zip(numbered(titled.values()), titled, strict=True))
    rows, beside = _rows(names, lines)
    no_titles = [_loose(header_row, place, value) for place, value in header.items() if not isinstance(value, str)]
    return TableInMaster(titulo, names, rows, end=block[-1][0]), [*no_titles, *beside]


def numbered(names: Iterable[str]) -> list[str]:
    """Names of which none comes twice: of several equal ones, the next have a number."""
    taken: set[str] = set()
    next_one: dict[str, int] = {}
    found = []
    for given in names:
        name = given
        while name in taken:
            number = next_one.get(given, 2)
            name, next_one[given] = f"{given} ({number})", number + 1
        taken.add(name)
        found.append(name)
    return found


def _rows(names: Mapping[str, int], lines: Sequence[_Line]) -> tuple[list[ComparedRow], list[ComparedRow]]:
    rows, beside = [], []
    titled = set(names.values())
    for number, row in lines:
        if titled & row.keys():
            rows.append(ComparedRow(number, {name: row.get(place) for name, place in names.items()}))
        beside += [_loose(number, place, value) for place, value in row.items() if place not in titled]
    return rows, beside
