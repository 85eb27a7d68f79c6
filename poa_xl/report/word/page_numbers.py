"""The page numbers of the lists of contents of a Word document of ours, where somebody knows them."""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from poa_xl import zip_archive
from poa_xl.report.word.elements import name
from poa_xl.report.word.reader import DOCUMENT, parsed

_ENTRY = name("w:hyperlink")


def _is_page(text: str) -> bool:
    """Whether a text may be the page of a line: a program that saved the document may have left no place for it."""
    return not text.strip() or text.strip().isdigit()


def filled_in(document: bytes, pages: Mapping[str, int]) -> bytes:
    """The document with the page of each bookmark in the lines that lead to it."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    body = parsed(parts[DOCUMENT])
    for line in body.iter(_ENTRY):
        page = pages.get(str(line.get(name("w:anchor"))))
        shown = list(line.iter(name("w:t")))
        if (
            page is not None and len(shown) > 1 and _is_page(shown[-1].text or "")
        ):  # the words of the line, then its page
            shown[-1].text = str(page)
    parts[DOCUMENT] = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    return zip_archive.zipped(parts.items())
