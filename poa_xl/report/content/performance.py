"""Performance of the physical avance: history, units of each area, groups, months; and the table of indicators."""

from collections.abc import Iterator, Mapping

from poa_xl.comparison.tables import TableInMaster
from poa_xl.evaluation import Nodo
from poa_xl.figures.vocabulary import ACCUMULATED, BEFORE, QUARTER
from poa_xl.master_tables import history, terms
from poa_xl.messages import report as words
from poa_xl.report.content.charts import chart, series
from poa_xl.report.content.left_out import left_out
from poa_xl.report.content.sources import Sources, sentence
from poa_xl.report.content.tables import FigureColumn, TableLine, of_areas, of_figures, of_sheet
from poa_xl.report.document import (
    Align,
    Block,
    Chart,
    ChartKind,
    Heading,
    Inline,
    Paragraph,
    ReportColumn,
    ReportRow,
    ReportTable,
    Series,
    Text,
)

_HISTORY = history.HISTORY.name
_UNIT_ITEMS = (27, 28, 29, 30)  # of the areas that are told unit by unit; any later one is as the last


def performance(sources: Sources) -> Iterator[Block]:
    """The section."""
    yield Heading(words.PERFORMANCE, 2)
    yield from _history(sources)
    yield from _units(sources)
    yield from _groups(sources)
    yield from _accumulated(sources)
    yield from _months(sources)


def indicators(sources: Sources) -> Iterator[Block]:
    """Avance and eficacia of every unit, group, area and service."""
    yield Heading(words.INDICATORS, 2)
    shown = []
    for key, span in sources.spans():
        shown += [
            FigureColumn(words.AVANCE_OF.format(periodo=span.corto), "avance", key),
            FigureColumn(words.EFICACIA_OF.format(periodo=span.corto), "eficacia", key),
        ]
    acps = {u.unidad: u.acp for u in sources.entidad.unidades} if sources.acps else {}
    named = [ReportColumn(sources.said(words.AREA_UNIT_OR_GROUP), 44)]
    named += [ReportColumn(sources.said(words.ACP), 7)] if acps else []
    lines = [_line(node, acps, strong) for node, strong in _summary(sources)]
    caption = words.SUMMARY_TABLE.format(gestion=sources.entidad.gestion)
    yield of_figures(sources, "resumen", caption, named, shown, lines, item=37)


def _line(node: Nodo, acps: Mapping[str, str], strong: bool) -> TableLine:
    acp = (acps.get(node.codigo, "") if node.nivel == "unidad" else "",) if acps else ()
    return TableLine((node.nombre, *acp), node.clave, strong)


def _summary(sources: Sources) -> Iterator[tuple[Nodo, bool]]:
    """Areas with their units, or with their groups where there are several; services; the entity."""
    for service in sources.services:
        for area in (sources.nodes[key] for key in service.hijos):
            if sources.grouped(area):
                for group in (sources.nodes[key] for key in area.grupos):
                    yield group, False
                    yield from ((sources.nodes[key], False) for key in group.hijos if key[0] == "subgrupo")
            else:
                yield from ((unit, False) for unit in sources.units(area))
            yield area, True
        if service is not sources.root:
            yield service, True
    yield sources.root, True


def _history(sources: Sources) -> Iterator[Block]:
    table = _series_of(sources, with_units=False)
    if table is None or not _years(table):
        yield left_out(words.HISTORY_TABLE, words.NO_HISTORY)
        return
    caption = sources.said(words.HISTORY_TABLE)
    strong = [n for n, row in enumerate(table.rows) if row.values[terms.CODE] == sources.entidad.sigla]
    yield of_sheet(sources, "historico", caption, _HISTORY, table, item=26, without=_aside, strong=strong)
    yield _of_years(sources, "g-historico", sources.said(words.HISTORY_CHART), table, item=26)


def _series_of(sources: Sources, *, with_units: bool) -> TableInMaster | None:
    """The series of the master: of groups, which says how many units each has, or of areas."""
    for table in sources.master.tables(_HISTORY):
        if history.ACCUMULATED_AVANCE.title in table.columns and (history.UNITS.title in table.columns) is with_units:
            return table
    return None


def _aside(title: str) -> bool:
    return title == terms.CODE or history.DIFFERENCE.fits(title)


def _years(table: TableInMaster) -> list[str]:
    """The columns of published years."""
    return [title for title in table.columns if history.YEAR.fits(title) and title.split()[-1].isdecimal()]


def _of_years(sources: Sources, key: str, caption: str, table: TableInMaster, *, item: int) -> Chart:
    """A series a published year, and what was reached in this one."""
    names = [str(row.values[terms.CODE]) for row in table.rows]
    made = []
    for title in [*_years(table), history.ACCUMULATED_AVANCE.title]:
        cells = [sources.figures.cell(_HISTORY, table, title, n) for n in range(len(table.rows))]
        values = tuple(c.value if isinstance(c.value, float) else None for c in cells)
        made.append(Series(title, values, tuple(c.figure for c in cells)))
    return chart(key, caption, ChartKind.COLUMNS, names, made, item=item, whole_labels=True)


