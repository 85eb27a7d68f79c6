"""Published figures of closed periods beside those computed here, and the rule by which a published one is reached.

The rule is found, not typed: of the rules that reports have used for the mean of the level below, the first that gives
the published figure to its two decimals.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from poa_xl import indicators
from poa_xl.entity import Entidad
from poa_xl.evaluation.periods import Periodo
from poa_xl.evaluation.physical import Figures
from poa_xl.evaluation.tree import Clave, Nodo

ENTIDAD, EXTERIOR = "entidad", "exterior"  # the series of the sheet Historico
WHOLE_YEAR = "Gestión"
DECIMALS = 2
A_HUNDREDTH = 0.01
Published = dict[tuple[Clave, int, str, str], float]  # (node, gestion, period as typed, indicator) -> value


class Rule(StrEnum):
    """How a published figure is reached, in the order in which the rules are tried."""

    MEAN_OF_PUBLISHED = "media de lo publicado"
    LI95_OF_UNITS = "límite de las unidades"
    LI95_OF_PARTS = "límite de las partes"
    LI95_OF_PUBLISHED = "límite de lo publicado"
    MEAN_OF_UNITS = "media de las unidades"
    FOUR_QUARTERS = "cuatro cuartos redondeados"
    ROUNDING = "redondeo"  # none of them, and the difference is a hundredth


@dataclass(frozen=True)
class Differing:
    """A published figure that is not the computed one. `rule` is None where none that is known gives it."""

    nodo: Nodo
    periodo: Periodo
    publicado: float
    calculado: float | None
    rule: Rule | None
    by_rule: float | None
    missing: int  # units of the node without any accepted row


def series(entidad: Entidad, nodes: Mapping[Clave, Nodo], cuadro: str) -> tuple[tuple[Nodo, ...], Published]:
    """The nodes of a series in the order of the reports, and what was published of them. Codes alone join the two."""
    rows, claimed = _rows(entidad, nodes, cuadro), claims(entidad, nodes, cuadro)
    own = [h for h in entidad.historico if h.cuadro == cuadro]
    found: Published = {}
    for node, codes in rows:
        # What two groups of one name could both claim belongs to neither.
        for code in (c for c in codes if claimed[c] == 1 or cuadro == ENTIDAD):
            for h in (h for h in own if h.codigo == code):
                found.setdefault((node.clave, h.gestion, h.periodo, h.indicador), h.valor)
    return tuple(node for node, _ in rows), found


Row = tuple[Nodo, tuple[str, ...]]  # a node, and the codes under which it may have been published


def claims(entidad: Entidad, nodes: Mapping[Clave, Nodo], cuadro: str) -> Counter[str]:
    """How many nodes of a series a code could mean; 0 of a code of none."""
    return Counter(code for _, codes in _rows(entidad, nodes, cuadro) for code in codes)


def _rows(entidad: Entidad, nodes: Mapping[Clave, Nodo], cuadro: str) -> list[Row]:
    return list(_of_entity(entidad, nodes) if cuadro == ENTIDAD else _of_groups(entidad, nodes))


def _of_entity(entidad: Entidad, nodes: Mapping[Clave, Nodo]) -> Iterator[Row]:
    """The entity and its areas; services only where something was published for them."""
    published = {h.codigo for h in entidad.historico if h.cuadro == ENTIDAD}
    for node in nodes.values():
        if node.nivel in ("entidad", "area") or (node.nivel == "servicio" and node.codigo in published):
            yield node, (node.codigo,)


def _of_groups(entidad: Entidad, nodes: Mapping[Clave, Nodo]) -> Iterator[Row]:
    """Groups and subgroups of the areas with several groups, then the area."""
    # An area that is its whole service may have been published as the service.
    alone = {n.hijos[0]: n.codigo for n in nodes.values() if n.nivel == "servicio" and len(n.hijos) == 1}
    for area in (node for node in nodes.values() if node.nivel == "area" and len(node.grupos) > 1):
        for group in (nodes[key] for key in area.grupos):
            subgroups = [nodes[key] for key in group.hijos if key[0] == "subgrupo"]
            # A subgroup that is called as its group takes the published figures of that name.
            yield group, () if any(s.codigo == group.codigo for s in subgroups) else (group.codigo,)
            yield from ((s, (s.codigo,)) for s in subgroups)
        yield area, (area.codigo, *((alone[area.clave],) if area.clave in alone else ()))


@dataclass(frozen=True)
class _Quarter:
    """What is known of a quarter: of the nodes, what was published, and what is computed."""

    nodes: Mapping[Clave, Nodo]
    published: Mapping[Clave, float]
    avance: Mapping[Clave, float | None]

    def as_published(self, clave: Clave) -> float | None:
        """What was published of a node, else the mean of what was published of all its parts."""
        return self.published[clave] if clave in self.published else self.mean_of_published(self.nodes[clave])

    def published_parts(self, node: Nodo) -> list[float] | None:
        """What was published of each part; None where one has nothing."""
        values = [self.as_published(key) for key in node.hijos]
        return [v for v in values if v is not None] if values and None not in values else None

    def mean_of_published(self, node: Nodo) -> float | None:
        return indicators.mean(self.published_parts(node) or ())

    def values(self, node: Nodo) -> Iterator[tuple[Rule, float | None]]:
        """What each rule gives."""
        units = [self.avance["unidad", u] for u in node.unidades]
        of_units = indicators.statistics_95(units)
        yield Rule.MEAN_OF_PUBLISHED, self.mean_of_published(node)
        yield Rule.LI95_OF_UNITS, of_units.limite_inferior if of_units else None
        yield Rule.LI95_OF_PARTS, indicators.limite_inferior(self.avance[key] for key in node.hijos)
        yield Rule.LI95_OF_PUBLISHED, indicators.limite_inferior(self.published_parts(node) or ())
        yield Rule.MEAN_OF_UNITS, of_units.media if of_units else None
        quarter = indicators.eficacia_ponderada(self.avance[node.clave])
        yield Rule.FOUR_QUARTERS, None if quarter is None else indicators.avance_of_shown(quarter, DECIMALS)


def _shown(value: float) -> float:
    return indicators.round_half_up(indicators.judged(value), DECIMALS)


def differing(
    entidad: Entidad,
    nodes: Mapping[Clave, Nodo],
    avance: Figures,
    quarters: Iterable[Periodo],
    missing: Iterable[str],
) -> tuple[Differing, ...]:
    """Every published avance of a quarter of this gestion that is not the computed one, each node once a quarter."""
    published: Published = {}
    for cuadro in (EXTERIOR, ENTIDAD):  # of an area that stands in both, the series of the entity holds
        published |= series(entidad, nodes, cuadro)[1]
    absent = set(missing)
    found = []
    for q in quarters:
        known = {
            clave: value
            for (clave, gestion, period, indicator), value in published.items()
            if (gestion, period, indicator) == (entidad.gestion, q.corto, "avance")
        }
        state = _Quarter(nodes, known, {key: avance[key, q.clave] for key in nodes})
        ordered = [node for key, node in nodes.items() if key in known]
        found += [made for node in ordered if (made := _compared(state, node, q, absent)) is not None]
    return tuple(found)


def _compared(state: _Quarter, node: Nodo, q: Periodo, absent: set[str]) -> Differing | None:
    value, computed = state.published[node.clave], state.avance[node.clave]
    if computed is not None and _shown(computed) == _shown(value):
        return None
    rule, by_rule = next(
        ((r, v) for r, v in state.values(node) if v is not None and _shown(v) == _shown(value)), (None, None)
    )
    if rule is None and computed is not None and abs(_shown(computed) - _shown(value)) < 1.5 * A_HUNDREDTH:
        rule, by_rule = Rule.ROUNDING, computed
    return Differing(node, q, value, computed, rule, by_rule, len(absent & set(node.unidades)))
