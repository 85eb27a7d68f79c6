"""What a person sees is what is evaluated: one file means one thing, or is refused. Each case beside its clean neighbour.

A case ends in a code, in a sheet's cell that must say what LibreOffice shows (`Tareas!D2 27`), or in `same`: read as the
small workbook is. `tests/structures` compares thousands of such with a real LibreOffice; these are the ones that
were found in the wild or by an attacker.
"""

import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from poa_xl import reading, sheets
from poa_xl.guards import DEFAULT, markup
from tests import packages
from tests.packages import (
    MAIN,
    RELATIONS,
    STRINGS,
    STYLES,
    TASKS,
    Parts,
    edited,
    replaced,
    together,
    with_part,
    with_row,
    without,
)

pytestmark = pytest.mark.slow

SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES, ROOT = "[Content_Types].xml", "_rels/.rels"
CELL = b'<c r="D2" t="n"><v>2</v></c>'
OTHER = CELL.replace(b">2<", b">9<")
FAR = b'<row r="1048576" spans="1:1"><c s="0" r="XFD1048576"><v>1</v></c></row></sheetData>'
MC = b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:q="urn:q"'
Make = Callable[[Parts], bytes]
CASES: list[tuple[str, str, Make]] = []


def case(name: str, expected: str, make: Make) -> None:
    CASES.append((name, expected, make))


def in_tasks(old: bytes, new: bytes) -> Make:
    return lambda parts: replaced(parts, TASKS, old, new)


def in_part(part: str, old: bytes, new: bytes) -> Make:
    return lambda parts: replaced(parts, part, old, new)


def cell(new: bytes) -> Make:
    return in_tasks(CELL, new)


# --- what ended the whole program -------------------------------------------------------------------------

for count in (b"1000000000000", b"4294967296", b"18446744073709551616", b"-1", b"muchos"):
    for attribute in (b"uniqueCount", b"count"):
        change = in_part(STRINGS, b"<sst ", b'<sst %s="%s" ' % (attribute, count))
        case(f"{attribute.decode()} {count.decode()}", "same", change)


def with_far_cells(make: Make) -> Make:
    return lambda parts: edited(packages.apart(make(parts)), TASKS, lambda x: FAR.join(x.rsplit(b"</sheetData>", 1)))


for decoy in (
    b"<!--<sheetData></sheetData>-->", b"<?x <sheetData></sheetData>?>", b"<![CDATA[<sheetData></sheetData>]]>",
    b'<x:sheetData xmlns:x="urn:x"></x:sheetData>', b'<sheetData xmlns="urn:x"></sheetData>', b"<!-- <sheetData> -->",
    b'<a b="&lt;sheetData&gt;"/>',
):  # fmt: skip
    change = in_tasks(b"<sheetData>", decoy + b"<sheetData>")
    case(f"{decoy.decode()} before the data", "same", change)
    case(f"{decoy.decode()} before far cells", "HOJ-007", with_far_cells(change))

# --- the package ------------------------------------------------------------------------------------------


def _elsewhere(parts: Parts, decoy: bytes | None) -> Parts:
    """The workbook's own part under another name, and a decoy under the usual one."""
    moved = {
        **parts,
        "xl/libro.xml": parts[MAIN],
        "xl/_rels/libro.xml.rels": parts[RELATIONS],
        ROOT: parts[ROOT].replace(b"xl/workbook.xml", b"xl/libro.xml"),
        TYPES: parts[TYPES].replace(b"/xl/workbook.xml", b"/xl/libro.xml"),
    }
    del moved[MAIN], moved[RELATIONS]
    return moved if decoy is None else {**moved, MAIN: decoy, RELATIONS: parts[RELATIONS]}


def _without_tasks(parts: Parts) -> bytes:
    return re.sub(rb'<sheet name="Tareas"[^>]*>', b"", parts[MAIN])


