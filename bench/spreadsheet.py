"""`python -m bench.spreadsheet`: what a person waits for in a real LibreOffice, and which formulas of a master cost it.

Opening, hard recalculation and saving of masters, *Validar* from the click to the marks, the worksheet functions.
"""

import os
import platform
import sys
import tempfile
from pathlib import Path

import click

from bench import data, functions, masters, measure, office, validar
from bench.__main__ import HERE, environment
from bench.contenders import CONSOLIDATE, MASTER, contenders, make_way
from bench.data import Folder
from poa_xl.addins.libreoffice import installation
from tests.libreoffice import LibreOffice

_HEAD = """# The spreadsheet's side, measured

`python -m bench.spreadsheet` writes this page, in LibreOffice {office} on {cores} cores ({system}): {runs}.
Seconds are of this machine; ratios are to the cheapest comparable thing in the same run.

"""


@click.command()
@click.option("--sizes", default="109,1000", show_default=True, help="Workbooks of the masters, with commas between.")
@click.option("--rounds", default=3, show_default=True, help="Runs of each thing.")
@click.option("--parts", default=6, show_default=True, help="Sheets, and kinds of formulas, that are measured alone.")
@click.option("--work", default="bench/.work", show_default=True, type=click.Path(path_type=Path))
@click.option("--out", default=HERE / "SPREADSHEET.md", type=click.Path(path_type=Path))
def main(sizes: str, rounds: int, parts: int, work: Path, out: Path) -> None:
    """Measure, and write the page."""
    folders = [data.make(work.resolve(), size) for size in map(int, sizes.split(","))]
    with office.started() as running:
        done = [
            *(masters.section(_master(running, folder, rounds, parts)) for folder in folders),
            validar.section(validar.measured(running, folders[0], rounds)),
            _functions(running),
        ]
    out.write_text(_head(rounds) + "\n".join(done), encoding="utf-8")


def _head(rounds: int) -> str:
    cores, version = os.cpu_count() or 1, installation.version()
    runs = "one run" if rounds == 1 else f"medians of {rounds} runs, of large masters one run"
    return _HEAD.format(office=version, cores=cores, system=platform.system(), runs=runs)


def _master(running: LibreOffice, folder: Folder, rounds: int, parts: int) -> masters.Master:
    """Of the master that the product makes of a folder now."""
    place = folder.sent.parent
    consolidate = next(one for one in contenders(sys.executable, "") if one.name == CONSOLIDATE)
    make_way(consolidate, place)
    done = measure.run(consolidate.command(folder, place), HERE.parent, environment())
    if done.code not in consolidate.codes:
        raise click.ClickException(done.said[-2000:])
    return masters.measured(running, place / MASTER, folder.size, rounds, parts)


def _functions(running: LibreOffice) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return functions.section(functions.measured(running, Path(folder)))


if __name__ == "__main__":
    main()
