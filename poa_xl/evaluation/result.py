"""The evaluation of a quarter: every figure of every level, ready to be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from poa_xl import brief, indicators
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.entity import Entidad
from poa_xl.evaluation import figures, gaps, money, periods, physical, tree, weights
from poa_xl.evaluation.cuadre import Cuadre, of_categories
from poa_xl.evaluation.gaps import Shares
from poa_xl.evaluation.money import Amounts, FuenteEvaluada, MetaEvaluada, Presupuesto
from poa_xl.evaluation.periods import ACUMULADO, Due, Periodo
from poa_xl.evaluation.physical import Conteo, Figures, Operacion
from poa_xl.evaluation.tree import Clave, Nodo
from poa_xl.evaluation.weights import Pesos
from poa_xl.figures import Figure, Register
from poa_xl.figures.register import Value
from poa_xl.indicators import Banda, Criterio, Estadistica


@dataclass(frozen=True, repr=False)
class Evaluacion:
    """All figures of a quarter and of the gestion up to it, unrounded; None is «n/a».

    `avance` and `eficacia` have every node and every category, `vigente`, `devengado` and `ejecucion` every
    category, area and ACP and the entity; all by (key, period), for the months, the quarters and «acumulado».
    """

    entidad: Entidad
    trimestre: int
    meses: tuple[Periodo, ...]
    trimestres: tuple[Periodo, ...]
    acumulado: Periodo
    nodos: dict[Clave, Nodo]
    pesos: Pesos  # of the children of each node; empty where the method is the mean
    operaciones: tuple[Operacion, ...]
    avance: Figures  # the published series
    a_la_fecha: Figures  # nodes; by the quarter at whose end it is
    cumplimiento: Figures  # of the programme of the year; as above
    eficacia: Figures
    estadistica: dict[tuple[Clave, str], Estadistica | None]  # nodes above the unit; quarters and accumulated
    conteo: dict[Clave, Conteo]
    vigente: Amounts
    devengado: Amounts
    ejecucion: Amounts
    eficiencia: dict[Clave, float | None]  # accumulated; keys as in `ejecucion`
    eficacia_de: dict[Clave, Clave]  # category -> the unit or area whose eficacia it shows
    ponderacion: Shares  # in the entity, of each level, unit and operation, in the quarter that is evaluated
    cuadre: tuple[Cuadre, ...]
    fuentes: tuple[FuenteEvaluada, ...]  # the last one is the total
    metas: tuple[MetaEvaluada, ...]  # the last one is the total; empty without ACPs
    faltantes: tuple[str, ...]  # units that count without any accepted row

    def __repr__(self) -> str:
        return brief.line(self, gestion=self.entidad.gestion, trimestre=self.trimestre, faltantes=len(self.faltantes))

    @property
    def periodos(self) -> tuple[Periodo, ...]:
        """Months, quarters and the accumulated period, in the order of the reports."""
        return (*self.meses, *self.trimestres, self.acumulado)

    @property
    def periodo(self) -> Periodo:
        """The quarter that is evaluated."""
        return self.trimestres[-1]

    @property
    def raiz(self) -> Clave:
        """The key of the entity."""
        return tree.entity_key(self.entidad)

    def exists(self, unidad: str, due: Due) -> bool:
        """Whether a unit existed in what is due."""
        return physical.exists(self.entidad, unidad, due)

    def members(self, clave: Clave) -> tuple[Clave, ...]:
        """The nodes of the units below a node that existed in the quarter that is evaluated."""
        return tuple(m for m in self.nodos[clave].miembros if self.exists(m[-1], self.periodo))

    def semaforo(self, clave: Clave, periodo: str) -> Banda | None:
        """The band of the avance of a node in a period."""
        return indicators.semaforo(self.avance[clave, periodo], self.entidad.semaforo)

    def semaforo_a_la_fecha(self, clave: Clave) -> Banda | None:
        """The band of the avance a la fecha of a node at the quarter that is evaluated."""
        return indicators.semaforo(self.a_la_fecha[clave, self.periodo.clave], self.entidad.semaforo)

    def rango_ideal(self, clave: Clave) -> float | None:
        """The points that a node ideally reaches by the end of the quarter.

        The entity, those of all quarters; any other node, those of the quarters in which it has an avance.
        """
        if clave == self.raiz:
            return indicators.rango_ideal(self.trimestre)
        return indicators.rango_ideal_of(self.avance[clave, q.clave] for q in self.trimestres)

    @cached_property
    def brecha(self) -> Mapping[Clave, float | None]:
        """The points that the avance of the entity in the quarter lacks for want of each level, unit and operation."""
        quarter = self.periodo.clave
        reached = {clave: self.avance[clave, quarter] for clave in self.nodos}
        for o in self.operaciones:
            points = o.avance[quarter]
            reached[figures.OPERATION, o.unidad, o.operacion] = None if points is None else indicators.capped(points)
        return {clave: indicators.brecha(share, reached[clave]) for clave, share in self.ponderacion.items()}

    def criterio(self, clave: Clave) -> Criterio | None:
        """The level of the accumulated ejecucion of a category, an area, an ACP or the entity."""
        ejecucion = self.ejecucion[clave, ACUMULADO]
        return indicators.criterio_dgaa(ejecucion, self.trimestre, self.entidad.criterio_dgaa)

    def acps_of(self, unidad: str) -> tuple[str, ...]:
        """The ACPs that a unit stands in: those of its operations; without any, that of the catalogue."""
        order = {a.acp: i for i, a in enumerate(self.entidad.acps)}
        own = tree.acps_of(self.entidad.by_code[unidad], self._acps_of_units)
        return tuple(sorted(own, key=lambda acp: order.get(acp, len(order))))

    @cached_property
    def _acps_of_units(self) -> dict[str, tuple[str, ...]]:
        return physical.acps_of_units(self.operaciones)

    @cached_property
    def _register(self) -> Register:
        return Register(figures.figures(self))

    def figures(self) -> Iterable[Figure]:
        """All figures as (id, value, unit), in a fixed order; a value is None where it is «n/a».

        The units are points, Bs, counts, the own measure of a goal of SIGEP, or words, as of a semaforo.
        """
        return self._register

    def figure(self, text: str) -> Value:
        """The value of a figure by its id, such as `MRE.avance.t2`: `[level:]code.indicator.period`.

        Raises `FigureError` where there is none, naming those that are near, and for a code that two nodes have,
        naming both.
        """
        return self._register.find(text).value


def _shown_eficacia(entidad: Entidad, nodes: Mapping[Clave, Nodo], trimestre: int) -> dict[Clave, Clave]:
    """Category -> its unit, by the name of now, or the area of a category that several units or groups spend."""
    found = {
        tree.category_key(c.categoria): tree.unit_key(entidad.current(c.unidad, trimestre))
        if c.unidad
        else tree.area_key(c.area)
        for c in entidad.categorias
    }
    return {category: node for category, node in found.items() if node in nodes}


def _with_categories(
    figures: Figures, shown: Mapping[Clave, Clave], entidad: Entidad, spans: tuple[Periodo, ...]
) -> None:
    for c in entidad.categorias:
        key = tree.category_key(c.categoria)
        for p in spans:
            figures[key, p.clave] = figures[shown[key], p.clave] if key in shown else None


def _efficiency(eficacia: Figures, state: Presupuesto) -> dict[Clave, float | None]:
    return {
        key: indicators.eficiencia(eficacia[key, p], ejecucion)
        for (key, p), ejecucion in state.ejecucion.items()
        if p == ACUMULADO
    }


def _missing(accepted: AcceptedRows, units: tuple[str, ...]) -> tuple[str, ...]:
    sent = {row.unidad for row in accepted.in_tables}
    return tuple(u for u in units if u not in sent)


def evaluate(entidad: Entidad, accepted: AcceptedRows, trimestre: int) -> Evaluacion:
    """Evaluate the gestion up to a quarter (1-4) by the accepted rows of the units; units may be missing."""
    months, quarters = periods.months(trimestre), periods.quarters(trimestre)
    whole = periods.accumulated(trimestre)
    cuts = (periods.to_date(trimestre), periods.of_year(trimestre))
    due: tuple[Due, ...] = (*months, *quarters, *cuts[0], *cuts[1])
    units = tree.units_in_order(entidad, trimestre)
    operations = physical.operations(accepted, units, entidad, due)
    nodes = tree.build(entidad, physical.acps_of_units(operations), trimestre)
    pesos = weights.of_children(entidad, nodes)
    reached = physical.avances(nodes, physical.unit_figures(entidad, operations, due), due, pesos)
    avance = physical.with_accumulated(reached, nodes, quarters)
    eficacia = physical.eficacias(avance, nodes, months, quarters)
    above_units = [node for node in nodes.values() if node.above_units]
    statistics = physical.statistics(avance, above_units, (*quarters, whole))
    shown, spans = _shown_eficacia(entidad, nodes, trimestre), (*months, *quarters, whole)
    for made in (avance, eficacia):
        _with_categories(made, shown, entidad, spans)
    state: Presupuesto = money.sigep_state(entidad, spans)
    return Evaluacion(
        entidad=entidad,
        trimestre=trimestre,
        meses=months,
        trimestres=quarters,
        acumulado=whole,
        nodos=nodes,
        pesos=pesos,
        operaciones=operations,
        avance=avance,
        a_la_fecha=physical.at_quarters(reached, nodes, cuts[0], quarters),
        cumplimiento=physical.at_quarters(reached, nodes, cuts[1], quarters),
        eficacia=eficacia,
        estadistica=statistics,
        conteo=physical.counts(accepted, operations, nodes.values(), {u.unidad for u in entidad.senders(trimestre)}),
        vigente=state.vigente,
        devengado=state.devengado,
        ejecucion=state.ejecucion,
        eficiencia=_efficiency(eficacia, state),
        eficacia_de=shown,
        ponderacion=gaps.ponderaciones(nodes, tree.entity_key(entidad), avance, pesos, operations, quarters[-1]),
        cuadre=of_categories(entidad, accepted.presupuesto, trimestre, units),
        fuentes=money.funds(entidad, trimestre),
        metas=money.goals(entidad, trimestre),
        faltantes=_missing(accepted, units),
    )
