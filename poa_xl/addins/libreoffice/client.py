"""Asks the installed poa-xl what is wrong with a workbook, from a Python that has nothing but its standard library.

Carried by the extension: the menu runs it inside LibreOffice.
"""
# ruff: noqa: UP006, UP035 - the Pythons of LibreOffice are older

import json
import os
import subprocess
import time
from pathlib import Path
from typing import IO, Callable, Dict, List, NamedTuple

from poa_xl.addins.libreoffice import command_file
from poa_xl.messages import addins
from poa_xl.observations import Observation

SECONDS = 180
_STEP = 0.2  # seconds between two signs of life in the window, while the command is at work
_CHECKED, _NO_ENTITY = (0, 1), 2  # exit codes: accepted or with errors in the data; nothing to check it against
_NO_WINDOW = 0x08000000  # Windows: no black window


class Failed(Exception):  # noqa: N818 - not an error of the program: the text is for the person
    """The workbook could not be checked; the text says in Spanish why and what to do."""


class Checked(NamedTuple):
    """What poa-xl found."""

    errors: int
    avisos: int
    observations: List[Observation]


def command() -> List[str]:
    """The command noted at installation. Failed where there is none, or its program is gone."""
    noted = command_file.read()
    if noted is None:
        raise Failed(addins.say("libreoffice.sin-poa-xl"))
    if not Path(noted[0]).is_file():
        raise Failed(addins.say("libreoffice.poa-xl-movido", programa=noted[0]))
    return noted


def check(noted: List[str], copy: Path, waiting: Callable[[], None], seconds: float = SECONDS) -> Checked:
    """Run `poa-xl validate` on a copy of the workbook; `waiting` is called again and again meanwhile."""
    said = copy.parent / "salida"
    complaint = copy.parent / "errores"
    with said.open("wb") as out, complaint.open("wb") as err:
        code = _run([*noted, "validate", "--format", "json", str(copy)], out, err, copy.parent, waiting, seconds)
    if code in _CHECKED:
        try:
            return _read(said.read_text(encoding="utf-8"))
        except (ValueError, KeyError, TypeError):
            complaint = said  # not an answer of poa-xl
    if code == _NO_ENTITY:
        raise Failed(addins.say("macros.sin-catalogo"))
    words = " ".join(complaint.read_text(encoding="utf-8", errors="replace").split())
    raise Failed(addins.say("libreoffice.poa-xl-fallo", dijo=words[-500:] or code))


def _run(
    arguments: List[str], out: IO[bytes], err: IO[bytes], folder: Path, waiting: Callable[[], None], seconds: float
) -> int:
    try:
        process = subprocess.Popen(  # noqa: S603 - the command that this person noted by installing
            arguments, cwd=str(folder), env=environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            creationflags=_NO_WINDOW if os.name == "nt" else 0,
        )  # fmt: skip
    except OSError as error:
        raise Failed(addins.say("libreoffice.poa-xl-movido", programa=arguments[0])) from error
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            return process.wait(_STEP)
        except subprocess.TimeoutExpired:
            waiting()
    process.kill()
    process.wait()
    raise Failed(addins.say("libreoffice.poa-xl-lento", segundos=round(seconds)))


def environment() -> Dict[str, str]:
    """The environment without what LibreOffice sets for its own Python, which would break another one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONUTF8": "1", "NO_COLOR": "1"}


def _read(text: str) -> Checked:
    answer = json.loads(text)
    found = [
        Observation(f["hoja"], f["celda"], f["severidad"], f["codigo"], f["mensaje"], f["accion"], f.get("fila", ""))
        for f in answer["observaciones"]
    ]
    return Checked(answer["resumen"]["errores"], answer["resumen"]["avisos"], found)
