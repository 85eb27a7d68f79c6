"""The guarded child: a process of its own that reads a file out of the common, within time and memory.

It is given the bytes that were read, never the path, and gives back plain values as JSON. A panic, an abort or a
hang of a parser ends the child and not the program. Where the system has no `resource` (Windows) its memory is not
bounded; its time is, and the size, the cells and the area of what it parses are everywhere.
"""

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from poa_xl.guards.limits import Limits
from poa_xl.guards.parsing import Contents
from poa_xl.guards.refused import RefusedError, beyond, damaged, lacks_memory

_ROOT = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path.insert(0, sys.argv[1]); from poa_xl.guards import child; child.main(sys.argv[2])"
_MB = 1_000_000
_NO_MEMORY = 75  # how the child ends where it gets no memory
_LARGEST_ANSWER = 300  # MB
_DATES: dict[str, Callable[[str], object]] = {
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
}


def read(content: bytes, limits: Limits) -> Contents:
    """The contents of a workbook, read in a child. RefusedError for what it refuses, or where it does not end well."""
    import subprocess  # the child itself has no use for them
    import tempfile

    command = [sys.executable, "-I", "-c", _START, _ROOT, json.dumps(asdict(limits))]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answered:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - this same Python
                command, stdin=given, stdout=answered, stderr=subprocess.DEVNULL, timeout=limits.segundos, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise beyond("segundos", limits, limits.segundos) from error
        answered.seek(0)
        return _answer(answered, done.returncode, limits)


def _answer(answered: IO[bytes], ended: int, limits: Limits) -> Contents:
    try:
        said = json.load(answered) if ended == 0 else {}
    except (ValueError, RecursionError) as error:
        raise damaged() from error
    if "grids" in said:
        grids = [[[_value(v) for v in row] for row in grid] for grid in said["grids"]]
        return Contents(said["names"], said["odd"], grids.__getitem__)
    if "code" in said:
        details = said["details"]
        raise RefusedError(said["code"], details.pop("motivo"), said["found"], said["sheet"], said["cell"], **details)
    if ended in (_NO_MEMORY, -6):  # SIGABRT: how Rust ends where it gets no memory
        raise beyond("memoria_mb", limits, limits.memoria_mb * _MB)
    if ended == -24:  # SIGXCPU
        raise beyond("segundos", limits, limits.segundos)
    raise damaged()


# --- in the child -----------------------------------------------------------------------------------------


def main(limits: str) -> None:
    """Read the bytes on stdin and answer on stdout."""
    from poa_xl.guards import contents_of

    given = Limits(**json.loads(limits))
    try:
        _confine(given)
        content = sys.stdin.buffer.read()
        found = contents_of(content, given)
        answer: dict[str, Any] = {
            "names": found.names,
            "odd": found.odd,
            "grids": [[[_plain(v) for v in _trimmed(row)] for row in found.read(n)] for n in range(len(found.names))],
        }
        text = json.dumps(answer)
    except RefusedError as error:
        place = {"sheet": error.sheet, "cell": error.cell, "found": error.found}
        text = json.dumps({"code": error.code, "details": error.details, **place})
    except (MemoryError, ImportError, OSError):  # a library that finds no room cannot be loaded either
        os._exit(_NO_MEMORY)  # without a word, for which there may be no memory either
    except Exception as error:
        if lacks_memory(error):
            os._exit(_NO_MEMORY)
        raise
    sys.stdout.write(text)


def _confine(limits: Limits) -> None:
    """Bound what this process may use. A core dump of a stranger's data is not wanted either."""
    try:
        import resource
    except ImportError:  # Windows
        return
    memory, seconds = int(limits.memoria_mb * _MB), int(limits.segundos) + 1
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _LARGEST_ANSWER * _MB),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(what, (most, most))


def _trimmed(row: list[object]) -> list[object]:
    """A row without the blanks at its end, of which a sheet can have millions."""
    last = len(row)
    while last and row[last - 1] == "":
        last -= 1
    return row[:last]


def _plain(value: object) -> object:
    if isinstance(value, dt.timedelta):
        return {"days": value.days, "seconds": value.seconds}
    if isinstance(value, dt.date | dt.time):
        return {type(value).__name__: value.isoformat()}
    return value


def _value(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if "days" in value:
        return dt.timedelta(**value)
    ((kind, text),) = value.items()
    return _DATES[kind](text)
