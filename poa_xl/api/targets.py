"""Where a document may be written: one of ours may be replaced, unless that would lose something newer.

What a person filled in is never replaced, whoever asks: the command line or a call.
"""

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from poa_xl import __version__, atomic, guards, names, reading
from poa_xl.cells import visible
from poa_xl.errors import WrongUseError
from poa_xl.messages import atomic as words, board as board_words, comparison as comparison_words, library
from poa_xl.object_store import StoredFile, file as stored_file, is_location
from poa_xl.reading.provenance import Origin, numbers

WORKBOOK, PAGE = ".xlsx", ".html"
# What wrote a master must know it again, and it is as large as its units are many: of 5,000 it has 640 MB expanded.
OF_OURS = replace(guards.DEFAULT, archivo_mb=250, expandido_mb=2_500, segundos=60, memoria_mb=1_500)


@dataclass(frozen=True)
class Target:
    """A file to be written: what stood there when it was named, and whether that may go without more ado."""

    path: Path
    seen: atomic.Mark
    origin: Origin
    force: bool
    stored: StoredFile | None = None  # where it is an object of a store, which is made at `path` and then put there

    @property
    def shown(self) -> str:
        """What to call it: its path, or its address."""
        return str(self.stored.place) if self.stored else _shown(self.path)

    def refuse_later(self, periodo: tuple[int, int]) -> None:
        """WrongUseError where the file is of a later period (gestión, quarter) than what would take its place."""
        there = self.origin.periodo
        if there and there > periodo and not self.force:
            said = {"hay": words.period(there), "nuevo": words.period(periodo)}
            raise WrongUseError(words.LATER_PERIOD, ruta=self.shown, **said)

    @contextmanager
    def landing(self) -> Iterator[atomic.Landing]:
        """Write it: see `atomic.landing`."""
        with atomic.landing(self.path, self.seen) as landing:
            yield landing
        if self.stored:
            self.stored.put()


GivenTarget = Target | str | PathLike[str]


@dataclass(frozen=True)
class Written:
    """A file that was written. `why` says why it did not get the name that was asked for; '' where it did.

    Of an object in a store `address` says where it is; `path` is then a copy that goes with the program.
    """

    path: Path
    why: str = ""
    address: str = ""

    @property
    def shown(self) -> str:
        """Where it stands, for people."""
        return self.address or str(self.path)

    def __fspath__(self) -> str:
        return str(self.path)


def written(landing: atomic.Landing, target: Target | None = None) -> Written:
    """What came of a landing."""
    stored = target.stored if target else None
    return Written(landing.landed, landing.why, str(stored.place) if stored else "")


def master(given: GivenTarget, force: bool = False) -> Target:
    """Where a master is to be written. It may replace a master; never a workbook that somebody filled in."""
    if isinstance(given, Target):
        return given
    if isinstance(given, str) and is_location(given):
        stored = stored_file(given, OF_OURS.archivo_bytes)
        with stored.naming():
            return replace(master(stored.path, force), stored=stored)
    path = Path(given)
    if path.suffix.lower() != WORKBOOK:
        raise WrongUseError(library.NOT_XLSX, ruta=_shown(path))
    return of(path, names.MASTER_VALUE, force)


def comparison(given: GivenTarget, force: bool = False) -> Target:
    """Where a comparison is to be written. It may replace a comparison and nothing else."""
    if isinstance(given, Target):
        return given
    path = Path(given)
    if path.suffix.lower() != WORKBOOK:
        raise WrongUseError(comparison_words.OTHER_SUFFIX, ruta=_shown(path))
    return of(path, names.COMPARISON_VALUE, force)


def board(given: GivenTarget, force: bool = False) -> Target:
    """Where a board is to be written, a workbook or a page by the ending of the name. It may replace a board."""
    if isinstance(given, Target):
        return given
    path = Path(given)
    suffix = path.suffix.lower()
    if suffix == WORKBOOK:
        return of(path, names.BOARD_VALUE, force)
    from poa_xl.writers.board import page as board_page

    return page(given, names.BOARD_VALUE, board_page.origin, board_words.OTHER_SUFFIX, force)


def page(
    given: GivenTarget, documento: str, origin_of: Callable[[bytes], Origin], other_suffix: str, force: bool = False
) -> Target:
    """Where a page is to be written. It may replace one of its kind and nothing else.

    `documento` is the kind, `origin_of` reads it from the bytes of a page, `other_suffix` is said of another ending.
    """
    if isinstance(given, Target):
        return given
    path = Path(given)
    if path.suffix.lower() != PAGE:
        raise WrongUseError(other_suffix, ruta=_shown(path))
    return of(path, documento, force, lambda there: origin_of(_content(there)))


def _content(path: Path) -> bytes:
    """The bytes of a page; none of one that cannot be opened."""
    try:
        return guards.open_once(path, guards.DEFAULT)
    except guards.RefusedError:
        return b""


def _of_workbook(path: Path) -> Origin:
    return reading.File(path, limits=OF_OURS).origin


def of(path: Path, documento: str, force: bool, origin_of: Callable[[Path], Origin] = _of_workbook) -> Target:
    """Where a document of ours is to be written. WrongUseError where another file has that name, or a newer one.

    `origin_of` reads where a file comes from; by itself, a workbook.
    """
    seen = _present(path)
    if seen is None:
        return Target(path, seen, Origin(), force)
    origin = origin_of(path)
    if origin.documento != documento:
        raise WrongUseError(words.NOT_OURS, ruta=_shown(path), que=documento)
    if not force:
        _refuse_newer(path, origin)
    return Target(path, seen, origin, force)


def is_free(path: Path) -> bool:
    """Whether nothing has a name yet. WrongUseError for what is never replaced: a link, and a file that is locked."""
    return _present(path) is None


def _present(path: Path) -> atomic.Mark:
    """The mark of what stands at a name; None where it is free. WrongUseError for what is never replaced."""
    if path.is_symlink():
        raise WrongUseError(words.LINK, ruta=_shown(path))
    if path.exists() and not path.stat().st_mode & stat.S_IWRITE:
        raise WrongUseError(words.READ_ONLY, ruta=_shown(path))
    return atomic.mark(path)


def _shown(path: Path) -> str:
    return visible(str(path))


def _refuse_newer(path: Path, origin: Origin) -> None:
    if origin.version > numbers(__version__):  # which may seal in another way
        version = ".".join(map(str, origin.version))
        raise WrongUseError(words.LATER_PROGRAM, ruta=_shown(path), hay=version)
    if origin.saved:
        raise WrongUseError(words.SAVED_SINCE, ruta=_shown(path))
