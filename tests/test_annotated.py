"""Observations written into a copy: they are there, nothing else changed, and no file of a person was touched."""

import hashlib
import io
import re
import shutil
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import python_calamine
from click.testing import CliRunner
from openpyxl.comments import Comment

from poa_xl import messages, reading, sheets
from poa_xl.checking.repairs import Repair
from poa_xl.cli import poa_xl
from poa_xl.names import OBSERVATIONS_SHEET, REPAIRS_SHEET
from poa_xl.observations import FIRST_ROW, LAST_ROW, PLACES_NAME, Observation
from poa_xl.ooxml.splice import MarkupError, XmlPart, inline
from poa_xl.vba import project
from poa_xl.writers.annotated import observations, provenance
from poa_xl.writers.unit_workbook import workbook
from poa_xl.writers.xlsx.formats import OBSERVED
from tests import active_books, campaign_books as books, excel_links, factories, libreoffice, packages, text_books
from tests.demonstration import Demonstration
from tests.one_sheet import sheet_of
from tests.places import at, cell_at, written

pytestmark = pytest.mark.slow

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = ("=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", "<b>&amp;\"'</b>", "_x0041_", "fin\x1b[31m", "día\nsiguiente")
OBSERVED_FILLS = [OBSERVED[severity][0] for severity in ("error", "aviso")]
MONTH, BUDGET, NEXT, CODE = map(
    books.cell,
    (
        at("Tareas", "Prog. ene", 2),
        at("Presupuesto", "Presupuesto inicial"),
        at("Presupuesto", "Modificaciones"),
        at("Unidad", "Código de la unidad"),
    ),
)
FOUND = [
    Observation("Tareas", MONTH, "error", "CEL-002", "La celda dice «=1+1».", "Escriba el número."),
    Observation("Tareas", MONTH, "error", "TAR-004", "Otra cosa.", "Corrija."),
    Observation("Presupuesto", BUDGET, "aviso", "CEL-001", "Texto.", "Número."),
    Observation("Unidad", CODE, "aviso", "ENT-004", "Hay otro.", "Mire."),
    Observation("", "", "aviso", "HOJ-003", "El orden.", "Ordene."),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    entidad = factories.entidad()
    path = tmp_path_factory.mktemp("libro") / "DGRB.xlsx"
    unidad = entidad.by_code["DGRB"]
    workbook.write_unit_workbook(path, entidad, unidad, factories.unit_data(unidad, 2))
    return path


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(content: bytes, **how: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), **how)


