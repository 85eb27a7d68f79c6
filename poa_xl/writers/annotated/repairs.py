"""Repairs written into the copy of a workbook. What cannot be changed there without a risk is left as it is."""

import re
from collections.abc import Collection, Mapping, Sequence

from poa_xl.checking.repairs import SHEET, Repair
from poa_xl.guards import format_marks, styles
from poa_xl.guards.markup import utf8
from poa_xl.ooxml.splice import Element, XmlPart, inline
from poa_xl.writers.annotated import calculation, sheet_names
from poa_xl.writers.annotated.package import WorkbookCopy

# Texts that the file format writes in a way of its own: not worth a risk.
_ODD = re.compile("_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def apply(book: WorkbookCopy, repairs: Sequence[Repair], inputs: Mapping[str, Collection[str]]) -> list[Repair]:
    """Carry repairs out; those that were done. `inputs` are the columns, by sheet, whose formulas keep their values."""
    done: list[Repair] = []
    for sheet in dict.fromkeys(r.sheet for r in repairs if r.kind != SHEET):
        done += _cells(book, sheet, {r.cell: r for r in repairs if r.kind != SHEET and r.sheet == sheet})
    if done:
        calculation.ask_for(book, inputs)
    names = {}
    for repair in (r for r in repairs if r.kind == SHEET):
        if sheet_names.rename(book, repair.old, str(repair.new)):
            names[repair.old] = str(repair.new)
            done.insert(len(names) - 1, repair)
    return [r if r.kind == SHEET else r._replace(sheet=names.get(r.sheet, r.sheet)) for r in done]


# --- cells --------------------------------------------------------------------------------------------------


def _cells(book: WorkbookCopy, sheet: str, wanted: dict[str, Repair]) -> list[Repair]:
    part = book.sheet_part(sheet)
    xml = XmlPart(book.parts[part], ["c", "f", "r", "v", "tablePart"])
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

    def __init__(self, book: WorkbookCopy) -> None:
        styles_part = book.index.styles
        self._formats = styles.read(utf8(book.parts[styles_part]), book.limits) if styles_part else styles.NONE

    def changes(self, repair: Repair, cell: Element) -> bool:
        """Whether the number of a repair would show, in the format of its cell, as something else than it is."""
        if isinstance(repair.new, str) or repair.new is None:
            return False
        style = int(cell.attributes.get("s") or 0)
        code = self._formats.marked.get(style, "")
        return style in self._formats.dated or bool(code and format_marks.mark(code, float(repair.new)))


def _special(xml: XmlPart, cell: Element, book: WorkbookCopy) -> bool:
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
