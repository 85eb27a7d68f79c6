"""The one door to a file: opened once, without following a link or waiting, read once, and known by its content."""

import errno
import os
import re
import stat
from pathlib import Path

from poa_xl.guards.limits import Limits
from poa_xl.guards.refused import RefusedError, beyond
from poa_xl.messages import limits as words

# Not all systems have all of them. Without O_NONBLOCK a FIFO that nobody writes to would stop the program.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_REASONS = {
    errno.ELOOP: "enlace",
    errno.EMLINK: "enlace",  # what FreeBSD says of a link
    errno.EISDIR: "carpeta",
    errno.ENXIO: "especial",
    errno.ENODEV: "especial",
    errno.ENOENT: "falta",
    errno.EACCES: "permiso",
    errno.EPERM: "permiso",
    errno.ENAMETOOLONG: "nombre",
    errno.EINVAL: "nombre",
}


def open_once(path: Path, limits: Limits) -> bytes:
    """The bytes of a regular file. RefusedError for anything else, and for more than the limit."""
    try:
        if path.is_symlink():  # for systems without O_NOFOLLOW
            raise RefusedError("LIB-009", words.NOT_OPENED["enlace"])
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise _not_opened(path, error) from error
    try:
        return _read(descriptor, limits)
    except OSError as error:
        raise _not_opened(path, error) from error
    finally:
        os.close(descriptor)


def _read(descriptor: int, limits: Limits) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        kind = "carpeta" if stat.S_ISDIR(status.st_mode) else "especial"
        raise RefusedError("LIB-009", words.NOT_OPENED[kind])
    most = limits.archivo_bytes
    if status.st_size > most:
        raise beyond("archivo_mb", limits, status.st_size)
    with open(descriptor, "rb", closefd=False) as file:
        content = file.read(most + 1)
    if len(content) > most:  # it grew meanwhile
        raise beyond("archivo_mb", limits, len(content))
    return content


def _not_opened(path: Path, error: OSError | ValueError) -> RefusedError:
    if isinstance(error, ValueError):
        return RefusedError("LIB-009", words.NOT_OPENED["nombre"])
    reason = _REASONS.get(error.errno or 0, "otro")
    if reason == "permiso" and path.is_dir():  # what Windows says of a folder
        reason = "carpeta"
    return RefusedError("LIB-009", words.NOT_OPENED[reason])


def begins_as_book(path: Path) -> bool:
    """Whether a file begins as spreadsheets of any format do, whatever its name; False for what cannot be read."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            start = file.read(_BEGINNING)
    except (OSError, ValueError):
        return False
    return start.startswith((b"PK", _OLE2)) or any(mark in start for mark in _TABLE_MARKS)


_TABLE_MARKS = (b"urn:schemas-microsoft-com:office:spreadsheet", b"opendocument.spreadsheet")
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
# What holds a file encrypted by a label or by managed rights, of now and of .xls ([MS-OFFCRYPTO] 2.2).
_RIGHTS = ("DRMEncryptedDataSpace", "DRMEncryptedTransform", "\tDRMContent", "\tDRMDataSpace")
_STREAMS = {"WordDocument": "documento", "PowerPoint Document": "presentacion"}
_COMPRESSED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BEGINNING = 4096


def check_kind(content: bytes) -> None:
    """RefusedError, saying what it is, for content that is no zip."""
    if content.startswith(b"PK"):
        return
    if not content:
        raise RefusedError("LIB-008")
    if content.startswith(_OLE2):
        raise _ole2(content)
    if not content.strip(b"\0"):
        raise RefusedError("LIB-001", words.BLANK_INSIDE)
    code, kind = _other(content, content[:_BEGINNING])
    raise RefusedError(code, words.KINDS[kind])


def _ole2(content: bytes) -> RefusedError:
    if any(name.encode("utf-16-le") in content for name in _RIGHTS):
        return RefusedError("LIB-018")
    if "EncryptedPackage".encode("utf-16-le") in content:
        return RefusedError("LIB-003")
    for stream, kind in _STREAMS.items():
        if stream.encode("utf-16-le") in content:
            return RefusedError("LIB-006", words.KINDS[kind])
    return RefusedError("LIB-002", words.KINDS["xls"])


def _other(content: bytes, start: bytes) -> tuple[str, str]:
    if start.startswith(_COMPRESSED):
        return "LIB-007", "comprimido"
    if b"%PDF-" in start[:1024]:
        return "LIB-006", "pdf"
    if start.startswith(_IMAGES) or start[4:12] in (b"ftypheic", b"ftypmif1") or start[8:12] == b"WEBP":
        return "LIB-006", "imagen"
    for mark, kind in zip(_TABLE_MARKS, ("xml2003", "ods"), strict=True):
        if mark in start:
            return "LIB-002", kind
    if b'"doc_id"' in start or b"docs.google.com" in start:
        return "LIB-006", "gsheet"
    if _HTML.search(start) or start.lstrip().startswith((b"MIME-Version", b"From:")):
        return "LIB-006", "html"
    text = _text(start)
    if text is None:
        return "LIB-002", "otro"
    lines = [line for line in text.splitlines()[:5] if line.strip()]
    table = bool(lines) and any(all(mark in line for line in lines) for mark in ";,\t")
    return "LIB-006", "csv" if table else "texto"


def _text(start: bytes) -> str | None:
    """The beginning as text; None for what is no text."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "replace")
    return None if _BINARY.search(start) else start.decode("utf-8", "replace")
