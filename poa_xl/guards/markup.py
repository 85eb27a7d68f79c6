"""XML of strangers: well formed, without a DTD, its depth, attributes and texts bounded, its names told in full.

`Walk` is expat with these bounds. `strings` and `sheet_grammar` recognise the ordinary form of the large parts by one
regular expression each, which is some ten times faster, and let the walk go over them without telling anyone.
"""

import re
from collections.abc import Callable, Collection
from xml.parsers import expat

from poa_xl.guards.limits import Limits
from poa_xl.guards.refused import RefusedError, beyond, broken, damaged, odd_inside
from poa_xl.ooxml import encoding, namespaces

ALL, BOUNDS = "all", "bounds"  # what is heard of a piece of a part
Start = Callable[[str, dict[str, str]], None]
_NOT_PLAIN = bytes([*range(0x09), *range(0x0B, 0x20)])
_NO_CHARACTERS = ("\ufffe", "\uffff")
_OTHER_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")


def utf8(xml: bytes) -> bytes:
    """A part in UTF-8, without a declaration that says another encoding. RefusedError where that is not certain."""
    try:
        return encoding.utf8(xml)
    except encoding.EncodingError as error:
        raise of_encoding(error) from error


def of_encoding(error: encoding.EncodingError) -> RefusedError:
    """The refusal of a part in an encoding that no program writes."""
    return odd_inside("codificacion", error.name) if error.name else damaged()


def is_plain(xml: bytes) -> bool:
    """Whether expat would find nothing in the texts of a piece of a part but what stands there.

    That is: characters that XML may hold, no reference but to the five of XML itself, no end of a line that it changes.
    """
    if len(xml.translate(None, _NOT_PLAIN)) < len(xml) or (b"]" in xml and b"]]>" in xml):
        return False
    if b"&" in xml and _OTHER_REFERENCE.search(xml):
        return False
    try:
        text = xml.decode()
    except UnicodeDecodeError:
        return False
    return text.isascii() or not any(one in text for one in _NO_CHARACTERS)


class Walk:
    """One pass of expat over a part. What to do with its elements is given; the bounds are kept here.

    An element of the name spaces in `spaces` is told by its name alone, `c`; any other by name space and name with a
    blank between, `urn:x c`, and one without a name space as ` c`. Attributes likewise: `r`, `urn:x r`.
    """

    def __init__(
        self,
        limits: Limits,
        start: Start | None = None,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        spaces: Collection[str] = namespaces.MAIN,
    ) -> None:
        self._limits, self._start, self._end, self._text = limits, start, end, text
        self._spaces, self._names = spaces, dict[str, str]()
        self.depth = 0  # of the element that is being told; that of the root is 1
        self._length = 0
        self._deepest, self._most = limits.profundidad, limits.atributos
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._on_doctype
        self._short, self._told = False, start

    def run(self, xml: bytes) -> None:
        """Walk a whole part. RefusedError where it is broken or beyond a bound."""
        self.feed(xml, last=True)

    def feed(self, xml: bytes, *, last: bool = False, hear: str = ALL) -> None:
        """Walk a piece of a part that ends between elements. RefusedError where it is broken or beyond a bound.

        `hear` BOUNDS tells nobody of the elements in it.
        """
        self._short = len(xml) <= self._limits.texto  # no text in it can be too long
        self._told = self._start if hear == ALL else None
        quick = hear == BOUNDS and self._short
        self._parser.StartElementHandler = self._on_start_quick if quick else self._on_start
        self._parser.EndElementHandler = self._on_end_quick if quick else self._on_end
        wanted = (hear == ALL and self._text) or not self._short
        self._parser.CharacterDataHandler = self._on_text if wanted else None
        try:
            self._parser.Parse(xml, last)
        except expat.ExpatError as error:
            raise broken(error) from error

    @property
    def place(self) -> int:
        """Where in the bytes the element stands whose start is being told."""
        return self._parser.CurrentByteIndex

    def _name(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        known = self._names[name] = local if space in self._spaces else f"{space} {local}"
        return known

    def _on_doctype(self, *_: object) -> None:
        raise odd_inside("dtd")

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        depth = self.depth = self.depth + 1
        self._length = 0
        if depth > self._deepest:
            raise beyond("profundidad", self._limits, depth)
        if len(attributes) > self._most or not self._short:
            self._check(attributes)
        if self._told:
            self._told(self._names.get(name) or self._name(name), attributes)

    def _check(self, attributes: dict[str, str]) -> None:
        if len(attributes) > self._most:
            raise beyond("atributos", self._limits, len(attributes))
        longest = max(map(len, attributes.values()), default=0)
        if longest > self._limits.texto:
            raise beyond("texto", self._limits, longest)

    def _on_end(self, name: str) -> None:
        self._length = 0
        if self._end:
            self._end(self._names.get(name) or self._name(name))
        self.depth -= 1

    def _on_start_quick(self, _: str, attributes: dict[str, str]) -> None:
        """The same for a piece without long texts, of which nobody hears."""
        self.depth += 1
        if self.depth > self._deepest:
            raise beyond("profundidad", self._limits, self.depth)
        if len(attributes) > self._most:
            raise beyond("atributos", self._limits, len(attributes))

    def _on_end_quick(self, _: str) -> None:
        self.depth -= 1

    def _on_text(self, text: str) -> None:
        self._length += len(text)
        if self._length > self._limits.texto:
            raise beyond("texto", self._limits, self._length)
        if self._text:
            self._text(text)


def walk(xml: bytes, limits: Limits, start: Start | None = None, spaces: Collection[str] = namespaces.MAIN) -> None:
    """Walk a part; `start` is told of each element, by its full name as `Walk` gives it."""
    Walk(limits, start, spaces=spaces).run(xml)


def refused_as(error: RefusedError, sheet: str) -> RefusedError:
    """The same refusal, with the sheet where it was found."""
    error.sheet = error.sheet or sheet
    return error
