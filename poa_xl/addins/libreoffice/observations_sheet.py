"""Writes the findings into the sheet «Observaciones» of a document that is open in LibreOffice.

What the unit wrote in the sheet is carried, cell by cell as it stands (`unit_answers`).
Everything goes in through UNO objects, so nothing here needs more than the standard library. Carried by the extension.
"""
# ruff: noqa: UP006, UP035, UP045 - the Pythons of LibreOffice are older

from contextlib import contextmanager
from typing import Any, Dict, Iterator, List, Optional, Tuple

from poa_xl import observations as layout, unit_answers
from poa_xl.addins.libreoffice import comments
from poa_xl.addins.libreoffice.client import Failed
from poa_xl.messages import addins
from poa_xl.observations import Observation

_CONTENT = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
_URL_FIELD = "com.sun.star.text.TextField.URL"
_BOLD, _TITLE_POINTS = 150.0, 14.0
_CHARACTER = 200  # about the width of a character, in 1/100 mm
_TOP, _LAST_COLUMN = 1, 4  # com.sun.star.table.CellVertJustify2.TOP; the list ends at column E


def show(document: Any, summary: str, found: List[Observation]) -> None:
    """Replace the list in the sheet and bring it to the front; one step for «undo»."""
    with _one_step(document, addins.say("libreoffice.validar")):
        sheet = _sheet(document)
        there = unit_answers.read(_cells(sheet))
        written = unit_answers.write(there, found)
        comments.replace(document, there.said, written.shown)
        with _unprotected(sheet):
            kept = _kept(sheet, written)
            _clear(sheet)
            _title(sheet, written.keyed)
            _write(document, sheet, summary, written, len(found))
            for place, cell in kept.items():
                _put_back(sheet.getCellByPosition(*place), cell)
    sheet.IsVisible = True
    controller = document.getCurrentController()
    if controller:
        controller.setActiveSheet(sheet)
        controller.select(sheet.getCellByPosition(0, layout.TITLE_ROW - 1))


@contextmanager
def _one_step(document: Any, title: str) -> Iterator[None]:
    document.UndoManager.enterUndoContext(title)
    document.lockControllers()
    try:
        yield
    finally:
        document.unlockControllers()
        document.UndoManager.leaveUndoContext()


@contextmanager
def _unprotected(sheet: Any) -> Iterator[None]:
    """The sheet without its protection, which comes back afterwards. Failed where it has a password."""
    protected = sheet.isProtected()
    if protected:
        try:
            sheet.unprotect("")
        except Exception as error:  # UNO's IllegalArgumentException: it has a password
            raise Failed(addins.say("libreoffice.con-clave", hoja=sheet.Name)) from error
    try:
        yield
    finally:
        if protected:
            sheet.protect("")


def _sheet(document: Any) -> Any:
    """The sheet Observaciones; a new one where there is none, or where somebody uses that name for something else."""
    sheets, name, number = document.Sheets, layout.SHEET, 1
    while sheets.hasByName(name):
        if _is_ours(sheets.getByName(name)):
            return sheets.getByName(name)
        number += 1
        name = f"{layout.SHEET} {number}"
    sheets.insertNewByName(name, sheets.Count)
    _lay_out(sheets.getByName(name))
    return sheets.getByName(name)


def _is_ours(sheet: Any) -> bool:
    row = layout.HEADER_ROW - 1
    return sheet.getCellRangeByPosition(0, row, _LAST_COLUMN, row).getDataArray()[0] == layout.HEADERS


