"""Cells by their sheet and the title of their column, looked up in the workbook itself: no column that is added moves them.

at("Tareas", "Ejec. abr")            the cell of that column in the first row below the titles
at("Tareas", "Ejec. abr", 3)         in the third
at("Tareas", "Ejec. abr", 0)         the title itself; `nth=2` of a title that stands there twice
at("Tareas", "Ejec. abr", "OP-02")   in the row whose first cell says OP-02
at("Unidad", "Gestión")              the field of a form, beside its title
at("Tareas"), at()                   a sheet or a workbook as a whole: no cell

`cell_at` gives the cell of an open workbook, `cell_of` and `written` its address in a file; `resolved` and `in_order` turn
what is expected of findings into addresses. Where every filled workbook of a unit has a cell says `campaign_books.cell`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FORM = "Unidad"  # the sheet whose titles stand one below the other
_HIGHEST = 12  # rows among which the titles stand


@dataclass(frozen=True)
class At:
    """A place in a workbook that is still to be looked up."""

    sheet: str = ""
    title: str = ""
    row: int | str = 1
    nth: int = 1

    def within(self, workbook: Workbook) -> str:
        """The address of the cell, such as `T35`; '' of a whole sheet. LookupError where there is none."""
        if not self.title:
            return ""
        tab = workbook[self.sheet]
        if self.sheet == FORM:
            return f"B{next(n for n in range(1, tab.max_row + 1) if tab.cell(n, 1).value == self.title)}"
        return address(tab, self.title, self.row, self.nth)


def at(sheet: str = "", title: str = "", row: int | str = 1, nth: int = 1) -> At:
    """A cell by what stands above it."""
    return At(sheet, title, row, nth)


def address(tab: Worksheet, title: str, row: int | str = 1, nth: int = 1) -> str:
    """The address of a cell of a table. LookupError where the title, or the row of a key, is not there."""
    for number in range(1, min(_HIGHEST, tab.max_row) + 1):
        titles = [cell.value for cell in tab[number]]
        places = [place for place, value in enumerate(titles, start=1) if value == title]
        if len(places) >= nth and sum(value is not None for value in titles) > 1:  # not the title of the sheet
            below = number + row if isinstance(row, int) else _with_key(tab, number, row)
            return f"{get_column_letter(places[nth - 1])}{below}"
    raise LookupError(f"no column «{title}» in {tab.title}")


def _with_key(tab: Worksheet, header: int, key: str) -> int:
    for number in range(header + 1, tab.max_row + 1):
        if tab.cell(number, 1).value == key:
            return number
    raise LookupError(f"no row «{key}» in {tab.title}")


Found = set[tuple[str, str, str]]  # code, sheet, cell
Expected = set[tuple[str, At]]


def resolved(expected: Iterable[tuple[str, At]], *paths: Path) -> Found:
    """What is expected, as (code, sheet, cell) of the workbooks; each sheet is looked for in one after the other."""
    books = [cache(partial(openpyxl.load_workbook, path)) for path in paths]  # each opened when something is looked for
    found = set()
    for code, place in expected:
        book = next((b() for b in books if place.sheet in b().sheetnames), None)
        if book is None and place.title:
            raise LookupError(f"no sheet «{place.sheet}» in {', '.join(path.name for path in paths)}")
        found.add((code, place.sheet, place.within(book) if book else ""))
    return found


@cache
def _opened(path: Path, changed: int) -> Workbook:
    return openpyxl.load_workbook(path)


def cell_of(path: Path, place: At) -> str:
    """The address of a place in a file."""
    return place.within(_opened(path, path.stat().st_mtime_ns))


def in_order(path: Path, *expected: tuple[str, At]) -> list[tuple[str, str, str]]:
    """What is expected of one workbook, as (code, sheet, cell), one by one as it is given."""
    return [(code, place.sheet, cell_of(path, place)) for code, place in expected]


def cell_at(workbook: Workbook, place: At) -> Cell:
    """The cell itself, of a workbook that is open."""
    found = workbook[place.sheet][place.within(workbook)]
    assert isinstance(found, Cell), f"{place} is covered by another"
    return found


def written(path: Path, place: At) -> str:
    """A place in a file as people type it: `Tareas!T35`, `Tareas` or ''."""
    return f"{place.sheet}!{cell_of(path, place)}".rstrip("!")
