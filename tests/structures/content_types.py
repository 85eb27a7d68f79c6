"""Content types that lie, are missing, or say the same in another way."""

import random
import re

from tests.structures import book as books
from tests.structures.book import Book, UnsuitedError, change_first, one, put, text_of
from tests.structures.kinds import clean, kind

_PREFIX = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_OTHERS = (
    f"{_PREFIX}worksheet+xml", f"{_PREFIX}chartsheet+xml", f"{_PREFIX}dialogsheet+xml", "application/vnd.ms-excel.macrosheet+xml",
    f"{_PREFIX}sharedStrings+xml", f"{_PREFIX}styles+xml", f"{_PREFIX}comments+xml", "application/xml", "text/xml", "text/plain", "",
    "application/vnd.ms-excel.intlmacrosheet+xml", f"{_PREFIX}worksheet+xml; charset=utf-16", f"{_PREFIX}WORKSHEET+XML",
)  # fmt: skip
_MAINS = (
    f"{_PREFIX}sheet.main+xml", f"{_PREFIX}template.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml", "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "application/xml", "",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", f"{_PREFIX}worksheet+xml",
)  # fmt: skip


def _override(book: Book, part: str) -> re.Match[str]:
    found = re.search(rf'<Override(?=\s)[^>]*PartName="/{re.escape(part)}"[^>]*>', text_of(book, books.CONTENT_TYPES))
    if not found:
        raise UnsuitedError
    return found


def _typed(override: str, new: str) -> str:
    return re.sub(r'ContentType="[^"]*"', f'ContentType="{new}"', override)


@kind
def type_of_a_part(book: Book, chance: random.Random) -> str:
    part, new = chance.choice((book.sheet(chance), book.strings, book.styles)), chance.choice(_OTHERS)
    match = _override(book, part)
    book.parts[books.CONTENT_TYPES] = put(book.parts[books.CONTENT_TYPES], match, _typed(match[0], new))
    return f"{part} as {new!r}"


@kind
def type_of_the_main_part(book: Book, chance: random.Random) -> str:
    match, new = _override(book, book.main), chance.choice(_MAINS)
    book.parts[books.CONTENT_TYPES] = put(book.parts[books.CONTENT_TYPES], match, _typed(match[0], new))
    return repr(new)


@kind
def type_lost(book: Book, chance: random.Random) -> str:
    part = chance.choice((book.sheet(chance), book.strings, book.styles, book.main))
    match = _override(book, part)
    book.parts[books.CONTENT_TYPES] = put(book.parts[books.CONTENT_TYPES], match, "")
    return part


@kind
def type_twice(book: Book, chance: random.Random) -> str:
    part, new = chance.choice((book.sheet(chance), book.strings, book.styles, book.main)), chance.choice(_OTHERS)
    match = _override(book, part)
    both = [match[0], _typed(match[0], new)]
    chance.shuffle(both)
    book.parts[books.CONTENT_TYPES] = put(book.parts[books.CONTENT_TYPES], match, "".join(both))
    return f"{part}: {new!r} {'last' if both[0] == match[0] else 'first'}"


@kind
def type_by_extension(book: Book, chance: random.Random) -> str:
    """The extension `xml` has a type of its own, and a part has none."""
    part = chance.choice((book.sheet(chance), book.strings, book.main))
    match = _override(book, part)
    text = put(book.parts[books.CONTENT_TYPES], match, "")
    kind_of = re.search(r'ContentType="([^"]*)"', match[0])[1]  # type: ignore[index]
    new = chance.choice((kind_of, *_OTHERS))
    book.parts[books.CONTENT_TYPES] = re.sub(
        r'(<Default[^>]*Extension="xml"[^>]*ContentType=")[^"]*|(<Default[^>]*ContentType=")[^"]*(?="[^>]*Extension="xml")',
        lambda m: f"{m[1] or m[2]}{new}", text,
    )  # fmt: skip
    return f"{part} by {new!r}"


@kind
def name_in_another_form(book: Book, chance: random.Random) -> str:
    part = chance.choice((book.sheet(chance), book.strings, book.styles, book.main))
    match = _override(book, part)
    new = chance.choice(
        (f"/{part.upper()}", part, f"/{part}/", f"/./{part}", f"\\{part}", f"/{part.replace('s', '%73')}")
    )
    change = match[0].replace(f'"/{part}"', f'"{new}"')
    book.parts[books.CONTENT_TYPES] = put(book.parts[books.CONTENT_TYPES], match, change)
    return new


@kind
def types_lost(book: Book, chance: random.Random) -> str:
    text = text_of(book, books.CONTENT_TYPES)
    form = chance.choice(("lost", "empty", "foreign"))
    if form == "lost":
        del book.parts[books.CONTENT_TYPES]
    elif form == "empty":
        book.parts[books.CONTENT_TYPES] = f'<Types xmlns="{books.TYPES}"/>'
    else:
        book.parts[books.CONTENT_TYPES] = text.replace(books.TYPES, books.FOREIGN)
    return form


@clean
def a_type_more(book: Book, chance: random.Random) -> str:
    change_first(book, books.CONTENT_TYPES, "</Types>", '<Default Extension="png" ContentType="image/png"/></Types>')
    return ""


@kind
def foreign_type(book: Book, chance: random.Random) -> str:
    match = one(chance, text_of(book, books.CONTENT_TYPES), r"<Override(?=\s)")
    new = f'<Override xmlns="{books.FOREIGN}"'
    book.parts[books.CONTENT_TYPES] = put(book.parts[books.CONTENT_TYPES], match, new)
    return ""
