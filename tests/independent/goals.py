"""What was reached of a goal, in fractions, from the sentences of docs/metas.md."""

from dataclasses import dataclass
from fractions import Fraction

Months = list[Fraction | None]
Exact = Fraction | None


@dataclass(frozen=True)
class Goal:
    """A task: its goal, and what it programmed and executed in each month."""

    kind: str
    sense: str
    base: Exact
    planned: Months
    done: Months


def limited(points: Fraction) -> Fraction:
    """Points as they count in a mean."""
    return max(Fraction(0), min(Fraction(100), points))


def of_period(goal: Goal, first: int, last: int) -> Exact:
    """Points in the months from `first` to `last`, raw."""
    return _reached(goal, (first, last), last)


def to_date(goal: Goal, last: int) -> Exact:
    """Of what was due since January."""
    return _reached(goal, (1, last), last)


def of_year(goal: Goal, last: int) -> Exact:
    """Of the programme of the whole year, by the end of a month."""
    return _reached(goal, (1, 12), last)


def _reached(goal: Goal, due: tuple[int, int], known: int) -> Exact:
    """`due`: the months whose programme counts; `known`: the last one whose execution does."""
    first, last = due
    wanted = {month: value for month, value in enumerate(goal.planned, start=1) if value is not None}
    done = {month: value for month, value in enumerate(goal.done, start=1) if value is not None and month <= known}
    programme = {
        month: value
        for month, value in wanted.items()
        if first <= month <= last and (value > 0 or goal.sense != "aumentar")
    }
    if goal.kind == "suma":
        whole = sum(programme.values(), Fraction(0))
        return sum((v for m, v in done.items() if first <= m <= last), Fraction(0)) * 100 / whole if whole else None
    if goal.kind == "acumulada":
        whole = _highest(wanted, last) - _highest(wanted, first - 1)
        return (_highest(done, last) - _highest(done, first - 1)) * 100 / whole if whole else None
    if not programme:
        return None
    if goal.kind == "nivel":
        points = [limited(_against(goal, done[m], p)) if m in done else Fraction(0) for m, p in programme.items()]
        return sum(points, Fraction(0)) / len(points)
    if not done:
        return Fraction(0)
    return _against(goal, done[max(done)], programme[max(programme)])


def _highest(values: dict[int, Fraction], last: int) -> Fraction:
    return max((v for m, v in values.items() if m <= last), default=Fraction(0))


def _against(goal: Goal, done: Fraction, wanted: Fraction) -> Fraction:
    if goal.sense == "aumentar":
        return done * 100 / wanted
    if goal.base is not None and goal.base > wanted:
        return (goal.base - done) * 100 / (goal.base - wanted)
    return Fraction(100) if done <= wanted else wanted * 100 / done
