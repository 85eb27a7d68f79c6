"""A workbook each of whose parts is packed while it is written, and never there as a whole.

XlsxWriter holds the texts of all parts until the last one is written, four bytes a character; or it makes files with
names, which stay where a program is killed, and whose rights get into the workbook.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

_PIECE = 1_000_000  # characters that are held before they are packed; most parts are smaller
_DATE = (1980, 1, 1, 0, 0, 0)  # XlsxWriter's


class LargeWorkbook(Workbook):  # type: ignore[misc]
    """To be opened with a path and `OPTIONS`; the bytes are those of a `Workbook`."""

    _packager: "_Packager"

    def _store_workbook(self) -> None:
        with tempfile.TemporaryFile() as packed:  # it has no name
            with _packing(packed) as self._packager:
                super()._store_workbook()  # what it packs itself is nothing
            packed.seek(0)
            with open(self.filename, "wb") as file:
                shutil.copyfileobj(packed, file)

    def _get_packager(self) -> Packager:
        return self._packager


@contextmanager
def _packing(target: IO[bytes]) -> "Iterator[_Packager]":
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        packager = _Packager(archive)
        try:
            yield packager
        finally:
            packager.finish()


class _Packager(Packager):  # type: ignore[misc]
    # If XlsxWriter renames one of its methods, its own package is what is written, and a test says so.
    def __init__(self, archive: ZipFile) -> None:
        super().__init__()
        self.filenames: list[tuple[BytesIO, str, bool]] = []  # XlsxWriter's: what is to be packed
        self._archive = archive
        self._part: _Part | None = None

    def _filename(self, xml_filename: str) -> "_Part":
        self.finish()
        self._part = _Part(self._archive.open(_entry(xml_filename), "w"))
        return self._part

    def _create_package(self) -> list[tuple[object, str, bool]]:
        super()._create_package()
        self.finish()
        return []

    def finish(self) -> None:
        """Pack what was written of the last part, and the images behind it."""
        if self._part is not None:
            self._part.finish()
            self._part = None
        for image, name, _ in self.filenames:
            self._archive.writestr(_entry(name), image.getvalue())
        self.filenames.clear()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _DATE)
    entry.compress_type = ZIP_DEFLATED
    return entry


class _Part(StringIO):
    """XlsxWriter writes only into what is a StringIO or has a name."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__()
        self._packed, self._pieces, self._held = packed, list[str](), 0

    def write(self, text: str) -> int:
        """Take some more text."""
        self._pieces.append(text)
        self._held += len(text)
        if self._held > _PIECE:
            self._pack()
        return len(text)

    def _pack(self) -> None:
        self._packed.write("".join(self._pieces).encode())
        self._pieces.clear()
        self._held = 0

    def finish(self) -> None:
        """Pack what is left."""
        self._pack()
        self._packed.close()
