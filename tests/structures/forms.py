"""Other forms of the same workbook, as programs in use write it: all of them clean, but where said."""

import random
import re

from tests.structures import book as books
from tests.structures.book import Book, UnsuitedError, element, one, put, text_of
from tests.structures.kinds import clean, kind
from tests.structures.namespaces import prefixed

_HEIGHTS = re.compile(r' (?:spans|ht|customHeight|hidden|outlineLevel|collapsed)="[^"]*"')
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_OPTIONAL = (
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "pageMargins",
    "sheetPr",
    "pageSetup",
    "printOptions",
    "headerFooter",
)


@clean
def every_part_under_a_prefix(book: Book, chance: random.Random) -> str:
    """As the Open XML SDK does."""
    for part in (*book.sheets, book.strings, book.styles, book.main):
        text = text_of(book, part)
        if "<mc:" in text or f'xmlns="{books.MAIN}"' not in text:
            raise UnsuitedError
        book.parts[part] = prefixed(text, "x").replace(" xmlns=", " xmlns:x=", 1)
    return ""


@clean
def properties_lost(book: Book, chance: random.Random) -> str:
    """Programs that say nothing of themselves. LibreOffice computes their texts then."""
    for name in [n for n in book.parts if n.startswith("docProps/")]:
        del book.parts[name]
        for part, tag in ((books.PACKAGE_RELATIONS, "Relationship"), (books.CONTENT_TYPES, "Override")):
            book.parts[part] = re.sub(rf'<{tag}(?=\s)[^>]*"/?{name}"[^>]*>', "", book.parts[part])
    return ""


@clean
def theme_lost(book: Book, chance: random.Random) -> str:
    name = "xl/theme/theme1.xml"
    text_of(book, name)
    del book.parts[name]
    for part, tag in ((book.relations, "Relationship"), (books.CONTENT_TYPES, "Override")):
        book.parts[part] = re.sub(rf'<{tag}(?=\s)[^>]*theme1\.xml"[^>]*>', "", book.parts[part])
    return ""


@clean
def styles_never_written(book: Book, chance: random.Random) -> str:
    """No part, no relation, no index: a program that knows no formats."""
    text_of(book, book.styles)
    del book.parts[book.styles]
    for part, tag in ((book.relations, "Relationship"), (books.CONTENT_TYPES, "Override")):
        book.parts[part] = re.sub(rf'<{tag}(?=\s)[^>]*styles\.xml"[^>]*>', "", book.parts[part])
    for part in book.sheets:
        book.parts[part] = re.sub(r'(<(?:c|row|col) [^>]*?) (?:s|style)="\d+"', r"\1", book.parts[part])
    return ""


