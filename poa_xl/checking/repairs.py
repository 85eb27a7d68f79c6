"""What of a workbook can be repaired without asking: what was read well in spite of how it was typed.

Nothing here changes what a cell means to us: after a repair it reads as before, so figures and sello stay. What can
mean two things (1.234) is nobody's to decide but the person's who typed it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from poa_xl import cells
from poa_xl.findings import Finding
from poa_xl.observations import Observation
from poa_xl.reading import Book, Grids, Table

NUMBER, SPACES, HEADER, SHEET = "numero", "espacios", "encabezado", "hoja"  # kinds, in `messages.annotated`


class Repair(NamedTuple):
    """A cell (or, without one, the name of a sheet) with what stood there and what is to stand there."""

    kind: str
    code: str  # of the finding that it settles; '' where spaces gave none
    sheet: str
    cell: str
    old: str
    new: str | float | None

    @property
    def before(self) -> str:
        """What stood there, so that spaces and invisible characters can be seen."""
        return f"«{cells.visible(self.old)}»"

    @property
    def after(self) -> str:
        """What stands there now; a number as it was read."""
        if isinstance(self.new, str):
            return f"«{cells.visible(self.new)}»"
        return "(en blanco)" if self.new is None else cells.number(self.new).replace(".", "")

    @property
    def place(self) -> str:
        """`Tareas!E5`; the new name for a sheet."""
        return self._at.place

    @property
    def target(self) -> str:
        """Where a link to it goes."""
        return self._at.target

    @property
    def _at(self) -> Observation:
        sheet = str(self.new) if self.kind == SHEET else self.sheet
        return Observation(sheet, self.cell, "", "", "", "")


def tidy(text: str) -> str:
    """A text without stray spaces and invisible characters, in NFC. Line breaks that somebody typed stay."""
    return "\n".join(cells.clean(line) for line in text.split("\n")).strip("\n")


def find(book: Book, grids: Grids) -> list[Repair]:
    """What can be repaired in a book that was read from these cells: names of sheets, titles, then cells."""
    tables = {table.name: table for table in book.tables.values()}
    found = [_sheet(f) for f in book.findings if f.code == "HOJ-002"]
    found += [_header(f) for f in book.findings if f.code == "COL-002"]
    for table in tables.values():
        found += _numbers(book, table)
        found += _texts(table, grids)
    return found


def inputs(book: Book) -> dict[str, list[str]]:
    """The letters of the columns in which a person's values are read, by the name of the sheet."""
    return {
        table.name: ["B"] if table.sheet.form else [cells.letters(place) for place in table.columns.values()]
        for table in book.tables.values()
    }


def _sheet(finding: Finding) -> Repair:
    return Repair(SHEET, finding.code, finding.location.sheet, "", finding.location.sheet, finding.details["columna"])


def _header(finding: Finding) -> Repair:
    place = finding.location
    return Repair(HEADER, finding.code, place.sheet, place.cell, finding.found, finding.details["columna"])


def _numbers(book: Book, table: Table) -> Iterator[Repair]:
    typed = [f for f in book.findings if f.code == "CEL-001" and f.location.sheet == table.name]
    if not typed:
        return
    values = {
        table.cell(name, row): value
        for name in table.values
        for row, value in zip(table.rows, table.values[name], strict=True)
    }
    for finding in typed:
        value = values.get(finding.location.cell)
        if isinstance(value, int | float):
            yield Repair(NUMBER, finding.code, table.name, finding.location.cell, finding.found, value)


def _texts(table: Table, grids: Grids) -> Iterator[Repair]:
    grid = grids[table.name]
    for row in table.rows:
        for name, place in table.columns.items():
            across, down = (1, place) if table.sheet.form else (place, row - 1)
            raw = grid[down][across] if across < len(grid[down]) else ""
            if not isinstance(raw, str) or not raw or (row, name) in table.bad:  # covered ones stay as they are
                continue
            better = tidy(raw)
            if better != raw and (not better or table.sheet.column(name).dtype == "str"):
                yield Repair(SPACES, "", table.name, table.cell(name, row), raw, better or None)