def _cells(sheet: Any) -> Any:
    """Its cells from A1 on, as values."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, last.EndColumn, max(last.EndRow, layout.HEADER_ROW)).getDataArray()


def _lay_out(sheet: Any) -> None:
    """The frame of a sheet that was not there: title, headers, widths."""
    for column, width in enumerate(layout.WIDTHS):
        sheet.Columns.getByIndex(column).Width = width * _CHARACTER
    title = sheet.getCellByPosition(0, layout.TITLE_ROW - 1)
    title.setString(layout.TITLE)
    title.CharWeight, title.CharHeight = _BOLD, _TITLE_POINTS
    for column, text in enumerate(layout.HEADERS):
        _put_title(sheet, column, text)
    rows = sheet.getCellRangeByPosition(0, layout.FIRST_ROW - 1, unit_answers.KEY_COLUMN, layout.LAST_ROW - 1)
    rows.IsTextWrapped, rows.VertJustify = True, _TOP


def _put_title(sheet: Any, column: int, text: str) -> None:
    header = sheet.getCellByPosition(column, layout.HEADER_ROW - 1)
    header.setString(text)
    header.CharWeight = _BOLD


def _title(sheet: Any, keyed: bool) -> None:
    """The titles of the columns that a list of before did not have; what a person wrote there stays."""
    titled = [(unit_answers.COLUMN, unit_answers.HEADER, unit_answers.WIDTH)]
    if keyed:
        titled.append((unit_answers.KEY_COLUMN, unit_answers.KEY_HEADER, unit_answers.KEY_WIDTH))
    for column, text, width in titled:
        if not sheet.getCellByPosition(column, layout.HEADER_ROW - 1).getString():
            _put_title(sheet, column, text)
            sheet.Columns.getByIndex(column).Width = width * _CHARACTER
            sheet.Columns.getByIndex(column).IsVisible = column != unit_answers.KEY_COLUMN


def _clear(sheet: Any) -> None:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    address = cursor.RangeAddress
    last_row = max(address.EndRow, layout.LAST_ROW - 1)
    last_column = max(address.EndColumn, unit_answers.KEY_COLUMN)
    sheet.getCellRangeByPosition(0, layout.FIRST_ROW - 1, last_column, last_row).clearContents(_CONTENT)


def _kept(sheet: Any, written: unit_answers.WrittenList) -> Dict[Tuple[int, int], Tuple[str, Any]]:
    """(column, row) from 0 -> what a cell of the unit holds: how it is put in, and what."""
    return {
        (place, row.number - 1): _held(sheet.getCellByPosition(column, number - 1))
        for row in written.rows
        for place, (number, column) in row.kept.items()
    }


def _held(cell: Any) -> Tuple[str, Any]:
    kind = cell.Type.value
    if kind == "VALUE":
        return kind, (cell.getValue(), cell.NumberFormat)
    return kind, cell.getFormula() if kind == "FORMULA" else cell.getString()


def _put_back(cell: Any, held: Tuple[str, Any]) -> None:
    kind, what = held
    if kind == "VALUE":
        value, cell.NumberFormat = what
        cell.setValue(value)
    elif kind == "FORMULA":
        cell.NumberFormat = 0  # in a cell for texts it would be one
        cell.setFormula(what)
    else:
        cell.setString(what)  # a text, whatever it looks like


def _write(document: Any, sheet: Any, summary: str, written: unit_answers.WrittenList, count: int) -> None:
    if count > unit_answers.MOST:
        summary += " " + addins.say("observaciones.primeras", cuantas=unit_answers.MOST)
    sheet.getCellByPosition(0, layout.SUMMARY_ROW - 1).setString(summary)
    listed = [row for row in written.rows if row.own]
    for number, row in enumerate(listed):
        _write_row(document, sheet, row, written.shown[number] if number < len(written.shown) else None)
        if row.key and written.keyed:
            sheet.getCellByPosition(unit_answers.KEY_COLUMN, row.number - 1).setString(row.key)
    if listed:
        first, last = layout.FIRST_ROW - 1, layout.FIRST_ROW - 2 + len(listed)
        sheet.getCellRangeByPosition(0, first, _LAST_COLUMN, last).Rows.OptimalHeight = True


def _write_row(document: Any, sheet: Any, row: unit_answers.ListRow, observed: Optional[Observation]) -> None:
    first = sheet.getCellByPosition(0, row.number - 1)
    if observed is None:
        first.setString(row.own[0])
    else:
        _write_place(document, first, observed)
    for column, text in enumerate(row.own[1:], start=1):
        # As a text, never as input: words of strangers must not become a formula. One by one, to be undone.
        sheet.getCellByPosition(column, row.number - 1).setString(text)


def _write_place(document: Any, cell: Any, observation: Observation) -> None:
    """The place as a link; LibreOffice writes `#'Tareas'.E5` where Excel has `'Tareas'!E5`."""
    if not observation.target or not document.Sheets.hasByName(observation.sheet):
        cell.setString(observation.place)
        return
    field = document.createInstance(_URL_FIELD)
    field.Representation = observation.place
    field.URL = "#" + ".".join(observation.target.rsplit("!", 1))
    cell.insertTextContent(cell.createTextCursor(), field, False)
