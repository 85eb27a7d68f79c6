"""What is said of files that are written."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Tuple

NOT_WRITTEN = (
    "No se pudo escribir {ruta}: {motivo}. Si lo tiene abierto, ciérrelo; revise también que la carpeta exista y "
    "permita escribir."
)
OPEN = "{ruta} está abierto en otro programa"
_OPEN_BY = "{ruta} está abierto{por} (lo dice {aviso}; si nadie lo tiene abierto, borre ese archivo)"
WRITTEN_MEANWHILE = "otro programa escribió {ruta} mientras tanto"
SECOND_NAME = "{porque}; no se reemplazó. Lo nuevo está en {ruta}"

NOT_OURS = "{ruta} ya existe y no es un {que}; no se reemplaza. Elija otro nombre."
SAVED_SINCE = (
    "{ruta} ya existe y alguien lo guardó después de que poa-xl lo escribió: puede tener anotaciones. Elija otro "
    "nombre, o reemplácelo con --force."
)
LATER_PERIOD = (
    "{ruta} ya existe y es de un periodo posterior ({hay}); no se reemplaza con el de {nuevo}. Elija otro nombre, o "
    "reemplácelo con --force."
)
LATER_PROGRAM = (
    "{ruta} ya existe y lo escribió una versión más nueva de poa-xl ({hay}). Actualice poa-xl, elija otro nombre, o "
    "reemplácelo con --force."
)


def period(gestion_and_quarter: Tuple[int, int]) -> str:
    """`2T de 2024`."""
    gestion, quarter = gestion_and_quarter
    return f"{quarter}T de {gestion}"


def open_by(path: object, who: str, lock: object) -> str:
    """That somebody has a file open, and how it is known."""
    name = getattr(lock, "name", lock)
    return _OPEN_BY.format(ruta=path, por=f" por {who}" if who else "", aviso=name)
