"""What the format itself says, known in one place: relations, types of parts, properties, encodings, name spaces."""

import ast
from functools import cache
from pathlib import Path

import pytest

from poa_xl import ooxml
from poa_xl.ooxml import encoding, namespaces, properties, relations
from poa_xl.ooxml.encoding import EncodingError
from poa_xl.ooxml.package import WorkbookPackage
from poa_xl.ooxml.relation_list import RelationList, leading_out
from poa_xl.ooxml.splice import MarkupError

PACKAGE = Path(ooxml.__file__).parents[1]
SHEET = "xl/worksheets/sheet1.xml"
HEAD = f'<Relationships xmlns="{namespaces.PACKAGE}">'


# --- relations --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "place"),
    [("", "_rels/.rels"), ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"), ("raíz.xml", "_rels/raíz.xml.rels")],
)
def test_the_relations_of_a_part_stand_beside_it(part: str, place: str) -> None:
    assert relations.list_of(part) == place


@pytest.mark.parametrize(
    ("target", "certain"),
    [
        ("/xl/comments1.xml", "xl/comments1.xml"),
        ("../comments1.xml", "xl/comments1.xml"),
        ("otra.xml", "xl/worksheets/otra.xml"),
        ("./otra.xml", ""),  # LibreOffice finds none by these
        ("../drawings/../comments1.xml", ""),
        ("comments%31.xml", ""),
        ("..\\comments1.xml", ""),
        ("", ""),
    ],
)
def test_a_target_names_a_part_where_programs_agree_on_it(target: str, certain: str) -> None:
    said = relations.relation({"Type": f"{namespaces.OFFICE[0]}/comments", "Target": target}, "xl/worksheets")
    assert (said.target, said.written, said.external, said.kind) == (certain, target, False, "comments")


def test_what_leads_outside_is_what_is_written() -> None:
    said = relations.relation({"Target": "./otro libro.xlsx", "TargetMode": "External"}, "xl")
    assert (said.target, said.external) == ("./otro libro.xlsx", True)


def test_a_kind_is_the_word_of_the_format_and_a_type_of_others_stands_whole() -> None:
    assert [namespaces.kind_of(f"{space}/worksheet") for space in namespaces.OFFICE] == ["worksheet"] * 2
    assert namespaces.kind_of(f"{namespaces.MICROSOFT}/vbaProject") == f"{namespaces.MICROSOFT}/vbaProject"
    assert namespaces.kind_of("worksheet") == ""


def test_a_list_is_changed_in_places_and_keeps_all_other_bytes() -> None:
    lines = ['<Relationship  Target="../comments1.xml" Id="a" Type="urn:x/comments"/>', "<!-- de una persona -->"]
    listed = RelationList(SHEET, f"{HEAD}{lines[0]}{lines[1]}</Relationships>".encode())
    assert (listed.first("comments"), listed.targets()) == ("xl/comments1.xml", {"a": "xl/comments1.xml"})
    assert listed.add("urn:x/drawing", "xl/d.xml") == "rIdPoa1"
    added = '<Relationship Id="rIdPoa1" Type="urn:x/drawing" Target="/xl/d.xml"/>'
    assert listed.done().decode() == f"{HEAD}{lines[0]}{lines[1]}{added}</Relationships>"


def test_what_is_dropped_goes_and_the_rest_stays() -> None:
    listed = RelationList("", f'{HEAD}<Relationship Id="a"/><Relationship Id="b"/></Relationships>'.encode())
    assert listed.drop(lambda line: line.attributes["Id"] == "a")
    assert not listed.drop(lambda line: False)
    assert listed.done().decode() == f'{HEAD}<Relationship Id="b"/></Relationships>'


def test_a_list_that_leads_out_names_no_part() -> None:
    listed = RelationList("xl/externalLinks/externalLink1.xml", leading_out("rId1", "urn:x", "nada"))
    assert listed.targets() == {}


# --- the package ------------------------------------------------------------------------------------------


def test_a_package_without_its_own_part_or_its_types_is_none() -> None:
    for parts in ({"[Content_Types].xml": b"<Types/>"}, {"xl/workbook.xml": b"<workbook/>"}):
        with pytest.raises(MarkupError):
            WorkbookPackage(parts, "xl/workbook.xml", [])


@pytest.mark.parametrize("strict", [False, True])
def test_a_new_sheet_is_named_by_relation_and_type(strict: bool) -> None:
    space = namespaces.STRICT if strict else namespaces.TRANSITIONAL
    main = f'<workbook xmlns="{space}"><sheets><sheet name="Uno" sheetId="4"/></sheets></workbook>'
    parts = {"[Content_Types].xml": b"<Types></Types>", "xl/workbook.xml": main.encode()}
    package = WorkbookPackage(parts, "xl/workbook.xml", [])
    part = package.add_sheet("Dos & tres", f'<worksheet xmlns="{package.main_space}"/>')
    assert (package.names, package.tabs) == (["Dos & tres"], ["Uno", "Dos &amp; tres".replace("&amp;", "&")])
    assert list(package.targets("xl/workbook.xml").values()) == [part]
    assert namespaces.OFFICE[strict].encode() in parts["xl/_rels/workbook.xml.rels"]
    assert b'sheetId="5"' in parts["xl/workbook.xml"]


