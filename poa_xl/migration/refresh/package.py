"""A person's own package with other values in cells of ours: nothing is written anew but the bytes of the change."""

from typing import NamedTuple

from poa_xl.guards import Limits
from poa_xl.messages.active_content import SIGNATURE, not_carried
from poa_xl.migration.refresh import drop_downs, notes, sheet_cells
from poa_xl.migration.refresh.parts import Splice
from poa_xl.ooxml.content_types import OF_MACROS
from poa_xl.ooxml.package import WorkbookPackage
from poa_xl.ooxml.part_names import CUSTOM_PROPERTIES
from poa_xl.ooxml.properties import FORMS
from poa_xl.ooxml.splice import MarkupError, XmlPart
from poa_xl.writers.annotated import active_content, calculation, macros, signature
from poa_xl.writers.annotated.package import WorkbookCopy

_TEMPLATE, _WORKBOOK = ".template.", ".sheet."  # in the type of the workbook's own part
_TITLES = (("title", "core-properties"), ("Company", "extended-properties"))


class SplicedPackage(NamedTuple):
    """The workbook. `modules`: for how many sheets our macros are wanted, if any; `left_out`: what it goes without;
    `macros`: whether it is of the kind that has some.
    """

    content: bytes
    modules: int
    left_out: str
    macros: bool


def make(content: bytes, splice: Splice, limits: Limits, project: bytes) -> SplicedPackage:
    """Carry the changes out. What acts in it and is not ours goes, as from every workbook that poa-xl hands on.

    `project` are our own macros, where it has them. MarkupError for a workbook that cannot be changed in places.
    """
    book = WorkbookCopy(content, limits)
    count = macros.modules(book)
    said = [not_carried(book.active.items)]
    active_content.strip(book, project)
    said.append(SIGNATURE if signature.drop(book) else "")
    _put_cells(book, splice)
    if splice.inputs:
        calculation.ask_for(book, splice.inputs)
    drop_downs.put(book, splice)
    notes.put(book, splice)
    _put_footers(book, splice)
    _put_properties(book, splice)
    kind = book.index.types.of(book.main)
    if _TEMPLATE in kind:  # it gets the name of a workbook, and Excel wants it to be one
        book.types.put(book.main, kind.replace(_TEMPLATE, _WORKBOOK))
    book.types.write()
    # Not `book.done()`: it would pass for a copy with observations that nobody has saved since.
    made = WorkbookPackage.done(book)
    return SplicedPackage(made, count, " ".join(filter(None, said)), OF_MACROS in kind)


def _part(book: WorkbookCopy, sheet: str) -> str:
    part = book.sheet_part(sheet)
    if not part:
        raise MarkupError(sheet)
    return part


def _put_cells(book: WorkbookCopy, splice: Splice) -> None:
    for sheet, rows in splice.sheets.items():
        part = _part(book, sheet)
        book.parts[part] = sheet_cells.refilled(book.parts[part], rows)
    for sheet, cells in splice.cells.items():
        part = _part(book, sheet)
        book.parts[part] = sheet_cells.with_cells(book.parts[part], cells)


def _put_footers(book: WorkbookCopy, splice: Splice) -> None:
    for sheet, text in splice.footers.items():
        part = _part(book, sheet)
        xml = XmlPart(book.parts[part], ["oddFooter"])
        for node in xml.all("oddFooter"):
            xml.replace_text(node, text)
        book.parts[part] = xml.done()


def _put_properties(book: WorkbookCopy, splice: Splice) -> None:
    """What the file says of itself; a program that does not keep it has left it out."""
    custom = next((p for form in FORMS if (p := book.related("", form.relation))), "") or book.named(CUSTOM_PROPERTIES)
    if custom in book.parts and splice.properties:
        xml = XmlPart(book.parts[custom], ["property", "lpwstr"])
        for node in xml.all("property"):
            new = splice.properties.get(node.attributes.get("name", ""))
            for text in xml.within(node, "lpwstr") if new is not None else ():
                xml.replace_text(text, str(new))
        book.parts[custom] = xml.done()
    titles = dict(splice.titles)
    for element, kind in _TITLES if titles else ():
        for name in [n for n in book.parts if kind in book.index.types.of(n)]:
            part = XmlPart(book.parts[name], [element])
            for node in part.all(element):
                if (new := titles.get(part.text(node))) is not None:
                    part.replace_text(node, new)
            book.parts[name] = part.done()
