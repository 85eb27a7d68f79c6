"""What the commands `poa-xl addin … web` and `addin serve` do; each returns what to print."""

from pathlib import Path

from poa_xl.errors import PoaError
from poa_xl.hosts.web import project, serving, site
from poa_xl.messages import hosts


def build(folder: Path, url: str | None = None, pyodide: Path | None = None) -> str:
    """Write the static site and its manifest into a folder."""
    place = (url or site.DEFAULT_URL).rstrip("/")
    site.build(folder, place, pyodide)
    return hosts.say("web.escrito" if url else "web.escrito-prueba", carpeta=folder, direccion=place)


def announce(port: int, certificate: Path | None, key: Path | None) -> str:
    """What to print before serving. PoaError where that cannot be."""
    project.package()
    if (certificate is None) != (key is None):
        raise PoaError(hosts.say("web.cert-y-clave"))
    if certificate and key:
        serving.check_certificate(certificate, key)
    serving.check_port(port)
    return hosts.say("web.sirve" if certificate else "web.sirve-http", direccion=serving.url(port, bool(certificate)))


def serve(port: int, certificate: Path | None, key: Path | None) -> None:
    """Serve on this computer until interrupted."""
    serving.run(port, certificate, key)
