"""A workbook as read: its sheets found, its rows typed, and what is wrong with either."""

from collections.abc import Sequence

from poa_xl import cells, sheets as described, titles
from poa_xl.findings import Finding, Location
from poa_xl.guards import Contents, Limits, RefusedError, beyond
from poa_xl.reading import by_hand, our_lists, rows, tabs
from poa_xl.reading.book import Book, Grids, Odd, Table
from poa_xl.reading.provenance import Origin
from poa_xl.sheets import Sheet

SHARE_OF_FORM = 0.5  # of the fields of the form, for a workbook to be a unit's


def read_book(
    name: str, contents: Contents, origins: tuple[Origin, Origin], sheets: Sequence[Sheet], limits: Limits
) -> Book:
    """A workbook's file as read. `origins` are what it says of itself, and the same where that is believed.

    RefusedError where there is nothing in it, where it is an entity's and not a unit's, or has too many rows.
    """
    said, believed = origins
    if believed.is_master:
        return Book(name, master=True)
    if is_entity(contents.names) and all(sheet.key in described.UNIDAD for sheet in sheets):
        raise RefusedError("ENT-006")
    book = Book(name)
    read_sheets(book, contents, contents.odd, sheets)
    for table in book.tables.values():
        if len(table.rows) > limits.filas:
            raise beyond("filas", limits, len(table.rows), table.name)
    if not book.tables and _is_empty(contents):
        raise RefusedError("LIB-012")
    noted = contents.noted if said == believed else {**contents.noted, "ENT-007": said.documento}
    book.findings += [Finding(code, Location(name), found) for code, found in noted.items() if found]
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


def believed(said: Origin, grids: Grids) -> Origin:
    """What a workbook says of itself, unless its sheets are those of a unit: then a blank origin."""
    return Origin() if said.documento and is_unit(grids) else said


def is_entity(names: Sequence[str]) -> bool:
    """Whether a workbook with these sheets is an entity's: it has most of the sheets of one, and few of a unit's."""
    return _has_most(names, described.entity_sheets()) and not _has_most(names, described.unit_sheets())


def is_unit(grids: Grids) -> bool:
    """Whether a workbook holds the sheets of a unit: most of them by name, or the form Unidad under any name."""
    inputs = [sheet for sheet in described.unit_sheets() if sheet.inputs]
    return _has_most(grids.names, inputs) or any(tabs.has_titles(_form(), grids[n], SHARE_OF_FORM) for n in grids.names)


def of_unit(names: Sequence[str]) -> set[str]:
    """Those of the names of sheets that a unit's have."""
    own = {titles.key(sheet.name) for sheet in described.unit_sheets()}
    return {name for name in names if titles.key(name) in own}


def _form() -> Sheet:
    return next(sheet for sheet in described.unit_sheets() if sheet.form)


def _has_most(names: Sequence[str], sheets: Sequence[Sheet]) -> bool:
    own = {titles.key(sheet.name) for sheet in sheets if not sheet.optional}
    return len(own & {titles.key(name) for name in names}) > len(own) / 2


def read_sheets(book: Book, grids: Grids, odd: Odd, sheets: Sequence[Sheet]) -> None:
    """Fill `book.tables` with the sheets that are found, and `book.findings` with what is wrong."""
    places = tabs.match(book, grids, sheets)
    if any(sheet.key in described.UNIDAD for sheet in sheets):
        book.written = our_lists.written(grids)
    for sheet in sheets:
        name = places.get(sheet.key)
        if name is None or not sheet.inputs:
            continue
        table = Table(sheet, name, {})
        read = rows.read_form if sheet.form else rows.read_table
        if read(book, table, grids[name], odd.get(name, {}), grids.merged.get(name, ())):
            book.tables[sheet.key] = table
    by_hand.report(book, grids.formulas)
