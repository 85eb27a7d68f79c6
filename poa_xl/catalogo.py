"""What checking a unit's workbook needs of the entity, and how a workbook carries it in its hidden sheet «Catalogo».

With it a unit can check its workbook where `entidad.xlsx` is not at hand: in Excel, in LibreOffice, on the web. The
planning office always checks against `entidad.xlsx` itself. E-mail addresses stay out.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from poa_xl import brief
from poa_xl.entity import ACP, SERVICIO, Entidad, Unidad
from poa_xl.existence import ALWAYS, Existencia
from poa_xl.indicators import MEDIA, SUMA_DE_TAREAS

_SEPARATOR = ";"
_MARK = "catalogo de poa-xl 1"  # the first cell of the sheet; a sheet of another form is not read


@dataclass(frozen=True)
class Asignada:
    """A unit as the entity knows it: what its workbook must say of it."""

    unidad: str
    nombre: str
    servicio: str
    area: str  # the name of its area
    acp: str
    vigente: bool
    existencia: Existencia = ALWAYS
    sucesoras: tuple[str, ...] = ()  # the units that follow it
    renombrada: dt.date | None = None  # since when its only successor is this unit by another name


@dataclass(frozen=True, repr=False)
class Catalogo:
    """The entity as a unit's workbook is checked against it. `tolerancia` is in Bs."""

    nombre: str
    gestion: int
    version_plantilla: str
    tolerancia: float
    acps: tuple[str, ...]
    fuentes: tuple[str, ...]
    unidades: tuple[Asignada, ...]
    categorias: dict[str, tuple[str, ...]]  # category -> the units in force that spend it
    metodo_operacion: str = SUMA_DE_TAREAS
    metodo: str = MEDIA

    def __repr__(self) -> str:
        return brief.line(self, nombre=self.nombre, gestion=self.gestion, unidades=len(self.unidades))

    @cached_property
    def by_code(self) -> dict[str, Asignada]:
        """All units by code."""
        return {u.unidad: u for u in self.unidades}

    @cached_property
    def absent_levels(self) -> frozenset[str]:
        """The levels that the entity does without, as far as a unit's workbook names them."""
        named = {SERVICIO: any(u.servicio for u in self.unidades), ACP: bool(self.acps)}
        return frozenset(level for level, there in named.items() if self.unidades and not there)

    def categories_of(self, unidad: str) -> tuple[str, ...]:
        """The categories that a unit may report."""
        return tuple(code for code, units in self.categorias.items() if unidad in units)


# For a workbook of which nothing could be read: there is nothing to compare.
UNKNOWN = Catalogo("", 0, "", 0.0, (), (), (), {})


def of(entidad: Entidad) -> Catalogo:
    """The catalogue of an entity."""
    areas = {a.area: a.nombre for a in entidad.areas}
    return Catalogo(
        nombre=entidad.nombre,
        gestion=entidad.gestion,
        version_plantilla=entidad.version_plantilla,
        tolerancia=entidad.tolerancia,
        acps=tuple(a.acp for a in entidad.acps),
        fuentes=entidad.source_codes,
        unidades=tuple(_assigned(entidad, u, areas.get(u.area, u.area)) for u in entidad.unidades),
        categorias={c.categoria: c.unidades for c in entidad.categorias},
        metodo_operacion=entidad.metodo_operacion,
        metodo=entidad.metodo,
    )


def _assigned(entidad: Entidad, u: Unidad, area: str) -> Asignada:
    renamed = entidad.renamings.get(u.unidad)
    existence, after = entidad.existence_of(u.unidad), entidad.successors.get(u.unidad, ())
    since = renamed.dia if renamed else None
    return Asignada(u.unidad, u.nombre, u.servicio, area, u.acp, u.vigente, existence, after, since)


def to_rows(catalogo: Catalogo) -> list[list[str]]:
    """The cells of the sheet, all of them text."""
    head = [catalogo.nombre, str(catalogo.gestion), catalogo.version_plantilla, repr(catalogo.tolerancia)]
    head += [catalogo.metodo_operacion, catalogo.metodo]
    return [
        [_MARK],
        ["entidad", *head],
        *(["acp", code] for code in catalogo.acps),
        *(["fuente", code] for code in catalogo.fuentes),
        *(
            ["unidad", u.unidad, u.nombre, u.servicio, u.area, u.acp, "vigente" if u.vigente else "", *_in_time(u)]
            for u in catalogo.unidades
        ),
        *(["categoria", code, _SEPARATOR.join(units)] for code, units in catalogo.categorias.items()),
    ]


def _in_time(u: Asignada) -> list[str]:
    """When it exists and what follows it; nothing of a unit that was always there and goes on."""
    days = (u.existencia.desde, u.existencia.hasta, u.renombrada)
    first, last, renamed = ("" if day is None else day.isoformat() for day in days)
    said = [first, last, _SEPARATOR.join(u.sucesoras), renamed]
    return said if any(said) else []


def from_rows(grid: Iterable[Sequence[object]]) -> Catalogo | None:
    """The catalogue that a sheet holds; None where it holds none that can be used."""
    rows = [["" if cell is None else str(cell) for cell in row] for row in grid]
    if not rows or rows[0][:1] != [_MARK]:
        return None
    try:
        return _catalogo([row for row in rows if row and row[0]])
    except (IndexError, ValueError):  # somebody changed the sheet
        return None


def _catalogo(rows: list[list[str]]) -> Catalogo:
    def records(kind: str, width: int) -> list[list[str]]:
        return [(row + [""] * width)[1 : width + 1] for row in rows if row[0] == kind]

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
