"""The columns of a table, recognised by their titles."""

from collections.abc import Callable, Collection, Sequence

from poa_xl import cells, sheets, template_versions, titles
from poa_xl.findings import Finding, Location
from poa_xl.messages import totals
from poa_xl.reading.book import Book, Grid, Table
from poa_xl.sheets import STAMPS, Column, Sheet

SEARCH_ROWS = 30
SHARE_OF_TITLES = 0.5  # of the columns to fill in, for a row to be the header
SHARE_OF_BEST = 0.8  # of the titles of the best row, for one above it to be the header: below it are rows of data
SHARE_AGAIN = 0.8  # of what a row holds, for it to be the titles once more
FEWEST_AGAIN = 2  # titles
MOST_LISTED = 10  # rows

PlaceOf = Callable[[int], str]  # the address of a title


def header_row(sheet: Sheet, grid: Grid) -> int | None:
    """The row (from 0) that holds most of the titles; None where no row holds enough of them."""
    wanted = sheet.first_titles
    scores: list[int] = []
    for row in grid[:SEARCH_ROWS]:
        scores.append(len(wanted & {titles.key(v) for v in row if isinstance(v, str)}))
        if scores[-1] == len(wanted):  # no row can hold more
            break
    best = max(scores, default=0)
    if best < max(1, SHARE_OF_TITLES * len(wanted)):
        return None
    return next(row for row, score in enumerate(scores) if score >= SHARE_OF_BEST * best)


def again(sheet: Sheet, grid: Grid, header: int, places: Collection[int]) -> set[int]:
    """The rows (from 0) below the header that hold nothing but its titles again, or what stands above them.

    So a table looks that was put together from pages. `places` are the columns of the table that count.
    """
    own = sheet.input_titles
    above = {titles.key(text) for text in (sheet.title, sheet.description)}
    longest = 2 * max(len(text) for text in (sheet.title, sheet.description, *(c.title for c in sheet.inputs)))
    found = set()
    for number, row in enumerate(grid[header + 1 :], start=header + 1):
        short = [v for v in row if type(v) is str and 0 < len(v) <= longest]
        filled = _filled(row, places) if short else 0
        if len(short) < SHARE_AGAIN * filled:  # most rows, of numbers: there cannot be titles enough
            continue
        keys = [titles.key(text) for text in short]
        hits = sum(key in own for key in keys)
        if hits < FEWEST_AGAIN and (len(keys) != 1 or keys[0] not in above):
            continue
        if hits >= max(FEWEST_AGAIN, SHARE_AGAIN * filled) or (filled <= 1 and not hits):
            found.add(number)
    return found


def _filled(row: Sequence[object], places: Collection[int]) -> int:
    values = [row[place] for place in places if place < len(row)]
    return len(values) - sum(map(values.count, cells.BLANKS))


def report_again(book: Book, table: Table, rows: Collection[int]) -> None:
    """One finding for all the rows that are titles once more."""
    if rows:
        numbers = [row + 1 for row in sorted(rows)]
        place = Location(book.file, table.name, f"{cells.letters(min(table.columns.values(), default=0))}{numbers[0]}")
        book.findings.append(Finding("HOJ-011", place, totals.rows(numbers, MOST_LISTED)))


def match(book: Book, table: Table, found: Sequence[object], place: PlaceOf) -> None:
    """Fill `table.columns` from the titles found; `place(i)` is the address of title i."""
    by_key = table.sheet.by_title
    by_title = {c.title: c for c in table.sheet.columns}
    order: list[tuple[int, Column]] = []
    for i, value in enumerate(found):
        exact = by_title.get(value) if isinstance(value, str) else None
        if exact and exact.name not in table.columns:  # as the template has it
            table.columns[exact.name] = i
            order.append((i, exact))
            continue
        title = cells.clean(value) if isinstance(value, str) else str(value or "")
        if not title:
            continue
        location = Location(book.file, table.name, place(i))
        column = by_key.get(titles.key(title))
        if column is None:
            book.findings.append(Finding("COL-005", location, title))
        elif column.name in table.columns:
            if not column.computed:
                book.findings.append(Finding("COL-004", location, title, details={"columna": column.title}))
        else:
            table.columns[column.name] = i
            order.append((i, column))
            if value != column.title and not column.computed:
                book.findings.append(Finding("COL-002", location, str(value), details={"columna": column.title}))
    _report_columns(book, table, [c for _, c in order if c.name in table.columns and not c.computed], place)
    table.columns = {c.name: table.columns[c.name] for c in table.sheet.inputs if c.name in table.columns}


def take_later(book: Book, table: Table) -> list[tuple[Column, int]]:
    """Take out the columns of a later version of the template than the workbook is of, with their places."""
    version = "" if table.sheet.reads_later else version_of(book)
    later = [c for c in table.sheet.inputs if version and c.name in table.columns and is_later(c, version)]
    return [(column, table.columns.pop(column.name)) for column in later]


def report_later(book: Book, table: Table, later: Sequence[tuple[Column, int]], grid: Grid, header: int) -> None:
    """Say which of these columns hold something: nobody agreed on what it says. `header` is the row of the titles."""
    filled = [
        (column, place)
        for column, place in later
        if any(place < len(grid[row - 1]) and grid[row - 1][place] not in cells.BLANKS for row in table.rows)
    ]
    if filled:
        named = ", ".join(f"«{column.title}»" for column, _ in filled)
        cell = Location(book.file, table.name, f"{cells.letters(filled[0][1])}{header + 1}")
        details = {"columna": named, "esperado": filled[0][0].since}
        book.findings.append(Finding("COL-007", cell, version_of(book), details=details))


def version_of(book: Book) -> str:
    """The version of the template that a workbook says it is of; '' where it says none that there is."""
    form = book.tables.get("unidad")
    said = (form.values.get("version_plantilla") or [None])[0] if form else None
    return template_versions.find(said)


def is_later(column: Column, version: str) -> bool:
    """Whether a column came after a version of the template; of an unknown one, whether it came after the first."""
    names = sheets.version_names()
    return bool(column.since) and (not version or names.index(version) < names.index(column.since))


def _report_columns(book: Book, table: Table, found: list[Column], place: PlaceOf) -> None:
    expected = [c for c in table.sheet.inputs if c.name in table.columns]
    version = version_of(book)
    for column in table.sheet.inputs:
        if column.name not in table.columns and not column.may_be_missing and not is_later(column, version):
            form_data = table.sheet.form and column.name not in STAMPS
            optional = form_data or bool(column.since) or (column.dtype == "str" and not column.required)
            code = "COL-006" if optional else "COL-001"
            book.findings.append(Finding(code, Location(book.file, table.name), details={"columna": column.title}))
    moved = next((a for a, b in zip(found, expected, strict=True) if a != b), None)
    if moved:
        cell = place(table.columns[moved.name])
        location = Location(book.file, table.name, cell)
        book.findings.append(Finding("COL-003", location, details={"columna": moved.title}))
