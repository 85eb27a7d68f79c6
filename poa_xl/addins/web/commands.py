"""What the commands `poa-xl addin … web` and `addin serve` do; each returns what to print."""

from pathlib import Path

from poa_xl.addins.web import project, server, site
from poa_xl.errors import PoaError
from poa_xl.messages import addins


def build(folder: Path, url: str | None = None, pyodide: Path | None = None) -> str:
    """Write the static site and its manifest into a folder."""
    place = (url or site.DEFAULT_URL).rstrip("/")
    site.build(folder, place, pyodide)
    return addins.say("web.escrito" if url else "web.escrito-prueba", carpeta=folder, direccion=place)


def announce(port: int, certificate: Path | None, key: Path | None) -> str:
    """What to print before serving. PoaError where that cannot be."""
    project.package()
    if (certificate is None) != (key is None):
        raise PoaError(addins.say("web.cert-y-clave"))
    if certificate and key:
        server.check_certificate(certificate, key)
    server.check_port(port)
    return addins.say("web.sirve" if certificate else "web.sirve-http", direccion=server.url(port, bool(certificate)))


def serve(port: int, certificate: Path | None, key: Path | None) -> None:
    """Serve on this computer until interrupted."""
    server.run(port, certificate, key)
