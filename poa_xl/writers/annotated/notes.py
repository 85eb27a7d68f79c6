"""Notes at the observed cells of an annotated copy.

A note is put only where there is none, and taken away only if it says, word for word, what the old list says, as the
buttons do: what a person wrote, and the help of the template, stay. A note is two things in the file: a text in the
sheet's part of comments, and a yellow box in its part of shapes.
"""

import re
from collections.abc import Mapping

from poa_xl.cells import place_of, row_of
from poa_xl.ooxml import namespaces
from poa_xl.ooxml.splice import ODD, WRAPPED, Edit, Element, MarkupError, XmlPart, content, for_those_that_know, quoted
from poa_xl.writers.annotated.package import WorkbookCopy
from poa_xl.writers.xlsx.formats import NOTE_FILL, fitted

AUTHOR = "poa-xl"
_VML = namespaces.NEWER["v"]
_NOTHING_DRAWN = (
    f'<xml xmlns:v="{_VML}" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{block}"/></o:shapelayout></xml>'
)
_BOX = (
    f'<v:shapetype xmlns:v="{_VML}" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    f'<v:shape xmlns:v="{_VML}" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;width:240pt;height:{height}pt;z-index:{number};visibility:hidden" fillcolor="{fill}" '
    'o:insetmode="auto"><v:fill color2="{fill}"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, '
    "{right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
    "<x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_BLOCK = 1024  # the numbers of shapes that a sheet has for itself
_BLOCKS = re.compile(rb"""<(?:\w{1,9}:)?idmap\b[^<>]{0,99}?\bdata=["'](\d{1,5}(?:,\d{1,5}){0,99})["']""")
_LINE, _LETTERS = 15, 48  # points of a line; about how many letters one has
# What stands behind the relation to the shapes in a sheet.
_AFTER = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
          "extLst")  # fmt: skip


