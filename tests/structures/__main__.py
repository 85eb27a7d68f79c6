"""Try seeds, tell each silent difference, and sum up; see the package's docstring."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.structures import catalogue, mutated
from tests.structures.run import results, summary


def main(arguments: Sequence[str]) -> int:
    """Run the seeds that the command line names; 1 where anything is bad."""
    parser = argparse.ArgumentParser(prog="python -m tests.structures", description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--most", type=int, default=3, help="mutations of one file")
    parser.add_argument("--only", default="", help="kinds whose name holds this text")
    parser.add_argument("--keep", type=Path, help="folder for the files of differences and deaths")
    parser.add_argument("--refused", action="store_true", help="tell the refused ones too")
    given = parser.parse_args(arguments)
    names = [name for name in catalogue() if given.only in name] if given.only else []
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    found = []
    seeds = range(given.first, given.first + given.count)
    for result in results((mutated(seed, names, given.most) for seed in seeds), given.keep):
        found.append(result)
        if result.bad or (given.refused and result.outcome == "refused"):
            print(result, flush=True)
    print(summary(found))
    bad = [result for result in found if result.bad]
    print(f"{given.count} seeds from {given.first}: {len(bad)} bad")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
