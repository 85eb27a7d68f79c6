"""The server flavour: xlwings-server on this computer, for this computer alone."""

import os
import signal
import socket
import ssl
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poa_xl.addins.web import project
from poa_xl.errors import PoaError
from poa_xl.messages import addins

if TYPE_CHECKING:
    import uvicorn

ADDRESS = "127.0.0.1"


def url(port: int, secure: bool) -> str:
    """Where the server answers."""
    return f"{'https' if secure else 'http'}://localhost:{port}"


def check_certificate(certificate: Path, key: Path) -> None:
    """PoaError where the two files are no certificate and its key, or the key asks for a password."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:
        raise PoaError(addins.say("web.cert-malo", certificado=certificate.name, clave=key.name)) from error


def check_port(port: int) -> None:
    """PoaError where another program holds the port."""
    _bound(port).close()


def _bound(port: int) -> socket.socket:
    """A socket that holds the port for this program alone. PoaError where another one has it."""
    door = socket.socket(proto=socket.IPPROTO_TCP)  # told, so that asyncio sends each answer at once
    if os.name == "posix":  # a port of a server that has just ended is free
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    else:  # on Windows another program could take the same port
        door.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined]
    try:
        door.bind((ADDRESS, port))
    except OSError as error:
        door.close()
        raise PoaError(addins.say("web.puerto", puerto=port)) from error
    return door


def run(port: int, certificate: Path | None, key: Path | None) -> None:
    """Serve until interrupted. xlwings must not have been imported before: it reads its settings on import."""
    with tempfile.TemporaryDirectory(prefix="poa-xl-") as name:
        place = url(port, bool(certificate))
        project.write(Path(name), place)
        os.environ.update(project.settings(Path(name), place, in_browser=False))
        # xlwings asks for this module of the browser's Python once a cell; a search that fails each time is slow.
        sys.modules["pyodide.ffi"] = None  # type: ignore[assignment]
        server = _server(Path(name), port, certificate, key)
        with suppress(KeyboardInterrupt):  # how a person ends it
            server.run(sockets=[_bound(port)])


def _server(folder: Path, port: int, certificate: Path | None, key: Path | None) -> "uvicorn.Server":
    """xlwings-server on the project in a folder, behind the gateway."""
    import uvicorn
    from xlwings_server.main import main_app

    from poa_xl.addins.web import connections, limits, routes
    from poa_xl.addins.web.admission import Address
    from poa_xl.addins.web.gateway import Gateway

    static = (folder / "static", project.package() / "static")
    app = Gateway(main_app, Address("https" if certificate else "http", port), routes.table(project.SCRIPTS, static))
    config = uvicorn.Config(
        app,
        http=connections.Connection,
        loop=f"{connections.__name__}:{connections.Loop.__name__}",
        ws="none",
        proxy_headers=False,
        server_header=False,
        h11_max_incomplete_event_size=limits.HEADER_BYTES,
        timeout_graceful_shutdown=limits.CLOSE_SECONDS,
        log_level="critical",  # what a stranger sends is no news at this terminal
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    _hear_hang_up(uvicorn.server)
    return uvicorn.Server(config)


def _hear_hang_up(server: Any) -> None:
    """A closed terminal ends the server as SIGTERM does: it answers what it is answering and closes its sockets.

    It raises the signal again once it is done, and the command ends by it.
    """
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        server.HANDLED_SIGNALS = (*server.HANDLED_SIGNALS, hang_up)
