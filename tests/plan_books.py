"""Workbooks of the made-up entity with something changed, and what they are compared with."""

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from poa_xl import catalogo, entity, reading, sheets
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.baseline import ApprovedPlan, Baseline, ReportedQuarter
from poa_xl.baseline.plan import units_of as planned_units
from poa_xl.baseline.quarter import units_of as reported_units
from poa_xl.checking import entity_book, unit_books
from poa_xl.entity import Modificacion
from poa_xl.findings import Finding, Submission
from poa_xl.sheets import MESES
from poa_xl.writers.unit_workbook import workbook as unit_workbook
from poa_xl.writers.unit_workbook.layout import FIRST_ROW
from tests import campaign_books, factories

Data = dict[str, Any]
Change = Callable[[Data], None]
Place = tuple[str, str, str]  # code, sheet, cell
UNIT = "DGRB"
ACUSE = "2024-1T-0001-0-XX"


def unchanged(data: Data) -> None:
    """As the unit planned and reported it."""


def write(path: Path, change: Change = unchanged, unidad: str = UNIT, trimestre: int = 2) -> Path:
    """The workbook of a unit as it reports a quarter, with something changed."""
    known = factories.entidad().by_code[unidad]
    data = factories.unit_data(known, trimestre)
    change(data)
    path.parent.mkdir(parents=True, exist_ok=True)
    unit_workbook.write_unit_workbook(path, factories.entidad(), known, data)
    return path


def compared(change: Change, baseline: Baseline, trimestre: int = 2) -> tuple[list[Finding], Submission]:
    """What is found of the plan and of earlier quarters in a workbook with something changed, and what becomes of it."""
    with tempfile.TemporaryDirectory() as place:
        path = write(Path(place) / f"{UNIT}.xlsx", change, trimestre=trimestre)
        book = reading.read_book(path, sheets.unit_sheets())
    known = catalogo.of(factories.entidad())
    found, submission = unit_books.check_alone(book, known, trimestre, baseline=baseline)
    return [f for f in found if f.code.startswith("PLA-")], submission


def places(found: Sequence[Finding]) -> list[Place]:
    """Code, sheet and cell of each finding."""
    return sorted((f.code, f.location.sheet, f.location.cell) for f in found)


@cache
def rows(change: Change = unchanged, trimestre: int = 1) -> AcceptedRows:
    """The accepted rows of that unit."""
    with tempfile.TemporaryDirectory() as place:
        entidad = entity_book.check_entity(campaign_books.entity_book(Path(place)))
        path = write(Path(place) / "entregas" / f"{UNIT}.xlsx", change, trimestre=trimestre)
        assert entidad.entidad is not None
        return unit_books.check_units([path], entidad, entidad.entidad, trimestre).accepted


def plan(change: Change = unchanged, *modificaciones: Modificacion) -> ApprovedPlan:
    """The approved plan of that unit; `modificaciones` are those that it has in it already."""
    said, hashes = factories.entidad(), {f"{UNIT}.xlsx": "0" * 64}
    return ApprovedPlan(
        said.nombre, said.gestion, 1, (), "2024-01-05T09:00:00-04:00", "Ana", "", modificaciones,
        planned_units(rows(change), hashes),
    )  # fmt: skip


def quarter(change: Change = unchanged) -> ReportedQuarter:
    """What was accepted of its first quarter."""
    said = factories.entidad()
    reported = reported_units(rows(change), 1, {UNIT: (ACUSE, "0" * 64)})
    return ReportedQuarter(said.nombre, said.gestion, 1, "", reported, {})


def modification(tipo: str, mes: int, operacion: str = "", tarea: str = "") -> Modificacion:
    """One of the unit, for an operation or for all."""
    operations = entity.split_names(operacion)
    return Modificacion("RM 045/2024", dt.date(2024, 4, 2), mes, tipo, (UNIT,), operations, tarea)


def cell(sheet: str, column: str, row: int) -> str:
    """The address of a column in the row of a record, counted from 0."""
    names = [c.name for c in sheets.sheet("unidad", sheet).columns]
    return f"{xl_col_to_name(names.index(column))}{FIRST_ROW + row}"


def month(number: int) -> str:
    """The suffix of a month's columns, from 1."""
    return MESES[number - 1]
