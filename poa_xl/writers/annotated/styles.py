"""Looks that an annotated copy needs and its workbook lacks, put behind its own ones: no number of a style changes."""

from poa_xl.messages import Severity
from poa_xl.ooxml.splice import XmlPart
from poa_xl.palette import WHITE
from poa_xl.writers.annotated.package import WorkbookCopy
from poa_xl.writers.xlsx.formats import HEADER_FILL, HELP_COLOR, OBSERVED, TITLE_COLOR

_FONTS = {
    "title": f'<font><b/><sz val="14"/><color rgb="FF{TITLE_COLOR[1:]}"/><name val="Calibri"/></font>',
    "help": f'<font><i/><sz val="10"/><color rgb="FF{HELP_COLOR[1:]}"/><name val="Calibri"/></font>',
    "header": f'<font><b/><sz val="10"/><color rgb="FF{WHITE[1:]}"/><name val="Calibri"/></font>',
    "text": '<font><sz val="10"/><name val="Calibri"/></font>',
}
_FILL = f'<fill><patternFill patternType="solid"><fgColor rgb="FF{HEADER_FILL[1:]}"/></patternFill></fill>'
_TEXT = 49  # the number of the format @
# look -> font, whether it has the fill, number format, wrapped
_LOOKS = {
    "title": ("title", False, 0, False),
    "help": ("help", False, 0, False),
    "header": ("header", True, 0, True),
    "link": ("text", False, 0, True),  # a formula in a text cell would show as its own text
    "text": ("text", False, _TEXT, True),
}


class Styles:
    """The styles of a workbook, made longer when a look is first asked for. '' for all where it has no styles."""

    def __init__(self, book: WorkbookCopy) -> None:
        self._book = book
        self._looks: dict[str, str] = {}
        self._marks: dict[Severity, str] = {}

    def of(self, look: str) -> str:
        """The number of a look of cells."""
        if not self._looks:
            self._looks = self._add_looks()
        return self._looks[look]

    def marks(self) -> dict[Severity, str]:
        """The number of the look of an observed cell, by severity; none where the workbook has no styles."""
        if self._book.index.styles and not self._marks:
            self._marks = dict(zip(Severity, self._add("dxfs", [_mark(s) for s in Severity]), strict=True))
        return self._marks

    def _add_looks(self) -> dict[str, str]:
        if not self._book.index.styles:
            return dict.fromkeys(_LOOKS, "")
        fonts = dict(zip(_FONTS, self._add("fonts", list(_FONTS.values())), strict=True))
        (fill,) = self._add("fills", [_FILL])
        cells = [_cell(fonts[f], fill if filled else "0", number, wrap) for f, filled, number, wrap in _LOOKS.values()]
        return dict(zip(_LOOKS, self._add("cellXfs", cells), strict=True))

    def _add(self, name: str, fragments: list[str]) -> list[str]:
        """Put fragments at the end of a list of the styles; their numbers."""
        styles = XmlPart(self._book.parts[self._book.index.styles], [name, *_ORDER])
        children = {"fonts": "font", "fills": "fill", "cellXfs": "xf", "dxfs": "dxf"}[name]
        found = styles.all(name, "styleSheet")
        counted = XmlPart(styles.xml, [children]).all(children, name)
        if counted:
            styles.append(found[0], "".join(fragments))
            if "count" in found[0].attributes:
                styles.set_attribute(found[0], "count", str(len(counted) + len(fragments)))
        else:
            after = [n for n in styles.nodes[1:] if n.parent == "styleSheet" and _rank(n.name) > _rank(name)]
            at = after[0].start if after else styles.root.close
            for node in found:  # an empty one
                styles.replace(node, "")
            styles.insert(at, f'<{name} count="{len(fragments)}">{"".join(fragments)}</{name}>')
        self._book.parts[self._book.index.styles] = styles.done()
        return [str(len(counted) + n) for n in range(len(fragments))]


# The order of the lists in the part.
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
          "colors", "extLst")  # fmt: skip


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _cell(font: str, fill: str, number: int, wrap: bool) -> str:
    alignment = f'<alignment vertical="top" wrapText="{int(wrap)}"/>'
    applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"'
    numbers = f'numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0"'
    return f"<xf {numbers} {applied}>{alignment}</xf>"


def _mark(severity: Severity) -> str:
    fill, font = (color[1:] for color in OBSERVED[str(severity)])
    filled = f'<fill><patternFill><bgColor rgb="FF{fill}"/></patternFill></fill>'
    return f'<dxf><font><color rgb="FF{font}"/></font>{filled}</dxf>'
