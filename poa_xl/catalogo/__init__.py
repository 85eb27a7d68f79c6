"""What checking a unit's workbook needs of the entity.

A workbook carries it in its hidden sheet «Catalogo» (`sheet`), so that a unit can check its workbook where
`entidad.xlsx` is not at hand: in Excel, in LibreOffice, on the web. The planning office always checks against
`entidad.xlsx` itself. E-mail addresses stay out.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from poa_xl import brief
from poa_xl.entity import ACP, SERVICIO, Entidad, Unidad
from poa_xl.existence import ALWAYS, Existencia
from poa_xl.indicators import MEDIA, SUMA_DE_TAREAS


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
