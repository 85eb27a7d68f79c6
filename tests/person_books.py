"""Workbooks as people's programs leave them, made of a workbook of our template: each was, or is near, one whose copy
Excel could not open. `CASES` are odd, `CLEAN` their neighbours.
"""

import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from tests import active_books, open_xml
from tests.packages import MAIN, RELATIONS, Parts

TYPES = "[Content_Types].xml"
OFFICE, STRICT = active_books.OFFICE, active_books.STRICT
CUSTOM = "docProps/custom.xml"
_RELS = "application/vnd.openxmlformats-package.relationships+xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf50000003010100a5f645400000000049454e44ae426082"
)
Make = Callable[[Parts], Parts]
CASES: dict[str, Make] = {}
CLEAN: dict[str, Make] = {"the template": lambda parts: parts}


def _case(name: str, among: dict[str, Make] = CASES) -> Callable[[Make], Make]:
    def add(make: Make) -> Make:
        among[name] = make
        return make

    return add


def part_of(parts: Parts, sheet: str) -> str:
    return dict(open_xml.sheet_parts(parts))[sheet]


def rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def replaced(parts: Parts, name: str, old: bytes | str, new: bytes | str) -> Parts:
    before, after = (text.encode() if isinstance(text, str) else text for text in (old, new))
    assert before in parts[name], (before, name)
    return {**parts, name: parts[name].replace(before, after, 1)}


def without_properties(parts: Parts) -> Parts:
    """Without the part in which a program keeps properties of the file."""
    made = {name: xml for name, xml in parts.items() if name != CUSTOM}
    made[TYPES] = re.sub(rb'<Override PartName="/docProps/custom.xml"[^>]*/>', b"", made[TYPES])
    made["_rels/.rels"] = re.sub(rb'<Relationship [^>]*"docProps/custom.xml"/>', b"", made["_rels/.rels"])
    assert b"custom" not in made[TYPES] + made["_rels/.rels"]
    return made


# --- pictures of headers and footers ------------------------------------------------------------------------


