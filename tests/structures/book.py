"""A workbook taken apart for mutation: its parts as text, how each is encoded, and how they are packed."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from tests import packages

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
FOREIGN = "urn:ajeno"
CONTENT_TYPES, PACKAGE_RELATIONS = "[Content_Types].xml", "_rels/.rels"


class UnsuitedError(Exception):
    """A mutation finds nothing in this book that it could change."""


@dataclass
class Book:
    """The parts of a workbook by name, and by what they are for."""

    parts: dict[str, str]
    binary: dict[str, bytes] = field(default_factory=dict)
    main: str = "xl/workbook.xml"
    relations: str = "xl/_rels/workbook.xml.rels"
    strings: str = "xl/sharedStrings.xml"
    styles: str = "xl/styles.xml"
    sheets: list[str] = field(default_factory=list)
    encoded: dict[str, Callable[[str], bytes]] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    extra: dict[str, bytes] = field(default_factory=dict)  # name -> extra field of its entry
    written: dict[str, bytes] = field(default_factory=dict)  # name -> the bytes by which the zip calls it
    order: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, content: bytes) -> "Book":
        """A book of the bytes of an .xlsx in UTF-8."""
        parts, binary = {}, {}
        for name, data in packages.apart(content).items():
            if name.endswith((".xml", ".rels")):
                parts[name] = data.decode("utf-8-sig")
            else:
                binary[name] = data
        sheets = sorted(name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        return cls(parts, binary, sheets=sheets)

    def packed(self) -> bytes:
        """The bytes of the workbook."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            names = [*self.parts, *self.binary]
            for name in sorted(names, key=self.order.index) if set(names) == set(self.order) else names:
                info = _Entry(name)
                info.raw = self.written.get(name)
                info.extra = self.extra.get(name, b"")
                method = zipfile.ZIP_STORED if name in self.stored else zipfile.ZIP_DEFLATED
                archive.writestr(info, self._data(name), method)
        return content.getvalue()

    def _data(self, name: str) -> bytes:
        if name in self.binary:
            return self.binary[name]
        if name in self.encoded:
            return self.encoded[name](self.parts[name])
        return self.parts[name].encode("utf-8", "surrogatepass")

    def sheet(self, chance: random.Random) -> str:
        """The part of one of its sheets."""
        return chance.choice(self.sheets)


class _Entry(zipfile.ZipInfo):
    """An entry whose name is written as given."""

    raw: bytes | None = None

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # the name that zipfile calls
        given = super()._encodeFilenameFlags()  # type: ignore[misc]
        return given if self.raw is None else (self.raw, 0)


# --- finding and changing pieces of text ------------------------------------------------------------------


def element(name: str) -> re.Pattern[str]:
    """An element of a name (without prefix, of an element that does not nest) from `<` to `>`."""
    return re.compile(rf"<{name}(?=[\s/>])(?:[^>]*/>|[^>]*>.*?</{name}\s*>)", re.DOTALL)


def one(chance: random.Random, text: str, pattern: re.Pattern[str] | str) -> re.Match[str]:
    """One of the matches. UnsuitedError where there is none."""
    found = list(re.finditer(pattern, text))
    if not found:
        raise UnsuitedError
    return chance.choice(found)


def put(text: str, match: re.Match[str], new: str, group: int = 0) -> str:
    """The text with a match, or a group of it, replaced."""
    return text[: match.start(group)] + new + text[match.end(group) :]


def change_one(book: Book, part: str, chance: random.Random, pattern: re.Pattern[str] | str, new: str) -> None:
    """Replace one of the matches in a part; `new` may hold groups (`\\1`)."""
    text = text_of(book, part)
    match = one(chance, text, pattern)
    book.parts[part] = put(text, match, match.expand(new))


def change_first(book: Book, part: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text. UnsuitedError where there is none."""
    text = text_of(book, part)
    if old not in text:
        raise UnsuitedError
    book.parts[part] = text.replace(old, new, 1)


def text_of(book: Book, part: str) -> str:
    """The text of a part. UnsuitedError where the book has no such part."""
    if part not in book.parts:
        raise UnsuitedError
    return book.parts[part]


def with_attribute(tag: str, attribute: str, last: bool = False) -> str:
    """A start tag (with what follows it) with an attribute more, before its others or after."""
    match = re.match(r"<[\w:]+((?:\s[^>]*?)?)\s*/?>", tag)
    if not match:
        raise UnsuitedError
    place = match.end(1) if last else match.start(1)
    return f"{tag[:place]} {attribute}{tag[place:]}"


def otherwise(text: str) -> str:
    """A copy of some XML in which the figures are others, so that a swap shows; addresses and styles stay."""
    text = re.sub(r"(?<=<v>)([\d.]+)(?=</v>)", lambda m: m[1].translate(_NEXT), text)
    return re.sub(r"(<t(?: [^>]*)?>)([^<]*)(?=</t>)", r"\1señuelo \2", text)


_NEXT = str.maketrans("0123456789", "1234567800")
