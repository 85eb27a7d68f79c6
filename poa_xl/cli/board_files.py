"""Where `status -o` writes the board: a workbook or a page, by the ending of the name."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from poa_xl import guards, names
from poa_xl.campaign.board import Tablero
from poa_xl.cells import visible
from poa_xl.cli import targets
from poa_xl.cli.targets import Target
from poa_xl.errors import PoaError
from poa_xl.messages import board as words

WORKBOOK, PAGE = ".xlsx", ".html"


def wanted(paths: Sequence[str], force: bool) -> list[Target]:
    """Where to write. UsageError for another ending, a name given twice, and where a file of that name must stay."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        if path.resolve() in seen:
            raise click.UsageError(visible(words.SAME_TWICE.format(ruta=path)))
        seen.add(path.resolve())
    return [_target(Path(path), force) for path in paths]


def _target(path: Path, force: bool) -> Target:
    suffix = path.suffix.lower()
    if suffix == WORKBOOK:
        return targets.of(path, names.BOARD_VALUE, force)
    if suffix != PAGE:
        raise click.UsageError(words.OTHER_SUFFIX.format(ruta=visible(str(path))))
    from poa_xl.writers.board import page

    return targets.of(path, names.BOARD_VALUE, force, lambda there: page.origin(_content(there)))


def _content(path: Path) -> bytes:
    try:
        return guards.open_once(path, guards.DEFAULT)
    except guards.RefusedError:
        return b""


def refuse_later(tablero: Tablero, wanted: Sequence[Target]) -> None:
    """UsageError where a board of a later quarter stands, before anything is written."""
    for target in wanted:
        target.refuse_later((tablero.gestion, tablero.trimestre))


def write(tablero: Tablero, wanted: Sequence[Target]) -> tuple[list[Path], list[str]]:
    """Write the board: the files, as they are called now, and why others could not be written."""
    written: list[Path] = []
    failed: list[str] = []
    for target in wanted:
        try:
            written.append(_write(tablero, target))
        except PoaError as error:
            failed.append(str(error))
    return written, failed


def _write(tablero: Tablero, target: Target) -> Path:
    with target.landing() as placed:
        _writer(target.path)(placed.temporary, tablero)
    targets.say(placed)
    return placed.landed


def _writer(path: Path) -> Callable[[Path, Tablero], None]:
    if path.suffix.lower() == WORKBOOK:
        from poa_xl.writers.board.workbook import write_workbook

        return write_workbook
    from poa_xl.writers.board.page import write_page

    return write_page
