"""What the entity's workbook puts below each level: the parts that a figure of the master must have.

Made of the catalogue of units, areas and categories alone, apart from the tree of `evaluation`, so that one can be held
against the other.
"""

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

from poa_xl import indicators
from poa_xl.entity import GRUPO, Entidad, Unidad
from poa_xl.explanation.due import due_of
from poa_xl.explanation.sources import OPERATIONS, MasterRows
from poa_xl.figures import FigureId
from poa_xl.figures.identifier import node_id

REACHED = ("avance", "avance_a_la_fecha", "cumplimiento")
_LEVELS = ("", "entidad", "servicio", "area", "grupo", "subgrupo")
_MONEY = ("vigente", "devengado")
_SERVICE = "servicio"
Node = tuple[str, ...]


def concerns(id: FigureId) -> bool:  # noqa: A002
    """Whether the catalogue says of what a figure is made."""
    if id.indicator in _MONEY:
        return id.level in ("", "entidad", "area", "acp")
    mean = id.indicator in REACHED and not (id.indicator == "avance" and id.period.startswith("hasta_"))
    return mean and id.level in (*_LEVELS, "unidad")


class Tree:
    """Nodes by what is below them, up to the quarter of a master."""

    def __init__(self, entidad: Entidad, sources: MasterRows) -> None:
        self._entidad, self._sources = entidad, sources
        self._trimestre = sources.book.trimestre

    def parts(self, id: FigureId) -> Mapping[str, str] | None:  # noqa: A002
        """The ids of the figures that one is made of, with their names; None where the catalogue does not say."""
        if id.indicator in _MONEY:
            wanted = (node_id("categoria", (code,), id.indicator, id.period) for code in self._categories(id))
        elif id.level == "unidad":
            rows = [row for row in self._sources.rows(OPERATIONS) if row.text("unidad") == id.code]
            wanted = (
                node_id("operacion", (id.code, row.text("operacion")), id.indicator, id.period) for row in rows
            )  # fmt: skip
            if not self._exists(id):
                return None
        else:
            wanted = (
                node_id(child[0], child[1:], id.indicator, id.period) for child in self._children.get(id.node, ())
            )
        found = {str(one): one.node for one in wanted}
        return found or None

    def weights(self, id: FigureId) -> Mapping[str, float] | None:  # noqa: A002
        """The ids of the parts of a level with their weights, where these count; None where they do not."""
        if self._entidad.metodo != indicators.POR_PESOS or id.indicator in _MONEY or id.level == "unidad":
            return None
        children = self._children.get(id.node, ())
        weights = indicators.complete_weights([self._weight(child) for child in children])
        if weights is None:
            return None
        ids = (str(node_id(child[0], child[1:], id.indicator, id.period)) for child in children)
        return dict(zip(ids, weights, strict=True))

    def _weight(self, node: Node) -> float | None:
        if node[0] == "unidad":
            return self._entidad.by_code[node[1]].peso
        return next((a.peso for a in self._entidad.areas if node == ("area", a.area)), None)

    def _exists(self, id: FigureId) -> bool:  # noqa: A002
        """Whether a unit existed in what a figure of it is about: else it has none."""
        due, existence = due_of(id.indicator, id.period), self._entidad.existence_of(id.code)
        return id.code in self._entidad.by_code and existence.in_months(self._entidad.gestion, due.desde, due.conocido)

    def _categories(self, id: FigureId) -> list[str]:  # noqa: A002
        every = self._entidad.categorias
        if id.level == "area":
            return [c.categoria for c in every if c.area == id.code]
        return [c.categoria for c in every if id.level != "acp" or c.acp == id.code]

    @cached_property
    def _children(self) -> Mapping[str, tuple[Node, ...]]:
        """Node -> what is right below it."""
        units = self._entidad.until(self._trimestre)
        split = {(u.area, u.grupo) for u in units if u.subgrupo}
        found: dict[str, dict[Node, None]] = {}
        for unit in units:
            for above, below in pairwise(self._path(unit, split)):
                node = node_id(above[0], above[1:], "avance", "t1").node
                found.setdefault(node, {})[below] = None
        return {node: tuple(below) for node, below in found.items()}

    def _path(self, unit: Unidad, split: set[tuple[str, str]]) -> list[Node]:
        entidad = self._entidad
        path: list[Node] = [("entidad", entidad.sigla)]
        service = next((a.servicio for a in entidad.areas if a.area == unit.area), unit.servicio)
        if _SERVICE in entidad.levels:
            path.append((_SERVICE, service))
        path.append(("area", unit.area))
        if GRUPO in entidad.levels:
            path.append(("grupo", unit.area, unit.grupo))
        if (unit.area, unit.grupo) in split:
            path.append(("subgrupo", unit.area, unit.grupo, unit.subgrupo or indicators.SIN_SUBGRUPO))
        return [*path, ("unidad", unit.unidad)]


def unit_and_rest(id: FigureId) -> tuple[str, str]:  # noqa: A002
    """The unit and the rest of a code of an operation or of a budget; a «/» within the unit is escaped."""
    parts, escaped = [""], False
    for n, letter in enumerate(id.code):
        if escaped:
            parts[-1] += letter
            escaped = False
        elif letter == "\\" and len(parts) == 1:
            escaped = True
        elif letter == "/" and len(parts) == 1:
            parts.append(id.code[n + 1 :])
            break
        else:
            parts[-1] += letter
    return parts[0], parts[1] if len(parts) > 1 else ""
