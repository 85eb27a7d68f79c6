"""Formats: what makes a number a date."""

import random
import re

from tests.structures.book import Book, UnsuitedError, change_first, element, one, put, text_of, with_attribute
from tests.structures.kinds import clean, kind

CODES = (
    "General", "0", "0.00", "dd/mm/yyyy", "d", "m", "mm", "h", "s", "yyyy", "[h]:mm", "[hh]", "[ss]", "[mm]:ss", "[Red]0", "[$-F800]dddd", "[$-40A]d mmm", "[$Bs] 0",
    "&quot;d&quot;0", "0&quot;días&quot;", "\\d0", "0\\d", "_d0", "*d0", "0 \\m\\e\\s", "@", ";;;", "0;dd/mm/yyyy", "dd/mm/yyyy;@", "0;;d", "[&gt;100]d;0", "[&lt;100]0;d",
    "e", "g", "GENERAL", "general", "General&quot;d&quot;", "Standard", "Estándar", "dd/mm/aaaa", "DD/MM/YYYY", "yy", "AM/PM", "h AM/PM", "A/P", "0.0E+00", "0E+0", "# ?/?",
    "0%", "#,##0", "[Black]d", "[Color5]0", "[DBNum1]0", "[h]", "[d]", "[y]", "[m]", "[yyyy]", "BOOLEAN", "TEXT", "", " ", "b", "bb", "n", "[$-409]0", "[$d]0", "[$-d]0",
    "&quot;d", "0 d", "0d", "#d", "d0", "[Rojo]0", "[Magenta]0", "[s]0", "0.000s", "ss.000", "mm:ss.0", "#,##0\\ \"d\"".replace('"', "&quot;"), "r", "[ENG][$-409]d", "[TWN]0", "t0", "[$-1070000]d",
    "&quot;TRUE&quot;;&quot;TRUE&quot;;&quot;FALSE&quot;", "0_);(0)", "_-* #,##0_-", "_(* #,##0_);_(@_)", "[<=9999999]###-####".replace("<", "&lt;"),
)  # fmt: skip
_BUILT_IN = (
    0,
    1,
    2,
    9,
    13,
    14,
    15,
    18,
    21,
    22,
    27,
    30,
    36,
    45,
    46,
    47,
    48,
    49,
    50,
    58,
    59,
    60,
    71,
    81,
    100,
    163,
    164,
    165,
    999,
    65536,
)
_STYLED = re.compile(r'<c r="[A-Z]+\d+"( s="(\d+)")?(?: t="n")?><v>[^<]*</v></c>')


def _formats(book: Book) -> re.Match[str]:
    """The list of the formats of cells."""
    found = re.search(r"<cellXfs(?: [^>]*)?>(.*?)</cellXfs>", text_of(book, book.styles), re.DOTALL)
    if not found:
        raise UnsuitedError
    return found


def _xf(book: Book, chance: random.Random) -> tuple[int, str]:
    """(where it begins in the styles, text) of one format of cells."""
    found = _formats(book)
    match = one(chance, found[1], element("xf"))
    return found.start(1) + match.start(), match[0]


def _changed(book: Book, place: int, old: str, new: str) -> str:
    text = book.parts[book.styles]
    book.parts[book.styles] = text[:place] + new + text[place + len(old) :]
    return f"{new!r} for {old!r}"


@kind
def index_of_a_format(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _STYLED)
    new = chance.choice(
        (
            "-1",
            "0",
            "1",
            "2",
            "3",
            "4",
            "99",
            "65536",
            "4294967296",
            "99999999999999999999",
            "x",
            "",
            " 4",
            "4 ",
            "04",
            "+4",
            "4.0",
            "1e0",
        )
    )
    cell = re.sub(r' s="\d+"', "", match[0]).replace("<c ", f'<c s="{new}" ', 1)
    book.parts[part] = put(book.parts[part], match, cell)
    return f"{cell} in {part}"


@kind
def number_of_a_format(book: Book, chance: random.Random) -> str:
    place, old = _xf(book, chance)
    new = chance.choice((*map(str, _BUILT_IN), "-1", "x", "", " 14", "14 ", "+14", "014", "14.0"))
    return _changed(book, place, old, re.sub(r'numFmtId="[^"]*"', f'numFmtId="{new}"', old))


@kind
def code_of_a_format(book: Book, chance: random.Random) -> str:
    code, number = chance.choice(CODES), chance.choice((164, 170, 200, 14, 0, 4, 22))
    place, old = _xf(book, chance)
    _changed(book, place, old, re.sub(r'numFmtId="\d+"', f'numFmtId="{number}"', old))
    _with_code(book, f'<numFmt numFmtId="{number}" formatCode="{code}"/>')
    return f"{number} {code!r} for {old}"


def _with_code(book: Book, item: str, first: bool = True) -> None:
    text = text_of(book, book.styles)
    found = re.search(r"<numFmts(?: [^>]*)?>", text)
    if not found:
        root = one(random.Random(0), text, r"<styleSheet(?: [^>]*)?>")
        book.parts[book.styles] = put(text, root, f"{root[0]}<numFmts>{item}</numFmts>")
    elif first:
        book.parts[book.styles] = put(text, found, found[0] + item)
    else:
        book.parts[book.styles] = text.replace("</numFmts>", item + "</numFmts>", 1)


