"""Other engines: LibreOffice recalculates the whole sample, Gnumeric the master; both land on the values cached."""

import datetime as dt
import re
from pathlib import Path

import pytest

from poa_xl import evaluation, sample
from poa_xl.api.templates import entity_rows
from poa_xl.checking import entity_book, unit_books
from poa_xl.entity import Entidad
from poa_xl.writers import entity_workbook, master
from poa_xl.writers.unit_workbook import workbook
from tests import packages
from tests.conftest import Recalculate
from tests.demonstration import Demonstration
from tests.libreoffice import LibreOffice, differences

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, pytest.mark.xdist_group("recalculation")]
QUARTER = 2


@pytest.fixture(scope="module")
def entidad(tmp_path_factory: pytest.TempPathFactory) -> Entidad:
    path = tmp_path_factory.mktemp("entidad") / "entidad.xlsx"
    entity_workbook.write_entity_workbook(path, entity_rows(QUARTER))
    found = entity_book.check_entity(path).entidad
    assert found is not None
    return found


def _report(name: str, cells: int, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{name}: {cells} formula cells calculated anew, no difference")


@pytest.mark.parametrize("functions", ["native", "poa"])
def test_filled_workbooks_recalculate_to_their_cached_values_without_the_functions(
    entidad: Entidad,
    tmp_path: Path,
    libreoffice: LibreOffice,
    functions: workbook.FormulaKind,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No cell shows an error either, though those of `poa` call functions that this LibreOffice does not have."""
    data = sample.unit_rows(QUARTER)
    compared = 0
    units = entidad.vigentes[1::3] if functions == "native" else entidad.vigentes[::8]  # others than with the functions
    for unidad in units:
        path = tmp_path / f"{unidad.unidad}.xlsx"
        workbook.write_unit_workbook(path, entidad, unidad, data[unidad.unidad], functions)
        cells = libreoffice.recalculate(path)
        assert differences(cells) == []
        assert ("eficacia(" in str(cells)) == (functions == "poa")
        compared += sum(len(sheet) for sheet in cells.values())
    assert compared > 900 * len(units)
    _report(f"{functions} workbooks, by LibreOffice", compared, capsys)


@pytest.mark.parametrize("functions", ["native", "poa"])
def test_gnumeric_calculates_filled_workbooks_to_the_same_values(
    entidad: Entidad,
    tmp_path: Path,
    gnumeric: Recalculate,
    functions: workbook.FormulaKind,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = sample.unit_rows(QUARTER)
    compared = []
    for code in ("DGAJ", *[u.unidad for u in entidad.vigentes[::20]]):
        path = tmp_path / f"{code}.xlsx"
        workbook.write_unit_workbook(path, entidad, entidad.by_code[code], data[code], functions)
        cells = gnumeric(path, tmp_path)
        assert [cell for cell in cells if not cell.same] == []
        compared += cells
    assert len(compared) > 7_000
    # Of an operation with 14 tasks in the first quarter, whose codes EXACT would not tell apart there.
    assert {"Tareas", "Operaciones", "Presupuesto", "Resumen", "Listas"} <= {c.place.split("!")[0] for c in compared}
    assert 14 in [c.calculated for c in compared if c.place.startswith("Operaciones!")]
    _report(f"{functions} workbooks, by Gnumeric", len(compared), capsys)


@pytest.fixture(scope="module")
def maestro(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master of all units."""
    place = tmp_path_factory.mktemp("maestro")
    checked = entity_book.check_entity(demonstration.folder / "entidad.xlsx")
    entidad = checked.entidad
    assert entidad is not None
    units = unit_books.check_units([demonstration.folder / "entregas"], checked, entidad, QUARTER)
    assert units.findings == ()
    result = evaluation.evaluate(entidad, units.accepted, QUARTER)
    path = place / "maestro.xlsx"
    master.write_master(
        path, entidad, result, units.accepted, units.findings, units.submissions, corte=dt.date(2024, 6, 30)
    )
    return path


def test_the_master_of_all_units_recalculates_to_its_cached_values(
    maestro: Path, libreoffice: LibreOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = libreoffice.recalculate(maestro)
    assert differences(cells) == []
    compared = sum(len(sheet) for sheet in cells.values())
    assert compared > 20_000
    _report("master, by LibreOffice", compared, capsys)


def test_gnumeric_calculates_the_master_of_all_units_to_the_same_values(
    maestro: Path, tmp_path: Path, gnumeric: Recalculate, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = gnumeric(maestro, tmp_path)
    assert [cell for cell in cells if not cell.same] == []
    assert len(cells) > 40_000
    _report("master, by Gnumeric", len(cells), capsys)


def test_gnumeric_would_show_a_value_that_is_not_that_of_its_formula(
    maestro: Path, tmp_path: Path, gnumeric: Recalculate
) -> None:
    parts = packages.apart(maestro.read_bytes())
    name, xml = next((n, x) for n, x in parts.items() if "/worksheets/" in n and re.search(rb"</f><v>\d+\.\d+</v>", x))
    lying = tmp_path / "falso.xlsx"
    wrong = re.sub(rb"</f><v>\d+\.\d+</v>", b"</f><v>12345.5</v>", xml, count=1)
    lying.write_bytes(packages.together({**parts, name: wrong}))
    (different,) = [cell for cell in gnumeric(lying, tmp_path) if not cell.same]
    assert different.cached == 12345.5
