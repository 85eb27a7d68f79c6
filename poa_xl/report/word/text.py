"""What the paragraphs of a Word document say, each with the heading above it and the figures bound in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from poa_xl.report.word.elements import Element, name
from poa_xl.report.word.place import DocumentPlace, Tables, cell_of
from poa_xl.report.word.styles import CAPTION, HEADINGS
from poa_xl.report_texts import MASK

_HEADINGS = frozenset(HEADINGS.values())
_LISTS = ("TOC", "TableofFigures", "IndexHeading")  # how the styles of lists begin: their text is computed
_PARAGRAPH, _CONTROL, _CELL = name("w:p"), name("w:sdt"), name("w:tc")
_TEXT, _BREAK, _TAB = name("w:t"), name("w:br"), name("w:tab")
# What nobody reads: words that were moved or deleted, and the second copy of a drawing for programs of before.
_UNREAD = frozenset({name("w:del"), name("w:moveFrom"), name("mc:Fallback")})
_WITHIN = frozenset({name("w:txbxContent")})  # paragraphs of their own


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph. `figures` are (tag, text) of its controls; `loose` is its text with a mark in the place of each."""

    place: DocumentPlace
    text: str
    loose: str
    figures: tuple[tuple[str, str], ...]


def paragraphs_of(body: Element) -> Iterator[ReadParagraph]:
    """Every paragraph with words, in tables and text boxes too; but of lists of contents."""
    yield from (read for _, read in elements_of(body))


def elements_of(body: Element) -> Iterator[tuple[Element, ReadParagraph]]:
    """The same, each with its element."""
    heading, number, tables = "", 0, Tables()
    for paragraph in _visible(body, _PARAGRAPH, frozenset()):
        pieces = list(_pieces(paragraph))
        text = "".join(piece for piece, _ in pieces)
        style = style_of(paragraph)
        if not text.strip() or style.startswith(_LISTS):
            continue
        if style in _HEADINGS:
            heading, number = text, 0
            tables.see_heading()
        elif style == CAPTION:
            tables.see_caption(text)
        cell = cell_of(paragraph)
        number += cell is None
        place = DocumentPlace(heading, number) if cell is None else DocumentPlace(heading, 0, tables.place(cell))
        yield paragraph, ReadParagraph(place, text, _loose(pieces), _figures(pieces))


def row_of(paragraph: Element) -> tuple[str, int]:
    """The row of a table that a paragraph stands in, by its words with a mark for each figure, and its place from 0.

    A blank text where it stands in none.
    """
    cell = cell_of(paragraph)
    if cell is None:
        return "", 0
    row = cell.getparent()
    return " | ".join(_loose(list(_pieces(own))) for own in row.iter(_CELL)), row.index(cell)


def style_of(paragraph: Element) -> str:
    """The id of its style; '' of the default one."""
    style = paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}")
    return "" if style is None else str(style.get(name("w:val")))


def _visible(parent: Element, wanted: str, apart: frozenset[str]) -> Iterator[Element]:
    """Elements of a name below one, in their order, but what nobody reads and what stands `apart`."""
    for child in parent:
        if child.tag in _UNREAD or child.tag in apart:
            continue
        if child.tag == wanted:
            yield child
        yield from _visible(child, wanted, apart)


class _Control:
    """A control of a paragraph, by its tag; two of one figure are two."""

    def __init__(self, tag: str) -> None:
        self.tag = tag


def _pieces(parent: Element, control: _Control | None = None) -> Iterator[tuple[str, _Control | None]]:
    """(words, control that they stand in) of a paragraph; a control without words has an empty one."""
    for child in parent:
        if child.tag in _UNREAD or child.tag in _WITHIN:
            continue
        if child.tag == _TEXT:
            yield child.text or "", control
        elif child.tag in (_BREAK, _TAB):
            yield "\n" if child.tag == _BREAK else "\t", control
        elif child.tag == _CONTROL and (tag := tag_of(child)):
            own = _Control(tag)
            yield "", own
            yield from _pieces(child, own)
        else:
            yield from _pieces(child, control)


def tag_of(control: Element) -> str:
    """The tag of a control; '' of one without."""
    found = control.find(f"{name('w:sdtPr')}/{name('w:tag')}")
    return "" if found is None else str(found.get(name("w:val")))


def _figures(pieces: list[tuple[str, _Control | None]]) -> tuple[tuple[str, str], ...]:
    found: dict[_Control, str] = {}
    for piece, control in pieces:
        if control:
            found[control] = found.get(control, "") + piece
    return tuple((control.tag, text) for control, text in found.items())


def _loose(pieces: list[tuple[str, _Control | None]]) -> str:
    made, last = "", None
    for piece, control in pieces:
        if control is None:
            made += piece
        elif control is not last:
            made += MASK
        last = control
    return made
