"""Conclusions, drafted from the figures: each sentence holds those that it is made of. Then the recommendations."""

from collections.abc import Iterator, Sequence

from poa_xl import indicators
from poa_xl.entity import Categoria
from poa_xl.evaluation import Nodo
from poa_xl.evaluation.imbalance import Imbalance, kind
from poa_xl.evaluation.tree import category_key
from poa_xl.figures.vocabulary import ACCUMULATED, BEFORE, QUARTER
from poa_xl.messages import report as words
from poa_xl.report.content.entity_texts import ReportSection, paragraphs
from poa_xl.report.content.extremes import Extreme, extreme
from poa_xl.report.content.sources import Sources, listed, sentence, words as names_of
from poa_xl.report.document import Block, Heading, Inline, Paragraph, Style, Text

_FULL = 100.0
_MOST = 8  # things that a sentence lists
_MORE = " y {n} más"


def conclusions(sources: Sources) -> Iterator[Block]:
    """The chapter."""
    yield Heading(words.CONCLUSIONS)
    yield Heading(words.CONCLUSIONS_HEADING, 2)
    for told in (overall, _extremes, _bands, _idle, _over, _imbalance, _missing):
        yield from (Paragraph(tuple(parts), Style.BULLET) for parts in told(sources))
    yield Heading(words.RECOMMENDATIONS_HEADING, 2)
    yield from paragraphs(sources, ReportSection.RECOMMENDATIONS, style=Style.BULLET)


Told = Iterator[Sequence[Inline]]


def overall(sources: Sources) -> Told:
    """What the entity reached in the quarter, and since January: the first conclusions."""
    root = sources.root.clave
    for key, span in sources.judged():
        figures = {name: sources.shown(root, name, key) for name in ("avance", "semaforo", "ejecucion")}
        found = [*sentence(words.OVERALL, periodo=words.with_article(span.nombre), **figures)]
        if key == sources.quarter.clave and sources.later_quarter:
            before = {name: sources.shown(root, name, BEFORE) for name in ("avance", "ejecucion")}
            found += sentence(words.OVERALL_CHANGE, antes=sources.quarters[-2].nombre, **before)
        yield found


def _extremes(sources: Sources) -> Told:
    most, least = (extreme(sources, sources.areas, "avance", QUARTER, which) for which in Extreme)
    if most is None or least is None:
        return
    if most.names == least.names:
        yield sentence(words.SAME_EVERYWHERE, periodo=sources.quarter.nombre, mas=most.figure)
    else:
        yield sentence(
            words.HIGHEST_LOWEST, periodo=sources.quarter.nombre, mayor=names_of(most.names), mas=most.figure,
            menor=names_of(least.names), menos=least.figure,
        )  # fmt: skip


def _bands(sources: Sources) -> Told:
    """Areas whose word is another than in the quarter before: the master has the word of this quarter alone."""
    if not sources.later_quarter:
        return
    changed = []
    for area in sources.areas:
        before = indicators.semaforo(sources.figures.number(area.clave, "avance", BEFORE), sources.entidad.semaforo)
        now = sources.figures.value(area.clave, "semaforo", QUARTER)
        if before is not None and now is not None and before.evaluacion != now:
            changed.append((area, before.evaluacion))
    spans = {"anterior": sources.quarters[-2].nombre, "periodo": sources.quarter.nombre}
    for area, word in changed:
        figures = {
            "ahora": sources.shown(area.clave, "semaforo"),
            "antes_avance": sources.shown(area.clave, "avance", BEFORE),
            "avance": sources.shown(area.clave, "avance"),
        }
        yield sentence(words.BAND_CHANGED, n=area.nombre, antes=word, **spans, **figures)
    if not changed:
        yield sentence(sources.said(words.NO_BAND_CHANGED), **spans)


def _idle(sources: Sources) -> Told:
    """Categories with a budget of which nothing was spent since January."""
    figures, span = sources.figures, sources.whole.nombre
    found, funded = [], 0
    for c in sources.entidad.categorias:
        key = category_key(c.categoria)
        funded += bool(figures.number(key, "vigente", ACCUMULATED))
        if figures.number(key, "vigente", ACCUMULATED) and figures.number(key, "devengado", ACCUMULATED) == 0:
            found.append(_of(c, words.CATEGORY_OF, vigente=sources.shown(key, "vigente", ACCUMULATED)))
    if found:
        yield sentence(words.WITHOUT_EXECUTION, periodo=words.with_article(span), categorias=_first(found))
    elif funded:
        yield sentence(words.ALL_EXECUTED, periodo=words.with_article(span))


def _of(category: Categoria, template: str, **figures: Inline) -> tuple[Inline, ...]:
    return sentence(template, categoria=category.categoria, programa=category.programa, **figures)


def _first(found: Sequence[Sequence[Inline]]) -> list[Inline]:
    if len(found) <= _MOST:
        return listed(found)
    return [*listed(found[:_MOST], last=", "), Text(_MORE.format(n=len(found) - _MOST))]


def _over(sources: Sources) -> Told:
    found = []
    for c in sources.entidad.categorias:
        key = category_key(c.categoria)
        ejecucion = sources.figures.number(key, "ejecucion", ACCUMULATED)
        if ejecucion is not None and ejecucion > _FULL:
            found.append(_of(c, words.EXECUTION_OF, ejecucion=sources.shown(key, "ejecucion", ACCUMULATED)))
    if found:
        yield sentence(words.OVER_EXECUTION, categorias=_first(found))


def _imbalance(sources: Sources) -> Told:
    """Areas whose money and whose progress do not go together, by the entity's own scales."""
    by_kind: dict[Imbalance, list[Sequence[Inline]]] = {}
    for area in sources.areas:
        found = _kind(sources, area)
        if found is not None:
            figures = {name: sources.shown(area.clave, name, ACCUMULATED) for name in ("avance", "ejecucion")}
            by_kind.setdefault(found, []).append(sentence(words.AREA_OF, nombre=area.nombre, **figures))
    told = {
        Imbalance.PROGRESS_WITHOUT_MONEY: words.PHYSICAL_WITHOUT_MONEY,
        Imbalance.MONEY_WITHOUT_PROGRESS: words.MONEY_WITHOUT_PHYSICAL,
    }
    for found, template in told.items():
        if found in by_kind:
            yield sentence(template, areas=_first(by_kind[found]))


def _kind(sources: Sources, area: Nodo) -> Imbalance | None:
    entidad, figures = sources.entidad, sources.figures
    levels = {level.evaluacion: level for level in entidad.criterio_dgaa}
    bands = {band.evaluacion: band for band in entidad.semaforo}
    money = levels.get(str(figures.value(area.clave, "criterio", ACCUMULATED)))
    avance = bands.get(str(figures.value(area.clave, "semaforo", ACCUMULATED)))
    return kind(money, entidad.criterio_dgaa, avance, entidad.semaforo)


def _missing(sources: Sources) -> Told:
    root = sources.root.clave
    missing = sources.figures.number(root, "sin_informacion", QUARTER)
    if missing is None:
        return
    units = sources.shown(root, "unidades")
    if not missing:
        yield sentence(words.EVERY_UNIT, unidades=units)
        return
    names = [[Text(name)] for name in sources.absent]
    yield sentence(words.MISSING_UNITS, n=sources.shown(root, "sin_informacion"), unidades=units, nombres=_first(names))
