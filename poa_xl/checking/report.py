"""Collects the findings of one workbook and the rows that they keep out."""

from dataclasses import dataclass, field, replace

from poa_xl import messages
from poa_xl.cells import Value
from poa_xl.checking import row_keys
from poa_xl.checking.row_keys import RowKeys
from poa_xl.checking.waivers import Waiver, waived
from poa_xl.findings import Finding, Location
from poa_xl.messages import Severity, Trait, campaign as words
from poa_xl.reading import Book, Table, as_records
from poa_xl.sheets import STAMPS

FORM_ROW = 1  # the one record of a form


@dataclass
class Report:
    """The findings of a book in the order of the rules; `rejected` are (sheet key, row) with an error.

    On the form Unidad only what refuses the file rejects: errors of such a code, and a stamp that cannot be read. An
    error that a waiver covers rejects nothing, nor does a cell that cannot be read and has no more than an aviso.
    """

    book: Book
    waivers: tuple[Waiver, ...] = ()
    unidad: str = ""
    findings: list[Finding] = field(default_factory=list)
    rejected: set[tuple[str, int]] = field(default_factory=set)
    awaits_decision: bool = False  # of the planning office: meanwhile no row of it counts

    def __post_init__(self) -> None:
        self._rows = RowKeys(self.book.tables.values() if self.waivers else ())  # before a rule sets some aside
        mild = {
            (f.location.sheet, f.location.cell)
            for f in self.book.findings
            if messages.severity(f.code) is not Severity.ERROR
        }
        for table in self.book.tables.values():
            for row, column in table.bad:
                if column in STAMPS if table.sheet.form else (table.name, table.cell(column, row)) not in mild:
                    self.rejected.add((table.sheet.key, row))

    def add(self, code: str, table: Table, column: str, row: int, found: str = "", **details: str) -> None:
        """A finding at a cell. A cell that could not be read has its own finding already: no second one."""
        if (row, column) in table.bad:
            return
        title = table.sheet.column(column).title
        location = Location(self.book.file, table.name, table.cell(column, row))
        finding = Finding(code, location, found, self.unidad, {"columna": title, **details})
        self.findings.append(finding)
        if messages.severity(code) is Severity.ERROR and not messages.excepted(self._waived(finding)):
            self._reject(code, table, row)

    def add_to_sheet(self, code: str, table: Table, found: str, **details: str) -> None:
        """A finding of a sheet that no cell of it is about: of what is not there."""
        finding = Finding(code, Location(self.book.file, table.name), found, self.unidad, details)
        self.findings.append(finding)
        if messages.severity(code) is Severity.ERROR and not messages.excepted(self._waived(finding)):
            self._reject(code, table, 0)

    def _reject(self, code: str, table: Table, row: int) -> None:
        if messages.has(code, Trait.AWAITS_DECISION):
            self.awaits_decision = True
        elif messages.has(code, Trait.REFUSES_FILE):
            self.rejected.add(("unidad", FORM_ROW))
        elif not table.sheet.form:
            self.rejected.add((table.sheet.key, row))

    def sound(self, table: Table) -> dict[int, dict[str, Value]]:
        """The rows of a table without errors, as records by Excel row."""
        return {row: r for row, r in as_records(table).items() if (table.sheet.key, row) not in self.rejected}

    @property
    def refused(self) -> bool:
        """Whether the whole file stays out."""
        return self.unusable or self.awaits_decision

    @property
    def unusable(self) -> bool:
        """Whether the whole file stays out, whatever anybody accepts."""
        return self.book.broken or ("unidad", FORM_ROW) in self.rejected

    @property
    def all_findings(self) -> list[Finding]:
        """What reading and checking found, with the unit and the waivers."""
        every = [*self.book.findings, *self.findings]
        found = [replace(f, unidad=self.unidad) for f in every]
        return [self._waived(f) for f in found]

    def _waived(self, finding: Finding) -> Finding:
        place = finding.location
        return waived(finding, self.waivers, self._rows.of(place.sheet, place.cell) if self.waivers else "")

    def add_lapsed_waivers(self) -> None:
        """A finding for each waiver of the unit whose row is not there any more, or is there more than once."""
        for waiver in (w for w in self.waivers if w.unidad == self.unidad and w.cell and w.row):
            places = self._rows.places(waiver.row or "")
            if places is None or len(places) == 1 or self.book.broken:
                continue
            told = row_keys.told(waiver.row)
            named = words.THE_ROW.format(fila=told) if told else f"{waiver.sheet}!{waiver.cell}"
            details = {"fila": named, "motivo": words.lapse(len(places), known=row_keys.named(waiver.row))}
            location = Location(self.book.file, waiver.sheet, places[0] if places else "")
            self.findings.append(Finding("ENT-008", location, waiver.code, self.unidad, details))
