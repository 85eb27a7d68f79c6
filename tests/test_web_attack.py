"""Pages of others against the local server, in a real Chromium; beside each, what Excel on the web itself does."""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, Route

from poa_xl.messages import addins
from tests.test_web_site import self_signed
from tests.web_browser import STUB, hosted, served
from tests.web_raw import CALL, CODE, ICON, META, PANE, SCRIPT, call, office, port, works

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("web")]

EXCEL = "https://excel.officeapps.live.com"
TENANT = "https://ministerio.sharepoint.com"
VALIDAR = "/xlwings/custom-scripts-call/validar"
OFFICE_JS = office("office.js")
LOAD = """([tag, property, url]) => new Promise((resolve) => {
  const element = document.createElement(tag);
  if (tag === "link") element.rel = "stylesheet";
  element.onload = () => resolve("loaded");
  element.onerror = () => resolve("stopped");
  element[property] = url;
  document.body.append(element);
})"""
FETCH = """([url, options]) => fetch(url, options).then(
  async (answer) => (answer.type === "opaque" ? "opaque" : `${answer.status} ${await answer.text()}`),
  () => "stopped")"""
FORM = """([url, kind]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: url, enctype: kind, target: "hidden" });
  const field = document.createElement("textarea");
  Object.assign(field, { name: "bookData", value: "{}" });
  const frame = document.createElement("iframe");
  frame.name = "hidden";
  form.append(field);
  document.body.append(frame, form);
  form.submit();
}"""


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[Browser]:
    """A Chromium for which evil.test is this computer, and which lets public pages ask it, as other browsers do."""
    rules = ["--host-resolver-rules=MAP evil.test 127.0.0.1", "--disable-features=LocalNetworkAccessChecks"]
    found = chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=rules)
    yield found
    found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Windows of their own for a test."""
    made = browser.new_context(ignore_https_errors=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The port of a server with a page of an attacker."""
    folder = tmp_path_factory.mktemp("evil")
    (folder / "index.html").write_text("<!doctype html><title>evil</title><body>")
    with hosted(folder) as url:
        yield str(port(url))