case("another main part beside a decoy", "same", lambda parts: together(_elsewhere(parts, _without_tasks(parts))))
case("another main part", "same", lambda parts: together(_elsewhere(parts, None)))
case("two main parts", "LIB-015", in_part(ROOT, b"</Rel", b'<Relationship Id="z" Type="%s/officeDocument" Target="xl/otro.xml"/></Rel' % OFFICE))  # fmt: skip
case("no relations of the package", "LIB-015", lambda parts: without(parts, ROOT))
case("a main part of another type", "LIB-015", in_part(TYPES, b"spreadsheetml.sheet.main+xml", b"otro+xml"))
case("no list of types", "LIB-015", lambda parts: without(parts, TYPES))
case("a sheet that says it is a chart", "LIB-015", lambda parts: edited(parts, TYPES, lambda x: re.sub(rb'(/xl/worksheets/sheet3.xml" ContentType=")[^"]*', rb"\1application/vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml", x)))  # fmt: skip
case("one relation twice", "LIB-015", in_part(RELATIONS, b"</Rel", b'<Relationship Id="rId3" Type="%s/worksheet" Target="/xl/worksheets/sheet2.xml"/></Rel' % OFFICE))  # fmt: skip
case("one more relation", "same", in_part(RELATIONS, b"</Rel", b'<Relationship Id="z" Type="%s/customXml" Target="/xl/otro.xml"/></Rel' % OFFICE))  # fmt: skip


def with_a_second(part: str, relation: bytes) -> Make:
    return lambda parts: replaced({**parts, "xl/otra.xml": parts[part]}, RELATIONS, b"</Rel", relation)


for kind, part in ((b"sharedStrings", STRINGS), (b"styles", STYLES)):
    for identifier in (b"A", b"z"):
        second = b'<Relationship Id="%s" Type="%s/%s" Target="/xl/otra.xml"/></Rel' % (identifier, OFFICE, kind)
        case(
            f"a second part of {kind.decode()} as {identifier.decode()}",
            "LIB-015",
            with_a_second(part, second),
        )
for target in (b"sheet%33.xml", b"sheet%33.xml?", b"./sheet3.xml", b"sheet3.xml#a", b"..%2Fworksheets/sheet3.xml"):
    case(
        f"a sheet at {target.decode()}",
        "LIB-011",
        in_part(RELATIONS, b'"/xl/worksheets/sheet3.xml"', b'"worksheets/%s"' % target),
    )
case(
    "a sheet of that very name beside it",
    "LIB-011",
    lambda parts: replaced(
        {**parts, "xl/worksheets/sheet%33.xml": parts[TASKS]}, RELATIONS, b"sheet3.xml", b"sheet%33.xml"
    ),
)
case("a sheet at a plain place", "same", in_part(RELATIONS, b'"/xl/worksheets/sheet3.xml"', b'"worksheets/sheet3.xml"'))
case("a relation's type in capitals", "LIB-015", in_part(RELATIONS, b"relationships/styles", b"relationships/STYLES"))


def _with_unicode_path(parts: Parts, name: str, second: bytes) -> bytes:
    """A zip in which a part has a second name, in the extra field for names in Unicode."""
    listed, places, content = [], [], b""
    for part, data in parts.items():
        local, entry = packages.entry(part.encode(), data)
        extra = b""
        if part == name:
            body = b"\1" + struct.pack("<I", packages.zlib.crc32(part.encode())) + second
            extra = struct.pack("<HH", 0x7075, len(body)) + body
            entry = entry[:30] + struct.pack("<H", len(extra)) + entry[32:]
        places.append(len(content))
        listed.append(entry + struct.pack("<I", places[-1]) + part.encode() + extra)
        content += local
    directory = b"".join(listed)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(listed), len(listed), len(directory), len(content), 0)
    return content + directory + end


def _hidden_by_a_second_name(parts: Parts) -> bytes:
    return _with_unicode_path({**parts, "xl/otro.xml": _without_tasks(parts)}, "xl/otro.xml", MAIN.encode())


