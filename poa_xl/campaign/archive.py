"""A campaign in one file: a zip of its files as they are, and a manifest of their fingerprints.

Nothing in it is compressed: workbooks are already, the bytes depend on no library, and an archive cannot hold more
than it is large. Whatever is not as it was written is refused before anything of it is used.
"""

import hashlib
import os
import stat
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from poa_xl import zip_archive
from poa_xl.campaign import contents, manifest
from poa_xl.campaign.contents import LeftOut
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.ledger import LEDGER
from poa_xl.campaign.manifest import Listed
from poa_xl.errors import PoaError
from poa_xl.messages import transfer as words
from poa_xl.messages.atomic import reason

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
# What zipfile says of a file that is no zip, or a broken one.
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, LookupError, OverflowError)


# --- writing ----------------------------------------------------------------------------------------------


def pack(campana: Campana, target: Path) -> tuple[list[Listed], list[LeftOut]]:
    """Write a campaign into a zip: what it holds, and what else lies in the folder. PoaError where one is not read."""
    members, others = contents.of(campana.folder)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        listed = [_added(archive, LEDGER, campana.ledger.content())]
        listed += [_copied(archive, member.route, member.path) for member in members]
        listed.sort(key=lambda one: one.ruta)
        archive.writestr(zip_archive.entry(manifest.NAME, zipfile.ZIP_STORED), manifest.written(listed))
    return listed, others


def _added(archive: zipfile.ZipFile, name: str, content: bytes) -> Listed:
    archive.writestr(zip_archive.entry(name, zipfile.ZIP_STORED), content)
    return Listed(name, len(content), hashlib.sha256(content).hexdigest(), None)


def _copied(archive: zipfile.ZipFile, name: str, path: Path) -> Listed:
    entry, digest, size = zip_archive.entry(name, zipfile.ZIP_STORED), hashlib.sha256(), 0
    with _read(path):
        status = path.stat()
    entry.file_size = status.st_size  # so that it knows whether it needs large numbers
    with archive.open(entry, "w") as target:
        for chunk in _chunks(path):
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Listed(name, size, digest.hexdigest(), min(max(0, int(status.st_mtime)), manifest.LATEST))


def _chunks(path: Path) -> Iterator[bytes]:
    with _read(path), path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            yield chunk


@contextmanager
def _read(path: Path) -> Iterator[None]:
    """PoaError where the system does not let a file be read."""
    try:
        yield
    except OSError as error:
        why = reason(error.errno, error.strerror or str(error))
        raise PoaError(words.NOT_READ, ruta=contents.shown(str(path)), motivo=why) from error


# --- reading ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Archive:
    """An archive whose list of files was judged; their contents are judged when they are read."""

    path: Path
    zip: zipfile.ZipFile
    listed: tuple[Listed, ...]

    def content(self, one: Listed) -> Iterator[bytes]:
        """The content of a file, piece by piece. PoaError at its end where it is not what the manifest says."""
        digest, size = hashlib.sha256(), 0
        for chunk in self._pieces(one):
            digest.update(chunk)
            size += len(chunk)
            if size > one.bytes:
                break
            yield chunk
        if (size, digest.hexdigest()) != (one.bytes, one.sha256):
            raise PoaError(words.FILE_ALTERED, ruta=one.ruta)

    def _pieces(self, one: Listed) -> Iterator[bytes]:
        with _judged(), _read(self.path), self.zip.open(one.ruta) as source:
            while chunk := source.read(_CHUNK):
                yield chunk


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """An archive to read from. PoaError for what is none, or is not as it was written."""
    with _judged(words.NOT_OURS), _read(path):
        archive = zipfile.ZipFile(path)
    with archive:
        entries = _entries(archive, path.stat().st_size)
        listed = manifest.read(_manifest(archive, entries))
        if {one.ruta: one.bytes for one in listed} != {
            n: e.file_size for n, e in entries.items() if n != manifest.NAME
        }:
            raise PoaError(words.ALTERED)
        yield Archive(path, archive, tuple(listed))


@contextmanager
def _judged(template: str = words.ALTERED) -> Iterator[None]:
    """PoaError for whatever zipfile says of a broken file."""
    try:
        yield
    except _BROKEN as error:
        raise PoaError(template) from error


def _entries(archive: zipfile.ZipFile, size: int) -> Mapping[str, zipfile.ZipInfo]:
    """The entries by their names: each once, a plain file, and all together not larger than the archive."""
    there = archive.infolist()
    found = {entry.filename: entry for entry in there}
    if manifest.NAME not in found:
        raise PoaError(words.NOT_OURS)
    if len(found) < len(there) or sum(entry.file_size for entry in there) > size or not all(map(_is_plain, there)):
        raise PoaError(words.ALTERED)
    return found


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    stored = entry.compress_type == zipfile.ZIP_STORED and entry.compress_size == entry.file_size
    kind = stat.S_IFMT(entry.external_attr >> 16)
    named = entry.filename == entry.orig_filename and not entry.is_dir()
    return stored and named and kind in (0, stat.S_IFREG) and not entry.flag_bits & _ENCRYPTED


def _manifest(archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> bytes:
    if entries[manifest.NAME].file_size > manifest.LARGEST:
        raise PoaError(words.ALTERED)
    with _judged(), _read(Path(archive.filename or "")):
        return archive.read(manifest.NAME)


def verify(path: Path) -> tuple[Listed, ...]:
    """The files of an archive, each read to its end. PoaError where one is not what the manifest says."""
    with opened(path) as archive:
        for one in archive.listed:
            for _ in archive.content(one):
                pass
        return archive.listed


def unpack(path: Path, place: Path) -> tuple[Listed, ...]:
    """Write the files of an archive below an empty folder, and to the disk. PoaError as `verify`."""
    with opened(path) as archive:
        for one in archive.listed:
            target = place / one.ruta
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                for chunk in archive.content(one):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if one.modificado is not None:
                with suppress(OSError, OverflowError):  # of a year that this disk does not know
                    os.utime(target, (one.modificado, one.modificado))
        return archive.listed