def listed(content: bytes, sheet: str = OBSERVATIONS_SHEET) -> list[tuple[object, ...]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[FIRST_ROW - 1 : LAST_ROW]
    return [tuple(row[:5]) for row in rows if any(row)]


def sheet_parts(content: bytes) -> dict[str, str]:
    """Sheet -> its part, found without the code under test."""
    inside = parts(content)
    targets = {
        node.attrib["Id"]: node.attrib["Target"].lstrip("/")
        for node in ElementTree.fromstring(inside["xl/_rels/workbook.xml.rels"])
    }
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    found = {}
    for node in ElementTree.fromstring(inside["xl/workbook.xml"]).iter(f"{MAIN}sheet"):
        target = targets[node.attrib[relation]]
        found[node.attrib["name"]] = target if target.startswith("xl/") else f"xl/{target}"
    return found


def without_review(xml: bytes, new_drawing: bool) -> str:
    """A sheet without what an annotated copy may add to it, in canonical form."""
    root = ElementTree.fromstring(xml)
    for view in root.iter(f"{MAIN}sheetView"):
        view.attrib.pop("tabSelected", None)
    for cell in root.iter(f"{MAIN}c"):
        formula = cell.find(f"{MAIN}f")
        if formula is not None and (formula.text or "").startswith(f"IF(COUNTIF({PLACES_NAME}"):
            cell.attrib.pop("t", None)
            for value in cell.findall(f"{MAIN}v"):
                cell.remove(value)
    for node in root.findall(f"{MAIN}legacyDrawing") if new_drawing else []:
        root.remove(node)
    return ElementTree.canonicalize(ElementTree.tostring(root, encoding="unicode"))


def differences(original: bytes, copy: bytes) -> list[str]:
    """Everything of a workbook of our template that is not as it was, but the list, notes, marks and their parts."""
    before, after = parts(original), parts(copy)
    names = {part: sheet for sheet, part in sheet_parts(original).items()}
    found = [name for name in before if name not in after]
    for name in before.keys() & after.keys():
        if before[name] == after[name] or names.get(name) == OBSERVATIONS_SHEET:
            continue
        if name in names:
            new = b"<legacyDrawing" not in before[name]
            if without_review(before[name], new) != without_review(after[name], new):
                found.append(name)
        elif not re.match(r"xl/comments|xl/drawings/vml|xl/workbook.xml|docProps/custom|.*\.rels|\[Content", name):
            found.append(name)
    return found


def names_of(content: bytes) -> dict[tuple[str, str], str]:
    """(sheet or '', name) -> what a defined name stands for: lists, print titles, filters."""
    root = ElementTree.fromstring(parts(content)["xl/workbook.xml"])
    tabs = [node.attrib["name"] for node in root.iter(f"{MAIN}sheet")]
    found = {}
    for node in root.iter(f"{MAIN}definedName"):
        local = node.attrib.get("localSheetId")
        found[tabs[int(local)] if local else "", node.attrib["name"]] = str(node.text)
    return found


def many(path: Path) -> list[Observation]:
    """An observation at every seventh cell that a person filled in, with texts that could act."""
    book = reading.read_book(path, sheets.unit_sheets())
    cells = [
        (table.name, table.cell(name, row))
        for table in book.tables.values()
        for name, values in table.values.items()
        for row, value in zip(table.rows, values, strict=True)
        if value is not None
    ]
    return [
        Observation(sheet, cell, "aviso" if n % 2 else "error", "CEL-002", f"Dice «{HOSTILE[n % 7]}».", HOSTILE[n % 7])
        for n, (sheet, cell) in enumerate(cells[::7])
    ]


# --- the list, the notes, the colours ---------------------------------------------------------------------------


def test_the_copy_opens_at_a_first_sheet_with_the_list_and_links_to_the_cells(filled: Path) -> None:
    copy = observations.make(filled.read_bytes(), FOUND, "Resumen").content
    book = opened(copy)
    assert (book.sheetnames[0], book.active.title) == (OBSERVATIONS_SHEET, OBSERVATIONS_SHEET)
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == [OBSERVATIONS_SHEET]
    assert [row[:3] for row in listed(copy)] == [
        (f"Tareas!{MONTH}", "error", "CEL-002"),
        (f"Tareas!{MONTH}", "error", "TAR-004"),
        (f"Presupuesto!{BUDGET}", "aviso", "CEL-001"),
        (f"Unidad!{CODE}", "aviso", "ENT-004"),
        ("Libro", "aviso", "HOJ-003"),
    ]
    link = f'=HYPERLINK("#\'Tareas\'!{MONTH}","Tareas!{MONTH}")'
    assert book[OBSERVATIONS_SHEET]["A5"].value == link
    assert book[OBSERVATIONS_SHEET]["A2"].value == "Resumen"


def test_a_copy_is_read_like_its_original_and_its_sheets_are_in_order(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / filled.name
    out.write_bytes(observations.make(filled.read_bytes(), FOUND, "Resumen").content)
    before, after = (reading.read_book(p, sheets.unit_sheets()) for p in (filled, out))
    assert after.findings == before.findings == []
    assert {k: t.values for k, t in after.tables.items()} == {k: t.values for k, t in before.tables.items()}


def test_an_observed_cell_gets_one_note_with_all_that_is_said_of_it(filled: Path) -> None:
    book = opened(observations.make(filled.read_bytes(), FOUND, "Resumen").content)
    note = book["Tareas"][MONTH].comment
    assert note is not None
    assert note.text.split("\n") == [
        "error CEL-002: La celda dice «=1+1». → Escriba el número.",
        "error TAR-004: Otra cosa. → Corrija.",
    ]
    assert book["Unidad"][CODE].comment is not None  # a sheet that had no notes at all


def test_the_notes_that_are_there_stay_as_they_are(filled: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["Tareas"][MONTH].comment = Comment("Me lo dijo Ana", "María")
    own = tmp_path / "con nota.xlsx"
    book.save(own)
    after = opened(observations.make(own.read_bytes(), FOUND, "Resumen").content)
    assert after["Tareas"][MONTH].comment.text == "Me lo dijo Ana"
    helps = {c.coordinate: c.comment.text for c in sheet_of(filled, "Tareas")[4] if c.comment}
    assert {c.coordinate: c.comment.text for c in after["Tareas"][4] if c.comment} == helps != {}


def test_every_note_has_a_box_of_its_own_number(filled: Path) -> None:
    inside = parts(observations.make(filled.read_bytes(), many(filled), "Resumen").content)
    numbers = []
    for name, xml in inside.items():
        if name.endswith(".vml"):
            ids = re.findall(rb'<v:shape [^>]*id="_x0000_s(\d+)"', xml)
            places = re.findall(rb"<x:Row>(\d+)</x:Row><x:Column>(\d+)</x:Column>", xml)
            assert len(ids) == len(places) == len(set(places))
            numbers += ids
    comments = b"".join(xml for name, xml in inside.items() if name.startswith("xl/comments"))
    assert len(numbers) == len(set(numbers)) == comments.count(b"<comment ")


def test_the_lines_above_the_headers_show_their_count_before_anything_is_calculated(filled: Path) -> None:
    copy = observations.make(filled.read_bytes(), FOUND, "Resumen").content
    shown = {s.title: s["A3"].value for s in opened(copy, data_only=True).worksheets[1:6]}
    assert shown["Tareas"].startswith("2 ")
    assert shown["Presupuesto"].startswith("1 ")
    assert not shown["Operaciones"]


def test_the_count_is_a_text_where_a_program_left_the_line_without_a_value(filled: Path, tmp_path: Path) -> None:
    openpyxl.load_workbook(filled).save(tmp_path / "x.xlsx")  # it keeps no values of formulas
    copy = observations.make((tmp_path / "x.xlsx").read_bytes(), FOUND, "Resumen").content
    assert opened(copy, data_only=True)["Tareas"]["A3"].value.startswith("2 ")


def test_more_observations_than_the_list_holds_are_told(filled: Path) -> None:
    found = [FOUND[0]._replace(what=str(n)) for n in range(1200)]
    copy = observations.make(filled.read_bytes(), found, "Resumen.").content
    assert len(listed(copy)) == LAST_ROW - FIRST_ROW + 1
    assert "1000" in str(opened(copy)[OBSERVATIONS_SHEET]["A2"].value)


# --- nothing else changes ---------------------------------------------------------------------------------------


def test_nothing_else_of_the_workbook_changes(filled: Path) -> None:
    original = filled.read_bytes()
    copy = observations.make(original, many(filled), "Resumen").content
    assert differences(original, copy) == []
    assert names_of(copy) == names_of(original)


def test_the_comparison_of_these_tests_sees_a_changed_cell(filled: Path) -> None:
    original = filled.read_bytes()
    inside = parts(observations.make(original, FOUND, "Resumen").content)
    part = sheet_parts(original)["Tareas"]
    changed = inside[part].replace(b"<v>2</v>", b"<v>3</v>", 1)
    assert changed != inside[part]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, xml in {**inside, part: changed}.items():
            archive.writestr(name, xml)
    assert differences(original, content.getvalue()) == [part]


def test_openpyxl_sees_the_same_cells_styles_validations_and_protection(filled: Path) -> None:
    original = filled.read_bytes()
    copy = observations.make(original, many(filled), "Resumen").content
    for data_only in (False, True):
        before, after = (opened(content, data_only=data_only) for content in (original, copy))
        for sheet in (s for s in before.worksheets if s.title != OBSERVATIONS_SHEET):
            other = after[sheet.title]
            for row in sheet.iter_rows():
                for cell in row:
                    twin = other[cell.coordinate]
                    assert twin._style == cell._style
                    if not (data_only and cell.coordinate == "A3"):
                        assert twin.value == cell.value
            rules = [sorted((str(v.sqref), v.type, str(v.formula1)) for v in s.data_validations.dataValidation)
                     for s in (sheet, other)]  # fmt: skip
            assert rules[0] == rules[1]
            assert other.protection.sheet == sheet.protection.sheet
            assert other.sheet_state == sheet.sheet_state


def test_texts_of_strangers_are_texts(filled: Path) -> None:
    found = many(filled)
    copy = observations.make(filled.read_bytes(), found, "=1+1").content
    sheet = opened(copy)[OBSERVATIONS_SHEET]
    formulas = [c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert len(formulas) == len(found)
    assert all(re.fullmatch(r'=HYPERLINK\("#\'\w+\'![A-Z]+\d+","\w+![A-Z]+\d+"\)', f) for f in formulas)
    assert sheet["A2"].data_type != "f"
    assert {row[4] for row in listed(copy)} >= {"=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", "<b>&amp;\"'</b>"}


def test_a_sheet_name_with_quotes_cannot_leave_its_link(filled: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book.create_sheet('Mi "hoja" de Ana\'s')
    own = tmp_path / "x.xlsx"
    book.save(own)
    one = Observation('Mi "hoja" de Ana\'s', "A1", "aviso", "HOJ-005", "x", "y")
    copy = observations.make(own.read_bytes(), [one], "R").content
    formula = opened(copy)[OBSERVATIONS_SHEET]["A5"].value
    assert formula == '=HYPERLINK("#\'Mi ""hoja"" de Ana\'\'s\'!A1","Mi ""hoja"" de Ana\'s!A1")'


# --- again ------------------------------------------------------------------------------------------------------


def test_the_same_observations_again_give_the_same_bytes(filled: Path) -> None:
    once = observations.make(filled.read_bytes(), many(filled), "Resumen").content
    assert observations.make(once, many(filled), "Resumen").content == once


def test_the_old_list_and_notes_go_before_the_new_ones_come(filled: Path) -> None:
    once = observations.make(filled.read_bytes(), FOUND, "Resumen").content
    twice = observations.make(once, [FOUND[2]._replace(cell=NEXT)], "Resumen").content
    book = opened(twice)
    assert [row[0] for row in listed(twice)] == [f"Presupuesto!{NEXT}"]
    assert (book["Tareas"][MONTH].comment, book["Presupuesto"][BUDGET].comment) == (None, None)
    assert book["Presupuesto"][NEXT].comment is not None
    assert not opened(twice, data_only=True)["Tareas"]["A3"].value


def test_a_note_that_somebody_changed_is_theirs_and_stays(filled: Path, tmp_path: Path) -> None:
    book = opened(observations.make(filled.read_bytes(), FOUND, "Resumen").content)
    book["Tareas"][MONTH].comment = Comment("Ya lo corregí", "María")
    book.save(tmp_path / "x.xlsx")
    cleared = opened(observations.make((tmp_path / "x.xlsx").read_bytes(), [], "Nada").content)
    assert cleared["Tareas"][MONTH].comment.text == "Ya lo corregí"
    assert cleared["Presupuesto"][BUDGET].comment is None


# --- workbooks that are not of our template ---------------------------------------------------------------------


def test_a_retyped_workbook_gets_the_sheet_and_colours_of_its_own(tmp_path: Path) -> None:
    own = text_books.unit(tmp_path / "x.xlsx")
    found = [Observation("Tareas", "D2", "error", "CEL-002", "x", "y")]
    copy = observations.make(own.read_bytes(), found, "Resumen").content
    book = opened(copy)
    assert book.sheetnames[0] == OBSERVATIONS_SHEET
    assert book.defined_names[PLACES_NAME].value == "Observaciones!$A$5:$A$1004"
    (area,) = book["Tareas"].conditional_formatting
    assert str(area.sqref) == "D2"
    assert [rule.dxf.fill.bgColor.rgb for rule in area.rules] == [f"FF{colour[1:]}" for colour in OBSERVED_FILLS]
    again = observations.make(copy, found, "Resumen").content
    assert len(opened(again)["Tareas"].conditional_formatting) == 1
    assert opened(again).sheetnames == book.sheetnames


def test_rows_below_those_of_the_template_get_colours_too(filled: Path) -> None:
    below = books.cell(at("Tareas", "Prog. ene", 896))
    copy = opened(observations.make(filled.read_bytes(), [FOUND[0]._replace(cell=below)], "R").content)
    assert below in [str(area.sqref) for area in copy["Tareas"].conditional_formatting]


def test_a_sheet_of_that_name_that_somebody_uses_for_something_else_is_left_alone(tmp_path: Path) -> None:
    own = text_books.unit(tmp_path / "x.xlsx", Observaciones="Apuntes\nmíos")
    copy = observations.make(own.read_bytes(), FOUND[:1], "Resumen").content
    book = opened(copy)
    assert book.sheetnames[0] == f"{OBSERVATIONS_SHEET} 2"
    assert book[OBSERVATIONS_SHEET]["A2"].value == "míos"
    assert book.defined_names[PLACES_NAME].value == "'Observaciones 2'!$A$5:$A$1004"


def test_a_workbook_with_macros_keeps_its_project_and_its_kind(tmp_path: Path) -> None:
    entidad = factories.entidad()
    (path,) = workbook.templates_for(entidad, tmp_path, ["DGRB"], macros=True)
    original = path.read_bytes()
    copy = observations.make(original, FOUND, "Resumen").content
    assert path.suffix == ".xlsm"
    assert parts(copy)["xl/vbaProject.bin"] == parts(original)["xl/vbaProject.bin"]
    assert b"macroEnabled" in parts(copy)["[Content_Types].xml"]
    assert differences(original, copy) == []


def test_the_order_in_which_excel_last_calculated_is_not_kept(filled: Path) -> None:
    inside = parts(filled.read_bytes())
    inside["xl/calcChain.xml"] = b'<calcChain xmlns="x"><c r="A5" i="7"/></calcChain>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode()
    inside["xl/_rels/workbook.xml.rels"] = inside["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", relation)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, xml in inside.items():
            archive.writestr(name, xml)
    copy = parts(observations.make(content.getvalue(), FOUND, "R").content)
    assert "xl/calcChain.xml" not in copy
    assert b"calcChain" not in copy["xl/_rels/workbook.xml.rels"]


def test_a_part_with_a_prefix_of_its_own_gets_elements_with_that_prefix() -> None:
    part = XmlPart(b'<x:s xmlns:x="u"><x:row r="1"/></x:s>', ["row"])
    part.append(part.first("row"), inline("A1", "<a>"))  # type: ignore[arg-type]
    assert part.done() == (
        b'<x:s xmlns:x="u"><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">'
        b"&lt;a&gt;</x:t></x:is></x:c></x:row></x:s>"
    )


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    inside = parts(content)
    assert old in inside[name]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part, xml in {**inside, name: inside[name].replace(old, new)}.items():
            archive.writestr(part, xml)
    return packed.getvalue()


def test_the_names_of_the_list_do_not_go_among_the_descriptions_of_functions(filled: Path) -> None:
    """Excel keeps help of functions in a list whose elements have the same local names."""
    original = filled.read_bytes()
    without = re.sub(rb"<definedNames>.*</definedNames>", b"", parts(original)["xl/workbook.xml"])
    x14 = b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    described = b'<extLst><ext uri="{8193D73E-4604-4355-AFF4-8A2333D13BE4}" %s><x14:definedNames><x14:definedName name="poa_lugares"/></x14:definedNames></ext></extLst>'
    odd = changed(
        original,
        "xl/workbook.xml",
        parts(original)["xl/workbook.xml"],
        without.replace(b"</workbook>", described % x14 + b"</workbook>"),
    )
    after = parts(observations.make(odd, FOUND, "R").content)["xl/workbook.xml"]
    assert after.count(b'<definedName name="poa_lugares">') == 1
    assert after.index(b"</definedNames>") < after.index(b"<x14:definedNames>")
    assert described % x14 in after


def test_boxes_that_cannot_be_read_cost_the_notes_of_their_sheet_and_nothing_else(filled: Path) -> None:
    original = filled.read_bytes()
    drawn = "xl/drawings/vmlDrawing2.vml"
    odd = changed(original, drawn, b"</xml>", b"<br></xml>")
    copy = observations.make(odd, FOUND, "R").content
    assert parts(copy)[drawn] == parts(odd)[drawn]
    assert opened(copy)["Tareas"][MONTH].comment is None
    assert opened(copy)["Presupuesto"][BUDGET].comment is not None
    assert len(listed(copy)) == len(FOUND)


def test_an_index_that_does_not_say_what_the_format_asks_for_is_refused_not_a_bug(filled: Path) -> None:
    odd = changed(filled.read_bytes(), "xl/workbook.xml", b'sheetId="3"', b'sheetId="tres"')
    repaired = Repair("numero", "CEL-001", "Tareas", MONTH, "x", 1)
    with pytest.raises(MarkupError):
        observations.make(odd, FOUND, "R", [repaired])  # it needs a new sheet, with a number of its own


def test_empty_properties_of_another_program_are_no_obstacle(filled: Path) -> None:
    inside = parts(observations.make(filled.read_bytes(), [], "Nada").content)  # a copy has the part and its relations
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, f'<Properties xmlns="{space}"/>' if name == "docProps/custom.xml" else data)
    copy = observations.make(content.getvalue(), FOUND, "Resumen").content
    assert provenance.is_copy(copy)
    assert len(opened(copy).custom_doc_props) == 1


def test_a_part_with_a_document_type_is_not_changed() -> None:
    with pytest.raises(MarkupError):
        XmlPart(b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>')


# --- the command ------------------------------------------------------------------------------------------------


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    return result.exit_code, result.output


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "entregas"
    (folder / "sur").mkdir(parents=True)
    text_books.entity(tmp_path / "entidad.xlsx")
    text_books.unit(folder / "sur" / "DGRB.xlsx", Tareas="""
        Operación | Actividad | Tarea | Prog. ene | Ejec. ene
        OP-01 | Preparar | Redactar informes | 2 | dos
    """)  # fmt: skip
    (folder / "roto.xlsx").write_bytes(b"PK\x03\x04")
    return folder


def test_copies_lie_as_the_originals_do_and_the_originals_do_not_change(sent: Path, tmp_path: Path) -> None:
    originals = [*sent.rglob("*.xlsx"), tmp_path / "entidad.xlsx"]
    before = {p: (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime_ns) for p in originals}
    code, said = run("validate", sent, "--annotate", tmp_path / "copias")
    assert code == 1
    assert {p: (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime_ns) for p in originals} == before
    assert (written(sent / "sur" / "DGRB.xlsx", at("Tareas", "Ejec. ene")), "error", "CEL-002") in [
        r[:3] for r in listed((tmp_path / "copias/sur/DGRB.xlsx").read_bytes())
    ]
    assert "roto.xlsx: sin copia" in said
    assert not (tmp_path / "copias" / "roto.xlsx").exists()
    assert not list((tmp_path / "copias").rglob(".*"))  # nothing half written


@pytest.mark.parametrize("repair", [[], ["--repair"]], ids=["plain", "repaired"])
def test_copies_go_without_what_acts_and_the_command_says_so(sent: Path, tmp_path: Path, repair: list[str]) -> None:
    inside = parts((sent / "sur" / "DGRB.xlsx").read_bytes())
    for name in ("macros: foreign", "a connection"):
        inside = next(case for case in active_books.CASES if case.name == name).make(inside)
    original = packages.together(inside)
    (sent / "sur" / "DGRB.xlsx").unlink()
    (sent / "sur" / "DGRB.xlsm").write_bytes(original)
    _, said = run("validate", sent, "--annotate", tmp_path / "copias", *repair)
    words = "módulo «Ladron» (xl/vbaProject.bin), conexión «Consulta1»"
    assert f"DGRB.xlsm: Esta copia no lleva lo que el libro tenía y no es de la plantilla: {words}." in said
    copied = (tmp_path / "copias/sur/DGRB.xlsm").read_bytes()
    assert words in str(opened(copied)[OBSERVATIONS_SHEET]["A2"].value)
    after = parts(copied)
    assert after["xl/vbaProject.bin"] == project.of_workbook(len(sheet_parts(original)))
    assert "xl/conexiones.xml" not in after
    assert (sent / "sur" / "DGRB.xlsm").read_bytes() == original


def test_a_second_run_replaces_its_own_copies(sent: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copias/sur/DGRB.xlsx"
    run("validate", sent, "--annotate", tmp_path / "copias")
    first = copy.read_bytes()
    _, said = run("validate", sent, "--annotate", tmp_path / "copias")
    assert "copias con observaciones escritas" in said or "copia con observaciones escrita" in said
    assert copy.read_bytes() == first


def test_a_copy_in_which_somebody_worked_is_not_replaced_and_nothing_is_written(sent: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copias/sur/DGRB.xlsx"
    run("validate", sent, "--annotate", tmp_path / "copias")
    book = openpyxl.load_workbook(copy)
    cell_at(book, at("Tareas", "Ejec. ene")).value = 2
    book.save(copy)
    worked_in = copy.read_bytes()
    (tmp_path / "copias" / "entidad.xlsx").unlink()
    result = CliRunner().invoke(poa_xl, ["validate", str(sent), "--annotate", str(tmp_path / "copias")])
    assert "no se reemplaza" in str(result.exception)
    assert list((tmp_path / "copias").rglob("*.xlsx")) == [copy]
    assert copy.read_bytes() == worked_in


def test_a_file_that_is_no_copy_is_not_replaced(sent: Path, tmp_path: Path) -> None:
    other = tmp_path / "copias" / "sur" / "DGRB.xlsx"
    other.parent.mkdir(parents=True)
    shutil.copy(sent / "sur" / "DGRB.xlsx", other)
    before = other.read_bytes()
    result = CliRunner().invoke(poa_xl, ["validate", str(sent), "--annotate", str(tmp_path / "copias")])
    assert "no se reemplaza" in str(result.exception)
    assert other.read_bytes() == before
    assert list((tmp_path / "copias").rglob("*.xlsx")) == [other]


@pytest.mark.parametrize("where", ["entregas", "entregas/observados"])
def test_copies_among_the_originals_are_wrong_usage(sent: Path, tmp_path: Path, where: str) -> None:
    code, said = run("validate", sent, "--annotate", tmp_path / where)
    assert code == 2
    assert "se tomarían por" in " ".join(said.split())
    assert not (tmp_path / "entregas" / "observados").exists()


def test_one_file_is_not_annotated_into_its_own_folder(sent: Path) -> None:
    code, _ = run("validate", sent / "sur" / "DGRB.xlsx", "--annotate", sent / "sur")
    assert code == 2


def test_json_stays_json(sent: Path, tmp_path: Path) -> None:
    import json

    result = CliRunner().invoke(poa_xl, ["validate", str(sent), "--format", "json", "--annotate", str(tmp_path / "c")])
    assert json.loads(result.stdout)["resumen"]["errores"] > 0
    assert "copias" in result.stderr or "copia" in result.stderr


def test_without_findings_nothing_is_written(tmp_path: Path) -> None:
    entidad = factories.entidad()
    unidad = entidad.by_code["DGRB"]
    data = factories.unit_data(unidad, 2)
    data["tareas"] = [{**row, "acciones": None} for row in data["tareas"] if row["operacion"] != "OP-02"]
    data["operaciones"] = [row for row in data["operaciones"] if row["operacion"] != "OP-02"]
    good = tmp_path / "solo" / "DGRB.xlsx"
    workbook.write_unit_workbook(good, entidad, unidad, data)
    code, said = run("validate", good, "--annotate", tmp_path / "copias")
    assert "0 errores y 0 avisos" in said
    assert (code, (tmp_path / "copias").exists()) == (0, False)
    assert "no se escribió ninguna copia" in said


# --- LibreOffice and the whole sample ---------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_libreoffice_opens_the_copy_recalculates_it_and_shows_list_and_notes(
    filled: Path, tmp_path: Path, libreoffice: libreoffice.LibreOffice
) -> None:
    from tests.libreoffice import differences as stale

    path, native = tmp_path / "copia.xlsx", tmp_path / "DGRB.xlsx"
    entidad = factories.entidad()
    unidad = entidad.by_code["DGRB"]
    data = factories.unit_data(unidad, 2)
    workbook.write_unit_workbook(native, entidad, unidad, data, "native")
    found = many(native)
    path.write_bytes(observations.make(native.read_bytes(), found, "Resumen").content)
    assert stale(libreoffice.recalculate(path)) == []
    saved = libreoffice.save_as_xlsx(path, tmp_path / "guardada.xlsx").read_bytes()
    assert [row[0] for row in listed(saved)] == [one.place for one in found]
    book = opened(saved)
    for one in found:
        assert book[one.sheet][one.cell].comment is not None
    # What LibreOffice saved is the person's now; its old list and notes still go.
    assert not provenance.is_copy(saved)
    cleared = opened(observations.make(saved, [], "Nada").content)
    assert [one.place for one in found if cleared[one.sheet][one.cell].comment is not None] == []


def painted(pdf: Path) -> Counter[str]:
    """How often a page is filled with each colour, as `#RRGGBB`."""
    found: Counter[str] = Counter()
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf.read_bytes(), re.DOTALL):
        try:
            drawn = zlib.decompress(stream)
        except zlib.error:  # a font
            continue
        for colour in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg\b", drawn):
            found["#" + "".join(f"{round(float(part) * 255):02X}" for part in colour)] += 1
    return found


@pytest.mark.libreoffice
def test_the_observed_cells_show_their_colour_and_no_other_cell_does(
    filled: Path, tmp_path: Path, libreoffice: libreoffice.LibreOffice
) -> None:
    copy = tmp_path / "copia.xlsx"
    copy.write_bytes(observations.make(filled.read_bytes(), FOUND, "Resumen").content)
    assert not painted(libreoffice.to_pdf(filled, tmp_path)).keys() & {*OBSERVED_FILLS}
    shown = painted(libreoffice.to_pdf(copy, tmp_path))
    assert [shown[colour] for colour in OBSERVED_FILLS] == [1, 2]


@pytest.mark.parametrize("kind", [excel_links.STARTUP, excel_links.ELSEWHERE], ids=["startup", "elsewhere"])
def test_a_workbook_that_excel_saved_with_links_to_the_add_in_keeps_them(
    filled: Path, tmp_path: Path, kind: tuple[str, str]
) -> None:
    linked = tmp_path / "DGRB.xlsx"
    assert excel_links.link(filled, linked, kind) > 50
    original = linked.read_bytes()
    copy = observations.make(original, many(linked), "Resumen").content
    assert differences(original, copy) == []
    before, after = parts(original), parts(copy)
    assert [n for n in before if n.startswith("xl/externalLinks/") and before[n] != after[n]] == []
    assert after["xl/workbook.xml"].count(b"<externalReference ") == 1
    called = [re.findall(rb"\[1\]!\w+\(", b"".join(inside.values())) for inside in (before, after)]
    assert called[0] == called[1]
    assert len(called[0]) > 50


def test_over_the_whole_sample_nothing_else_changes(demonstration: Demonstration) -> None:
    assert len(demonstration.sent) == 109
    for path in demonstration.sent:
        original, found = path.read_bytes(), many(path)
        copy = observations.make(original, found, "Resumen").content
        assert len(found) > 30
        assert len(listed(copy)) == len(found)
        assert differences(original, copy) == []
        assert names_of(copy) == names_of(original)


def test_every_readable_workbook_with_planted_defects_gets_its_copy(
    demonstration_with_defects: Demonstration, tmp_path: Path
) -> None:
    sent = demonstration_with_defects.copy(tmp_path / "d") / "entregas"
    before = {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in sent.rglob("*") if p.is_file()}
    code, said = run("validate", sent, "--quarter", 2, "--annotate", tmp_path / "copias")
    assert code == 1
    assert {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in sent.rglob("*") if p.is_file()} == before
    copies = list((tmp_path / "copias").rglob("*.xlsx"))
    assert len(copies) > 60
    for copy in copies:
        rows = listed(copy.read_bytes())
        assert rows
        assert {row[2] for row in rows} <= set(messages.MESSAGES)
    refused = {line.split(":")[0] for line in said.splitlines() if ": sin copia" in line}
    assert len(refused) == sum(c.startswith("LIB") for c in re.findall(r"sin copia.*\((LIB-\d+)", said))
    assert not refused & {copy.name for copy in copies}
    assert REPAIRS_SHEET not in opened(copies[0].read_bytes()).sheetnames
