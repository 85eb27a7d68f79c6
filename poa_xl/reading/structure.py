"""The sheets of a workbook, recognised by their names or, where these changed, by their titles."""

from collections.abc import Sequence

from poa_xl import cells, titles
from poa_xl import sheets as described
from poa_xl.findings import Finding, Location
from poa_xl.guards import Contents, Limits, RefusedError, beyond
from poa_xl.reading import headings, our_lists, rows
from poa_xl.reading.book import Book, Grids, Odd, Table
from poa_xl.reading.origin import Origin
from poa_xl.sheets import Sheet

MOST_MISSING = 0.5  # of the sheets to fill in; a workbook without more of them is another one
SHARE_OF_RENAMED = 0.8  # of the titles, for a sheet of another name to be taken as the missing one
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


def is_entity(names: Sequence[str]) -> bool:
    """Whether a workbook with these sheets is an entity's: it has most of the sheets of one, and few of a unit's."""
    return _has_most(names, described.entity_sheets()) and not _has_most(names, described.unit_sheets())


def is_unit(grids: Grids) -> bool:
    """Whether a workbook holds the sheets of a unit: most of them by name, or the form Unidad under any name."""
    inputs = [sheet for sheet in described.unit_sheets() if sheet.inputs]
    form, seen = next(sheet for sheet in inputs if sheet.form), _Titles(grids)
    return _has_most(grids.names, inputs) or any(_looks_like(form, seen(n), SHARE_OF_FORM) for n in grids.names)


def _has_most(names: Sequence[str], sheets: Sequence[Sheet]) -> bool:
    own = {titles.key(sheet.name) for sheet in sheets}
    return len(own & {titles.key(name) for name in names}) > len(own) / 2


def read_sheets(book: Book, grids: Grids, odd: Odd, sheets: Sequence[Sheet]) -> None:
    """Fill `book.tables` with the sheets that are found, and `book.findings` with what is wrong."""
    places = _match_sheets(book, grids, sheets)
    if any(sheet.key in described.UNIDAD for sheet in sheets):
        book.written = our_lists.written(grids)
    for sheet in sheets:
        name = places.get(sheet.key)
        if name is None or not sheet.inputs:
            continue
        table = Table(sheet, name, {})
        if (rows.read_form if sheet.form else rows.read_table)(book, table, grids[name], odd.get(name, {})):
            book.tables[sheet.key] = table


def needed(names: Sequence[str], sheets: Sequence[Sheet]) -> set[str] | None:
    """Those of a workbook's sheets that are read; None for all, where one that is wanted may have another name."""
    wanted = {titles.key(sheet.name) for sheet in sheets if sheet.inputs}
    found = {name for name in names if titles.key(name) in wanted}
    if {titles.key(name) for name in found} != wanted:
        return None
    return found | our_lists.of_names(names)


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
    seen = _Titles(grids)
    for sheet in sheets:
        if sheet.key not in groups and sheet.inputs:
            renamed = next((n for n in extra if _looks_like(sheet, seen(n))), None)
            if renamed:
                extra.remove(renamed)
                groups[sheet.key] = [renamed]
    missing = [sheet.name for sheet in sheets if sheet.inputs and sheet.key not in groups]
    if len(missing) > MOST_MISSING * sum(bool(sheet.inputs) for sheet in sheets):
        book.findings.append(Finding("HOJ-009", Location(book.file), details={"columna": ", ".join(missing)}))
        return {}
    _report_sheets(book, grids, sheets, groups, extra)
    order = [group[0] for group in groups.values()]
    if [n for n in grids.names if n in order] != [groups[s.key][0] for s in sheets if s.key in groups]:
        expected = ", ".join(sheet.name for sheet in sheets)
        book.findings.append(Finding("HOJ-003", Location(book.file), details={"columna": expected}))
    return {key: group[0] for key, group in groups.items() if len(group) == 1}


def _report_sheets(
    book: Book, grids: Grids, sheets: Sequence[Sheet], groups: dict[str, list[str]], extra: list[str]
) -> None:
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
        if not our_lists.is_ours(name, grids):
            book.findings.append(Finding("HOJ-005", Location(book.file, name), name))


class _Titles:
    """What may be titles in each worksheet, looked for once: in its first column, and in each of its first rows."""

    def __init__(self, grids: Grids) -> None:
        self._grids, self._known = grids, dict[str, tuple[set[str], list[set[str]]]]()

    def __call__(self, name: str) -> tuple[set[str], list[set[str]]]:
        if name not in self._known:
            grid = self._grids[name]
            rows = [{titles.key(v) for v in row} for row in grid[: headings.SEARCH_ROWS]]
            self._known[name] = {titles.key(row[0]) for row in grid if row}, rows
        return self._known[name]


def _looks_like(sheet: Sheet, seen: tuple[set[str], list[set[str]]], share: float = SHARE_OF_RENAMED) -> bool:
    wanted = {titles.key(c.title) for c in sheet.inputs}
    first_column, rows = seen
    if sheet.form:
        return len(wanted & first_column) >= share * len(wanted)
    return max((len(wanted & row) for row in rows), default=0) >= share * len(wanted)
