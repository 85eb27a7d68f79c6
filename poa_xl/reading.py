"""A workbook file -> its sheets with typed rows, and findings about its structure and its cells.

Sheets and columns are recognised by their titles, forgiving case, accents, spaces and order. Every cell
that a person fills in is typed here, before any schema sees it, so that one bad cell gives one finding at
its own place and never hides the rest of its column. Files are opened and parsed by `guards` alone, which also says
which cells hold an error or a formula without a cached value: as values both are blanks.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from poa_xl import cells, guards, titles, workbook_xml
from poa_xl.cells import Value
from poa_xl.findings import Finding, Location
from poa_xl.guards import Limits
from poa_xl.sheets import STAMPS, UNIDAD, Column, Sheet

HEADER_SEARCH_ROWS = 30
SHARE_OF_TITLES = 0.5  # of the columns to fill in, for a row to be the header
SHARE_OF_RENAMED = 0.8  # the same, for a sheet of another name to be taken as the missing one
SUFFIXES = (".xlsx", ".xlsm")
OTHER_FORMATS = (".xls", ".xlsb", ".ods", ".csv", ".zip", ".rar", ".7z")
Grid = list[list[object]]
Odd = dict[str, dict[str, str]]  # sheet -> address -> its error
_PROPERTIES = "docProps/custom.xml"
_MOST_PROPERTIES = 100_000
STRUCTURE_ERRORS = frozenset(
    {"LIB-001", "LIB-002", "LIB-003", "LIB-006", "LIB-007", "LIB-008", "LIB-009", "LIB-010", "LIB-011", "LIB-012"}
    | {"HOJ-001", "HOJ-004", "HOJ-006", "HOJ-007", "COL-001", "COL-004"}
)


@dataclass
class Table:
    """The rows of one sheet. `values[name][i]` was read in Excel row `rows[i]`; None is a blank.

    `columns` is the 0-based place of each input column (of a form: its row). `bad` holds the cells that
    have a finding of their own already, as (Excel row, column name); their value is None.
    """

    sheet: Sheet
    name: str
    columns: dict[str, int]
    rows: list[int] = field(default_factory=list)
    values: dict[str, list[Value]] = field(default_factory=dict)
    bad: set[tuple[int, str]] = field(default_factory=set)

    def cell(self, column: str, row: int) -> str:
        """The address of a cell, such as `D14`; '' for a column that the sheet does not have."""
        place = self.columns.get(column)
        if place is None:
            return ""
        return f"B{place + 1}" if self.sheet.form else f"{cells.letters(place)}{row}"


@dataclass
class Book:
    """A file as read: its name, fingerprint, tables by sheet key, and what was found on the way."""

    file: str
    sha256: str = ""
    tables: dict[str, Table] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    master: bool = False  # a master workbook that poa-xl wrote

    @property
    def broken(self) -> bool:
        """Whether its structure keeps the whole file out."""
        return any(f.code in STRUCTURE_ERRORS for f in self.findings)


class Grids(Protocol):
    """The worksheets of a workbook by name: rows of cells from A1 on, a blank being '' or None."""

    @property
    def names(self) -> list[str]:
        """The names of the worksheets, in their order."""
        ...

    def __getitem__(self, name: str) -> Grid:
        """The cells of a worksheet."""
        ...


def list_files(path: Path) -> tuple[list[Path], list[Path]]:
    """The files of a folder that may be submissions (or the file itself), sorted, and those set aside.

    Whatever has the name of a spreadsheet is among them, of other formats and kinds too, so that it is refused aloud.
    Set aside are temporary and hidden files. Links to folders are not followed.
    """
    if path.is_symlink() or not path.is_dir():
        return [path], []
    found = sorted(p for p in _below(path) if p.suffix.lower() in (*SUFFIXES, *OTHER_FORMATS))
    aside = [p for p in found if p.name.startswith(("~$", "."))]
    return [p for p in found if p not in aside], aside


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            yield Path(place, name)


class File:
    """A file, opened once: whatever is asked of it is read from the same bytes."""

    def __init__(self, path: Path, name: str = "", limits: Limits = guards.DEFAULT) -> None:
        self.name, self._limits = name or cells.visible(path.name), limits
        self._content = b""
        self._refused: guards.RefusedError | None = None
        self._opened: guards.Package | None = None
        self._found: guards.Contents | None = None
        try:
            self._content = guards.open_once(path, limits)
        except guards.RefusedError as error:
            self._refused = error

    @property
    def sheet_names(self) -> list[str]:
        """The names of its sheets; none where it cannot be read."""
        try:
            return self._contents().names
        except guards.RefusedError:  # what is wrong with it is said when it is read for good
            return []

    def grid(self, name: str) -> Grid | None:
        """The cells of one worksheet; None where there is no such sheet or the file cannot be read."""
        try:
            contents = self._contents()
            return contents[name] if name in contents.names else None
        except guards.RefusedError:  # as above
            return None

    @property
    def is_master(self) -> bool:
        """Whether it is a master workbook that poa-xl wrote; False for anything that cannot be read."""
        try:
            package = self._package()
            return _PROPERTIES in package and titles.MASTER_VALUE.encode() in package.part(
                _PROPERTIES, _MOST_PROPERTIES
            )
        except guards.RefusedError:  # as above
            return False

    def read(self, sheets: Sequence[Sheet]) -> Book:
        """Read it for good. Never raises for what a person can send: what is wrong is in `findings`."""
        book = Book(self.name, master=self.is_master)
        try:
            contents = self._contents()
            _read_sheets(book, contents, contents.odd, sheets)
            if not book.tables and _is_empty(contents):
                raise guards.RefusedError("LIB-012")
            _note(book, contents)
        except guards.RefusedError as error:
            place = Location(book.file, error.sheet, error.cell)
            book = Book(book.file, master=book.master)
            book.findings = [Finding(error.code, place, error.found, details=error.details)]
        book.sha256 = "" if self._refused else hashlib.sha256(self._content).hexdigest()
        return book

    def _package(self) -> guards.Package:
        if self._refused:
            raise self._refused
        if self._opened is None:
            self._opened = guards.opened(self._content, self._limits)
        return self._opened

    def _contents(self) -> guards.Contents:
        if self._found is None:
            self._found = guards.contents(self._package(), self._content, self._limits)
        return self._found


def read_book(path: Path, sheets: Sequence[Sheet], name: str = "", limits: Limits = guards.DEFAULT) -> Book:
    """Open and read a workbook. Never raises for what a person can send: what is wrong is in `findings`."""
    return File(path, name, limits).read(sheets)


def _note(book: Book, contents: guards.Contents) -> None:
    for code, noted in (("LIB-013", contents.macros), ("LIB-014", contents.links)):
        if noted:
            book.findings.append(Finding(code, Location(book.file), ", ".join(noted)))


def _is_empty(contents: guards.Contents) -> bool:
    filled = any(v not in cells.BLANKS for name in contents.names for row in contents[name] for v in row)
    return not filled and not contents.odd


def read_grids(name: str, grids: Grids, odd: Odd, sheets: Sequence[Sheet]) -> Book:
    """Read a workbook that a spreadsheet program holds open. `odd` says which cells hold an error, as in a file."""
    book = Book(name)
    _read_sheets(book, grids, odd, sheets)
    return book


def refuse_far(name: str, far: dict[str, str], sha256: str = "") -> Book:
    """A workbook that is not read because of cells far away: sheet -> such a cell."""
    found = [Finding("HOJ-007", Location(name, sheet, cell), cell) for sheet, cell in far.items()]
    return Book(name, sha256, {}, found)


def _read_sheets(book: Book, grids: Grids, odd: Odd, sheets: Sequence[Sheet]) -> None:
    places = _match_sheets(book, grids, sheets)
    for sheet in sheets:
        name = places.get(sheet.key)
        if name is None or not sheet.inputs:
            continue
        table = Table(sheet, name, {})
        if (_read_form if sheet.form else _read_table)(book, table, grids[name], odd.get(name, {})):
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
    best = max((len(wanted & {titles.key(v) for v in row}) for row in grid[:HEADER_SEARCH_ROWS]), default=0)
    return best >= SHARE_OF_RENAMED * len(wanted)


def _header_row(sheet: Sheet, grid: Grid) -> int | None:
    wanted = {titles.key(c.title) for c in sheet.inputs}
    scores = [len(wanted & {titles.key(v) for v in row if v != ""}) for row in grid[:HEADER_SEARCH_ROWS]]
    best = max(scores, default=0)
    return scores.index(best) if best >= max(1, SHARE_OF_TITLES * len(wanted)) else None


def _match_titles(book: Book, table: Table, found: Sequence[object], place: object) -> None:
    """Fill `table.columns` from the titles found; `place(i)` is the address of title i."""
    by_key = {titles.key(c.title): c for c in table.sheet.columns}
    order: list[tuple[int, Column]] = []
    for i, value in enumerate(found):
        title = cells.clean(value) if isinstance(value, str) else str(value or "")
        if not title:
            continue
        location = Location(book.file, table.name, place(i))  # type: ignore[operator]
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
    _report_columns(book, table, [c for _, c in order if not c.computed], place)
    table.columns = {c.name: table.columns[c.name] for c in table.sheet.inputs if c.name in table.columns}


def _report_columns(book: Book, table: Table, found: list[Column], place: object) -> None:
    expected = [c for c in table.sheet.inputs if c.name in table.columns]
    for column in table.sheet.inputs:
        if column.name not in table.columns:
            form_data = table.sheet.form and column.name not in STAMPS
            optional = form_data or (column.dtype == "str" and not column.required)
            code = "COL-006" if optional else "COL-001"
            book.findings.append(Finding(code, Location(book.file, table.name), details={"columna": column.title}))
    moved = next((a for a, b in zip(found, expected, strict=True) if a != b), None)
    if moved:
        cell = place(table.columns[moved.name])  # type: ignore[operator]
        location = Location(book.file, table.name, cell)
        book.findings.append(Finding("COL-003", location, details={"columna": moved.title}))


def _read_table(book: Book, table: Table, grid: Grid, odd: dict[str, str]) -> bool:
    """Read the rows; False (and a finding) where there are no titles."""
    header = _header_row(table.sheet, grid)
    if header is None:
        details = {"columna": table.sheet.name}
        book.findings.append(Finding("HOJ-006", Location(book.file, table.name), details=details))
        return False
    _match_titles(book, table, grid[header], lambda i: f"{cells.letters(i)}{header + 1}")
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
    values = []
    blank = True
    for column, place in columns:
        raw = row[place] if place < len(row) else ""
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
    else:
        reading = cells.read(raw, column.dtype)
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


# What may stand in a number that no figure needs, such as «por definir» in Meta. Error cells are never spared.
_NOT_A_NUMBER = frozenset({"CEL-002", "CEL-003", "CEL-004", "CEL-005", "CEL-008", "CEL-011"})


def _spare(sheet: Sheet, column: Column) -> bool:
    """A number of a unit's workbook that is neither required nor one of the months."""
    number = column.dtype in ("Int64", "float64")
    return number and sheet.key in UNIDAD and not sheet.form and not column.required and not column.group


