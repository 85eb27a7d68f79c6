"""What a process does and how much of the processor it has used, where the system says: on Linux."""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_STATE, _USER, _SYSTEM = 0, 11, 12  # fields of /proc/PID/stat behind the name, which may hold blanks and brackets
_BUSY = frozenset("RD")  # it runs or waits for a core, or for a disk


class ProcessState(NamedTuple):
    """`seconds` of a core that it has used since it began; `busy` unless it waits for somebody or was stopped."""

    seconds: float
    busy: bool


def of(pid: int) -> ProcessState | None:
    """None where the system does not say, or where there is no such process."""
    with suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        used = (int(fields[_USER]) + int(fields[_SYSTEM])) / os.sysconf("SC_CLK_TCK")
        return ProcessState(used, fields[_STATE] in _BUSY)
    return None
