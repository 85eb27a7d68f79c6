"""Where something stands in a Word document: below which heading, in which paragraph, or in which cell of a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from poa_xl.messages import report as words
from poa_xl.report.word.elements import Element, name

_TABLE, _ROW, _CELL, _TEXT = name("w:tbl"), name("w:tr"), name("w:tc"), name("w:t")
_TITLES, _SPAN, _VALUE = (
    f"{name('w:trPr')}/{name('w:tblHeader')}",
    f"{name('w:tcPr')}/{name('w:gridSpan')}",
    name("w:val"),
)


@dataclass(frozen=True)
class CellPlace:
    """A cell of a table: the number of its caption, as «Cuadro 9», and the words of its row and of its column's title.

    `table` is blank where the table has no caption; row and column are counted from 1 where they have no words.
    """

    table: str
    row: str | int
    column: str | int


@dataclass(frozen=True)
class DocumentPlace:
    """The heading of a section ('' above the first), and the paragraph below it from 1; 0 of what stands in none."""

    section: str
    number: int = 0
    cell: CellPlace | None = None


class Tables:
    """The tables of a document as they come: a caption is of the table that follows it below the same heading."""

    def __init__(self) -> None:
        self._caption = ""
        self._known: dict[Element, _Table] = {}

    def see_caption(self, text: str) -> None:
        """A caption; of a chart it is of no table."""
        self._caption = text.partition(".")[0] if text.startswith(words.TABLE) else ""

    def see_heading(self) -> None:
        """A heading: what comes below it has a caption of its own."""
        self._caption = ""

    def place(self, cell: Element) -> CellPlace:
        """Where a cell stands."""
        table = next(cell.iterancestors(_TABLE))
        if table not in self._known:
            self._known[table], self._caption = _Table(table, self._caption), ""
        return self._known[table].place(cell)


def cell_of(paragraph: Element) -> Element | None:
    """The cell that a paragraph stands in."""
    return next(paragraph.iterancestors(_CELL), None)


class _Table:
    """A table with the words by which its rows and columns are called."""

    def __init__(self, table: Element, number: str) -> None:
        self._number = number
        own = [row for row in table.iter(_ROW) if next(row.iterancestors(_TABLE)) is table]
        self._rows = {row: place for place, row in enumerate(own, start=1)}
        self._titles = next((row for row in own if row.find(_TITLES) is not None), own[0])
        self._columns: dict[int, str] = {}
        for cell, start, end in _spans(self._titles):
            self._columns.update(dict.fromkeys(range(start, end), _text(cell)))

    def place(self, cell: Element) -> CellPlace:
        row = next(cell.iterancestors(_ROW))
        first, at = next(row.iter(_CELL)), next(start for own, start, _ in _spans(row) if own is cell)
        called = "" if first is cell else _text(first)
        title = "" if row is self._titles else self._columns.get(at, "")
        return CellPlace(self._number, called or self._rows[row], title or at + 1)


def _spans(row: Element) -> Iterator[tuple[Element, int, int]]:
    """The cells of a row with the columns that each reaches over."""
    at = 0
    for cell in row.iter(_CELL):
        wide = _width(cell)
        yield cell, at, at + wide
        at += wide


def _width(cell: Element) -> int:
    span = cell.find(_SPAN)
    said = "" if span is None else str(span.get(_VALUE, ""))
    return int(said) if said.isdecimal() else 1


def _text(cell: Element) -> str:
    return " ".join("".join(piece.text or "" for piece in cell.iter(_TEXT)).split())
