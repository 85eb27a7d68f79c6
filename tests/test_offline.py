"""The installation without internet, as docs/instalacion.md says it: really fetched, and really installed without."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name, parse_wheel_filename

import poa_xl
from tests import campaign_books as books, lock

# Without a network these fail: whether the installation works is not known then.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "instalacion.md").read_text(encoding="utf-8")
NOWHERE = "http://127.0.0.1:9"  # the port that throws away what it gets: nobody answers


def blocks() -> list[list[str]]:
    """The commands of the page for who has no internet: what is fetched, and what is installed."""
    return [found.splitlines() for found in re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)]


def environment(**more: str) -> dict[str, str]:
    """As of a person who has nothing of this checkout."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_")) and k != "VIRTUAL_ENV"}
    own = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "PATH": own, "PYTHONUTF8": "1", **more}


def shell(command: str, folder: Path, known: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=known, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make wheelhouse` makes."""
    folder = tmp_path_factory.mktemp("con-internet") / "ruedas"
    command = [sys.executable, str(ROOT / "tools" / "wheelhouse.py"), str(folder)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_folder_holds_what_the_lock_names_and_nothing_else(wheels: Path) -> None:
    locked = {(canonicalize_name(p.requirement.name), p.version): p.hashes for p in lock.pins()}
    named = {parse_wheel_filename(path.name)[:2] for path in wheels.glob("*.whl")}
    others = {(str(name), str(version)) for name, version in named} - {("poa-xl", poa_xl.__version__)}
    assert len(others) == len(named) - 1 > 10
    assert others <= locked.keys()
    assert {path.name for path in wheels.iterdir() if path.suffix != ".whl"} == {"instalacion.md", "versiones.txt"}
    tools = {"pytest", "ruff", "mypy", "hatchling", "xlwings-server"}
    assert {name for name, _ in others}.isdisjoint(tools)


def test_poa_xl_is_installed_from_the_folder_and_works_without_internet(wheels: Path, tmp_path: Path) -> None:
    (tmp_path / "ruedas").symlink_to(wheels, target_is_directory=True)
    offline = environment(
        http_proxy=NOWHERE, https_proxy=NOWHERE, HTTP_PROXY=NOWHERE, HTTPS_PROXY=NOWHERE, ALL_PROXY=NOWHERE,
        PIP_INDEX_URL=NOWHERE, PIP_CONFIG_FILE=os.devnull, PIP_NO_CACHE_DIR="1", PIP_DISABLE_PIP_VERSION_CHECK="1",
    )  # fmt: skip
    _, install = blocks()
    assert sum("--no-index" in line for line in install) == 1
    said = [shell(line, tmp_path, offline) for line in install]
    assert said[-1].strip() == f"poa-xl, versión {poa_xl.__version__}"
    poa = "poa-xl/bin/poa-xl"
    where = shell("poa-xl/bin/python -c 'import poa_xl; print(poa_xl.__file__)'", tmp_path, offline)
    assert Path(where.strip()).is_relative_to(tmp_path)
    books.book(tmp_path / "DGRB.xlsx", "DGRB")  # which carries the catalogue of its entity
    assert "1 libro revisado: 0 errores y " in shell(f"{poa} validate DGRB.xlsx", tmp_path, offline)
    shell(f"{poa} init nueva", tmp_path, offline)
    assert (tmp_path / "nueva" / "entidad.xlsx").is_file()
    assert "Guía para la oficina de planificación" in shell(f"{poa} guide", tmp_path, offline)


def test_a_wheel_that_is_missing_is_named(wheels: Path, tmp_path: Path) -> None:
    """As the page says; so it is where the folder was made with another Python."""
    for path in wheels.glob("*.whl"):
        if not path.name.startswith("numpy-"):
            (tmp_path / path.name).symlink_to(path)
    order = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-index", "--find-links"]
    known = environment(PIP_CONFIG_FILE=os.devnull)
    done = subprocess.run([*order, tmp_path, "poa-xl"], env=known, capture_output=True, text=True, check=False)
    assert (done.returncode, "No matching distribution found for numpy" in done.stderr) == (1, True), done.stderr
    assert "No matching distribution found for" in PAGE


def test_whoever_has_only_the_wheel_fetches_the_same(wheels: Path, tmp_path: Path) -> None:
    """By the command of the page, in the versions that were tried: newer ones are not what this test is about."""
    (own,) = wheels.glob("poa_xl-*.whl")
    (tmp_path / own.name).write_bytes(own.read_bytes())
    ((fetch,), _) = blocks()
    shell(fetch, tmp_path, environment(PIP_CONSTRAINT=str(wheels / "versiones.txt")))
    assert {p.name for p in (tmp_path / "ruedas").iterdir()} == {p.name for p in wheels.glob("*.whl")}


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools" / "wheelhouse.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "give another folder" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_it_fails_and_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools" / "wheelhouse.py"), str(tmp_path / "ruedas")]
    known = environment(PIP_INDEX_URL=NOWHERE, PIP_RETRIES="0", PIP_CONFIG_FILE=os.devnull)
    done = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
    assert (done.returncode, "ERROR: " in done.stderr) == (1, True), done.stderr
    assert list(tmp_path.iterdir()) == []
