"""The sello of a workbook follows what a person typed and nothing else."""

from pathlib import Path

import openpyxl
import pytest

from poa_xl import reading, sheets
from poa_xl.checking import sello
from poa_xl.writers.unit_workbook import workbook as unit_workbook_workbook
from tests import factories
from tests.libreoffice import LibreOffice
from tests.places import At, at, cell_at

pytestmark = pytest.mark.slow


def sello_of(path: Path) -> str:
    return sello.sello(reading.read_book(path, sheets.unit_sheets()))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    entidad = factories.entidad()
    unidad = entidad.by_code["DGAA"]
    unit_workbook_workbook.write_unit_workbook(tmp_path / "DGAA.xlsx", entidad, unidad, factories.unit_data(unidad, 2))
    return tmp_path / "DGAA.xlsx"


def changed(workbook: Path, place: At, value: object) -> Path:
    book = openpyxl.load_workbook(workbook)
    cell_at(book, place).value = value
    out = workbook.with_name("otro.xlsx")
    book.save(out)
    return out


def test_it_is_short_enough_to_be_read_aloud(workbook: Path) -> None:
    assert len(sello_of(workbook)) == 14
    assert set(sello_of(workbook)) <= set("0123456789ABCDEF-")


@pytest.mark.parametrize(
    ("place", "value"),
    [(at("Tareas", "Prog. ene"), 977), (at("Unidad", "Responsable de la información"), "Otra persona")],
)
def test_a_typed_cell_changes_it(workbook: Path, place: At, value: object) -> None:
    assert sello_of(changed(workbook, place, value)) != sello_of(workbook)


@pytest.mark.parametrize(
    "place", [at("Resumen", "Avance físico %"), at("Observaciones", "Lugar"), at("Unidad", "Sello de la entrega")]
)
def test_what_the_workbook_computes_or_is_stamped_with_does_not(workbook: Path, place: At) -> None:
    assert sello_of(changed(workbook, place, "x")) == sello_of(workbook)


@pytest.mark.libreoffice
def test_saving_in_libreoffice_does_not(workbook: Path, libreoffice: LibreOffice, tmp_path: Path) -> None:
    saved = libreoffice.save_as_xlsx(workbook, tmp_path / "guardado.xlsx")
    assert saved.read_bytes() != workbook.read_bytes()
    assert sello_of(saved) == sello_of(workbook)
