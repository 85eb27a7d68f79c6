"""Putting the extension into the user's LibreOffice with `unopkg`, LibreOffice's own tool."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from poa_xl.errors import PoaError
from poa_xl.hosts import libreoffice
from poa_xl.hosts.libreoffice.parts import MINIMUM
from poa_xl.messages import hosts

_NAMES = ("unopkg.com", "unopkg")  # on Windows the .com waits and answers; the .exe does not
_SECONDS = 120


def install() -> None:
    """Build the extension and add it for this user; one that is there already is replaced."""
    with tempfile.TemporaryDirectory() as folder:
        _run(command(libreoffice.build(Path(folder))), folder)


def command(oxt: Path) -> list[str]:
    """How unopkg adds the extension, without questions."""
    return [str(_unopkg()), "add", "--force", "--suppress-license", str(oxt)]


def _run(arguments: list[str], folder: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - LibreOffice's own tool, on a file of ours
            arguments, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise PoaError(hosts.say("libreoffice.lento", segundos=_SECONDS)) from error
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())
        raise PoaError(hosts.say("libreoffice.rechazo", minima=MINIMUM, dijo=said))


def _unopkg() -> Path:
    """LibreOffice's tool for extensions: on the path, beside soffice, or where LibreOffice is usually installed."""
    for name in _NAMES:
        for folder in (None, *_folders()):
            found = shutil.which(name, path=None if folder is None else str(folder))
            if found:
                return Path(found)
    raise PoaError(hosts.say("libreoffice.falta", minima=MINIMUM))


def _folders() -> list[Path]:
    folders = [Path("/Applications/LibreOffice.app/Contents/MacOS")]
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice:
        folders.insert(0, Path(soffice).resolve().parent)
    windows = (os.environ.get(variable) for variable in ("ProgramFiles", "ProgramW6432"))
    return folders + [Path(programs) / "LibreOffice" / "program" for programs in windows if programs]
