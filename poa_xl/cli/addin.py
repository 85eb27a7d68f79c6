"""The commands that put the worksheet functions into a spreadsheet program: addin build, install and the others.

Each program is a package of `poa_xl.addins` whose module `commands` does the work and returns what to print.
"""

import importlib
from pathlib import Path
from types import ModuleType

import click

from poa_xl.addins.status import Check
from poa_xl.cli import terminal
from poa_xl.messages import Severity

PROGRAMS = {
    "desktop": "poa_xl.addins.excel.commands",
    "libreoffice": "poa_xl.addins.libreoffice.commands",
    "web": "poa_xl.addins.web.commands",
}
INSTALLED = ("desktop", "libreoffice")  # those that are put into a program of this computer
_WRONG = "mal"


def build(programa: str, carpeta: str, direccion: str | None = None, pyodide: str | None = None) -> None:
    """Write the files of an add-in into a folder."""
    if programa == "web":
        terminal.say_lines(_commands(programa).build(Path(carpeta), direccion, Path(pyodide) if pyodide else None))
        return
    if direccion or pyodide:
        raise click.UsageError("--url y --pyodide son solo para web.")
    terminal.say_lines(_commands(programa).build(Path(carpeta)))


def install(programa: str) -> None:
    """Put the add-in into this user's program."""
    terminal.say_lines(_commands(programa).install())


def uninstall(programa: str) -> None:
    """Take the add-in out of this user's program."""
    terminal.say_lines(_commands(programa).uninstall())


def status(programa: str | None) -> int:
    """Print what is in place and what is wrong, of a program or of all; 1 where something keeps it from working."""
    code = 0
    for name in (programa,) if programa else INSTALLED:
        terminal.say(name)
        for check in _commands(name).status():
            terminal.say(f"  {_verdict(check):<5} {check.name}")
            for line in check.lines:
                terminal.say(f"        {line}")
            code = code or int(_verdict(check) == _WRONG)
    return code


def _verdict(check: Check) -> str:
    if check.message is None:
        return "bien"
    return _WRONG if check.message.severity == Severity.ERROR else "aviso"


def serve(puerto: int, certificado: str | None, clave: str | None) -> None:
    """Run the server flavour of the add-in for Excel on the web until interrupted."""
    commands = _commands("web")
    files = [Path(name) if name else None for name in (certificado, clave)]
    terminal.say_lines(commands.announce(puerto, *files))
    commands.serve(puerto, *files)


def _commands(programa: str) -> ModuleType:
    return importlib.import_module(PROGRAMS[programa])
