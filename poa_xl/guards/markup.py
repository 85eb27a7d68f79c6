"""XML of strangers: any DTD is refused, and depth, attributes and text are bounded.

`walk` is expat with these bounds. `worksheets` and `strings` recognise the ordinary form of the large parts by one
regular expression each, which is some ten times faster, and leave the rest to `walk`.
"""

import codecs
import re
from collections.abc import Callable
from xml.parsers import expat

from poa_xl.guards.limits import Limits
from poa_xl.guards.refused import RefusedError, beyond, broken, damaged, odd_inside

Start = Callable[[str, dict[str, str]], None]
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_ENCODINGS = {"iso-8859-1", "iso8859-1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii"}
_UTF8 = {"utf-8", "utf8"}


def utf8(xml: bytes) -> bytes:
    """A part in UTF-8 without byte order mark, as the readers want it."""
    if xml.startswith(codecs.BOM_UTF8):
        return xml[len(codecs.BOM_UTF8) :]
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _recoded(xml, "utf-16")
    declared = _DECLARED.match(xml[:200])
    if not declared or (name := declared[1].decode().lower()) in _UTF8:
        return xml
    if name in _ENCODINGS:
        return _recoded(xml, name)
    raise odd_inside("codificacion", name)


def _recoded(xml: bytes, encoding: str) -> bytes:
    try:
        text = xml.decode(encoding)
    except UnicodeDecodeError as error:
        raise damaged() from error
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode("utf-8", "surrogatepass")


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


class Walk:
    """One pass of expat over a part. What to do with its elements is given; the bounds are kept here."""

    def __init__(
        self,
        limits: Limits,
        start: Start | None = None,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        self._limits, self._start, self._end, self._text = limits, start, end, text
        self._depth = self._length = 0
        self._deepest, self._most = limits.profundidad, limits.atributos
        self._short = False
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.StartDoctypeDeclHandler = self._on_doctype

    def run(self, xml: bytes) -> None:
        """Walk a whole part. RefusedError where it is broken or beyond a bound."""
        self._short = len(xml) <= self._limits.texto  # no text in it can be too long
        if self._text or not self._short:
            self._parser.CharacterDataHandler = self._on_text
        try:
            self._parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise broken(error) from error

    @property
    def place(self) -> int:
        """Where in the bytes the element stands whose start is being told."""
        return self._parser.CurrentByteIndex

    def _on_doctype(self, *_: object) -> None:
        raise odd_inside("dtd")

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._length = 0
        if self._depth > self._deepest:
            raise beyond("profundidad", self._limits, self._depth)
        if len(attributes) > self._most:
            raise beyond("atributos", self._limits, len(attributes))
        if not self._short and attributes:
            self._check(attributes)
        if self._start:
            self._start(local(name), attributes)

    def _check(self, attributes: dict[str, str]) -> None:
        longest = max(map(len, attributes.values()))
        if longest > self._limits.texto:
            raise beyond("texto", self._limits, longest)

    def _on_end(self, name: str) -> None:
        self._depth -= 1
        self._length = 0
        if self._end:
            self._end(local(name))

    def _on_text(self, text: str) -> None:
        self._length += len(text)
        if self._length > self._limits.texto:
            raise beyond("texto", self._limits, self._length)
        if self._text:
            self._text(text)


def walk(xml: bytes, limits: Limits, start: Start | None = None) -> None:
    """Walk a part; `start` is told of each element, by its name without prefix."""
    Walk(limits, start).run(xml)


def refused_as(error: RefusedError, sheet: str) -> RefusedError:
    """The same refusal, with the sheet where it was found."""
    error.sheet = error.sheet or sheet
    return error
