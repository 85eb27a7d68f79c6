"""The report as PDF: made by a real LibreOffice Writer, with its contents filled in."""

import base64
import http.server
import io
import re
import threading
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from typing import cast

import pytest
from docx import Document
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

import poa_xl
from poa_xl import office_programs
from poa_xl.report import pdf as pdf_writer
from tests import packages, report_books
from tests.libreoffice import LibreOffice
from tests.report_books import Written
from tests.test_report import IN_WORDS, INVENTORY, captions

pytestmark = pytest.mark.slow
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ENTRY = re.compile(r"^(?:\d[\d.]*\. )?(?P<title>\S.*?)[ .…\u2026]*?(?P<page>\d+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def pdf(libreoffice: LibreOffice, municipality: list[Written], tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """The report of the municipality's second quarter."""
    assert libreoffice  # it is there: the command starts one of its own
    place, written = tmp_path_factory.mktemp("pdf"), municipality[1]
    done = poa_xl.write_report(written.master, place / "i.docx", written.entity, pdf=place / "i.pdf")
    assert done.pdf is not None
    assert done.path.read_bytes() == written.report.read_bytes()  # the document is the same with it and without
    return PdfReader(done.pdf)


@pytest.mark.libreoffice
def test_its_contents_say_on_which_page_each_chapter_is(pdf: PdfReader) -> None:
    told = {m["title"]: int(m["page"]) for page in pdf.pages[1:4] for m in _ENTRY.finditer(page.extract_text())}
    chapters = {
        re.sub(r"^[\d.]+\s*", "", str(one.title)): (pdf.get_destination_page_number(one) or 0) + 1
        for one in pdf.outline
        if not isinstance(one, list)
    }
    assert len(chapters) == 8
    assert {title: told.get(title) for title in chapters} == chapters
    for title, page in chapters.items():
        assert title in pdf.pages[page - 1].extract_text()


@pytest.fixture(scope="module")
def pages(libreoffice: LibreOffice, ministry: Written, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the pages of the ministry's second quarter say."""
    assert libreoffice
    place = tmp_path_factory.mktemp("pdf")
    done = poa_xl.write_report(ministry.master, place / "i.docx", ministry.entity, pdf=place / "i.pdf")
    assert done.pdf is not None
    return [page.extract_text() for page in PdfReader(done.pdf).pages]


@pytest.mark.libreoffice
def test_the_pdf_of_the_second_quarter_has_all_44_items(pages: list[str], ministry: Written) -> None:
    whole = plain("".join(pages))
    assert len(captions(ministry.report)) >= 60
    assert [caption for caption in captions(ministry.report) if plain(caption) not in whole] == []
    texts = [part for item in INVENTORY for part in IN_WORDS.get(int(item["orden"]), [])]
    assert [part for part in texts if plain(part) not in whole] == []
    assert [number for number, text in enumerate(pages, start=1) if len(plain(text)) < 120] == []  # none is empty


@pytest.mark.libreoffice
def test_each_of_its_charts_names_every_category_and_has_decimal_commas(pages: list[str], ministry: Written) -> None:
    """Writer lets go of the charts after the twentieth, and then draws them in a wrong shape with half of the names."""
    whole, outside = plain("".join(pages)), plain(report_books.text(ministry.report))
    charts = [
        part
        for name, part in packages.apart(ministry.report.read_bytes()).items()
        if name.startswith("word/charts/chart")
    ]
    names = Counter(name for chart in charts for name in categories(chart))
    assert (len(charts) > 20, len(names) > 50) == (True, True)
    assert {name: n for name, n in names.items() if whole.count(plain(name)) < outside.count(plain(name)) + n} == {}
    (page,) = (text for text in pages if "Gráfico 2. " in text and "....." not in text)
    assert "22,69" in page
    assert "22.69" not in page


def categories(chart: bytes) -> list[str]:
    """The missions that are named beside its bars: other names are also in boxes, whose words a PDF has in pieces."""
    first = next(ElementTree.fromstring(chart).iter(f"{C}cat"), None)
    names = [] if first is None else [str(one.text) for one in first.iter(f"{C}v")]
    return [name for name in names if name.startswith(("Embajada de", "Consulado de"))]


def plain(text: str) -> str:
    """A text without its blanks: lines break anywhere."""
    return "".join(text.split())


@pytest.mark.libreoffice
def test_it_is_tagged_and_says_its_language(pdf: PdfReader) -> None:
    root = pdf.root_object
    assert cast(DictionaryObject, root["/MarkInfo"])["/Marked"]
    assert root["/Lang"] == "es-BO"


def test_no_pdf_is_replaced_unasked(municipality: list[Written], tmp_path: Path) -> None:
    written, there = municipality[1], tmp_path / "i.pdf"
    there.write_bytes(b"de otro")
    with pytest.raises(poa_xl.WrongUseError, match="ya existe"):
        poa_xl.write_report(written.master, tmp_path / "i.docx", written.entity, pdf=there)
    assert [p.name for p in tmp_path.iterdir()] == ["i.pdf"]
    with pytest.raises(poa_xl.WrongUseError, match=r"debe terminar en \.pdf"):
        poa_xl.write_report(written.master, tmp_path / "i.docx", written.entity, pdf=tmp_path / "i.txt")


def test_without_libreoffice_the_way_out_is_said_and_nothing_is_written(
    municipality: list[Written], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_programs, "find", lambda _: None)
    with pytest.raises(poa_xl.PoaError, match="desde Word"):
        poa_xl.write_report(municipality[1].master, tmp_path / "i.docx", municipality[1].entity, pdf=tmp_path / "i.pdf")
    assert list(tmp_path.iterdir()) == []


# --- of a document that somebody edited ---------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_what_is_verified_is_printed_and_nothing_else_is(
    libreoffice: LibreOffice, municipality: list[Written], tmp_path: Path
) -> None:
    assert libreoffice
    written, edited, target = municipality[1], tmp_path / "editado.docx", tmp_path / "i.pdf"
    document = Document(str(written.report))
    document.paragraphs[5].insert_paragraph_before("Firmado en la ciudad de Villa Lúcuma.")
    document.save(str(edited))
    done = poa_xl.verify_report(edited, written.master, pdf=target)
    assert done.holds
    assert done.pdf == target
    printed = [page.extract_text() for page in PdfReader(target).pages]
    assert "Villa Lúcuma." in "".join(printed)
    assert [m["page"] for m in _ENTRY.finditer(printed[1])]  # its contents have pages
    document.paragraphs[6].insert_paragraph_before("La meta es de 99,87 %.")
    document.save(str(edited))
    target.unlink()
    done = poa_xl.verify_report(edited, written.master, pdf=target)
    assert (done.holds, done.pdf, target.exists()) == (False, None, False)
    target.write_bytes(b"de otro")
    with pytest.raises(poa_xl.WrongUseError, match="ya existe"):
        poa_xl.verify_report(edited, written.master, pdf=target)


@pytest.mark.libreoffice
def test_nothing_that_a_document_does_not_hold_is_asked_for(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """A picture of another computer and one of this one, which LibreOffice takes in where nobody forbids it."""
    assert libreoffice
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    here = tmp_path / "secreto.png"
    here.write_bytes(base64.b64decode(ONE_PIXEL))
    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with pytest.raises(urllib.error.HTTPError):  # it hears what is asked
            urllib.request.urlopen(f"{address}/oye")
        printed = {name: pdf_writer.content(with_picture(tmp_path, name, target)) for name, target in {
            "dentro": None, "red": f"{address}/foto.png", "disco": here.as_uri(),
        }.items()}  # fmt: skip
        server.shutdown()
    assert asked == ["/oye"]
    pictures = {
        name: sum(len(page.images) for page in PdfReader(io.BytesIO(made)).pages) for name, made in printed.items()
    }
    assert pictures == {"dentro": 1, "red": 0, "disco": 0}


ONE_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def with_picture(folder: Path, name: str, target: str | None) -> bytes:
    """A document with a picture in it, or with one that lies elsewhere."""
    document, place = Document(), folder / f"{name}.docx"
    document.add_picture(io.BytesIO(base64.b64decode(ONE_PIXEL)))
    document.save(str(place))
    if target is None:
        return place.read_bytes()
    parts = packages.apart(place.read_bytes())
    relations = "word/_rels/document.xml.rels"
    parts[relations], times = re.subn(
        rb'Target="media/image1.png"', b'Target="%s" TargetMode="External"' % target.encode(), parts[relations]
    )
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"r:embed=", b"r:link=")
    assert times == 1
    return packages.together({part: data for part, data in parts.items() if "media/" not in part})
