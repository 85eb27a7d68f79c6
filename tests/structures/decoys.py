"""Elements that look like those that count, before, after and inside these."""

import random
import re

from tests.structures import book as books
from tests.structures.book import Book, otherwise, put
from tests.structures.kinds import clean, kind
from tests.structures.namespaces import named, place, prefixed, renamed

_INSERTED = (
    '<q:v xmlns:q="urn:ajeno">7</q:v>', '<v xmlns="urn:ajeno">7</v>', '<q:c xmlns:q="urn:ajeno" r="A1"><q:v>7</q:v></q:c>',
    '<q:t xmlns:q="urn:ajeno">señuelo</q:t>', '<t xmlns="">señuelo</t>', '<q:si xmlns:q="urn:ajeno"><q:t>señuelo</q:t></q:si>',
    '<q:row xmlns:q="urn:ajeno" r="2"/>', '<q:sheetData xmlns:q="urn:ajeno"/>', '<q:xf xmlns:q="urn:ajeno" numFmtId="14"/>',
    '<q:sheet xmlns:q="urn:ajeno" name="Otra" sheetId="9"/>', "<v>7</v>", "<t>señuelo</t>", "<is><t>señuelo</t></is>", "<f>7</f>",
    "<extLst/>", "<xf/>", "<si/>", "<row/>", "<c/>", "<c><v>7</v></c>", "<sheetData/>", "<r><t>señuelo</t></r>",
    '<rPh sb="0" eb="1"><t>señuelo</t></rPh>', "<desconocido>7</desconocido>", "<desconocido><v>7</v></desconocido>", "7", "texto",
)  # fmt: skip


def _decoy(chance: random.Random, xml: str, name: str) -> tuple[str, str]:
    """A copy of an element with other figures, in a namespace; and which."""
    xml = otherwise(xml)
    match chance.randrange(4):
        case 0:
            return xml, "the same"
        case 1:
            return f'<q:caja xmlns:q="{books.FOREIGN}">{xml}</q:caja>', "in a foreign box"
        case 2:
            return renamed(prefixed(xml, "q"), f"q:{name}", f"q:{name}", f' xmlns:q="{books.FOREIGN}"'), "foreign"
        case _:
            return renamed(xml, name, name, f' xmlns="{books.FOREIGN}"'), "of a foreign default"


@kind
def decoy_beside(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    name = named(match)
    decoy, which = _decoy(chance, match[0], name)
    before = chance.random() < 0.5
    book.parts[part] = put(book.parts[part], match, decoy + match[0] if before else match[0] + decoy)
    return f"{name} {'before' if before else 'after'}, {which}, in {part}"


@kind
def decoy_before_in_a_comment(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    wrap = chance.choice(("<!--{}-->", "<?q {}?>"))
    decoy = wrap.format(otherwise(match[0]).replace("--", "").replace("?>", ""))
    book.parts[part] = put(book.parts[part], match, decoy + match[0])
    return f"{named(match)} as {wrap} in {part}"


@kind
def empty_decoy_before_in_a_comment(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    name = named(match)
    inner = chance.choice((f"<{name}></{name}>", f"<{name}/>", f"<{name}>", f"</{name}>"))
    wrap = chance.choice(("<!--{}-->", "<?q {}?>", "<![CDATA[{}]]>"))
    book.parts[part] = put(book.parts[part], match, wrap.format(inner) + match[0])
    return f"{wrap.format(inner)} in {part}"


@kind
def far_cell_behind_an_empty_decoy(book: Book, chance: random.Random) -> str:
    """What looks like an empty `sheetData`, and the real one with a cell at the end of the world."""
    part = book.sheet(chance)
    match = books.one(chance, books.text_of(book, part), r"<sheetData>")
    decoy = chance.choice(_EMPTY)
    far = chance.choice(_FAR)
    head, end, tail = put(book.parts[part], match, decoy + match[0]).rpartition("</sheetData>")
    book.parts[part] = head + far + end + tail
    return f"{decoy} in {part}"


_FAR = (
    '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>', '<row spans="1:1" r="1048576"><c s="0" r="XFD1048576"><v>7</v></c></row>',
    "<row r='1048576'><c r='XFD1048576'><v>7</v></c></row>", '<row r="1048576"\n><c\nr="XFD1048576"><v>7</v></c></row>',
)  # fmt: skip
_EMPTY = (
    "<!--<sheetData></sheetData>-->", "<?q <sheetData></sheetData>?>", "<![CDATA[<sheetData></sheetData>]]>", "<!--<sheetData/>-->",
    '<sheetData xmlns="urn:ajeno"/>', '<q:sheetData xmlns:q="urn:ajeno"/>', '<x:sheetData xmlns:x="urn:x"></x:sheetData>',
    "<sheetData></sheetData>", "<sheetData/>", '<otro a="<sheetData/>"/>'.replace("<s", "&lt;s"), "<!-- <sheetData /> -->",
)  # fmt: skip


@kind
def the_real_one_in_a_comment(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    if "--" in match[0]:
        raise books.UnsuitedError
    book.parts[part] = put(book.parts[part], match, f"<!--{match[0]}-->")
    return f"{named(match)} in {part}"


@kind
def the_real_one_in_a_box(book: Book, chance: random.Random) -> str:
    """What counts lies inside an element that nobody knows."""
    part, match = place(book, chance)
    start, end = chance.choice(
        (("<caja>", "</caja>"), ('<q:caja xmlns:q="urn:ajeno">', "</q:caja>"), ("<extLst><ext>", "</ext></extLst>"))
    )
    book.parts[part] = put(book.parts[part], match, start + match[0] + end)
    return f"{named(match)} in {start} in {part}"


@kind
def something_inserted(book: Book, chance: random.Random) -> str:
    """A small element, or text, as the first or the last thing inside one that counts."""
    part, match = place(book, chance)
    inner = re.fullmatch(r"(<[^>]*[^/>]>|<\w+>)(.*)(</[^>]*>)", match[0], re.DOTALL)
    if not inner:
        raise books.UnsuitedError
    new, first = chance.choice(_INSERTED), chance.random() < 0.5
    content = new + inner[2] if first else inner[2] + new
    book.parts[part] = put(book.parts[part], match, inner[1] + content + inner[3])
    return f"{new} {'first' if first else 'last'} in {named(match)} in {part}"


@kind
def one_element_lost(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    book.parts[part] = put(book.parts[part], match, "")
    return f"{named(match)} in {part}"


@kind
def one_element_emptied(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    inner = re.fullmatch(r"(<[^>]*[^/>]>|<\w+>)(.*)(</[^>]*>)", match[0], re.DOTALL)
    if not inner:
        raise books.UnsuitedError
    book.parts[part] = put(book.parts[part], match, inner[1] + inner[3])
    return f"{named(match)} in {part}"


@clean
def a_comment_between_rows(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = books.one(chance, books.text_of(book, part), r"</row>(?=<row)")
    book.parts[part] = put(book.parts[part], match, match[0] + chance.choice(("<!-- x -->", "\n", "<?nota x?>")))
    return part
