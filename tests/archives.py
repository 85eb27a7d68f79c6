"""Archives of a campaign as a stranger may bend them, for tests."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

MANIFEST = "manifiesto.json"
Entries = dict[str, bytes]
Bend = Callable[[Entries], None]


def entries(path: Path) -> Entries:
    """Name -> content."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def write(path: Path, files: Entries, compression: int = zipfile.ZIP_STORED) -> Path:
    """A zip of these files, with names as they are given."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo("x")
            info.filename = name  # the constructor would make some names better
            info.compress_type = compression
            archive.writestr(info, content)
    return path


def listed(files: Entries) -> list[dict[str, Any]]:
    """The files of the manifest."""
    found: list[dict[str, Any]] = json.loads(files[MANIFEST])["archivos"]
    return found


def relisted(files: Entries, **said: object) -> None:
    """Make the manifest fit the files again, as whoever knows the format would; `said` replaces fields of it."""
    known = {one["ruta"]: one for one in listed(files)}
    fresh = [
        {**known.get(name, {"modificado": None}), "ruta": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if name != MANIFEST
    ]  # fmt: skip
    document = {**json.loads(files[MANIFEST]), "archivos": fresh, **said}
    files[MANIFEST] = json.dumps(document, ensure_ascii=False).encode()


def with_files(**more: bytes) -> Bend:
    """Files that are added and listed; `/` in a name is written as `__`."""

    def bend(files: Entries) -> None:
        files.update({name.replace("__", "/"): content for name, content in more.items()})
        relisted(files)

    return bend


def with_file(name: str, content: bytes = b"x") -> Bend:
    """A file that is added and listed."""

    def bend(files: Entries) -> None:
        files[name] = content
        relisted(files)

    return bend


def field(name: str, value: object) -> Bend:
    """Another value of a field of the first file that is listed."""

    def bend(files: Entries) -> None:
        document = json.loads(files[MANIFEST])
        document["archivos"][0][name] = value
        files[MANIFEST] = json.dumps(document).encode()

    return bend


def said(**fields: object) -> Bend:
    """Other fields of the manifest itself."""

    def bend(files: Entries) -> None:
        files[MANIFEST] = json.dumps({**json.loads(files[MANIFEST]), **fields}).encode()

    return bend
