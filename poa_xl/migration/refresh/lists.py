"""The lists of the hidden sheet Listas, the drop-down lists over them, and what their codes are called in notes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from poa_xl import cells, titles
from poa_xl.entity import Entidad, Unidad
from poa_xl.messages import refresh as words
from poa_xl.migration import extract
from poa_xl.migration.refresh import catalogue
from poa_xl.migration.refresh.parts import CellValue, DropDown, NotSplicedError, Splice
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import Source
from poa_xl.migration.upgrade import Rows, text
from poa_xl.names import LISTS_SHEET
from poa_xl.reading import Book, Grid, Table
from poa_xl.reading.headings import header_row
from poa_xl.sheets import Column
from poa_xl.writers.schema_sheets import CALLED, called, validation
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW
from poa_xl.writers.unit_workbook.lists import Lista, lists_of, thresholds_of


@dataclass(frozen=True)
class FoundList:
    """A list in the sheet Listas: its column by letter, what it offers, and what it is to offer."""

    letter: str
    offered: tuple[str, ...]
    wanted: Lista

    @property
    def codes(self) -> tuple[str, ...]:
        """What it is to offer."""
        return tuple(map(str, self.wanted.values))

    @property
    def names(self) -> dict[str, str]:
        """What each code is called."""
        return dict(zip(self.codes, self.wanted.called, strict=True))

    @property
    def span(self) -> str:
        """Its cells, as a drop-down list takes them; '' where it offers nothing."""
        last = FIRST_ROW + len(self.codes) - 1
        return f"{LISTS_SHEET}!${self.letter}${FIRST_ROW}:${self.letter}${last}" if self.codes else ""


def found(old: Source, entidad: Entidad, unidad: Unidad) -> dict[str, FoundList]:
    """Column of the schema -> its list. NotSplicedError where the workbook does not have them in their place."""
    if LISTS_SHEET not in old.contents.names:
        raise NotSplicedError(words.MISSING_SHEET.format(hoja=LISTS_SHEET))
    grid, lists = old.contents[LISTS_SHEET], lists_of(entidad, unidad)
    known = {titles.key(one.title) for one in (*lists.values(), *thresholds_of(entidad))}
    return {column: _found(grid, known, n, wanted) for n, (column, wanted) in enumerate(lists.items())}


def _found(grid: Grid, known: set[str], own: int, wanted: Lista) -> FoundList:
    """A list by its title; where an entity had a name of its own for it then, by its column, under no other title."""
    place = _place(grid, wanted.title)
    if place is None and _title(grid, own) not in {"", *known}:
        place = own
    if place is None:
        raise NotSplicedError(words.MISSING_LIST.format(hoja=LISTS_SHEET, titulo=wanted.title))
    return FoundList(cells.letters(place), tuple(map(cells.show, _below(grid, place))), wanted)


def _place(grid: Grid, title: str) -> int | None:
    return next((n for n in range(len(_header(grid))) if _title(grid, n) == titles.key(title)), None)


def _title(grid: Grid, place: int) -> str:
    header = _header(grid)
    return titles.key(header[place]) if place < len(header) else ""


def _header(grid: Grid) -> Sequence[object]:
    return grid[HEADER_ROW - 1] if len(grid) >= HEADER_ROW else []


def _below(grid: Grid, place: int) -> list[object]:
    values: list[object] = []
    for row in grid[FIRST_ROW - 1 :]:
        value = row[place] if place < len(row) else ""
        if value is None or value == "":
            break
        values.append(value)
    return values


def bring(
    splice: Splice, old: Source, book: Book, lists: dict[str, FoundList], told: Mapping[str, tuple[str, ...]]
) -> Iterator[ReportLine]:
    """Put lists and what is said of their codes into the splice; a line for each that offers something else.

    `told` are those of before, by column, of which the catalogue says what changed.
    """
    for column, one in lists.items():
        if one.offered != one.codes:
            splice.put(LISTS_SHEET, _cells(old.contents[LISTS_SHEET], one))
            splice.spans[one.letter] = one.span
            if told.get(column) != one.offered:
                yield from _offers(book, column, one)
    for table in book.tables.values():
        for described in () if table.sheet.form else table.sheet.inputs:
            if described.name in lists and described.name in table.columns:
                splice.drop_downs.append(_drop_down(table, described, lists[described.name]))
                yield from _note(splice, old, table, described, lists[described.name])


def _cells(grid: Grid, one: FoundList) -> dict[str, CellValue]:
    """The cells of a list with what it is to offer. NotSplicedError where it would grow over something else."""
    rows = max(len(one.offered), len(one.codes))
    new = [*one.codes, *[None] * (rows - len(one.codes))]
    found: dict[str, CellValue] = {f"{one.letter}{row}": value for row, value in enumerate(new, start=FIRST_ROW)}
    place = cells.place_of(f"{one.letter}1")
    for number, row in enumerate(grid, start=1):
        below = FIRST_ROW + len(one.offered) <= number < FIRST_ROW + rows
        if below and place < len(row) and not extract.blank(row[place]):
            raise NotSplicedError(words.TAKEN.format(hoja=LISTS_SHEET, celda=f"{one.letter}{number}"))
    return found


def _offers(book: Book, column: str, one: FoundList) -> Iterator[ReportLine]:
    table = next((t for t in book.tables.values() if not t.sheet.form and column in t.columns), None)
    title, sheet = (table.sheet.column(column).title, table.name) if table else (one.wanted.title, LISTS_SHEET)
    come = [code for code in one.codes if code not in one.offered]
    gone = [code for code in one.offered if code not in one.codes]
    order = [] if come or gone else list(one.codes)
    for kind, codes in (("lista-ofrece", come), ("lista-sin", gone), ("lista-orden", order)):
        if codes:
            details = {"columna": title, "leido": words.listed(codes)}
            yield ReportLine(kind, sheet, new_sheet=sheet, details=details)


def _drop_down(table: Table, column: Column, one: FoundList) -> DropDown:
    rule = validation(column, f"={one.span}" if one.span else None, codes=list(one.names.items()))
    return DropDown(
        sheet=table.name,
        letter=cells.letters(table.columns[column.name]),
        title=rule["input_title"],
        source=one.letter,
        help=rule["input_message"],
        error_title=rule.get("error_title", ""),
        error=rule.get("error_message", ""),
    )


def _note(splice: Splice, old: Source, table: Table, column: Column, one: FoundList) -> Iterator[ReportLine]:
    """The note of a title ends in its codes, a line each. One that does not is a person's, and stays."""
    header = header_row(table.sheet, old.contents[table.name])
    cell = f"{cells.letters(table.columns[column.name])}{(header or 0) + 1}"
    note = old.marks[table.name].notes.get(cell, "")
    known = _split(note, one.offered) if note else None
    if known is None or not (one.offered or note.split() == column.description.split()):
        return
    head, names = known
    new = "\n".join([head, *(called(*code) for code in one.names.items())])
    if new.split() == note.split():
        return
    splice.notes.setdefault(table.name, {})[cell] = new
    for code, name in one.names.items():
        if code in names and names[code].split() != name.split():
            yield catalogue.line("se-llama", column.name, code, antes=names[code], leido=name)


