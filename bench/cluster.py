"""`python -m bench.cluster`: what reading by a Dask scheduler with two workers of this machine costs.

Both use two guarded processes on the same cores, so that the ratio is what the way there and back costs. For the
larger size: `python -m bench.cluster --sizes 109,1000,5000 --rounds 3`.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bench import data, measure
from bench.__main__ import HERE, environment
from bench.data import Folder
from tests.dask_cluster import DaskCluster

WORKERS = 2
_PRODUCT = str(Path(sys.executable).parent / "poa-xl")
_FINDINGS = (0, 1)
_HEAD = """# What reading on other machines costs

`python -m bench.cluster` writes this page: `poa-xl consolidate` as a whole process with `--engine local`, and with
`--engine dask://…` to a scheduler with {workers} workers of one thread on the same {cores} cores, in turns; medians of
{rounds} after one that is not counted. On machines of their own, workers share the work; here it shows what the way
there and back costs.

| Workbooks | local, wall s | dask, wall s | dask / local | same bytes |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Pair:
    """Wall seconds of each turn over so many workbooks, and whether the masters had the same bytes."""

    size: int
    local: Sequence[float]
    dask: Sequence[float]
    same: bool

    @property
    def ratio(self) -> float:
        """How much longer it takes."""
        return statistics.median(self.dask) / statistics.median(self.local)


@click.command()
@click.option("--sizes", default="109,1000", show_default=True, help="Workbooks, with commas between.")
@click.option("--rounds", default=3, show_default=True, help="Turns that count.")
@click.option("--work", default="bench/.work", show_default=True, type=click.Path(path_type=Path))
@click.option("--out", default=HERE / "CLUSTER.md", type=click.Path(path_type=Path))
def main(sizes: str, rounds: int, work: Path, out: Path) -> None:
    """Measure, and write the page."""
    folders = [data.make(work.resolve(), size) for size in map(int, sizes.split(","))]
    pairs = []
    with tempfile.TemporaryDirectory() as place, DaskCluster(Path(place)) as cluster:
        for _ in range(WORKERS):
            cluster.add_worker()
        cluster.wait_for_workers(WORKERS)
        for folder in folders:
            pairs.append(measured(folder, cluster.address, rounds))
            click.echo(f"{pairs[-1].size} workbooks: dask / local {pairs[-1].ratio:.2f}")
    out.write_text(page(pairs, rounds), encoding="utf-8")


def measured(folder: Folder, address: str, rounds: int) -> Pair:
    """Both over the same workbooks, in turns."""
    took: dict[str, list[float]] = {"local": [], address: []}
    masters = {engine: folder.sent.parent / f"motor{number}.xlsx" for number, engine in enumerate(took)}
    for turn in range(rounds + 1):
        for engine, seconds in took.items():
            given = [str(folder.sent), "--quarter", str(data.QUARTER), "-o", str(masters[engine]), "--force"]
            done = measure.run([_PRODUCT, "consolidate", *given, "--engine", engine], HERE.parent, environment())
            if done.code not in _FINDINGS:
                raise click.ClickException(f"{engine}: {done.code}\n{done.said[-2000:]}")
            if turn:
                seconds.append(done.wall)
    here, there = (path.read_bytes() for path in masters.values())
    return Pair(folder.size, took["local"], took[address], here == there)


def page(pairs: Sequence[Pair], rounds: int) -> str:
    """The page, a row for each size."""
    lines = [
        f"| {p.size} | {statistics.median(p.local):.1f} | {statistics.median(p.dask):.1f} | {p.ratio:.2f} | "
        f"{'yes' if p.same else 'no'} |"
        for p in pairs
    ]
    return _HEAD.format(workers=WORKERS, cores=os.cpu_count() or 1, rounds=rounds) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
