"""The unit's template as .xlsm: the same workbook with the VBA project, filled in, read, checked and consolidated."""

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import olefile
import openpyxl
import pytest
import python_calamine

from poa_xl import sample, sheets
from poa_xl.api import templates
from poa_xl.checking import entity_book
from poa_xl.names import XLWINGS_SETTINGS, XLWINGS_SHEET
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook as unit_workbook_workbook
from tests import excel_links, factories
from tests.libreoffice import LibreOffice, differences
from tests.places import at, cell_of
from tests.test_docs import run

pytestmark = pytest.mark.slow

UNIT = "DGP"  # of the sample


def grids(path: Path) -> dict[str, list[list[object]]]:
    """Every sheet's values as they lie in the file."""
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}


def write(path: Path, trimestre: int | None = 2) -> Path:
    entidad = factories.entidad()
    unidad = entidad.by_code["DGAA"]
    data = None if trimestre is None else factories.unit_data(unidad, trimestre)
    unit_workbook_workbook.write_unit_workbook(path, entidad, unidad, data, "poa", None, path.suffix == ".xlsm")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample entity, and its template for one unit with macros."""
    folder = tmp_path_factory.mktemp("excel")
    entity_workbook.write_entity_workbook(folder / "entidad.xlsx", templates.entity_rows(2))
    done = run(["template", "entidad.xlsx", "-o", "p", "--functions", "xlwings", "--unit", UNIT], folder)
    assert done.returncode == 0, done.stderr
    assert [p.name for p in (folder / "p").iterdir()] == [f"{UNIT}.xlsm"]
    return folder


def test_it_holds_what_the_template_with_functions_holds_and_the_settings(tmp_path: Path) -> None:
    plain, with_macros = grids(write(tmp_path / "u.xlsx")), grids(write(tmp_path / "u.xlsm"))
    assert with_macros.pop(XLWINGS_SHEET) == [list(pair) for pair in XLWINGS_SETTINGS]
    assert with_macros == plain
    formulas = []
    for name in ("u.xlsx", "u.xlsm"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            parts = sorted(p for p in archive.namelist() if p.startswith("xl/worksheets/sheet") and "10" not in p)
            formulas.append([re.findall(r"<f>[^<]*</f>", archive.read(p).decode()) for p in parts])
    assert formulas[0] == formulas[1]
    assert sum("EFICACIA(" in f for sheet in formulas[1] for f in sheet) > 80


def test_the_settings_are_hidden_and_every_sheet_has_its_module(tmp_path: Path) -> None:
    path = write(tmp_path / "u.xlsm")
    assert openpyxl.load_workbook(path)[XLWINGS_SHEET].sheet_state == "hidden"
    with zipfile.ZipFile(path) as archive:
        workbook = archive.read("xl/workbook.xml").decode()
        parts = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
        named = {re.search(r'<sheetPr codeName="(\w+)"', archive.read(p).decode())[1] for p in parts}  # type: ignore[index]
        content = archive.read("xl/vbaProject.bin")
        types = archive.read("[Content_Types].xml").decode()
    assert 'codeName="ThisWorkbook"' in workbook
    assert "application/vnd.ms-excel.sheet.macroEnabled.main+xml" in types
    declared = olefile.OleFileIO(io.BytesIO(content)).openstream("PROJECT").read().decode("cp1252")
    assert set(re.findall(r"^Document=(\w+)/", declared, re.MULTILINE)) == named | {"ThisWorkbook"}
    assert len(named) == len(parts) == workbook.count("<sheet ")


def test_the_buttons_call_the_macros_and_hide_no_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "u.xlsm")
    form = sheets.sheet("unidad", "unidad")
    with zipfile.ZipFile(path) as archive:
        relations = archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        drawing = re.search(r"vmlDrawing\d+\.vml", relations)
        assert drawing
        vml = archive.read(f"xl/drawings/{drawing[0]}").decode()
    assert re.findall(r"<x:FmlaMacro>(.*?)</x:FmlaMacro>", vml) == ["[0]!Validar", "[0]!PrepararEntrega"]
    assert re.findall(r"<font[^>]*>(.*?)</font>", vml) == ["Validar", "Preparar entrega"]
    anchors = [list(map(int, a.split(","))) for a in re.findall(r"<x:Anchor>(.*?)</x:Anchor>", vml)]
    page = openpyxl.load_workbook(path)[form.name]
    used = max(cell.row for row in page.iter_rows() for cell in row if cell.value is not None)
    for index, (left, _, top, _, right, *_) in enumerate(anchors):
        assert left == right == index
        assert top + 1 > used + 1  # anchors count from 0; a blank row stays between
    assert page.protection.sheet


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    assert write(tmp_path / "1.xlsm").read_bytes() == write(tmp_path / "2.xlsm").read_bytes()


def test_an_existing_workbook_is_not_replaced(folder: Path) -> None:
    done = run(["template", "entidad.xlsx", "-o", "p", "--functions", "xlwings", "--unit", UNIT], folder)
    assert done.returncode == 3
    assert f"{UNIT}.xlsm" in done.stderr


def fill(source: Path, target: Path) -> Path:
    """Type the sample's data of the unit into the template, as a person does."""
    book = openpyxl.load_workbook(source, keep_vba=True)
    described = {sheet.key: sheet for sheet in sheets.unit_sheets()}
    data = sample.unit_rows(2)[UNIT]
    for key, rows in data.items():
        sheet, page = described[key], book[described[key].name]
        for index, column in enumerate(sheet.columns):
            for number, record in enumerate(rows):
                row, place = (4 + index, 2) if sheet.form else (5 + number, 1 + index)
                if not column.computed and record.get(column.name) is not None:
                    page.cell(row, place).value = record[column.name]
    book.save(target)
    return target


