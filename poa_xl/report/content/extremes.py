"""Who has the highest and who the lowest of some figures, as these are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from poa_xl import indicators
from poa_xl.evaluation import Nodo
from poa_xl.report.content.sources import Sources
from poa_xl.report.document import Bound
from poa_xl.report.figures import DECIMALS


class Extreme(Enum):
    """Which end."""

    HIGHEST, LOWEST = "highest", "lowest"


@dataclass(frozen=True)
class Holder:
    """Who has an extreme, and the figure of the first of them."""

    names: tuple[str, ...]
    figure: Bound


def extreme(sources: Sources, nodes: Sequence[Nodo], indicator: str, period: str, which: Extreme) -> Holder | None:
    """Several where they show the same; None where no node has the figure."""
    known = [
        (node, indicators.round_half_up(value, DECIMALS))
        for node in nodes
        if (value := sources.figures.number(node.clave, indicator, period)) is not None
    ]
    if not known:
        return None
    values = [value for _, value in known]
    best = max(values) if which is Extreme.HIGHEST else min(values)
    found = [node for node, value in known if value == best]
    return Holder(tuple(node.nombre for node in found), sources.shown(found[0].clave, indicator, period))
