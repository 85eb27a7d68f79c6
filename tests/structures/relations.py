"""Relations: which part is which."""

import random
import re

from tests.structures import book as books
from tests.structures.book import Book, UnsuitedError, change_first, one, otherwise, put, text_of
from tests.structures.kinds import clean, kind

_RELATION = re.compile(r'<Relationship(?=\s)[^>]*?Type="[^"]*/(?P<kind>\w+)"[^>]*?/>')
_TARGET = re.compile(r'Target="([^"]*)"')
_COUNTS = ("worksheet", "sharedStrings", "styles", "officeDocument")


def _one(book: Book, chance: random.Random, kinds: tuple[str, ...] = _COUNTS) -> tuple[str, re.Match[str]]:
    """The list of relations, and one of a kind in it that counts."""
    wanted = chance.choice(kinds)
    part = books.PACKAGE_RELATIONS if wanted == "officeDocument" else book.relations
    found = [m for m in _RELATION.finditer(text_of(book, part)) if m["kind"] == wanted]
    if not found:
        raise UnsuitedError
    return part, chance.choice(found)


def target_of(match: re.Match[str]) -> str:
    """Where a relation points, as it says."""
    found = _TARGET.search(match[0])
    if not found:
        raise UnsuitedError
    return found[1]


def _aimed(book: Book, part: str, match: re.Match[str], target: str) -> str:
    new = _TARGET.sub(lambda _: f'Target="{target}"', match[0])
    if new == match[0]:
        raise UnsuitedError
    book.parts[part] = put(book.parts[part], match, new)
    return f"{match['kind']} at {target!r}"


def _whole(part: str, target: str) -> str:
    """A target from the root, without the slash."""
    if target.startswith("/"):
        return target[1:]
    return target if part == books.PACKAGE_RELATIONS else f"xl/{target}"


@clean
def absolute_targets(book: Book, chance: random.Random) -> str:
    part, match = _one(book, chance)
    return _aimed(book, part, match, "/" + _whole(part, target_of(match)))


@clean
def relative_targets(book: Book, chance: random.Random) -> str:
    part, match = _one(book, chance, _COUNTS[:3])
    return _aimed(book, part, match, _whole(part, target_of(match)).removeprefix("xl/"))


@kind
def target_in_another_form(book: Book, chance: random.Random) -> str:
    part, match = _one(book, chance)
    whole = _whole(part, target_of(match))
    folder, _, name = whole.rpartition("/")
    relative = whole if part == books.PACKAGE_RELATIONS else whole.removeprefix("xl/")
    digit = re.sub(r"(?<=\w)([a-z\d])(?=\.xml)", lambda m: f"%{ord(m[1]):02X}", relative)
    forms = (
        f"./{relative}", f"../{whole}", f"../../{whole}", f"/../{whole}", f"/./{whole}", f"//{whole}", f"nada/../{relative}",
        digit, digit.lower(), relative.replace("/", "\\"), "\\" + whole.replace("/", "\\"), relative.upper(), relative.title(),
        relative + "?x=1", relative + "#a", " " + relative, relative + " ", relative + "/", f"{relative}/.", relative.replace("/", "%2F"),
        relative.replace("/", "//"), f"/{folder}/nada/../{name}", "", f"file:///{whole}", f"pack://application/{whole}", relative + "%20",
        relative.replace(".xml", "%2Exml"), f"{relative};x", f"xl/{whole}", relative.replace("e", "%65"), relative.replace("e", "&#101;"),
        relative.replace("e", "е"),  # the Cyrillic letter
    )  # fmt: skip
    return _aimed(book, part, match, chance.choice(forms))


def _decoy_part(book: Book, name: str, role: str) -> None:
    """A part with other figures than that of a role, or another sheet list."""
    text = otherwise(text_of(book, role))
    if role == book.main:
        text = _swapped(text)
    book.parts.setdefault(name, text)
    types = re.search(rf'<Override[^>]*PartName="/{re.escape(role)}"[^>]*>', text_of(book, books.CONTENT_TYPES))
    if types and name not in book.parts[books.CONTENT_TYPES]:
        new = types[0] + types[0].replace(f"/{role}", f"/{name}")
        book.parts[books.CONTENT_TYPES] = put(book.parts[books.CONTENT_TYPES], types, new)


