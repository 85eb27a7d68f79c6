"""The sheet «Observaciones» of a unit's workbook: what stands where. Every program that checks a workbook writes it.

The workbook's own conditional formats colour the cells that the sheet names, so no colour of a person is ever changed,
and emptying the list takes every colour away. A note at a cell repeats the list. Python 3.8 syntax and
the standard library alone: LibreOffice carries a copy.
"""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict, Iterable, List, NamedTuple, Sequence, Tuple

from poa_xl import cells
from poa_xl.names import OBSERVATIONS_SHEET

SHEET = OBSERVATIONS_SHEET
TITLE = "Observaciones"
NOT_CHECKED = "Aquí aparece lo que se observa en este libro cuando se revisa."
TITLE_ROW, SUMMARY_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 4, 5
LAST_ROW = 1004  # the list that the workbook's conditional formats look at
HEADERS = ("Lugar", "Severidad", "Código", "Qué pasa", "Qué hacer")
WIDTHS = (22, 11, 10, 70, 70)  # characters
WHOLE_BOOK = "Libro"
PLACES_NAME, SEVERITIES_NAME = "poa_lugares", "poa_severidades"  # defined names of the columns Lugar and Severidad


class Observation(NamedTuple):
    """A finding as the sheet shows it. `sheet` and `cell` are empty where it has no such place.

    `key` is what names its row, such as `OP-01 · Redactar informes`: rows move, and an answer goes with its row.
    """

    sheet: str
    cell: str
    severity: str
    code: str
    what: str
    action: str
    key: str = ""

    @property
    def place(self) -> str:
        """`Tareas!E5`, `Tareas` or `Libro`."""
        return "!".join(part for part in (self.sheet, self.cell) if part) or WHOLE_BOOK

    @property
    def target(self) -> str:
        """Where a link to the cell goes, such as `'Tareas'!E5`; '' for the workbook as a whole."""
        quoted = "'" + self.sheet.replace("'", "''") + "'"
        return f"{quoted}!{self.cell or 'A1'}" if self.sheet else ""

    @property
    def row(self) -> List[str]:
        """Its cells, in the order of `HEADERS`."""
        return [self.place, self.severity, self.code, self.what, self.action]


def from_row(row: Sequence[object]) -> Observation:
    """The observation that a row of the list shows."""
    place, severity, code, what, action = (str(cell or "") for cell in row[: len(HEADERS)])
    return placed(place)._replace(severity=severity, code=code, what=what, action=action)


def placed(place: str) -> Observation:
    """An observation at a place such as `Tareas!E5`, `Tareas` or `Libro`, with nothing said of it."""
    sheet, mark, cell = place.rpartition("!")
    whole = "" if place == WHOLE_BOOK else place
    return Observation(sheet if mark else whole, cell if mark else "", "", "", "", "")


def notes(found: Iterable[Observation]) -> Dict[Tuple[str, str], str]:
    """(sheet, cell) -> the note that says there what the list says of the cell."""
    texts: Dict[Tuple[str, str], List[str]] = {}
    for one in found:
        if one.sheet and cells.is_address(one.cell):  # somebody may have written into the list
            texts.setdefault((one.sheet, one.cell), []).append(f"{one.severity} {one.code}: {one.what} → {one.action}")
    return {place: "\n".join(lines) for place, lines in texts.items()}


def span(column: int) -> str:
    """The cells of the list in a column (0-based), as an absolute address with the sheet."""
    letter = "ABCDE"[column]
    return f"{SHEET}!${letter}${FIRST_ROW}:${letter}${LAST_ROW}"
