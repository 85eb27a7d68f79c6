"""Follow-up by short-term action and programme category, for the quarter and for what was reached since January."""

from collections.abc import Iterator

from poa_xl.entity import Categoria
from poa_xl.evaluation.periods import Periodo
from poa_xl.evaluation.tree import category_key
from poa_xl.messages import report as words
from poa_xl.report.content.left_out import left_out
from poa_xl.report.content.sources import Sources, sentence
from poa_xl.report.content.tables import FigureColumn, TableLine, of_acps, of_figures
from poa_xl.report.document import Block, Heading, Inline, Paragraph, Reference, ReportColumn, ReportTable

_ITEMS = {"acp": (13, 17), "sentence": (14, 16), "categories": (15, 40)}


def by_acp(sources: Sources) -> Iterator[Block]:
    """The section."""
    yield Heading(sources.said(words.BY_ACP), 2)
    for place, (key, span) in enumerate(sources.judged()):
        if not sources.acps:
            yield left_out(sources.said(words.BY_ACP), words.NO_ACPS)
        else:
            yield _of_acps(sources, key, span, _ITEMS["acp"][place])
        yield Paragraph(_sentence(sources, key, span))
        if place == 0:
            yield categories(sources, key, span, "categorias", item=15)
    if not sources.later_quarter:
        yield left_out(words.ACP_TABLE.format(periodo=sources.whole.nombre), words.FIRST_QUARTER)


def _of_acps(sources: Sources, period: str, span: Periodo, item: int) -> ReportTable:
    shown = (
        FigureColumn(words.VIGENTE, "vigente", period),
        FigureColumn(words.DEVENGADO, "devengado", period),
        FigureColumn(words.EJECUCION, "ejecucion", period),
        FigureColumn(words.EFICACIA, "eficacia", period),
        FigureColumn(words.AVANCE, "avance", period),
        FigureColumn(sources.said(words.SEMAFORO), "semaforo", period),
    )
    named = (ReportColumn(sources.said(words.ACP), 7), ReportColumn(sources.said(words.ACTION), 32))
    caption = sources.said(words.ACP_TABLE.format(periodo=span.nombre))
    return of_figures(sources, f"acp-{period}", caption, named, shown, of_acps(sources), item=item)


def _sentence(sources: Sources, period: str, span: Periodo) -> tuple[Inline, ...]:
    root, key = sources.root.clave, f"acp-{period}" if sources.acps else "categorias"
    figures = {name: sources.shown(root, name, period) for name in ("ejecucion", "eficacia", "avance", "semaforo")}
    return sentence(words.ACP_SENTENCE, periodo=words.with_article(span.nombre), cuadro=Reference(key), **figures)


def categories(
    sources: Sources, period: str, span: Periodo, key: str, *, item: int, executing: bool = False
) -> ReportTable:
    """Every programme category with its money and the eficacia of who spends it."""
    entidad, with_acps = sources.entidad, bool(sources.acps)
    shown = (
        FigureColumn(words.VIGENTE, "vigente", period),
        FigureColumn(words.DEVENGADO, "devengado", period),
        FigureColumn(words.EJECUCION, "ejecucion", period),
        FigureColumn(words.EFICACIA, "eficacia", period),
    )
    named = [
        *([ReportColumn(sources.said(words.ACP), 6)] if with_acps else []),
        *([ReportColumn(words.EXECUTING, 6)] if executing else []),
        ReportColumn(sources.said(words.AREA), 11),
        ReportColumn(words.CATEGORY, 12),
        ReportColumn(words.PROGRAMME, 36),
    ]
    lines = [TableLine(_named(c, with_acps, executing), category_key(c.categoria)) for c in entidad.categorias]
    blank = [""] * (len(named) - 2)
    lines.append(TableLine((words.TOTAL, *blank, entidad.nombre), sources.root.clave, strong=True))
    caption = words.ANNEX_CATEGORIES if executing else words.CATEGORIES_TABLE
    return of_figures(sources, key, sources.said(caption.format(periodo=span.nombre)), named, shown, lines, item=item)


def _named(category: Categoria, with_acps: bool, executing: bool) -> tuple[str, ...]:
    acp = (category.acp,) if with_acps else ()
    unit = (category.unidad_ejecutora,) if executing else ()
    return (*acp, *unit, category.area, category.categoria, category.programa)
