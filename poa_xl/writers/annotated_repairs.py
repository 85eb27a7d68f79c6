"""Repairs written into the copy of a workbook. What cannot be changed there without a risk is left as it is."""

import re
from collections.abc import Sequence

from poa_xl.checking.repairs import SHEET, Repair
from poa_xl.guards import format_marks, styles
from poa_xl.guards.markup import utf8
from poa_xl.writers.annotated_package import Book
from poa_xl.writers.annotated_xml import MarkupError, Node, Part, inline, plain

# Texts that the file format writes in a way of its own: not worth a risk.
_ODD = re.compile("_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")
_LONGEST = 8192  # characters of a formula, in Excel; the tokenizer copies what is left of it at each text
_PLAIN_NAME = re.compile(r"[A-Za-z_\u00c0-\uffff][\w.\u00c0-\uffff]*")


def apply(book: Book, repairs: Sequence[Repair]) -> list[Repair]:
    """Carry repairs out; those that were done."""
    done = []
    for sheet in dict.fromkeys(r.sheet for r in repairs if r.kind != SHEET):
        done += _cells(book, sheet, {r.cell: r for r in repairs if r.kind != SHEET and r.sheet == sheet})
    names = {}
    for repair in (r for r in repairs if r.kind == SHEET):
        if _rename(book, repair.old, str(repair.new)):
            names[repair.old] = str(repair.new)
            done.insert(len(names) - 1, repair)
    return [r if r.kind == SHEET else r._replace(sheet=names.get(r.sheet, r.sheet)) for r in done]


# --- cells --------------------------------------------------------------------------------------------------


def _cells(book: Book, sheet: str, wanted: dict[str, Repair]) -> list[Repair]:
    part = book.sheet_part(sheet)
    xml = Part(book.parts[part], ["c", "f", "r", "v", "tablePart"])
    if xml.all("tablePart"):  # a table repeats its titles elsewhere: better none than half of them
        wanted = {cell: r for cell, r in wanted.items() if r.kind != "encabezado"}
    done, looks = [], _Looks(book)
    for node in xml.all("c"):
        repair = wanted.get(node.attributes.get("r", ""))
        if repair and not _special(xml, node, book) and not _ODD.search(repair.old) and not looks.changes(repair, node):
            xml.replace(node, _cell(repair, node.attributes.get("s", "")))
            done.append(repair)
    book.parts[part] = xml.done()
    return done


class _Looks:
    """What the formats of a workbook would make of a number: a date, a percentage, an amount in another currency."""

    def __init__(self, book: Book) -> None:
        styles_part = book.plan.styles
        self._formats = styles.read(utf8(book.parts[styles_part]), book.limits) if styles_part else styles.NONE

    def changes(self, repair: Repair, cell: Node) -> bool:
        """Whether the number of a repair would show, in the format of its cell, as something else than it is."""
        if isinstance(repair.new, str) or repair.new is None:
            return False
        style = int(cell.attributes.get("s") or 0)
        code = self._formats.marked.get(style, "")
        return style in self._formats.dated or bool(code and format_marks.mark(code, float(repair.new)))


def _special(xml: Part, cell: Node, book: Book) -> bool:
    """A cell with a formula, or with a text of several looks, which a plain text would lose."""
    if xml.within(cell, "f") or xml.within(cell, "r"):
        return True
    return cell.attributes.get("t") == "s" and any(xml.text(v) in book.rich for v in xml.within(cell, "v"))


def _cell(repair: Repair, style: str) -> str:
    if isinstance(repair.new, str):
        return inline(repair.cell, repair.new, style)
    look = f' s="{style}"' if style else ""
    if repair.new is None:
        return f'<c r="{repair.cell}"{look}/>'
    value = int(repair.new) if float(repair.new).is_integer() else repair.new
    return f'<c r="{repair.cell}"{look}><v>{value!r}</v></c>'


# --- names of sheets ----------------------------------------------------------------------------------------


def _rename(book: Book, old: str, new: str) -> bool:
    """Rename a sheet and all that names it. False, and nothing done, where something names it in a way of its own."""
    if any(name.startswith(("xl/pivotCache/", "xl/vbaProject")) for name in book.parts):
        return False
    try:
        changed = {name: _renamed(xml, old, new) for name, xml in book.parts.items() if _may_name(name, xml, old)}
    except MarkupError:
        return False
    book.parts.update(changed)
    main = Part(book.parts[book.main], ["sheet"])
    for node in main.all("sheet", "sheets"):
        if node.attributes.get("name") == old:
            main.set_attribute(node, "name", new)
    book.parts[book.main] = main.done()
    book.plan.sheets[:] = [(new if name == old else name, part) for name, part in book.plan.sheets]
    return True


def _may_name(name: str, xml: bytes, old: str) -> bool:
    texts = name.startswith("xl/") and name.endswith(".xml") and "sharedStrings" not in name
    return texts and old.casefold() in plain(xml).replace("''", "'").casefold()


def _renamed(xml: bytes, old: str, new: str) -> bytes:
    part = Part(xml, [*_FORMULAS, "hyperlink"])
    for node in part.nodes:
        if node.name in _FORMULAS and node.inner < node.close:
            formula = part.text(node)
            better = renamed_formula(formula, old, new)
            if better != formula:
                part.replace_text(node, better)
        location = node.attributes.get("location", "") if node.name == "hyperlink" else ""
        if location and (better := _renamed_area(location, old, new)) != location:
            part.set_attribute(node, "location", better)
    return part.done()


def renamed_formula(formula: str, old: str, new: str) -> str:
    """A formula with another name for a sheet. MarkupError where the old one stands in a text or among several."""
    if old.casefold() not in formula.replace("''", "'").casefold():
        return formula
    if len(formula) > _LONGEST:
        raise MarkupError(formula[:_LONGEST])
    from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError  # it costs memory, and renames are rare

    try:
        tokens = Tokenizer(f"={formula}")
    except TokenizerError as error:
        raise MarkupError(formula) from error
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = _renamed_area(token.value, old, new)
        elif token.type == Token.OPERAND and old.casefold() in token.value.casefold():
            raise MarkupError(formula)  # INDIRECT("…") and the like
    return "".join(token.value for token in tokens.items)


def _renamed_area(area: str, old: str, new: str) -> str:
    sheet, mark, cells = area.rpartition("!")
    bare = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    if not mark:
        return area
    if bare.casefold() == old.casefold():
        name = new if _PLAIN_NAME.fullmatch(new) else "'" + new.replace("'", "''") + "'"
        return f"{name}!{cells}"
    if old.casefold() in (name.casefold() for name in bare.split(":")):
        raise MarkupError(area)  # Enero:Marzo!A1
    return area
