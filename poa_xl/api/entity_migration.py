"""An entity's workbook of before into that of now."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from poa_xl import atomic, reading, sheets
from poa_xl.api import arguments, limits as given_limits
from poa_xl.api.limits import GivenLimits
from poa_xl.errors import EntityError, PoaError, WrongUseError
from poa_xl.guards import RefusedError
from poa_xl.messages import migration as words
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.migration import entity_workbook
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import as_finding
from poa_xl.printable import visible

_BOOK = ".xlsx"


@dataclass(frozen=True)
class MigratedEntity:
    """What became of an entity's workbook: where the new one stands, what it has besides, what was not carried.

    `added` are the sheets, columns and rows that are new, in words; without any there is no new workbook. `version` is
    that of the templates that the entity writes.
    """

    name: str
    written: Path | None
    count: int
    added: tuple[str, ...]
    lines: Sequence[ReportLine]
    version: str

    @property
    def current(self) -> bool:
        """Whether it had all that a new one has."""
        return not self.added

    @property
    def lost(self) -> bool:
        """Whether something that a person put in is not in the new workbook."""
        return any(line.lost for line in self.lines)

    @property
    def newer_version(self) -> str:
        """The version of the templates that it could write; '' where it does."""
        newest = sheets.version_names()[-1]
        return "" if self.version == newest else newest


def migrate_entity(
    path: str | PathLike[str], output: str | PathLike[str], *, limits: GivenLimits = None
) -> MigratedEntity:
    """Carry all that was typed in an entity's workbook into a new one, which has the columns and rows of now besides.

    The old one stays as it is, and `output`, a workbook or a folder, is never replaced. EntityError where it is not
    known what its sheets hold; WrongUseError where `output` is there already, or is no name of a workbook.
    """
    place, bounds = arguments.existing(path), given_limits.read(limits)
    try:
        ready = entity_workbook.prepare(place, place.name, bounds)
    except RefusedError as error:
        raise EntityError(words.ENTITY_BROKEN, [as_finding(place.name, error)], ruta=visible(str(place))) from error
    if ready.refused:
        raise EntityError(words.ENTITY_BROKEN, ready.refused, ruta=visible(str(place)))
    written = None
    if ready.added:
        target = _target(Path(output))
        written = entity_workbook.write(ready, target, bounds)
    return MigratedEntity(ready.name, written, ready.count, ready.added, ready.lines, ready.version)


def _target(output: Path) -> Path:
    target = output / ENTITY_FILE if not output.suffix or output.is_dir() else output
    if target.suffix.lower() != _BOOK:
        raise WrongUseError(words.SUFFIX_OF_ENTITY, ruta=visible(str(target)), debe=_BOOK)
    if atomic.mark(target) is not None:
        raise PoaError(words.THERE_ALREADY, ruta=visible(str(target)))
    return target


def is_entity(path: str | PathLike[str]) -> bool:
    """Whether there is an entity's workbook at a path, whatever its name."""
    place = Path(path)
    return place.is_file() and reading.File(place).is_entity
