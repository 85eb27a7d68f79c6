"""A copy in which a cell changed is calculated when it is opened, and shows no figure of before until then."""

import re
from collections.abc import Collection, Mapping

from poa_xl.cells import letters, place_of
from poa_xl.ooxml.splice import XmlPart
from poa_xl.writers.annotated.package import WorkbookCopy

# What stands behind the settings of calculation in the workbook's own part.
_AFTER = ("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
          "fileRecoveryPr", "webPublishObjects", "extLst")  # fmt: skip
_OTHER_BOOK = re.compile(r"\[\d+\]")  # a formula over another workbook: its value may not be had again


def ask_for(book: WorkbookCopy, inputs: Mapping[str, Collection[str]]) -> None:
    """Excel calculates by a mark; LibreOffice what has no value. Formulas in the columns `inputs` keep theirs."""
    _mark(book)
    for sheet, part in book.sheets:
        _forget(book, part, inputs.get(sheet, ()))


def _mark(book: WorkbookCopy) -> None:
    main = XmlPart(book.parts[book.main], ["calcPr", *_AFTER])
    settings = main.all("calcPr", main.root.name)
    after = [n for n in main.nodes[1:] if n.name in _AFTER and n.parent == main.root.name]
    if settings:
        main.set_attribute(settings[0], "fullCalcOnLoad", "1")
    else:
        main.insert(after[0].start if after else main.root.close, '<calcPr fullCalcOnLoad="1"/>')
    book.parts[book.main] = main.done()


def _forget(book: WorkbookCopy, name: str, kept: Collection[str]) -> None:
    """Take the values of formulas away."""
    part = XmlPart(book.parts[name], ["c", "f", "v"])
    for cell in part.all("c"):
        formulas, values = part.within(cell, "f"), part.within(cell, "v")
        if not formulas or not values or formulas[0].attributes.get("t") == "dataTable":
            continue
        address = cell.attributes.get("r", "")
        if not address or letters(place_of(address)) in kept or _OTHER_BOOK.search(part.text(formulas[0])):
            continue
        for value in values:
            part.replace(value, "")
        part.set_attribute(cell, "t", "")  # of the value
    if part.edits:
        book.parts[name] = part.done()
