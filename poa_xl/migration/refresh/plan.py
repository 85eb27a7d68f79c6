"""What a filled workbook lacks of what the entity says now: what is to be put where, and a line for each change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from poa_xl.baseline import Baseline
from poa_xl.baseline.modifications import NOTHING
from poa_xl.checking import repairs
from poa_xl.entity import Entidad
from poa_xl.migration import extract
from poa_xl.migration.identity import Owner
from poa_xl.migration.refresh import catalogue, footers, formulas, free_rows, lists, programme, seal, stamps
from poa_xl.migration.refresh.parts import Splice, once
from poa_xl.migration.refresh.programme import Approved, Programme
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import Source
from poa_xl.migration.upgrade import Rows


@dataclass(frozen=True)
class RefreshPlan:
    """What is to change, and what is said of it; `count` are the cells that a person typed, which do not.

    `approved` is the plan that was compared, and `programme` what of it is put in.
    """

    splice: Splice
    lines: tuple[ReportLine, ...]
    count: int
    approved: Approved
    programme: Programme


def of(old: Source, owner: Owner, entidad: Entidad, baseline: Baseline = NOTHING) -> RefreshPlan:
    """Compare a workbook with the entity, and with a plan. It stays of its version.

    NotSplicedError: it has not what is to change, or no room for what comes.
    """
    own = replace(entidad, version_plantilla=owner.version.version)
    rows = extract.gather(old, old.read(owner.version), owner.version).rows
    splice, approved = Splice(), Approved.of(baseline, entidad, owner.unidad.unidad)
    planned = _programme(splice, old, approved)
    lines = [*owner.lines, *_lines(splice, old, owner, own, rows, planned)]
    typed = (one for own_rows in rows.values() for row in own_rows for one in row.cells.values())
    changed = {(line.sheet, line.cell) for line in planned.lines if line.kind == programme.CHANGED}
    stay = sum((one.sheet, one.cell) not in changed for one in typed)
    return RefreshPlan(splice, tuple(once(lines)), stay, approved, planned)


def _programme(splice: Splice, old: Source, approved: Approved) -> Programme:
    """Put what the plan says into the splice."""
    found = programme.compare(old, approved, free_rows.of)
    for key, put in found.cells.items():
        table = found.book.tables[key]
        splice.put(table.name, {table.cell(name, row): value for (row, name), value in put.items()})
        splice.inputs = repairs.inputs(found.book)
    return found


def _lines(
    splice: Splice, old: Source, owner: Owner, entidad: Entidad, rows: Rows, planned: Programme
) -> Iterator[ReportLine]:
    """Part by part."""
    book, unidad = old.read(owner.version), owner.unidad
    code = stamps.said(old, book).get("unidad", "")
    offered = lists.found(old, entidad, unidad)
    before = catalogue.carried(old)
    told = {"acp": before.acps, "fuente": before.fuentes} if before else {}
    yield from stamps.bring(splice, old, book, entidad, unidad)
    yield from planned.lines
    yield from formulas.lines(old, planned)
    yield from seal.bring(splice, entidad, unidad, planned)
    yield from catalogue.bring(splice, old, entidad)
    yield from lists.bring(splice, old, book, offered, told)
    yield from footers.bring(splice, old, code, entidad, unidad)
    yield from lists.gone(book, rows, offered)
    if lists.other_thresholds(old, entidad):
        yield ReportLine("umbrales", new_sheet="Resumen")
