"""The levels that an entity does without: blank in every row of every sheet that names them."""

from collections.abc import Iterator

from poa_xl.reading import Book, Table


def absent(book: Book) -> frozenset[str]:
    """The levels that no cell of an entity's workbook names. A cell that cannot be read names one."""
    named: dict[str, bool] = {}
    for table in book.tables.values():
        for level, filled in _levels(table):
            named[level] = named.get(level, False) or filled
    return frozenset(level for level, filled in named.items() if not filled)


def _levels(table: Table) -> Iterator[tuple[str, bool]]:
    """Each level that a sheet names, and whether some row does: of its own sheet any row, else one with the cell."""
    for column in table.sheet.inputs:
        if column.level == table.sheet.key:
            yield column.level, bool(table.rows)
        elif column.level:
            yield column.level, _is_used(table, column.name)


def _is_used(table: Table, column: str) -> bool:
    bad = any(name == column for _, name in table.bad)
    return bad or any(value is not None for value in table.values.get(column, ()))
