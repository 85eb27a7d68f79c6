"""Thousands of mutated workbooks pass through reading and checking: no traceback, no hang, no abort."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from poa_xl import reading, sheets
from tests import fuzz

HALVES = ((0, 1000), (1000, 1000))


@pytest.mark.slow
def test_a_seed_makes_the_same_file_again() -> None:
    assert [fuzz.mutated(seed) for seed in range(30)] == [fuzz.mutated(seed) for seed in range(30)]
    assert len({fuzz.mutated(seed) for seed in range(300)}) > 280


@pytest.mark.slow
def test_mutations_reach_every_way_that_a_file_can_go(tmp_path: Path) -> None:
    """Some are refused whole, some are read with findings, some are read as before."""
    seen: Counter[str] = Counter()
    for seed in range(200):
        path = tmp_path / f"{seed}.xlsx"
        path.write_bytes(fuzz.mutated(seed))
        book = reading.read_book(path, sheets.unit_sheets())
        seen["refused" if not book.tables else "broken" if book.broken else "read"] += 1
        seen.update({f.code for f in book.findings})
    assert min(seen["refused"], seen["read"]) > 40
    assert {"LIB-001", "LIB-010", "LIB-011"} <= set(seen)


@pytest.mark.slow
@pytest.mark.parametrize(("first", "count"), HALVES)
def test_no_mutated_workbook_stops_the_program(first: int, count: int) -> None:
    """In a process of its own: an abort would end the tests too."""
    command = [sys.executable, "-m", "tests.fuzz", "--first", str(first), "--count", str(count)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, cwd=Path(__file__).parents[1]
    )
    assert done.returncode == 0, done.stdout[-300:] + done.stderr[-3000:]
    assert done.stderr == ""
    assert f"{count} seeds from {first}: 0 failed" in done.stdout


def test_two_thousand_are_tried() -> None:
    assert sum(count for _, count in HALVES) >= 2000
