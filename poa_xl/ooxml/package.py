"""The package of a workbook that gets changes in places: its parts, their relations, its sheets and their order."""

import io
import posixpath
import zipfile
from functools import cached_property

from poa_xl import guards
from poa_xl.guards import active_content, namespaces
from poa_xl.guards import workbook as guarded
from poa_xl.ooxml.content_types import SHAPES, TYPES, Types
from poa_xl.ooxml.splice import Edit, MarkupError, Node, Part, quoted
from poa_xl.writers.annotated import provenance

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
CONTENT_TYPES = {
    "worksheet": _CONTENT + "worksheet+xml",
    "comments": _CONTENT + "comments+xml",
    "custom-properties": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_LAST_SHEET_NUMBER = 65_534  # that Excel takes
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same inputs give the same bytes
_SHARED = "a part of two owners"  # no program writes it, and each owner would read it once more
_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_PROJECT = "application/vnd.ms-office.vbaProject"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Book:
    """A workbook's parts by name. RefusedError where it is no workbook, MarkupError where it cannot be changed."""

    def __init__(self, content: bytes, limits: guards.Limits = guards.DEFAULT) -> None:
        package = guards.opened(content, limits)
        self.parts = {name: package.part(name) for name in package.names if not name.endswith("/")}
        self.limits, self.plan = limits, guarded.plan(package, limits)
        self.main = self.plan.main
        if self.main not in self.parts or TYPES not in self.parts:
            raise MarkupError(self.main)
        self.active = active_content.judged(package, self.plan, limits)
        self.types = Types(self.parts)
        self._names = {name.lower(): name for name in self.parts}
        self._owners: dict[str, str] = {}
        self._drop_calculation_chain()

    def _drop_calculation_chain(self) -> None:
        """The order in which Excel last calculated names cells with formulas: it must go where some come or go."""
        chain = self.related(self.main, "calcChain")
        if chain:
            self.unrelate(self.main, chain)
            del self.parts[chain]
            self.types.drop({chain})

    def sheet_part(self, name: str) -> str:
        """The part of a worksheet; '' where there is none."""
        return next((part for sheet, part in self.plan.sheets if sheet == name), "")

    @property
    def names(self) -> list[str]:
        """The names of the worksheets, in their order in the file."""
        return [name for name, _ in self.plan.sheets]

    @property
    def tabs(self) -> list[str]:
        """The names of all sheets, those of charts too, in their order."""
        main = Part(self.parts[self.main], ["sheets", "sheet"])
        return [node.attributes.get("name", "") for node in main.all("sheet", "sheets")]

    @cached_property
    def strings(self) -> list[str]:
        """The shared texts, without how they are read aloud."""
        part = Part(self._shared_strings, ["si", "t"])
        return ["".join(part.text(t) for t in part.within(si, "t") if t.parent != "rPh") for si in part.all("si")]

    @cached_property
    def rich(self) -> set[str]:
        """The numbers of the shared texts that have several looks."""
        part = Part(self._shared_strings, ["si", "r"])
        return {str(n) for n, item in enumerate(part.all("si")) if part.within(item, "r")}

    @property
    def _shared_strings(self) -> bytes:
        return self.parts.get(self.plan.strings) or b"<sst/>"

    # --- relations ------------------------------------------------------------------------------------------

    def named(self, name: str) -> str:
        """The part of a name in whatever capitals, for they make no other part; the name itself where there is none."""
        known = self._names.get(name.lower(), name)
        return known if known in self.parts else name

    def relations_of(self, part: str) -> str:
        """The part with the relations of a part (of the package for '')."""
        folder, name = posixpath.split(part)
        return self.named(posixpath.join(folder, "_rels", f"{name}.rels"))

    def _relations(self, part: str) -> list[Node]:
        place = self.relations_of(part)
        return Part(self.parts[place], ["Relationship"]).all("Relationship") if place in self.parts else []

    def _led_to(self, part: str, node: Node) -> str:
        """The part to which a relation of a part leads."""
        whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), node.attributes["Target"]))
        return self.named(whole.lstrip("/"))

    def related(self, part: str, kind: str) -> str:
        """The part of a kind that a part names; '' where it names none."""
        for node in self._relations(part):
            if node.attributes.get("Type", "").endswith(f"/{kind}"):
                found = self._led_to(part, node)
                return found if found in self.parts else ""
        return ""

    def targets(self, part: str) -> dict[str, str]:
        """The parts that a part names, by the id of the relation."""
        inside = (node for node in self._relations(part) if node.attributes.get("TargetMode") != "External")
        return {node.attributes["Id"]: self._led_to(part, node) for node in inside}

    def drawing(self, sheet: str, element: str = "legacyDrawing") -> str:
        """The part with the shapes that an element of a sheet names by its id; '' where there is none.

        Its notes and controls have one drawing, and the pictures of its headers another, by relations of one kind.
        """
        nodes = Part(self.parts[sheet], [element]).all(element)  # in strict files it is wrapped
        targets = self.targets(sheet) if nodes else {}
        found = (targets[value] for node in nodes for value in node.attributes.values() if value in targets)
        return next((part for part in found if part in self.parts), "")

    def own(self, part: str, found: str) -> str:
        """What a part names, of parts that belong to one part alone. MarkupError where another one has it too."""
        if found and self._owners.setdefault(found, part) != part:
            raise MarkupError(_SHARED)
        return found

    def relate(self, part: str, kind: str, target: str, space: str = "") -> str:
        """Name a part in another; the id of the relation."""
        place = self.relations_of(part)
        if place not in self.parts:
            self.parts[place] = f'{_HEAD}<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()
        lists = Part(self.parts[place], ["Relationship"])
        taken = {node.attributes.get("Id") for node in lists.all("Relationship")}
        identifier = next(f"rIdPoa{n}" for n in range(1, len(taken) + 2) if f"rIdPoa{n}" not in taken)
        where = quoted(f"/{target}")
        line = f'<Relationship Id="{identifier}" Type="{space or self.office}/{kind}" Target="{where}"/>'
        lists.append(lists.root, line)
        self.parts[place] = lists.done()
        return identifier

    def unrelate(self, part: str, target: str) -> None:
        """Take away what names a part."""
        place = self.relations_of(part)
        lists = Part(self.parts[place], ["Relationship"])
        for node in lists.all("Relationship"):
            if self._led_to(part, node) == target:
                lists.replace(node, "")
        self.parts[place] = lists.done()

    @property
    def office(self) -> str:
        """The name space of relations: strict files have another."""
        return namespaces.OFFICE[self.strict]

    @cached_property
    def strict(self) -> bool:
        """Whether the file is of the strict form of the format."""
        root = Part(self.parts[self.main]).root
        return STRICT in root.attributes.values()

    @property
    def main_space(self) -> str:
        """The name space of sheets."""
        return STRICT if self.strict else MAIN

    # --- parts ----------------------------------------------------------------------------------------------

    def new_name(self, pattern: str) -> str:
        """The first free name of a pattern such as `xl/comments{}.xml`."""
        taken = {name.lower() for name in self.parts}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).lower() not in taken)

    def add(self, name: str, xml: str, kind: str) -> None:
        """A new part, with its type; `xml` without the declaration."""
        self.parts[name] = (_HEAD + xml).encode()
        self.say_type(name, kind)

    def say_type(self, part: str, kind: str) -> None:
        """Say of which kind a part is."""
        self.types.put(part, CONTENT_TYPES[kind])

    def add_relations(self, part: str, line: str) -> None:
        """The relations of a part that has none: one, by its attributes."""
        text = f'{_HEAD}<Relationships xmlns="{PACKAGE}"><Relationship {line}/></Relationships>'
        self.parts[self.relations_of(part)] = text.encode()

    def add_drawing(self, name: str, xml: bytes) -> None:
        """A new part with the shapes of notes."""
        self.parts[name] = xml
        self.types.put(name, SHAPES)

    def put_project(self, project: bytes) -> None:
        """Put our macros where the workbook has its own, or anew."""
        part = self.related(self.main, "vbaProject")
        if not part:
            part = self.new_name("xl/vbaProject{}.bin")
            self.relate(self.main, "vbaProject", part, _MICROSOFT)
        self.parts[part] = project
        if self.plan.types.of(part) != _PROJECT:
            self.types.put(part, _PROJECT)

    # --- sheets ---------------------------------------------------------------------------------------------

    def add_sheet(self, name: str, xml: str) -> str:
        """A new worksheet at the end; its part."""
        part = self.new_name("xl/worksheets/sheet{}.xml")
        self.add(part, xml, "worksheet")
        identifier = self.relate(self.main, "worksheet", part)
        main = Part(self.parts[self.main], ["sheets", "sheet"])
        (sheets,) = main.all("sheets")
        taken = {int(node.attributes.get("sheetId", "0")) for node in main.all("sheet", "sheets")}
        number = 1 + max(taken)
        if number > _LAST_SHEET_NUMBER:
            number = next(n for n in range(1, len(taken) + 2) if n not in taken)
        link = f'xmlns:rel="{self.office}" rel:id="{identifier}"'
        # Attributes take no prefix, and a name space of its own is good XML wherever the part declares it.
        main.append(sheets, f'<sheet name="{quoted(name)}" sheetId="{number}" {link}/>')
        self.parts[self.main] = main.done()
        self.plan.sheets.append((name, part))
        return part

    def put_first(self, names: list[str]) -> None:
        """Move worksheets to the front, in this order, show them, and open the workbook at the first.

        Local names say to which sheet they belong by its place, so they follow.
        """
        main = Part(self.parts[self.main], ["workbookView", "sheet", "definedName"])
        order = _reordered(main, names)
        places = {str(old): str(new) for new, old in enumerate(order)}
        for node in main.all("definedName"):
            local = node.attributes.get("localSheetId", "")
            if local in places:
                main.set_attribute(node, "localSheetId", places[local])
        for view in main.all("workbookView"):
            for attribute in ("activeTab", "firstSheet"):
                main.set_attribute(view, attribute, "")
        self.parts[self.main] = main.done()
        for name, part in self.plan.sheets:
            self._select(part, name == names[0])
        for part in [p for p in self.parts if p.startswith("xl/chartsheets/sheet")]:
            self._select(part, False)

    def _select(self, part: str, selected: bool) -> None:
        """Sheets that are selected together are written in together, so only one may be."""
        sheet = Part(self.parts[part], ["sheetView"])
        for node in sheet.all("sheetView"):
            if (node.attributes.get("tabSelected") in ("1", "true", "on")) != selected:
                sheet.set_attribute(node, "tabSelected", "1" if selected else "")
        if sheet.edits:
            self.parts[part] = sheet.done()

    # --- the whole ------------------------------------------------------------------------------------------

    def done(self) -> bytes:
        """The package, marked as a copy."""
        provenance.put(self)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, xml in self.parts.items():
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, xml)
        return content.getvalue()


def _reordered(main: Part, names: list[str]) -> list[int]:
    """Put sheets to the front of the list of sheets, in sight; the old place of each."""
    sheets = main.all("sheet", "sheets")
    tabs = [node.attributes.get("name", "") for node in sheets]
    front = [tabs.index(name) for name in names]
    order = [*front, *(n for n in range(len(tabs)) if n not in front)]
    for place, source in zip(sheets, order, strict=True):
        text = main.without(sheets[source], "state") if source in front else main.bytes_of(sheets[source])
        main.edits.append(Edit(place.start, place.end, text))
    return order
