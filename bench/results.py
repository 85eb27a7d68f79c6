"""What the runs say: medians, ratios to the floor, a table and a plot."""

import importlib.metadata
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bench.contenders import Contender
from bench.measure import Run

_PACKAGES = ("poa-xl", "pandas", "pandera", "python-calamine", "openpyxl", "xlsxwriter")
_FEWER = ((5000, 1), (500, 3))  # from how many workbooks on, and how often at most
_HEAD = """# Cost, measured

`make bench` writes this page: whole processes, imports included, by turns on {cores} cores; medians of
{rounds}{fewer}. The product and the scripts run in an environment as `pip install` makes one for a user, without the
libraries of the tests, which pandas and pandera load where they find them. CPU is of a process and its children, memory
the most that they had at one moment (a page that two share counts once). Ratios are to python-calamine reading every
sheet of the same workbooks in the same turn: only they say something on another machine.

{versions}

"""


@dataclass(frozen=True)
class Rounds:
    """How often contenders run over a number of workbooks: `most`, and less often over many."""

    most: int

    def of(self, size: int) -> int:
        """How often."""
        return min(self.most, next((few for least, few in _FEWER if size >= least), self.most))


@dataclass(frozen=True)
class Result:
    """The medians of a contender over a size; `times` are those of its ratios to the floor, of CPU and wall time."""

    contender: Contender
    size: int
    cpu: float
    wall: float
    memory: float
    times: tuple[float, float]
    agrees: str

    @classmethod
    def of(cls, contender: Contender, size: int, runs: Sequence[Run], floors: Sequence[Run], agrees: str) -> "Result":
        """Of all its runs, each beside that of the floor in the same turn: a machine is not as fast all the time."""
        cpu, wall, memory = (statistics.median(getattr(r, name) for r in runs) for name in ("cpu", "wall", "memory"))
        pairs = list(zip(runs, floors, strict=True))
        times = (
            statistics.median(own.cpu / floor.cpu for own, floor in pairs),
            statistics.median(own.wall / floor.wall for own, floor in pairs),
        )
        return cls(contender, size, cpu, wall, memory, times, agrees)


def page(
    results: Mapping[int, Sequence[Result]],
    rounds: Rounds,
    cores: int,
    left_out: Mapping[int, Sequence[Contender]] = MappingProxyType({}),
) -> str:
    """The page, a table for each size; below it who was `left_out`."""
    named = [f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES]
    versions = f"Python {platform.python_version()}, {platform.system()}; {', '.join(named)}."
    fewer = ", ".join(f"{rounds.of(size)} over {size}" for size in results if rounds.of(size) != rounds.most)
    text = _HEAD.format(rounds=rounds.most, fewer=f" ({fewer})" if fewer else "", cores=cores, versions=versions)
    tables = (_table(size, own) + _left_out(left_out.get(size, ())) for size, own in results.items())
    return text + "\n".join(tables) + "\n![CPU by size](RESULTS.svg)\n"


def _left_out(contenders: Sequence[Contender]) -> str:
    told = "; ".join(f"{contender.name} ({contender.beyond})" for contender in contenders)
    return f"\nNot run over so many workbooks: {told}.\n" if told else ""


def _table(size: int, results: Sequence[Result]) -> str:
    lines = [
        f"## {size} {'workbook' if size == 1 else 'workbooks'}\n",
        "| | CPU s | × floor | wall s | × floor | MiB | finds what was planted | what it does |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.contender.name} | {r.cpu:.2f} | {r.times[0]:.1f} | {r.wall:.2f} | {r.times[1]:.1f} | "
        f"{r.memory:.0f} | {r.agrees} | {r.contender.work} |"
        for r in results
    ]
    return "\n".join(lines) + "\n"


def plot(results: Mapping[int, Sequence[Result]], path: Path) -> None:
    """CPU over the number of workbooks, a line for each contender."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "poa-xl"
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(9, 6))
    names = dict.fromkeys(r.contender.name for own in results.values() for r in own)
    for name in names:
        points = [(r.size, r.cpu) for own in results.values() for r in own if r.contender.name == name]
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="workbooks", ylabel="CPU (s)")
    axes.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})
