"""What the units say that they achieved, in the boxes of the entity: quoted as they wrote it."""

from collections.abc import Iterator, Sequence

from poa_xl.comparison.rows import ComparedRow
from poa_xl.comparison.tables import TableInMaster
from poa_xl.master_tables.data import RESULTS
from poa_xl.messages import report as words
from poa_xl.report.content.left_out import left_out
from poa_xl.report.content.sources import Sources
from poa_xl.report.document import Block, Cell, Heading, QuotedText, ReportColumn, ReportRow, ReportTable, Text

_ITEM = 38


def results(sources: Sources) -> Iterator[Block]:
    """The chapter."""
    yield Heading(sources.said(words.RESULTS))
    boxes: dict[str, list[ComparedRow]] = {}
    table = next((table for table in sources.master.tables(RESULTS.name) if table.known), None)
    for row in table.rows if table else ():
        boxes.setdefault(_box(sources, str(row.values[words.UNIT])), []).append(row)
    if table is None or not boxes:
        yield left_out(sources.said(words.RESULTS), words.NO_RESULTS)
        return
    for place, (name, rows) in enumerate(boxes.items()):
        yield _of_box(sources, table, name, rows, f"resultados-{place}")


def _box(sources: Sources, unidad: str) -> str:
    """In which box the results of a unit stand: that which the entity names, else that of its area."""
    unit = sources.entidad.by_code.get(unidad)
    names = {area.area: area.nombre for area in sources.entidad.areas}
    return unit.cuadro_resultados or names.get(unit.area, unit.area) if unit else unidad


def _of_box(sources: Sources, table: TableInMaster, name: str, rows: Sequence[ComparedRow], key: str) -> ReportTable:
    with_acps = words.ACP in table.columns and bool(sources.acps)
    columns = (
        *([ReportColumn(sources.said(words.ACP), 6)] if with_acps else []),
        ReportColumn(words.UNIT, 20),
        ReportColumn(words.PROGRAMMED, 32),
        ReportColumn(words.ACHIEVED, 54),
    )
    made = tuple(ReportRow(tuple(_cells(sources, table, row, with_acps))) for row in rows)
    caption = sources.said(words.RESULTS_TABLE.format(nombre=name))
    return ReportTable(key, caption, columns, made, item=_ITEM)


def _cells(sources: Sources, table: TableInMaster, row: ComparedRow, with_acps: bool) -> Iterator[Cell]:
    code = str(row.values[words.UNIT])
    unit = sources.entidad.by_code.get(code)
    if with_acps:
        yield (Text(str(row.values[words.ACP] or "")),)
    yield (Text(unit.nombre if unit else code),)
    for title in (words.PROGRAMMED, words.ACHIEVED):
        text = row.values[title]
        yield (QuotedText(f"{RESULTS.name}!{table.cell(title, row)}", str(text)),) if text else ()
