"""Why a file is not read: a code of `messages.findings` with its details."""

import traceback
from pathlib import Path
from xml.parsers.expat import ExpatError

from poa_xl.guards.limits import Limits
from poa_xl.messages import limits as words

_MB = 1_000_000
_LONGEST_NAME = 100
_EXPAT_NO_MEMORY, _ZLIB_NO_MEMORY = 1, "Error -4 "  # XML_ERROR_NO_MEMORY, Z_MEM_ERROR


class RefusedError(Exception):
    """The file is not read. `code` and what else a finding needs; `sheet` and `cell` where there is a place."""

    def __init__(self, code: str, motivo: str = "", found: str = "", sheet: str = "", cell: str = "", **more: str):
        super().__init__(code, motivo, found, sheet, cell)
        self.code, self.found, self.sheet, self.cell = code, found, sheet, cell
        self.details = {"motivo": motivo, **more}


def damaged() -> RefusedError:
    """A part that cannot be read as what it should be."""
    return RefusedError("LIB-001", words.DAMAGED)


def broken(error: Exception) -> RefusedError:
    """What a library's failure on a part means. MemoryError where there was no memory for it."""
    if lacks_memory(error):
        raise MemoryError from error
    return damaged()


def lacks_memory(error: BaseException | None) -> bool:
    """Whether a failure is one of memory: in a library's own words, or one that failed further while cleaning up."""
    while error is not None:
        if isinstance(error, MemoryError) or str(error).startswith(_ZLIB_NO_MEMORY):
            return True
        if isinstance(error, ExpatError) and error.code == _EXPAT_NO_MEMORY:
            return True
        error = error.__cause__ or error.__context__
    return False


def odd_inside(reason: str, name: str = "") -> RefusedError:
    """What no spreadsheet program writes; `reason` is a name of `messages.limits.ODD`."""
    return RefusedError("LIB-011", words.ODD[reason].format(nombre=name[:_LONGEST_NAME]))


def ambiguous(reason: str, name: str = "") -> RefusedError:
    """What programs read in more ways than one; `reason` is a name of `messages.limits.TWO_WAYS`."""
    return RefusedError("LIB-015", words.TWO_WAYS[reason].format(nombre=name[-_LONGEST_NAME:]))


def unforeseen(kind: str, where: str) -> RefusedError:
    """An error of ours about one file, which must not stop the others: its type, and the function that it came from."""
    return RefusedError("LIB-016", words.UNFORESEEN.format(tipo=kind, donde=where))


def of_exception(error: BaseException) -> tuple[str, str]:
    """The type of an error, and the innermost function that it came from, such as `rows.read_table:31`."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).stem}.{frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__, where


def beyond(limit: str, limits: Limits, found: float, sheet: str = "") -> RefusedError:
    """More than a limit allows; `found` is what the file has, or asks for."""
    most = getattr(limits, limit)
    if limit.endswith("_mb"):
        found = found / _MB
    shown, allowed = words.amount(limit, found), words.amount(limit, most)
    return RefusedError("LIB-010", words.WHAT[limit], shown, sheet, columna=limit, esperado=allowed)
