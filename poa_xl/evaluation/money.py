"""The money: SIGEP by category and period, summed to areas, ACPs and entity, and held against what the units report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from poa_xl import indicators
from poa_xl.entity import Categoria, Entidad, Fuente, MetaSigep
from poa_xl.evaluation.periods import Periodo, last_month
from poa_xl.evaluation.physical import numbers, texts
from poa_xl.evaluation.tree import Clave, acp_key, area_key, category_key, entity_key
from poa_xl.sheets import MESES

Amounts = dict[tuple[Clave, str], float | None]  # (category, area, ACP or entity; period) -> Bs

CUADRA, NO_CUADRA, SIN_DATOS = "Cuadra", "No cuadra", "Sin datos"
CENTS = 2


@dataclass(frozen=True)
class Presupuesto:
    """Budget in force at the end of the period and accrued in it, in Bs, with their percentage in points."""

    vigente: Amounts
    devengado: Amounts
    ejecucion: Amounts


@dataclass(frozen=True)
class Parte:
    """What one unit reports of a category, January to the end of the quarter, in Bs."""

    unidad: str
    vigente: float | None
    devengado: float | None


@dataclass(frozen=True)
class Cuadre:
    """A category according to its units and to SIGEP, January to the end of the quarter, in Bs.

    The differences are units minus SIGEP, to the cent; None where one side has no figure.
    """

    categoria: str
    partes: tuple[Parte, ...]
    vigente_unidades: float | None
    vigente_sigep: float | None
    vigente_diferencia: float | None
    devengado_unidades: float | None
    devengado_sigep: float | None
    devengado_diferencia: float | None
    estado: str  # CUADRA, NO_CUADRA or SIN_DATOS


@dataclass(frozen=True)
class FuenteEvaluada:
    """A source of funds at the cut-off, or all of them (`fuente` empty). An amount that is blank there is None.

    The amounts of all of them are sums of those that exist; what compares them exists only where none is missing.
    """

    fuente: str
    descripcion: str
    inicial: float | None
    vigente: float | None
    ejecutado: float | None
    ejecucion: float | None
    saldo: float | None


@dataclass(frozen=True)
class MetaEvaluada:
    """Physical goal of an ACP in SIGEP. `registrada` is False where SIGEP holds no row for it in the quarter.

    A programme whose execution is blank has no avance.
    """

    acp: str
    registrada: bool
    programado: float | None
    ejecutado: float | None
    avance: float | None


def difference(one: float | None, other: float | None) -> float | None:
    """One minus other; None where either is missing."""
    return None if one is None or other is None else one - other


def ordered_categories(entidad: Entidad) -> tuple[Categoria, ...]:
    """The categories by ACP, then area, then as the entity lists them."""
    acps = {a.acp: i for i, a in enumerate(entidad.acps)}
    areas = {a.area: i for i, a in enumerate(entidad.areas)}
    return tuple(sorted(entidad.categorias, key=lambda c: (acps.get(c.acp, len(acps)), areas.get(c.area, len(areas)))))


def budget_groups(entidad: Entidad) -> dict[Clave, tuple[Clave, ...]]:
    """Areas, ACPs and entity with the keys of their categories, each in the order of `ordered_categories`."""
    categories = ordered_categories(entidad)
    groups = {
        area_key(a.area): tuple(category_key(c.categoria) for c in categories if c.area == a.area)
        for a in entidad.areas
    }
    for acp in entidad.acps:
        groups[acp_key(acp.acp)] = tuple(category_key(c.categoria) for c in categories if c.acp == acp.acp)
    groups[entity_key(entidad)] = tuple(category_key(c.categoria) for c in categories)
    return groups


def sigep_state(entidad: Entidad, periods: Sequence[Periodo]) -> Presupuesto:
    """Vigente, devengado and ejecucion of every category, area and ACP and of the entity, by period.

    Vigente is that of the latest report up to the period's last month; without one, the category has no figures yet.
    """
    months: dict[str, dict[int, tuple[float, float]]] = {}
    for r in entidad.presupuesto:
        months.setdefault(r.categoria, {})[r.mes] = (r.vigente, r.devengado)
    state = Presupuesto({}, {}, {})
    for c in entidad.categorias:
        rows = dict(sorted(months.get(c.categoria, {}).items()))
        for p in periods:
            known = [vigente for mes, (vigente, _) in rows.items() if mes <= p.hasta]
            spent = [devengado for mes, (_, devengado) in rows.items() if p.desde <= mes <= p.hasta]
            key = (category_key(c.categoria), p.clave)
            state.vigente[key] = known[-1] if known else None
            # A month without a report after the first one brought no movement.
            state.devengado[key] = (indicators.total(spent) or 0.0) if known else None
    for group, members in budget_groups(entidad).items():
        for p in periods:
            for figures in (state.vigente, state.devengado):
                figures[group, p.clave] = indicators.total(figures[member, p.clave] for member in members)
    for key in state.vigente:
        state.ejecucion[key] = indicators.ejecucion(state.devengado[key], state.vigente[key])
    return state


def _reported(frame: pd.DataFrame, trimestre: int) -> dict[str, dict[str, list[tuple[float | None, float | None]]]]:
    """Category -> unit -> (vigente, devengado to the quarter) of each row."""
    reported: dict[str, dict[str, list[tuple[float | None, float | None]]]] = {}
    months = [numbers(frame, f"devengado_{mes}") for mes in MESES[: last_month(trimestre)]]
    rows = zip(
        texts(frame, "categoria"),
        texts(frame, "unidad"),
        numbers(frame, "vigente"),
        zip(*months, strict=True),
        strict=True,
    )
    for categoria, unidad, vigente, spent in rows:
        reported.setdefault(categoria, {}).setdefault(unidad, []).append((vigente, indicators.total(spent)))
    return reported


def _state(entidad: Entidad, differences: Iterable[float | None]) -> str:
    known = [d for d in differences if d is not None]
    if len(known) < 2:
        return SIN_DATOS
    return CUADRA if all(abs(d) <= entidad.tolerancia for d in known) else NO_CUADRA


def _cents(value: float | None) -> float | None:
    # Amounts are in cents: what is left of a difference below that is the floating point's, not the units'.
    return None if value is None else indicators.round_half_up(value, CENTS)


def reconcile(
    entidad: Entidad, frame: pd.DataFrame, state: Presupuesto, trimestre: int, periodo: Periodo, units: Sequence[str]
) -> tuple[Cuadre, ...]:
    """Each category: the sum of the units' rows (`frame`: sheet Presupuesto) against SIGEP, accumulated."""
    reported = _reported(frame, trimestre)
    order = {unidad: i for i, unidad in enumerate(units)}
    made = []
    for c in ordered_categories(entidad):
        own = reported.get(c.categoria, {})
        parts = tuple(
            Parte(u, indicators.total(v for v, _ in own[u]), indicators.total(d for _, d in own[u]))
            for u in sorted(own, key=lambda u: order.get(u, len(order)))
        )
        rows = [row for part in parts for row in own[part.unidad]]
        vigente, devengado = indicators.total(v for v, _ in rows), indicators.total(d for _, d in rows)
        key = (category_key(c.categoria), periodo.clave)
        of_vigente = _cents(difference(vigente, state.vigente[key]))
        of_devengado = _cents(difference(devengado, state.devengado[key]))
        made.append(
            Cuadre(
                c.categoria, parts,
                vigente, state.vigente[key], of_vigente,
                devengado, state.devengado[key], of_devengado,
                _state(entidad, (of_vigente, of_devengado)),
            )
        )  # fmt: skip
    return tuple(made)


