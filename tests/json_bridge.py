"""A small bridge between .xlsx files and the JSON books of xlwings: what the client of Office.js does, with openpyxl.

`payload` makes of a file what the client sends; `apply` does to a file what the macro asks for, as Excel would: a
text that begins with = is a formula, one that begins with an apostrophe is a text, an ISO date is a date.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import xlwings
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Formats = dict[str, dict[str, list[str]]]  # sheet -> number format -> cells


def _sent(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, (dt.datetime, dt.date)):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return value


def payload(path: Path, name: str = "") -> dict[str, Any]:
    """What Office.js would send of the open workbook."""
    return _payload(openpyxl.load_workbook(path, data_only=True), name or path.name)


def _payload(book: Workbook, name: str) -> dict[str, Any]:
    return {
        "client": "Office.js",
        "version": xlwings.__version__,
        "book": {"name": name, "active_sheet_index": 0, "selection": "A1"},
        "names": [],
        "sheets": [_sheet(sheet) for sheet in book.worksheets],
    }


def _sheet(sheet: Worksheet) -> dict[str, Any]:
    values = [[_sent(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] or [[]]
    area = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    return {
        "name": sheet.title,
        "values": values,
        "used_range_address": area,
        "pictures": [], "shapes": [], "charts": [], "tables": [], "notes": [], "print_area": None,
        "show_gridlines": True, "pivot_tables": [],
    }  # fmt: skip


def sent_formats(path: Path) -> Formats:
    """What the task pane sends beside: sheet -> number format -> cells with a number, of unusual formats."""
    return _formats(openpyxl.load_workbook(path, data_only=True))


def _formats(book: Workbook) -> Formats:
    found: Formats = {}
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, (int, float)) and any(sign in cell.number_format for sign in '%$"[\\'):
                found.setdefault(sheet.title, {}).setdefault(cell.number_format, []).append(cell.coordinate)
    return found


def opened(path: Path, name: str = "") -> Any:
    """A file as a macro gets it from Excel on the web."""
    return xlwings.Book(json=payload(path, name))


def run(macro: Callable[[Any], str], path: Path, out: Path, name: str = "") -> tuple[str, list[dict[str, Any]]]:
    """Run a macro on a file as if it were open in Excel on the web; write what becomes of it to `out`."""
    book = opened(path, name)
    said = macro(book)
    actions = book.json()["actions"]
    workbook = openpyxl.load_workbook(path)
    for action in actions:
        _ACTIONS[action["func"]](workbook, action)
    workbook.save(out)
    return said, actions


def done(macro: Callable[[Any, Formats], str], path: Path) -> Workbook:
    """The workbook after a macro that is given the number formats too, read once and not written: for many files."""
    workbook = openpyxl.load_workbook(path, data_only=True)
    book = xlwings.Book(json=_payload(workbook, path.name))
    macro(book, _formats(workbook))
    for action in book.json()["actions"]:
        _ACTIONS[action["func"]](workbook, action)
    return workbook


def _area(workbook: Workbook, action: dict[str, Any]) -> list[tuple[Any, ...]]:
    sheet = workbook.worksheets[action["sheet_position"]]
    first_row, first_column = action["start_row"] + 1, action["start_column"] + 1
    last_row, last_column = first_row + action["row_count"] - 1, first_column + action["column_count"] - 1
    return list(sheet.iter_rows(first_row, last_row, first_column, last_column))


def _set_values(workbook: Workbook, action: dict[str, Any]) -> None:
    for row, values in zip(_area(workbook, action), action["values"], strict=True):
        for cell, value in zip(row, values, strict=True):
            _type_in(cell, value)


def _type_in(cell: Any, value: object) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    if value.startswith("'"):
        cell.value, cell.data_type = value[1:], "s"
        return
    try:
        cell.value = dt.date.fromisoformat(value)
    except ValueError:
        cell.value = value or None


def _clear(workbook: Workbook, action: dict[str, Any]) -> None:
    for row in _area(workbook, action):
        for cell in row:
            cell.value = None


def _add_sheet(workbook: Workbook, action: dict[str, Any]) -> None:
    position, name = action["args"]
    workbook.create_sheet(name, position)


def _activate(workbook: Workbook, action: dict[str, Any]) -> None:
    workbook.active = action["args"][0]


_ACTIONS: dict[str, Callable[[Workbook, dict[str, Any]], None]] = {
    "setValues": _set_values,
    "rangeClearContents": _clear,
    "addSheet": _add_sheet,
    "activateSheet": _activate,
}
