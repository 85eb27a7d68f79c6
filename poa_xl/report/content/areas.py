"""Comparison of the areas: by month, quarter and accumulated; sources of funds, services, ACPs, SIGEP's goals."""

from collections.abc import Iterator

from poa_xl.comparison.rows import ComparedRow
from poa_xl.evaluation import Nodo
from poa_xl.evaluation.figures import SOURCE, SOURCES
from poa_xl.evaluation.periods import Periodo
from poa_xl.evaluation.tree import acp_key
from poa_xl.figures.vocabulary import ACCUMULATED, QUARTER
from poa_xl.master_tables import areas as sheets
from poa_xl.messages import report as words
from poa_xl.report.content.charts import chart, series
from poa_xl.report.content.extremes import Extreme, extreme
from poa_xl.report.content.left_out import left_out
from poa_xl.report.content.sources import Sources, sentence, words as names_of
from poa_xl.report.content.tables import FigureColumn, TableLine, of_acps, of_areas, of_figures
from poa_xl.report.document import (
    Align,
    Block,
    ChartKind,
    Heading,
    Paragraph,
    ReportColumn,
    ReportRow,
    ReportTable,
    Style,
    Text,
)

_COMPARED_ITEMS = {1: 19, 2: 20}  # of the quarters; any later one is as the second


def by_area(sources: Sources) -> Iterator[Block]:
    """The section."""
    yield Heading(sources.said(words.BY_AREA), 2)
    yield monthly(sources)
    for number, (key, span) in enumerate(sources.spans(), start=1):
        item = 21 if key == ACCUMULATED else _COMPARED_ITEMS.get(number, 20)
        yield from _compared(sources, key, span, item)
    yield from _funds(sources)
    yield from _services(sources)
    yield from _of_acps(sources)
    yield from _goals(sources)


def _named(sources: Sources) -> tuple[ReportColumn, ReportColumn]:
    return ReportColumn(sources.said(words.AREA), 12), ReportColumn(words.NAME, 36)


def monthly(sources: Sources) -> ReportTable:
    """Eficacia and ejecución of each area, month by month; two rows an area."""
    spans = [(m.clave, m.corto) for m in sources.months] + [(key, span.corto) for key, span in sources.spans()]
    columns = (
        ReportColumn(sources.said(words.AREA), 11),
        ReportColumn(words.INDICATOR, 18),
        *(ReportColumn(title, 8, Align.RIGHT) for _, title in spans),
    )
    rows = []
    for line in of_areas(sources):
        for indicator, title in (("eficacia", words.EFICACIA), ("ejecucion", words.EJECUCION)):
            cells = [
                (sources.shown(line.clave, indicator, key),) if sources.figures.has(line.clave, indicator, key) else ()
                for key, _ in spans
            ]
            rows.append(ReportRow(((Text(line.texts[0]),), (Text(title),), *cells), line.strong))
    return ReportTable("mensual", sources.said(words.MONTHLY_TABLE), columns, tuple(rows), item=18)


def _compared(sources: Sources, key: str, span: Periodo, item: int) -> Iterator[Block]:
    shown = (
        FigureColumn(words.VIGENTE, "vigente", key),
        FigureColumn(words.EJECUTADO, "devengado", key),
        FigureColumn(words.EJECUCION, "ejecucion", key),
        FigureColumn(words.EFICACIA, "eficacia", key),
    )
    caption = sources.said(words.COMPARED_TABLE.format(periodo=span.nombre))
    yield of_figures(sources, f"areas-{key}", caption, _named(sources), shown, of_areas(sources), item=item)
    yield from _told(sources, key, span)
    names = [area.codigo for area in sources.areas]
    made = [
        series(sources, title, [(area.codigo, area.clave, name, key) for area in sources.areas])
        for name, title in (("ejecucion", words.EJECUCION), ("eficacia", words.EFICACIA))
    ]
    title = sources.said(words.COMPARED_CHART.format(periodo=span.nombre))
    yield chart(f"g-areas-{key}", title, ChartKind.COLUMNS, names, made, item=item)


