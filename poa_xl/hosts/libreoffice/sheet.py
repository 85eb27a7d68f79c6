"""Writes the findings into the sheet «Observaciones» of a document that is open in LibreOffice.

Everything goes in through UNO objects, so nothing here needs more than the standard library. Carried by the extension.
"""
# ruff: noqa: UP006, UP035 - the Pythons of LibreOffice are older

from contextlib import contextmanager
from typing import Any, Iterator, List

from poa_xl import observations as layout
from poa_xl.hosts.libreoffice import comments
from poa_xl.hosts.libreoffice.asking import Failed
from poa_xl.messages import hosts
from poa_xl.observations import Observation

_CONTENT = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
_URL_FIELD = "com.sun.star.text.TextField.URL"
_BOLD, _TITLE_POINTS = 150.0, 14.0
_CHARACTER = 200  # about the width of a character, in 1/100 mm
_TOP, _LAST_COLUMN = 1, 4  # com.sun.star.table.CellVertJustify2.TOP; the list ends at column E
_ROOM = layout.LAST_ROW - layout.FIRST_ROW + 1


def show(document: Any, summary: str, found: List[Observation]) -> None:
    """Replace the list in the sheet and bring it to the front; one step for «undo»."""
    with _one_step(document, hosts.say("libreoffice.validar")):
        sheet = _sheet(document)
        comments.replace(document, _listed(sheet), found)
        with _unprotected(sheet):
            _clear(sheet)
            _write(document, sheet, summary, found)
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
            raise Failed(hosts.say("libreoffice.con-clave", hoja=sheet.Name)) from error
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


def _lay_out(sheet: Any) -> None:
    """The frame of a sheet that was not there: title, headers, widths."""
    for column, width in enumerate(layout.WIDTHS):
        sheet.Columns.getByIndex(column).Width = width * _CHARACTER
    title = sheet.getCellByPosition(0, layout.TITLE_ROW - 1)
    title.setString(layout.TITLE)
    title.CharWeight, title.CharHeight = _BOLD, _TITLE_POINTS
    for column, text in enumerate(layout.HEADERS):
        header = sheet.getCellByPosition(column, layout.HEADER_ROW - 1)
        header.setString(text)
        header.CharWeight = _BOLD
    rows = sheet.getCellRangeByPosition(0, layout.FIRST_ROW - 1, _LAST_COLUMN, layout.LAST_ROW - 1)
    rows.IsTextWrapped, rows.VertJustify = True, _TOP


def _listed(sheet: Any) -> List[Observation]:
    """What the list says now."""
    rows = sheet.getCellRangeByPosition(0, layout.FIRST_ROW - 1, _LAST_COLUMN, layout.LAST_ROW - 1).getDataArray()
    return [layout.from_row(row) for row in rows if any(row)]


def _clear(sheet: Any) -> None:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = max(cursor.RangeAddress.EndRow, layout.LAST_ROW - 1)
    sheet.getCellRangeByPosition(0, layout.FIRST_ROW - 1, _LAST_COLUMN, last).clearContents(_CONTENT)


def _write(document: Any, sheet: Any, summary: str, found: List[Observation]) -> None:
    listed = found[:_ROOM]
    if len(found) > _ROOM:
        summary += " " + hosts.say("observaciones.primeras", cuantas=_ROOM)
    sheet.getCellByPosition(0, layout.SUMMARY_ROW - 1).setString(summary)
    if not listed:
        return
    first, last = layout.FIRST_ROW - 1, layout.FIRST_ROW - 2 + len(listed)
    for row, observation in enumerate(listed, start=first):
        _write_place(document, sheet.getCellByPosition(0, row), observation)
        for column, text in enumerate(observation.row[1:], start=1):
            # As a text, never as input: words of strangers must not become a formula. One by one, to be undone.
            sheet.getCellByPosition(column, row).setString(text)
    sheet.getCellRangeByPosition(0, first, _LAST_COLUMN, last).Rows.OptimalHeight = True


def _write_place(document: Any, cell: Any, observation: Observation) -> None:
    """The place as a link; LibreOffice writes `#'Tareas'.E5` where Excel has `'Tareas'!E5`."""
    if not observation.target or not document.Sheets.hasByName(observation.sheet):
        cell.setString(observation.place)
        return
    field = document.createInstance(_URL_FIELD)
    field.Representation = observation.place
    field.URL = "#" + ".".join(observation.target.rsplit("!", 1))
    cell.insertTextContent(cell.createTextCursor(), field, False)
