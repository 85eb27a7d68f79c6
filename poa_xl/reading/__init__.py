"""A workbook file -> its sheets with typed rows, and findings about its structure and its cells.

Sheets and columns are recognised by their titles, forgiving case, accents, spaces and order. Every cell
that a person fills in is typed here, before any schema sees it, so that one bad cell gives one finding at
its own place and never hides the rest of its column. Files are opened and parsed by `guards` alone, which also says
which cells hold an error or a formula without a cached value: as values both are blanks.

`folders` says which files are read, `files` opens one, `structure` finds the sheets, `headings` the columns, `rows`
types the cells; `book` is what comes out.
"""

from poa_xl.reading.book import Answers, Book, Grid, Grids, Odd, Table, as_records
from poa_xl.reading.files import File, read_book, read_contents, start_workers
from poa_xl.reading.folders import SUFFIXES, aside, list_files
from poa_xl.reading.structure import read_grids, refuse_far, refused

__all__ = [
    "SUFFIXES",
    "Answers",
    "Book",
    "File",
    "Grid",
    "Grids",
    "Odd",
    "Table",
    "as_records",
    "aside",
    "list_files",
    "read_book",
    "read_contents",
    "read_grids",
    "refuse_far",
    "refused",
    "start_workers",
]