def _read_form(book: Book, table: Table, grid: Grid, odd: dict[str, str]) -> bool:
    """Read the one record; False (and a finding) where there are no titles."""
    labels: list[object] = [row[0] if row and titles.key(row[0]) in _keys(table.sheet) else "" for row in grid]
    if not any(labels):
        details = {"columna": table.sheet.name}
        book.findings.append(Finding("HOJ-006", Location(book.file, table.name), details=details))
        return False
    _match_titles(book, table, labels, lambda i: f"A{i + 1}")
    table.rows = [1]
    for name, place in table.columns.items():
        raw = grid[place][1] if len(grid[place]) > 1 else ""
        value = _read_cell(book, table, table.sheet.column(name), raw, 1, odd.get(f"B{place + 1}", ""))
        table.values[name] = [value]
    return True


def _keys(sheet: Sheet) -> set[str]:
    return {titles.key(c.title) for c in sheet.columns}


def as_records(table: Table) -> dict[int, dict[str, Value]]:
    """Excel row -> record of the table's input columns (None for a blank or an unreadable cell)."""
    names = [c.name for c in table.sheet.inputs]
    blank: Sequence[Value] = [None] * len(table.rows)
    lists = [table.values.get(name, blank) for name in names]
    return {row: dict(zip(names, values, strict=True)) for row, *values in zip(table.rows, *lists, strict=True)}
