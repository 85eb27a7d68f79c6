"""An organisation chart as shapes that people move and edit in Word."""

from poa_xl.report.document import OrganisationChart
from poa_xl.report.organisation import Line, PlacedBox, layout
from poa_xl.report.word.elements import NAMESPACES, Element, element
from poa_xl.report.word.graphic_frame import EMU_PER_CM

_FILLS = ("1F3A5F", "3E6491", "DCE6F1", "EEF3F9")  # by level; the last one for all below
_DARK = 2  # levels whose letters are white
_LETTERS = 13  # half points
_TALLEST = 18.5  # centimetres


def size(made: OrganisationChart, width_cm: float) -> tuple[int, int]:
    """Width and height in EMU, within a width and a page."""
    plan = layout(made.root)
    scale = min(width_cm / plan.width, _TALLEST / plan.height)
    return round(plan.width * scale * EMU_PER_CM), round(plan.height * scale * EMU_PER_CM)


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
    colour = "FFFFFF" if level < _DARK else "1F1F1F"
    text = element(
        "w:p",
        element(
            "w:pPr", element("w:spacing", w_after=0, w_line=200, w_lineRule="exact"), element("w:jc", w_val="center")
        ),
        element(
            "w:r",
            element("w:rPr", element("w:color", w_val=colour), element("w:sz", w_val=_LETTERS)),
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
        element("wps:bodyPr", lIns=18_000, tIns=9_000, rIns=18_000, bIns=9_000, anchor="ctr"),
    )
