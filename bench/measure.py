"""A whole process, measured: CPU and wall time, and the most memory that it and its children had at one moment."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.02  # seconds between two looks at the memory
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
    """Run a command to its end. Its children are those of its session; a page that two share counts once."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    ) as process:  # fmt: skip
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
    """Looks at all processes of a session until it is over; `most` is in KiB."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session, self.most, self.ended = session, 0, threading.Event()

    def run(self) -> None:
        """Look again and again."""
        while not self.ended.wait(_PAUSE):
            self.most = max(self.most, sum(_own(pid) for pid in self._pids()))

    def _pids(self) -> list[Path]:
        return [own for own in _PROC.iterdir() if own.name.isdigit() and _session(own) == self.session]


def _session(process: Path) -> int:
    try:
        return int((process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[3])
    except (OSError, IndexError):
        return -1


def _own(process: Path) -> int:
    """KiB of a process: its pages, those that it shares by its share."""
    try:
        lines = (process / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
