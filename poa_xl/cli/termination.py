"""A command that is told to end (SIGTERM, SIGHUP) takes away what it was writing, as after Ctrl+C, and then ends so.

The signal becomes an exception, so that whatever is open is closed by its own `finally`. Afterwards the process ends by
that very signal: whoever started it learns why, as of any other program.
"""

import os
import signal
import sys
import time
from contextlib import suppress
from types import FrameType
from typing import NoReturn

_NAMES = ("SIGTERM", "SIGHUP", "SIGBREAK")  # no system has all of them
_PATIENCE = 5  # seconds for tidying up; who asks again after that is obeyed at once
_SHELL = 128  # a shell says of a process that a signal ended: this and the signal's number


class Terminated(SystemExit):
    """The system, or a person, wants the process to end."""

    def __init__(self, number: int) -> None:
        super().__init__(_SHELL + number)
        self.number = number


def watch() -> None:
    """From now on these signals raise `Terminated` in the main thread. One that was ignored, as by nohup, stays so."""
    for number in filter(None, (getattr(signal, name, None) for name in _NAMES)):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    asked = time.monotonic()

    def again(number: int, _: FrameType | None) -> None:
        if time.monotonic() - asked > _PATIENCE:
            end(number)

    for other in filter(None, (getattr(signal, name, None) for name in _NAMES)):
        if signal.getsignal(other) is _stop:
            signal.signal(other, again)
    raise Terminated(number)


def end_at_once() -> None:
    """From now on a signal, Ctrl+C too, ends the process without a word: the command is over, and nothing is open."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    for number in filter(None, (getattr(signal, name, None) for name in ("SIGINT", *_NAMES))):
        if signal.getsignal(number) in (signal.default_int_handler, _stop):
            signal.signal(number, signal.SIG_DFL)


def end(number: int) -> NoReturn:
    """End this process by a signal."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(_SHELL + number)
