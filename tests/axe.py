"""axe-core (MPL-2.0), which looks for what keeps people out of a page: fetched with npm, of one known content."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VERSION = "4.14.1"
_SHA512 = (
    "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b73"
    "4f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5"
)
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SECONDS = 120


class AxeMissingError(RuntimeError):
    """It could not be fetched."""


def source() -> str:
    """Its program."""
    beside = str(Path(sys.executable).parent)
    npm = shutil.which("npm", path=os.pathsep.join((os.environ.get("PATH", os.defpath), beside)))
    if npm is None:
        raise AxeMissingError("there is no npm")
    with tempfile.TemporaryDirectory() as folder:
        order = [npm, "pack", f"axe-core@{VERSION}", "--prefer-offline", "--fetch-retries=1", "--loglevel=error"]
        done = subprocess.run(
            order, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        archive = Path(folder) / f"axe-core-{VERSION}.tgz"
        if done.returncode or not archive.is_file():
            raise AxeMissingError(f"npm did not bring it: {' '.join(done.stderr.split())[:300]}")
        assert hashlib.sha512(archive.read_bytes()).hexdigest() == _SHA512, "another axe-core than the known one"
        with tarfile.open(archive) as packed:
            program = packed.extractfile("package/axe.min.js")
            assert program
            return program.read().decode()


def violations(page: Page, program: str, fewest: int = 30) -> list[str]:
    """What is wrong with a page, a line each: the rule, how many places, the first of them.

    More than `fewest` rules must have found something to look at; before a modal window the rest of a page is not there.
    """
    page.evaluate(program)
    found: Any = page.evaluate("tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", _RULES)
    assert len(found["passes"]) > fewest, "it looked at next to nothing"
    return [f"{v['id']} ({len(v['nodes'])}): {v['nodes'][0]['failureSummary']}" for v in found["violations"]]
