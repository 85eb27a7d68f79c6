"""Data of a master that somebody changes by hand: what the rows are then, and the cells in which it is written."""

import random
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from openpyxl.utils.cell import get_column_letter

from tests.independent.campaign import MONTHS, Campaign, Row
from tests.independent.figures import Figures

Grids = Mapping[str, list[list[object]]]
Value = float | str | None


def shaken(campaign: Campaign, rng: random.Random) -> Campaign:
    """The months of each task in another order, a running count in its own; the weights of siblings too."""
    changed = deepcopy(campaign)
    figures = Figures(changed)
    for code, tables in changed.units.items():
        for task in tables["tareas"]:
            running = figures.task_goal(code, task).kind == "acumulada"
            for stem, last in (("programado", 12), ("ejecutado", 3 * campaign.quarter)):
                _reorder(rng, task, [f"{stem}_{month}" for month in MONTHS[:last]], running=running)
        _exchange(rng, tables["operaciones"])
        for name in figures.operations(code):
            _exchange(rng, figures.tasks(code, name))
    for service in figures.services:
        _exchange(rng, [a for a in changed.entity["areas"] if a["servicio"] == service])
    for place in set(figures.places.values()):
        _exchange(rng, [figures.catalogue[u] for u in figures.units if figures.places[u] == place])
    return changed


def _reorder(rng: random.Random, task: Row, columns: Sequence[str], *, running: bool) -> None:
    values = [task.get(c) for c in columns]
    rng.shuffle(values)
    if running:
        rising = iter(sorted(float(str(v)) for v in values if v is not None))
        values = [None if v is None else next(rising) for v in values]
    task.update(zip(columns, values, strict=True))


def _exchange(rng: random.Random, siblings: Sequence[Row]) -> None:
    weights = [row.get("peso") for row in siblings]
    rng.shuffle(weights)
    for row, weight in zip(siblings, weights, strict=True):
        row["peso"] = weight


def cells(grids: Grids, figures: Figures) -> dict[str, dict[str, Value]]:
    """Sheet -> cell -> what the rows of a campaign have there, of all that the formulas of avance refer to."""
    units, found = figures.campaign.units, dict[str, dict[str, Value]]()
    for place, at, row in _rows(grids, "Datos_Tareas"):
        task = units[str(row[at["Unidad"]])]["tareas"][_number(row[at["Fila"]]) - 2]
        for word, stem in (("Prog.", "programado"), ("Ejec.", "ejecutado")):
            for month in MONTHS:
                _put(found, place, at[f"{word} {month}"], task.get(f"{stem}_{month}"))
    for place, at, row in _rows(grids, "Datos_Metas"):
        unit = str(row[at["Unidad"]])
        task = units[unit]["tareas"][_number(row[at["Fila"]]) - 2]
        own = figures.tasks(unit, str(task["operacion"]))
        weights = figures.task_weights(unit, str(task["operacion"]))
        _put(found, place, at["Peso"], float(weights[[r is task for r in own].index(True)]))
    for place, at, row in _rows(grids, "Datos_Operaciones"):
        operation = units[str(row[at["Unidad"]])]["operaciones"][_number(row[at["Fila"]]) - 2]
        _put(found, place, at["Peso"], operation.get("peso"))
    kinds = {"Área": ("areas", "area"), "Unidad": ("unidades", "unidad")}
    for place, at, row in _rows(grids, "Cálculo"):
        if "Peso" in at and row[at["Nivel"]] in kinds:
            sheet, key = kinds[str(row[at["Nivel"]])]
            named = next(r for r in figures.entity[sheet] if r[key] == row[at["Código"]])
            _put(found, place, at["Peso"], named.get("peso"))
    return found


def _rows(grids: Grids, sheet: str) -> Iterator[tuple[tuple[str, int], dict[str, int], list[object]]]:
    """(sheet, row as Excel counts), title -> column, and the row."""
    grid = grids.get(sheet, [])
    titles = {str(t): i for i, t in enumerate(grid[4])} if grid else {}
    for number, row in enumerate(grid[5:], start=6):
        if any(v != "" for v in row):
            yield (sheet, number), titles, row


def _number(value: object) -> int:
    return int(float(str(value)))


def _put(found: dict[str, dict[str, Value]], place: tuple[str, int], column: int, value: object) -> None:
    shown = None if value is None else float(str(value))
    found.setdefault(place[0], {})[f"{get_column_letter(column + 1)}{place[1]}"] = shown
