"""A sheet that gets its name back takes all with it that names it: controls, shapes, tables, pivot tables, links."""

from pathlib import Path

import pytest

from poa_xl.checking.repairs import SHEET, Repair
from poa_xl.writers.annotated import observations
from tests import active_books, packages, person_books
from tests.packages import MAIN, Parts

pytestmark = pytest.mark.slow

OLD = "TAREAS 2024"
WANTED = Repair(SHEET, "HOJ-002", OLD, "", OLD, "Tareas")
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
_XDR = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"'
_R = f'xmlns:r="{active_books.OFFICE}"'

# name -> part, its text with {} where the sheet is named, what stands there before and after
NAMED = {
    "the cell that a shape shows": (
        "xl/drawings/drawing7.xml", f'<xdr:wsDr {_XDR}><xdr:sp macro="" textlink="{{}}$D$2"/></xdr:wsDr>'),
    "the cell that a shape shows, as a formula": (
        "xl/drawings/drawing7.xml", f'<xdr:wsDr {_XDR}><xdr:sp macro="" textlink="={{}}$D$2"/></xdr:wsDr>'),
    "the cell of a control": (
        "xl/ctrlProps/ctrlProp1.xml", f'<formControlPr {_S} objectType="CheckBox" fmlaLink="{{}}$D$2" lockText="1"/>'),
    "the list of a control": (
        "xl/ctrlProps/ctrlProp1.xml", f'<formControlPr {_S} objectType="Drop" fmlaRange="{{}}$D$2:$D$9" sel="0"/>'),
    "the cell of a control in the drawing of old": (
        "xl/drawings/vmlDrawing7.vml", f'<xml {_VML}><v:shape><x:ClientData ObjectType="Checkbox"><x:FmlaLink>{{}}$D$2</x:FmlaLink></x:ClientData></v:shape></xml>'),
    "the list of a control in the drawing of old": (
        "xl/drawings/vmlDrawing7.vml", f'<xml {_VML}><v:shape><x:ClientData ObjectType="Drop"><x:FmlaRange>{{}}$D$2:$D$9</x:FmlaRange></x:ClientData></v:shape></xml>'),
    "a control of the sheet": (
        "xl/worksheets/sheet70.xml", f'<worksheet {_S} {_R}><sheetData/><controls><control shapeId="1" r:id="a"><controlPr linkedCell="{{}}D2" listFillRange="{{}}D2:D9"/></control></controls></worksheet>'),
    "the formula of a column of a table": (
        "xl/tables/table7.xml", f'<table {_S} id="1" name="T" displayName="T" ref="A1:A2"><tableColumns count="1"><tableColumn id="1" name="A"><calculatedColumnFormula>{{}}D2*2</calculatedColumnFormula><totalsRowFormula>SUM({{}}D2:D9)</totalsRowFormula></tableColumn></tableColumns></table>'),
    "the figures of a chart": (
        "xl/charts/chart7.xml", '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:f>{}$D$2:$D$9</c:f></c:chartSpace>'),
    "the figures of a filtered series": (
        "xl/charts/chart7.xml", '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:formulaRef><c15:sqref>{}$D$2:$D$9</c15:sqref></c15:formulaRef></c:chartSpace>'),
    "a sparkline": (
        "xl/worksheets/sheet70.xml", f'<worksheet {_S}><sheetData/><extLst><ext {_X14}><x14:sparkline><xm:f>{{}}D2:D9</xm:f><xm:sqref>A1</xm:sqref></x14:sparkline></ext></extLst></worksheet>'),
    "the bound of a rule": (
        "xl/worksheets/sheet70.xml", f'<worksheet {_S}><sheetData/><conditionalFormatting sqref="A1"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="formula" val="{{}}$D$2"/></dataBar></cfRule></conditionalFormatting></worksheet>'),
    "a list of allowed values": (
        "xl/worksheets/sheet70.xml", f'<worksheet {_S}><sheetData/><dataValidations><dataValidation type="list" sqref="A1"><formula1>{{}}$D$2:$D$9</formula1></dataValidation></dataValidations></worksheet>'),
    "a link of a cell": (
        "xl/worksheets/sheet70.xml", f'<worksheet {_S}><sheetData/><hyperlinks><hyperlink ref="A1" location="{{}}D2"/></hyperlinks></worksheet>'),
    "the list of a text box of a program": (
        "docProps/app.xml", '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><TitlesOfParts><vt:vector><vt:lpstr>{}Print_Area</vt:lpstr></vt:vector></TitlesOfParts></Properties>'),
}  # fmt: skip
SOURCES = {
    "the source of a pivot table": (
        "xl/pivotCache/pivotCacheDefinition1.xml", f'<pivotCacheDefinition {_S} {_R}><cacheSource type="worksheet"><worksheetSource ref="A1:D9" sheet="{{}}"/></cacheSource></pivotCacheDefinition>'),
    "a source of several of a pivot table": (
        "xl/pivotCache/pivotCacheDefinition1.xml", f'<pivotCacheDefinition {_S} {_R}><cacheSource type="consolidation"><consolidation><rangeSets count="1"><rangeSet ref="A1:D9" sheet="{{}}"/></rangeSets></consolidation></cacheSource></pivotCacheDefinition>'),
    "a source of consolidated figures": (
        "xl/worksheets/sheet70.xml", f'<worksheet {_S}><sheetData/><dataConsolidate><dataRefs count="1"><dataRef ref="A1:D9" sheet="{{}}"/></dataRefs></dataConsolidate></worksheet>'),
    "the titles that a program shows of the file": (
        "docProps/app.xml", '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><TitlesOfParts><vt:vector><vt:lpstr>{}</vt:lpstr></vt:vector></TitlesOfParts></Properties>'),
}  # fmt: skip


