"""Every figure of an evaluation with its id; whoever needs one of them asks for it here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from poa_xl.evaluation.cuadre import Cuadre, of_all
from poa_xl.evaluation.periods import ACUMULADO, Periodo, of_year, to_date
from poa_xl.evaluation.tree import Clave, acp_key, category_key
from poa_xl.figures import Figure, FigureId
from poa_xl.figures.identifier import node_id
from poa_xl.figures.register import Value
from poa_xl.figures.vocabulary import absolute_period
from poa_xl.indicators import NO_STATISTICS, capped

if TYPE_CHECKING:
    from poa_xl.evaluation.physical import Operacion
    from poa_xl.evaluation.result import Evaluacion

# Levels that are no node of the tree: what a unit reports of a category, an operation, one source of funds and all.
REPORTED, OPERATION, SOURCE, SOURCES = "presupuesto", "operacion", "fuente", "fuentes"
STATISTICS = ("con_avance", "media", "desviacion", "limite_inferior", "limite_superior")
OF_OPERATIONS = ("programado", "ejecutado", "tareas_programadas", "avance", "avance_limitado")


def id_of(evaluacion: Evaluacion, clave: Clave, indicator: str, periodo: str = ACUMULADO) -> FigureId:
    """The id of a figure of a node, a category or one of the levels above, in a period of the evaluation."""
    return node_id(clave[0], clave[1:], indicator, absolute(evaluacion, periodo))


def absolute(evaluacion: Evaluacion, periodo: str) -> str:
    """A period of the evaluation, as ids name it."""
    found = absolute_period(periodo, evaluacion.trimestre)
    if found is None:
        raise ValueError(periodo)
    return found


def figures(evaluacion: Evaluacion) -> Iterator[Figure]:
    """All of them with their ids, in the order of `keyed`."""
    for clave, indicator, periodo, value in keyed(evaluacion):
        id = id_of(evaluacion, clave, indicator, periodo)  # noqa: A001
        yield Figure(id, value, id.unit)


Keyed = Iterator[tuple[Clave, str, str, Value]]


def keyed(evaluacion: Evaluacion) -> Keyed:
    """(node, indicator, period, value): nodes from the entity down, money, cuadre, sources of funds, operations."""
    return chain(
        _physical(evaluacion),
        _statistics(evaluacion),
        _counts(evaluacion),
        _money(evaluacion),
        _goals(evaluacion),
        _cuadre(evaluacion),
        _funds(evaluacion),
        _operations(evaluacion),
        _gaps(evaluacion),
    )


def _judged(evaluacion: Evaluacion) -> tuple[Periodo, Periodo]:
    """The periods of which the words are told."""
    return evaluacion.periodo, evaluacion.acumulado


def _physical(evaluacion: Evaluacion) -> Keyed:
    for clave in evaluacion.nodos:
        for indicator, values in (("avance", evaluacion.avance), ("eficacia", evaluacion.eficacia)):
            yield from ((clave, indicator, p.clave, values[clave, p.clave]) for p in evaluacion.periodos)
        for p in _judged(evaluacion):
            band = evaluacion.semaforo(clave, p.clave)
            yield clave, "semaforo", p.clave, band.evaluacion if band else None
        yield from _at_cuts(evaluacion, clave)
    for clave in (evaluacion.raiz, *(acp_key(a.acp) for a in evaluacion.entidad.acps)):
        yield clave, "rango_ideal", ACUMULADO, evaluacion.rango_ideal(clave)


def _at_cuts(evaluacion: Evaluacion, clave: Clave) -> Keyed:
    """What is due since January and in the year, at the end of each quarter; the word of the last one."""
    for cut, q in zip(to_date(evaluacion.trimestre), evaluacion.trimestres, strict=True):
        yield clave, "avance_a_la_fecha", cut.clave, evaluacion.a_la_fecha[clave, q.clave]
        yield clave, "cumplimiento", cut.clave, evaluacion.cumplimiento[clave, q.clave]
    band = evaluacion.semaforo_a_la_fecha(clave)
    yield clave, "semaforo_a_la_fecha", ACUMULADO, band.evaluacion if band else None


def _statistics(evaluacion: Evaluacion) -> Keyed:
    for (clave, periodo), found in evaluacion.estadistica.items():
        yield from ((clave, name, periodo, v) for name, v in zip(STATISTICS, found or NO_STATISTICS, strict=True))


def _counts(evaluacion: Evaluacion) -> Keyed:
    quarter, entidad = evaluacion.periodo.clave, evaluacion.entidad
    for clave, node in evaluacion.nodos.items():
        if node.above_units:
            yield clave, "unidades", quarter, len(evaluacion.members(clave))
        if node.nivel != "parte":
            for name, n in vars(evaluacion.conteo[clave]).items():
                yield clave, name, quarter, n
    units, missing = len(evaluacion.nodos[evaluacion.raiz].unidades), len(evaluacion.faltantes)
    yield evaluacion.raiz, "con_informacion", quarter, units - missing
    yield evaluacion.raiz, "sin_informacion", quarter, missing
    if entidad.acps:
        yield evaluacion.raiz, "acciones_mediano_plazo", quarter, len({a.amp for a in entidad.acps})
        yield evaluacion.raiz, "acciones_corto_plazo", quarter, len(entidad.acps)


def _money(evaluacion: Evaluacion) -> Keyed:
    amounts = {
        "vigente": evaluacion.vigente, "devengado": evaluacion.devengado, "ejecucion": evaluacion.ejecucion
    }  # fmt: skip
    for clave in evaluacion.eficiencia:
        for indicator, values in amounts.items():
            yield from ((clave, indicator, p.clave, values[clave, p.clave]) for p in evaluacion.periodos)
        if clave[0] == "categoria":  # that of the unit or area that spends it
            yield from ((clave, "eficacia", p.clave, evaluacion.eficacia[clave, p.clave]) for p in _judged(evaluacion))
        yield clave, "eficiencia", ACUMULADO, evaluacion.eficiencia[clave]
        level = evaluacion.criterio(clave)
        yield clave, "criterio", ACUMULADO, level.evaluacion if level else None


def _goals(evaluacion: Evaluacion) -> Keyed:
    for goal in evaluacion.metas:
        clave = acp_key(goal.acp) if goal.acp else evaluacion.raiz
        values = {"sigep_programado": goal.programado, "sigep_ejecutado": goal.ejecutado, "sigep_avance": goal.avance}
        yield from ((clave, name, evaluacion.periodo.clave, value) for name, value in values.items())


def _cuadre(evaluacion: Evaluacion) -> Keyed:
    for cuadre in evaluacion.cuadre:
        clave = category_key(cuadre.categoria)
        yield from _sides(clave, cuadre)
        yield clave, "cuadre", ACUMULADO, cuadre.estado
        for part in cuadre.partes:
            own = (REPORTED, part.unidad, cuadre.categoria)
            yield own, "vigente", ACUMULADO, part.vigente
            yield own, "devengado", ACUMULADO, part.devengado
    yield from _sides(evaluacion.raiz, of_all(evaluacion.cuadre))


def _sides(clave: Clave, cuadre: Cuadre) -> Keyed:
    for side in cuadre.sides:
        yield clave, f"{side.name}_unidades", ACUMULADO, side.units
        yield clave, f"{side.name}_sigep", ACUMULADO, side.sigep
        yield clave, f"{side.name}_diferencia", ACUMULADO, side.difference


def _funds(evaluacion: Evaluacion) -> Keyed:
    for fund in evaluacion.fuentes:
        clave = (SOURCE, fund.fuente) if fund.fuente else (SOURCES, evaluacion.entidad.sigla)
        values = {
            "inicial": fund.inicial, "vigente": fund.vigente, "devengado": fund.ejecutado,
            "ejecucion": fund.ejecucion, "saldo": fund.saldo,
        }  # fmt: skip
        yield from ((clave, name, ACUMULADO, value) for name, value in values.items())


def _operations(evaluacion: Evaluacion) -> Keyed:
    for o in evaluacion.operaciones:
        clave = (OPERATION, o.unidad, o.operacion)
        for p in (*evaluacion.meses, *evaluacion.trimestres):
            avance = o.avance[p.clave]
            values = (
                _sum(o, o.programado[p.clave]), _sum(o, o.ejecutado[p.clave]), o.tareas[p.clave],
                avance, None if avance is None else capped(avance),
            )  # fmt: skip
            yield from ((clave, name, p.clave, v) for name, v in zip(OF_OPERATIONS, values, strict=True))
        for date, year in zip(to_date(evaluacion.trimestre), of_year(evaluacion.trimestre), strict=True):
            yield clave, "avance_a_la_fecha", date.clave, o.avance[date.clave]
            yield clave, "cumplimiento", date.clave, o.avance[year.clave]


def _gaps(evaluacion: Evaluacion) -> Keyed:
    quarter = evaluacion.periodo.clave
    for clave, share in evaluacion.ponderacion.items():
        if clave[0] != OPERATION:  # its unit weighs more, and shares that by its tasks
            yield clave, "ponderacion", quarter, share
        yield clave, "brecha", quarter, evaluacion.brecha[clave]


def _sum(operation: Operacion, value: float | None) -> float | None:
    """A sum of the tasks of an operation: 0 where there is nothing, and none where they are not added up."""
    return None if operation.por_tareas else value or 0
