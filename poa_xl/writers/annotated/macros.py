"""Our own macros in a copy: put in anew, for what a project holds beside its source cannot be told."""

from poa_xl.guards.active_content import Edge
from poa_xl.names import XLWINGS_SETTINGS, XLWINGS_SHEET
from poa_xl.ooxml.content_types import OF_MACROS
from poa_xl.ooxml.splice import XmlPart, inline
from poa_xl.writers.annotated import sheets as annotated_sheets
from poa_xl.writers.annotated.package import WorkbookCopy


def has_ours(book: WorkbookCopy) -> bool:
    """Whether it is a workbook with macros, some of them ours."""
    code = any(item.kind == "codigo" for item in book.active.items)
    return book.active.ours and not code and OF_MACROS in book.index.types.of(book.main)


def own_project(book: WorkbookCopy) -> Edge | None:
    """The relation to the project of macros that is the workbook's own."""
    return next((e for e in book.active.edges if (e.source, e.kind, e.external) == (book.main, "vba", False)), None)


def modules(book: WorkbookCopy) -> int:
    """How many sheets need a module of our macros; 0 where it has none of ours."""
    return len(_sheet_parts(book)) if has_ours(book) else 0


def _sheet_parts(book: WorkbookCopy) -> list[str]:
    """The parts of all sheets, those of charts too, in their order."""
    targets = book.targets(book.main)
    sheets = XmlPart(book.parts[book.main], ["sheet"]).all("sheet", "sheets")
    found = (targets[value] for node in sheets for value in node.attributes.values() if value in targets)
    return list(dict.fromkeys(part for part in found if part in book.parts))


def put(book: WorkbookCopy, project: bytes) -> None:
    """Our project, and in each sheet the name of its module: LibreOffice leaves them out."""
    names = {part: _code_name(book, part) for part in _sheet_parts(book)}
    wanted = [f"Sheet{number}" for number in range(1, len(names) + 1)]
    if sorted(names.values()) != sorted(wanted):
        for part, name in zip(names, wanted, strict=True):
            _name_module(book, part, "sheetPr", name)
    _name_module(book, book.main, "workbookPr", "ThisWorkbook")
    _put_settings(book)
    book.put_project(project)


def _put_settings(book: WorkbookCopy) -> None:
    """Our settings in the sheet from which the macros take them: others would have them run others' programs."""
    for part in [part for name, part in book.sheets if name.casefold() == XLWINGS_SHEET]:
        rows = "".join(
            f'<row r="{n}">{inline(f"A{n}", key)}{inline(f"B{n}", value)}</row>'
            for n, (key, value) in enumerate(XLWINGS_SETTINGS, start=1)
        )
        if annotated_sheets.cells(book, part) != [list(pair) for pair in XLWINGS_SETTINGS]:
            xml = XmlPart(book.parts[part], ["sheetData"])
            for data in xml.all("sheetData"):
                xml.replace(data, f"<sheetData>{rows}</sheetData>")
            book.parts[part] = xml.done()


def _code_name(book: WorkbookCopy, part: str) -> str:
    found = XmlPart(book.parts[part], ["sheetPr"]).first("sheetPr")
    return found.attributes.get("codeName", "") if found else ""


def _name_module(book: WorkbookCopy, part: str, element: str, name: str) -> None:
    xml = XmlPart(book.parts[part], [element])
    found = xml.first(element)
    if found is None and element == "sheetPr":  # it comes first in a sheet
        xml.insert(xml.root.inner, f'<sheetPr codeName="{name}"/>')
    elif found and found.attributes.get("codeName") != name:
        xml.set_attribute(found, "codeName", name)
    book.parts[part] = xml.done()
