"""A result or a big record in one line, as a notebook shows it: what it is of, and how much it holds."""

import reprlib
from collections.abc import Iterable
from pathlib import Path

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 200
_SHOWN = 2


def line(result: object, **facts: object) -> str:
    """`Revision(given='demo/entregas', quarter=2, errors=0)`; paths as texts, and long values cut."""
    said = ", ".join(f"{name}={_SHORT.repr(_plain(value))}" for name, value in facts.items())
    return f"{type(result).__name__}({said})"


def paths(given: Iterable[Path]) -> str:
    """Some paths: the first ones, and how many more there are."""
    known = [str(path) for path in given]
    more = [f"… {len(known) - _SHOWN} más"] if len(known) > _SHOWN else []
    return ", ".join([*known[:_SHOWN], *more])


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value
