"""Where a chart or a group of shapes stands in the text: a drawing in its line, with the words that stand for it."""

from poa_xl.report.word.elements import Element, element

EMU_PER_CM, EMU_PER_POINT = 360_000, 12_700


def inline(graphic: Element, number: int, title: str, alternative: str, width: int, height: int) -> Element:
    """A run with a drawing. `width` and `height` in EMU."""
    return element(
        "w:r",
        element(
            "w:drawing",
            element(
                "wp:inline",
                element("wp:extent", cx=width, cy=height),
                element("wp:docPr", id=number, name=title, descr=alternative),
                element("wp:cNvGraphicFramePr"),
                graphic,
                distT=0, distB=0, distL=0, distR=0,
            ),
        ),
    )  # fmt: skip
