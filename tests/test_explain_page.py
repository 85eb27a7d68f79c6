"""The page of a figure: one file that needs nothing else, for the eye, the keyboard, a screen reader and paper."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import poa_xl
from poa_xl import names
from poa_xl.errors import WrongUseError
from poa_xl.explanation import page as writer
from tests import axe, test_master
from tests.explained import Made
from tests.pages import Open
from tests.test_evaluation import accepted_of, factory_data

pytestmark = pytest.mark.slow

in_browser = pytest.mark.xdist_group("explain-page")
FIGURE = "area:SMAF.avance.t2"


@pytest.fixture(scope="module")
def written(of_municipality: list[Made], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of an area, checked with its files."""
    made = of_municipality[1]
    found = poa_xl.explain(made.master, FIGURE).check(made.sent)
    return found.write_html(tmp_path_factory.mktemp("page") / "cifra.html").path


class _Addresses(HTMLParser):
    """What a page asks for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [str(value) for name, value in attrs if name in ("href", "src", "action", "data", "srcset")]


def test_nothing_in_the_page_leads_elsewhere(written: Path) -> None:
    text = written.read_text(encoding="utf-8")
    assert set(_Addresses(text).found) == {"#desglose"}
    assert "url(" not in text
    assert "default-src 'none'" in html.unescape(text)


def test_the_same_figure_gives_the_same_page_and_it_is_known_as_ours(
    of_municipality: list[Made], tmp_path: Path
) -> None:
    found = poa_xl.explain(of_municipality[1].master, FIGURE)
    one, other = (found.write_html(tmp_path / name).path.read_bytes() for name in ("a.html", "b.html"))
    assert one == other
    assert writer.origin(one).documento == names.EXPLANATION_VALUE
    assert writer.origin(one).periodo == (2024, 2)
    assert not writer.origin(one).saved
    assert writer.origin(one.replace(b"Desglose", b"Otra cosa")).saved
    assert writer.origin(b"<!DOCTYPE html><p>otra").documento == ""


def test_a_page_of_somebody_else_is_not_replaced(of_municipality: list[Made], tmp_path: Path) -> None:
    found = poa_xl.explain(of_municipality[1].master, FIGURE)
    (tmp_path / "suya.html").write_text("<p>suya")
    with pytest.raises(WrongUseError):
        found.write_html(tmp_path / "suya.html")
    with pytest.raises(WrongUseError, match=r"\.html"):
        found.write_html(tmp_path / "cifra.pdf")
    found.write_html(found.write_html(tmp_path / "cifra.html").path)


def test_harmful_texts_are_texts(tmp_path: Path) -> None:
    data = factory_data(2)
    for row in data["DGAA"]["tareas"]:
        row["tarea"] = "<script>alert(1)</script>\x1b\u202e"
    master = test_master.write(tmp_path / "m.xlsx", 2, accepted_of(data))
    text = poa_xl.explain(master, "unidad:DGAA.avance.t2").write_html(tmp_path / "c.html").path.read_text("utf-8")
    assert text.count("<script>") == 1
    assert "&lt;script&gt;alert(1)" in text
    assert not set(text) & {"\x1b", "\u202e"}


@in_browser
def test_no_request_leaves_the_page_and_nothing_complains(open_page: Open, written: Path) -> None:
    page = open_page(written)
    page.get_by_role("button", name="Desplegar todo", exact=True).click()
    assert open_page.requests[page] == [written.as_uri()]
    assert open_page.complaints[page] == []


@in_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(open_page: Open, written: Path, axe_program: str, scheme: str) -> None:
    page = open_page(written, color_scheme=scheme)
    assert axe.violations(page, axe_program) == []
    page.get_by_role("button", name="Desplegar todo", exact=True).click()
    assert axe.violations(page, axe_program) == []
    if scheme == "light":
        page.evaluate("document.querySelector('h1').remove()")
        assert len(axe.violations(page, axe_program)) == 1  # and it would say so


@in_browser
def test_the_keyboard_alone_opens_a_step(open_page: Open, written: Path) -> None:
    page = open_page(written)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ir al desglose"
    page.keyboard.press("Enter")
    first = page.locator(".arbol > li > details").first
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    before = first.evaluate("one => one.open")
    page.keyboard.press("Enter")
    assert first.evaluate("one => one.open") is not before


@in_browser
def test_without_its_script_every_step_is_there_and_opens(open_page: Open, written: Path) -> None:
    page = open_page(written, java_script_enabled=False)
    assert not page.get_by_role("button").count()
    summary = page.locator(".arbol summary").first
    summary.click()
    assert page.locator(".arbol .paso .regla, .arbol .paso .lugar").first.is_visible()
    assert page.locator(".huella").count() > 3


@in_browser
def test_the_file_and_the_cells_of_a_task_stand_below_its_operation(open_page: Open, written: Path) -> None:
    page = open_page(written)
    page.get_by_role("button", name="Desplegar todo", exact=True).click()
    row = page.locator(".paso").filter(has=page.locator(".celdas")).last.inner_text()
    assert re.search(r"U\w{3}\.xlsx, hoja Tareas, fila \d+", row)
    assert re.search(r"Ejec\. \w{3} [\d.,]+ [A-Z]+\d+", row)
    assert "Comprobada" in page.locator(".bien").inner_text()


@in_browser
@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_window_scrolls_sideways(open_page: Open, written: Path, width: int) -> None:
    page = open_page(written, width=width)
    page.get_by_role("button", name="Desplegar todo", exact=True).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@in_browser
def test_on_paper_there_is_what_is_open_and_no_button(open_page: Open, written: Path) -> None:
    page = open_page(written)
    page.get_by_role("button", name="Plegar todo", exact=True).click()
    folded = len(re.findall(rb"/Type /Page\b(?!s)", page.pdf(prefer_css_page_size=True)))
    page.get_by_role("button", name="Desplegar todo", exact=True).click()
    page.emulate_media(media="print")
    assert not page.locator(".mandos").is_visible()
    whole = len(re.findall(rb"/Type /Page\b(?!s)", page.pdf(prefer_css_page_size=True)))
    assert 1 <= folded < whole <= 12