case("a second name that takes the place of the workbook", "LIB-015", _hidden_by_a_second_name)
case("a second name for a picture", "LIB-015", lambda parts: _with_unicode_path({**parts, "xl/media/a.png": b"x"}, "xl/media/a.png", "xl/media/ñ.png".encode()))  # fmt: skip
case("a second name that is the first", "same", lambda parts: _with_unicode_path(parts, MAIN, MAIN.encode()))
case("some names with \\ and some with /", "LIB-011", lambda parts: together({n.replace("/", "\\") if n == TASKS else n: d for n, d in parts.items()}))  # fmt: skip

# --- the list of sheets -----------------------------------------------------------------------------------

LISTED = b'<sheet name="Tareas" sheetId="3" state="visible" r:id="rId3" />'
case("a foreign id before the own", "same", in_part(MAIN, LISTED, LISTED.replace(b"r:id", b'xmlns:q="urn:q" q:id="rId2" r:id')))  # fmt: skip
case("a foreign id after the own", "same", in_part(MAIN, LISTED, LISTED.replace(b" />", b' xmlns:q="urn:q" q:id="rId2"/>')))  # fmt: skip
case("a foreign sheet", "LIB-015", in_part(MAIN, LISTED, b'<q:sheet xmlns:q="urn:q" name="Tareas" r:id="rId2"/>' + LISTED))  # fmt: skip


def around(part: str, element: bytes, before: bytes, after: bytes, most: int = -1) -> Make:
    """The elements of a name within a box."""
    first, last = b"<%s>" % element, b"</%s>" % element
    return lambda parts: edited(
        parts, part, lambda x: x.replace(first, before + first, most).replace(last, last + after, most)
    )


for name, before, after in (
    ("a choice", b"<mc:AlternateContent %s><mc:Choice Requires='q'>" % MC, b"</mc:Choice></mc:AlternateContent>"),
    ("a fallback", b"<mc:AlternateContent %s><mc:Choice Requires='q'/><mc:Fallback>" % MC, b"</mc:Fallback></mc:AlternateContent>"),
    ("a box", b"<q:caja %s>" % MC, b"</q:caja>"),
):  # fmt: skip
    case(f"{name} around a sheet", "LIB-015", in_part(MAIN, LISTED, before + LISTED + after))
    case(f"{name} around all sheets", "LIB-015", around(MAIN, b"sheets", before, after))
    case(f"{name} around the data", "LIB-015", around(TASKS, b"sheetData", before, after))
    case(f"{name} around a cell", "LIB-015", cell(before + OTHER + after))
    case(f"{name} within a cell", "LIB-015", cell(CELL.replace(b"<v>2</v>", before + b"<v>2</v>" + after)))
    case(f"{name} around a text", "LIB-015", around(STRINGS, b"si", before, after, most=1))
    case(f"{name} that matters to nobody", "same", in_part(MAIN, b"<bookViews>", before + b"<q:nada/>" + after + b"<bookViews>"))  # fmt: skip
case("a second list of sheets", "LIB-015", in_part(MAIN, b"</sheets>", b"</sheets><sheets>" + LISTED + b"</sheets>"))
case("two sheets of one part", "LIB-015", in_part(MAIN, b'r:id="rId2"', b'r:id="rId3"'))
case("a name that nobody can type", "LIB-015", in_part(MAIN, b'name="Tareas"', b'name="_x0054_areas"'))
case("two calendars", "LIB-015", in_part(MAIN, b"<workbookPr />", b'<workbookPr /><workbookPr date1904="1"/>'))
case("a foreign calendar", "same", in_part(MAIN, b"<workbookPr />", b'<q:workbookPr xmlns:q="urn:q" date1904="1"/><workbookPr />'))  # fmt: skip

SCENARIO = b'<scenarios><scenario name="uno" count="1"><inputCells r="D2" val="9"/></scenario></scenarios>'
case("a scenario", "LIB-015", in_tasks(b"</sheetData>", b"</sheetData>" + SCENARIO))
case("what is named like a scenario", "same", in_tasks(b"</sheetData>", b'</sheetData><q:scenarios xmlns:q="urn:q"/>'))
case("a data table over cells", "LIB-015", cell(b'<c r="D2"><f t="dataTable" ref="D2:D9" r1="A1"/><v>2</v></c>'))

