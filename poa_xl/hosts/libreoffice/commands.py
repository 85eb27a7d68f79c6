"""What the commands `poa-xl addin … libreoffice` do; each returns what to print."""

from pathlib import Path

from poa_xl.hosts import libreoffice
from poa_xl.hosts.libreoffice import installing
from poa_xl.messages import hosts


def build(folder: Path) -> str:
    """Write the extension into a folder."""
    return hosts.say("libreoffice.escrito", archivo=libreoffice.build(folder))


def install() -> str:
    """Add the extension to this user's LibreOffice."""
    installing.install()
    return hosts.say("libreoffice.instalado")
