"""How the sheets of the master are printed, and what Excel is told of the workbooks that we write."""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from poa_xl.comparison import Comparacion
from poa_xl.comparison.result import Lado
from poa_xl.writers import comparison, entity_workbook
from poa_xl.writers.master.pages import HEIGHT, ROW, WIDTH, Block, Pages
from poa_xl.writers.unit_workbook import workbook
from poa_xl.writers.xlsx.formats import LINK_COLOR
from tests import factories, test_master
from tests.libreoffice import LibreOffice
from tests.one_sheet import sheet_of

pytestmark = pytest.mark.slow

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def pages(*blocks: Block, width: float = WIDTH, repeated: float = 0.0) -> Pages:
    return Pages(blocks, {}, width, repeated)


def chart_block(first: int, table: int, chart: int) -> Block:
    """A table of so many rows, a blank row and a chart of so many."""
    block = Block(first, first + table - 1)
    block.add_chart(first + table + 1, first + table + chart)
    return block


PAGE = int(HEIGHT // ROW)  # rows of usual height


# --- where a page begins ----------------------------------------------------------------------------------------


def test_what_one_page_holds_has_no_break() -> None:
    found = pages(Block(4, 10), chart_block(13, 5, 8))
    assert (found.breaks, found.more_columns, found.scale) == ([], 0, 1.0)


@pytest.mark.parametrize("second", [Block(20, 20 + PAGE - 5), chart_block(20, 8, 18)])
def test_a_block_that_the_page_does_not_hold_begins_the_next(second: Block) -> None:
    assert pages(Block(4, 18), second).breaks == [20]


def test_a_chart_below_a_long_table_begins_a_page() -> None:
    found = pages(chart_block(4, 3 * PAGE, 20))
    assert found.breaks == [4 + 3 * PAGE + 1]


def test_a_long_table_without_a_chart_is_parted_by_the_program() -> None:
    assert pages(Block(4, 5 * PAGE)).breaks == []


def test_what_follows_a_long_table_begins_a_page() -> None:
    assert pages(Block(4, 2 * PAGE), Block(2 * PAGE + 3, 2 * PAGE + 6)).breaks == [2 * PAGE + 3]


def test_a_table_and_its_chart_that_nearly_fit_are_made_smaller_and_stay_together() -> None:
    found = pages(chart_block(4, PAGE // 2, PAGE // 2))
    assert found.breaks == []
    assert 0.65 <= found.scale < 1
    assert found.more_columns > 0


def test_a_chart_taller_than_a_page_is_made_smaller_by_blank_columns() -> None:
    found = pages(chart_block(4, 3, 2 * PAGE))
    assert found.scale < 0.5
    assert (WIDTH + found.more_columns * 48) * found.scale >= WIDTH


@pytest.mark.parametrize("smaller", [1.0, 0.8, 0.6])
@pytest.mark.parametrize("rows", [3, 9, 17, 30, 55])
def test_no_chart_is_cut_however_small_a_program_prints(smaller: float, rows: int) -> None:
    blocks, row = [], 4
    for table in (rows, 4, rows // 2 + 1, 2 * rows, 7):
        blocks.append(chart_block(row, table, rows // 2 + 6))
        row = blocks[-1].last + 3
    found = pages(*blocks)
    room = HEIGHT / (found.scale * smaller)
    starts = list(_starts(found.breaks, row, room))
    for block in blocks:
        for first, last in block.charts:
            assert not [start for start in starts if first < start <= last]


def _starts(breaks: list[int], rows: int, room: float) -> Iterator[int]:
    """The rows with which pages begin: ours, and where a page is full."""
    used = 0.0
    for row in range(rows):
        if row in breaks or used + ROW > room:
            yield row
            used = 0.0
        used += ROW


# --- the master -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return test_master.write(tmp_path_factory.mktemp("maestro") / "maestro.xlsx", 2)


def sheets_of(path: Path) -> dict[str, ElementTree.Element]:
    """Sheet -> its XML; XlsxWriter numbers its parts in the order of the sheets."""
    with zipfile.ZipFile(path) as archive:
        names = [n.attrib["name"] for n in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        parts = [archive.read(f"xl/worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
    return {name: ElementTree.fromstring(part) for name, part in zip(names, parts, strict=True)}


def test_no_sheet_shows_green_corners(master: Path) -> None:
    for name, sheet in sheets_of(master).items():
        ignored = [node for node in sheet.iter(f"{MAIN}ignoredError") if node.attrib.get("formulaRange") == "1"]
        assert [node.attrib["sqref"] for node in ignored] == ["A1:XFD1048576"], name


def test_numbers_of_rows_stand_apart_from_the_codes_beside_them(master: Path) -> None:
    book, seen = openpyxl.load_workbook(master), 0
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.value == "N.º":
                    below = page.cell(cell.row + 2, cell.column)
                    assert below.alignment.horizontal == "center"
                    seen += 1
    assert seen >= 2


def test_data_sheets_are_printed_as_a_hidden_row_and_tables_are_not(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    data = [page for page in book if page.title.startswith(("Datos_", "Cálculo"))]
    assert len(data) == 7
    for page in data:
        assert page.print_area == f"'{page.title}'!$A$4"
        assert page.row_dimensions[4].hidden
        assert page["A4"].value is None
    assert not [page.title for page in book if page not in data and page.row_dimensions[4].hidden]


@pytest.mark.libreoffice
def test_libreoffice_prints_the_tables_and_no_data_sheet(master: Path, tmp_path: Path) -> None:
    office = LibreOffice()
    office.close()
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/perfil", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(master)], check=True, capture_output=True)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "maestro.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    footers = re.findall(r"POA 2024\s+(\S.*?)\s+Página", text)
    assert "Portada" in footers
    assert "Entregas" in footers
    assert [name for name in footers if name.startswith(("Datos_", "Cálculo"))] == []


# --- what Excel does with them ----------------------------------------------------------------------------------


def calculation(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        (node,) = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}calcPr")
        return dict(node.attrib)


def test_excel_asks_of_no_workbook_of_ours_to_save_it_at_every_close(master: Path, tmp_path: Path) -> None:
    entity_workbook.write_entity_workbook(tmp_path / "entidad.xlsx")
    comparison.write(tmp_path / "diff.xlsx", Comparacion("unidad", Lado("a", "1"), Lado("b", "2")))
    entidad = factories.entidad()
    workbook.write_unit_workbook(tmp_path / "DGRB.xlsx", entidad, entidad.by_code["DGRB"])
    for path in (master, *tmp_path.glob("*.xlsx")):
        assert calculation(path) == {"calcId": "191029"}, path.name


def test_a_protected_sheet_does_not_offer_what_excel_must_refuse(tmp_path: Path) -> None:
    entidad = factories.entidad()
    workbook.write_unit_workbook(tmp_path / "DGRB.xlsx", entidad, entidad.by_code["DGRB"])
    book = openpyxl.load_workbook(tmp_path / "DGRB.xlsx")
    for page in (page for page in book if page.protection.sheet and page.sheet_state == "visible"):
        assert page.protection.sort, page.title  # locked cells stand in every row: «sort» locked is the truth
        assert not page.protection.autoFilter, page.title


def test_the_list_of_observations_has_a_page_and_its_places_look_like_links(tmp_path: Path) -> None:
    entidad = factories.entidad()
    workbook.write_unit_workbook(tmp_path / "DGRB.xlsx", entidad, entidad.by_code["DGRB"])
    page = sheet_of(tmp_path / "DGRB.xlsx", "Observaciones")
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 14, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert "Página" in page.oddFooter.right.text
    assert page.print_title_rows == "$4:$4"
    ((area, (rule,)),) = page.conditional_formatting._cf_rules.items()
    assert (str(area.sqref), rule.dxf.font.u, rule.dxf.font.color.rgb) == ("A5:A1004", "single", f"FF{LINK_COLOR[1:]}")
    assert rule.formula == ['AND($C5<>"",$A5<>"Libro",$B5<>"anterior")']  # no note of a person below the list
