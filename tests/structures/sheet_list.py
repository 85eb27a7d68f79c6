"""The list of sheets: names, ids, states, order."""

import random
import re

from tests.structures import book as books
from tests.structures.book import Book, UnsuitedError, change_first, one, put, text_of, with_attribute
from tests.structures.kinds import clean, kind

_SHEET = re.compile(r"<(?:\w+:)?sheet(?=\s)[^>]*?(?:/>|>\s*</(?:\w+:)?sheet>)")
_ID, _NAME = re.compile(r'\br:id="([^"]*)"'), re.compile(r'(?<=\s)name="([^"]*)"')
_NAMES = (
    "", " ", "A" * 31, "A" * 32, "a/b", "a:b", "a[b]", "a'b", "'ab'", "a&#10;b", "a&#9;b", " Tareas", "Tareas ", "TAREAS", "tareas",
    "Tare&#225;s", "Tarea&#x301;s", "&#x200B;Tareas", "_x0054_areas", "Tareas_2", "Historia", "History", "¡Hola!", "a*b?", "a\\b",
    "&#xFF34;areas", "&lt;Tareas&gt;", "Tareas&#160;", "😀", "=A1", "1", "A1",
)  # fmt: skip


def _list(book: Book) -> list[re.Match[str]]:
    found = list(_SHEET.finditer(text_of(book, book.main)))
    if len(found) < 2:
        raise UnsuitedError
    return found


def _attribute(pattern: re.Pattern[str], tag: str) -> str:
    found = pattern.search(tag)
    if not found:
        raise UnsuitedError
    return found[1]


@kind
def foreign_id(book: Book, chance: random.Random) -> str:
    """`<sheet q:id="rId2" r:id="rId1">`, in either order."""
    match, other = chance.sample(_list(book), 2)
    decoy = _attribute(_ID, other[0])
    attribute = chance.choice(
        (
            f'xmlns:q="{books.FOREIGN}" q:id="{decoy}"',
            f'id="{decoy}"',
            f'xmlns:q="{books.STRICT_OFFICE}" q:id="{decoy}"',
        )
    )
    new = with_attribute(match[0], attribute, last=chance.random() < 0.5)
    book.parts[book.main] = put(book.parts[book.main], match, new)
    return new


@kind
def only_a_foreign_id(book: Book, chance: random.Random) -> str:
    match = chance.choice(_list(book))
    prefix = chance.choice(
        (
            f'xmlns:q="{books.FOREIGN}" q:id',
            "id",
            f'xmlns:q="{books.STRICT_OFFICE}" q:id',
            f'xmlns:q="{books.OFFICE}" q:id',
        )
    )
    new = match[0].replace(" r:id=", f" {prefix}=")
    book.parts[book.main] = put(book.parts[book.main], match, new)
    return new


@kind
def id_of_another(book: Book, chance: random.Random) -> str:
    """Two sheets of one part."""
    match, other = chance.sample(_list(book), 2)
    new = _ID.sub(f'r:id="{_attribute(_ID, other[0])}"', match[0])
    book.parts[book.main] = put(book.parts[book.main], match, new)
    return new


@kind
def ids_exchanged(book: Book, chance: random.Random) -> str:
    """The sheets change their contents, which no one can know: both must follow."""
    match, other = sorted(chance.sample(_list(book), 2), key=lambda m: m.start())
    first, second = _attribute(_ID, match[0]), _attribute(_ID, other[0])
    text = put(book.parts[book.main], other, _ID.sub(f'r:id="{first}"', other[0]))
    book.parts[book.main] = put(text, match, _ID.sub(f'r:id="{second}"', match[0]))
    return ""


@kind
def id_lost_or_unknown(book: Book, chance: random.Random) -> str:
    match = chance.choice(_list(book))
    new = chance.choice((_ID.sub("", match[0]), _ID.sub('r:id="nada"', match[0]), _ID.sub('r:id=""', match[0])))
    book.parts[book.main] = put(book.parts[book.main], match, new)
    return new


@kind
def name_of_another(book: Book, chance: random.Random) -> str:
    match, other = chance.sample(_list(book), 2)
    name = _attribute(_NAME, other[0])
    new = _NAME.sub(f'name="{chance.choice((name, name.upper(), name + " ", " " + name))}"', match[0])
    book.parts[book.main] = put(book.parts[book.main], match, new)
    return new


@kind
def odd_name(book: Book, chance: random.Random) -> str:
    match, name = chance.choice(_list(book)), chance.choice(_NAMES)
    book.parts[book.main] = put(book.parts[book.main], match, _NAME.sub(lambda _: f'name="{name}"', match[0]))
    return repr(name)


@kind
def name_lost(book: Book, chance: random.Random) -> str:
    match = chance.choice(_list(book))
    book.parts[book.main] = put(book.parts[book.main], match, _NAME.sub("", match[0]))
    return ""


