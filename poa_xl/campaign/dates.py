"""Which of two workbooks of a unit is the older one.

The «Fecha de envío» that the unit wrote decides. Where it is the same day or missing, the moment at which a program
last saved the workbook (docProps/core.xml) does. Where that is missing too nothing is known, and the one that
arrives later counts as the newer.
"""

import datetime as dt
from pathlib import Path
from typing import Protocol

from poa_xl import guards
from poa_xl.checking.report import FORM_ROW
from poa_xl.reading import Book, as_records, tasks


class Dated(Protocol):
    """What has the two dates, as ISO texts; '' for one that is not known."""

    @property
    def fecha_envio(self) -> str:
        """The day of «Fecha de envío»."""
        ...

    @property
    def modificado(self) -> str:
        """The moment of the last save."""
        ...


def older(one: Dated, other: Dated) -> bool:
    """Whether one was made before the other; False where that cannot be known."""
    if one.fecha_envio and other.fecha_envio and one.fecha_envio != other.fecha_envio:
        return one.fecha_envio < other.fecha_envio
    return bool(one.modificado and other.modificado) and one.modificado < other.modificado


def modified(content: bytes) -> str:
    """When a program last saved the workbook, in UTC, ISO; '' where it does not say."""
    try:
        return str(guards.in_worker(tasks.MODIFIED, content, guards.DEFAULT)[0])
    except guards.RefusedError:
        return ""


def written(path: Path) -> str:
    """When a file was last written where it lies, ISO with the offset of this place; '' where that is not known."""
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone().isoformat(timespec="seconds")
    except (OSError, OverflowError, ValueError):
        return ""


def stamped(book: Book, column: str) -> str:
    """What a field of the form Unidad says, as text; '' for a blank."""
    table = book.tables.get("unidad")
    value = as_records(table)[FORM_ROW][column] if table and table.rows else None
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
