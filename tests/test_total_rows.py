"""Rows of Tareas that are totals of other rows are found; tasks that look a little like one are not."""

import random
from pathlib import Path
from typing import Any

import pytest

from poa_xl.checking import total_rows
from poa_xl.checking.report import Report
from poa_xl.reading import Book, Table, as_records
from poa_xl.sheets import MESES, sheet
from tests import growth, sent
from tests.places import At, at, cell_of

pytestmark = pytest.mark.slow

THREE = "Prog. jul | Prog. ago | Prog. sep"
Rows = list[str]


def found(tmp_path: Path, *rows: str, columns: str = THREE) -> list[tuple[str, str, str]]:
    return sent.places(sent.checked(sent.book(tmp_path, **sent.tasks(columns, *rows))))


@pytest.mark.parametrize(
    "name",
    ["Total", "TOTAL", "total:", "Subtotal OP-01", "SUB-TOTAL", "Sub total", "Suma", "SUMA DE TAREAS", "«Total»", "Totales",
     "Total_1T", "Tótal", "  total general"],
)  # fmt: skip
def test_a_row_named_and_computed_as_a_total_is_an_error_and_counts_once(tmp_path: Path, name: str) -> None:
    units = sent.checked(
        sent.book(tmp_path, **sent.tasks(THREE, "T | 1 | 2 | 3", "U | 4 | 0 | 4", f"{name} | 5 | 2 | 7"))
    )
    assert sent.places(units) == sent.placed(tmp_path, ("TAR-010", at("Tareas", "Tarea", 3)))
    assert sent.column(units, "tareas", "programado_jul") == [1, 4]
    (said,) = sent.sentences(units, "TAR-010")
    assert "sus meses son la suma de otras filas de la operación «OP-01» (filas 2 y 3)" in said


@pytest.mark.parametrize("name", ["Total de atenciones consulares", "Subtotal", "Suma de montos"])
def test_a_row_named_as_a_total_alone_is_an_aviso_and_stays(tmp_path: Path, name: str) -> None:
    units = sent.checked(sent.book(tmp_path, **sent.tasks(THREE, "T | 1 | 2 | 3", f"{name} | 9 | 9 | 9")))
    assert sent.places(units) == sent.placed(tmp_path, ("TAR-011", at("Tareas", "Tarea", 2)))
    assert sent.column(units, "tareas", "programado_jul") == [1, 9]
    assert f"su texto empieza con «{name.split()[0]}»" in sent.sentences(units, "TAR-011")[0]


@pytest.mark.parametrize(
    "rows",
    [
        ["T | 1 | 2 | 3", "U | 4 | 1 | 4", "Consolidado | 5 | 3 | 7"],
        ["Consolidado | 5 | 3 | 7", "T | 1 | 2 | 3", "U | 4 | 1 | 4"],
        ["T | 1 | 2 | 3", "Consolidado | 5 | 3 | 7", "U | 4 | 1 | 4"],
        ["V | 9 | 9 | 9", "T | 1 | 2 | 3", "U | 4 | 1 | 4", "Consolidado | 5 | 3 | 7"],
        ["T | 1 | 2 | 3", "W |  |  | 0", "U | 4 | 1 | 4", "Consolidado | 5 | 3 | 7", "V | 9 | 9 | 9"],
        ["T | 1 | 2 | 3", "U | 4 | 1 | 4", "X | 1 | 1 | 1", "Consolidado | 6 | 4 | 8"],
    ],
    ids=["below", "above", "among them", "of the rows before it", "with blanks and zeros", "of three"],
)
def test_a_row_that_adds_others_up_is_an_aviso_wherever_it_stands(tmp_path: Path, rows: Rows) -> None:
    place = next(n for n, row in enumerate(rows, start=1) if row.startswith("Consolidado"))
    told = [f for f in found(tmp_path, *rows) if f[0] != "TAR-008"]  # of the row of zeros
    assert told == sent.placed(tmp_path, ("TAR-011", at("Tareas", "Tarea", place)))


