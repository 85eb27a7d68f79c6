"""The semáforo at a glance: areas with their groups, and the units of each group by avance."""

from collections.abc import Iterator
from dataclasses import dataclass

from poa_xl.evaluation import Nodo
from poa_xl.figures.vocabulary import QUARTER
from poa_xl.report.content.sources import Sources
from poa_xl.report.document import Bound


@dataclass(frozen=True)
class Tile:
    """A node with its avance in points and its word of the semáforo."""

    name: str
    avance: Bound
    semaforo: Bound


@dataclass(frozen=True)
class TileGroup:
    """A node, and those below it that are shown with it."""

    tile: Tile
    below: tuple[Tile, ...]


def board(sources: Sources) -> list[TileGroup]:
    """The entity's areas, each with its groups where it is told by them."""
    return [TileGroup(_tile(sources, area), tuple(_tiles(sources, _groups(sources, area)))) for area in sources.areas]


def units(sources: Sources) -> list[TileGroup]:
    """The units of each area by avance, from the highest; of each of its groups, where it is told by them."""
    nodes = [node for area in sources.areas for node in _groups(sources, area) or [area]]
    return [TileGroup(_tile(sources, node), tuple(_by_avance(sources, node))) for node in nodes]


def _groups(sources: Sources, area: Nodo) -> list[Nodo]:
    return [sources.nodes[key] for key in area.grupos] if sources.grouped(area) else []


def _tiles(sources: Sources, nodes: list[Nodo]) -> Iterator[Tile]:
    return (_tile(sources, node) for node in nodes if sources.figures.has(node.clave, "avance", QUARTER))


def _tile(sources: Sources, node: Nodo) -> Tile:
    return Tile(node.nombre, sources.shown(node.clave, "avance"), sources.shown(node.clave, "semaforo"))


def _by_avance(sources: Sources, node: Nodo) -> list[Tile]:
    tiles = list(_tiles(sources, sources.units(node)))
    return sorted(tiles, key=lambda tile: (-_points(tile), tile.name))


def _points(tile: Tile) -> float:
    return tile.avance.value if isinstance(tile.avance.value, float) else -1.0
