"""The rows of a table, or the one record of a form, with every cell typed."""

from poa_xl import cells, titles, workbook_xml
from poa_xl.cells import Value
from poa_xl.findings import Finding, Location
from poa_xl.reading import headings
from poa_xl.reading.book import Book, Grid, Table
from poa_xl.sheets import UNIDAD, Column, Sheet

# What may stand in a number that no figure needs, such as «por definir» in Meta. Error cells are never spared.
_NOT_A_NUMBER = frozenset({"CEL-002", "CEL-003", "CEL-004", "CEL-005", "CEL-008", "CEL-011"})


def read_table(book: Book, table: Table, grid: Grid, odd: dict[str, str]) -> bool:
    """Read the rows; False (and a finding) where there are no titles."""
    header = headings.header_row(table.sheet, grid)
    if header is None:
        details = {"columna": table.sheet.name}
        book.findings.append(Finding("HOJ-006", Location(book.file, table.name), details=details))
        return False
    headings.match(book, table, grid[header], lambda i: f"{cells.letters(i)}{header + 1}")
    columns = [(table.sheet.column(name), place) for name, place in table.columns.items()]
    table.values = {column.name: [] for column, _ in columns}
    odd_rows = {cells.row_of(address) for address in odd}
    blanks = cells.BLANKS
    for number, row in enumerate(grid[header + 1 :], start=header + 2):
        present = any(row[place] not in blanks for _, place in columns if place < len(row))
        if not present and not (number in odd_rows and _odd_input(table, odd, number)):
            continue
        _read_row(book, table, columns, row, number, odd if number in odd_rows else {})
    return True


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
        code = "CEL-007" if odd == workbook_xml.NO_VALUE else "CEL-006"
        reading = cells.Reading(None, code, "" if odd == workbook_xml.NO_VALUE else odd)
    elif column.paragraphs and isinstance(raw, str):
        reading = cells.Reading(cells.paragraphs(raw) or None)
    else:
        reading = cells.read(raw, column.dtype, column.unit)
    spare = reading.code in _NOT_A_NUMBER and _spare(table.sheet, column)
    if spare:
        reading = cells.Reading(None, "CEL-012", cells.show(raw))
    if reading.code:
        location = Location(book.file, table.name, table.cell(column.name, number))
        details = {"columna": column.title, "leido": reading.read_as}
        book.findings.append(Finding(reading.code, location, reading.found, details=details))
        if reading.value is None and not spare:
            table.bad.add((number, column.name))
    return reading.value


def _spare(sheet: Sheet, column: Column) -> bool:
    """A number of a unit's workbook that is neither required nor one of the months."""
    number = column.dtype in ("Int64", "float64")
    return number and sheet.key in UNIDAD and not sheet.form and not column.required and not column.group


def read_form(book: Book, table: Table, grid: Grid, odd: dict[str, str]) -> bool:
    """Read the one record; False (and a finding) where there are no titles."""
    labels: list[object] = [row[0] if row and titles.key(row[0]) in _keys(table.sheet) else "" for row in grid]
    if not any(labels):
        details = {"columna": table.sheet.name}
        book.findings.append(Finding("HOJ-006", Location(book.file, table.name), details=details))
        return False
    headings.match(book, table, labels, lambda i: f"A{i + 1}")
    table.rows = [1]
    for name, place in table.columns.items():
        raw = grid[place][1] if len(grid[place]) > 1 else ""
        value = _read_cell(book, table, table.sheet.column(name), raw, 1, odd.get(f"B{place + 1}", ""))
        table.values[name] = [value]
    return True


def _keys(sheet: Sheet) -> set[str]:
    return {titles.key(c.title) for c in sheet.columns}
