"""Namespaces that are others, elsewhere, or said in another way."""

import random
import re

from tests.structures import book as books
from tests.structures.book import Book, change_first, element, one, put, text_of, with_attribute
from tests.structures.kinds import clean, kind

_START = re.compile(r"<(/?)([A-Za-z]\w*)(?=[\s/>])")
_LIKE_MAIN = (
    "", books.FOREIGN, books.STRICT, books.MAIN + "/", books.MAIN.upper(), books.MAIN.replace("2006", "2007"),
    books.MAIN.replace("http:", "https:"), f" {books.MAIN}", books.MAIN.replace("main", "m&#97;in"), books.X14,
)  # fmt: skip
ELEMENTS = {
    "sheet": ("sheetData", "row", "c", "v", "f", "is", "t"),
    "strings": ("si", "t", "r", "si", "t", "rPh"),
    "main": ("sheets", "sheet", "workbookPr"),
    "styles": ("cellXfs", "xf", "numFmts", "numFmt"),
}


def place(book: Book, chance: random.Random) -> tuple[str, re.Match[str]]:
    """A part, and one of its elements that decide what is read."""
    role = chance.choices(list(ELEMENTS), (6, 3, 2, 2))[0]
    part = book.sheet(chance) if role == "sheet" else getattr(book, role)
    return part, one(chance, text_of(book, part), element(chance.choice(ELEMENTS[role])))


def named(match: re.Match[str]) -> str:
    """The name of the element that was matched."""
    return re.match(r"<([\w:]+)", match[0])[1]  # type: ignore[index]


def renamed(xml: str, name: str, new: str, declared: str = "") -> str:
    """An element under another name, with a declaration in its start tag."""
    xml = re.sub(rf"^<{name}(?=[\s/>])", f"<{new}{declared}", xml)
    return re.sub(rf"</{name}(\s*)>$", rf"</{new}\1>", xml)


def prefixed(xml: str, prefix: str) -> str:
    """All elements without prefix under one."""
    return _START.sub(rf"<\1{prefix}:\2", xml)


def _under_prefix(book: Book, part: str, prefix: str) -> None:
    text = prefixed(text_of(book, part), prefix)
    book.parts[part] = text.replace(" xmlns=", f" xmlns:{prefix}=", 1)


@clean
def main_namespace_under_a_prefix(book: Book, chance: random.Random) -> str:
    prefix = chance.choice(("x", "main", "ss", "a.b-c"))
    chosen = chance.choice((book.sheet(chance), book.strings, book.styles, book.main))
    _under_prefix(book, chosen, prefix)
    return f"{prefix} in {chosen}"


@clean
def strict_workbook(book: Book, chance: random.Random) -> str:
    """As Excel saves «Strict Open XML»."""
    for name, text in book.parts.items():
        text = text.replace(books.MAIN, books.STRICT)
        book.parts[name] = text.replace(books.OFFICE, books.STRICT_OFFICE)
    change = text_of(book, book.main).replace("<workbook ", '<workbook conformance="strict" ', 1)
    book.parts[book.main] = change
    return ""


@kind
def another_main_namespace(book: Book, chance: random.Random) -> str:
    part, new = chance.choice((book.sheet(chance), book.strings, book.styles, book.main)), chance.choice(_LIKE_MAIN)
    change_first(book, part, f'xmlns="{books.MAIN}"', f'xmlns="{new}"' if new else "")
    return f"{new!r} in {part}"


@kind
def another_office_namespace(book: Book, chance: random.Random) -> str:
    new = chance.choice((books.FOREIGN, books.STRICT_OFFICE, books.OFFICE + "/", books.OFFICE.upper()))
    change_first(book, book.main, f'xmlns:r="{books.OFFICE}"', f'xmlns:r="{new}"')
    return new


@kind
def another_root(book: Book, chance: random.Random) -> str:
    part = chance.choice((book.sheet(chance), book.strings, book.styles, book.main))
    new = chance.choice(
        ("chartsheet", "dialogsheet", "macrosheet", "otra", "worksheet", "sst", "Workbook", "q:worksheet")
    )
    root = one(chance, text_of(book, part), r"<(worksheet|sst|styleSheet|workbook)(?=[\s>])")
    text = put(book.parts[part], root, f'<{new} xmlns:q="{books.FOREIGN}"' if new.startswith("q:") else f"<{new}")
    book.parts[part] = re.sub(rf"</{root[1]}(\s*)>", rf"</{new}\1>", text)
    return f"{new} in {part}"


