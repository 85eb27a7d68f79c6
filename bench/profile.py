"""`python -m bench.profile`: what is left of the cost, part by part, of one workbook validated and of 109 consolidated.

Imports are measured by Python itself, all else by cProfile (`bench.scripts.profiled`), which makes calls dearer than
they are: its figures are for the shares, the first table of each command for what it really takes.
"""

import os
import platform
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from pstats import Stats
from typing import NamedTuple

import click

from bench import data, measure
from bench.__main__ import HERE, environment
from bench.contenders import CONSOLIDATE, contenders, make_way
from bench.data import Folder
from poa_xl.guards import worker

_PROGRAM, _WORKERS = "program", "workers"
_VALIDATE = "poa-xl validate"
_PACKAGES, _FUNCTIONS = 12, 15  # lines of a table
_IMPORTS = f"import {worker.__name__}, poa_xl.reading.tasks"
_AT = re.compile(" at 0x[0-9a-f]+")  # where an object lies in this run
_IMPORTED = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", re.MULTILINE)
_BUILTIN, _LIBRARY, _IMPORTING = "~", "Python's library", "importing"
_HEAD = """# What is left of the cost

`python -m bench.profile` writes this page: {system}, Python {python}, {cores} cores, one run. Seconds of CPU. Under the
profiler Python's calls are dearer than they are, so compare its figures with each other alone; the first table of each
command is without it. What workers do is done in the program for it, one task after the other.

"""
_PARTS = (
    ("Checks", _PROGRAM, "poa_xl.checking."),
    ("Evaluation", _PROGRAM, "poa_xl.evaluation."),
    ("Sheets of the master", _PROGRAM, "poa_xl.writers.master."),
    ("The master's file", _PROGRAM, "xlsxwriter."),
    ("Reading, in the workers", _WORKERS, "poa_xl."),
)
_IN_FUNCTION = "<"  # how the names of comprehensions begin, which are part of their functions
_ENTRY = tuple[int, int, float, float, object]  # calls, the recursive ones too, own seconds, with what it calls


class Line(NamedTuple):
    """A function or a package: its name, how often it was called, seconds."""

    name: str
    calls: int
    seconds: float


@dataclass(frozen=True)
class Profile:
    """A command: its CPU without the profiler, imports by package, and both profiles."""

    title: str
    cpu: float
    python: float
    worker: float
    imports: dict[str, Counter[str]]  # of the program and of a worker
    stats: dict[str, Stats]


@click.command()
@click.option("--size", default=109, show_default=True, help="Workbooks of the consolidation.")
@click.option("--work", default="bench/.work", show_default=True, type=click.Path(path_type=Path))
@click.option("--out", default=HERE / "PROFILE.md", type=click.Path(path_type=Path))
def main(size: int, work: Path, out: Path) -> None:
    """Profile both commands, and write the page."""
    done = [
        profiled(_VALIDATE, data.make(work.resolve(), 1)),
        profiled(CONSOLIDATE, data.make(work.resolve(), size)),
    ]
    out.write_text(page(done), encoding="utf-8")


def profiled(name: str, folder: Folder) -> Profile:
    """One of the product's contenders over the workbooks of a folder."""
    wanted = next(one for one in contenders(sys.executable, "") if one.name == name)
    place = folder.sent.parent
    _, *arguments = wanted.command(folder, place)
    own = [sys.executable, "-P", "-m", "poa_xl.cli", *arguments]

    def run(command: Sequence[str]) -> measure.Run:
        make_way(wanted, place)
        return _run(command)

    run(own)  # what was compiled is there from now on
    with tempfile.TemporaryDirectory() as written:
        run([sys.executable, "-m", "bench.scripts.profiled", written, *arguments])
        stats = {part: Stats(str(Path(written) / f"{part}.pstats")) for part in (_PROGRAM, _WORKERS)}
    imports = {
        _PROGRAM: _imported(run([sys.executable, "-X", "importtime", *own[1:]]).said),
        _WORKERS: _imported(_run([sys.executable, "-X", "importtime", "-c", _IMPORTS]).said),
    }
    books = "one workbook" if folder.size == 1 else f"{folder.size} workbooks"
    return Profile(
        f"`{name}`, {books}", run(own).cpu, _run([sys.executable, "-c", "pass"]).cpu,
        _run([sys.executable, "-P", "-c", _IMPORTS]).cpu, imports, stats,
    )  # fmt: skip


