"""What is written out appears whole under its name or not at all, and is on the disk before it has that name.

Whatever happens, a kill, a full disk or a power cut, the name holds the old file or the new one.
"""

import glob
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from poa_xl import locks
from poa_xl.errors import PoaError
from poa_xl.messages import atomic as words

_PREFIX = ".poa-xl-"
_FORGOTTEN = 3600  # seconds: nothing of ours takes that long to write, so whoever began it was killed

_LONGEST_NAME = 200  # bytes; with our prefix it must stay below what a folder takes

Mark = tuple[int, int] | None  # when it was written and how large it is: None where there is no file


class FolderTakenError(Exception):
    """Something has the name that a new folder was to take."""


@dataclass
class Landing:
    """A file on its way: it is written at `temporary`; afterwards it stands at `landed`, `why` not at its own name."""

    temporary: Path
    landed: Path
    why: str = ""


@contextmanager
def replacing(path: Path | str) -> Iterator[Path]:
    """Yield a temporary path in the folder of `path`; afterwards it takes that name, or goes away on failure.

    PoaError where the file cannot be written: no permission, no room, or open in a spreadsheet program.
    """
    with _written(Path(path), os.replace) as temporary:
        yield temporary


@contextmanager
def landing(path: Path | str, seen: Mark) -> Iterator[Landing]:
    """As `replacing`; but what a person has open, or is not as `seen` any more, stays, and ours takes a second name.

    `seen` is the `mark` of the file from before whatever is written was read.
    """
    target = Path(path)
    placed = Landing(target, target)

    def place(temporary: Path, _: Path) -> None:
        placed.why = _hindrance(target, seen)
        if not placed.why:
            try:
                temporary.replace(target)
                return
            except PermissionError:  # Windows: a program holds it open and has left no word of who it is
                if not target.is_file():
                    raise
                placed.why = words.OPEN.format(ruta=target)
        placed.landed = _second_name(temporary, target)

    with _written(target, place) as temporary:
        placed.temporary = temporary
        yield placed


class TakenError(Exception):
    """Another file has the name already."""


@contextmanager
def creating(path: Path | str) -> Iterator[Path]:
    """As `replacing`; but a file that has the name by then stays, whoever wrote it: TakenError."""
    with _written(Path(path), _place_new) as temporary:
        yield temporary


def _place_new(temporary: Path, target: Path) -> None:
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise TakenError from error
    except OSError:  # a disk without links, as those of cameras: the name is ours before the content is
        try:
            target.touch(exist_ok=False)
        except FileExistsError as error:
            raise TakenError from error
        temporary.replace(target)
        return
    remove(temporary)


def mark(path: Path) -> Mark:
    """What tells a file from another of the same name."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _hindrance(target: Path, seen: Mark) -> str:
    """Why the file at that name must stay, in words; '' where it need not."""
    now = mark(target)
    if now is None:
        return ""
    if now != seen:
        return words.WRITTEN_MEANWHILE.format(ruta=target)
    held = locks.held(target)
    return words.open_by(target, held.who, held.lock) if held else ""


def _second_name(temporary: Path, target: Path) -> Path:
    """Give it the first free name of `x (2).xlsx`, `x (3).xlsx` …, and never that of another file."""
    number = 2
    while True:
        other = target.with_stem(f"{target.stem} ({number})")
        try:
            other.touch(exist_ok=False)
        except FileExistsError:
            number += 1
            continue
        try:
            temporary.replace(other)
        except BaseException:
            remove(other)
            raise
        return other


@contextmanager
def _written(target: Path, place: Callable[[Path, Path], None]) -> Iterator[Path]:
    temporary = target.with_name(f"{_PREFIX}{os.getpid()}-{_short(target.name)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(target)
        yield temporary
        _to_disk(temporary)
        place(temporary, target)
        sync_folder(target.parent)
    except PoaError:
        remove(temporary)
        raise
    except Exception as error:
        remove(temporary)
        if not _is_of_writing(error):
            raise
        raise PoaError(words.NOT_WRITTEN.format(ruta=target, motivo=_reason(error))) from error
    except BaseException:
        remove(temporary)
        raise


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside `target`; afterwards it takes that name, or goes away with all in it on failure.

    FolderTakenError where something has that name by then, but an empty folder. What is written in it must be on the
    disk already. PoaError where it cannot be written.
    """
    temporary = target.with_name(f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}-{_short(target.name)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_folders(target)
        temporary.mkdir()
        yield temporary
        for folder, *_ in os.walk(temporary, topdown=False):
            sync_folder(Path(folder))
        _name_folder(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise PoaError(words.NOT_WRITTEN.format(ruta=target, motivo=_reason(error))) from error
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def _name_folder(temporary: Path, target: Path) -> None:
    """Only an empty folder gives way, which Windows wants away first."""
    try:
        if os.name == "nt" and target.is_dir():
            target.rmdir()
        temporary.rename(target)
    except OSError as error:
        if holds_something(target):
            raise FolderTakenError(target) from error
        raise


def holds_something(place: Path) -> bool:
    """Whether anything but an empty folder has that name."""
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        return True
    return place.is_dir() and any(place.iterdir())


def _clear_folders(target: Path) -> None:
    """Take away what earlier commands left of this folder when they were killed, where nothing was written for long."""
    for left in target.parent.glob(f"{_PREFIX}*-{glob.escape(_short(target.name))}"):
        with suppress(OSError):
            if left.is_dir() and not left.is_symlink() and time.time() - _last_change(left) > _FORGOTTEN:
                shutil.rmtree(left)


def _last_change(folder: Path) -> float:
    """When something of it was last made or changed; files may carry an older moment of their own."""
    return max(path.lstat().st_ctime for path in (folder, *folder.rglob("*")))


def _is_of_writing(error: Exception) -> bool:
    if isinstance(error, OSError):
        return True
    from xlsxwriter.exceptions import FileCreateError  # not loaded before something fails

    return isinstance(error, FileCreateError)


def _reason(error: Exception) -> str:
    """What the system said, in Spanish; XlsxWriter carries it inside an error of its own."""
    said = error if isinstance(error, OSError) else next((a for a in error.args if isinstance(a, OSError)), None)
    return words.reason(said.errno, said.strerror or str(said)) if said else str(error)


def _short(name: str) -> str:
    """A name that still fits behind our prefix."""
    if len(os.fsencode(name)) <= _LONGEST_NAME:
        return name
    return hashlib.sha256(os.fsencode(name)).hexdigest()[:16] + Path(name).suffix


def _clear(target: Path) -> None:
    """Take away what earlier commands left of this file when they were killed."""
    for left in target.parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if left.name.endswith(f"-{_short(target.name)}") and time.time() - left.stat().st_mtime > _FORGOTTEN:
                left.unlink()


def write_through(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Names too must be on the disk; Windows cannot open a folder, and needs no such thing."""
    with suppress(OSError):
        _to_disk(folder, os.O_RDONLY)


def _to_disk(path: Path, how: int = os.O_RDWR) -> None:
    """Wait until what others wrote is on the disk."""
    descriptor = os.open(path, how)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Take a file of our own away, if it is there."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
