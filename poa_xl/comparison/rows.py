"""Which row of one table is which row of the other.

Rows are known by their key columns, whatever their place: moved rows are no change. Then, among the rows that are left:

1. rows that differ in one column of the key alone are the same row if they are alike: the texts of that column are, or
   most of the other cells are the same, or the phrase that names them is. The most alike go together first.
2. rows in the same place (below the same row, as far from it), whose key differs in the last column alone, are the same
   row: somebody wrote over it.

All this is symmetric: from B to A the same rows go together.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import product

from poa_xl.comparison.values import Dato, same

ALIKE_TEXT = 0.6  # difflib's ratio of two texts that are versions of one
ALIKE_REST = 0.8  # of the other cells, the share that is the same
# Pairs of a table that are looked at, and of them those of which the texts are: with more, only what is quick counts.
MOST_PAIRS, MOST_TEXTS = 20_000, 2_500
MOST_REPEATED = 200_000  # pairs of rows of one key, in all keys of a table
_TWO = 2
_MOST_LETTERS = 120  # of a text that are looked at


@dataclass(frozen=True, eq=False)
class ComparedRow:
    """A row of a table: its number in the sheet, and its values by column. `place` is the column of a lone text."""

    number: int
    values: Mapping[str, Dato]
    place: int = 0


@dataclass(frozen=True)
class RowIdentity:
    """What a table's rows are known by, and which columns are compared, those of the key among them.

    `prose` are the key columns that hold phrases, whose likeness says something; `fixed` those without which a row is
    another row, whatever else it says.
    """

    key: tuple[str, ...]
    compared: tuple[str, ...]
    prose: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()

    @property
    def rest(self) -> tuple[str, ...]:
        """The columns that are compared and do not name the row."""
        return tuple(c for c in self.compared if c not in self.key)


Pair = tuple[ComparedRow, ComparedRow]
Buckets = Mapping[Hashable, tuple[list[ComparedRow], list[ComparedRow]]]


@dataclass(frozen=True)
class Matched:
    """Rows of both, and those that only the first or only the second has; each in its order."""

    pairs: list[Pair]
    only_a: list[ComparedRow]
    only_b: list[ComparedRow]


def match(a: Sequence[ComparedRow], b: Sequence[ComparedRow], rule: RowIdentity, known: Sequence[Pair] = ()) -> Matched:
    """Find the pairs beside those that are known."""
    pairs = list(known)
    groups = _buckets(*_left(a, b, pairs), rule.key).values()
    few = sum(len(x) * len(y) for x, y in groups if len(x) + len(y) > _TWO) <= MOST_REPEATED
    for group in groups:
        pairs += _within(*group, rule, few)
    pairs += _alike(*_left(a, b, pairs), rule)
    pairs += _in_place(a, b, pairs, rule)
    left_a, left_b = _left(a, b, pairs)
    order = {row: n for n, row in enumerate(b)}
    return Matched(sorted(pairs, key=lambda pair: order[pair[1]]), left_a, left_b)


def _left(
    a: Sequence[ComparedRow], b: Sequence[ComparedRow], pairs: Sequence[Pair]
) -> tuple[list[ComparedRow], list[ComparedRow]]:
    taken = {row for pair in pairs for row in pair}
    return [row for row in a if row not in taken], [row for row in b if row not in taken]


def _buckets(a: Iterable[ComparedRow], b: Iterable[ComparedRow], columns: Sequence[str]) -> Buckets:
    """Rows of both by what these columns say."""
    found: dict[Hashable, tuple[list[ComparedRow], list[ComparedRow]]] = {}
    for side, rows in enumerate((a, b)):
        for row in rows:
            found.setdefault(tuple(row.values.get(c) for c in columns), ([], []))[side].append(row)
    return found


def _within(a: list[ComparedRow], b: list[ComparedRow], rule: RowIdentity, few: bool) -> list[Pair]:
    """Pairs among rows of one key: the most alike, then the nearest; with many of them, in their order."""
    if len(a) + len(b) <= _TWO or not few or len(a) * len(b) > MOST_PAIRS:
        return list(zip(a, b, strict=False))
    return _best((_share(one, other, rule.rest), one, other) for one, other in product(a, b))


def _alike(a: list[ComparedRow], b: list[ComparedRow], rule: RowIdentity) -> list[Pair]:
    """Pairs among rows that differ in one column of the key."""
    found = [
        (column, list(_buckets(a, b, [c for c in rule.key if c != column]).values()))
        for column in rule.key
        if column not in rule.fixed
    ]
    count = {column: sum(len(x) * len(y) for x, y in groups) for column, groups in found}
    if sum(count.values()) > MOST_PAIRS:
        return []
    read = rule.prose if sum(count.get(column, 0) for column in rule.prose) <= MOST_TEXTS else frozenset()
    scored = (
        (_likeness(one, other, column, rule, column in read), one, other)
        for column, groups in found
        for group in groups
        for one, other in product(*group)
    )
    return _best(s for s in scored if s[0])


def _likeness(one: ComparedRow, other: ComparedRow, column: str, rule: RowIdentity, texts: bool) -> float:
    """How alike two rows are that differ in this column of their key; 0 where they are not the same row."""
    ratio = _ratio(one.values.get(column), other.values.get(column)) if texts else 0.0
    share, name = _share(one, other, rule.rest), rule.key[-1]
    named = column != name and name in rule.prose and one.values.get(name) is not None
    alike = named or ratio >= ALIKE_TEXT or share >= ALIKE_REST
    return 2 * ratio + share + named if alike else 0.0


def _best(scored: Iterable[tuple[float, ComparedRow, ComparedRow]]) -> list[Pair]:
    """The pairs of the highest score, each row in one of them; of equal score the nearest."""
    pairs: list[Pair] = []
    taken: set[ComparedRow] = set()
    for _, one, other in sorted(
        scored, key=lambda s: (-s[0], abs(s[1].number - s[2].number), s[1].number + s[2].number)
    ):
        if one not in taken and other not in taken:
            taken |= {one, other}
            pairs.append((one, other))
    return pairs


def _share(one: ComparedRow, other: ComparedRow, columns: Iterable[str]) -> float:
    """Of the cells that either has, the share that is the same; 0 where neither has any."""
    both = [(one.values.get(c), other.values.get(c)) for c in columns]
    filled = [pair for pair in both if pair != (None, None)]
    return sum(same(*pair) for pair in filled) / len(filled) if filled else 0.0


def _ratio(one: Dato, other: Dato) -> float:
    if not isinstance(one, str) or not isinstance(other, str):
        return 0.0
    # The ratio depends on which comes first; from B to A it must be the same.
    first, second = sorted((one[:_MOST_LETTERS].casefold(), other[:_MOST_LETTERS].casefold()))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE_TEXT or matcher.quick_ratio() < ALIKE_TEXT:
        return 0.0
    return matcher.ratio()


def _in_place(
    a: Sequence[ComparedRow], b: Sequence[ComparedRow], pairs: Sequence[Pair], rule: RowIdentity
) -> list[Pair]:
    """Pairs of rows in the same place whose key differs in its last column alone."""
    if len(rule.key) < 2:
        return []
    number = {row: n for n, pair in enumerate(pairs) for row in pair}
    there = {place: row for row, place in _places(b, number)}
    found: list[Pair] = []
    for row, place in _places(a, number):
        other = there.get(place)
        if other and all(same(row.values.get(c), other.values.get(c)) for c in rule.key[:-1]):
            found.append((row, other))
    return found


def _places(
    rows: Sequence[ComparedRow], number: Mapping[ComparedRow, int]
) -> Iterable[tuple[ComparedRow, tuple[int, int]]]:
    """Each row without a pair, with its place: the pair above it, and how far below that it stands."""
    above, below = -1, 0
    for row in rows:
        if row in number:
            above, below = number[row], 0
        else:
            below += 1
            yield row, (above, below)
