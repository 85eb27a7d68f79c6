"""What the entity writes itself in its report: the sheets Textos_informe and Marco_legal of its workbook."""

from collections.abc import Iterator
from enum import StrEnum

from poa_xl import sheets
from poa_xl.messages import report as words
from poa_xl.report.content.sources import Sources
from poa_xl.report.document import Block, Inline, Paragraph, Style, Text
from poa_xl.report_texts import PLACEHOLDER


class ReportSection(StrEnum):
    """The parts of a report that an entity writes, as its sheet names them."""

    INTRODUCTION = "Introducción"
    LEGAL_FRAME = "Marco legal"
    STRATEGIC_FRAME = "Marco estratégico"
    SCOPE = "Alcance"
    RECOMMENDATIONS = "Recomendaciones"


SHEET = sheets.sheet("entidad", "textos_informe").name


def paragraphs(
    sources: Sources, section: ReportSection, required: bool = True, style: Style = Style.BODY
) -> Iterator[Block]:
    """The paragraphs of a section; that they are missing, where a report wants some."""
    found = [text.texto for text in sources.entidad.textos if text.seccion == section]
    for text in found:
        yield Paragraph(tuple(_parts(sources, text)), style)
    if not found and required:
        yield Paragraph((Text(words.NO_TEXT.format(hoja=SHEET, seccion=section)),), Style.WARNING)


def norms(sources: Sources) -> list[tuple[str, str]]:
    """Each norm and what it establishes."""
    return [(norm.norma, norm.establece) for norm in sources.entidad.normas]


def _parts(sources: Sources, text: str) -> Iterator[Inline]:
    """A text with the figures in the place of its placeholders."""
    for place, piece in enumerate(PLACEHOLDER.split(text)):
        if place % 2:
            yield sources.figures.named(piece)
        elif piece:
            yield Text(piece)
