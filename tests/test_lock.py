"""What `make test` and CI install is locked, version by version and byte by byte, and fits pyproject.toml."""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import lock
from tests.lock import Pin

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {"linux": ("posix", "Linux"), "win32": ("nt", "Windows"), "darwin": ("posix", "Darwin")}
COMPARED = {"xlsxwriter", "jinja2", "pyopenvba", "xlwings"}  # tests compare bytes that they write


def wanted() -> list[str]:
    """Everything that pyproject.toml asks for: to run, for the web, to develop, to build."""
    groups = PROJECT["dependency-groups"]
    of_groups = [one for group in groups.values() for one in group]
    return [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["web"],
        *of_groups,
        *PROJECT["build-system"]["requires"],
    ]


def environments() -> Iterator[dict[str, str]]:
    for python in PYTHONS:
        for platform, (name, system) in SYSTEMS.items():
            said = {"python_version": python, "python_full_version": f"{python}.9", "sys_platform": platform}
            yield {**default_environment(), **said, "os_name": name, "platform_system": system}  # type: ignore[dict-item]


def unfit(requirements: list[str], pins: list[Pin], environment: dict[str, str]) -> list[str]:
    """The requirements that the lock does not fulfil in an environment, or fulfils in two ways."""
    wrong = []
    for text in requirements:
        one = Requirement(text)
        if one.marker is not None and not one.marker.evaluate({**environment, "extra": ""}):
            continue
        found = [
            p
            for p in pins
            if canonicalize_name(p.requirement.name) == canonicalize_name(one.name) and p.holds(environment)
        ]
        if len(found) != 1 or not one.specifier.contains(found[0].version, prereleases=True):
            wrong.append(text)
    return wrong


@pytest.mark.parametrize(
    "environment", list(environments()), ids=lambda e: f"{e['python_version']}-{e['sys_platform']}"
)
def test_the_lock_fits_what_the_project_asks_for(environment: dict[str, str]) -> None:
    assert unfit(wanted(), lock.pins(), environment) == [], "run: make lock"


def test_a_lock_that_does_not_fit_is_found() -> None:
    environment = next(environments())
    for asked in ("click>=99", "nobody-has-this", "click>=8; python_version >= '3.11'"):
        assert bool(unfit([asked], lock.pins(), environment)) == (not asked.startswith("click>=8"))
    doubled = [*lock.pins(), next(p for p in lock.pins() if p.requirement.name == "click")]
    assert unfit(["click"], doubled, environment) == ["click"]


def test_every_package_has_one_version_and_its_hashes() -> None:
    pins = lock.pins()
    assert len(pins) > 80
    assert [p.requirement.name for p in pins if not p.hashes or not p.version] == []
    text = lock.LOCK.read_text(encoding="utf-8")
    assert len(re.findall("--hash", text)) == sum(len(p.hashes) for p in pins)
    assert not re.search(r"://|^-|^\s+-(?!-hash=sha256)", text, re.MULTILINE), "no place of anybody's, no option"


def test_what_the_lock_says_is_installed_and_fits_together() -> None:
    """In the environment that runs this; a person may have put more into it."""
    here = [p for p in lock.pins() if p.holds(default_environment())]  # type: ignore[arg-type]
    assert [p.requirement for p in here if importlib.metadata.version(p.requirement.name) != p.version] == []
    check = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    assert check.returncode == 0, check.stdout


def test_what_writes_bytes_that_are_compared_has_an_upper_bound() -> None:
    bounded: dict[str, bool] = {}
    for text in PROJECT["project"]["dependencies"]:
        one = Requirement(text)
        bounded[canonicalize_name(one.name)] = any(s.operator in ("<", "<=", "==", "~=") for s in one.specifier)
    assert {name for name in COMPARED if not bounded[name]} == set()


def test_the_environment_takes_nothing_but_what_the_lock_names() -> None:
    script = (ROOT / "tools/environment.sh").read_text(encoding="utf-8")
    installs = re.findall(r"pip install((?:.|\\\n)*?)\n(?!\s)", script)
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--requirement requirements.lock" in installs[0]
    assert "--no-deps --no-build-isolation --editable ." in installs[1]
