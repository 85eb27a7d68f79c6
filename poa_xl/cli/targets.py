"""Where a command may write: a workbook of ours may be replaced, unless that would lose something newer."""

import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import click

from poa_xl import __version__, atomic, names, reading
from poa_xl.cells import visible
from poa_xl.cli import terminal
from poa_xl.messages import atomic as words
from poa_xl.reading.origin import Origin
from poa_xl.reading.provenance import numbers


@dataclass(frozen=True)
class Target:
    """A file to be written: what stood there when the command began, and whether that may go without more ado."""

    path: Path
    seen: atomic.Mark
    origin: Origin
    force: bool

    def refuse_later(self, periodo: tuple[int, int]) -> None:
        """UsageError where the file is of a later period (gestión, quarter) than what would take its place."""
        there = self.origin.periodo
        if there and there > periodo and not self.force:
            said = words.LATER_PERIOD.format(ruta=self.path, hay=words.period(there), nuevo=words.period(periodo))
            raise click.UsageError(visible(said))

    def landing(self) -> AbstractContextManager[atomic.Landing]:
        """Write it: see `atomic.landing`."""
        return atomic.landing(self.path, self.seen)


def master(path: str, force: bool) -> Target:
    """Where a master is to be written. It may replace a master; never a workbook that somebody filled in."""
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(f"El libro maestro debe terminar en .xlsx: {target}")
    return of(target, names.MASTER_VALUE, force)


def _of_workbook(path: Path) -> Origin:
    return reading.File(path).origin


def of(path: Path, documento: str, force: bool, origin_of: Callable[[Path], Origin] = _of_workbook) -> Target:
    """Where a document of ours is to be written. UsageError where another file has that name, or a newer one.

    `origin_of` reads where a file comes from; by itself, a workbook.
    """
    seen = _present(path)
    if seen is None:
        return Target(path, seen, Origin(), force)
    origin = origin_of(path)
    if origin.documento != documento:
        raise click.UsageError(visible(words.NOT_OURS.format(ruta=path, que=documento)))
    if not force:
        _refuse_newer(path, origin)
    return Target(path, seen, origin, force)


def _present(path: Path) -> atomic.Mark:
    """The mark of what stands at a name; None where it is free. UsageError for what is never replaced."""
    if path.is_symlink():
        raise click.UsageError(visible(words.LINK.format(ruta=path)))
    if path.exists() and not path.stat().st_mode & stat.S_IWRITE:
        raise click.UsageError(visible(words.READ_ONLY.format(ruta=path)))
    return atomic.mark(path)


def _refuse_newer(path: Path, origin: Origin) -> None:
    if origin.version > numbers(__version__):  # which may seal in another way
        version = ".".join(map(str, origin.version))
        raise click.UsageError(visible(words.LATER_PROGRAM.format(ruta=path, hay=version)))
    if origin.saved:
        raise click.UsageError(visible(words.SAVED_SINCE.format(ruta=path)))


def say(landing: atomic.Landing) -> None:
    """Say aloud that a file did not get the name that was asked for."""
    if landing.why:
        said = words.SECOND_NAME.format(porque=landing.why, ruta=landing.landed)
        terminal.say(said, fg="yellow", err=True)
