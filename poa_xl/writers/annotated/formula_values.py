"""Formulas, names, tables and connections of a copy that would reach for what it does not carry: their values stay."""

import html
import re
from collections.abc import Collection

from poa_xl.guards import active_formulas
from poa_xl.ooxml.splice import Element, XmlPart, quoted
from poa_xl.writers.annotated.package import WorkbookCopy

SHEETS = ("xlm", "dialogo")  # kinds of sheets that become blank
_AUTOMATIC = frozenset({"auto_open", "auto_close", "auto_activate", "auto_deactivate"})
_LINKED = re.compile(r"\[(\d{1,6})\]")


def connections(book: WorkbookCopy) -> str:
    """The part with the connections, where a pivot table needs their numbers: they are marked as removed, as the format
    has it; '' where nothing needs them.
    """
    edge = next((e for e in book.active.edges if e.kind == "conexion" and e.target in book.parts), None)
    caches = (xml for name, xml in book.parts.items() if "pivotcachedefinition" in book.index.types.of(name).casefold())
    if edge is None or not any(b"connectionId" in xml for xml in caches):
        return ""
    numbers = [n.attributes.get("id", "0") for n in XmlPart(book.parts[edge.target], ["connection"]).all("connection")]
    lines = "".join(f'<connection id="{quoted(n)}" name="{n}" refreshedVersion="0" deleted="1"/>' for n in numbers)
    book.parts[edge.target] = f'<connections xmlns="{book.main_space}">{lines}</connections>'.encode()
    return edge.target


def release_tables(book: WorkbookCopy) -> None:
    """Tables that a query or a connection filled are tables like others."""
    connected = any(e.kind == "conexion" and e.target in book.parts for e in book.active.edges)
    for name in [n for n in book.parts if "spreadsheetml.table+xml" in book.index.types.of(n)]:
        table = XmlPart(book.parts[name], ["tableColumn"])
        if not connected and "connectionId" in table.root.attributes:
            table.set_attribute(table.root, "connectionId", "")
        if table.root.attributes.get("tableType") == "queryTable":
            table.set_attribute(table.root, "tableType", "")
            for column in table.all("tableColumn"):
                table.set_attribute(column, "queryTableFieldId", "")
        book.parts[name] = table.done()


def quieten(book: WorkbookCopy, numbers: Collection[str]) -> None:
    """Formulas that reach out, or that name a link which leads nowhere now, leave their values."""
    sheets = [part for _, part in book.sheets]
    for name in dict.fromkeys([*book.active.formulas, *([book.main, *sheets] if numbers else [])]):
        part = XmlPart(book.parts[name], [*active_formulas.ELEMENTS, "c"])
        gone = [n for n in part.nodes if n.name in active_formulas.ELEMENTS and _reaches(book, part, n, numbers)]
        shared = {n.attributes["si"] for n in gone if "si" in n.attributes}
        gone_at = {n.start for n in gone}
        for node in part.nodes:
            if node.start in gone_at or (node.name == "f" and node.attributes.get("si") in shared):
                _leave_value(part, node)
        book.parts[name] = part.done()


def forget_macros(book: WorkbookCopy) -> None:
    """Names that stand for macros of sheets that are blank now."""
    if not any(item.kind in SHEETS for item in book.active.items):
        return
    main = XmlPart(book.parts[book.main], ["definedNames", "definedName"])
    for node in [n for names in main.all("definedNames", main.root.name) for n in main.within(names, "definedName")]:
        marks = [name for name in ("xlm", "function", "vbProcedure", "macro") if name in node.attributes]
        if marks or node.attributes.get("name", "").casefold().removeprefix("_xlnm.") in _AUTOMATIC:
            main.replace_text(node, "#REF!")
            for name in marks:
                main.set_attribute(node, name, "")
    book.parts[book.main] = main.done()


_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[|\]\]>", re.DOTALL)


def _reaches(book: WorkbookCopy, part: XmlPart, node: Element, numbers: Collection[str]) -> bool:
    text = html.unescape(_MARKUP.sub(b"", part.xml[node.inner : node.close]).decode())
    if any(found in numbers for found in _LINKED.findall(text)):
        return True
    return active_formulas.reaches_out(text, book.names)


def _leave_value(part: XmlPart, node: Element) -> None:
    if node.name == "f" and node.parent == "c":
        part.replace(node, "")
    else:
        part.replace_text(node, "#REF!" if node.name == "definedName" else "FALSE")
