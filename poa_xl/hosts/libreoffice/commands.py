"""What the commands `poa-xl addin … libreoffice` do; each returns what to print."""

from pathlib import Path

from poa_xl.hosts.checks import Check
from poa_xl.hosts.libreoffice import building, checking, installing
from poa_xl.messages import hosts


def build(folder: Path) -> str:
    """Write the extension into a folder."""
    return hosts.say("libreoffice.escrito", archivo=building.build(folder))


def install() -> str:
    """Add the extension to this user's LibreOffice, in place of one that is there."""
    installing.install()
    return hosts.say("libreoffice.instalado")


def uninstall() -> str:
    """Take the extension out of this user's LibreOffice; nothing happens where it is not there."""
    return hosts.say("libreoffice.retirado" if installing.uninstall() else "libreoffice.no-estaba")


def status() -> list[Check]:
    """What is in place and what is missing."""
    return checking.status()
