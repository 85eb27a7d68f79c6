"""A campaign's folder: made once for a quarter, opened by every command.

campana.sqlite            the ledger
campana-vN.sqlite         the ledger as it was in version N, before it was upgraded, if it was
entidad.xlsx              the entity's workbook in force, a copy
entidades/                every one that was ever in force
planes/                   every approved plan with which submissions were compared
anteriores/               what the campaign of an earlier quarter accepted, as it was when it was given
entregas/UNIDAD/          every submission ever received
acuses/                   receipts; one that is lost is written again, word for word
observaciones/            copies with observations, of what had errors
"""

import datetime as dt
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from poa_xl import atomic
from poa_xl.baseline import Baseline
from poa_xl.campaign import baselines, files, issued, ledger
from poa_xl.campaign.baselines import GivenBaseline
from poa_xl.campaign.exception_rows import WaivedRows
from poa_xl.campaign.ledger import Ledger
from poa_xl.campaign.records import Ajuste, Entrega, Excepcion
from poa_xl.checking import entity_book, row_keys
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.checking.waivers import Waiver
from poa_xl.entity import Entidad
from poa_xl.errors import PoaError
from poa_xl.messages import campaign as words, ledger as ledger_words
from poa_xl.messages.entity import ENTITY_FILE

ENTITIES = "entidades"
RECEIPTS, COPIES = files.RECEIPTS, files.COPIES
GivenEntity = Path | CheckedEntity  # where its workbook lies, or what was read of it with what the campaign let in


@dataclass
class Campana:
    """An open campaign: its folder, its ledger and the settings in force."""

    folder: Path
    ledger: Ledger
    ajuste: Ajuste
    entity: Path  # the entity's workbook in force
    _whole: bool = field(default=False, repr=False)

    @cached_property
    def checked(self) -> CheckedEntity:
        """The entity's workbook in force, read and checked."""
        return entity_book.check_entity(self.entity, accepted=True)

    @property
    def entidad(self) -> Entidad:
        """The entity. PoaError where its workbook has errors, which `create` does not let in."""
        if self.checked.entidad is None:
            raise PoaError(words.ENTITY_CHANGED.format(ruta=self.entity))
        return self.checked.entidad

    @cached_property
    def baseline(self) -> Baseline:
        """What submissions are compared with. PoaError where a kept plan or quarter is not what was given."""
        return baselines.read(self.folder, self.ajuste, self.entidad)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock of the ledger. PoaError where it does not know a receipt that was issued."""
        if not self._whole:
            issued.refuse_unknown(self.folder, self.ledger, self.ajuste)
            self._whole = True
        with self.ledger.writing():
            yield

    @property
    def limite(self) -> dt.date:
        """The last day to send."""
        return dt.date.fromisoformat(self.ajuste.limite)

    def current(self) -> dict[str, Entrega]:
        """Unit -> the submission that counts: the last one that took its place."""
        return {e.unidad: e for e in self.ledger.rows(Entrega, "vale = 1")}

    def current_of(self, unidad: str) -> Entrega | None:
        """The submission of a unit that counts."""
        found = self.ledger.rows(Entrega, "vale = 1 AND unidad = ?", unidad)
        return found[-1] if found else None

    def waiting_of(self, unidad: str) -> Entrega | None:
        """The submission of a unit that waits for a decision: none that counts came since, nor was it taken again."""
        sent = self.ledger.rows(Entrega, "unidad = ?", unidad)
        waiting = next((e for e in reversed(sent) if e.espera), None)
        after = [e for e in sent if waiting and e.numero > waiting.numero]
        return None if waiting and any(e.vale or e.sha256 == waiting.sha256 for e in after) else waiting

    def waivers(self, day: dt.date) -> tuple[Waiver, ...]:
        """What is accepted of submissions received on a day, whenever that was written down."""
        return tuple(self.as_waiver(row) for row in self.ledger.rows(Excepcion, "hasta >= ?", day.isoformat()))

    @cached_property
    def waived_rows(self) -> WaivedRows:
        """Which rows exceptions are about."""
        return WaivedRows(self.folder, self.ledger)

    def as_waiver(self, excepcion: Excepcion) -> Waiver:
        """A row of the ledger as checking takes it."""
        row = self.waived_rows.row_of(excepcion)
        told = row_keys.told(row)
        reason = words.EXCEPTED.format(
            quien=excepcion.quien, hasta=words.day(excepcion.hasta), motivo=excepcion.motivo.rstrip(". "),
            fila=words.EXCEPTED_ROW.format(fila=told) if told else "",
        )  # fmt: skip
        place, seen = (excepcion.hoja, excepcion.celda), self.waived_rows.seen(excepcion)
        return Waiver(excepcion.codigo, excepcion.unidad, *place, reason, row, seen)


def create(
    folder: Path,
    entity: GivenEntity,
    trimestre: int,
    limite: dt.date,
    quien: str,
    cuando: dt.datetime,
    compared: GivenBaseline = baselines.NOTHING,
) -> Ajuste:
    """Make a campaign of a checked entity, or give one another deadline or a newer workbook of its entity.

    What submissions are `compared` with stays as it is where nothing is given for it.
    """
    begun = time.monotonic()
    content, checked = read_entity(folder, entity)
    folder.mkdir(parents=True, exist_ok=True)
    issued.refuse_without_ledger(folder)
    book = ledger.connect(folder, create=True, begun=begun)
    try:
        _refuse_incomplete(folder, book)
        with book.writing():
            last = _last(book)
            assert checked.entidad is not None  # noqa: S101 - `read_entity` sees to it
            if last and (last.gestion, last.trimestre) != (checked.entidad.gestion, trimestre):
                raise PoaError(words.OTHER_QUARTER.format(carpeta=folder, hay=words.quarter(last)))
            made = add_settings(folder, book, checked, content, (trimestre, limite, quien, cuando), compared)
        copy_in_force(folder, book, made)
    finally:
        book.close()
    return made


def keeps(folder: Path, entity: Path) -> bool:
    """Whether a campaign in this folder was begun with this very workbook of the entity."""
    digest = files.sha256_of(entity)
    kept = [folder / ENTITY_FILE, *(folder / ENTITIES).glob("*.xlsx")]
    return bool(digest) and any(files.sha256_of(path) == digest for path in kept)


def read_entity(folder: Path, given: GivenEntity) -> tuple[bytes, CheckedEntity]:
    """The entity's workbook and what was read of it. PoaError where it has errors that the campaign did not let in."""
    path = given.path if isinstance(given, CheckedEntity) else given
    content = path.read_bytes()
    checked = entity_book.check_entity(path, accepted=keeps(folder, path)) if isinstance(given, Path) else given
    if checked.entidad is None or checked.book.sha256 != files.sha256(content):
        raise PoaError(words.ENTITY_UNUSABLE.format(ruta=path))
    return content, checked