def _told(sources: Sources, key: str, span: Periodo) -> Iterator[Block]:
    root = sources.root.clave
    most, least = (extreme(sources, sources.areas, "ejecucion", key, which) for which in Extreme)
    if sources.figures.value(root, "ejecucion", key) is None or most is None or least is None:
        yield left_out(sources.said(words.COMPARED_TABLE.format(periodo=span.nombre)), words.NO_BUDGET)
        return
    figures = {name: sources.shown(root, name, key) for name in ("devengado", "vigente", "ejecucion", "eficacia")}
    yield Paragraph(
        sentence(
            words.COMPARED_SENTENCE, periodo=words.with_article(span.nombre), mayor=names_of(most.names),
            mas=most.figure, menor=names_of(least.names), menos=least.figure, **figures,
        )
    )  # fmt: skip


def _funds(sources: Sources) -> Iterator[Block]:
    table = sources.master.table(sheets.FUNDS.name, sheets.FUNDS_TABLE.titles)
    lines = [_fund(sources, row) for row in table.rows] if table else []
    lines = [line for line in lines if sources.figures.has(line.clave, "inicial", ACCUMULATED)]
    if not lines:
        yield left_out(words.FUNDS_TABLE, words.NO_FUNDS)
        return
    shown = (
        FigureColumn(words.INITIAL, "inicial", ACCUMULATED),
        FigureColumn(words.VIGENTE, "vigente", ACCUMULATED),
        FigureColumn(words.EJECUTADO, "devengado", ACCUMULATED),
        FigureColumn(words.EJECUCION, "ejecucion", ACCUMULATED),
        FigureColumn(words.BALANCE, "saldo", ACCUMULATED),
    )
    named = (ReportColumn(words.SOURCE, 8), ReportColumn(words.DESCRIPTION, 28))
    yield of_figures(sources, "fuentes", words.FUNDS_TABLE, named, shown, lines, item=22)
    yield from _two_reports(sources)


def _two_reports(sources: Sources) -> Iterator[Block]:
    """Why the sources of funds come to another sum than the categories, where they do."""
    entidad, quarter = sources.entidad, sources.master.trimestre
    of_funds, of_categories = (
        sources.figures.number(key, "devengado", ACCUMULATED) for key in ((SOURCES, entidad.sigla), sources.root.clave)
    )
    if of_funds is None or of_categories is None or round(of_funds, 2) == round(of_categories, 2):
        return
    named = dict.fromkeys(f.tipo_reporte for f in entidad.fuentes if f.trimestre == quarter and f.tipo_reporte)
    months = range(1, sources.whole.hasta + 1)
    other = dict.fromkeys(r.tipo_reporte for r in entidad.presupuesto if r.mes in months and r.tipo_reporte)
    if named and other and [*named] != [*other]:
        note = words.FUNDS_NOTE.format(reporte=", ".join(named), otro=", ".join(other))
        yield Paragraph((Text(note),), Style.NOTE)


def _fund(sources: Sources, row: ComparedRow) -> TableLine:
    """A source of funds; without a code, all of them."""
    code, description = (str(row.values[title] or "") for title in sheets.FUNDS_TABLE.key)
    total = code in ("", words.TOTAL)
    clave = (SOURCES, sources.entidad.sigla) if total else (SOURCE, code)
    return TableLine((code, description), clave, strong=total)


def _children(sources: Sources, service: Nodo) -> list[Nodo]:
    """What a service is told by: its areas, or the groups of the only one."""
    areas = [sources.nodes[key] for key in service.hijos]
    if len(areas) == 1 and sources.grouped(areas[0]):
        return [sources.nodes[key] for key in areas[0].grupos]
    return areas


