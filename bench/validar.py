"""*Validar* in LibreOffice, from the click to the marks: of a workbook with defects, and what the parts of it cost."""

import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bench import measure
from bench.data import REPORTED, Folder
from poa_xl.addins.libreoffice import client, installation
from poa_xl.addins.libreoffice.menu_entries import PROTOCOL, VALIDATE
from tests.campaign_books import cell
from tests.libreoffice import LibreOffice
from tests.places import at

_TASKS, _WORD = "Tareas", "dos"
_FINDINGS = 1
HERE = Path(__file__).parent
_IMPORTS = "import poa_xl.api, poa_xl.checking.unit_books, poa_xl.cli.root"
_SECTION = """## *Validar* in LibreOffice

From the click to the marks in a unit's workbook with {wrong} wrong cells, in seconds of waiting; the first click of a
session loads the extension.

| | s | share |
|---|---|---|
{rows}

The program runs apart from LibreOffice, and the file is read in a process that it starts. What is left of a click are
the marks and the list, and waiting for the end of the program.
"""


@dataclass(frozen=True)
class Click:
    """Seconds: of the first click, of later ones, and of the parts of a later one."""

    first: float
    later: float
    saving: float
    program: float
    python: float
    imports: float

    @property
    def marking(self) -> float:
        """What is left: the marks, and waiting for the end of the program."""
        return max(0.0, self.later - self.saving - self.program)


def measured(office: LibreOffice, folder: Folder, rounds: int) -> Click:
    """Clicks on a workbook of the folder in which a defect was planted, then its parts one by one."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        book = _with_defects(office, folder, place)
        clicks = [_click(office, book) for _ in range(rounds + 1)]
        saving = [office.costs(book, place / "saved.xlsx").saving for _ in range(rounds)]
        return Click(
            clicks[0],
            statistics.median(clicks[1:]),
            statistics.median(saving),
            _wall([*installation.own_command(), "validate", "--format", "json", str(book)], rounds, _FINDINGS),
            _wall([sys.executable, "-c", "pass"], rounds),
            _wall([sys.executable, "-c", _IMPORTS], rounds),
        )


def _with_defects(office: LibreOffice, folder: Folder, out: Path) -> Path:
    """The first workbook of the folder with a wrong cell in each month up to the quarter, saved by LibreOffice."""
    book = min(folder.sent.glob("*.xlsx"))
    wrong: dict[str, float | str | None] = {cell(at(_TASKS, f"Prog. {month}")): _WORD for month in REPORTED}
    return office.set_cells_and_save(book, out / book.name, {_TASKS: wrong})


def _click(office: LibreOffice, book: Path) -> float:
    done = office.dispatch(PROTOCOL + VALIDATE, book)
    if not done.succeeded:
        raise click.ClickException(done.said)
    return done.seconds


def _wall(command: Sequence[str], rounds: int, code: int = 0) -> float:
    """The median of a command's seconds; the first run is not counted."""
    runs = [measure.run(command, HERE.parent, client.environment()) for _ in range(rounds + 1)]
    for done in runs:
        if done.code != code:
            raise click.ClickException(done.said[-2000:])
    return statistics.median(done.wall for done in runs[1:])


def section(done: Click) -> str:
    """Its part of the page."""
    parts = (
        ("first click", done.first),
        ("a later click", done.later),
        ("– saving a copy", done.saving),
        ("– `poa-xl validate` on the copy", done.program),
        ("– – of it Python's start", done.python),
        ("– – of it imports", done.imports - done.python),
        ("– – of it reading and checking, in two processes", done.program - done.imports),
        ("– what is left", done.marking),
    )
    rows = "\n".join(f"| {name} | {seconds:.2f} | {seconds / done.later:.0%} |" for name, seconds in parts)
    return _SECTION.format(rows=rows, wrong=len(REPORTED))
