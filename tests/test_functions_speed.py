"""The worksheet functions against plain formulas in LibreOffice: both in one run, the best of a few."""

from pathlib import Path

import pytest
import xlsxwriter

from tests.libreoffice import LibreOffice
from tests.test_libreoffice_addin import office, oxt  # noqa: F401 - fixtures

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, pytest.mark.xdist_group("addin")]

CELLS = 5_000
TIMES = 5
SLOWER, SECONDS_MORE = 4, 0.5  # what a function may take: so many times a plain formula, and so much more
FORMULAS = {"Funciones": "=EFICACIA(A{row},B{row})", "Nativas": "=A{row}/B{row}*100"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "velocidad.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, formula in FORMULAS.items():
            sheet = book.add_worksheet(name)
            for row in range(1, CELLS + 1):
                sheet.write_row(row - 1, 0, (row % 97, row % 89 + 1))
                sheet.write_formula(row - 1, 2, formula.format(row=row))
    return path


def test_five_thousand_functions_recalculate_nearly_as_fast_as_plain_formulas(
    office: LibreOffice,  # noqa: F811
    path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cells = office.recalculate(path)
    for sheet in FORMULAS:
        assert len(cells[sheet]) == CELLS
        assert all(cell.recalculated == pytest.approx(_expected(name)) for name, cell in cells[sheet].items())
    best = office.fastest(path, tuple(FORMULAS), TIMES)
    with capsys.disabled():
        print(f"\n{CELLS} cells in LibreOffice: functions {best['Funciones']:.3f} s, plain {best['Nativas']:.3f} s")
    assert best["Funciones"] <= SLOWER * best["Nativas"] + SECONDS_MORE


def _expected(name: str) -> float:
    row = int(name[1:])
    return (row % 97) / (row % 89 + 1) * 100