def replace(book: WorkbookCopy, sheet: str, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Take notes of a sheet away and put others; `old` and `new` are address -> text. Nothing where it cannot be."""
    part = book.sheet_part(sheet)
    before = dict(book.parts)
    try:
        _remove(book, part, old)
        _put(book, part, new)
    except (MarkupError, *ODD):  # the shapes of old programs are not always XML; list and colours say the same
        book.parts.clear()
        book.parts.update(before)


def _own_comments(book: WorkbookCopy, part: str) -> str:
    return book.own(part, book.related(part, "comments"))


def _own_drawing(book: WorkbookCopy, part: str) -> str:
    """The shapes of a sheet's notes. MarkupError where its headers have them too: a note among pictures is a fault."""
    found = book.own(part, book.drawing(part))
    if found and found == book.drawing(part, "legacyDrawingHF"):
        raise MarkupError(found)
    return found


def _comments(book: WorkbookCopy, name: str) -> XmlPart:
    return XmlPart(book.parts[name], ["authors", "author", "commentList", "comment", "t"])


def _shapes(book: WorkbookCopy, name: str) -> XmlPart:
    return XmlPart(book.parts[name], ["shape", "shapetype", "ClientData", "Row", "Column"])


def _remove(book: WorkbookCopy, part: str, old: Mapping[str, str]) -> None:
    name = _own_comments(book, part)
    if not name or not old:
        return
    comments = _comments(book, name)
    gone = [n for n in comments.all("comment") if _says(comments, n, old.get(n.attributes.get("ref", "")))]
    for node in gone:
        comments.replace(node, "")
    book.parts[name] = comments.done()
    places = {(row_of(n.attributes["ref"]) - 1, place_of(n.attributes["ref"])) for n in gone}
    # Copies of earlier versions have the boxes among the pictures of a header.
    drawings = [book.own(part, book.drawing(part, element)) for element in ("legacyDrawing", "legacyDrawingHF")]
    for drawn in filter(None, drawings if places else ()):
        shapes = _shapes(book, drawn)
        for shape in shapes.all("shape"):
            if _place(shapes, shape) in places:
                shapes.replace(shape, "")
        book.parts[drawn] = shapes.done()


def _says(comments: XmlPart, comment: Element, text: str | None) -> bool:
    said = "".join(comments.text(t) for t in comments.within(comment, "t"))
    return text is not None and said.split() == fitted(text).split()


def _place(shapes: XmlPart, shape: Element) -> tuple[int, int] | None:
    """The row and column (from 0) to which a box belongs; None for other shapes."""
    data = shapes.within(shape, "ClientData")
    if not data or data[0].attributes.get("ObjectType") != "Note":
        return None
    found = [[shapes.text(n) for n in shapes.within(shape, kind)] for kind in ("Row", "Column")]
    return (int(found[0][0]), int(found[1][0])) if all(found) else None


def _put(book: WorkbookCopy, part: str, new: Mapping[str, str]) -> None:
    name = _own_comments(book, part)
    taken = {n.attributes.get("ref") for n in _comments(book, name).all("comment")} if name else set()
    free = {address: text for address, text in new.items() if address not in taken}
    if not free:
        return
    _draw(book, part, free)
    name = name or _new_comments(book, part)
    comments = _comments(book, name)
    authors, lists = comments.all("authors"), comments.all("commentList")
    if not authors or not lists:
        raise MarkupError(name)
    known = [comments.text(n) for n in comments.all("author")]
    author = known.index(AUTHOR) if AUTHOR in known else len(known)
    if author == len(known):
        comments.append(authors[0], f"<author>{AUTHOR}</author>")
    comments.append(lists[0], "".join(_comment(address, author, text) for address, text in free.items()))
    book.parts[name] = comments.done()


def _comment(address: str, author: int, text: str) -> str:
    look = '<rPr><sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/></rPr>'
    said = f'<r>{look}<t xml:space="preserve">{content(fitted(text))}</t></r>'
    return f'<comment ref="{address}" authorId="{author}"><text>{said}</text></comment>'


def _new_comments(book: WorkbookCopy, part: str) -> str:
    name = book.new_name("xl/comments{}.xml")
    space = quoted(book.main_space)
    xml = f'<comments xmlns="{space}"><authors></authors><commentList></commentList></comments>'
    book.add(name, xml, "comments")
    book.relate(part, "comments", name)
    return name


def _draw(book: WorkbookCopy, part: str, texts: Mapping[str, str]) -> None:
    name = _own_drawing(book, part) or _new_drawing(book, part)
    shapes = _shapes(book, name)
    if not any(n.attributes.get("id") == "_x0000_t202" for n in shapes.all("shapetype")):
        shapes.append(shapes.root, _BOX)
    numbers = [int(n.attributes["id"][8:]) for n in shapes.all("shape") if _numbered(n)]
    first = max(numbers, default=_first_number(shapes)) + 1
    boxes = [_shape(address, text, number) for number, (address, text) in enumerate(texts.items(), start=first)]
    shapes.append(shapes.root, "".join(boxes))
    book.parts[name] = shapes.done()


def _numbered(shape: Element) -> bool:
    identifier = shape.attributes.get("id", "")
    return identifier.startswith("_x0000_s") and identifier[8:].isdigit()


def _first_number(shapes: XmlPart) -> int:
    blocks = XmlPart(shapes.xml, ["idmap"]).all("idmap")
    block = blocks[0].attributes.get("data", "1").split(",")[0] if blocks else "1"
    return int(block) * _BLOCK


def _shape(address: str, text: str, number: int) -> str:
    row, column = row_of(address) - 1, place_of(address)
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    place = {"left": column + 1, "top": max(row - 1, 0), "right": column + 5, "bottom": max(row - 1, 0) + lines + 1}
    return _SHAPE.format(fill=NOTE_FILL, number=number, height=_LINE * (lines + 1), row=row, column=column, **place)


def _free_block(book: WorkbookCopy) -> int:
    """The first block of numbers that no drawing of the workbook has for itself."""
    drawings = [xml for name, xml in book.parts.items() if name.lower().endswith(".vml")]
    blocks = [int(number) for xml in drawings for found in _BLOCKS.findall(xml) for number in found.split(b",")]
    return max([len(book.sheets) + len(drawings), *blocks]) + 1


def _new_drawing(book: WorkbookCopy, part: str) -> str:
    name = book.new_name("xl/drawings/vmlDrawing{}.vml")
    book.add_drawing(name, _NOTHING_DRAWN.format(block=_free_block(book)).encode())
    # The shapes are of no strict form: Excel names them so in a strict file too, for programs that know them.
    identifier = book.relate(part, "vmlDrawing", name, namespaces.OFFICE[0])
    sheet = XmlPart(book.parts[part], ["legacyDrawing", WRAPPED, *_AFTER])
    for dangling in sheet.all("legacyDrawing"):
        sheet.replace(dangling, "")
    at, link = sheet.before(_AFTER), sheet.own(f'<legacyDrawing xmlns:rel="{book.office}" rel:id="{identifier}"/>')
    before, behind = for_those_that_know("v") if book.strict else (b"", b"")
    sheet.edits.append(Edit(at, at, before + link + behind))
    book.parts[part] = sheet.done()
    return name
