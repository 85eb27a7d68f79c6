"""Writes the sheet Observaciones through xlwings: the same on desktop, on the web and in tests.

Nothing else of the workbook is touched but notes (`notes`): the cells are coloured by the workbook's own conditional
formats.
"""

from collections.abc import Sequence
from typing import Any

from poa_xl import observations
from poa_xl.errors import PoaError
from poa_xl.hosts import live, notes
from poa_xl.messages import hosts
from poa_xl.observations import FIRST_ROW, HEADER_ROW, HEADERS, LAST_ROW, Observation
from poa_xl.reading import Grid

_MOST = LAST_ROW - FIRST_ROW + 1
_ACTS = ("=", "+", "-", "@")  # a text that begins so would be taken for a formula


def write(book: Any, found: Sequence[Observation], summary: str) -> None:
    """Replace the list and the summary above it, and show the sheet. `book` is an `xlwings.Book`.

    PoaError where the program does not let the sheet be written.
    """
    try:
        _write(book, found, summary)
    except Exception as error:  # what a program raises on a protected sheet or workbook is its own
        raise PoaError(hosts.say("macros.no-se-deja", hoja=observations.SHEET)) from error


def _write(book: Any, found: Sequence[Observation], summary: str) -> None:
    sheet = _sheet(book)
    width = len(HEADERS)
    notes.replace(book, _listed(sheet), found)
    sheet.range((FIRST_ROW, 1), (LAST_ROW, width)).clear_contents()
    if len(found) > _MOST:
        summary = f"{summary} {hosts.say('observaciones.primeras', cuantas=_MOST)}"
    sheet.range((observations.SUMMARY_ROW, 1)).value = summary
    rows = [[_link(one), *map(_text, one.row[1:])] for one in found[:_MOST]]
    if rows:
        sheet.range((FIRST_ROW, 1), (FIRST_ROW + len(rows) - 1, width)).value = rows
    sheet.activate()


def _sheet(book: Any) -> Any:
    """The sheet Observaciones; a new one where there is none, or where somebody uses that name for something else."""
    sheets = {sheet.name.casefold(): sheet for sheet in book.sheets}  # Excel takes capitals for the same name
    name, number = observations.SHEET, 1
    while (there := sheets.get(name.casefold())) is not None:
        if _is_ours(live.values(there)):
            return there
        number += 1
        name = f"{observations.SHEET} {number}"
    sheet = book.sheets.add(name, after=book.sheets[-1])
    sheet.range((observations.TITLE_ROW, 1)).value = observations.TITLE
    sheet.range((HEADER_ROW, 1), (HEADER_ROW, len(HEADERS))).value = [list(HEADERS)]
    return sheet


def _listed(sheet: Any) -> list[Observation]:
    """What the list says now."""
    return [observations.from_row(row) for row in live.values(sheet)[FIRST_ROW - 1 :] if any(row[: len(HEADERS)])]


def _is_ours(grid: Grid) -> bool:
    return len(grid) >= HEADER_ROW and tuple(grid[HEADER_ROW - 1][: len(HEADERS)]) == HEADERS


def _link(one: Observation) -> str:
    """The place, as a formula that leads there. Its value is the text that the conditional formats look for."""
    if not one.target:
        return one.place
    target, place = (text.replace('"', '""') for text in (f"#{one.target}", one.place))
    return f'=HYPERLINK("{target}","{place}")'


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(_ACTS) else text
