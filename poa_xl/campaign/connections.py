"""How the file of a ledger is opened: to read without changing anything, or to write.

Whoever may not write in the folder, or has it on read-only media, reads too: where SQLite cannot open the ledger in its
place it reads a copy, with what its write-ahead log (`-wal`) holds and was not yet moved into it.
"""

import shutil
import sqlite3
import tempfile
import time
from pathlib import Path

from poa_xl.errors import PoaError
from poa_xl.messages import ledger as words

WAL = "-wal"
_CANNOT = ("unable to open", "readonly", "read-only", "attempt to write", "permission", "disk i/o")
_TRIES = 5


def to_read(path: Path, wait: float) -> tuple[sqlite3.Connection, "tempfile.TemporaryDirectory[str] | None"]:
    """A connection that changes nothing, and the folder of the copy that it reads, if it is one."""
    try:
        return _in_place(path, wait), None
    except sqlite3.OperationalError as error:
        if not any(word in str(error).lower() for word in _CANNOT):
            raise
        try:
            return _of_a_copy(path, wait)
        except OSError:  # there is no room for a copy either
            raise error from None


def _in_place(path: Path, wait: float) -> sqlite3.Connection:
    # Where a log was left behind, closing a connection that may write would move it into the ledger.
    left = path.with_name(path.name + WAL)
    return _opened(path, "ro" if left.is_file() and left.stat().st_size else "rw", wait)


def _opened(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    connection = _connect(path, mode, wait)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _of_a_copy(path: Path, wait: float) -> tuple[sqlite3.Connection, "tempfile.TemporaryDirectory[str]"]:
    place = tempfile.TemporaryDirectory(prefix="poa-xl-")
    try:
        copy = Path(place.name) / path.name
        _copy(path, copy)
        return _opened(copy, "rw", wait), place
    except BaseException:
        place.cleanup()
        raise


def _copy(path: Path, copy: Path) -> None:
    """The ledger and its log as they are at one moment: another person may be receiving."""
    log, log_copy = path.with_name(path.name + WAL), copy.with_name(copy.name + WAL)
    for _ in range(_TRIES):
        before = _marks(path, log)
        shutil.copyfile(path, copy)
        log_copy.unlink(missing_ok=True)
        if before[1]:
            shutil.copyfile(log, log_copy)
        if _marks(path, log) == before:
            return
        time.sleep(0.2)
    raise PoaError(words.IN_MOTION.format(ruta=path))


def _marks(*paths: Path) -> list[tuple[int, int] | None]:
    found = [path.stat() if path.exists() else None for path in paths]
    return [(s.st_mtime_ns, s.st_size) if s else None for s in found]


def to_write(path: Path, wait: float, *, create: bool = False) -> sqlite3.Connection:
    """A connection that may write; its rules hold whatever the file says."""
    connection = _connect(path, "rwc" if create else "rw", wait)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")  # INSERT OR REPLACE may not delete either
        connection.execute("PRAGMA synchronous = FULL")  # what is committed outlives a power cut
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    place = path.absolute().as_uri()
    if not place.startswith("file:///"):  # on Windows, of another computer: SQLite takes no name of one in an address
        place = place.replace("file://", "file:////", 1)
    uri = f"{place}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)
