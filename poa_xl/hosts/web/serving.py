"""The server flavour: xlwings-server on this computer, for this computer alone."""

import os
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from poa_xl.errors import PoaError
from poa_xl.hosts.web import project
from poa_xl.messages import hosts

ADDRESS = "127.0.0.1"


def url(port: int, secure: bool) -> str:
    """Where the server answers."""
    return f"{'https' if secure else 'http'}://localhost:{port}"


def check_port(port: int) -> None:
    """PoaError where another program holds the port."""
    with socket.socket() as probe:
        if os.name == "posix":  # as uvicorn does: a port of a server that has just ended is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise PoaError(hosts.say("web.puerto", puerto=port)) from error


def run(port: int, certificate: Path | None, key: Path | None) -> None:
    """Serve until interrupted. xlwings must not have been imported before: it reads its settings on import."""
    with tempfile.TemporaryDirectory(prefix="poa-xl-") as name:
        project.write(Path(name))
        os.environ.update(project.settings(Path(name), url(port, bool(certificate)), in_browser=False))
        # xlwings asks for this module of the browser's Python once a cell; a search that fails each time is slow.
        sys.modules["pyodide.ffi"] = None  # type: ignore[assignment]
        import uvicorn

        _hear_hang_up(uvicorn.server)
        with suppress(KeyboardInterrupt):  # how a person ends it
            uvicorn.run(
                "xlwings_server.main:main_app",
                host=ADDRESS,
                port=port,
                log_level="warning",
                ssl_certfile=certificate,
                ssl_keyfile=key,
            )


def _hear_hang_up(server: Any) -> None:
    """A closed terminal ends the server as SIGTERM does: it answers what it is answering and closes its sockets."""
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        server.HANDLED_SIGNALS = (*server.HANDLED_SIGNALS, hang_up)
