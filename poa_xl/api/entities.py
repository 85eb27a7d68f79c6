"""The entity's workbook: which one it is, and whether it can be used."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from poa_xl import brief, guards, names, reading
from poa_xl.api import arguments, limits as given_limits
from poa_xl.api.limits import GivenLimits
from poa_xl.catalogo import Catalogo, sheet as catalogo_sheet
from poa_xl.cells import visible
from poa_xl.checking import entity_book
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.entity import Entidad
from poa_xl.errors import EntityError, WrongUseError
from poa_xl.findings import Finding
from poa_xl.guards import DEFAULT, Limits, RefusedError
from poa_xl.messages import entity as words
from poa_xl.messages.entity import ENTITY_FILE, NOT_FOUND


@dataclass(frozen=True)
class EntityBook:
    """A workbook of the entity that can be used, as it was read. `findings` has its avisos."""

    checked: CheckedEntity
    entidad: Entidad

    def __repr__(self) -> str:
        return brief.line(self, path=self.path, gestion=self.gestion, unidades=len(self.entidad.unidades))

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.checked.path

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes."""
        return self.checked.book.sha256

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in it; no errors."""
        return self.checked.findings

    @property
    def gestion(self) -> int:
        """The year of its plan."""
        return self.entidad.gestion


GivenEntity = EntityBook | str | PathLike[str]


def open_entity(path: str | PathLike[str], *, limits: GivenLimits = None, accepted: bool = False) -> EntityBook:
    """Read and check `entidad.xlsx`.

    EntityError, with what was found, where errors forbid its use; WrongUseError where there is no such file.
    `accepted`: a campaign has it already, and what is an error only since then forbids nothing.
    """
    return usable(entity_book.check_entity(arguments.existing(path), given_limits.read(limits), accepted))


def usable(checked: CheckedEntity) -> EntityBook:
    """The same of a workbook that was checked."""
    if checked.entidad is None:
        raise EntityError(words.UNUSABLE, checked.findings, ruta=checked.path)
    return EntityBook(checked, checked.entidad)


def checked_entity(given: GivenEntity, limits: Limits) -> CheckedEntity:
    """What was found in an entity's workbook, whether or not it can be used."""
    if isinstance(given, EntityBook):
        return given.checked
    return entity_book.check_entity(arguments.existing(given), limits)


def find(given: GivenEntity | None, paths: Sequence[Path], limits: Limits = DEFAULT) -> EntityBook:
    """The entity: the one given, else the only `entidad.xlsx` in and beside the folders (or files)."""
    return given if isinstance(given, EntityBook) else open_entity(place(given, paths, limits), limits=limits)


def place(given: GivenEntity | None, paths: Sequence[Path], limits: Limits = DEFAULT) -> Path:
    """Where that workbook lies. WrongUseError where there is none, or several that differ."""
    if isinstance(given, EntityBook):
        return given.path
    found = arguments.existing(given) if given else only(beside(paths), limits)
    if found is None:
        raise WrongUseError(NOT_FOUND)
    return found


def beside(paths: Iterable[Path]) -> list[Path]:
    """Every `entidad.xlsx` in and beside the folders (or files), in this order."""
    found: dict[Path, None] = {}
    for path in paths:
        folder = path if path.is_dir() else path.parent
        for place in (folder, folder.resolve().parent):
            if (place / ENTITY_FILE).is_file():
                found[place / ENTITY_FILE] = None
    return list(found)


def only(candidates: Iterable[Path], limits: Limits = DEFAULT) -> Path | None:
    """The workbook that all of these are: one file, or copies of it. None where there are none.

    WrongUseError where they differ: a workbook that came with the submissions would decide over all figures.
    """
    files: dict[Path, Path] = {}
    for path in candidates:
        files.setdefault(path.resolve(), path)
    if len(files) < 2:
        return next(iter(files.values()), None)
    prints = {shown: _sha256(real, limits) for real, shown in files.items()}
    if len(set(prints.values())) > 1 or words.UNREAD in prints.values():
        lines = [words.ONE_OF_THEM.format(ruta=visible(str(path)), sha256=sha256) for path, sha256 in prints.items()]
        raise WrongUseError(words.SEVERAL, libros="\n".join(lines))
    return next(iter(prints))


def _sha256(path: Path, limits: Limits) -> str:
    try:
        return hashlib.sha256(guards.open_once(path, limits)).hexdigest()
    except RefusedError:
        return words.UNREAD


def carried_by(file: reading.File) -> Catalogo | None:
    """The catalogue of the entity that a unit's workbook carries."""
    grid = file.grid_alone(names.CATALOGUE_SHEET)
    return None if grid is None else catalogo_sheet.from_rows(grid)
