"""Excel's pane in tests: a headless Chromium with a small stand-in for Office, and the sites it looks at.

Every request of a page is noted; `Pane.foreign` are those to anywhere but the site itself.
"""

import http.client
import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser, Page, sync_playwright

STUB = (Path(__file__).parent / "web" / "office_stub.js").read_text(encoding="utf-8")
ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60
_PANE: Any = {"width": 350, "height": 760}


class ChromiumMissingError(RuntimeError):
    """There is no Chromium."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    found = shutil.which("chromium")
    if not found:
        raise ChromiumMissingError("chromium is not installed (tools/browser.sh)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found)
        yield browser
        browser.close()


class Pane:
    """The task pane of a site, open in Excel's stand-in."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        workbook: dict[str, Any] | None = None,
        strict: bool = True,
        real: bool = False,
    ) -> None:
        """Open it. Not `strict`: the page's own rule against other places is off. `real`: with Microsoft's Office.js."""
        self.url = url
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.told: list[str] = []
        self.page: Page = browser.new_page(viewport=_PANE, device_scale_factor=2, bypass_csp=not strict)
        self.page.set_default_timeout(SECONDS_TO_START * 1000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda channel: self.requests.append(channel.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.told.append(message.text))
        if not real:
            self.page.route("**/office.js", lambda route: route.fulfill(body=STUB, content_type="text/javascript"))
        if workbook:
            self.page.add_init_script(f"globalThis.openedWorkbook = {json.dumps(workbook)}")
        self.page.goto(f"{url}/taskpane.html")

    @property
    def foreign(self) -> list[str]:
        """Requests to another place than the site."""
        return [url for url in self.requests if not url.startswith((f"{self.url}/", "blob:", "data:"))]

    def stub(self, call: str, *arguments: Any) -> Any:
        """Call a method of the stand-in."""
        return self.page.evaluate(f"given => officeStub.{call}(...given)", list(arguments))

    def run(self, button: str) -> str:
        """Press a button, wait until it is done, and give the summary."""
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_selector("[data-script][aria-disabled=false]")
        return self.page.get_by_role("status").inner_text()

    def listed(self) -> list[list[str]]:
        """The list as a person reads it: place with severity and code, what, action."""
        found: list[list[str]] = self.page.eval_on_selector_all(
            ".finding", "boxes => boxes.map(box => [...box.children].map(part => part.textContent))"
        )
        return found


class _Quiet(http.server.SimpleHTTPRequestHandler):
    # As LEAME.txt asks of the web server.
    extensions_map = {  # noqa: RUF012 - as the base class has it
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """A static site on a plain web server; its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


MAIN = "from poa_xl.cli import main; main()"


@contextmanager
def served(*options: str) -> Iterator[str]:
    """The server flavour, started by its command; its address."""
    with started(*options) as (url, _):
        yield url


@contextmanager
def started(
    *options: str, program: str = MAIN, told: int | IO[bytes] = subprocess.DEVNULL
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The server flavour with its process; what it writes goes to `told`."""
    port = free_port()
    command = [sys.executable, "-c", program, "addin", "serve", "--port", str(port), *options]
    surroundings = {**os.environ, "PYTHONUTF8": "1"}
    process = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told, env=surroundings)
    url = f"{'https' if options else 'http'}://localhost:{port}"
    try:
        _wait(port, process)
        yield url, process
    finally:
        ended = process.poll()
        process.send_signal(signal.SIGINT)  # as Ctrl+C
        code = process.wait(SECONDS_TO_START)
    assert code == (ended or 0), "Ctrl+C is no failure"


@contextmanager
def calling(server: str) -> Iterator[Callable[..., Any]]:
    """Calls of worksheet functions over one connection to the server flavour: a name and tables give the result."""
    connection = http.client.HTTPConnection(server.removeprefix("http://"))

    def call(name: str, *arguments: list[list[Any]]) -> Any:
        asked = {"client": "Office.js", "version": "", "runtime": "1.4", "func_name": name, "args": arguments}
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/xlwings/custom-functions-call", json.dumps(asked), headers)
        return json.loads(connection.getresponse().read())["result"]

    try:
        yield call
    finally:
        connection.close()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {process.poll()}")


def workbook(path: Path) -> dict[str, Any]:
    """A file as the stand-in opens it: the values that the file holds, dates as numbers with their format."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {"name": path.name, "sheets": [_sheet(sheet) for sheet in book.worksheets]}


def _sheet(sheet: Worksheet) -> dict[str, Any]:
    rows: list[Any] = []
    formats: dict[str, Any] = {}
    for r, row in enumerate(sheet.iter_rows()):
        rows.append([to_excel(cell.value) if cell.is_date and cell.value else _blank(cell.value) for cell in row])
        formats |= {f"{r},{c}": cell.number_format for c, cell in enumerate(row) if cell.number_format != "General"}
    shown = "Visible" if sheet.sheet_state == "visible" else "Hidden"
    return {"name": sheet.title, "visibility": shown, "rows": rows, "formats": formats}


def _blank(value: object) -> object:
    return "" if value is None else value
