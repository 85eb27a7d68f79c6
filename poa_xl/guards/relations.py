"""The relations of a part, and the types of the parts: both as Excel and LibreOffice take them, or not at all."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from poa_xl.guards import namespaces
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import utf8
from poa_xl.guards.outline import Outline, Reader
from poa_xl.guards.package import Package
from poa_xl.guards.refused import ambiguous

_SMALL = 20_000  # bytes of a list that is worth remembering
LARGEST_INDEX = 8_000_000  # bytes of a part that lists others; that of a hundred sheets has some kB
CONTENT_TYPES = "[Content_Types].xml"
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


# The forms of a target that programs resolve alike; LibreOffice finds no part by the others.
_TARGET = re.compile(r"(?:/|(?:\.\./)*)(?!\.\.?(?:/|$))[^/\\%?#:\s]+(?:/(?!\.\.?(?:/|$))[^/\\%?#:\s]+)*")


class Relation(NamedTuple):
    """Where a relation of a part points.

    `target` is a part's name, what is written where it is external, and '' where programs differ in what it names.
    """

    type: str  # the whole type
    target: str
    external: bool
    written: str  # the target as it stands

    @property
    def kind(self) -> str:
        """The word for its type, such as `worksheet`; the whole type where it is not one of the format's own."""
        return namespaces.kind_of(self.type)


def list_of(part: str) -> str:
    """The part with the relations of a part (of the package for '')."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


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
        known = package.relations[place] = (_remembered if len(xml) < _SMALL else _read)(xml, folder, limits)
    return known


def _read(xml: bytes, folder: str, limits: Limits) -> dict[str, Relation]:
    """The relations in a list. `folder` is that of the part that they are of."""
    found: dict[str, Relation] = {}

    def start(path: str, attributes: dict[str, str]) -> None:
        if path == _LIST.root:
            return
        identifier, mode = attributes.get("Id", ""), attributes.get("TargetMode", "Internal")
        if identifier in found or mode not in ("Internal", "External"):
            raise ambiguous("relacion", identifier)
        if namespaces.is_misspelt(attributes.get("Type", "")):
            raise ambiguous("tipo", attributes.get("Target", ""))
        target = attributes.get("Target", "")
        external = mode == "External"
        resolved = target if external else _resolved(folder, target)
        found[identifier] = Relation(attributes.get("Type", ""), resolved, external, target)

    Reader(_LIST, limits, start).run(xml)
    return found


_remembered = lru_cache(maxsize=64)(_read)  # the workbooks of one template have the same lists


def _resolved(folder: str, target: str) -> str:
    """The part that a target names, from the folder of the part that names it; '' where that is not certain."""
    if not _TARGET.fullmatch(target):
        return ""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


@dataclass(frozen=True)
class ContentTypes:
    """What the package says of each of its parts. Capitals make no difference."""

    of_parts: Mapping[str, str] = field(default_factory=dict)
    of_endings: Mapping[str, str] = field(default_factory=dict)

    def of(self, part: str) -> str:
        """The type of a part; '' where the package says none."""
        name = part.lower()
        return self.of_parts.get(name) or self.of_endings.get(name.rpartition(".")[2], "")


def content_types(package: Package, limits: Limits) -> ContentTypes:
    """The types of all parts. RefusedError where the list is missing, broken, or names one part or ending twice."""
    place = package.named(CONTENT_TYPES)
    if not place:
        return ContentTypes()
    xml = utf8(package.part(place, LARGEST_INDEX))
    return (_remembered_types if len(xml) < _SMALL else _read_types)(xml, limits)


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


_remembered_types = lru_cache(maxsize=16)(_read_types)
