"""Elements that name something of the package, taken out of a part with what is wrapped around them."""

from bisect import bisect_left
from collections.abc import Collection, Iterable

from poa_xl.ooxml.encoding import EncodingError
from poa_xl.ooxml.splice import ALL, WRAPPED, Edit, Element, MarkupError, XmlPart, for_those_that_know
from poa_xl.writers.annotated.package import WorkbookCopy

# Elements that hold others by relation; what goes is one of theirs, with whatever is wrapped around it.
_CONTAINERS = frozenset({"controls", "oleObjects", "externalReferences", "tableParts", "wsDr"})


def names(node: Element, identifiers: Collection[str]) -> bool:
    """Whether an element names a relation of these."""
    return any(":" in name and value in identifiers for name, value in node.attributes.items())


def remove(part: XmlPart, named: Iterable[Element]) -> set[str]:
    """Take elements out with what is wrapped around them, and the lists that are then empty; the numbers of shapes."""
    above = _parents(part)
    units = {unit.start: unit for unit in (_unit(node, above) for node in named)}
    children: dict[int, set[int]] = {}
    for start, parent in above.items():
        if parent.name in _CONTAINERS:
            children.setdefault(parent.start, set()).add(start)
    for container in [n for n in part.nodes if children.get(n.start, {0}) <= units.keys() and n.start in above]:
        whole = _outermost(container, above)
        units[whole.start] = whole
    _wrap_new_controls(part, children, units)
    outer: list[Element] = []
    for unit in sorted(units.values(), key=lambda u: u.start):
        if not outer or unit.start >= outer[-1].end:
            outer.append(unit)
            part.replace(unit, "")
    starts = [node.start for node in part.nodes]
    inside = (part.nodes[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)] for unit in outer)
    return {n.attributes["shapeId"] for nodes in inside for n in nodes if "shapeId" in n.attributes}


def _wrap_new_controls(part: XmlPart, children: dict[int, set[int]], gone: Collection[int]) -> None:
    """Controls that only newer programs see are listed for them alone: others may not find an empty list."""
    for controls in part.all("controls")[:1]:
        if controls.parent != part.root.name:  # it is so already
            continue
        left = [n for n in part.nodes if n.start in children.get(controls.start, set()) - set(gone)]
        if left == [] or any(n.name != WRAPPED or part.within(n, "Fallback") for n in left):
            continue
        before, behind = for_those_that_know("x14")
        part.edits.append(Edit(controls.start, controls.start, before))
        part.edits.append(Edit(controls.end, controls.end, behind))


def _parents(part: XmlPart) -> dict[int, Element]:
    """Where an element begins -> the one around it."""
    found: dict[int, Element] = {}
    around: list[Element] = []
    for node in part.nodes:
        while around and around[-1].end <= node.start:
            around.pop()
        if around:
            found[node.start] = around[-1]
        around.append(node)
    return found


def _unit(node: Element, above: dict[int, Element]) -> Element:
    """What is taken out for an element: all of it below the nearest list, or below the root."""
    parent = above.get(node.start)
    while parent is not None and parent.name not in _CONTAINERS and parent.start in above:
        node, parent = parent, above.get(parent.start)
    return node


def _outermost(node: Element, above: dict[int, Element]) -> Element:
    """The element below the root that holds another."""
    while (parent := above.get(node.start)) is not None and parent.start in above:
        node = parent
    return node


def remove_shapes(book: WorkbookCopy, sheet: str, numbers: Collection[str]) -> None:
    """The boxes of controls in the drawings of a sheet."""
    wanted = {f"_x0000_s{number}" for number in numbers}
    found = ((book.drawing(sheet), "id"), (book.related(sheet, "drawing"), "spid")) if wanted else ()
    for drawing, name in found:
        if not drawing:
            continue
        try:
            part = XmlPart(book.parts[drawing], ALL)
        except (MarkupError, EncodingError):  # not always XML in old programs; it says nothing without its control
            continue
        remove(part, [n for n in part.nodes if n.attributes.get(name) in wanted])
        book.parts[drawing] = part.done()
