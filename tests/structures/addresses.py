"""Where a cell stands: addresses of cells and numbers of rows."""

import random
import re

from tests.structures.book import Book, UnsuitedError, one, otherwise, put, text_of
from tests.structures.kinds import clean, kind

_CELL = re.compile(r'<c r="(?P<column>[A-Z]+)(?P<row>\d+)"[^>]*?(?:/>|[^/]>.*?</c>)', re.DOTALL)
_FILLED = re.compile(
    r'<c r="(?P<column>[A-Z]+)(?P<row>\d+)"(?: s="\d+")?(?: t="n")?>(?:<f[^>]*>[^<]*</f>)?<v>[^<]*</v></c>'
)
_ROW = re.compile(r'<row (?P<before>[^>]*?)\br="(?P<number>\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)


def _changed(book: Book, chance: random.Random, pattern: re.Pattern[str], old: str, new: str) -> str:
    """One match with a piece of it replaced; both may name the groups of the pattern."""
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), pattern)
    groups = {k: v for k, v in match.groupdict().items() if v is not None}
    old, new = old.format(**groups), new.format(**groups)
    if old not in match[0]:
        raise UnsuitedError
    book.parts[part] = put(book.parts[part], match, match[0].replace(old, new, 1))
    return f"{old!r} -> {new!r} in {part}"


@kind
def address_in_another_form(book: Book, chance: random.Random) -> str:
    form = chance.choice(
        (
            "${column}${row}", "{column}${row}", " {column}{row}", "{column}{row} ", "{column} {row}", "{column}0{row}", "{column}{row}:B9",
            "{column}", "{row}", "R{row}C3", "{column}{row}.0", "Tareas!{column}{row}", "{column}+{row}", "{column}-{row}", "{column}{row}A",
            "XFE{row}", "AAAA{row}", "{column}1048577", "{column}4294967298", "{column}0", "0{column}{row}", "{column}１", "{row}{column}",
            "{column}{row}{row}", "{column}{column}{row}", "", "XFD{row}", "{column}{row}#", "{column},{row}", "А{row}",
        )
    )  # fmt: skip
    return _changed(book, chance, _FILLED, 'r="{column}{row}"', f'r="{form}"')


@kind
def address_in_lower_case(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _FILLED)
    new = match[0].replace(f'r="{match["column"]}', f'r="{match["column"].lower()}', 1)
    book.parts[part] = put(book.parts[part], match, new)
    return new


@kind
def address_lost(book: Book, chance: random.Random) -> str:
    return _changed(book, chance, _CELL, ' r="{column}{row}"', "")


@clean
def addresses_of_a_row_lost(book: Book, chance: random.Random) -> str:
    """A row whose cells follow each other from column A on, none with an address."""
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _ROW)
    found = re.findall(r'<c r="([A-Z]+)\d+"', match[0])
    if not found or found != [chr(65 + n) for n in range(len(found))]:
        raise UnsuitedError
    book.parts[part] = put(book.parts[part], match, re.sub(r'<c r="[A-Z]+\d+"', "<c", match[0]))
    return f"row {match['number']} in {part}"


@kind
def some_addresses_lost(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _ROW)
    new = re.sub(r'<c r="[A-Z]+\d+"', lambda m: "<c" if chance.random() < 0.5 else m[0], match[0])
    book.parts[part] = put(book.parts[part], match, new)
    return f"row {match['number']} in {part}"


@kind
def address_of_another(book: Book, chance: random.Random) -> str:
    """Two cells of one address."""
    part = book.sheet(chance)
    match, other = one(chance, text_of(book, part), _FILLED), one(chance, text_of(book, part), _CELL)
    new = match[0].replace(f'"{match["column"]}{match["row"]}"', f'"{other["column"]}{other["row"]}"', 1)
    book.parts[part] = put(book.parts[part], match, new)
    return f"{match['column']}{match['row']} -> {other['column']}{other['row']} in {part}"


@kind
def cell_twice(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _CELL)
    empty = f'<c r="{match["column"]}{match["row"]}"/>'
    text = f'<c r="{match["column"]}{match["row"]}" t="str"><v>otro</v></c>'
    copy = chance.choice((otherwise(match[0]), empty, text))
    before = chance.random() < 0.5
    book.parts[part] = put(book.parts[part], match, copy + match[0] if before else match[0] + copy)
    return f"{copy} {'before' if before else 'after'} {match[0]} in {part}"


