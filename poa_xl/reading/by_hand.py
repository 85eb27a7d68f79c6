"""A workbook that is calculated by hand alone: what its formulas show may be older than the cells that they use."""

from collections.abc import Mapping, Sequence

from poa_xl import cells
from poa_xl.findings import Finding, Location
from poa_xl.reading.book import Book, Table


def report(book: Book, formulas: Mapping[str, Sequence[str]]) -> None:
    """One finding where a person put a formula into a cell to fill in; the template's own columns do not count.

    `formulas` are the cells with a formula, by sheet; none where the workbook calculates by itself.
    """
    for table in book.tables.values():
        first = next(iter(_inputs(table, formulas.get(table.name, ()))), "")
        if first:
            book.findings.append(Finding("LIB-022", Location(book.file, table.name, first), first))
            return


def _inputs(table: Table, found: Sequence[str]) -> list[str]:
    """Those of these cells that are to be filled in, of rows that were read, and that have a value that may be old."""
    without = {table.cell(name, row) for row, name in table.bad}
    if table.sheet.form:
        own = {f"B{place + 1}" for place in table.columns.values()} - without
        return [cell for cell in found if cell in own]
    places, rows = set(table.columns.values()), set(table.rows)
    return [
        cell for cell in found if cells.place_of(cell) in places and cells.row_of(cell) in rows and cell not in without
    ]
