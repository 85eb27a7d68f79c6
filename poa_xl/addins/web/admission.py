"""Which requests the local server lets in, judged by their headers alone; a Refusal is raised for all others.

A page of another site reaches this computer through the browser of whoever visits it: with a name of its own that leads
here (Host), or across origins (Origin, Sec-Fetch-Site). Programs without a browser send neither and are let in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from poa_xl.addins.web import limits, origins
from poa_xl.addins.web.refusals import Refusal
from poa_xl.addins.web.routes import Route

NAMES = ("localhost", "127.0.0.1")
_USUAL_PORT = {"http": 80, "https": 443}
_ONCE = (
    b"host", b"origin", b"referer", b"sec-fetch-site", b"sec-fetch-mode", b"sec-fetch-dest", b"content-type",
    b"content-length", b"transfer-encoding",
)  # fmt: skip


@dataclass(frozen=True)
class Address:
    """Where the server answers: the Host headers that name it, in either spelling of this computer."""

    scheme: str
    port: int

    def names(self, host: str) -> bool:
        """Whether a Host header is this server's, written as a browser writes it."""
        if host in NAMES:
            return self.port == _USUAL_PORT[self.scheme]
        return host in {f"{name}:{self.port}" for name in NAMES}


class Headers:
    """The headers of a request that are looked at: each may be there once."""

    def __init__(self, given: list[tuple[bytes, bytes]]) -> None:
        """Refusal where there are too many, they are too long, or one of them is there twice."""
        if len(given) > limits.HEADERS or sum(len(name) + len(value) for name, value in given) > limits.HEADER_BYTES:
            raise Refusal("cabeceras")
        names = [name for name, _ in given if name in _ONCE]
        if len(set(names)) < len(names):
            raise Refusal("pedido")
        self._values = {name.decode("ascii"): value.decode("latin-1") for name, value in given if name in _ONCE}
        self.upgrade = any(name == b"upgrade" for name, _ in given)

    def __getitem__(self, name: str) -> str | None:
        return self._values.get(name)


def admit(scope: Mapping[str, Any], address: Address, routes: Mapping[str, Route]) -> tuple[Route, Headers]:
    """The route of a request (an ASGI scope) that is let in, and its headers. Refusal of every other one."""
    headers = Headers(scope["headers"])
    host = headers["host"]
    if host is None or not address.names(host):
        raise Refusal("host")
    if headers.upgrade:
        raise Refusal("upgrade")
    route = _route(scope, routes)
    if not _own(headers, f"{address.scheme}://{host}") and not _office(headers, route):
        raise Refusal("origen")
    if scope["method"] not in route.methods:
        raise Refusal("metodo", allow=", ".join(route.methods))
    _judge_body(scope["method"], headers)
    return route, headers


def _route(scope: Mapping[str, Any], routes: Mapping[str, Route]) -> Route:
    """By the address as it was sent and as it was decoded, which must be the same."""
    path: str = scope["path"]
    raw: bytes = scope["raw_path"]
    if len(raw) + len(scope["query_string"]) > limits.TARGET_BYTES:
        raise Refusal("cabeceras")
    route = routes.get(path)
    if route is None or raw != path.encode():
        raise Refusal("direccion")
    return route


def _own(headers: Headers, own: str) -> bool:
    """Whether the pane itself asks, a person who typed the address, or a program that is no browser."""
    return headers["origin"] in (None, own) and headers["sec-fetch-site"] in (None, "same-origin", "none")


def _office(headers: Headers, route: Route) -> bool:
    """Whether it is what Excel on the web does from its own pages."""
    if headers["sec-fetch-site"] not in (None, "cross-site"):
        return False
    origin, referer = headers["origin"], headers["referer"]
    how = headers["sec-fetch-mode"], headers["sec-fetch-dest"]
    if origin is not None:
        return route.read and origins.is_reader(origin) and how in ((None, None), ("cors", "empty"))
    if how == (
        "navigate",
        "iframe",
    ):  # where no Referer tells whose frame it is, the browser is told by frame-ancestors
        return route.framed and (referer is None or origins.is_frame(referer))
    return how == ("no-cors", "image") and route.shown and referer is not None and origins.is_frame(referer)


def _judge_body(method: str, headers: Headers) -> None:
    """A body comes with POST alone, is JSON, which no form of a page can send, and is not too large."""
    length, chunked = headers["content-length"], headers["transfer-encoding"]
    if length is not None and chunked is not None:
        raise Refusal("pedido")
    if method != "POST":
        if chunked is not None or length not in (None, "0"):
            raise Refusal("pedido")
        return
    if (headers["content-type"] or "").partition(";")[0].strip().lower() != "application/json":
        raise Refusal("tipo")
    if length is not None and int(length) > limits.BODY_BYTES:
        raise Refusal("tamano")
