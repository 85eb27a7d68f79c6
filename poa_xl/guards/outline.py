"""The elements of a part that are read, and their one place in it.

Programs differ in what they make of an element that stands elsewhere, stands twice, is of another name space or is
wrapped in an alternative: some take it, some do not. A part with such a one says two things, and is refused.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import Walk
from poa_xl.guards.refused import RefusedError, ambiguous
from poa_xl.ooxml import namespaces

EXTENSIONS = "extLst"  # where the format itself gives room to others


@dataclass(frozen=True)
class Outline:
    """What is read of a kind of part. Paths are from the root, with `/`."""

    root: str
    read: frozenset[str]  # the paths of elements that are read
    only: frozenset[str]  # names that may stand nowhere else
    once: frozenset[str] = frozenset()  # paths that may stand once in the part
    closed: Mapping[str, frozenset[str]] = field(default_factory=dict)  # path -> what else may stand in it, unread
    spaces: Collection[str] = namespaces.MAIN


Hear = Callable[[str, dict[str, str]], None]


class Reader:
    """Walks a part by its outline. `start` and `text` hear of what is read, by its path; `end` when it is over."""

    def __init__(
        self,
        outline: Outline,
        limits: Limits,
        start: Hear | None = None,
        text: Callable[[str, str], None] | None = None,
        end: Callable[[str], None] | None = None,
    ) -> None:
        self._outline, self._start, self._text, self._end = outline, start, text, end
        self._unclear: RefusedError | None = None
        self._paths: list[str] = []  # of the open elements; '' for those that are not read
        self._seen: set[str] = set()
        self.walk = Walk(limits, self._on_start, self._on_end, self._on_text if text else None, spaces=outline.spaces)

    def run(self, xml: bytes) -> None:
        """Walk the whole part. RefusedError where it is broken, beyond a bound, or says two things."""
        self.walk.run(xml)
        self.check()

    def check(self) -> None:
        """RefusedError if the part that was walked says two things. One that is broken has been told as such."""
        if self._unclear:
            raise self._unclear

    def _refuse(self, reason: str, name: str) -> None:
        self._unclear = self._unclear or ambiguous(reason, name)

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        outline = self._outline
        parent = self._paths[-1] if self._paths else None
        path = self._path(parent, name)
        self._paths.append(path)
        if path:
            if path in outline.once and path in self._seen:
                self._refuse("repetido", name)
            self._seen.add(path)
            if self._start:
                self._start(path, attributes)
        elif name in outline.only:
            self._refuse("fuera", name)
        elif parent and parent in outline.closed and name != EXTENSIONS and name not in outline.closed[parent]:
            self._refuse("ajeno", name)

    def _path(self, parent: str | None, name: str) -> str:
        if parent is None:
            if name != self._outline.root:
                self._refuse("raiz", name)
            return self._outline.root
        path = f"{parent}/{name}" if parent else ""
        return path if path in self._outline.read else ""

    def _on_text(self, text: str) -> None:
        path = self._paths[-1] if self._paths else ""
        if path and self._text:
            self._text(path, text)

    def _on_end(self, _: str) -> None:
        path = self._paths.pop()
        if path and self._end:
            self._end(path)
