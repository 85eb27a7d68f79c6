"""A chart of a report as a chart that Word edits: its part, with the workbook of its figures in it."""

import copy
import datetime as dt
import io
import posixpath
from collections.abc import Callable, Sequence

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from poa_xl.ooxml.relations import list_of, relation
from poa_xl.report.document import Chart, ChartKind, Series
from poa_xl.report.word.elements import NAMESPACES, Element, element, name
from poa_xl.writers.xlsx.stream_workbook import StreamWorkbook

_KINDS = {
    ChartKind.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    ChartKind.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    ChartKind.LINES: XL_CHART_TYPE.LINE_MARKERS,
}
_SHEET = "Datos"
_CREATED = dt.datetime(2024, 1, 1)  # a fixed one: the same figures give the same bytes
_COLOURS = ("1F3A5F", "E69F00", "009E73", "56B4E9", "D55E00")
_LINES = "D9D9D9"
_WHOLE, _DECIMALS = "0", "0.00"
_WORKBOOK_TYPE = CONTENT_TYPE.SML_SHEET
_FONT = "Arial"
_FIRST_AXIS, _SECOND_AXES = 50_000, ("50990", "50991")
_SERIES, _FILLED = name("c:ser"), ("c:tx", "c:cat", "c:val")
_SIZE = 800  # of letters, hundredths of a point


def part(package: Package, made: Chart, number: int) -> Part:
    """The part of a chart, with its workbook; it is still to be related to the document."""
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    book = Part(PackURI(f"/word/embeddings/grafico{number}.xlsx"), _WORKBOOK_TYPE, _workbook(made), package)
    related = chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    chart._blob = _xml(made, related)
    return chart


def graphic(related: str) -> Element:
    """What the drawing of a chart holds: the id of its relation."""
    chart = element("c:chart", r_id=related)
    return element("a:graphic", element("a:graphicData", chart, uri=NAMESPACES["c"]))


def workbook_of(chart: str, tree: Callable[[str], Element | None]) -> str:
    """The part with the workbook of a chart, by the relations of its part; '' where it has none."""
    listed = tree(list_of(chart))
    for one in listed if listed is not None else ():
        found = relation({str(key): str(value) for key, value in one.attrib.items()}, posixpath.dirname(chart))
        if found.type == RELATIONSHIP_TYPE.PACKAGE and not found.external:
            return found.target
    return ""


def refill(chart: Element, fresh: Element) -> None:
    """Makes a chart show the series of another one, in the looks that it has."""
    own, new = list(chart.iter(_SERIES)), list(fresh.iter(_SERIES))
    if len(own) != len(new):
        _as(chart, fresh)
        return
    for old, source in zip(own, new, strict=True):
        for tag in _FILLED:
            before, after = old.find(name(tag)), source.find(name(tag))
            if before is not None and after is not None:
                old.replace(before, copy.deepcopy(after))
    floors = chart.iterfind(f".//{name('c:valAx')}/{name('c:scaling')}/{name('c:min')}")
    if fresh.find(f".//{name('c:min')}") is None:  # what fell below nothing would not be seen
        for floor in list(floors):
            floor.getparent().remove(floor)


def _as(chart: Element, fresh: Element) -> None:
    """All of another chart, but which workbook it has."""
    workbook = chart.find(name("c:externalData"))
    for child in list(chart):
        chart.remove(child)
    chart.extend(copy.deepcopy(child) for child in fresh if child.tag != name("c:externalData"))
    if workbook is not None:
        chart.append(workbook)


