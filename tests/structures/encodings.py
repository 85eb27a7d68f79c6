"""How the text of a part is written down: encodings, declarations, marks, characters that XML does not know."""

import codecs
import random
import re
from collections.abc import Callable

from tests.structures import book as books
from tests.structures.book import Book, one, put, text_of
from tests.structures.kinds import clean, kind

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")


def part_of(book: Book, chance: random.Random) -> str:
    """A part that decides what is read."""
    roles = (
        book.sheet(chance),
        book.strings,
        book.main,
        book.styles,
        book.relations,
        books.PACKAGE_RELATIONS,
        books.CONTENT_TYPES,
    )
    part = chance.choices(roles, (5, 3, 1, 1, 1, 1, 1))[0]
    text_of(book, part)
    return part


def _declared(book: Book, part: str, declaration: str) -> None:
    book.parts[part] = declaration + _DECLARATION.sub("", book.parts[part])


def _encoded(encoding: str, mark: bytes = b"") -> Callable[[str], bytes]:
    return lambda text: mark + text.encode(encoding, "xmlcharrefreplace")


_ENCODINGS = (
    ("UTF-16", "utf-16"), ("utf-16", "utf-16-be"), ("UTF-16LE", "utf-16-le"), ("UTF-16BE", "utf-16-be"), ("UTF-8", "utf-16"), (None, "utf-16"),
    (None, "utf-16-le"), ("ISO-8859-1", "latin-1"), ("iso-8859-1", "utf-8"), ("UTF-8", "latin-1"), ("windows-1252", "cp1252"), ("US-ASCII", "ascii"),
    ("US-ASCII", "utf-8"), ("UTF-32", "utf-32"), ("UTF-7", "utf-7"), ("IBM037", "cp037"), ("EBCDIC-CP-US", "cp037"), ("ISO-8859-15", "iso8859-15"),
    ("windows-1251", "cp1251"), ("Shift_JIS", "ascii"), ("nada", "utf-8"), ("utf8", "utf-8"), ("UTF_8", "utf-8"), ("latin1", "latin-1"), ("UTF-16", "utf-8"),
    ("macintosh", "mac-roman"), ("ISO-8859-2", "iso8859-2"), ("UCS-2", "utf-16-le"),
)  # fmt: skip


@kind
def encoding(book: Book, chance: random.Random) -> str:
    part = part_of(book, chance)
    said, true = chance.choice(_ENCODINGS)
    _declared(book, part, f'<?xml version="1.0" encoding="{said}"?>' if said else "")
    book.encoded[part] = _encoded(true)
    return f"{true}, said to be {said}, in {part}"


@kind
def mark_and_declaration(book: Book, chance: random.Random) -> str:
    """A byte order mark with a declaration that says otherwise."""
    part = part_of(book, chance)
    said = chance.choice(("ISO-8859-1", "UTF-16", "windows-1252", "US-ASCII", "UTF-8"))
    _declared(book, part, f'<?xml version="1.0" encoding="{said}"?>')
    mark, true = chance.choice(
        (
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF8 * 2, "utf-8"),
        )
    )
    book.encoded[part] = _encoded(true, mark)
    return f"{mark!r} {true}, said to be {said}, in {part}"


@clean
def mark_of_utf8(book: Book, chance: random.Random) -> str:
    part = part_of(book, chance)
    book.encoded[part] = _encoded("utf-8", codecs.BOM_UTF8)
    return part


