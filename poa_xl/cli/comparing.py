"""The command that compares two workbooks: diff. It returns its exit code: 0 no differences, 1 differences."""

from collections.abc import Sequence
from pathlib import Path

import click

from poa_xl import cells, messages, names, sheets
from poa_xl.atomic import Landing
from poa_xl.cli import comparing_json, comparing_text, entities, limiting, printing, targets, terminal
from poa_xl.cli.targets import Target
from poa_xl.comparison import Comparacion, masters, units
from poa_xl.findings import Finding
from poa_xl.messages import Trait
from poa_xl.messages import comparison as words
from poa_xl.reading import Book, File

CANNOT = 3
_SUFFIX = ".xlsx"
_ANOTHER_BOOK = {"unidad": ("unidad", "entidad"), "maestro": ("entidad", masters.GESTION)}


class _RefusedError(Exception):
    """One of the files cannot be compared; with what was found in it, and the last word."""


def diff(a: str, b: str, formato: str, salida: str | None, todo: bool, forzar: bool, limites: str | None) -> int:
    """Compare two versions of a unit's workbook, or two masters, and say what differs."""
    limits = limiting.read(limites)
    target = None if salida is None else _target(Path(salida), forzar)
    files = [File(Path(path), name, limits) for path, name in zip((a, b), _names(a, b), strict=True)]
    try:
        found, noted = _compared(files, forzar)
    except _RefusedError as error:
        found_there, why = error.args
        _say_findings(found_there, formato)
        terminal.say(why, err=True)
        return CANNOT
    landing = _write(target, found) if target else None  # first: what reads our lines may stop before the last
    if formato == "json":
        document = comparing_json.document(found, noted)
        terminal.say_json(document)
    else:
        printing.findings(noted)
        for line in comparing_text.lines(found, None if todo else comparing_text.MOST):
            terminal.say(line.text, **line.style)
    if landing:
        targets.say(landing)
        terminal.say(words.WRITTEN.format(ruta=landing.landed), err=formato == "json")
    return 0 if found.empty or found.identical else 1


def _target(path: Path, force: bool) -> Target:
    if path.suffix.lower() != _SUFFIX:
        raise click.UsageError(cells.visible(words.OTHER_SUFFIX.format(ruta=path)))
    return targets.of(path, names.COMPARISON_VALUE, force)


def _write(target: Target, found: Comparacion) -> Landing:
    from poa_xl.writers import comparison as writer

    with target.landing() as landing:
        writer.write(landing.temporary, found)
    return landing


def _names(a: str, b: str) -> tuple[str, str]:
    """How the files are called: by their names, or, where these are the same, as they were given."""
    short = tuple(cells.visible(Path(path).name) for path in (a, b))
    return (short[0], short[1]) if short[0] != short[1] else (cells.visible(a), cells.visible(b))


def _say_findings(found: Sequence[Finding], formato: str) -> None:
    if formato == "json":
        terminal.say_json(comparing_json.refused(found))
    else:
        printing.findings(found)


def _compared(files: Sequence[File], force: bool) -> tuple[Comparacion, list[Finding]]:
    """What differs, and what was found that kept a part of a workbook from being read."""
    are_masters = [file.is_master for file in files]
    wanted = () if all(are_masters) else sheets.unit_sheets()
    books = [file.read(wanted) for file in files]
    refused = [f for book in books for f in book.findings if messages.has(f.code, Trait.UNREADABLE)]
    if refused:
        raise _RefusedError(refused, words.NOT_COMPARED)
    if any(are_masters) and not all(are_masters):
        master, other = sorted(files, key=lambda file: not file.is_master)
        raise click.UsageError(words.MIXED.format(maestro=master.name, otro=other.name))
    if all(are_masters):
        found = masters.compare(*(masters.read(f, book.sha256) for f, book in zip(files, books, strict=True)))
        noted: list[Finding] = []
    else:
        _refuse_others(files, books)
        grids = [{name: file.grid(name) or [] for name in file.sheet_names} for file in files]
        found = units.compare(books[0], books[1], grids[0], grids[1])
        noted = [f for book in books for f in _refusing(book)]
    _refuse_another(found, force)
    return found, noted


def _refusing(book: Book) -> list[Finding]:
    return [f for f in book.findings if messages.has(f.code, Trait.REFUSES_FILE)]


def _refuse_others(files: Sequence[File], books: Sequence[Book]) -> None:
    """Whatever is no unit's workbook is not compared."""
    for file, book in zip(files, books, strict=True):
        if entities.is_entity(file):
            raise click.UsageError(words.ENTITY_BOOK.format(archivo=file.name))
        if not book.tables:
            wrong = _refusing(book)
            another = all(messages.has(f.code, Trait.SHEET_MISSING) for f in wrong)
            raise _RefusedError(wrong, words.NEITHER.format(archivo=file.name) if another else words.NOT_COMPARED)


def _refuse_another(found: Comparacion, force: bool) -> None:
    """UsageError where the two are not versions of one workbook, unless that is wanted."""
    for fact in _ANOTHER_BOOK[found.clase]:
        a, b = (side.datos.get(fact, "") for side in (found.a, found.b))
        if fact in found.distintos and a and b and not force:
            said = words.BOTH.format(que=words.DISTINCT[fact], a=a, b=b)
            raise click.UsageError(f"{cells.visible(said)} {words.FORCE_IT}")
