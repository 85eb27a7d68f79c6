"""A reported quarter in which a unit wrote nothing is said; zeros that were typed, and quarters without programme, are not."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl.cli import poa_xl
from tests import campaign_books, sent
from tests.places import at

pytestmark = pytest.mark.slow

MONTHS = {1: ("ene", "feb", "mar"), 2: ("abr", "may", "jun"), 3: ("jul", "ago", "sep"), 4: ("oct", "nov", "dic")}
ALL = [month for months in MONTHS.values() for month in months]
COLUMNS = " | ".join([f"Prog. {m}" for m in ALL] + [f"Ejec. {m}" for m in ALL])
PLANNED = " | ".join("1" * 12)
MONEY = "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | " + " | ".join(
    f"Dev. {m}" for m in ALL
)


def execution(done: str) -> str:
    """`T | …` with what was executed, a character a month, `.` for a blank."""
    return f"T | {PLANNED} | " + " | ".join("" if ch == "." else ch for ch in f"{done:.<12}")


def found(tmp_path: Path, *done: str, quarter: int | None = 2, reported: int = 2) -> list[tuple[str, str, str]]:
    form = sent.text_books.UNIT["Unidad"].replace("reporta | 2", f"reporta | {reported}")
    rows = [execution(one).replace("T |", f"T{n} |", 1) for n, one in enumerate(done)]
    path = sent.book(tmp_path, Unidad=form, **sent.tasks(COLUMNS, *rows))
    return [f for f in sent.places(sent.checked(path, quarter)) if f[0] not in ("UNI-011", "UNI-014", "PRE-015")]


@pytest.mark.parametrize(
    ("done", "months"),
    [
        (["......"], ["ene", "abr"]),
        (["111..."], ["abr"]),
        (["...111"], ["ene"]),
        (["...1"], ["ene"]),
        (["......", "1....."], ["abr"]),
    ],
)
def test_a_quarter_without_any_execution_is_said_at_its_first_month(
    tmp_path: Path, done: list[str], months: list[str]
) -> None:
    assert found(tmp_path, *done) == sent.placed(
        tmp_path, *(("TAR-012", at("Tareas", f"Ejec. {month}")) for month in months)
    )


@pytest.mark.parametrize("done", [["000000"], ["0..0.."], ["..1..1"], ["111000"], ["1.....", "...0.."]])
def test_zeros_that_were_typed_raise_nothing(tmp_path: Path, done: list[str]) -> None:
    assert found(tmp_path, *done) == []


def test_the_sentence_names_the_months_and_says_what_it_counts_as(tmp_path: Path) -> None:
    path = sent.book(tmp_path, **sent.tasks(COLUMNS, execution("111")))
    units = sent.checked(path)
    (said,) = sent.sentences(units, "TAR-012")
    assert "en el trimestre 2 (Ejec. abr, Ejec. may, Ejec. jun)" in said
    assert "cuenta como 0" in said
    assert sent.column(units, "tareas", "ejecutado_ene") == [1]


def test_only_quarters_up_to_the_one_that_is_evaluated_and_reported_count(tmp_path: Path) -> None:
    assert found(tmp_path, "111111", quarter=2, reported=4) == []
    assert found(tmp_path, "111111", quarter=4, reported=2) == []  # UNI-014 says that the rest is missing
    said = found(tmp_path, "111111", quarter=None, reported=3)
    assert said == sent.placed(
        tmp_path, ("TAR-012", at("Tareas", "Ejec. jul")), ("UNI-016", at("Unidad", "Fecha de envío"))
    )  # sent in July, before the third began


def test_a_quarter_without_programme_raises_nothing(tmp_path: Path) -> None:
    path = sent.book(tmp_path, **sent.tasks("Prog. ene | Ejec. ene | Prog. ago", "T | 2 | 1 | 3"))
    assert sent.places(sent.checked(path)) == []


def test_a_month_that_cannot_be_read_is_no_blank(tmp_path: Path) -> None:
    path = sent.book(tmp_path, **sent.tasks("Prog. abr | Ejec. abr", "T | 2 | tres", "U | 2 | "))
    assert sent.places(sent.checked(path)) == sent.placed(tmp_path, ("CEL-002", at("Tareas", "Ejec. abr")))


# --- money ----------------------------------------------------------------------------------------------------


def money(tmp_path: Path, spent: str, in_force: str = "1000", quarter: int = 2) -> list[tuple[str, str, str]]:
    months = " | ".join("" if ch == "." else ch for ch in f"{spent:.<12}")
    path = sent.book(tmp_path, Presupuesto=f"{MONEY}\n570 0 004 | '10 | {in_force} | {in_force} | {months}")
    return sent.places(sent.checked(path, quarter))


@pytest.mark.parametrize(("spent", "months"), [("", ["ene", "abr"]), ("5", ["abr"]), ("...5", ["ene"])])
def test_a_quarter_without_any_devengado_is_said_at_its_first_month(
    tmp_path: Path, spent: str, months: list[str]
) -> None:
    assert money(tmp_path, spent) == sent.placed(
        tmp_path, *(("PRE-015", at("Presupuesto", f"Dev. {month}")) for month in months)
    )


@pytest.mark.parametrize(("spent", "in_force"), [("0..0", "1000"), ("500..0", "1000"), ("", "0")])
def test_zeros_and_a_category_without_budget_raise_nothing(tmp_path: Path, spent: str, in_force: str) -> None:
    assert money(tmp_path, spent, in_force) == []


# --- through the other doors -----------------------------------------------------------------------------------


def test_receive_says_it_too_and_the_file_counts(tmp_path: Path) -> None:
    campaign = campaign_books.campaign(tmp_path)
    unidad = campaign_books.UNITS[0]
    path = campaign_books.book(tmp_path / "correo" / f"{unidad}.xlsx", unidad)
    workbook = openpyxl.load_workbook(path)
    tab = workbook["Tareas"]
    columns = [cell.column for cell in tab[4] if cell.value in [f"Ejec. {m}" for m in MONTHS[2]]]
    for row in range(5, tab.max_row + 1):
        for column in columns:
            tab.cell(row, column).value = None
    workbook.save(path)
    order = ["receive", str(path), "--campaign", str(campaign), "--by", "Ana", "--force", "--format", "json"]
    said = CliRunner().invoke(poa_xl, order).stdout
    (entry,) = (one for one in _entries(json.loads(said)) if "observaciones" in one)
    assert [(o["codigo"], o["hoja"]) for o in entry["observaciones"] if o["codigo"] == "TAR-012"] == [
        ("TAR-012", "Tareas")
    ]
    assert entry["estado"] == "aceptada con avisos"


def _entries(said: object) -> list[dict]:
    """The dictionaries of a JSON document, wherever they stand."""
    if isinstance(said, dict):
        return [said, *(one for value in said.values() for one in _entries(value))]
    return [one for value in said for one in _entries(value)] if isinstance(said, list) else []