# --- encodings and properties -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xml", "name"),
    [
        (b'<?xml version="1.0" encoding="EBCDIC-CP-US"?><a/>', "ebcdic-cp-us"),
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-1"?><a/>', "iso-8859-1"),
        (b"<\0a\0/\0>\0", ""),
        (b"\xff\xfe<", ""),
    ],
)
def test_an_encoding_that_no_program_writes_is_named(xml: bytes, name: str) -> None:
    with pytest.raises(EncodingError) as raised:
        encoding.utf8(xml)
    assert raised.value.name == name


def test_a_part_in_an_encoding_that_programs_write_comes_in_utf8() -> None:
    for declared, form in (("UTF-16", "utf-16"), ("ISO-8859-1", "latin-1"), ("UTF-8", "utf-8")):
        xml = f'<?xml version="1.0" encoding="{declared}"?><a>ñandú</a>'.encode(form)
        assert encoding.utf8(xml).endswith("<a>ñandú</a>".encode())


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2024-07-05T13:30:00Z", "2024-07-05T13:30:00+00:00"),
        ("2024-07-05T09:30:00-04:00", "2024-07-05T13:30:00+00:00"),
        ("2024-07-05T13:30:00", "2024-07-05T13:30:00+00:00"),
        ("2024-13-05T13:30:00Z", ""),
        ("ayer", ""),
    ],
)
def test_the_moment_of_the_last_save_is_told_in_utc(said: str, moment: str) -> None:
    assert properties.modified(f'<dcterms:modified xsi:type="x">{said}</dcterms:modified>'.encode()) == moment


# --- one place --------------------------------------------------------------------------------------------

# Modules that hold words of the format for another reason than to know what it says.
ELSEWHERE = {
    "Relationship": {
        "guards/active_content.py",  # the ordinary form of a list, as an expression
        "guards/relations.py",  # which elements of a list are judged
        "writers/annotated/sheet_names.py",  # a link to a place in the workbook holds the name of a sheet
    },
    "TargetMode": set[str](),
    "PartName": {"guards/relations.py"},
    "[Content_Types].xml": set[str](),
    "docProps/custom.xml": set[str](),
    "docProps/core.xml": set[str](),
    "xl/workbook.xml": set[str](),
    namespaces.PACKAGE: set[str](),
    namespaces.OFFICE[0]: set[str](),
    namespaces.MICROSOFT: set[str](),
    namespaces.TRANSITIONAL: set[str](),
    namespaces.STRICT: set[str](),
    namespaces.COMPATIBILITY: set[str](),
    **{space: set[str]() for space in namespaces.NEWER.values()},
    properties.CUSTOM_SET: set[str](),
}


def texts_of(source: str) -> str:
    """The texts of a program, a line each, but those that describe a module, a class or a function."""
    tree = ast.parse(source)
    described = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    with_words = [n for n in ast.walk(tree) if isinstance(n, described) and ast.get_docstring(n) is not None]
    said = {id(node.body[0].value) for node in with_words if isinstance(node.body[0], ast.Expr)}
    found = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in said]
    texts = [value.decode("latin-1") if isinstance(value, bytes) else value for value in found]
    return "\n".join(text for text in texts if isinstance(text, str))


@cache
def texts_of_modules() -> dict[str, str]:
    """The texts in each module but those of `ooxml`."""
    return {
        path.relative_to(PACKAGE).as_posix(): texts_of(path.read_text(encoding="utf-8"))
        for path in PACKAGE.rglob("*.py")
        if path.parent.name != "ooxml"
    }


@pytest.mark.slow
@pytest.mark.parametrize("word", ELSEWHERE, ids=lambda word: word.rpartition("/")[2])
def test_a_word_of_the_format_stands_in_one_place(word: str) -> None:
    assert {name for name, texts in texts_of_modules().items() if word in texts} == ELSEWHERE[word]


@pytest.mark.parametrize("word", ELSEWHERE, ids=lambda word: word.rpartition("/")[2])
def test_a_word_within_a_longer_text_is_found_and_in_a_description_it_may_stand(word: str) -> None:
    longer = f'<a xmlns:q="{word}" b=""/>'
    for planted in (repr(longer), f"f{longer.replace('{', '{{').replace('}', '}}') + '{n}'!r}", repr(longer.encode())):
        assert word in texts_of(f"def f(n):\n    return {planted}\n")
    told = f'"""Of {word}."""\n\n\nclass A:\n    """{word}"""\n\n    def f(self):\n        """{word}"""\n        return 1\n'
    assert word not in texts_of(told)
