"""How much each operation of a unit lacks in a quarter, so that the unit's avance is the published one.

An operation with t tasks and a programme P that lacks D counts t·D/P less than it could; the losses of all
operations over all tasks are what the avance lacks to 100.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations
from random import Random

Load = tuple[int, int]  # tasks with a programme in the quarter, and the sum of their programme

MOST_LOST = 0.92  # no operation is left without any execution
FURTHEST = 40  # units by which a drawn shortfall is corrected at most


def find(loads: Sequence[Load], low: float, high: float, rng: Random) -> list[int] | None:
    """Whole shortfalls, one a load, with which the avance lies between `low` and `high` points; None: no luck.

    Loads must have a programme. The shortfalls are drawn first and corrected in two operations.
    """
    tasks = sum(t for t, _ in loads)
    most, least = tasks * (100 - low) / 100, tasks * (100 - high) / 100
    drawn = _draw(loads, (most + least) / 2, rng)
    for first, second in permutations(range(len(loads)), 2):
        for found in _corrected(drawn, loads, first, second, (most + least) / 2):
            if least < _lost(loads, found) < most:
                return found
    return None


def _lost(loads: Sequence[Load], lacking: Sequence[int]) -> float:
    return sum(t * d / p for (t, p), d in zip(loads, lacking, strict=True))


def _draw(loads: Sequence[Load], lost: float, rng: Random) -> list[int]:
    """Shortfalls near the wanted loss: some operations lack more than others, a few nothing."""
    share = lost / sum(t for t, _ in loads)
    tempers = (0.0, 0.6, 1.0, 1.8) if share < 0.3 else (0.7, 1.0, 1.3)
    weights = [rng.choice(tempers) for _ in loads]
    scale = _scale(loads, weights, lost)
    return [round(p * min(MOST_LOST, scale * w)) for (_, p), w in zip(loads, weights, strict=True)]


def _scale(loads: Sequence[Load], weights: Sequence[float], lost: float) -> float:
    """The factor of the weights at which the loads lose what is wanted, by bisection."""
    low, high = 0.0, 2.0
    for _ in range(30):
        middle = (low + high) / 2
        reached = sum(t * min(MOST_LOST, middle * w) for (t, _), w in zip(loads, weights, strict=True))
        low, high = (middle, high) if reached < lost else (low, middle)
    return high


def _corrected(
    drawn: Sequence[int], loads: Sequence[Load], first: int, second: int, lost: float
) -> Iterator[list[int]]:
    """The drawn shortfalls with the first operation moved step by step and the second answering to it."""
    tasks, programme = loads[second]
    for step in range(2 * FURTHEST):
        found = list(drawn)
        found[first] += (step + 1) // 2 * (-1) ** step
        found[second] = 0
        found[second] = round((lost - _lost(loads, found)) * programme / tasks)
        if all(0 <= found[i] <= loads[i][1] * MOST_LOST for i in (first, second)):
            yield found
