"""The drop-down lists over the sheet Listas: as long as their lists are now, with what the codes are called."""

import re

from poa_xl.migration.refresh.parts import DropDown, Splice
from poa_xl.names import LISTS_SHEET
from poa_xl.ooxml.splice import Edit, Element, XmlPart, content
from poa_xl.writers.annotated.package import WorkbookCopy

_COLUMN = r"\$?([A-Z]{1,3})\$?[0-9]{1,7}"
_SPAN = re.compile(rf"=?'?{re.escape(LISTS_SHEET)}'?!{_COLUMN}(?::{_COLUMN})?", re.IGNORECASE)
_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?[0-9]{1,7}(?::\$?([A-Z]{1,3})\$?[0-9]{1,7})?", re.IGNORECASE)
_NO_RULE = ("", "none")  # of a column whose list offered nothing: the message alone is there


def put(book: WorkbookCopy, splice: Splice) -> None:
    """Change the rules of all sheets. Excel writes those over another sheet among its extensions, others do not."""
    by_sheet: dict[str, list[DropDown]] = {}
    for one in splice.drop_downs:
        by_sheet.setdefault(one.sheet, []).append(one)
    for sheet, part in book.sheets:
        if sheet != LISTS_SHEET and b"dataValidation" in book.parts[part]:
            xml = XmlPart(book.parts[part], ["dataValidation", "formula1", "formula2", "f", "sqref"])
            for rule in xml.all("dataValidation"):
                _change(xml, rule, splice.spans, by_sheet.get(sheet, []))
            if xml.edits:
                book.parts[part] = xml.done()


def _change(xml: XmlPart, rule: Element, spans: dict[str, str], own: list[DropDown]) -> None:
    formula = _formula(xml, rule)
    found = _SPAN.fullmatch(xml.text(formula).strip()) if formula else None
    source = found[1].upper() if found else ""
    if formula and source in spans and rule.attributes.get("type") == "list":
        if spans[source]:
            xml.replace_text(formula, spans[source])
        else:
            _release(xml, rule)
    column = _only_column(xml, rule)
    for one in own:
        if one.letter == column and rule.attributes.get("promptTitle", "") == one.title:
            if rule.attributes.get("type", "") in _NO_RULE and spans.get(one.source):
                _bind(xml, rule, spans[one.source], one)
            if (source == one.source or not formula) and _plain(rule.attributes.get("prompt", "")) != one.help:
                xml.set_attribute(rule, "prompt", one.help)


def _plain(text: str) -> str:
    """An attribute as it was meant: XlsxWriter and Excel write an end of a line in a way of their own."""
    return text.replace("_x000a_", "\n").replace("_x000A_", "\n")


def _formula(xml: XmlPart, rule: Element) -> Element | None:
    """The element with the text of the formula: among the extensions it is one inside."""
    outer = xml.within(rule, "formula1")
    return next(iter([*xml.within(outer[0], "f"), *outer]), None) if outer else None


def _only_column(xml: XmlPart, rule: Element) -> str:
    """The column of all cells of a rule, by its letter; '' where they are of several."""
    inside = xml.within(rule, "sqref")
    cells = xml.text(inside[0]) if inside else rule.attributes.get("sqref", "")
    found = {letter.upper() for pair in _CELLS.findall(cells) for letter in pair if letter}
    return found.pop() if len(found) == 1 else ""


def _release(xml: XmlPart, rule: Element) -> None:
    """A list that offers nothing refuses nothing: the rule leaves its message."""
    for node in xml.within(rule, "formula1"):
        xml.replace(node, "")
    for name in ("type", "errorTitle", "error"):
        xml.set_attribute(rule, name, "")


def _bind(xml: XmlPart, rule: Element, span: str, one: DropDown) -> None:
    """A rule that had its message alone becomes that of a list."""
    if xml.within(rule, "sqref"):  # among the extensions, where no program writes one without a list
        return
    for name, value in (("type", "list"), ("errorTitle", one.error_title), ("error", one.error)):
        xml.set_attribute(rule, name, value)
    formula = xml.own(f"<formula1>{content(span)}</formula1>")
    if rule.inner == rule.end:  # <dataValidation … />
        closed = xml.own("</dataValidation>")
        xml.edits.append(Edit(rule.inner - len("/>"), rule.inner, b">" + formula + closed))
    else:
        xml.edits.append(Edit(rule.inner, rule.inner, formula))
