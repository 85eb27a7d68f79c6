"""`poa-xl diff` calls a change of a unit's row the same, whether it looks at the workbooks or at their masters."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from poa_xl import sheets
from poa_xl.comparison import Comparacion, masters, units
from poa_xl.master_tables import contents
from poa_xl.reading import File, read_book
from tests import campaign_books
from tests.one_sheet import sheet_of
from tests.places import At, at
from tests.test_diff_masters import _consolidated, _folder

Told = dict[str, tuple[set[object], set[object], set[object]]]
TASK = "Coordinar la participación en ferias internacionales"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of submissions, and its master."""
    place = _folder(tmp_path_factory.mktemp("antes") / "a")
    return place, _consolidated(place)


def told(found: Comparacion, of_master: bool) -> Told:
    """By sheet: rows that came, rows that went, and cells that changed, without the unit and what is computed."""
    said: Told = {}
    for sheet in (s for s in sheets.unit_sheets() if s.inputs and not s.form):
        typed = {c.title for c in sheet.inputs}
        name = f"Datos_{sheet.name}" if of_master else sheet.name
        for hoja in (h for h in found.hojas if h.nombre == name):
            come, gone = (set[object](_key(f.clave) for f in rows) for rows in (hoja.agregadas, hoja.quitadas))
            changed: set[object] = {(_key(c.clave), c.columna, c.despues) for c in hoja.celdas if c.columna in typed}
            if come or gone or changed:
                said[sheet.name] = (come, gone, changed)
    return said


def _key(clave: tuple[tuple[str, object], ...]) -> tuple[object, ...]:
    return tuple(value for title, value in clave if title != "Unidad")


def changed(before: tuple[Path, Path], place: Path, cells: Mapping[At, object]) -> tuple[Told, Told]:
    """What both comparisons tell of a workbook of DGRB with these cells."""
    folder, old = before
    copy = _folder(place / "b")
    campaign_books.book(copy / "entregas" / "DGRB.xlsx", "DGRB", cells)
    first, second = (read_book(p / "entregas" / "DGRB.xlsx", sheets.unit_sheets()) for p in (folder, copy))
    files = [File(old), File(_consolidated(copy))]
    return (
        told(units.compare(first, second), False),
        told(masters.compare(*(masters.read(file, file.name) for file in files)), True),
    )


MONTHS: dict[At, object] = {at("Tareas", f"Prog. {mes}"): 9 for mes in ("ene", "feb", "mar", "abr", "may", "jun")}


@pytest.mark.slow
@pytest.mark.parametrize(
    "cells",
    [
        {at("Tareas", "Tarea"): TASK},
        {at("Tareas", "Tarea"): TASK, **MONTHS},
        {
            at("Tareas", "Actividad"): "Otra actividad del todo distinta",
            at("Tareas", "Tarea"): TASK,
            campaign_books.MONTH: 7,
        },
        {
            at("Tareas", "Tarea"): TASK,
            at("Tareas", "Actividad", 2): "Otra actividad",
            at("Tareas", "Tarea", 2): "Elaborar un plan de contingencia",
            **MONTHS,
        },
        {at("Tareas", "Tarea"): "Tarea 1: elaborar y remitir los informes que corresponden al periodo"},
        {at("Presupuesto", "Presupuesto inicial"): 128740.75, at("Presupuesto", "Modificaciones"): 9},
        {at("Operaciones", "Operación"): "Una operación descrita de otra manera"},
    ],
)
def test_a_changed_row_is_called_the_same_in_workbooks_and_masters(
    before: tuple[Path, Path], tmp_path: Path, cells: dict[At, object]
) -> None:
    of_books, of_masters = changed(before, tmp_path, cells)
    assert of_books == of_masters
    assert any(any(parts) for parts in of_books.values())


def moved_and_renamed(months: int) -> dict[At, object]:
    """The first operation's tasks behind the second's, the first under another name and with months exchanged."""
    with tempfile.TemporaryDirectory() as place:
        page = sheet_of(campaign_books.book(Path(place) / "DGRB.xlsx", "DGRB"), "Tareas")
    rows = [[page.cell(row, column).value for column in range(1, 31)] for row in (7, 8, 5, 6)]
    first = rows[2]
    titles = [page.cell(4, column).value for column in range(1, 31)]
    for kind in ("Prog.", "Ejec.")[:months]:
        january, february = (titles.index(f"{kind} {month}") for month in ("ene", "feb"))
        first[january], first[february] = first[february], first[january]
    first[titles.index("Tarea")] = TASK
    return {
        at("Tareas", title, number): value
        for number, row in enumerate(rows, start=1)
        for title, value in zip(titles, row, strict=True)
    }


@pytest.mark.slow
@pytest.mark.parametrize("months", [0, 1, 2])
def test_a_row_that_moved_under_another_name_is_called_the_same(
    before: tuple[Path, Path], tmp_path: Path, months: int
) -> None:
    of_books, of_masters = changed(before, tmp_path, moved_and_renamed(months))
    assert of_books == of_masters
    come, gone, _ = of_books["Tareas"]
    assert (len(come), len(gone)) == ((1, 1) if months == 2 else (0, 0))  # so many cells changed, it is another task


@pytest.mark.slow
def test_a_workbook_that_did_not_change_changes_no_row(before: tuple[Path, Path], tmp_path: Path) -> None:
    assert changed(before, tmp_path, {}) == ({}, {})


def test_the_names_of_data_sheets_are_those_of_the_units() -> None:
    named = {s.name: contents.sheet_of_units(s.name) for s in contents.SHEETS if contents.sheet_of_units(s.name)}
    assert named == {f"Datos_{s.name}": s.key for s in sheets.unit_sheets() if s.inputs and not s.form}
