"""Texts that are longer than a cell of Excel holds: other programs write them, and Excel repairs such a workbook."""

from poa_xl.writers.annotated_package import Book
from poa_xl.writers.annotated_xml import Node, Part, content
from poa_xl.writers.formats import LONGEST_TEXT, fitted, length


def cut(book: Book) -> list[str]:
    """Cut them to what fits; the cells that hold them, such as `Tareas!C5`, in the order of the sheets."""
    numbers = _cut_shared(book)
    return [f"{sheet}!{cell}" for sheet, part in book.plan.sheets for cell in _cut_in(book, part, numbers)]


def _cut_shared(book: Book) -> set[str]:
    """The numbers of the shared texts that were too long."""
    name = book.plan.strings
    if len(book.parts.get(name, b"")) <= LONGEST_TEXT or max(map(length, book.strings), default=0) <= LONGEST_TEXT:
        return set()
    part = Part(book.parts[name], ["si", "t"])
    numbers = {number for number, text in enumerate(book.strings) if length(text) > LONGEST_TEXT}
    for number, item in enumerate(part.all("si")):
        if number in numbers:
            _refill(part, item, "si", book.strings[number])
    book.parts[name] = part.done()
    del book.strings
    return {str(number) for number in numbers}


def _cut_in(book: Book, name: str, numbers: set[str]) -> list[str]:
    """The cells of a sheet with a text that was too long. One that stands in the cell itself is cut here."""
    xml = book.parts[name]
    if not numbers and (len(xml) <= LONGEST_TEXT or b"inlineStr" not in xml):
        return []
    part = Part(xml, ["c", "v", "is", "t"])
    found = []
    for cell in part.all("c"):
        kind = cell.attributes.get("t", "")
        if kind == "s" and any(part.text(v) in numbers for v in part.within(cell, "v")):
            found.append(cell.attributes.get("r", ""))
        for inside in part.within(cell, "is") if kind == "inlineStr" else ():
            text = "".join(part.text(t) for t in part.within(inside, "t"))
            if length(text) > LONGEST_TEXT:
                _refill(part, inside, "is", text)
                found.append(cell.attributes.get("r", ""))
    book.parts[name] = part.done()
    return found


def _refill(part: Part, node: Node, name: str, text: str) -> None:
    part.replace(node, f'<{name}><t xml:space="preserve">{content(fitted(text, ""))}</t></{name}>')
