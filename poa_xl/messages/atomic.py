"""What is said of files that are written."""
# ruff: noqa: UP006, UP035, UP045 - the Pythons of the spreadsheet programs are older

import errno
from typing import Dict, Optional, Tuple

NOT_WRITTEN = (
    "No se pudo escribir {ruta}: {motivo}. Si lo tiene abierto, ciérrelo; revise también que la carpeta exista y "
    "permita escribir."
)
_REASONS: Dict[int, str] = {
    errno.EACCES: "no hay permiso",
    errno.EPERM: "no hay permiso",
    errno.EROFS: "el disco es de solo lectura",
    errno.ENOSPC: "no hay espacio en el disco",
    errno.EDQUOT: "no hay espacio en el disco",
    errno.EFBIG: "no hay espacio en el disco",
    errno.ENOENT: "la carpeta o el archivo no existe",
    errno.EEXIST: "ya hay algo con ese nombre",
    errno.ENOTDIR: "lo que debía ser una carpeta es un archivo",
    errno.EISDIR: "es una carpeta",
    errno.ENAMETOOLONG: "el nombre es demasiado largo",
}
OPEN = "{ruta} está abierto en otro programa"
_OPEN_BY = "{ruta} está abierto{por} (lo dice {aviso}; si nadie lo tiene abierto, borre ese archivo)"
WRITTEN_MEANWHILE = "otro programa escribió {ruta} mientras tanto"
SECOND_NAME = "{porque}; no se reemplazó. Lo nuevo está en {ruta}"

NOT_A_MOMENT = "«{texto}» no es un día con su hora, como 2024-07-09 18:30 o 09/07/2024 18:30."
NOT_REGULAR = "«{ruta}» no es un archivo común"
NOT_OURS = "{ruta} ya existe y no es un {que}; no se reemplaza. Elija otro nombre."
LINK = "{ruta} es un enlace a otro lugar; no se escribe a través de enlaces. Dé el nombre del archivo mismo."
READ_ONLY = "{ruta} está marcado como de solo lectura; no se reemplaza. Elija otro nombre."
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


def reason(number: Optional[int], said: Optional[str]) -> str:
    """Why the system did not do it; in its own words where there are none here."""
    return _REASONS.get(number or 0) or said or "el sistema no dice por qué"


def period(gestion_and_quarter: Tuple[int, int]) -> str:
    """`2T de 2024`."""
    gestion, quarter = gestion_and_quarter
    return f"{quarter}T de {gestion}"


def open_by(path: object, who: str, lock: object) -> str:
    """That somebody has a file open, and how it is known."""
    name = getattr(lock, "name", lock)
    return _OPEN_BY.format(ruta=path, por=f" por {who}" if who else "", aviso=name)