def _swapped(main: str) -> str:
    """A sheet list in which two sheets have each other's names."""
    names = re.findall(r'<(?:\w+:)?sheet [^>]*?(?<=\s)name="([^"]*)"', main)
    if len(names) < 2:
        raise UnsuitedError
    swap = {names[0]: names[1], names[1]: names[0]}
    return re.sub(r'(?<= name=")([^"]*)', lambda m: swap.get(m[1]) or str(m[1]), main)


@kind
def percent_encoded_twin(book: Book, chance: random.Random) -> str:
    """Two parts: `sheet2.xml`, and one whose name in the zip is `sheet%32.xml`."""
    part, match = _one(book, chance)
    whole = _whole(part, target_of(match))
    twin = re.sub(r"(\w)(?=\.xml)", lambda m: f"%{ord(m[1]):02X}", whole)
    _decoy_part(book, twin, whole)
    if chance.random() < 0.3:
        del book.parts[whole]
    return _aimed(book, part, match, "/" + chance.choice((twin, whole)))


@kind
def main_part_elsewhere(book: Book, chance: random.Random) -> str:
    """The package names `xl/libro.xml`; `xl/workbook.xml` is a decoy, or not there."""
    new, decoy = "xl/libro.xml", chance.random() < 0.7
    original = text_of(book, book.main)
    text = text_of(book, books.PACKAGE_RELATIONS)
    if book.main not in text:
        raise UnsuitedError
    book.parts[books.PACKAGE_RELATIONS] = text.replace(book.main, new)
    types = text_of(book, books.CONTENT_TYPES)
    book.parts[books.CONTENT_TYPES] = types.replace(f"/{book.main}", f"/{new}")
    book.parts[new] = original
    book.parts["xl/_rels/libro.xml.rels"] = text_of(book, book.relations)
    if decoy:
        book.parts[book.main] = _swapped(original)
    else:
        del book.parts[book.main], book.parts[book.relations]
    book.main, book.relations = new, "xl/_rels/libro.xml.rels"
    return "with a decoy" if decoy else "alone"


@kind
def two_main_parts(book: Book, chance: random.Random) -> str:
    text = text_of(book, books.PACKAGE_RELATIONS)
    match = next((m for m in _RELATION.finditer(text) if m["kind"] == "officeDocument"), None)
    if not match:
        raise UnsuitedError
    _decoy_part(book, "xl/otro.xml", book.main)
    book.parts["xl/_rels/otro.xml.rels"] = text_of(book, book.relations)
    second = re.sub(r'Id="[^"]*"', 'Id="rIdOtro"', match[0].replace("workbook.xml", "otro.xml"))
    strict = chance.random() < 0.3
    if strict:
        second = second.replace(books.OFFICE, books.STRICT_OFFICE)
    first = chance.random() < 0.5
    book.parts[books.PACKAGE_RELATIONS] = put(text, match, second + match[0] if first else match[0] + second)
    return f"the decoy {'first' if first else 'last'}{', strict' if strict else ''}"


@kind
def package_relations_lost(book: Book, chance: random.Random) -> str:
    part = chance.choice((books.PACKAGE_RELATIONS, book.relations))
    text_of(book, part)
    del book.parts[part]
    return part


@kind
def one_id_twice(book: Book, chance: random.Random) -> str:
    """Two relations of sheets with one id; the second is a copy, or the other sheet takes the id of the first."""
    part = book.relations
    found = [m for m in _RELATION.finditer(text_of(book, part)) if m["kind"] == "worksheet"]
    if len(found) < 2:
        raise UnsuitedError
    one_of, other = chance.sample(found, 2)
    id_of = re.compile(r'\bId="([^"]*)"')
    copy = id_of.sub(f'Id="{id_of.search(one_of[0])[1]}"', other[0])  # type: ignore[index]
    before = chance.random() < 0.5
    book.parts[part] = put(book.parts[part], one_of, copy + one_of[0] if before else one_of[0] + copy)
    return "the decoy first" if before else "the decoy last"


@kind
def id_of_other_capitals(book: Book, chance: random.Random) -> str:
    part, match = _one(book, chance)
    change = re.sub(
        r'\bId="([^"]*)"', lambda m: f'Id="{chance.choice((m[1].upper(), m[1].lower(), " " + m[1]))}"', match[0]
    )
    book.parts[part] = put(book.parts[part], match, change)
    return change


