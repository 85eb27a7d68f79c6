"""Which tab of a workbook is which sheet: by its name or its titles. Between two that are filled in none is chosen."""

from collections.abc import Sequence

from poa_xl import cells, titles
from poa_xl.findings import Finding, Location
from poa_xl.messages import counts as messages_counts
from poa_xl.names import is_own
from poa_xl.reading import headings, our_lists
from poa_xl.reading.book import Book, Grid, Grids
from poa_xl.sheets import STAMPED, Sheet

MOST_MISSING = 0.5  # of the sheets to fill in; a workbook without more of them is another one
SHARE_OF_RENAMED = 0.8  # of the titles, for a tab of another name to be taken for the sheet
SHARE_OF_OPTIONAL = 0.5  # of the titles, for a tab of its name to be a sheet that may be missing


def match(book: Book, grids: Grids, sheets: Sequence[Sheet]) -> dict[str, str]:
    """Sheet key -> name of its tab; says what is missing, renamed, repeated, moved or extra."""
    tabs = _Tabs(grids, sheets)
    needed = [sheet for sheet in sheets if sheet.inputs and not sheet.optional]
    missing = [sheet.name for sheet in needed if sheet.key not in tabs.candidates]
    if len(missing) > MOST_MISSING * len(needed):
        book.findings.append(Finding("HOJ-009", Location(book.file), details={"columna": ", ".join(missing)}))
        return {}
    chosen: dict[str, str] = {}
    for sheet in sheets:
        names = tabs.candidates.get(sheet.key, [])
        tab = tabs.choose(book, sheet, names)
        if tab:
            chosen[sheet.key] = tab
        if not names and sheet in needed:
            book.findings.append(Finding("HOJ-001", Location(book.file), details={"columna": sheet.name}))
        elif tab and tab != sheet.name:
            details = {"columna": sheet.name}
            book.findings.append(Finding("HOJ-002", Location(book.file, tab), tab, details=details))
    for name in tabs.extra:
        if not our_lists.is_ours(name, grids):
            book.findings.append(Finding("HOJ-005", Location(book.file, name), name))
    # One that may be missing is added where a person likes.
    placed = [sheet for sheet in sheets if sheet.key in tabs.candidates and not sheet.optional]
    found = [chosen.get(sheet.key, tabs.candidates[sheet.key][0]) for sheet in placed]
    if [name for name in grids.names if name in found] != found:
        expected = ", ".join(sheet.name for sheet in sheets)
        book.findings.append(Finding("HOJ-003", Location(book.file), details={"columna": expected}))
    return chosen


class _Tabs:
    """The tabs that may be each sheet: those of its name, then those with its titles. `extra` are none."""

    def __init__(self, grids: Grids, sheets: Sequence[Sheet]) -> None:
        self._grids = grids
        self.candidates: dict[str, list[str]] = {}
        self.extra: list[str] = []
        wanted = {titles.key(sheet.name): sheet for sheet in sheets}
        others: list[str] = []
        for name in grids.names:
            sheet = wanted.get(titles.key(name))
            if sheet and sheet.optional and not has_titles(sheet, grids[name], SHARE_OF_OPTIONAL):
                self.extra.append(name)  # a sheet of the person's own, which bore the name before ours did
            elif sheet:
                self.candidates.setdefault(sheet.key, []).append(name)
            else:
                others.append(name)
        for name in others:
            sheet = None if our_lists.is_ours(name, grids) else resembled(grids[name], sheets)
            if sheet:
                self.candidates.setdefault(sheet.key, []).append(name)
            else:
                self.extra.append(name)

    def choose(self, book: Book, sheet: Sheet, names: Sequence[str]) -> str:
        """The tab that is the sheet; '' where there is none, or two were filled in: that is said."""
        if len(names) <= 1:
            return names[0] if names else ""
        counts = {name: filled_rows(sheet, self._grids[name]) for name in names}
        filled = [name for name in names if counts[name]]
        if len(filled) > 1:
            shown = ", ".join(f"{name} ({messages_counts.plural(counts[name], 'fila', 'filas')})" for name in filled)
            place = Location(book.file, filled[1])
            book.findings.append(Finding("HOJ-004", place, shown, details={"columna": sheet.name}))
            return ""
        tab = filled[0] if filled else next((name for name in names if name == sheet.name), names[0])
        for name in names:
            if name != tab:
                place = Location(book.file, name)
                book.findings.append(Finding("HOJ-010", place, name, details={"columna": tab}))
        return tab