def _fund(fuente: str, descripcion: str, rows: Sequence[Fuente]) -> FuenteEvaluada:
    inicial, vigente, ejecutado = (
        indicators.total(getattr(r, f) for r in rows) for f in ("inicial", "vigente", "ejecutado")
    )
    if any(r.vigente is None or r.ejecutado is None for r in rows):
        return FuenteEvaluada(fuente, descripcion, inicial, vigente, ejecutado, None, None)
    ejecucion = indicators.ejecucion(ejecutado, vigente)
    return FuenteEvaluada(fuente, descripcion, inicial, vigente, ejecutado, ejecucion, difference(vigente, ejecutado))


def funds(entidad: Entidad, trimestre: int) -> tuple[FuenteEvaluada, ...]:
    """The sources of funds at the cut-off of the quarter, then their total; empty where there are none."""
    rows = [f for f in entidad.fuentes if f.trimestre == trimestre]
    return (*(_fund(f.fuente, f.descripcion, [f]) for f in rows), _fund("", "Total", rows)) if rows else ()


def goals(entidad: Entidad, trimestre: int) -> tuple[MetaEvaluada, ...]:
    """The physical goals of the quarter in SIGEP, one an ACP, then their total (`acp` empty)."""
    registered: Mapping[str, MetaSigep] = {m.acp: m for m in entidad.metas if m.trimestre == trimestre}
    made = []
    for a in entidad.acps:
        goal = registered.get(a.acp)
        planned, done = (goal.programado, goal.ejecutado) if goal else (None, None)
        avance = None if done is None else indicators.eficacia(done, planned)
        made.append(MetaEvaluada(a.acp, goal is not None, planned, done, avance))
    # What has no programme in SIGEP, or a programme and no execution, stays out of both sides of the total.
    whole = [m for m in made if m.programado is not None and m.ejecutado is not None]
    planned, done = (indicators.total(getattr(m, side) for m in whole) for side in ("programado", "ejecutado"))
    return (*made, MetaEvaluada("", True, planned, done, indicators.eficacia(done, planned)))
