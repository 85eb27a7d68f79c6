"""The note that tells the menu inside LibreOffice which command checks a workbook.

It lies in the user's own folder of settings, outside LibreOffice's profile and outside the extension: both programs
find it by the same rule, and it stays when either is updated. Carried by the extension.
"""
# ruff: noqa: UP006, UP035, UP045 - the Pythons of LibreOffice are older

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import List, Optional

FILE = "libreoffice.json"
_COMMAND = "orden"


def path() -> Path:
    """Where the note lies for this user."""
    if os.name == "nt":
        base = os.environ.get("APPDATA") or str(Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "poa-xl" / FILE


def write(command: List[str]) -> None:
    """Note the command; the file appears whole or not at all."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{FILE}.{os.getpid()}")
    try:
        unfinished.write_text(json.dumps({_COMMAND: command}, ensure_ascii=False) + "\n", encoding="utf-8")
        unfinished.replace(target)
    finally:
        if unfinished.exists():
            unfinished.unlink()


def read() -> Optional[List[str]]:
    """The command that was noted; None where there is no note, or none that can be understood."""
    try:
        command = json.loads(path().read_text(encoding="utf-8"))[_COMMAND]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    understood = isinstance(command, list) and command and all(isinstance(part, str) for part in command)
    return command if understood else None


def remove() -> None:
    """Take the note away, and its folder if nothing else is in it."""
    target = path()
    if target.exists():
        target.unlink()
    with suppress(OSError):  # something else is in it, or it is not there
        target.parent.rmdir()
