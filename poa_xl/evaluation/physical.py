"""The physical side: operations from their tasks, units from their operations, every level from the one below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from poa_xl import indicators
from poa_xl.accepted_rows import AcceptedRows, FilaTarea
from poa_xl.evaluation.periods import ACUMULADO, Periodo
from poa_xl.evaluation.tree import Clave, Nodo, bottom_up
from poa_xl.indicators import Estadistica

Figures = dict[tuple[Clave, str], float | None]  # (node, period) -> points


@dataclass(frozen=True)
class Operacion:
    """An operation of a unit by period: sums of its tasks, how many of them had a programme, and the raw percentage."""

    unidad: str
    operacion: str
    programado: dict[str, float | None]
    ejecutado: dict[str, float | None]
    tareas: dict[str, int]
    avance: dict[str, float | None]  # uncapped: above 100 is over-execution


@dataclass(frozen=True)
class Conteo:
    """How much of the POA there is below a node."""

    operaciones: int
    actividades: int
    tareas: int


def operation_keys(accepted: AcceptedRows, units: Sequence[str]) -> list[tuple[str, str]]:
    """(unit, operation) of every operation: units in the given order, then any other; operations as they were sent.

    Operations that only tasks name come last in their unit.
    """
    sent = [(row.unidad, row.operacion) for row in accepted.operaciones]
    named = dict.fromkeys([*sent, *((task.unidad, task.operacion) for task in accepted.tareas)])
    order = {unidad: i for i, unidad in enumerate(units)}
    return sorted(named, key=lambda pair: order.get(pair[0], len(order)))


def _operation(key: tuple[str, str], tasks: list[FilaTarea], periods: Sequence[Periodo]) -> Operacion:
    planned: dict[str, float | None] = {}
    done: dict[str, float | None] = {}
    counted: dict[str, int] = {}
    avance: dict[str, float | None] = {}
    for p in periods:
        span = slice(p.desde - 1, p.hasta)
        planned[p.clave], done[p.clave], counted[p.clave], avance[p.clave] = indicators.operation_totals(
            [indicators.total(t.programado[span]) for t in tasks], [v for t in tasks for v in t.ejecutado[span]]
        )
    return Operacion(*key, planned, done, counted, avance)


def operations(accepted: AcceptedRows, units: Sequence[str], periods: Sequence[Periodo]) -> tuple[Operacion, ...]:
    """The operations of all units in the months and quarters given, in the order of `operation_keys`."""
    tasks: dict[tuple[str, str], list[FilaTarea]] = {}
    for task in accepted.tareas:
        tasks.setdefault((task.unidad, task.operacion), []).append(task)
    return tuple(_operation(key, tasks.get(key, []), periods) for key in operation_keys(accepted, units))


def unit_figures(operations: Iterable[Operacion], periods: Sequence[Periodo]) -> dict[tuple[str, str], float | None]:
    """Avance of each unit that sent operations: (unit, period) -> points."""
    by_unit: dict[str, list[Operacion]] = {}
    for operation in operations:
        by_unit.setdefault(operation.unidad, []).append(operation)
    return {
        (unidad, p.clave): indicators.unit_avance((o.avance[p.clave], o.tareas[p.clave]) for o in own)
        for unidad, own in by_unit.items()
        for p in periods
    }


def avances(
    nodes: dict[Clave, Nodo],
    units: Mapping[tuple[str, str], float | None],
    months: Sequence[Periodo],
    quarters: Sequence[Periodo],
) -> Figures:
    """Avance of every node: units as given, other levels from their children; accumulated, from the quarters."""
    figures: Figures = {}
    for node in bottom_up(nodes):
        for p in (*months, *quarters):
            if node.nivel == "unidad":
                value = units.get((node.codigo, p.clave))
            else:
                value = indicators.level_avance(figures[child, p.clave] for child in node.hijos)
            figures[node.clave, p.clave] = value
        own = (figures[node.clave, q.clave] for q in quarters)
        figures[node.clave, ACUMULADO] = indicators.accumulated_avance(own)
    return figures


def eficacias(
    avance: Figures, nodes: Iterable[Clave], months: Sequence[Periodo], quarters: Sequence[Periodo]
) -> Figures:
    """Eficacia ponderada of every node, by month and quarter and accumulated."""
    figures: Figures = {}
    for key in nodes:
        for p in (*months, *quarters):
            figures[key, p.clave] = indicators.eficacia_ponderada(avance[key, p.clave], p.partes)
        figures[key, ACUMULADO] = indicators.accumulated_eficacia(figures[key, q.clave] for q in quarters)
    return figures


def statistics(
    avance: Figures, nodes: Iterable[Nodo], periods: Sequence[Periodo]
) -> dict[tuple[Clave, str], Estadistica | None]:
    """Mean, deviation and 95 % limits of the avances of all *units* below each node (not of its children)."""
    return {
        (node.clave, p.clave): indicators.statistics_95(avance[("unidad", u), p.clave] for u in node.unidades)
        for node in nodes
        for p in periods
    }


def counts(accepted: AcceptedRows, operations: Iterable[Operacion], nodes: Iterable[Nodo]) -> dict[Clave, Conteo]:
    """Operations, distinct activities (operation and activity) and tasks below each node."""
    per_unit: dict[str, list[int]] = {}
    for operation in operations:
        per_unit.setdefault(operation.unidad, [0, 0, 0])[0] += 1
    seen: set[tuple[str, str, str]] = set()
    for task in accepted.tareas:
        activity = (task.unidad, task.operacion, task.actividad)
        count = per_unit.setdefault(task.unidad, [0, 0, 0])
        count[1] += activity not in seen
        count[2] += 1
        seen.add(activity)
    nothing = [0, 0, 0]
    return {
        node.clave: Conteo(*(sum(per_unit.get(u, nothing)[i] for u in node.unidades) for i in range(3)))
        for node in nodes
    }