# --- cells, texts and formats -----------------------------------------------------------------------------

for name, new in (
    ("a foreign value", b'<c r="D2"><x:v xmlns:x="urn:x">9</x:v><v>2</v></c>'),
    ("a foreign cell", b'<x:c xmlns:x="urn:x" r="D2"><v>9</v></x:c>' + CELL),
    ("two values", b'<c r="D2"><v>2</v><v>9</v></c>'),
    ("a cell twice", CELL + OTHER),
    ("a cell of another row", CELL + b'<c r="E3"><v>9</v></c>'),
    ("an element within a value", b'<c r="D2"><v>2<a/>7</v></c>'),
    ("a value and an inline text", b'<c r="D2" t="inlineStr"><is><t>2</t></is><v>9</v></c>'),
    ("a type that there is not", b'<c r="D2" t="N"><v>2</v></c>'),
    ("a boolean in words", b'<c r="D2" t="b"><v>true</v></c>'),
):
    case(name, "LIB-015", cell(new))
for name, value in (
    ("a comment", b"2<!--x-->7"), ("CDATA", b"<![CDATA[27]]>"), ("some CDATA", b"2<![CDATA[7]]>"), ("an instruction", b"2<?x y?>7"),
    ("a reference", b"2&#55;"), ("references in hexadecimal", b"&#x32;&#x37;"), ("blanks around", b" \n27\t"),
):  # fmt: skip
    case(f"{name} in a number", "Tareas!D2 27.0", cell(CELL.replace(b">2<", b">%s<" % value)))
for value in (b"12abc", b"0x1F", b"1_000", b"1,5", b"--2", b"2 7", "٢".encode()):
    case(f"{value.decode()} for a number", "CEL-006", cell(CELL.replace(b">2<", b">%s<" % value)))
case(
    "words for a number behind a formula that looks like a type",
    "CEL-006",
    cell(b'<c r="D2"><f> t="str"</f><v>12abc</v></c>'),
)
case("a foreign text among the shared", "LIB-015", in_part(STRINGS, b"<si>", b'<x:si xmlns:x="urn:x"><t>Z</t></x:si><si>'))  # fmt: skip
case("a foreign text within a shared one", "LIB-015", in_part(STRINGS, b"<si><t>", b'<si><x:t xmlns:x="urn:x">Z</x:t><t>'))  # fmt: skip
case("a blank text among the shared", "HOJ +", in_part(STRINGS, b"<si>", b"<si/><si>"))  # all texts move by one
case("how a text is spoken", "same", in_part(STRINGS, b"</t></si>", b"</t><rPh sb='0' eb='1'><t>Z</t></rPh></si>"))
case("a foreign format", "LIB-015", lambda parts: edited(parts, STYLES, lambda x: re.sub(rb"(<cellXfs[^>]*>)", rb'\1<x:xf xmlns:x="urn:x" numFmtId="14"/>', x)))  # fmt: skip
case("a second list of formats", "LIB-015", lambda parts: edited(parts, STYLES, lambda x: re.sub(rb"(<cellXfs.*?</cellXfs>)", rb"\1\1", x, flags=re.DOTALL)))  # fmt: skip
for name, byte in (
    ("NUL", b"\0"),
    ("BEL", b"\7"),
    ("ESC", b"\x1b"),
    ("no character", b"\xef\xbf\xbf"),
    ("half a letter", b"\xc3"),
):
    case(f"{name} in a cell", "LIB-001", cell(b'<c r="D2" t="str"><v>a%sb</v></c>' % byte))
    case(f"{name} in a shared text", "LIB-001", in_part(STRINGS, b"<si><t>", b"<si><t>" + byte))
case("a line end and a tab in a text", "same", lambda parts: with_row(parts, b'<row r="99"><c r="ZZ99" t="str"><v>a\n\tb</v></c></row>'))  # fmt: skip


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    small = packages.small(tmp_path_factory.mktemp("small"))
    assert CELL in small[TASKS]
    return small


