"""The rows of a table in which nobody wrote anything yet, behind all that are filled."""

from collections.abc import Iterator

from poa_xl import cells
from poa_xl.messages import refresh as words
from poa_xl.migration import extract
from poa_xl.migration.refresh.parts import NotSplicedError
from poa_xl.migration.source import Source
from poa_xl.reading import Table
from poa_xl.reading.headings import header_row


def of(old: Source, table: Table) -> Iterator[int]:
    """Excel rows that have the formulas of the template and nothing else. NotSplicedError where there is no other."""
    yield from _found(old, table)
    raise NotSplicedError(words.NO_ROW.format(hoja=table.name))


def behind(old: Source, table: Table) -> Iterator[int]:
    """The rows behind the last filled one, without end: of a workbook that is written anew."""
    row = _last(old, table)
    while True:
        row += 1
        yield row


def _found(old: Source, table: Table) -> Iterator[int]:
    marks, last = old.marks[table.name], _last(old, table)
    inputs = {*table.columns.values()}
    computed = {cells.row_of(cell) for cell in marks.formulas if cells.place_of(cell) not in inputs}
    merged = old.contents.merged.get(table.name, ())
    for row in sorted(computed):
        if row > last and row not in marks.hidden and not any(area.top <= row <= area.bottom for area in merged):
            yield row


def _last(old: Source, table: Table) -> int:
    """The last row with something of a person; at least that of the titles."""
    grid, marks = old.contents[table.name], old.marks[table.name]
    inputs = {*table.columns.values()}
    header = header_row(table.sheet, grid)
    taken = [0 if header is None else header + 1]
    taken += [cells.row_of(a) for a in (*marks.formulas, *marks.notes) if cells.place_of(a) in inputs]
    taken += [cells.row_of(a) for a in old.contents.odd.get(table.name, {}) if cells.place_of(a) in inputs]
    for number, row in enumerate(grid, start=1):
        typed = (n for n, value in enumerate(row) if not extract.blank(value))
        if any(f"{cells.letters(n)}{number}" not in marks.formulas for n in typed):
            taken.append(number)
    return max(taken)
