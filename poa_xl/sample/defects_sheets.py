"""Defects of what a sheet means: what nobody sees, what is there twice, what is blank where it should say 0."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from poa_xl.sample.plots import FIRST_ROW, PlantedCell, Plot

_QUARTER = ("ene", "feb", "mar")
_MONTHS = ("oct", "nov", "dic")
_ACTIVITY = "Actividad agregada para la demostración"


def _covered(plot: Plot) -> list[PlantedCell]:
    """Two tasks whose months are merged: the second one's is still there."""
    rows = [plot.append("Tareas", {**_task(f"Tarea agregada {n}", "OP-01"), "Prog. dic": n}) for n in (1, 2)]
    first, last = (plot.place("Tareas", "Prog. dic", row) for row in rows)
    plot.tab("Tareas").merged_cells.add(f"{first.cell}:{last.cell}")  # without emptying the cell, as LibreOffice does
    return [last]


def _empty_copy(plot: Plot) -> list[PlantedCell]:
    copy = plot.workbook.copy_worksheet(plot.tab("Resultados"))
    copy.title = "Resultados (2)"
    for row in copy.iter_rows(min_row=FIRST_ROW):
        for cell in row:
            cell.value = None
    return [PlantedCell(copy.title, "")]


def _titles_again(plot: Plot) -> list[PlantedCell]:
    row = plot.last_row("Resultados") + 1
    for title in ("ACP", "Resultado programado", "Principales resultados"):
        plot.put("Resultados", title, row, title)
    return [PlantedCell("Resultados", f"A{row}")]


def _task(text: str, operation: str = "OP-90") -> dict[str, object]:
    return {"Operación": operation, "Actividad": _ACTIVITY, "Tarea": text}


def _tasks(plot: Plot, *rows: tuple[str, int]) -> int:
    """An operation with these tasks, each with the same figure in three months; the last row."""
    first = {"Código de operación": "OP-90", "ACP": plot.get("Operaciones", "ACP"), "Operación": "Operación agregada"}
    plot.append("Operaciones", first)
    row = 0
    for text, figure in rows:
        row = plot.append("Tareas", {**_task(text), **{f"Prog. {month}": figure for month in _MONTHS}})
    return row


def _total(plot: Plot) -> list[PlantedCell]:
    row = _tasks(plot, ("Atender trámites", 2), ("Atender consultas", 3), ("TOTAL", 5))
    return [plot.place("Tareas", "Tarea", row)]


def _named_total(plot: Plot) -> list[PlantedCell]:
    return [plot.place("Tareas", "Tarea", _tasks(plot, ("Total de atenciones", 4)))]


def _totals_alone(plot: Plot) -> list[PlantedCell]:
    """Rows of three sheets that say a total and nothing else."""
    places = (("TAR-013", "Tareas", "Operación"), ("OPE-007", "Operaciones", "Código de operación"),
              ("PRE-016", "Presupuesto", "Categoría programática"))  # fmt: skip
    return [plot.place(sheet, title, plot.append(sheet, {title: "TOTAL"}), code) for code, sheet, title in places]


def _blank_tasks(plot: Plot) -> list[PlantedCell]:
    rows = range(FIRST_ROW, plot.last_row("Tareas") + 1)
    for row in rows:
        for month in _QUARTER:
            plot.put("Tareas", f"Ejec. {month}", row, None)
    planned = (r for r in rows if any(plot.get("Tareas", f"Prog. {month}", r) for month in _QUARTER))
    return [plot.place("Tareas", "Ejec. ene", next(planned))]


def _blank_budget(plot: Plot) -> list[PlantedCell]:
    """The money is missing in the cuadre too; its category is spent by this unit alone."""
    for row in range(FIRST_ROW, plot.last_row("Presupuesto") + 1):
        for month in _QUARTER:
            plot.put("Presupuesto", f"Dev. {month}", row, None)
    cuadre = plot.place("Presupuesto", "Categoría programática", FIRST_ROW, "CUA-001")
    return [plot.place("Presupuesto", "Dev. ene", FIRST_ROW), cuadre]


CHANGES: list[tuple[str, Callable[[Plot], list[PlantedCell]]]] = [
    ("CEL-020", _covered),
    ("CEL-021", lambda plot: [plot.put("Operaciones", "Indicador", FIRST_ROW, dt.date(2024, 5, 1))]),
    ("HOJ-010", _empty_copy),
    ("HOJ-011", _titles_again),
    ("TAR-010", _total),
    ("TAR-011", _named_total),
    ("TAR-012", _blank_tasks),
    ("TAR-013", _totals_alone),
    ("PRE-015", _blank_budget),
]


def _by_hand(path: Path) -> list[tuple[str, str, str, str]]:
    """A month that a formula gives, in a workbook that calculates when it is asked to."""
    workbook = openpyxl.load_workbook(path)
    part, mode = f"xl/worksheets/sheet{workbook.sheetnames.index('Tareas') + 1}.xml", workbook.calculation
    mode.calcMode = "manual"
    workbook.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    month = re.search(rb'<c r="([E-P]%d)"[^>]*>(?=<v>\d)' % FIRST_ROW, parts[part])
    if month is None:
        raise LookupError(f"no month in row {FIRST_ROW}")
    parts[part] = parts[part].replace(month[0], month[0] + b"<f>1+1</f>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return [(path.name, "Tareas", month[1].decode(), "LIB-022")]


SPOILERS: list[tuple[str, Callable[[Path], list[tuple[str, str, str, str]]]]] = [("LIB-022", _by_hand)]