def test_subtotals_and_the_total_of_all_are_each_found_and_not_added_twice(tmp_path: Path) -> None:
    rows = ["A1 | 1 | 2 | 3", "A2 | 2 | 2 | 2", "Subtotal A | 3 | 4 | 5", "B1 | 7 | 1 | 1", "B2 | 1 | 1 | 8",
            "Subtotal B | 8 | 2 | 9", "TOTAL | 11 | 6 | 14"]  # fmt: skip
    assert found(tmp_path, *rows) == sent.placed(
        tmp_path, *(("TAR-010", at("Tareas", "Tarea", row)) for row in (3, 6, 7))
    )


def test_the_rows_of_an_activity_are_added_up_wherever_they_stand(tmp_path: Path) -> None:
    titles = f"{sent.TASK_TITLES} | {THREE}"
    rows = ["OP-01 | A | T | 1 | 2 | 3", "OP-01 | B | X | 7 | 7 | 9", "OP-01 | A | U | 4 | 1 | 4", "OP-01 | B | Y | 1 | 0 | 6",
            "OP-01 | A | Total A | 5 | 3 | 7"]  # fmt: skip
    path = sent.book(tmp_path, Tareas="\n".join([titles, *rows]))
    assert sent.places(sent.checked(path)) == sent.placed(tmp_path, ("TAR-010", at("Tareas", "Tarea", 5)))


def test_months_of_execution_count_as_months_too(tmp_path: Path) -> None:
    columns = "Prog. abr | Ejec. abr | Ejec. may | Ejec. jun"
    rows = ["T | 5 | 1 | 1 | 1", "U | 6 | 2 | 1 | 3", "Total | | 3 | 2 | 4"]
    told = found(tmp_path, *rows, columns=columns)
    assert set(sent.placed(tmp_path, ("TAR-010", at("Tareas", "Tarea", 3)))) <= set(told)


@pytest.mark.parametrize(
    "rows",
    [
        ["T | 1 | 2 | 3", "U | 1 | 2 | 3"],
        ["T | 1 | 2 | 3", "W | 0 | 0 | 0", "U | 1 | 2 | 3"],
        ["T | 1 | 2 |", "U | 4 | 1 |", "V | 5 | 3 |"],
        ["T | 1 | 2 | 3", "U | 4 | 1 | 4", "V | 5 | 3 | 8"],
        ["Totalizar planillas | 5 | 5 | 9"],
        ["Sumatoria de actas | 5 | 5 | 9"],
        ["Sumar y cotejar | 5 | 5 | 9"],
        ["Elaborar el total | 5 | 5 | 9"],
        ["Totalmente nuevo | 5 | 5 | 9"],
    ],
    ids=["equal", "equal with a zero between", "two months", "one month differs", "totalizar", "sumatoria", "sumar", "in the text",
         "totalmente"],
)  # fmt: skip
def test_a_task_that_is_no_total_raises_nothing(tmp_path: Path, rows: Rows) -> None:
    assert [f for f in found(tmp_path, *rows) if f[0] != "TAR-008"] == []


def test_a_task_of_each_third_month_is_not_the_sum_of_tasks_of_each_month(tmp_path: Path) -> None:
    """As in the sample: 2 and 1 each month beside 3 in every third."""
    columns = " | ".join(f"Prog. {month}" for month in MESES)
    each = ["T" + " | 2" * 12, "U" + " | 1" * 12, "V" + " |  |  | 3" * 4]
    quiet = " | ".join(f"Ejec. {month}" for month in MESES[:6])
    rows = [f"{row} | {' | '.join('0' * 6)}" for row in each]
    assert found(tmp_path, *rows, columns=f"{columns} | {quiet}") == []


def test_rows_of_another_operation_are_not_added_up(tmp_path: Path) -> None:
    operations = "Código de operación | ACP | Operación\nOP-01 | '1.1 | Una\nOP-02 | '1.1 | Otra"
    rows = ["OP-01 | A | T | 1 | 2 | 3", "OP-01 | A | U | 4 | 1 | 4", "OP-02 | A | V | 5 | 3 | 7"]
    path = sent.book(tmp_path, Operaciones=operations, Tareas="\n".join([f"{sent.TASK_TITLES} | {THREE}", *rows]))
    assert sent.places(sent.checked(path)) == []


# --- many rows ------------------------------------------------------------------------------------------------


