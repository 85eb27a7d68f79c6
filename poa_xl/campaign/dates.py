"""Which of two workbooks of a unit is the older one.

The «Fecha de envío» that the unit wrote decides. Where it is the same day, missing, or none on which the workbook can
have been sent, the moment at which a program last saved the workbook (docProps/core.xml) does. Where that is missing
too nothing is known, and the one that arrives later counts as the newer. Where both are good and say the opposite of
each other, a person has to say it.
"""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from poa_xl import guards
from poa_xl.campaign.records import Ajuste, Entrega
from poa_xl.checking import send_window
from poa_xl.checking.report import FORM_ROW
from poa_xl.parameters import QUARTERS
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


class Precedence(Enum):
    """How a workbook stands to another."""

    OLDER = "older"
    NEWER = "newer"  # or nothing is known
    DISPUTED = "disputed"  # its dates say both


@dataclass(frozen=True)
class Fechas:
    """The two dates of a workbook, as far as they can be believed."""

    fecha_envio: str
    modificado: str


_CLOCKS = dt.timedelta(days=1)  # how far the clock of another computer may be ahead


Reported = tuple[str, str]  # the quarter that each of two workbooks says it reports, as text; '' where it says none


def order(one: Entrega, other: Entrega, ajuste: Ajuste, reported: Reported) -> Precedence:
    """How one submission stands to another, by those of their dates that can be."""
    a, b = _believed(one, ajuste, reported[0]), _believed(other, ajuste, reported[1])
    if _differ(a, b) and _saved_in_time(one, ajuste) and _saved_in_time(other, ajuste):
        saved_a, saved_b = _moment(one.modificado), _moment(other.modificado)
        if saved_a != saved_b and (saved_a < saved_b) != (a.fecha_envio < b.fecha_envio):
            return Precedence.DISPUTED
    return Precedence.OLDER if older(a, b) else Precedence.NEWER


def by_date(one: Entrega, other: Entrega, ajuste: Ajuste, reported: Reported) -> bool:
    """Whether what the units wrote tells two submissions apart."""
    return _differ(_believed(one, ajuste, reported[0]), _believed(other, ajuste, reported[1]))


def _differ(a: Fechas, b: Fechas) -> bool:
    return bool(a.fecha_envio and b.fecha_envio) and a.fecha_envio != b.fecha_envio


def _believed(entrega: Entrega, ajuste: Ajuste, reported: str) -> Fechas:
    """Without a day on which it cannot have been sent, and without a moment that is still to come.

    A unit that ended before the campaign's quarter sends the workbook of its last one: that one's days are good too.
    """
    fecha, saved = entrega.fecha_envio, entrega.modificado
    received = dt.datetime.fromisoformat(entrega.cuando).date()
    sent = dt.date.fromisoformat(fecha) if fecha else None
    quarters = [ajuste.trimestre, *(q for q in QUARTERS if str(q) == reported)]
    if sent and not send_window.plausible(sent, ajuste.gestion, quarters, received):
        fecha = ""
    if saved and _moment(saved) > dt.datetime.now(dt.UTC) + _CLOCKS:
        saved = ""
    return Fechas(fecha, saved)


def _saved_in_time(entrega: Entrega, ajuste: Ajuste) -> bool:
    """Whether the moment of the last save is good enough to speak against the «Fecha de envío»."""
    if not entrega.modificado:
        return False
    first, _ = send_window.window(ajuste.gestion, ajuste.trimestre)
    saved, received = _moment(entrega.modificado), dt.datetime.fromisoformat(entrega.cuando)
    return first <= saved.date() and saved <= received + _CLOCKS


def _moment(iso: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(iso)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def older(one: Dated, other: Dated) -> bool:
    """Whether one was made before the other, by all that they say; False where that cannot be known."""
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
