"""The zip: names, order, extra fields, methods."""

import random
import re
import struct
import zlib

from tests.structures import book as books
from tests.structures.book import Book, UnsuitedError, otherwise, text_of
from tests.structures.kinds import clean, kind


def _part(book: Book, chance: random.Random) -> str:
    roles = (
        book.sheet(chance),
        book.strings,
        book.main,
        book.styles,
        book.relations,
        books.PACKAGE_RELATIONS,
        books.CONTENT_TYPES,
    )
    part = chance.choice(roles)
    text_of(book, part)
    return part


@clean
def entries_in_another_order(book: Book, chance: random.Random) -> str:
    book.order = [*book.parts, *book.binary]
    chance.shuffle(book.order)
    return ""


@clean
def entries_stored(book: Book, chance: random.Random) -> str:
    book.stored = {name for name in book.parts if chance.random() < 0.5}
    return ""


def _renamed(book: Book, part: str, name: str) -> None:
    book.parts = {(name if n == part else n): text for n, text in book.parts.items()}
    for role in ("main", "relations", "strings", "styles"):
        if getattr(book, role) == part:
            setattr(book, role, name)
    book.sheets = [name if n == part else n for n in book.sheets]


@kind
def name_in_other_capitals(book: Book, chance: random.Random) -> str:
    part = _part(book, chance)
    if part == books.CONTENT_TYPES:  # LibreOffice opens no such file, so no figure can differ; Excel does
        raise UnsuitedError
    name = chance.choice(
        (part.upper(), part.title(), part.swapcase(), part.replace("xl/", "XL/"), part.replace("sheet", "Sheet"))
    )
    _renamed(book, part, name)
    return f"{name} for {part}"


@kind
def twin_in_other_capitals(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    twin = re.sub(r"sheet(?=\d)", "Sheet", part)
    if twin == part:
        raise UnsuitedError
    parts = {twin: otherwise(text_of(book, part))}
    first = chance.random() < 0.5
    book.parts = {**parts, **book.parts} if first else {**book.parts, **parts}
    return f"{twin} {'first' if first else 'last'}"


@kind
def name_in_another_form(book: Book, chance: random.Random) -> str:
    part = _part(book, chance)
    name = chance.choice(
        (
            part.replace("/", "\\"),
            "/" + part,
            "./" + part,
            part + "/",
            part + " ",
            part.replace("/", "//"),
            part.replace("s", "%73"),
            part.replace("e", "é"),
            "\\" + part,
        )
    )
    _renamed(book, part, name)
    return f"{name} for {part}"


@kind
def twin_in_another_form(book: Book, chance: random.Random) -> str:
    """A part, and another with a name that some programs take as the same."""
    part = _part(book, chance)
    twin = chance.choice(
        (
            part.replace("/", "\\"),
            "/" + part,
            "./" + part,
            part.replace("s", "%73", 1),
            part + "\0.xml",
            part.replace("/", "//"),
            part + " ",
        )
    )
    if twin in book.parts or twin == part:
        raise UnsuitedError
    text = otherwise(text_of(book, part))
    first = chance.random() < 0.5
    book.parts = {twin: text, **book.parts} if first else {**book.parts, twin: text}
    return f"{twin!r} {'first' if first else 'last'}"


@kind
def unicode_path(book: Book, chance: random.Random) -> str:
    """An extra field that gives an entry another name: Python from 3.12 on believes it, LibreOffice may."""
    part = _part(book, chance)
    new = chance.choice((part, part.replace("xl/", "xx/"), "xl/otro.xml", book.sheets[0], "docProps/nada.xml"))
    crc = zlib.crc32(part.encode()) ^ chance.choice((0, 0, 1))
    data = struct.pack("<BI", 1, crc) + new.encode()
    book.extra[part] = struct.pack("<HH", 0x7075, len(data)) + data
    return f"{part} called {new}"


@kind
def decoy_called_by_its_extra_field(book: Book, chance: random.Random) -> str:
    """An entry `nada.xml` that a Unicode path calls by the name of a part."""
    part = _part(book, chance)
    name = "xl/nada.xml"
    book.parts = {**book.parts, name: otherwise(text_of(book, part))}
    data = struct.pack("<BI", 1, zlib.crc32(name.encode())) + part.encode()
    book.extra[name] = struct.pack("<HH", 0x7075, len(data)) + data
    return f"a second {part}"


@kind
def name_that_is_not_ascii(book: Book, chance: random.Random) -> str:
    """A sheet's part with an accent in its name: with the flag of UTF-8, or in bytes of another code page."""
    part = book.sheet(chance)
    name = "xl/worksheets/añadida.xml"
    relative = part.removeprefix("xl/")
    target = chance.choice(("worksheets/añadida.xml", "worksheets/a%C3%B1adida.xml", "worksheets/a%F1adida.xml"))
    relations = text_of(book, book.relations)
    if relative not in relations:
        raise UnsuitedError
    book.parts[book.relations] = relations.replace(f'"{relative}"', f'"{target}"').replace(
        f'"/xl/{relative}"', f'"/xl/{target}"'
    )
    book.parts[books.CONTENT_TYPES] = text_of(book, books.CONTENT_TYPES).replace(f"/{part}", f"/xl/{target}")
    _renamed(book, part, name)
    raw = chance.choice((None, name.encode("utf-8"), name.encode("cp437"), name.encode("latin-1")))
    if raw is not None:
        book.written[name] = raw
    return f"{raw!r} as {target}"


@clean
def extra_field_of_no_meaning(book: Book, chance: random.Random) -> str:
    part = _part(book, chance)
    book.extra[part] = struct.pack("<HH", 0xA220, 4) + b"\0\0\0\0"
    return part


@clean
def a_part_more(book: Book, chance: random.Random) -> str:
    book.binary["xl/media/imagen.png"] = b"\x89PNG"
    book.parts[books.CONTENT_TYPES] = text_of(book, books.CONTENT_TYPES).replace(
        "</Types>", '<Default Extension="png" ContentType="image/png"/></Types>'
    )
    return ""