def rows_of(count: int) -> Table:
    chance = random.Random(count)
    table = Table(sheet("unidad", "tareas"), "Tareas", {"tarea": 2})
    table.rows = list(range(2, count + 2))
    table.values = {"operacion": ["OP-01"] * count, "actividad": ["A"] * count, "tarea": ["T"] * count}
    for month in MESES:
        table.values[f"programado_{month}"] = [chance.choice((0, 0, 10**6)) for _ in range(count)]
    return table


def test_the_work_grows_with_the_rows_of_an_operation_and_not_with_their_square() -> None:
    def check(table: Table) -> None:
        total_rows.check(Report(Book("x.xlsx", tables={"tareas": table})), table, as_records(table))

    assert growth.ratio(rows_of, check, 1500) < growth.MOST


# --- rows that are a total and nothing else ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ("TOTAL |  |  | 2 | 1", "TAR-013", at("Tareas", "Operación", 2)),
        (" | Sub-total |  | 2 | 1", "TAR-013", at("Tareas", "Actividad", 2)),
        (" |  | T O T A L | 2 | 1", "TAR-013", at("Tareas", "Tarea", 2)),
        (" |  |  | Total | 1", "TAR-013", at("Tareas", "Prog. ene", 2)),
        ("Gran total |  |", "OPE-007", at("Operaciones", "Código de operación", 2)),
        (" |  | Totales", "OPE-007", at("Operaciones", "Operación", 2)),
        ("TOTAL |  | 1000 | 1000 | 10.5 | 0", "PRE-016", at("Presupuesto", "Categoría programática", 2)),
        (" | Suma | 1000 | 1000 | 10.5 | 0", "PRE-016", at("Presupuesto", "Fuente", 2)),
    ],
)
def test_a_row_that_says_total_and_nothing_else_is_told_once_and_not_read(
    tmp_path: Path, row: str, code: str, place: At
) -> None:
    tabs: dict[str, Any] = {place.sheet: sent.text_books.UNIT[place.sheet].rstrip() + "\n" + row}
    path = sent.book(tmp_path, **tabs)
    units = sent.checked(path)
    assert sent.places(units) == sent.placed(tmp_path, (code, place))
    assert len(units.accepted.of(place.sheet.lower())) == 1


def test_the_last_row_of_the_budget_with_the_sums_of_those_above_is_a_total(tmp_path: Path) -> None:
    rows = ["570 0 004 | '41 | 500 | 500 | 1.5 | 0", " |  | 1500 | 1500 | 12 | 0"]
    path = sent.book(tmp_path, Presupuesto="\n".join([sent.text_books.UNIT["Presupuesto"].rstrip(), *rows]))
    source = cell_of(path, at("Presupuesto", "Fuente", 2))  # it is not known
    found = [f for f in sent.places(sent.checked(path)) if f[1:] != ("Presupuesto", source)]
    assert [f for f in found if f[0].startswith("PRE")] == sent.placed(
        tmp_path, ("PRE-016", at("Presupuesto", "Presupuesto inicial", 3))
    )


@pytest.mark.parametrize(
    ("sheet", "row", "codes"),
    [
        ("Tareas", " | Atender | Total de pasaportes | 2 | 1", {"TAR-001"}),
        ("Tareas", "TOTAL-1 | A | U | 2 | 1", {"TAR-002"}),
        ("Tareas", "OP-01 | A | Totora | 2 | 1", set()),
        ("Tareas", " |  | Totalizar | 2 | 1", {"TAR-001"}),
        ("Operaciones", "OP-02 | '1.1 | Total de trámites", {"OPE-005"}),
        ("Presupuesto", "TOTAL | '41 | 1000 | 1000 | 10.5 | 0", {"PRE-002"}),
        ("Presupuesto", " |  | 1000 | 999 | 10.5 | 0", {"PRE-001"}),
    ],
)
def test_a_row_with_other_texts_is_read_and_judged_as_any(
    tmp_path: Path, sheet: str, row: str, codes: set[str]
) -> None:
    tabs: dict[str, Any] = {sheet: sent.text_books.UNIT[sheet].rstrip() + "\n" + row}
    path = sent.book(tmp_path, **tabs)
    found = {code for code, *_ in sent.places(sent.checked(path)) if not code.startswith("CUA")}
    assert codes <= found
    assert not found & {"TAR-013", "OPE-007", "PRE-016"}
