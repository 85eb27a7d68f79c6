"""`python -m bench`: makes workbooks, measures all contenders by turns, compares what they found, writes the page."""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

import click
from python_calamine import CalamineWorkbook

from bench import data, measure, results
from bench.contenders import CONSOLIDATE, FLOOR, MASTER, Contender, contenders, make_way
from bench.data import Folder
from bench.measure import Run
from bench.results import Result, Rounds
from poa_xl.master_tables import data as data_tables
from poa_xl.writers.master.data_sheet import HEADER

HERE = Path(__file__).parent
_LARGE = 500  # workbooks from which on no turn is left uncounted
# With it the product is compiled in every process, and what is installed is not.
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
_CODES = {"negative": r"TAR-003\b", "words": r"CEL-002\b"}


@click.command()
@click.option("--sizes", default="1,109,1000,5000", show_default=True, help="How many workbooks, with commas between.")
@click.option("--rounds", default=5, show_default=True, help="Runs of each contender over each size.")
@click.option("--only", default="", help="Only contenders whose name has this in it (and the floor).")
@click.option(
    "--product", default=".venv-product/bin/python", show_default=True, help="Python beside which poa-xl is installed."
)
@click.option(
    "--others", default=".venv-bench/bin/python", show_default=True, help="Python with bench/requirements.txt."
)
@click.option("--work", default="bench/.work", show_default=True, type=click.Path(path_type=Path))
@click.option("--out", default=HERE / "RESULTS.md", type=click.Path(path_type=Path))
def main(sizes: str, rounds: int, only: str, product: str, others: str, work: Path, out: Path) -> None:
    """Measure, and write the page."""
    found: dict[int, list[Result]] = {}
    left_out: dict[int, list[Contender]] = {}
    often = Rounds(rounds)
    for size in map(int, sizes.split(",")):
        folder = data.make(work.resolve(), size)
        asked = [c for c in contenders(*(str(Path(one).absolute()) for one in (product, others))) if wanted(c, only)]
        left_out[size] = [c for c in asked if size > c.largest]
        every = [c for c in asked if size <= c.largest]
        found[size] = turns(folder, every, often.of(size), int(size < _LARGE))
        out.write_text(results.page(found, often, os.cpu_count() or 1, left_out), encoding="utf-8")
    results.plot(found, out.with_suffix(".svg"))


def wanted(contender: Contender, only: str) -> bool:
    """Whether a contender was asked for; the floor always is."""
    return contender.name == FLOOR or only in contender.name


def environment() -> dict[str, str]:
    """What processes that are measured run in."""
    known = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    return known | {"PYTHONPATH": str(HERE.parent)}


def turns(folder: Folder, every: Sequence[Contender], rounds: int, uncounted: int = 1) -> list[Result]:
    """Every contender once, then every one again.

    The first turn is not counted, since it reads the disk: beside many workbooks that is nothing, and a turn long.
    """
    runs: dict[str, list[Run]] = {contender.name: [] for contender in every}
    out = folder.sent.parent
    own = environment()
    for turn in range(uncounted + rounds):
        for contender in every:
            make_way(contender, out)
            done = measure.run(contender.command(folder, out), HERE.parent, own)
            if done.code not in contender.codes:
                raise click.ClickException(f"{contender.name}, {folder.size}: {done.code}\n{done.said[-2000:]}")
            if turn >= uncounted:
                runs[contender.name].append(done)
            click.echo(
                f"{folder.size} {contender.name}: {done.cpu:.2f} s CPU, {done.wall:.2f} s, {done.memory:.0f} MiB"
            )
    told = {c.name: told_by(c, runs[c.name][-1].said, out) for c in every}
    floors = runs[FLOOR]
    return [Result.of(c, folder.size, runs[c.name], floors, agreement(folder, told[c.name])) for c in every]


Told = dict[str, float | None]


def agreement(folder: Folder, told: Told) -> str:
    """Whether what a contender found is what was planted: «yes», «–» where it looks for nothing, else what differs."""
    expected = vars(folder.expected)
    wrong = {name: value for name, value in told.items() if value is not None and value != expected[name]}
    if wrong:
        return f"no: {wrong}"
    return "yes" if any(value is not None for value in told.values()) else "–"


def told_by(contender: Contender, said: str, out: Path) -> Told:
    """What a contender found: a script's last line says it, of the product its findings and its master."""
    last = said.strip().rpartition("\n")[2]
    if last.startswith("{"):
        told: Told = json.loads(last)
        return told
    if contender.codes == (0,):
        return {}
    found: Told = {name: len(re.findall(code, said)) for name, code in _CODES.items()}
    return found | ({"programado": _programmed(out / MASTER)} if contender.name == CONSOLIDATE else {})


def _programmed(master: Path) -> float:
    """What the accepted tasks of a master programme up to the quarter."""
    rows = CalamineWorkbook.from_path(str(master)).get_sheet_by_name(data_tables.TASKS.name).to_python(False)
    titles = rows[HEADER]
    months = [titles.index(f"Prog. {month}") for month in data.REPORTED]
    return float(sum(row[col] or 0 for row in rows[HEADER + 1 :] for col in months if row[col] != ""))


if __name__ == "__main__":
    main()
