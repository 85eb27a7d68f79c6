"""The physical side: operations from their tasks, units from their operations, every level from the one below."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from poa_xl import indicators
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.entity import Entidad
from poa_xl.evaluation import goals
from poa_xl.evaluation.goals import Key, TareasDeOperacion
from poa_xl.evaluation.periods import ACUMULADO, Corte, Due, Periodo
from poa_xl.evaluation.tree import Clave, Nodo, bottom_up, part_key, unit_key
from poa_xl.evaluation.weights import Pesos
from poa_xl.indicators import Estadistica

Figures = dict[tuple[Clave, str], float | None]  # (node, period) -> points


@dataclass(frozen=True)
class Operacion:
    """An operation of a unit: sums of its tasks, how many of them had a programme, and the raw percentage.

    By what is due: the months and the quarters, and at the end of each quarter to date and of the year. The sums are
    None where its tasks are not added up.
    """

    unidad: str
    operacion: str
    acp: str  # that of the unit, where only tasks name the operation
    programado: dict[str, float | None]
    ejecutado: dict[str, float | None]
    tareas: dict[str, int]
    avance: dict[str, float | None]  # uncapped: above 100 is over-execution
    por_tareas: bool = False  # it is the mean of its tasks, not the sum of them
    peso: float | None = None  # among the operations of its unit; None where they count by their tasks

    def weight(self, p: Due) -> float:
        """How much it counts for its unit: its weight, or its tasks with a programme."""
        return self.tareas[p.clave] if self.peso is None else self.peso


@dataclass(frozen=True)
class Conteo:
    """How much of the POA there is below a node."""

    operaciones: int
    actividades: int
    tareas: int


def operation_acps(accepted: AcceptedRows, units: Sequence[str], acps: Mapping[str, str]) -> dict[Key, str]:
    """(unit, operation) -> ACP of every operation; `acps` are those of the units, by code.

    Units stand in the given order, then any other; of a unit, the operations of an ACP together, as they were sent. One
    that only tasks name is of its unit's ACP.
    """
    found: dict[Key, str] = {}
    for row in accepted.operaciones:
        found.setdefault((row.unidad, row.operacion), row.acp or acps.get(row.unidad, ""))
    for task in accepted.tareas:
        found.setdefault((task.unidad, task.operacion), acps.get(task.unidad, ""))
    order = {unidad: i for i, unidad in enumerate(units)}
    of_acps: dict[tuple[str, str], int] = {}  # (unit, ACP) -> which of the unit's it is
    for (unidad, _), acp in found.items():
        of_acps.setdefault((unidad, acp), len(of_acps))
    keys = sorted(found, key=lambda key: (order.get(key[0], len(order)), of_acps[key[0], found[key]]))
    return {key: found[key] for key in keys}


def _operation(
    key: Key, acp: str, tasks: TareasDeOperacion | None, peso: float | None, spans: Sequence[Due]
) -> Operacion:
    own = tasks or TareasDeOperacion((), por_tareas=False)
    totals = {p.clave: own.totals(p) for p in spans}
    return Operacion(
        *key,
        acp,
        programado={p: t.programado for p, t in totals.items()},
        ejecutado={p: t.ejecutado for p, t in totals.items()},
        tareas={p: t.tareas for p, t in totals.items()},
        avance={p: t.avance for p, t in totals.items()},
        por_tareas=own.por_tareas,
        peso=peso,
    )


def operations(
    accepted: AcceptedRows, units: Sequence[str], entidad: Entidad, spans: Sequence[Due]
) -> tuple[Operacion, ...]:
    """The operations of all units in what is due, in the order of `operation_acps`."""
    own = operation_acps(accepted, units, {u.unidad: u.acp for u in entidad.unidades})
    tasks = goals.of_operations(accepted, entidad.metodo_operacion)
    weights = goals.operation_weights(accepted, list(own), entidad.metodo)
    return tuple(_operation(key, acp, tasks.get(key), weights.get(key), spans) for key, acp in own.items())


def acps_of_units(operations: Iterable[Operacion]) -> dict[str, tuple[str, ...]]:
    """Unit -> the ACPs of its operations."""
    found: dict[str, dict[str, None]] = {}
    for operation in operations:
        found.setdefault(operation.unidad, {})[operation.acp] = None
    return {unidad: tuple(own) for unidad, own in found.items()}


def _leaves(operation: Operacion) -> tuple[Clave, Clave]:
    """The nodes that an operation counts in at once: its unit, and what its ACP has of the unit."""
    unit = unit_key(operation.unidad)
    return unit, part_key(operation.acp, unit)


def exists(entidad: Entidad, unidad: str, due: Due) -> bool:
    """Whether a unit existed on any day of the months that count of what is due: else it has no figure of it."""
    return entidad.existence_of(unidad).in_months(entidad.gestion, due.desde, due.conocido)


def unit_figures(entidad: Entidad, operations: Iterable[Operacion], spans: Sequence[Due]) -> Figures:
    """Avance of each unit that sent operations, and of its operations of each ACP alone: (node, due) -> points."""
    by_leaf: dict[Clave, list[Operacion]] = {}
    for operation in operations:
        for leaf in _leaves(operation):
            by_leaf.setdefault(leaf, []).append(operation)
    return {
        (leaf, p.clave): indicators.unit_avance((o.avance[p.clave], o.weight(p)) for o in own)
        for leaf, own in by_leaf.items()
        for p in spans
        if exists(entidad, leaf[-1], p)
    }


def avances(nodes: dict[Clave, Nodo], units: Figures, spans: Sequence[Due], pesos: Pesos) -> Figures:
    """Avance of every node: units and parts of them as given, other levels from their children."""
    figures: Figures = {}
    for node in bottom_up(nodes):
        points = [peso.puntos for peso in pesos[node.clave]] if node.clave in pesos else None
        for p in spans:
            if node.hijos:
                value = indicators.level_avance((figures[child, p.clave] for child in node.hijos), points)
            else:
                value = units.get((node.clave, p.clave))
            figures[node.clave, p.clave] = value
    return figures


def with_accumulated(avance: Figures, nodes: Iterable[Clave], quarters: Sequence[Periodo]) -> Figures:
    """The published series: with the accumulated avance of every node, from its quarters."""
    accumulated = {
        (key, ACUMULADO): indicators.accumulated_avance(avance[key, q.clave] for q in quarters) for key in nodes
    }
    return {**avance, **accumulated}


def at_quarters(
    figures: Figures, nodes: Iterable[Clave], cuts: Sequence[Corte], quarters: Sequence[Periodo]
) -> Figures:
    """Figures at the cut-off of each quarter, by the quarter."""
    return {(key, q.clave): figures[key, cut.clave] for key in nodes for cut, q in zip(cuts, quarters, strict=True)}


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
        (node.clave, p.clave): indicators.statistics_95(avance[member, p.clave] for member in node.miembros)
        for node in nodes
        for p in periods
    }


def counts(
    accepted: AcceptedRows, operations: Iterable[Operacion], nodes: Iterable[Nodo], units: Collection[str]
) -> dict[Clave, Conteo]:
    """Operations, distinct activities (operation and activity) and tasks of some units below each node."""
    per_leaf: dict[Clave, list[int]] = {}
    leaves: dict[tuple[str, str], tuple[Clave, Clave]] = {}
    for operation in operations:
        leaves[operation.unidad, operation.operacion] = _leaves(operation)
        for leaf in _leaves(operation):
            per_leaf.setdefault(leaf, [0, 0, 0])[0] += 1
    seen: set[tuple[str, str, str]] = set()
    for task in accepted.tareas:
        activity = (task.unidad, task.operacion, task.actividad)
        for leaf in leaves[task.unidad, task.operacion]:
            per_leaf[leaf][1] += activity not in seen
            per_leaf[leaf][2] += 1
        seen.add(activity)
    nothing = [0, 0, 0]
    return {
        node.clave: Conteo(*(sum(per_leaf.get(member, nothing)[i] for member in members) for i in range(3)))
        for node in nodes
        for members in [[member for member in node.miembros if member[-1] in units]]
    }