@kind
def cells_out_of_order(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _ROW)
    cells = [m[0] for m in _CELL.finditer(match[0])]
    if len(cells) < 2:
        raise UnsuitedError
    whole = "".join(cells)
    chance.shuffle(cells)
    if whole not in match[0]:
        raise UnsuitedError
    book.parts[part] = put(book.parts[part], match, match[0].replace(whole, "".join(cells)))
    return f"row {match['number']} in {part}"


@kind
def row_number_changed(book: Book, chance: random.Random) -> str:
    """A row whose number is not that of its cells."""
    new = chance.choice(("1", "3", "5", "9", "40", "0", "-1", "x", "", "1048576", "1048577", "4294967298", " {number}", "{number} ", "0{number}", "{number}.0", "+{number}", "1e1", "２"))  # fmt: skip
    return _changed(book, chance, _ROW, 'r="{number}"', f'r="{new}"')


@kind
def row_number_changed_without_addresses(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _ROW)
    number = chance.choice(("1", "3", "5", "9", "40"))
    new = re.sub(r'<c r="[A-Z]+\d+"', "<c", match[0]).replace(f'r="{match["number"]}"', f'r="{number}"', 1)
    book.parts[part] = put(book.parts[part], match, new)
    return f"{match['number']} -> {number} in {part}"


@kind
def row_number_lost(book: Book, chance: random.Random) -> str:
    return _changed(book, chance, _ROW, 'r="{number}"', "")


@clean
def row_numbers_lost(book: Book, chance: random.Random) -> str:
    """Rows that follow each other from 1 on."""
    part = book.sheet(chance)
    found = [m["number"] for m in _ROW.finditer(text_of(book, part))]
    if found != [str(n) for n in range(1, len(found) + 1)]:
        raise UnsuitedError
    book.parts[part] = re.sub(r'(<row [^>]*?)\br="\d+"', r"\1", book.parts[part])
    return part


@kind
def rows_out_of_order(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    rows = list(_ROW.finditer(text_of(book, part)))
    if len(rows) < 2:
        raise UnsuitedError
    one_of, other = sorted(chance.sample(rows, 2), key=lambda m: m.start())
    text = put(book.parts[part], other, one_of[0])
    book.parts[part] = put(text, one_of, other[0])
    return f"rows {one_of['number']} and {other['number']} in {part}"


@kind
def row_twice(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _ROW)
    before = chance.random() < 0.5
    copy = otherwise(match[0])
    book.parts[part] = put(book.parts[part], match, copy + match[0] if before else match[0] + copy)
    return f"row {match['number']}, the other {'before' if before else 'after'}, in {part}"


@kind
def cell_far_away(book: Book, chance: random.Random) -> str:
    address = chance.choice(("XFD1", "A1048576", "ZZ90", "AAA3", "CV500", "IV65536", "XFE1", "A1048577"))
    row = re.sub("[A-Z]", "", address)
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), "</sheetData>")
    new = f'<row r="{row}"><c r="{address}"><v>7</v></c></row>'
    book.parts[part] = put(book.parts[part], match, new + match[0])
    return f"{address} in {part}"


@kind
def cell_outside_a_row(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    text = text_of(book, part)
    new = '<c r="C3"><v>777</v></c>'
    places = ("<sheetData>", "</sheetData>", "</worksheet>", "<row ")
    place = chance.choice(places)
    if place not in text:
        raise UnsuitedError
    book.parts[part] = text.replace(place, place + new if place == "<sheetData>" else new + place, 1)
    return f"at {place} in {part}"


@kind
def cell_in_a_cell(book: Book, chance: random.Random) -> str:
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), _FILLED)
    new = match[0].replace("</c>", '<c r="C3"><v>777</v></c></c>')
    book.parts[part] = put(book.parts[part], match, new)
    return new


@kind
def dimension_that_lies(book: Book, chance: random.Random) -> str:
    new = chance.choice(("A1", "A1:A1", "B2:C3", "A1:XFD1048576", "", "x", "C3:A1"))
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), r'<dimension ref="([^"]*)"')
    book.parts[part] = put(book.parts[part], match, new, 1)
    return f"{new!r} in {part}"


@kind
def cells_merged(book: Book, chance: random.Random) -> str:
    """Merged cells hide all but the first one of them."""
    new = chance.choice(("C2:D3", "A1:H7", "C2:C2", "B2:B6", "D3:C2"))
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), "</sheetData>")
    book.parts[part] = put(
        book.parts[part], match, f'{match[0]}<mergeCells count="1"><mergeCell ref="{new}"/></mergeCells>'
    )
    return f"{new} in {part}"