def filled_rows(sheet: Sheet, grid: Grid) -> int:
    """How many rows of a table, or fields of the form, a person filled in.

    What the template puts in does not count: the stamps of the form, the code in the first column of an empty row.
    """
    if sheet.form:
        own = {titles.key(c.title) for c in sheet.inputs if c.name not in STAMPED}
        return sum(len(row) > 1 and titles.key(row[0]) in own and row[1] not in cells.BLANKS for row in grid)
    header = headings.header_row(sheet, grid)
    if header is None:
        return sum(any(value not in cells.BLANKS for value in row) for row in grid)
    wanted = {titles.key(column.title) for column in sheet.inputs[1:]}
    places = [place for place, title in enumerate(grid[header]) if titles.key(title) in wanted]
    again = headings.again(sheet, grid, header, places)
    return sum(
        any(row[place] not in cells.BLANKS for place in places if place < len(row))
        for number, row in enumerate(grid[header + 1 :], start=header + 1)
        if number not in again
    )


def resembled(grid: Grid, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet whose titles these cells have, of which the first rows are enough; None for any other sheet."""
    seen = _titles(grid)
    shares = {sheet.key: _hits(sheet, seen) for sheet in sheets if sheet.inputs}
    alike = [s for s in sheets if s.inputs and shares[s.key] >= SHARE_OF_RENAMED * _count(s)]
    return max(alike, key=lambda sheet: shares[sheet.key], default=None)


def has_titles(sheet: Sheet, grid: Grid, share: float) -> bool:
    """Whether these cells hold a share of the titles of a sheet."""
    return _hits(sheet, _titles(grid)) >= share * _count(sheet)


_Seen = tuple[set[str], list[set[str]]]


def _titles(grid: Grid) -> _Seen:
    """What may be titles: in the first column, and in each of the first rows."""
    rows = [{titles.key(value) for value in row} for row in grid[: headings.SEARCH_ROWS]]
    return {titles.key(row[0]) for row in grid if row}, rows


def _count(sheet: Sheet) -> int:
    return len({titles.key(c.title) for c in sheet.first_inputs})


def _hits(sheet: Sheet, seen: _Seen) -> int:
    wanted = {titles.key(c.title) for c in sheet.first_inputs}
    first_column, rows = seen
    return len(wanted & first_column) if sheet.form else max((len(wanted & row) for row in rows), default=0)


def may_be_another(name: str, sheets: Sequence[Sheet]) -> bool:
    """Whether a tab by its name is neither one of ours nor of the template."""
    return not is_own(name) and titles.key(name) not in {titles.key(sheet.name) for sheet in sheets}


def needed(names: Sequence[str], sheets: Sequence[Sheet]) -> set[str] | None:
    """Those of a workbook's tabs that are read; None for all, where one that is wanted may have another name.

    A sheet that may be missing has one only where there is a tab that is none of ours.
    """
    wanted = {titles.key(sheet.name): sheet for sheet in sheets if sheet.inputs}
    found = {name for name in names if titles.key(name) in wanted}
    missing = [wanted[key] for key in wanted.keys() - {titles.key(name) for name in found}]
    foreign = any(may_be_another(name, sheets) for name in names)
    if any(foreign or not sheet.optional for sheet in missing):
        return None
    return found | our_lists.of_names(names)
