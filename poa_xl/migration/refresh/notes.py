"""Notes of ours with other words, in the look of their first ones; a longer one gets a taller box."""

from poa_xl.cells import place_of, row_of
from poa_xl.migration.refresh.parts import Splice
from poa_xl.ooxml.encoding import EncodingError
from poa_xl.ooxml.splice import ODD, Edit, MarkupError, XmlPart, content
from poa_xl.writers.annotated.package import WorkbookCopy

_BOTTOM = 6  # which number of an anchor says the row in which the box ends


def put(book: WorkbookCopy, splice: Splice) -> None:
    """Change the notes of all sheets."""
    for sheet, notes in splice.notes.items():
        part = book.sheet_part(sheet)
        name = book.own(part, book.related(part, "comments"))
        comments = XmlPart(book.parts[name], ["comment", "text", "rPr", "t"])
        taller: dict[tuple[int, int], int] = {}
        for node in comments.all("comment"):
            address = node.attributes.get("ref", "")
            if address in notes:
                before = "".join(comments.text(t) for t in comments.within(node, "t"))
                (text,) = comments.within(node, "text")
                looks = comments.within(text, "rPr")
                look = comments.bytes_of(looks[0]) if looks else b""
                said = comments.own(f'<t xml:space="preserve">{content(notes[address])}</t></r></text>')
                comments.edits.append(Edit(text.start, text.end, comments.own("<text><r>") + look + said))
                more = notes[address].count("\n") - before.strip().count("\n")
                taller[row_of(address) - 1, place_of(address)] = more
        book.parts[name] = comments.done()
        _grow(book, part, {place: more for place, more in taller.items() if more > 0})


def _grow(book: WorkbookCopy, part: str, taller: dict[tuple[int, int], int]) -> None:
    """Make the boxes of notes some rows taller. Shapes of old programs are not always XML: they stay as they are."""
    name = book.drawing(part)
    if not name or not taller:
        return
    try:
        shapes = XmlPart(book.parts[name], ["shape", "ClientData", "Row", "Column", "Anchor"])
        for shape in shapes.all("shape"):
            found = [[shapes.text(n).strip() for n in shapes.within(shape, kind)] for kind in ("Row", "Column")]
            more = taller.get((int(found[0][0]), int(found[1][0])), 0) if all(found) else 0
            for anchor in shapes.within(shape, "Anchor") if more else ():
                numbers = shapes.text(anchor).split(",")
                numbers[_BOTTOM] = f" {int(numbers[_BOTTOM]) + more}"
                shapes.replace_text(anchor, ",".join(numbers))
        book.parts[name] = shapes.done()
    except (MarkupError, EncodingError, *ODD):
        return
