"""From a file to a workbook that is ready to be written: its cells in their new places, and the report."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from poa_xl import cells, sheets, titles
from poa_xl.baseline import Baseline
from poa_xl.baseline.modifications import NOTHING
from poa_xl.entity import Entidad, Unidad
from poa_xl.guards import Limits, RefusedError
from poa_xl.indicators import EFICACIA_FUNCTION
from poa_xl.messages import migration as words
from poa_xl.migration import carry_over, extract, identity, layout, review, source, upgrade
from poa_xl.migration.extract import Gathered
from poa_xl.migration.identity import Owner
from poa_xl.migration.layout import Placed
from poa_xl.migration.refresh import catalogue, current_code, free_rows, plan, programme, workbook
from poa_xl.migration.refresh.parts import NotSplicedError
from poa_xl.migration.refresh.programme import Approved
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import FORM, NotMigratedError, Source, StatedIdentity
from poa_xl.migration.upgrade import Rows, text
from poa_xl.migration.versions import Versions
from poa_xl.names import XLWINGS_SHEET
from poa_xl.reading import Answers, Book
from poa_xl.reading.headings import header_row
from poa_xl.writers.unit_workbook.workbook import TABLES, stamped

NATIVE, POA, XLWINGS = "native", "poa", "xlwings"  # what the formulas of a workbook are
_SEAL = "sello"
_STEPPED = ("gestion", "version_plantilla")  # stamps that a migration is there to change
_OUR_FUNCTION = f"{EFICACIA_FUNCTION.name}("
_OUTCOMES = (words.LOST, words.CARRIED, words.REFRESHED, words.LEFT)


@dataclass(frozen=True)
class Refresh:
    """That filled workbooks get what the entity says now, in their place.

    Those of `version` or a later one stay of their own. With `anew` each is written into a new template instead.
    What the plan of `baseline` says of a unit comes in too.
    """

    version: str
    anew: bool = False
    baseline: Baseline = NOTHING


@dataclass(frozen=True)
class MigrationTarget:
    """What workbooks are migrated to, and how."""

    entidad: Entidad
    versions: Versions
    given: StatedIdentity
    plan: bool  # of another gestión the plan passes; without it nothing of such a workbook does
    schedule: bool  # and its figures, as a proposal
    limits: Limits
    refresh: Refresh | None = None  # of workbooks of this version and gestión, where it is wanted


@dataclass(frozen=True)
class Ready:
    """A workbook that was read: from where it comes, its cells in their new places, the report."""

    name: str
    unidad: Unidad
    version: str
    gestion: int
    current: bool = False  # of this version and gestión already: there is nothing to do
    placed: tuple[Placed, ...] = ()
    count: int = 0  # of the cells
    lines: tuple[ReportLine, ...] = ()
    functions: str = NATIVE
    blank: tuple[str, ...] = ()  # tables without rows, where a new template would put some in
    saved: dt.datetime | None = None
    written: Answers = field(default_factory=Answers)  # by the unit in our sheets
    refreshed: bool = False  # in its place, or there was nothing to bring in
    content: bytes = b""  # of a refreshed workbook

    @property
    def lost(self) -> bool:
        """Whether something that a person put in is not in the new workbook."""
        return any(line.lost for line in self.lines)


def prepare(path: Path, name: str, order: MigrationTarget) -> Ready:
    """Read a workbook and carry its cells. RefusedError: it cannot be read; NotMigratedError: it is not ours."""
    old, owner = _opened(path, name, order)
    if _in_place(owner, order):
        return _refreshed(old, owner, order)
    if _current(owner, order) and not order.refresh:
        return Ready(name, owner.unidad, owner.version.version, owner.gestion, current=True)
    return _carried(old, owner, order)


def unit_of(path: Path, name: str, order: MigrationTarget) -> str:
    """The unit whose workbook would be migrated; '' for a file of which there is nothing to migrate."""
    try:
        old, owner = _opened(path, name, order)
        nothing = _current(owner, order) and not order.refresh and not owner.recoded
        if _in_place(owner, order):
            nothing = plan.of(old, owner, order.entidad, _baseline(order)).splice.empty
    except (RefusedError, NotMigratedError):
        return ""
    except NotSplicedError:
        nothing = False
    return "" if nothing else owner.unidad.unidad


def _in_place(owner: Owner, order: MigrationTarget) -> bool:
    """Whether a workbook stays of its version, and gets what the entity says now; one of another unit always does."""
    if owner.gestion != order.entidad.gestion or (order.refresh and order.refresh.anew):
        return False
    if order.refresh:
        least = order.versions.find(order.refresh.version) or order.versions.newest
        return owner.version not in order.versions.before(least)
    return owner.recoded and owner.version == order.versions.newest


def _refreshed(old: Source, owner: Owner, order: MigrationTarget) -> Ready:
    """What is to change is put into the workbook itself; where that cannot be, all that was typed into a new one."""
    ready = Ready(old.name, owner.unidad, owner.version.version, owner.gestion, refreshed=True)
    try:
        wanted = plan.of(old, owner, order.entidad, _baseline(order))
        if wanted.splice.empty:
            return replace(ready, current=True, lines=wanted.lines)
        made = workbook.make(old, wanted, order.limits)
    except NotSplicedError as error:
        carried = _carried(old, owner, order)
        line = ReportLine("reescrito", found=str(error))
        return replace(carried, lines=(line, *carried.lines))
    functions = XLWINGS if made.macros else NATIVE
    lines = (*made.lines, *wanted.lines)
    return replace(ready, lines=lines, count=wanted.count, functions=functions, content=made.content)


def _opened(path: Path, name: str, order: MigrationTarget) -> tuple[Source, Owner]:
    old = source.opened(path, name, order.limits)
    if not any(old.read(version).tables for version in reversed(order.versions.versions)):
        raise NotMigratedError(NotMigratedError.ANOTHER_BOOK)
    if not order.refresh:
        return old, identity.of(old, order.versions, order.entidad, order.given, order.plan)
    later = identity.Later(
        lambda: catalogue.is_of(old, order.entidad),
        lambda code: current_code.at_end(old, order.entidad, code, dt.date.today()),
    )
    return old, identity.of(old, order.versions, order.entidad, order.given, order.plan, later)


def _baseline(order: MigrationTarget) -> Baseline:
    return order.refresh.baseline if order.refresh else NOTHING


def _current(owner: Owner, order: MigrationTarget) -> bool:
    return owner.version == order.versions.newest and owner.gestion == order.entidad.gestion


def _carried(old: Source, owner: Owner, order: MigrationTarget) -> Ready:
    book = old.read(owner.version)
    found = extract.gather(old, book, owner.version)
    rows, another = found.rows, owner.gestion != order.entidad.gestion
    lines = owner.lines + found.lines
    lines += upgrade.forward(rows, order.versions.after(owner.version))
    if _baseline(order).plan and not another:
        approved = Approved.of(_baseline(order), order.entidad, owner.unidad.unidad)
        wanted = programme.compare(old, approved, free_rows.behind)
        programme.into_rows(wanted, rows)
        lines += wanted.lines
    lines += _without_stamps(rows, stamped(order.entidad, owner.unidad))
    if another:
        years = {"gestion": str(owner.gestion), "nueva": str(order.entidad.gestion)}
        lines += carry_over.keep_the_plan(rows, order.versions.classes, order.schedule, years)
        lines += carry_over.fit_codes(rows, order.entidad, owner.unidad, years)
    lines += review.judge(rows, review.lists_of(order.entidad, owner.unidad), sheets.unit_sheets())
    gap = 1 if another else layout.WIDEST_GAP
    placed = layout.place(rows, headers(old, book), gap, sheets.unit_sheets())
    names = {table.name: order.versions.newest.name_of(key) for key, table in book.tables.items()}
    return Ready(
        name=old.name,
        unidad=owner.unidad,
        version=owner.version.version,
        gestion=owner.gestion,
        placed=tuple(placed),
        count=sum(bool(one.origin[1]) for one in placed),
        lines=tuple(sorted(layout.with_new_places(lines, placed, names), key=_order)),
        functions=_functions(found, old),
        blank=() if another else tuple(key for key in TABLES if not rows.get(key)),
        saved=dt.datetime.fromisoformat(old.saved) if old.saved else None,
        written=book.written,
    )


def _without_stamps(rows: Rows, new: Mapping[str, object]) -> list[ReportLine]:
    """Take out what the template puts in itself, and the seal of the old workbook."""
    lines = []
    for row in rows.get(FORM, ()):
        for name in sheets.STAMPED:
            typed = row.cells.pop(name, None)
            if typed and name not in _STEPPED and titles.key(text(typed)) != titles.key(str(new[name])):
                title = sheets.sheet("unidad", FORM).column(name).title
                details = {"columna": title, "leido": str(new[name])}
                kind = "puesto" if new[name] else "puesto-sin-nivel"
                lines.append(ReportLine(kind, typed.sheet, typed.cell, text(typed), details=details))
        seal = row.cells.pop(_SEAL, None)
        if seal:
            lines.append(ReportLine("sello", seal.sheet, seal.cell, text(seal)))
    return lines


def headers(old: Source, book: Book) -> dict[str, int]:
    """Sheet key -> the row of its titles."""
    found = {}
    for key, table in book.tables.items():
        header = None if table.sheet.form else header_row(table.sheet, old.contents[table.name])
        found[key] = 0 if header is None else header + 1
    return found


def _functions(found: Gathered, old: Source) -> str:
    if XLWINGS_SHEET in old.contents.names:
        return XLWINGS
    # A LibreOffice that does not know a function writes it in small letters.
    return POA if any(_OUR_FUNCTION in formula.upper() for formula in found.formulas) else NATIVE


def _order(line: ReportLine) -> tuple[object, ...]:
    """What was lost first; then by place."""
    ranks = {sheet.name: rank for rank, sheet in enumerate(sheets.unit_sheets())}
    cell = (cells.row_of(line.cell), cells.place_of(line.cell)) if line.cell else (0, 0)
    return (_OUTCOMES.index(line.outcome), ranks.get(line.sheet, len(ranks)), line.sheet, line.kind, cell)
