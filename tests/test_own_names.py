"""Names of an entity's own for its levels, its semáforo and its second criterion: where they stand, and what stays."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from poa_xl import entity, indicators, level_names, messages, sheets
from poa_xl.comparison import masters
from poa_xl.functions.registry import FUNCTIONS
from poa_xl.level_names import OwnNames
from poa_xl.master_tables import contents
from poa_xl.messages.entity import OWN_NAMES
from poa_xl.reading import File
from poa_xl.writers.board import page, workbook as board
from poa_xl.writers.unit_workbook import workbook as unit_workbook
from tests import board_examples, factories, test_master
from tests.libreoffice import LibreOffice, differences

pytestmark = pytest.mark.slow

VALUES = {
    "nombre_acp": "Objetivo; Objetivos",
    "nombre_servicio": "Órgano; Órganos",
    "nombre_area": "Secretaría; Secretarías",
    "nombre_grupo": "Dirección; Direcciones",
    "nombre_semaforo": "Semáforo",
    "nombre_criterio_2": "Criterio de gasto",
}
PUBLISHED_WORDS = re.compile(r"\b(DGP|DGAA|ACP|Áreas?|áreas?|Grupos?|grupos?|Servicios?|servicios?)\b")
# Of our sheets, those whose words come from the workbooks, and the hidden list of the ids.
OF_OTHERS = ("Datos_", "Cifras", "Observaciones", "Entregas", "Índice")


def own() -> OwnNames:
    names, wrong = level_names.read(VALUES)
    assert wrong == {}
    return names


def with_names() -> entity.Entidad:
    return dataclasses.replace(factories.entidad(), nombres=own())


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return test_master.write(tmp_path_factory.mktemp("nombres") / "maestro.xlsx", 2, entidad=with_names())


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of a workbook, with the sheet that they stand in, and those of its notes."""
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    yield sheet.title, cell.value
                if cell.comment:
                    yield sheet.title, cell.comment.text


def data_of(made: entity.Entidad) -> set[str]:
    """What the entity itself says."""
    own = {a.nombre for a in made.areas} | {u.nombre for u in made.unidades} | {u.unidad for u in made.unidades}
    return (
        own | {u.servicio for u in made.unidades} | {u.grupo for u in made.unidades} | {u.area for u in made.unidades}
    )


def test_no_text_of_the_master_says_a_published_name_where_the_entity_has_its_own(master: Path) -> None:
    said = data_of(with_names())
    found = []
    for sheet, text in texts(master):
        rest = text
        for name in sorted(said, key=len, reverse=True):
            rest = rest.replace(name, "")
        ours = not sheet.startswith(OF_OTHERS) and text not in OWN_NAMES.values()
        if ours and PUBLISHED_WORDS.search(rest):
            found.append((sheet, text))
    assert found == []


