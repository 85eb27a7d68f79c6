"""The rows of the data sheets of two masters, matched as those of the units' workbooks are.

A row that `diff` of two workbooks calls another row is another one in their masters too. So the rows of a unit are
matched by themselves, in the order of its workbook, by what a person typed alone: what the master computes beside it is
alike wherever little changed.
"""

from collections.abc import Sequence

from poa_xl import sheets
from poa_xl.comparison import rows
from poa_xl.comparison.rows import ComparedRow, Matched, RowIdentity
from poa_xl.comparison.tables import TableInMaster
from poa_xl.master_tables import contents, data

_UNIT, _ROW = data.UNIT_COLUMN.title, data.ROW_COLUMN.title


def match(name: str, a: TableInMaster, b: TableInMaster, compared: Sequence[str]) -> Matched | None:
    """Which row of one data sheet is which of the other; None for another sheet, or rows that do not say whence."""
    key_of_sheet = contents.sheet_of_units(name)
    if not key_of_sheet or not a.kind.origin or not all(_placed(row) for table in (a, b) for row in table.rows):
        return None
    sheet = sheets.sheet("unidad", key_of_sheet)
    named = {c.name: c.title for c in sheet.inputs}
    key = sheets.VERSION_KEYS[sheet.key]
    typed = tuple(title for title in named.values() if title in compared)
    rule = RowIdentity(tuple(named[c] for c in key), typed, frozenset(named[c] for c in sheets.PHRASES & set(key)))
    of_a, of_b = _by_unit(a.rows), _by_unit(b.rows)
    found = [_of_unit(of_a.get(unit, []), of_b.get(unit, []), rule) for unit in {**of_a, **of_b}]
    place = {row: n for n, row in enumerate(b.rows)}
    pairs = [pair for one in found for pair in one.pairs]
    gone, come = {row for one in found for row in one.only_a}, {row for one in found for row in one.only_b}
    return Matched(
        sorted(pairs, key=lambda pair: place[pair[1]]),
        [row for row in a.rows if row in gone],
        [row for row in b.rows if row in come],
    )


def _placed(row: ComparedRow) -> bool:
    return isinstance(row.values.get(_UNIT), str) and isinstance(row.values.get(_ROW), float)


def _by_unit(found: Sequence[ComparedRow]) -> dict[object, list[ComparedRow]]:
    """The rows of each unit in the order of its workbook."""
    units: dict[object, list[ComparedRow]] = {}
    for row in sorted(found, key=_number):
        units.setdefault(row.values[_UNIT], []).append(row)
    return units


def _number(row: ComparedRow) -> int:
    number = row.values[_ROW]
    return int(number) if isinstance(number, float) else 0


def _of_unit(a: Sequence[ComparedRow], b: Sequence[ComparedRow], rule: RowIdentity) -> Matched:
    """The same, with the rows as they stand in the unit's workbook."""
    own = {ComparedRow(_number(row), row.values): row for row in (*a, *b)}
    shadows = list(own)
    found = rows.match(shadows[: len(a)], shadows[len(a) :], rule)
    return Matched(
        [(own[one], own[other]) for one, other in found.pairs],
        [own[one] for one in found.only_a],
        [own[one] for one in found.only_b],
    )
