"""Formulas of a person in the cells that are filled in: what they give changes when a workbook is opened."""

import re
from collections.abc import Collection, Iterator

from poa_xl import cells
from poa_xl.migration.refresh.programme import Programme
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import Source
from poa_xl.ooxml.splice import LITERAL
from poa_xl.reading import Table

_SHEET = r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>\w+))!)?"
_REFERENCE = re.compile(
    rf"{_SHEET}(?<![A-Z$])\$?(?P<left>[A-Z]{{1,3}})\$?(?P<top>[0-9]{{1,7}})"
    r"(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>[0-9]{1,7}))?(?![\w(])",
    re.IGNORECASE,
)
Place = tuple[str, int, int]  # sheet, row and column from 0


def lines(old: Source, programme: Programme) -> Iterator[ReportLine]:
    """A line for each that may say something else once it is calculated: it names a cell that changed, or one of a row
    with such a cell. Until then it has the value with which it was saved.
    """
    changed = {
        (programme.book.tables[key].name, row, programme.book.tables[key].columns[name])
        for key, put in programme.cells.items()
        for row, name in put
    }
    for table in programme.book.tables.values() if changed else ():
        for cell, formula in old.marks[table.name].formulas.items():
            place = (table.name, cells.row_of(cell), cells.place_of(cell))
            if place not in changed and _is_input(table, place) and _depends(formula, place, changed):
                yield ReportLine("formula-por-calcular", table.name, cell, formula, table.name, cell)


def _is_input(table: Table, place: Place) -> bool:
    _, row, column = place
    return column == 1 and row - 1 in table.columns.values() if table.sheet.form else column in table.columns.values()


def _depends(formula: str, place: Place, changed: Collection[Place]) -> bool:
    """Of formulas that were copied down the text of the first stands for all: so the row counts too."""
    found = list(_REFERENCE.finditer(LITERAL.sub("", formula)))
    beside = any(sheet == place[0] and row == place[1] for sheet, row, _ in changed)
    return bool(found) and (beside or any(_covers(one, place[0], at) for one in found for at in changed))


def _covers(reference: re.Match[str], own: str, place: Place) -> bool:
    sheet = (reference["quoted"] or "").replace("''", "'") or reference["plain"] or own
    rows = sorted(int(reference[name] or reference["top"]) for name in ("top", "bottom"))
    columns = sorted(cells.place_of(f"{reference[name] or reference['left']}1".upper()) for name in ("left", "right"))
    there = sheet.casefold() == place[0].casefold()
    return there and rows[0] <= place[1] <= rows[1] and columns[0] <= place[2] <= columns[1]