_DECLARATIONS = (
    "", "<?xml version='1.0'?>", "<?xml version='1.1'?>", "<?xml version='1.1' encoding='UTF-8'?>", "<?xml version='2.0'?>", "\n<?xml version='1.0'?>", " ", "\n\n",
    "<?xml version='1.0' encoding='UTF-8' standalone='no'?>", "<?xml version='1.0' standalone='yes' encoding='UTF-8'?>", "<?xml version='1.0' " + " " * 300 + "encoding='ISO-8859-1'?>",
    "<?xml version='1.0' encoding='UTF-8'?><!--x-->", "<!--x-->", "<?q encoding='ISO-8859-1'?>", "<?XML version='1.0'?>", "<?xml version='1.0' encoding='UTF-8'?><?xml version='1.0'?>",
    "<?xml encoding='ISO-8859-1'?>", "<?xml version = '1.0' encoding = 'ISO-8859-1' ?>", "<?xml version='1.0' encoding='ISO-8859-1' standalone='yes'?>",
    "<?xml version='1.0'?><!-- encoding='ISO-8859-1' -->", "<!DOCTYPE worksheet>", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b '7'>]>", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>",
)  # fmt: skip


@kind
def declaration(book: Book, chance: random.Random) -> str:
    part, new = part_of(book, chance), chance.choice(_DECLARATIONS)
    _declared(book, part, new)
    return f"{new!r} in {part}"


@kind
def character_that_is_none(book: Book, chance: random.Random) -> str:
    """Control characters, halves of characters and bytes that are no UTF-8, in a text or an attribute."""
    part = part_of(book, chance)
    match = one(chance, text_of(book, part), r'(?<=>)[^<>&]+(?=<)|(?<==")[^"<>&]+(?=")')
    new = chance.choice(
        ("\0", "\1", "\x0b", "\x1b", "\x1f", "\x7f", "\x85", "\x9f", "\ufffe", "\uffff", "\ud800", "\ufeff", "\u2028")
    )
    place = chance.randrange(len(match[0]) + 1)
    book.parts[part] = put(book.parts[part], match, match[0][:place] + new + match[0][place:])
    return f"{new!r} in {match[0]!r} in {part}"


@kind
def bytes_that_are_none(book: Book, chance: random.Random) -> str:
    part = part_of(book, chance)
    match = one(chance, text_of(book, part), r"(?<=>)[^<>&]+(?=<)")
    new = chance.choice(
        (
            b"\xff",
            b"\x80",
            b"\xc0\x80",
            b"\xed\xa0\x80",
            b"\xf8\x88\x80\x80\x80",
            b"\xc3",
            b"\xe0\x80\xb7",
            b"\xc0\xb7",
            b"\xf4\x90\x80\x80",
        )
    )
    book.parts[part] = put(book.parts[part], match, match[0] + "\ue123")
    book.encoded[part] = lambda text: text.encode("utf-8", "surrogatepass").replace("\ue123".encode(), new)
    return f"{new!r} after {match[0]!r} in {part}"


@kind
def something_after_the_end(book: Book, chance: random.Random) -> str:
    part = part_of(book, chance)
    new = chance.choice(
        ("\n", " ", "\0", "<!--x-->", "<a/>", "texto", "<", "\x1a", "&#10;", "]]>", "<worksheet/>", "</worksheet>")
    )
    book.parts[part] += new
    return f"{new!r} in {part}"


@kind
def something_before_the_root(book: Book, chance: random.Random) -> str:
    part = part_of(book, chance)
    new = chance.choice(
        (
            "<!--<sheetData></sheetData>-->",
            "<?q <sheetData/>?>",
            "<?mso-application progid='Excel.Sheet'?>",
            "<!-- <c r='XFD1'> -->",
            "texto",
            "<a/>",
        )
    )
    head = _DECLARATION.match(book.parts[part])
    place = head.end() if head else 0
    book.parts[part] = book.parts[part][:place] + new + book.parts[part][place:]
    return f"{new!r} in {part}"


@kind
def end_lost(book: Book, chance: random.Random) -> str:
    """Cut off in the middle."""
    part = part_of(book, chance)
    share = chance.choice((0.3, 0.6, 0.9, 0.99))
    book.parts[part] = book.parts[part][: int(len(book.parts[part]) * share)]
    return f"{share} of {part}"
