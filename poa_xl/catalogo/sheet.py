"""The hidden sheet «Catalogo» of a unit's workbook: the catalogue of its entity as text.

Every workbook of an entity carries all its units, so the sheet is short: the first cell says its form, those below hold
one JSON document in pieces. Units that follow one another and differ in code and name alone stand in one group. Sheets
of the form of before, a row for each unit, are read as ever (`old_sheet`).
"""

import datetime as dt
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from poa_xl.catalogo import Asignada, Catalogo, old_sheet
from poa_xl.existence import Existencia

_MARK = "catalogo de poa-xl 2"  # the first cell; a sheet of another form is not read
_PIECE = 8_000  # characters of a cell, which holds 32,767 units of UTF-16


def to_rows(catalogo: Catalogo) -> list[list[str]]:
    """The cells of the sheet, all of them text."""
    said = json.dumps(_said(catalogo), ensure_ascii=False, separators=(",", ":"))
    return [[_MARK], *([said[start : start + _PIECE]] for start in range(0, len(said), _PIECE))]


def from_rows(grid: Iterable[Sequence[object]]) -> Catalogo | None:
    """The catalogue that a sheet holds; None where it holds none that can be used."""
    rows = [["" if cell is None else str(cell) for cell in row] for row in grid]
    column = [row[0] if row else "" for row in rows]
    try:
        if column[:1] == [_MARK]:
            return _catalogo(json.loads("".join(column[1:])))
        return old_sheet.catalogo(rows)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError):
        return None  # somebody changed the sheet


# --- what is written --------------------------------------------------------------------------------------


def _said(catalogo: Catalogo) -> dict[str, Any]:
    return {
        "nombre": catalogo.nombre,
        "gestion": catalogo.gestion,
        "version_plantilla": catalogo.version_plantilla,
        "tolerancia": catalogo.tolerancia,
        "metodo_operacion": catalogo.metodo_operacion,
        "metodo": catalogo.metodo,
        "acps": catalogo.acps,
        "fuentes": catalogo.fuentes,
        "grupos": [
            {**common, "unidades": [[u.unidad, u.nombre] for u in units]}
            for common, units in groupby(catalogo.unidades, _common)
        ],
        "categorias": catalogo.categorias,
    }


def _common(u: Asignada) -> dict[str, Any]:
    """What is said of all units of a group: their place, and of those that come or go when, and what follows them."""
    days = {"desde": u.existencia.desde, "hasta": u.existencia.hasta, "renombrada": u.renombrada}
    in_time = {name: day.isoformat() for name, day in days.items() if day}
    after = {"sucesoras": u.sucesoras} if u.sucesoras else {}
    return {"servicio": u.servicio, "area": u.area, "acp": u.acp, "vigente": u.vigente, **in_time, **after}


# --- what is read: somebody may have changed it -----------------------------------------------------------


def _catalogo(said: Any) -> Catalogo:
    gestion, tolerancia = said["gestion"], said["tolerancia"]
    if type(gestion) is not int or not math.isfinite(tolerancia):
        raise ValueError(gestion, tolerancia)
    return Catalogo(
        nombre=_text(said["nombre"]),
        gestion=gestion,
        version_plantilla=_text(said["version_plantilla"]),
        tolerancia=float(tolerancia),
        acps=_texts(said["acps"]),
        fuentes=_texts(said["fuentes"]),
        unidades=tuple(unit for group in said["grupos"] for unit in _units(group)),
        categorias={code: _texts(units) for code, units in said["categorias"].items()},
        metodo_operacion=_text(said["metodo_operacion"]),
        metodo=_text(said["metodo"]),
    )


def _units(group: Any) -> Iterator[Asignada]:
    servicio, area, acp = (_text(group[name]) for name in ("servicio", "area", "acp"))
    first, last, renamed = (_day(group.get(name)) for name in ("desde", "hasta", "renombrada"))
    existence, after = Existencia(first, last), _texts(group.get("sucesoras", []))
    there = group["vigente"] is True
    for unidad, nombre in group["unidades"]:
        yield Asignada(_text(unidad), _text(nombre), servicio, area, acp, there, existence, after, renamed)


def _texts(said: Any) -> tuple[str, ...]:
    if not isinstance(said, list):
        raise TypeError(said)
    return tuple(map(_text, said))


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError(said)
    return said


def _day(said: Any) -> dt.date | None:
    return None if said is None else dt.date.fromisoformat(said)
