"""The annexes: the categories with who executes them, and each group of the areas that have several."""

from collections.abc import Iterator

from poa_xl.evaluation import Nodo
from poa_xl.figures.vocabulary import ACCUMULATED, QUARTER
from poa_xl.messages import report as words
from poa_xl.report.content.acp import categories
from poa_xl.report.content.charts import chart, series
from poa_xl.report.content.sources import Sources
from poa_xl.report.content.tables import FigureColumn, TableLine, of_figures
from poa_xl.report.document import Block, ChartKind, Heading, ReportColumn

_FIRST_ITEM, _LAST_ITEM = 41, 44  # of the annexes of groups


def annexes(sources: Sources) -> Iterator[Block]:
    """The chapter: Anexo 1 is that of the categories."""
    yield Heading(words.ANNEXES)
    title = words.ANNEX_CATEGORIES.format(periodo=sources.whole.nombre)
    yield Heading(words.ANNEX.format(numero=1, nombre=sources.said(title)), 2, number="-")
    yield categories(sources, ACCUMULATED, sources.whole, "anexo-1", item=40, executing=True)
    for number, group in enumerate(sources.groups(), start=2):
        yield Heading(words.ANNEX.format(numero=number, nombre=group.nombre), 2, number="-")
        yield from _of_group(sources, group, f"anexo-{number}", min(_FIRST_ITEM + number - 2, _LAST_ITEM))


def _of_group(sources: Sources, group: Nodo, key: str, item: int) -> Iterator[Block]:
    parts = [sources.nodes[clave] for clave in group.hijos if clave[0] == "subgrupo"] or [group]
    for place, part in enumerate(parts):
        units = sources.units(part)
        lines = [TableLine((unit.nombre,), unit.clave) for unit in units]
        lines.append(TableLine((part.nombre,), part.clave, strong=True))
        shown = [
            FigureColumn(words.AVANCE_OF.format(periodo=span.corto), "avance", own) for own, span in sources.spans()
        ]
        shown.append(FigureColumn(sources.said(words.SEMAFORO), "semaforo", QUARTER))
        named = (ReportColumn(words.UNIT, 46),)
        caption = words.ANNEX_TABLE.format(nombre=part.nombre)
        yield of_figures(sources, f"{key}-{place}", caption, named, shown, lines, item=item)
        points = [(unit.nombre, unit.clave, "avance", QUARTER) for unit in units]
        made = [series(sources, words.AVANCE, points)]
        title = words.ANNEX_CHART.format(nombre=part.nombre, trimestre=sources.quarter.corto)
        yield chart(
            f"g-{key}-{place}", title, ChartKind.BARS, [p[0] for p in points], made, item=item, whole_labels=True
        )
