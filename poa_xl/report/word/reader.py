"""A report read from its Word document, whoever saved it last: its register, its paragraphs and its charts.

The document is a stranger's: the zip is judged by the guards, XML is read without a DTD and without asking anybody.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from poa_xl import guards
from poa_xl.guards import Limits, RefusedError
from poa_xl.report.word.controls import DOCUMENT_HASH, FIGURES_ROOT, REGISTER, REGISTER_ROOT, RegisterEntry
from poa_xl.report.word.elements import Element, name
from poa_xl.report.word.text import ReadParagraph, paragraphs_of

DOCUMENT = "word/document.xml"
# Parts beside the body in which people write: notes below, heads and feet of pages.
_BESIDE = ("word/footnotes.xml", "word/endnotes.xml", "word/header", "word/footer")
_ITEMS, _CHARTS = "customXml/item", "word/charts/chart"
_BROKEN = "LIB-001"


@dataclass(frozen=True)
class WrittenParagraph:
    """A paragraph as it was written: its section, its print, and the names of its figures."""

    section: str
    print: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class ReadSeries:
    """A series of a chart: its name, and its values, None where there is none. `figures` are their ids, if known."""

    name: str
    values: tuple[float | None, ...]
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadChart:
    """A chart, with the title of its caption where it is known."""

    title: str
    series: tuple[ReadSeries, ...]


@dataclass(frozen=True)
class WordReport:
    """A document with the register of a report.

    `facts` are of the report: the master, its hash and others. `shown` is name -> text of the part that controls are
    bound to. `written` and `written_charts` are what the register says that there was.
    """

    facts: Mapping[str, str]
    entries: tuple[RegisterEntry, ...]
    written: tuple[WrittenParagraph, ...]
    written_charts: tuple[ReadChart, ...]
    shown: Mapping[str, str]
    paragraphs: tuple[ReadParagraph, ...]
    charts: tuple[ReadChart, ...]
    saved_since: bool  # whether its text is not as it was written: a program saved it


def read(content: bytes, limits: Limits = guards.DEFAULT) -> WordReport | None:
    """The report in these bytes; None for a document that is none of ours. RefusedError for what is no document."""
    package = guards.Package(content, limits)
    if DOCUMENT not in package:
        package.refuse_kind()
    items = dict(_items(package))
    register = items.get(REGISTER_ROOT)
    if register is None:
        return None
    document = package.part(DOCUMENT)
    figures = items.get(FIGURES_ROOT)
    facts = {str(key): str(value) for key, value in register.attrib.items()}
    return WordReport(
        facts,
        tuple(_entries(register)),
        tuple(_written(register)),
        tuple(_written_charts(register)),
        {} if figures is None else {etree.QName(one).localname: one.text or "" for one in figures},
        tuple(_paragraphs(package, document)),
        tuple(_charts(package)),
        facts.get(DOCUMENT_HASH) != hashlib.sha256(document).hexdigest(),
    )


def _items(package: guards.Package) -> Iterator[tuple[str, Element]]:
    """Root name -> custom XML part: programs number them anew."""
    for part in package.names:
        if is_item(part):
            root = parsed(package.part(part))
            yield str(root.tag), root


def is_item(part: str) -> bool:
    """Whether a part holds custom XML."""
    return part.startswith(_ITEMS) and part.removeprefix(_ITEMS).removesuffix(".xml").isdecimal()


def is_chart(part: str) -> bool:
    """Whether a part is a chart."""
    return part.startswith(_CHARTS) and part.endswith(".xml")


def beside(parts: Iterable[str]) -> Iterator[str]:
    """The parts beside the body in which people write."""
    return (part for part in parts if part.startswith(_BESIDE) and part.endswith(".xml"))


def _paragraphs(package: guards.Package, document: bytes) -> Iterator[ReadParagraph]:
    yield from paragraphs_of(parsed(document))
    for part in beside(package.names):
        yield from paragraphs_of(parsed(package.part(part)))


def _entries(register: Element) -> Iterator[RegisterEntry]:
    for one in register.iter(f"{{{REGISTER}}}cifra"):
        said = {key: str(one.get(key, "")) for key in ("nombre", "etiqueta", "id", "valor", "unidad", "celda")}
        yield RegisterEntry(
            said["nombre"], said["etiqueta"], said["id"], one.text or "", _value(said["valor"]), said["unidad"],
            said["celda"],
        )  # fmt: skip


def _written(register: Element) -> Iterator[WrittenParagraph]:
    for one in register.iter(f"{{{REGISTER}}}parrafo"):
        yield WrittenParagraph(
            str(one.get("seccion", "")), str(one.get("huella", "")), tuple(str(one.get("cifras", "")).split())
        )


def _written_charts(register: Element) -> Iterator[ReadChart]:
    for one in register.iter(f"{{{REGISTER}}}grafico"):
        series = []
        for own in one.iter(f"{{{REGISTER}}}serie"):
            points = list(own.iter(f"{{{REGISTER}}}punto"))
            values = tuple(_number(str(point.get("valor", ""))) for point in points)
            series.append(ReadSeries(str(own.get("nombre", "")), values, tuple(str(p.get("id", "")) for p in points)))
        yield ReadChart(str(one.get("titulo", "")), tuple(series))


def _charts(package: guards.Package) -> Iterator[ReadChart]:
    """What the charts of the document show, from what they keep of their workbooks."""
    for part in package.names:
        if is_chart(part):
            yield chart(parsed(package.part(part)))


def chart(root: Element) -> ReadChart:
    """What a chart shows."""
    return ReadChart("", tuple(_series(root)))


def _series(chart: Element) -> Iterator[ReadSeries]:
    for series in chart.iter(name("c:ser")):
        title = "".join(one.text or "" for one in series.iterfind(f"{name('c:tx')}//{name('c:v')}"))
        values = series.find(name("c:val"))
        points: dict[int, float | None] = {}
        many = 0
        for count in values.iter(name("c:ptCount")) if values is not None else ():
            many = int(count.get("val", "0"))
        for point in values.iter(name("c:pt")) if values is not None else ():
            points[int(point.get("idx", "0"))] = _number("".join(one.text or "" for one in point.iter(name("c:v"))))
        yield ReadSeries(title, tuple(points.get(place) for place in range(many)))


def _value(text: str) -> float | str | None:
    if not text:
        return None
    number = _number(text)
    return text if number is None else number


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def parsed(xml: bytes) -> Element:
    """XML of a stranger. RefusedError where it is none, or has a DTD."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise RefusedError(_BROKEN, str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise RefusedError(_BROKEN, "DTD")
    return root
