"""The receipt: a number that shows when it was copied wrong, and the same words whenever it is written."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from poa_xl.api.campaign import Campaign
from poa_xl.campaign import folder, intake, receipt_number, receipts
from poa_xl.campaign.intake import Orden
from poa_xl.campaign.records import Entrega
from poa_xl.cli import poa_xl
from poa_xl.sheets import MESES
from tests import campaign_books as books
from tests.places import at

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("digits", "check"), [("0794", 5), ("79462", 3)])
def test_the_check_digit_is_that_of_iso_7064(digits: str, check: int) -> None:
    """The examples of the standard (0794 5) and of its Croatian use in python-stdnum (79462 3)."""
    assert receipt_number.check_digit(digits) == check


def test_every_digit_misread_is_seen() -> None:
    for numero in (1, 42, 999, 1234):
        good = receipt_number.number(2024, 2, numero)
        assert receipt_number.well_formed(good)
        for place, digit in ((p, d) for p, d in enumerate(good) if d.isdigit()):
            wrong = [good[:place] + other + good[place + 1 :] for other in "0123456789" if other != digit]
            assert not any(receipt_number.well_formed(w) for w in wrong)


def test_a_number_tells_its_quarter_and_place() -> None:
    assert receipt_number.number(2024, 2, 42)[:-1] == "2024-2T-0042-"
    assert not receipt_number.well_formed("2024-2T-42")
    assert not receipt_number.well_formed("")


def numbers(place: Path) -> list[str]:
    """The numbers of all receipts of a campaign, in their order."""
    with folder.opened(place) as campana:
        return [e.acuse for e in campana.ledger.rows(Entrega)]


class Page(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def received(tmp_path: Path, name: str, content: bytes) -> tuple[Path, str, str]:
    """(campaign, text, html) of the receipt of a file."""
    place = books.campaign(tmp_path)
    sent = tmp_path / name
    sent.write_bytes(content)
    with folder.opened(place) as campana:
        recibo = intake.receive(campana, sent, Orden("<b>Ana</b>", books.BEFORE))
        assert recibo.entrega is not None
        acuse = receipts.of(campana, recibo.entrega)
    return place, receipts.as_text(acuse), receipts.as_html(acuse)


def test_a_receipt_says_what_came_and_what_became_of_it(tmp_path: Path) -> None:
    content = books.book(tmp_path / "x" / "DGRB.xlsx", "DGRB").read_bytes()
    _, text, html = received(tmp_path, "el libro.xlsx", content)
    import hashlib

    for said in (
        receipt_number.number(2024, 2, 1),
        "DGRB, Dirección General de Relaciones Bilaterales",
        "05/07/2024 09:30:00 (UTC-04:00)",
        "el libro.xlsx",
        hashlib.sha256(content).hexdigest(),
        "sin sello",
        "aceptada con avisos; es la primera de la unidad",
        "TAR-005",
    ):
        assert said in text
        assert said in Page(html).text


def test_a_strangers_file_name_is_text_and_nothing_else(tmp_path: Path) -> None:
    name = '<img src=x onerror=alert(1)>&"\x1b[2J\u202e.xlsx'
    _, text, html = received(tmp_path, name, b"nada")
    page = Page(html)
    assert "img" not in page.tags
    assert not any(attribute.startswith("on") or attribute in ("src", "href") for attribute, _ in page.attributes)
    assert "<img src=x onerror=alert(1)>" in page.text
    assert "<b>Ana</b>" in page.text
    for shown in (text, html):
        assert all(ch.isprintable() or ch == "\n" for ch in shown)


def test_quotation_marks_are_written_as_in_the_receipts_that_were_issued() -> None:
    """Their fingerprints are in ledgers. The template engine by itself writes `&#34;` and `&#39;`."""
    acuse = receipts.Acuse("1", (("Unidad", 'O\'Higgins "{{ 7*7 }}" & Cía.'),), (), (), 0)
    assert "<td>O&#x27;Higgins &quot;{{ 7*7 }}&quot; &amp; Cía.</td>" in receipts.as_html(acuse)
    assert 'Unidad:                   O\'Higgins "{{ 7*7 }}" & Cía.\n' in receipts.as_text(acuse)


def test_the_page_needs_nothing_else(tmp_path: Path) -> None:
    _, _, html = received(tmp_path, "a.xlsx", b"nada")
    assert Page(html).tags.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert not re.search(r"https?:|url\(|@import", html)
    assert "default-src 'none'" in html
    assert "@page" in html


def test_a_receipt_written_again_says_the_same_whatever_came_later(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    first = books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB")
    assert not Campaign(place).receive(first, by="Ana").failed
    (number,) = numbers(place)
    written = {p: p.read_bytes() for p in (place / "acuses").iterdir()}
    assert {p.name for p in written} == {f"{number}.txt", f"{number}.html"}
    second = books.book(tmp_path / "2" / "DGRB.xlsx", "DGRB", {books.MONTH: 7})
    Campaign(place).receive(second, by="Ana")
    done = CliRunner().invoke(
        poa_xl,
        ["waive", "TAR-005", "--campaign", str(place), "--unit", "DGRB", "--by", "A", "--reason", "b",
         "--until", "2099-01-01"],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    for path in written:
        path.unlink()
    done = CliRunner().invoke(poa_xl, ["receipt", number, "--campaign", str(place)])
    assert done.exit_code == 0
    assert {p: p.read_bytes() for p in written} == written
    later = (place / "acuses" / f"{numbers(place)[1]}.txt").read_text(encoding="utf-8")
    assert f"reemplaza a la del acuse {number}" in later
    assert "Tareas: 1 celda cambiada" in later
    assert f"{books.written(books.MONTH)} Prog. ene: «1» → «7»" in later


def test_a_number_copied_wrong_is_wrong_usage(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    wrong = receipt_number.number(2024, 2, 1)[:-1] + "0"
    assert not receipt_number.well_formed(wrong)
    done = CliRunner().invoke(poa_xl, ["receipt", wrong, "--campaign", str(place)])
    assert (done.exit_code, "el último dígito" in done.output) == (2, True)


LABELS = [
    "Número", "Entidad", "Periodo", "Unidad", "Recibido", "Recibió", "Archivo", "Guardado como", "Tamaño",
    "Huella SHA-256", "Sello de la entrega", "Versión de la plantilla", "Estado", "Filas aceptadas", "Observaciones",
]  # fmt: skip
EXPLAINED = (
    "La cifra anterior a los dos caracteres finales del número comprueba a las demás; esos dos salen de lo que dice el registro. "
    "La huella identifica el contenido exacto del archivo: «sha256sum ARCHIVO» (en Windows, «certutil -hashfile ARCHIVO SHA256») "
    "debe dar la misma. La cabeza de la cadena identifica todo lo que el registro decía hasta aquí: guarde este acuse, pues con "
    "ella «poa-xl status --check --head CABEZA» comprueba que nada de eso cambió después. Un error deja fuera la fila o el "
    "archivo; un aviso, no; lo exceptuado se aceptó."
)


def test_the_words_of_a_receipt_do_not_change_without_another_number_of_its_form(tmp_path: Path) -> None:
    """Receipts in offices are compared word for word: with other words they would look as if somebody had changed them."""
    assert receipts.FORM == 2, "this test holds the words of form 2: give it those of the new form"
    content = books.book(tmp_path / "x" / "DGRB.xlsx", "DGRB").read_bytes()
    _, text, _ = received(tmp_path, "DGRB.xlsx", content)
    lines = text.splitlines()
    assert lines[:2] == ["ACUSE DE RECIBO", ""]
    head = lines[2 : lines.index("", 2)]
    assert [line.split(":")[0] for line in head] == [*LABELS, "Cabeza de la cadena"]
    assert lines[-1] == EXPLAINED


@pytest.fixture
def with_other_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign with a receipt, which a later program would word in another way."""
    place = books.campaign(tmp_path)
    assert not Campaign(place).receive(books.book(tmp_path / "DGRB.xlsx", "DGRB"), by="Ana").failed
    monkeypatch.setattr(receipts, "FORM", receipts.FORM + 1)
    monkeypatch.setattr("poa_xl.messages.ledger.EXPLAINED", "En otras palabras.")
    return place


