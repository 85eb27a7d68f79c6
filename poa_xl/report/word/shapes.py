"""An organisation chart as shapes that people move and edit in Word."""

import textwrap

from poa_xl.report.document import OrganisationChart
from poa_xl.report.organisation import Line, PlacedBox, layout
from poa_xl.report.word.elements import NAMESPACES, Element, element
from poa_xl.report.word.graphic_frame import EMU_PER_CM, EMU_PER_POINT

_FILLS = ("1F3A5F", "3E6491", "DCE6F1", "EEF3F9")  # by level; the last one for all below
_DARK = 2  # levels whose letters are white
_LETTERS = range(17, 10, -1)  # half points: the largest with which a title fits
_LETTER, _LEADING = 0.52, 1.2  # of the size of letters: how wide one is, and how far lines are apart
_INSIDE = 18_000, 9_000  # between the letters and the border, beside and above
_TALLEST = 18.5  # centimetres
_COLUMN, _ROW = 4.6, 3.2  # centimetres of a column at most, and of what is one high in the plan


def size(made: OrganisationChart, width_cm: float) -> tuple[int, int]:
    """Width and height in EMU, within a width and a page."""
    plan = layout(made.root)
    across, down = min(width_cm / plan.width, _COLUMN), min(_TALLEST / plan.height, _ROW)
    return round(plan.width * across * EMU_PER_CM), round(plan.height * down * EMU_PER_CM)


def graphic(made: OrganisationChart, width: int, height: int) -> Element:
    """What its drawing holds."""
    plan = layout(made.root)
    across, down = width / plan.width, height / plan.height
    group = element(
        "wpg:wgp",
        element("wpg:cNvGrpSpPr"),
        element("wpg:grpSpPr", element("a:xfrm", *_frame(0, 0, width, height), *_frame(0, 0, width, height, "ch"))),
        *(_line(line, number, across, down) for number, line in enumerate(plan.lines, start=1)),
        *(_box(place, number, across, down) for number, place in enumerate(plan.places, start=1 + len(plan.lines))),
    )
    return element("a:graphic", element("a:graphicData", group, uri=NAMESPACES["wpg"]))


def _frame(x: float, y: float, width: float, height: float, of: str = "") -> tuple[Element, Element]:
    tags = ("a:chOff", "a:chExt") if of else ("a:off", "a:ext")
    return element(tags[0], x=round(x), y=round(y)), element(tags[1], cx=round(width), cy=round(height))


def _line(line: Line, number: int, across: float, down: float) -> Element:
    x, y = min(line.x1, line.x2) * across, min(line.y1, line.y2) * down
    width, height = abs(line.x2 - line.x1) * across, abs(line.y2 - line.y1) * down
    return element(
        "wps:wsp",
        element("wps:cNvPr", id=number, name=f"Línea {number}"),
        element("wps:cNvCnPr"),
        element(
            "wps:spPr",
            element("a:xfrm", *_frame(x, y, width, height)),
            element("a:prstGeom", element("a:avLst"), prst="line"),
            element("a:ln", element("a:solidFill", element("a:srgbClr", val="7F7F7F")), w=9525),
        ),
        element("wps:bodyPr"),
    )


def _box(place: PlacedBox, number: int, across: float, down: float) -> Element:
    level = min(place.level, len(_FILLS) - 1)
    beside, above = _INSIDE
    colour = "FFFFFF" if level < _DARK else "1F1F1F"
    letters = _letters(place.title, place.width * across, place.height * down)
    apart = round(letters * 10 * _LEADING)  # twentieths of a point
    text = element(
        "w:p",
        element(
            "w:pPr",
            element("w:spacing", w_after=0, w_line=apart, w_lineRule="exact"),
            element("w:jc", w_val="center"),
        ),
        element(
            "w:r",
            element("w:rPr", element("w:color", w_val=colour), element("w:sz", w_val=letters)),
            element("w:t", text=place.title),
        ),
    )
    return element(
        "wps:wsp",
        element("wps:cNvPr", id=number, name=f"Cuadro {number}", descr=place.title),
        element("wps:cNvSpPr"),
        element(
            "wps:spPr",
            element("a:xfrm", *_frame(place.x * across, place.y * down, place.width * across, place.height * down)),
            element("a:prstGeom", element("a:avLst"), prst="rect"),
            element("a:solidFill", element("a:srgbClr", val=_FILLS[level])),
            element("a:ln", element("a:solidFill", element("a:srgbClr", val="7F7F7F")), w=6350),
        ),
        element("wps:txbx", element("w:txbxContent", text)),
        element("wps:bodyPr", lIns=beside, tIns=above, rIns=beside, bIns=above, anchor="ctr"),
    )


def _letters(title: str, width: float, height: float) -> int:
    """The size of letters with which a title fits into a box, in half points; the smallest where none does."""
    for size in _LETTERS:
        high = size / 2 * EMU_PER_POINT
        lines = textwrap.wrap(title, max(1, int((width - 2 * _INSIDE[0]) / (high * _LETTER))))
        if len(lines) * high * _LEADING <= height - 2 * _INSIDE[1]:
            return size
    return _LETTERS[-1]
