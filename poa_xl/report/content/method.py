"""Scope and method: the units by service, the formulas, the bands and the thresholds."""

from collections.abc import Iterator

from poa_xl import indicators
from poa_xl.comparison.rows import ComparedRow
from poa_xl.comparison.tables import TableInMaster
from poa_xl.master_tables import criteria, front as sheets
from poa_xl.master_tables.table import MasterTable
from poa_xl.messages import report as words
from poa_xl.report.content import tables
from poa_xl.report.content.entity_texts import ReportSection, paragraphs
from poa_xl.report.content.sources import Sources, sentence
from poa_xl.report.document import Block, Heading, Paragraph, ReportColumn, ReportRow, ReportTable, Style, Text

_CRITERIA = criteria.CRITERIA.name
_NAMES = (indicators.EFICACIA.name, indicators.EJECUCION.name, indicators.EFICIENCIA.name)  # those of the first table


def method(sources: Sources) -> Iterator[Block]:
    """The chapter."""
    yield Heading(words.METHOD)
    yield from paragraphs(sources, ReportSection.SCOPE)
    for table in sources.master.tables(sheets.AREAS.name)[:1]:
        totals = [n for n, row in enumerate(table.rows) if _is_total(row)]
        caption = sources.said(words.AREAS)
        yield tables.of_sheet(sources, "areas", caption, sheets.AREAS.name, table, item=7, strong=totals)
    yield Heading(words.METHOD_HEADING, 2)
    formulas = sources.master.table(_CRITERIA, criteria.FORMULAS_TABLE.titles)
    if formulas:
        yield from _formulas(sources, formulas)
    yield from _thresholds(sources, "rangos", words.BANDS, criteria.SEMAFORO_TABLE, item=9)
    if formulas:
        yield from _rules(formulas)
    yield from _thresholds(sources, "criterio", words.CRITERION, criteria.CRITERIO_TABLE, item=11)


def _thresholds(sources: Sources, key: str, caption: str, listed: MasterTable, *, item: int) -> Iterator[Block]:
    table = sources.master.table(_CRITERIA, listed.titles)
    if table:
        yield tables.of_sheet(sources, key, sources.said(caption), _CRITERIA, table, item=item)


def _is_total(row: ComparedRow) -> bool:
    beginnings = tuple(text.partition("{")[0] for text in (sheets.SUBTOTAL, sheets.TOTAL))
    return any(str(value).startswith(beginnings) for value in row.values.values())


def _texts(table: TableInMaster) -> list[tuple[str, str]]:
    """Name and words of each row."""
    return [(str(name), str(text)) for name, text in (list(row.values.values())[:2] for row in table.rows)]


def _formulas(sources: Sources, table: TableInMaster) -> Iterator[Block]:
    names = {sources.said(name) for name in _NAMES}
    told = [(name, *text.partition("\n")[::2]) for name, text in _texts(table) if name in names]
    columns = (ReportColumn(words.INDICATOR, 22), ReportColumn(words.FORMULA, 36), ReportColumn(words.DEFINITION, 40))
    yield ReportTable(
        "formulas", words.FORMULAS, columns, tuple(ReportRow(tuple((Text(t),) for t in row)) for row in told), item=8
    )


def _rules(table: TableInMaster) -> Iterator[Block]:
    """How each level comes from the one below it, in the words of the master."""
    yield Heading(words.RULE_HEADING, 3)
    for name, text in _texts(table):
        if name not in _NAMES:
            formula = text.replace("\n", ". ").rstrip(".")
            yield Paragraph(sentence(words.RULE, nombre=Text(name, strong=True), formula=formula), Style.BULLET)
