"""The small workbook of a unit, changed and sent: what `poa-xl validate` and `consolidate` make of it."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from poa_xl import messages
from poa_xl.accepted_rows import ROW_TYPES
from poa_xl.checking import entity_book, unit_books
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.checking.unit_books import CheckedUnits
from tests import text_books
from tests.places import At, in_order

Change = Callable[[openpyxl.Workbook], object]
TASK_TITLES = "Operación | Actividad | Tarea"


def book(folder: Path, change: Change = lambda workbook: None, name: str = "DGRB.xlsx", **tabs: str | None) -> Path:
    """The workbook in folder/entregas, with some sheets replaced and then changed by openpyxl."""
    path = folder / "entregas" / name
    path.parent.mkdir(exist_ok=True)
    text_books.unit(path, **tabs)
    workbook = openpyxl.load_workbook(path)
    change(workbook)
    workbook.save(path)
    return path


def tasks(columns: str, *rows: str) -> dict[str, Any]:
    """The sheet Tareas with these columns behind the first three; a row is `task | figures`, all of one operation."""
    return {"Tareas": "\n".join([f"{TASK_TITLES} | {columns}", *(f"OP-01 | A | {row}" for row in rows)])}


@cache
def good_entity() -> CheckedEntity:
    """The small entity as it was read and checked, once for all: nobody changes it."""
    with tempfile.TemporaryDirectory() as folder:
        return entity_book.check_entity(text_books.entity(Path(folder) / "entidad.xlsx"))


def checked(path: Path, quarter: int | None = 2) -> CheckedUnits:
    """The workbook checked against the small entity, which lies above its folder."""
    text_books.entity(path.parent.parent / "entidad.xlsx")
    entity = good_entity()
    assert entity.entidad is not None, entity.findings
    return unit_books.check_units([path], entity, entity.entidad, quarter)


def places(units: CheckedUnits) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of each finding. The small workbook puts columns that it leaves out last: that is not meant."""
    found = [(f.code, f.location.sheet, f.location.cell) for f in units.findings if f.code != "COL-003"]
    return sorted(found)


def placed(folder: Path, *expected: tuple[str, At]) -> list[tuple[str, str, str]]:
    """What is expected of the workbook in folder/entregas, as `places` gives it."""
    return sorted(in_order(folder / "entregas" / "DGRB.xlsx", *expected))


def sentences(units: CheckedUnits, code: str) -> list[str]:
    """What a person reads of the findings of a code."""
    return [messages.text(f) for f in units.findings if f.code == code]


def column(units: CheckedUnits, sheet: str, name: str) -> list[object]:
    """The accepted values of a column, blanks as None."""
    kind = ROW_TYPES[sheet]
    return [*kind.values(units.accepted.of(sheet), kind.sheet().column(name))]