def _split(note: str, codes: Sequence[str]) -> tuple[str, dict[str, str]] | None:
    """What a note says before its codes, and what it calls each; None where it does not end in them."""
    lines = note.replace("\r\n", "\n").rstrip("\n").split("\n")
    head, tail = lines[: len(lines) - len(codes)], lines[len(lines) - len(codes) :]
    names = {}
    for code, said in zip(codes, tail, strict=False):
        start, _, name = said.partition(CALLED.rstrip())
        if start.strip() != code:
            return None
        names[code] = name.strip()
    return ("\n".join(head), names) if head and len(names) == len(codes) else None


def other_thresholds(old: Source, entidad: Entidad) -> bool:
    """Whether the words of the semáforos in the sheet Listas go by other thresholds than the entity's."""
    grid = old.contents[LISTS_SHEET]
    for wanted in thresholds_of(entidad):
        known = (_place(grid, title) for title in (wanted.title, entidad.nombres.said(wanted.title)))
        place = next((n for n in known if n is not None), None)
        if place is not None and [_plain(v) for v in _below(grid, place)] != [_plain(v) for v in wanted.values]:
            return True
    return False


def _plain(value: object) -> object:
    return float(value) if isinstance(value, int | float) else cells.show(value)


def gone(book: Book, rows: Rows, lists: dict[str, FoundList]) -> Iterator[ReportLine]:
    """A line for each typed code that the list offered and offers no more."""
    for table in book.tables.values():
        for row in () if table.sheet.form else rows.get(table.sheet.key, ()):
            for column, one in lists.items():
                typed = row.cells.get(column)
                said = text(typed) if typed and not typed.odd else ""
                if typed and one.codes and said in one.offered and said not in one.codes:
                    details = {"columna": table.sheet.column(column).title, "esperado": ", ".join(one.codes)}
                    place = (typed.sheet, typed.cell)
                    yield ReportLine("fuera-del-catalogo", *place, said, *place, details=details)
