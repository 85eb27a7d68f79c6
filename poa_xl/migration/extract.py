"""The cells that a person typed, as they stand, by table; and what is written where no table takes it."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from poa_xl import cells, sheets, titles
from poa_xl.messages import migration as words
from poa_xl.migration.markup import Markup
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import Source
from poa_xl.migration.versions import Version
from poa_xl.names import XLWINGS_SHEET
from poa_xl.reading import Book, Grid, Table
from poa_xl.reading.covered import Seen
from poa_xl.reading.headings import again, header_row
from poa_xl.reading.rows import as_seen

_HEADING_ROWS = 2  # of our own sheets: title and description
_COUNT_ROW = 2  # counted from 0: how many observations the sheet has, or that the quarter is missing
FORM_ROW = 1


@dataclass(frozen=True)
class Typed:
    """A cell as a person left it: its value as it is, or, of an error, the words that stand for it.

    `odd` says what is wrong with it: `error-de-calculo`, `sin-resultado` or nothing. `formula` gave the value.
    """

    value: object
    sheet: str
    cell: str
    odd: str = ""
    formula: str = ""


@dataclass
class TypedRow:
    """A row of a table, or the one record of a form: column name -> what was typed. Blanks are left out."""

    number: int
    cells: dict[str, Typed] = field(default_factory=dict)


@dataclass
class Gathered:
    """The rows by sheet key, in their order; what was found that no table takes; the kind of its formulas."""

    rows: dict[str, list[TypedRow]] = field(default_factory=dict)
    lines: list[ReportLine] = field(default_factory=list)
    formulas: set[str] = field(default_factory=set)  # their texts, in all sheets of the template


def gather(source: Source, book: Book, version: Version | None = None) -> Gathered:
    """What a workbook holds that was read with the titles of its version; one of the entity has none.

    RefusedError where it is broken.
    """
    found = Gathered()
    found.lines += _structure(source, book)
    found.lines += _missing(book, version) if version else []
    found.lines += _answers(book)
    names = {table.name: table for table in book.tables.values()}
    summary = next(s for s in sheets.unit_sheets() if not s.inputs)
    for name in source.contents.names:
        table = names.get(name)
        if table is None and titles.key(name) != titles.key(summary.name):
            continue
        marks = source.marks[name]
        found.formulas |= set(marks.formulas.values())
        if table:
            seen, again = _seen(source, table), _again(source, table)
            found.rows[table.sheet.key] = list(_rows(seen, table, marks, again))
            found.lines += _covered(table, seen)
            found.lines += _hidden(table, found.rows[table.sheet.key], marks)
            found.lines += _strays(table, source.contents[name], marks)
            buttons = table.sheet.form and XLWINGS_SHEET in source.contents.names
            found.lines += [ReportLine("imagen", name)] if marks.drawing and not buttons else []
        found.lines += _notes(name, table, source.contents[name], marks)
    return found


def blank(value: object) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return value is None or (isinstance(value, str) and not cells.clean(value))


def filled(grid: Grid) -> int:
    """How many cells hold something."""
    return sum(not blank(value) for row in grid for value in row)


# --- rows -------------------------------------------------------------------------------------------------


def _seen(source: Source, table: Table) -> Seen:
    """The cells of a table without those that merged ones cover."""
    grid, odd = source.contents[table.name], source.contents.odd.get(table.name, {})
    merged = source.contents.merged.get(table.name, ())
    header = None if table.sheet.form else header_row(table.sheet, grid)
    return as_seen(table, grid, odd, merged, header)


def _again(source: Source, table: Table) -> set[int]:
    """The rows that are the titles once more."""
    grid = source.contents[table.name]
    header = None if table.sheet.form else header_row(table.sheet, grid)
    return set() if header is None else {row + 1 for row in again(table.sheet, grid, header, table.columns.values())}


def _covered(table: Table, seen: Seen) -> Iterator[ReportLine]:
    """A line for each merged area that covers data: nobody saw them, and the new workbook does not show them."""
    for area, places in seen.by_area().items():
        found = seen.listed(places)
        details = {"esperado": area.reference}
        yield ReportLine("tapadas", table.name, _address(places[0]), found, count=len(places), details=details)


def _rows(seen: Seen, table: Table, marks: Markup, again: Collection[int]) -> Iterator[TypedRow]:
    grid, odd = seen.grid, seen.odd
    numbers = [FORM_ROW] if table.sheet.form else range(_first_row(table, grid), len(grid) + 1)
    for number in numbers:
        if number in again:
            continue
        row = TypedRow(number)
        for name, place in table.columns.items():
            across, down = (1, place) if table.sheet.form else (place, number - 1)
            address = table.cell(name, number)
            raw = grid[down][across] if across < len(grid[down]) else ""
            typed = _typed(raw, odd.get(address, ""), table.name, address, marks)
            if typed:
                row.cells[name] = typed
        if row.cells:
            yield row


def _first_row(table: Table, grid: Grid) -> int:
    header = header_row(table.sheet, grid)
    return 1 if header is None else header + 2


def _typed(raw: object, odd: str, sheet: str, address: str, marks: Markup) -> Typed | None:
    formula = marks.formulas.get(address, "")
    if odd == cells.NO_VALUE:
        return Typed(formula or words.NO_FORMULA, sheet, address, "sin-resultado")
    if odd:
        return Typed(odd, sheet, address, "error-de-calculo", formula)
    if blank(raw):
        return None
    if isinstance(raw, float) and not math.isfinite(raw):  # no program writes it, and no cell can hold it
        return Typed(str(raw), sheet, address, "error-de-calculo", formula)
    return Typed(_plain(raw), sheet, address, "", formula)


def _plain(raw: object) -> object:
    """A whole number as one, so that a code typed as a number stays what it looks like; a percentage as it is shown.

    The formats of cells do not pass to the new workbook: 0.175 would be left of 17,5 %.
    """
    if isinstance(raw, cells.Formatted):
        return str(raw) if raw.mark == cells.PERCENT else raw
    return int(raw) if isinstance(raw, float) and raw.is_integer() and abs(raw) < cells.LARGEST_AMOUNT else raw


def _hidden(table: Table, rows: Sequence[TypedRow], marks: Markup) -> Iterator[ReportLine]:
    if table.sheet.form:
        return
    hidden = [row.number for row in rows if row.number in marks.hidden]
    if hidden:
        first = next(row for row in rows if row.number in marks.hidden)
        cell = next(iter(first.cells.values())).cell
        yield ReportLine("ocultas", table.name, cell, count=len(hidden), details={"filas": words.hidden(hidden)})


# --- what no table takes ----------------------------------------------------------------------------------


def _structure(source: Source, book: Book) -> Iterator[ReportLine]:
    """Sheets that are missing, repeated, without titles, or a person's own; macros of others."""
    for f in book.findings:
        title = f.details.get("columna", "")
        if f.code == "HOJ-001":
            yield ReportLine("hoja-falta", details={"columna": title})
        elif f.code == "HOJ-004":
            yield ReportLine("hoja-repetida", f.location.sheet, found=f.found, details={"columna": title})
        elif f.code in words.WHOLE_SHEETS:
            if count := filled(source.contents[f.location.sheet]):
                yield ReportLine(
                    words.WHOLE_SHEETS[f.code],
                    f.location.sheet,
                    found=f.location.sheet,
                    count=count,
                    details={"columna": title},
                )
        elif f.code in words.AT_CELLS:
            yield ReportLine(words.AT_CELLS[f.code], f.location.sheet, f.location.cell, f.found)
    kinds = words.NOTED_SETTINGS if source.contents.only_settings else words.NOTED
    for code, kind in kinds.items():
        if code in source.contents.noted:
            yield ReportLine(kind, found=source.contents.noted[code])


