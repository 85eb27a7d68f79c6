"""A campaign carried to another computer, or kept as a backup: one file, checked when it is made and when read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from poa_xl import atomic, brief
from poa_xl.api import arguments
from poa_xl.campaign import archive, files, folder as folders, integrity, proof, receipt_number
from poa_xl.campaign.contents import LeftOut
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.integrity import Problema
from poa_xl.campaign.manifest import Listed
from poa_xl.campaign.records import Ajuste, Entrega
from poa_xl.cells import visible
from poa_xl.errors import PoaError, WrongUseError
from poa_xl.messages import transfer as words

SUFFIX = ".zip"


@dataclass(frozen=True, repr=False)
class Exported:
    """The backup of a campaign: the file, its SHA-256, how many files it holds and the head of the ledger's chain.

    `why` says why it did not get the name that was asked for. `left_out` is what lies in the folder and is not of the
    campaign. `pending` is what the next `receive` completes, as after a power cut. `head` is '' without a chain.
    """

    path: Path
    settings: Ajuste
    files: int
    sha256: str
    head: str
    left_out: tuple[LeftOut, ...]
    pending: tuple[Problema, ...]
    why: str = ""

    def __repr__(self) -> str:
        return brief.line(self, path=self.path, files=self.files, sha256=self.sha256, left_out=len(self.left_out))

    def __fspath__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, repr=False)
class Imported:
    """The campaign that was made of a backup: its folder and settings, how many files it holds, the head of its chain.

    `pending` is what the next `receive` completes. `head` is '' without a chain.
    """

    folder: Path
    settings: Ajuste
    files: int
    head: str
    pending: tuple[Problema, ...]

    def __repr__(self) -> str:
        return brief.line(self, folder=self.folder, files=self.files, head=self.head)


# --- out ----------------------------------------------------------------------------------------------------


def export(campana: Campana, given: str | PathLike[str]) -> Exported:
    """Write a campaign into one file. PoaError where it is not as it was written: such a backup would be believed."""
    target = _place(campana.folder, given)
    with campana.ledger.locked():
        proven = proof.of(campana.ledger)
        problems = integrity.problems(campana, proven)
        _refuse_damaged(problems)
        with atomic.landing(target, None) as landing:
            listed, others = _pack(campana, landing.temporary)
            _refuse_left_behind(campana, others)
            _refuse_damaged(_unlike(campana, listed))
            _verify(landing.temporary)
            digest = files.sha256_of(landing.temporary)
    return Exported(
        landing.landed, campana.ajuste, len(listed), digest, proven.head, tuple(others), tuple(problems), landing.why
    )


def _place(folder: Path, given: str | PathLike[str]) -> Path:
    path = Path(given)
    if path.suffix.lower() != SUFFIX:
        raise WrongUseError(words.NOT_ZIP, ruta=visible(str(path)))
    if path.exists() or path.is_symlink():
        raise WrongUseError(words.THERE, ruta=visible(str(path)))
    if path.resolve().is_relative_to(folder.resolve()):
        raise WrongUseError(words.INSIDE, ruta=visible(str(path)))
    return path


def _refuse_damaged(problems: Sequence[Problema]) -> None:
    wrong = _wrong(problems)
    if wrong:
        raise PoaError(words.DAMAGED, problemas=wrong)


def _wrong(problems: Sequence[Problema]) -> str:
    return "\n".join(f"- {problem.texto}" for problem in problems if problem.clase not in integrity.PENDING)


def _refuse_left_behind(campana: Campana, others: Sequence[LeftOut]) -> None:
    """PoaError where something that the ledger names cannot be carried."""
    named = integrity.named(campana)
    for one in others:
        if one.route in named:
            raise PoaError(words.LEFT_BEHIND, ruta=visible(one.route), porque=words.LEFT_OUT[one.clase])


def _unlike(campana: Campana, listed: Sequence[Listed]) -> list[Problema]:
    """What the ledger names and an archive has not, or has otherwise."""
    there = {one.ruta: one.sha256 for one in listed}
    return [
        Problema("cambio" if route in there else "falta", visible(route))
        for route, digest in integrity.named(campana).items()
        if there.get(route) != digest
    ]


def _pack(campana: Campana, path: Path) -> tuple[list[Listed], list[LeftOut]]:
    try:
        return archive.pack(campana, path)
    except PoaError as error:  # a file that cannot be read
        raise PoaError(words.NOT_DONE, motivo=error.command_text) from error


def _verify(path: Path) -> None:
    try:
        archive.verify(path)
    except PoaError as error:
        raise PoaError(words.NOT_VERIFIED, motivo=error.command_text) from error


# --- in -----------------------------------------------------------------------------------------------------


def import_(given_folder: str | PathLike[str], given: str | PathLike[str]) -> Imported:
    """Make a campaign of its backup, in a folder that is new or empty. PoaError where something of it is not sound."""
    place, path = Path(given_folder), arguments.existing(given)
    if not path.is_file():
        raise WrongUseError(words.NOT_A_FILE, ruta=visible(str(path)))
    if atomic.holds_something(place):
        raise WrongUseError(words.TAKEN, carpeta=visible(str(place)))
    try:
        with atomic.new_folder(place) as partial, _named(path, partial, place):
            listed = archive.unpack(path, partial)
            settings, head, problems = _checked(partial, listed)
    except atomic.FolderTakenError as error:  # another program was quicker
        raise WrongUseError(words.TAKEN, carpeta=visible(str(place))) from error
    return Imported(place, settings, len(listed), head, tuple(problems))


@contextmanager
def _named(path: Path, partial: Path, place: Path) -> Iterator[None]:
    """What is said names the archive, and the folder by the name that it would get."""
    try:
        yield
    except PoaError as error:
        why = error.command_text.replace(str(partial), str(place))
        raise PoaError(words.NOT_IMPORTED, archivo=visible(str(path)), motivo=why) from error


def _checked(partial: Path, listed: Sequence[Listed]) -> tuple[Ajuste, str, list[Problema]]:
    """Settings, head and what is pending of a campaign. PoaError where anything else is wrong with it."""
    with folders.opened(partial) as campana:
        proven = proof.of(campana.ledger)
        # A ledger that a stranger made could name files of this computer, or receipts to be written anywhere.
        numbers = [e.acuse for e in campana.ledger.rows(Entrega) if not receipt_number.well_formed(e.acuse)]
        strange = [*_unlike(campana, listed), *(Problema("numero", visible(number)) for number in numbers)]
        problems = strange or integrity.problems(campana, proven)
        wrong = _wrong(problems)
        if wrong:
            raise PoaError(words.UNSOUND, problemas=wrong)
        return campana.ajuste, proven.head, problems
