"""The rows of a table, or the one record of a form, with every cell typed."""

from collections.abc import Collection, Sequence

from poa_xl import cells, messages, titles
from poa_xl.cells import Value
from poa_xl.findings import Finding, Location
from poa_xl.guards import MergedArea
from poa_xl.messages import Trait
from poa_xl.reading import covered, goal_numbers, headings
from poa_xl.reading.book import Book, Grid, Table
from poa_xl.sheets import UNIDAD, Column, Sheet

_TAKEN_AS_BLANK = "CEL-012"
_SEAL = "sello"  # a code, though nobody has to give it


def read_table(book: Book, table: Table, grid: Grid, odd: dict[str, str], merged: Sequence[MergedArea] = ()) -> bool:
    """Read the rows; False (and a finding) where there are no titles."""
    header = headings.header_row(table.sheet, grid)
    if header is None:
        details = {"columna": table.sheet.name}
        book.findings.append(Finding("HOJ-006", Location(book.file, table.name), details=details))
        return False
    headings.match(book, table, grid[header], lambda i: f"{cells.letters(i)}{header + 1}")
    later = headings.take_later(book, table)
    columns = goal_numbers.Columns(book, table)
    table.values = {name: [] for name in table.columns}
    names = {place: name for name, place in table.columns.items()}
    seen = as_seen(table, grid, odd, merged, header)
    covered.report(book, table.name, seen)
    again = headings.again(table.sheet, seen.grid, header, names)
    headings.report_again(book, table, again)
    _read_rows(book, table, columns, seen, range(header + 1, len(grid)), again)
    headings.report_later(book, table, later, grid, header)
    rows = set(table.rows)
    table.bad |= {(row + 1, names[column]) for row, column in seen.hidden if row + 1 in rows}
    return True


def as_seen(
    table: Table, grid: Grid, odd: dict[str, str], merged: Sequence[MergedArea], header: int | None = None
) -> covered.Seen:
    """The sheet without the data that merged cells cover. `header` is the row of a table's titles, from 0."""
    places = set(table.columns.values())
    if table.sheet.form:
        return covered.seen(grid, odd, merged, lambda row, column: column == 1 and row in places)
    return covered.seen(grid, odd, merged, lambda row, column: row > (header or 0) and column in places)


def _read_rows(
    book: Book,
    table: Table,
    columns: goal_numbers.Columns,
    seen: covered.Seen,
    places: range,
    again: Collection[int],
) -> None:
    odd_rows = {cells.row_of(address) for address in seen.odd}
    blanks, filled = cells.BLANKS, tuple(table.columns.values())
    for place in places:
        row, number = seen.grid[place], place + 1
        present = any(row[column] not in blanks for column in filled if column < len(row))
        if not present and not (number in odd_rows and _odd_input(table, seen.odd, number)):
            continue
        if place not in again:
            _read_row(book, table, columns.of(row), row, number, seen.odd if number in odd_rows else {})


def _odd_input(table: Table, odd: dict[str, str], row: int) -> bool:
    return any(f"{cells.letters(place)}{row}" in odd for place in table.columns.values())


def _read_row(
    book: Book,
    table: Table,
    columns: list[tuple[Column, int]],
    row: list[object],
    number: int,
    odd: dict[str, str],
) -> None:
    values: list[Value] = []
    blank, width = True, len(row)
    for column, place in columns:
        raw = row[place] if place < width else ""
        if not odd:
            if raw == "":
                values.append(None)
                continue
            if column.dtype == "Int64" and (count := cells.whole(raw)) is not None:
                values.append(count)
                blank = False
                continue
            if column.dtype == "str" and type(raw) is str:
                text = (cells.paragraphs if column.paragraphs else cells.clean)(raw) or None
                values.append(text)
                blank = blank and text is None
                continue
        address = f"{cells.letters(place)}{number}" if odd else ""
        value = _read_cell(book, table, column, raw, number, odd.get(address, ""))
        blank = blank and value is None and (number, column.name) not in table.bad
        values.append(value)
    if blank:  # only spaces were typed
        return
    table.rows.append(number)
    for (column, _), value in zip(columns, values, strict=True):
        table.values[column.name].append(value)


def _read_cell(book: Book, table: Table, column: Column, raw: object, number: int, odd: str) -> Value:
    if raw == "" and not odd:
        return None
    if odd:
        code = "CEL-007" if odd == cells.NO_VALUE else "CEL-006"
        reading = cells.Reading(None, code, "" if odd == cells.NO_VALUE else odd)
    elif column.paragraphs and isinstance(raw, str):
        reading = cells.Reading(cells.paragraphs(raw) or None)
    else:
        reading = read_value(table.sheet, column, raw)
    if reading.code:
        location = Location(book.file, table.name, table.cell(column.name, number))
        details = {"columna": column.title, "leido": reading.read_as}
        book.findings.append(Finding(reading.code, location, reading.found, details=details))
        if reading.value is None and reading.code != _TAKEN_AS_BLANK:
            table.bad.add((number, column.name))
    return reading.value


def read_value(sheet: Sheet, column: Column, raw: object) -> cells.Reading:
    """A cell's value for its column: of one that no row needs, what can be made of it, with an aviso.

    A column of goals must be given as its row reads it (`goal_numbers.as_read`).
    """
    reading = cells.read(raw, column.dtype, column.unit)
    if messages.has(reading.code, Trait.NOT_A_NUMBER) and _spare(sheet, column):
        return cells.Reading(None, _TAKEN_AS_BLANK, cells.show(raw))
    if messages.has(reading.code, Trait.NOT_A_TEXT) and _free_text(sheet, column):
        return cells.Reading(cells.show(raw), "CEL-021", cells.show(raw))
    return reading


def _spare(sheet: Sheet, column: Column) -> bool:
    """A number of a unit's workbook that is neither required nor one of the months."""
    number = column.dtype in ("Int64", "float64")
    return number and sheet.key in UNIDAD and not sheet.form and not column.required and not column.group


def _free_text(sheet: Sheet, column: Column) -> bool:
    """A text of a unit's workbook that may be left out and is no code: whatever a person sees there is what it says."""
    return sheet.key in UNIDAD and column.dtype == "str" and not column.required and column.name != _SEAL


def read_form(book: Book, table: Table, grid: Grid, odd: dict[str, str], merged: Sequence[MergedArea] = ()) -> bool:
    """Read the one record; False (and a finding) where there are no titles."""
    labels: list[object] = [row[0] if row and titles.key(row[0]) in table.sheet.by_title else "" for row in grid]
    if not any(labels):
        details = {"columna": table.sheet.name}
        book.findings.append(Finding("HOJ-006", Location(book.file, table.name), details=details))
        return False
    headings.match(book, table, labels, lambda i: f"A{i + 1}")
    table.rows = [1]
    names = {place: name for name, place in table.columns.items()}
    seen = as_seen(table, grid, odd, merged)
    covered.report(book, table.name, seen)
    for name, place in table.columns.items():
        raw = seen.grid[place][1] if len(seen.grid[place]) > 1 else ""
        value = _read_cell(book, table, table.sheet.column(name), raw, 1, seen.odd.get(f"B{place + 1}", ""))
        table.values[name] = [value]
    table.bad |= {(1, names[row]) for row, _ in seen.hidden}
    return True
