"""The board as a page: in a real Chromium, alone, by keyboard, by ear, in the dark, on a small screen and on paper."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from poa_xl import __version__, cells, names
from poa_xl.campaign import folder
from poa_xl.campaign.board import STATES, Tablero, UnitStatus
from poa_xl.cli import poa_xl
from poa_xl.errors import PoaError
from poa_xl.messages import board as words
from poa_xl.reading.provenance import numbers
from poa_xl.writers.board import page as writer
from tests import axe, board_examples, campaign_books as books
from tests.pages import Open
from tests.test_campaign_board import receive, run
from tests.web_browser import hosted

pytestmark = pytest.mark.slow

in_browser = pytest.mark.xdist_group("board-page")


def written(place: Path, tablero: Tablero) -> Path:
    path = place / "tablero.html"
    writer.write_page(path, tablero)
    return path


class _Reader(HTMLParser):
    """The elements and the visible text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


# --- what the file holds ------------------------------------------------------------------------------------


def test_the_same_board_gives_the_same_page(tmp_path: Path) -> None:
    first = written(tmp_path, board_examples.usual()).read_bytes()
    assert written(tmp_path, board_examples.usual()).read_bytes() == first
    assert "Según el registro hasta el 15/07/2024 18:03:20 (UTC-04:00)." in first.decode()


def test_harmful_texts_are_texts(tmp_path: Path) -> None:
    harmless, harmful = board_examples.usual(109), board_examples.hostile()
    plain = _Reader(written(tmp_path, harmless).read_text("utf-8"))
    bad = _Reader(written(tmp_path, harmful).read_text("utf-8"))
    allowed = {name for _, attributes in plain.tags for name in attributes}
    assert {tag for tag, _ in bad.tags} == {tag for tag, _ in plain.tags}, "no element that the page does not have"
    assert {name for _, attributes in bad.tags for name in attributes} <= allowed
    for text in board_examples.HOSTILE:
        assert cells.visible(text) in bad.text
    content = written(tmp_path, harmful).read_text("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", content)
    assert "{{ 7 * 7 }}" in bad.text