@kind
def default_namespace_switched_on_one(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    new = chance.choice(("", books.FOREIGN, books.STRICT, books.MAIN, books.X14))
    book.parts[part] = put(book.parts[part], match, with_attribute(match[0], f'xmlns="{new}"'))
    return f"{named(match)} in {part}: {new!r}"


@kind
def one_element_foreign(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    name = named(match)
    prefix, uri = chance.choice((("q", books.FOREIGN), ("x14", books.X14), ("r", books.OFFICE), ("q", books.STRICT)))
    new = renamed(match[0], name, f"{prefix}:{name}", f' xmlns:{prefix}="{uri}"')
    book.parts[part] = put(book.parts[part], match, new)
    return f"{prefix}:{name} of {uri} in {part}"


@kind
def one_element_under_a_prefix_of_main(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    name = named(match)
    new = renamed(match[0], name, f"q:{name}", f' xmlns:q="{books.MAIN}"')
    book.parts[part] = put(book.parts[part], match, new)
    return f"q:{name} in {part}"


@kind
def prefix_redefined_inside(book: Book, chance: random.Random) -> str:
    """The whole part under a prefix that one element gives another meaning."""
    part, match = place(book, chance)
    book.parts[part] = put(book.parts[part], match, "\0" + match[0])
    _under_prefix(book, part, "x")
    uri = chance.choice((books.FOREIGN, books.STRICT, books.MAIN))
    book.parts[part] = re.sub(r"\0(<[\w:]+)", rf'\1 xmlns:x="{uri}"', book.parts[part])
    return f"{named(match)} in {part}: {uri}"


_ATTRIBUTES = (
    ("row", ('r="{n}"', 'spans="1:2"', 'hidden="1"')),
    ("c", ('r="B{n}"', 't="s"', 't="str"', 't="b"', 't="e"', 's="1"', 's="4"')),
    ("sheet", ('name="Otra"', 'id="rId2"', 'sheetId="9"', 'state="hidden"')),
    ("workbookPr", ('date1904="1"',)),
    ("xf", ('numFmtId="14"', 'xfId="0"')),
    ("numFmt", ('numFmtId="164"', 'formatCode="dd/mm/yyyy"')),
    ("t", ('space="preserve"',)),
)


@kind
def foreign_attribute_beside(book: Book, chance: random.Random) -> str:
    """An attribute of the same local name: only the one without prefix counts."""
    name, attributes = chance.choice(_ATTRIBUTES)
    part = _part_of(book, name, chance)
    match = one(chance, text_of(book, part), element(name))
    uri = chance.choice((books.FOREIGN, books.MAIN, books.OFFICE))
    attribute = chance.choice(attributes).format(n=chance.randrange(2, 9))
    new = with_attribute(match[0], f'xmlns:q="{uri}" q:{attribute}', last=chance.random() < 0.5)
    book.parts[part] = put(book.parts[part], match, new)
    return f"{attribute} of {uri} on {name} in {part}"


@kind
def attribute_only_foreign(book: Book, chance: random.Random) -> str:
    """The attribute itself under a prefix: it is another one then."""
    name, attribute = chance.choice(
        (
            ("c", "r"),
            ("c", "t"),
            ("c", "s"),
            ("row", "r"),
            ("sheet", "name"),
            ("xf", "numFmtId"),
            ("numFmt", "formatCode"),
        )
    )
    part = _part_of(book, name, chance)
    match = one(chance, text_of(book, part), element(name))
    if f" {attribute}=" not in match[0]:
        raise books.UnsuitedError
    uri = chance.choice((books.FOREIGN, books.MAIN))
    new = match[0].replace(f" {attribute}=", f' xmlns:q="{uri}" q:{attribute}=', 1)
    book.parts[part] = put(book.parts[part], match, new)
    return f"{attribute} of {uri} on {name} in {part}"


def _part_of(book: Book, name: str, chance: random.Random) -> str:
    if name in ("row", "c", "v", "is"):
        return book.sheet(chance)
    if name in ("sheet", "workbookPr"):
        return book.main
    return book.strings if name == "t" else book.styles
