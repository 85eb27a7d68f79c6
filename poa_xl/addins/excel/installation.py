"""Putting the add-in and xlwings' settings in place for one Windows user; nothing outside the user's profile.

xlwings' module looks for Python in the user's file `.xlwings/xlwings.conf`: lines of two quoted texts in the code page
of Windows, which VBA reads with `Input #`. Lines of others stay as they are.
"""

import csv
import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from poa_xl.addins.excel import xlam
from poa_xl.errors import PoaError
from poa_xl.messages import addins
from poa_xl.names import ADDIN_FILE

WINDOWS = "nt"
INTERPRETER = "INTERPRETER_WIN"
_BEFORE = "POA_XL_INTERPRETER_WIN_ANTERIOR"  # what stood there before us, to be put back
_CODE_PAGE = "mbcs" if os.name == WINDOWS else "cp1252"
Settings = list[tuple[str, str]]


class Places(NamedTuple):
    """Where things lie for a user: xlwings' settings, and the add-in that Excel loads at its start."""

    settings: Path
    addin: Path


def places(environment: Mapping[str, str] = os.environ, system: str = os.name) -> Places:
    """The places of this user. PoaError where this is no Windows."""
    if system != WINDOWS:
        raise PoaError(addins.say("excel.no-windows"))
    home, roaming = environment.get("USERPROFILE"), environment.get("APPDATA")
    if not home or not roaming:
        raise PoaError(addins.say("excel.sin-perfil"))
    start = Path(roaming) / "Microsoft" / "Excel" / "XLSTART"
    return Places(Path(home) / ".xlwings" / "xlwings.conf", start / ADDIN_FILE)


def install(at: Places, interpreter: str = sys.executable) -> None:
    """Note this Python for xlwings and write the add-in; once more changes nothing."""
    settings = read_settings(at.settings)
    present = value(settings, INTERPRETER)
    if present != interpreter:
        settings = _without(settings, INTERPRETER)
        if present and not value(settings, _BEFORE):
            settings.append((_BEFORE, present))
        _write_settings(at.settings, [*settings, (INTERPRETER, interpreter)])
    try:
        xlam.install(at.addin)
    except PermissionError as error:
        raise PoaError(addins.say("excel.abierto", archivo=at.addin)) from error


def uninstall(at: Places) -> None:
    """Take the add-in away and put the settings back as they were; once more changes nothing."""
    try:
        at.addin.unlink(missing_ok=True)
    except PermissionError as error:
        raise PoaError(addins.say("excel.abierto", archivo=at.addin)) from error
    settings = read_settings(at.settings)
    if not settings:
        return
    before = value(settings, _BEFORE)
    kept = _without(settings, INTERPRETER, _BEFORE)
    if before:
        kept.append((INTERPRETER, before))
    if kept:
        _write_settings(at.settings, kept)
        return
    at.settings.unlink()
    if not any(at.settings.parent.iterdir()):
        at.settings.parent.rmdir()


def read_settings(path: Path) -> Settings:
    """The settings of the user's file, in order; none where there is no file."""
    if not path.exists():
        return []
    rows = csv.reader(io.StringIO(path.read_text(encoding=_CODE_PAGE, errors="replace")))
    return [(row[0], row[1]) for row in rows if len(row) > 1]


def value(settings: Settings, name: str) -> str:
    """A setting's value; '' where it is not there. Capitals do not matter, the first one counts."""
    return next((given for key, given in settings if key.casefold() == name.casefold()), "")


def _without(settings: Settings, *names: str) -> Settings:
    gone = {name.casefold() for name in names}
    return [(key, given) for key, given in settings if key.casefold() not in gone]


def _write_settings(path: Path, settings: Settings) -> None:
    text = "".join(f'"{key}","{given}"\r\n' for key, given in settings)
    try:
        content = text.encode(_CODE_PAGE)
    except UnicodeEncodeError as error:
        raise PoaError(addins.say("excel.ruta-con-letras", ruta=value(settings, INTERPRETER))) from error
    path.parent.mkdir(parents=True, exist_ok=True)
    xlam.put(path, content)
