"""Rows of Tareas that are totals of others, not tasks: they would count twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from poa_xl import cells
from poa_xl.checking import totals
from poa_xl.checking.report import Report
from poa_xl.messages import totals as words
from poa_xl.reading import Table
from poa_xl.sheets import MESES

Record = dict[str, cells.Value]
_MONTHS = [f"{stem}_{month}" for stem in ("programado", "ejecutado") for month in MESES]
_FEWEST_MONTHS, _FEWEST_ROWS = 3, 2
_LONGEST_RUN = 50  # rows above or below that are added one by one


def check(report: Report, table: Table, records: dict[int, Record]) -> None:
    """Say of each row of Tareas that is a total by its text, by its figures (then an aviso), or by both (an error)."""
    by_operation: dict[cells.Value, list[_Row]] = defaultdict(list)
    for number, record in records.items():
        if record["operacion"] is not None and ("tareas", number) not in report.rejected:
            by_operation[record["operacion"]].append(_Row.of(number, record))
    for operation, rows in by_operation.items():
        added = _totals(rows)
        for row in rows:
            of = words.rows([other.number for other in added.get(row.number, ())])
            found = {"operacion": str(operation), "esperado": of}
            if of and row.named:
                report.add("TAR-010", table, "tarea", row.number, row.text, **found)
            elif of or row.named:
                why = words.BY_SUM.format(filas=of) if of else words.BY_NAME.format(palabra=row.text.split()[0])
                report.add("TAR-011", table, "tarea", row.number, row.text, motivo=why, **found)


@dataclass
class _Row:
    """A row of an operation: the text of its task, its activity, and its months; `filled` are places among these.

    Filled in is what stands from the first month with a figure to the last, of the programme and of the execution: a
    blank between them says 0. So a task of every third month is not the sum of those of every month.
    """

    number: int
    text: str
    activity: cells.Value
    months: list[int]
    filled: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, number: int, record: Record) -> "_Row":
        """The row of a record."""
        values = [record[name] for name in _MONTHS]
        filled = [*_span(values, 0), *_span(values, len(MESES))]
        months = [value if isinstance(value, int) else 0 for value in values]
        return cls(number, str(record["tarea"] or ""), record["actividad"], months, filled)

    @property
    def named(self) -> bool:
        """Whether its text begins with total, subtotal or suma, as a word of its own."""
        return totals.is_name(self.text)

    @property
    def may_be_a_sum(self) -> bool:
        """Whether it says enough for its figures to be no accident: three months, and three that are not 0."""
        months = {place % len(MESES) for place in self.filled}
        return len(months) >= _FEWEST_MONTHS and sum(self.months[p] != 0 for p in self.filled) >= _FEWEST_MONTHS


def _span(values: Sequence[cells.Value], start: int) -> range:
    """The places of a year's months from the first with a figure to the last."""
    places = [place for place in range(start, start + len(MESES)) if values[place] is not None]
    return range(places[0], places[-1] + 1) if places else range(0)


def _totals(rows: Sequence[_Row]) -> dict[int, list[_Row]]:
    """Row number of each sum -> the rows of the operation that it adds up. One that is a sum is not added up again."""
    found: dict[int, list[_Row]] = {}
    before = -1
    while len(found) > before and len(rows) > _FEWEST_ROWS:
        before = len(found)
        rest = [row for row in rows if row.number not in found]
        sums = _Sums(rest)
        for place, row in enumerate(rest):
            if row.may_be_a_sum and row.number not in found:
                added = next((added for added in sums.candidates(place, found) if added), [])
                if added:
                    found[row.number] = added
    return found


class _Sums:
    """The rows of an operation, and what they are together: all of them, and those of each activity."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = rows
        self._groups: dict[object, list[_Row]] = defaultdict(list)
        for row in rows:
            self._groups["all"].append(row)
            self._groups["activity", row.activity].append(row)
        self._sums = {key: [sum(month) for month in zip(*(r.months for r in group), strict=True)]
                      for key, group in self._groups.items()}  # fmt: skip

    def candidates(self, place: int, found: Iterable[int]) -> Iterator[list[_Row]]:
        """What a row may add up: the rows just above it, those just below, all others, those of its activity."""
        row, known = self._rows[place], set(found)
        above = (other for other in reversed(self._rows[:place]) if other.number not in known)
        below = (other for other in self._rows[place + 1 :] if other.number not in known)
        yield _run(row, above)[::-1]
        yield _run(row, below)
        for key in ("all", ("activity", row.activity)):
            if all(self._sums[key][p] == 2 * row.months[p] for p in row.filled):
                yield _enough([r for r in self._groups[key] if r is not row and any(r.months[p] for p in row.filled)])


def _run(row: _Row, others: Iterable[_Row]) -> list[_Row]:
    """As many of these, one after the other, as give the row's months; [] where they do not."""
    left = [row.months[place] for place in row.filled]
    added: list[_Row] = []
    for _, other in zip(range(_LONGEST_RUN), others, strict=False):
        part = [other.months[place] for place in row.filled]
        if not any(part):
            continue
        added.append(other)
        left = [a - b for a, b in zip(left, part, strict=True)]
        if min(left) < 0:
            return []
        if not any(left):
            return _enough(added)
    return []


def _enough(added: list[_Row]) -> list[_Row]:
    return added if len(added) >= _FEWEST_ROWS else []
