"""Cover, contents, introduction, legal frame and strategic frame."""

from collections.abc import Iterator

from poa_xl.figures.vocabulary import QUARTER
from poa_xl.master_tables import front as sheets
from poa_xl.messages import report as words
from poa_xl.messages.counts import first_ones
from poa_xl.report.content import tables
from poa_xl.report.content.dates import day
from poa_xl.report.content.entity_texts import ReportSection, norms, paragraphs
from poa_xl.report.content.sources import Sources, sentence
from poa_xl.report.document import (
    Block,
    ContentsTable,
    Heading,
    PageBreak,
    Paragraph,
    ReportColumn,
    ReportRow,
    ReportTable,
    Style,
    Text,
)

_NAMED = 8  # units without information that the cover names


def cover(sources: Sources) -> Iterator[Block]:
    """The cover: what is reported, of when, and whether something is missing."""
    entidad = sources.entidad
    first, last = sources.whole.dates(entidad.gestion)
    yield Paragraph((Text(entidad.nombre),), Style.SUBTITLE)
    yield Paragraph((Text(words.TITLE.format(gestion=entidad.gestion)),), Style.TITLE)
    quarter = words.QUARTER.format(trimestre=sources.quarter.nombre.capitalize(), gestion=entidad.gestion)
    yield Paragraph((Text(quarter),), Style.SUBTITLE)
    yield Paragraph((Text(words.MANAGEMENT),), Style.SUBTITLE)
    yield Paragraph((Text(words.PERIOD.format(desde=day(first), hasta=day(last))),), Style.SUBTITLE)
    yield Paragraph((Text(words.CUT.format(corte=day(last))),), Style.SUBTITLE)
    yield from partial(sources)


def partial(sources: Sources) -> Iterator[Block]:
    """That something is missing, where it is."""
    missing = sources.figures.number(sources.root.clave, "sin_informacion", QUARTER)
    if not missing:
        return
    names = first_ones(sources.absent, _NAMED)
    units = sources.shown(sources.root.clave, "unidades")
    parts = sentence(
        words.PARTIAL, n=sources.shown(sources.root.clave, "sin_informacion"), unidades=units, nombres=names
    )
    yield Paragraph(parts, Style.WARNING)


def contents(_: Sources) -> Iterator[Block]:
    """The table of contents, and those of tables and of charts."""
    yield PageBreak()
    for title, label in ((words.CONTENTS, ""), (words.TABLES, words.TABLE), (words.CHARTS, words.CHART)):
        yield Paragraph((Text(title, strong=True),), Style.SUBTITLE)
        yield ContentsTable(label)


def introduction(sources: Sources) -> Iterator[Block]:
    """What is evaluated, and the entity's own words."""
    root, entidad = sources.root.clave, sources.entidad
    yield Heading(words.INTRODUCTION)
    facts = sentence(
        words.INTRODUCTION_FACTS,
        gestion=str(entidad.gestion),
        entidad=entidad.nombre,
        periodo=words.with_article(sources.whole.nombre if sources.later_quarter else sources.quarter.nombre),
        con=sources.shown(root, "con_informacion"),
        unidades=sources.shown(root, "unidades"),
    )
    yield Paragraph(facts)
    if sources.acps:
        actions = {"acciones": "acciones_corto_plazo", "medianas": "acciones_mediano_plazo"}
        yield Paragraph(
            sentence(sources.said(words.INTRODUCTION_ACPS), **{n: sources.shown(root, i) for n, i in actions.items()})
        )
    yield from paragraphs(sources, ReportSection.INTRODUCTION)


def legal_frame(sources: Sources) -> Iterator[Block]:
    """The norms that the entity lists."""
    yield Heading(words.LEGAL_FRAME)
    yield from paragraphs(sources, ReportSection.LEGAL_FRAME, required=False)
    listed = norms(sources)
    if not listed:
        yield Paragraph((Text(words.NO_NORMS),), Style.WARNING)
        return
    columns = (ReportColumn(words.NORM, 34), ReportColumn(words.NORM_TEXT, 62))
    rows = tuple(ReportRow(((Text(norm),), (Text(text),))) for norm, text in listed)
    yield ReportTable("normas", words.LEGAL_FRAME, columns, rows, item=3)


def strategic_frame(sources: Sources) -> Iterator[Block]:
    """Vision and mission, the articulation of actions, and how much the POA has."""
    entidad = sources.entidad
    yield Heading(words.STRATEGIC_FRAME)
    yield from paragraphs(sources, ReportSection.STRATEGIC_FRAME)
    said = [(t, v) for t, v in ((words.VISION, entidad.vision), (words.MISSION, entidad.mision)) if v]
    if said:
        rows = tuple(ReportRow(((Text(t, strong=True),), (Text(v),))) for t, v in said)
        columns = (ReportColumn(words.CONCEPT, 14), ReportColumn(words.TEXT, 82))
        yield ReportTable("horizonte", words.HORIZON, columns, rows, item=4)
    yield from _articulation(sources)
    for table in sources.master.tables(sheets.RELATION.name)[:1]:
        caption = words.RELATION.format(gestion=entidad.gestion, sigla=entidad.sigla)
        yield tables.of_sheet(sources, "relacion", sources.said(caption), sheets.RELATION.name, table, item=6)


def _articulation(sources: Sources) -> Iterator[Block]:
    if not sources.acps:
        return
    entidad = sources.entidad
    order = [a.amp for a in entidad.acps]
    names = {a.area: a.nombre for a in entidad.areas}
    columns = (
        ReportColumn(words.AMP, 7),
        ReportColumn(sources.said(words.ACP), 7),
        ReportColumn(sources.said(words.ACTION), 50),
        ReportColumn(sources.said(words.RESPONSIBLE), 32),
    )
    rows = tuple(
        ReportRow(tuple((Text(text),) for text in (a.amp, a.acp, a.denominacion, names.get(a.area, a.area))))
        for a in sorted(entidad.acps, key=lambda a: order.index(a.amp))
    )
    caption = words.ARTICULATION.format(gestion=entidad.gestion)
    yield ReportTable("articulacion", sources.said(caption), columns, rows, item=5)
