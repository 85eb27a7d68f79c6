"""The layer between this computer and xlwings-server: it lets requests in, bounds them, and heads every answer.

xlwings-server sees nothing of who asked (Origin, proxies, ranges), so that its own rules have no say here.
"""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from poa_xl.addins.web import admission, limits, origins
from poa_xl.addins.web.admission import Address, Headers
from poa_xl.addins.web.refusals import Refusal
from poa_xl.addins.web.routes import Route

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Pairs = list[tuple[bytes, bytes]]

_PASSED = {b"host", b"accept", b"content-type", b"content-length", b"if-none-match", b"if-modified-since"}
_OURS = {
    b"content-security-policy", b"x-content-type-options", b"x-frame-options", b"cross-origin-resource-policy", b"vary",
    b"access-control-allow-origin", b"access-control-allow-credentials", b"access-control-expose-headers",
}  # fmt: skip
_REASONS = {400: "pedido", 404: "direccion", 405: "metodo", 422: "pedido"}


@dataclass
class _Share:
    """What one request has of the bytes that are held."""

    size: int = 0


class Gateway:
    """An ASGI application around another one."""

    def __init__(self, app: App, address: Address, routes: Mapping[str, Route]) -> None:
        self._app, self._address, self._routes = app, address, routes
        self._held = 0  # bytes of the bodies of all requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; of other protocols only the server's own start and end."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            route, headers = admission.admit(scope, self._address, self._routes)
        except Refusal as refusal:
            await _refuse(refusal, send)
            return
        answer = _Answer(send, safe_headers(route, headers))
        share = _Share()
        try:
            body = await self._body(receive, share)
            if body is not None:
                await self._app(_passed(scope), _given(body, receive), answer)
        except Refusal as refusal:
            await answer.refuse(refusal)
        except Exception:  # what xlwings-server answered to it is enough; a traceback is for nobody
            await answer.refuse(Refusal("interno"))
        finally:
            self._held -= share.size

    async def _body(self, receive: Receive, share: _Share) -> bytes | None:
        """The whole body, its size noted in its share; None where the client went away. Refusal of too much."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            self._held += len(body) - share.size
            share.size = len(body)
            if share.size > limits.BODY_BYTES:
                raise Refusal("tamano")
            if self._held > limits.HELD_BYTES:
                raise Refusal("ocupado")
            if not message.get("more_body", False):
                return bytes(body)


class _Answer:
    """What xlwings-server answers, with our headers, and with our words where it refuses or fails."""

    def __init__(self, send: Send, headers: Pairs) -> None:
        self._send, self._headers = send, headers
        self._started = self._replaced = False

    async def __call__(self, message: Message) -> None:
        if self._replaced:
            return
        if message["type"] == "http.response.start":
            given: Pairs = list(message.get("headers", []))
            if message["status"] >= 400 and not _worded(message["status"], given):
                await self.refuse(Refusal(_REASONS.get(message["status"], "interno")))
                return
            self._started = True
            message = {**message, "headers": [pair for pair in given if pair[0].lower() not in _OURS] + self._headers}
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        """Answer with a refusal, unless an answer is under way: that one stays cut off, and the server closes."""
        if not self._started:
            self._started = self._replaced = True
            await _refuse(refusal, self._send)


def _worded(status: int, headers: Pairs) -> bool:
    """Whether it is the text of a macro's own error, which the pane shows."""
    kind = next((value for name, value in headers if name.lower() == b"content-type"), b"")
    return status < 500 and kind.startswith(b"text/plain")


async def _refuse(refusal: Refusal, send: Send) -> None:
    headers = [*refusal.headers, *safe_headers()]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.body})


def safe_headers(route: Route | None = None, asked: Headers | None = None) -> Pairs:
    """What a browser is told of an answer: who may show it, include it and read it. Without a route, of a refusal."""
    framed = route is not None and route.framed
    policy = origins.PANE_POLICY if framed else origins.OTHER_POLICY
    headers = [(b"content-security-policy", policy.encode()), (b"x-content-type-options", b"nosniff")]
    if not framed:
        headers += [(b"x-frame-options", b"DENY")]
    across = route is None or route.framed or route.shown  # a refusal holds nothing
    headers += [(b"cross-origin-resource-policy", b"cross-origin" if across else b"same-origin")]
    if route is not None and route.read:
        headers += [(b"vary", b"Origin")]
        origin = asked["origin"] if asked else None
        if origin is not None and origins.is_reader(origin):
            headers += [(b"access-control-allow-origin", origin.encode())]
    return headers


def _passed(scope: Scope) -> Scope:
    """The scope without what only the gateway judges."""
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] in _PASSED]}


def _given(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out a body that was read already."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return left.pop() if left else await receive()

    return give