def _run(command: Sequence[str]) -> measure.Run:
    done = measure.run(command, HERE.parent, environment())
    if done.code not in (0, 1):
        raise click.ClickException(done.said[-2000:])
    return done


def _imported(said: str) -> Counter[str]:
    """Seconds of each package, of what Python says of each module's own time."""
    found = Counter[str]()
    for micros, module in _IMPORTED.findall(said):
        package = module.partition(".")[0]
        found[_LIBRARY if package.lstrip("_") in _STANDARD else package] += int(micros)
    return found


_STANDARD = {name.lstrip("_") for name in sys.stdlib_module_names} | {"encodings", "site"}


def page(done: Sequence[Profile]) -> str:
    """The page, a chapter for each command."""
    head = _HEAD.format(system=platform.system(), python=platform.python_version(), cores=os.cpu_count() or 1)
    return head + "\n".join(_chapter(one) for one in done)


def _chapter(one: Profile) -> str:
    sections = [f"## {one.title}\n", _whole(one), _of_packages(one)]
    for title, part, place in _PARTS:
        functions = _functions(one.stats[part], place)
        if functions:
            sections.append(_table(f"{title}: functions with what they call", functions))
    return "\n".join(sections)


def _whole(one: Profile) -> str:
    program, theirs = (Counter({k: v / 1e6 for k, v in one.imports[part].items()}) for part in (_PROGRAM, _WORKERS))
    lines = [Line("all, its workers too", 1, one.cpu), Line("– Python's start", 1, one.python)]
    lines.append(Line("– imports of the program", 1, program.total()))
    lines += [Line(f"– – {name}", 1, seconds) for name, seconds in program.most_common(_PACKAGES) if seconds > 0.005]
    lines.append(Line("– a worker's start with its imports, each", 1, one.worker))
    lines += [Line(f"– – {name}", 1, seconds) for name, seconds in theirs.most_common(4)]
    return _table("Without the profiler", lines)


def _of_packages(one: Profile) -> str:
    """The own time of functions by package, then of built-in ones, of the program and of its workers."""
    tables = []
    for part in (_PROGRAM, _WORKERS):
        seconds: dict[bool, dict[str, float]] = {True: {}, False: {}}
        calls = Counter[str]()
        for (file, _, name), (_, times, own, *_) in _entries(one.stats[part]).items():
            place = _AT.sub("", name.strip("<>")).removeprefix("built-in ") if file == _BUILTIN else _package(file)
            same = seconds[file == _BUILTIN]
            same[place] = same.get(place, 0.0) + own
            calls[place] += times
        for built_in, title in ((False, "packages"), (True, "built-in functions")):
            lines = [Line(name, calls[name], took) for name, took in seconds[built_in].items()]
            tables.append(_table(f"Own time in the {part}: {title}", _most(lines, _PACKAGES)))
    return "\n".join(tables)


def _entries(stats: Stats) -> dict[tuple[str, int, str], _ENTRY]:
    """What a profile holds: file, line and name of a function -> its calls and seconds."""
    entries: dict[tuple[str, int, str], _ENTRY] = vars(stats)["stats"]
    return entries


def _package(file: str) -> str:
    parts = _module(file).split(".")
    return ".".join(parts[: 2 if parts[0] == "poa_xl" else 1])


def _module(file: str) -> str:
    """The dotted name of a module of ours or of a library that was installed."""
    if "importlib" in file:
        return _IMPORTING
    for mark in ("site-packages/", f"{HERE.parent}/"):
        if mark in file:
            return file.partition(mark)[2].removesuffix(".py").replace("/", ".")
    return _LIBRARY


def _functions(stats: Stats, package: str) -> list[Line]:
    """The functions of a package that take most with what they call."""
    found = [
        Line(f"`{_module(file).removeprefix('poa_xl.')}.{name}`", entry[1], entry[3])
        for (file, _, name), entry in _entries(stats).items()
        if _module(file).startswith(package) and not name.startswith(_IN_FUNCTION)
    ]
    return _most(found, _FUNCTIONS)


def _most(lines: Sequence[Line], count: int) -> list[Line]:
    return sorted(lines, key=lambda line: -line.seconds)[:count]


def _table(title: str, lines: Sequence[Line]) -> str:
    rows = "\n".join(f"| {line.name} | {line.calls} | {line.seconds:.3f} |" for line in lines)
    return f"### {title}\n\n| | calls | s |\n|---|---|---|\n{rows}\n"


if __name__ == "__main__":
    main()
