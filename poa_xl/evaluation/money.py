"""The money: SIGEP by category and period, summed to areas, ACPs and entity; sources of funds and physical goals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from poa_xl import indicators, titles
from poa_xl.entity import Categoria, Entidad, Fuente, MetaSigep
from poa_xl.evaluation.periods import Periodo
from poa_xl.evaluation.tree import Clave, acp_key, area_key, category_key, entity_key

Amounts = dict[tuple[Clave, str], float | None]  # (category, area, ACP or entity; period) -> Bs


@dataclass(frozen=True)
class Presupuesto:
    """Budget in force at the end of the period and accrued in it, in Bs, with their percentage in points."""

    vigente: Amounts
    devengado: Amounts
    ejecucion: Amounts


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
    unidad_medida: str  # as the first goal writes it that states the same; '' where it is not said


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
    What was accrued in a period with a month of which no category has a report is not known.
    """
    months: dict[str, dict[int, tuple[float, float]]] = {}
    for r in entidad.presupuesto:
        months.setdefault(r.categoria, {})[r.mes] = (r.vigente, r.devengado)
    state = Presupuesto({}, {}, {})
    absent = set(entidad.months_without_report(max(p.hasta for p in periods)))
    for c in entidad.categorias:
        rows = dict(sorted(months.get(c.categoria, {}).items()))
        for p in periods:
            known = [vigente for mes, (vigente, _) in rows.items() if mes <= p.hasta]
            spent = [devengado for mes, (_, devengado) in rows.items() if p.desde <= mes <= p.hasta]
            key = (category_key(c.categoria), p.clave)
            state.vigente[key] = known[-1] if known else None
            # A month of which others have a report brought no movement, after the first one.
            partial = not known or absent & set(range(p.desde, p.hasta + 1))
            state.devengado[key] = None if partial else indicators.total(spent) or 0.0
    for group, members in budget_groups(entidad).items():
        for p in periods:
            for figures in (state.vigente, state.devengado):
                figures[group, p.clave] = indicators.total(figures[member, p.clave] for member in members)
    for key, amount in state.devengado.items():
        state.ejecucion[key] = None if amount is None else indicators.ejecucion(amount, state.vigente[key])
    return state


def _fund(fuente: str, descripcion: str, rows: Sequence[Fuente]) -> FuenteEvaluada:
    inicial, vigente, ejecutado = (
        indicators.total(getattr(r, f) for r in rows) for f in ("inicial", "vigente", "ejecutado")
    )
    figures = indicators.fuentes_execution([r.vigente for r in rows], [r.ejecutado for r in rows])
    return FuenteEvaluada(fuente, descripcion, inicial, vigente, ejecutado, *figures)


def funds(entidad: Entidad, trimestre: int) -> tuple[FuenteEvaluada, ...]:
    """The sources of funds at the cut-off of the quarter, then their total; empty where there are none."""
    rows = [f for f in entidad.fuentes if f.trimestre == trimestre]
    return (*(_fund(f.fuente, f.descripcion, [f]) for f in rows), _fund("", "Total", rows)) if rows else ()


def goals(entidad: Entidad, trimestre: int) -> tuple[MetaEvaluada, ...]:
    """The physical goals of the quarter in SIGEP, one an ACP, then their total (`acp` empty); none without ACPs."""
    registered: Mapping[str, MetaSigep] = {m.acp: m for m in entidad.metas if m.trimestre == trimestre}
    made, spelled = [], {"": ""}
    for a in entidad.acps:
        goal = registered.get(a.acp)
        planned, done, said = (goal.programado, goal.ejecutado, goal.unidad_medida) if goal else (None, None, "")
        unit = spelled.setdefault(titles.key(said) or said, said)
        avance = indicators.meta_avance(planned, done)
        made.append(MetaEvaluada(a.acp, goal is not None, planned, done, avance, unit))
    return (*made, _total_of_goals(made)) if made else ()


def _total_of_goals(goals: Sequence[MetaEvaluada]) -> MetaEvaluada:
    units = dict.fromkeys(m.unidad_medida for m in goals if m.programado is not None)
    if not indicators.metas_alike(units):
        return MetaEvaluada("", True, None, None, None, "")
    planned, done = indicators.metas_total((m.programado, m.ejecutado) for m in goals)
    return MetaEvaluada("", True, planned, done, indicators.meta_avance(planned, done), next(iter(units), ""))
