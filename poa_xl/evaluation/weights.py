"""The weights of the entity among the children of each node of its tree, where its method uses them.

The parts of an ACP have the weights of the levels that they are parts of.
"""

from collections.abc import Mapping
from typing import NamedTuple

from poa_xl import indicators
from poa_xl.entity import Entidad
from poa_xl.evaluation.tree import Clave, Nodo, acp_key, area_key, entity_key, unit_key

_OF_AN_ACP = ("acp", "parte")


class Peso(NamedTuple):
    """What a child weighs: the area or unit that has the weight, and its points."""

    clave: Clave
    puntos: float


Pesos = dict[Clave, tuple[Peso, ...]]  # node -> the weight of each of its children; a node that is not there has none


def stated(entidad: Entidad) -> dict[Clave, float]:
    """The weights of an entity's areas, units and ACPs, whether or not its method uses them."""
    acps = {acp_key(a.acp): a.peso for a in entidad.acps}
    areas = {area_key(a.area): a.peso for a in entidad.areas}
    units = {unit_key(u.unidad): u.peso for u in entidad.vigentes}
    return {clave: peso for clave, peso in {**acps, **areas, **units}.items() if peso is not None}


def of_children(entidad: Entidad, nodes: Mapping[Clave, Nodo]) -> Pesos:
    """The weights of the children of each node whose children have some."""
    if entidad.metodo != indicators.POR_PESOS:
        return {}
    weights, parents = stated(entidad), _parents(nodes)
    found: Pesos = {}
    for node in nodes.values():
        weighed = _weighed(node, nodes, parents, entity_key(entidad))
        if weighed and all(clave in weights for clave in weighed):
            found[node.clave] = tuple(Peso(clave, weights[clave]) for clave in weighed)
    return found


def _parents(nodes: Mapping[Clave, Nodo]) -> dict[Clave, Clave]:
    return {child: node.clave for node in nodes.values() if node.nivel not in _OF_AN_ACP for child in node.hijos}


def _weighed(node: Nodo, nodes: Mapping[Clave, Nodo], parents: Mapping[Clave, Clave], root: Clave) -> tuple[Clave, ...]:
    """The levels that the children of a node stand for.

    Of an ACP a level with one child is that child: an area of which it has one unit is that unit, and weighs what the
    area does. The children stand for the levels at which the ways down to their units part.
    """
    if node.nivel not in _OF_AN_ACP:
        return node.hijos
    if len(node.hijos) < 2:  # it is that child, whatever it weighs among those that the ACP has not
        return ()
    ways = [_way(nodes[child].unidades[0], parents, root) for child in node.hijos]
    parting = next(depth for depth in range(len(ways[0])) if len({way[depth] for way in ways}) > 1)
    return tuple(way[parting] for way in ways)


def _way(unidad: str, parents: Mapping[Clave, Clave], root: Clave) -> list[Clave]:
    """The keys from the entity down to a unit."""
    way = [unit_key(unidad)]
    while way[-1] != root:
        way.append(parents[way[-1]])
    return way[::-1]
