"""What the submissions of a quarter are compared with, and what of the approved plan may be otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass

from poa_xl import titles
from poa_xl.baseline.plan import ApprovedPlan
from poa_xl.baseline.quarter import ReportedQuarter
from poa_xl.entity import Modificacion

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
        found = (m.mes for m in self.modificaciones if m.tipo in kinds and _reaches(m, operacion, tarea))
        return min(found, default=NEVER)


def _reaches(m: Modificacion, operacion: str, tarea: str) -> bool:
    of_operation = not m.operaciones or titles.key(operacion) in {titles.key(o) for o in m.operaciones}
    return of_operation and (not m.tarea or titles.key(m.tarea) == titles.key(tarea))


@dataclass(frozen=True)
class Baseline:
    """The approved plan and the last quarter that was reported, where they are known, with the modifications."""

    plan: ApprovedPlan | None = None
    previous: ReportedQuarter | None = None
    modificaciones: tuple[Modificacion, ...] = ()

    def allowed(self, unidad: str) -> Allowed:
        """What the modifications since the plan allow a unit."""
        since = self.plan.pending(self.modificaciones) if self.plan else self.modificaciones
        return Allowed(tuple(m for m in since if unidad in m.unidades))


NOTHING = Baseline()
