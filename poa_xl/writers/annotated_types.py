"""What a package says of the types of its parts, while parts come and go."""

from collections.abc import Collection

from poa_xl.writers.annotated_xml import Part

TYPES = "[Content_Types].xml"
SHAPES = "application/vnd.openxmlformats-officedocument.vmlDrawing"  # of parts whose names end in .vml


class Types:
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
        types = Part(self._parts[TYPES], ["Override"])
        for node in types.all("Override"):
            if node.attributes.get("PartName", "").lower() in gone:
                types.replace(node, "")
        self._parts[TYPES] = types.done()

    def drop_endings(self) -> None:
        """Take away the types of endings that no part has any more."""
        endings = {name.lower().rpartition(".")[2] for name in self._parts} | {"rels", "xml"}
        types = Part(self._parts[TYPES], ["Default"])
        for node in types.all("Default"):
            if node.attributes.get("Extension", "").lower() not in endings:
                types.replace(node, "")
        self._parts[TYPES] = types.done()

    def write(self) -> None:
        """Write down the types of those new parts that are there."""
        added = {name: kind for name, kind in self._new.items() if name in self._parts}
        if not added:
            return
        self.drop(added)
        types = Part(self._parts[TYPES], ["Default"])
        known = {node.attributes.get("Extension", "").lower() for node in types.all("Default")}
        if SHAPES in added.values() and "vml" not in known:
            types.insert(types.root.inner, f'<Default Extension="vml" ContentType="{SHAPES}"/>')
        lines = (f'<Override PartName="/{name}" ContentType="{k}"/>' for name, k in added.items() if k != SHAPES)
        types.append(types.root, "".join(lines))
        self._parts[TYPES] = types.done()
