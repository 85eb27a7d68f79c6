"""The tree of an entity: entidad, servicio, area, grupo, subgrupo, unidad; and the part of it that each ACP has.

Every level is the mean of the level immediately below. A group whose units have subgroups is the mean of its
subgroups. An entity may do without services, without groups and without ACPs: what stood below such a level then
follows at once. An ACP is the same tree with its own operations only: a unit that has operations of several ACPs
stands in each of them with those alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from poa_xl.entity import GRUPO, SERVICIO, Entidad, Unidad
from poa_xl.indicators import SIN_SUBGRUPO

# A node's key: its level, then what tells it apart, such as ("subgrupo", area, grupo, subgrupo).
Clave = tuple[str, ...]
# Unit -> the ACPs of its operations; a unit that is not there has none.
AcpsOfUnits = Mapping[str, Sequence[str]]
_NO_OPERATIONS: AcpsOfUnits = MappingProxyType({})


@dataclass(frozen=True)
class Nodo:
    """A place in the tree. `hijos` are the nodes whose mean it is; without them it is a unit, a part of one or empty.

    `miembros` are the nodes of all units below it: in an ACP, of what it has of a unit.
    """

    clave: Clave
    nombre: str
    hijos: tuple[Clave, ...]
    miembros: tuple[Clave, ...]

    @property
    def unidades(self) -> tuple[str, ...]:
        """The codes of all units below it."""
        return tuple(clave[-1] for clave in self.miembros)

    @property
    def nivel(self) -> str:
        """entidad, servicio, area, grupo, subgrupo, unidad or acp; «parte» is what an ACP has of a level."""
        return self.clave[0]

    @property
    def codigo(self) -> str:
        """The code of the unit, area or ACP; the name of a service, group or subgroup."""
        return self.clave[-1]

    @property
    def grupos(self) -> tuple[Clave, ...]:
        """Those of its children that are groups: of an area all, or none where the entity has no groups."""
        return tuple(clave for clave in self.hijos if clave[0] == GRUPO)

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


def part_key(acp: str, whole: Clave) -> Clave:
    """The key of what an ACP has of a level or of a unit."""
    return ("parte", acp, *whole)


def category_key(categoria: str) -> Clave:
    """The key of a programme category; it is no node, but has money and an eficacia."""
    return ("categoria", categoria)


def _area_path(entidad: Entidad, area: str, servicio: str) -> tuple[Clave, ...]:
    service: tuple[Clave, ...] = (("servicio", servicio),) if SERVICIO in entidad.levels else ()
    return entity_key(entidad), *service, area_key(area)


def _paths(entidad: Entidad, units: Sequence[Unidad]) -> dict[str, tuple[Clave, ...]]:
    """The keys from the entity down to each of some units, by unit code, in the order of the reports."""
    services = {a.area: a.servicio for a in entidad.areas}
    order = {area: i for i, area in enumerate(services)}
    with_subgroups = {(u.area, u.grupo) for u in units if u.subgrupo}
    paths: dict[str, tuple[Clave, ...]] = {}
    for u in sorted(units, key=lambda u: order.get(u.area, len(order))):
        path = [*_area_path(entidad, u.area, services.get(u.area, u.servicio))]
        if GRUPO in entidad.levels:
            path.append(("grupo", u.area, u.grupo))
        if (u.area, u.grupo) in with_subgroups:
            path.append(("subgrupo", u.area, u.grupo, u.subgrupo or SIN_SUBGRUPO))
        paths[u.unidad] = (*path, unit_key(u.unidad))
    return paths


def _names(entidad: Entidad, units: Sequence[Unidad]) -> dict[Clave, str]:
    names: dict[Clave, str] = {entity_key(entidad): entidad.nombre}
    names.update((area_key(a.area), a.nombre) for a in entidad.areas)
    names.update((unit_key(u.unidad), u.nombre) for u in units)
    return names


def units_in_order(entidad: Entidad, trimestre: int) -> tuple[str, ...]:
    """The codes of the units that count up to a quarter, in the order of the reports."""
    return tuple(_paths(entidad, entidad.until(trimestre)))


def build(entidad: Entidad, acps: AcpsOfUnits = _NO_OPERATIONS, trimestre: int | None = None) -> dict[Clave, Nodo]:
    """All nodes by key, each before its children, in the order of the areas and of the catalogue; then the ACPs.

    Units are those that count up to a quarter, or at some time of the gestion; any other is in no node. An area, a
    service or an ACP without units is a node without children.
    """
    there = entidad.vigentes if trimestre is None else entidad.until(trimestre)
    paths = _paths(entidad, there)
    children: dict[Clave, dict[Clave, None]] = {entity_key(entidad): {}}
    units: dict[Clave, list[Clave]] = {}
    empty = [_area_path(entidad, a.area, a.servicio) for a in entidad.areas]
    for path in [*empty, *paths.values()]:
        for parent, child in pairwise(path):
            children.setdefault(parent, {})[child] = None
    for unidad, path in paths.items():
        for key in path:
            units.setdefault(key, []).append(unit_key(unidad))
    names, nodes = _names(entidad, there), {}
    pending = [entity_key(entidad)]
    while pending:
        key = pending.pop()
        below = tuple(children.get(key, ()))
        nodes[key] = Nodo(key, names.get(key, key[-1]), below, tuple(units.get(key, ())))
        pending.extend(reversed(below))
    for acp in entidad.acps:
        members = _members(acp.acp, [entidad.by_code[code] for code in paths], acps)
        nodes.update(restricted(acp_key(acp.acp), acp.denominacion, members, paths, nodes))
    return nodes


def acps_of(unidad: Unidad, acps: AcpsOfUnits) -> Sequence[str]:
    """The ACPs that a unit stands in: those of its operations; without any, that of the catalogue."""
    return acps.get(unidad.unidad) or (unidad.acp,)


def _members(acp: str, units: Iterable[Unidad], acps: AcpsOfUnits) -> tuple[Clave, ...]:
    """The nodes of an ACP's units: a unit's own where all its operations are of the ACP, else a part of it."""
    own = {u.unidad: acps_of(u, acps) for u in units}
    return tuple(
        unit_key(code) if len(there) == 1 else part_key(acp, unit_key(code))
        for code, there in own.items()
        if acp in there
    )


def restricted(
    acp: Clave, name: str, own: Sequence[Clave], paths: Mapping[str, tuple[Clave, ...]], nodes: Mapping[Clave, Nodo]
) -> dict[Clave, Nodo]:
    """The entity's tree restricted to some units and parts of units: the nodes of an ACP, its own last, before it the
    parts of levels and units that it shares with other ACPs. This is the one place that says what an ACP's avance is
    the mean of.

    A level of which the ACP has everything is the level's own node, and a level with one child is that child (the
    mean of one value is the value), so most ACPs need no node but their own.
    """
    made: dict[Clave, Nodo] = {}

    def parts(members: tuple[Clave, ...], depth: int) -> tuple[Clave, ...]:
        """Keys of the nodes of which these units' value is the mean; all of them share the path up to `depth`."""
        path = paths[members[0][-1]]
        if nodes[path[depth]].miembros == members:
            return (path[depth],)
        if depth == len(path) - 1:  # of the unit, only the operations of the ACP
            return (standing((), members, depth),)
        split = list(_split(members, paths, depth + 1))
        if len(split) == 1:
            return parts(split[0], depth + 1)
        return tuple(standing(parts(part, depth + 1), part, depth + 1) for part in split)

    def standing(below: tuple[Clave, ...], members: tuple[Clave, ...], depth: int) -> Clave:
        if len(below) == 1:
            return below[0]
        whole = paths[members[0][-1]][depth]
        part = part_key(acp[-1], whole)
        made[part] = Nodo(part, nodes[whole].nombre, below, members)
        return part

    below = parts(tuple(own), 0) if own else ()
    made[acp] = Nodo(acp, name, below, tuple(own))
    return made


def _split(members: Iterable[Clave], paths: Mapping[str, tuple[Clave, ...]], depth: int) -> list[tuple[Clave, ...]]:
    groups: dict[Clave, list[Clave]] = {}
    for member in members:
        groups.setdefault(paths[member[-1]][depth], []).append(member)
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
