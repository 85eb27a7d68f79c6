"""Texts and numbers in pieces: comments, instructions, CDATA, references, elements inside them."""

import random
import re

from tests.structures.book import Book, UnsuitedError, one, put, text_of
from tests.structures.kinds import clean, kind

_FILLED = re.compile(r"<(?P<name>v|t|f)(?: [^>]*)?>(?P<text>[^<]+)</(?P=name)>")
_BETWEEN = (
    "<!--x-->", "<!--7-->", "<?q 7?>", '<q:a xmlns:q="urn:ajeno">7</q:a>', "<a/>", '<q:a xmlns:q="urn:ajeno"/>',
    "<![CDATA[]]>", "<![CDATA[7]]>", "<v/>", "<t/>", "\n", "\t", " ", "\r\n", "&#10;", "&#13;", "&#9;", "&#32;", "&#xA0;",
)  # fmt: skip


def _text(book: Book, chance: random.Random) -> tuple[str, re.Match[str]]:
    part = chance.choice((book.sheet(chance), book.sheet(chance), book.strings))
    return part, one(chance, text_of(book, part), _FILLED)


@kind
def something_within(book: Book, chance: random.Random) -> str:
    part, match = _text(book, chance)
    text, new = match["text"], chance.choice(_BETWEEN)
    place = chance.randrange(len(text) + 1)
    if "&" in text:
        raise UnsuitedError
    book.parts[part] = put(book.parts[part], match, text[:place] + new + text[place:], 2)
    return f"{match[1]} {text!r} as {text[:place] + new + text[place:]!r} in {part}"


@kind
def cdata_for_some(book: Book, chance: random.Random) -> str:
    part, match = _text(book, chance)
    text = match["text"]
    first, last = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    if chance.random() < 0.5:
        first, last = 0, len(text)
    if "&" in text:
        raise UnsuitedError
    new = f"{text[:first]}<![CDATA[{text[first:last]}]]>{text[last:]}"
    book.parts[part] = put(book.parts[part], match, new, 2)
    return f"{match[1]} {new!r} in {part}"


@kind
def references_for_some(book: Book, chance: random.Random) -> str:
    part, match = _text(book, chance)
    text, share = match["text"], chance.choice((0.2, 0.5, 1))
    if "&" in text:
        raise UnsuitedError
    form = chance.choice(("&#{};", "&#x{:x};", "&#x{:X};", "&#00{};"))
    new = "".join(form.format(ord(c)) if chance.random() < share else c for c in text)
    book.parts[part] = put(book.parts[part], match, new, 2)
    return f"{match[1]} {new!r} in {part}"


@kind
def references_in_an_attribute(book: Book, chance: random.Random) -> str:
    part = chance.choice((book.sheet(chance), book.main, book.relations, book.styles))
    match = one(chance, text_of(book, part), r' (?:r|t|s|name|r:id|Id|Target|Type|numFmtId|formatCode)="([^"&]+)"')
    new = "".join(f"&#{ord(c)};" if chance.random() < 0.5 else c for c in match[1])
    book.parts[part] = put(book.parts[part], match, new, 1)
    return f"{match[0]} in {part}"


@kind
def spaces_around_an_attribute(book: Book, chance: random.Random) -> str:
    part = chance.choice((book.sheet(chance), book.main, book.relations, book.styles, book.strings))
    match = one(
        chance, text_of(book, part), r' (?:r|t|s|name|r:id|Id|Target|Type|numFmtId|formatCode|xfId|count)="([^"&]+)"'
    )
    before, after = chance.choice(((" ", ""), ("", " "), ("\n", "\n"), ("&#9;", ""), ("", "&#10;"), ("&#xA0;", "")))
    book.parts[part] = put(book.parts[part], match, before + match[1] + after, 1)
    return f"{match[0]} with {before!r}, {after!r} in {part}"


@clean
def quotes_and_spaces_of_tags(book: Book, chance: random.Random) -> str:
    """Single quotes, line ends in tags, blanks before their ends."""
    part = chance.choice((book.sheet(chance), book.main, book.relations, book.styles, book.strings))
    text = text_of(book, part)
    declaration = re.match(r"<\?xml[^>]*\?>", text)
    head = declaration[0] if declaration else ""
    text = re.sub(r'="([^"\']*)"', r"='\1'", text[len(head) :])
    text = re.sub(r"(<[\w:]+) (?=[^<>]*>)", r"\1\n ", text)
    book.parts[part] = head + re.sub(r"(?<=['\w])/>", " />", text)
    return part
