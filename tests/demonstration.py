"""The demonstration of the command `demo`, with and without planted defects: made once in a run, whatever the workers.

To write its 109 workbooks takes half a minute; a test that changes something takes a copy, which takes none.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_WAIT = 1200
_MAIN = [sys.executable, "-c", "from poa_xl.cli import main; main()"]


@dataclass(frozen=True)
class Demonstration:
    """The folder, which all tests read and none changes, and what the command said."""

    folder: Path
    said: str

    @property
    def sent(self) -> list[Path]:
        """The workbooks of the units in the folder itself."""
        return sorted((self.folder / "entregas").glob("*.xlsx"))

    def copy(self, to: Path) -> Path:
        """A copy of one's own."""
        return Path(shutil.copytree(self.folder, to))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """What `poa-xl demo` makes."""
    return _made_once(_of_all_workers(tmp_path_factory), "demo")


@pytest.fixture(scope="session")
def demonstration_with_defects(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """What `poa-xl demo --defects` makes."""
    return _made_once(_of_all_workers(tmp_path_factory), "defectos", "--defects")


def _of_all_workers(factory: pytest.TempPathFactory) -> Path:
    """The folder of the run: that of a worker of xdist lies in it."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def _made_once(place: Path, name: str, *options: str) -> Demonstration:
    folder, said = place / f"{name}-de-todas" / "demo", place / f"{name}-de-todas" / "dicho.txt"
    # A transaction of SQLite is the lock of the standard library that other processes wait for on every system.
    with closing(sqlite3.connect(place / f"{name}.turno", timeout=SECONDS_TO_WAIT, isolation_level=None)) as turn:
        turn.execute("BEGIN EXCLUSIVE")
        if not said.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(exist_ok=True)
            environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "100"}
            order = [*_MAIN, "demo", "demo", *options]
            made = subprocess.run(order, cwd=folder.parent, env=environment, capture_output=True, encoding="utf-8")
            assert made.returncode == 0, made.stderr
            said.write_text(made.stdout, encoding="utf-8")
    return Demonstration(folder, said.read_text(encoding="utf-8"))
