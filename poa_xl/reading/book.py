"""What was read: a workbook, its tables, and the cells that they come from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from poa_xl import cells, messages
from poa_xl.cells import Value
from poa_xl.findings import Finding, Remark
from poa_xl.guards import MergedArea
from poa_xl.messages import Trait
from poa_xl.observations import Observation
from poa_xl.sheets import ROW_KEYS, Sheet

Grid = list[list[object]]
Odd = dict[str, dict[str, str]]  # sheet -> address -> its error


@dataclass
class Table:
    """The rows of one sheet. `values[name][i]` was read in Excel row `rows[i]`; None is a blank.

    `columns` is the 0-based place of each input column (of a form: its row). `bad` holds the cells that
    have a finding of their own already, as (Excel row, column name); their value is None.
    """

    sheet: Sheet
    name: str
    columns: dict[str, int]
    rows: list[int] = field(default_factory=list)
    values: dict[str, list[Value]] = field(default_factory=dict)
    bad: set[tuple[int, str]] = field(default_factory=set)

    def cell(self, column: str, row: int) -> str:
        """The address of a cell, such as `D14`; '' for a column that the sheet does not have."""
        place = self.columns.get(column)
        if place is None:
            return ""
        return f"B{place + 1}" if self.sheet.form else f"{cells.letters(place)}{row}"

    def column(self, name: str) -> dict[int, Value]:
        """Excel row -> the value in a column; None where the sheet does not have it."""
        return dict(zip(self.rows, self.values.get(name) or [None] * len(self.rows), strict=True))

    def drop(self, rows: Collection[int]) -> None:
        """Forget rows (Excel's numbers), and what is bad in them."""
        kept = [place for place, row in enumerate(self.rows) if row not in rows]
        self.rows = [self.rows[place] for place in kept]
        self.values = {name: [values[place] for place in kept] for name, values in self.values.items()}
        self.bad = {(row, name) for row, name in self.bad if row not in rows}

    def names(self) -> dict[int, str]:
        """What names each row for a person, such as `OP-01 · Redactar informes`: rows move, their names stay."""
        columns = [self.values[name] for name in ROW_KEYS.get(self.sheet.key, ()) if name in self.values]
        return {
            row: " · ".join(cells.show(value) for value in said if value is not None)
            for row, *said in zip(self.rows, *columns, strict=True)
        }


@dataclass(frozen=True)
class ListAnswer:
    """What a unit wrote beside a row of our list: in which sheet and cell, and what the row says."""

    hoja: str
    celda: str
    said: Observation
    texto: str


@dataclass
class Answers:
    """What a unit wrote in our sheets: answers to observations, and all else."""

    answers: list[ListAnswer] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass
class Book:
    """A file as read: its name, fingerprint, tables by sheet key, and what was found on the way."""

    file: str
    sha256: str = ""
    tables: dict[str, Table] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    master: bool = False  # a master workbook that poa-xl wrote
    written: Answers = field(default_factory=Answers)  # by the unit in our sheets

    @property
    def broken(self) -> bool:
        """Whether what was found on reading keeps the whole file out: it is no workbook, or rows cannot be told."""
        return any(messages.has(f.code, Trait.REFUSES_FILE) for f in self.findings)


class Grids(Protocol):
    """The worksheets of a workbook by name: rows of cells from A1 on, a blank being '' or None.

    `merged` are the merged areas by sheet, `formulas` the cells with one where it is calculated by hand alone.
    """

    merged: dict[str, list[MergedArea]]
    formulas: dict[str, list[str]]

    @property
    def names(self) -> list[str]:
        """The names of the worksheets, in their order."""
        ...

    def __getitem__(self, name: str) -> Grid:
        """The cells of a worksheet."""
        ...


def as_records(table: Table) -> dict[int, dict[str, Value]]:
    """Excel row -> record of the table's input columns (None for a blank or an unreadable cell)."""
    names = [c.name for c in table.sheet.inputs]
    blank: Sequence[Value] = [None] * len(table.rows)
    lists = [table.values.get(name, blank) for name in names]
    return {row: dict(zip(names, values, strict=True)) for row, *values in zip(table.rows, *lists, strict=True)}