def findings(path: Path, folder: Path) -> list[dict[str, object]]:
    done = run(["validate", str(path), "--entity", str(folder / "entidad.xlsx"), "--format", "json"], folder)
    assert done.returncode in (0, 1), done.stderr
    answer = json.loads(done.stdout)
    return [{k: v for k, v in f.items() if k != "archivo"} for f in answer["observaciones"]]


def test_filled_in_with_openpyxl_it_is_accepted_without_an_observation(folder: Path, tmp_path: Path) -> None:
    filled = fill(folder / "p" / f"{UNIT}.xlsm", tmp_path / f"{UNIT}.xlsm")
    with zipfile.ZipFile(filled) as archive:
        assert "xl/vbaProject.bin" in archive.namelist()
    assert findings(filled, folder) == []


def test_a_text_instead_of_a_figure_in_the_computed_cells_keeps_nothing_out(folder: Path, tmp_path: Path) -> None:
    """What they show on a PC without Python: VBA cannot find the library and answers with its own words."""
    filled = fill(folder / "p" / f"{UNIT}.xlsm", tmp_path / f"{UNIT}.xlsm")
    book = openpyxl.load_workbook(filled, keep_vba=True)
    changed = 0
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "EFICACIA(" in cell.value:
                    cell.value = "No se encontró el archivo: xlwings64-0.37.8.dll"
                    changed += 1
    book.save(filled)
    assert changed > 500
    assert findings(filled, folder) == []


@pytest.mark.libreoffice
def test_libreoffice_loads_it_and_the_values_survive(libreoffice: LibreOffice, tmp_path: Path) -> None:
    path = write(tmp_path / "u.xlsm")
    cells = libreoffice.recalculate(path)
    assert list(cells) == list(grids(path))
    # Without the extension the functions, and what depends on them, are errors here; the rest must agree.
    own = {s: {n: c for n, c in found.items() if not c.is_error} for s, found in cells.items()}
    assert differences(own) == []
    assert sum(len(found) for found in own.values()) > 300
    saved = libreoffice.set_cells_and_save(
        path, tmp_path / "u2.xlsx", {"Unidad": {cell_of(path, at("Unidad", "Trimestre que se reporta")): 2}}
    )
    before, after = grids(path), grids(saved)
    for sheet in sheets.unit_sheets():
        if sheet.key == "resumen":
            continue
        inputs = [i for i, c in enumerate(sheet.columns) if not c.computed] if not sheet.form else [0, 1]
        rows = range(len(before[sheet.name]))
        assert [[before[sheet.name][r][i] for i in inputs] for r in rows] == [
            [after[sheet.name][r][i] for i in inputs] for r in rows
        ]


