"""What is to change in a workbook, as plain values: the order of `plan` to `splice`."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from poa_xl.migration.report import ReportLine

CellValue = str | int | float | None


class NotSplicedError(Exception):
    """A workbook that cannot be changed in places; its text says why, in Spanish."""


@dataclass
class DropDown:
    """The list of a column of a table: in which sheet and column it is, what it is called and what may stand there.

    `source` is the column of Listas, by its letter. `help` is the message at its cells; `error_title` and `error` are
    said of a value that is not in the list.
    """

    sheet: str
    letter: str
    title: str
    source: str
    help: str
    error_title: str
    error: str


@dataclass
class Splice:
    """New values by sheet and address; None takes one away. Only cells, sheets and texts of ours are in it."""

    cells: dict[str, dict[str, CellValue]] = field(default_factory=dict)
    sheets: dict[str, list[list[str]]] = field(default_factory=dict)  # all rows of a sheet of ours
    spans: dict[str, str] = field(default_factory=dict)  # letter of a column of Listas -> the cells of its list
    drop_downs: list[DropDown] = field(default_factory=list)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)  # sheet -> cell -> text
    footers: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)  # of the file, by name
    titles: list[tuple[str, str]] = field(default_factory=list)  # of the file: what it said, what it says now
    # Where figures change: the columns by sheet whose formulas keep their values; all others are calculated anew.
    inputs: dict[str, list[str]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to bring in."""
        return not (self.cells or self.sheets or self.notes or self.footers)

    def put(self, sheet: str, cells: dict[str, CellValue]) -> None:
        """Have cells of a sheet say something else."""
        if cells:
            self.cells.setdefault(sheet, {}).update(cells)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for a worker."""
        return asdict(self)

    @classmethod
    def from_plain(cls, said: dict[str, Any]) -> "Splice":
        """The same, back again."""
        return cls(**{**said, "drop_downs": [DropDown(**one) for one in said["drop_downs"]]})


def once(lines: Iterable[ReportLine]) -> list[ReportLine]:
    """Lines that say different things: a list of several sheets is told once."""
    return list({(x.kind, x.sheet, x.cell, x.found, *sorted(x.details.items())): x for x in lines}.values())
