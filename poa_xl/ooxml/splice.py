"""XML of a workbook's parts changed in places: every byte that is not replaced stays as it is.

A parser that builds a tree writes a part anew, and with it prefixes, entities and line ends. So the elements are only
found here, by the bytes where they begin and end, and the text is spliced.

A part is a stranger's, so nothing here may cost more than its length: one pass finds the elements, and those inside an
element are looked up by place.
"""

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from xml.parsers import expat

from poa_xl.ooxml.encoding import utf8
from poa_xl.ooxml.escape import escape, unescape
from poa_xl.ooxml.namespaces import COMPATIBILITY, NEWER

# Without ways back (`++`), for in a stranger's part each way back is one more time over the same bytes.
_TAG = re.compile(rb"<(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_TAG_NAME = re.compile(rb"<[^\s/>]++")
_ATTRIBUTE = re.compile(rb"\s++([^\s=/>]++)\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+')")
_DEEPEST = 256  # an element is looked at once for each one around it; programs write some ten
_ENTITIES = {"&quot;": '"', "&apos;": "'", "&#10;": "\n", "&#13;": "\r", "&#9;": "\t", "&#xA;": "\n", "&#xD;": "\r"}
_NAME = re.compile(r"(</?)(?=[A-Za-z])")
LITERAL = re.compile(r'"((?:[^"]++|"")*+)(?:"|\Z)')  # a text in a formula; group 1 has its quotes doubled


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WRAPPED = "AlternateContent"  # around what not all programs understand
ALL: Collection[str] = frozenset({"*"})  # for `XmlPart`: every element


class MarkupError(Exception):
    """A part that cannot be changed in places: it is broken, or of a form that no spreadsheet program writes."""


# What reading a number or an attribute raises where a stranger's part holds something else than the format says.
ODD = (LookupError, ValueError, StopIteration)


@dataclass
class Element:
    """An element by its bytes: `<c>` at `start`, its content from `inner` to `close`, and all of it up to `end`."""

    name: str
    attributes: dict[str, str]
    parent: str
    start: int
    inner: int = 0
    close: int = 0
    end: int = 0


@dataclass(frozen=True)
class Edit:
    """Bytes from `start` to `end` that become `text`; nothing is replaced where both are the same."""

    start: int
    end: int
    text: bytes


class XmlPart:
    """An XML part: its elements of some names, and what becomes of it.

    MarkupError where it cannot be changed in places, EncodingError where it is in no encoding that programs write.
    """

    def __init__(self, xml: bytes, names: Collection[str] = ()) -> None:
        self.xml = utf8(xml)
        self.edits: list[Edit] = []
        self._names = names if names is ALL else frozenset(names)
        self.nodes: list[Element] = []
        self._named: dict[str, list[Element]] = {}
        self._open: list[tuple[str, Element | None]] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.StartDoctypeDeclHandler = self._on_doctype
        try:
            self._parser.Parse(self.xml, True)
        except expat.ExpatError as error:
            raise MarkupError(str(error)) from error
        self.root = self.nodes[0]
        self._starts = {name: [node.start for node in nodes] for name, nodes in self._named.items()}

    def _on_doctype(self, *_: object) -> None:
        raise MarkupError("DTD")

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        node = None
        if not self._open or local in self._names or self._names is ALL:
            parent = self._open[-1][0] if self._open else ""
            node = Element(local, attributes, parent, self._parser.CurrentByteIndex)
            tag = _TAG.match(self.xml, node.start)
            if tag is None:
                raise MarkupError(name)
            node.inner = tag.end()
            self.nodes.append(node)
            self._named.setdefault(local, []).append(node)
        self._open.append((local, node))
        if len(self._open) > _DEEPEST:
            raise MarkupError(name)

    def _on_end(self, name: str) -> None:
        _, node = self._open.pop()
        if node is None:
            return
        at = self._parser.CurrentByteIndex
        if self.xml[node.inner - 2 : node.inner] == b"/>":
            node.close = node.end = node.inner
        else:
            node.close, node.end = at, self.xml.index(b">", at) + 1

    @cached_property
    def prefix(self) -> str:
        """The prefix of the part's own elements, such as `x:`; mostly ''."""
        tag = self._tag_name(self.root)
        return tag.rpartition(":")[0] + ":" if ":" in tag else ""

    def _tag_name(self, node: Element) -> str:
        """The name of an element as it stands, with its prefix."""
        found = _TAG_NAME.match(self.xml, node.start)
        return found[0][1:].decode() if found else node.name

    def all(self, name: str, parent: str = "") -> list[Element]:
        """The elements of a name, in their order."""
        return [n for n in self._named.get(name, ()) if not parent or n.parent == parent]

    def first(self, *names: str) -> Element | None:
        """The first element of one of the names."""
        return next((n for n in self.nodes if n.name in names), None)

    def before(self, names: Collection[str]) -> int:
        """Where an element goes that stands before those of some names, as children of the root or wrapped for newer
        programs; at the end where there is none. `names` and WRAPPED are among those that are looked for.
        """
        for node in self.nodes[1:]:
            wraps = node.name == WRAPPED and any(self.within(node, name) for name in names)
            if node.parent == self.root.name and (wraps or node.name in names):
                return node.start
        return self.root.close

    def within(self, node: Element, name: str) -> list[Element]:
        """The elements of a name inside an element."""
        starts = self._starts.get(name, [])
        return self._named.get(name, [])[bisect_left(starts, node.inner) : bisect_left(starts, node.close)]

    def text(self, node: Element) -> str:
        """The text of an element without elements inside."""
        return plain(self.xml[node.inner : node.close])

    def bytes_of(self, node: Element) -> bytes:
        """An element as it stands."""
        return self.xml[node.start : node.end]

    def own(self, fragment: str) -> bytes:
        """A fragment, written with plain names, in the part's own prefix."""
        return (_NAME.sub(rf"\g<1>{self.prefix}", fragment) if self.prefix else fragment).encode()

    def insert(self, at: int, fragment: str) -> None:
        """Put a fragment in."""
        self.edits.append(Edit(at, at, self.own(fragment)))

    def replace(self, node: Element, fragment: str) -> None:
        """Put a fragment in the place of an element; nothing for ''."""
        self.edits.append(Edit(node.start, node.end, self.own(fragment)))

    def replace_text(self, node: Element, text: str) -> None:
        """Give an element another text."""
        if node.inner == node.close == node.end:  # <v/>
            opened = self.xml[node.start : node.inner].decode().rstrip("/> ") + ">"
            closed = f"</{self._tag_name(node)}>"
            self.edits.append(Edit(node.start, node.end, f"{opened}{escape(text)}{closed}".encode()))
        else:
            self.edits.append(Edit(node.inner, node.close, escape(text).encode()))

    def append(self, node: Element, fragment: str) -> None:
        """Put a fragment at the end of an element."""
        if node.inner == node.close == node.end:
            opened = self.xml[node.start : node.inner - 2] + b">"
            closed = f"</{self._tag_name(node)}>".encode()
            self.edits.append(Edit(node.start, node.end, opened + self.own(fragment) + closed))
        else:
            self.insert(node.close, fragment)

    def set_attribute(self, node: Element, name: str, value: str) -> None:
        """Change, add, or (with '') take away an attribute of an element."""
        text = f' {name}="{quoted(value)}"'.encode() if value else b""
        found = self._attribute(node, name)
        if found:
            self.edits.append(Edit(*found, text))
        elif value:
            at = node.inner - (2 if self.xml.endswith(b"/>", node.start, node.inner) else 1)
            self.edits.append(Edit(at, at, text))

    def without(self, node: Element, name: str) -> bytes:
        """An element as it stands, but for an attribute."""
        start, end = self._attribute(node, name) or (node.start, node.start)
        return self.xml[node.start : start] + self.xml[end : node.end]

    def _attribute(self, node: Element, name: str) -> tuple[int, int] | None:
        """Where an attribute stands, with the blanks before it. One after the other: a value may look like another."""
        tag = _TAG_NAME.match(self.xml, node.start)
        at = tag.end() if tag else node.inner
        while found := _ATTRIBUTE.match(self.xml, at, node.inner):
            if found[1] == name.encode():
                return found.span()
            at = found.end()
        return None

    def done(self) -> bytes:
        """The part with all changes. Changes must not overlap; those at one place come in the order of their making."""
        pieces, at = [], 0
        for edit in sorted(self.edits, key=lambda e: (e.start, e.end)):
            if edit.start < at:
                raise MarkupError("overlap")
            pieces += [self.xml[at : edit.start], edit.text]
            at = edit.end
        return b"".join([*pieces, self.xml[at:]])


def for_those_that_know(prefix: str) -> tuple[bytes, bytes]:
    """What stands before and behind XML that only programs shall read that know a name space of `NEWER`."""
    spaces = f'xmlns:mc="{COMPATIBILITY}" xmlns:{prefix}="{NEWER[prefix]}"'
    before = f'<mc:{WRAPPED} {spaces}><mc:Choice Requires="{prefix}">'
    return before.encode(), f"</mc:Choice></mc:{WRAPPED}>".encode()


def plain(xml: bytes) -> str:
    """The text that stands in XML, without elements."""
    return unescape(xml.decode(), _ENTITIES)


def quoted(value: str) -> str:
    """A text as an attribute between double quotes."""
    return escape(value, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def content(text: str) -> str:
    """A text of a cell: what XML cannot hold, and what a spreadsheet would take for such, in the file format's way."""
    safe = _FORBIDDEN.sub(lambda m: f"_x{ord(m[0]):04X}_", _ESCAPED.sub("_x005F_", text))
    return escape(safe, {"\r": "&#13;"})


def inline(address: str, text: str, style: str = "") -> str:
    """A cell that holds a text, whatever it looks like: never a formula."""
    look = f' s="{style}"' if style else ""
    return f'<c r="{address}"{look} t="inlineStr"><is><t xml:space="preserve">{content(text)}</t></is></c>'
