"""The sheets of a workbook, recognised by their names or, where these changed, by their titles."""

from collections.abc import Sequence

from poa_xl import cells, titles
from poa_xl.findings import Finding, Location
from poa_xl.guards import Contents, Limits, RefusedError, beyond
from poa_xl.reading import headings, rows
from poa_xl.reading.book import Book, Grid, Grids, Odd, Table
from poa_xl.sheets import Sheet

MOST_MISSING = 0.5  # of the sheets to fill in; a workbook without more of them is another one
SHARE_OF_RENAMED = 0.8  # the same, for a sheet of another name to be taken as the missing one


def read_book(name: str, contents: Contents, master: bool, sheets: Sequence[Sheet], limits: Limits) -> Book:
    """A workbook's file as read. RefusedError where there is nothing in it, or more rows than the limit."""
    book = Book(name, master=master)
    read_sheets(book, contents, contents.odd, sheets)
    for table in book.tables.values():
        if len(table.rows) > limits.filas:
            raise beyond("filas", limits, len(table.rows), table.name)
    if not book.tables and _is_empty(contents):
        raise RefusedError("LIB-012")
    for code, noted in (("LIB-013", contents.macros), ("LIB-014", contents.links)):
        if noted:
            book.findings.append(Finding(code, Location(name), ", ".join(noted)))
    return book


def _is_empty(contents: Contents) -> bool:
    filled = any(v not in cells.BLANKS for name in contents.names for row in contents[name] for v in row)
    return not filled and not contents.odd


def refused(name: str, error: RefusedError) -> Book:
    """A workbook that is not read, and why."""
    place = Location(name, error.sheet, error.cell)
    return Book(name, findings=[Finding(error.code, place, error.found, details=error.details)])


def read_grids(name: str, grids: Grids, odd: Odd, sheets: Sequence[Sheet]) -> Book:
    """Read a workbook that a spreadsheet program holds open. `odd` says which cells hold an error, as in a file."""
    book = Book(name)
    read_sheets(book, grids, odd, sheets)
    return book


def refuse_far(name: str, far: dict[str, str], sha256: str = "") -> Book:
    """A workbook that is not read because of cells far away: sheet -> such a cell."""
    found = [Finding("HOJ-007", Location(name, sheet, cell), cell) for sheet, cell in far.items()]
    return Book(name, sha256, {}, found)


def read_sheets(book: Book, grids: Grids, odd: Odd, sheets: Sequence[Sheet]) -> None:
    """Fill `book.tables` with the sheets that are found, and `book.findings` with what is wrong."""
    places = _match_sheets(book, grids, sheets)
    for sheet in sheets:
        name = places.get(sheet.key)
        if name is None or not sheet.inputs:
            continue
        table = Table(sheet, name, {})
        if (rows.read_form if sheet.form else rows.read_table)(book, table, grids[name], odd.get(name, {})):
            book.tables[sheet.key] = table


def _match_sheets(book: Book, grids: Grids, sheets: Sequence[Sheet]) -> dict[str, str]:
    """Sheet key -> name of the tab; says what is missing, renamed, repeated, moved or extra."""
    wanted = {titles.key(sheet.name): sheet for sheet in sheets}
    groups: dict[str, list[str]] = {}
    extra: list[str] = []
    for name in grids.names:
        sheet = wanted.get(titles.key(name))
        if sheet is None:
            extra.append(name)
        else:
            groups.setdefault(sheet.key, []).append(name)
    for sheet in sheets:
        if sheet.key not in groups and sheet.inputs:
            renamed = next((n for n in extra if _looks_like(sheet, grids[n])), None)
            if renamed:
                extra.remove(renamed)
                groups[sheet.key] = [renamed]
    missing = [sheet.name for sheet in sheets if sheet.inputs and sheet.key not in groups]
    if len(missing) > MOST_MISSING * sum(bool(sheet.inputs) for sheet in sheets):
        book.findings.append(Finding("HOJ-009", Location(book.file), details={"columna": ", ".join(missing)}))
        return {}
    _report_sheets(book, sheets, groups, extra)
    order = [group[0] for group in groups.values()]
    if [n for n in grids.names if n in order] != [groups[s.key][0] for s in sheets if s.key in groups]:
        expected = ", ".join(sheet.name for sheet in sheets)
        book.findings.append(Finding("HOJ-003", Location(book.file), details={"columna": expected}))
    return {key: group[0] for key, group in groups.items() if len(group) == 1}


def _report_sheets(book: Book, sheets: Sequence[Sheet], groups: dict[str, list[str]], extra: list[str]) -> None:
    for sheet in sheets:
        group = groups.get(sheet.key, [])
        details = {"columna": sheet.name}
        if not group and sheet.inputs:
            book.findings.append(Finding("HOJ-001", Location(book.file), details=details))
        elif len(group) > 1:
            book.findings.append(Finding("HOJ-004", Location(book.file, group[1]), ", ".join(group), details=details))
        elif group and group[0] != sheet.name:
            book.findings.append(Finding("HOJ-002", Location(book.file, group[0]), group[0], details=details))
    for name in extra:
        if not titles.is_own(name):
            book.findings.append(Finding("HOJ-005", Location(book.file, name), name))


def _looks_like(sheet: Sheet, grid: Grid) -> bool:
    wanted = {titles.key(c.title) for c in sheet.inputs}
    if sheet.form:
        found = {titles.key(row[0]) for row in grid if row}
        return len(wanted & found) >= SHARE_OF_RENAMED * len(wanted)
    best = max((len(wanted & {titles.key(v) for v in row}) for row in grid[: headings.SEARCH_ROWS]), default=0)
    return best >= SHARE_OF_RENAMED * len(wanted)
