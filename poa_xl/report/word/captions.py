"""Captions with numbers that Word keeps: of tables, charts and pictures, by which they are referred to."""

from collections.abc import Mapping

from poa_xl.report.document import Chart, OrganisationChart, ReportDocument, ReportTable
from poa_xl.report.word.elements import Element, bookmark, element, field, paragraph, run
from poa_xl.report.word.styles import CAPTION

Captioned = ReportTable | Chart | OrganisationChart
_MARK = "_Ref{:09d}"
_FIRST_MARK = 1_000  # ids of bookmarks of captions; those of headings are below


def labels(report: ReportDocument) -> Mapping[str, tuple[str, str]]:
    """Key -> «Cuadro 3» and the name of the bookmark around it, in the order of the document."""
    found = report.labels().items()
    return {key: (label, _MARK.format(place)) for place, (key, label) in enumerate(found, start=1)}


def caption(block: Captioned, known: Mapping[str, tuple[str, str]]) -> Element:
    """The paragraph of a caption."""
    label, mark = known[block.key]
    name, _, number = label.rpartition(" ")
    counted = field(f"SEQ {name} \\* ARABIC", [run(number)])
    marked = bookmark(_FIRST_MARK + int(mark[4:]), mark, [run(f"{name} "), *counted])
    return paragraph(CAPTION, [*marked, run(f". {block.caption}")], element("w:keepNext"))