def test_titles_say_the_names_with_their_capitals(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    assert book["ACP"]["A1"].value == "Seguimiento y evaluación por objetivo"
    assert [c.value for c in book["Cálculo"][5]][:4] == ["Nivel", "Código", "Nombre", "Objetivo"]
    levels = {row[0] for row in book["Cálculo"].iter_rows(min_row=6, values_only=True)}
    assert {"Unidad", "Dirección", "Secretaría", "Órgano", "Entidad", "Objetivo"} <= levels
    titles = {c.value for row in book["Portada"].iter_rows() for c in row}
    assert {"Semáforo del avance", "Criterio de gasto"} <= titles


def test_figures_formulas_and_tabs_are_those_of_the_published_names(master: Path, tmp_path: Path) -> None:
    published = test_master.write(tmp_path / "publicado.xlsx", 2)
    one, other = (openpyxl.load_workbook(path) for path in (published, master))
    assert one.sheetnames == other.sheetnames
    for name in one.sheetnames:
        for row in one[name].iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or cell.value.startswith("="):
                    there = other[name][cell.coordinate].value
                    assert there == cell.value or name == "Criterios", (name, cell.coordinate)


@pytest.mark.libreoffice
def test_the_master_recalculates(libreoffice: LibreOffice, master: Path) -> None:
    assert differences(libreoffice.recalculate(master)) == []


def test_two_masters_of_other_names_are_compared_figure_by_figure(master: Path, tmp_path: Path) -> None:
    published = test_master.write(tmp_path / "publicado.xlsx", 2)
    one, other = (masters.read(File(path), "") for path in (published, master))
    found = masters.compare(one, other)
    assert found.sin_comparar == ()
    assert [s for s in found.solo if s.que == "columna"] == []
    figures = [
        c for h in found.hojas for c in h.celdas if not (isinstance(c.antes, str) and isinstance(c.despues, str))
    ]
    assert figures == []
    assert [h.nombre for h in found.hojas if h.parte == "cifras"] == []


def test_the_workbook_of_a_unit_keeps_the_titles_by_which_it_is_read(tmp_path: Path) -> None:
    made = with_names()
    unit = made.by_code["DGRB"]
    path = tmp_path / "DGRB.xlsx"
    unit_workbook.write_unit_workbook(path, made, unit, factories.unit_data(unit, 2))
    book = openpyxl.load_workbook(path)
    for sheet in sheets.unit_sheets():
        if sheet.inputs and not sheet.form:
            assert [c.value for c in book[sheet.name][4]][: len(sheet.columns)] == [c.title for c in sheet.columns]
    resumen = [c.value for c in book["Resumen"][4]]
    assert "Criterio de gasto" in resumen
    assert "Criterio DGAA" not in resumen
    notes = {text for sheet, text in texts(path) if sheet in ("Operaciones", "Unidad")}
    assert any("En su entidad se llama Objetivo." in text for text in notes)
    assert any("En su entidad se llama Secretaría." in text for text in notes)


def test_the_board_says_the_names(tmp_path: Path) -> None:
    tablero = dataclasses.replace(board_examples.usual(), nombres=own())
    board.write_workbook(tmp_path / "tablero.xlsx", tablero)
    titles = {text for _, text in texts(tmp_path / "tablero.xlsx")}
    assert {"Secretaría", "Dirección", "Órgano"} <= titles
    assert not {"Área", "Grupo", "Servicio"} & titles
    page.write_page(tmp_path / "tablero.html", tablero)
    html = (tmp_path / "tablero.html").read_text(encoding="utf-8")
    assert "Por secretaría y dirección" in html
    assert "Área y grupo" not in html


# --- what a name may be -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("nombre_area", "Secretaría"),
        ("nombre_area", "Secretaría;"),
        ("nombre_area", "Secretaría; Secretarías; Otras"),
        ("nombre_area", "=Secretaría; Secretarías"),
        ("nombre_area", "{sigla}; {sigla}"),
        ("nombre_area", f"{'x' * 31}; x"),
        ("nombre_area", "grupo; grupos"),
        ("nombre_area", "Nombre; Nombres"),
        ("nombre_acp", "Programa; Programas"),
        ("nombre_semaforo", "Semáforo; Semáforos"),
    ],
)
def test_a_name_that_cannot_be_used_is_told(parameter: str, value: str) -> None:
    _, wrong = level_names.read({parameter: value})
    assert [*wrong] == [parameter]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("nombre_area", ""),
        ("nombre_area", "Área; Áreas"),
        ("nombre_area", "secretaría ; secretarías"),
        ("nombre_acp", "OEI; OEI"),
        ("nombre_grupo", "Sub-área 1; Sub-áreas 1"),
        ("nombre_criterio_2", "Criterio de la U.A."),
    ],
)
def test_a_usual_name_raises_nothing(parameter: str, value: str) -> None:
    assert level_names.read({parameter: value})[1] == {}


def test_an_acronym_keeps_its_capitals_within_a_sentence() -> None:
    names, _ = level_names.read({"nombre_acp": "OEI; OEI", "nombre_area": "Secretaría; Secretarías"})
    assert names.said("Desempeño por ACP, área y Áreas") == "Desempeño por OEI, secretaría y Secretarías"
    assert OwnNames().said("Desempeño por ACP") == "Desempeño por ACP"


def test_no_table_has_two_columns_of_one_title(master: Path) -> None:
    names = own()
    for table in contents.every_table():
        columns = [column.title for column in table.every_column]
        assert len({names.said(title) for title in columns}) == len(set(columns)), table.heading


def test_every_longer_way_of_saying_a_name_still_stands_in_a_text() -> None:
    package = Path(level_names.__file__).parent
    sources = [path.read_text(encoding="utf-8") for path in package.rglob("*.py") if path.name != "level_names.py"]
    every = "\n".join(sources).casefold()
    longer = [phrase for phrases in level_names._ALSO.values() for phrase in phrases]
    assert [phrase for phrase in longer if phrase.casefold() not in every] == []


# --- texts of every entity --------------------------------------------------------------------------------------------

MINISTRY = re.compile(r"\bDGP\b|\bDGAA\b|\b[Ee]mbajad|\b[Cc]onsulad|\b[Cc]anciller|\b[Vv]iceministeri")


def test_no_finding_names_an_office_of_a_ministry() -> None:
    said = [text for m in messages.MESSAGES.values() for text in (m.what, m.action)]
    assert [text for text in said if MINISTRY.search(text)] == []


def test_no_note_of_a_column_names_an_office_of_a_ministry() -> None:
    every = [s for kind in sheets.KINDS for s in sheets.of_kind(kind)]
    notes = [s.description for s in every] + [c.description for s in every for c in s.columns]
    assert [text for text in notes if MINISTRY.search(text)] == []


def test_no_help_of_a_function_names_an_office_of_a_ministry() -> None:
    helps = [f.help for f in FUNCTIONS] + [a.help for f in FUNCTIONS for a in f.arguments]
    assert [text for text in helps if MINISTRY.search(text)] == []


def test_a_new_entity_names_no_office_of_a_ministry(tmp_path: Path) -> None:
    from poa_xl.writers import entity_workbook

    entity_workbook.write_entity_workbook(tmp_path / "entidad.xlsx")
    found = [text for _, text in texts(tmp_path / "entidad.xlsx") if MINISTRY.search(text)]
    assert found == []


def test_the_criterio_of_the_function_is_the_published_one() -> None:
    assert "CRITERIO_DGAA" in {f.name for f in FUNCTIONS}
    assert indicators.CRITERIO_FUNCTION.name == "CRITERIO_DGAA"
