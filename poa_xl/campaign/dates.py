"""Which of two workbooks of a unit is the older one.

The «Fecha de envío» that the unit wrote decides. Where it is the same day or missing, the moment at which a program
last saved the workbook (docProps/core.xml) does. Where that is missing too nothing is known, and the one that
arrives later counts as the newer.
"""

import datetime as dt
import re
from typing import Protocol

from poa_xl import guards
from poa_xl.checking.report import FORM_ROW
from poa_xl.reading import Book, as_records

_CORE = "docProps/core.xml"
_LARGEST = 100_000
_MODIFIED = re.compile(rb"<dcterms:modified[^>]{0,200}>([0-9T:.Z+-]{10,40})</dcterms:modified>")


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
        package = guards.opened(content, guards.DEFAULT)
        found = _MODIFIED.search(package.part(_CORE, _LARGEST)) if _CORE in package else None
    except guards.RefusedError:
        return ""
    try:
        moment = dt.datetime.fromisoformat(found[1].decode()) if found else None
        moment = moment and (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
        return moment.astimezone(dt.UTC).isoformat(timespec="seconds") if moment else ""
    except (ValueError, OverflowError):
        return ""


def stamped(book: Book, column: str) -> str:
    """What a field of the form Unidad says, as text; '' for a blank."""
    table = book.tables.get("unidad")
    value = as_records(table)[FORM_ROW][column] if table and table.rows else None
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
