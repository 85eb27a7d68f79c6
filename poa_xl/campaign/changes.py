"""What changed between two versions of a unit's workbook: rows added and taken away, and cells, by sheet.

A row is the same where its key columns say the same; of several with one key the first is compared with the first. A
task whose text was rewritten is one row taken away and one added.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from poa_xl import cells, sheets
from poa_xl.cells import Value
from poa_xl.reading import Table, as_records

KEYS = {
    "unidad": (),
    "operaciones": ("operacion",),
    "tareas": ("operacion", "actividad", "tarea"),
    "presupuesto": ("categoria", "fuente"),
    "resultados": ("acp",),
}
Key = tuple[Value | int, ...]
Record = dict[str, Value]


@dataclass(frozen=True)
class Celda:
    """A cell that says something else; `celda` is its address in the newer workbook."""

    celda: str
    columna: str
    antes: str
    despues: str


@dataclass(frozen=True)
class Hoja:
    """What changed in a sheet: how many rows came and went, and the cells of those that stayed."""

    hoja: str
    agregadas: int
    quitadas: int
    celdas: tuple[Celda, ...]


@dataclass(frozen=True)
class Cambios:
    """What changed between two versions, sheets without changes left out."""

    hojas: tuple[Hoja, ...] = ()


def compare(old: Mapping[str, Table], new: Mapping[str, Table]) -> Cambios:
    """The changes from the tables of one version to those of the next. A sheet that one lacks has no rows there."""
    found = (_sheet(sheet.key, sheet.name, old.get(sheet.key), new.get(sheet.key)) for sheet in sheets.unit_sheets())
    return Cambios(tuple(h for h in found if h.agregadas or h.quitadas or h.celdas))


def _sheet(key: str, name: str, old: Table | None, new: Table | None) -> Hoja:
    before, after = _rows(key, old), _rows(key, new)
    changed: list[Celda] = []
    for identity, (row, record) in after.items():
        if identity in before and new is not None:
            changed += _cells(new, row, before[identity][1], record)
    return Hoja(name, len(after.keys() - before.keys()), len(before.keys() - after.keys()), tuple(changed))


def _rows(key: str, table: Table | None) -> dict[Key, tuple[int, Record]]:
    """Identity -> (Excel row, record)."""
    found: dict[Key, tuple[int, Record]] = {}
    seen: Counter[Key] = Counter()
    for row, record in as_records(table).items() if table else ():
        identity = tuple(record[column] for column in KEYS[key])
        seen[identity] += 1
        found[(*identity, seen[identity])] = (row, record)
    return found


def _cells(table: Table, row: int, before: Record, after: Record) -> list[Celda]:
    return [
        Celda(table.cell(c.name, row), c.title, _show(before[c.name]), _show(after[c.name]))
        for c in table.sheet.inputs
        if before[c.name] != after[c.name]
    ]


def _show(value: Value) -> str:
    return "" if value is None else cells.show(value)


def to_json(changes: Cambios) -> str:
    """As the ledger keeps it."""
    return json.dumps(asdict(changes), ensure_ascii=False)


def from_json(text: str) -> Cambios | None:
    """What the ledger keeps; None where there was nothing to compare with."""
    if not text:
        return None
    return Cambios(
        tuple(
            Hoja(h["hoja"], h["agregadas"], h["quitadas"], tuple(Celda(**c) for c in h["celdas"]))
            for h in json.loads(text)["hojas"]
        )
    )
