"""Texts: shared, inline, rich, phonetic; blanks, escapes, indices and counts."""

import random
import re

from tests.structures.book import Book, UnsuitedError, change_first, element, one, put, text_of
from tests.structures.kinds import clean, kind

_SHARED = re.compile(r'<c r="[A-Z]+\d+"(?: s="\d+")? t="s"><v>(?P<index>\d+)</v></c>')
_INDICES = (
    "-1", "", " ", " 1", "1 ", "01", "+1", "1.0", "1e0", "99999", "4294967296", "4294967297", "99999999999999999999", "x", "1x", "0x1", "-0", "１",
    "1,", "\n2\n", "2147483648", "1.9",
)  # fmt: skip
TEXTS = (
    "", " ", " a", "a ", "  a  b  ", "\na", "a\n", "a\nb", "a\r\nb", "a&#13;b", "a&#13;&#10;b", "a&#10;b", "\ta", "a&#9;b", "a\tb", "&#32;a", "&#160;a", "_x000D_",
    "a_x000D_b", "a_x000d_b", "a_x000D_\nb", "_x0041_", "_x005F_x0041_", "_x000A_", "_x0000_", "_x0009_", "_x000_", "_x00411_", "_X0041_", "_x0041",
    "_xD83D__xDE00_", "_xD83D_", "_xFFFF_", "_xFFFE_", "_x0007_", "_x001F_", "_x007F_", "_x0020_a", "_x00e1_", "a_x0041_x0042_b", "__x0041__", "_x0041__x0042_",
    "&#x7F;", "&#x85;", "&#x2028;", "&#xFEFF;a", "&#x200B;a", "&#x202E;abc", "a&#x301;", "á", "😀", "&#x1F600;", "&lt;b&gt;", "&amp;lt;", "&quot;a&quot;", "'a",
    "=1+1", "#N/A", "TRUE", "12", "1,5", "2024-05-06", "&#xFFFD;", "&#xAD;a", "&#xE000;", "&#x80;", "&#x9F;", "a" * 300, "a&#x0;b", "a&#x1;b", "a&#xFFFF;b",
    "&#xD800;", "&nbsp;", "&desconocido;", "a b", "a  b", "\u3000a\u3000", "\u00a0", "&#x1C;", "\u2003a",
)  # fmt: skip
_PLACES = ("shared", "inline", "formula", "shared")


def _inline(book: Book, chance: random.Random, form: str) -> str:
    """A cell with a shared text made into one of another form."""
    part = book.sheet(chance)
    match = one(
        chance, text_of(book, part), re.compile(r'<c r="[A-Z]+\d+"[^>]*? t="(?:s|inlineStr)"[^>]*>.*?</c>', re.DOTALL)
    )
    start = re.match(r'<c r="[A-Z]+\d+"', match[0])[0]  # type: ignore[index]
    new = start + form
    book.parts[part] = put(book.parts[part], match, new)
    return f"{new[:200]!r} in {part}"


@kind
def text_of_every_form(book: Book, chance: random.Random) -> str:
    """A text in each of the places where one can be, with xml:space and without."""
    text, where = chance.choice(TEXTS), chance.choice(_PLACES)
    space = chance.choice(("", "", ' xml:space="preserve"', ' xml:space="default"', " xml:space='preserve'"))
    if where == "formula":
        return _inline(book, chance, f' t="str"><f>A1</f><v{space}>{text}</v></c>')
    if where == "inline":
        return _inline(book, chance, f' t="inlineStr"><is><t{space}>{text}</t></is></c>')
    match = one(chance, text_of(book, book.strings), element("si"))
    new = f"<si><t{space}>{text}</t></si>"
    book.parts[book.strings] = put(book.parts[book.strings], match, new)
    return f"{new[:200]!r} for {match[0]}"


_RUN = "<r><rPr><b/></rPr><t{1}>{0}</t></r>"
_ITEMS = (
    "<si/>", "<si></si>", "<si><t/></si>", "<si><t></t></si>", "<si>a</si>", "<si><t>a</t><t>b</t></si>", "<si><r><t>a</t></r><t>b</t></si>",
    "<si><t>a</t><r><t>b</t></r></si>", "<si><r/></si>", "<si><r><rPr/></r></si>", "<si><r><t>a</t><t>b</t></r></si>", "<si><r>a</r></si>",
    '<si><rPh sb="0" eb="1"><t>a</t></rPh></si>', '<si><rPh sb="0" eb="1"><t>a</t></rPh><t>b</t></si>', '<si><t>b</t><rPh sb="0" eb="1"><r><t>a</t></r></rPh></si>',
    "<si><phoneticPr/><t>a</t></si>", "<si><t><t>a</t></t></si>", "<si><si><t>a</t></si></si>", "<si><r><r><t>a</t></r></r></si>",
    '<si xml:space="preserve"><t> a </t></si>', "<si>\n<t>a</t>\n</si>", "<si><r>\n<t>a</t>\n</r></si>", "<si><is><t>a</t></is></si>", "<si><v>a</v></si>",
    "<si><r><t> a</t></r><r><t> b </t></r></si>", '<si><r><t xml:space="preserve"> a</t></r><r><t xml:space="preserve"> b </t></r></si>',
    '<si><r><rPr><vanish/></rPr><t>oculto</t></r><r><t>visto</t></r></si>', '<si><r><rPr><strike/></rPr><t>9</t></r><r><t>1</t></r></si>',
    "<si><r><t>a&#10;</t></r><r><t>b</t></r></si>", "<si><r><t>_x0041_</t></r><r><t>_x00</t></r><r><t>41_</t></r></si>", "<si><r><t></t></r></si>",
)  # fmt: skip