def _units(sources: Sources) -> Iterator[Block]:
    """The units of each area that is not told by groups: a table and bars with whole labels."""
    areas = [area for area in sources.areas if not sources.grouped(area)]
    for place, area in enumerate(areas):
        item = _UNIT_ITEMS[min(place, len(_UNIT_ITEMS) - 1)]
        units = sources.units(area)
        lines = [TableLine((unit.codigo, unit.nombre), unit.clave) for unit in units]
        lines.append(TableLine(("", area.nombre), area.clave, strong=True))
        shown = (
            FigureColumn(words.AVANCE, "avance", QUARTER),
            FigureColumn(sources.said(words.SEMAFORO), "semaforo", QUARTER),
        )
        caption = words.UNITS_TABLE.format(trimestre=sources.quarter.corto, nombre=area.nombre)
        named = (ReportColumn(words.ACRONYM, 12), ReportColumn(words.ORGANISATIONAL_UNIT, 48))
        yield of_figures(sources, f"unidades-{area.codigo}", caption, named, shown, lines, item=item)
        points = [(node.codigo, node.clave, "avance", QUARTER) for node in (*units, area)]
        made = [series(sources, words.AVANCE, points)]
        yield chart(
            f"g-unidades-{area.codigo}", caption, ChartKind.BARS, [p[0] for p in points], made,
            item=item, whole_labels=True,
        )  # fmt: skip


def _groups(sources: Sources) -> Iterator[Block]:
    areas = [area for area in sources.areas if sources.grouped(area)]
    table = _series_of(sources, with_units=True)
    if not areas or table is None:
        yield left_out(sources.said(words.GROUPS_CHART), sources.said(words.NO_GROUPS))
        return
    name = areas[0].nombre
    caption = sources.said(words.GROUPS_TABLE_OF.format(nombre=name))
    strong = [n for n, row in enumerate(table.rows) if row.values[terms.CODE] == areas[0].codigo]
    yield of_sheet(sources, "grupos", caption, _HISTORY, table, item=31, without=_aside, strong=strong)
    for area in areas:
        yield Paragraph(_of_area(sources, area))
    names = [(group.nombre, group.clave) for group in sources.groups()]
    made = [
        series(sources, span.nombre.capitalize(), [(n, c, "avance", key) for n, c in names])
        for key, span in sources.spans()
    ]
    yield chart(
        "g-grupos", sources.said(words.GROUPS_CHART), ChartKind.COLUMNS, [n for n, _ in names], made,
        item=31, whole_labels=True,
    )  # fmt: skip


def _of_area(sources: Sources, area: Nodo) -> tuple[Inline, ...]:
    figures = {name: sources.shown(area.clave, name) for name in ("avance", "semaforo")}
    found = sentence(words.EXTERIOR_SENTENCE, nombre=area.nombre, periodo=sources.quarter.nombre, **figures)
    if not sources.later_quarter:
        return found
    return (*found, *sentence(words.EXTERIOR_BEFORE, antes=sources.shown(area.clave, "avance", BEFORE)))


def _accumulated(sources: Sources) -> Iterator[Block]:
    """Eficacia and ejecución of the areas since January."""
    tables = (
        ("eficacia", words.EFICACIA, words.EFICACIA_TABLE, 33),
        ("ejecucion", words.EJECUCION, words.EJECUCION_TABLE, 34),
    )
    for indicator, title, caption, item in tables:
        told = sources.said(caption.format(periodo=sources.whole.nombre))
        lines = of_areas(sources)
        named = (ReportColumn(sources.said(words.AREA), 12), ReportColumn(words.NAME, 48))
        yield of_figures(
            sources, f"d-{indicator}", told, named, (FigureColumn(title, indicator, ACCUMULATED),), lines, item=item
        )
        points = [(line.texts[0], line.clave, indicator, ACCUMULATED) for line in lines]
        made = [series(sources, title, points)]
        yield chart(f"g-d-{indicator}", told, ChartKind.BARS, [p[0] for p in points], made, item=item)


def _months(sources: Sources) -> Iterator[Block]:
    root, entidad = sources.root, sources.entidad
    shown = [(m.clave, m.corto) for m in sources.months] + [(key, span.corto) for key, span in sources.spans()]
    named = (ReportColumn(words.INDICATOR, 20), *(ReportColumn(title, 8, Align.RIGHT) for _, title in shown))
    rows = []
    for indicator, title in (("eficacia", words.EFICACIA), ("ejecucion", words.EJECUCION)):
        rows.append(ReportRow(((Text(title),), *((sources.shown(root.clave, indicator, key),) for key, _ in shown))))
    caption = words.MONTHS_TABLE.format(sigla=entidad.sigla)
    yield ReportTable("meses", caption, named, tuple(rows), item=35)
    names = [m.corto for m in sources.months]
    made = [
        series(sources, words.EFICACIA, [(m.corto, root.clave, "eficacia", m.clave) for m in sources.months]),
        series(sources, words.EJECUCION, [(m.corto, root.clave, "ejecucion", m.clave) for m in sources.months], True),
    ]
    yield chart("g-meses", words.MONTHS_CHART.format(sigla=entidad.sigla), ChartKind.LINES, names, made, item=35)
    spans = sources.spans()
    made = [
        series(sources, title, [(span.nombre, root.clave, name, key) for key, span in spans])
        for name, title in (("eficacia", words.EFICACIA), ("ejecucion", words.EJECUCION))
    ]
    title = words.QUARTERS_CHART.format(sigla=entidad.sigla)
    yield chart("g-trimestres", title, ChartKind.COLUMNS, [s.nombre for _, s in spans], made, item=36)
