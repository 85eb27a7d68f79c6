"""The report as one page: the same figures as the Word document, each with its trail, for the eye, the keyboard and paper."""

import html
import json
import math
import re
from collections.abc import Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, strategies as st
from playwright.sync_api import Page

import poa_xl
from poa_xl import names
from poa_xl.report.page import svg, writer
from tests import axe, report_books
from tests.pages import Open
from tests.places import at, cell_at
from tests.report_books import Written, controls
from tests.test_report import IN_WORDS, INVENTORY

together = pytest.mark.xdist_group("report-page")  # who reads the pages, and looks at them in a browser


class Parsed(HTMLParser):
    """What a page holds: its words, its figures by id, the addresses that it names, and its blocks of data."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.figures: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.words = ""
        self._figure = self._in = ""
        self._scripts: dict[str, str] = {}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.addresses += [value for key, value in given.items() if key in ("href", "src", "action", "data", "srcset")]
        self.ids |= {given["id"]} if "id" in given else set()
        self._figure = given.get("data-cifra", "")
        self._in = given.get("id", tag) if tag in ("script", "style") else ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self._scripts[self._in] = self._scripts.get(self._in, "") + data
            return
        self.words += data
        if self._figure:
            self.figures.append((self._figure, data))
            self._figure = ""

    @property
    def trails(self) -> Any:
        return json.loads(self._scripts["datos"])


@pytest.fixture(scope="session")
def pages(ministry: Written, municipality: list[Written]) -> list[Path]:
    """The pages of the ministry's second quarter, and of the municipality's year."""
    return [own.said.html for own in (ministry, *municipality) if own.said.html]


@cache
def parsed(path: Path) -> Parsed:
    return Parsed(path)


@pytest.mark.slow
@together
def test_the_page_of_the_second_quarter_has_all_44_items(pages: list[Path], ministry: Written) -> None:
    page, document = parsed(pages[0]), report_books.text(ministry.report)
    captions = re.findall(r"^(?:Cuadro|Gráfico|Diagrama|Figura) \d+\. .+$", document, re.MULTILINE)
    assert len(captions) >= 60
    words = " ".join(page.words.split())
    assert [caption for caption in captions if " ".join(caption.split()) not in words] == []
    texts = [part for item in INVENTORY for part in IN_WORDS.get(int(item["orden"]), [])]
    assert [part for part in texts if " ".join(part.split()) not in words] == []


@pytest.mark.slow
@together
def test_it_shows_the_figures_of_the_word_document_and_of_the_board(
    pages: list[Path], ministry: Written, municipality: list[Written]
) -> None:
    for page, own in zip(pages, (ministry, *municipality), strict=True):
        register = report_books.register(own.report)
        quoted = re.compile(r"^Datos_Resultados!")
        bound = [(register[tag], text) for tag, text in controls(own.report) if not quoted.match(register[tag])]
        shown = parsed(page).figures
        assert sorted(bound) == sorted(shown[len(shown) - len(bound) :])
        before = shown[: len(shown) - len(bound)]  # what the entity reached, the board and the units
        sigla = poa_xl.open_entity(own.entity).entidad.sigla
        assert {(one.rpartition(".")[0].rpartition(".")[2], one.startswith(f"{sigla}.")) for one, _ in before} == {
            ("avance", True),
            ("semaforo", True),
            ("ejecucion", True),
            ("avance", False),
            ("semaforo", False),
        }
        values = dict(bound)
        assert all(values.get(figure, text) == text for figure, text in before)


@pytest.mark.slow
@together
def test_every_figure_with_an_id_has_its_trail_down_to_the_cells_of_the_files(
    pages: list[Path], municipality: list[Written]
) -> None:
    for page, own in zip(pages[1:], municipality, strict=True):
        data = parsed(page).trails
        asked = {figure for figure, _ in parsed(page).figures if "!" not in figure and not figure.endswith(".anterior")}
        assert asked <= data["pasos"].keys()
        for step in data["pasos"].values():
            assert {part for part in step.get("p", ()) if isinstance(part, str)} <= data["pasos"].keys()
        book = openpyxl.load_workbook
        opened = {name: book(own.entity.parent / "entregas" / name) for name, _ in data["archivos"] if name[0] == "U"}
        assert len(opened) >= 10
        read = 0
        for (file, sheet, row), task, *months in data["tareas"]:
            page_of = opened[data["archivos"][file][0]][sheet]
            assert page_of[f"C{row}"].value == task
            for side, values in zip(data["columnas"], months, strict=True):
                for (_, letters), value in zip(side, values, strict=True):
                    assert number(page_of[f"{letters}{row}"].value) == value
                    read += 1
        assert read > 400


def number(value: object) -> str:
    """A number with a decimal comma and the decimals that it has, as it was typed."""
    if value is None:
        return ""
    return f"{value:.10g}".replace(".", ",") if isinstance(value, int | float) else str(value)


@pytest.mark.slow
@together
def test_nothing_in_the_page_leads_elsewhere(pages: list[Path]) -> None:
    for path in pages:
        page = parsed(path)
        assert {address[:1] for address in page.addresses} == {"#"}
        assert {address[1:] for address in page.addresses} <= page.ids
        text = path.read_text(encoding="utf-8")
        assert "url(" not in text
        assert "default-src 'none'" in html.unescape(text)


@pytest.mark.slow
@together
def test_the_same_report_gives_the_same_page_and_it_is_known_as_ours(
    pages: list[Path], municipality: list[Written], tmp_path: Path
) -> None:
    own = municipality[1]
    again = poa_xl.write_report(own.master, tmp_path / "i.docx", own.entity, html=tmp_path / "i.html").html
    assert again
    content = again.read_bytes()
    assert content == pages[2].read_bytes()
    assert writer.origin(content).documento == names.REPORT_VALUE
    assert writer.origin(content).periodo == (2024, 2)
    assert writer.origin(content.replace(b"Contenido", b"Otra cosa")).saved
    assert poa_xl.write_report(own.master, tmp_path / "i.docx", own.entity, html=again).html == again
    again.write_text("<p>suya", encoding="utf-8")
    with pytest.raises(poa_xl.WrongUseError):
        poa_xl.write_report(own.master, tmp_path / "i.docx", own.entity, html=again, force=True)
    with pytest.raises(poa_xl.WrongUseError, match=r"\.html"):
        poa_xl.write_report(own.master, tmp_path / "i.docx", own.entity, html=tmp_path / "i.pdf")


@pytest.mark.slow
def test_harmful_texts_are_texts_and_lines_are_lines(tmp_path: Path) -> None:
    harm = "</script><script>alert(1)</script>\u202e"
    year = poa_xl.write_demo(tmp_path / "muni", sample="municipio").quarters[1]
    book = openpyxl.load_workbook(year / "entregas" / "UAGU.xlsx")
    cell_at(book, at("Tareas", "Tarea")).value = harm
    cell_at(book, at("Resultados", "Principales resultados")).value = f"Primera línea\nSegunda línea {harm}"
    book.save(year / "entregas" / "UAGU.xlsx")
    report_books.write(year / "entregas", year / "entidad.xlsx", 2, tmp_path)
    master, page = tmp_path / "evaluacion-2T.xlsx", tmp_path / "i.html"
    poa_xl.write_report(master, tmp_path / "i.docx", year / "entidad.xlsx", html=page)
    text = page.read_text(encoding="utf-8")
    assert len(re.findall("<script", text)) == 3
    assert "\u202e" not in text
    assert harm[:10] in json.dumps(Parsed(page).trails["tareas"])
    assert "Primera línea\nSegunda línea </script>" in Parsed(page).words  # its lines are no harm


# --- in a browser -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@together
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_a_trail_and_without(
    open_page: Open, pages: list[Path], axe_program: str, scheme: str
) -> None:
    page = open_page(pages[2], color_scheme=scheme)
    assert axe.violations(page, axe_program) == []
    open_trail(page, "GAMVLA.avance.t2")
    assert axe.violations(page, axe_program, fewest=10) == []


def open_trail(page: Page, figure: str) -> None:
    """Opens the trail of a figure with the keyboard, and the first part of each level below it."""
    page.locator(f"[data-cifra='{figure}']").first.focus()
    page.keyboard.press("Enter")
    place = 0
    while place < page.locator("#rastro summary").count() and place < 8:
        page.locator("#rastro summary").nth(place).press("Enter")
        # What is below is made once the browser tells that it was opened, a moment later.
        page.wait_for_function("n => document.querySelectorAll('#rastro details')[n].dataset.made", arg=place)
        place += 1


@pytest.mark.slow
@together
def test_a_trail_goes_from_the_entity_to_a_cell_and_back_by_keyboard(
    open_page: Open, pages: list[Path], municipality: list[Written]
) -> None:
    page = open_page(pages[2])
    open_trail(page, "GAMVLA.avance.t2")
    said = page.locator("#rastro").inner_text()
    explained = poa_xl.explain(municipality[1].master, "GAMVLA.avance.t2")
    for part in (explained.tree, explained.tree.parts[0], explained.tree.parts[0].parts[0]):
        assert part.title in said
        assert part.shown in said
        assert part.said in said
        assert str(part.place) in said
    assert re.search(r"Archivo: U\w+\.xlsx, hoja Tareas, fila \d+ SHA-256 [0-9a-f]{64}", said)
    assert re.search(r"Ejec\. abr \S+ T\d+", said)
    page.keyboard.press("Escape")
    assert not page.locator("#rastro").is_visible()
    assert page.evaluate("document.activeElement.dataset.cifra") == "GAMVLA.avance.t2"


@pytest.mark.slow
@together
def test_no_request_leaves_the_page_and_nothing_complains(open_page: Open, pages: list[Path]) -> None:
    page = open_page(pages[0])
    open_trail(page, "MRE.avance.t2")
    assert open_page.requests[page] == [pages[0].as_uri()]
    assert open_page.complaints[page] == []


@pytest.mark.slow
@together
def test_tables_sort_by_numbers_and_keep_their_totals_below(open_page: Open, pages: list[Path]) -> None:
    page = open_page(pages[2])
    table = page.locator("figure.cuadro").filter(has_text="Desempeño por objetivo: primer semestre").first
    head = table.get_by_role("button", name="Avance físico (%)")
    head.click()
    assert table.locator("[aria-sort=ascending]").count() == 1
    up = shown_numbers(table.locator("tbody tr:not(.total) td:nth-child(6)").all_inner_texts())
    assert up == sorted(up)
    assert len(set(up)) > 3
    head.click()
    assert shown_numbers(table.locator("tbody tr:not(.total) td:nth-child(6)").all_inner_texts()) == up[::-1]
    assert "total" in (table.locator("tbody tr").last.get_attribute("class") or "")


def shown_numbers(texts: Sequence[str]) -> list[float]:
    return [float(text.replace(".", "").replace(",", ".")) for text in texts]


@pytest.mark.slow
@together
def test_a_filter_leaves_the_rows_that_have_its_words_and_says_how_many(open_page: Open, pages: list[Path]) -> None:
    page = open_page(pages[2])
    table = page.locator("figure.cuadro").filter(has_text="Desempeño por objetivo: primer semestre").first
    table.get_by_role("searchbox").fill("ATENCION de salud")
    assert table.locator("tbody tr:visible").count() == 1
    assert table.get_by_role("status").inner_text() == "1 de 9 filas"
    table.get_by_role("searchbox").fill("")
    assert table.locator("tbody tr:visible").count() == 9


@pytest.mark.slow
@together
def test_without_its_script_the_page_is_read_whole_and_on_paper_without_controls(
    open_page: Open, pages: list[Path], tmp_path: Path
) -> None:
    page = open_page(pages[2], java_script_enabled=False)
    assert page.get_by_text("Conclusiones y recomendaciones").count() > 1
    assert page.locator(".mandos:visible").count() == 0
    printing = open_page(pages[2])
    printing.emulate_media(media="print")
    assert printing.locator(".mandos:visible, nav:visible").count() == 0


# --- drawings ---------------------------------------------------------------------------------------------------


@given(st.lists(st.floats(-1e12, 1e12, allow_nan=False), min_size=1, max_size=20), st.booleans())
@example([-1e9, -999_999_999.9999999], False)
@example([1e12, math.nextafter(1e12, 2e12)], False)
@example([5e-324, 0.0], True)
@example([6.0, -5e-324], False)
@example([6.0, -5e-324], True)
@example([100.0], False)
def test_a_scale_holds_all_values_between_round_marks(values: list[float], from_zero: bool) -> None:
    found = svg.scale(values, from_zero=from_zero)
    assert 2 <= len(found.marks()) <= 9
    assert all(-1e-6 <= found.part(value) <= 1 + 1e-6 for value in values)
    if from_zero:
        assert found.low <= 0 <= found.high
        assert min(abs(mark) for mark in found.marks()) <= found.step * 1e-6


@pytest.mark.slow
@together
def test_the_drawings_show_every_value_of_the_charts_and_no_other(pages: list[Path], ministry: Written) -> None:
    page = pages[0].read_text(encoding="utf-8")
    drawings = re.findall(r"<svg class=.grafico.*?</svg>", page, re.DOTALL)
    charts = report_books.as_read(ministry.report).written_charts
    assert len(drawings) == len(charts)
    for drawing, chart in zip(drawings, charts, strict=True):
        shapes = len(re.findall(r"<(?:rect|circle) ", drawing))
        assert shapes == sum(value is not None for series in chart.series for value in series.values)
