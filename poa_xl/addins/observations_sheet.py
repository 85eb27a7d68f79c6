"""Writes the sheet Observaciones through xlwings: the same on desktop, on the web and in tests.

Nothing else of the workbook is touched but notes (`notes`): the cells are coloured by the workbook's own conditional
formats. What the unit wrote in the sheet is carried (`unit_answers`).
"""

from collections.abc import Sequence
from typing import Any

from poa_xl import cells, observations, unit_answers
from poa_xl.addins import notes, open_workbook
from poa_xl.errors import PoaError
from poa_xl.messages import addins
from poa_xl.observations import FIRST_ROW, HEADER_ROW, HEADERS, LAST_ROW, Observation
from poa_xl.reading import Grid

_ACTS = ("=", "+", "-", "@")  # a text that begins so would be taken for a formula


def write(book: Any, found: Sequence[Observation], summary: str) -> None:
    """Replace the list and the summary above it, and show the sheet. `book` is an `xlwings.Book`.

    PoaError where the program does not let the sheet be written.
    """
    try:
        _write(book, found, summary)
    except Exception as error:  # what a program raises on a protected sheet or workbook is its own
        raise PoaError(addins.say("macros.no-se-deja", hoja=observations.SHEET)) from error


def _write(book: Any, found: Sequence[Observation], summary: str) -> None:
    sheet = _sheet(book)
    grid = open_workbook.values(sheet)
    there = unit_answers.read(grid)
    written = unit_answers.write(there, found)
    notes.replace(book, there.said, written.shown)
    if len(found) > unit_answers.MOST:
        summary = f"{summary} {addins.say('observaciones.primeras', cuantas=unit_answers.MOST)}"
    sheet.range((observations.SUMMARY_ROW, 1)).value = summary
    _title(sheet, grid, written.keyed)
    rows = _rows(grid, written)
    sheet.range((FIRST_ROW, 1), (LAST_ROW, len(HEADERS))).clear_contents()
    if rows:  # in one go, blanks too: a program that stops half-way must not leave an answer out
        sheet.range((FIRST_ROW, 1), (FIRST_ROW + len(rows) - 1, len(rows[0]))).value = rows
    sheet.activate()


def _title(sheet: Any, grid: Grid, keyed: bool) -> None:
    """The titles of the columns that a list of before did not have; what a person wrote there stays."""
    titles = {
        unit_answers.COLUMN: unit_answers.HEADER,
        **({unit_answers.KEY_COLUMN: unit_answers.KEY_HEADER} if keyed else {}),
    }
    header = grid[HEADER_ROW - 1] if len(grid) >= HEADER_ROW else []
    for column, title in titles.items():
        if column >= len(header) or header[column] in cells.BLANKS:
            sheet.range((HEADER_ROW, column + 1)).value = title


def _rows(grid: Grid, written: unit_answers.WrittenList) -> list[list[object]]:
    """All rows from the first of the list to the last that is or was filled in, None for a blank."""
    width = max([unit_answers.KEY_COLUMN + 1, *(len(row) for row in grid)])
    last = max([len(grid), *(row.number for row in written.rows)])
    rows: list[list[object]] = [[None] * width for _ in range(FIRST_ROW, last + 1)]
    for row in written.rows:
        line = rows[row.number - FIRST_ROW]
        if row.own:
            line[: len(HEADERS)] = [_link(row), *map(_text, row.own[1:])]
        if row.key and written.keyed:
            line[unit_answers.KEY_COLUMN] = _text(row.key)
        for place, (number, column) in row.kept.items():
            line[place] = _text(grid[number - 1][column])
    return rows


def _sheet(book: Any) -> Any:
    """The sheet Observaciones; a new one where there is none, or where somebody uses that name for something else."""
    sheets = {sheet.name.casefold(): sheet for sheet in book.sheets}  # Excel takes capitals for the same name
    name, number = observations.SHEET, 1
    while (there := sheets.get(name.casefold())) is not None:
        if unit_answers.is_ours(open_workbook.values(there)):
            return there
        number += 1
        name = f"{observations.SHEET} {number}"
    sheet = book.sheets.add(name, after=book.sheets[-1])
    sheet.range((observations.TITLE_ROW, 1)).value = observations.TITLE
    sheet.range((HEADER_ROW, 1), (HEADER_ROW, len(HEADERS))).value = [list(HEADERS)]
    return sheet


def _link(row: unit_answers.ListRow) -> str:
    """The place, as a formula that leads there. Its value is the text that the conditional formats look for."""
    if not row.target:
        return row.own[0]
    target, place = (text.replace('"', '""') for text in (f"#{row.target}", row.own[0]))
    return f'=HYPERLINK("{target}","{place}")'


def _text(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTS) else value
