"""The mark by which an annotated copy is known while nobody has saved it: a digest of all its other parts."""

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from poa_xl import guards
from poa_xl.ooxml.splice import Edit, Part
from poa_xl.reading import provenance

if TYPE_CHECKING:
    from poa_xl.ooxml.package import Book

_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of custom properties; the file format gives it
_COPY = "poa_xl_copia"


class _Words(NamedTuple):
    """How a form of the format calls the properties and their values."""

    relation: str
    space: str
    values: str

    @property
    def none(self) -> str:
        """The part without a property."""
        return f'<Properties xmlns="{self.space}" xmlns:vt="{self.values}"></Properties>'


_OFFICE, _ISO = "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
_USUAL = _Words("custom-properties", f"{_OFFICE}custom-properties", f"{_OFFICE}docPropsVTypes")
_STRICT = _Words("customProperties", f"{_ISO}customProperties", f"{_ISO}docPropsVTypes")


def put(book: "Book") -> None:
    """Mark a copy whose other parts are all done."""
    place = _part(book)
    properties = Part(book.parts[place], ["property"])
    words = _STRICT if _STRICT.space in properties.root.attributes.values() else _USUAL
    if properties.root.close == properties.root.end:  # `<Properties/>`, as Gnumeric writes
        properties = Part(words.none.encode(), ["property"])
    numbers = [1]
    for node in properties.all("property"):
        if node.attributes.get("name") == _COPY:
            properties.replace(node, "")
        else:
            numbers.append(int(node.attributes.get("pid", "1")))
    book.types.write()
    end = properties.root.close
    properties.edits.append(Edit(end, end, _property(words, _digest(book.parts, place), max(numbers) + 1)))
    book.parts[place] = properties.done()


def _part(book: "Book") -> str:
    """The part with the properties: that which the package names, else a new one."""
    words = _STRICT if book.strict else _USUAL
    place = next((p for one in (_USUAL, _STRICT) if (p := book.related("", one.relation))), "")
    if place:
        return place
    place = book.named(provenance.CUSTOM)
    if place in book.parts:  # nothing names it
        book.say_type(place, "custom-properties")
    else:
        book.add(place, words.none, "custom-properties")
    book.relate("", words.relation, place)
    return place


def _property(words: _Words, digest: str, number: int) -> bytes:
    value = f'<vt:lpwstr xmlns:vt="{words.values}">{digest}</vt:lpwstr>'
    space = f'xmlns="{words.space}"'
    return f'<property {space} fmtid="{_FORMAT}" pid="{number}" name="{_COPY}">{value}</property>'.encode()


def _digest(parts: dict[str, bytes], properties: str) -> str:
    """A print of all parts but the properties: any program that saves the workbook changes it."""
    whole = hashlib.sha256()
    for name in sorted(parts):
        if name != properties:
            whole.update(name.encode() + b"\0" + hashlib.sha256(parts[name]).digest())
    return whole.hexdigest()


def is_copy(content: bytes) -> bool:
    """Whether these are the bytes of an annotated copy that nobody has saved since."""
    try:
        package = guards.opened(content, guards.DEFAULT)
        parts = {name: package.part(name) for name in package.names if not name.endswith("/")}
        said = provenance.texts(package, guards.DEFAULT).get(_COPY)
        return said == _digest(parts, provenance.properties(package, guards.DEFAULT))
    except guards.RefusedError:
        return False
