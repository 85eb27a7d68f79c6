"""Markup compatibility: alternatives, what may be ignored, what is an extension."""

import random
import re

from tests.structures import book as books
from tests.structures.book import Book, UnsuitedError, otherwise, put, text_of
from tests.structures.kinds import clean, kind
from tests.structures.namespaces import named, place, prefixed, renamed

_MC = f'xmlns:mc="{books.COMPATIBILITY}"'
_REQUIRED = (
    ("x14", books.X14), ("q", books.FOREIGN), ("x14ac", books.X14AC), ("m", books.MAIN), ("p14", books.X14), ("v2", "urn:v2"),
    ("x15", "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"),
)  # fmt: skip


def _alternative(choice: str | None, fallback: str | None, required: tuple[str, str]) -> str:
    prefix, uri = required
    first = "" if choice is None else f'<mc:Choice xmlns:{prefix}="{uri}" Requires="{prefix}">{choice}</mc:Choice>'
    last = "" if fallback is None else f"<mc:Fallback>{fallback}</mc:Fallback>"
    return f"<mc:AlternateContent {_MC}>{first}{last}</mc:AlternateContent>"


@kind
def alternatives_for_one(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    real, other, required = match[0], otherwise(match[0]), chance.choice(_REQUIRED)
    form, new = chance.choice(
        (
            ("real in the choice, other in the fallback", _alternative(real, other, required)),
            ("other in the choice, real in the fallback", _alternative(other, real, required)),
            ("real in the choice alone", _alternative(real, None, required)),
            ("real in the fallback alone", _alternative(None, real, required)),
            ("nothing in the choice, real in the fallback", _alternative("", real, required)),
            ("other in a choice alone, before the real one", _alternative(other, None, required) + real),
            ("other in both, after the real one", real + _alternative(other, other, required)),
        )
    )
    book.parts[part] = put(book.parts[part], match, new)
    return f"{named(match)}: {form}, requires {required[0]}, in {part}"


@kind
def two_choices(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    first, second = chance.sample(_REQUIRED, 2)
    inner = "".join(
        f'<mc:Choice xmlns:{p}="{u}" Requires="{p}">{x}</mc:Choice>'
        for (p, u), x in ((first, otherwise(match[0])), (second, match[0]))
    )
    new = f"<mc:AlternateContent {_MC}>{inner}</mc:AlternateContent>"
    book.parts[part] = put(book.parts[part], match, new)
    return f"{named(match)}: {first[0]} other, {second[0]} real, in {part}"


@kind
def compatibility_within_an_element(book: Book, chance: random.Random) -> str:
    """The content of an element as an alternative: `<v><mc:AlternateContent>…`."""
    part, match = place(book, chance)
    inner = re.fullmatch(r"(<[^>]*[^/>]>|<\w+>)(.*)(</[^>]*>)", match[0], re.DOTALL)
    if not inner:
        raise UnsuitedError
    required = chance.choice(_REQUIRED)
    new = inner[1] + _alternative(otherwise(inner[2]) + "7", inner[2], required) + inner[3]
    book.parts[part] = put(book.parts[part], match, new)
    return f"{named(match)}, requires {required[0]}, in {part}"


@kind
def ignorable_decoy(book: Book, chance: random.Random) -> str:
    """A decoy in a namespace that the root says may be ignored, or whose content is to be processed."""
    part, match = place(book, chance)
    how = chance.choice(("mc:Ignorable", "mc:ProcessContent", "mc:MustUnderstand", "mc:PreserveElements"))
    said = "q:caja" if how == "mc:ProcessContent" else "q"
    ignorable = ' mc:Ignorable="q"' if how == "mc:ProcessContent" else ""
    name = named(match)
    decoy = chance.choice(
        (
            f"<q:caja>{otherwise(match[0])}</q:caja>",
            renamed(prefixed(otherwise(match[0]), "q"), f"q:{name}", f"q:{name}"),
        )
    )
    text = put(
        book.parts[part], match, chance.choice((decoy + match[0], match[0] + decoy, f"<q:caja>{match[0]}</q:caja>"))
    )
    root = re.search(r"<(?:worksheet|sst|workbook|styleSheet)(?=[\s>])", text)
    if not root or "mc:Ignorable" in text:
        raise UnsuitedError
    declared = f' xmlns:q="{books.FOREIGN}"' + ("" if "xmlns:mc=" in text else f" {_MC}")
    book.parts[part] = put(text, root, f'{root[0]}{declared} {how}="{said}"{ignorable}')
    return f"{name} with {how} in {part}"


_ENDS = re.compile(r"</(?:worksheet|workbook|styleSheet|sst)>")


@kind
def decoy_in_an_extension(book: Book, chance: random.Random) -> str:
    part, match = place(book, chance)
    text = text_of(book, part)
    end = _ENDS.search(text)
    if not end or "<extLst" in text:
        raise UnsuitedError
    ext = f'<extLst><ext uri="{{0}}" xmlns:x14="{books.X14}">{otherwise(match[0])}</ext></extLst>'
    book.parts[part] = put(text, end, ext + end[0])
    return f"{named(match)} in {part}"


@clean
def extension_at_the_end(book: Book, chance: random.Random) -> str:
    part = chance.choice((book.sheet(chance), book.main, book.styles))
    text = text_of(book, part)
    end = _ENDS.search(text)
    if not end or "<extLst" in text:
        raise UnsuitedError
    ext = f'<extLst><ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{books.X14}"><x14:sparklineGroups/></ext></extLst>'
    book.parts[part] = put(text, end, ext + end[0])
    return part


@clean
def ignorable_attribute_of_rows(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    text = text_of(book, part)
    if "mc:Ignorable" in text:
        raise UnsuitedError
    declared = "" if "xmlns:mc=" in text else f" {_MC}"
    text = text.replace("<worksheet ", f'<worksheet{declared} xmlns:xr9="urn:xr9" mc:Ignorable="xr9" ', 1)
    book.parts[part] = re.sub(r"<row ", '<row xr9:uid="{0}" ', text)
    return part
