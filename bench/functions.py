"""The worksheet functions beside plain formulas in LibreOffice: `python -m bench.functions`.

Both in one run and the best of a few, because the machine's speed drifts; the ratio is what to quote.
"""

import math
import sys
import tempfile
import zipfile
from pathlib import Path

import xlsxwriter

from poa_xl.addins.libreoffice import extension
from tests.libreoffice import LibreOffice

CELLS = 5_000
TIMES = 5
FORMULAS = {"Funciones": "=EFICACIA(A{row},B{row})", "Nativas": "=A{row}/B{row}*100"}


def write(path: Path) -> None:
    """A workbook with a sheet of each kind of formula."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, formula in FORMULAS.items():
            sheet = book.add_worksheet(name)
            for row in range(1, CELLS + 1):
                sheet.write_row(row - 1, 0, (row % 97, row % 89 + 1))
                sheet.write_formula(row - 1, 2, formula.format(row=row))


def differing(office: LibreOffice, path: Path) -> int:
    """How many cells do not hold what they should: a formula that fails at once is no fast one."""
    cells = office.recalculate(path)
    found = {name: {place: cell.recalculated for place, cell in sheet.items()} for name, sheet in cells.items()}
    functions, plain = (found[name] for name in FORMULAS)
    wrong = sum(
        not math.isclose(float(str(value)), float(str(plain[place])), rel_tol=1e-9)
        for place, value in functions.items()
    )
    return wrong + abs(len(functions) - CELLS)


def main() -> int:
    """Measure and print; 1 where the functions did not compute."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "velocidad.xlsx"
        write(path)
        oxt = extension.build(folder)
        with zipfile.ZipFile(oxt) as archive:
            archive.extractall(folder / "extensions" / oxt.name)
        office = LibreOffice(extensions=folder / "extensions")
        try:
            wrong = differing(office, path)
            best = office.fastest(path, tuple(FORMULAS), TIMES)
        finally:
            office.close()
    functions, plain = (best[name] for name in FORMULAS)
    print(f"{CELLS} cells in LibreOffice: functions {functions:.3f} s, plain {plain:.3f} s, {functions / plain:.1f} ×")
    print(f"cells that differ: {wrong}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
