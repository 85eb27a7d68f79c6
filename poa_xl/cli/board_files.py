"""Where `status -o` writes the board: a workbook or a page, by the ending of the name."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from poa_xl import guards, outputs, titles
from poa_xl.campaign.board import Tablero
from poa_xl.cells import visible
from poa_xl.cli import targets
from poa_xl.cli.targets import Target
from poa_xl.messages import board as words
from poa_xl.messages import outputs as said
from poa_xl.reading.provenance import Origin

WORKBOOK, PAGE = ".xlsx", ".html"


def wanted(paths: Sequence[str], force: bool) -> list[Target]:
    """Where to write. UsageError for another ending, and where a file of that name must stay."""
    return [_target(Path(path), force) for path in paths]


def _target(path: Path, force: bool) -> Target:
    suffix = path.suffix.lower()
    if suffix == WORKBOOK:
        return targets.of(path, titles.BOARD_VALUE, force)
    if suffix != PAGE:
        raise click.UsageError(words.OTHER_SUFFIX.format(ruta=visible(str(path))))
    from poa_xl.writers.board import page

    seen = outputs.mark(path)
    if seen is not None:
        content = _content(path)
        if not page.is_page(content):
            raise click.UsageError(said.NOT_OURS.format(ruta=path, que=titles.BOARD_VALUE))
        if not page.is_untouched(content) and not force:
            raise click.UsageError(said.SAVED_SINCE.format(ruta=path))
    return Target(path, seen, Origin(), force)


def _content(path: Path) -> bytes:
    try:
        return guards.open_once(path, guards.DEFAULT)
    except guards.RefusedError:
        return b""


def write(tablero: Tablero, wanted: Sequence[Target]) -> list[Path]:
    """Write the board; the files, as they are called now."""
    return [_write(tablero, target) for target in wanted]


def _write(tablero: Tablero, target: Target) -> Path:
    target.refuse_later((tablero.gestion, tablero.trimestre))
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
