"""A second engine: LibreOffice recalculates the whole sample and must land on the values that poa-xl cached."""

import datetime as dt
from pathlib import Path

import pytest

from poa_xl import evaluation, sample
from poa_xl.checking import entity_book, unit_books
from poa_xl.cli.making import entity_rows
from poa_xl.entity import Entidad
from poa_xl.writers import entity_workbook, master, template
from tests.libreoffice import LibreOffice, differences

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, pytest.mark.xdist_group("recalculation")]
QUARTER = 2


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> entity_book.CheckedEntity:
    path = tmp_path_factory.mktemp("entidad") / "entidad.xlsx"
    entity_workbook.write_entity_workbook(path, entity_rows(QUARTER))
    return entity_book.check_entity(path)


@pytest.fixture(scope="module")
def entidad(checked: entity_book.CheckedEntity) -> Entidad:
    assert checked.entidad is not None
    return checked.entidad


def _report(name: str, cells: int, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{name}: {cells} formula cells recalculated by LibreOffice, no difference")


def test_filled_native_workbooks_recalculate_to_their_cached_values(
    entidad: Entidad, tmp_path: Path, libreoffice: LibreOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    data = sample.unit_rows(QUARTER)
    compared = 0
    for unidad in entidad.vigentes:
        path = tmp_path / f"{unidad.unidad}.xlsx"
        template.write_unit_workbook(path, entidad, unidad, data[unidad.unidad], functions="native")
        cells = libreoffice.recalculate(path)
        assert differences(cells) == []
        compared += sum(len(sheet) for sheet in cells.values())
    assert compared > 100_000
    _report("native workbooks", compared, capsys)


def test_the_master_of_all_units_recalculates_to_its_cached_values(
    checked: entity_book.CheckedEntity,
    entidad: Entidad,
    tmp_path: Path,
    libreoffice: LibreOffice,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "entregas"
    folder.mkdir()
    data = sample.unit_rows(QUARTER)
    for unidad in entidad.vigentes:
        template.write_unit_workbook(folder / f"{unidad.unidad}.xlsx", entidad, unidad, data[unidad.unidad])
    units = unit_books.check_units([folder], checked, entidad, QUARTER)
    assert units.findings == ()
    result = evaluation.evaluate(entidad, units.frames, QUARTER)
    path = tmp_path / "maestro.xlsx"
    master.write_master(
        path, entidad, result, units.frames, units.findings, units.submissions, corte=dt.date(2024, 6, 30)
    )
    cells = libreoffice.recalculate(path)
    assert differences(cells) == []
    compared = sum(len(sheet) for sheet in cells.values())
    assert compared > 20_000
    _report("master", compared, capsys)
