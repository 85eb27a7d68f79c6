"""A whole process, measured: CPU and wall time, and the most memory that it and its children had at one moment."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LEAST = 0.02  # seconds between two looks at the memory
_PART = 40  # a look may take one part of the time in so many: what is measured needs the cores
_PROC = Path("/proc")


@dataclass(frozen=True)
class Run:
    """What one run took: seconds of CPU (its children's too), seconds, MiB; how it ended and what it said."""

    cpu: float
    wall: float
    memory: float
    code: int
    said: str


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command to its end. A page that it shares with its children counts once."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        memory = _Memory(process.pid)
        memory.start()
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        memory.ended.set()
        memory.join()
    wall = time.perf_counter() - start
    return Run(used.ru_utime + used.ru_stime, wall, memory.most / 1024, process.returncode, said)


class _Memory(threading.Thread):
    """Looks at a process and all that it started until it is over; `most` is in KiB.

    What pages they share is asked only where they hold more than before: the kernel takes a while to answer.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.most, self.ended = process, 0, threading.Event()
        self._held = 0

    def run(self) -> None:
        """Look again and again."""
        pause = _LEAST
        while not self.ended.wait(pause):
            start = time.thread_time()
            self._look()
            pause = max(_LEAST, _PART * (time.thread_time() - start))

    def _look(self) -> None:
        family = list(_family(self.process))
        held = sum(map(_resident, family))
        if held > self._held:
            self._held, self.most = held, max(self.most, sum(map(_own, family)))


def _family(process: int) -> Iterator[int]:
    yield process
    for task in _entries(_PROC / str(process) / "task"):
        for child in _text(task / "children").split():
            yield from _family(int(child))


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # it ended meanwhile
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:  # as above
        return ""


def _resident(process: int) -> int:
    """Pages of a process, those that it shares too."""
    said = _text(_PROC / str(process) / "statm").split()
    return int(said[1]) if said else 0


def _own(process: int) -> int:
    """KiB of a process: its pages, those that it shares by its share."""
    lines = _text(_PROC / str(process) / "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
