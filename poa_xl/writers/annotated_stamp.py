"""The mark by which an annotated copy is known while nobody has saved it: a digest of all its other parts."""

import hashlib
from typing import TYPE_CHECKING

from poa_xl import guards
from poa_xl.reading import provenance
from poa_xl.writers.annotated_xml import Edit, Part

if TYPE_CHECKING:
    from poa_xl.writers.annotated_package import Book

_PROPERTIES = "docProps/custom.xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of custom properties; the file format gives it
_COPY = "poa_xl_copia"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/"
_NONE = f'<Properties xmlns="{_KIND}custom-properties" xmlns:vt="{_KIND}docPropsVTypes"></Properties>'


def put(book: "Book") -> None:
    """Mark a copy whose other parts are all done."""
    if _PROPERTIES not in book.parts:
        book.add(_PROPERTIES, _NONE, "custom-properties")
        book.relate("", "custom-properties", _PROPERTIES)
    properties = Part(book.parts[_PROPERTIES], ["property"])
    if properties.root.close == properties.root.end:  # `<Properties/>`, as Gnumeric writes
        properties = Part(_NONE.encode(), ["property"])
    numbers = [1]
    for node in properties.all("property"):
        if node.attributes.get("name") == _COPY:
            properties.replace(node, "")
        else:
            numbers.append(int(node.attributes.get("pid", "1")))
    book.types.write()
    end = properties.root.close
    properties.edits.append(Edit(end, end, _property(book.parts, max(numbers) + 1)))
    book.parts[_PROPERTIES] = properties.done()


def _property(parts: dict[str, bytes], number: int) -> bytes:
    value = f'<vt:lpwstr xmlns:vt="{_KIND}docPropsVTypes">{_digest(parts)}</vt:lpwstr>'
    space = f'xmlns="{_KIND}custom-properties"'
    return f'<property {space} fmtid="{_FORMAT}" pid="{number}" name="{_COPY}">{value}</property>'.encode()


def _digest(parts: dict[str, bytes]) -> str:
    """A print of all parts but the properties: any program that saves the workbook changes it."""
    whole = hashlib.sha256()
    for name in sorted(parts):
        if name != _PROPERTIES:
            whole.update(name.encode() + b"\0" + hashlib.sha256(parts[name]).digest())
    return whole.hexdigest()


def is_copy(content: bytes) -> bool:
    """Whether these are the bytes of an annotated copy that nobody has saved since."""
    try:
        package = guards.opened(content, guards.DEFAULT)
        parts = {name: package.part(name) for name in package.names if not name.endswith("/")}
        return provenance.texts(package, guards.DEFAULT).get(_COPY) == _digest(parts)
    except guards.RefusedError:
        return False