class Attacker:
    """A page of another origin, and the statuses of what it made the browser ask of the server."""

    def __init__(self, context: BrowserContext, place: str, server: str) -> None:
        self.server = server
        self.page: Page = context.new_page()
        self.answers: list[tuple[str, int]] = []
        context.on("response", lambda answer: self._note(answer.url, answer.status))
        self.page.goto(place)

    def _note(self, url: str, status: int) -> None:
        if url.startswith(self.server):
            self.answers.append((url.removeprefix(self.server), status))

    def does(self, script: str, *given: Any) -> Any:
        """Run a script in the page."""
        return self.page.evaluate(script, list(given))

    def settled(self) -> list[int]:
        """The statuses of all answers, when nothing is under way any more."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(300)
        return [status for _, status in self.answers]


@pytest.fixture(
    params=["http://evil.test:{}", "http://localhost:{}", "http://127.0.0.1:{}"], ids=["site", "port", "number"]
)
def attacker(request: pytest.FixtureRequest, context: BrowserContext, elsewhere: str, server: str) -> Attacker:
    """A page of another site, of another port of this computer, and of its number."""
    return Attacker(context, request.param.format(elsewhere) + "/index.html", server)


def test_a_foreign_page_includes_no_file_of_the_server(attacker: Attacker) -> None:
    for target in (CODE, SCRIPT, OFFICE_JS, "/static/js/utils.js", META):
        assert attacker.does(LOAD, "script", "src", attacker.server + target) == "stopped", target
    assert attacker.page.evaluate("typeof globalThis.Office") == "undefined"
    assert attacker.does(LOAD, "link", "href", f"{attacker.server}/static/poa/panel.css") == "stopped"
    assert attacker.does(LOAD, "img", "src", attacker.server + ICON) == "stopped"
    assert (
        attacker.does("([url]) => import(url).then(() => 'loaded', () => 'stopped')", attacker.server + SCRIPT)
        == "stopped"
    )
    assert set(attacker.settled()) <= {403}  # of what the browser stops by itself it tells nothing
    assert works(attacker.server)


def test_a_foreign_page_reads_nothing_and_calls_nothing(attacker: Attacker) -> None:
    body = call("EFICACIA", [[3]], [[4]]).decode()
    plain = {"method": "POST", "body": body, "headers": {"Content-Type": "text/plain"}}
    typed = {"method": "POST", "body": body, "headers": {"Content-Type": "application/json"}}
    for target in (META, PANE, "/manifest.xml", SCRIPT):
        assert attacker.does(FETCH, attacker.server + target, {}) == "stopped"
        assert "opaque" in attacker.does(FETCH, attacker.server + target, {"mode": "no-cors"})
    for target in (CALL, VALIDAR):
        for options in (plain, typed, plain | {"referrerPolicy": "no-referrer"}):
            assert attacker.does(FETCH, attacker.server + target, options) == "stopped"
        attacker.does(FETCH, attacker.server + target, plain | {"mode": "no-cors"})
        attacker.does("([url, body]) => navigator.sendBeacon(url, body)", attacker.server + target, body)
    assert set(attacker.settled()) == {403}
    assert works(attacker.server)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_of_a_foreign_page_starts_no_macro(kind: str, attacker: Attacker) -> None:
    attacker.does(FORM, attacker.server + VALIDAR, kind)
    attacker.page.wait_for_timeout(300)
    assert attacker.settled() == [403]


def test_a_page_that_hides_its_origin_is_refused_too(attacker: Attacker) -> None:
    """It says `null`."""
    attacker.does(
        """([url]) => {
          document.head.innerHTML = '<meta name="referrer" content="no-referrer">';
          document.body.innerHTML = `<form method="post" enctype="text/plain" action="${url}"></form>`;
          document.forms[0].submit();
        }""",
        attacker.server + VALIDAR,
    )
    attacker.page.wait_for_url(attacker.server + VALIDAR)
    assert attacker.page.inner_text("body") == addins.say("web.rechazo-origen")


@pytest.mark.parametrize("tag", ["iframe", "object", "embed"])
def test_a_foreign_page_does_not_frame_the_pane(tag: str, attacker: Attacker) -> None:
    """An iframe without a Referer could be Office's, and is stopped by the browser."""
    attacker.page.route("**/office.js", lambda route: route.fulfill(body=STUB, content_type="text/javascript"))
    for policy in ("no-referrer", "unsafe-url"):
        attacker.does(
            """([tag, url, policy]) => new Promise((resolve) => {
              const element = document.createElement(tag);
              element.referrerPolicy = policy;
              element.onload = element.onerror = resolve;
              element[tag === "object" ? "data" : "src"] = url;
              document.body.append(element);
            })""",
            tag,
            attacker.server + PANE,
            policy,
        )
    assert not [frame for frame in attacker.page.frames if title(frame)]


def title(frame: Frame) -> str:
    """The heading of a pane that is shown; an element that was refused takes its frame away."""
    with suppress(Error):
        found = frame.query_selector("h1")
        return found.inner_text() if found and PANE in frame.url else ""
    return ""


def test_a_foreign_page_opens_no_window_of_the_pane(attacker: Attacker) -> None:
    with attacker.page.expect_popup() as opened:
        attacker.page.evaluate("url => { window.open(url) }", attacker.server + PANE)
    opened.value.wait_for_load_state()
    assert addins.say("web.rechazo-origen") in opened.value.inner_text("body")
    assert attacker.settled() == [403]


def test_a_name_that_is_led_to_this_computer_gets_nothing(context: BrowserContext, server: str) -> None:
    """DNS rebinding: to the browser the page and the server have one origin."""
    evil = f"http://evil.test:{port(server)}"
    page = context.new_page()
    for target in (PANE, META, "/manifest.xml", SCRIPT):
        answer = page.goto(evil + target)
        assert answer is not None
        assert (answer.status, answer.text()) == (403, addins.say("web.rechazo-host"))
    up = "..%2f" * 20
    for target in (META, f"/static/{up}etc/passwd", SCRIPT):
        read = page.evaluate(FETCH, [evil + target, {}])
        assert read == "stopped" or read.startswith("403 "), read
    plain = page.evaluate(FETCH, [evil + CALL, {"method": "POST", "body": "{}"}])
    assert plain == "stopped" or plain.startswith("403 ")
    good = page.goto(server + PANE)
    assert good is not None
    assert good.status == 200