@clean
def state_hidden(book: Book, chance: random.Random) -> str:
    """Of a sheet that is not the first: a workbook shows one."""
    match = chance.choice(_list(book)[1:])
    tag = re.sub(r' state="[^"]*"', "", match[0])
    new = with_attribute(tag, f'state="{chance.choice(("hidden", "veryHidden", "visible"))}"')
    book.parts[book.main] = put(book.parts[book.main], match, new)
    return new


@clean
def order_changed(book: Book, chance: random.Random) -> str:
    found = _list(book)
    tags = [m[0] for m in found]
    chance.shuffle(tags)
    text = book.parts[book.main]
    for match, tag in reversed(list(zip(found, tags, strict=True))):
        text = put(text, match, tag)
    book.parts[book.main] = text
    return ""


@kind
def second_list(book: Book, chance: random.Random) -> str:
    """Two lists of sheets, or a sheet after the list, or in another."""
    found = _list(book)
    match = one(chance, text_of(book, book.main), re.compile(r"<sheets>.*?</sheets>", re.DOTALL))
    names = [_attribute(_NAME, m[0]) for m in found]
    decoy = match[0].replace(f'"{names[0]}"', '"\0"').replace(f'"{names[1]}"', f'"{names[0]}"').replace("\0", names[1])
    new = chance.choice(
        (decoy + match[0], match[0] + decoy, match[0] + found[0][0], match[0].replace("</sheets>", decoy + "</sheets>"),
         match[0].replace("<sheets>", f"<sheets><sheets>{found[1][0]}</sheets>"), f"<sheets/>{match[0]}")
    )  # fmt: skip
    book.parts[book.main] = put(book.parts[book.main], match, new)
    return new[:60]


@kind
def sheet_in_a_sheet(book: Book, chance: random.Random) -> str:
    found = _list(book)
    match, other = found[0], found[1]
    if not match[0].endswith("/>"):
        raise UnsuitedError
    new = match[0][:-2] + ">" + other[0].replace('name="', 'name="Dentro ') + "</sheet>"
    book.parts[book.main] = put(book.parts[book.main], match, new)
    return ""


@kind
def sheet_twice(book: Book, chance: random.Random) -> str:
    match = chance.choice(_list(book))
    copy = chance.choice((match[0], _NAME.sub('name="Otra"', match[0])))
    book.parts[book.main] = put(book.parts[book.main], match, copy + match[0])
    return copy


@kind
def a_sheet_that_nobody_lists(book: Book, chance: random.Random) -> str:
    book.parts["xl/worksheets/sheet9.xml"] = books.otherwise(text_of(book, book.sheet(chance)))
    return ""


_1904 = (
    'date1904="1"', 'date1904="true"', 'date1904="on"', 'date1904="0"', 'date1904="false"', 'date1904="off"', 'date1904=""',
    'date1904="2"', 'date1904="TRUE"', 'date1904=" 1"', 'date1904="1 "', 'date1904="yes"', 'date1904="t"', 'date1904="01"',
)  # fmt: skip


@kind
def calendar(book: Book, chance: random.Random) -> str:
    """`workbookPr` with a calendar: once, twice, in a foreign namespace, elsewhere."""
    text = re.sub(r"<workbookPr(?=[\s/>])[^>]*?(?:/>|>\s*</workbookPr>)", "", text_of(book, book.main))
    chosen, other = chance.choice(_1904), chance.choice(_1904)
    form = chance.randrange(6)
    new = (
        f"<workbookPr {chosen}/>", f"<workbookPr {chosen}/><workbookPr {other}/>",
        f'<workbookPr {chosen}/><q:workbookPr xmlns:q="{books.FOREIGN}" {other}/>',
        f'<q:workbookPr xmlns:q="{books.FOREIGN}" {other}/><workbookPr {chosen}/>', f"<workbookPr><workbookPr {chosen}/></workbookPr>",
        f"<workbookPr {chosen}/><workbookPr/>",
    )[form]  # fmt: skip
    late = chance.random() < 0.3
    book.parts[book.main] = text
    change_first(book, book.main, "</sheets>" if late else "<sheets>", f"</sheets>{new}" if late else f"{new}<sheets>")
    return f"{new}{', after the sheets' if late else ''}"


@clean
def calendar_of_1904(book: Book, chance: random.Random) -> str:
    text = re.sub(r"<workbookPr(?=[\s/>])[^>]*?(?:/>|>\s*</workbookPr>)", "", text_of(book, book.main))
    book.parts[book.main] = text
    where = "<bookViews>" if "<bookViews>" in text else "<sheets>"
    change_first(book, book.main, where, f'<workbookPr date1904="{chance.choice(("1", "true"))}"/>{where}')
    return ""
