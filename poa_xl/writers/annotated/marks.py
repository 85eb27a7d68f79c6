"""The colours of the observed cells of an annotated copy.

A workbook of our template has conditional formats that colour the cells which Observaciones names. One that lacks them,
or whose rows go on below them, gets such formats for the observed cells; they too show nothing once the list is empty.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import islice

from poa_xl import observations
from poa_xl.cells import letters, place_of, row_of
from poa_xl.messages import Severity
from poa_xl.observations import FIRST_ROW, LAST_ROW, PLACES_NAME, SEVERITIES_NAME, Observation
from poa_xl.ooxml.splice import LITERAL, WRAPPED, Element, XmlPart, content
from poa_xl.writers.annotated.package import WorkbookCopy
from poa_xl.writers.annotated.styles import Styles

# What stands behind conditional formats in a sheet.
_AFTER = ("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
          "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
          "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
          "extLst")  # fmt: skip
_BEFORE_NAMES = ("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes",
                 "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst")  # fmt: skip
_COUNTED = re.compile(rf'COUNTIF\({PLACES_NAME},"((?:[^"]|"")*)!\*"\)')
_FEW = 50
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_MOST_AREAS = 500  # of a sheet; the template has a few, and each observed cell is looked for in all
Rectangle = tuple[int, int, int, int]  # left, top, right and bottom; columns from 0, rows from 1


def name_the_list(book: WorkbookCopy, sheet: str) -> None:
    """The names of the columns Lugar and Severidad, where formulas look for the list."""
    main = XmlPart(book.parts[book.main], ["definedNames", "definedName", *_BEFORE_NAMES])
    lists = main.all("definedNames", main.root.name)  # Excel's extensions have a second list of that name
    named = [n for node in lists for n in main.within(node, "definedName")]
    known = {n.attributes.get("name", "").casefold(): n for n in named if "localSheetId" not in n.attributes}
    missing = ""
    for name, letter in ((PLACES_NAME, "A"), (SEVERITIES_NAME, "B")):
        owner = sheet if sheet == observations.SHEET else "'" + sheet.replace("'", "''") + "'"
        target = f"{owner}!${letter}${FIRST_ROW}:${letter}${LAST_ROW}"
        if name not in known:
            missing += f'<definedName name="{name}">{content(target)}</definedName>'
        elif main.text(known[name]).replace("'", "") != target.replace("'", ""):
            main.replace_text(known[name], target)
    if missing:
        after = [n for n in main.nodes[1:] if n.name in _BEFORE_NAMES and n.parent == main.root.name]
        if lists:
            main.append(lists[0], missing)
        else:
            main.insert(after[0].start if after else main.root.close, f"<definedNames>{missing}</definedNames>")
    if main.edits:
        book.parts[book.main] = main.done()


def colour(book: WorkbookCopy, sheet: str, cells: Iterable[str], styles: Styles) -> None:
    """See that a sheet colours the observed cells."""
    part = book.sheet_part(sheet)
    xml = XmlPart(book.parts[part], ["conditionalFormatting", "cfRule", "formula", WRAPPED, *_AFTER])
    areas = _coloured(xml, sheet)
    left = [cell for cell in cells if not _inside(cell, areas)]
    looks = styles.marks() if left else {}
    if not looks:
        return
    last = max((int(n.attributes.get("priority", "0")) for n in xml.all("cfRule")), default=0)
    rules = "".join(
        f'<cfRule type="expression" dxfId="{look}" priority="{last + n}"><formula>{_rule(sheet, severity)}</formula>'
        "</cfRule>"
        for n, (severity, look) in enumerate(looks.items(), start=1)
    )
    xml.insert(xml.before(_AFTER), f'<conditionalFormatting sqref="{_around(left)}">{rules}</conditionalFormatting>')
    book.parts[part] = xml.done()


def _literal(sheet: str) -> str:
    return sheet.replace('"', '""')


def _rule(sheet: str, severity: Severity) -> str:
    """The formula of the template's own rules."""
    place = f'MATCH("{_literal(sheet)}!"&ADDRESS(ROW(),COLUMN(),4),{PLACES_NAME},0)'
    looked_up = f'IFERROR(INDEX({SEVERITIES_NAME},{place})="{severity}",FALSE)'
    return content(f'IF(INDEX({PLACES_NAME},1)="",FALSE,{looked_up})')


def _coloured(xml: XmlPart, sheet: str) -> list[Rectangle]:
    """The areas that rules over the list colour already: the first ones, for a cell may well be coloured twice."""
    wanted = f'"{_literal(sheet)}!"'
    areas: dict[str, None] = {}
    for node in xml.all("conditionalFormatting"):
        formulas = [xml.text(f) for f in xml.within(node, "formula")]
        if any(PLACES_NAME in f and wanted in f for f in formulas):
            areas |= dict.fromkeys(node.attributes.get("sqref", "").split())
    found = map(_AREA.fullmatch, islice(areas, _MOST_AREAS))
    return [
        (place_of(match[1]), int(match[2]), place_of(match[3] or match[1]), int(match[4] or match[2]))
        for match in found
        if match
    ]


def _inside(cell: str, areas: Iterable[Rectangle]) -> bool:
    column, row = place_of(cell), row_of(cell)
    return any(left <= column <= right and top <= row <= bottom for left, top, right, bottom in areas)


def _around(cells: Collection[str]) -> str:
    """The cells, or for many the smallest area that holds them: it colours only those that the list names."""
    if len(cells) <= _FEW:
        return " ".join(cells)
    columns, rows = [place_of(c) for c in cells], [row_of(c) for c in cells]
    return f"{letters(min(columns))}{min(rows)}:{letters(max(columns))}{max(rows)}"


def count(book: WorkbookCopy, found: Collection[Observation]) -> None:
    """Bring up to date what the lines «N celdas con observación» show: nobody has calculated the copy yet."""
    numbers = Counter(one.sheet.casefold() for one in found if one.cell)
    for _, part in book.sheets:
        if PLACES_NAME.encode() not in book.parts[part]:
            continue
        xml = XmlPart(book.parts[part], ["c", "f", "v"])
        for cell in xml.all("c"):
            for formula in xml.within(cell, "f")[:1]:
                text = xml.text(formula)
                counted = _COUNTED.search(text)
                if counted and text.startswith("IF("):
                    _show(xml, cell, formula, text, numbers[counted[1].replace('""', '"').casefold()])
        if xml.edits:
            book.parts[part] = xml.done()


def _show(xml: XmlPart, cell: Element, formula: Element, text: str, number: int) -> None:
    shown = f"{number}{LITERAL.findall(text)[-1]}" if number else ""
    values = xml.within(cell, "v")
    if shown == "".join(map(xml.text, values)):
        return
    for value in values:
        xml.replace(value, "")
    xml.insert(formula.end, f"<v>{content(shown)}</v>")
    if cell.attributes.get("t") != "str":  # without it the text would be taken for a number
        xml.set_attribute(cell, "t", "str")
