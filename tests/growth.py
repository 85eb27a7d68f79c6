"""Whether work grows with its input or with its square, told by the ratio of two sizes: never by seconds."""

import time
from collections.abc import Callable
from typing import TypeVar

X = TypeVar("X")
_RUNS = 3
MOST = 3.0  # twice the input takes twice the work; with its square it takes four times


def ratio(make: Callable[[int], X], run: Callable[[X], object], size: int) -> float:
    """How many times the work of a size the double takes; the best of several runs, in CPU time of this process."""
    once, twice = make(size), make(2 * size)
    return min(_cost(run, twice) for _ in range(_RUNS)) / min(_cost(run, once) for _ in range(_RUNS))


def _cost(run: Callable[[X], object], given: X) -> float:
    started = time.process_time()
    run(given)
    return time.process_time() - started
