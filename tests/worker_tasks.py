"""Tasks for workers that go wrong in every way that a parser can."""

import ctypes
import os
import sys
import time
from typing import Any

from poa_xl.guards import Limits

Answer = tuple[Any, bytes]


def echo(content: bytes, _: Limits, arguments: dict[str, Any]) -> Answer:
    return arguments, content[::-1]


def pid(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    return os.getpid(), b""


def loaded(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    """Which worker it is, and whether it had this module before it was asked."""
    time.sleep(0.4)
    return (os.getpid(), __name__ in sys.argv), b""


def slow_pid(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    time.sleep(0.4)
    return os.getpid(), b""


def work(_: bytes, __: Limits, arguments: dict[str, Any]) -> Answer:
    """Uses so many seconds of a core that it may have to share; how often that was taken from it."""
    import resource  # Linux alone

    os.sched_setaffinity(0, arguments["core"])
    end = time.process_time() + arguments["seconds"]
    while time.process_time() < end:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw, b""


def abort(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    os.abort()


def crash(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    ctypes.string_at(0)
    return None, b""


def leave(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    os._exit(3)


def loop(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    while True:
        pass


def sleep(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    time.sleep(600)
    return None, b""


def swallow(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    return len(bytearray(2_000_000_000)), b""


def hold(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    return [len(b"x" * 150_000_000), os.getpid()], b""


def chatter(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    os.write(1, b"99\n{}")
    print("hola", flush=True)
    return "dicho", b""


def fail(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    return int("9" * 5000), b""


def unspeakable(_: bytes, __: Limits, ___: dict[str, Any]) -> Answer:
    return object(), b""
