"""What an open workbook says beside the values of its cells: which are merged, and which hold formulas.

Excel on the desktop says both. Excel on the web sends values alone: there nothing is known of either.
"""

from collections.abc import Iterator
from typing import Any

from poa_xl import cells
from poa_xl.guards import MergedArea

_MOST_QUESTIONS = 5_000  # of a sheet; each takes Excel about a tenth of a millisecond to a millisecond


def merged(sheet: Any) -> list[MergedArea]:
    """The merged areas of a worksheet. `sheet` is an `xlwings.Sheet`."""
    last = sheet.used_range.last_cell
    found: list[MergedArea] = []
    parts = [MergedArea(1, 1, last.row, last.column)]
    for _ in range(_MOST_QUESTIONS):
        if not parts:
            break
        part = parts.pop()
        try:
            if sheet.range(part[:2], part[2:]).merge_cells is False:  # None: some of its cells are
                continue
            first = _area(sheet.range(part[:2]).merge_area)
        except NotImplementedError:
            return []
        if first[:2] != first[2:] and first not in found:
            found.append(first)
        if not _within(part, first):
            parts += _halves(part)
    return found


def _area(area: Any) -> MergedArea:
    return MergedArea(area.row, area.column, area.last_cell.row, area.last_cell.column)


def _within(part: MergedArea, other: MergedArea) -> bool:
    above = other.top <= part.top and other.left <= part.left
    return above and part.bottom <= other.bottom and part.right <= other.right


def _halves(part: MergedArea) -> Iterator[MergedArea]:
    """An area of more than one cell in two, across its longer side."""
    if part.bottom - part.top >= part.right - part.left:
        middle = (part.top + part.bottom) // 2
        yield part._replace(bottom=middle)
        yield part._replace(top=middle + 1)
    else:
        middle = (part.left + part.right) // 2
        yield part._replace(right=middle)
        yield part._replace(left=middle + 1)


def by_hand(book: Any) -> bool:
    """Whether formulas are calculated only when a person asks for it. `book` is an `xlwings.Book`."""
    try:
        return bool(book.app.calculation == "manual")
    except (AttributeError, NotImplementedError):
        return False


def formulas(sheet: Any) -> list[str]:
    """The cells that hold a formula."""
    last = sheet.used_range.last_cell
    found = sheet.range((1, 1), (last.row, last.column)).formula
    rows = [[found]] if isinstance(found, str) else found
    return [
        f"{cells.letters(column)}{row}"
        for row, line in enumerate(rows, start=1)
        for column, text in enumerate([line] if isinstance(line, str) else line)
        if isinstance(text, str) and text.startswith("=")
    ]
