"""A report as PDF, by LibreOffice Writer: with bookmarks, tagged, and with the pages in its table of contents.

Nobody but a program that lays out pages knows on which one a heading stands. So it is laid out twice: the first time
to ask, the second time with the answers in the document.
"""

import io
import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pypdf import PdfReader

from poa_xl import office_programs
from poa_xl.errors import PoaError
from poa_xl.messages import report as words
from poa_xl.office_programs import SOFFICE
from poa_xl.report.word import page_numbers

_SECONDS = 300
_NAME = "informe"
_OPTIONS = {
    "ExportBookmarks": "true",  # an outline beside the pages
    "UseTaggedPDF": "true",  # for screen readers
    "ExportBookmarksToPDFDestination": "true",  # by which the pages of bookmarks are asked
}
# Writer lets go of charts beyond the twentieth and then draws them in the shape of another, the labels of charts have
# the decimal point of the computer's language, and a document that somebody edited may name pictures of elsewhere:
# nothing that it does not hold is asked for.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Cache/Writer">
<prop oor:name="OLE_Objects" oor:op="fuse"><value>10000</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>es-BO</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_UNDERSCORE = "5F"  # how LibreOffice writes it in names of destinations


def content(document: bytes) -> bytes:
    """The PDF of a Word document of ours. PoaError where there is no LibreOffice, or where it fails."""
    program = office_programs.find(SOFFICE)
    if program is None:
        raise PoaError(words.WITHOUT_LIBREOFFICE)
    with tempfile.TemporaryDirectory(prefix="poa-xl-pdf-") as folder:
        first = _laid_out(program, document, Path(folder))
        return _laid_out(program, page_numbers.filled_in(document, pages(first)), Path(folder))


def pages(pdf: bytes) -> Mapping[str, int]:
    """Bookmark -> the page on which it stands, from 1."""
    reader = PdfReader(io.BytesIO(pdf))
    found = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None and number >= 0:
            found[name.lstrip("/").replace(_UNDERSCORE, "_", 1)] = number + 1
    return found


def _profile(folder: Path) -> Path:
    """LibreOffice's settings for this one document: a LibreOffice that is open stays as it is."""
    profile = folder / "perfil"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return profile


def _laid_out(program: Path, document: bytes, folder: Path) -> bytes:
    source, target = folder / f"{_NAME}.docx", folder / f"{_NAME}.pdf"
    source.write_bytes(document)
    target.unlink(missing_ok=True)
    options = json.dumps({name: {"type": "boolean", "value": value} for name, value in _OPTIONS.items()})
    profile = _profile(folder)
    order: list[str | Path] = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to",
        f"pdf:writer_pdf_Export:{options}", "--outdir", folder, source,
    ]  # fmt: skip
    try:
        done = office_programs.run(order, folder, _SECONDS)
    except subprocess.TimeoutExpired as error:
        raise PoaError(words.PDF_TOO_LONG, segundos=_SECONDS) from error
    if not target.exists():
        raise PoaError(words.NO_PDF, dijo=office_programs.said(done))
    return target.read_bytes()
