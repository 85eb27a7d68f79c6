"""The workbooks that all contenders read: the sample's, and more units of the exterior for a larger entity.

Defects are planted as the workbooks are made, so that whoever reads them can be asked for the same ones: in every
tenth workbook a month below zero, in another tenth a word where a number belongs.
"""

import json
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from dataclasses import asdict, dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

from poa_xl import open_entity
from poa_xl.api.templates import entity_rows
from poa_xl.sample import unit_rows
from poa_xl.sheets import MESES
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook

QUARTER = 2
Rows = Mapping[str, Sequence[dict[str, Any]]]
_NEGATIVE, _WORD = 3, 7  # of ten workbooks
REPORTED = MESES[: 3 * QUARTER]


@dataclass(frozen=True)
class Expected:
    """What every reader of the workbooks must find: what sound tasks programme up to the quarter, and the defects."""

    programado: float
    negative: int
    words: int


@dataclass(frozen=True)
class Folder:
    """The workbooks of a size, and what must be found in them."""

    size: int
    entity: Path
    sent: Path
    expected: Expected


def make(place: Path, size: int) -> Folder:
    """The workbooks of `size` units below a folder; those that are there already are taken."""
    folder, said = place / str(size), place / str(size) / "esperado.json"
    entity, sent = folder / "entidad.xlsx", folder / "entregas"
    if not said.exists():
        rows, units = _entity(size)
        sent.mkdir(parents=True, exist_ok=True)
        entity_workbook.write_entity_workbook(entity, rows)
        # Spawned, as whoever calls may have threads: a process that is forked then may wait for a lock for ever.
        own = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(mp_context=own, initializer=_open, initargs=(entity,)) as workers:
            list(workers.map(_write, ((sent / f"{code}.xlsx", code, data) for code, data in units.items())))
        said.write_text(json.dumps(asdict(_expected(units))), encoding="utf-8")
    return Folder(size, entity, sent, Expected(**json.loads(said.read_text(encoding="utf-8"))))


def _entity(size: int) -> tuple[Rows, dict[str, Rows]]:
    """The rows of the entity and of `size` of its units: the sample's, then those abroad again, without money."""
    rows, data = deepcopy(dict(entity_rows(QUARTER))), unit_rows(QUARTER)
    abroad = [u for u in rows["unidades"] if u["servicio"] == "Servicio Exterior"]
    every = [*rows["unidades"], *islice(_more(abroad), max(0, size - len(rows["unidades"])))]
    units: dict[str, Rows] = {}
    for number, unit in enumerate(every[:size]):
        own = deepcopy(dict(data[unit.get("de", unit["unidad"])]))
        if "de" in unit:
            own["presupuesto"] = []
        _plant(own, number)
        units[unit["unidad"]] = own
    rows["unidades"] = [{name: value for name, value in unit.items() if name != "de"} for unit in every]
    return rows, units


def _more(units: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for turn in count(2):
        for unit in units:
            yield {
                **unit,
                "de": unit["unidad"],
                "unidad": f"{unit['unidad']}-{turn}",
                "nombre": f"{unit['nombre']} {turn}",
            }


def _plant(own: Rows, number: int) -> None:
    task = own["tareas"][-1]
    if number % 10 == _NEGATIVE:
        task["programado_feb"] = -1
    if number % 10 == _WORD:
        task["programado_mar"] = "tres"


def _expected(units: Mapping[str, Rows]) -> Expected:
    tasks = [task for own in units.values() for task in own["tareas"]]
    planned = [[task[f"programado_{month}"] for month in REPORTED] for task in tasks]
    sound = [own for own in planned if not any(value == "tres" or (value or 0) < 0 for value in own)]
    return Expected(
        float(sum(value or 0 for own in sound for value in own)),
        sum(-1 in own for own in planned),
        sum("tres" in own for own in planned),
    )


_opened: dict[str, Any] = {}


def _open(entity: Path) -> None:
    _opened["entidad"] = open_entity(entity).entidad


def _write(task: tuple[Path, str, Rows]) -> None:
    path, code, data = task
    entidad = _opened["entidad"]
    workbook.write_unit_workbook(path, entidad, entidad.by_code[code], data)
