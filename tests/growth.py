"""Whether work grows with its input or with its square, told by the ratio of two sizes: never by seconds."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

X = TypeVar("X")
_RUNS = 20  # where none is surely linear: a machine that many share is slow for a while
MOST = 3.0  # twice the input takes twice the work; with its square it takes four times


def ratio(make: Callable[[int], X], run: Callable[[X], object], size: int) -> float:
    """How many times the work of a size the double takes, in CPU time of this process.

    Of several runs the best: what else a machine does makes one slower, never faster. The first that is surely linear
    ends it.
    """
    once, twice = make(size), make(2 * size)
    costs: tuple[list[float], list[float]] = ([], [])
    found = 0.0
    for _ in range(_RUNS):
        for given, cost in zip((once, twice), costs, strict=True):
            cost.append(_cost(run, given))
        found = min(costs[1]) / min(costs[0])
        if found < MOST:
            break
    return found


def _cost(run: Callable[[X], object], given: X) -> float:
    gc.collect()
    gc.disable()  # it looks at every object of the process, ours or not
    try:
        started = time.process_time()
        run(given)
        return time.process_time() - started
    finally:
        gc.enable()
