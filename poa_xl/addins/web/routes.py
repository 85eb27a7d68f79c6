"""What the local server answers to: every address as it must be written, and how it may be asked for.

An address that is not in the table does not exist, so that no way of writing one leads out of the served folders.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_PLAIN = re.compile(r"[A-Za-z0-9_@-][A-Za-z0-9._@-]*(?:/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)*", re.ASCII)


@dataclass(frozen=True)
class Route:
    """How an address may be asked for, beside by the pane itself."""

    methods: tuple[str, ...] = ("GET",)
    framed: bool = False  # Office shows it in a frame
    read: bool = False  # a script of Office's page reads it
    shown: bool = False  # Office's page shows it as a picture


_PAGES = {
    "/taskpane.html": Route(framed=True),
    "/manifest.xml": Route(),
    "/favicon.ico": Route(),
    "/xlwings/custom-functions-meta.json": Route(read=True),
    "/xlwings/custom-functions-code.js": Route(read=True),
    "/xlwings/custom-functions-call": Route(("POST",)),
    "/xlwings/custom-scripts-meta.json": Route(),
}
_FILE = Route(("GET", "HEAD"))
_ICON = Route(("GET", "HEAD"), shown=True)


def table(scripts: Iterable[str], static: Iterable[Path]) -> Mapping[str, Route]:
    """Every address with its route: pages, the scripts by their names, and the files below the static folders."""
    calls = {f"/xlwings/custom-scripts-call/{name}": Route(("POST",)) for name in scripts}
    files = {f"/static/{name}": _ICON if name.endswith(".png") else _FILE for name in _names(static)}
    return _PAGES | calls | files


def _names(folders: Iterable[Path]) -> Iterable[str]:
    for folder in folders:
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if _PLAIN.fullmatch(name) and path.is_file():
                yield name
