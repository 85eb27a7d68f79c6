"""The commands that put the worksheet functions into a spreadsheet program: addin build, install and the others.

Each program is a package of `poa_xl.hosts` whose module `commands` does the work and returns what to print.
"""

import importlib
from pathlib import Path
from types import ModuleType

import click

PROGRAMS = {"libreoffice": "poa_xl.hosts.libreoffice.commands"}


def build(programa: str, carpeta: str) -> None:
    """Write the files of an add-in into a folder."""
    click.echo(_commands(programa).build(Path(carpeta)))


def install(programa: str) -> None:
    """Put the add-in into this user's program."""
    click.echo(_commands(programa).install())


def _commands(programa: str) -> ModuleType:
    return importlib.import_module(PROGRAMS[programa])
