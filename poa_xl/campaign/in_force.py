"""What of a campaign goes into the master workbook: the submission in force of each unit, as it was received."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from poa_xl.campaign import files, proof
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import REJECTED, Entrega
from poa_xl.checking.waivers import Waiver
from poa_xl.errors import PoaError
from poa_xl.findings import Submission
from poa_xl.messages import campaign as words, ledger as ledger_words


def of(campana: Campana) -> list[Entrega]:
    """The submission in force of each unit, by place. Of a unit that has none, its last rejected one: it did send."""
    found = campana.current()
    rejected = campana.ledger.rows(Entrega, "estado = ? AND unidad <> ''", REJECTED)
    last = {e.unidad: e for e in rejected if e.unidad not in found}
    return sorted((*found.values(), *last.values()), key=lambda e: e.ruta)


def proven_head(campana: Campana) -> str:
    """The head of the chain, all of it computed again; '' for a ledger without one. PoaError for a broken one."""
    proven = proof.of(campana.ledger)
    if proven.problemas:
        raise PoaError(ledger_words.BROKEN.format(carpeta=campana.folder))
    return proven.head


def paths(campana: Campana, sources: Iterable[Entrega]) -> list[Path]:
    """Where they are. PoaError where one is missing or is not what was received."""
    for entrega in sources:
        if files.sha256_of(campana.folder / entrega.ruta) != entrega.sha256:
            raise PoaError(words.FILE_CHANGED.format(ruta=entrega.ruta, acuse=entrega.acuse))
    return [campana.folder / e.ruta for e in sources]


def waivers(campana: Campana, sources: Iterable[Entrega]) -> list[Waiver]:
    """What is accepted of each, by the day on which it was received: today's date changes nothing."""
    return [w for e in sources for w in campana.waivers(e.dia) if w.unidad == e.unidad]


def days(sources: Iterable[Entrega]) -> dict[str, dt.date]:
    """Fingerprint of a file -> the day on which it was received: today's date changes nothing."""
    return {e.sha256: dt.datetime.fromisoformat(e.cuando).date() for e in sources}


def with_receipts(sources: Iterable[Entrega], read: Iterable[Submission]) -> tuple[Submission, ...]:
    """What was read, each with the number of its receipt and the moment when it arrived."""
    known = {e.sha256: e for e in sources}
    return tuple(replace(s, acuse=known[s.sha256].acuse, recibida=known[s.sha256].momento) for s in read)


def same(sources: Iterable[Entrega], read: Iterable[Submission]) -> None:
    """PoaError where what was read is not what was received: a file may change while it is being read."""
    known = {e.sha256 for e in sources}
    for submission in read:
        if submission.sha256 not in known:
            raise PoaError(words.FILE_CHANGED.format(ruta=submission.archivo, acuse="?"))