@kind
def two_of_a_kind(book: Book, chance: random.Random) -> str:
    """A second part of strings, styles or theme."""
    part, match = _one(book, chance, ("sharedStrings", "styles"))
    whole = _whole(part, target_of(match))
    _decoy_part(book, "xl/segunda.xml", whole)
    if match["kind"] == "styles":
        book.parts["xl/segunda.xml"] = re.sub(r'numFmtId="\d+"', 'numFmtId="14"', book.parts["xl/segunda.xml"])
    second = re.sub(r'\bId="[^"]*"', 'Id="rIdOtra"', _TARGET.sub('Target="segunda.xml"', match[0]))
    first = chance.random() < 0.5
    book.parts[part] = put(book.parts[part], match, second + match[0] if first else match[0] + second)
    return f"{match['kind']}, the decoy {'first' if first else 'last'}"


@kind
def relation_type_changed(book: Book, chance: random.Random) -> str:
    part, match = _one(book, chance)
    old = f'{books.OFFICE}/{match["kind"]}"'
    new = chance.choice(
        (
            f"{books.STRICT_OFFICE}/{match['kind']}", f"{books.OFFICE}/chartsheet", f"{books.OFFICE}/dialogsheet",
            "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", f"{books.OFFICE}/{match['kind']}/",
            f"{books.OFFICE}/{match['kind'].upper()}", f"{books.FOREIGN}/{match['kind']}", f"{books.OFFICE.upper()}/{match['kind']}",
            match["kind"], "", f" {books.OFFICE}/{match['kind']}", f"{books.OFFICE}/worksheet", f"{books.OFFICE}/styles",
            f"{books.OFFICE}/sharedStrings", f"{books.OFFICE}/theme", f"{books.OFFICE}/otra",
        )
    )  # fmt: skip
    if old not in match[0]:
        raise UnsuitedError
    book.parts[part] = put(book.parts[part], match, match[0].replace(old, new + '"'))
    return f"{match['kind']} as {new!r}"


@kind
def target_mode(book: Book, chance: random.Random) -> str:
    part, match = _one(book, chance)
    mode = chance.choice(("External", "Internal", "external", "EXTERNAL", "", "otro"))
    book.parts[part] = put(book.parts[part], match, match[0].replace("/>", f' TargetMode="{mode}"/>'))
    return f"{match['kind']} {mode!r}"


@kind
def foreign_relation(book: Book, chance: random.Random) -> str:
    """A relation in another namespace, or its attributes in one, or one in a box."""
    part, match = _one(book, chance)
    form = chance.randrange(5)
    other = _TARGET.sub('Target="worksheets/sheet2.xml"', match[0]) if match["kind"] == "worksheet" else match[0]
    new = (
        match[0].replace("<Relationship", f'<Relationship xmlns="{books.FOREIGN}"', 1),
        other.replace("<Relationship", f'<Relationship xmlns="{books.FOREIGN}"', 1) + match[0],
        match[0] + other.replace("<Relationship", f'<q:Relationship xmlns:q="{books.FOREIGN}"', 1),
        f'<q:caja xmlns:q="{books.FOREIGN}">{other}</q:caja>{match[0]}',
        re.sub(r"(?= Target=)", f' xmlns:q="{books.FOREIGN}" q:Target="worksheets/sheet2.xml"', match[0], count=1),
    )[form]
    book.parts[part] = put(book.parts[part], match, new)
    return f"{match['kind']}, form {form}"


@kind
def namespace_of_the_list(book: Book, chance: random.Random) -> str:
    part = chance.choice((books.PACKAGE_RELATIONS, book.relations))
    new = chance.choice((books.FOREIGN, books.RELATIONS + "/", books.RELATIONS.replace("2006", "2007")))
    change_first(book, part, f'xmlns="{books.RELATIONS}"', f'xmlns="{new}"')
    return f"{new} in {part}"


@kind
def relation_lost(book: Book, chance: random.Random) -> str:
    part, match = _one(book, chance)
    book.parts[part] = put(book.parts[part], match, "")
    return match["kind"]


@kind
def targets_exchanged_by_base(book: Book, chance: random.Random) -> str:
    part = book.relations
    match = one(chance, text_of(book, part), r"<Relationships(?=\s)")
    book.parts[part] = put(book.parts[part], match, match[0] + ' xml:base="/otra/"')
    return part
