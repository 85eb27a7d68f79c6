"""Where the rows go in the new workbook: each as far from the titles as it stood, wide gaps made narrow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from poa_xl import cells
from poa_xl.migration.report import ReportLine
from poa_xl.migration.upgrade import Rows
from poa_xl.sheets import Sheet
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW, Record

WIDEST_GAP = 20  # from one row to the next; people part groups of rows by blank ones


@dataclass(frozen=True)
class Placed:
    """A cell of the new workbook: its sheet and column, its Excel row, what it is to hold and whence it comes."""

    sheet: Sheet
    column: str
    row: int
    value: object
    origin: tuple[str, str]  # sheet and cell of the old workbook; blank where the value is not from there

    @property
    def cell(self) -> str:
        """Its address."""
        return address(self.sheet, self.column, self.row)


def address(sheet: Sheet, column: str, row: int) -> str:
    """The address of a cell of the new workbook."""
    place = sheet.columns.index(sheet.column(column))
    return f"B{HEADER_ROW + place}" if sheet.form else f"{cells.letters(place)}{row}"


def place(rows: Rows, headers: Mapping[str, int], gap: int, described: Sequence[Sheet]) -> list[Placed]:
    """Every typed cell with its place. `headers` are the title rows of old; `gap` is the most from row to row."""
    found = []
    for sheet in described:
        last, at = headers.get(sheet.key, 0), FIRST_ROW - 1
        for row in rows.get(sheet.key, ()):
            at += max(1, min(row.number - last, gap))
            last = row.number
            found += [Placed(sheet, name, at, t.value, (t.sheet, t.cell)) for name, t in row.cells.items()]
    return found


def records(found: Iterable[Placed], described: Sequence[Sheet]) -> dict[str, list[Record]]:
    """The records of every sheet for the writer, an empty one for each blank row between them."""
    made: dict[str, list[dict[str, object]]] = {sheet.key: [] for sheet in described if sheet.inputs}
    for one in found:
        own = made[one.sheet.key]
        number = 0 if one.sheet.form else one.row - FIRST_ROW
        own += [{} for _ in range(number + 1 - len(own))]
        own[number][one.column] = one.value
    return {key: list(own) for key, own in made.items()}


def with_new_places(lines: Iterable[ReportLine], found: Sequence[Placed], names: Mapping[str, str]) -> list[ReportLine]:
    """The lines with their places in the new workbook; `names` are the tabs of now by those of the old workbook."""
    by_cell = {one.origin: one for one in reversed(found)}
    by_row = {(one.origin[0], cells.row_of(one.origin[1])): one for one in found if one.origin[1]}
    moved = []
    for line in lines:
        sheet, cell = names.get(line.sheet, ""), ""
        if line.cell and line.count == 1:
            there = by_cell.get((line.sheet, line.cell))
            beside = by_row.get((line.sheet, cells.row_of(line.cell)))
            if there:
                sheet, cell = there.sheet.name, there.cell
            elif beside and line.column:  # it was left blank
                sheet, cell = beside.sheet.name, address(beside.sheet, line.column, beside.row)
        moved.append(replace(line, new_sheet=sheet, new_cell=cell))
    return moved
