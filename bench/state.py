"""`python -m bench.state`: what a state costs, entity by entity, and what a second run costs in which nothing changed.

Each entity has a sigla of its own and the workbooks of the benchmark, which lie on the disk once.
"""

import os
import shutil
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
_LARGE = 600  # entities of a large state
_EACH = 5  # entities of each of the commands that run at once
_HEAD = """# What a state costs

`python -m bench.state` writes this page: `poa-xl consolidate-state` over entities of {books} workbooks each, whole
processes on {cores} cores, once each. The second run finds nothing changed.

| Entities | Workbooks | CPU s | wall s | CPU s an entity | MiB | again, CPU s | again, wall s |
|---|---|---|---|---|---|---|---|
"""
_TOGETHER = """
{commands} commands at once, each over {entities} entities of its own and with an output of its own: {wall:.1f} s. Alone
their work is {work:.1f} s of CPU; of the time of the {cores} cores that is {efficiency:.0%}.
"""
_PAPER = """
On paper, {large} such entities are {hours:.1f} hours of one core. Entities share nothing, so as many commands as there
are cores, over as many folders, share the work; with the same part of the time of each core that is {eight:.0f}
minutes on 8 cores and {many:.0f} on 64. That was computed and not run. Memory is that of one command, whatever the
number of its entities, times the commands. What breaks first is the disk: a master is {megabytes:.1f} MB.
"""


@dataclass(frozen=True)
class StateRun:
    """The first run over so many entities, and the second."""

    entities: int
    first: Run
    second: Run


@dataclass(frozen=True)
class Together:
    """So many commands at once, each over so many entities: how long all of them took."""

    commands: int
    entities: int
    wall: float

    def efficiency(self, seconds: float) -> float:
        """The part of the time of as many cores that is work, where an entity alone is so many seconds of CPU."""
        return self.entities * seconds / self.wall


@click.command()
@click.option("--entities", default="1,10,60", show_default=True, help="How many, with commas between.")
@click.option("--books", default=100, show_default=True, help="Workbooks of each.")
@click.option("--work", default="bench/.work", show_default=True, type=click.Path(path_type=Path))
@click.option("--out", default=HERE / "STATE.md", type=click.Path(path_type=Path))
def main(entities: str, books: int, work: Path, out: Path) -> None:
    """Measure, and write the page."""
    runs = [_measured(work.resolve(), n, books) for n in map(int, entities.split(","))]
    together = _together(work.resolve(), os.cpu_count() or 1, books)
    master = next((work / "estado" / str(runs[-1].entities) / "salida" / "maestros").glob("*.xlsx"))
    out.write_text(page(runs, books, together, master.stat().st_size / 1e6), encoding="utf-8")


def _measured(work: Path, entities: int, books: int) -> StateRun:
    place = work / "estado" / str(entities)
    make(place / "entidades", data.make(work, books), entities)
    shutil.rmtree(place / "salida", ignore_errors=True)
    return StateRun(entities, _run(place), _run(place))


def _together(work: Path, commands: int, books: int) -> Together:
    places = [work / "estado" / f"a-la-vez-{number}" for number in range(commands)]
    for place in places:
        make(place / "entidades", data.make(work, books), _EACH)
        shutil.rmtree(place / "salida", ignore_errors=True)
    start = time.perf_counter()
    with ThreadPoolExecutor(commands) as threads:
        list(threads.map(_run, places))
    return Together(commands, _EACH, time.perf_counter() - start)


def _run(place: Path) -> Run:
    command = [_PRODUCT, "consolidate-state", str(place / "entidades"), "--quarter", str(data.QUARTER)]
    done = measure.run([*command, "-o", str(place / "salida"), "--force"], HERE.parent, environment())
    if done.code not in _FINDINGS:
        raise click.ClickException(f"{place.name}: {done.code}\n{done.said[-2000:]}")
    click.echo(f"{place.name}: {done.cpu:.1f} s CPU, {done.wall:.1f} s, {done.memory:.0f} MiB")
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


def page(runs: Sequence[StateRun], books: int, together: Together, megabytes: float) -> str:
    """The page, a row for each number of entities; `together` are as many commands as there are cores."""
    lines = [
        f"| {r.entities} | {r.entities * books} | {r.first.cpu:.1f} | {r.first.wall:.1f} | "
        f"{r.first.cpu / r.entities:.2f} | {r.first.memory:.0f} | {r.second.cpu:.1f} | {r.second.wall:.1f} |"
        for r in runs
    ]
    one = runs[-1].first.cpu / runs[-1].entities
    seconds, efficiency = _LARGE * one, together.efficiency(one)
    measured = _TOGETHER.format(
        commands=together.commands, entities=together.entities, wall=together.wall, cores=together.commands,
        work=together.commands * together.entities * one, efficiency=efficiency,
    )  # fmt: skip
    paper = _PAPER.format(
        large=_LARGE, hours=seconds / 3600, eight=seconds / 60 / 8 / efficiency, many=seconds / 60 / 64 / efficiency,
        megabytes=megabytes,
    )  # fmt: skip
    return _HEAD.format(books=books, cores=together.commands) + "\n".join(lines) + "\n" + measured + paper


if __name__ == "__main__":
    main()
