"""Writes the municipality: its entity's workbook, a folder a quarter, and workbooks that differ from the plan."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter

from poa_xl import sheets
from poa_xl.api import entities
from poa_xl.entity import Entidad
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.progress import Progress, counter
from poa_xl.sample import municipio
from poa_xl.sample.municipio import changes
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, Record

CHANGED, LIST_FILE = "con_cambios", "cambios.csv"
_HEADER = ("archivo", "hoja", "celda", "codigo", "cambio")
Rows = Mapping[str, Sequence[Record]]


@dataclass(frozen=True)
class SampleYear:
    """What was written: the workbook with which the year begins, the quarters' folders, and the planted changes."""

    entity: Path
    quarters: tuple[Path, ...]
    count: int  # workbooks of units in all quarters
    changes: int
    changes_list: Path


def write(folder: Path, submissions: str, progress: Progress | None) -> SampleYear:
    """Write all of it into a folder; `submissions` is the name of the folder in each quarter's."""
    entity = folder / ENTITY_FILE
    entity_workbook.write_entity_workbook(entity, municipio.entity_rows(municipio.START))
    books = {quarter: municipio.unit_rows(quarter) for quarter in municipio.QUARTERS}
    count = sum(len(units) for units in books.values())
    advance = counter(progress, count)
    places = []
    for quarter, units in books.items():
        place = folder / f"{quarter}T"
        entity_workbook.write_entity_workbook(place / ENTITY_FILE, municipio.entity_rows(quarter))
        entidad = entities.open_entity(place / ENTITY_FILE).entidad
        for code, rows in units.items():
            _unit(place / submissions, entidad, code, rows)
            advance()
        places.append(place)
    return SampleYear(entity, tuple(places), count, *_write_changed(folder))


def _unit(folder: Path, entidad: Entidad, code: str, rows: Rows) -> None:
    workbook.write_unit_workbook(folder / f"{code}.xlsx", entidad, entidad.by_code[code], rows)


def _write_changed(folder: Path) -> tuple[int, Path]:
    """The workbooks with changes, beside the quarters so that none is received unasked, and above them their list."""
    entidad = entities.open_entity(folder / f"{changes.QUARTER}T" / ENTITY_FILE).entidad
    books, planted = changes.changed()
    place = folder / CHANGED
    for code, rows in books.items():
        _unit(place, entidad, code, rows)
    with (folder / LIST_FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        writer.writerows(_listed(one) for one in planted)
    return len(planted), folder / LIST_FILE


def _listed(one: changes.Difference) -> tuple[str, ...]:
    sheet = sheets.sheet("unidad", one.hoja)
    cell = ""
    if one.fila is not None:
        column = sheet.places[one.columna] + 1
        cell = f"{get_column_letter(column)}{FIRST_ROW + one.fila}"
    return f"{CHANGED}/{one.unidad}.xlsx", sheet.name, cell, one.codigo, one.cambio
