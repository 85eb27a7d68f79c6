"""What the submissions of a quarter are compared with, and what of the approved plan may be otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self, TypeVar

from poa_xl import titles
from poa_xl.baseline.plan import ApprovedPlan, PlannedUnit
from poa_xl.baseline.quarter import ReportedQuarter, ReportedUnit
from poa_xl.entity import Entidad, Modificacion

AnyUnit = TypeVar("AnyUnit", PlannedUnit, ReportedUnit)

# What each kind of modification allows; «presupuesto» and «unidad renombrada» change nothing of what is programmed.
CHANGES = frozenset({"reprogramación", "fusión", "unidad fusionada"})
ADDS = frozenset({"incorporación", "fusión", "unidad fusionada", "unidad creada"})
REMOVES = frozenset({"eliminación", "fusión", "unidad fusionada"})
NEVER = 13  # a month after the last


@dataclass(frozen=True)
class Allowed:
    """The modifications of one unit that came after the plan."""

    modificaciones: tuple[Modificacion, ...]

    def month(self, kinds: Iterable[str], operacion: str, tarea: str = "") -> int:
        """The first month (1-12) from which modifications of these kinds reach a task; NEVER for none.

        Of a whole operation (`tarea` blank) only one that names no task says something.
        """
        found = (m.mes for m in self.modificaciones if m.tipo in kinds and reaches(m, operacion, tarea))
        return min(found, default=NEVER)

    def moves_tasks(self, operacion: str) -> bool:
        """Whether one programmes anew, adds or removes a task of an operation, and so what its tasks come to."""
        kinds = CHANGES | ADDS | REMOVES
        return any(m.tipo in kinds and reaches(m, operacion, m.tarea) for m in self.modificaciones)


def reaches(m: Modificacion, operacion: str, tarea: str) -> bool:
    """Whether a modification of a unit is about a task of it; with a blank task, about an operation as a whole."""
    of_operation = not m.operaciones or titles.key(operacion) in {titles.key(o) for o in m.operaciones}
    return of_operation and (not m.tarea or titles.key(m.tarea) == titles.key(tarea))


@dataclass(frozen=True)
class Baseline:
    """The approved plan and the last quarter that was reported, where they are known, with what the entity says since.

    `former` maps the code of a unit that was renamed to the one that it had before.
    """

    plan: ApprovedPlan | None = None
    previous: ReportedQuarter | None = None
    modificaciones: tuple[Modificacion, ...] = ()
    former: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: ApprovedPlan | None, previous: ReportedQuarter | None, entidad: Entidad) -> Self:
        """Both, with the modifications and the renamings of an entity."""
        former = {after.codigo: before for before, after in entidad.renamings.items()}
        return cls(plan, previous, entidad.modificaciones, former)

    def planned(self, unidad: str) -> PlannedUnit | None:
        """What was approved of a unit, under the code that it had then."""
        return _first(self.plan.by_code, self._codes(unidad)) if self.plan else None

    def reported(self, unidad: str) -> ReportedUnit | None:
        """What was accepted of it of an earlier quarter, under the code that it had then."""
        return _first(self.previous.by_code, self._codes(unidad)) if self.previous else None

    def allowed(self, unidad: str) -> Allowed:
        """What the modifications since the plan allow a unit."""
        since = self.plan.pending(self.modificaciones) if self.plan else self.modificaciones
        codes = {*self._codes(unidad)}
        return Allowed(tuple(m for m in since if not codes.isdisjoint(m.unidades)))

    def _codes(self, unidad: str) -> list[str]:
        """The code of a unit, and those that it had before."""
        codes = [unidad]
        while (before := self.former.get(codes[-1], "")) and before not in codes:
            codes.append(before)
        return codes


def _first(found: Mapping[str, AnyUnit], codes: Iterable[str]) -> AnyUnit | None:
    return next((found[code] for code in codes if code in found), None)


NOTHING = Baseline()
