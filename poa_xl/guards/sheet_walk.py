"""A sheet of any form, walked element by element and made anew: what is foreign, or stands twice, is refused."""

import re

from poa_xl import cells
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import Walk
from poa_xl.guards.merged import Merged
from poa_xl.guards.outline import EXTENSIONS
from poa_xl.guards.refused import ambiguous, beyond, odd_inside
from poa_xl.guards.sheet_cell import Cell
from poa_xl.guards.worksheets import BLANKS, HEAD, LARGEST_COLUMN, LARGEST_ROW, PLAIN, TAIL, Scan, Shown, checked_place

_DATA, _ROW, _CELL = 2, 3, 4  # how deep they stand
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def careful(xml: bytes, limits: Limits, shown: Shown = PLAIN) -> Scan:
    """What a sheet of any form holds. RefusedError where it is broken, beyond a bound, or says two things."""
    found = _Sheet(limits, shown)
    found.walk.run(xml)
    found.scan.merged = found.merged.areas
    found.scan.xml = b"".join((HEAD, *found.rows, TAIL))
    return found.scan


class _Sheet:
    """What `careful` hears of the elements of a sheet."""

    def __init__(self, limits: Limits, shown: Shown) -> None:
        self.scan, self.rows, self._limits = Scan(), list[bytes](), limits
        self.merged = Merged(limits)
        self._shown, self._shared = shown, set[str]()
        self._dated_columns = bytearray(LARGEST_COLUMN + 1)
        self._dated_row = False
        self.walk = Walk(limits, self._start, self._end, self._text)
        self._data = self._in_data = False
        self._unread = 0  # the depth of an element that is not read, nor what is in it
        self._row = self._column = 0
        self._columns: set[int] = set()  # of the cells of a row, so far
        self._cells: list[str] = []
        self._cell: Cell | None = None

    # --- what is heard --------------------------------------------------------------------------------------

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        depth = self.walk.depth
        if self._unread:
            if name == "sheetData":
                raise ambiguous("fuera", name)
        elif not self._in_data:
            self._outside(depth, name, attributes)
        elif self._cell:
            self._unread = 0 if self._cell.open(name, attributes) else depth
        elif name == EXTENSIONS:
            self._unread = depth
        elif depth == _ROW and name == "row":
            self._start_row(attributes)
        elif depth == _CELL and name == "c":
            self._start_cell(attributes)
        else:
            raise ambiguous("ajeno", name)

    def _outside(self, depth: int, name: str, attributes: dict[str, str]) -> None:
        if depth == 1 and name != "worksheet":
            raise ambiguous("raiz", name)
        self.merged.hear(depth, name, attributes)
        if name == "sheetData":
            if self._data or depth != _DATA:
                raise ambiguous("repetido" if self._data else "fuera", name)
            self._data = self._in_data = True
        elif name == "scenarios":
            raise ambiguous("escenario")
        elif name == "col" and self._is_dated(attributes.get("style", "")):
            first, last = (min(_number(attributes.get(edge, "")), LARGEST_COLUMN) for edge in ("min", "max"))
            if 0 < first <= last:
                self._dated_columns[first : last + 1] = b"\1" * (last + 1 - first)

    def _is_dated(self, style: str) -> bool:
        return _number(style) in self._shown.dated

    def _text(self, text: str) -> None:
        if self._cell and not self._unread:
            self._cell.say(text)

    def _end(self, name: str) -> None:
        depth = self.walk.depth
        if self._unread:
            if depth == self._unread:
                self._unread = 0
                if self._cell:
                    self._cell.close()
        elif self._cell and depth == _CELL:
            self._end_cell(self._cell)
            self._cell = None
        elif self._cell:
            self._cell.close()
        elif self._in_data and depth == _ROW:
            row = f'<row r="{self._row}">{"".join(self._cells)}</row>'
            self.rows.append(row.encode())
            self._cells.clear()
        elif depth == _DATA:
            self._in_data = False

    # --- rows and cells -------------------------------------------------------------------------------------

    def _start_row(self, attributes: dict[str, str]) -> None:
        before, self._row = self._row, _row_number(attributes["r"]) if "r" in attributes else self._row + 1
        if self._row <= before:
            raise odd_inside("orden", str(self._row))
        checked_place(self._row, 1, f"A{self._row}")
        self._column = 0
        self._columns.clear()
        self._dated_row = "customFormat" in attributes and self._is_dated(attributes.get("s", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.scan.cells += 1
        if self.scan.cells > self._limits.celdas:
            raise beyond("celdas", self._limits, self.scan.cells)
        address = attributes.get("r") or f"{cells.letters(self._column)}{self._row}"
        match = _ADDRESS.fullmatch(address)
        if not match:
            raise odd_inside("celda", address)
        column = cells.place_of(match[1]) + 1
        checked_place(int(match[2]), column, address)
        if int(match[2]) != self._row or column in self._columns:
            raise ambiguous("celda", address)
        self._columns.add(column)
        self._column = column
        bare = "s" not in attributes
        # Excel shows such a number by the first format; LibreOffice by that of the row, of the column, or plainly.
        unclear = bare and (0 in self._shown.dated or self._dated_row or bool(self._dated_columns[column]))
        style = "0" if bare else attributes["s"]
        self._cell = Cell(address, attributes.get("t", "n"), style, unclear)
        if self._cell.type == "n" and _number(style.strip(BLANKS)) in self._shown.marked:
            self.scan.marked[address] = self._shown.marked[_number(style.strip(BLANKS))]

    def _end_cell(self, cell: Cell) -> None:
        if not cell.parts:
            return
        self.scan.reach(self._row, self._column, cell.address)
        odd = cell.odd(self._shared)
        if odd:
            self.scan.odd[cell.address] = odd
        if cell.type == "s" and cell.value:
            self.scan.largest_text = max(self.scan.largest_text, cell.index)
        if self._shown.by_hand and "f" in cell.parts:
            self.scan.formulas.append(cell.address)
        self._cells.append(cell.anew(self._shown.from_1904))


def _number(text: str) -> int:
    """A number of columns or formats; -1 for none."""
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else -1


def _row_number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,7}", text) or not 0 < int(text) <= LARGEST_ROW:
        raise odd_inside("celda", text)
    return int(text)
