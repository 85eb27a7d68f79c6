"""Amounts of a unit with more than two decimals: a finding at each cell, one where they have one cause."""

from pathlib import Path

import pytest

from poa_xl import messages
from poa_xl.checking import centavos
from poa_xl.findings import Finding
from tests import text_books
from tests.test_findings import check_folder

pytestmark = pytest.mark.slow

TITLES = "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | "
MONTHS = " | ".join(f"Dev. {m}" for m in ("ene", "feb", "mar", "abr", "may", "jun"))
CODES = {"PRE-011", "PRE-012"}


def found(folder: Path, *rows: str) -> list[Finding]:
    (folder / "entregas").mkdir()
    sheet = "\n".join([TITLES + MONTHS, *(f"570 0 004 | '10 | 90000 | 90000 | {row}" for row in rows)])
    text_books.unit(folder / "entregas/DGRB.xlsx", Presupuesto=sheet)
    return [f for f in check_folder(folder / "entregas") if f.code in CODES]


@pytest.mark.parametrize(("amount", "code", "shown", "meant"), [
    ("98.781", "PRE-011", "98,781", "98.781"), ("14.193", "PRE-011", "14,193", "14.193"), ("-1.005", "PRE-011", "-1,005", "-1005"),
    ("999.999", "PRE-011", "999,999", "999.999"), ("98.7812", "PRE-012", "98,7812", ""), ("33.333333333333336", "PRE-012", "33,3333333333", ""),
    ("1234.567", "PRE-012", "1234,567", ""), ("0.125", "PRE-012", "0,125", ""), ("50000.001", "PRE-012", "50.000,001", ""),
])  # fmt: skip
def test_an_amount_with_more_than_two_decimals_is_said_at_its_cell(
    tmp_path: Path, amount: str, code: str, shown: str, meant: str
) -> None:
    (finding,) = found(tmp_path, f"{amount} | 10.5")
    assert (finding.code, finding.location.sheet, finding.location.cell, finding.found) == (
        code,
        "Presupuesto",
        "E2",
        shown,
    )
    assert messages.severity(finding.code) is messages.Severity.AVISO
    if meant:
        assert f"sería {meant}." in messages.text(finding)


@pytest.mark.parametrize("amount", [
    "98.78", "0.1", "30000", "0.30000000000000004", "1234.5600000000001", "1099.9999999999998", "98.7800009", "0",
    "0.000000000001", "56789012345.12",
])  # fmt: skip
def test_cents_and_what_sums_leave_in_binary_raise_nothing(tmp_path: Path, amount: str) -> None:
    assert found(tmp_path, f"{amount} | 10.5") == []


def test_a_sum_of_many_amounts_of_whole_centavos_is_exact() -> None:
    total = 0.0
    for n in range(100_000):
        total += (n * 7919 % 1_000_000) / 100
        assert centavos.is_exact(total), n


def test_a_few_cells_of_a_row_have_a_finding_each(tmp_path: Path) -> None:
    cells = {f.location.cell for f in found(tmp_path, "1.234 | 2 | 3.456 | 4 | 5.678 | 6")}
    assert cells == {"E2", "G2", "I2"}


def test_a_row_that_a_formula_made_is_one_finding_that_names_its_cells(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, " | ".join(["33.3333"] * 6))
    assert finding.location.cell == "E2"
    assert ", y también F2, G2, H2, I2, J2" in messages.text(finding)


def test_a_column_that_a_formula_made_is_one_finding(tmp_path: Path) -> None:
    rows = [f"1 | {n}.4567" for n in range(2, 8)]
    (finding,) = found(tmp_path, *rows)
    assert (finding.location.cell, finding.code) == ("F2", "PRE-012")
    assert "F3, F4, F5, F6, F7" in messages.text(finding)


def test_counts_of_a_task_are_not_amounts(tmp_path: Path) -> None:
    (tmp_path / "entregas").mkdir()
    text_books.unit(tmp_path / "entregas/DGRB.xlsx", Operaciones="""
        Código de operación | ACP | Operación | Línea base | Meta
        OP-01 | '1.1 | Negociar acuerdos | 0.125 | 98.781""")  # fmt: skip
    assert {f.code for f in check_folder(tmp_path / "entregas")} <= {
        "COL-003",
        "OPE-015",
    }  # of the order, and of the Meta
