"""What travels between the program and the workers of a cluster: many files as bytes, and their answers as bytes.

Frames of `guards.pipe`, one after the other: a head, then one for each file. Nothing in them is run. The head begins
with the version of poa-xl, so that another one can say so whatever follows.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from poa_xl import __version__, guards
from poa_xl.guards import Limits, RefusedError, pipe
from poa_xl.guards.pool import refusal
from poa_xl.guards.worker import as_json

MOST_FILES, MOST_BYTES = 50, 8_000_000  # of a chunk; a larger file is one by itself


@dataclass(frozen=True)
class Opened:
    """The bytes of a file, with the place of its book among the others and the name to show."""

    place: int
    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


Chunk = Sequence[Opened]


class OtherVersionError(Exception):
    """The other side has another version of poa-xl."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


class WorkerError(Exception):
    """The worker of a cluster cannot read any file; the text is in Spanish."""


def gathered(files: Iterable[Opened], most: int) -> Iterator[list[Opened]]:
    """Chunks of so many files, of less where they are large."""
    chunk: list[Opened] = []
    size = 0
    for file in files:
        if chunk and (len(chunk) == most or size + len(file.content) > MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(file)
        size += len(file.content)
    if chunk:
        yield chunk


def packed(chunk: Chunk, task: str, limits: Limits, **arguments: Any) -> bytes:
    """A chunk as bytes: what is asked of each of its files."""
    out = io.BytesIO()
    head = {"task": task, "limits": asdict(limits), "arguments": arguments, "files": len(chunk)}
    pipe.send(out, {"version": __version__, **head})
    for file in chunk:
        pipe.send(out, {"name": file.name}, file.content)
    return out.getvalue()


@dataclass(frozen=True)
class Question:
    """The same, back again, at the other side."""

    task: str
    limits: Limits
    arguments: dict[str, Any]
    files: list[tuple[str, bytes]]  # the name to show, and the bytes


def unpacked(content: bytes) -> Question:
    """What is asked. OtherVersionError for that of another version."""
    source = io.BytesIO(content)
    head = _head(source)
    files = [pipe.receive(source) for _ in range(head["files"])]
    named = [(said["name"], body) for said, body in files]
    return Question(head["task"], guards.Limits(**head["limits"]), head["arguments"], named)


class ChunkAnswers:
    """The answers to a chunk, file by file, as bytes."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        pipe.send(self._out, {"version": __version__})

    def add(self, answer: Any) -> None:
        """What a task said of a file, as plain values."""
        pipe.send(self._out, {"answer": answer})

    def refuse(self, error: RefusedError) -> None:
        """Why a file is not read."""
        pipe.send(self._out, {"refused": as_json(error)})

    def fail(self, why: str) -> None:
        """Why no file can be read here."""
        pipe.send(self._out, {"failed": why})

    def packed(self) -> bytes:
        """All of them."""
        return self._out.getvalue()


def answers(content: bytes, files: int) -> list[Any]:
    """The same, back again: for each file what was said of it, or the RefusedError.

    OtherVersionError and WorkerError say why there is none; BrokenFrameError where it is nothing of ours.
    """
    source = io.BytesIO(content)
    _head(source)
    return [_answer(pipe.receive(source)[0]) for _ in range(files)]


def _answer(said: dict[str, Any]) -> Any:
    if "failed" in said:
        raise WorkerError(str(said["failed"]))
    return refusal(said["refused"]) if "refused" in said else said["answer"]


def _head(source: io.BytesIO) -> dict[str, Any]:
    head, _ = pipe.receive(source)
    if head.get("version") != __version__:
        raise OtherVersionError(str(head.get("version")))
    return head
