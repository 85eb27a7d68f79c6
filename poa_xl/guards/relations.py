"""The relations of a part, and the types of the parts: both as Excel and LibreOffice take them, or not at all.

What a line says is known to `ooxml`; here it is judged.
"""

import posixpath

from poa_xl.bounded_cache import remembered
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import utf8
from poa_xl.guards.outline import Outline, Reader
from poa_xl.guards.package import Package
from poa_xl.guards.refused import ambiguous
from poa_xl.ooxml import namespaces
from poa_xl.ooxml.content_types import ContentTypes
from poa_xl.ooxml.part_names import CONTENT_TYPES
from poa_xl.ooxml.relations import MODES, Relation, list_of, mode_of, relation

_LONGEST = 20_000  # bytes of a list that is worth remembering
LARGEST_INDEX = 8_000_000  # bytes of a part that lists others; that of a hundred sheets has some kB
_LIST = Outline(
    root="Relationships",
    read=frozenset({"Relationships/Relationship"}),
    only=frozenset({"Relationship"}),
    closed={"Relationships": frozenset()},
    spaces=namespaces.RELATIONS,
)
_TYPES = Outline(
    root="Types",
    read=frozenset({"Types/Default", "Types/Override"}),
    only=frozenset({"Default", "Override"}),
    closed={"Types": frozenset()},
    spaces=namespaces.CONTENT_TYPES,
)


def relations(package: Package, part: str, limits: Limits) -> dict[str, Relation]:
    """The relations of a part (of the package for '') by their id; none where it has none. RefusedError if unsound.

    A part that many others name is read once.
    """
    place = list_of(part)
    if place not in package:
        return {}
    known = package.relations.get(place)
    if known is None:
        xml, folder = utf8(package.part(place, LARGEST_INDEX)), posixpath.dirname(part)
        known = package.relations[place] = _read(xml, folder, limits)
    return known


@remembered(most=64, longest=_LONGEST, texts=2)  # the workbooks of one template have the same lists
def _read(xml: bytes, folder: str, limits: Limits) -> dict[str, Relation]:
    """The relations in a list. `folder` is that of the part that they are of."""
    found: dict[str, Relation] = {}

    def start(path: str, attributes: dict[str, str]) -> None:
        if path == _LIST.root:
            return
        identifier, said = attributes.get("Id", ""), relation(attributes, folder)
        if identifier in found or mode_of(attributes) not in MODES:
            raise ambiguous("relacion", identifier)
        if namespaces.is_misspelt(said.type):
            raise ambiguous("tipo", said.written)
        found[identifier] = said

    Reader(_LIST, limits, start).run(xml)
    return found


def content_types(package: Package, limits: Limits) -> ContentTypes:
    """The types of all parts. RefusedError where the list is missing, broken, or names one part or ending twice."""
    place = package.named(CONTENT_TYPES)
    if not place:
        return ContentTypes()
    return _read_types(utf8(package.part(place, LARGEST_INDEX)), limits)


@remembered(most=16, longest=_LONGEST)
def _read_types(xml: bytes, limits: Limits) -> ContentTypes:
    parts: dict[str, str] = {}
    endings: dict[str, str] = {}

    def start(path: str, attributes: dict[str, str]) -> None:
        if path == _TYPES.root:
            return
        of_part = path == "Types/Override"
        name = attributes.get("PartName" if of_part else "Extension", "").lower()
        if of_part and not name.startswith("/"):
            raise ambiguous("tipo", name)
        name, known = name.removeprefix("/"), parts if of_part else endings
        kind = attributes.get("ContentType", "")
        if known.setdefault(name, kind) != kind:
            raise ambiguous("tipo", name)

    Reader(_TYPES, limits, start).run(xml)
    return ContentTypes(parts, endings)
