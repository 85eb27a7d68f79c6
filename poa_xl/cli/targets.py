"""Where a command may write: a workbook of ours may be replaced, unless that would lose something newer."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import click

from poa_xl import __version__, outputs, reading, titles
from poa_xl.messages import outputs as words
from poa_xl.reading.provenance import Origin, numbers


@dataclass(frozen=True)
class Target:
    """A file to be written: what stood there when the command began, and whether that may go without more ado."""

    path: Path
    seen: outputs.Mark
    origin: Origin
    force: bool

    def refuse_later(self, periodo: tuple[int, int]) -> None:
        """UsageError where the file is of a later period (gestión, quarter) than what would take its place."""
        there = self.origin.periodo
        if there and there > periodo and not self.force:
            said = words.LATER_PERIOD.format(ruta=self.path, hay=words.period(there), nuevo=words.period(periodo))
            raise click.UsageError(said)

    def landing(self) -> AbstractContextManager[outputs.Landing]:
        """Write it: see `outputs.landing`."""
        return outputs.landing(self.path, self.seen)


def master(path: str, force: bool) -> Target:
    """Where a master is to be written. It may replace a master; never a workbook that somebody filled in."""
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(f"El libro maestro debe terminar en .xlsx: {target}")
    return of(target, titles.MASTER_VALUE, force)


def of(path: Path, documento: str, force: bool) -> Target:
    """Where a document of ours is to be written. UsageError where another file has that name, or a newer one."""
    seen = outputs.mark(path)
    if seen is None:
        return Target(path, seen, Origin(), force)
    file = reading.File(path)
    origin = file.origin
    if origin.documento != documento and not (documento == titles.MASTER_VALUE and file.is_master):
        raise click.UsageError(words.NOT_OURS.format(ruta=path, que=documento))
    if not force:
        _refuse_newer(path, origin)
    return Target(path, seen, origin, force)


def _refuse_newer(path: Path, origin: Origin) -> None:
    if origin.saved:
        raise click.UsageError(words.SAVED_SINCE.format(ruta=path))
    if origin.version > numbers(__version__):
        version = ".".join(map(str, origin.version))
        raise click.UsageError(words.LATER_PROGRAM.format(ruta=path, hay=version))


def say(landing: outputs.Landing) -> None:
    """Say aloud that a file did not get the name that was asked for."""
    if landing.why:
        click.secho(words.SECOND_NAME.format(porque=landing.why, ruta=landing.landed), fg="yellow", err=True)
