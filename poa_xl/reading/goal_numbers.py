"""The numbers of a goal: as what its cells are read, which the column «Número» of its row decides.

A task without a word of its own follows its operation, whose sheet was read before. Without any, and for every workbook
of before there was such a column, they are whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from poa_xl import cells, titles
from poa_xl.indicators import DECIMAL, ENTERO, NUMEROS, PORCENTAJE
from poa_xl.reading.book import Book, Table
from poa_xl.sheets import Column

NUMERO, OPERACION = "numero", "operacion"
_WORDS = {titles.key(word): word for word in NUMEROS}
# What a cell of the goal must hold: dtype and unit.
_READ_AS = {ENTERO: ("Int64", cells.COUNT), DECIMAL: ("float64", cells.COUNT), PORCENTAJE: ("float64", cells.POINTS)}
_Placed = list[tuple[Column, int]]


class Columns:
    """The columns of a table with their places, as each row wants them read."""

    def __init__(self, book: Book, table: Table) -> None:
        plain = [(table.sheet.column(name), place) for name, place in table.columns.items()]
        self._by_number = {number: [(as_read(c, number), place) for c, place in plain] for number in NUMEROS}
        self._number, self._operation = table.columns.get(NUMERO), table.columns.get(OPERACION)
        self._of_operations = _of_operations(book)

    def of(self, row: Sequence[object]) -> _Placed:
        """The columns for a row of cells."""
        return self._by_number[number_said(_at(row, self._number)) or self._inherited(row) or ENTERO]

    def _inherited(self, row: Sequence[object]) -> str:
        return self._of_operations.get(cells.clean(cells.show(_at(row, self._operation))), "")


def as_read(column: Column, number: str) -> Column:
    """A column as a row of this kind of number wants it read."""
    return _of_goal(column, number) if column.unit in (cells.OF_GOAL, cells.OF_INDICATOR) else column


@cache
def _of_goal(column: Column, number: str) -> Column:
    if column.unit == cells.OF_GOAL:
        dtype, unit = _READ_AS[number]
        return replace(column, dtype=dtype, unit=unit)
    return replace(column, unit=cells.POINTS) if number == PORCENTAJE else column


def number_said(said: object) -> str:
    """The kind of number that a cell names; '' for a blank. Of a word that is none, whatever it holds is read."""
    if said in cells.BLANKS or not titles.key(said):
        return ""
    return _WORDS.get(titles.key(said), DECIMAL)


def _at(row: Sequence[object], place: int | None) -> object:
    return row[place] if place is not None and place < len(row) else ""


def _of_operations(book: Book) -> Mapping[str, str]:
    """Operation -> its kind of number, where its sheet was read and says one."""
    table = book.tables.get("operaciones")
    if table is None or NUMERO not in table.values:
        return {}
    pairs = zip(table.values[OPERACION], table.values[NUMERO], strict=True)
    return {str(code): number_said(said) for code, said in pairs if code is not None}
