"""All figures of one evaluation or one master, looked up by what a text says."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from poa_xl.figures.identifier import FigureError, FigureId, joined, parse
from poa_xl.figures.vocabulary import ENTITY, UnitOfMeasure
from poa_xl.messages import figures as words

Value = float | str | None
_PARTS = {"grupo": 2, "subgrupo": 3}  # of the codes whose last part is a name that people use alone
_PART = r"(?:[^/\\]|\\.)*/"
_NEAR, _ALIKE = 4, 0.5  # how many are named, and how alike they must be


class Figure(NamedTuple):
    """A figure with its value, unrounded; None is «n/a»."""

    id: FigureId
    value: Value
    unit: UnitOfMeasure


def _name(id: FigureId) -> str:  # noqa: A002
    """How people call a node: its code, but for a group, whose code has the area before it."""
    found = re.fullmatch(_PART * (_PARTS.get(id.level, 1) - 1) + "(.*)", id.code, re.DOTALL)
    return found[1] if found else id.code


class Register:
    """Figures by id. Two with one id would be a fault of whoever named them: the first stays."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._nodes: dict[str, dict[tuple[str, str], Figure]] = {}  # node -> (indicator, period) -> figure
        self._ordered: list[Figure] = []
        for figure in figures:
            own, key = self._nodes.setdefault(figure.id.node, {}), (figure.id.indicator, figure.id.period)
            if key not in own:
                own[key] = figure
                self._ordered.append(figure)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._ordered)

    def __len__(self) -> int:
        return len(self._ordered)

    @cached_property
    def _called(self) -> dict[str, list[str]]:
        """What a text may call a node -> the nodes: by its code or name, with its level or without."""
        called: dict[str, list[str]] = {}
        for node, own in self._nodes.items():
            id = next(iter(own.values())).id  # noqa: A001
            level = id.level or ENTITY
            for short in dict.fromkeys((id.code, _name(id))):
                for text in (short, f"{level}:{short}"):
                    called.setdefault(text, []).append(node)
        return called

    def find(self, text: str) -> Figure:
        """The figure that a text names. Raises `FigureError` for none, with those that are near, and for several."""
        wanted = parse(text)
        nodes = [wanted.node] if wanted.node in self._nodes else self._called.get(wanted.node, [])
        if len(nodes) > 1:
            raise FigureError(words.several(text, [self._text(node, wanted) for node in nodes]))
        found = self._nodes[nodes[0]].get((wanted.indicator, wanted.period)) if nodes else None
        if found is None:
            raise FigureError(words.not_there(text, self._near(wanted, nodes)))
        return found

    def _near(self, wanted: FigureId, nodes: list[str]) -> list[str]:
        """Other figures of the node; of a node that is not there, those of nodes that are called alike."""
        if nodes:
            own = [str(figure.id) for figure in self._nodes[nodes[0]].values()]
            return get_close_matches(self._text(nodes[0], wanted), own, _NEAR, _ALIKE)
        alike = [self._called[name] for name in get_close_matches(wanted.node, self._called, _NEAR)]
        near = dict.fromkeys(node for called in alike for node in called)
        return [
            self._text(node, wanted) for node in near if (wanted.indicator, wanted.period) in self._nodes[node]
        ][:_NEAR]  # fmt: skip

    @staticmethod
    def _text(node: str, wanted: FigureId) -> str:
        return joined(node, wanted.indicator, wanted.period)
