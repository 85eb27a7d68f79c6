"""What a filled workbook lacks of what the entity says now: what is to be put where, and a line for each change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from poa_xl.entity import Entidad
from poa_xl.migration import extract
from poa_xl.migration.identity import Owner
from poa_xl.migration.refresh import catalogue, footers, lists, seal, stamps
from poa_xl.migration.refresh.parts import Splice, once
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import Source
from poa_xl.migration.upgrade import Rows


@dataclass(frozen=True)
class RefreshPlan:
    """What is to change, and what is said of it; `count` are the cells that a person typed, which do not."""

    splice: Splice
    lines: tuple[ReportLine, ...]
    count: int


def of(old: Source, owner: Owner, entidad: Entidad) -> RefreshPlan:
    """Compare a workbook with the entity. It stays of its version. NotSplicedError: it has not what is to change."""
    own = replace(entidad, version_plantilla=owner.version.version)
    rows = extract.gather(old, old.read(owner.version), owner.version).rows
    splice = Splice()
    lines = [*owner.lines, *_lines(splice, old, owner, own, rows)]
    return RefreshPlan(
        splice, tuple(once(lines)), sum(len(row.cells) for own_rows in rows.values() for row in own_rows)
    )


def _lines(splice: Splice, old: Source, owner: Owner, entidad: Entidad, rows: Rows) -> Iterator[ReportLine]:
    """Part by part. The programme of a modified plan will be one more: its cells into the splice, a line for each."""
    book, unidad = old.read(owner.version), owner.unidad
    code = stamps.said(old, book).get("unidad", "")
    offered = lists.found(old, entidad, unidad)
    before = catalogue.carried(old)
    told = {"acp": before.acps, "fuente": before.fuentes} if before else {}
    yield from stamps.bring(splice, old, book, entidad, unidad)
    yield from seal.bring(splice, old, entidad, unidad)
    yield from catalogue.bring(splice, old, entidad)
    yield from lists.bring(splice, old, book, offered, told)
    yield from footers.bring(splice, old, code, entidad, unidad)
    yield from lists.gone(book, rows, offered)
    if lists.other_thresholds(old, entidad):
        yield ReportLine("umbrales", new_sheet="Resumen")
