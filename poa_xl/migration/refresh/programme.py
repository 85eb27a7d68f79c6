"""The approved plan in a filled workbook: what of it is put in, and what the workbook says besides, which stays.

What differs is what `validate --plan` finds. So what a modification of after the plan allows stays as it is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from poa_xl import cells, sheets, titles
from poa_xl.baseline import Baseline
from poa_xl.baseline.plan import PlannedUnit
from poa_xl.checking import approved_plan, plan_rows
from poa_xl.checking.plan_rows import Pairs
from poa_xl.checking.report import Report
from poa_xl.entity import Entidad
from poa_xl.findings import Finding
from poa_xl.messages import baseline as plan_words, refresh as words
from poa_xl.migration import extract
from poa_xl.migration.extract import Typed, TypedRow
from poa_xl.migration.refresh.parts import CellValue
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import Source
from poa_xl.reading import Book, Table, as_records
from poa_xl.sheets import MESES
from poa_xl.writers.unit_workbook import approved
from poa_xl.writers.unit_workbook.layout import Record

OPERATIONS, TASKS = "operaciones", "tareas"
CHANGED = "plan-cambia"  # of the report: a cell that said another thing
_ROUNDS = 3  # operations, then their tasks; one more can only find nothing
Place = tuple[str, str, str]  # code of a finding, sheet and cell
Cells = dict[tuple[int, str], CellValue]  # Excel row and column -> what it is to say


@dataclass(frozen=True)
class Programme:
    """What of a plan goes into a workbook: cells by sheet key.

    `before` is the book as `validate` reads it, `book` as it will; `left` is what is found in that.
    """

    before: Book
    book: Book
    cells: Mapping[str, Cells]
    lines: Sequence[ReportLine]
    left: frozenset[Place] = frozenset()


@dataclass(frozen=True)
class Approved:
    """What a workbook of a unit is compared with."""

    baseline: Baseline
    unidad: str
    outside: frozenset[str]  # the months in which the unit does not exist

    @classmethod
    def of(cls, baseline: Baseline, entidad: Entidad, unidad: str) -> "Approved":
        """The same of a unit of an entity."""
        there = entidad.existence_of(unidad).months(entidad.gestion)
        return cls(baseline, unidad, frozenset(m for m, exists in zip(MESES, there, strict=True) if not exists))

    @property
    def planned(self) -> PlannedUnit | None:
        """What was approved of the unit."""
        return self.baseline.planned(self.unidad)

    @property
    def source(self) -> str:
        """What lines call the plan."""
        plan = self.baseline.plan
        return plan_words.OF_PLAN.format(version=plan.version) if plan else ""

    def found(self, book: Book) -> tuple[list[Finding], Pairs | None]:
        """What differs in a workbook, and which task is which row; nothing where it lacks columns."""
        plan, planned = self.baseline.plan, self.planned
        if plan is None or planned is None or not _whole(book):
            return [], None
        report = Report(book, unidad=self.unidad)
        allowed = self.baseline.allowed(self.unidad)
        pairs = approved_plan.check(report, planned, allowed, plan.version, self.outside)
        return report.findings, pairs

    def left(self, book: Book) -> frozenset[Place]:
        """The places at which a workbook says another thing than the plan."""
        return frozenset(map(_place, self.found(_readable(book))[0]))


def compare(old: Source, given: Approved, free: Callable[[Source, Table], Iterator[int]]) -> Programme:
    """What of the plan goes into a workbook, which is read as `validate` reads it.

    `free` gives the Excel rows of a table for what it lacks.
    """
    book = old.read_as(sheets.unit_sheets())
    if given.baseline.plan is None:
        return Programme(book, book, {}, ())
    planned = given.planned
    if planned is None:
        return Programme(book, book, {}, [ReportLine("sin-plan", found=given.unidad, details={"fuente": given.source})])
    if not _whole(book):
        return Programme(book, book, {}, [ReportLine("sin-comparar", details={"fuente": given.source})])
    rows = {key: free(old, book.tables[key]) for key in (OPERATIONS, TASKS)}
    return _Comparison(old, book, given, planned, rows).done()


class _Comparison:
    """A workbook that gets what the plan says, until nothing more of it is to be put in."""

    def __init__(
        self, old: Source, book: Book, given: Approved, planned: PlannedUnit, free: Mapping[str, Iterator[int]]
    ) -> None:
        self._old, self._before, self.book, self._given, self._free = old, book, _readable(book), given, free
        self.cells: dict[str, Cells] = {OPERATIONS: {}, TASKS: {}}
        self.lines: list[ReportLine] = []
        rows = approved.records(planned)
        self._operations = {
            titles.key(o.operacion): row for o, row in zip(planned.operaciones, rows[OPERATIONS], strict=True)
        }
        self._tasks = {id(task): row for task, row in zip(planned.tareas, rows[TASKS], strict=True)}

    def done(self) -> Programme:
        """What goes in, and what is said of it and of the rest."""
        found, pairs = self._given.found(self.book)
        for _ in range(_ROUNDS):
            if pairs is None or not self._put(found, pairs):
                break
            found, pairs = self._given.found(self.book)
        lines = [*self.lines, *(self._left(f) for f in found if f.code in words.LEFT_ALONE)]
        put = {key: own for key, own in self.cells.items() if own}
        return Programme(self._before, self.book, put, lines, frozenset(map(_place, found)))

    def _put(self, found: Sequence[Finding], pairs: Pairs) -> bool:
        """Put in what was found to differ or to lack; whether there was something."""
        count = len(self.lines)
        wanted = {row: self._tasks[id(task)] for task, row in pairs.rows if row is not None}
        for finding in found:
            if finding.code in words.PUT_RIGHT:
                self._change(finding, wanted)
        for code in (c for c in self._operations if c in pairs.told):
            self._add(OPERATIONS, self._operations[code])
        for task in pairs.lost:
            self._add(TASKS, self._tasks[id(task)])
        return len(self.lines) > count

    def _change(self, finding: Finding, wanted: Mapping[int, Record]) -> None:
        place = finding.location
        table = next(t for t in self.book.tables.values() if t.name == place.sheet)
        row = cells.row_of(place.cell)
        name = next(n for n, column in table.columns.items() if column == cells.place_of(place.cell))
        if table.sheet.key == OPERATIONS:
            said = self._operations[titles.key(str(as_records(table)[row]["operacion"]))]
        elif row in wanted:
            said = wanted[row]
        else:  # a row that the plan does not know, with programme of before it may have any
            return
        _write(table, row, {name: said[name]})
        self.cells[table.sheet.key][row, name] = said[name]  # type: ignore[assignment]
        details = {"leido": plan_rows.shown(said[name]), "columna": table.sheet.column(name).title}
        self._say(CHANGED, table, place.cell, self._typed(finding), details)

    def _typed(self, finding: Finding) -> str:
        """What stands in the cell; where it could not be read, the finding says that it is blank."""
        place = finding.location
        grid, row = self._old.contents[place.sheet], cells.row_of(place.cell) - 1
        column = cells.place_of(place.cell)
        value = grid[row][column] if row < len(grid) and column < len(grid[row]) else None
        if not extract.blank(value):
            return plan_rows.shown(value)
        formula = self._old.marks[place.sheet].formulas.get(place.cell, "")  # without a value, or with an error
        return formula or self._old.contents.odd.get(place.sheet, {}).get(place.cell, finding.found)

    def _add(self, key: str, record: Record) -> None:
        table = self.book.tables[key]
        row = next(self._free[key])
        there = {name: value for name, value in record.items() if name in table.columns and value is not None}
        _write(table, row, there)
        self.cells[key] |= {(row, name): value for name, value in there.items()}  # type: ignore[misc]
        name, kind = ("operacion", "plan-operacion") if key == OPERATIONS else ("tarea", "plan-tarea")
        self._say(kind, table, table.cell(name, row), str(record[name] or ""), {"operacion": str(record["operacion"])})

    def _say(self, kind: str, table: Table, cell: str, found: str, details: Mapping[str, str]) -> None:
        said = {**details, "fuente": self._given.source}
        self.lines.append(ReportLine(kind, table.name, cell, found, table.name, cell, details=said))

    def _left(self, finding: Finding) -> ReportLine:
        place = finding.location
        details = {"columna": "", "esperado": "", **finding.details}
        spot = (place.sheet, place.cell)
        return ReportLine(words.LEFT_ALONE[finding.code], *spot, finding.found, *spot, details=details)


def _whole(book: Book) -> bool:
    """Whether a workbook has the columns that are compared: one without them is refused for that."""
    return not book.broken and {OPERATIONS, TASKS} <= book.tables.keys()


def into_rows(programme: Programme, rows: Mapping[str, list[TypedRow]]) -> None:
    """Put what a plan says into the typed rows of a workbook that is written anew."""
    for key, put in programme.cells.items():
        table, own = programme.book.tables[key], {row.number: row for row in rows.get(key, ())}
        for (number, name), value in put.items():
            if number not in own:
                own[number] = TypedRow(number)
                rows[key].append(own[number])
            if value is None:
                own[number].cells.pop(name, None)
            else:
                own[number].cells[name] = Typed(value, table.name, table.cell(name, number))


def _readable(book: Book) -> Book:
    """A copy whose tables can be written in. A cell that cannot be read differs from the plan as any other does."""
    tables = {
        key: replace(
            table,
            rows=[*table.rows],
            values={name: [*own] for name, own in table.values.items()},
            bad=set() if key in (OPERATIONS, TASKS) else table.bad,
        )
        for key, table in book.tables.items()
    }
    return replace(book, tables=tables)


def _write(table: Table, row: int, said: Mapping[str, object]) -> None:
    if row not in table.rows:
        table.rows.append(row)
        for own in table.values.values():
            own.append(None)
    place = table.rows.index(row)
    for name, value in said.items():
        table.values[name][place] = value  # type: ignore[call-overload]


def _place(finding: Finding) -> Place:
    return finding.code, finding.location.sheet, finding.location.cell
