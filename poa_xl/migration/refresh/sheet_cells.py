"""Cells of a sheet with other values, in the looks that they have; all other bytes of the sheet stay."""

from collections.abc import Mapping, Sequence

from poa_xl.cells import letters, place_of, row_of
from poa_xl.migration.refresh.parts import CellValue
from poa_xl.ooxml.splice import Element, MarkupError, XmlPart, inline

Place = tuple[int, int]  # Excel row, column from 0


class _Sheet:
    """The rows and cells of a sheet by their places; a place is counted where a program does not write it."""

    def __init__(self, xml: bytes) -> None:
        self.part = XmlPart(xml, ["sheetData", "row", "c", "f"])
        self.rows: dict[int, Element] = {}
        self.cells: dict[Place, Element] = {}
        number = 0
        for row in self.part.all("row", "sheetData"):
            number = int(row.attributes.get("r", number + 1))
            self.rows[number] = row
            column = -1
            for cell in self.part.within(row, "c"):
                column = place_of(cell.attributes["r"]) if "r" in cell.attributes else column + 1
                self.cells[number, column] = cell

    def look(self, place: Place) -> str:
        """The style of a cell, else that of the cell above it."""
        row, column = place
        node = next((self.cells[at] for at in ((row, column), (row - 1, column)) if at in self.cells), None)
        return node.attributes.get("s", "") if node else ""

    def only_own(self, place: Place) -> Element:
        """A cell. MarkupError where the formulas of others are told by its own."""
        cell = self.cells[place]
        if any("ref" in formula.attributes for formula in self.part.within(cell, "f")):
            raise MarkupError("f")
        return cell


def with_cells(xml: bytes, values: Mapping[str, CellValue]) -> bytes:
    """A sheet in which cells hold other values."""
    sheet = _Sheet(xml)
    new: dict[int, dict[int, str]] = {}
    look = ""
    for address, value in sorted(values.items(), key=lambda item: (place_of(item[0]), row_of(item[0]))):
        place = row_of(address), place_of(address)
        look = sheet.look(place) or look  # of a list that became longer, that of its last cell
        fragment = _cell(address, value, look)
        if place in sheet.cells:
            sheet.part.replace(sheet.only_own(place), fragment)
        elif value is not None:
            new.setdefault(place[0], {})[place[1]] = fragment
    for number in sorted(new):
        _add(sheet, number, new[number])
    _add_rows(sheet, {number: cells for number, cells in new.items() if number not in sheet.rows})
    return sheet.part.done()


def _cell(address: str, value: CellValue, style: str) -> str:
    if isinstance(value, str):
        return inline(address, value, style)
    look = f' s="{style}"' if style else ""
    return f'<c r="{address}"{look}/>' if value is None else f'<c r="{address}"{look}><v>{value!r}</v></c>'


def _add(sheet: _Sheet, number: int, cells: Mapping[int, str]) -> None:
    """New cells of a row that is there, each before the next one."""
    if number not in sheet.rows:
        return
    own = sorted(column for row, column in sheet.cells if row == number)
    behind = ""
    for column in sorted(cells):
        after = next((c for c in own if c > column), None)
        if after is None:
            behind += cells[column]
        else:
            sheet.part.insert(sheet.cells[number, after].start, cells[column])
    if behind:
        sheet.part.append(sheet.rows[number], behind)


def _add_rows(sheet: _Sheet, rows: Mapping[int, Mapping[int, str]]) -> None:
    """Rows that are not there, each before the next one."""
    behind = ""
    for number in sorted(rows):
        text = f'<row r="{number}">{"".join(rows[number][column] for column in sorted(rows[number]))}</row>'
        after = next((n for n in sorted(sheet.rows) if n > number), None)
        if after is None:
            behind += text
        else:
            sheet.part.insert(sheet.rows[after].start, text)
    if behind:
        sheet.part.append(sheet.part.all("sheetData")[0], behind)


def refilled(xml: bytes, rows: Sequence[Sequence[str]]) -> bytes:
    """A sheet of ours with other rows, all of them texts."""
    part = XmlPart(xml, ["sheetData", "dimension"])
    made = "".join(
        f'<row r="{n}">{"".join(inline(f"{letters(i)}{n}", text) for i, text in enumerate(row))}</row>'
        for n, row in enumerate(rows, start=1)
    )
    for data in part.all("sheetData"):
        part.replace(data, f"<sheetData>{made}</sheetData>")
    for dimension in part.all("dimension"):
        part.set_attribute(dimension, "ref", f"A1:{letters(max(map(len, rows)) - 1)}{len(rows)}")
    return part.done()
