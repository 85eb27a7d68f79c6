"""Tables of a report: of figures by id, a row a node, and of what a sheet of the master shows."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from poa_xl.comparison.tables import TableInMaster
from poa_xl.evaluation import Clave
from poa_xl.evaluation.tree import acp_key
from poa_xl.figures import INDICATORS, UnitOfMeasure
from poa_xl.master_tables import terms
from poa_xl.messages import report as words
from poa_xl.report.content.sources import Sources
from poa_xl.report.document import Align, Cell, ReportColumn, ReportRow, ReportTable, Text

_POINTS, _AMOUNT, _COUNT, _WORD = 11.0, 15.0, 8.0, 13.0  # widths in characters
_WIDTHS = {UnitOfMeasure.POINTS: _POINTS, UnitOfMeasure.BS: _AMOUNT, UnitOfMeasure.WORD: _WORD}
_LONGEST = 30.0  # characters of a column of words


@dataclass(frozen=True)
class FigureColumn:
    """A column of figures: of each row's node, the indicator in the period."""

    title: str
    indicator: str
    period: str

    @property
    def column(self) -> ReportColumn:
        """How it stands in the table."""
        unit = INDICATORS[self.indicator]
        return ReportColumn(
            self.title, _WIDTHS.get(unit, _COUNT), Align.CENTRE if unit is UnitOfMeasure.WORD else Align.RIGHT
        )


@dataclass(frozen=True)
class TableLine:
    """A row: what its first columns say, and whose figures follow."""

    texts: tuple[str, ...]
    clave: Clave
    strong: bool = False


def of_areas(sources: Sources) -> list[TableLine]:
    """A row each area, then the entity: code and name."""
    lines = [TableLine((area.codigo, area.nombre), area.clave) for area in sources.areas]
    return [*lines, TableLine((sources.entidad.sigla, sources.entidad.nombre), sources.root.clave, strong=True)]


def of_acps(sources: Sources, *, with_areas: bool = False) -> list[TableLine]:
    """A row each ACP, then the total: code and name, and the area where it is wanted."""
    entidad, extra = sources.entidad, ("",) if with_areas else ()
    lines = [
        TableLine((a.acp, a.denominacion, *([a.area] if with_areas else [])), acp_key(a.acp)) for a in entidad.acps
    ]  # fmt: skip
    return [*lines, TableLine((words.TOTAL, entidad.nombre, *extra), sources.root.clave, strong=True)]


def of_figures(
    sources: Sources,
    key: str,
    caption: str,
    named: Sequence[ReportColumn],
    shown: Sequence[FigureColumn],
    lines: Sequence[TableLine],
    *,
    item: int,
) -> ReportTable:
    """A table of figures. A figure that the master does not have of a node leaves its cell blank."""
    rows = tuple(ReportRow((*map(_words, line.texts), *_figures(sources, line, shown)), line.strong) for line in lines)
    columns = (*named, *(own.column for own in shown))
    return ReportTable(key, caption, columns, rows, item)


def _words(text: str) -> Cell:
    return (Text(text),) if text else ()


def _figures(sources: Sources, line: TableLine, shown: Sequence[FigureColumn]) -> list[Cell]:
    figures = sources.figures
    there = [(own.indicator, own.period) for own in shown]
    return [(figures.shown(line.clave, *own),) if figures.has(line.clave, *own) else () for own in there]


def of_sheet(
    sources: Sources,
    key: str,
    caption: str,
    sheet: str,
    table: TableInMaster,
    *,
    item: int,
    without: Callable[[str], bool] = lambda title: False,
    strong: Collection[int] = (),
) -> ReportTable:
    """What a table of the master shows, but for some columns. Its numbers are bound to their cells."""
    titles = [title for title in table.columns if title != terms.NUMBER and not without(title)]
    rows = tuple(
        ReportRow(tuple(_cell(sources, sheet, table, title, place) for title in titles), place in strong)
        for place in range(len(table.rows))
    )
    return ReportTable(key, caption, tuple(_column(table, title) for title in titles), rows, item)


def _cell(sources: Sources, sheet: str, table: TableInMaster, title: str, place: int) -> Cell:
    value = table.rows[place].values[title]
    if isinstance(value, float) or (isinstance(value, str) and sources.figures.word(value) != ("", "")):
        return (sources.figures.cell(sheet, table, title, place),)
    return () if value is None else (Text(str(value)),)


def _column(table: TableInMaster, title: str) -> ReportColumn:
    values = [row.values[title] for row in table.rows]
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    if any(isinstance(value, float) for value in values):
        return ReportColumn(title, _AMOUNT if "(Bs)" in title else _POINTS, Align.RIGHT)
    return ReportColumn(title, min(max(longest, _COUNT), _LONGEST))
