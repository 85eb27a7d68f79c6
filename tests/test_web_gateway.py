"""What the local server lets in and what not, by requests that no browser would send, to a real server process."""

import itertools
import json
import subprocess
import sys

import pytest

from poa_xl.addins.web import limits, origins, project
from poa_xl.addins.web.admission import Address
from tests.web_browser import ROOT
from tests.web_raw import (
    CALL,
    CODE,
    ICON,
    JSON,
    META,
    PANE,
    SCRIPT,
    Answer,
    Pairs,
    ask,
    call,
    exchange,
    host,
    lines,
    port,
    refused,
    safe,
    works,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("web")]

VALIDAR = "/xlwings/custom-scripts-call/validar"
EXCEL = "https://excel.officeapps.live.com"
REGION = "https://inc-excel.officeapps.live.com"

# --- paths ------------------------------------------------------------------------------------------------

DOTS = ("..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "%u002e%u002e", "..;", "....")
SLASHES = ("/", "%2f", "%2F", "%252f", "\\", "%5c", "%255c", "%c0%af", "//", "/./")
SECRET = "lo que no se sirve"


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file outside the served folders: its path without the first slash."""
    path = tmp_path_factory.mktemp("ajeno") / "ajeno.txt"
    path.write_text(SECRET)
    return path.as_posix().removeprefix("/")


@pytest.mark.parametrize("slash", SLASHES)
@pytest.mark.parametrize("dots", DOTS)
def test_no_way_of_writing_a_path_leads_out_of_the_served_folders(
    dots: str, slash: str, server: str, secret: str
) -> None:
    up = slash.join([dots] * 20)
    package = slash.join((dots, "main.py"))
    for target in (
        f"/static/{up}{slash}{secret}",
        f"/static/poa/{up}{slash}{secret.replace('/', slash)}",
        f"/static{slash}{up}{slash}{secret}",
        f"/static/{package}",
        f"{slash}{up}{slash}{secret}",
    ):
        answer = ask(server, target)
        assert SECRET not in answer.body.decode("utf-8", "replace")
        assert refused(answer, "direccion"), (target, answer)
        assert ask(server, f"/static/{'poa/panel.js'}").status == 200


ODD = [
    "/static//etc/passwd", "/static/%2fetc%2fpasswd", "//etc/passwd", "/static/C:/Windows/win.ini", "/static/C:%5cx",
    "/static/%43%3a%5cx", "/static/c|/x", "/static/%5c%5chost%5cshare", "/static/\\\\host\\share", "/static/~/x",
    "/static/poa/panel.js%00", "/static/poa/panel.js%00.png", "/static/%00", "/static/poa/panel.js::$DATA",
    "/static/poa/panel.js:x", "/static/poa/panel.js.", "/static/poa/panel.js%20", "/static/poa/panel.js/",
    "/static/poa/panel.js;x", "/static/poa/./panel.js", "/static/./poa/panel.js", "/static/poa/../poa/panel.js",
    "/static/js/../poa/panel.js", "/static/poa//panel.js", "//static/poa/panel.js", "/STATIC/poa/panel.js",
    "/static/POA/panel.js", "/static/%70oa/panel.js", "/%73tatic/poa/panel.js", "/static/poa/panel%2ejs",
    "/static/poa%2fpanel.js", "/static/poa/panel.j%u0073", "/static/poa/%EF%BC%8E%EF%BC%8E/panel.js",
    "/static/poa", "/static/", "/static", "/static/..", "/static/.", "/static/.git/config", "/static/" + "a" * 300,
    "/static/" + "/".join("a" * 2000), "/static/CON", "/static/poa/NUL", "/static/poa/PANEL~1.JS",
    "/static/../.env", "/custom_functions/__init__.py", "/wasm/config.py", "/templates/manifest.xml", "/.env",
    "/socket.io/?EIO=4&transport=polling", "/docs", "/openapi.json", "/xlwings/pyodide.json", "/",
    "/xlwings/alert?prompt=x&title=x&buttons=ok&mode=x&callback=x", "/taskpane.html/", "/taskpane.html/../manifest.xml",
    "/taskpane.html%3f", "/./taskpane.html", "/xlwings/../taskpane.html", "/xlwings/custom-scripts-call/..%2fvalidar",
    "/xlwings/custom-scripts-call/__init__", "/xlwings/custom-scripts-call/", "*", "taskpane.html",
]  # fmt: skip


@pytest.mark.parametrize("target", ODD)
def test_an_address_has_one_spelling_and_every_other_one_does_not_exist(target: str, server: str) -> None:
    assert refused(ask(server, target), "direccion")
    assert ask(server, SCRIPT).status == 200


@pytest.mark.parametrize(
    "place", ["http://localhost:{port}", "http://evil.test", "https://x@localhost:{port}", "file://"]
)
def test_a_whole_address_instead_of_a_path_is_refused(place: str, server: str) -> None:
    assert refused(ask(server, place.format(port=port(server)) + PANE), "direccion")
    assert ask(server, PANE).status == 200


@pytest.mark.parametrize("target", [b"/static/\xc0\xae\xc0\xae/x", b"/static/\x00", b"/static/\xff", b"/a b", b"/\t"])
def test_bytes_that_are_no_path_are_refused(target: bytes, server: str) -> None:
    head = b"GET " + target + b" HTTP/1.1\r\nHost: " + host(server).encode() + b"\r\n\r\n"
    assert refused(exchange(server, head), "pedido", "direccion")
    assert ask(server, SCRIPT).status == 200


def test_every_static_file_is_served_as_it_is(server: str) -> None:
    """Those of the package, and ours, which go before."""
    package = project.package() / "static"
    files = {path.relative_to(package).as_posix(): path for path in package.rglob("*") if path.is_file()}
    ours = {f"poa/{name}": project.ASSETS / name for name in project.STATIC}
    files |= ours | {"js/wasm.js": project.ASSETS / "wasm.js"}
    assert len(files) > 150
    wrong = []
    for name, path in files.items():
        answer = ask(server, f"/static/{name}")
        if (answer.status, answer.body) != (200, path.read_bytes()) or not safe(answer):
            wrong.append(name)
    assert wrong == []


def test_what_office_adds_to_an_address_is_taken(server: str) -> None:
    for target in (f"{PANE}?_host_Info=Excel$Win32$16.01$es-BO$$$$0", f"{PANE}?et=", f"{META}?_={'9' * 500}"):
        assert ask(server, target).status == 200
    assert refused(ask(server, f"{PANE}?{'x' * limits.TARGET_BYTES}"), "cabeceras")


# --- methods ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "POST", "get", "BREW"])
def test_a_page_is_only_read(method: str, server: str) -> None:
    for target in (PANE, META, SCRIPT, "/manifest.xml"):
        answer = ask(server, target, method=method)
        assert refused(answer, "metodo")
        assert "GET" in answer.headers["allow"]
    assert ask(server, PANE).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS"])
def test_a_call_is_only_posted(method: str, server: str) -> None:
    for target in (CALL, VALIDAR):
        answer = ask(server, target, method=method)
        assert (answer.status, answer.headers["allow"], safe(answer)) == (405, "POST", True)
    assert works(server)


def test_the_head_of_a_static_file_alone_can_be_asked_for(server: str) -> None:
    whole, head = ask(server, SCRIPT), ask(server, SCRIPT, method="HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(whole.body)))
    assert safe(head)


# --- Host -------------------------------------------------------------------------------------------------

HOSTS = [
    "evil.test", "evil.test:{port}", "localhost", "127.0.0.1", "localhost:1", "127.0.0.1:80", "localhost:0{port}",
    "localhost:{port}0", "LOCALHOST:{port}", "Localhost:{port}", "localhost.:{port}", "localhost.evil.test:{port}",
    "evil.localhost:{port}", "[::1]:{port}", "[::ffff:127.0.0.1]:{port}", "0.0.0.0:{port}", "127.1:{port}",
    "127.0.0.2:{port}", "127.0.0.1.:{port}", "2130706433:{port}", "0x7f.0.0.1:{port}", "017700000001:{port}",
    "x@localhost:{port}", "localhost:{port}@evil.test", "localhost:{port},evil.test", "localhost:{port} evil.test",
    "localhost:{port}/", "localhost:{port}#", "http://localhost:{port}", "localhost\\:{port}", "localhost%3a{port}",
    "localhost: {port}", "", ":{port}", "l\xf6calhost:{port}",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTS)
def test_a_host_that_is_not_this_server_is_refused(name: str, server: str) -> None:
    given = ("Host", name.format(port=port(server)))
    for target in (PANE, "/manifest.xml", SCRIPT, CALL, "/static/..%2f..%2fmain.py"):
        assert refused(ask(server, target, given), "host")
    assert ask(server, PANE, ("Host", f"127.0.0.1:{port(server)}")).status == 200
    assert ask(server, PANE, ("Host", f"localhost:{port(server)}")).status == 200


def test_a_host_that_is_missing_or_there_twice_is_refused(server: str) -> None:
    own = ("Host", host(server))
    evil = ("Host", "evil.test")
    for given in ([], [own, own], [own, evil], [evil, own]):
        assert refused(exchange(server, lines(f"GET {PANE} HTTP/1.1", given)), "pedido")
    assert refused(exchange(server, lines(f"GET {PANE} HTTP/1.0", [])), "host")
    assert refused(exchange(server, lines(f"GET {PANE} HTTP/1.0", [own, evil])), "pedido")
    assert exchange(server, lines(f"GET {PANE} HTTP/1.0", [own])).status == 200


def test_the_port_may_be_left_out_where_a_browser_leaves_it_out() -> None:
    assert Address("https", 443).names("localhost")
    assert Address("http", 80).names("127.0.0.1")
    assert Address("https", 443).names("localhost:443")
    assert not Address("https", 80).names("localhost")
    assert not Address("http", 8000).names("localhost")
    assert not Address("https", 443).names("evil.test")


@pytest.mark.parametrize(
    "more",
    [
        [("X-Forwarded-Proto", "https")],
        [("X-Forwarded-Host", "evil.test"), ("X-Forwarded-For", "10.0.0.1")],
        [("Forwarded", "host=evil.test;proto=https")],
        [("X-Original-Host", "evil.test"), ("X-Forwarded-Prefix", "/evil"), ("X-Forwarded-Server", "evil.test")],
    ],
)
def test_a_manifest_says_the_address_that_was_announced_whatever_was_asked(more: Pairs, server: str) -> None:
    plain = ask(server, "/manifest.xml").body
    assert plain.count(f"{server}/".encode()) > 6
    for name in ("localhost", "127.0.0.1"):
        assert ask(server, "/manifest.xml", ("Host", f"{name}:{port(server)}"), *more).body == plain
    assert b"127.0.0.1" not in plain
    assert b"evil" not in plain


# --- other origins ----------------------------------------------------------------------------------------

ORIGINS = [
    "null", "https://evil.test", "http://evil.test:{port}", "http://localhost", "http://localhost:1",
    "https://localhost:{port}", "http://127.0.0.1:{port}", "http://localhost.:{port}", "http://localhost:{port}.evil.test",
    "http://localhost:{port}/", "HTTP://LOCALHOST:{port}", "file://", "chrome-extension://abcdef", "",
    "http://localhost:{port} https://evil.test", "https://evilofficeapps.live.com",
    "https://excel.officeapps.live.com.evil.test", "https://evil.test/excel.officeapps.live.com",
    "https://officeapps.live.com", "http://excel.officeapps.live.com", "https://excel.officeapps.live.com:8443",
    "https://excel.officeapps.live.com:443", "https://x@excel.officeapps.live.com", "https://EXCEL.officeapps.live.com",
    "https://a..officeapps.live.com", "https://.officeapps.live.com", "https://-.officeapps.live.com",
    "https://excel.officeapps.live.com/", "https://excel.officeapps.live.com.", "https://excel-officeapps.live.com",
    "https://evil.sharepoint.com", "https://evil.live.com", "https://excel.cloud.microsoft.evil.test",
    "https://evil.cloud.microsoft", "https://\u0065\u0445cel.officeapps.live.com".encode().decode("latin-1"),
]  # fmt: skip


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_request_of_another_origin_is_refused(origin: str, server: str) -> None:
    given = ("Origin", origin.format(port=port(server)))
    for target in (PANE, META, CODE, SCRIPT, ICON, "/manifest.xml"):
        assert refused(ask(server, target, given), "origen")
    for target in (CALL, VALIDAR):
        assert refused(ask(server, target, given, JSON, method="POST", body=call("EFICACIA", [[3]], [[4]])), "origen")
    own = ("Origin", server)
    assert ask(server, CALL, own, JSON, method="POST", body=call("EFICACIA", [[3]], [[4]])).status == 200
    assert ask(server, META, own).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "Same-Origin", "same-origin, none", "other", ""])
def test_a_browser_that_says_that_another_site_asks_is_refused(site: str, server: str) -> None:
    """Another port of this computer is the same site, and another origin."""
    for mode, dest in (("no-cors", "script"), ("cors", "empty"), ("navigate", "document"), ("no-cors", "image")):
        said = [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", dest)]
        for target in (PANE, META, CODE, SCRIPT, ICON, "/manifest.xml"):
            assert refused(ask(server, target, *said), "origen")
        for more in ([], [("Origin", server)], [("Origin", EXCEL)]):
            sent = ask(server, CALL, *said, *more, JSON, method="POST", body=call("EFICACIA", [[3]], [[4]]))
            assert refused(sent, "origen")
    for own in ("same-origin", "none"):
        assert ask(server, SCRIPT, ("Sec-Fetch-Site", own)).status == 200


@pytest.mark.parametrize("name", ["Origin", "Sec-Fetch-Site", "Sec-Fetch-Dest", "Referer", "Content-Type"])
def test_what_decides_is_said_once(name: str, server: str) -> None:
    value = {"Origin": server, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}.get(name, "x")
    assert refused(ask(server, META, (name, value), (name.upper(), value)), "pedido")
    assert ask(server, META, (name, value)).status == 200


def test_both_must_agree_on_who_asks(server: str) -> None:
    assert refused(ask(server, META, ("Origin", "https://evil.test"), ("Sec-Fetch-Site", "same-origin")), "origen")
    assert refused(ask(server, META, ("Origin", EXCEL), ("Sec-Fetch-Site", "same-site")), "origen")
    assert ask(server, META, ("Origin", server), ("Sec-Fetch-Site", "same-origin")).status == 200


def test_the_name_and_the_number_of_this_computer_are_two_origins(server: str) -> None:
    number = f"127.0.0.1:{port(server)}"
    for name, origin, own in (
        (number, f"http://{number}", True),
        (number, server, False),
        (host(server), server, True),
    ):
        answer = ask(server, META, ("Host", name), ("Origin", origin))
        assert answer.status == 200 if own else refused(answer, "origen")


# --- Office's own pages -----------------------------------------------------------------------------------

ACROSS = ("Sec-Fetch-Site", "cross-site")
FRAME = [ACROSS, ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe")]
FETCH = [ACROSS, ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "empty")]
IMAGE = [ACROSS, ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image")]


@pytest.mark.parametrize(
    "origin", [EXCEL, REGION, "https://ppc-1-excel.officeapps.live.com", "https://excel.cloud.microsoft"]
)
def test_excel_on_the_web_reads_the_functions_and_nothing_else(origin: str, server: str) -> None:
    for target in (META, CODE):
        answer = ask(server, target, ("Origin", origin), *FETCH)
        assert answer.status == 200
        assert answer.headers["access-control-allow-origin"] == origin
        assert "Origin" in answer.headers["vary"]
        assert "access-control-allow-credentials" not in answer.headers
    for target in (PANE, SCRIPT, ICON, "/manifest.xml", "/xlwings/custom-scripts-meta.json"):
        assert refused(ask(server, target, ("Origin", origin), *FETCH), "origen")
    for target in (CALL, VALIDAR):
        sent = ask(server, target, ("Origin", origin), *FETCH, JSON, method="POST", body=call("EFICACIA", [[3]], [[4]]))
        assert refused(sent, "origen")
    asked = ask(server, CALL, ("Origin", origin), ("Access-Control-Request-Method", "POST"), method="OPTIONS")
    assert refused(asked, "origen")


def test_nobody_else_is_told_that_he_may_read(server: str) -> None:
    for target in (PANE, META, CODE, SCRIPT):
        answer = ask(server, target)
        assert answer.status == 200
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_office_shows_the_pane_in_a_frame_and_no_other_page(server: str) -> None:
    for told in ([], [("Referer", f"{EXCEL}/x/_layouts/15/xlviewerinternal.aspx")], [("Referer", f"{REGION}/")]):
        assert ask(server, PANE, *FRAME, *told).status == 200
        for target in (META, CODE, SCRIPT, ICON, "/manifest.xml", "/favicon.ico"):
            assert refused(ask(server, target, *FRAME, *told), "origen")
    for place in (
        "https://evil.test/",
        "http://localhost:1/",
        f"{EXCEL}.evil.test/",
        f"https://evil.test/{EXCEL}",
        "x",
        "https://[",
    ):
        assert refused(ask(server, PANE, *FRAME, ("Referer", place)), "origen")
    for dest in ("document", "object", "embed", "frame", "fencedframe", "iframe, document", "empty"):
        said = [ACROSS, ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", dest)]
        assert refused(ask(server, PANE, *said), "origen")


def test_the_pane_may_be_framed_by_office_and_everything_else_by_nobody(server: str) -> None:
    def ancestors(answer: Answer) -> list[str]:
        rules = [rule.split() for rule in answer.headers["content-security-policy"].split(";")]
        return next(rule[1:] for rule in rules if rule[0] == "frame-ancestors")

    allowed = ancestors(ask(server, PANE))
    assert allowed == ["'self'", *(f"https://{name}" for name in origins.FRAMES)]
    assert not [name for name in allowed if name in ("*", "https:", "http:", "https://*")]
    assert "x-frame-options" not in ask(server, PANE).headers
    for answer in (ask(server, META), ask(server, SCRIPT), ask(server, "/nada"), ask(server, PANE, ("Origin", "null"))):
        assert ancestors(answer) == ["'none'"]
        assert answer.headers["x-frame-options"] == "DENY"


def test_a_script_is_for_the_pane_alone_and_an_icon_for_excels_ribbon(server: str) -> None:
    for target in (SCRIPT, CODE, META, "/static/js/utils.js", "/static/poa/panel.css"):
        assert ask(server, target).headers["cross-origin-resource-policy"] == "same-origin"
    for target in (ICON, PANE):
        assert ask(server, target).headers["cross-origin-resource-policy"] == "cross-origin"
    assert ask(server, ICON, *IMAGE, ("Referer", f"{EXCEL}/")).status == 200
    assert refused(ask(server, ICON, *IMAGE, ("Referer", "https://evil.test/")), "origen")
    assert refused(ask(server, ICON, *IMAGE), "origen")
    assert refused(ask(server, SCRIPT, *IMAGE, ("Referer", f"{EXCEL}/")), "origen")


def test_excel_on_the_desktop_asks_without_a_browsers_headers(server: str) -> None:
    assert works(server)


# --- bodies and headers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonx",
        "text/json", "application/json, text/plain", "text/plain; application/json",
    ],
)  # fmt: skip
def test_what_a_form_of_a_page_can_send_is_refused(kind: str, server: str) -> None:
    for target in (CALL, VALIDAR):
        assert refused(ask(server, target, ("Content-Type", kind), method="POST", body=b"bookData={}"), "tipo")
    assert refused(ask(server, CALL, method="POST", body=call("EFICACIA", [[3]], [[4]])), "tipo")
    for good in ("application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"):
        sent = ask(server, CALL, ("Content-Type", good), method="POST", body=call("EFICACIA", [[3]], [[4]]))
        assert json.loads(sent.body) == {"result": [[75]]}


def chunked(size: int, piece: int = 1 << 16) -> list[bytes]:
    """A body of so many spaces in chunks."""
    return [f"{piece:x}\r\n".encode() + b" " * piece + b"\r\n"] * (size // piece) + [b"0\r\n\r\n"]


def test_a_body_that_is_too_large_is_refused_whether_it_says_its_size_or_not(server: str) -> None:
    head = [("Host", host(server)), JSON]
    for size in (limits.BODY_BYTES + 1, 200_000_000, 10**15):
        announced = lines(f"POST {CALL} HTTP/1.1", [*head, ("Content-Length", str(size))])
        assert refused(exchange(server, announced), "tamano")  # before any of it is sent
    parts = chunked(limits.BODY_BYTES + (1 << 20))
    assert refused(
        exchange(server, lines(f"POST {CALL} HTTP/1.1", [*head, ("Transfer-Encoding", "chunked")]), *parts), "tamano"
    )
    asked = call("EFICACIA", [[3]], [[4]])
    large = asked + b" " * (limits.BODY_BYTES - len(asked))
    assert json.loads(ask(server, CALL, JSON, method="POST", body=large).body) == {"result": [[75]]}
    assert works(server)


def test_the_size_of_a_body_is_said_in_one_way(server: str) -> None:
    head = [("Host", host(server)), JSON]
    body = call("EFICACIA", [[3]], [[4]])
    length = str(len(body))
    for more in (
        [("Content-Length", length), ("Transfer-Encoding", "chunked")],
        [("Content-Length", length), ("Content-Length", str(len(body) + 1))],
        [("Content-Length", "-1")],
        [("Content-Length", f"+{length}")],
        [("Content-Length", "1e3")],
        [("Content-Length", "9" * 40)],
        [("Transfer-Encoding", "gzip, chunked")],
        [("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "chunked")],
    ):
        assert refused(exchange(server, lines(f"POST {CALL} HTTP/1.1", [*head, *more]), body), "pedido"), more
    piece = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    sent = exchange(server, lines(f"POST {CALL} HTTP/1.1", [*head, ("Transfer-Encoding", "chunked")]), piece)
    assert sent.status == 200


def test_a_page_takes_no_body(server: str) -> None:
    for more in ([("Content-Length", "2")], [("Transfer-Encoding", "chunked")]):
        assert refused(exchange(server, lines(f"GET {PANE} HTTP/1.1", [("Host", host(server)), *more])), "pedido")
    assert ask(server, PANE, ("Content-Length", "0")).status == 200


@pytest.mark.parametrize(
    "more",
    [
        [("X", "x" * limits.HEADER_BYTES)],
        [(f"X-{i}", "x" * 1000) for i in range(90)],
        [(f"X-{i}", "x") for i in range(limits.HEADERS + 1)],
        [("Cookie", "x" * 5_000_000)],
    ],
    ids=["one", "together", "many", "megabytes"],
)
def test_headers_are_bounded(more: Pairs, server: str) -> None:
    """All in one go too, which uvicorn does not bound."""
    assert refused(ask(server, PANE, *more), "cabeceras", "pedido")
    assert ask(server, PANE, ("Cookie", "x" * 20_000)).status == 200


@pytest.mark.parametrize("protocol", ["websocket", "WebSocket", "h2c", "TLS/1.0"])
def test_no_other_protocol_is_spoken(protocol: str, server: str) -> None:
    asked = [("Connection", "Upgrade"), ("Upgrade", protocol), ("Sec-WebSocket-Version", "13")]
    for target in (PANE, "/", "/socket.io/", META):
        assert refused(ask(server, target, *asked, ("Sec-WebSocket-Key", "x" * 22 + "==")), "upgrade")
    assert ask(server, PANE, ("Connection", "keep-alive")).status == 200


@pytest.mark.parametrize(
    "said",
    [
        b"hola\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET / HTTP/9.9\r\n\r\n", b"GET /\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n", b"\0" * 5000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n Host: x\r\n\r\n", b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n", b"x" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_http_is_answered_in_spanish(said: bytes, server: str) -> None:
    assert refused(exchange(server, said), "pedido", "host")
    assert ask(server, PANE).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"1" * 5000, b"[" * 200_000, b'{"a":' * 100_000, b"\xff\xfe", b"{}", b'{"func_name": 1}',
        b'{"func_name": "__class__", "args": []}', b'{"func_name": "FUNCTIONS", "args": []}', b'"\\ud800"',
        b'{"func_name": "EFICACIA", "args": "x"}', b'{"func_name": "EFICACIA", "args": [[[1e999]]]}', b"NaN",
    ],
)  # fmt: skip
def test_nonsense_in_a_call_is_answered_in_spanish_without_a_traceback(body: bytes, server: str) -> None:
    for target in (CALL, VALIDAR):
        answer = ask(server, target, JSON, ("Content-Length", str(len(body))), method="POST", body=body)
        assert safe(answer)
        assert b"Traceback" not in answer.body
        assert answer.status < 400 or answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert works(server)


def test_a_range_of_a_file_is_not_cut_out(server: str) -> None:
    """Nobody asks for it, and servers have been slow to sort many."""
    asked = "bytes=" + ",".join(f"{i}-{i}" for i in range(3000))
    for value in (asked, "bytes=0-0"):
        assert ask(server, SCRIPT, ("Range", value)).body == ask(server, SCRIPT).body


def test_more_variants_than_forty_are_tried() -> None:
    assert len(list(itertools.product(DOTS, SLASHES))) + len(ODD) > 140


def test_the_list_of_offices_pages_names_no_whole_domain_of_everybody() -> None:
    for name in origins.FRAMES:
        assert name.removeprefix("*.").count(".") >= 1
        assert name.removeprefix("*.") not in (
            "live.com",
            "com",
            "net",
            "microsoft.com",
            "windows.net",
            "azurewebsites.net",
        )
    assert origins.is_frame(f"{EXCEL}/x?y")
    assert not origins.is_frame("https://evil.test/")


def test_the_report_on_xlwings_server_says_what_is_so() -> None:
    """Its program and what it prints; when a later xlwings-server prints something else, the page is out of date."""
    page = (ROOT / "docs" / "xlwings-server-static.md").read_text(encoding="utf-8")
    program = page.partition("```python\n")[2].partition("```")[0]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    for line in done.stdout.splitlines():
        assert f"`{line}`" in page
