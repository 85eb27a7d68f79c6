"""Workbooks of one quarter that say another thing than the plan, or than what was reported: to try how that is told."""

from dataclasses import dataclass

from poa_xl.sample.municipio import facts
from poa_xl.sample.municipio.facts import Row, Source
from poa_xl.sample.municipio.units import unit_rows

QUARTER = 3
_SEPTEMBER = ("programado_sep", "ejecutado_sep")
_GOAL = ("unidad_medida", "numero", "tipo_meta", "sentido", "linea_base", "peso")
Sheets = dict[str, list[Row]]


@dataclass(frozen=True)
class Difference:
    """A change in the workbook of a unit, and the code that tells it.

    `columna` is the name of the changed column and `fila` the place of its record, from 0; of what is not there any
    more, '' and None.
    """

    unidad: str
    hoja: str  # its key
    columna: str
    fila: int | None
    codigo: str
    cambio: str


def changed() -> tuple[dict[str, Sheets], list[Difference]]:
    """Unit code → the sheets of its workbook of `QUARTER` with the change in it, and what was changed where."""
    books, planted = {}, []
    for row in facts.table("cambios"):
        sheets = unit_rows(QUARTER)[row["unidad"]]
        place = _make(sheets, row)
        books[row["unidad"]] = sheets
        planted.append(Difference(row["unidad"], row["hoja"], row["columna"], place, row["codigo"], row["cambio"]))
    return books, planted


def _make(sheets: Sheets, row: Source) -> int | None:
    """Change the sheets; the place of the changed record."""
    records = sheets[row["hoja"]]
    if not row["columna"]:
        for key in ("operaciones", "tareas"):
            sheets[key] = [record for record in sheets[key] if record["operacion"] != row["operacion"]]
        return None
    if row["columna"] == "tarea":
        records.append(_new(records, row))
        return len(records) - 1
    place = next(n for n, record in enumerate(records) if _is(record, row))
    records[place][row["columna"]] = facts.number(row["valor"])
    return place


def _is(record: Row, row: Source) -> bool:
    return record["operacion"] == row["operacion"] and record.get("tarea", "") == row["tarea"]


def _new(records: list[Row], row: Source) -> Row:
    """A task like another one of its operation, done in one month."""
    like = next(record for record in records if record["operacion"] == row["operacion"])
    kept = {name: like[name] for name in ("operacion", "actividad", "medio_verificacion", *_GOAL)}
    blank: Row = dict.fromkeys(like)
    return {**blank, **kept, "tarea": row["tarea"], **dict.fromkeys(_SEPTEMBER, facts.number(row["valor"]))}
