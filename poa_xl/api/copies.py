"""Copies of stored submissions with their observations in place, to be sent back to the units.

They are made after all receipts are written: a workbook of which none can be made, or not in time, keeps no receipt
back. What became of each is noted in the ledger once, and is not tried again.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from poa_xl import atomic
from poa_xl.campaign import chain, files
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import MADE, NOT_MADE, Copia, Entrega, Observacion
from poa_xl.errors import PoaError
from poa_xl.guards import DEFAULT, Limits, RefusedError
from poa_xl.messages import ACCEPTED, EXCEPTED, ledger as words
from poa_xl.observations import Observation


@dataclass(frozen=True)
class ReturnedCopy:
    """What became of the copy of a submission: where it is, or why not; neither for a file that takes none."""

    archivo: str
    acuse: str
    path: Path | None
    why: str = ""


def due(campana: Campana) -> Iterator[Entrega]:
    """Submissions of which a copy was not made and not tried, because a call was killed.

    Those that an upgrade found are left out: nobody noted then what became of their copies.
    """
    noted = {c.entrega for c in campana.ledger.rows(Copia)}
    for entrega in campana.ledger.rows(Entrega, "errores > 0"):
        link = campana.ledger.link_of(Entrega, str(entrega.numero))
        known = link is not None and link.clase != chain.FOUND
        if known and entrega.numero not in noted and not target(campana, entrega).exists():
            yield entrega


def make_all(
    campana: Campana,
    entregas: Sequence[Entrega],
    limits: Limits,
    cuando: dt.datetime,
    each: Callable[[ReturnedCopy], None],
) -> None:
    """The copies of submissions with errors; all receipts are written by now."""
    for entrega in entregas:
        path, why = make(campana, entrega, limits, cuando.isoformat(timespec="seconds"))
        each(ReturnedCopy(entrega.archivo, entrega.acuse, path, why))


def make(campana: Campana, entrega: Entrega, limits: Limits, cuando: str) -> tuple[Path | None, str]:
    """Make the copy of a submission and note what became of it: its path, if there is one, and why there is none.

    There is nothing to say of a file that takes none.
    """
    stored = stored_content(campana, entrega)
    if stored is None:
        return None, ""  # `status --check` says so; once it is put back the copy can be made
    content, why = _content(campana, entrega, stored, limits)
    place = target(campana, entrega)
    if content is not None:
        with atomic.replacing(place) as temporary:
            temporary.write_bytes(content)
    with campana.writing():
        if not campana.ledger.rows(Copia, "entrega = ?", entrega.numero):
            campana.ledger.add(Copia(entrega.numero, cuando, NOT_MADE if content is None else MADE, why))
    return (None if content is None else place), why


def _content(campana: Campana, entrega: Entrega, stored: bytes, limits: Limits) -> tuple[bytes | None, str]:
    found = campana.ledger.rows(Observacion, "entrega = ?", entrega.numero)
    try:
        return copy_with(stored, entrega, found, limits), ""
    except (PoaError, OSError):  # no room, no right: the next call may have it
        raise
    except Exception as error:  # whatever a stranger's workbook makes of a writer must not end every later call
        return None, _reason(error)


def _reason(error: Exception) -> str:
    from poa_xl.ooxml.splice import MarkupError

    if isinstance(error, RefusedError):
        return words.COPY_REFUSED.format(codigo=error.code)
    if isinstance(error, MarkupError):
        return words.COPY_MARKUP
    return words.COPY_UNFORESEEN.format(que=type(error).__name__)


def target(campana: Campana, entrega: Entrega) -> Path:
    """Where the copy of a submission lies, if there is one."""
    return campana.folder / files.COPIES / f"{entrega.acuse}{Path(entrega.ruta).suffix}"


def stored_content(campana: Campana, entrega: Entrega) -> bytes | None:
    """What was stored of a submission; None where it cannot be read or is not that any more: `status --check` says so.

    It is read once, so that what is compared is what is used.
    """
    try:
        content = (campana.folder / entrega.ruta).read_bytes()
    except OSError:
        return None
    return content if files.sha256(content) == entrega.sha256 else None


def copy_with(stored: bytes, entrega: Entrega, found: Sequence[Observacion], limits: Limits = DEFAULT) -> bytes | None:
    """The stored workbook of a submission with these findings in place; None where the file takes none.

    RefusedError or MarkupError where it cannot be made, or not in time.
    """
    from poa_xl.writers.annotated import copy

    if copy.unreadable(o.codigo for o in found):
        return None
    listed = [
        Observation(o.hoja, o.celda, o.gravedad, o.codigo, o.mensaje, ACCEPTED if o.gravedad == EXCEPTED else o.accion)
        for o in found
    ]
    return copy.with_list(stored, listed, limits)
