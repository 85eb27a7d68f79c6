"""Looks at an installation in this user's LibreOffice: what `poa-xl addin status libreoffice` tells."""

import os
import subprocess
from pathlib import Path

from poa_xl import __version__
from poa_xl.addins.libreoffice import client, command_file, installation
from poa_xl.addins.libreoffice.manifest import MINIMUM
from poa_xl.addins.status import Check
from poa_xl.errors import PoaError
from poa_xl.messages import addins

_SECONDS = 60


def status() -> list[Check]:
    """LibreOffice, the extension, and the command that the menu calls; the later ones only where they make sense."""
    try:
        found = installation.version()
    except PoaError:
        return [_wrong("programa", "libreoffice.no-esta", minima=MINIMUM), _command()]
    if not installation.is_new_enough(found):
        return [_wrong("programa", "libreoffice.viejo", version=found, minima=MINIMUM), _command()]
    return [_right("programa"), _extension(), _command()]


def _extension() -> Check:
    try:
        installed = installation.installed()
    except PoaError as error:
        return _wrong("complemento", "libreoffice.sin-lista", dijo=error)
    if installed is None:
        return _wrong("complemento", "libreoffice.sin-complemento")
    if installed != __version__:
        return _wrong("complemento", "libreoffice.otra-version", instalada=installed, version=__version__)
    return _right("complemento")


def _command() -> Check:
    """Whether the command that was noted is there and is a poa-xl of this version."""
    command = command_file.read()
    if command is None:
        return _wrong("orden", "libreoffice.sin-orden", nota=command_file.path())
    if not Path(command[0]).is_file():
        return _wrong("orden", "libreoffice.orden-perdida", programa=command[0])
    answer = _ask(command)
    if answer.rpartition(" ")[2] != __version__:
        return _wrong("orden", "libreoffice.otra-orden", programa=command[0], dijo=answer, version=__version__)
    return _right("orden")


def _ask(command: list[str]) -> str:
    """What a command says of its version, in one line; '' if it does not answer."""
    try:
        done = subprocess.run(  # noqa: S603 - the command that this person noted by installing
            [*command, "--version"], env=client.environment(), stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", errors="replace", timeout=_SECONDS, check=False, cwd=os.path.expanduser("~"),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return " ".join((done.stdout or done.stderr).split())


def _right(name: str) -> Check:
    return Check(addins.say(f"libreoffice.comprobado.{name}"), True, None, {})


def _wrong(name: str, key: str, **details: object) -> Check:
    return Check(addins.say(f"libreoffice.comprobado.{name}"), False, addins.CHECKS[key], details)
