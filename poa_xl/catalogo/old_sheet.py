"""The sheet «Catalogo» as it was before: a row for each unit, ACP, source and category. It is read, and not written."""

import datetime as dt
import math
from collections.abc import Sequence

from poa_xl.catalogo import Asignada, Catalogo
from poa_xl.existence import Existencia
from poa_xl.indicators import MEDIA, SUMA_DE_TAREAS

_SEPARATOR = ";"
_MARK = "catalogo de poa-xl 1"


def catalogo(rows: Sequence[Sequence[str]]) -> Catalogo | None:
    """The catalogue of these rows; None where they are of another form.

    IndexError or ValueError where somebody changed them.
    """
    if not rows or list(rows[0][:1]) != [_MARK]:
        return None

    def records(kind: str, width: int) -> list[list[str]]:
        return [[*row, *[""] * width][1 : width + 1] for row in rows if row and row[0] == kind]

    # A workbook of before says no methods: there was one of each.
    nombre, gestion, version, tolerancia, metodo_operacion, metodo = records("entidad", 6)[0]
    if not math.isfinite(float(tolerancia)):
        raise ValueError(tolerancia)
    return Catalogo(
        nombre=nombre,
        gestion=int(gestion),
        version_plantilla=version,
        tolerancia=float(tolerancia),
        acps=tuple(code for (code,) in records("acp", 1)),
        fuentes=tuple(code for (code,) in records("fuente", 1)),
        unidades=tuple(_of_row(row) for row in records("unidad", 10)),
        categorias={code: tuple(u for u in units.split(_SEPARATOR) if u) for code, units in records("categoria", 2)},
        metodo_operacion=metodo_operacion or SUMA_DE_TAREAS,
        metodo=metodo or MEDIA,
    )


def _of_row(row: Sequence[str]) -> Asignada:
    unidad, nombre, servicio, area, acp, state, first, last, after, renamed = row
    existence = Existencia(_day(first), _day(last))
    successors = tuple(code for code in after.split(_SEPARATOR) if code)
    there = state == "vigente"
    return Asignada(unidad, nombre, servicio, area, acp, there, existence, successors, _day(renamed))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
