"""All workbooks' rows of one sheet as one frame, so that a schema runs once whatever the number of files.

The index of a frame is one number that holds the workbook's place in the list and the Excel row.
"""

from collections.abc import Sequence

import pandas as pd

from poa_xl.reading import Book
from poa_xl.sheets import ROWS_OF_A_SHEET, Sheet


def index_of(book: int, row: int) -> int:
    """The index of an Excel row (from 1) of the book at a place in the list."""
    return book * ROWS_OF_A_SHEET + row - 1


def place_of(index: int) -> tuple[int, int]:
    """(place of the book, Excel row) of an index."""
    book, row = divmod(int(index), ROWS_OF_A_SHEET)
    return book, row + 1


def batch(books: Sequence[Book], sheet: Sheet) -> pd.DataFrame:
    """Input columns of a sheet, rows of all books; a column that a book lacks is blank there."""
    tables = [(number, book.tables[sheet.key]) for number, book in enumerate(books) if sheet.key in book.tables]
    index = [index_of(number, row) for number, table in tables for row in table.rows]
    columns = {}
    for column in sheet.inputs:
        values: list[object] = []
        for _, table in tables:
            values.extend(table.values.get(column.name) or [None] * len(table.rows))
        columns[column.name] = pd.Series(values, index=index, dtype=column.dtype)
    return pd.DataFrame(columns, index=index)
