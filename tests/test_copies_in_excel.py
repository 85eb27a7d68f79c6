"""Copies of what people's programs write open in Excel: Microsoft's validator finds nothing new, nor do the rules that
it does not know; and what a copy goes without is said.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from poa_xl import guards, reading, sheets
from poa_xl.cells import letters
from poa_xl.checking.repairs import NUMBER, SHEET, SPACES, Repair
from poa_xl.cli import poa_xl
from poa_xl.observations import Observation
from poa_xl.writers.annotated import observations, provenance
from poa_xl.writers.unit_workbook import workbook
from poa_xl.writers.xlsx.formats import fitted, length
from tests import active_books, campaign_books as books, factories, open_xml, packages, person_books, text_books
from tests.packages import MAIN, Parts
from tests.person_books import CASES, CLEAN
from tests.places import at

pytestmark = pytest.mark.slow

ALL = {**CASES, **CLEAN}
MONTH, BUDGET, CODE, CARGO = map(
    books.cell,
    (
        at("Tareas", "Prog. ene", 2),
        at("Presupuesto", "Presupuesto inicial"),
        at("Unidad", "Código de la unidad"),
        at("Unidad", "Cargo"),
    ),
)
FAR = books.cell(at("Resultados", "Resultado programado", 896))  # below the rows of the template
FOUND = [
    Observation("Tareas", MONTH, "error", "CEL-002", "La celda dice «=1+1».", "Escriba el número."),
    Observation("Presupuesto", BUDGET, "aviso", "CEL-001", "Dice «dos».", "Número."),
    Observation("Unidad", CODE, "aviso", "ENT-004", "Hay otro.", "Mire."),
]
LONG = [
    Observation("Presupuesto", BUDGET, "aviso", "CEL-001", "Dice «" + "x" * 40_000 + "».", "Número."),
    Observation("Resultados", FAR, "aviso", "RES-001", person_books.EMOJI, "Mire."),
]
REPAIRS = [
    Repair(NUMBER, "CEL-001", "Tareas", MONTH, "2", 3),
    Repair(SPACES, "", "Unidad", CARGO, "  Ana", "Ana"),
    Repair(SHEET, "HOJ-002", "Otra", "", "Otra", "Nueva"),
]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The parts of a filled workbook of our template."""
    entidad = factories.entidad()
    path = tmp_path_factory.mktemp("libro") / "DGRB.xlsx"
    unidad = entidad.by_code["DGRB"]
    workbook.write_unit_workbook(path, entidad, unidad, factories.unit_data(unidad, 2))
    return person_books.without_properties(packages.apart(path.read_bytes()))


