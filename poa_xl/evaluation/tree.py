"""The tree of an entity: entidad, servicio, area, grupo, subgrupo, unidad; and the part of it that each ACP has.

Rule («Aggregation» in RULES): every level is the mean of the level immediately below. A group whose units have
subgroups is the mean of its subgroups. An ACP is the same tree with its own units only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from poa_xl.entity import Entidad, Unidad
from poa_xl.indicators import SIN_SUBGRUPO

# A node's key: its level, then what tells it apart, such as ("subgrupo", area, grupo, subgrupo).
Clave = tuple[str, ...]


@dataclass(frozen=True)
class Nodo:
    """A place in the tree. `hijos` are the nodes whose mean it is; `unidades` the codes of all units below it."""

    clave: Clave
    nombre: str
    hijos: tuple[Clave, ...]
    unidades: tuple[str, ...]

    @property
    def nivel(self) -> str:
        """entidad, servicio, area, grupo, subgrupo, unidad or acp; «parte» is what an ACP has of a level."""
        return self.clave[0]

    @property
    def codigo(self) -> str:
        """The code of the unit, area or ACP; the name of a service, group or subgroup."""
        return self.clave[-1]

    @property
    def above_units(self) -> bool:
        """Whether units stand below it of which there is a statistic: no unit, and no part of an ACP."""
        return self.nivel not in ("unidad", "parte")


def entity_key(entidad: Entidad) -> Clave:
    """The key of the whole entity."""
    return ("entidad", entidad.sigla)


def area_key(area: str) -> Clave:
    """The key of an area."""
    return ("area", area)


def unit_key(unidad: str) -> Clave:
    """The key of a unit."""
    return ("unidad", unidad)


def acp_key(acp: str) -> Clave:
    """The key of an ACP."""
    return ("acp", acp)


def category_key(categoria: str) -> Clave:
    """The key of a programme category; it is no node, but has money and an eficacia."""
    return ("categoria", categoria)


def _area_path(entidad: Entidad, area: str, servicio: str) -> tuple[Clave, ...]:
    return entity_key(entidad), ("servicio", servicio), area_key(area)


def _paths(entidad: Entidad) -> dict[str, tuple[Clave, ...]]:
    """The keys from the entity down to each unit in force, by unit code, in the order of the reports."""
    services = {a.area: a.servicio for a in entidad.areas}
    order = {area: i for i, area in enumerate(services)}
    with_subgroups = {(u.area, u.grupo) for u in entidad.vigentes if u.subgrupo}
    paths: dict[str, tuple[Clave, ...]] = {}
    for u in sorted(entidad.vigentes, key=lambda u: order.get(u.area, len(order))):
        path = [*_area_path(entidad, u.area, services.get(u.area, u.servicio)), ("grupo", u.area, u.grupo)]
        if (u.area, u.grupo) in with_subgroups:
            path.append(("subgrupo", u.area, u.grupo, u.subgrupo or SIN_SUBGRUPO))
        paths[u.unidad] = (*path, unit_key(u.unidad))
    return paths


def _names(entidad: Entidad) -> dict[Clave, str]:
    names: dict[Clave, str] = {entity_key(entidad): entidad.nombre}
    names.update((area_key(a.area), a.nombre) for a in entidad.areas)
    names.update((unit_key(u.unidad), u.nombre) for u in entidad.vigentes)
    return names


def build(entidad: Entidad) -> dict[Clave, Nodo]:
    """All nodes by key, each before its children, in the order of the areas and of the catalogue; then the ACPs.

    A unit that is not in force is in no node. An area, a service or an ACP without units is a node without children.
    """
    paths = _paths(entidad)
    children: dict[Clave, dict[Clave, None]] = {entity_key(entidad): {}}
    units: dict[Clave, list[str]] = {}
    empty = [_area_path(entidad, a.area, a.servicio) for a in entidad.areas]
    for path in [*empty, *paths.values()]:
        for parent, child in pairwise(path):
            children.setdefault(parent, {})[child] = None
    for unidad, path in paths.items():
        for key in path:
            units.setdefault(key, []).append(unidad)
    names, nodes = _names(entidad), {}
    pending = [entity_key(entidad)]
    while pending:
        key = pending.pop()
        below = tuple(children.get(key, ()))
        nodes[key] = Nodo(key, names.get(key, key[-1]), below, tuple(units.get(key, ())))
        pending.extend(reversed(below))
    for acp in entidad.acps:
        own = [u for u in (entidad.by_code[code] for code in paths) if u.acp == acp.acp]
        nodes.update(restricted(acp_key(acp.acp), acp.denominacion, own, paths, nodes))
    return nodes


def restricted(
    acp: Clave, name: str, units: Sequence[Unidad], paths: dict[str, tuple[Clave, ...]], nodes: dict[Clave, Nodo]
) -> dict[Clave, Nodo]:
    """The entity's tree restricted to some units: the nodes of an ACP, its own last, before it the parts of levels that
    it shares with other ACPs. This is the one place that says what an ACP's avance is the mean of.

    A level of which the ACP has everything is the level's own node, and a level with one child is that child (the
    mean of one value is the value), so most ACPs need no node but their own.
    """
    made: dict[Clave, Nodo] = {}
    codes = tuple(u.unidad for u in units)

    def parts(members: tuple[str, ...], depth: int) -> tuple[Clave, ...]:
        """Keys of the nodes of which these units' value is the mean; all of them share the path up to `depth`."""
        key = paths[members[0]][depth]
        if nodes[key].unidades == members:
            return (key,)
        split = list(_split(members, paths, depth + 1))
        if len(split) == 1:
            return parts(split[0], depth + 1)
        return tuple(standing(parts(part, depth + 1), part, depth + 1) for part in split)

    def standing(below: tuple[Clave, ...], members: tuple[str, ...], depth: int) -> Clave:
        if len(below) == 1:
            return below[0]
        whole = paths[members[0]][depth]
        part = ("parte", acp[-1], *whole)
        made[part] = Nodo(part, nodes[whole].nombre, below, members)
        return part

    below = parts(codes, 0) if codes else ()
    made[acp] = Nodo(acp, name, below, codes)
    return made


def _split(members: Iterable[str], paths: dict[str, tuple[Clave, ...]], depth: int) -> list[tuple[str, ...]]:
    groups: dict[Clave, list[str]] = {}
    for unidad in members:
        groups.setdefault(paths[unidad][depth], []).append(unidad)
    return [tuple(group) for group in groups.values()]


def bottom_up(nodes: dict[Clave, Nodo]) -> list[Nodo]:
    """The nodes in an order in which every node comes after its children."""
    done: dict[Clave, Nodo] = {}

    def visit(node: Nodo) -> None:
        if node.clave in done:
            return
        for child in node.hijos:
            visit(nodes[child])
        done[node.clave] = node

    for node in nodes.values():
        visit(node)
    return list(done.values())
