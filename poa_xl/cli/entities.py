"""Where the entity workbook is, and whether it can be used."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from poa_xl import catalogo, guards, names, reading
from poa_xl.catalogo import Catalogo
from poa_xl.checking import entity_book
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.cli import printing, terminal
from poa_xl.entity import Entidad
from poa_xl.guards import DEFAULT, Limits, RefusedError
from poa_xl.messages import entity as words
from poa_xl.messages.entity import ENTITY_FILE, NOT_FOUND


def find(given: str | None, paths: Sequence[Path], limits: Limits = DEFAULT) -> Path:
    """The entity workbook: the one given, else the only `entidad.xlsx` in and beside the folders (or files)."""
    if given:
        return Path(given)
    found = only(beside(paths), limits)
    if found is None:
        raise click.UsageError(NOT_FOUND)
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

    UsageError where they differ: a workbook that came with the submissions would decide over all figures.
    """
    files: dict[Path, Path] = {}
    for path in candidates:
        files.setdefault(path.resolve(), path)
    if len(files) < 2:
        return next(iter(files.values()), None)
    prints = {shown: _sha256(place, limits) for place, shown in files.items()}
    if len(set(prints.values())) > 1 or words.UNREAD in prints.values():
        lines = [words.ONE_OF_THEM.format(ruta=path, sha256=sha256) for path, sha256 in prints.items()]
        raise click.UsageError(words.SEVERAL.format(libros="\n".join(lines)))
    return next(iter(prints))


def _sha256(path: Path, limits: Limits) -> str:
    try:
        return hashlib.sha256(guards.open_once(path, limits)).hexdigest()
    except RefusedError:
        return words.UNREAD


def is_entity(file: reading.File) -> bool:
    """Whether a file is an entity workbook, whatever its name."""
    return reading.is_entity(file.sheet_names)


def carried_by(file: reading.File) -> Catalogo | None:
    """The catalogue of the entity that a unit's workbook carries."""
    grid = file.grid(names.CATALOGUE_SHEET)
    return None if grid is None else catalogo.from_rows(grid)


def usable(path: Path, limits: Limits = DEFAULT, accepted: bool = False) -> tuple[CheckedEntity, Entidad]:
    """The checked entity; prints its findings and ends the command (exit 1) where it cannot be used.

    `accepted`: a campaign has it already, see `check_entity`.
    """
    checked = entity_book.check_entity(path, limits, accepted)
    if checked.entidad is None:
        printing.findings(checked.findings)
        terminal.say(words.UNUSABLE.format(ruta=path), err=True)
        raise SystemExit(1)
    return checked, checked.entidad


def used(path: Path, sha256: str) -> str:
    """The line that says which workbook of the entity was used."""
    return words.USED.format(ruta=path, sha256=sha256)


def document(path: Path, sha256: str) -> dict[str, str]:
    """The same for other programs."""
    return {"archivo": str(path), "sha256": sha256}
