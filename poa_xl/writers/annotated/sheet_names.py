"""Another name for a sheet of a copy, and for all that names it: formulas, links, controls, pivot tables."""

import re
from urllib.parse import quote, unquote

from poa_xl.ooxml.encoding import EncodingError, utf8
from poa_xl.ooxml.part_names import RELATIONS_ENDING
from poa_xl.ooxml.splice import Element, MarkupError, XmlPart, plain
from poa_xl.writers.annotated.package import WorkbookCopy

# Elements whose text is a formula or a reference: of cells, rules, names, tables, charts, sparklines, controls (VML).
_FORMULAS = frozenset(
    {
        "f",
        "formula",
        "formula1",
        "formula2",
        "definedName",
        "calculatedColumnFormula",
        "totalsRowFormula",
        "sqref",
        "nf",
    }
    | {f"Fmla{word}" for word in ("Link", "Range", "Txbx", "Group", "Pict")}
)
# Element -> its attributes that hold a formula or a reference.
_REFERENCES = {
    "sp": ("textlink",),
    "formControlPr": ("fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup"),
    "controlPr": ("linkedCell", "listFillRange"),
    "control": ("linkedCell", "listFillRange"),
    "hyperlink": ("location",),
    "cfvo": ("val",),
}
_SOURCES = ("dataRef", "worksheetSource", "rangeSet")  # elements whose attribute `sheet` is the name of one
_NAMES = frozenset({*_FORMULAS, *_REFERENCES, *_SOURCES, "Relationship", "lpstr"})
_LONGEST = 8192  # characters of a formula, in Excel; the tokenizer copies what is left of it at each text
_PLAIN_NAME = re.compile(r"[A-Za-z_\u00c0-\uffff][\w.\u00c0-\uffff]*")
_READ = (".xml", ".vml", RELATIONS_ENDING)
_IN_ADDRESS = "#'!$:(),"  # characters that a link inside the workbook keeps


def rename(book: WorkbookCopy, old: str, new: str) -> bool:
    """Rename a sheet and all that names it. False, and nothing done, where something names it in a way of its own."""
    others = {name.casefold() for name in book.tabs if name != old}
    if new.casefold() in others or any("vbaproject" in book.index.types.of(name).casefold() for name in book.parts):
        return False
    try:
        changed = {} if _is(new, old) else _all_renamed(book, old, new)  # capitals make no other name
    except MarkupError:
        return False
    book.parts.update(changed)
    book.rename_sheet(old, new)
    return True


def _all_renamed(book: WorkbookCopy, old: str, new: str) -> dict[str, bytes]:
    """The parts that name a sheet, with its new name."""
    return {name: _renamed(xml, old, new) for name, xml in book.parts.items() if _may_name(book, name, xml, old)}


def _may_name(book: WorkbookCopy, name: str, xml: bytes, old: str) -> bool:
    if name == book.index.strings or not name.lower().endswith(_READ):
        return False
    text = _text(name, xml)
    if name.lower().endswith(RELATIONS_ENDING):  # a link is written as an address of the web
        text = unquote(text)
    return old.casefold() in text.replace("''", "'").casefold()


def _text(name: str, xml: bytes) -> str:
    if name.lower().endswith(".vml"):  # the shapes of old programs are not always XML
        return plain(xml.decode("utf-8", "replace").encode())
    try:
        return plain(utf8(xml))
    except EncodingError as error:
        raise MarkupError(name) from error


def _renamed(xml: bytes, old: str, new: str) -> bytes:
    part = XmlPart(xml, _NAMES)
    for node in part.nodes:
        if node.name in _FORMULAS and node.inner < node.close:
            _put(part, node, part.text(node), renamed_formula(part.text(node), old, new))
        for name in _REFERENCES.get(node.name, ()):
            value = node.attributes.get(name, "")
            if value and (better := renamed_formula(value, old, new)) != value:
                part.set_attribute(node, name, better)
        if node.name in _SOURCES and _is(node.attributes.get("sheet", ""), old) and not _leads_out(node):
            part.set_attribute(node, "sheet", new)
        if node.name == "Relationship":
            _rename_link(part, node, old, new)
        if node.name == "lpstr":  # the titles that a program shows of a file
            title = part.text(node)
            _put(part, node, title, new if title == old else _renamed_area(title, old, new))
    return part.done()


def _put(part: XmlPart, node: Element, text: str, better: str) -> None:
    if better != text:
        part.replace_text(node, better)


def _is(name: str, old: str) -> bool:
    return name.casefold() == old.casefold()


def _leads_out(node: Element) -> bool:
    """Whether a source is a sheet of another workbook, which a relation names."""
    return any(name.rpartition(":")[2] == "id" for name in node.attributes)


def _rename_link(part: XmlPart, node: Element, old: str, new: str) -> None:
    """A shape leads to a place in its workbook by a relation to `#Hoja!A1`."""
    target = node.attributes.get("Target", "")
    if not target.startswith("#"):
        return
    place = unquote(target[1:])
    better = _renamed_area(place, old, new)
    if better != place:
        part.set_attribute(node, "Target", quote(f"#{better}", safe=_IN_ADDRESS))


def renamed_formula(formula: str, old: str, new: str) -> str:
    """A formula with another name for a sheet. MarkupError where the old one stands in a text or among several."""
    if old.casefold() not in formula.replace("''", "'").casefold():
        return formula
    if len(formula) > _LONGEST:
        raise MarkupError(formula[:_LONGEST])
    from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError  # it costs memory, and renames are rare

    mark = "=" if formula.startswith("=") else ""  # as some programs write it in a link
    try:
        tokens = Tokenizer(f"={formula.removeprefix(mark)}")
    except TokenizerError as error:
        raise MarkupError(formula) from error
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = _renamed_area(token.value, old, new)
        elif token.type == Token.OPERAND and old.casefold() in token.value.casefold():
            raise MarkupError(formula)  # INDIRECT("…") and the like
    return mark + "".join(token.value for token in tokens.items)


def _renamed_area(area: str, old: str, new: str) -> str:
    sheet, mark, cells = area.rpartition("!")
    bare = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    if not mark:
        return area
    if _is(bare, old):
        name = new if _PLAIN_NAME.fullmatch(new) else "'" + new.replace("'", "''") + "'"
        return f"{name}!{cells}"
    if any(_is(name, old) for name in bare.split(":")):
        raise MarkupError(area)  # Enero:Marzo!A1
    return area