def _answers(book: Book) -> Iterator[ReportLine]:
    """What the unit wrote in our sheets, one line a sheet: it stands below the list of the new workbook."""
    there: dict[str, list[tuple[str, str]]] = {}
    told = [(one.hoja, one.celda, one.texto) for one in book.written.answers]
    told += [(one.hoja, one.celda, one.texto) for one in book.written.remarks]
    for sheet, cell, text in told:
        there.setdefault(sheet, []).append((cell, text))
    for sheet, written in there.items():
        yield ReportLine("respuestas", sheet, *written[0], count=len(written))


def _missing(book: Book, version: Version) -> Iterator[ReportLine]:
    """Columns of figures, or that every row needs, which the version had and the workbook has not: it was refused."""
    for f in book.findings:
        tables = [t for t in book.tables.values() if t.name == f.location.sheet and not t.sheet.form]
        title = f.details.get("columna", "")
        for table in tables if f.code == "COL-001" else ():
            if (table.sheet.key, title) not in version.titles:
                continue
            yield ReportLine("columna-falta", table.name, details={"columna": title})


def _strays(table: Table, grid: Grid, marks: Markup) -> list[ReportLine]:
    return list(_beside_form(table, grid, marks) if table.sheet.form else _beside_table(table, grid, marks))


def _beside_form(table: Table, grid: Grid, marks: Markup) -> Iterator[ReportLine]:
    """Cells of a form that are no field, no title of one and no help beside it."""
    taken = {(place, across) for place in table.columns.values() for across in range(3)}
    yield from _loose(table.name, grid, marks, taken)


