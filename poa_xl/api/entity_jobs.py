"""Several entities at once: a process of this program for each, with a reader of its own.

By `python -m` and frames of JSON, as the workers that parse files (`guards.pool`), for the same reasons. A process that
ends costs the entity that it had; another one takes its place.
"""

import queue
import subprocess
import threading
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from poa_xl.api import entity_job
from poa_xl.api.entity_consolidation import Claim, StateTerms, failed
from poa_xl.api.entity_folders import EntityFolder
from poa_xl.api.siglas import EndedError
from poa_xl.engine import EngineError
from poa_xl.guards import pipe
from poa_xl.guards.pool import started
from poa_xl.messages import state as words
from poa_xl.writers.state import EntityResult

_PATIENCE = 10  # seconds in which a process takes away what it was writing


class EntityJobs:
    """At most so many processes, each started when it is first needed; what `EntityConsolidation` is in each."""

    def __init__(self, jobs: int, terms: StateTerms, engine: str) -> None:
        self._place = terms.place
        self._settings: dict[str, Any] = asdict(terms) | {"place": str(terms.place), "engine": engine}
        self._free: queue.LifoQueue[Job | None] = queue.LifoQueue()
        for _ in range(jobs):
            self._free.put(None)  # one that is not started yet
        self._started: list[Job] = []
        self._lock, self._closed = threading.Lock(), False

    def result(self, folder: EntityFolder, claim: Claim) -> EntityResult:
        """See `EntityConsolidation.result`; several threads may ask. EndedError after `close`."""
        job = self._free.get()
        try:
            job = job or self._start()
            answer = job.ask(folder, claim)
        except (pipe.BrokenFrameError, OSError):
            if self._closed:
                raise EndedError from None
            if job:
                job.end()
            job = None
            return failed(self._place, folder, words.PROCESS_ENDED)
        finally:
            self._free.put(job)
        if "engine" in answer:
            raise EngineError(answer["engine"])
        return EntityResult(**answer["result"])

    def _start(self) -> "Job":
        with self._lock:
            if self._closed:
                raise EndedError
            self._started.append(Job(self._settings))
            return self._started[-1]

    def close(self) -> None:
        """End all processes, whatever they do."""
        with self._lock:
            self._closed = True
        for job in self._started:
            job.stop()
        for job in self._started:
            job.end()


class Job:
    """One process, and how it is asked."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.process = started(entity_job.__name__, apart=True)
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: S101, PT018 - both are pipes
        self._questions, self._answers = self.process.stdin, self.process.stdout
        pipe.send(self._questions, settings)

    def ask(self, folder: EntityFolder, claim: Claim) -> dict[str, Any]:
        """What became of an entity. BrokenFrameError or OSError where the process is gone."""
        pipe.send(self._questions, folder.as_plain())
        answer, _ = pipe.receive(self._answers)
        while "sigla" in answer:
            pipe.send(self._questions, {"other": claim(answer["sigla"])})
            answer, _ = pipe.receive(self._answers)
        return answer

    def stop(self) -> None:
        """Ask it to end: what it was writing goes away."""
        self.process.terminate()

    def end(self) -> None:
        """The same, until it has."""
        self.stop()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for stream in (self._questions, self._answers):
            with suppress(OSError):
                stream.close()