@kind
def format_twice(book: Book, chance: random.Random) -> str:
    """Two codes of one number, before and after; or a code for a number that is built in."""
    found = one(chance, text_of(book, book.styles), r'<numFmt [^>]*numFmtId="(\d+)"[^>]*>')
    number, code = (
        chance.choice((found[1], found[1], "14", "1", "0", "9")),
        chance.choice(("dd/mm/yyyy", "0", "General")),
    )
    first = chance.random() < 0.5
    _with_code(book, f'<numFmt numFmtId="{number}" formatCode="{code}"/>', first)
    return f"{number} {code} {'first' if first else 'last'}"


@kind
def applied_or_not(book: Book, chance: random.Random) -> str:
    place, old = _xf(book, chance)
    bare = re.sub(r' applyNumberFormat="[^"]*"', "", old)
    number = re.sub(r'numFmtId="\d+"', f'numFmtId="{chance.choice((0, 14, 1))}"', bare)
    return _changed(
        book,
        place,
        old,
        with_attribute(number, f'applyNumberFormat="{chance.choice(("0", "1", "false", "true", "x"))}"', last=True),
    )


@kind
def format_through_a_style(book: Book, chance: random.Random) -> str:
    """The named style has the format of a date, and the cell's own says something else, or nothing."""
    text = text_of(book, book.styles)
    styles = re.search(r"(<cellStyleXfs(?: [^>]*)?>)(.*?)(</cellStyleXfs>)", text, re.DOTALL)
    if not styles:
        raise UnsuitedError
    count = len(re.findall(r"<xf(?=[\s/>])", styles[2]))
    named = chance.choice(
        (
            '<xf numFmtId="14" applyNumberFormat="1"/>',
            '<xf numFmtId="14"/>',
            '<xf numFmtId="14" applyNumberFormat="0"/>',
        )
    )
    book.parts[book.styles] = put(text, styles, styles[1] + styles[2] + named + styles[3])
    place, old = _xf(book, chance)
    new = chance.choice(
        (f'<xf xfId="{count}"/>', f'<xf numFmtId="0" xfId="{count}"/>', f'<xf numFmtId="0" xfId="{count}" applyNumberFormat="0"/>', f'<xf numFmtId="2" xfId="{count}" applyNumberFormat="1"/>')
    )  # fmt: skip
    return f"{named}: {_changed(book, place, old, new)}"


@kind
def format_more(book: Book, chance: random.Random) -> str:
    """A format before others: every index after it means another one."""
    place, old = _xf(book, chance)
    new = chance.choice(
        (
            '<xf numFmtId="14"/>',
            "<xf/>",
            '<q:xf xmlns:q="urn:ajeno" numFmtId="14"/>',
            '<xf xmlns="urn:ajeno" numFmtId="14"/>',
            "<otro/>",
            "<extLst/>",
            "<!--<xf/>-->",
            "texto",
        )
    )
    return _changed(book, place, old, new + old)


@kind
def formats_twice(book: Book, chance: random.Random) -> str:
    found = _formats(book)
    decoy = re.sub(r'numFmtId="\d+"', 'numFmtId="14"', found[0])
    form = chance.randrange(5)
    new = (
        decoy + found[0],
        found[0] + decoy,
        f"<otro>{decoy}</otro>{found[0]}",
        f"<cellXfs/>{found[0]}",
        f"<dxfs><dxf>{decoy}</dxf></dxfs>{found[0]}",
    )[form]
    book.parts[book.styles] = put(book.parts[book.styles], found, new)
    return f"form {form}"


@kind
def styles_lost(book: Book, chance: random.Random) -> str:
    text_of(book, book.styles)
    del book.parts[book.styles]
    return ""


@kind
def format_of_a_row(book: Book, chance: random.Random) -> str:
    """A row, or a column, with a date's format; its cells have none of their own."""
    part = book.sheet(chance)
    if chance.random() < 0.5:
        match = one(chance, text_of(book, part), r"<row (?=[^>]*>)")
        book.parts[part] = put(
            book.parts[part], match, '<row s="4" customFormat="1" '.replace("4", chance.choice("1234"))
        )
        book.parts[part] = re.sub(
            r'(<row s="\d" customFormat="1" [^>]*?) (?:s|customFormat)="[^"]*"', r"\1", book.parts[part]
        )
        return f"a row in {part}"
    change_first(
        book,
        part,
        "<sheetData>",
        f'<cols><col min="1" max="9" width="9" style="{chance.choice("1234")}"/></cols><sheetData>',
    )
    return f"columns in {part}"


@clean
def format_of_a_figure(book: Book, chance: random.Random) -> str:
    number = chance.choice((200, 201))
    code = chance.choice(("#,##0.00", "0.0%", '"Bs" 0', "[Red]-0", "0.00E+00", "#,##0;[Red]-#,##0")).replace(
        '"', "&quot;"
    )
    place, old = _xf(book, chance)
    if not re.search(r'numFmtId="(?:[0-4]|9|10)"', old):
        raise UnsuitedError
    _changed(book, place, old, re.sub(r'numFmtId="\d+"', f'numFmtId="{number}"', old))
    _with_code(book, f'<numFmt numFmtId="{number}" formatCode="{code}"/>')
    return f"{number} {code}"