def _workbook(made: Chart) -> bytes:
    content = io.BytesIO()
    with StreamWorkbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet(_SHEET)
        for row, category in enumerate(made.categories, start=1):
            sheet.write_string(row, 0, category)
        for column, series in enumerate(made.series, start=1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return content.getvalue()


def _xml(made: Chart, workbook: str) -> bytes:
    data = CategoryChartData(number_format=_WHOLE if made.whole_labels else _DECIMALS)
    data.categories = made.categories
    for series in made.series:
        data.add_series(series.name, series.values)
    root = etree.fromstring(ChartXmlWriter(_KINDS[made.kind], data).xml.encode())
    for formula in root.iter(name("c:f")):
        formula.text = (formula.text or "").replace("Sheet1!", f"{_SHEET}!")
    plot = root.find(f".//{name('c:plotArea')}")
    _number_axes(plot)
    for place, (own, series) in enumerate(zip(root.iter(name("c:ser")), made.series, strict=True)):
        _dress(own, made, series, _COLOURS[place % len(_COLOURS)])
    _from_zero(plot, made)
    _thin_lines(plot)
    if made.kind is ChartKind.BARS:
        _top_down(plot)
    if any(series.second for series in made.series):
        _second_axis(plot, [place for place, series in enumerate(made.series) if series.second])
    _frame(root, made)
    root.append(element("c:externalData", element("c:autoUpdate", val=0), r_id=workbook))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _dress(series: Element, made: Chart, of: Series, colour: str) -> None:
    """Its colour, and its values as labels where these can be read."""
    for old in series.findall(name("c:spPr")):
        series.remove(old)
    fill = element("a:solidFill", element("a:srgbClr", val=colour))
    shape = element("c:spPr", element("a:ln", fill, w=22_225) if made.kind is ChartKind.LINES else fill)
    series.find(name("c:tx")).addnext(shape)
    labels = element(
        "c:dLbls",
        element("c:numFmt", formatCode=_WHOLE if made.whole_labels else _DECIMALS, sourceLinked=0),
        element("c:spPr", element("a:noFill")),
        _letters("c:txPr"),
        *(element(f"c:{tag}", val=shown) for tag, shown in (
            ("showLegendKey", 0), ("showVal", 1), ("showCatName", 0), ("showSerName", 0), ("showPercent", 0),
            ("showBubbleSize", 0),
        )),
    )  # fmt: skip
    series.find(name("c:cat")).addprevious(labels)


def _letters(tag: str) -> Element:
    size = element("a:defRPr", element("a:latin", typeface=_FONT), sz=_SIZE)
    return element(
        tag, element("a:bodyPr"), element("a:lstStyle"),
        element("a:p", element("a:pPr", size), element("a:endParaRPr", lang="es-BO")),
    )  # fmt: skip


def _number_axes(plot: Element) -> None:
    """Ids as the schema wants them: python-pptx writes some below zero."""
    ids: dict[str, str] = {}
    for tag in ("c:axId", "c:crossAx"):
        for one in plot.iter(name(tag)):
            one.set("val", ids.setdefault(one.get("val"), str(_FIRST_AXIS + len(ids))))


def _from_zero(plot: Element, made: Chart) -> None:
    """Bars begin at nothing, so that their lengths compare, and so do two axes beside each other."""
    values = [value for series in made.series for value in series.values if value is not None]
    if made.from_zero and all(value >= 0 for value in values):
        scaling = plot.find(f"{name('c:valAx')}/{name('c:scaling')}")
        scaling.append(element("c:min", val=0))


def _thin_lines(plot: Element) -> None:
    """Lines across that do not hide the labels."""
    for lines in plot.iter(name("c:majorGridlines")):
        grey = element("a:solidFill", element("a:srgbClr", val=_LINES))
        lines.append(element("c:spPr", element("a:ln", grey, w=6_350)))


def _top_down(plot: Element) -> None:
    """Bars in the order of the table, from the top."""
    axis = plot.find(name("c:catAx"))
    axis.find(f"{name('c:scaling')}/{name('c:orientation')}").set("val", "maxMin")
    values = plot.find(name("c:valAx"))
    crosses = values.find(name("c:crosses"))
    crosses.set("val", "max")


def _second_axis(plot: Element, places: Sequence[int]) -> None:
    """Moves series to a second group of lines with an axis on the right."""
    first = plot.find(name("c:lineChart"))
    second = etree.fromstring(etree.tostring(first))
    for group, kept in ((first, False), (second, True)):
        for place, series in enumerate(group.findall(name("c:ser"))):
            if (place in places) is not kept:
                group.remove(series)
    for axis, id in zip(second.findall(name("c:axId")), _SECOND_AXES, strict=True):  # noqa: A001
        axis.set("val", id)
    first.addnext(second)
    hidden, right = (etree.fromstring(etree.tostring(plot.find(name(tag)))) for tag in ("c:catAx", "c:valAx"))
    across, up = _SECOND_AXES
    for axis, own, crossing in ((hidden, across, up), (right, up, across)):
        axis.find(name("c:axId")).set("val", own)
        axis.find(name("c:crossAx")).set("val", crossing)
    hidden.find(name("c:delete")).set("val", "1")
    right.find(name("c:axPos")).set("val", "r")
    right.find(name("c:crosses")).set("val", "max")
    for grid in right.findall(name("c:majorGridlines")):
        right.remove(grid)
    last = plot.findall(name("c:valAx"))[-1]
    last.addnext(right)
    right.addnext(hidden)


def _frame(root: Element, made: Chart) -> None:
    """A legend below where there are several series, no title (the caption is one), small letters."""
    chart = root.find(name("c:chart"))
    title = chart.find(name("c:autoTitleDeleted"))
    if title is None:
        title = element("c:autoTitleDeleted", val=1)
        chart.insert(0, title)
    title.set("val", "1")
    for old in chart.findall(name("c:legend")):
        chart.remove(old)
    if len(made.series) > 1:
        plot = chart.find(name("c:plotArea"))
        plot.addnext(element("c:legend", element("c:legendPos", val="b"), element("c:overlay", val=0)))
    for old in root.findall(name("c:txPr")):
        root.remove(old)
    chart.addnext(_letters("c:txPr"))
