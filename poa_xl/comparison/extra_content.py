"""What is in a unit's workbook and not of the template: which sheets and columns, and whether both have the same.

It is not compared row by row: nobody says what its rows are.
"""

from collections.abc import Mapping, Sequence

from poa_xl import cells, names, titles
from poa_xl.comparison.result import A, B, SinComparar, Solo
from poa_xl.reading import Book, Grid, Table, our_lists
from poa_xl.sheets import unit_sheets

Grids = Mapping[str, Grid]
Found = tuple[list[Solo], list[SinComparar]]
_FOREIGN_COLUMN = "COL-005"


def sheets(a: Book, b: Book, grids_a: Grids, grids_b: Grids) -> Found:
    """Sheets that only one has, and those of both that are not the same."""
    known = {titles.key(s.name) for s in unit_sheets()}
    there = [_foreign(book, grids, known) for book, grids in ((a, grids_a), (b, grids_b))]
    solo = [
        Solo(side, "hoja", name)
        for side, own, other in ((A, there[0], there[1]), (B, there[1], there[0]))
        for key, name in own.items()
        if key not in other
    ]
    both = [(name, there[1][key]) for key, name in there[0].items() if key in there[1]]
    return solo, [SinComparar("", y) for x, y in both if _filled(grids_a[x]) != _filled(grids_b[y])]


def _foreign(book: Book, grids: Grids, known: set[str]) -> dict[str, str]:
    read = {table.name for table in book.tables.values()}  # under another name, some of them
    blank = {n for n in grids if names.is_own(n) and not _filled(grids[n])}
    others = [n for n in grids if n not in read and n not in blank and not our_lists.is_ours(n, grids)]
    named = {titles.key(n) or n: n for n in others}
    return {key: name for key, name in named.items() if key not in known}


def _filled(grid: Grid) -> dict[tuple[int, int], object]:
    return {(r, c): v for r, row in enumerate(grid) for c, v in enumerate(row) if v not in cells.BLANKS}


def columns(a: Book, b: Book, old: Table, new: Table, grids_a: Grids, grids_b: Grids) -> Found:
    """Columns of a sheet that only one has, and those of both that do not hold the same, in whatever order."""
    there = [_columns(a, old), _columns(b, new)]
    name = old.sheet.name
    solo = [
        Solo(side, "columna", title, name)
        for side, own, other in ((A, there[0], there[1]), (B, there[1], there[0]))
        for key, (title, _) in own.items()
        if key not in other
    ]
    unread = [
        SinComparar("", name, columna=title)
        for key, (title, cell) in there[1].items()
        if key in there[0] and _column(grids_a, old, there[0][key][1]) != _column(grids_b, new, cell)
    ]
    return solo, unread


def _columns(book: Book, table: Table) -> dict[str, tuple[str, str]]:
    """Title's key -> (title, its cell)."""
    found = (f for f in book.findings if f.code == _FOREIGN_COLUMN and f.location.sheet == table.name)
    return {titles.key(f.found) or f.found: (f.found, f.location.cell) for f in found}


def _column(grids: Grids, table: Table, title: str) -> Sequence[str]:
    """What stands below a title, or of a form beside it."""
    grid, first, place = grids.get(table.name, []), cells.row_of(title), cells.place_of(title)
    if table.sheet.form:
        return sorted(cells.show(v) for v in grid[first - 1][place + 1 :] if v not in cells.BLANKS) if grid else []
    return sorted(cells.show(row[place]) for row in grid[first:] if len(row) > place and row[place] not in cells.BLANKS)
