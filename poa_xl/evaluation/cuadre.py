"""The cuadre: what the units report of each category against SIGEP. There is no other sum of the two in the program."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from poa_xl import indicators
from poa_xl.accepted_rows import FilaPresupuesto
from poa_xl.entity import Entidad
from poa_xl.evaluation.money import ordered_categories, sigep_state
from poa_xl.evaluation.periods import accumulated, last_month
from poa_xl.evaluation.tree import category_key


@dataclass(frozen=True)
class Parte:
    """What one unit reports of a category, January to the end of the quarter, in Bs. A blank month is 0."""

    unidad: str
    vigente: float
    devengado: float


class Side(NamedTuple):
    """What is held against SIGEP, `vigente` or `devengado`: the units' sum, SIGEP's, and units minus SIGEP; in Bs."""

    name: str
    units: float | None
    sigep: float | None
    difference: float | None


@dataclass(frozen=True)
class Cuadre:
    """A category (or all of them, `categoria` empty) by its units and by SIGEP, January to the quarter's end, in Bs.

    A category of which no unit has a row sums 0; where no unit reports money at all there is nothing to hold against
    SIGEP, and the sums are None. SIGEP's are None where it has no report, and all its vigentes where no category has
    one of the quarter's last month: those of an earlier month are not what the units report. The differences are units
    minus SIGEP, to the cent; None where one side has no figure.
    """

    categoria: str
    partes: tuple[Parte, ...]
    vigente_unidades: float | None
    vigente_sigep: float | None
    devengado_unidades: float | None
    devengado_sigep: float | None
    tolerancia: float

    @property
    def vigente_diferencia(self) -> float | None:
        """Vigente of the units minus SIGEP's."""
        return indicators.cuadre_difference(self.vigente_unidades, self.vigente_sigep)

    @property
    def devengado_diferencia(self) -> float | None:
        """Devengado of the units minus SIGEP's."""
        return indicators.cuadre_difference(self.devengado_unidades, self.devengado_sigep)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Vigente and devengado, as the sheet Cuadre shows them from left to right."""
        return (
            Side("vigente", self.vigente_unidades, self.vigente_sigep, self.vigente_diferencia),
            Side("devengado", self.devengado_unidades, self.devengado_sigep, self.devengado_diferencia),
        )

    @property
    def estado(self) -> str:
        """CUADRA, NO_CUADRA (one difference that is known is enough) or SIN_DATOS."""
        return indicators.cuadre_state((self.vigente_diferencia, self.devengado_diferencia), self.tolerancia)

    def beyond(self, difference: float | None) -> bool:
        """Whether a difference is larger than the tolerance."""
        return indicators.beyond_tolerance(difference, self.tolerancia)


def _reported(rows: Iterable[FilaPresupuesto], trimestre: int) -> dict[str, dict[str, Parte]]:
    """Category -> unit -> the sum of its rows."""
    last = last_month(trimestre)
    found: dict[str, dict[str, Parte]] = {}
    for row in rows:
        own = found.setdefault(row.categoria, {})
        before = own.get(row.unidad, Parte(row.unidad, 0.0, 0.0))
        spent = indicators.total(row.devengado[:last]) or 0.0
        own[row.unidad] = Parte(row.unidad, before.vigente + (row.vigente or 0.0), before.devengado + spent)
    return found


def of_categories(
    entidad: Entidad, rows: Iterable[FilaPresupuesto], trimestre: int, units: Sequence[str] = ()
) -> tuple[Cuadre, ...]:
    """Each category: the sum of the units' accepted rows against SIGEP, accumulated.

    `units` is the order of the units within a category; without it they stand as they come.
    """
    reported = _reported(rows, trimestre)
    order = {unidad: i for i, unidad in enumerate(units)}
    whole = accumulated(trimestre)
    state = sigep_state(entidad, [whole])
    at_the_cut = whole.hasta not in entidad.months_without_report(whole.hasta)
    made = []
    for c in ordered_categories(entidad):
        own = reported.get(c.categoria, {})
        parts = tuple(own[u] for u in sorted(own, key=lambda u: order.get(u, len(order))))
        key = (category_key(c.categoria), whole.clave)
        made.append(
            Cuadre(
                categoria=c.categoria,
                partes=parts,
                vigente_unidades=sum(p.vigente for p in parts) if reported else None,
                vigente_sigep=state.vigente[key] if at_the_cut else None,
                devengado_unidades=sum(p.devengado for p in parts) if reported else None,
                devengado_sigep=state.devengado[key],
                tolerancia=entidad.tolerancia,
            )
        )
    return tuple(made)


def of_all(cuadres: Iterable[Cuadre]) -> Cuadre:
    """All categories together: each side adds every category, whether the other side has it or not."""
    every = tuple(cuadres)
    return Cuadre(
        categoria="",
        partes=(),
        vigente_unidades=indicators.total(c.vigente_unidades for c in every),
        vigente_sigep=indicators.total(c.vigente_sigep for c in every),
        devengado_unidades=indicators.total(c.devengado_unidades for c in every),
        devengado_sigep=indicators.total(c.devengado_sigep for c in every),
        tolerancia=every[0].tolerancia if every else 0.0,
    )
