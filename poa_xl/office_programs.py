"""The programs of LibreOffice on this computer: where they lie, and running one of them without questions."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

# On Windows the .com waits and answers; the .exe does not.
UNOPKG, SOFFICE = ("unopkg.com", "unopkg"), ("soffice.com", "soffice", "libreoffice")


def find(names: Sequence[str]) -> Path | None:
    """A program of LibreOffice: on the path, beside soffice, or where LibreOffice is usually installed."""
    for name in names:
        for folder in (None, *_folders()):
            found = shutil.which(name, path=None if folder is None else str(folder))
            if found:
                return Path(found)
    return None


def run(
    arguments: Sequence[str | Path], folder: str | Path | None = None, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run one to its end; TimeoutExpired where it takes longer."""
    return subprocess.run(  # noqa: S603 - LibreOffice's own tools
        list(map(str, arguments)), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        errors="replace", timeout=seconds, check=False,
    )  # fmt: skip


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What a program said, in one line."""
    return " ".join((done.stderr or done.stdout).split())


def _folders() -> list[Path]:
    folders = [Path("/Applications/LibreOffice.app/Contents/MacOS")]
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice:
        folders.insert(0, Path(soffice).resolve().parent)
    windows = (os.environ.get(variable) for variable in ("ProgramFiles", "ProgramW6432"))
    return folders + [Path(programs) / "LibreOffice" / "program" for programs in windows if programs]
