"""Units whose money and whose progress do not go together: much was spent and little done, or the other way round.

Much and little are what the entity's own scales say: the better and the worse half of the words of the criterio DGAA
for the accumulated ejecución, and of the semáforo for the accumulated avance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from poa_xl import indicators
from poa_xl.evaluation.cuadre import Cuadre


class Imbalance(StrEnum):
    """What does not go together."""

    MONEY_WITHOUT_PROGRESS = "dinero sin avance"
    PROGRESS_WITHOUT_MONEY = "avance sin dinero"


@dataclass(frozen=True)
class Informado:
    """What a unit reports of all its categories together, January to the end of the quarter, in Bs."""

    unidad: str
    vigente: float
    devengado: float

    @property
    def ejecucion(self) -> float | None:
        """In points."""
        return indicators.ejecucion(self.devengado, self.vigente)


class _Level(Protocol):
    @property
    def evaluacion(self) -> str: ...


def reported(cuadres: Iterable[Cuadre]) -> dict[str, Informado]:
    """Unit -> what it reports."""
    found: dict[str, Informado] = {}
    for part in (part for cuadre in cuadres for part in cuadre.partes):
        before = found.get(part.unidad, Informado(part.unidad, 0.0, 0.0))
        found[part.unidad] = Informado(part.unidad, before.vigente + part.vigente, before.devengado + part.devengado)
    return found


def kind(
    money: _Level | None, monies: Sequence[_Level], avance: _Level | None, bands: Sequence[_Level]
) -> Imbalance | None:
    """What the levels of ejecución and avance say together; None where they agree, or where one is not there."""
    if money is None or avance is None:
        return None
    spent, done = _half(money, monies), _half(avance, bands)
    if spent > 0 > done:
        return Imbalance.MONEY_WITHOUT_PROGRESS
    return Imbalance.PROGRESS_WITHOUT_MONEY if done > 0 > spent else None


def _half(level: _Level, scale: Sequence[_Level]) -> int:
    """1 in the better half of a scale's words, best first, -1 in the worse, 0 in the middle of an odd number."""
    words = list(dict.fromkeys(one.evaluacion for one in scale))
    place, half = words.index(level.evaluacion), len(words) // 2
    return 1 if place < half else -1 if place >= len(words) - half else 0
