"""A workbook each of whose parts is packed while it is written, and never there as a whole.

XlsxWriter holds the texts of all parts until the last one is written, four bytes a character; or it makes files with
names, which stay where a program is killed, and whose rights get into the workbook. A thread of its own packs, since
`zlib` leaves Python to others meanwhile: on two cores a part is packed as the next one is written.
"""

import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.packager import Packager

from poa_xl.zip_archive import ZipWriter, entry

_PIECE = 1_000_000  # characters that are packed at once; most parts are smaller
_MOST_WAITING = 4  # pieces


class StreamWorkbook(Workbook):  # type: ignore[misc]
    """To be opened with a path, or a file that is open, and `OPTIONS`; its parts are those of a `Workbook`."""

    _packager: "_Packager"

    def _store_workbook(self) -> None:
        with tempfile.TemporaryFile() as packed:  # it has no name
            with _packing(packed) as package:
                self._packager = _Packager(package)
                super()._store_workbook()  # what it packs itself is nothing
            packed.seek(0)
            with _opened(self.filename) as file:
                shutil.copyfileobj(packed, file)

    def _get_packager(self) -> Packager:
        return self._packager


class _Package:
    """A zip whose entries are written one after the other, by the thread that packs."""

    def __init__(self, archive: ZipWriter, thread: ThreadPoolExecutor) -> None:
        self._archive, self._thread = archive, thread
        self._waiting: deque[Future[None]] = deque()
        self._entry: IO[bytes] | None = None

    def begin(self, name: str) -> None:
        """What is written from now on is of this entry."""
        self._ask(lambda: self._begin(name))

    def write(self, content: bytes) -> None:
        """Some more of the entry. Raises what went wrong before."""
        self._ask(lambda: self._write(content))

    def finish(self) -> None:
        """Wait until all is packed. Raises what went wrong."""
        self._ask(self._end)
        while self._waiting:
            self._waiting.popleft().result()

    def _ask(self, task: Callable[[], None]) -> None:
        self._waiting.append(self._thread.submit(task))
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popleft().result()

    def _begin(self, name: str) -> None:
        self._end()
        self._entry = self._archive.open(entry(name), "w")

    def _write(self, content: bytes) -> None:
        assert self._entry is not None  # noqa: S101 - it was begun
        self._entry.write(content)

    def _end(self) -> None:
        if self._entry is not None:
            self._entry.close()
            self._entry = None


@contextmanager
def _packing(target: IO[bytes]) -> Iterator[_Package]:
    with ZipWriter(target) as archive, ThreadPoolExecutor(1) as thread:
        package = _Package(archive, thread)
        try:
            yield package
        finally:
            package.finish()  # the zip does not close while an entry is open


@contextmanager
def _opened(target: str | Path | IO[bytes]) -> Iterator[IO[bytes]]:
    """A file to be written from its start, without what XlsxWriter put there: a zip with nothing in it."""
    if isinstance(target, str | Path):
        with open(target, "wb") as file:
            yield file
    else:
        target.seek(0)
        target.truncate()
        yield target


class _Packager(Packager):  # type: ignore[misc]
    # If XlsxWriter renames one of its methods, its own package is what is written, and a test says so.
    def __init__(self, package: _Package) -> None:
        super().__init__()
        self.filenames: list[tuple[BytesIO, str, bool]] = []  # XlsxWriter's: images, behind the part that is written
        self._package = package
        self._part: _Part | None = None

    def _filename(self, xml_filename: str) -> "_Part":
        self._finish_part()
        self._package.begin(xml_filename)
        self._part = _Part(self._package.write)
        return self._part

    def _create_package(self) -> list[tuple[object, str, bool]]:
        super()._create_package()
        self._finish_part()
        return []

    def _finish_part(self) -> None:
        if self._part is not None:
            self._part.finish()
        self._part = None
        for image, name, _ in self.filenames:
            self._package.begin(name)
            self._package.write(image.getvalue())
        self.filenames.clear()


class _Part(StringIO):
    """XlsxWriter writes only into what is a StringIO or has a name."""

    def __init__(self, pack: Callable[[bytes], None]) -> None:
        super().__init__()
        self._pack, self._pieces, self._held = pack, list[str](), 0

    def write(self, text: str) -> int:
        """Take some more text."""
        self._pieces.append(text)
        self._held += len(text)
        if self._held > _PIECE:
            self._pack_held()
        return len(text)

    def finish(self) -> None:
        """Have packed what is left."""
        self._pack_held()

    def _pack_held(self) -> None:
        self._pack("".join(self._pieces).encode())
        self._pieces.clear()
        self._held = 0
