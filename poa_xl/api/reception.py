"""Receives files in a campaign: each is kept, written down and acknowledged; then what had errors gets its copy."""

import datetime as dt
import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl import brief, cells, reading
from poa_xl.api import arguments, copies, receipts
from poa_xl.api.copies import ReturnedCopy
from poa_xl.campaign import folder, intake, receipts as acuses, recovery
from poa_xl.campaign.baselines import GivenBaseline
from poa_xl.campaign.folder import Campana, GivenEntity
from poa_xl.campaign.intake import Orden, Recibo
from poa_xl.campaign.records import Entrega
from poa_xl.campaign.recovery import Recovery
from poa_xl.checking import send_window
from poa_xl.errors import WrongUseError, in_a_call
from poa_xl.findings import Finding, Location
from poa_xl.guards import DEFAULT
from poa_xl.messages import campaign as words
from poa_xl.progress import Progress, counter

EMPTY = "ENT-003"  # a folder without a file to receive


@dataclass(frozen=True)
class Reception:
    """What became of a file that was to be received.

    `path` is where the file lies; None for one that an interrupted call had stored. `text` and `page` are the files of
    its receipt, `copy` the copy with observations that goes back to the unit; None where there is none.
    """

    recibo: Recibo
    path: Path | None
    text: Path | None = None
    page: Path | None = None
    copy: Path | None = None
    clock: str = ""  # ISO: the later moment that the ledger already had, where the computer's clock was behind
    standing: str = ""  # what the submission means for the one in force, in Spanish

    def __repr__(self) -> str:
        return brief.line(
            self, path=self.path, unidad=self.unidad, state=self.state, number=self.number, findings=len(self.findings)
        )  # fmt: skip

    @property
    def number(self) -> str:
        """The number of its receipt; '' for what was not kept. What was received before keeps the one that it had."""
        return self.recibo.entrega.acuse if self.recibo.entrega else ""

    @property
    def unidad(self) -> str:
        """The code of its unit; '' where that is not known."""
        return self.recibo.entrega.unidad if self.recibo.entrega else ""

    @property
    def state(self) -> str:
        """What became of it: `aceptada`, `aceptada con avisos`, `aceptada en parte`, `rechazada`,
        `en espera` of a decision, or `no recibida`."""
        return str(self.recibo.entrega.situacion) if self.recibo.entrega else intake.NOT_RECEIVED

    @property
    def new(self) -> bool:
        """Whether it was kept now; False for what was received before, and for what was not kept."""
        return self.recibo.desenlace == intake.NEW

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in it."""
        return self.recibo.findings

    @property
    def failed(self) -> bool:
        """Whether something of it does not count: not kept, rejected, accepted in part, or not the newest."""
        return self.recibo.failed

    @property
    def is_folder(self) -> bool:
        """Whether it is about a folder without a file to receive."""
        return any(f.code == EMPTY for f in self.findings)


def _nothing(_: object) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True)
class Listeners:
    """Who is told while files are received: `kept` of each once it is in the ledger, `each` once its receipt is written
    too, `each_copy` of what became of each copy, and `progress` of how many are done."""

    kept: Callable[[Reception], None] = _nothing
    each: Callable[[Reception], None] = _nothing
    each_copy: Callable[[ReturnedCopy], None] = _nothing
    progress: Progress | None = None


def now() -> dt.datetime:
    """This moment, with the offset of this place."""
    return dt.datetime.now().astimezone()


def who(given: str | None) -> str:
    """Who does it: the name given, else the user of this computer."""
    if given:
        return given.strip()
    with suppress(OSError, KeyError, ImportError):  # a system without users
        return getpass.getuser()
    return ""


def arrival(campana: Campana, moment: dt.datetime | None) -> dt.datetime | None:
    """A moment in the time of this place. WrongUseError for one at which no workbook of the quarter can have come."""
    if moment is None:
        return None
    here, ajuste = arguments.moment(moment), campana.ajuste
    cuando = words.moment(here.isoformat(timespec="seconds"))
    if here > now():
        raise WrongUseError(words.NOT_YET, cuando=cuando)
    first, _ = send_window.window(ajuste.gestion, ajuste.trimestre)
    if moment.date() < first:
        since = words.day(first.isoformat())
        raise WrongUseError(words.TOO_EARLY, cuando=cuando, periodo=words.quarter(ajuste), desde=since)
    return here


def receive_all(
    campana: Campana,
    paths: Sequence[Path],
    newer: Sequence[Path],
    orden: Orden,
    said: Listeners,
) -> list[Reception]:
    """Receive files, and the workbooks of folders; `newer` are newer than those in force, whatever their dates say."""
    done: list[Reception] = []
    unwritten = receipts.write_missing(campana)
    for recibo, path in _received(campana, paths, newer, orden, said.progress):
        one = _reception(campana, recibo, path)
        said.kept(one)
        if one.new and recibo.entrega:
            text, page = receipts.write(campana, recibo.entrega)
            one = replace(one, text=text, page=page)
        said.each(one)
        done.append(one)
    due = {e.numero: e for e in (*unwritten, *copies.due(campana))}
    copies.make_all(campana, list(due.values()), orden.limites, now(), said.each_copy)
    return [_with_copy(campana, one) for one in done]


def _reception(campana: Campana, recibo: Recibo, path: Path | None) -> Reception:
    e = recibo.entrega
    if e is None:
        return Reception(recibo, path)
    clock = clock_of(campana, Entrega, e.numero) if recibo.desenlace == intake.NEW else ""
    return Reception(recibo, path, clock=clock, standing=acuses.standing(e, recibo.anterior, in_a_call))


def _with_copy(campana: Campana, one: Reception) -> Reception:
    e = one.recibo.entrega
    place = copies.target(campana, e) if e and e.errores else None
    return replace(one, copy=place) if place and place.exists() else one


def clock_of(campana: Campana, kind: type, number: int) -> str:
    """The moment, ISO, that the ledger already had where a row was written with an earlier one; '' else."""
    link = campana.ledger.link_of(kind, str(number))
    return link.reloj if link else ""


def _received(
    campana: Campana, paths: Sequence[Path], newer: Sequence[Path], orden: Orden, progress: Progress | None
) -> Iterator[tuple[Recibo, Path | None]]:
    """What becomes of each file, and where it is; first, with None, of what an interrupted call left behind and of what
    waited for a decision that was taken."""
    for recibo in intake.complete(campana, replace(orden, entrada=None)):
        yield recibo, None
    for recibo in intake.decided(campana, orden):
        yield recibo, None
    (files, aside, empty), (newest, more, also) = _files(paths), _files(newer)
    for path in (*aside, *more):
        name = cells.visible(path.name)
        yield Recibo(name, intake.NOT_RECEIVED, findings=(reading.aside(path, name),)), path
    for path in (*empty, *also):
        name = cells.visible(path.name)
        yield Recibo(name, intake.NOT_RECEIVED, findings=(Finding(EMPTY, Location(name), name),)), path
    wanted = dict.fromkeys(files, orden) | {path: replace(orden, nuevo=True) for path in newest}
    advance = counter(progress, len(wanted))
    for path, how in wanted.items():
        yield intake.receive(campana, path, how), path
        advance()


def _files(given: Sequence[Path]) -> tuple[list[Path], list[Path], list[Path]]:
    """The files to receive, each once, what of folders is set aside, and the folders without a file to receive."""
    files: dict[Path, None] = {}
    aside: dict[Path, None] = {}
    empty: dict[Path, None] = {}
    for path in given:
        found, hidden = reading.list_files(path)
        files.update(dict.fromkeys(f for f in found))
        aside.update(dict.fromkeys(hidden))
        empty.update(dict.fromkeys([] if found else [path]))
    return list(files), list(aside), list(empty)


def recover(
    place: Path,
    entity: GivenEntity,
    settings: tuple[int, dt.date],
    by: str | None,
    compared: GivenBaseline,
    each: Callable[[Entrega], None],
    each_copy: Callable[[ReturnedCopy], None],
) -> Recovery:
    """Make the ledger of a campaign anew, with receipts and copies of what is stored; settings: quarter, deadline."""
    done = recovery.recover(place, entity, *settings, Orden(who(by), now()), compared)
    with folder.opened(place) as campana:
        taken = [r.entrega for r in done.recibos if r.entrega]
        for entrega in taken:
            receipts.write(campana, entrega)
            each(entrega)
        copies.make_all(campana, [e for e in taken if e.errores], DEFAULT, now(), each_copy)
    return done
