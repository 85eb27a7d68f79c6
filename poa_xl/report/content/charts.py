"""Charts of a report: series of figures by id, with the words that stand for them where they are not seen."""

from collections.abc import Sequence

from poa_xl.evaluation import Clave
from poa_xl.figures import UnitOfMeasure
from poa_xl.messages import report as words
from poa_xl.report.content.sources import Sources
from poa_xl.report.document import Chart, ChartKind, Series
from poa_xl.report.figures import shown

Point = tuple[str, Clave, str, str]  # category, node, indicator, period


def series(sources: Sources, name: str, points: Sequence[Point], second: bool = False) -> Series:
    """A series of figures; one that the master does not have leaves a gap."""
    figures = sources.figures
    values = tuple(figures.number(*point[1:]) for point in points)
    ids = tuple(figures.id(*point[1:]) if figures.has(*point[1:]) else "" for point in points)
    return Series(name, values, ids, second)


def chart(
    key: str,
    caption: str,
    kind: ChartKind,
    categories: Sequence[str],
    made: Sequence[Series],
    *,
    item: int,
    whole_labels: bool = False,
) -> Chart:
    """A chart; it tells its values in words too."""
    told = [
        words.SERIES_ALT.format(nombre=own.name, valores=_values(categories, own.values, whole_labels)) for own in made
    ]
    alternative = words.CHART_ALT.format(titulo=caption, series=". ".join(told))
    return Chart(key, caption, kind, tuple(categories), tuple(made), alternative, whole_labels, item)


def _values(categories: Sequence[str], values: Sequence[float | None], whole: bool) -> str:
    unit = UnitOfMeasure.COUNT if whole else UnitOfMeasure.POINTS
    pairs = zip(categories, values, strict=True)
    return "; ".join(words.VALUE_ALT.format(categoria=name, valor=shown(value, unit)) for name, value in pairs)
