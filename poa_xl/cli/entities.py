"""Where the entity workbook is, and whether it can be used."""

from collections.abc import Sequence
from pathlib import Path

import click

from poa_xl import catalogo, reading, sheets, titles
from poa_xl.catalogo import Catalogo
from poa_xl.checking import entity_book
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.cli import printing
from poa_xl.entity import Entidad
from poa_xl.guards import DEFAULT, Limits

ENTITY_FILE = "entidad.xlsx"
NOT_FOUND = f"No se encontró {ENTITY_FILE} en la carpeta ni junto a ella. Indíquelo con --entity."


def find(given: str | None, paths: Sequence[Path]) -> Path:
    """The entity workbook: the one given, else `entidad.xlsx` in or beside the folder (or file)."""
    found = Path(given) if given else beside(paths)
    if found is None:
        raise click.UsageError(NOT_FOUND)
    return found


def beside(paths: Sequence[Path]) -> Path | None:
    """`entidad.xlsx` in or beside the folder (or file)."""
    for path in paths:
        folder = path if path.is_dir() else path.parent
        for place in (folder, folder.resolve().parent):
            if (place / ENTITY_FILE).is_file():
                return place / ENTITY_FILE
    return None


def is_entity(file: reading.File) -> bool:
    """Whether a file is an entity workbook, whatever its name: most of its sheets are those of one."""
    own = {titles.key(sheet.name) for sheet in sheets.entity_sheets()}
    return len(own & {titles.key(name) for name in file.sheet_names}) > len(own) / 2


def carried_by(file: reading.File) -> Catalogo | None:
    """The catalogue of the entity that a unit's workbook carries."""
    grid = file.grid(titles.CATALOGUE_SHEET)
    return None if grid is None else catalogo.from_rows(grid)


def usable(path: Path, limits: Limits = DEFAULT) -> tuple[CheckedEntity, Entidad]:
    """The checked entity; prints its findings and ends the command (exit 1) where it cannot be used."""
    checked = entity_book.check_entity(path, limits)
    if checked.entidad is None:
        printing.findings(checked.findings)
        click.echo(f"El libro de la entidad {path} tiene errores; corríjalos para continuar.", err=True)
        raise SystemExit(1)
    return checked, checked.entidad
