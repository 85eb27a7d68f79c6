"""Which entity has which sigla, of many that are consolidated at once: as if they came one after the other."""

import threading
from collections.abc import Sequence


class EndedError(Exception):
    """Nobody waits for an answer any more."""


class Siglas:
    """Of two entities of one sigla the one that comes first has it, unless it fails: its data are under that name.

    Entities are known by their number, and begin in the order of it.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = folders
        self._claimed: dict[int, str] = {}  # what those that are being written have
        self._settled: dict[int, str] = {}  # what those that are done have, '' where they failed
        self._changed = threading.Condition()
        self._ended = False

    def claim(self, number: int, sigla: str) -> str:
        """The folder of the one that has it; '' where it may be written under it. Waits for those before it.

        EndedError after `end`.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._are_known(number, sigla))
            if self._ended:
                raise EndedError
            for other in range(number):
                if self._settled.get(other) == sigla:
                    return self._folders[other]
            self._claimed[number] = sigla
            self._changed.notify_all()
            return ""

    def settle(self, number: int, sigla: str) -> None:
        """An entity is done; '' where it failed."""
        with self._changed:
            self._settled[number] = sigla
            self._changed.notify_all()

    def end(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _are_known(self, number: int, sigla: str) -> bool:
        """Whether each one before has another sigla, or is done."""
        return all(other in self._settled or self._claimed.get(other, sigla) != sigla for other in range(number))
