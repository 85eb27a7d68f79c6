"""The blocks of a report as paragraphs, tables and sections of a Word document."""

from collections.abc import Iterator, Sequence
from functools import partial

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.document import DocumentPart

from poa_xl.master_book import MasterBook
from poa_xl.report.document import (
    Block,
    Chart,
    ContentsTable,
    Heading,
    OrganisationChart,
    PageBreak,
    Paragraph,
    ReportDocument,
    ReportTable,
    label_of,
)
from poa_xl.report.word import captions, chart, shapes
from poa_xl.report.word.contents import listed
from poa_xl.report.word.controls import Bindings
from poa_xl.report.word.elements import Element, bookmark, element, paragraph, run
from poa_xl.report.word.graphic_frame import EMU_PER_CM, inline
from poa_xl.report.word.inline import InlineWriter
from poa_xl.report.word.sections import Page
from poa_xl.report.word.styles import CONTENTS, CONTENTS_OF_CAPTIONS, HEADINGS, PARAGRAPHS
from poa_xl.report.word.table import table

_MARK = "_Toc{:09d}"
_ROW_CM, _BASE_CM, _TALLEST_CM, _COLUMNS_CM = 0.55, 2.0, 19.0, 6.8


class BodyWriter:
    """Writes the body of one document."""

    def __init__(self, report: ReportDocument, master: MasterBook, part: DocumentPart, page: Page) -> None:
        self._report, self._part, self._page = report, part, page
        self.bindings = Bindings()
        self._labels = captions.labels(report)
        self._inline = InlineWriter(self.bindings, master, self._labels)
        headings = [block for block in report.blocks if isinstance(block, Heading)]
        self._marks = {id(block): _MARK.format(n) for n, block in enumerate(headings, start=1)}
        self._drawings = self._charts = 0

    def elements(self) -> Iterator[Element]:
        """All of it; wide tables, with what belongs to them, stand in sections of pages across."""
        across = False
        for block, wide in zip(self._report.blocks, _across(self._report.blocks), strict=True):
            if wide is not across:
                yield self._page.section_end(across)
                across = wide
            yield from self._written(block, across)
        if across:
            yield self._page.section_end(across)

    def _written(self, block: Block, across: bool) -> Iterator[Element]:
        if isinstance(block, Heading):
            yield self._heading(block)
        elif isinstance(block, Paragraph):
            yield paragraph(PARAGRAPHS[block.style], self._inline.runs(block.parts))
        elif isinstance(block, PageBreak):
            yield element("w:p", element("w:r", element("w:br", w_type="page")))
        elif isinstance(block, ContentsTable):
            yield from self._contents(block)
        elif isinstance(block, ReportTable):
            yield captions.caption(block, self._labels)
            yield table(block, self._inline, self._page.text_width(across))
            yield element("w:p", element("w:pPr", element("w:spacing", w_before=0, w_after=60)))
        else:
            yield from self._drawing(block, across)

    def _heading(self, block: Heading) -> Element:
        mark = self._marks[id(block)]
        content = bookmark(int(mark[4:]), mark, [run(block.text)])
        unnumbered = None if block.number else element("w:numPr", element("w:numId", w_val=0))
        return paragraph(HEADINGS[block.level], content, unnumbered)

    def _contents(self, block: ContentsTable) -> Iterator[Element]:
        if not block.of_label:
            entries = [
                (CONTENTS[b.level], f"{b.number}. {b.text}" if b.number else b.text, self._marks[id(b)])
                for b in self._report.blocks
                if isinstance(b, Heading)
            ]
            yield from listed('TOC \\o "1-3" \\h \\z \\u', entries)
            return
        own = [b for b in self._report.captions() if label_of(b) == block.of_label]
        lines = [(CONTENTS_OF_CAPTIONS, f"{self._labels[b.key][0]}. {b.caption}", self._labels[b.key][1]) for b in own]
        yield from listed(f'TOC \\h \\z \\c "{block.of_label}"', lines)

    def _drawing(self, block: Chart | OrganisationChart, across: bool) -> Iterator[Element]:
        self._drawings += 1
        width_cm = self._page.text_width_cm(across)
        place = partial(inline, number=self._drawings, title=block.caption, alternative=block.alternative)
        if isinstance(block, OrganisationChart):
            width, height = shapes.size(block, width_cm)
            drawing = place(shapes.graphic(block, width, height), width=width, height=height)
        else:
            self._charts += 1
            related = self._part.relate_to(chart.part(self._part.package, block, self._charts), RELATIONSHIP_TYPE.CHART)
            width, height = round(width_cm * EMU_PER_CM), round(_height(block) * EMU_PER_CM)
            drawing = place(chart.graphic(related), width=width, height=height)
        yield captions.caption(block, self._labels)
        yield element("w:p", element("w:pPr", element("w:jc", w_val="center")), drawing)


def _across(blocks: Sequence[Block]) -> list[bool]:
    """Whether each block stands on a page across: headings with what they are the heading of, words where they are."""
    found: list[bool] = []
    following, after = False, None
    for block in reversed(blocks):
        if isinstance(block, ReportTable):
            following = block.wide
        elif not isinstance(block, Heading):
            following = following and isinstance(block, Paragraph) and not isinstance(after, Heading)
        found.append(following)
        after = block
    return found[::-1]


def _height(made: Chart) -> float:
    """Centimetres: bars need room for each, columns and lines have one height."""
    if made.kind.value != "bars":
        return _COLUMNS_CM
    return min(_TALLEST_CM, _BASE_CM + _ROW_CM * len(made.categories) * max(1, len(made.series)))
