"""A campaign of the made-up entity, and workbooks of its units, for tests."""

import datetime as dt
import io
import re
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import openpyxl

from poa_xl.campaign import folder
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook as unit_workbook_workbook
from tests import factories
from tests.places import At, at

LIMIT = dt.date(2024, 7, 10)
BEFORE = dt.datetime(2024, 7, 5, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
AFTER = dt.datetime(2024, 7, 11, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
SAVED = (
    "2024-07-05T12:00:00"  # when each of the books was last saved: two saved a second apart would say which is newer
)
UNITS = [u.unidad for u in factories.entidad().vigentes]
MONTH = at("Tareas", "Prog. ene")  # of the first task
VERSION, SENT = at("Unidad", "Versión de la plantilla"), at("Unidad", "Fecha de envío")


def campaign(place: Path, limit: dt.date = LIMIT) -> Path:
    """A campaign for the second quarter, in `place`/campana, created by Ana in time."""
    entity = entity_book(place)
    folder.create(place / "campana", entity, 2, limit, "Ana", BEFORE)
    return place / "campana"


def entity_book(place: Path) -> Path:
    """The entity's workbook."""
    path = place / "entidad.xlsx"
    if not path.exists():
        rows = factories.entity_rows()
        said = [row for row in rows["parametros"] if row["valor"] is not None]
        entity_workbook.write_entity_workbook(path, {**rows, "parametros": said})
    return path


@cache
def _content(unidad: str, functions: str = "native") -> bytes:
    entidad = factories.entidad()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"{unidad}.xlsx"
        known = entidad.by_code[unidad]
        unit_workbook_workbook.write_unit_workbook(path, entidad, known, factories.unit_data(known, 2))
        return saved_at(path, SAVED).read_bytes()


def cell(place: At) -> str:
    """Where a filled workbook of a unit has a cell, such as `E5`: it is the same place in all of them."""
    return place.within(_opened())


def written(place: At) -> str:
    """The same as people type it: `Tareas!E5`."""
    return f"{place.sheet}!{cell(place)}"


@cache
def _opened() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(_content("DGRB")))


def book(path: Path, unidad: str, cells: Mapping[At, object] | None = None) -> Path:
    """A filled workbook of a unit, with other values in some cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_content(unidad))
    if cells:
        workbook = openpyxl.load_workbook(path)
        for place, value in cells.items():
            workbook[place.sheet][place.within(workbook)] = value
        workbook.save(path)
        saved_at(path, SAVED)
    return path


def saved_at(path: Path, moment: str) -> Path:
    """The same workbook, last saved at this moment of UTC (ISO without its end)."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    core = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{moment}Z".encode(), parts["docProps/core.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | {"docProps/core.xml": core}).items():
            archive.writestr(name, content)
    return path


def variant(path: Path, unidad: str, mark: str) -> Path:
    """The same workbook as another file: only its fingerprint differs."""
    book(path, unidad)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = mark.encode()
    return path
