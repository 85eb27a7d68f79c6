"""A ledger made anew from what a campaign's folder holds, where the old one was lost or is damaged.

Its rows are marked as rebuilt. Receipts that the lost ledger issued stay as they lie; submissions get new numbers,
which begin after the last one seen. What is left of the old ledger is kept under another name.
"""

import datetime as dt
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl import atomic, brief
from poa_xl.campaign import chain, files, folder, intake, issued, ledger, proof
from poa_xl.campaign.baselines import NOTHING, GivenBaseline
from poa_xl.campaign.folder import Campana, GivenEntity
from poa_xl.campaign.intake import Orden, Recibo
from poa_xl.campaign.ledger import LEDGER, Ledger
from poa_xl.campaign.records import AcuseEmitido, Ajuste, Excepcion
from poa_xl.errors import PoaError
from poa_xl.messages import ledger as words
from poa_xl.messages.entity import ENTITY_FILE

KEPT = "campana-anterior.sqlite"
FILES = ("", "-wal", "-shm", "-journal")
LOST_FORM = 0  # of a receipt that the lost ledger issued: whatever it says


@dataclass(frozen=True, repr=False)
class Recovery:
    """What became of a campaign whose ledger was made anew."""

    ajuste: Ajuste
    recibos: tuple[Recibo, ...]
    no_tomados: tuple[str, ...]  # files below `entregas` that we did not store
    anterior: Path | None  # the old ledger, under its new name
    excepciones: int | None  # how many the old ledger had; None where it could not be read

    def __repr__(self) -> str:
        return brief.line(
            self, recibos=len(self.recibos), no_tomados=len(self.no_tomados), anterior=self.anterior,
            excepciones=self.excepciones,
        )  # fmt: skip


def recover(
    place: Path,
    entity: GivenEntity,
    trimestre: int,
    limite: dt.date,
    orden: Orden,
    compared: GivenBaseline = NOTHING,
) -> Recovery:
    """Make the ledger of a campaign anew. PoaError where it is not needed, or there is nothing to make it of."""
    begun = time.monotonic()
    content, checked = folder.read_entity(place, entity)
    assert checked.entidad is not None  # noqa: S101 - `read_entity` sees to it
    if not issued.was_here(place):
        raise PoaError(words.NOTHING_THERE, carpeta=place)
    waivers = _refuse_sound(place)
    _refuse_other_entity(place, checked.book.sha256)
    old = _set_aside(place)
    book = ledger.connect(place, create=True, begun=begun)
    try:
        with book.writing(chain.REBUILT):
            said = (trimestre, limite, orden.quien, orden.cuando)
            ajuste = folder.add_settings(place, book, checked, content, said, compared)
            for path in issued.files(place / files.RECEIPTS):
                book.add(AcuseEmitido(path.name, None, LOST_FORM, files.sha256_of(path)))
            campana = Campana(place, book, ajuste, checked.path)
            first = 1 + issued.last_place(place, ajuste.gestion, ajuste.trimestre)
            ours, others = _stored(place)
            taken = tuple(_taken(campana, ours, orden, first))
        _put_entity(place, book, ajuste)
    finally:
        book.close()
    return Recovery(ajuste, taken, tuple(others), old, waivers)


def _refuse_sound(place: Path) -> int | None:
    """PoaError where the ledger is sound and knows all; else how many exceptions it has, if it can be read."""
    path = place / LEDGER
    if not path.is_file() or not path.stat().st_size:
        return None
    try:
        book = ledger.connect(place)
    except PoaError:
        return None
    try:
        settings = book.rows(Ajuste)
        broken = not settings or proof.of(book).problemas
        if not broken and not issued.lost(place, book, settings[-1]):
            raise PoaError(words.NOT_NEEDED.format(carpeta=place))
        return len(book.rows(Excepcion)) if settings else None
    finally:
        book.close()


def _refuse_other_entity(place: Path, digest: str) -> None:
    """PoaError where `entidad.xlsx` is a workbook that is kept nowhere else."""
    path = place / ENTITY_FILE
    there = files.sha256_of(path)
    if there and there != digest and there not in {files.sha256_of(p) for p in (place / folder.ENTITIES).glob("*")}:
        raise PoaError(words.NO_ENTITY, ruta=path)


def _set_aside(place: Path) -> Path | None:
    """Give what is left of the old ledger, with its log, another name."""
    if (place / LEDGER).is_file():
        _wait_for_others(place / LEDGER)
    there = [end for end in FILES if (place / f"{LEDGER}{end}").is_file()]
    if not there:
        return None
    target, number = place / KEPT, 2
    while any(target.with_name(f"{target.name}{end}").exists() for end in FILES):
        target, number = (place / KEPT).with_stem(f"{Path(KEPT).stem} ({number})"), number + 1
    for end in reversed(there):  # the log first: without it the ledger is still one
        (place / f"{LEDGER}{end}").replace(target.with_name(f"{target.name}{end}"))
    atomic.sync_folder(place)
    return target


def _wait_for_others(path: Path) -> None:
    """Nobody may be receiving in a ledger that is set aside."""
    connection = sqlite3.connect(path, timeout=ledger.WAIT, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            with ledger.said():
                raise
    except sqlite3.DatabaseError:
        pass  # it is no ledger any more
    finally:
        connection.close()


def _stored(place: Path) -> tuple[list[Path], list[str]]:
    """The submissions that were stored, in the order of their versions, and what else lies there."""
    ours: list[tuple[int, str, Path]] = []
    others: list[str] = []
    for path in files.kept(place):
        named = files.STORED_NAME.match(path.name)
        if named and files.interrupted(path):
            ours.append((int(named["version"]), path.parent.name, path))
        else:
            others.append(path.relative_to(place).as_posix())
    return [path for *_, path in sorted(ours)], others


def _taken(campana: Campana, paths: Sequence[Path], orden: Orden, first: int) -> Iterator[Recibo]:
    """Write the submissions down. Each was received when its file was stored, as far as anybody knows."""
    number = first
    for path in paths:
        pieza = intake.stored(path, path.read_bytes())
        when = dt.datetime.fromisoformat(pieza.arrived) if pieza.arrived else orden.cuando
        recibo = intake.take(campana, pieza, replace(orden, cuando=when), number)
        number += recibo.entrega is not None
        yield recibo


def _put_entity(place: Path, book: Ledger, ajuste: Ajuste) -> None:
    path = place / ENTITY_FILE
    if path.exists() and files.sha256_of(path) != ajuste.sha256:
        atomic.remove(path)  # it is kept in `entidades`
    folder.copy_in_force(place, book, ajuste)