def test_a_receipt_in_the_words_of_an_earlier_form_is_as_it_was_issued(with_other_words: Path) -> None:
    place, (number,) = with_other_words, numbers(with_other_words)
    before = {p: p.read_bytes() for p in (place / "acuses").iterdir()}
    order = ["--campaign", str(place)]
    assert CliRunner().invoke(poa_xl, ["status", *order, "--check"]).exit_code == 0
    assert CliRunner().invoke(poa_xl, ["receipt", number, *order]).exit_code == 0
    assert {p: p.read_bytes() for p in before} == before
    changed = place / "acuses" / f"{number}.txt"
    changed.write_bytes(before[changed] + b" ")
    assert CliRunner().invoke(poa_xl, ["status", *order, "--check"]).exit_code == 1
    changed.unlink()
    refused = CliRunner().invoke(poa_xl, ["receipt", number, *order])
    assert "lo dice con otras palabras" in str(refused.exception)
    assert not changed.exists()


def test_many_findings_of_one_code_take_one_line(tmp_path: Path) -> None:
    typed = [
        at("Tareas", f"{stem} {mes}") for stem, months in (("Prog.", MESES), ("Ejec.", MESES[:2])) for mes in months
    ]
    content = books.book(tmp_path / "x" / "DGRB.xlsx", "DGRB", dict.fromkeys(typed, "muchos")).read_bytes()
    _, text, _ = received(tmp_path, "DGRB.xlsx", content)
    (line,) = [line for line in text.splitlines() if "CEL-002" in line]
    assert f"{books.cell(typed[0])}, {books.cell(typed[1])}" in line
    assert "y 2 más" in line
