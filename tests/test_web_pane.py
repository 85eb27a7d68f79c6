"""The task pane of Excel on the web, in a real Chromium with a stand-in for Office."""

import json
import time
from pathlib import Path

import openpyxl
import pytest

from poa_xl import observations
from poa_xl.messages import addins
from tests.places import at, cell_at, cell_of, written
from tests.test_docs import english, run
from tests.web_browser import SECONDS_TO_START, Pane, workbook
from tests.web_fixtures import MISTAKES, Open

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("web")]


def reported(path: Path) -> list[list[str]]:
    """What `poa-xl validate` finds, as the pane shows it."""
    done = run(["validate", str(path), "--format", "json"], path.parent)
    found = json.loads(done.stdout)["observaciones"]
    return [
        [
            f"{'!'.join(filter(None, (f['hoja'], f['celda']))) or observations.WHOLE_BOOK} · {f['severidad']} {f['codigo']}",
            f["mensaje"],
            f["accion"],
        ]
        for f in found
    ]


def test_validar_lists_what_the_command_finds(pane: Pane, mistaken_book: Path) -> None:
    expected = reported(mistaken_book)
    assert len(expected) >= 3
    said = pane.run(addins.say("web.validar"))
    assert "3 errores" in said
    assert pane.listed() == expected
    assert pane.stub("values", observations.SHEET)[observations.SUMMARY_ROW - 1][0] == said
    assert (pane.complaints, pane.foreign) == ([], [])


