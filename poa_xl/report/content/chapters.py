"""The chapters of a report in their order."""

from collections.abc import Callable, Iterator

from poa_xl.messages import report as words
from poa_xl.report.content import acp, annexes, areas, conclusions, front, method, performance, results, structure
from poa_xl.report.content.sources import Sources
from poa_xl.report.document import Block, Heading, ReportDocument

Chapter = Callable[[Sources], Iterator[Block]]
CHAPTERS: tuple[Chapter, ...] = (
    front.cover,
    front.contents,
    front.introduction,
    front.legal_frame,
    front.strategic_frame,
    method.method,
    structure.follow_up,
    acp.by_acp,
    areas.by_area,
    performance.performance,
    performance.indicators,
    results.results,
    conclusions.conclusions,
    annexes.annexes,
)


def report(sources: Sources) -> ReportDocument:
    """The whole report of a master."""
    entidad = sources.entidad
    title = words.TITLE.format(gestion=entidad.gestion)
    periodo = f"{words.REPORTED[sources.trimestre - 1]} {entidad.gestion}"
    head = words.HEAD.format(sigla=entidad.sigla, gestion=entidad.gestion, periodo=sources.whole.nombre)
    blocks = [block for chapter in CHAPTERS for block in chapter(sources)]
    return ReportDocument(title, periodo, head, tuple(_numbered(blocks)))


_UNNUMBERED = "-"  # of a heading that says its number itself


def _numbered(blocks: list[Block]) -> Iterator[Block]:
    """Headings with their numbers: 5, 5.2, 5.2.1; those that have their own words for it stay without."""
    counts = [0, 0, 0]
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        if block.number == _UNNUMBERED:
            yield Heading(block.text, block.level)
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (len(counts) - block.level)
        yield Heading(block.text, block.level, ".".join(map(str, counts[: block.level])))
