"""A campaign: the folder in which all that the units send in a quarter is kept, with its ledger."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Self

from poa_xl import engine as engines
from poa_xl.api import arguments, baselines, entities, limits as given_limits
from poa_xl.api.arguments import GivenPaths
from poa_xl.api.baselines import GivenCampaign, GivenPlan
from poa_xl.api.entities import EntityBook, GivenEntity
from poa_xl.api.limits import GivenLimits
from poa_xl.api.revision import Revision
from poa_xl.campaign import files, folder as folders
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import Ajuste, Entrega
from poa_xl.cells import visible
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.engine import GivenEngine
from poa_xl.errors import WrongUseError
from poa_xl.findings import count
from poa_xl.messages import library
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.progress import Progress

if TYPE_CHECKING:
    from poa_xl.api.copies import ReturnedCopy
    from poa_xl.api.ledger_check import LedgerCheck
    from poa_xl.api.receipts import Receipt
    from poa_xl.api.reception import Listeners, Reception
    from poa_xl.api.targets import GivenTarget, Written
    from poa_xl.api.transfer import Exported, Imported
    from poa_xl.api.waivers import Waived
    from poa_xl.campaign.board import Tablero
    from poa_xl.campaign.recovery import Recovery
    from poa_xl.writers.reminders import Resultado

GivenFolder = str | PathLike[str]


class Campaign:
    """The campaign of a quarter, in its folder.

    Each call opens it for as long as it needs. In a `with` it stays open, so that several calls see one state:

        with poa_xl.Campaign("campana-2T") as campana:
            tablero, comprobado = campana.board(), campana.verify()

    Every call raises PoaError where the ledger is damaged, or another program holds it for too long.
    """

    def __init__(self, folder: GivenFolder) -> None:
        self.folder = Path(folder)
        self._held: Campana | None = None
        self._holds = 0
        self._stack = ExitStack()
        if not self.folder.is_dir():
            raise WrongUseError(library.NOT_A_FOLDER, ruta=visible(str(self.folder)))

    def __enter__(self) -> Self:
        if not self._held:
            self._held = self._stack.enter_context(folders.opened(self.folder))
        self._holds += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._holds -= 1
        if not self._holds:
            self._held = None
            self._stack.close()

    def __repr__(self) -> str:
        return f"Campaign({str(self.folder)!r})"

    @contextmanager
    def opened(self) -> Iterator[Campana]:
        """The campaign as the functions of `poa_xl.api` take it, open for as long as the `with` goes on."""
        if self._held:
            yield self._held
            return
        with folders.opened(self.folder) as campana:
            yield campana

    @classmethod
    def create(
        cls,
        folder: GivenFolder,
        entidad: GivenEntity,
        quarter: int,
        deadline: dt.date,
        *,
        by: str | None = None,
        plan: GivenPlan | None = None,
        previous: GivenCampaign | None = None,
    ) -> Self:
        """Make a campaign in a folder; of one that is there, change its deadline or take a newer entity's workbook.

        The folder must be on a disk of this computer. `deadline` is the last day to send; `by` is who makes it, the
        user of the computer if nobody is given. What is received is compared with `plan`, the file of an approved plan,
        and with what `previous`, the campaign of an earlier quarter, accepted: both are copied into the folder. Where
        one is not given, what was given for it before stays. EntityError where the entity's workbook has errors;
        PoaError where there is a campaign of another quarter.
        """
        from poa_xl.api import reception

        place, wanted = Path(folder), (arguments.quarter(quarter), arguments.day(deadline))
        given = baselines.given(plan, previous)
        folders.create(place, _checked_entity(place, entidad), *wanted, reception.who(by), reception.now(), given)
        return cls(place)

    @classmethod
    def recover(
        cls,
        folder: GivenFolder,
        entidad: GivenEntity,
        quarter: int,
        deadline: dt.date,
        *,
        by: str | None = None,
        plan: GivenPlan | None = None,
        previous: GivenCampaign | None = None,
        each: Callable[[Entrega], None] = lambda _: None,
        each_copy: "Callable[[ReturnedCopy], None]" = lambda _: None,
    ) -> "Recovery":
        """Make the ledger of a campaign anew, of the submissions that are stored; they get receipts of other numbers.

        What they are compared with must be given again: `plan` and `previous` as in `create`.

        `each` is called with every submission once its receipt is written, `each_copy` with what became of each copy.
        PoaError where the ledger is sound, or there is nothing to make it of.
        """
        from poa_xl.api import reception

        place, wanted = Path(folder), (arguments.quarter(quarter), arguments.day(deadline))
        given = baselines.given(plan, previous)
        return reception.recover(place, _checked_entity(place, entidad), wanted, by, given, each, each_copy)

    @classmethod
    def import_(cls, folder: GivenFolder, path: str | PathLike[str]) -> "Imported":
        """Make a campaign of a file that `export` wrote, in a folder that is new or empty.

        Everything is checked before the folder has its name: each file, the chain of the ledger, each submission and
        receipt. PoaError, saying why, for a file of another kind or one that is not as it was written; WrongUseError
        for a folder in which something is.
        """
        from poa_xl.api import transfer

        return transfer.import_(folder, path)

    def export(self, path: str | PathLike[str]) -> "Exported":
        """Write the whole campaign into one file (.zip), for another computer or as a backup, and check it.

        Nobody can receive meanwhile. The same campaign gives the same bytes. WrongUseError for a name that is taken;
        PoaError for a campaign that `verify` finds damaged: what a killed command left undone is no damage.
        """
        from poa_xl.api import transfer

        with self.opened() as campana:
            return transfer.export(campana, path)

    @property
    def settings(self) -> Ajuste:
        """Entity, gestion, quarter and deadline in force, and who set them when; `numero` 1 means never changed."""
        with self.opened() as campana:
            return campana.ajuste

    @property
    def entity_path(self) -> Path:
        """Where the entity's workbook in force lies."""
        return self.folder / ENTITY_FILE

    @property
    def entidad(self) -> EntityBook:
        """The entity in force. PoaError where its workbook was changed since."""
        with self.opened() as campana:
            return EntityBook(campana.checked, campana.entidad)

    def receive(
        self,
        path: str | PathLike[str],
        *,
        newer: bool = False,
        by: str | None = None,
        arrived: dt.datetime | None = None,
        force: bool = False,
        limits: GivenLimits = None,
    ) -> "Reception":
        """Receive one workbook: check it, keep it as it came, write it down and write its receipt.

        An accepted one takes the place of its unit's earlier one, unless it is older; with `newer` it does, whatever
        its dates say. `by` is who receives, the user of the computer if nobody is given; `arrived` when it came, if
        that is not now; `force` takes also what is older or was received already. What is wrong with the file is in
        `findings` of what comes back, with the receipt's `number`. WrongUseError for a folder (see `receive_all`), for
        a path where nothing is, and for a moment at which it cannot have arrived.
        """
        from poa_xl.api.reception import Listeners

        place = arguments.existing(path)
        if place.is_dir():
            raise WrongUseError(library.ONE_FILE, ruta=visible(str(place)))
        given: tuple[list[Path], list[Path]] = ([], [place]) if newer else ([place], [])
        done = self._receive(given, by, arrived, force, limits, Listeners())
        return next(one for one in done if one.path == place)

    def receive_all(
        self,
        paths: GivenPaths = (),
        *,
        newer: GivenPaths = (),
        by: str | None = None,
        arrived: dt.datetime | None = None,
        force: bool = False,
        limits: GivenLimits = None,
        listeners: "Listeners | None" = None,
    ) -> "list[Reception]":
        """Receive workbooks, and those of folders: one outcome a file, as in `receive`.

        First comes, without a path, what an interrupted call had stored, and what waited for a decision and waits for
        none now. `newer` are newer than what is in force,
        whatever their dates say. `listeners` are told of each while it goes on.
        """
        from poa_xl.api.reception import Listeners

        given = (list(arguments.given_paths(paths)), list(arguments.given_paths(newer)))
        return self._receive(given, by, arrived, force, limits, listeners or Listeners())

    def _receive(
        self,
        given: tuple[list[Path], list[Path]],
        by: str | None,
        arrived: dt.datetime | None,
        force: bool,
        limits: GivenLimits,
        listeners: "Listeners",
    ) -> "list[Reception]":
        from poa_xl.api import reception
        from poa_xl.campaign.intake import Orden

        bounds = given_limits.read(limits)
        with self.opened() as campana:
            moment = reception.arrival(campana, arrived)
            orden = Orden(reception.who(by), reception.now(), force, bounds, moment)
            return reception.receive_all(campana, *given, orden, listeners)

    def receipt(self, number: str) -> "Receipt":
        """A receipt by its number, with or without its two last characters, as the ledger says it.

        WrongUseError for a number that was copied wrong, PoaError for one that was not given.
        """
        from poa_xl.api import receipts

        receipts.refuse_malformed(number)
        with self.opened() as campana:
            return receipts.by_number(campana, number)

    def restore_receipt(self, number: str) -> "Receipt":
        """The same, with its files written again where they are lost. PoaError where somebody changed one: it stays."""
        from poa_xl.api import receipts

        receipts.refuse_malformed(number)
        with self.opened() as campana:
            return receipts.restore(campana, number)

    def waive(self, code: str, unit: str, *, by: str, reason: str, until: dt.date, cell: str = "") -> "Waived":
        """Write down that a finding of a unit is accepted: by whom, why, and of what is received until which day.

        `cell` is such as `Presupuesto!E5`; without it the code is accepted in all of the workbook. From then on it is
        shown as `exceptuado` and keeps no row out. WrongUseError for a code that cannot be accepted.
        """
        from poa_xl.api import waivers
        from poa_xl.campaign.exceptions import Pedido

        wanted = Pedido(code, unit, by, reason, arguments.day(until), cell)
        with self.opened() as campana:
            return waivers.waive(campana, wanted)

    def board(self) -> "Tablero":
        """Who sent what, by area and group, as the ledger says now; exceptions that were recorded later count.

        PoaError for a ledger that was changed so that there is none; `verify` says what is wrong with it.
        """
        from poa_xl.api import boards

        with self.opened() as campana:
            return boards.of(campana)

    def verify(self, heads: str | Sequence[str] = ()) -> "LedgerCheck":
        """Whether ledger, stored files and receipts are as they were written, and heads of receipts of this ledger.

        What is wrong is in `problems`; nothing is changed. WrongUseError for a head that is none.
        """
        from poa_xl.api import ledger_check

        wanted = ledger_check.heads(heads)
        with self.opened() as campana:
            return ledger_check.check(campana, wanted)

    def write_board(self, path: "GivenTarget", *, force: bool = False) -> "Written":
        """Write the board as a workbook (.xlsx) or as one page (.html), by the ending of the name.

        It replaces a board that nobody saved since and that is of no later quarter, and nothing else.
        """
        from poa_xl.api import boards

        return boards.write(self.board(), path, force)

    def write_reminders(self, folder: GivenFolder, *, today: dt.date | None = None) -> "Resultado":
        """Write a draft of a mail (.eml) for each unit that must still send something; take away those not needed.

        A draft that a person changed stays as it is. `fallidos` says of which the files could not be written.
        """
        from poa_xl.api import reminders

        day = dt.datetime.now().date() if today is None else arguments.day(today)
        with self.opened() as campana:
            return reminders.write(campana, reminders.place(campana, folder), day)

    def check(
        self, *, limits: GivenLimits = None, progress: Progress | None = None, engine: GivenEngine = "local"
    ) -> Revision:
        """Check the submission in force of each unit, as it was received: what goes into the master workbook.

        `engine` says where they are read, as in `poa_xl.check`. PoaError where the chain of the ledger is broken, a
        stored file is not what was received, or the scheduler cannot be used; WrongUseError for another engine.
        """
        from poa_xl.api import in_force

        bounds, opened = given_limits.read(limits), engines.opened(engine)
        with self.opened() as campana:
            taken = in_force.taken(campana)
        with opened as own:
            return in_force.check(taken, bounds, progress, own)


def _checked_entity(folder: Path, given: GivenEntity) -> CheckedEntity:
    """The entity's workbook as it lies there. EntityError where a campaign in this folder could not be made with it."""
    path = entities.place(given, ())
    if isinstance(given, EntityBook) and files.sha256_of(path) == given.sha256 and not count(given.findings)[0]:
        return given.checked  # with an error it is of a campaign that had it before that was one
    return entities.open_entity(path, accepted=folders.keeps(folder, path)).checked
