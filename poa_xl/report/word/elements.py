"""Elements of WordprocessingML and DrawingML, written as they nest: `element("w:p", element("w:r", …))`."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from docx.oxml.ns import nsmap
from lxml import etree
from lxml.etree import _Element

from poa_xl.ooxml import namespaces

Element: TypeAlias = _Element
# Namespaces that python-docx does not name.
NAMESPACES: Mapping[str, str] = {
    **nsmap,
    "c": namespaces.CHART,
    "mc": namespaces.COMPATIBILITY,
    **namespaces.NEWER,
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def name(tag: str) -> str:
    """The name of a tag such as `w:p` in full."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else tag


def element(tag: str, *children: Element | None, text: str = "", **attributes: object) -> Element:
    """An element with its children; None is no child.

    `w_val="x"` is the attribute `w:val`, `cx=1` one without prefix.
    """
    own = tag.partition(":")[0]
    made = etree.Element(name(tag), nsmap={own: NAMESPACES[own]})
    for key, value in attributes.items():
        made.set(name(key.replace("_", ":", 1)), str(value))
    if text:
        made.text = text
        if text != text.strip() or "  " in text:
            made.set(_SPACE, "preserve")
    made.extend(child for child in children if child is not None)
    return made


def run(text: str, *properties: Element | None) -> Element:
    """A run of text; its lines are told apart by breaks."""
    made = element("w:r", _properties("w:rPr", properties))
    for place, line in enumerate(text.split("\n")):
        if place:
            made.append(element("w:br"))
        made.append(element("w:t", text=line))
    return made


def shade(colour: str) -> Element:
    """What colours the ground of a cell or of a run: `#RRGGBB`."""
    return element("w:shd", w_val="clear", w_color="auto", w_fill=colour.removeprefix("#"))


def paragraph(style: str, content: Iterable[Element], *properties: Element | None) -> Element:
    """A paragraph of a style of the template, by its id."""
    chosen = element("w:pPr", element("w:pStyle", w_val=style), *properties)
    return element("w:p", chosen, *content)


def _properties(tag: str, given: Iterable[Element | None]) -> Element | None:
    known = [one for one in given if one is not None]
    return element(tag, *known) if known else None


def field(instruction: str, result: Iterable[Element], *, dirty: bool = False) -> list[Element]:
    """A field with what it shows until somebody has it computed again."""
    begin = element("w:fldChar", w_fldCharType="begin", **({"w_dirty": "true"} if dirty else {}))
    return [
        element("w:r", begin),
        element("w:r", element("w:instrText", text=f" {instruction} ")),
        element("w:r", element("w:fldChar", w_fldCharType="separate")),
        *result,
        element("w:r", element("w:fldChar", w_fldCharType="end")),
    ]


def bookmark(number: int, label: str, content: Iterable[Element]) -> list[Element]:
    """A bookmark around some runs."""
    return [
        element("w:bookmarkStart", w_id=number, w_name=label),
        *content,
        element("w:bookmarkEnd", w_id=number),
    ]
