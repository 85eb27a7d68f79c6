"""Zips whose bytes depend on their content alone: not on the day, the system, the build of Python or the processor.

Python's `zlib` is another library from one build to the next (zlib, zlib-ng, Chromium's), and each packs the same text
into other bytes. So all that poa-xl packs is packed by one version of zlib-ng, which depends on no processor.
"""

import io
from collections.abc import Iterable
from typing import IO, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zlib_ng import zlib_ng

_DATE = (1980, 1, 1, 0, 0, 0)
_BLOCK = 1 << 20
_LEVEL = 5  # files as large as those of zlib at its level 6, in half the time


class ZipWriter(ZipFile):
    """A new zip, at a path or in an open file."""

    def __init__(self, target: Any) -> None:
        super().__init__(target, "w", ZIP_DEFLATED)

    def open(
        self, name: str | ZipInfo, mode: Literal["r", "w"] = "r", pwd: bytes | None = None, *, force_zip64: bool = False
    ) -> IO[bytes]:
        """An entry; all ways of `ZipFile` to write one come through here."""
        opened: Any = super().open(name, mode, pwd, force_zip64=force_zip64)
        if mode == "w" and opened._compressor is not None:  # no interface has it; a test compares what it packs
            opened._compressor = _Compressor()
        return opened


class _Compressor:
    """Packs in blocks of one size: what zlib-ng makes of a text depends on the pieces in which it gets it."""

    def __init__(self) -> None:
        self._own = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS)
        self._held = bytearray()

    def compress(self, content: bytes) -> bytes:
        """What can be said already of all that came."""
        self._held += content
        whole = len(self._held) // _BLOCK * _BLOCK
        said = b"".join(self._own.compress(self._held[at : at + _BLOCK]) for at in range(0, whole, _BLOCK))
        del self._held[:whole]
        return said

    def flush(self) -> bytes:
        """The rest."""
        return bytes(self._own.compress(self._held) + self._own.flush())


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of files: (name inside it, content)."""
    content = io.BytesIO()
    with ZipWriter(content) as archive:
        for name, data in sorted(files):
            archive.writestr(entry(name), data)
    return content.getvalue()


def entry(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    """What a zip says of a file besides its content."""
    made = ZipInfo(name, _DATE)
    made.compress_type = compression
    made.create_system = 3  # whatever system writes it
    made.external_attr = 0o644 << 16
    return made
