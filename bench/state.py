"""`python -m bench.state`: what a state costs, entity by entity, and what a second run costs in which nothing changed.

Each entity has a sigla of its own and the workbooks of the benchmark, which lie on the disk once.
"""

import math
import os
import shutil
import statistics
import sys
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import click

from bench import data, measure
from bench.__main__ import HERE, environment
from bench.measure import Run
from poa_xl.api.templates import entity_rows
from poa_xl.writers import entity_workbook

_PRODUCT = str(Path(sys.executable).parent / "poa-xl")
_FINDINGS = (0, 1)
_ONE_CORE = ("taskset", "-c", "0")
_LARGE = 600  # entities of a large state
_HEAD = """# What a state costs

`python -m bench.state` writes this page: `poa-xl consolidate-state` over entities of {books} workbooks each, whole
processes on {cores} cores, once each, {cores} entities at a time (`--jobs {cores}`). The second run finds nothing
changed.

| Entities | Workbooks | CPU s | wall s | CPU s an entity | MiB | again, CPU s | again, wall s |
|---|---|---|---|---|---|---|---|
"""
_ALONE = """
On one core, one after the other (`--jobs 1`, `taskset`), {entities} of them take {walls} s, before the runs above and
after them: {each:.2f} s each in the mean. That is the work; of the time of {cores} cores that the {most} together took
it is {efficiency:.0%}. The cores were busy {busy:.0%} of it.
"""
_PAPER = """
On paper, {large} such entities are {hours:.1f} hours of one core. They share nothing but the process that gives them
out: it takes {serial:.0f} ms of each (the second run, less that of a single entity), and at the end some cores have
none left. So, if each core loses to the others what it lost here:

| Cores | minutes | of the time of the cores that is work | GiB | the process that gives them out is busy |
|---|---|---|---|---|
{rows}

That was computed and not run. What breaks first: the memory of so many processes, then the disk (a master is
{megabytes:.1f} MB), then the one process, which more than {limit:.0f} cores would wait for.
"""


@dataclass(frozen=True)
class StateRun:
    """The first run over so many entities, and the second."""

    entities: int
    first: Run
    second: Run


@dataclass(frozen=True)
class Alone:
    """So many entities, one after the other on one core: before all else, and after it."""

    entities: int
    runs: Sequence[Run]

    @property
    def each(self) -> float:
        """Seconds of an entity on a core: its work."""
        return statistics.mean(run.wall for run in self.runs) / self.entities


@click.command()
@click.option("--entities", default="1,10,60", show_default=True, help="How many, with commas between.")
@click.option("--alone", default=10, show_default=True, help="How many one after the other.")
@click.option("--books", default=100, show_default=True, help="Workbooks of each.")
@click.option("--work", default="bench/.work", show_default=True, type=click.Path(path_type=Path))
@click.option("--out", default=HERE / "STATE.md", type=click.Path(path_type=Path))
def main(entities: str, alone: int, books: int, work: Path, out: Path) -> None:
    """Measure, and write the page."""
    cores = os.cpu_count() or 1
    before = _run(_made(work.resolve(), alone, books), 1, _ONE_CORE)
    runs = [_measured(_made(work.resolve(), n, books), n, cores) for n in map(int, entities.split(","))]
    after = _run(_made(work.resolve(), alone, books), 1, _ONE_CORE)
    master = next((work / "estado" / str(runs[-1].entities) / "salida" / "maestros").glob("*.xlsx"))
    text = page(runs, books, Alone(alone, (before, after)), cores, master.stat().st_size / 1e6)
    out.write_text(text, encoding="utf-8")


def _made(work: Path, entities: int, books: int) -> Path:
    place = work / "estado" / str(entities)
    make(place / "entidades", data.make(work, books), entities)
    shutil.rmtree(place / "salida", ignore_errors=True)
    return place


def _measured(place: Path, entities: int, jobs: int) -> StateRun:
    return StateRun(entities, _run(place, jobs), _run(place, jobs))


def _run(place: Path, jobs: int, before: Sequence[str] = ()) -> Run:
    command = [*before, _PRODUCT, "consolidate-state", str(place / "entidades"), "--quarter", str(data.QUARTER)]
    done = measure.run(
        [*command, "-o", str(place / "salida"), "--force", "--jobs", str(jobs)], HERE.parent, environment()
    )
    if done.code not in _FINDINGS:
        raise click.ClickException(f"{place.name}: {done.code}\n{done.said[-2000:]}")
    click.echo(f"{place.name}, {jobs}: {done.cpu:.1f} s CPU, {done.wall:.1f} s, {done.memory:.0f} MiB")
    return done


def make(place: Path, folder: data.Folder, entities: int) -> None:
    """So many entities, each with the same workbooks under a sigla of its own; those that are there are taken."""
    for number in range(1, entities + 1):
        own = place / f"E{number:03}"
        if (own / "entidad.xlsx").exists():
            continue
        (own / "entregas").mkdir(parents=True, exist_ok=True)
        for book in folder.sent.glob("*.xlsx"):
            os.link(book, own / "entregas" / book.name)
        rows = deepcopy(dict(entity_rows(data.QUARTER)))
        for row in rows["parametros"]:
            if row["parametro"] == "sigla":
                row["valor"] = own.name
        entity_workbook.write_entity_workbook(own / "entidad.xlsx", rows)


def page(runs: Sequence[StateRun], books: int, alone: Alone, cores: int, megabytes: float) -> str:
    """The page, a row for each number of entities; `megabytes` are those of a master."""
    lines = [
        f"| {r.entities} | {r.entities * books} | {r.first.cpu:.1f} | {r.first.wall:.1f} | "
        f"{r.first.cpu / r.entities:.2f} | {r.first.memory:.0f} | {r.second.cpu:.1f} | {r.second.wall:.1f} |"
        for r in runs
    ]
    least, most = runs[0], runs[-1]
    efficiency = most.entities * alone.each / (most.first.wall * cores)
    serial = (most.second.cpu - least.second.cpu) / (most.entities - least.entities)
    job = most.first.memory / cores / 1024
    paper = _PAPER.format(
        large=_LARGE, hours=_LARGE * alone.each / 3600, serial=serial * 1000, megabytes=megabytes,
        rows="\n".join(_on_paper(n, alone.each, efficiency, serial, job) for n in (8, 64)),
        limit=alone.each / efficiency / serial,
    )  # fmt: skip
    walls = " and ".join(f"{run.wall:.1f}" for run in alone.runs)
    measured = _ALONE.format(
        entities=alone.entities, walls=walls, each=alone.each, cores=cores, most=most.entities, efficiency=efficiency,
        busy=most.first.cpu / most.first.wall / cores,
    )  # fmt: skip
    return _HEAD.format(books=books, cores=cores) + "\n".join(lines) + "\n" + measured + paper


def _on_paper(cores: int, each: float, efficiency: float, serial: float, gigabytes: float) -> str:
    """A row: each core has so many entities one after the other, and the last ones leave some idle."""
    wall = math.ceil(_LARGE / cores) * each / efficiency
    return (
        f"| {cores} | {wall / 60:.1f} | {_LARGE * each / (wall * cores):.0%} | {cores * gigabytes:.0f} | "
        f"{_LARGE * serial / wall:.0%} |"
    )


if __name__ == "__main__":
    main()
