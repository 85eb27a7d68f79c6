"""Copies of many workbooks, as people's programs wrote them, given to Microsoft's validator: `python -m tests.real_copies
FOLDER [--most N] [--only TEXT]`.

Each is annotated as it is, and once more after repairs (a sheet renamed, a cell rewritten); told is what a copy has
that its original has not.
"""

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from poa_xl import guards
from poa_xl.checking.repairs import SHEET, SPACES, Repair
from poa_xl.guards import RefusedError
from poa_xl.observations import Observation
from poa_xl.ooxml.splice import MarkupError
from poa_xl.writers.annotated import observations
from tests import open_xml, packages

LONG = "Dice «" + "x" * 40_000 + "»."


def observed(names: Sequence[str]) -> list[Observation]:
    """Observations of the first sheets, at cells that most have."""
    cells = [(name, cell) for name in names[:6] for cell in ("A1", "B2", "C900")]
    return [Observation(sheet, cell, "aviso", "CEL-001", f"Dice «{n}».", LONG if n == 1 else "Mire.")
            for n, (sheet, cell) in enumerate(cells)]  # fmt: skip


def repaired(content: bytes, names: Sequence[str]) -> bytes:
    """With another name for a sheet and another text in a cell, where that can be done."""
    parts = packages.apart(content)
    wanted = [Repair(SHEET, "HOJ-002", names[0], "", names[0], "Hoja nueva")]
    first = dict(open_xml.sheet_parts(parts)).get(names[0], "")
    if first in parts:
        wanted.append(Repair(SPACES, "", names[0], "A1", "x", "y"))
    return observations.repair(content, wanted)[0]


def copies(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The copies of a workbook, by what was done. RefusedError or MarkupError where there can be none."""
    grids = guards.contents(guards.opened(content, guards.DEFAULT), guards.DEFAULT)
    names = grids.names
    yield "annotated", observations.make(content, observed(names), "Resumen").content
    better = repaired(content, names)
    yield "repaired", observations.make(better, observed(["Hoja nueva", *names[1:]]), "Resumen", [_REPAIR]).content


_REPAIR = Repair("numero", "CEL-001", "Hoja nueva", "A1", "x" * 40_000, 1)


def wrong(content: bytes, suffix: str = ".xlsx") -> Counter[str]:
    """All that is wrong with a workbook."""
    return open_xml.errors_of(content, suffix) + Counter(open_xml.faults(content))


def main(arguments: Sequence[str]) -> int:
    """Try the workbooks of a folder; 1 where a copy is worse than its original."""
    parser = argparse.ArgumentParser(prog="python -m tests.real_copies", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--only", default="", help="files whose name holds this text")
    parser.add_argument("--names", type=Path, help="a file with names of files, one a line")
    parser.add_argument("--keep", type=Path, help="folder for the copies that are worse")
    given = parser.parse_args(arguments)
    files = sorted(p for p in given.folder.rglob("*") if p.suffix in (".xlsx", ".xlsm") and given.only in p.name)
    if given.names:
        names = set(given.names.read_text(encoding="utf-8").split("\n"))
        files = [p for p in files if p.name in names]
    counts: Counter[str] = Counter()
    for path in files[: given.most or None]:
        counts += _tried(path, given.keep)
    print(", ".join(f"{count} {word}" for word, count in sorted(counts.items())))
    return 1 if counts["worse"] else 0


def _tried(path: Path, keep: Path | None) -> Counter[str]:
    content = path.read_bytes()
    counts: Counter[str] = Counter()
    try:
        before = wrong(content, path.suffix)
        for kind, copy in copies(content):
            found = sorted(wrong(copy, path.suffix) - before)
            counts["copies"] += 1
            if found:
                counts["worse"] += 1
                print(path.name, kind, *(one[:300] for one in found[:6]), sep="\n    ", flush=True)
                if keep:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{path.stem}-{kind}{path.suffix}").write_bytes(copy)
    except (RefusedError, MarkupError, ElementTree.ParseError, subprocess.SubprocessError) as reason:
        counts["refused"] += 1
        print(f"{path.name}: {type(reason).__name__} {reason}"[:200], flush=True)
    else:
        counts["workbooks"] += 1
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
