"""What the buttons, menus and installers of the spreadsheet programs say, in Spanish.

`TEXTS` are sentences, `CHECKS` what `poa-xl addin status` can find wrong in an installation and what to ask for.
"""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict

from poa_xl.messages.kinds import Message

TEXTS: Dict[str, str] = {
    "libreoffice.lento": "LibreOffice no respondió en {segundos} segundos. Ciérrelo y pruebe de nuevo.",
    "libreoffice.rechazo": (
        "LibreOffice no aceptó el complemento. Cierre LibreOffice, revise que sea la versión {minima} o una más nueva, "
        "y pruebe de nuevo. LibreOffice dijo: {dijo}"
    ),
    "libreoffice.falta": (
        "No se encontró LibreOffice en esta computadora. Instale LibreOffice {minima} o una más nueva."
    ),
    "libreoffice.escrito": "Se escribió {archivo}. Para instalarlo, ábralo con LibreOffice y acepte.",
    "libreoffice.instalado": "Se instaló el complemento. Para probarlo, escriba =POA_VERSION() en una celda.",
}

CHECKS: Dict[str, Message] = {}


def say(key: str, **details: object) -> str:
    """A sentence of `TEXTS` with its details. KeyError where there is no such sentence or detail."""
    return TEXTS[key].format(**details)
