"""What was read of a file as plain values and back again: how a worker hands it over. Nothing in them can be run."""

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from typing import Any

from poa_xl import cells
from poa_xl.cells import Value
from poa_xl.findings import Finding, Location, Remark
from poa_xl.guards import Contents, MergedArea
from poa_xl.observations import Observation
from poa_xl.reading.book import Answers, Book, ListAnswer, Table
from poa_xl.reading.provenance import Origin
from poa_xl.sheets import Sheet

_DATES: dict[str, Callable[[str], object]] = {
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
}


# --- cells ------------------------------------------------------------------------------------------------


def of_contents(contents: Contents) -> dict[str, Any]:
    """The sheets of a workbook with all their cells."""
    return {
        "names": contents.names,
        "odd": contents.odd,
        "noted": contents.noted,
        "only_settings": contents.only_settings,
        "merged": {name: [list(area) for area in areas] for name, areas in contents.merged.items()},
        "formulas": contents.formulas,
        "grids": [[_row(row) for row in contents.read(n)] for n in range(len(contents.names))],
    }


def contents(said: dict[str, Any]) -> Contents:
    """The same, back again."""
    grids = [[[_back(v) for v in row] for row in grid] for grid in said["grids"]]
    found = Contents(said["names"], said["odd"], grids.__getitem__, said["noted"], said["only_settings"])
    found.merged = {name: [MergedArea(*area) for area in areas] for name, areas in said["merged"].items()}
    found.formulas = said["formulas"]
    return found


def _row(row: list[object]) -> list[object]:
    """A row without the blanks at its end, of which a sheet can have millions."""
    last = len(row)
    while last and row[last - 1] == "":
        last -= 1
    return [_plain(value) for value in row[:last]]


def _plain(value: object) -> object:
    if isinstance(value, cells.Formatted):
        return {"value": float(value), "mark": value.mark}
    if isinstance(value, dt.timedelta):
        return {"days": value.days, "seconds": value.seconds}
    if isinstance(value, dt.date | dt.time):
        return {type(value).__name__: value.isoformat()}
    return value


def _back(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if "mark" in value:
        return cells.Formatted(**value)
    if "days" in value:
        return dt.timedelta(**value)
    ((kind, text),) = value.items()
    return _DATES[kind](text)


# --- typed rows -------------------------------------------------------------------------------------------


def of_book(book: Book) -> dict[str, Any]:
    """A workbook as read."""
    return {
        "file": book.file,
        "master": book.master,
        "findings": [_finding(f) for f in book.findings],
        "tables": {key: _table(table) for key, table in book.tables.items()},
        "answers": [[one.hoja, one.celda, list(one.said), one.texto] for one in book.written.answers],
        "remarks": [[one.hoja, one.celda, one.about, one.texto] for one in book.written.remarks],
    }


def book(said: dict[str, Any], sheets: Sequence[Sheet]) -> Book:
    """The same, back again; the descriptions of its sheets are those given."""
    known = {sheet.key: sheet for sheet in sheets}
    found = [
        Finding(code, Location(*place), shown, unidad, details)
        for code, place, shown, unidad, details in said["findings"]
    ]
    tables = {key: _table_back(known[key], table) for key, table in said["tables"].items()}
    answers = [ListAnswer(hoja, celda, Observation(*one), texto) for hoja, celda, one, texto in said["answers"]]
    written = Answers(answers, [Remark(*one) for one in said["remarks"]])
    return Book(said["file"], "", tables, found, said["master"], written)


def _finding(f: Finding) -> list[Any]:
    return [f.code, [f.location.file, f.location.sheet, f.location.cell], f.found, f.unidad, f.details]


def _table(table: Table) -> dict[str, Any]:
    values = {
        name: [v.isoformat() if isinstance(v, dt.date) else v for v in column] if _dated(table.sheet, name) else column
        for name, column in table.values.items()
    }
    return {"name": table.name, "columns": table.columns, "rows": table.rows, "values": values, "bad": list(table.bad)}


def _table_back(sheet: Sheet, said: dict[str, Any]) -> Table:
    values = {
        name: [v and dt.date.fromisoformat(v) for v in column] if _dated(sheet, name) else _shared(column)
        for name, column in said["values"].items()
    }
    bad = {(row, column) for row, column in said["bad"]}
    return Table(sheet, said["name"], said["columns"], said["rows"], values, bad)


def _shared(column: list[Value]) -> list[Value]:
    """The same values; equal texts are one, as the rows of a workbook repeat their codes, and workbooks their words."""
    return [sys.intern(v) if type(v) is str else v for v in column]


def _dated(sheet: Sheet, column: str) -> bool:
    return sheet.column(column).dtype.startswith("datetime")


# --- what it says of itself -------------------------------------------------------------------------------


def of_origin(origin: Origin) -> list[Any]:
    """What a workbook says of itself."""
    return [origin.documento, origin.periodo, origin.version, origin.saved]


def origin(said: list[Any]) -> Origin:
    """The same, back again."""
    documento, periodo, version, saved = said
    return Origin(documento, tuple(periodo) if periodo else None, tuple(version), saved)
