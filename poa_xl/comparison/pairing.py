"""Which sheet of a master is which of the other, and which table of a sheet."""

import re
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from poa_xl.comparison.result import A, B, Solo
from poa_xl.comparison.tables import TableInMaster, numbered

X = TypeVar("X")

# Marks before a number are taken from where they begin, so that a long row of them is looked at once.
_DIGITS = re.compile(r"(?:(?<!\W)\W++)?\d+\W*")


def without_numbers(name: str) -> str:
    """A name without its numbers: «Embajadas (33)» and «Embajadas (32)» are the same."""
    return _DIGITS.sub(" ", name).strip()


def aligned(a: Iterable[str], b: Iterable[str], what: str, sheet: str) -> tuple[list[tuple[str, str]], list[Solo]]:
    """Names that go together: equal ones, then those that differ in their numbers alone. And those of one side."""
    left_a, left_b = dict.fromkeys(a), dict.fromkeys(b)
    pairs: list[tuple[str, str]] = []
    simplify: tuple[Callable[[str], str], ...] = (str, without_numbers)
    for simple in simplify:
        for name, other in _paired(left_a, left_b, simple):
            del left_a[name], left_b[other]
            pairs.append((name, other))
    solo = [Solo(side, what, name, sheet) for side, names in ((A, left_a), (B, left_b)) for name in names]
    return pairs, solo


def _paired(a: Iterable[X], b: Iterable[X], kind: Callable[[X], Hashable]) -> list[tuple[X, X]]:
    """Those of one kind, the first with the first."""
    waiting: dict[Hashable, deque[X]] = {}
    for one in b:
        waiting.setdefault(kind(one), deque()).append(one)
    return [(one, same.popleft()) for one in a if (same := waiting.get(kind(one)))]


def of_one_kind(
    a: Mapping[str, TableInMaster], b: Mapping[str, TableInMaster], solo: Sequence[Solo]
) -> list[tuple[Solo, Solo]]:
    """Of the tables that only one has, those of one kind, in their order: somebody wrote over a heading."""
    sides = {A: a, B: b}
    left = [s for s in solo if sides[s.lado][s.nombre].known]
    ours, theirs = ([s for s in left if s.lado == side] for side in (A, B))
    return _paired(ours, theirs, lambda s: sides[s.lado][s.nombre].kind)


def by_heading(found: Sequence[TableInMaster]) -> dict[str, TableInMaster]:
    """Tables by heading; of several with one heading, the next have a number."""
    headed = [table for table in found if not table.texts]
    return dict(zip(numbered([table.titulo for table in headed]), headed, strict=True))