def add_settings(
    folder: Path,
    book: Ledger,
    checked: CheckedEntity,
    content: bytes,
    said: tuple[int, dt.date, str, dt.datetime],
    compared: GivenBaseline = baselines.NOTHING,
) -> Ajuste:
    """Keep the entity's workbook, and what submissions are compared with, and write the settings down: quarter,
    deadline, who, when; only within `writing`."""
    trimestre, limite, quien, cuando = said
    entidad, digest, last = checked.entidad, checked.book.sha256, _last(book)
    assert entidad is not None  # noqa: S101 - `read_entity` sees to it
    number = book.next(Ajuste)
    same = last is not None and last.sha256 == digest
    route = last.ruta if last and same else f"{ENTITIES}/entidad-v{number:02}-{digest[:8]}.xlsx"
    made = Ajuste(
        number, cuando.isoformat(timespec="seconds"), quien, entidad.nombre, entidad.gestion, trimestre,
        limite.isoformat(), digest, route,
    )  # fmt: skip
    baselines.refuse_other(compared, entidad, trimestre)
    made, kept = baselines.noted(compared, made, last)
    for place, document in {**kept, route: content}.items():
        _store(folder / place, document)
    book.add(made)
    return made


def _refuse_incomplete(folder: Path, book: Ledger) -> None:
    last = _last(book)
    if last:
        issued.refuse_unknown(folder, book, last)
    elif issued.was_here(folder):
        raise PoaError(ledger_words.LOST.format(carpeta=folder))


def _store(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}")
        atomic.write_through(partial, content)
    except OSError as error:
        raise PoaError(words.not_stored(path.name, error.strerror or str(error))) from error
    except BaseException:  # the command was told to end
        atomic.remove(partial)
        raise
    files.settle(partial, path)


def _last(book: Ledger) -> Ajuste | None:
    rows = book.rows(Ajuste)
    return rows[-1] if rows else None


@contextmanager
def opened(folder: Path) -> Iterator[Campana]:
    """Open a campaign for as long as a command needs it."""
    issued.refuse_without_ledger(folder)
    book = ledger.connect(folder)
    try:
        last = _last(book)
        if last is None:
            lost = ledger_words.LOST if issued.was_here(folder) else words.NO_CAMPAIGN
            raise PoaError(lost.format(carpeta=folder))
        yield Campana(folder, book, last, copy_in_force(folder, book, last))
    finally:
        book.close()


def copy_in_force(folder: Path, book: Ledger, ajuste: Ajuste) -> Path:
    """The workbook in force: `entidad.xlsx`, or the kept one where that cannot be put back.

    One that a person changed is not replaced: the command says so.
    """
    path = folder / ENTITY_FILE
    there = files.sha256_of(path)
    if there == ajuste.sha256:
        return path
    if path.exists() and there not in {a.sha256 for a in book.rows(Ajuste)}:
        raise PoaError(words.ENTITY_CHANGED.format(ruta=path))
    kept = folder / ajuste.ruta
    if files.sha256_of(kept) != ajuste.sha256:
        raise PoaError(words.ENTITY_LOST.format(ruta=kept))
    partial = folder / f".{os.getpid()}-{ENTITY_FILE}"
    try:
        atomic.write_through(partial, kept.read_bytes())
        partial.replace(path)
    except OSError:  # whoever may only read, reads the kept one
        atomic.remove(partial)
        return kept
    except BaseException:
        atomic.remove(partial)
        raise
    return path
