"""Notes at the cells that the sheet Observaciones names, in a document that is open in LibreOffice.

One is put only where there is none, and taken away only if it says, word for word, what the old list says: what a
person wrote stays. LibreOffice drops notes on locked cells of a protected sheet without a word. Carried by the
extension.
"""
# ruff: noqa: UP006, UP035, UP045 - the Pythons of LibreOffice are older

from typing import Any, List, Optional

from poa_xl import observations as layout
from poa_xl.observations import Observation


def replace(document: Any, old: List[Observation], new: List[Observation]) -> None:
    """Take the notes of the old list away and put those of the new one."""
    for (sheet, address), text in layout.notes(old).items():
        cell = _cell(document, sheet, address)
        if cell is not None and _plain(cell.getAnnotation().getString()) == _plain(text):
            _remove(cell)
    for (sheet, address), text in layout.notes(new).items():
        cell = _cell(document, sheet, address)
        if cell is not None and not cell.getAnnotation().getString():
            cell.getSpreadsheet().getAnnotations().insertNew(cell.getCellAddress(), text)


def _cell(document: Any, sheet: str, address: str) -> Optional[Any]:
    if not document.Sheets.hasByName(sheet):
        return None
    return document.Sheets.getByName(sheet).getCellRangeByName(address).getCellByPosition(0, 0)


def _remove(cell: Any) -> None:
    place, notes = cell.getCellAddress(), cell.getSpreadsheet().getAnnotations()
    for index in range(notes.getCount()):
        position = notes.getByIndex(index).getPosition()
        if (position.Column, position.Row) == (place.Column, place.Row):
            notes.removeByIndex(index)
            return


def _plain(text: str) -> str:
    """Without what saving makes of line ends."""
    return " ".join(text.split())
