"""What the menu POA offers. Carried by the extension: its menu and what carries the orders out read the same list."""

from typing import Dict  # noqa: UP035 - the Pythons of LibreOffice are older

PROTOCOL = "org.poaxl:"
VALIDATE = "validar"
ORDERS: Dict[str, str] = {VALIDATE: "libreoffice.validar"}  # noqa: UP006 - order of the URL -> the words of the menu
