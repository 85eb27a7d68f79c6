"""Pages of a Word document: upright and across, with the size and margins that its template has."""

from copy import deepcopy
from dataclasses import dataclass

from poa_xl.report.word.elements import Element, element, name

_TWENTIETHS_PER_CM = 567
_ACROSS = "landscape"


@dataclass(frozen=True)
class Page:
    """The page of a template, by its last `w:sectPr`."""

    properties: Element

    def section_end(self, across: bool) -> Element:
        """The paragraph with which a section of upright pages, or of pages across, ends."""
        made = deepcopy(self.properties)
        if across:
            size = made.find(name("w:pgSz"))
            width, height = size.get(name("w:w")), size.get(name("w:h"))
            size.set(name("w:w"), height)
            size.set(name("w:h"), width)
            size.set(name("w:orient"), _ACROSS)
        return element("w:p", element("w:pPr", element("w:spacing", w_before=0, w_after=0), made))

    def text_width(self, across: bool) -> int:
        """The width of the text, in twentieths of a point."""
        size, margins = self.properties.find(name("w:pgSz")), self.properties.find(name("w:pgMar"))
        whole = int(size.get(name("w:h" if across else "w:w")))
        return whole - int(margins.get(name("w:left"))) - int(margins.get(name("w:right")))

    def text_width_cm(self, across: bool) -> float:
        """The same in centimetres."""
        return self.text_width(across) / _TWENTIETHS_PER_CM
