"""The texts that the cells of a workbook share, made anew without the counts that a file may say of them.

calamine keeps room for as many as a file says that there are, and knows elements by local names. It gets one element a
text, of ours.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from poa_xl.guards import markup, texts
from poa_xl.guards.limits import Limits
from poa_xl.guards.outline import Outline, Reader
from poa_xl.guards.refused import ambiguous

_ITEM, _TEXT, _RUN, _RUN_TEXT = "sst/si", "sst/si/t", "sst/si/r", "sst/si/r/t"
_SPOKEN = "sst/si/rPh"  # how a text is spoken: it is no part of it
_TEXTS = (_TEXT, _RUN_TEXT)
_OUTLINE = Outline(
    root="sst",
    read=frozenset({_ITEM, _TEXT, _RUN, _RUN_TEXT, _SPOKEN}),
    only=frozenset({"si"}),
    once=frozenset(),
    closed={
        "sst": frozenset(),
        _ITEM: frozenset({"phoneticPr"}),
        _SPOKEN: frozenset({"t"}),
        _RUN: frozenset({"rPr"}),
        _TEXT: frozenset(),
        _RUN_TEXT: frozenset(),
    },
)
_OPEN, _CLOSE = b"<sst>", b"</sst>"
_HEAD = re.compile(rb"(?:<\?xml [^<>?]{0,200}\?>\s*)?<sst(?: [^<>]{0,1000})?>")


@dataclass(frozen=True)
class Strings:
    """The texts as calamine gets them, and how many there are."""

    xml: bytes = _OPEN + _CLOSE
    count: int = 0


NONE = Strings()


@lru_cache(maxsize=4)
def _grammar(limits: Limits) -> re.Pattern[bytes]:
    text = b"[^<]{0,%d}+" % limits.texto
    item = rb'<si>(?:<t(?: xml:space="preserve")?>' + text + rb"</t>|<t ?/>)</si>"
    return re.compile(rb"(?:" + item + rb")*+(?=</sst>\s*$)")


def read(xml: bytes, limits: Limits) -> Strings:
    """The texts of a part. RefusedError where it is broken or can be read in two ways."""
    return ordinary(xml, limits) or any_form(xml, limits)


def ordinary(xml: bytes, limits: Limits) -> Strings | None:
    """The texts of a part in which each is plain, as most programs write them; None for another form."""
    head = _HEAD.match(xml)
    items = head and _grammar(limits).match(xml, head.end())
    if head is None or items is None or texts.ESCAPED.search(items[0]) or not markup.is_plain(items[0]):
        return None
    Reader(_OUTLINE, limits).run(xml[: head.end()] + xml[items.end() :])
    return Strings(_OPEN + items[0].replace(texts.PLAIN, texts.KEPT) + _CLOSE, items[0].count(b"<si>"))


class _Items:
    """Hears of the elements of the part, and keeps each text as one element for calamine."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._runs: list[str] = []
        self._pieces: list[str] = []
        self._run_has_text = False

    def start(self, path: str, _: dict[str, str]) -> None:
        self._pieces.clear()
        if path == _ITEM:
            self._runs.clear()
        elif path == _RUN:
            self._run_has_text = False
        elif path == _RUN_TEXT:
            if self._run_has_text:
                raise ambiguous("repetido", "t")
            self._run_has_text = True

    def text(self, path: str, content: str) -> None:
        if path in _TEXTS:
            self._pieces.append(content)

    def end(self, path: str) -> None:
        if path in _TEXTS:
            self._runs.append(texts.shown("".join(self._pieces)))
        elif path == _ITEM:
            self.found.append(f'<si><t xml:space="preserve">{texts.written("".join(self._runs))}</t></si>')


def any_form(xml: bytes, limits: Limits) -> Strings:
    """The texts of a part of any form. The words of how a text is spoken are no part of it."""
    items = _Items()
    Reader(_OUTLINE, limits, items.start, items.text, items.end).run(xml)
    return Strings(_OPEN + "".join(items.found).encode() + _CLOSE, len(items.found))
