"""Which sheet of a master is which of the other, and which table of a sheet."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from poa_xl.comparison.result import A, B, Solo
from poa_xl.comparison.tables import Tabla

_DIGITS = re.compile(r"\W*\d+\W*")


def without_numbers(name: str) -> str:
    """A name without its numbers: «Embajadas (33)» and «Embajadas (32)» are the same."""
    return _DIGITS.sub(" ", name).strip()


def aligned(a: Iterable[str], b: Iterable[str], what: str, sheet: str) -> tuple[list[tuple[str, str]], list[Solo]]:
    """Names that go together: equal ones, then those that differ in their numbers alone. And those of one side."""
    left_a, left_b = list(a), list(b)
    pairs: list[tuple[str, str]] = []
    simplify: tuple[Callable[[str], str], ...] = (str, without_numbers)
    for simple in simplify:
        for name in list(left_a):
            other = next((n for n in left_b if simple(n) == simple(name)), None)
            if other is not None:
                left_a.remove(name)
                left_b.remove(other)
                pairs.append((name, other))
    solo = [Solo(side, what, name, sheet) for side, names in ((A, left_a), (B, left_b)) for name in names]
    return pairs, solo


def of_one_kind(a: Mapping[str, Tabla], b: Mapping[str, Tabla], solo: Sequence[Solo]) -> list[tuple[Solo, Solo]]:
    """Of the tables that only one has, those of one kind, in their order: somebody wrote over a heading."""
    left = [s for s in solo if s.lado == B and b[s.nombre].known]
    pairs = []
    for one in (s for s in solo if s.lado == A and a[s.nombre].known):
        other = next((s for s in left if b[s.nombre].kind == a[one.nombre].kind), None)
        if other is not None:
            left.remove(other)
            pairs.append((one, other))
    return pairs


def by_heading(found: Sequence[Tabla]) -> dict[str, Tabla]:
    """Tables by heading; of several with one heading, the next have a number."""
    named: dict[str, Tabla] = {}
    for table in found:
        if not table.texts:
            name, number = table.titulo, 2
            while name in named:
                name, number = f"{table.titulo} ({number})", number + 1
            named[name] = table
    return named
