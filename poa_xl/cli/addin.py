"""The commands that put the worksheet functions into a spreadsheet program: addin build and addin install."""

from pathlib import Path

import click


def build_libreoffice(carpeta: str) -> None:
    """Write the LibreOffice extension."""
    from poa_xl.hosts import libreoffice

    written = libreoffice.build(Path(carpeta))
    click.echo(f"Se escribió {written}. Para instalarlo, ábralo con LibreOffice y acepte.")


def install_libreoffice() -> None:
    """Add the extension to this user's LibreOffice."""
    from poa_xl.hosts.libreoffice import installing

    installing.install()
    click.echo("Se instaló el complemento. Para probarlo, escriba =POA_VERSION() en una celda.")