def _beside_table(table: Table, grid: Grid, marks: Markup) -> Iterator[ReportLine]:
    header = header_row(table.sheet, grid)
    if header is None:
        return
    known = {titles.key(c.title): c for c in table.sheet.columns}
    taken = {(header, across) for across in range(len(grid[header]))}
    over: list[tuple[int, int]] = []
    seen: set[str] = set()
    for across, title in enumerate(grid[header]):
        column = known.get(titles.key(title))
        if column is None and blank(title):
            continue
        below = [(down, across) for down in range(header + 1, len(grid)) if not blank(_at(grid, down, across))]
        taken |= set(below)
        if column is not None and column.computed:
            over += [place for place in below if _address(place) not in marks.formulas]
        elif below and (column is None or column.name in seen):
            kind = "columna-ajena" if column is None else "columna-repetida"
            details = {"columna": cells.show(title)}
            yield ReportLine(kind, table.name, _address(below[0]), count=len(below), details=details)
        if column is not None:
            seen.add(column.name)
    if over:
        yield ReportLine("calculadas", table.name, _address(over[0]), count=len(over))
    yield from _loose(table.name, grid, marks, taken)


def _loose(sheet: str, grid: Grid, marks: Markup, taken: set[tuple[int, int]]) -> Iterator[ReportLine]:
    """One line for all cells that nothing accounts for; our own heading and formulas aside."""
    loose = [
        (down, across)
        for down, row in enumerate(grid)
        for across, value in enumerate(row)
        if (down, across) not in taken
        and not blank(value)
        and not (down < _HEADING_ROWS and across == 0)
        and not (down == _COUNT_ROW and _address((down, across)) in marks.formulas)
    ]
    if loose:
        first = loose[0]
        yield ReportLine("celdas-sueltas", sheet, _address(first), cells.show(_at(grid, *first)), count=len(loose))


def _at(grid: Grid, down: int, across: int) -> object:
    return grid[down][across] if across < len(grid[down]) else ""


def _address(place: tuple[int, int]) -> str:
    return f"{cells.letters(place[1])}{place[0] + 1}"


def _notes(sheet: str, table: Table | None, grid: Grid, marks: Markup) -> Iterator[ReportLine]:
    """Notes of people. Those on titles are the template's."""
    header = None if table is None or table.sheet.form else header_row(table.sheet, grid)
    headings = 4 if header is None else header + 1
    for cell, text in marks.notes.items():
        if (table is not None and table.sheet.form) or cells.row_of(cell) > headings:
            yield ReportLine("nota", sheet, cell, cells.clean(text))
