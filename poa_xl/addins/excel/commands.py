"""What the commands `poa-xl addin … desktop` do; each returns what to print, `status` a list of checks."""

import os
from pathlib import Path

from poa_xl.addins.excel import diagnosis, installation, probes, xlam
from poa_xl.addins.status import Check
from poa_xl.messages import addins


def build(folder: Path) -> str:
    """Write the add-in and the trial workbook into a folder."""
    addin, trial = xlam.build(folder)
    return addins.say("excel.escrito", complemento=addin, prueba=trial)


def install(system: str = os.name) -> str:
    """Put the add-in in place for this user. PoaError where this is no Windows."""
    at = installation.places(system=system)
    installation.install(at)
    return addins.say("excel.instalado", complemento=at.addin, ajustes=at.settings)


def uninstall(system: str = os.name) -> str:
    """Take it away. PoaError where this is no Windows."""
    installation.uninstall(installation.places(system=system))
    return addins.say("excel.desinstalado")


def status(system: str = os.name, folder: Path | None = None) -> list[Check]:
    """What is in place and what is wrong, also with the workbooks (.xlsm) of the current folder."""
    if system != installation.WINDOWS:
        return diagnosis.not_windows()
    return diagnosis.checks(probes.look(installation.places(system=system), folder or Path.cwd()))
