"""What a person of a unit sees: the quarter that is reported, months that fold, names of codes, and pages to sign."""

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from poa_xl import sheets
from poa_xl.palette import contrast
from poa_xl.sheets import MESES, Sheet
from poa_xl.writers import schema_sheets
from poa_xl.writers.unit_workbook import workbook
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW
from poa_xl.writers.xlsx import formats
from tests import factories
from tests.libreoffice import LibreOffice
from tests.one_sheet import sheet_of

pytestmark = pytest.mark.slow

SCREEN, ASIDE = 1366, 66  # pixels, and those of the numbers of rows and of the bar at the right
QUARTERS = {q: MESES[3 * q - 3 : 3 * q] for q in (1, 2, 3, 4)}
WITH_MONTHS = ("tareas", "presupuesto")
OFICIO = "14"  # 8.5 × 13 inches
LONGEST_PROMPT = 255  # characters that Excel allows


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    entidad = factories.entidad()
    unidad = entidad.by_code["DGAA"]
    written = tmp_path_factory.mktemp("pantalla") / "u.xlsx"
    workbook.write_unit_workbook(written, entidad, unidad, factories.unit_data(unidad, 2))
    return written


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def described(key: str) -> Sheet:
    return sheets.sheet("unidad", key)


def places(key: str, *suffixes: str) -> list[int]:
    """The columns of those months or quarters, from 1."""
    return [i for i, c in enumerate(described(key).columns, start=1) if c.suffix in suffixes]


def pixels(page: Worksheet, column: int) -> int:
    letter = get_column_letter(column)
    found = next(d for d in page.column_dimensions.values() if d.min <= column <= d.max or d.index == letter)
    return round(found.width * 7)  # the file has the 5 pixels of margin in it


@pytest.mark.parametrize("key", WITH_MONTHS)
@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_quarter_stands_whole_beside_the_columns_in_sight_on_a_small_screen(
    book: Any, key: str, quarter: int
) -> None:
    """Its programme and its execution, and all months between them."""
    page = book[described(key).name]
    frozen = openpyxl.utils.cell.coordinate_to_tuple(page.freeze_panes)[1] - 1
    assert frozen >= 2
    months = places(key, *QUARTERS[quarter])
    shown = [*range(1, frozen + 1), *range(min(months), max(months) + 1)]
    assert sum(pixels(page, column) for column in shown) <= SCREEN - ASIDE


def rules(page: Worksheet, row: int, column: int) -> list[tuple[str, str]]:
    """Condition and fill of the marks of quarters at a cell."""
    name = f"{get_column_letter(column)}{row}"
    return [
        (rule.formula[0], rule.dxf.fill.bgColor.rgb[-6:])
        for area in page.conditional_formatting
        for rule in area.rules
        if name in area.sqref and rule.formula and "trimestre_reportado" in rule.formula[0]
    ]


@pytest.mark.libreoffice
@pytest.mark.parametrize("reported", [None, 1, 2, 3, 4])
def test_the_marks_follow_the_quarter_that_a_person_chooses(
    path: Path, tmp_path: Path, libreoffice: LibreOffice, reported: int | None
) -> None:
    """Each condition is put into a cell of the sheet that is not protected, so that a program says what it gives."""
    changed = openpyxl.load_workbook(path)
    form = described("unidad")
    row = HEADER_ROW + form.columns.index(form.column("trimestre"))
    changed[form.name][f"B{row}"] = reported
    asked: dict[str, tuple[str, int, str]] = {}
    for key in WITH_MONTHS:
        for column in places(key, *MESES):
            for line in (HEADER_ROW, FIRST_ROW):
                for formula, fill in rules(changed[described(key).name], line, column):
                    cell = f"H{len(asked) + 50}"
                    changed["Observaciones"][cell] = "=" + formula
                    asked[cell] = (key, column, fill)
    changed.save(tmp_path / "o.xlsx")
    given = libreoffice.recalculate(tmp_path / "o.xlsx")["Observaciones"]
    shown = {asked[cell] for cell in asked if given[cell].recalculated}
    marked, dimmed = (
        {f[1:] for f in (formats.REPORTED[0], formats.REPORTED_TITLE[0])},
        {f[1:] for f in (formats.OTHER[0], formats.OTHER_TITLE[0])},
    )
    expected = {
        (key, column, fill)
        for key in WITH_MONTHS
        for quarter, months in QUARTERS.items()
        for column in places(key, *months)
        for fill in (marked if quarter == reported else dimmed)
        if reported
    }
    assert shown == expected
    assert len(asked) == 4 * sum(len(places(key, *MESES)) for key in WITH_MONTHS)


def test_titles_of_computed_quarters_are_marked_and_keep_their_grey_otherwise(book: Any) -> None:
    for key in ("operaciones", *WITH_MONTHS):
        page = book[described(key).name]
        for column in places(key, "t2"):
            assert [fill for _, fill in rules(page, HEADER_ROW, column)] == [formats.REPORTED_TITLE[0][1:]]
            assert not [f for f, _ in rules(page, FIRST_ROW, column) if "semaforo" not in f]


@pytest.mark.parametrize("colors", [formats.REPORTED_TITLE, formats.REPORTED, formats.OTHER_TITLE, formats.OTHER])
def test_marked_and_dimmed_words_can_be_read(colors: tuple[str, str]) -> None:
    assert contrast(*colors) >= 4.5


