"""Writes a report as a Word document: its body into the template, its figures into their two parts.

The same report gives the same bytes.
"""

import datetime as dt
import hashlib
import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from poa_xl import printable, resources, zip_archive
from poa_xl.master_book import MasterBook
from poa_xl.report.document import Chart, ReportDocument, legible
from poa_xl.report.word.body import BodyWriter
from poa_xl.report.word.controls import DOCUMENT_HASH, FIGURES, REGISTER, STORE, STORE_OF_REGISTER
from poa_xl.report.word.elements import name
from poa_xl.report.word.sections import Page
from poa_xl.report.word.text import paragraphs_of

TEMPLATE = "informe.docx"
_MOMENT = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)  # a fixed one
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_OF = f"{RELATIONSHIP_TYPE.CUSTOM_XML}Props"


def content(
    report: ReportDocument, master: MasterBook, facts: dict[str, str], template: Path | None = None
) -> tuple[bytes, int]:
    """The bytes of the document, and how many figures are bound in it.

    `facts` are what the register says of master, entity and ledger.
    """
    report, facts = legible(report), {key: printable.in_document(value) for key, value in facts.items()}
    document = docx.Document(str(template or resources.workbooks_folder() / TEMPLATE))
    body = document.element.body
    last = body.find(name("w:sectPr"))
    for old in [child for child in body if child is not last]:
        body.remove(old)
    writer = BodyWriter(report, master, document.part, Page(last))
    for made in writer.elements():
        last.addprevious(made)
    _heads(document, report)
    text = hashlib.sha256(document.part.blob).hexdigest()  # by which a program that saves it since is known
    facts = {**facts, "controles": str(writer.bindings.controls), DOCUMENT_HASH: text}
    _store(document, 2, writer.bindings.figures_part(), STORE, FIGURES)
    charts = [block for block in report.captions() if isinstance(block, Chart)]
    register = writer.bindings.register_part(facts, paragraphs_of(body), charts)
    _store(document, 3, register, STORE_OF_REGISTER, REGISTER)
    _describe(document, report)
    return _saved(document), writer.bindings.controls


def _heads(document: Document, report: ReportDocument) -> None:
    """The running head of every page; the cover has none and no number, unless the template says otherwise."""
    cover = document.sections[0]
    if not cover.different_first_page_header_footer:
        cover.different_first_page_header_footer = True
        cover.first_page_header.is_linked_to_previous = cover.first_page_footer.is_linked_to_previous = False
    for section in document.sections:
        if not section.header.is_linked_to_previous and section.header.paragraphs:
            section.header.paragraphs[0].text = report.head


def _store(document: Document, number: int, xml: bytes, store: str, namespace: str) -> None:
    """A custom XML part with the properties by which controls find it."""
    package = document.part.package
    made = Part(PackURI(f"/customXml/item{number}.xml"), CONTENT_TYPE.XML, xml, package)
    about = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?><ds:datastoreItem ds:itemID="{store}" '
        f'xmlns:ds="{_CUSTOM_XML}"><ds:schemaRefs><ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    )
    properties = Part(PackURI(f"/customXml/itemProps{number}.xml"), _PROPERTIES, about.encode(), package)
    made.relate_to(properties, _PROPERTIES_OF)
    document.part.relate_to(made, RELATIONSHIP_TYPE.CUSTOM_XML)


def _describe(document: Document, report: ReportDocument) -> None:
    about = document.core_properties
    about.title, about.subject, about.language = report.title, report.subject, "es-BO"
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = _MOMENT.replace(tzinfo=None)
    about.revision = 1


def _saved(document: Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as archive:
        return zip_archive.zipped((entry, archive.read(entry)) for entry in archive.namelist())
