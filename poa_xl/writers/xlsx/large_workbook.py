"""A workbook whose parts wait on disk until they are packed, and not in memory.

XlsxWriter holds the texts of all parts until the last one is written, four bytes a character; or it makes files with
names, which stay where a program is killed, and whose rights get into the workbook. These have no name.
"""

import mmap
import tempfile
from io import StringIO
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

_PIECE = 1_000_000  # characters that are held before they go to disk; most parts are smaller


class LargeWorkbook(Workbook):  # type: ignore[misc]
    """To be opened with `OPTIONS`; the bytes are those of a `Workbook`."""

    def _get_packager(self) -> Packager:
        return _Packager()


class _Packager(Packager):  # type: ignore[misc]
    # If XlsxWriter renames its method, parts are held in memory, and a test says so.
    def _filename(self, xml_filename: str) -> "_Part":
        part = _Part()
        self.filenames.append((part, xml_filename, False))
        return part


class _Part(StringIO):
    """XlsxWriter writes into what is a StringIO, then asks for its value, and of that for the bytes."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._held = 0
        self._file: IO[bytes] | None = None

    def write(self, text: str) -> int:
        """Take some more text."""
        self._pieces.append(text)
        self._held += len(text)
        if self._held > _PIECE:
            self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115 - `encode` closes it
            self._file.write(self._encoded())
        return len(text)

    def _encoded(self) -> bytes:
        content = "".join(self._pieces).encode()
        self._pieces.clear()
        self._held = 0
        return content

    def getvalue(self) -> "_Part":  # type: ignore[override]
        """Itself, so that its text is never there as a whole."""
        return self

    def encode(self, _: str) -> bytes | mmap.mmap:
        """All that was written; once. What is on disk is read from there as it is packed."""
        last = self._encoded()
        if self._file is None:
            return last
        with self._file as file:
            file.write(last)
            file.flush()
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
