"""What the commands `poa-xl addin … libreoffice` do; each returns what to print."""

from pathlib import Path

from poa_xl.addins.libreoffice import diagnosis, extension, installation
from poa_xl.addins.status import Check
from poa_xl.messages import addins


def build(folder: Path) -> str:
    """Write the extension into a folder."""
    return addins.say("libreoffice.escrito", archivo=extension.build(folder))


def install() -> str:
    """Add the extension to this user's LibreOffice, in place of one that is there."""
    installation.install()
    return addins.say("libreoffice.instalado")


def uninstall() -> str:
    """Take the extension out of this user's LibreOffice; nothing happens where it is not there."""
    return addins.say("libreoffice.retirado" if installation.uninstall() else "libreoffice.no-estaba")


def status() -> list[Check]:
    """What is in place and what is missing."""
    return diagnosis.status()
