"""The list of the types of a package's parts, while parts come and go."""

from collections.abc import Collection
from urllib.parse import unquote

from poa_xl.ooxml.content_types import RELATIONS, SHAPES
from poa_xl.ooxml.part_names import CONTENT_TYPES
from poa_xl.ooxml.splice import XmlPart

# The endings of parts that we add, whose types are said by the ending.
_WANTED = {"rels": RELATIONS, "vml": SHAPES}


class TypeList:
    """The list of types among `parts`. New ones are written at once: the list is as long as a stranger made it."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._new: dict[str, str] = {}

    def put(self, part: str, kind: str) -> None:
        """Say of which type a part is."""
        self._new[part] = kind

    def drop(self, parts: Collection[str]) -> None:
        """Take away what says of which type parts are."""
        gone = {f"/{name}".lower() for name in parts}
        types = XmlPart(self._parts[CONTENT_TYPES], ["Override"])
        for node in types.all("Override"):
            if node.attributes.get("PartName", "").lower() in gone:
                types.replace(node, "")
        self._parts[CONTENT_TYPES] = types.done()

    def drop_endings(self) -> None:
        """Take away the types of endings that no part has any more."""
        endings = {name.lower().rpartition(".")[2] for name in self._parts} | {"rels", "xml"}
        types = XmlPart(self._parts[CONTENT_TYPES], ["Default"])
        for node in types.all("Default"):
            if node.attributes.get("Extension", "").lower() not in endings:
                types.replace(node, "")
        self._parts[CONTENT_TYPES] = types.done()

    def write(self) -> None:
        """Write down the types of those new parts that are there, and leave a list that says of each part one type.

        Some programs list parts that are gone, list one twice, or give the ending of relations no type. Excel repairs a
        workbook in which such a line meets a new part, so they go.
        """
        added = {name: kind for name, kind in self._new.items() if name in self._parts}
        types = XmlPart(self._parts[CONTENT_TYPES], ["Override", "Default"])
        self._drop_idle(types, {f"/{name}".lower() for name in added})
        endings = self._endings(types)
        lines = [f'<Default Extension="{e}" ContentType="{k}"/>' for e, k in _WANTED.items() if self._lacks(e, endings)]
        types.insert(types.root.inner, "".join(lines))
        kept = {f"/{name}": k for name, k in added.items() if k != SHAPES or endings.get("vml", SHAPES) != SHAPES}
        lines = [f'<Override PartName="{name}" ContentType="{k}"/>' for name, k in kept.items()]
        types.append(types.root, "".join(lines))
        if any(edit.text or edit.start < edit.end for edit in types.edits):
            self._parts[CONTENT_TYPES] = types.done()

    def _drop_idle(self, types: XmlPart, gone: Collection[str]) -> None:
        """Take away lines of new parts (they get their own), of parts that are not there, and second ones."""
        there, seen = {f"/{name}".lower() for name in self._parts}, set[str]()
        for node in types.all("Override"):
            name = node.attributes.get("PartName", "").lower()
            if name in gone or name in seen or not {name, unquote(name)} & there:
                types.replace(node, "")
            seen.add(name)

    def _endings(self, types: XmlPart) -> dict[str, str]:
        """Ending -> its type. Second lines of one ending go."""
        found: dict[str, str] = {}
        for node in types.all("Default"):
            ending = node.attributes.get("Extension", "").lower()
            if ending in found:
                types.replace(node, "")
            found.setdefault(ending, node.attributes.get("ContentType", ""))
        return found

    def _lacks(self, ending: str, endings: Collection[str]) -> bool:
        """Whether parts have an ending that has no type."""
        return ending not in endings and any(name.lower().endswith(f".{ending}") for name in self._parts)
