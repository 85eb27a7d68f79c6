"""Where the rows of a sheet go: the layout that templates and readers agree on.

A table sheet has its title in row 1, its description in row 2, its headers in row 4 and data from row 5. Row and
column numbers here are Excel's (the first is 1) unless a name says index.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_col_to_name

from poa_xl.sheets import Sheet

TITLE_ROW, DESCRIPTION_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 4, 5
EMPTY_CAPACITY = {"operaciones": 20, "tareas": 150, "presupuesto": 12, "resultados": 6}
# Defined names: the cell «Trimestre que se reporta» of the sheet Unidad, and for each task the first row of Tareas with
# the same operation.
REPORTED, TASK_GROUP = "trimestre_reportado", "grupo_de_tarea"
MINIMUM_SPARE, SPARE_SHARE = 5, 0.10
Record = Mapping[str, object]


def by_key(rows: Mapping[str, Sequence[Record]], known: Collection[str]) -> dict[str, Sequence[Record]]:
    """Rows by sheet key, from rows by key or by sheet name (which differ in capitals only); ValueError for others."""
    keyed = {name.lower(): records for name, records in rows.items()}
    unknown = [name for name in keyed if name not in known]
    if unknown:
        raise ValueError(f"unknown sheets: {', '.join(unknown)}")
    return keyed


def capacity(key: str, rows: int, filled: bool, spare_rows: int | None) -> int:
    """How many rows a table sheet offers: those of the data and some spare ones."""
    if spare_rows is not None:
        return rows + max(1, spare_rows)
    spare = max(MINIMUM_SPARE, math.ceil(rows * SPARE_SHARE))
    return rows + spare if filled else max(EMPTY_CAPACITY[key], rows + spare)


@dataclass(frozen=True)
class Plan:
    """A table sheet with its records and the rows that it offers."""

    sheet: Sheet
    records: list[Record]
    capacity: int

    @property
    def last_row(self) -> int:
        """The last row that can be filled in."""
        return FIRST_ROW + self.capacity - 1

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {c.name: xl_col_to_name(i) for i, c in enumerate(self.sheet.columns)}

    def letter(self, name: str) -> str:
        """The column letter of a schema column."""
        return self._letters[name]

    def span(self, name: str) -> str:
        """All rows of a column, absolute, for formulas of other sheets: `Tareas!$E$5:$E$24`."""
        letter = self.letter(name)
        return f"{self.sheet.name}!${letter}${FIRST_ROW}:${letter}${self.last_row}"