def _services(sources: Sources) -> Iterator[Block]:
    for service in sources.services:
        below = _children(sources, service)
        lines = [TableLine((node.nombre,), node.clave) for node in below]
        lines.append(TableLine((service.nombre,), service.clave, strong=True))
        shown = (
            FigureColumn(words.OFFICES_COLUMN, "unidades", QUARTER),
            FigureColumn(words.AVANCE, "avance", QUARTER),
            FigureColumn(sources.said(words.SEMAFORO), "semaforo", QUARTER),
        )
        caption = words.SERVICES_TABLE.format(periodo=sources.quarter.nombre)
        key, named = f"servicio-{service.codigo}", (ReportColumn(sources.said(words.AREA_OR_GROUP), 52),)
        yield of_figures(sources, key, sources.said(f"{caption}, {service.nombre}"), named, shown, lines, item=23)
        made = [series(sources, words.AVANCE, [(n.nombre, n.clave, "avance", QUARTER) for n in below])]
        title = sources.said(words.SERVICES_CHART.format(periodo=f"{sources.quarter.nombre}, {service.nombre}"))
        yield chart(f"g-{key}", title, ChartKind.BARS, [n.nombre for n in below], made, item=23, whole_labels=True)


def _of_acps(sources: Sources) -> Iterator[Block]:
    entidad = sources.entidad
    if not sources.acps:
        yield left_out(sources.said(words.ACP_PERFORMANCE_TABLE.format(periodo=sources.whole.nombre)), words.NO_ACPS)
        return
    shown = (
        FigureColumn(words.IDEAL, "rango_ideal", ACCUMULATED),
        FigureColumn(words.EFICACIA, "eficacia", ACCUMULATED),
        FigureColumn(words.AVANCE, "avance", ACCUMULATED),
        FigureColumn(sources.said(words.SEMAFORO), "semaforo", ACCUMULATED),
    )
    lines = of_acps(sources, with_areas=True)
    named = (
        ReportColumn(sources.said(words.ACP), 7),
        ReportColumn(sources.said(words.ACTION), 34),
        ReportColumn(sources.said(words.AREA), 11),
    )
    caption = sources.said(words.ACP_PERFORMANCE_TABLE.format(periodo=sources.whole.nombre))
    yield of_figures(sources, "desempeno-acp", caption, named, shown, lines, item=24)
    made = [
        series(sources, title, [(a.acp, acp_key(a.acp), name, ACCUMULATED) for a in entidad.acps])
        for name, title in (("rango_ideal", words.IDEAL), ("eficacia", words.EFICACIA))
    ]
    title = sources.said(words.ACP_PERFORMANCE_CHART.format(periodo=sources.whole.nombre))
    names = [f"{sources.said(words.ACP)} {a.acp}" for a in entidad.acps]
    yield chart("g-desempeno-acp", title, ChartKind.COLUMNS, names, made, item=24)


def _goals(sources: Sources) -> Iterator[Block]:
    entidad, caption = sources.entidad, words.SIGEP_TABLE.format(periodo=sources.whole.nombre)
    quarter = {g.acp for g in entidad.metas if g.trimestre == sources.trimestre}
    if not sources.acps or not quarter:
        yield left_out(sources.said(caption), words.NO_GOALS if sources.acps else words.NO_ACPS)
        return
    shown = (
        FigureColumn(words.EXPECTED, "rango_ideal", ACCUMULATED),
        FigureColumn(words.EFICACIA, "eficacia", ACCUMULATED),
        FigureColumn(words.AVANCE, "avance", ACCUMULATED),
        FigureColumn(words.VIGENTE, "vigente", ACCUMULATED),
        FigureColumn(words.DEVENGADO, "devengado", ACCUMULATED),
        FigureColumn(words.EJECUCION, "ejecucion", ACCUMULATED),
        FigureColumn(words.SIGEP_PLANNED, "sigep_programado", QUARTER),
        FigureColumn(words.SIGEP_DONE, "sigep_ejecutado", QUARTER),
        FigureColumn(words.SIGEP_AVANCE, "sigep_avance", QUARTER),
        FigureColumn(sources.said(words.SEMAFORO), "semaforo", ACCUMULATED),
    )
    lines = of_acps(sources)
    named = (ReportColumn(sources.said(words.ACP), 6), ReportColumn(sources.said(words.ACTION), 30))
    yield of_figures(sources, "sigep", sources.said(caption), named, shown, lines, item=25)
