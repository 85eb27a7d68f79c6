"""The zip of a workbook: its directory is judged before anything is inflated, and no part is inflated past its word.

A header lies: `zipfile` gives no more of a part than its directory says, and the sum of what it says is bounded.
"""

import io
import re
import struct
import zipfile
from typing import Any, NoReturn

from poa_xl.guards.limits import Limits
from poa_xl.guards.refused import RefusedError, ambiguous, beyond, broken, odd_inside
from poa_xl.messages import limits as words
from poa_xl.ooxml.part_names import RELATIONS_ENDING

_ENTRY = b"PK\x01\x02"
_HEADER = 30  # bytes of an entry's own header before its name
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_NAMED_IN_UTF8 = 0x800
_SMALL = 20_000
_HARMLESS = 10_000_000  # what is smaller than this may have been compressed by any ratio
_MB = 1_000_000
_ESCAPES = re.compile(r"^/|^[A-Za-z]:|[\x00-\x1f]|(?:^|/)\.\.(?:/|$)")
_ROUNDABOUT = re.compile(r"(?:^|/)\.?/|/\.$")
_UNICODE_PATH, _UNICODE_HEAD = 0x7075, 5  # version and checksum stand before the name
_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")


def _slashes(name: str) -> str:
    """A name with `/`; some programs on Windows write `\\`."""
    return name.replace("\\", "/")


def _key(name: str) -> str:
    """What two names of one part share: capitals make no other part, and some programs write their own."""
    return _slashes(name).lower()


def _second_name(info: zipfile.ZipInfo) -> str:
    """The name of a part in the extra field for names in Unicode (0x7075), which some programs put before the first."""
    extra, place = info.extra, 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind == _UNICODE_PATH and length >= _UNICODE_HEAD:
            return extra[place + 4 + _UNICODE_HEAD : place + 4 + length].decode("utf-8", "replace")
        place += 4 + length
    return ""


class Package:
    """The parts of a zip, by name. RefusedError if the directory is not one that a spreadsheet program writes."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        self._lists: dict[str, bytes] = {}
        self.relations: dict[str, dict[str, Any]] = {}  # what `relations` has read, by its part
        if content.count(_ENTRY) > limits.entradas:  # before zipfile makes an object of each
            raise beyond("entradas", limits, content.count(_ENTRY))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except Exception as error:  # whatever zipfile makes of a stranger's bytes
            raise broken(error) from error
        self.size = sum(info.file_size for info in self._zip.infolist())
        self._check_entries()
        self._infos = {_slashes(info.filename): info for info in self._zip.infolist()}
        if self.size > limits.expandido_mb * _MB:
            raise beyond("expandido_mb", limits, self.size)
        if self.size > _HARMLESS and self.size > limits.razon * len(content):
            raise beyond("razon", limits, self.size / len(content))

    def _check_entries(self) -> None:
        self._check_names()
        seen: set[str] = set()
        for info in self._zip.infolist():
            name = info.orig_filename
            if info.flag_bits & _ENCRYPTED:
                raise odd_inside("cifrada", name)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise odd_inside("compresion", name)
            if _key(name) in seen:
                raise odd_inside("repetida", name)
            seen.add(_key(name))
            info.filename = name  # zipfile of Python 3.12 and later takes the second one
        end = self._zip.start_dir
        for info in sorted(self._zip.infolist(), key=lambda i: i.header_offset, reverse=True):
            if info.header_offset + _HEADER + len(info.orig_filename) + info.compress_size > end:
                raise odd_inside("encimada", info.orig_filename)
            end = info.header_offset

    def _check_names(self) -> None:
        names = "".join(info.orig_filename for info in self._zip.infolist())
        if "/" in names and "\\" in names:  # some programs write the one, some the other
            raise odd_inside("separador")
        for info in self._zip.infolist():
            name = info.orig_filename
            if _second_name(info) not in ("", name):
                raise ambiguous("nombre", name)
            if _ESCAPES.search(_slashes(name)):
                raise odd_inside("escapa", name)
            if _ROUNDABOUT.search(_slashes(name)):
                raise odd_inside("rodeo", name)

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part. One whose name needs a code page to be read is not found by all programs."""
        info = self._infos.get(name)
        return info is not None and (name.isascii() or bool(info.flag_bits & _NAMED_IN_UTF8))

    def named(self, name: str) -> str:
        """The part of a name in whatever capitals; '' where there is none. Programs differ in that they look so."""
        return next((part for part in self._infos if part.lower() == name.lower()), "")

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return list(self._infos)

    @property
    def entries(self) -> list[zipfile.ZipInfo]:
        """The directory."""
        return list(self._infos.values())

    def part(self, name: str, most: int = 0) -> bytes:
        """The bytes of a part, or of its beginning. RefusedError where it is broken."""
        if name in self._lists:
            return self._lists[name]
        content = self._inflated(name, most)
        if name.endswith(RELATIONS_ENDING) and len(content) < _SMALL:  # several ask for the relations of a part
            self._lists[name] = content
        return content

    def _inflated(self, name: str, most: int) -> bytes:
        info = self._infos[name]
        try:
            with self._zip.open(info) as file:
                return file.read(min(info.file_size, most) if most else info.file_size)
        except Exception as error:  # zlib, EOF, a wrong checksum or header
            raise broken(error) from error

    def refuse_kind(self) -> NoReturn:
        """RefusedError, saying what it is, for a zip that is something else than a workbook."""
        if "mimetype" in self and b"opendocument" in self.part("mimetype", 100):
            text = b"spreadsheet" not in self.part("mimetype", 100)
            raise RefusedError("LIB-006" if text else "LIB-002", words.KINDS["documento" if text else "ods"])
        if "xl/workbook.bin" in self:
            raise RefusedError("LIB-002", words.KINDS["xlsb"])
        if any(name.startswith("word/") for name in self._infos):
            raise RefusedError("LIB-006", words.KINDS["documento"])
        if any(name.startswith("ppt/") for name in self._infos):
            raise RefusedError("LIB-006", words.KINDS["presentacion"])
        if any(name.lower().endswith(".iwa") for name in self._infos):
            raise RefusedError("LIB-002", words.KINDS["numbers"])
        books = any(name.lower().endswith(_BOOKS) for name in self._infos)
        raise RefusedError("LIB-007", words.KINDS["comprimido_libros" if books else "comprimido"])