@pytest.fixture
def renamed(tmp_path: Path) -> Parts:
    return person_books.renamed(packages.small(tmp_path), "Tareas", OLD)


def mended(parts: Parts) -> tuple[Parts, bool]:
    content, done = observations.repair(packages.together(parts), [WANTED])
    after = packages.apart(content)
    assert (b'name="Tareas"' in after[MAIN]) == bool(done)
    return after, bool(done)


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("written", ["'TAREAS 2024'!", "'tareas 2024'!"])
def test_what_names_a_cell_of_the_sheet_names_it_by_its_new_name(renamed: Parts, name: str, written: str) -> None:
    part, xml = NAMED[name]
    after, done = mended({**renamed, part: xml.replace("{}", written).encode()})
    assert done
    assert after[part].decode() == xml.replace("{}", "Tareas!")


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("written", ["'OTRAS TAREAS 2024'!", "'TAREAS 2024 B'!", "'[1]TAREAS 2024'!", "Metas!"])
def test_what_names_another_sheet_stays(renamed: Parts, name: str, written: str) -> None:
    part, xml = NAMED[name]
    before = {**renamed, part: xml.replace("{}", written).encode()}
    after, done = mended(before)
    assert done
    assert after[part] == before[part]


@pytest.mark.parametrize("name", SOURCES)
def test_what_names_the_sheet_itself_names_it_by_its_new_name(renamed: Parts, name: str) -> None:
    part, xml = SOURCES[name]
    for written, wanted in ((OLD, "Tareas"), ("Otra", "Otra"), ("TAREAS 2024 B", "TAREAS 2024 B")):
        after, done = mended({**renamed, part: xml.replace("{}", written).encode()})
        assert (done, after[part].decode()) == (True, xml.replace("{}", wanted))


def test_the_source_of_a_pivot_table_in_another_workbook_stays(renamed: Parts) -> None:
    part, xml = SOURCES["the source of a pivot table"]
    outside = xml.replace("{}", OLD).replace('sheet="', 'r:id="rId1" sheet="').encode()
    after, done = mended({**renamed, part: outside})
    assert (done, after[part]) == (True, outside)


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("#'TAREAS 2024'!A1", "#Tareas!A1"),
        ("#'TAREAS%202024'!A1:B2", "#Tareas!A1:B2"),
        ("#Metas!A1", "#Metas!A1"),
        ("#'Otra hoja'!A1", "#'Otra hoja'!A1"),
        ("https://ejemplo.bo/TAREAS%202024!A1", "https://ejemplo.bo/TAREAS%202024!A1"),
    ],
)
def test_the_link_of_a_shape_leads_to_the_sheet_by_its_new_name(renamed: Parts, target: str, wanted: str) -> None:
    place = "xl/drawings/_rels/drawing7.xml.rels"
    before = active_books.related(renamed, place, f"{active_books.OFFICE}/hyperlink", target, external=True)
    after, done = mended(before)
    assert done
    assert f'Target="{wanted}"'.encode() in after[place].replace(b"&apos;", b"'")


@pytest.mark.parametrize(
    ("part", "xml"),
    [
        ("xl/drawings/drawing7.xml", f'<xdr:wsDr {_XDR}><xdr:sp textlink="INDIRECT(&quot;\'TAREAS 2024\'!A1&quot;)"/></xdr:wsDr>'),
        ("xl/charts/chart7.xml", "<c:f xmlns:c='c'>Enero:'TAREAS 2024'!A1</c:f>".replace("Enero:'TAREAS 2024'", "'Enero:TAREAS 2024'")),
        ("xl/drawings/vmlDrawing7.vml", "<xml><br><x:FmlaLink>'TAREAS 2024'!A1</x:FmlaLink></xml>"),
        ("xl/tables/table7.xml", f"<table {_S}><calculatedColumnFormula>INDIRECT(\"'TAREAS 2024'!A\"&amp;ROW())</calculatedColumnFormula></table>"),
    ],
)  # fmt: skip
def test_what_cannot_be_renamed_for_certain_leaves_the_sheet_its_name(renamed: Parts, part: str, xml: str) -> None:
    after, done = mended({**renamed, part: xml.encode()})
    assert not done
    assert after[part] == xml.encode()