@clean
def optional_elements_lost(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    text = text_of(book, part)
    for name in _OPTIONAL:
        text = element(name).sub("", text)
    book.parts[part] = text
    return part


@clean
def spans_and_heights(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    text = re.sub(r"<row [^>]*>", lambda m: _HEIGHTS.sub("", m[0]), text_of(book, part))
    new = chance.choice(
        ("", 'spans="1:8" ', 'ht="15" customHeight="1" ', 'hidden="1" ', 'outlineLevel="1" collapsed="0" ')
    )
    book.parts[part] = re.sub(r"<row ", f"<row {new}", text)
    return f"{new} in {part}"


@clean
def usual_declarations(book: Book, chance: random.Random) -> str:
    new = chance.choice(
        (
            "",
            "<?xml version='1.0' encoding='UTF-8'?>\n",
            '<?xml version="1.0"?>',
            '<?xml version="1.0" encoding="utf-8" standalone="no"?>\r\n',
        )
    )
    for part, text in book.parts.items():
        book.parts[part] = new + _DECLARATION.sub("", text)
    return repr(new)


@clean
def lines_and_indents(book: Book, chance: random.Random) -> str:
    """Between the elements of a sheet, as a program that prints XML nicely."""
    part = book.sheet(chance)
    book.parts[part] = re.sub(r"(?=<(?:/?row|/?sheetData|c|v|f)[\s>/])(?<!^)", "\n  ", text_of(book, part))
    book.parts[part] = re.sub(r"(<(?:row|c)[^>]*>)\s*(?=</)", r"\1", book.parts[part])
    return part


@clean
def texts_of_line_ends(book: Book, chance: random.Random) -> str:
    new = chance.choice(
        ("uno\ndos", "uno_x000D_\ndos", "uno&#10;dos", " con blancos ", "doble  blanco", "_x005F_x0041_")
    )
    match = one(chance, text_of(book, book.strings), re.compile(r"<si><t>(\w{4,})</t></si>"))
    book.parts[book.strings] = put(book.parts[book.strings], match, f'<si><t xml:space="preserve">{new}</t></si>')
    return repr(new)


_DOUBLED = re.compile(r'(?<=<c r="H)(?P<row>\d+)(?P<more>"[^>]*>)<f[^>]*>C\d+\*2</f><v>[^<]*</v>')


def _doubled(text: str) -> list[tuple[re.Match[str], float]]:
    """The formulas of column H with their true results: LibreOffice computes shared formulas and those of arrays."""
    found = []
    for match in _DOUBLED.finditer(text):
        source = re.search(rf'<c r="C{match["row"]}"[^>]*><v>([^<]*)</v>', text)
        if source:
            found.append((match, 2 * float(source[1])))
    return found


@clean
def shared_formulas(book: Book, chance: random.Random) -> str:
    """The formulas of column H as Excel writes a column that was filled down."""
    part = book.sheet(chance)
    found = _doubled(text_of(book, part))
    if len(found) < 3:
        raise UnsuitedError
    text, top, bottom = book.parts[part], found[0][0]["row"], found[-1][0]["row"]
    for match, result in reversed(found):
        head = f' ref="H{top}:H{bottom}" si="0">C{top}*2</f>' if match["row"] == top else ' si="0"/>'
        text = put(text, match, f'{match["row"]}{match["more"]}<f t="shared"{head}<v>{result}</v>')
    book.parts[part] = text
    return part


@clean
def formula_of_an_array(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    found = _doubled(text_of(book, part))
    if not found:
        raise UnsuitedError
    match, result = chance.choice(found)
    row = match["row"]
    new = f'{row}{match["more"]}<f t="array" ref="H{row}">C{row}*2</f><v>{result}</v>'
    book.parts[part] = put(book.parts[part], match, new)
    return new


@clean
def things_that_hold_no_cell(book: Book, chance: random.Random) -> str:
    """Filters, validations, protection, links and conditional formats after the cells."""
    part = book.sheet(chance)
    new = chance.choice(
        (
            '<sheetProtection sheet="1"/>', '<autoFilter ref="A1:H6"/>', '<mergeCells count="1"><mergeCell ref="J1:K1"/></mergeCells>',
            '<conditionalFormatting sqref="C2:C6"><cfRule type="cellIs" priority="1" operator="greaterThan"><formula>5</formula></cfRule></conditionalFormatting>',
            '<dataValidations count="1"><dataValidation type="list" sqref="G2:G6"><formula1>"si,no"</formula1></dataValidation></dataValidations>',
            '<hyperlinks><hyperlink ref="A1" location="Tareas!A1" display="otra cosa"/></hyperlinks>', '<ignoredErrors><ignoredError sqref="A1:H9" numberStoredAsText="1"/></ignoredErrors>',
        )
    )  # fmt: skip
    end = one(chance, text_of(book, part), "</sheetData>")
    if "<sheetProtection" in book.parts[part] or "<autoFilter" in book.parts[part]:
        raise UnsuitedError
    book.parts[part] = put(book.parts[part], end, end[0] + new)
    return f"{new[:40]} in {part}"


@kind
def attribute_twice(book: Book, chance: random.Random) -> str:
    """Not clean: no XML."""
    part = chance.choice((book.sheet(chance), book.main, book.relations, book.styles))
    match = one(chance, text_of(book, part), r' (?:r|t|s|name|r:id|Id|Target|numFmtId)="[^"]*"')
    book.parts[part] = put(book.parts[part], match, match[0] + match[0])
    return f"{match[0]} in {part}"
