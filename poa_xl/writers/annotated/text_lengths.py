"""Texts that are longer than a cell of Excel holds: other programs write them, and Excel repairs such a workbook."""

import re

from poa_xl.guards.markup import utf8
from poa_xl.ooxml.escape import escape
from poa_xl.ooxml.splice import Element, XmlPart
from poa_xl.writers.annotated.package import WorkbookCopy
from poa_xl.writers.xlsx.formats import LONGEST_TEXT, fitted, length

_CHARACTER = re.compile(r"_x[0-9A-Fa-f]{4}_")  # one, as the format writes what XML cannot hold
_HALF = re.compile(r"_(?:x[0-9A-Fa-f]{0,4})?\Z")


def cut(book: WorkbookCopy) -> list[str]:
    """Cut them to what fits; the cells that hold them, such as `Tareas!C5`, in the order of the sheets."""
    numbers = _cut_shared(book)
    return [f"{sheet}!{cell}" for sheet, part in book.sheets for cell in _cut_in(book, part, numbers)]


def _cut_shared(book: WorkbookCopy) -> set[str]:
    """The numbers of the shared texts that were too long."""
    name = book.index.strings
    numbers = {number for number, text in enumerate(book.strings) if _too_long(text)}
    if not numbers:
        return set()
    part = XmlPart(book.parts[name], ["si"])
    for number, item in enumerate(part.all("si")):
        if number in numbers:
            _refill(part, item, "si", book.strings[number])
    book.parts[name] = part.done()
    del book.strings
    return {str(number) for number in numbers}


def _cut_in(book: WorkbookCopy, name: str, numbers: set[str]) -> list[str]:
    """The cells of a sheet with a text that was too long. One that stands in the cell itself is cut here."""
    xml = utf8(book.parts[name])
    if not numbers and (len(xml) <= LONGEST_TEXT or b"inlineStr" not in xml):
        return []
    part = XmlPart(xml, ["c", "v", "is", "t"])
    found = []
    for cell in part.all("c"):
        kind = cell.attributes.get("t", "")
        if kind == "s" and any(part.text(v) in numbers for v in part.within(cell, "v")):
            found.append(cell.attributes.get("r", ""))
        for inside in part.within(cell, "is") if kind == "inlineStr" else ():
            text = "".join(part.text(t) for t in part.within(inside, "t"))
            if _too_long(text):
                _refill(part, inside, "is", text)
                found.append(cell.attributes.get("r", ""))
    book.parts[name] = part.done()
    return found


def _too_long(text: str) -> bool:
    return len(text) > LONGEST_TEXT // 2 and length(_CHARACTER.sub("x", text)) > LONGEST_TEXT


def _refill(part: XmlPart, node: Element, name: str, text: str) -> None:
    short = escape(_HALF.sub("", fitted(text, "")), {"\r": "&#13;"})
    part.replace(node, f'<{name}><t xml:space="preserve">{short}</t></{name}>')
