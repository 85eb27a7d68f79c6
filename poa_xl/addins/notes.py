"""Notes at the cells that the sheet Observaciones names, where a program lets us read the notes that are there.

A note is put only where there is none, and taken away only if it says, word for word, what the old list says: what a
person wrote stays. Excel on the web does not tell a macro what a note says, so none is put there. Whether Excel on
Windows takes notes on the protected sheets of a template was never tried; without them the list and the colours say
the same.
"""

from collections.abc import Iterable
from typing import Any

from poa_xl import observations
from poa_xl.observations import Observation

_UNREADABLE = "remote"  # the kind of xlwings engine that knows where notes are, but not what they say


def replace(book: Any, old: Iterable[Observation], new: Iterable[Observation]) -> None:
    """Take the notes of the old list away and put those of the new one. `book` is an `xlwings.Book`."""
    if book.app.engine.type == _UNREADABLE:
        return
    try:
        for place, text in observations.notes(old).items():
            _remove(_cell(book, place), text)
        for place, text in observations.notes(new).items():
            _put(_cell(book, place), text)
    except Exception:  # a program that takes no notes there: the list says it all
        return


def _cell(book: Any, place: tuple[str, str]) -> Any:
    sheet, address = place
    return book.sheets[sheet].range(address) if sheet in [s.name for s in book.sheets] else None


def _remove(cell: Any, text: str) -> None:
    if cell is not None and cell.note is not None and _plain(cell.note.text) == _plain(text):
        cell.note.delete()


def _put(cell: Any, text: str) -> None:
    if cell is not None and cell.note is None:
        cell.add_note(text)


def _plain(text: str) -> str:
    """Without what programs make of line ends."""
    return " ".join(text.split())
