"""Writes a report as one page that needs nothing else; the same report gives the same bytes.

The page's own rule (CSP) lets it run the script and the style that stand in it and nothing more. What strangers wrote
is escaped by the template engine, or put into the page as text by its script.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from poa_xl import __version__, names, printable, single_page
from poa_xl.explanation.trail import Trail
from poa_xl.messages import report_page as words
from poa_xl.reading import provenance
from poa_xl.report.content import conclusions
from poa_xl.report.content.sources import Sources
from poa_xl.report.document import (
    Block,
    Bound,
    Chart,
    ContentsTable,
    Heading,
    OrganisationChart,
    PageBreak,
    Paragraph,
    ReportDocument,
    ReportTable,
    legible,
)
from poa_xl.report.page import board, svg
from poa_xl.report.page.board import TileGroup
from poa_xl.report.page.trails import Trails

_ASSETS = Path(__file__).with_name("assets")
_KIND = "informe"
_FEWEST_ROWS = 8  # of a table that is worth a filter


def content(report: ReportDocument, sources: Sources, facts: Mapping[str, str]) -> bytes:
    """The bytes of the page. `facts` are what the register of the Word document says of master and entity."""
    report = legible(report)
    tiles, by_unit = board.board(sources), board.units(sources)
    bounds = [*report.figures(), *_of_tiles([*tiles, *by_unit])]
    colours = list(dict.fromkeys((bound.fill, bound.font) for bound in bounds if bound.fill))
    style, script = single_page.style(f"\n{_asset('informe.css')}{_classes(colours)}"), _asset("informe.js")
    trails = Trails(Trail(sources.master)).data(dict.fromkeys(bound.figure for bound in bounds))
    page = _environment().get_template("informe.html.j2").render(
        report=report,
        blocks=[block for block in report.blocks if not isinstance(block, PageBreak | ContentsTable)],
        kind=lambda block: _KINDS[type(block)],
        labels=report.labels(),
        summary=list(conclusions.overall(sources)),
        quarter=words.OF_QUARTER.format(trimestre=sources.quarter.nombre, gestion=sources.entidad.gestion),
        board=tiles,
        units=by_unit,
        colour=lambda bound: f"c{colours.index((bound.fill, bound.font)) + 1}" if bound.fill else "",
        svg=lambda chart: Markup(svg.drawing(chart, chart.key)),  # noqa: S704 - its words are escaped there
        facts=facts,
        words=words,
        fewest=_FEWEST_ROWS,
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        trails=Markup(_json(trails)),  # noqa: S704 - no sign of a tag is left in it
        policy=single_page.policy(style, script),
    )  # fmt: skip
    period = (sources.master.gestion, sources.master.trimestre)
    return single_page.sealed(page.encode(), _KIND, period, __version__)


def origin(page: bytes) -> provenance.Origin:
    """What a page says of itself at its end; a blank origin where it is not ours."""
    return provenance.of_page(single_page.seal(page, _KIND), names.REPORT_VALUE)


_KINDS: Mapping[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    ReportTable: "table",
    Chart: "chart",
    OrganisationChart: "organisation",
}


def _of_tiles(groups: Sequence[TileGroup]) -> Iterator[Bound]:
    for group in groups:
        for tile in (group.tile, *group.below):
            yield from (tile.avance, tile.semaforo)


def _classes(colours: Sequence[tuple[str, str]]) -> str:
    """A class for each: the page's rule forbids colours that stand in its elements."""
    return "".join(
        f"button.c{place} {{\n  padding: 0 0.3rem;\n  background: {fill};\n  color: {font};\n}}\n"
        for place, (fill, font) in enumerate(colours, start=1)
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return single_page.environment(_ASSETS, printable.in_document)  # what units wrote has lines
