"""Tests of one group run in one worker: what they share is made once, and two never hold one port at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import os
import pytest

@pytest.mark.xdist_group("juntas")
@pytest.mark.parametrize("n", range(6))
def test_together(n):
    print(f"junta en {os.environ['PYTEST_XDIST_WORKER']}.")
"""


@pytest.mark.slow
@pytest.mark.parametrize(("dist", "workers"), [("loadgroup", 1), ("load", 2)])
def test_a_group_stays_together_where_groups_are_asked_for(dist: str, workers: int, tmp_path: Path) -> None:
    (tmp_path / "test_grupos.py").write_text(TESTS, encoding="utf-8")
    order = [sys.executable, "-m", "pytest", "-n", "2", "--dist", dist, "-rP", "-p", "no:cacheprovider"]
    done = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert len({line for line in done.stdout.splitlines() if line.startswith("junta en")}) == workers
