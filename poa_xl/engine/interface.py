"""What an engine is: files in, books out, in the order of the files."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from poa_xl.errors import PoaError
from poa_xl.guards import Limits
from poa_xl.reading import Book


class EngineError(PoaError):
    """The engine cannot go on, whatever the files are: no scheduler, no workers, another version there."""


class NamedFile(Protocol):
    """A file to read, and the name to show of it."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        ...

    @property
    def name(self) -> str:
        """What is shown of it."""
        ...


class Engine(Protocol):
    """Where workbooks are read."""

    def read(self, files: Sequence[NamedFile], advance: Callable[[], None], limits: Limits) -> list[Book]:
        """The workbooks of units, in the order of the files; `advance` is called as each is done.

        What is wrong with a file is in its book. EngineError where nothing can be read.
        """
        ...


GivenEngine = str | Engine
