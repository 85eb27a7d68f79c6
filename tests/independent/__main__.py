"""Runs the comparison over many campaigns: `python -m tests.independent --first N --count M [--libreoffice]`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.independent.run import Outcome, run
from tests.libreoffice import LibreOffice


def main() -> int:
    """Print a line a campaign and the sum; 1 where a figure differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.independent")
    parser.add_argument("--first", type=int, default=0, help="seed of the first campaign")
    parser.add_argument("--count", type=int, default=20, help="how many campaigns")
    parser.add_argument("--libreoffice", action="store_true", help="recalculate each master with LibreOffice too")
    parser.add_argument("--keep", type=Path, help="folder for the campaigns in which something differs")
    asked = parser.parse_args()
    office = LibreOffice() if asked.libreoffice else None
    found: list[Outcome] = []
    start = time.perf_counter()
    for seed in range(asked.first, asked.first + asked.count):
        with tempfile.TemporaryDirectory() as folder:
            place = asked.keep / str(seed) if asked.keep else Path(folder)
            found.append(run(seed, place, office))
        print(found[-1].line, flush=True)
    if office:
        office.close()
    wrong = [o for o in found if o.differences]
    print(
        f"{len(found)} campaigns, {sum(o.units for o in found)} units, {sum(o.figures for o in found)} figures equal to "
        f"the fractions, {sum(o.recalculated for o in found)} formulas recalculated, {len(wrong)} campaigns with "
        f"differences, {time.perf_counter() - start:.0f} s"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
