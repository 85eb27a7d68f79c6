"""Amounts with more than two decimals: what is left of 98.781 where the program took the point for a decimal one.

Each such cell has its finding. Where most of a row or of a column is so, one formula made them: one finding at the
first cell names the others.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

from poa_xl import cells
from poa_xl.checking.report import Report
from poa_xl.messages import counts
from poa_xl.reading import Table

Place = tuple[int, str]  # Excel row, column name
_CENTAVOS, _THOUSANDTHS, _THOUSAND = 2, 3, 1000
_TOLERANCE = 1e-6  # Bs; what sums of amounts leave in binary is less
_DIGITS = 8 * sys.float_info.epsilon  # of an amount; a large one is not stored to the millionth
_MOST_NAMED = 15  # the amounts of a row are as many
_MANY = 4  # of a row or a column, from which on they have one cause


def is_exact(amount: float, decimals: int = _CENTAVOS) -> bool:
    """Whether an amount in Bs has no more decimals than these, up to what a double leaves."""
    return abs(amount - round(amount, decimals)) <= max(_TOLERANCE, abs(amount) * _DIGITS)


def check(report: Report, table: Table, code: str, of_thousandths: str = "") -> None:
    """Say of the amounts of a table that are not of whole centavos.

    `code` is the finding's; `of_thousandths` the one of amounts below 1,000 with three decimals, which a point of
    thousands may have made ('' for the same).
    """
    columns = [c.name for c in table.sheet.inputs if c.unit == cells.BS and c.name in table.columns]
    odd: dict[Place, float] = {}
    for name in columns:
        for row, value in zip(table.rows, table.values[name], strict=True):
            if isinstance(value, int | float) and not is_exact(value):
                odd[row, name] = float(value)
    for group in _by_cause(odd):
        _tell(report, table, group, odd, (code, of_thousandths or code))


def _by_cause(odd: Iterable[Place]) -> list[list[Place]]:
    """The cells of a row or a column with many of them together, each of the others alone."""
    places = sorted(odd, key=lambda place: place[0])
    rows = Counter(row for row, _ in places)
    columns = Counter(name for row, name in places if rows[row] < _MANY)
    groups: dict[object, list[Place]] = defaultdict(list)
    for row, name in places:
        by_row, by_column = rows[row] >= _MANY, columns[name] >= _MANY
        groups[row if by_row else name if by_column else (row, name)].append((row, name))
    return list(groups.values())


def _tell(report: Report, table: Table, group: list[Place], odd: dict[Place, float], codes: tuple[str, str]) -> None:
    row, name = min(group, key=lambda place: (place[0], table.columns[place[1]]))
    value = odd[row, name]
    others = [table.cell(column, number) for number, column in group if (number, column) != (row, name)]
    thousands = all(is_exact(odd[place], _THOUSANDTHS) and 1 <= abs(odd[place]) < _THOUSAND for place in group)
    report.add(
        codes[1] if thousands else codes[0],
        table,
        name,
        row,
        cells.number(value),
        esperado=cells.number(value * _THOUSAND),
        otras=counts.and_also(others, _MOST_NAMED),
    )
