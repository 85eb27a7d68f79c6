"""Putting the extension into the user's LibreOffice with `unopkg`, LibreOffice's own tool, and taking it out."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from poa_xl import office_programs
from poa_xl.addins.libreoffice import command_file, extension
from poa_xl.addins.libreoffice.manifest import IDENTIFIER, MINIMUM
from poa_xl.errors import PoaError
from poa_xl.messages import addins
from poa_xl.office_programs import SOFFICE, UNOPKG, said

_SECONDS = 120
_VERSION = re.compile(r"\bLibreOffice\D* (\d+)\.(\d+)\S*")
_INSTALLED = re.compile(rf"^Identifier: {re.escape(IDENTIFIER)}\s+Version: (\S+)", re.MULTILINE)


def install() -> None:
    """Add the extension for this user, in place of one that is there, and note the command that the menu calls."""
    found = version()
    if not is_new_enough(found):
        raise PoaError(addins.say("libreoffice.viejo", version=found, minima=MINIMUM))
    with tempfile.TemporaryDirectory() as folder:
        done = _run(command(extension.build(Path(folder))), folder)
    if done.returncode:
        raise PoaError(addins.say("libreoffice.rechazo", minima=MINIMUM, dijo=said(done)))
    command_file.write(own_command())


def uninstall() -> bool:
    """Take the extension and the note away; False if there was no extension."""
    if installed() is None:
        command_file.remove()
        return False
    done = _run([str(tool(UNOPKG)), "remove", IDENTIFIER])
    if done.returncode:
        raise PoaError(addins.say("libreoffice.sin-quitar", dijo=said(done)))
    command_file.remove()
    return True


def command(oxt: Path) -> list[str]:
    """How unopkg adds the extension, without questions."""
    return [str(tool(UNOPKG)), "add", "--force", "--suppress-license", str(oxt)]


def own_command() -> list[str]:
    """How another program calls this poa-xl."""
    return [sys.executable, "-P", "-m", "poa_xl.cli"]  # -P: files of the current folder are none of its modules


def installed() -> str | None:
    """The version of the extension that this user has; None without it."""
    done = _run([str(tool(UNOPKG)), "list"])
    if done.returncode:
        raise PoaError(addins.say("libreoffice.sin-lista", dijo=said(done)))
    listed = _INSTALLED.search(done.stdout)
    return listed[1] if listed else None


def version() -> str:
    """The version of LibreOffice, such as 25.2.3.2."""
    done = _run([str(tool(SOFFICE)), "--version"])
    found = _VERSION.search(done.stdout)
    if not found:
        raise PoaError(addins.say("libreoffice.sin-version", dijo=said(done)))
    return found[0].split()[-1]


def is_new_enough(found: str) -> bool:
    """Whether a version of LibreOffice keeps the functions' bare names."""
    return _numbers(found) >= _numbers(MINIMUM)


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")[:2]]


def _run(arguments: list[str], folder: str | None = None) -> subprocess.CompletedProcess[str]:
    try:
        return office_programs.run(arguments, folder, _SECONDS)
    except subprocess.TimeoutExpired as error:
        raise PoaError(addins.say("libreoffice.lento", segundos=_SECONDS)) from error


def tool(names: tuple[str, ...]) -> Path:
    """A program of LibreOffice. PoaError where there is none."""
    found = office_programs.find(names)
    if found is None:
        raise PoaError(addins.say("libreoffice.falta", minima=MINIMUM))
    return found
