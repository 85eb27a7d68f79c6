"""Files below a campaign's folder: written whole and to the disk before the ledger names them, and never changed."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from poa_xl import atomic
from poa_xl.errors import PoaError
from poa_xl.messages import campaign as words

SUBMISSIONS = "entregas"
NOBODYS = "_sin-unidad"
RECEIPTS = "acuses"
RECEIPT_ENDS = (".txt", ".html")
COPIES = "observaciones"  # workbooks with errors, with their observations in place
_PARTIAL = ".recibiendo-"
_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".csv", ".zip", ".rar", ".7z", ".pdf")
_BOOK_SUFFIX = ".xlsx"
_OTHER_SUFFIX = ".bin"  # whatever a stranger calls it, it is not to be run by a double click
STORED_NAME = re.compile(r"^(?P<unidad>.+)-v(?P<version>\d{2,})-(?P<huella>[0-9a-f]{8})\.[a-z0-9]+$")


def sha256(content: bytes) -> str:
    """The fingerprint of some bytes."""
    return hashlib.sha256(content).hexdigest()


def sha256_of(path: Path) -> str:
    """The fingerprint of a stored file; '' where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def place_of(unidad: str, version: int, content_hash: str, name: str, *, is_book: bool = False) -> str:
    """Where a submission is kept, below the folder, with `/`. Nothing of a stranger's name but a known ending.

    `is_book`: it was read as a workbook, so that it is one whatever it is called.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in _SUFFIXES:
        suffix = _BOOK_SUFFIX if is_book else _OTHER_SUFFIX
    folder, stem = (unidad, unidad) if unidad else (NOBODYS, NOBODYS.strip("_"))
    return f"{SUBMISSIONS}/{folder}/{stem}-v{version:02}-{content_hash[:8]}{suffix}"


def write_partial(folder: Path, content: bytes, name: str) -> Path:
    """The bytes on the disk under a name that nothing takes for a submission. Only by who holds the write lock."""
    suffix = Path(name).suffix.lower()
    path = folder / SUBMISSIONS / f"{_PARTIAL}{os.getpid()}{suffix if suffix in _SUFFIXES else _OTHER_SUFFIX}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_through(path, content)
    except OSError as error:
        atomic.remove(path)
        raise PoaError(words.not_stored(name, error.strerror or str(error))) from error
    except BaseException:  # the command was told to end
        atomic.remove(path)
        raise
    return path


def settle(partial: Path, target: Path) -> None:
    """Give a stored file its name for good. Another content under that name is never replaced."""
    try:
        if partial == target:
            return
        if target.exists() and sha256_of(target) != sha256_of(partial):
            raise PoaError(words.PLACE_TAKEN.format(ruta=target))
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.replace(target)
        for folder in (target.parent, target.parent.parent):
            atomic.sync_folder(folder)
    except OSError as error:
        raise PoaError(words.not_stored(target.name, error.strerror or str(error))) from error


def partials(folder: Path) -> list[Path]:
    """Files that a program was storing when it was killed. True only while we hold the write lock."""
    return sorted((folder / SUBMISSIONS).glob(f"{_PARTIAL}*"))


def kept(folder: Path) -> Iterator[Path]:
    """Every file below the folder of submissions but the partial ones, sorted."""
    root = folder / SUBMISSIONS
    for place in sorted(root.rglob("*")) if root.is_dir() else ():
        if (place.is_file() or place.is_symlink()) and not place.name.startswith(_PARTIAL):
            yield place


def interrupted(path: Path) -> bool:
    """Whether a file that the ledger does not know was stored by us: its name says its own fingerprint."""
    named = STORED_NAME.match(path.name)
    return named is not None and not path.is_symlink() and sha256_of(path).startswith(named["huella"])