def test_the_policy_of_a_refusal_lets_its_page_do_nothing(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    page.goto(f"{server}/nada")
    assert page.evaluate(FETCH, [server + META, {}]) == "stopped"


# --- Excel on the web, by its own pages -------------------------------------------------------------------


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server with a certificate, which Excel asks for."""
    certificate, key = self_signed(tmp_path_factory.mktemp("cert"))
    with served("--cert", str(certificate), "--key", str(key)) as url:
        yield url


def fulfil(route: Route, body: str, **headers: str) -> None:
    route.fulfill(body=body, content_type="text/html", headers=headers)


def excel_on_the_web(context: BrowserContext, secure: str, top: str, inner: str = EXCEL) -> Page:
    """The page of a workbook, in it Excel's frame, in it the pane, as Office nests them."""
    sandbox = "allow-scripts allow-forms allow-same-origin allow-popups allow-downloads"
    pane = f'<!doctype html><body><iframe name="pane" sandbox="{sandbox}" src="{secure}{PANE}?_host_Info=Excel$Web"></iframe>'
    context.route(f"{inner}/**", lambda route: fulfil(route, pane))
    if top != inner:
        frame = f'<!doctype html><body><iframe name="excel" src="{inner}/x/_layouts/15/xlviewerinternal.aspx"></iframe>'
        context.route(f"{top}/**", lambda route: fulfil(route, frame))
    context.route("**/office.js", lambda route: route.fulfill(body=STUB, content_type="text/javascript"))
    page = context.new_page()
    page.goto(f"{top}/libro.xlsx")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize(
    "top", [TENANT, EXCEL, "https://m365.cloud.microsoft", "https://www.office.com", "https://onedrive.live.com"]
)
def test_excel_on_the_web_shows_the_pane_and_the_pane_works(top: str, context: BrowserContext, secure: str) -> None:
    page = excel_on_the_web(context, secure, top)
    pane = page.frame("pane")
    assert pane is not None
    assert pane.inner_text("h1") == addins.say("web.titulo")
    pane.wait_for_function("officeStub.names().length > 5")
    assert pane.evaluate("officeStub.call('EFICACIA', [[[3]], [[4]]])") == {"ok": [[75]]}
    pane.get_by_role("button", name=addins.say("web.validar"), exact=True).click()
    pane.wait_for_selector("[data-script][aria-disabled=false]")
    assert addins.say("macros.sin-catalogo") in pane.inner_text("[role=alert]")


def test_excels_page_reads_the_description_of_the_functions(context: BrowserContext, secure: str) -> None:
    page = excel_on_the_web(context, secure, EXCEL)
    status, _, body = page.evaluate(FETCH, [secure + META, {}]).partition(" ")
    assert status == "200"
    assert "EFICACIA" in {function["name"] for function in json.loads(body)["functions"]}
    assert page.evaluate(FETCH, [secure + CODE, {}]).startswith("200 ")
    for target in (SCRIPT, PANE, "/manifest.xml"):
        assert page.evaluate(FETCH, [secure + target, {}]) == "stopped"
    assert page.evaluate(FETCH, [secure + CALL, {"method": "POST", "body": "{}"}]) == "stopped"
    assert page.evaluate(LOAD, ["script", "src", secure + CODE]) == "stopped"


def test_the_icons_of_the_ribbon_are_shown_on_excels_page_alone(context: BrowserContext, secure: str) -> None:
    page = excel_on_the_web(context, secure, EXCEL)
    assert page.evaluate(LOAD, ["img", "src", secure + ICON]) == "loaded"


@pytest.mark.parametrize(
    ("top", "inner"),
    [
        ("https://evil.test", EXCEL), ("https://evil.test", "https://evil.test"), (EXCEL, "https://evil.test"),
        ("https://officeapps.live.com.evil.test", "https://evilofficeapps.live.com"), (TENANT, "https://sharepoint.com"),
    ],
)  # fmt: skip
def test_every_page_above_the_pane_must_be_offices(top: str, inner: str, context: BrowserContext, secure: str) -> None:
    """Also where Excel's own frame stands on a foreign page, which hides it behind something else."""
    page = excel_on_the_web(context, secure, top, inner)
    assert not [frame for frame in page.frames if title(frame)]
    assert "pane" in [frame.name for frame in page.frames]
