"""A date or TRUE in a text that may be blank is what the person sees; in a code it stays an error."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from poa_xl import reading, sheets
from poa_xl.addins import open_workbook
from poa_xl.comparison import units
from tests import json_bridge, old_books, sent
from tests.places import At, Expected, at, cell_at, resolved
from tests.text_books import UNIT

pytestmark = pytest.mark.slow

OPERATIONS = "Código de operación | ACP | Operación | Indicador | Unidad de medida\n"


def operations(indicator: str = "", measure: str = "", code: str = "OP-01") -> dict[str, Any]:
    return {"Operaciones": f"{OPERATIONS}{code} | '1.1 | Negociar | {indicator} | {measure}"}


@pytest.mark.parametrize(
    ("tabs", "place", "shown"),
    [
        (operations("d:2024-07-05"), at("Operaciones", "Indicador"), "05/07/2024"),
        (operations("", "VERDADERO"), at("Operaciones", "Unidad de medida"), "VERDADERO"),
        (operations("FALSO"), at("Operaciones", "Indicador"), "FALSO"),
        (
            sent.tasks("Prog. ene | Ejec. ene | Problemas", "T | 2 | 1 | VERDADERO"),
            at("Tareas", "Problemas"),
            "VERDADERO",
        ),
        (
            sent.tasks("Prog. ene | Ejec. ene | Medio de verificación", "T | 2 | 1 | d:2024-01-31"),
            at("Tareas", "Medio de verificación"),
            "31/01/2024",
        ),
        (
            {"Unidad": UNIT["Unidad"].replace("Cargo | Jefa", "Cargo | d:2024-05-01")},
            at("Unidad", "Cargo"),
            "01/05/2024",
        ),
    ],
)
def test_it_is_read_as_text_with_an_aviso_and_the_row_stays(
    tmp_path: Path, tabs: dict[str, Any], place: At, shown: str
) -> None:
    found = sent.checked(sent.book(tmp_path, **tabs))
    assert sent.places(found) == sent.placed(tmp_path, ("CEL-021", place))
    assert f"una fecha, una hora, VERDADERO o FALSO: se tomó como «{shown}»." in sent.sentences(found, "CEL-021")[0]
    assert len(found.accepted.operaciones) == len(found.accepted.tareas) == 1
    assert shown in found.accepted.to_frame(place.sheet.lower()).astype(str).to_numpy()


@pytest.mark.parametrize(
    ("tabs", "expected"),
    [
        (
            operations(code="d:2024-05-01"),
            {("CEL-009", at("Operaciones", "Código de operación")), ("TAR-002", at("Tareas", "Operación"))},
        ),
        (sent.tasks("Prog. ene | Ejec. ene", "VERDADERO | 2 | 1"), {("CEL-005", at("Tareas", "Tarea"))}),
        (
            {"Presupuesto": UNIT["Presupuesto"].replace("'10", "d:2024-10-01")},
            {("CEL-009", at("Presupuesto", "Fuente"))},
        ),
        (
            {"Presupuesto": UNIT["Presupuesto"].replace("570 0 004", "VERDADERO")},
            {("CEL-005", at("Presupuesto", "Categoría programática"))},
        ),
        (
            {"Unidad": UNIT["Unidad"].replace("| DGRB", "| d:2024-05-01")},
            {("CEL-009", at("Unidad", "Código de la unidad"))},
        ),
        (
            {"Unidad": UNIT["Unidad"].replace("entrega |", "entrega | VERDADERO")},
            {("CEL-005", at("Unidad", "Sello de la entrega"))},
        ),
    ],
    ids=["operation", "task", "source", "category", "unit", "sello"],
)
def test_of_a_code_and_of_a_text_that_each_row_needs_it_stays_an_error(
    tmp_path: Path, tabs: dict[str, Any], expected: Expected
) -> None:
    path = sent.book(tmp_path, **tabs)
    assert set(sent.places(sent.checked(path))) == resolved(expected, path)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (dt.time(10, 30), "10:30"),
        (dt.time(10, 30, 5), "10:30:05"),
        (dt.timedelta(hours=30), "30 horas"),
        (dt.datetime(2024, 5, 3, 10, 30), "03/05/2024 10:30"),
        (dt.datetime(2024, 5, 3), "03/05/2024"),
    ],
)
def test_an_hour_is_told_as_a_date_is_and_read_in_spanish(
    tmp_path: Path, typed: dt.datetime | dt.time | dt.timedelta, shown: str
) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        cell_at(workbook, at("Operaciones", "Indicador")).value = typed

    found = sent.checked(sent.book(tmp_path, change, **operations("Reuniones")))
    assert sent.places(found) == sent.placed(tmp_path, ("CEL-021", at("Operaciones", "Indicador")))
    assert f"se tomó como «{shown}»." in sent.sentences(found, "CEL-021")[0]
    assert sent.column(found, "operaciones", "indicador") == [shown]


def test_an_hour_in_a_text_that_each_row_needs_is_an_error(tmp_path: Path) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        cell_at(workbook, at("Tareas", "Tarea")).value = dt.time(10, 30)

    found = sent.checked(sent.book(tmp_path, change))
    assert sent.places(found) == sent.placed(tmp_path, ("CEL-009", at("Tareas", "Tarea")))
    assert "una fecha o una hora: 10:30." in sent.sentences(found, "CEL-009")[0]


def test_a_number_or_a_word_in_such_a_text_raises_nothing(tmp_path: Path) -> None:
    found = sent.checked(sent.book(tmp_path, **operations("12.5", "'VERDADERO")))
    assert sent.places(found) == []
    assert sent.column(found, "operaciones", "unidad_medida") == ["VERDADERO"]


# --- the other doors -------------------------------------------------------------------------------------------


def test_diff_takes_the_date_and_its_text_for_the_same(tmp_path: Path) -> None:
    a = sent.book(tmp_path, name="A.xlsx", **operations("d:2024-07-05"))
    b = sent.book(tmp_path, name="B.xlsx", **operations("'05/07/2024"))
    before, after = (reading.read_book(path, sheets.unit_sheets()) for path in (a, b))
    found = units.compare(before, after)
    assert found.hojas == ()


def test_migrate_carries_it_and_does_not_call_it_illegible(tmp_path: Path) -> None:
    path = old_books.old(tmp_path, **operations("d:2024-07-05"))
    ready = old_books.migrate(
        path, tmp_path / "nuevo.xlsx", old_books.order(old_books.entity(tmp_path / "entidad.xlsx"))
    )
    assert ready.lines == ()
    value = cell_at(openpyxl.load_workbook(tmp_path / "nuevo.xlsx"), at("Operaciones", "Indicador")).value
    assert value == dt.datetime(2024, 7, 5)


def test_validar_reads_it_alike(tmp_path: Path) -> None:
    read = open_workbook.read(json_bridge.opened(sent.book(tmp_path, **operations("d:2024-07-05"))))
    assert [f.found for f in read.findings if f.code == "CEL-021"] == ["05/07/2024"]
