"""The cells of a sheet before python-calamine sees them: how many, how far, which of them hold no value.

`sheet_grammar` recognises the form in which Excel, LibreOffice and the common libraries write a sheet, by regular
expressions; what has another form is for `sheet_walk`. Both give the same for the same cells: a sheet made anew of
what was judged. Some cells would stop calamine, or make it drop the whole sheet: an error value that it does not know,
a number that no date can be in a cell with a date's format. They come without their type or format.
"""

import re
from dataclasses import dataclass, field

from poa_xl.guards.limits import Limits
from poa_xl.guards.merged import MergedArea
from poa_xl.guards.refused import RefusedError, ambiguous, odd_inside

LARGEST_ROW, LARGEST_COLUMN = 1_048_576, 16_384
KNOWN_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
LARGEST_SERIAL = 1e9  # of a date or a duration, far beyond both; calamine stops at some 1e11
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,4})?")
BLANKS = " \t\r\n"
HEAD, TAIL = b"<worksheet><sheetData>", b"</sheetData></worksheet>"


@dataclass(frozen=True)
class Shown:
    """What of the workbook changes how a number is shown: the formats of dates, by number, and the calendar.

    `marked` are the formats that show something beside a number: number -> what the format says.
    Where it is calculated by hand only, what formulas show may be old: `by_hand` asks for the cells that hold one.
    """

    dated: frozenset[int] = frozenset()
    from_1904: bool = False
    marked: dict[int, str] = field(default_factory=dict)
    by_hand: bool = False


PLAIN = Shown()


@dataclass
class Scan:
    """What a sheet holds. `odd` is address -> error or NO_VALUE; `xml` the sheet made anew.

    `marked` is address -> number format, of cells that may show something beside their number.
    """

    xml: bytes = HEAD + TAIL
    cells: int = 0
    rows: int = 0  # up to the last cell with content
    columns: int = 0
    last: str = ""  # a cell with content at that edge
    odd: dict[str, str] = field(default_factory=dict)
    marked: dict[str, str] = field(default_factory=dict)
    largest_text: int = -1  # the largest place among the shared texts that a cell names
    merged: list[MergedArea] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)  # the cells that hold one, where they are asked for

    def check(self, limits: Limits, texts: int) -> None:
        """RefusedError where the cells up to the last one would not fit in memory, or one names no text."""
        if self.rows * self.columns > limits.area:
            raise RefusedError("HOJ-007", found=self.last, cell=self.last)
        if self.largest_text >= texts:
            raise odd_inside("indice", str(self.largest_text))

    def taken(self) -> bytes:
        """The sheet made anew; it is kept here no longer."""
        xml, self.xml = self.xml, b""
        return xml

    def reach(self, row: int, column: int, address: str) -> None:
        """Say of a cell with content."""
        if row > self.rows or column > self.columns:
            self.last = address
            self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def checked_place(row: int, column: int, address: str) -> None:
    """RefusedError for a cell that no sheet has."""
    if not (0 < row <= LARGEST_ROW and 0 < column <= LARGEST_COLUMN):
        raise odd_inside("celda", address)


def two_values(address: str) -> RefusedError:
    """A cell that one program reads in one way and another in another."""
    error = ambiguous("valor", address)
    error.cell = address
    return error
