"""A worker: a process of its own in which the files of strangers are parsed, several one after the other.

`python -m poa_xl.guards.worker`, started by `pool`. It gets the bytes of a file and the name of a task of ours, and
answers in JSON. A panic, an abort or a hang of a parser ends the worker and not the program. Where the system has no
`resource` (Windows) its memory is not bounded; its time is, by the program, and the size, the cells and the area of
what it parses are everywhere.
"""

import importlib
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from poa_xl import garbage
from poa_xl.guards import pipe
from poa_xl.guards.limits import Limits
from poa_xl.guards.refused import RefusedError, lacks_memory, of_exception

NO_MEMORY = 75  # how a worker ends where it gets no memory
READY = {"ready": True}
_MB = 1_000_000
_TIRED = 75  # MB that a worker has held; the next one starts afresh
Task = Callable[[bytes, Limits, dict[str, Any]], tuple[Any, bytes]]


def main() -> None:
    """Take tasks from the standard input until it ends. The arguments are modules to load before the first one."""
    source, answers = sys.stdin.buffer, own_output()
    _confine_process()
    garbage.collect_seldom()
    for name in sys.argv[1:]:
        importlib.import_module(name)
    pipe.send(answers, READY)
    while True:
        try:
            head, content = pipe.receive(source)
        except pipe.BrokenFrameError:
            return
        _work(answers, head, content)


def own_output() -> IO[bytes]:
    """The answers go where the standard output went; whatever a library prints goes nowhere."""
    own = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return io.BufferedWriter(io.FileIO(own, "w"))


def _work(answers: IO[bytes], head: dict[str, Any], content: bytes) -> None:
    limits = Limits(**head["limits"])
    try:
        _confine(limits)
        said, body = _task(head["task"])(content, limits, head["arguments"])
        pipe.send(answers, {"answer": said, **_tired()}, body)
    except RefusedError as error:
        pipe.send(answers, {"refused": as_json(error), **_tired()})
    except (MemoryError, ImportError, OSError):  # a library that finds no room cannot be loaded either
        os._exit(NO_MEMORY)  # without a word, for which there may be no memory either
    except Exception as error:
        if lacks_memory(error):
            os._exit(NO_MEMORY)
        kind, where = of_exception(error)
        pipe.send(answers, {"failed": kind, "where": where, **_tired()})


def _task(name: str) -> Task:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def as_json(error: RefusedError) -> dict[str, Any]:
    """A refusal as plain values."""
    return {
        "code": error.code,
        "found": error.found,
        "sheet": error.sheet,
        "cell": error.cell,
        "details": error.details,
    }


def request(task: str, limits: Limits, arguments: dict[str, Any]) -> dict[str, Any]:
    """What a worker is asked."""
    return {"task": task, "limits": asdict(limits), "arguments": arguments}


# --- what the process may use -----------------------------------------------------------------------------


def _confine_process() -> None:
    """No core dump of a stranger's data."""
    with suppress(ImportError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _confine(limits: Limits) -> None:
    """Bound what one file may use: the memory, and the time from now on."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + limits.segundos) + 2
    for what, most in ((resource.RLIMIT_AS, int(limits.memoria_mb * _MB)), (resource.RLIMIT_CPU, seconds)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _tired() -> dict[str, bool]:
    """Whether the program should end this worker: what it has held once it may not give back."""
    return {"tired": _held() > _TIRED}


def _held() -> float:
    """The most memory that this process has held, in MB; 0 where the system does not say.

    Not by `resource`, which counts what the program held that started it.
    """
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1000
    return 0


if __name__ == "__main__":
    main()
