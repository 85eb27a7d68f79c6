"""The mark by which an annotated copy is known while nobody has saved it: a digest of all its other parts."""

import hashlib

from poa_xl import guards
from poa_xl.ooxml.package import WorkbookPackage
from poa_xl.ooxml.part_names import CUSTOM_PROPERTIES
from poa_xl.ooxml.properties import FORMS, STRICT, TRANSITIONAL
from poa_xl.ooxml.splice import Edit, XmlPart
from poa_xl.reading import provenance

_COPY = "poa_xl_copia"


def put(book: WorkbookPackage) -> None:
    """Mark a copy whose other parts are all done."""
    place = _part(book)
    properties = XmlPart(book.parts[place], ["property"])
    form = STRICT if STRICT.space in properties.root.attributes.values() else TRANSITIONAL
    if properties.root.close == properties.root.end:  # `<Properties/>`, as Gnumeric writes
        properties = XmlPart(form.none.encode(), ["property"])
    numbers = [1]
    for node in properties.all("property"):
        if node.attributes.get("name") == _COPY:
            properties.replace(node, "")
        else:
            numbers.append(int(node.attributes.get("pid", "1")))
    book.types.write()
    end = properties.root.close
    mark = form.text(_COPY, _digest(book.parts, place), max(numbers) + 1)
    properties.edits.append(Edit(end, end, mark.encode()))
    book.parts[place] = properties.done()


def _part(book: WorkbookPackage) -> str:
    """The part with the properties: that which the package names, else a new one."""
    form = STRICT if book.strict else TRANSITIONAL
    place = next((p for one in FORMS if (p := book.related("", one.relation))), "")
    if place:
        return place
    place = book.named(CUSTOM_PROPERTIES)
    if place in book.parts:  # nothing names it
        book.say_type(place, "custom-properties")
    else:
        book.add(place, form.none, "custom-properties")
    book.relate("", form.relation, place)
    return place


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
