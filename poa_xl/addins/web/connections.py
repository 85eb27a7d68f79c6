"""The connections of the local server: each has its clock, and there are only so many.

uvicorn bounds the time between two requests alone. Here a client has a while for a handshake, for its headers, for its
body, and for taking what it was sent; then it is dropped. Of too many connections, the one that must say something
soonest makes room, so that whoever opens many and says nothing does not keep Excel out.
"""

import asyncio
import math
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from poa_xl.addins.web import gateway, limits
from poa_xl.addins.web.refusals import Refusal

if sys.platform == "win32":  # as uvicorn chooses
    from asyncio import ProactorEventLoop as BaseLoop
else:
    from asyncio import SelectorEventLoop as BaseLoop

_PATIENCE = {
    h11.IDLE: lambda: limits.HEADER_SECONDS,
    h11.SEND_BODY: lambda: limits.BODY_SECONDS,
    "end": lambda: limits.READ_SECONDS,  # an answer may still be on its way
}


class Loop(BaseLoop):
    """An event loop whose servers do not wait a minute for a TLS handshake."""

    async def create_server(  # type: ignore[override]
        self, *arguments: Any, **options: Any
    ) -> asyncio.AbstractServer:
        """As the base class does."""
        if options.get("ssl"):
            options["ssl_handshake_timeout"] = limits.HEADER_SECONDS
        server: asyncio.AbstractServer = await super().create_server(*arguments, **options)
        return server


class Connection(H11Protocol):
    """uvicorn's connection, with a clock for what it waits for."""

    _awaited: Any = None  # a state of h11: what the client is to send
    _clock: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client came; another one may have to go."""
        super().connection_made(transport)
        self._await()
        if len(self.connections) > limits.CONNECTIONS:
            min((each for each in self.connections if isinstance(each, Connection)), key=Connection._due)._drop()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client went."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes came; the clock runs on until they are all that was waited for."""
        super().data_received(data)
        self._await()

    def on_response_complete(self) -> None:
        """The answer is written, and the next request may come."""
        super().on_response_complete()
        self._await()

    def pause_writing(self) -> None:
        """The client does not take what it is sent."""
        super().pause_writing()
        self._stalled = self._stalled or self.loop.call_later(limits.READ_SECONDS, self._drop)

    def resume_writing(self) -> None:
        """The client took it."""
        super().resume_writing()
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, in our words; nothing where an answer is under way."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            refusal = Refusal("pedido", connection="close")
            headers = [*refusal.headers, *gateway.safe_headers()]
            for event in (
                h11.Response(status_code=refusal.status, headers=headers, reason=b"Bad Request"),
                h11.Data(data=refusal.body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """The gateway answers; nobody at the terminal can do anything about it."""

    def _await(self) -> None:
        """Start the clock of what is awaited next; stop it where the client has said all."""
        awaited = "end" if self.transport.is_closing() else self.conn.their_state
        if awaited is self._awaited:
            return
        self._awaited = awaited
        if self._clock:
            self._clock.cancel()
        seconds = _PATIENCE.get(awaited)
        self._clock = self.loop.call_later(seconds(), self._drop) if seconds else None

    def _due(self) -> float:
        """When the client must have said or taken something; never while it waits for us."""
        return min((clock.when() for clock in (self._clock, self._stalled) if clock), default=math.inf)

    def _drop(self) -> None:
        self._stop()
        self.connections.discard(self)
        self.transport.abort()

    def _stop(self) -> None:
        for clock in (self._clock, self._stalled):
            if clock:
                clock.cancel()
        self._clock = self._stalled = None
