"""What can be found out about Excel and Python on a computer, as plain data for `diagnosis`.

Never run on Windows yet: `_registry` (policies, through winreg) and `_zone` (the mark of a file that came from the
web, an alternate stream of NTFS). Where they do not exist, each gives None, which is no fault.
"""

import importlib
import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath
from typing import Any, NamedTuple

from pyopenvba import ExcelFile

from poa_xl.addins.excel import installation
from poa_xl.addins.excel.installation import INTERPRETER, Places
from poa_xl.messages import addins
from poa_xl.vba import EXTENSION, FUNCTIONS_MODULE, project

ASR_RULE = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"  # Defender: Office must not create child processes
_ASR_POLICY = r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_ASR_DEVICE_MANAGEMENT = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
_MACROS = r"Software\{}Microsoft\Office\16.0\Excel\Security"
_SECONDS = 60
# As the macros of workbooks call them, also of an earlier or later poa-xl.
_ASK = f"import xlwings, {FUNCTIONS_MODULE} as functions; print(xlwings.__version__, functions.POA_VERSION())"
_VERSION = re.compile(r'XLWINGS_VERSION As String = "([^"]+)"')


class Facts(NamedTuple):
    """What was found. Versions are '' where there is none, settings None where the computer does not say."""

    interpreter: str
    interpreter_exists: bool
    libraries: frozenset[str]  # xlwings' DLLs in the two folders where its module looks
    addin: str
    addin_version: str  # of xlwings' module inside the add-in
    xlwings_version: str  # as that interpreter says
    functions_version: str
    failure: str  # the last line of what that interpreter said instead
    from_the_web: tuple[str, ...]
    macro_setting: int | None  # VBAWarnings
    child_processes: int | None  # the state of Defender's rule


def look(at: Places, folder: Path) -> Facts:
    """Look at this user's installation, and at the workbooks with macros of a folder."""
    interpreter = installation.value(installation.read_settings(at.settings), INTERPRETER)
    exists = bool(interpreter) and Path(interpreter).is_file()
    xlwings_version, functions_version, failure = ask(interpreter) if exists else ("", "", "")
    return Facts(
        interpreter,
        exists,
        libraries(Path(interpreter)) if exists else frozenset(),
        str(at.addin),
        module_version(at.addin),
        xlwings_version,
        functions_version,
        failure,
        tuple(str(path) for path in (at.addin, *sorted(folder.glob(f"*{EXTENSION}"))) if from_the_web(_zone(path))),
        _macro_setting(),
        child_processes(
            _registry("HKEY_LOCAL_MACHINE", _ASR_POLICY, ASR_RULE),
            _registry("HKEY_LOCAL_MACHINE", _ASR_DEVICE_MANAGEMENT, "ASRRules"),
        ),
    )


def libraries(interpreter: Path) -> frozenset[str]:
    """xlwings' DLLs beside an interpreter and in the folder above, where an environment keeps them."""
    folders = (interpreter.parent, interpreter.parent.parent)
    return frozenset(path.name for folder in folders for path in folder.glob("xlwings*.dll"))


def module_version(addin: Path) -> str:
    """The version of xlwings whose module is in an add-in; '' where there is no add-in."""
    if not addin.is_file():
        return ""
    with ExcelFile(addin) as file:
        found = _VERSION.search(file.get_module(project.XLWINGS_MODULE))
    return found[1] if found else ""


def ask(interpreter: str) -> tuple[str, str, str]:
    """An interpreter's version of xlwings and of the functions, or the last line of what it said instead."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    try:
        # -B as Excel calls it; not in the current folder, whose files are none of its modules.
        done = subprocess.run(  # noqa: S603 - the interpreter that Excel would call
            [interpreter, "-B", "-c", _ASK],
            cwd=Path(interpreter).parent, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", "", str(error)
    if done.returncode:
        return (
            "",
            "",
            (done.stderr.strip().splitlines() or [addins.say("excel.sin-palabras", codigo=done.returncode)])[-1],
        )
    xlwings_version, functions_version = done.stdout.split()[-2:]
    return xlwings_version, functions_version, ""


def from_the_web(zone: str | None) -> bool:
    """Whether the mark that Windows puts on a file says that it came from the web or by mail."""
    found = re.search(r"^ZoneId=(\d+)", zone or "", re.MULTILINE)
    return found is not None and int(found[1]) >= 3


def child_processes(policy: object, device_management: object) -> int | None:
    """The state of Defender's rule: 1 blocks, 2 only notes, 6 warns, 0 is off; None where no policy names it."""
    if policy is not None:
        return int(str(policy))
    found = re.search(rf"{ASR_RULE}=(\d)", str(device_management or ""), re.IGNORECASE)
    return int(found[1]) if found else None


def _macro_setting() -> int | None:
    """What the policy says, or else what the user chose."""
    keys: Iterable[str] = (_MACROS.format("Policies\\"), _MACROS.format(""))
    found = (_registry("HKEY_CURRENT_USER", key, "VBAWarnings") for key in keys)
    return next((int(str(given)) for given in found if given is not None), None)


def _registry(hive: str, key: str, name: str) -> object:
    """A value of the registry; None where it is not there, or where there is no registry."""
    if os.name != installation.WINDOWS:
        return None
    winreg: Any = importlib.import_module("winreg")
    try:
        with winreg.OpenKey(getattr(winreg, hive), key) as opened:
            found: object = winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None
    return found


def _zone(path: Path) -> str | None:
    """The mark that Windows put on a file; None where it put none."""
    try:
        return Path(str(PureWindowsPath(path)) + ":Zone.Identifier").read_text(errors="replace")
    except (OSError, ValueError):
        return None