def test_validar_sees_what_the_formats_of_cells_show(
    opening: Open, server: str, sound_book: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(sound_book)
    budget = [at("Presupuesto", title) for title in ("Presupuesto inicial", "Presupuesto vigente", "Dev. ene")]
    for place, code in (
        (at("Tareas", "Prog. ene"), "0%"), (budget[0], '"Bs" #,##0.00'), (budget[1], '"US$" #,##0.00'),
        (budget[2], "[$€-2] 0.00"), (at("Tareas", "Prog. feb"), "0;[Red]-0"),
    ):  # fmt: skip
        cell_at(book, place).number_format = code
    path = tmp_path / "DGP.xlsx"
    book.save(path)
    pane = opening(server, workbook(path))
    pane.run(addins.say("web.validar"))
    listed = [place for place, _, _ in pane.listed()]
    assert listed == [place for place, _, _ in reported(path)]
    assert [place.rpartition(" ")[2] for place in listed] == ["CEL-013", "CEL-017", "CEL-017"]
    assert (pane.complaints, pane.foreign) == ([], [])


def test_a_finding_leads_to_its_cell(pane: Pane, mistaken_book: Path) -> None:
    place = MISTAKES[1]
    pane.run(addins.say("web.validar"))
    assert pane.stub("selected")[0] == observations.SHEET
    pane.page.get_by_role("button", name=written(mistaken_book, place)).click()
    assert pane.stub("selected") == ["Tareas", cell_of(mistaken_book, place)]


def test_the_pane_is_used_with_the_keyboard_alone(pane: Pane, mistaken_book: Path) -> None:
    press = pane.page.keyboard.press
    press("Tab")
    press("Enter")
    pane.page.wait_for_selector("button.finding")
    pane.page.wait_for_selector("[data-script][aria-disabled=false]")
    assert pane.page.evaluate("document.activeElement.dataset.script") == "validar"
    for key in ("Tab", "Tab", "Enter"):  # past Preparar entrega, to the first finding
        press(key)
    pane.page.wait_for_function("officeStub.selected()[0] === 'Tareas'")
    assert pane.stub("selected") == ["Tareas", cell_of(mistaken_book, MISTAKES[0])]


def test_preparar_stamps_nothing_on_a_workbook_with_errors(pane: Pane, mistaken_book: Path) -> None:
    before = pane.stub("values", "Unidad")
    assert pane.run(addins.say("web.preparar")).startswith("No se preparó")
    assert pane.stub("values", "Unidad") == before
    assert len(pane.listed()) == len(reported(mistaken_book))


def test_preparar_stamps_a_sound_workbook(opening: Open, server: str, sound_book: Path) -> None:
    pane = opening(server, workbook(sound_book))
    before = pane.stub("values", "Unidad")
    said = pane.run(addins.say("web.preparar"))
    after = pane.stub("values", "Unidad")
    stamped = [new[1] for old, new in zip(before, after, strict=True) if old != new]
    assert len(stamped) == 2  # the date and the stamp
    assert any(str(value) in said for value in stamped)
    assert "«DGP.xlsx»" in said
    assert pane.listed() == []


def test_the_list_of_an_earlier_check_is_there_when_the_workbook_is_opened_again(
    opening: Open, server: str, still: str, mistaken_book: Path
) -> None:
    first = opening(server, workbook(mistaken_book))
    first.run(addins.say("web.validar"))
    opened = workbook(mistaken_book)
    for sheet in opened["sheets"]:
        if sheet["name"] == observations.SHEET:
            sheet["rows"] = [[cell or "" for cell in row or []] for row in first.stub("values", observations.SHEET)]
    for url in (server, still):
        again = opening(url, opened)
        again.page.wait_for_selector("button.finding")
        assert again.listed() == first.listed()
        again.page.get_by_role("button", name=written(mistaken_book, MISTAKES[2])).click()
        assert again.stub("selected") == ["Tareas", cell_of(mistaken_book, MISTAKES[2])]


def test_a_workbook_that_is_none_of_ours_is_told_so(opening: Open, server: str) -> None:
    pane = opening(server, {"sheets": [{"name": "Hoja1"}]})
    assert pane.page.get_by_role("status").inner_text() == addins.say("web.sin-hoja")
    pane.run(addins.say("web.validar"))
    assert addins.say("macros.sin-catalogo") in pane.page.get_by_role("alert").inner_text()
    assert pane.page.get_by_role("status").inner_text() == ""


def test_a_server_that_does_not_answer_is_told_in_spanish(opening: Open, server: str, mistaken_book: Path) -> None:
    pane = opening(server, workbook(mistaken_book))
    pane.page.route("**/custom-scripts-call/**", lambda route: route.abort())
    pane.run(addins.say("web.validar"))
    assert pane.page.get_by_role("alert").inner_text().startswith(addins.say("web.fallo"))
    assert pane.page.get_by_role("status").inner_text() == ""


def test_the_static_site_says_where_validar_is(panes: dict[str, Pane]) -> None:
    page = panes["static"].page
    assert addins.say("web.sin-validar") in page.inner_text("main")
    assert page.locator("[data-script]").count() == 0


@pytest.mark.parametrize("flavour", ["static", "server"])
def test_the_pane_reads_well_aloud(panes: dict[str, Pane], flavour: str) -> None:
    """What a screen reader needs: a language, a title, one main part, and words for every button."""
    page = panes[flavour].page
    assert page.get_attribute("html", "lang") == "es"
    assert page.title()
    assert page.locator("main").count() == 1
    assert page.get_by_role("status").count() == 1
    assert all(button.inner_text() for button in page.get_by_role("button").all())
    assert english(page.inner_text("body")) == []


# --- nothing from elsewhere -------------------------------------------------------------------------------


@pytest.mark.parametrize("flavour", ["static", "server"])
def test_every_request_goes_to_the_site_itself(panes: dict[str, Pane], flavour: str) -> None:
    pane = panes[flavour]
    pane.stub("call", "EFICACIA", [[[3]], [[4]]])
    assert len(pane.requests) > 20
    assert pane.foreign == []


def test_the_page_itself_stops_a_request_to_elsewhere(opening: Open, server: str) -> None:
    pane = opening(server)
    ask = "url => fetch(url, { mode: 'no-cors' }).then(() => 'answered', () => 'stopped')"
    elsewhere = f"{server.replace('localhost', '127.0.0.1')}/xlwings/custom-functions-meta.json"
    assert pane.page.evaluate(ask, elsewhere) == "stopped"
    lax = opening(server, strict=False)
    assert lax.page.evaluate(ask, elsewhere) == "answered"
    assert lax.foreign == [elsewhere]  # and the tests would see it


def test_the_telemetry_of_microsofts_own_office_js_is_stopped(opening: Open, server: str) -> None:
    """The real Office.js, in a browser and not in Excel: it starts, and says so."""
    pane = opening(server, real=True)
    pane.page.wait_for_function("text => document.body.innerText.includes(text)", arg=addins.say("web.fuera"))
    end = time.monotonic() + SECONDS_TO_START
    while not any("Content Security Policy" in line for line in pane.told) and time.monotonic() < end:
        pane.page.wait_for_timeout(200)
    assert [line for line in pane.told if "telemetry" in line and "Content Security Policy" in line]
    assert any(url.endswith("/office.js") for url in pane.requests)
    assert pane.foreign == []


def test_the_server_answers_this_computer_alone(server: str) -> None:
    port = f"{int(server.rpartition(':')[2]):04X}"
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()[1:]]
    listening = [place for _, place, _, state, *_ in lines if state == "0A" and place.endswith(f":{port}")]
    assert listening == [f"0100007F:{port}"]  # 127.0.0.1