def read(content: bytes, folder: Path) -> reading.Book:
    path = folder / "DGRB.xlsx"
    path.write_bytes(content)
    return reading.read_book(path, sheets.unit_sheets())


@pytest.mark.parametrize(("expected", "make"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_file_is_read_as_it_is_shown_or_refused(expected: str, make: Make, parts: Parts, tmp_path: Path) -> None:
    content = make(parts)
    assert content != together(parts)
    clean, book = read(together(parts), tmp_path), read(content, tmp_path)
    codes = [f.code for f in book.findings]
    if expected == "same":
        assert (book.tables, book.findings) == (clean.tables, clean.findings)
    elif " " not in expected:
        assert expected in codes
        assert codes == [expected] or not book.broken
    elif expected == "HOJ +":
        assert codes != [f.code for f in clean.findings]
    else:
        place, value = expected.split()
        sheet, _, address = place.partition("!")
        grid = reading.File(tmp_path / "DGRB.xlsx").grid(sheet)
        assert grid is not None
        assert str(grid[int(address[1:]) - 1][ord(address[0]) - 65]) == value
        assert codes == [f.code for f in clean.findings]


def test_each_case_has_a_name_of_its_own() -> None:
    assert len({name for name, _, _ in CASES}) == len(CASES)


def test_a_file_in_which_a_part_is_of_another_encoding_than_it_says_is_refused(parts: Parts, tmp_path: Path) -> None:
    said = b'<?xml version="1.0" encoding="%s"?>'
    for start in (
        b"\xef\xbb\xbf" + said % b"ISO-8859-1", b"\xef\xbb\xbf\xef\xbb\xbf", said % b"UTF-7", b'<?xml version="2.0"?>',
        b'<?xml version="1.0"?><!-- encoding="ISO-8859-1" -->', b" " + said % b"UTF-8",
    ):  # fmt: skip
        book = read(with_part(parts, TASKS, start + parts[TASKS]), tmp_path)
        assert [f.code for f in book.findings] in (["LIB-001"], ["LIB-011"]), start
    for start in (b"", b"\xef\xbb\xbf", said % b"UTF-8", b'<?xml version="1.0" standalone="yes"?>\n<!-- encoding -->'):
        assert not read(with_part(parts, TASKS, start + parts[TASKS]), tmp_path).broken, start


def test_a_pivot_table_over_cells_makes_each_of_them_a_finding(parts: Parts, tmp_path: Path) -> None:
    """LibreOffice shows there what the table says, whatever the cells hold."""
    link = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="p" Type="%s/pivotTable" Target="../pivotTables/pivotTable1.xml"/></Relationships>'
    table = b'<pivotTableDefinition xmlns="%s"><location ref="%s" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>'
    found = {}
    for area in (b"D2:E2", b"BA2:BB40"):
        book = read(
            together(
                {
                    **parts,
                    "xl/worksheets/_rels/sheet3.xml.rels": link % OFFICE,
                    "xl/pivotTables/pivotTable1.xml": table % (SPACE, area),
                }
            ),
            tmp_path,
        )
        found[area] = [(f.code, f.location.cell) for f in book.findings if f.code == "CEL-006"]
    assert found == {b"D2:E2": [("CEL-006", "D2"), ("CEL-006", "E2")], b"BA2:BB40": []}


def test_what_xml_would_change_is_never_taken_as_plain() -> None:
    for text in (b"a\rb", b"&#65;", b"&nada;", b"&", b"]]>", b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbf\xbe"):
        assert not markup.is_plain(b"<a>" + text + b"</a>"), text
    for text in (b"a\n\tb", b"&amp;&lt;&gt;&quot;&apos;", b"]]", "ñ😀\u0085".encode()):
        assert markup.is_plain(b"<a>" + text + b"</a>"), text
        markup.walk(b"<a>" + text + b"</a>", DEFAULT)
