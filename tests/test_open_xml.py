"""Microsoft's Open XML SDK validator finds nothing in anything that poa-xl writes."""

import subprocess
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner

from poa_xl.checking.repairs import NUMBER, SHEET, Repair
from poa_xl.cli import poa_xl
from poa_xl.observations import Observation
from poa_xl.writers.annotated import observations
from tests import campaign_books as books, old_books, open_xml, packages, person_books
from tests.libreoffice import LibreOffice
from tests.one_sheet import sheet_of
from tests.places import at
from tests.real_copies import copies

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("validator"), pytest.mark.xdist_group("open-xml")]


def run(*arguments: object, ends: tuple[int, ...] = (0,)) -> None:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code in ends, result.output


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an entity, the workbooks of its units, and all that commands make of them."""
    place = tmp_path_factory.mktemp("oficina")
    entity = books.entity_book(place)
    for unidad in books.UNITS:
        books.book(place / "entregas" / f"{unidad}.xlsx", unidad)
    books.book(
        place / "otras" / "DGRB.xlsx",
        "DGRB",
        {
            books.MONTH: 7,
            at("Tareas", "Prog. ene", 2): "8",
            at("Tareas", "Prog. ene", 3): "dos",
            at("Unidad", "Cargo"): "  Ana  Quispe ",
        },
    )
    run("init", place / "nueva")
    for functions in ("native", "poa", "xlwings"):
        run("template", entity, "-o", place / functions, "--unit", "DGRB", "--functions", functions)
    run("consolidate", place / "entregas", "--quarter", 2, "-o", place / "maestro.xlsx")
    run(
        "consolidate",
        place / "otras",
        "--quarter",
        2,
        "--entity",
        entity,
        "-o",
        place / "otro-maestro.xlsx",
        ends=(0, 1),
    )
    run("diff", place / "entregas/DGRB.xlsx", place / "otras/DGRB.xlsx", "-o", place / "cambios.xlsx", ends=(0, 1))
    run("diff", place / "maestro.xlsx", place / "otro-maestro.xlsx", "-o", place / "cambios-maestros.xlsx", ends=(0, 1))
    campaign = books.campaign(place)
    run("receive", place / "otras", "--campaign", campaign, ends=(0, 1))
    run("status", "--campaign", campaign, "-o", place / "tablero.xlsx")
    run("validate", place / "otras", "--entity", entity, "--annotate", place / "observados", ends=(0, 1))
    run("validate", place / "otras", "--entity", entity, "--annotate", place / "reparados", "--repair", ends=(0, 1))
    old = place / "viejos" / "DGRB.xlsx"
    old.parent.mkdir()
    old.write_bytes(old_books.as_version_1((place / "entregas/DGRB.xlsx").read_bytes()))
    return place


KINDS = {
    "the entity's workbook": "entidad.xlsx",
    "a new entity's workbook": "nueva/*.xlsx",
    "a template with plain formulas": "native/*.xlsx",
    "a template with functions": "poa/*.xlsx",
    "a template with macros": "xlwings/*.xlsm",
    "a filled workbook": "entregas/EMB-AR.xlsx",
    "the master": "maestro.xlsx",
    "a master of few units, with findings": "otro-maestro.xlsx",
    "the board of a campaign": "tablero.xlsx",
    "what changed between two workbooks": "cambios.xlsx",
    "what changed between two masters": "cambios-maestros.xlsx",
    "a copy with observations": "observados/*.xlsx",
    "a repaired copy": "reparados/*.xlsx",
    "a copy of a campaign": "campana/**/*bserva*/**/*.xlsx",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_of_each_kind_is_valid(place: Path, kind: str) -> None:
    paths = sorted(place.glob(KINDS[kind]))
    assert paths
    copied = "copy" in kind
    before = open_xml.errors(place / "otras" / "DGRB.xlsx") if copied else Counter()  # openpyxl orders fonts otherwise
    for path in paths[:2]:
        assert (path.name, open_xml.errors(path) - before) == (path.name, {})
        assert open_xml.faults(path.read_bytes()) == []


def test_a_migrated_workbook_and_its_copy_are_valid(place: Path, tmp_path: Path) -> None:
    odd = place / "viejos" / "DGRB.xlsx"
    book = openpyxl.load_workbook(odd)
    book["Resultados"]["C5"] = person_books.EMOJI
    book["Resultados"]["C6"] = "x" * 40_000
    book.save(odd)
    content = person_books.without_default(packages.apart(odd.read_bytes()), "rels")
    odd.write_bytes(packages.together(person_books.signed(person_books.with_header_picture(content, "Tareas"))))
    entity = old_books.entity(tmp_path / "entidad.xlsx")
    run("migrate", odd, "--to", 3, "--from", 1, "--entity", entity, "-o", tmp_path / "nuevo.xlsx", ends=(0, 1))
    made = tmp_path / "nuevo.xlsx"
    assert (open_xml.errors(made), open_xml.faults(made.read_bytes())) == ({}, [])
    copy = observations.make(
        made.read_bytes(), [Observation("Tareas", "E6", "aviso", "CEL-001", "x", "y")], "R"
    ).content
    assert open_xml.errors_of(copy) == {}


# --- what other programs saved ------------------------------------------------------------------------------------


def no_worse(content: bytes) -> None:
    """No copy has a fault that its original has not."""
    before = open_xml.errors_of(content)
    for kind, copy in copies(content):
        assert (kind, open_xml.errors_of(copy) - before, open_xml.faults(copy)) == (kind, {}, [])


@pytest.mark.libreoffice
def test_copies_of_what_libreoffice_saved_are_no_worse(place: Path, tmp_path: Path, libreoffice: LibreOffice) -> None:
    no_worse(libreoffice.save_as_xlsx(place / "entregas" / "DGRB.xlsx", tmp_path / "guardado.xlsx").read_bytes())


def test_copies_of_what_gnumeric_saved_are_no_worse(place: Path, tmp_path: Path, gnumeric: object) -> None:
    saved = tmp_path / "guardado.xlsx"
    subprocess.run(["ssconvert", place / "entregas" / "DGRB.xlsx", saved], check=True, capture_output=True, timeout=300)
    no_worse(saved.read_bytes())


def test_copies_of_what_openpyxl_saved_are_no_worse(place: Path, tmp_path: Path) -> None:
    openpyxl.load_workbook(place / "entregas" / "DGRB.xlsx").save(tmp_path / "guardado.xlsx")
    no_worse((tmp_path / "guardado.xlsx").read_bytes())


OLD = "TAREAS 2024"


@pytest.fixture
def own(tmp_path: Path) -> bytes:
    """A workbook of a person's own: a table, a shape, a chart, sparklines, a chart sheet, pictures in the headers."""
    picture = tmp_path / "escudo.png"
    picture.write_bytes(person_books.PNG)
    with xlsxwriter.Workbook(tmp_path / "propio.xlsx") as book:
        sheet, other = book.add_worksheet(OLD), book.add_worksheet("Otra")
        for row in range(1, 5):
            sheet.write_row(row, 0, ["OP-01", row, row * 2])
        sheet.write("E2", "5")
        columns = [{"header": "A"}, {"header": "B"}, {"header": "C", "formula": f"='{OLD}'!$B$2*2"}]
        sheet.add_table("A1:C5", {"columns": columns, "name": "Datos"})
        sheet.set_header("&L&G", {"image_left": str(picture)})
        sheet.write_comment("A2", "Me lo dijo Ana")
        other.insert_textbox("B2", "", {"textlink": f"='{OLD}'!$B$2"})
        other.add_sparkline("A1", {"range": f"'{OLD}'!B2:B5"})
        other.write_formula("A9", f"=SUM('{OLD}'!B2:B5)", None, 10)
        other.set_footer("&R&G", {"image_right": str(picture)})
        other.conditional_format("D1:D5", {"type": "data_bar", "min_type": "formula", "min_value": f"='{OLD}'!$B$2"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{OLD}'!$B$2:$B$5"})
        book.add_chartsheet("reparaciones").set_chart(chart)
    return (tmp_path / "propio.xlsx").read_bytes()


def test_copies_of_a_workbook_with_shapes_and_pictures_in_its_headers_are_no_worse(own: bytes) -> None:
    no_worse(own)


def test_a_sheet_of_such_a_workbook_is_renamed_wherever_it_is_named(own: bytes) -> None:
    repairs = [Repair(NUMBER, "CEL-001", OLD, "E2", "5", 5), Repair(SHEET, "HOJ-002", OLD, "", OLD, "Tareas")]
    content, done = observations.repair(own, repairs)
    assert len(done) == 2
    after = packages.apart(content)
    assert [name for name, xml in after.items() if b"TAREAS 2024" in xml] == []
    assert b'textlink="Tareas!$B$2"' in b"".join(after.values())
    assert open_xml.errors_of(content) == open_xml.errors_of(own) == {}
    assert open_xml.faults(content) == []


@pytest.mark.libreoffice
def test_libreoffice_shows_the_totals_of_what_was_repaired(
    place: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """It trusts values that stand in a file, and Excel does until it calculates."""
    path = tmp_path / "DGRB.xlsx"
    parts = packages.apart((place / "entregas" / "DGRB.xlsx").read_bytes())
    part = person_books.part_of(parts, "Tareas")
    row = '<row r="1200"><c r="A1200" t="inlineStr"><is><t>40</t></is></c><c r="AE1200"><f>SUM(A1200:B1200)+2</f><v>2</v></c></row>'
    odd = packages.together(person_books.replaced(parts, part, b"</sheetData>", f"{row}</sheetData>"))
    path.write_bytes(odd)
    assert shown(libreoffice, path, tmp_path / "antes.xlsx") == 2
    content, _ = observations.repair(
        odd, [Repair(NUMBER, "CEL-001", "Tareas", "A1200", "40", 40)], inputs={"Tareas": ["A", "B"]}
    )
    path.write_bytes(content)
    assert shown(libreoffice, path, tmp_path / "despues.xlsx") == 42


def shown(libreoffice: LibreOffice, path: Path, target: Path) -> object:
    return sheet_of(libreoffice.save_as_xlsx(path, target), "Tareas", data_only=True)["AE1200"].value
