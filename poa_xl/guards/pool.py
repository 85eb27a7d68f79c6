"""The workers of this program, started when first needed; each has a clock and a limit of memory a file.

By `python -m` and not by multiprocessing, which on Windows and in notebooks runs the script of whoever calls. A worker
that dies or runs out of time costs the file that it had one refusal; another one takes its place.
"""

import atexit
import itertools
import os
import queue
import re
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from poa_xl.errors import PoaError
from poa_xl.guards import pipe, process_state, worker
from poa_xl.guards.limits import Limits
from poa_xl.guards.refused import RefusedError, beyond, unforeseen
from poa_xl.messages import limits as words

MOST = 2  # workers; more than there are cores do not help, and each takes memory
_ROOT = str(Path(__file__).resolve().parents[2])
_SECONDS_TO_START = 60
_PATIENCE = 10  # times the limit of a file, by the clock on the wall, where other programs keep the cores busy
_TICK = 0.02  # seconds between two looks at a worker, at least
_LARGE = 4_000_000  # bytes that a file says that it expands to; workbooks of units are smaller, masters are not
_ENTRY, _SIZE_AT, _MOST_ENTRIES = re.compile(rb"PK\x01\x02"), 24, 5_000  # of the directory of a zip
_MB = 1_000_000
_SIGABRT, _SIGXCPU = -6, -24


def started(module: str, *arguments: str, apart: bool = False) -> subprocess.Popen[bytes]:
    """A process of this Python that runs a module of ours, with pipes to talk. PoaError where the system gives none.

    One that is `apart` hears of no Ctrl+C, and what it starts neither: who started it ends it.
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([_ROOT, *_known("PYTHONPATH")])}
    # -P: nothing that lies in the current folder, which may be a stranger's, is taken for a module.
    command = [sys.executable, "-P", "-m", module, *arguments]
    try:
        return subprocess.Popen(  # noqa: S603 - this same Python
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0), start_new_session=apart,
        )  # fmt: skip
    except OSError as error:
        raise PoaError(words.no_worker(error.strerror or str(error))) from error


class _Worker:
    """One process, and the clock of the task that it has."""

    def __init__(self, modules: Iterable[str] = ()) -> None:
        self._ready = False
        self._process = started(worker.__name__, *modules)

    def _wait(self) -> None:
        """Until it takes tasks. PoaError where it does not come to that."""
        with suppress(TimeoutError), self._clock(_SECONDS_TO_START):
            self._ready = self._receive()[0] == worker.READY | {"bytes": 0}
        if not self._ready:
            raise PoaError(words.no_worker(""))

    def ask(self, head: dict[str, Any], content: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """The answer; {} where the worker ended instead, and TimeoutError where it had to be ended.

        PoaError where it cannot be started.
        """
        if not self._ready:
            self._wait()
        with self._clock(seconds):
            with suppress(OSError):  # it is gone: there is no answer either
                pipe.send(self._process.stdin, head, content)  # type: ignore[arg-type]
            return self._receive()

    def _receive(self) -> tuple[dict[str, Any], bytes]:
        try:
            return pipe.receive(self._process.stdout)  # type: ignore[arg-type]
        except (pipe.BrokenFrameError, OSError):
            return {}, b""

    @contextmanager
    def _clock(self, seconds: float) -> Iterator[None]:
        """End the worker where what is done meanwhile takes longer: a question too, if nobody takes it.

        What counts is the time that it has of a core: on a computer that has much else to do, that takes longer.
        """
        over, done = threading.Event(), threading.Event()
        clock = threading.Thread(target=self._watch, args=(seconds, over, done), daemon=True)
        clock.start()
        try:
            yield
        finally:
            done.set()
            clock.join()  # so that it ends no worker that has another file by then
        if over.is_set():
            raise TimeoutError

    def _watch(self, seconds: float, over: threading.Event, done: threading.Event) -> None:
        start = time.monotonic()
        before = process_state.of(self._process.pid)
        wait = seconds
        while not done.wait(wait):
            now = process_state.of(self._process.pid)
            used = now.seconds - before.seconds if now and before and now.busy else seconds
            if used + _TICK > seconds or time.monotonic() - start > _PATIENCE * seconds:
                over.set()
                self._process.kill()
                return
            wait = max(seconds - used, _TICK)

    def leave(self) -> None:
        """Hold no end of its pipes any more, and leave it to the process that started it."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError, ValueError):
                os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]
        os.close(nowhere)

    def end(self) -> int:
        """End it for good; how it ended."""
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]
        try:
            return self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


