"""What the commands `poa-xl addin … desktop` do; each returns what to print, `status` a list of checks."""

import os
from pathlib import Path

from poa_xl.hosts.checks import Check
from poa_xl.hosts.excel import building, diagnosis, installing, probes
from poa_xl.messages import hosts


def build(folder: Path) -> str:
    """Write the add-in and the trial workbook into a folder."""
    addin, trial = building.build(folder)
    return hosts.say("excel.escrito", complemento=addin, prueba=trial)


def install(system: str = os.name) -> str:
    """Put the add-in in place for this user. PoaError where this is no Windows."""
    at = installing.places(system=system)
    installing.install(at)
    return hosts.say("excel.instalado", complemento=at.addin, ajustes=at.settings)


def uninstall(system: str = os.name) -> str:
    """Take it away. PoaError where this is no Windows."""
    installing.uninstall(installing.places(system=system))
    return hosts.say("excel.desinstalado")


def status(system: str = os.name, folder: Path | None = None) -> list[Check]:
    """What is in place and what is wrong, also with the workbooks (.xlsm) of the current folder."""
    if system != installing.WINDOWS:
        return diagnosis.not_windows()
    return diagnosis.checks(probes.look(installing.places(system=system), folder or Path.cwd()))
