"""How the program and its workers talk: a line of JSON, and some bytes behind it. Nothing that arrives is run."""

import json
from typing import IO, Any

LARGEST_HEAD = 600_000_000  # bytes of the line; what a worker makes of a file of the largest area
LARGEST_BODY = 400_000_000


class BrokenFrameError(Exception):
    """The other side ended, or said what is no frame."""


def send(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    """Write a frame. OSError where the other side is gone."""
    line = json.dumps({**head, "bytes": len(body)}).encode()
    stream.write(b"%d\n" % len(line))
    stream.write(line)
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """Read a frame. BrokenFrameError where there is none that is whole."""
    size = stream.readline(20).strip()
    if not size.isdigit() or int(size) > LARGEST_HEAD:
        raise BrokenFrameError
    line = _exactly(stream, int(size))
    try:
        head = json.loads(line)
        length = head["bytes"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BrokenFrameError from error
    if not isinstance(length, int) or not 0 <= length <= LARGEST_BODY:
        raise BrokenFrameError
    return head, _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise BrokenFrameError
    return content
