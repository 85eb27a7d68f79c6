"""How far a call is that takes a while: a function of how many are done and of how many there are."""

import itertools
from collections.abc import Callable

Progress = Callable[[int, int], None]


def counter(progress: Progress | None, total: int) -> Callable[[], None]:
    """What tells `progress` of one more each time that it is called, from whatever thread."""
    if progress is None:
        return lambda: None
    done = itertools.count(1)
    progress(0, total)
    return lambda: progress(next(done), total)