class Pool:
    """At most so many workers; whoever asks waits for a free one."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._begin()
        _pools.add(self)

    def _begin(self) -> None:
        self._started: weakref.WeakSet[_Worker] = weakref.WeakSet()
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._large = threading.Lock()  # large files one at a time: two at once would take twice the memory
        for _ in range(self._most):
            self._idle.put(None)  # one that is not started yet

    def begin_again(self) -> None:
        """In a process that was forked: its workers are of the process it was forked from, which goes on asking them.

        Two that ask one worker get parts of each other's answers.
        """
        for one in self._started:
            one.leave()
        self._begin()

    def run(self, task: str, content: bytes, limits: Limits, arguments: dict[str, Any]) -> tuple[Any, bytes]:
        """Have a task done in a worker: `module:function`, of (bytes, limits, arguments) to (plain values, bytes).

        RefusedError for what the task refuses, for a file that takes more than its time or memory, and for one that
        brings down the worker. PoaError where no worker can be started.
        """
        with self._large if _expanded(content) > _LARGE else nullcontext():
            return self._run(task, content, limits, arguments)

    def _run(self, task: str, content: bytes, limits: Limits, arguments: dict[str, Any]) -> tuple[Any, bytes]:
        found = self._idle.get()
        after: _Worker | None = None
        try:
            found = found or self._start()
            after = found
            head, body = self._asked(found, worker.request(task, limits, arguments), content, limits)
            if head.get("tired"):
                after.end()
                after = None
        except BaseException:
            if found:
                found.end()
            after = None
            raise
        finally:
            self._idle.put(after)
        if "refused" in head:
            raise refusal(head["refused"])
        if "failed" in head:
            raise unforeseen(head["failed"], head["where"])
        return head["answer"], body

    def start(self, count: int, modules: Iterable[str]) -> None:
        """Start workers before they are asked, so that they load these modules while the program does other things."""
        for found in self._free(count):
            started = found
            with suppress(PoaError):  # it is said where a file is to be read
                started = found or self._start(modules)
            self._idle.put(started)

    def _start(self, modules: Iterable[str] = ()) -> _Worker:
        one = _Worker(modules)
        self._started.add(one)
        return one

    def _asked(
        self, one: _Worker, head: dict[str, Any], content: bytes, limits: Limits
    ) -> tuple[dict[str, Any], bytes]:
        try:
            answer, body = one.ask(head, content, limits.segundos)
        except TimeoutError as error:
            raise beyond("segundos", limits, limits.segundos) from error
        if not answer:
            raise _ended(one.end(), limits)
        return answer, body

    def close(self) -> None:
        """End all workers that are idle; others are started where they are asked for."""
        for one in self._free(self._most):
            if one:
                one.end()
            self._idle.put(None)

    def _free(self, most: int) -> list[_Worker | None]:
        """At most so many of those that nobody is asking, without waiting for any."""
        free: list[_Worker | None] = []
        with suppress(queue.Empty):
            while len(free) < most:
                free.append(self._idle.get_nowait())
        return free


def _expanded(content: bytes) -> int:
    """What a file says of its size once it is inflated: it decides on its turn alone, and may lie."""
    entries = itertools.islice(_ENTRY.finditer(content), _MOST_ENTRIES)
    sizes = (content[e.start() + _SIZE_AT : e.start() + _SIZE_AT + 4] for e in entries)
    return max(len(content), sum(int.from_bytes(size, "little") for size in sizes))


def _known(name: str) -> list[str]:
    return [os.environ[name]] if os.environ.get(name) else []


def refusal(said: dict[str, Any]) -> RefusedError:
    """What was refused, of its plain values (`worker.as_json`)."""
    details = dict(said["details"])
    return RefusedError(said["code"], details.pop("motivo"), said["found"], said["sheet"], said["cell"], **details)


def _ended(how: int, limits: Limits) -> RefusedError:
    """What it means that a worker ended."""
    if how in (worker.NO_MEMORY, _SIGABRT):  # SIGABRT: how Rust ends where it gets no memory
        return beyond("memoria_mb", limits, limits.memoria_mb * _MB)
    if how == _SIGXCPU:
        return beyond("segundos", limits, limits.segundos)
    return RefusedError("LIB-016", words.WORKER_ENDED)


def _begin_again() -> None:
    for one in _pools:
        one.begin_again()


_pools: weakref.WeakSet[Pool] = weakref.WeakSet()
shared = Pool()
if hasattr(os, "register_at_fork"):  # not on Windows, where nothing forks
    os.register_at_fork(after_in_child=_begin_again)


@atexit.register
def _close_at_exit() -> None:
    """Who asks twice to end waits for no worker: each ends by itself once nobody asks it anything."""
    with suppress(KeyboardInterrupt):
        shared.close()