# --- functions of an add-in: [1]!EFICACIA(…) --------------------------------------------------------------


@pytest.fixture(scope="module")
def bare(folder: Path) -> Path:
    """The unit's workbook of the sample, filled in, with bare names and cached values."""
    entidad = entity_book.check_entity(folder / "entidad.xlsx").entidad
    assert entidad
    path = folder / "bare" / f"{UNIT}.xlsx"
    unit_workbook_workbook.write_unit_workbook(path, entidad, entidad.by_code[UNIT], sample.unit_rows(2)[UNIT])
    return path


@pytest.mark.parametrize("kind", [excel_links.STARTUP, excel_links.ELSEWHERE], ids=["XLSTART", "elsewhere"])
@pytest.mark.parametrize("cached", [True, False], ids=["cached", "uncached"])
def test_linked_names_read_as_bare_ones(
    bare: Path, folder: Path, tmp_path: Path, kind: tuple[str, str], cached: bool
) -> None:
    linked = tmp_path / f"{UNIT}.xlsx"
    assert excel_links.link(bare, linked, kind) > 500
    openpyxl.load_workbook(linked)  # the package is in order
    if not cached:
        assert excel_links.without_cached_values(linked, tmp_path / "x.xlsx") > 500
        (tmp_path / "x.xlsx").replace(linked)
    assert findings(linked, folder) == findings(bare, folder) == []


def test_linked_names_give_the_same_master(bare: Path, folder: Path, tmp_path: Path) -> None:
    said, rows = [], []
    for name in ("bare", "linked"):
        target = tmp_path / name / f"{UNIT}.xlsx"
        target.parent.mkdir()
        if name == "bare":
            shutil.copy(bare, target)
        else:
            excel_links.link(bare, target)
        arguments = ["consolidate", name, "--entity", str(folder / "entidad.xlsx"), "--quarter", "2", "-o"]
        done = run([*arguments, f"{name}.xlsx"], tmp_path)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout.partition("Libro maestro:")[0])
        found = grids(tmp_path / f"{name}.xlsx")
        del found["Entregas"]  # it holds the hash of the file
        rows.append(found)
    assert said[0] == said[1]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("cached", [True, False], ids=["cached", "uncached"])
def test_a_function_typed_into_an_input_cell_is_judged_alike_in_both_forms(
    bare: Path, folder: Path, tmp_path: Path, cached: bool
) -> None:
    """With its value it counts; without one it is the usual finding at its cell."""
    part = "xl/worksheets/sheet3.xml"  # Tareas
    place = cell_of(bare, at("Tareas", "Prog. ene"))
    value = "<v>3</v>" if cached else ""
    results = []
    for form in ("EFICACIA(3,100)", "[1]!EFICACIA(3,100)"):
        target = tmp_path / f"{UNIT}.xlsx"
        with zipfile.ZipFile(bare) as old, zipfile.ZipFile(tmp_path / "x.xlsx", "w") as new:
            for entry in old.infolist():
                data = old.read(entry)
                if entry.filename == part:
                    cell = f'<c r="{place}"\\1><f>{form}</f>{value}</c>'
                    text, count = re.subn(rf'<c r="{place}"( s="\d+")?(?:/>|>.*?</c>)', cell, data.decode(), count=1)
                    assert count == 1
                    data = text.encode()
                new.writestr(entry, data)
        excel_links.link(tmp_path / "x.xlsx", target)
        if not form.startswith("["):
            (tmp_path / "x.xlsx").replace(target)
        results.append(findings(target, folder))
    assert results[0] == results[1]
    at_cell = [f for f in results[0] if f["celda"] == place]
    assert [f["codigo"] for f in at_cell] == ([] if cached else ["CEL-007"])
