"""The demonstration of the command `demo`, with and without planted defects: made once in a run, whatever the workers.

To write its 109 workbooks takes half a minute; a test that changes something takes a copy, which takes none. What else
takes long and is read by many tests is made with `made_once` too.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

import poa_xl

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_WAIT = 1200
QUARTERS = (1, 2, 3, 4)
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
    return _demonstration(tmp_path_factory, "demo")


@pytest.fixture(scope="session")
def demonstration_with_defects(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """What `poa-xl demo demo-defectos --defects` makes."""
    return _demonstration(tmp_path_factory, "demo-defectos", "--defects")


def _of_all_workers(factory: pytest.TempPathFactory) -> Path:
    """The folder of the run: that of a worker of xdist lies in it."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills, for all workers of the run; none of them changes what is in it."""
    place = _of_all_workers(factory)
    folder, done = place / f"{name}-de-todas", place / f"{name}.hecho"
    # A transaction of SQLite is the lock of the standard library that other processes wait for on every system.
    with closing(sqlite3.connect(place / f"{name}.turno", timeout=SECONDS_TO_WAIT, isolation_level=None)) as turn:
        turn.execute("BEGIN EXCLUSIVE")
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def _demonstration(factory: pytest.TempPathFactory, name: str, *options: str) -> Demonstration:
    def make(place: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "100"}
        order = [*_MAIN, "demo", name, *options]
        made = subprocess.run(order, cwd=place, env=environment, capture_output=True, encoding="utf-8")
        assert made.returncode == 0, made.stderr
        (place / "dicho.txt").write_text(made.stdout, encoding="utf-8")

    place = made_once(factory, name, make)
    return Demonstration(place / name, (place / "dicho.txt").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Quarter:
    """A quarter of the municipality: the folder of what was sent, with the entity's workbook beside it, and its master."""

    number: int
    sent: Path
    master: Path

    @property
    def entity(self) -> Path:
        """The entity's workbook."""
        return self.sent.parent / "entidad.xlsx"


@pytest.fixture(scope="session")
def municipality_year(tmp_path_factory: pytest.TempPathFactory) -> list[Quarter]:
    """The four quarters of the municipality, each with its master."""

    def make(place: Path) -> None:
        year = poa_xl.write_demo(place / "muni", sample="municipio")
        for number, folder in enumerate(year.quarters, start=1):
            found = poa_xl.check(folder / "entregas", folder / "entidad.xlsx", number)
            found.evaluate().write_master(place / f"evaluacion-{number}T.xlsx")

    place = made_once(tmp_path_factory, "municipio", make)
    return [Quarter(n, place / "muni" / f"{n}T" / "entregas", place / f"evaluacion-{n}T.xlsx") for n in QUARTERS]


@pytest.fixture(scope="session")
def ministry_master(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master of the demonstration's second quarter."""

    def make(place: Path) -> None:
        found = poa_xl.check(demonstration.folder / "entregas", demonstration.folder / "entidad.xlsx", 2)
        found.evaluate().write_master(place / "evaluacion-2T.xlsx")

    return made_once(tmp_path_factory, "maestro-2T", make) / "evaluacion-2T.xlsx"
