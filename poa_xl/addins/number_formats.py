"""The number formats of the cells of an open workbook: what its cells show beside their numbers.

A spreadsheet program on the computer is asked; the task pane of Excel on the web sends them, since xlwings does not.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from poa_xl import cells
from poa_xl.guards import format_marks
from poa_xl.reading import Grid

Formats = Mapping[str, Mapping[str, str]]  # sheet -> address -> number format
_REMOTE = "remote"  # the kind of xlwings engine that cannot be asked
_LOCAL_SIGN, _LITERAL_SIGN = "$", "[$$"


def given(raw: object) -> Formats:
    """What the task pane sends: sheet -> number format -> addresses. What is of another form is left out."""
    found: dict[str, dict[str, str]] = {}
    for sheet, codes in _items(raw):
        for code, addresses in _items(codes):
            for address in addresses if isinstance(addresses, list) else ():
                if isinstance(address, str) and cells.is_address(address):
                    found.setdefault(sheet, {})[address] = code
    return found


def _items(raw: object) -> Iterator[tuple[str, object]]:
    if isinstance(raw, dict):
        yield from ((key, value) for key, value in raw.items() if isinstance(key, str))


def put(sheet: Any, grid: Grid, known: Formats | None) -> None:
    """Put what the formats show into the cells of a worksheet. `sheet` is an `xlwings.Sheet`; `known` was given."""
    formats = _asked(sheet, grid) if known is None else known.get(sheet.name, {})
    format_marks.put(grid, {address: code for address, code in formats.items() if not _is_local(code)})


def _is_local(code: str) -> bool:
    """Excel writes «$» for the sign of the computer's own currency, which in Bolivia is «Bs»."""
    shown = {format_marks.mark(code, value) for value in (1.0, -1.0, 0.0)} - {""}
    return shown == {_LOCAL_SIGN} and _LITERAL_SIGN not in code


def _asked(sheet: Any, grid: Grid) -> dict[str, str]:
    if sheet.book.app.engine.type == _REMOTE:
        return {}
    found: dict[str, str] = {}
    for column in range(max(map(len, grid), default=0)):
        rows = [n for n, row in enumerate(grid) if column < len(row) and isinstance(row[column], float)]
        found |= _of_column(sheet, column, rows) if rows else {}
    return found


def _of_column(sheet: Any, column: int, rows: list[int]) -> dict[str, str]:
    """The formats of the cells with numbers of a column, asked for many at once: most have the same."""
    area = sheet.range((rows[0] + 1, column + 1), (rows[-1] + 1, column + 1))
    code = area.number_format
    if isinstance(code, str):
        return {f"{cells.letters(column)}{row + 1}": code for row in rows} if format_marks.may_mark(code) else {}
    if len(rows) == 1:
        return {}
    half = len(rows) // 2
    return _of_column(sheet, column, rows[:half]) | _of_column(sheet, column, rows[half:])
