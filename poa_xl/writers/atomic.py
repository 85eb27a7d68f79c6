"""A file appears whole under its name, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from poa_xl.errors import PoaError


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Yield a temporary path in the folder of `path`; afterwards it takes that name, or goes away on failure.

    PoaError where the file cannot be written: no permission, no room, or open in a spreadsheet program.
    """
    target = Path(path)
    temporary = target.with_name(f".{target.stem}-{os.getpid()}{target.suffix}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(target)
    except (OSError, FileCreateError) as error:
        _remove(temporary)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PoaError(
            f"No se pudo escribir {target}: {reason}. Si lo tiene abierto, ciérrelo; "
            "revise también que la carpeta exista y permita escribir."
        ) from error
    except BaseException:
        _remove(temporary)
        raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
