"""The parts of a report's Word document, to be read and changed; whoever saved it, its zip is judged by the guards."""

import io
import zipfile
from collections.abc import Sequence
from functools import cached_property

from lxml import etree

from poa_xl import guards, zip_archive
from poa_xl.guards import Limits
from poa_xl.report.word import chart as chart_parts, reader
from poa_xl.report.word.elements import Element
from poa_xl.report.word.reader import DOCUMENT, ReadChart


class DocumentParts:
    """The parts of a document; those whose tree was asked for are written as it is then."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._package = guards.Package(content, limits)
        self._order = zipfile.ZipFile(io.BytesIO(content)).namelist()
        self._roots: dict[str, Element] = {}
        self._bytes: dict[str, bytes] = {}

    @cached_property
    def with_words(self) -> Sequence[str]:
        """The parts in which people write, the body first."""
        return [DOCUMENT, *reader.beside(self._package.names)]

    def root(self, part: str) -> Element:
        """The tree of a part, to be read or changed."""
        if part not in self._roots:
            self._roots[part] = reader.parsed(self._package.part(part))
        return self._roots[part]

    def item(self, tag: str) -> Element:
        """The custom XML part with this root; an empty one where somebody took it away."""
        parts = (self.root(part) for part in self._package.names if reader.is_item(part))
        return next((root for root in parts if root.tag == tag), etree.Element(tag))

    @cached_property
    def charts(self) -> Sequence[tuple[str, ReadChart]]:
        """The charts, with what they show."""
        return [(part, reader.chart(self.root(part))) for part in self._package.names if reader.is_chart(part)]

    def workbook_of(self, chart: str) -> str:
        """The part with the workbook of a chart; '' where it has none."""
        related = chart_parts.workbook_of(chart, lambda part: self.root(part) if part in self._package else None)
        return related if related in self._package else ""

    def replace(self, part: str, other: str, others: "DocumentParts") -> None:
        """A part with the bytes of one of another document, where both are there."""
        if part and other:
            self._bytes[part] = others.bytes_of(other)

    def bytes_of(self, part: str) -> bytes:
        """A part as it is now."""
        if part in self._roots:
            return etree.tostring(self._roots[part], xml_declaration=True, encoding="UTF-8", standalone=True)
        return self._bytes.get(part) or self._package.part(part)

    def content(self) -> bytes:
        """The document as it is now."""
        return zip_archive.zipped((part, self.bytes_of(part)) for part in self._order if not part.endswith("/"))
