"""What names the row of a cell, whatever its place: category and source, operation and task.

A row is written down as JSON: the sheet, the column of the cell, and the key of its row, such as
`{"hoja": "presupuesto", "columna": "vigente", "categoria": "570 0 004", "fuente": "10"}`. A form has one record, so
that a field of it is named by its column alone.
"""

import json
from collections import Counter
from collections.abc import Iterable

from poa_xl import cells, sheets, titles
from poa_xl.messages import campaign as words
from poa_xl.reading import Table

OUTSIDE = ""  # of a cell that is in no row: a title, a cell below the table
UNKNOWN = "?"  # of a row without a key, or whose key is that of others too
_SHEET, _COLUMN = "hoja", "columna"
_LONGEST = 80  # characters of a part of a key that are shown
_Key = tuple[str, ...]


class RowKeys:
    """The rows of a workbook's tables by their keys, as they are now: rules may set rows aside later."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._tables: dict[str, Table] = {}
        self._keys: dict[str, dict[int, _Key]] = {}  # sheet key -> Excel row -> its key
        self._counts: dict[str, Counter[_Key]] = {}
        for table in tables:
            self._tables[titles.key(table.name)] = table
            self._tables.setdefault(titles.key(table.sheet.name), table)
            own = _keys(table)
            self._keys[table.sheet.key], self._counts[table.sheet.key] = own, Counter(own.values())

    def of(self, sheet: str, cell: str) -> str:
        """The row of a cell: JSON, OUTSIDE or UNKNOWN."""
        table = self._tables.get(titles.key(sheet))
        if table is None or not cell:
            return OUTSIDE
        if table.sheet.form:
            field = _name_at(table, cells.row_of(cell) - 1)
            return _written(table, field, {}) if field and cells.place_of(cell) == 1 else OUTSIDE
        key, column = self._keys[table.sheet.key].get(cells.row_of(cell)), _name_at(table, cells.place_of(cell))
        if key is None or not column:
            return OUTSIDE
        if not any(key) or self._counts[table.sheet.key][key] > 1:
            return UNKNOWN
        return _written(table, column, dict(zip(sheets.ROW_KEYS[table.sheet.key], key, strict=True)))

    def places(self, row: str) -> list[str] | None:
        """The cells of the rows that have the key of a row, in its column. None where the sheet was not read."""
        if not named(row):
            return []
        said = json.loads(row)
        sheet, column = said.pop(_SHEET), said.pop(_COLUMN)
        table = next((t for t in self._tables.values() if t.sheet.key == sheet), None)
        if table is None:
            return None
        if table.sheet.form:
            return [table.cell(column, 1)]
        key = tuple(said.values())
        return [table.cell(column, n) for n, own in self._keys[table.sheet.key].items() if own == key]


def _keys(table: Table) -> dict[int, _Key]:
    blank = [None] * len(table.rows)
    columns = [table.values.get(name) or blank for name in sheets.ROW_KEYS.get(table.sheet.key, ())]
    parts = zip(*columns, strict=True) if columns else ()
    return {row: tuple("" if p is None else str(p) for p in key) for row, key in zip(table.rows, parts, strict=False)}


def _name_at(table: Table, place: int) -> str:
    return next((name for name, own in table.columns.items() if own == place), "")


def _written(table: Table, column: str, key: dict[str, str]) -> str:
    return json.dumps({_SHEET: table.sheet.key, _COLUMN: column, **key}, ensure_ascii=False)


def named(row: str | None) -> bool:
    """Whether a row, as it is written down, names one."""
    return bool(row) and row not in (OUTSIDE, UNKNOWN)


def same_row(one: str | None, other: str) -> bool:
    """Whether two rows, as they are written down, are one, whatever the columns of their cells."""
    if not one or not named(one) or not named(other):
        return False
    return {**json.loads(one), _COLUMN: ""} == {**json.loads(other), _COLUMN: ""}


def told(row: str | None) -> str:
    """The row in words: `fila de Categoría programática «570 0 004» y Fuente «10»`; '' for none."""
    if not row or not named(row):
        return ""
    said = json.loads(row)
    sheet = said.pop(_SHEET)
    known = next(s for s in sheets.unit_sheets() if s.key == sheet)
    field = known.column(said.pop(_COLUMN)).title
    parts = [words.KEY_PART.format(titulo=known.column(name).title, valor=_short(text)) for name, text in said.items()]
    return words.KEY_ROW.format(clave=" y ".join(parts)) if parts else words.KEY_FIELD.format(titulo=field)


def _short(text: str) -> str:
    return cells.visible(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
