"""Requests to the local server byte by byte, as no browser would send them, and what must be true of a refusal."""

import http.client
import io
import json
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from poa_xl.addins.web import project
from poa_xl.addins.web.refusals import STATUS
from poa_xl.messages import addins

SECONDS = 60  # more than anything takes; a test that waits so long has failed
PANE = "/taskpane.html"
META = "/xlwings/custom-functions-meta.json"
CODE = "/xlwings/custom-functions-code.js"
CALL = "/xlwings/custom-functions-call"
SCRIPT = "/static/poa/panel.js"
ICON = "/static/poa/icon-32.png"
JSON = ("Content-Type", "application/json")
Pairs = Sequence[tuple[str, str]]


def office(name: str) -> str:
    """The address of a file of Office.js."""
    static = project.package() / "static"
    return f"/static/{next(static.glob(f'vendor/office-js/*/dist/{name}')).relative_to(static).as_posix()}"


@dataclass(frozen=True)
class Answer:
    """An answer of the server; headers by their names in small letters, each once."""

    status: int
    headers: dict[str, str]
    body: bytes


def connect(url: str) -> socket.socket:
    """A connection to the server, that waits SECONDS at the most."""
    return socket.create_connection(("127.0.0.1", port(url)), timeout=SECONDS)


def port(url: str) -> int:
    """The port of an address."""
    return cast(int, urlsplit(url).port)


def host(url: str) -> str:
    """The Host header that names the server."""
    return urlsplit(url).netloc


def lines(first: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """The head of a request."""
    told = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"{first}\r\n{told}\r\n".encode("latin-1")


def exchange(url: str, *parts: bytes, method: str = "GET") -> Answer:
    """Send bytes over a connection of their own, and read one answer."""
    with connect(url) as connection:
        for part in parts:
            try:
                connection.sendall(part)
            except OSError:  # refused before all was sent
                break
        return read(connection, method)


def read(connection: socket.socket, method: str = "GET") -> Answer:
    """The next answer of a connection."""
    answer = http.client.HTTPResponse(connection, method=method)
    answer.begin()
    names = [name.lower() for name, _ in answer.getheaders()]
    assert len(set(names)) == len(names), f"a header twice: {names}"
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


def ask(url: str, target: str, *headers: tuple[str, str], method: str = "GET", body: bytes = b"") -> Answer:
    """A request that is right but for what is given: its own Host is added where none is given."""
    given = list(headers)
    if not any(name.lower() == "host" for name, _ in given):
        given.insert(0, ("Host", host(url)))
    if body and not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in given):
        given.append(("Content-Length", str(len(body))))
    return exchange(url, lines(f"{method} {target} HTTP/1.1", given), body, method=method)


def call(function: str, *arguments: object) -> bytes:
    """The body by which a function of the worksheet is called."""
    asked = {"client": "Office.js", "version": "", "runtime": "1.4", "func_name": function, "args": arguments}
    return json.dumps(asked).encode()


def safe(answer: Answer) -> bool:
    """Whether a browser is told what it may do with an answer."""
    policy = answer.headers.get("content-security-policy", "")
    return "frame-ancestors" in policy and answer.headers.get("x-content-type-options") == "nosniff"


def refused(answer: Answer, *reasons: str) -> bool:
    """Whether an answer is one of these refusals: its status, its sentence, nothing else, and safe for a browser."""
    worded = {(STATUS[reason], addins.say(f"web.rechazo-{reason}").encode()) for reason in reasons}
    plain = answer.headers.get("content-type") == "text/plain; charset=utf-8"
    return (answer.status, answer.body) in worded and plain and safe(answer)


def works(url: str) -> bool:
    """Whether a static file, the pane, the functions and a call are still served: the neighbours of what is refused."""
    files = all(ask(url, target).status == 200 for target in (PANE, META, CODE, SCRIPT, ICON))
    counted = ask(url, CALL, JSON, method="POST", body=call("EFICACIA", [[3]], [[4]]))
    return files and (counted.status, json.load(io.BytesIO(counted.body))) == (200, {"result": [[75]]})
