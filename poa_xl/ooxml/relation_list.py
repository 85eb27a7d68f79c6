"""The list of the relations of a part, changed in places."""

import posixpath
from collections.abc import Callable

from poa_xl.ooxml import relations
from poa_xl.ooxml.namespaces import PACKAGE
from poa_xl.ooxml.splice import HEAD, Element, XmlPart, quoted

END = "</Relationships>"  # of a list
_OWN_ID = "rIdPoa{}"  # of relations that we add


class RelationList:
    """The relations of `part` ('' for the package's) as they stand in `xml`; without it a list with nothing in it."""

    def __init__(self, part: str, xml: bytes | None = None) -> None:
        self._folder = posixpath.dirname(part)
        self._xml = XmlPart(listed("", HEAD).encode() if xml is None else xml, ["Relationship"])
        self._lines = self._xml.all("Relationship")

    def target(self, line: Element) -> str:
        """The name to which a line leads. LookupError where it says none."""
        return relations.resolved(self._folder, line.attributes["Target"])

    def first(self, kind: str) -> str:
        """Where the first line of a kind leads, whoever gave the type; '' where there is none."""
        found = (line for line in self._lines if line.attributes.get("Type", "").endswith(f"/{kind}"))
        return next((self.target(line) for line in found), "")

    def targets(self) -> dict[str, str]:
        """The names to which lines lead inside the package, by their id. LookupError where a line lacks either."""
        inside = (line for line in self._lines if relations.mode_of(line.attributes) != relations.EXTERNAL)
        return {line.attributes["Id"]: self.target(line) for line in inside}

    def add(self, relation_type: str, target: str) -> str:
        """A new relation to a part; its id."""
        taken = {line.attributes.get("Id") for line in self._lines}
        identifier = next(i for n in range(1, len(taken) + 2) if (i := _OWN_ID.format(n)) not in taken)
        self._xml.append(self._xml.root, line(identifier, relation_type, f"/{target}"))
        return identifier

    def drop(self, which: Callable[[Element], bool]) -> bool:
        """Take lines away; whether there were such."""
        gone = [line for line in self._lines if which(line)]
        for line in gone:
            self._xml.replace(line, "")
        return bool(gone)

    def point(self, identifier: str, relation_type: str, target: str) -> None:
        """Have the relation of an id lead to a part."""
        for line in self._lines:
            if line.attributes.get("Id") == identifier:
                self._xml.set_attribute(line, "Type", relation_type)
                self._xml.set_attribute(line, "Target", f"/{target}")

    def done(self) -> bytes:
        """The list with all changes."""
        return self._xml.done()


def leading_out(identifier: str, relation_type: str, target: str) -> bytes:
    """A list with one relation, to somewhere outside the package."""
    return listed(line(identifier, relation_type, target, f' TargetMode="{relations.EXTERNAL}"'), HEAD).encode()


def listed(lines: str, head: str = "") -> str:
    """A list of these lines."""
    return f'{head}<Relationships xmlns="{PACKAGE}">{lines}{END}'


def line(identifier: str, relation_type: str, target: str, more: str = "") -> str:
    """A line of a list: a relation to `target`, which stands there as it is said."""
    return f'<Relationship Id="{identifier}" Type="{relation_type}" Target="{quoted(target)}"{more}/>'
