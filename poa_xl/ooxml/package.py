"""The package of a workbook while it is changed: its parts by name, their relations and types, its sheets in order."""

import io
from collections.abc import Callable
from functools import cached_property

from poa_xl import zip_archive
from poa_xl.ooxml import namespaces
from poa_xl.ooxml.content_types import COMMENTS, CUSTOM_PROPERTIES, SHAPES, WORKSHEET
from poa_xl.ooxml.part_names import CONTENT_TYPES
from poa_xl.ooxml.relation_list import RelationList, leading_out
from poa_xl.ooxml.relations import list_of
from poa_xl.ooxml.splice import HEAD, Edit, Element, MarkupError, XmlPart, quoted
from poa_xl.ooxml.type_list import TypeList

_TYPES = {"worksheet": WORKSHEET, "comments": COMMENTS, "custom-properties": CUSTOM_PROPERTIES}
_LAST_SHEET_NUMBER = 65_534  # that Excel takes


class WorkbookPackage:
    """The parts of a workbook. `main` is its own part, `sheets` are its worksheets in their order as (name, part).

    MarkupError, or LookupError and ValueError (`splice.ODD`), where what is asked for cannot be done in places.
    """

    def __init__(self, parts: dict[str, bytes], main: str, sheets: list[tuple[str, str]]) -> None:
        self.parts, self.main, self.sheets = parts, main, sheets
        if main not in parts or CONTENT_TYPES not in parts:
            raise MarkupError(main)
        self.types = TypeList(parts)
        self._names = {name.lower(): name for name in parts}

    def sheet_part(self, name: str) -> str:
        """The part of a worksheet; '' where there is none."""
        return next((part for sheet, part in self.sheets if sheet == name), "")

    @property
    def names(self) -> list[str]:
        """The names of the worksheets, in their order in the file."""
        return [name for name, _ in self.sheets]

    @property
    def tabs(self) -> list[str]:
        """The names of all sheets, those of charts too, in their order."""
        main = XmlPart(self.parts[self.main], ["sheets", "sheet"])
        return [node.attributes.get("name", "") for node in main.all("sheet", "sheets")]

    # --- relations ------------------------------------------------------------------------------------------

    def named(self, name: str) -> str:
        """The part of a name in whatever capitals, for they make no other part; the name itself where there is none."""
        known = self._names.get(name.lower(), name)
        return known if known in self.parts else name

    def relations_of(self, part: str) -> str:
        """The part with the relations of a part (of the package for '')."""
        return self.named(list_of(part))

    def _relations(self, part: str) -> RelationList:
        return RelationList(part, self.parts.get(self.relations_of(part)))

    def related(self, part: str, kind: str) -> str:
        """The part of a kind that a part names; '' where it names none."""
        found = self.named(self._relations(part).first(kind))
        return found if found in self.parts else ""

    def targets(self, part: str) -> dict[str, str]:
        """The parts that a part names, by the id of the relation."""
        return {identifier: self.named(name) for identifier, name in self._relations(part).targets().items()}

    def relate(self, part: str, kind: str, target: str, space: str = "") -> str:
        """Name a part in another; the id of the relation."""
        listed = self._relations(part)
        identifier = listed.add(f"{space or self.office}/{kind}", target)
        self.parts[self.relations_of(part)] = listed.done()
        return identifier

    def unrelate(self, part: str, target: str) -> None:
        """Take away what names a part."""
        self.drop_relations(part, lambda lines, line: self.named(lines.target(line)) == target)

    def drop_relations(self, part: str, which: Callable[[RelationList, Element], bool]) -> bool:
        """Take away relations of a part that has some; whether there were such."""
        place = self.relations_of(part)
        listed = RelationList(part, self.parts[place])
        dropped = listed.drop(lambda line: which(listed, line))
        self.parts[place] = listed.done()
        return dropped

    def point(self, part: str, identifier: str, kind: str, target: str) -> None:
        """Have a relation of a part lead to another one."""
        place = self.relations_of(part)
        listed = RelationList(part, self.parts[place])
        listed.point(identifier, f"{self.office}/{kind}", target)
        self.parts[place] = listed.done()

    def lead_out(self, part: str, identifier: str, relation_type: str, target: str) -> None:
        """Give a part one relation in the place of its own, to somewhere outside the package."""
        self.parts[self.relations_of(part)] = leading_out(identifier, relation_type, target)

    @property
    def office(self) -> str:
        """The name space of relations: strict files have another."""
        return namespaces.OFFICE[self.strict]

    @cached_property
    def strict(self) -> bool:
        """Whether the file is of the strict form of the format."""
        root = XmlPart(self.parts[self.main]).root
        return namespaces.STRICT in root.attributes.values()

    @property
    def main_space(self) -> str:
        """The name space of sheets."""
        return namespaces.STRICT if self.strict else namespaces.TRANSITIONAL

    # --- parts ----------------------------------------------------------------------------------------------

    def new_name(self, pattern: str) -> str:
        """The first free name of a pattern such as `xl/comments{}.xml`."""
        taken = {name.lower() for name in self.parts}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).lower() not in taken)

    def add(self, name: str, xml: str, kind: str) -> None:
        """A new part, with its type; `xml` without the declaration."""
        self.parts[name] = (HEAD + xml).encode()
        self.say_type(name, kind)

    def say_type(self, part: str, kind: str) -> None:
        """Say of which kind a part is."""
        self.types.put(part, _TYPES[kind])

    def add_drawing(self, name: str, xml: bytes) -> None:
        """A new part with the shapes of notes."""
        self.parts[name] = xml
        self.types.put(name, SHAPES)

    # --- sheets ---------------------------------------------------------------------------------------------

    def add_sheet(self, name: str, xml: str) -> str:
        """A new worksheet at the end; its part."""
        part = self.new_name("xl/worksheets/sheet{}.xml")
        self.add(part, xml, "worksheet")
        identifier = self.relate(self.main, "worksheet", part)
        main = XmlPart(self.parts[self.main], ["sheets", "sheet"])
        (sheets,) = main.all("sheets")
        taken = {int(node.attributes.get("sheetId", "0")) for node in main.all("sheet", "sheets")}
        number = 1 + max(taken)
        if number > _LAST_SHEET_NUMBER:
            number = next(n for n in range(1, len(taken) + 2) if n not in taken)
        link = f'xmlns:rel="{self.office}" rel:id="{identifier}"'
        # Attributes take no prefix, and a name space of its own is good XML wherever the part declares it.
        main.append(sheets, f'<sheet name="{quoted(name)}" sheetId="{number}" {link}/>')
        self.parts[self.main] = main.done()
        self.sheets.append((name, part))
        return part

    def rename_sheet(self, old: str, new: str) -> None:
        """Give a sheet another name in the list of sheets; what else names it is left."""
        main = XmlPart(self.parts[self.main], ["sheet"])
        for node in main.all("sheet", "sheets"):
            if node.attributes.get("name") == old:
                main.set_attribute(node, "name", new)
        self.parts[self.main] = main.done()
        self.sheets[:] = [(new if name == old else name, part) for name, part in self.sheets]

    def put_first(self, names: list[str]) -> None:
        """Move worksheets to the front, in this order, show them, and open the workbook at the first.

        Local names say to which sheet they belong by its place, so they follow.
        """
        main = XmlPart(self.parts[self.main], ["workbookView", "sheet", "definedName"])
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
        for name, part in self.sheets:
            self._select(part, name == names[0])
        for part in [p for p in self.parts if p.startswith("xl/chartsheets/sheet")]:
            self._select(part, False)

    def _select(self, part: str, selected: bool) -> None:
        """Sheets that are selected together are written in together, so only one may be."""
        sheet = XmlPart(self.parts[part], ["sheetView"])
        for node in sheet.all("sheetView"):
            if (node.attributes.get("tabSelected") in ("1", "true", "on")) != selected:
                sheet.set_attribute(node, "tabSelected", "1" if selected else "")
        if sheet.edits:
            self.parts[part] = sheet.done()

    # --- the whole ------------------------------------------------------------------------------------------

    def done(self) -> bytes:
        """The package as a zip."""
        content = io.BytesIO()
        with zip_archive.ZipWriter(content) as archive:
            for name, xml in self.parts.items():
                archive.writestr(zip_archive.entry(name), xml)
        return content.getvalue()


def _reordered(main: XmlPart, names: list[str]) -> list[int]:
    """Put sheets to the front of the list of sheets, in sight; the old place of each."""
    sheets = main.all("sheet", "sheets")
    tabs = [node.attributes.get("name", "") for node in sheets]
    front = [tabs.index(name) for name in names]
    order = [*front, *(n for n in range(len(tabs)) if n not in front)]
    for place, source in zip(sheets, order, strict=True):
        text = main.without(sheets[source], "state") if source in front else main.bytes_of(sheets[source])
        main.edits.append(Edit(place.start, place.end, text))
    return order