def test_nothing_in_the_page_leads_elsewhere(tmp_path: Path) -> None:
    found = _Reader(written(tmp_path, board_examples.hostile()).read_text("utf-8"))
    leading = [value for _, a in found.tags for name, value in a.items() if name in ("href", "src", "action", "srcset")]
    assert leading
    assert [value for value in leading if not (value or "").startswith("#")] == []
    (policy,) = [a["content"] for _, a in found.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_a_page_that_a_person_changed_is_known(tmp_path: Path) -> None:
    content = written(tmp_path, board_examples.usual()).read_bytes()
    changed = content.replace("Unidad número 1".encode(), b"Nota: llamar")
    first = writer.origin(content)
    assert (first.documento, first.periodo, first.saved) == (names.BOARD_VALUE, (2024, 2), False)
    assert first.version == numbers(__version__)
    for touched in (changed, content + b"<p>nota", content.replace(b" -->\n", b""), content.replace(b"\n", b"\r\n")):
        assert (writer.origin(touched).documento, writer.origin(touched).saved) == (names.BOARD_VALUE, True)
    assert writer.origin(b"<!DOCTYPE html><p>otra").documento == ""


# --- in the browser -----------------------------------------------------------------------------------------


def shown(page: Page) -> list[str]:
    """The codes of the units that are to be seen, in their order."""
    codes: list[str] = page.eval_on_selector_all(
        "#lista tbody tr",
        "rows => rows.filter(r => r.checkVisibility()).map(r => r.querySelector('.codigo').textContent)",
    )
    return codes


def said(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def focused(page: Page) -> str:
    """What the keyboard is at, in words."""
    found: str = page.evaluate(
        "() => { const at = document.activeElement;"
        " if (at === document.body) return '';"
        " const named = at.getAttribute('aria-labelledby');"
        " const text = named ? document.getElementById(named) : at.closest('label') || at;"
        " return `${at.tagName} ${(text.querySelector(':scope > span:not([class])') || text).textContent.trim()}`; }"
    )
    return found


@in_browser
def test_no_request_leaves_the_page(open_page: Open, tmp_path: Path) -> None:
    path = written(tmp_path, board_examples.hostile())
    page = open_page(path)
    page.get_by_role("checkbox", name="falta").check()
    page.get_by_role("button", name="Estado").click()
    page.wait_for_load_state("networkidle")
    assert open_page.requests[page] == [path.as_uri()]
    assert open_page.complaints[page] == []
    assert page.title().startswith("Tablero de entregas")


@in_browser
def test_the_page_itself_stops_requests_and_foreign_scripts(open_page: Open, tmp_path: Path) -> None:
    path = written(tmp_path, board_examples.usual())
    ask = "url => fetch(url, { mode: 'no-cors' }).then(() => 'answered', () => 'stopped')"
    inject = (
        "() => { const s = document.createElement('script'); s.textContent = 'globalThis.ran = true';"
        " document.body.append(s); return Boolean(globalThis.ran); }"
    )
    with hosted(tmp_path) as url:
        page = open_page(path, offline=False)
        assert page.evaluate(ask, f"{url}/tablero.html") == "stopped"
        assert page.evaluate(inject) is False
        lax = open_page(path, offline=False, bypass_csp=True)
        assert lax.evaluate(ask, f"{url}/tablero.html") == "answered"  # and the tests would see it
        assert open_page.requests[lax] == [path.as_uri(), f"{url}/tablero.html"]
        assert lax.evaluate(inject) is True


@in_browser
def test_without_its_script_the_page_is_the_whole_list(open_page: Open, tmp_path: Path) -> None:
    tablero = board_examples.usual(109)
    path = written(tmp_path, tablero)
    page = open_page(path, java_script_enabled=False)
    assert page.locator("#lista tbody tr").count() == 109
    assert page.locator("#lista tbody tr").last.is_visible()
    assert said(page) == "Se muestran las 109 unidades."
    assert not page.locator("#filtros").is_visible()
    assert page.locator("#lista thead").inner_text().split("\t")[:2] == ["Unidad", "Estado"]


@in_browser
def test_the_filters_show_what_they_say(open_page: Open, tmp_path: Path) -> None:
    tablero = board_examples.usual(40)
    page = open_page(written(tmp_path, tablero))
    assert (shown(page), said(page)) == ([f.unidad for f in tablero.filas], "Se muestran las 40 unidades.")
    page.get_by_role("checkbox", name="falta").check()
    page.get_by_role("checkbox", name="rechazada").check()
    wanted = [f for f in tablero.filas if f.estado in ("falta", "rechazada")]
    assert shown(page) == [f.unidad for f in wanted]
    assert said(page) == f"Se muestran {len(wanted)} de 40 unidades. Filtros: rechazada, falta."
    page.get_by_role("combobox", name="Área").select_option(label="Relaciones Exteriores")
    assert shown(page) == [f.unidad for f in wanted if f.area == "Relaciones Exteriores"] != []
    page.get_by_role("button", name=words.CLEAR).click()
    expect(page.get_by_role("status")).to_have_text("Se muestran las 40 unidades.")
    page.get_by_role("checkbox", name=words.ONLY_LATE).check()
    assert shown(page) == [f.unidad for f in tablero.filas if f.tarde] != []
    page.get_by_role("searchbox", name="Buscar").fill("NUMERO 13 administracion")  # accents and case do not matter
    assert (shown(page), said(page)) == (
        [],
        "Ninguna unidad cumple los filtros. Filtros: solo tarde, «NUMERO 13 administracion».",
    )
    page.get_by_role("checkbox", name=words.ONLY_LATE).uncheck()
    page.get_by_role("searchbox", name="Buscar").fill("embajadas número 14")
    assert (shown(page), said(page)) == (["UNI-014"], "Se muestra 1 de 40 unidades. Filtros: «embajadas número 14».")


@in_browser
def test_areas_of_the_same_name_are_told_apart(open_page: Open, tmp_path: Path) -> None:
    filas = board_examples.usual(8).filas
    same = [replace(f, area="Área", servicio=f"Servicio {i // 4}") for i, f in enumerate(filas)]
    page = open_page(written(tmp_path, board_examples.tablero(same)))
    page.get_by_role("combobox", name="Área").select_option(index=2)
    assert shown(page) == [f.unidad for f in same[4:]]


SORT_KEYS: dict[str, Callable[[UnitStatus], Any]] = {
    "Unidad": lambda f: f.unidad,
    "Estado": lambda f: STATES.index(f.estado),
    "Recibida": lambda f: f.cuando,
    "Versión": lambda f: f.version,  # 10 after 9
    "Errores": lambda f: f.errores,
    "Acuse": lambda f: f.acuse,
}


@in_browser
def test_a_column_sorts_both_ways_and_what_is_missing_goes_last(open_page: Open, tmp_path: Path) -> None:
    tablero = board_examples.usual(40)
    page = open_page(written(tmp_path, tablero))
    for column, key in SORT_KEYS.items():
        there = [f for f in tablero.filas if f.cuando or column in ("Unidad", "Estado")]
        gone = [f.unidad for f in tablero.filas if f not in there]
        head = page.locator("#lista").get_by_role("columnheader", name=column, exact=True)
        assert head.get_attribute("aria-sort") is None
        for direction, back, text in (("ascending", False, "menor a mayor"), ("descending", True, "mayor a menor")):
            head.get_by_role("button").click()
            assert head.get_attribute("aria-sort") == direction
            assert page.locator("[aria-sort]").count() == 1
            assert shown(page) == [f.unidad for f in sorted(there, key=key, reverse=back)] + gone
            assert said(page) == f"Se muestran las 40 unidades. Orden: {column}, de {text}."
    page.get_by_role("button", name=words.CLEAR).click()
    expect(page.get_by_role("status")).to_have_text("Se muestran las 40 unidades.")
    assert page.locator("[aria-sort]").count() == 0
    assert shown(page) == [f.unidad for f in tablero.filas]


@in_browser
def test_the_page_is_used_with_the_keyboard_alone(open_page: Open, tmp_path: Path) -> None:
    tablero = board_examples.usual()
    page = open_page(written(tmp_path, tablero))
    press = page.keyboard.press
    stops = []
    for _ in range(40):
        press("Tab")
        stops.append(focused(page))
        if not stops[-1]:
            break
    columns = [words.PAGE_COLUMNS[name] for name in writer.COLUMNS]
    assert stops == [
        f"A {words.SKIP}",
        f"DIV {words.SUMMARY_CAPTION}",
        *(f"INPUT {name}" for name in (*STATES, words.ONLY_LATE)),
        f"SELECT {words.BY_AREA}",
        f"INPUT {words.BY_TEXT}",
        f"BUTTON {words.CLEAR}",
        f"DIV {words.UNITS_CAPTION}",
        *(f"BUTTON {name}" for name in columns),
        f"DIV {words.WAIVERS_CAPTION}",
        "",
    ]
    press("Tab")
    assert page.locator(".salto").bounding_box()["y"] >= 0  # type: ignore[index]
    press("Enter")
    assert page.evaluate("document.activeElement.id") == "unidades"
    for _ in STATES:
        press("Tab")
    press("Space")
    missing = [f.unidad for f in tablero.filas if f.estado == "falta"]
    assert (shown(page), said(page)) == (missing, f"Se muestran {len(missing)} de 24 unidades. Filtros: falta.")
    press("Tab")
    press("Tab")
    press("ArrowDown")
    first_area = [f.unidad for f in tablero.filas if f.estado == "falta" and f.area == tablero.filas[0].area]
    assert shown(page) == first_area
    press("Tab")
    page.keyboard.type("uni-")
    press("Enter")  # submits nothing
    assert shown(page) == first_area
    press("Tab")
    press("Enter")
    expect(page.get_by_role("status")).to_have_text("Se muestran las 24 unidades.")
    for _ in range(3):
        press("Tab")
    assert focused(page) == "BUTTON Estado"
    press("Enter")
    assert shown(page) == [f.unidad for f in sorted(tablero.filas, key=lambda f: STATES.index(f.estado))]
    assert focused(page) == "BUTTON Estado"


@in_browser
def test_what_the_keyboard_is_at_can_be_seen(open_page: Open, tmp_path: Path) -> None:
    page = open_page(written(tmp_path, board_examples.usual()))
    for _ in range(21):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outline")
        assert re.search(r"solid 3px|3px solid|rgb.* 3px", outline), focused(page)


@in_browser
def test_a_screen_reader_finds_its_way(open_page: Open, tmp_path: Path) -> None:
    tablero = board_examples.usual()
    page = open_page(written(tmp_path, tablero))
    tree = page.locator("html").aria_snapshot()
    assert page.get_attribute("html", "lang") == "es"
    assert len(re.findall(r"heading .*\[level=1\]", tree)) == 1
    for line in (
        f'link "{words.SKIP}"',
        "banner:",
        'heading "Tablero de entregas: segundo trimestre de 2024" [level=1]',
        "main:",
        'heading "En total: 24 unidades" [level=2]',
        f'table "{words.SUMMARY_CAPTION}"',
        f'heading "{words.UNITS_TITLE}" [level=2]',
        f'search "{words.FILTERS}"',
        f'group "{words.BY_STATE}"',
        'checkbox "falta"',
        f'combobox "{words.BY_AREA}"',
        f'searchbox "{words.BY_TEXT}"',
        "status: Se muestran las 24 unidades.",
        f'table "{words.UNITS_CAPTION}"',
        'columnheader "Estado"',
        'rowheader "UNI-020 Unidad número 20"',
        'cell "falta"',
    ):
        assert line in tree, line
    page.get_by_role("button", name="Estado").click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert {th.get_attribute("scope") for th in page.locator("th").all()} == {"col", "row", "rowgroup"}


@in_browser
def test_each_state_has_a_word_and_a_shape_of_its_own(open_page: Open, tmp_path: Path) -> None:
    page = open_page(written(tmp_path, board_examples.usual()))
    found = page.eval_on_selector_all(
        "#lista tbody .estado",
        "all => all.map(e => [e.textContent.trim(), e.querySelector('use').getAttribute('href')])",
    )
    shapes = dict(found)
    assert set(shapes) == set(STATES)
    drawn = {shape: page.locator(shape).inner_html() for shape in shapes.values()}
    assert len(set(drawn.values())) == len(STATES)


@in_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(open_page: Open, tmp_path: Path, axe_program: str, scheme: str) -> None:
    page = open_page(written(tmp_path, board_examples.usual()), color_scheme=scheme)
    assert axe.violations(page, axe_program) == []
    page.get_by_role("checkbox", name="falta").check()
    page.get_by_role("button", name="Estado").click()
    assert axe.violations(page, axe_program) == []
    if scheme == "light":
        page.evaluate("document.querySelector('h1').remove()")
        assert len(axe.violations(page, axe_program)) == 1  # and it would say so


@in_browser
@pytest.mark.parametrize("texts", ["usual", "hostile"])
def test_no_window_scrolls_sideways(open_page: Open, tmp_path: Path, texts: str) -> None:
    page = open_page(written(tmp_path, getattr(board_examples, texts)()))
    for width in (320, 640, 1279, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        last = page.locator("#lista thead button").last
        last.focus()  # the last column can be reached
        box = last.bounding_box()
        assert box
        assert 0 <= box["x"] < width


@in_browser
def test_no_word_is_broken_on_a_telephone(open_page: Open, tmp_path: Path) -> None:
    filas = [replace(f, grupo="Representaciones") for f in board_examples.usual().filas]
    page = open_page(written(tmp_path, board_examples.tablero(filas)), width=375)
    broken = page.eval_on_selector_all(
        ".resumen th bdi, .totales .estado, #lista .codigo, #lista .grupo bdi, #lista .nota",
        "all => all.flatMap(e => [...e.lastChild.data.matchAll(/[^\\s-]+/g)].filter(word => {"
        " const range = document.createRange();"
        " range.setStart(e.lastChild, word.index); range.setEnd(e.lastChild, word.index + word[0].length);"
        " return range.getClientRects().length !== 1; }).map(word => word[0]))",
    )
    assert page.locator(".resumen th bdi").count() == 8
    assert broken == []


@in_browser
def test_what_was_excepted_stands_beside_the_state_and_is_no_aviso(open_page: Open, tmp_path: Path) -> None:
    fila = replace(board_examples.usual().filas[0], unidad="UNI-001", avisos=0, exceptuados=1)
    page = open_page(written(tmp_path, board_examples.tablero([fila])))
    row = page.locator("#lista tbody tr")
    assert "1 observación exceptuada" in row.locator("td").nth(0).inner_text()
    assert row.locator("td").nth(writer.COLUMNS.index("avisos") - 1).inner_text() == "0"


@in_browser
def test_what_no_row_shows_has_a_list_of_its_own(open_page: Open, tmp_path: Path) -> None:
    page = open_page(written(tmp_path, board_examples.usual()))
    found = page.get_by_role("region", name=words.NOT_IN_FORCE_TITLE)
    assert found.get_by_role("listitem").all_inner_texts() == ["UNI-900: 2024-2T-0901-9"]


@in_browser
def test_on_paper_there_is_the_list_and_no_button(open_page: Open, tmp_path: Path) -> None:
    page = open_page(written(tmp_path, board_examples.usual(109)))
    page.emulate_media(media="print")
    assert not page.locator("#filtros").is_visible()
    assert not page.locator(".salto").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('#lista thead button')).display") == "contents"
    assert len(shown(page)) == 109
    content = page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type /Page\b(?!s)", content)) <= 10
    assert set(re.findall(rb"/MediaBox \[([^]]*)\]", content)) == {b"0 0 792 612"}  # letter, lying


# --- the command --------------------------------------------------------------------------------------------


def test_the_command_writes_the_page_and_still_shows_the_board(tmp_path: Path) -> None:
    place, out = books.campaign(tmp_path), tmp_path / "tablero.html"
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB"))
    code, text = run("status", "--campaign", place, "-o", out)
    assert (code, "5 unidades: 1 con avisos, 4 faltan." in text, f"Tablero: {out}" in text) == (0, True, True)
    first = out.read_bytes()
    assert run("status", "--campaign", place, "-o", out)[0] == 0
    assert out.read_bytes() == first
    content = first.decode()
    assert "Consulado General en São Paulo" in content
    assert "Según el registro hasta el 05/07/2024 09:30:00 (UTC-04:00)." in content


def test_the_page_says_when_the_last_thing_was_written_down(tmp_path: Path) -> None:
    place, out = books.campaign(tmp_path), tmp_path / "tablero.html"
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB"), books.AFTER)
    run("status", "--campaign", place, "-o", out)
    assert "Según el registro hasta el 11/07/2024 00:05:00 (UTC-04:00)." in out.read_text("utf-8")


@pytest.mark.parametrize("name", ["tablero.pdf", "tablero", "tablero.htm"])
def test_another_ending_is_wrong_usage(tmp_path: Path, name: str) -> None:
    place = books.campaign(tmp_path)
    code, output = run("status", "--campaign", place, "-o", tmp_path / name)
    assert (code, ".xlsx o .html" in output, (tmp_path / name).exists()) == (2, True, False)


def test_a_page_that_is_not_ours_or_that_a_person_changed_stays(tmp_path: Path) -> None:
    place, out = books.campaign(tmp_path), tmp_path / "tablero.html"
    out.write_text("<p>otra página</p>", "utf-8")
    for force in ([], ["--force"]):
        code, output = run("status", "--campaign", place, "-o", out, *force)
        assert (code, "no es un tablero" in output, out.read_text("utf-8")) == (2, True, "<p>otra página</p>")
    out.unlink()
    run("status", "--campaign", place, "-o", out)
    noted = out.read_text("utf-8").replace("Embajada en Argentina", "Embajada en Argentina (llamar)")
    out.write_text(noted, "utf-8")
    code, output = run("status", "--campaign", place, "-o", out)
    assert (code, "alguien lo guardó" in output, out.read_text("utf-8") == noted) == (2, True, True)
    assert run("status", "--campaign", place, "-o", out, "--force")[0] == 0
    assert "(llamar)" not in out.read_text("utf-8")


def test_nothing_is_written_where_one_of_the_files_cannot_be(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    (tmp_path / "b.html").write_text("otra", "utf-8")
    code, _ = run("status", "--campaign", place, "-o", tmp_path / "a.html", "-o", tmp_path / "b.html")
    assert (code, (tmp_path / "a.html").exists()) == (2, False)


@pytest.mark.parametrize("ending", ["html", "xlsx"])
def test_a_board_of_a_later_quarter_stays_and_then_nothing_is_written(tmp_path: Path, ending: str) -> None:
    later = books.campaign(tmp_path)
    folder.create(tmp_path / "1T", tmp_path / "entidad.xlsx", 1, books.LIMIT, "Ana", books.BEFORE)
    page, other = tmp_path / f"t.{ending}", tmp_path / "primero.html"
    run("status", "--campaign", later, "-o", page)
    before = page.read_bytes()
    code, output = run("status", "--campaign", tmp_path / "1T", "-o", other, "-o", page)
    assert (code, "periodo posterior (2T de 2024)" in output) == (2, True)
    assert (page.read_bytes(), other.exists()) == (before, False)
    assert run("status", "--campaign", tmp_path / "1T", "-o", page, "--force")[0] == 0
    assert run("status", "--campaign", later, "-o", page)[0] == 0  # and the other way round nothing is lost
    assert page.read_bytes() == before


def test_a_page_of_a_newer_program_stays(tmp_path: Path) -> None:
    place, out = books.campaign(tmp_path), tmp_path / "t.html"
    run("status", "--campaign", place, "-o", out)
    newer = out.read_bytes().replace(f" {__version__} ".encode(), b" 99.0.0 ")
    out.write_bytes(newer)
    code, output = run("status", "--campaign", place, "-o", out)
    assert (code, "versión más nueva de poa-xl (99.0.0)" in output, out.read_bytes() == newer) == (2, True, True)


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    place, link = books.campaign(tmp_path), tmp_path / "enlace.html"
    link.symlink_to(tmp_path / "nadie.html")
    code, output = run("status", "--campaign", place, "-o", link)
    assert (code, "es un enlace" in output, link.is_symlink()) == (2, True, True)


@pytest.mark.parametrize("second", ["t.xlsx", "./t.xlsx", "nueva/../t.xlsx"])
def test_the_same_file_twice_is_wrong_usage(tmp_path: Path, second: str) -> None:
    place = books.campaign(tmp_path)
    code, output = run("status", "--campaign", place, "-o", tmp_path / "t.xlsx", "-o", f"{tmp_path}/{second}")
    assert (code, "está dos veces" in output, list(tmp_path.glob("t*.xlsx"))) == (2, True, [])


def test_one_file_that_cannot_be_written_hides_neither_the_board_nor_the_others(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    (tmp_path / "archivo").write_text("no es una carpeta", "utf-8")
    good, bad = tmp_path / "t.html", tmp_path / "archivo" / "t.xlsx"
    result = CliRunner().invoke(poa_xl, ["status", "--campaign", str(place), "-o", str(bad), "-o", str(good)])
    assert isinstance(result.exception, PoaError)
    assert str(bad) in str(result.exception)
    assert "5 unidades: 5 faltan." in result.output
    assert f"Tablero: {good}\n" in result.output
    assert good.is_file()


def test_the_help_names_both_endings() -> None:
    output = CliRunner().invoke(poa_xl, ["status", "--help"]).output
    assert ".xlsx" in output
    assert ".html" in output