def copies(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every kind of copy of a workbook."""
    once = observations.make(content, FOUND, "Resumen").content
    yield "annotated", once
    yield "again", observations.make(once, FOUND[:1], "Resumen").content
    yield "cleared", observations.make(once, [], "Nada").content
    yield "repaired", repaired(content)


def repaired(content: bytes) -> bytes:
    better, done = observations.repair(content, REPAIRS)
    return observations.make(better, FOUND, "Resumen", [*done, *REPAIRS]).content


# --- every copy --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_no_rule_of_the_format_is_broken_in_a_copy(clean: Parts, name: str) -> None:
    for kind, copy in copies(packages.together(ALL[name](clean))):
        assert (kind, open_xml.faults(copy)) == (kind, [])


@pytest.mark.usefixtures("validator")
@pytest.mark.parametrize("name", ALL)
def test_microsofts_validator_finds_nothing_in_a_copy(clean: Parts, name: str) -> None:
    assert open_xml.errors_of(repaired(packages.together(ALL[name](clean)))) == {}


def test_the_rules_of_these_tests_see_what_they_are_there_for(clean: Parts) -> None:
    """Each case with which a copy could be broken breaks a rule where it is left as it is, or one in a copy by hand."""
    seen = {name: open_xml.faults(packages.together(make(clean))) for name, make in ALL.items()}
    assert {name for name in CLEAN if seen[name]} == set()
    wanted = {
        "the type of docProps/custom.xml, which is not there": "the type of a part that is not there",
        "the type of a part said twice": "two types of one part",
        "the type of an ending said twice": "two types of one ending",
        "a text longer than a cell of Excel holds": "a text of 40000 characters",
        "emojis longer than a cell of Excel holds": "a text of 20000 characters",
    }
    assert [name for name, fault in wanted.items() if not any(fault in one for one in seen[name])] == []
    note = '<v:shape id="_x0000_s9"><x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>'
    by_hand = {
        "notes among the pictures": person_books.with_header_picture(clean, "Tareas", shapes=note),
        "two sheets of one name": person_books.with_sheet(clean, "TAREAS"),
        "two parts of one name": {**clean, "xl/STYLES.xml": clean["xl/styles.xml"]},
        "a part without a type": {**clean, "xl/suelta.dat": b""},
        "leads nowhere": active_books.related(clean, "_rels/.rels", "a/b", "nada.xml"),
        "of the other form of the format": {**person_books.strict(clean), "_rels/.rels": clean["_rels/.rels"]},
        "two defined names": {**clean, MAIN: clean[MAIN].replace(b"<definedNames>", b'<definedNames><definedName name="POA_LUGARES">1</definedName>')},
    }  # fmt: skip
    for fault, parts in by_hand.items():
        content = packages.together(parts)
        assert any(fault in one for one in open_xml.faults(content)), fault


@pytest.mark.usefixtures("validator")
def test_the_validator_sees_an_element_that_is_out_of_place(clean: Parts) -> None:
    odd = person_books.replaced(clean, packages.sheet("Tareas"), b"</sheetData>", b"</sheetData><sheetPr/>")
    assert open_xml.errors_of(packages.together(clean)) == {}
    assert list(open_xml.errors_of(packages.together(odd))) != []


# --- notes beside pictures of headers ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in CASES if "header" in name])
def test_notes_go_into_the_drawing_of_the_notes_and_never_among_the_pictures_of_a_header(
    clean: Parts, name: str
) -> None:
    original = CASES[name](clean)
    copy = packages.apart(observations.make(packages.together(original), FOUND, "R").content)
    for sheet, cell in (("Tareas", MONTH), ("Presupuesto", BUDGET), ("Unidad", CODE)):
        part = person_books.part_of(copy, sheet)
        assert cell in open_xml.notes(copy, part)
        assert cell in open_xml.note_boxes(copy, part)
    pictures = [name for name in original if "vmlDrawingHF" in name]
    assert pictures
    assert [name for name in pictures if copy[name] != original[name]] == []


def test_notes_leave_again_and_the_pictures_of_the_header_stay(clean: Parts) -> None:
    original = person_books.with_header_picture(clean, "Tareas")
    once = observations.make(packages.together(original), FOUND, "R").content
    cleared = packages.apart(observations.make(once, [], "Nada").content)
    part = person_books.part_of(cleared, "Tareas")
    before = person_books.part_of(original, "Tareas")
    assert open_xml.notes(cleared, part) == open_xml.notes(original, before) != set()
    assert open_xml.note_boxes(cleared, part) == open_xml.note_boxes(original, before)


def test_boxes_that_an_earlier_version_put_among_the_pictures_of_a_header_go_with_their_notes(clean: Parts) -> None:
    """The copy as it was made before: the box of the note lies in the drawing of the header."""
    original = person_books.with_header_picture(clean, "Unidad")
    copy = packages.apart(observations.make(packages.together(original), FOUND[2:3], "R").content)
    (drawn,) = [n for n in copy if n.endswith(".vml") and b"<x:Row>6</x:Row>" in copy[n] and n not in original]
    (header,) = [n for n in copy if "vmlDrawingHF" in n and n.endswith(".vml")]
    (shape,) = re.findall(rb"<v:shape [^>]*>(?:(?!</v:shape>).)*ObjectType=\"Note\".*?</v:shape>", copy[drawn])
    part = person_books.part_of(copy, "Unidad")
    place = person_books.rels_of(part)
    old = {
        **{name: xml for name, xml in copy.items() if name != drawn},
        header: copy[header].replace(b"</xml>", shape + b"</xml>"),
        part: re.sub(rb"<legacyDrawing [^>]*/>", b"", copy[part]),
        place: re.sub(rb"<Relationship [^>]*/%s\"/>" % drawn.encode(), b"", copy[place]),
    }
    assert any("notes among the pictures" in fault for fault in open_xml.faults(packages.together(old)))
    assert open_xml.faults(observations.make(packages.together(old), FOUND, "R").content) == []


def test_a_drawing_that_notes_and_header_share_gets_no_note(clean: Parts) -> None:
    """No program writes it; the list and the colours say the same."""
    part = person_books.part_of(clean, "Tareas")
    (identifier,) = re.findall(rb'<legacyDrawing r:id="(\w+)"/>', clean[part])
    shared = person_books.replaced(
        clean, part, b'<legacyDrawing r:id="%s"/>' % identifier,
        b'<legacyDrawing r:id="%s"/><legacyDrawingHF r:id="%s"/>' % (identifier, identifier),
    )  # fmt: skip
    copy = packages.apart(observations.make(packages.together(shared), FOUND[:1], "R").content)
    assert MONTH not in open_xml.notes(copy, person_books.part_of(copy, "Tareas"))
    assert [name for name in shared if name.endswith(".vml") and copy[name] != shared[name]] == []


def test_a_new_drawing_has_numbers_of_its_own(clean: Parts) -> None:
    original = person_books.with_header_picture(clean, "Unidad")  # its block is the ninth
    copy = packages.apart(observations.make(packages.together(original), FOUND, "R").content)
    blocks = [
        b for n, x in copy.items() if n.endswith(".vml") for b in re.findall(rb'idmap v:ext="edit" data="(\d+)"', x)
    ]
    assert len(blocks) == len(set(blocks)) > 5


# --- sheets and names --------------------------------------------------------------------------------------------


def tabs(content: bytes) -> list[str]:
    return [name for name, _ in open_xml.sheet_parts(packages.apart(content))]


@pytest.mark.parametrize("name", [name for name in CASES if "called" in name and "REParaciones 2" not in name])
def test_a_sheet_of_a_person_keeps_its_name_and_what_it_says(clean: Parts, name: str) -> None:
    original = packages.together(CASES[name](clean))
    copy = observations.make(original, FOUND, "R", REPAIRS[:1]).content
    before, after = tabs(original), tabs(copy)
    assert [tab for tab in before if tab not in after] == []
    added = [tab for tab in after if tab not in before]
    taken = {tab.casefold() for tab in before}
    ours = "our list" in name
    assert added == [
        wanted if wanted.casefold() not in taken else f"{wanted} 2"
        for wanted in ("Observaciones", "Reparaciones")
        if wanted == "Reparaciones" or (not ours and "observaciones" in name.casefold())
    ]


def test_our_list_in_capitals_is_the_list(clean: Parts) -> None:
    renamed = packages.together(person_books.renamed(clean, "Observaciones", "OBSERVACIONES"))
    copy = observations.make(renamed, FOUND[:1], "R").content
    assert tabs(copy)[0] == "OBSERVACIONES"
    assert (
        f"Tareas!{MONTH}".encode() in packages.apart(copy)[person_books.part_of(packages.apart(copy), "OBSERVACIONES")]
    )
    assert tabs(observations.make(copy, FOUND, "R").content) == tabs(copy)


@pytest.mark.parametrize(("taken", "chart"), [("tareas", False), ("TAREAS", True), ("Tareas", True)])
def test_no_sheet_gets_back_a_name_that_another_one_has_in_whatever_capitals(
    clean: Parts, taken: str, chart: bool
) -> None:
    odd = person_books.with_sheet(person_books.renamed(clean, "Tareas", "TAREAS 2024"), taken, chart)
    wanted = Repair(SHEET, "HOJ-002", "TAREAS 2024", "", "TAREAS 2024", "Tareas")
    content, done = observations.repair(packages.together(odd), [wanted])
    assert (tabs(content), done) == (tabs(packages.together(odd)), [])
    content, done = observations.repair(
        packages.together(person_books.renamed(clean, "Tareas", "TAREAS 2024")), [wanted]
    )
    assert (tabs(content), done) == (tabs(packages.together(clean)), [wanted])


def test_only_the_capitals_of_a_name_can_be_mended(clean: Parts) -> None:
    odd = packages.together(person_books.renamed(clean, "Tareas", "TAREAS"))
    content, _ = observations.repair(odd, [Repair(SHEET, "HOJ-002", "TAREAS", "", "TAREAS", "Tareas")])
    assert tabs(content) == tabs(packages.together(clean))


# --- properties --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in ALL if "properties of the file" in name])
def test_properties_of_the_file_stay_and_the_copy_is_known(clean: Parts, name: str) -> None:
    copy = observations.make(packages.together(ALL[name](clean)), FOUND, "R").content
    assert provenance.is_copy(copy)
    inside = packages.apart(copy)
    properties = [n for n in inside if b"<vt:lpwstr>La Paz</vt:lpwstr>" in inside[n]]
    assert len(properties) == 1
    assert b"poa_xl_copia" in inside[properties[0]]
    changed = person_books.replaced(inside, "xl/styles.xml", b"</styleSheet>", b" </styleSheet>")
    assert not provenance.is_copy(packages.together(changed))


# --- long texts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["x" * 40_000, person_books.EMOJI, "x" + person_books.EMOJI, "é" * 32_768])
def test_a_text_is_cut_as_excel_counts_it(text: str) -> None:
    cut = fitted(text)
    assert 32_765 <= length(cut) <= 32_767
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])


@pytest.mark.parametrize("text", ["", "x" * 32_767, "\U0001f600" * 16_383, "é" * 20_000])
def test_a_text_that_fits_is_not_cut(text: str) -> None:
    assert fitted(text) == text


@pytest.mark.parametrize("name", [name for name in ALL if "cell of Excel holds" in name])
def test_a_copy_says_of_which_cell_it_cut_the_text(clean: Parts, name: str) -> None:
    made = observations.make(packages.together(ALL[name](clean)), FOUND, "R")
    whole = "as long as" in name
    assert ("«Resultados!C9»" in made.left_out) != whole
    assert ("32.767 caracteres" in made.left_out) != whole
    grids = reading.read_contents(made.content, guards.DEFAULT)
    shown = str(grids["Resultados"][8][2])
    assert length(shown) <= 32_767
    assert "_x" not in shown


def test_the_lists_and_notes_of_a_copy_hold_no_longer_text_than_a_cell_does(clean: Parts) -> None:
    repairs = [Repair(SPACES, "", "Resultados", "C9", "y" * 39_990 + "  ", "y" * 39_990)]
    copy = observations.make(packages.together(clean), LONG, "Resumen " * 5_000, repairs).content
    assert open_xml.faults(copy) == []
    grids = reading.read_contents(copy, guards.DEFAULT)
    assert [length(str(grids[name][1][0])) for name in ("Observaciones",)] == [32_767]
    assert [length(str(text)) for text in grids["Reparaciones"][4][3:5]] == [32_767, 32_767]
    assert [length(str(row[3])) for row in grids["Observaciones"][4:6]] == [32_767, 32_767]


def test_a_note_of_a_long_text_leaves_again(clean: Parts) -> None:
    once = observations.make(packages.together(clean), LONG, "R").content
    cleared = packages.apart(observations.make(once, [], "Nada").content)
    for sheet, cell in (("Presupuesto", BUDGET), ("Resultados", FAR)):
        inside = packages.apart(once)
        assert cell in open_xml.notes(inside, person_books.part_of(inside, sheet))
        assert cell not in open_xml.notes(cleared, person_books.part_of(cleared, sheet))


# --- signatures and the strict form ------------------------------------------------------------------------------


def test_a_copy_goes_without_the_signature_and_says_so(clean: Parts) -> None:
    made = observations.make(packages.together(person_books.signed(clean)), FOUND, "R")
    assert made.left_out == "Esta copia no lleva la firma digital del libro, que vale solo para el archivo original."
    inside = packages.apart(made.content)
    assert [name for name in inside if "xmlsignatures" in name] == []
    assert b"digital-signature" not in inside["_rels/.rels"] + inside[person_books.TYPES]
    assert made.left_out.encode() in b"".join(inside.values())
    assert observations.make(packages.together(clean), FOUND, "R").left_out == ""


def test_what_only_claims_to_be_of_a_signature_stays(clean: Parts) -> None:
    base = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
    odd = active_books.related(clean, "_rels/.rels", f"{base}/origin", "xl/workbook.xml")
    copy = observations.make(packages.together(odd), FOUND, "R").content
    assert tabs(copy) == [
        FOUND and "Observaciones",
        *[t for t in tabs(packages.together(clean)) if t != "Observaciones"],
    ]


def test_the_command_says_that_the_signature_is_gone(tmp_path: Path) -> None:
    text_books.entity(tmp_path / "entidad.xlsx")
    folder = tmp_path / "entregas"
    folder.mkdir()
    own = text_books.unit(folder / "DGRB.xlsx", Tareas="""
        Operación | Actividad | Tarea | Prog. ene | Ejec. ene
        OP-01 | Preparar | Redactar informes | '2 | dos
    """)  # fmt: skip
    own.write_bytes(packages.together(person_books.signed(packages.apart(own.read_bytes()))))
    for more in ([], ["--repair"]):
        result = CliRunner().invoke(
            poa_xl, ["validate", str(folder), "--annotate", str(tmp_path / f"c{len(more)}"), *more]
        )
        assert "DGRB.xlsx: Esta copia no lleva la firma digital del libro" in result.output


@pytest.mark.parametrize("name", [name for name in CASES if "strict" in name])
def test_what_is_new_in_a_strict_file_is_strict(clean: Parts, name: str) -> None:
    original = CASES[name](clean)
    copy = packages.apart(observations.make(packages.together(original), FOUND, "R", REPAIRS[:1]).content)
    kinds = {kind for part in ("", *copy) for kind, _ in open_xml.relations(copy, part).values()}
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    assert {kind for kind in kinds if kind.startswith(office)} == {f"{office}/vmlDrawing"}  # as Excel itself does
    for sheet in ("Tareas", "Presupuesto", "Unidad"):
        part = person_books.part_of(copy, sheet)
        assert copy[part].count(b"<legacyDrawing ") == copy[part].count(b'Requires="v"><legacyDrawing ') == 1
        order = re.findall(rb"<(conditionalFormatting|pageMargins|legacyDrawing|legacyDrawingHF) ", copy[part])
        assert [n for n in order if n == b"conditionalFormatting"] == order[: order.count(b"conditionalFormatting")]
        assert order.index(b"legacyDrawing") == len(order) - 1 - order.count(b"legacyDrawingHF")
    spaces = {ElementTree.fromstring(copy[n]).tag for n in copy if n not in original and n.endswith(".xml")}
    assert spaces
    assert {tag for tag in spaces if "purl.oclc.org" not in tag} == set()


# --- what is calculated ------------------------------------------------------------------------------------------


def settings(content: bytes) -> dict[str, str]:
    root = ElementTree.fromstring(packages.apart(content)[MAIN])
    return next((node.attrib for node in root.iter() if node.tag.endswith("}calcPr")), {})


@pytest.mark.parametrize(
    "settings_before", ["", '<calcPr calcMode="manual" fullCalcOnLoad="0"/>', '<calcPr calcId="191029"/>']
)
def test_a_copy_in_which_a_cell_was_repaired_is_calculated_when_it_is_opened(
    clean: Parts, settings_before: str
) -> None:
    main = re.sub(rb"<calcPr[^>]*/>", settings_before.encode(), clean[MAIN])
    original = packages.together({**clean, MAIN: main})
    better, done = observations.repair(original, [Repair(NUMBER, "CEL-001", "Tareas", MONTH, "2", 3)])
    assert len(done) == 1
    assert settings(better)["fullCalcOnLoad"] == "1"
    assert settings(observations.make(better, FOUND, "R").content)["fullCalcOnLoad"] == "1"
    assert open_xml.faults(better) == []


@pytest.mark.parametrize("repairs", [[], [Repair(SHEET, "HOJ-002", "TAREAS 2024", "", "TAREAS 2024", "Tareas")]])
def test_a_copy_in_which_no_cell_changed_is_calculated_as_its_original_was(clean: Parts, repairs: list[Repair]) -> None:
    original = packages.together(person_books.renamed(clean, "Tareas", "TAREAS 2024"))
    better, done = observations.repair(original, repairs)
    assert done == repairs
    assert settings(better) == settings(original)
    assert settings(observations.make(original, FOUND, "R").content) == settings(original)


def values(content: bytes, sheet: str) -> dict[str, tuple[bool, str]]:
    """The formula cells of a sheet: whether each has a value, and which."""
    parts = packages.apart(content)
    cells = ElementTree.fromstring(parts[person_books.part_of(parts, sheet)]).iterfind(".//{*}c")
    return {
        c.attrib["r"]: (c.find("{*}v") is not None, c.findtext("{*}v") or "")
        for c in cells
        if c.find("{*}f") is not None
    }


def test_no_total_of_before_is_shown_beside_a_repaired_cell(clean: Parts) -> None:
    original = packages.together(clean)
    better, _ = observations.repair(original, [Repair(NUMBER, "CEL-001", "Tareas", MONTH, "2", 3)])
    assert any(there for there, _ in values(original, "Tareas").values())
    for sheet in ("Tareas", "Resumen"):
        assert [cell for cell, (there, _) in values(better, sheet).items() if there] == []


def test_formulas_in_columns_that_are_read_keep_the_value_that_was_judged(clean: Parts) -> None:
    original, repair = packages.together(clean), Repair(NUMBER, "CEL-001", "Tareas", MONTH, "2", 3)
    inputs = len(sheets.sheet("unidad", "tareas").inputs)
    computed = [letters(inputs), letters(inputs + 1)]
    better, _ = observations.repair(original, [repair], inputs={"Tareas": computed})
    before, after = values(original, "Tareas"), values(better, "Tareas")
    assert {cell for cell, (there, _) in after.items() if there} == {c for c in before if c.startswith(tuple(computed))}
    assert {cell: said for cell, said in after.items() if said[0]} == {c: before[c] for c in after if after[c][0]} != {}


def test_a_formula_over_another_workbook_keeps_its_value(clean: Parts) -> None:
    part = person_books.part_of(clean, "Tareas")
    row = (
        b'<row r="1200"><c r="A1200"><f>[1]Hoja!A1</f><v>7</v></c><c r="B1200" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    odd = person_books.replaced(clean, part, b"</sheetData>", row + b"</sheetData>")
    better, _ = observations.repair(packages.together(odd), [Repair(NUMBER, "CEL-001", "Tareas", MONTH, "2", 3)])
    assert values(better, "Tareas")["A1200"] == (True, "7")
    assert values(better, "Tareas")["B1200"] == (False, "")
    assert b'r="B1200"><f>' in packages.apart(better)[part]
