"""What every level, unit and operation weighs in the entity, and what it takes from its avance in the quarter."""

from collections.abc import Iterable, Mapping, Sequence

from poa_xl import indicators
from poa_xl.evaluation.figures import OPERATION
from poa_xl.evaluation.periods import Due
from poa_xl.evaluation.physical import Figures, Operacion
from poa_xl.evaluation.tree import Clave, Nodo, unit_key
from poa_xl.evaluation.weights import Pesos

Shares = dict[Clave, float | None]  # level, unit or operation -> points of 100


def ponderaciones(
    nodes: Mapping[Clave, Nodo], root: Clave, avance: Figures, pesos: Pesos, operations: Iterable[Operacion], p: Due
) -> Shares:
    """Those of the entity's tree, from the entity down, then those of the operations of its units."""
    found: Shares = {root: None if avance[root, p.clave] is None else indicators.FULL}
    pending = [root]
    while pending:
        node = nodes[pending.pop(0)]
        weights = [peso.puntos for peso in pesos[node.clave]] if node.clave in pesos else [1.0] * len(node.hijos)
        parts = [(avance[child, p.clave], weight) for child, weight in zip(node.hijos, weights, strict=True)]
        found |= zip(node.hijos, indicators.shares(found[node.clave], parts), strict=True)
        pending += node.hijos
    by_unit: dict[Clave, list[Operacion]] = {}
    for operation in operations:
        by_unit.setdefault(unit_key(operation.unidad), []).append(operation)
    for unit, own in by_unit.items():
        if unit in found:
            found |= _of_operations(found[unit], own, p)
    return found


def _of_operations(whole: float | None, operations: Sequence[Operacion], p: Due) -> Shares:
    parts = [(o.avance[p.clave], o.weight(p)) for o in operations]
    keys = ((OPERATION, o.unidad, o.operacion) for o in operations)
    return dict(zip(keys, indicators.shares(whole, parts), strict=True))
