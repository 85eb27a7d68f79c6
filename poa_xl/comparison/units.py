"""Two versions of a unit's workbook: what a person filled in, row by row and cell by cell, as it was read.

Values are compared as they were typed by `reading`: 1 and 1,0 are the same, and so is «12» written as text in a number
column. What the workbook computes is not compared.
"""

from collections.abc import Mapping, Sequence

from poa_xl import messages, sheets, titles
from poa_xl.comparison import answers, extra_content, rows, wording
from poa_xl.comparison.extra_content import Grids
from poa_xl.comparison.result import (
    A,
    B,
    CellChange,
    Clave,
    Comparacion,
    Dato,
    Ilegible,
    Lado,
    LoneRow,
    SheetChanges,
    SinComparar,
    Solo,
)
from poa_xl.comparison.rows import ComparedRow, RowIdentity
from poa_xl.comparison.values import same
from poa_xl.messages import Trait, comparison as words
from poa_xl.reading import Book, Table, as_records
from poa_xl.sheets import Sheet

FACTS = ("entidad", "gestion", "unidad", "trimestre", "version_plantilla", "fecha_envio")
# Facts that two versions of one workbook share. Of another unit or entity it is surely the wrong file.
EXPECTED_SAME = ("entidad", "unidad", "gestion", "trimestre", "version_plantilla")
_TWICE = "COL-004"  # only the first column of that title was read
_ANOTHER_CURRENCY = "CEL-017"  # shown by the cell: the number alone would not say what changed


def compare(a: Book, b: Book, grids_a: Grids | None = None, grids_b: Grids | None = None) -> Comparacion:
    """What differs from A to B. With the cells of all their sheets also whether those differ that are not ours."""
    grids_a, grids_b = grids_a or {}, grids_b or {}
    compared = [s for s in sheets.unit_sheets() if s.inputs]
    unread = [u for side, book in ((A, a), (B, b)) for u in _unread(side, book, compared)]
    hojas: list[SheetChanges] = []
    solo, foreign_ones = extra_content.sheets(a, b, grids_a, grids_b)
    unread += foreign_ones
    for sheet in compared:
        old, new = a.tables.get(sheet.key), b.tables.get(sheet.key)
        if any(u.hoja == sheet.name for u in unread):
            continue
        unread += [u for side, book, table in ((A, a, old), (B, b, new)) for u in _twice(side, book, table)]
        solo += _only_in_one(sheet, old, new)
        if old and new:
            only, other = extra_content.columns(a, b, old, new, grids_a, grids_b)
            solo, unread = solo + only, unread + other
        hojas.append(_sheet(sheet, _rows(a, old), _rows(b, new), old, new))
    side_a, side_b = (Lado(book.file, book.sha256, _facts(book)) for book in (a, b))
    changed = tuple(h for h in [*hojas, *answers.compare(a, b)] if not h.empty)
    left_out = {u.hoja for u in unread} | {s.hoja for s in solo}
    whole = tuple(s.name for s in compared if s.name not in left_out)
    distinct = _different(side_a, side_b)
    return Comparacion("unidad", side_a, side_b, changed, tuple(solo), tuple(unread), distinct, comparadas=whole)


def _different(a: Lado, b: Lado) -> tuple[str, ...]:
    return tuple(f for f in EXPECTED_SAME if titles.key(a.datos[f]) != titles.key(b.datos[f]))


def _unread(side: str, book: Book, compared: Sequence[Sheet]) -> list[SinComparar]:
    by_name = {sheet.name: sheet for sheet in compared}
    return [
        SinComparar(side, f.details["columna"], f.code)
        for f in book.findings
        if messages.has(f.code, Trait.SHEET_UNREAD) and f.details.get("columna") in by_name
    ]


def _twice(side: str, book: Book, table: Table | None) -> list[SinComparar]:
    return [
        SinComparar(side, table.sheet.name, f.code, columna=f.details["columna"])
        for f in book.findings
        if table and f.code == _TWICE and f.location.sheet == table.name
    ]


def _only_in_one(sheet: Sheet, old: Table | None, new: Table | None) -> list[Solo]:
    if old is None or new is None:
        return [] if old is new else [Solo(A if new is None else B, "hoja", sheet.name)]
    return [
        Solo(A if column.name in old.columns else B, "columna", column.title, sheet.name)
        for column in sheet.inputs
        if (column.name in old.columns) != (column.name in new.columns)
    ]


def _rows(book: Book, table: Table | None) -> list[ComparedRow]:
    if table is None:
        return []
    records: dict[int, dict[str, Dato]] = {n: dict(record) for n, record in as_records(table).items()}
    unread = _unreadable(book, table)
    for number, record in records.items():
        for column in record:
            if (number, column) in unread:
                record[column] = unread[number, column]
    return [ComparedRow(number, record) for number, record in records.items()]


def _unreadable(book: Book, table: Table) -> dict[tuple[int, str], Ilegible]:
    """(Excel row, column) -> what a cell holds that has no value, or a value that it shows in another currency."""
    own = (f for f in book.findings if f.location.sheet == table.name)
    said = {f.location.cell: f for f in own if messages.has(f.code, Trait.OF_A_CELL)}
    found: dict[tuple[int, str], Ilegible] = {}
    for column, values in table.values.items() if said else ():
        for row, value in zip(table.rows, values, strict=True):
            finding = said.get(table.cell(column, row))
            if finding and (value is None or finding.code == _ANOTHER_CURRENCY):
                found[row, column] = Ilegible(finding.found or words.WITHOUT_VALUE, value is not None)
    covered = (place for place in table.bad if place not in found)  # told at the first cell of their area
    return {**dict.fromkeys(covered, Ilegible(words.COVERED)), **found}


def _sheet(
    sheet: Sheet, old: list[ComparedRow], new: list[ComparedRow], table_a: Table | None, table_b: Table | None
) -> SheetChanges:
    key = sheets.VERSION_KEYS[sheet.key]
    found = rows.match(old, new, RowIdentity(key, tuple(c.name for c in sheet.inputs), sheets.PHRASES & set(key)))
    changed = [
        CellChange(
            table_a.cell(column.name, one.number) if table_a else "",
            table_b.cell(column.name, other.number) if table_b else "",
            column.title,
            _named(sheet, key, other),
            one.values[column.name],
            other.values[column.name],
        )
        for one, other in found.pairs
        for column in sheet.inputs
        if not same(one.values[column.name], other.values[column.name])
    ]
    return SheetChanges(sheet.name, _only(sheet, key, found.only_b), _only(sheet, key, found.only_a), tuple(changed))


def _only(sheet: Sheet, key: Sequence[str], only: Sequence[ComparedRow]) -> tuple[LoneRow, ...]:
    return tuple(LoneRow(row.number, _named(sheet, key, row), valores=_values(sheet, key, row)) for row in only)


def _values(sheet: Sheet, key: Sequence[str], row: ComparedRow) -> Clave:
    rest = [c for c in sheet.inputs if c.name not in key]
    return tuple((c.title, row.values[c.name]) for c in rest if row.values[c.name] is not None)


def _named(sheet: Sheet, key: Sequence[str], row: ComparedRow) -> Clave:
    return tuple((sheet.column(c).title, row.values[c]) for c in key)


def _facts(book: Book) -> Mapping[str, str]:
    """What the form Unidad says of the workbook, as text; '' for what it does not say."""
    table = book.tables.get("unidad")
    found = _rows(book, table)
    values = found[0].values if found else {}
    return {fact: wording.text(values.get(fact)) for fact in FACTS}
