"""The entity workbook: what it holds is what was given, and its lists point where they should."""

from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.utils.cell import absolute_coordinate

from poa_xl import entity, parameters, sheets
from poa_xl.palette import COLORS, contrast, font_on
from poa_xl.writers import entity_workbook
from tests import factories
from tests.libreoffice import LibreOffice
from tests.places import address


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "entidad.xlsx"
    entity_workbook.write_entity_workbook(path, factories.entity_rows())
    return path


def rows_of(path: Path, sheet: sheets.Sheet) -> list[dict[str, object]]:
    """The records of a sheet, read by its titles in row 4; blank cells are None, blank rows left out."""
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    names = {c.title: c.name for c in sheet.columns}
    header = [names[str(title)] for title in rows[3]]
    records = [dict(zip(header, (None if v == "" else v for v in row), strict=True)) for row in rows[4:]]
    return [r for r in records if any(v is not None for v in r.values())]


def test_every_sheet_comes_back_as_it_was_given(written: Path) -> None:
    given = factories.entity_rows()
    for sheet in sheets.entity_sheets():
        if sheet.key == "parametros":
            continue
        expected = [{c.name: row.get(c.name) for c in sheet.columns} for row in given[sheet.key]]
        assert rows_of(written, sheet) == expected, sheet.name


def test_numbers_of_the_parameters_are_numbers_and_codes_texts(written: Path) -> None:
    rows = rows_of(written, sheets.sheet("entidad", "parametros"))
    values = {(r["parametro"], r["trimestre"]): r["valor"] for r in rows}
    assert values["codigo_entidad", None] == "0010"
    assert values["gestion", None] == 2024.0
    assert values["tolerancia_bs", None] == 0.01
    assert values["semaforo.satisfactorio", None] == 70.0
    assert values["criterio_dgaa.aceptable", 3.0] == 48.0


def test_the_entity_that_the_workbook_says_is_the_same(written: Path) -> None:
    read = {s.key: dict(enumerate(rows_of(written, s), start=5)) for s in sheets.entity_sheets()}
    settings, problems = parameters.settings(read["parametros"])
    assert settings is not None
    made = entity.from_rows(settings, read)
    assert problems == []
    assert made == factories.entidad()


def test_without_rows_only_the_parameters_are_there(tmp_path: Path) -> None:
    path = tmp_path / "entidad.xlsx"
    entity_workbook.write_entity_workbook(path)
    counts = {s.key: len(rows_of(path, s)) for s in sheets.entity_sheets()}
    assert counts.pop("parametros") == len(parameters.default_rows())
    assert set(counts.values()) == {0}


def test_lists_headers_and_protection(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    assert book.sheetnames == [s.name for s in sheets.entity_sheets()]
    for sheet in sheets.entity_sheets():
        page = book[sheet.name]
        assert not page.protection.sheet
        assert not page.merged_cells.ranges
        assert page.freeze_panes is not None
        assert [c.value for c in page[4]] == [c.title for c in sheet.columns]
    lists = {
        (page.title, str(v.sqref).split(":")[0]): v.formula1
        for page in book
        for v in page.data_validations.dataValidation
        if v.type == "list"
    }

    def choices(sheet: str, title: str) -> str:
        return str(lists[sheet, address(book[sheet], title)])

    def rows(sheet: str, title: str) -> str:
        first, last = (address(book[sheet], title, row) for row in (1, 500))
        return f"{sheet}!{absolute_coordinate(f'{first}:{last}')}"

    assert choices("Unidades", "Área") == rows("Areas", "Área")
    assert choices("Unidades", "ACP") == rows("ACP", "ACP")
    assert choices("Unidades", "Vigencia") == '"vigente,no vigente"'
    first = absolute_coordinate(address(book["Categorias"], "Categoría programática"))
    assert choices("Presupuesto_SIGEP", "Categoría programática").startswith(f"Categorias!{first}:")
    assert choices("Historico", "Periodo") == '"1T,2T,3T,4T,Gestión"'


@pytest.mark.slow
@pytest.mark.parametrize("categories", [0, 39, 41, 120, 700])
def test_a_list_reaches_as_far_as_rows_of_its_sheet_can_be_typed(tmp_path: Path, categories: int) -> None:
    rows = {**factories.entity_rows()}
    rows["categorias"] = [{**rows["categorias"][0], "categoria": f"900 0 {n:03}"} for n in range(categories)]
    entity_workbook.write_entity_workbook(tmp_path / "entidad.xlsx", rows)
    book = openpyxl.load_workbook(tmp_path / "entidad.xlsx")
    guarded = {
        (page.title, cells.min_col): (cells.max_row, v.formula1)
        for page in book
        for v in page.data_validations.dataValidation
        for cells in v.sqref.ranges
    }
    for (key, name), (target, column) in sheets.REFERENCES.items():
        own, other = sheets.sheet("entidad", key), sheets.sheet("entidad", target)
        place = 1 + [c.name for c in own.columns].index(name)
        listed = 1 + [c.name for c in other.columns].index(column)
        _, source = guarded[own.name, place]
        last, _ = guarded[other.name, listed]
        assert source.endswith(f"${last}"), (own.name, source, last)
        assert last >= 4 + max(500, len(rows[target]))


def test_the_same_rows_give_the_same_bytes(written: Path, tmp_path: Path) -> None:
    entity_workbook.write_entity_workbook(tmp_path / "again.xlsx", factories.entity_rows())
    assert (tmp_path / "again.xlsx").read_bytes() == written.read_bytes()


@pytest.mark.libreoffice
def test_libreoffice_opens_and_saves_it(written: Path, tmp_path: Path, libreoffice: LibreOffice) -> None:
    saved = libreoffice.save_as_xlsx(written, tmp_path / "saved.xlsx")
    for sheet in sheets.entity_sheets():
        assert rows_of(saved, sheet) == rows_of(written, sheet)


def test_semaforo_colours_can_be_read() -> None:
    assert all(contrast(fill, font_on(fill)) >= 4.5 for fill in COLORS.values())