def with_header_picture(parts: Parts, sheet: str, first: bool = True, shapes: str = "") -> Parts:
    """With a picture in the header of a sheet, as Excel and XlsxWriter write it. `first`: before other relations."""
    part, drawn = part_of(parts, sheet), f"xl/drawings/vmlDrawingHF{len(parts)}.vml"
    shape = (
        '<v:shape id="LH" o:spid="_x0000_s9217" type="#_x0000_t75" style="position:absolute;margin-left:0;margin-top:0;'
        'width:24pt;height:24pt;z-index:1"><v:imagedata o:relid="rId1" o:title="escudo"/>'
        '<o:lock v:ext="edit" rotation="t"/></v:shape>'
    )
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="9"/>'
        f'</o:shapelayout><v:shapetype id="_x0000_t75" coordsize="21600,21600" o:spt="75" path="m@4@5l"/>{shape}{shapes}</xml>'
    )
    made = {**parts, drawn: vml.encode(), "xl/media/escudo.png": PNG}
    if b'Extension="png"' not in made[TYPES]:
        made = active_books.typed(made, ".png", "image/png")
    if b'Extension="vml"' not in made[TYPES]:
        made = active_books.typed(made, ".vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    made = active_books.related(made, rels_of(drawn), f"{OFFICE}/image", "../media/escudo.png", identifier="rId1")
    line = f'<Relationship Id="rIdHF" Type="{OFFICE}/vmlDrawing" Target="../drawings/{drawn.rpartition("/")[2]}"/>'
    place = rels_of(part)
    if place not in made:
        made = active_books.related(made, place, "x:y", "z", external=True, identifier="rIdZ")
        made[place] = re.sub(rb"<Relationship [^>]*/>", b"", made[place])
    mark = b"<Relationship " if first and b"<Relationship " in made[place] else b"</Relationships>"
    made = replaced(made, place, mark, line.encode() + mark)
    legacy = f'<legacyDrawingHF xmlns:r="{OFFICE}" r:id="rIdHF"/>'
    before = next((tag for tag in ("<picture", "<tableParts", "<extLst") if tag.encode() in made[part]), "</worksheet>")
    return replaced(made, part, before, legacy + before)


@_case("a picture in the header of a sheet without notes")
def _(parts: Parts) -> Parts:
    return with_header_picture(parts, "Unidad")


@_case("a picture in the header, named before the notes of the sheet")
def _(parts: Parts) -> Parts:
    return with_header_picture(parts, "Tareas")


@_case("a picture in the header, named after the notes of the sheet")
def _(parts: Parts) -> Parts:
    return with_header_picture(parts, "Tareas", first=False)


@_case("pictures in the headers of all sheets")
def _(parts: Parts) -> Parts:
    for name, _ in open_xml.sheet_parts(parts):
        parts = with_header_picture(parts, name)
    return parts


# --- what the package says of its parts ---------------------------------------------------------------------


def without_default(parts: Parts, *endings: str) -> Parts:
    """The types said part by part, as LibreOffice before 6.1 does for lists of relations."""
    types, lines = parts[TYPES], ""
    for ending in endings:
        (line,) = re.findall(rb'<Default [^>]*Extension="%s"[^>]*>' % ending.encode(), types)
        (found,) = re.findall(rb'ContentType="([^"]*)"', line)
        types = types.replace(line, b"")
        for name in parts:
            if name.endswith(f".{ending}") and b'"/%s"' % name.encode() not in types:
                lines += f'<Override PartName="/{name}" ContentType="{found.decode()}"/>'
    return {**parts, TYPES: types.replace(b"</Types>", f"{lines}</Types>".encode())}


@_case("no type for lists of relations by their ending")
def _(parts: Parts) -> Parts:
    return without_default(parts, "rels")


@_case("no type by any ending, with a picture in the header")
def _(parts: Parts) -> Parts:
    return with_header_picture(without_default(parts, "rels", "xml"), "Unidad")


@_case("no type for lists of relations, and drawings of notes typed one by one")
def _(parts: Parts) -> Parts:
    return without_default(parts, "rels", "vml")


@_case("the type of lists of relations in capitals", CLEAN)
def _(parts: Parts) -> Parts:
    return replaced(parts, TYPES, b'Extension="rels"', b'Extension="RELS"')


for stale in ("docProps/custom.xml", "xl/comments99.xml", "xl/worksheets/sheet{next}.xml", "xl/drawings/vmlDrawing9.vml",
              "xl/worksheets/_rels/sheet1.xml.rels", "xl/Comments7.xml"):  # fmt: skip

    @_case(f"the type of {stale}, which is not there")
    def _(parts: Parts, stale: str = stale) -> Parts:
        stale = stale.replace("{next}", str(1 + len(open_xml.sheet_parts(parts))))
        kind = _COMMENTS if "omments" in stale else "application/vnd.openxmlformats-officedocument.theme+xml"
        assert stale.lower() not in {name.lower() for name in parts}
        return active_books.typed(parts, stale, kind)


@_case("the type of a part said twice")
def _(parts: Parts) -> Parts:
    (line,) = re.findall(rb'<Override PartName="/xl/styles.xml"[^>]*/>', parts[TYPES])
    return replaced(parts, TYPES, b"</Types>", line + line.replace(b"/xl/styles", b"/XL/Styles") + b"</Types>")


@_case("the type of an ending said twice")
def _(parts: Parts) -> Parts:
    (line,) = re.findall(rb'<Default Extension="xml"[^>]*/>', parts[TYPES])
    return replaced(parts, TYPES, line, line + line.replace(b'"xml"', b'"XML"'))


# --- names that differ by their capitals --------------------------------------------------------------------


def with_properties(parts: Parts, name: str, related: bool = True, space: str = _PROPERTIES) -> Parts:
    values = space.replace("custom-properties", "docPropsVTypes").replace("customProperties", "docPropsVTypes")
    xml = (
        f'<Properties xmlns="{space}" xmlns:vt="{values}"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" '
        'pid="2" name="Oficina"><vt:lpwstr>La Paz</vt:lpwstr></property></Properties>'
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    made = active_books.typed({**parts, name: xml.encode()}, name, kind)
    word = space.rpartition("/")[2]
    office = STRICT if "purl" in space else OFFICE
    return active_books.related(made, "_rels/.rels", f"{office}/{word}", name) if related else made


for name in ("docProps/Custom.xml", "docProps/custom2.xml", "DocProps/custom.xml", "propiedades.xml"):

    @_case(f"properties of the file in {name}")
    def _(parts: Parts, name: str = name) -> Parts:
        return with_properties(parts, name)


@_case("properties of the file that nothing names")
def _(parts: Parts) -> Parts:
    return with_properties(parts, CUSTOM, related=False)


@_case("properties of the file", CLEAN)
def _(parts: Parts) -> Parts:
    return with_properties(parts, CUSTOM)


@_case("a list of relations in a folder with capitals")
def _(parts: Parts) -> Parts:
    place = rels_of(part_of(parts, "Tareas"))
    return {name.replace("/_rels/", "/_Rels/") if name == place else name: xml for name, xml in parts.items()}


@_case("notes that are named in other capitals")
def _(parts: Parts) -> Parts:
    return replaced(parts, rels_of(part_of(parts, "Tareas")), b"/comments", b"/Comments")  # the target comes last


@_case("a drawing of notes that is named in other capitals")
def _(parts: Parts) -> Parts:
    return replaced(parts, rels_of(part_of(parts, "Tareas")), b"vmlDrawing2.vml", b"VmlDrawing2.VML")


def with_sheet(parts: Parts, name: str, chart: bool = False) -> Parts:
    """With a sheet more, of a chart or with a word in it."""
    kind = "chartsheet" if chart else "worksheet"
    part = f"xl/{kind}s/sheet90.xml"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = '<row r="4"><c r="A4" t="inlineStr"><is><t>Apuntes</t></is></c></row>'
    xml = f'<worksheet xmlns="{space}"><sheetData>{row}</sheetData></worksheet>'
    if chart:
        drawing = '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
        parts = active_books.with_part(
            parts, "xl/drawings/drawing90.xml", drawing, "application/vnd.openxmlformats-officedocument.drawing+xml",
            rels_of(part), f"{OFFICE}/drawing", "rIdD",
        )  # fmt: skip
        views = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
        xml = f'<chartsheet xmlns="{space}" xmlns:r="{OFFICE}">{views}<drawing r:id="rIdD"/></chartsheet>'
    content_type = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    made = active_books.with_part(parts, part, xml, content_type, RELATIONS, f"{OFFICE}/{kind}", "rIdSheet90")
    line = f'<sheet xmlns:r="{OFFICE}" name="{escape(name)}" sheetId="90" r:id="rIdSheet90"/></sheets>'
    return replaced(made, MAIN, b"</sheets>", line)


def renamed(parts: Parts, old: str, new: str) -> Parts:
    return replaced(parts, MAIN, f'name="{old}"', f'name="{new}"')


for name, chart in (("REPARACIONES", False), ("reparaciones", True), ("Reparaciones", True), ("REParaciones 2", False)):

    @_case(f"a sheet{' of a chart' if chart else ''} called {name}")
    def _(parts: Parts, name: str = name, chart: bool = chart) -> Parts:
        return with_sheet(parts, name, chart)


for name, chart in (("OBSERVACIONES", False), ("observaciones", True), ("Observaciones", True)):

    @_case(f"a sheet{' of a chart' if chart else ''} called {name}, and none of ours")
    def _(parts: Parts, name: str = name, chart: bool = chart) -> Parts:
        made = without_list(parts)
        return with_sheet(made, name, chart)


def without_list(parts: Parts) -> Parts:
    """Without our sheet Observaciones, as retyped workbooks are: the sheet is called otherwise, and empty."""
    part = part_of(parts, "Observaciones")
    made = {**parts, part: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", parts[part])}
    return renamed(made, "Observaciones", "Otra")


@_case("our list, called OBSERVACIONES")
def _(parts: Parts) -> Parts:
    return renamed(parts, "Observaciones", "OBSERVACIONES")


@_case("our names of the list in capitals")
def _(parts: Parts) -> Parts:
    return {**parts, MAIN: parts[MAIN].replace(b'name="poa_lugares"', b'name="POA_Lugares"')}


@_case("a sheet of the highest number")
def _(parts: Parts) -> Parts:
    return replaced(with_sheet(parts, "Mía"), MAIN, b'sheetId="90"', b'sheetId="65534"')


# --- texts, signatures, the strict form ---------------------------------------------------------------------

LONG = "á" * 40_000
EMOJI = "\U0001f600" * 20_000  # 40,000 for Excel


def with_text(parts: Parts, text: str, shared: bool = False) -> Parts:
    """With a long text in `Resultados!C9`, in the cell or among the shared ones."""
    part = part_of(parts, "Resultados")
    cell = f'<c r="C9" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    if shared:
        number = len(re.findall(rb"<si>|<si/>", parts["xl/sharedStrings.xml"]))
        half = len(text) // 2
        runs = f"<si><r><t>{escape(text[:half])}</t></r><r><t>{escape(text[half:])}</t></r></si></sst>"
        parts = replaced(parts, "xl/sharedStrings.xml", b"</sst>", runs)
        cell = f'<c r="C9" t="s"><v>{number}</v></c>'
    made = re.sub(rb'<c r="C9"[^>]*(?:/>|>.*?</c>)', cell.encode(), parts[part], count=1)
    assert made != parts[part]
    return {**parts, part: made}


for name, text, shared in (
    ("a text", LONG, False),
    ("a shared text of two looks", LONG, True),
    ("emojis", EMOJI, True),
):

    @_case(f"{name} longer than a cell of Excel holds")
    def _(parts: Parts, text: str = text, shared: bool = shared) -> Parts:
        return with_text(parts, text, shared)


@_case("a text of 16,000 lines, as long as a cell of Excel holds", CLEAN)
def _(parts: Parts) -> Parts:
    return with_text(parts, "a_x000D_" * 16_000, shared=True)


@_case("a text with characters that XML cannot hold, longer than a cell of Excel holds")
def _(parts: Parts) -> Parts:
    return with_text(parts, "abc_x000D_" * 10_000)


@_case("a text as long as a cell of Excel holds", CLEAN)
def _(parts: Parts) -> Parts:
    return with_text(parts, "x" * 32_767)


def signed(parts: Parts) -> Parts:
    """With a digital signature, as Excel puts it there."""
    base, kind = (
        "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature",
        "application/vnd.openxmlformats-package.digital-signature",
    )
    made = active_books.typed(parts, ".sigs", f"{kind}-origin")
    made = {**made, "_xmlsignatures/origin.sigs": b""}
    made = active_books.related(made, "_rels/.rels", f"{base}/origin", "_xmlsignatures/origin.sigs")
    xml = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="idPackageSignature"/>'
    return active_books.with_part(
        made, "_xmlsignatures/sig1.xml", xml, f"{kind}-xmlsignature+xml", "_xmlsignatures/_rels/origin.sigs.rels",
        f"{base}/signature",
    )  # fmt: skip


CASES["a digital signature"] = signed


def strict(parts: Parts) -> Parts:
    """As Excel saves «Strict Open XML»."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    words = [
        (main, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (f"{OFFICE}/extended-properties", f"{STRICT}/extendedProperties"),
        (f"{OFFICE}/custom-properties", f"{STRICT}/customProperties"),
        (_PROPERTIES, "http://purl.oclc.org/ooxml/officeDocument/customProperties"),
        (f"{_PROPERTIES.rpartition('/')[0]}/extended-properties", "http://purl.oclc.org/ooxml/officeDocument/extendedProperties"),
        (f"{_PROPERTIES.rpartition('/')[0]}/docPropsVTypes", "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"),
        (OFFICE, STRICT),
        ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"),
    ]  # fmt: skip
    made = {}
    for name, xml in parts.items():
        for old, new in words if name.endswith((".xml", ".rels")) and name != TYPES else ():
            xml = xml.replace(old.encode(), new.encode())
        made[name] = xml
    for name, xml in made.items():  # the shapes of notes and headers stay as they were, for programs that know them
        if name.endswith(".rels"):
            made[name] = xml.replace(f"{STRICT}/vmlDrawing".encode(), f"{OFFICE}/vmlDrawing".encode())
        elif "/worksheets/" in name:
            made[name] = re.sub(rb"<legacyDrawing(?:HF)?\b[^>]*/>", lambda link: _WRAPPED % link[0], xml)
    return replaced(made, MAIN, b"<workbook ", b'<workbook conformance="strict" ')


_WRAPPED = (
    b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    b'xmlns:v="urn:schemas-microsoft-com:vml"><mc:Choice Requires="v">%s</mc:Choice></mc:AlternateContent>'
)
CASES["the strict form"] = strict
CASES["the strict form, with properties of the file"] = lambda parts: strict(with_properties(parts, CUSTOM))
CASES["the strict form, with a picture in the header"] = lambda parts: strict(with_header_picture(parts, "Unidad"))
CASES["the strict form, with a picture in the header of a sheet with notes"] = lambda parts: strict(
    with_header_picture(parts, "Tareas")
)
