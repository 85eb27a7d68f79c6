"""In which encoding a part is, and the part in UTF-8."""

import codecs
import re

_LONGEST_DECLARATION = 1000
_QUOTED = r"""\s*=\s*(?:"({0})"|'({0})')"""
_DECLARATION = re.compile(
    r"<\?xml\s+version"
    + _QUOTED.format(r"1\.[0-9]{1,3}")
    + r"(?:\s+encoding"
    + _QUOTED.format(r"[A-Za-z][\w.-]{0,40}")
    + r")?(?:\s+standalone"
    + _QUOTED.format("yes|no")
    + r")?\s*\?>",
    re.ASCII,
)
_ELSEWHERE = re.compile(rb"<\?xml\s[^>]*>.*\sencoding\s*=\s*[\"']([^\"']{1,40})", re.DOTALL)
_BYTES = {"iso-8859-1", "iso8859-1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii"}
_UTF8, _UTF16 = {"utf-8", "utf8"}, {"utf-16", "utf-16le", "utf-16be"}


class EncodingError(Exception):
    """A part in no encoding that programs write. `name` is the one that it says, '' where it cannot be decoded."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.name = name


def utf8(xml: bytes) -> bytes:
    """A part in UTF-8, without a declaration that says another encoding.

    EncodingError where its encoding is none that programs write, or where its first bytes say another one than its
    declaration: programs differ in which of the two they believe.
    """
    if xml.startswith(codecs.BOM_UTF8 * 2):
        raise EncodingError
    if xml.startswith(codecs.BOM_UTF8):
        return _declared_as(xml[len(codecs.BOM_UTF8) :], _UTF8)
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _declared_as(_recoded(xml, "utf-16"), _UTF16)
    if b"\0" in xml:  # UTF-16 that says so nowhere: expat would guess it
        raise EncodingError
    declared = _encoding(xml)
    if declared in _BYTES:
        return _declared_as(_recoded(xml, declared), _BYTES)
    return _declared_as(xml, _UTF8)


def _encoding(xml: bytes) -> str:
    """What the declaration of a part says, in small letters; '' where it says nothing."""
    if not re.match(rb"<\?xml\s", xml):
        return ""
    found = _DECLARATION.match(xml[:_LONGEST_DECLARATION].decode("latin-1"))
    if not found:
        raise EncodingError
    return (found[3] or found[4] or "").lower()


def _declared_as(xml: bytes, allowed: set[str]) -> bytes:
    encoding = _encoding(xml)
    if encoding and encoding not in allowed:
        raise EncodingError(encoding)
    if not encoding and (other := _ELSEWHERE.search(xml, 0, _LONGEST_DECLARATION)):  # LibreOffice looks in comments too
        raise EncodingError(other[1].decode("utf-8", "replace"))
    return xml if encoding in {"", *_UTF8} else xml[xml.index(b"?>") + 2 :]


def _recoded(xml: bytes, encoding: str) -> bytes:
    try:
        return xml.decode(encoding).encode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise EncodingError from error
