"""A command of the product under cProfile: `python -m bench.scripts.profiled FOLDER ARGUMENT…`.

What workers do is done in this process, so that it can be seen: `workers.pstats` is theirs, `program.pstats` all else.
Both count the CPU of each thread by itself, since the program waits for workers in two.
"""

import cProfile
import io
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from pstats import Stats
from typing import Any

from poa_xl.guards import pipe, pool, worker
from poa_xl.guards.limits import Limits

_own = threading.local()  # the profile of the program in this thread
_made: dict[str, list[cProfile.Profile]] = {"program": [], "workers": []}


def _profile(of: str) -> cProfile.Profile:
    made = cProfile.Profile(time.thread_time)
    _made[of].append(made)
    return made


def _profiled(run: Callable[..., None]) -> Callable[..., None]:
    """A function of a thread, under a profile of its own."""

    def wrapped(*given: Any) -> None:
        _own.profile = _profile("program")
        _own.profile.enable()
        try:
            run(*given)
        finally:
            _own.profile.disable()

    return wrapped


def _in_process(
    _: pool.Pool, task: str, content: bytes, limits: Limits, arguments: dict[str, Any]
) -> tuple[Any, bytes]:
    """A task as a worker does it, its answer packed and unpacked as for a pipe."""
    _own.profile.disable()
    theirs, packed = _profile("workers"), io.BytesIO()
    theirs.enable()
    try:
        said, body = worker._task(task)(content, limits, arguments)
        pipe.send(packed, {"answer": said}, body)
    finally:
        theirs.disable()
        _own.profile.enable()
    packed.seek(0)
    head, body = pipe.receive(packed)
    return head["answer"], body


def main() -> None:
    """Run the command to its end, then write both profiles."""
    folder, sys.argv[:] = Path(sys.argv[1]), ["poa-xl", *sys.argv[2:]]
    pool.Pool._run = _in_process  # type: ignore[method-assign,assignment]
    threading.Thread.run = _profiled(threading.Thread.run)  # type: ignore[method-assign]
    from poa_xl.cli import main as command  # imported unseen: what imports cost is measured apart

    try:
        _profiled(command)()
    finally:
        for name, profiles in _made.items():
            Stats(*profiles).dump_stats(folder / f"{name}.pstats")


if __name__ == "__main__":
    main()
