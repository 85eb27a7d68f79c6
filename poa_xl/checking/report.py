"""Collects the findings of one workbook and the rows that they keep out."""

from dataclasses import dataclass, field, replace

from poa_xl import messages
from poa_xl.cells import Value
from poa_xl.checking.waivers import Waiver, waived
from poa_xl.findings import Finding, Location
from poa_xl.messages import Severity
from poa_xl.reading import Book, Table, as_records
from poa_xl.sheets import STAMPS

FORM_ROW = 1  # the one record of a form


@dataclass
class Report:
    """The findings of a book in the order of the rules; `rejected` are (sheet key, row) with an error.

    On the form Unidad only an error in a stamp rejects, and then the whole file. An error that a waiver covers
    rejects nothing.
    """

    book: Book
    waivers: tuple[Waiver, ...] = ()
    unidad: str = ""
    findings: list[Finding] = field(default_factory=list)
    rejected: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for table in self.book.tables.values():
            for row, column in table.bad:
                self._reject(table, column, row)

    def add(self, code: str, table: Table, column: str, row: int, found: str = "", **details: str) -> None:
        """A finding at a cell. A cell that could not be read has its own finding already: no second one."""
        if (row, column) in table.bad:
            return
        title = table.sheet.column(column).title
        location = Location(self.book.file, table.name, table.cell(column, row))
        finding = Finding(code, location, found, self.unidad, {"columna": title, **details})
        self.findings.append(finding)
        if messages.severity(code) is Severity.ERROR and not messages.excepted(waived(finding, self.waivers)):
            self._reject(table, column, row)

    def refuse(self) -> None:
        """Keep the whole file out."""
        self.rejected.add(("unidad", FORM_ROW))

    def _reject(self, table: Table, column: str, row: int) -> None:
        if not table.sheet.form or column in STAMPS:
            self.rejected.add((table.sheet.key, row))

    def sound(self, table: Table) -> dict[int, dict[str, Value]]:
        """The rows of a table without errors, as records by Excel row."""
        return {row: r for row, r in as_records(table).items() if (table.sheet.key, row) not in self.rejected}

    @property
    def refused(self) -> bool:
        """Whether the whole file stays out."""
        return self.book.broken or ("unidad", FORM_ROW) in self.rejected

    @property
    def all_findings(self) -> list[Finding]:
        """What reading and checking found, with the unit and the waivers."""
        every = [*self.book.findings, *self.findings]
        return [waived(replace(f, unidad=self.unidad), self.waivers) for f in every]