@kind
def item_of_another_form(book: Book, chance: random.Random) -> str:
    match, new = one(chance, text_of(book, book.strings), element("si")), chance.choice(_ITEMS)
    book.parts[book.strings] = put(book.parts[book.strings], match, new)
    return new


@kind
def inline_of_another_form(book: Book, chance: random.Random) -> str:
    new = chance.choice(_ITEMS).replace("<si", "<is").replace("</si>", "</is>")
    return _inline(book, chance, f' t="inlineStr">{new}</c>')


@clean
def rich_text(book: Book, chance: random.Random) -> str:
    match = one(chance, text_of(book, book.strings), re.compile(r"<si><t>(\w{4,})</t></si>"))
    text, place = match[1], chance.randrange(1, 4)
    new = f"<si>{_RUN.format(text[:place], '')}{_RUN.format(text[place:], '')}</si>"
    book.parts[book.strings] = put(book.parts[book.strings], match, new)
    return new


@clean
def phonetic_text(book: Book, chance: random.Random) -> str:
    match = one(chance, text_of(book, book.strings), re.compile(r"<si><t>(\w{4,})</t></si>"))
    new = f'<si><t>{match[1]}</t><rPh sb="0" eb="1"><t>fonética</t></rPh><phoneticPr fontId="1"/></si>'
    book.parts[book.strings] = put(book.parts[book.strings], match, new)
    return new


@clean
def inline_text(book: Book, chance: random.Random) -> str:
    return _inline(book, chance, ' t="inlineStr"><is><t>en línea</t></is></c>')


@clean
def inline_rich_text(book: Book, chance: random.Random) -> str:
    return _inline(
        book,
        chance,
        f' t="inlineStr"><is>{_RUN.format("en", "")}{_RUN.format(" línea", chr(32) + "xml:space=" + chr(34) + "preserve" + chr(34))}</is></c>',
    )


@kind
def index(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match, new = one(chance, text_of(book, part), _SHARED), chance.choice(_INDICES)
    book.parts[part] = put(book.parts[part], match, new, 1)
    return f"{new!r} in {part}"


@kind
def counts_that_lie(book: Book, chance: random.Random) -> str:
    text = text_of(book, book.strings)
    count = chance.choice(
        ("0", "1", "7", "-1", "x", "", "100000", "4294967295", "1000000000000", "99999999999999999999", "1e3")
    )
    name = chance.choice(("count", "uniqueCount"))
    found = re.search(rf'(?<=\s){name}="[^"]*"', text)
    if found:
        book.parts[book.strings] = put(text, found, f'{name}="{count}"')
    else:
        change_first(book, book.strings, "<sst ", f'<sst {name}="{count}" ')
    return f"{name} {count!r}"


@clean
def counts_lost(book: Book, chance: random.Random) -> str:
    book.parts[book.strings] = re.sub(r' (?:uniqueCount|count)="\d*"', "", text_of(book, book.strings))
    return ""


@kind
def item_more(book: Book, chance: random.Random) -> str:
    """An item at the beginning or between two: every index after it means another text."""
    match = one(chance, text_of(book, book.strings), r"<si(?=[\s/>])")
    new = chance.choice(
        (
            "<si><t>uno más</t></si>",
            "<si/>",
            '<q:si xmlns:q="urn:ajeno"><q:t>ajeno</q:t></q:si>',
            "<extLst/>",
            "texto",
            "<!--<si/>-->",
            "<otro/>",
            "<t>suelto</t>",
            "<is><t>a</t></is>",
        )
    )
    book.parts[book.strings] = put(book.parts[book.strings], match, new + match[0])
    return new


@kind
def strings_lost(book: Book, chance: random.Random) -> str:
    text_of(book, book.strings)
    del book.parts[book.strings]
    return ""


@kind
def second_table(book: Book, chance: random.Random) -> str:
    """Two roots are no XML; a table in a table is."""
    text = text_of(book, book.strings)
    match = one(chance, text, re.compile(r"(<sst[^>]*>)(.*)(</sst>)", re.DOTALL))
    if "xmlns" not in match[1]:
        raise UnsuitedError
    new = chance.choice(
        (f"{match[1]}{match[0]}{match[3]}", f"{match[1]}<sst><si><t>a</t></si></sst>{match[2]}{match[3]}")
    )
    book.parts[book.strings] = put(text, match, new)
    return ""
