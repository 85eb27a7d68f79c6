"""The package of a workbook that gets changes in places: its parts, their relations, its sheets and their order."""

import hashlib
import io
import posixpath
import zipfile
from functools import cached_property

from poa_xl import guards
from poa_xl.guards import workbook as guarded
from poa_xl.reading import provenance
from poa_xl.writers.annotated_xml import Edit, MarkupError, Part, quoted

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
CONTENT_TYPES = {
    "worksheet": _CONTENT + "worksheet+xml",
    "comments": _CONTENT + "comments+xml",
    "custom-properties": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_TYPES, _PROPERTIES = "[Content_Types].xml", "docProps/custom.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same inputs give the same bytes
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of custom properties; the file format gives it
_COPY = "poa_xl_copia"  # the property that an annotated copy carries: a digest of all its other parts
_SHAPES = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SHARED = "a part of two owners"  # no program writes it, and each owner would read it once more
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Book:
    """A workbook's parts by name. RefusedError where it is no workbook, MarkupError where it cannot be changed."""

    def __init__(self, content: bytes, limits: guards.Limits = guards.DEFAULT) -> None:
        package = guards.opened(content, limits)
        self.parts = {name: package.part(name) for name in package.names if not name.endswith("/")}
        self.plan = guarded.plan(package, limits)
        self.main = self.plan.main
        if self.main not in self.parts or _TYPES not in self.parts:
            raise MarkupError(self.main)
        self._new_types: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self._drop_calculation_chain()

    def _drop_calculation_chain(self) -> None:
        """The order in which Excel last calculated names cells with formulas: it must go where some come or go."""
        chain = self.related(self.main, "calcChain")
        if chain:
            self.unrelate(self.main, chain)
            del self.parts[chain]
            self._untype(chain)

    def sheet_part(self, name: str) -> str:
        """The part of a worksheet; '' where there is none."""
        return next((part for sheet, part in self.plan.sheets if sheet == name), "")

    @property
    def names(self) -> list[str]:
        """The names of the worksheets, in their order in the file."""
        return [name for name, _ in self.plan.sheets]

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

    def _relations(self, part: str) -> str:
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def related(self, part: str, kind: str) -> str:
        """The part of a kind that a part names; '' where it names none."""
        place = self._relations(part)
        if place not in self.parts:
            return ""
        for node in Part(self.parts[place], ["Relationship"]).all("Relationship"):
            if node.attributes.get("Type", "").endswith(f"/{kind}"):
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), node.attributes["Target"]))
                return target.lstrip("/") if target.lstrip("/") in self.parts else ""
        return ""

    def own(self, part: str, kind: str) -> str:
        """The same, of parts that belong to one part alone. MarkupError where another one has it too."""
        found = self.related(part, kind)
        if found and self._owners.setdefault(found, part) != part:
            raise MarkupError(_SHARED)
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Name a part in another; the id of the relation."""
        place = self._relations(part)
        if place not in self.parts:
            self.parts[place] = f'{_HEAD}<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()
        lists = Part(self.parts[place], ["Relationship"])
        taken = {node.attributes.get("Id") for node in lists.all("Relationship")}
        identifier = next(f"rIdPoa{n}" for n in range(1, len(taken) + 2) if f"rIdPoa{n}" not in taken)
        where = quoted(f"/{target}")
        line = f'<Relationship Id="{identifier}" Type="{self.office}/{kind}" Target="{where}"/>'
        lists.append(lists.root, line)
        self.parts[place] = lists.done()
        return identifier

    def unrelate(self, part: str, target: str) -> None:
        """Take away what names a part."""
        place = self._relations(part)
        lists = Part(self.parts[place], ["Relationship"])
        for node in lists.all("Relationship"):
            found = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), node.attributes["Target"]))
            if found.lstrip("/") == target:
                lists.replace(node, "")
        self.parts[place] = lists.done()

    @property
    def office(self) -> str:
        """The name space of relations: strict files have another."""
        return "http://purl.oclc.org/ooxml/officeDocument/relationships" if self.strict else OFFICE

    @property
    def strict(self) -> bool:
        """Whether the file is of the strict form of the format."""
        return b"http://purl.oclc.org/ooxml/spreadsheetml/main" in self.parts[self.main]

    @property
    def main_space(self) -> str:
        """The name space of sheets."""
        return "http://purl.oclc.org/ooxml/spreadsheetml/main" if self.strict else MAIN

    # --- parts ----------------------------------------------------------------------------------------------

    def new_name(self, pattern: str) -> str:
        """The first free name of a pattern such as `xl/comments{}.xml`."""
        taken = {name.lower() for name in self.parts}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).lower() not in taken)

    def add(self, name: str, xml: str, kind: str) -> None:
        """A new part, with its type; `xml` without the declaration."""
        self.parts[name] = (_HEAD + xml).encode()
        self._new_types[name] = CONTENT_TYPES[kind]

    def add_drawing(self, name: str, xml: bytes) -> None:
        """A new part with the shapes of notes."""
        self.parts[name] = xml
        self._new_types[name] = _SHAPES

    def _type_new_parts(self) -> None:
        """Say of what type the new parts are: all at once, for the list of types is as long as a stranger made it."""
        types = Part(self.parts[_TYPES], ["Default"])
        added = {name: kind for name, kind in self._new_types.items() if name in self.parts}
        known = {node.attributes.get("Extension", "").lower() for node in types.all("Default")}
        if _SHAPES in added.values() and "vml" not in known:
            types.insert(types.root.inner, f'<Default Extension="vml" ContentType="{_SHAPES}"/>')
        lines = (
            f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in added.items() if kind != _SHAPES
        )
        types.append(types.root, "".join(lines))
        self.parts[_TYPES] = types.done()

    def _untype(self, name: str) -> None:
        types = Part(self.parts[_TYPES], ["Override"])
        for node in types.all("Override"):
            if node.attributes.get("PartName") == f"/{name}":
                types.replace(node, "")
        self.parts[_TYPES] = types.done()

    # --- sheets ---------------------------------------------------------------------------------------------

    def add_sheet(self, name: str, xml: str) -> str:
        """A new worksheet at the end; its part."""
        part = self.new_name("xl/worksheets/sheet{}.xml")
        self.add(part, xml, "worksheet")
        identifier = self.relate(self.main, "worksheet", part)
        main = Part(self.parts[self.main], ["sheets", "sheet"])
        (sheets,) = main.all("sheets")
        number = 1 + max(int(node.attributes.get("sheetId", "0")) for node in main.all("sheet", "sheets"))
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
        self._mark()
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, xml in self.parts.items():
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, xml)
        return content.getvalue()

    def _mark(self) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/"
        none = f'<Properties xmlns="{kind}custom-properties" xmlns:vt="{kind}docPropsVTypes"></Properties>'
        if _PROPERTIES not in self.parts:
            self.add(_PROPERTIES, none, "custom-properties")
            self.relate("", "custom-properties", _PROPERTIES)
        properties = Part(self.parts[_PROPERTIES], ["property"])
        if properties.root.close == properties.root.end:  # `<Properties/>`, as Gnumeric writes
            properties = Part(none.encode(), ["property"])
        numbers = []
        for node in properties.all("property"):
            if node.attributes.get("name") == _COPY:
                properties.replace(node, "")
            else:
                numbers.append(int(node.attributes.get("pid", "1")))
        self._type_new_parts()
        properties.edits.append(_at_end(properties, self._property(max([1, *numbers]) + 1)))
        self.parts[_PROPERTIES] = properties.done()

    def _property(self, number: int) -> bytes:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/"
        value = f'<vt:lpwstr xmlns:vt="{kind}docPropsVTypes">{digest(self.parts)}</vt:lpwstr>'
        space = f'xmlns="{kind}custom-properties"'
        return f'<property {space} fmtid="{_FORMAT}" pid="{number}" name="{_COPY}">{value}</property>'.encode()


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


def _at_end(part: Part, text: bytes) -> Edit:
    return Edit(part.root.close, part.root.close, text)


def digest(parts: dict[str, bytes]) -> str:
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
        return provenance.texts(package, guards.DEFAULT).get(_COPY) == digest(parts)
    except guards.RefusedError:
        return False