@pytest.mark.libreoffice
@pytest.mark.parametrize("key", WITH_MONTHS)
@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_what_follows_a_quarter_folds_on_a_protected_sheet(
    path: Path, libreoffice: LibreOffice, key: str, quarter: int
) -> None:
    sheet = described(key)
    later = [m for q, months in QUARTERS.items() if q > quarter for m in months]
    for stem in {c.stem for c in sheet.columns if c.suffix in MESES}:
        own = [i for i, c in enumerate(sheet.columns) if c.stem == stem and c.suffix in later]
        seen = libreoffice.folded(path, sheet.name, (own[0], own[-1]))
        assert [i for i, visible in enumerate(seen) if not visible] == own
        assert all(libreoffice.folded(path, sheet.name, (own[0], own[-1]), fold=False))


def test_the_button_of_a_fold_stands_over_the_last_month_before_it(book: Any) -> None:
    for key in WITH_MONTHS:
        page = book[described(key).name]
        assert page.protection.sheet
        assert page.sheet_properties.outlinePr.summaryRight is False
        for quarter, months in QUARTERS.items():
            for column in places(key, *months):
                found = [d for d in page.column_dimensions.values() if d.min <= column <= d.max]
                assert [d.outlineLevel for d in found] == [quarter - 1]


# --- codes and names ------------------------------------------------------------------------------------------------


def prompt(page: Worksheet, column: int) -> str:
    cell = f"{get_column_letter(column)}{FIRST_ROW}"
    return str(next(v.prompt for v in page.data_validations.dataValidation if cell in v.sqref))


@pytest.mark.parametrize(
    ("key", "column"), [("operaciones", "acp"), ("presupuesto", "categoria"), ("presupuesto", "fuente"), ("resultados", "acp")]
)  # fmt: skip
def test_a_cell_with_a_list_of_codes_says_what_they_are_called(book: Any, key: str, column: str) -> None:
    entidad, sheet = factories.entidad(), described(key)
    called = {
        "acp": {a.acp: a.denominacion for a in entidad.acps},
        "categoria": {c.categoria: c.programa for c in entidad.categories_of("DGAA")},
        "fuente": {f.fuente: f.descripcion for f in entidad.fuentes},
    }[column]
    place = sheet.columns.index(sheet.column(column)) + 1
    page = book[sheet.name]
    lines = prompt(page, place).split("\n")
    assert len("\n".join(lines)) <= LONGEST_PROMPT
    assert [line.split(" · ")[0] for line in lines] == list(called)
    assert all(called[line.split(" · ")[0]].startswith(line.split(" · ")[1].rstrip("…")) for line in lines)
    note = page.cell(HEADER_ROW, place).comment.text
    assert all(f"{code} · {name}" in note for code, name in called.items())


def test_more_codes_than_a_message_holds_are_called_by_their_names_in_the_note() -> None:
    column = described("operaciones").column("acp")
    codes = [(f"1.{n}", f"Acción de corto plazo número {n}, con un nombre largo") for n in range(1, 41)]
    said = schema_sheets.validation(column, "=Listas!$A$5:$A$44", codes=codes)
    assert said["input_message"].endswith("Sus nombres están en la nota del título.")
    assert said["input_message"].startswith(column.description)
    assert schema_sheets.validation(column)["input_message"] == column.description


# --- on paper -------------------------------------------------------------------------------------------------------


def test_every_sheet_prints_on_oficio_with_its_titles_repeated(book: Any) -> None:
    for sheet in sheets.unit_sheets():
        page = book[sheet.name]
        assert (str(page.page_setup.paperSize), page.page_setup.orientation) == (OFICIO, "landscape")
        assert page.sheet_properties.pageSetUpPr.fitToPage
        if not sheet.form:
            assert page.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert book["Tareas"].print_title_cols.startswith("$A:")
    wide = {s.name: book[s.name].page_setup.fitToWidth or 1 for s in sheets.unit_sheets()}
    assert wide["Tareas"] >= 3
    assert wide["Presupuesto"] >= 2
    assert wide["Resultados"] == wide["Resumen"] == wide["Unidad"] == 1
    assert book["Tareas"].page_setup.fitToHeight == 0


@pytest.mark.libreoffice
def test_resumen_prints_on_one_page_with_a_place_to_sign(
    path: Path, book: Any, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    alone = openpyxl.load_workbook(path)
    for sheet in alone:
        if sheet.title != "Resumen":
            sheet.sheet_state = "hidden"
    alone.active = alone.sheetnames.index("Resumen")
    alone.save(tmp_path / "resumen.xlsx")
    content = libreoffice.to_pdf(tmp_path / "resumen.xlsx", tmp_path).read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    page = book["Resumen"]
    said = {cell.value for row in page.iter_rows(min_row=25) for cell in row if cell.value}
    assert {"Elaborado por", "Aprobado por", "Fecha"} <= said
    shown = sheet_of(path, "Resumen", data_only=True)
    form = factories.unit_data(factories.entidad().by_code["DGAA"], 2)["unidad"][0]
    named = f"{form['responsable']}, {form['cargo']}"
    assert named in {cell.value for row in shown.iter_rows(min_row=25) for cell in row}
