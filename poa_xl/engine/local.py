"""The engine of this computer: threads, each of which waits for a guarded process."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from poa_xl import reading, sheets
from poa_xl.engine.interface import Engine, NamedFile
from poa_xl.guards import Limits, pool
from poa_xl.reading import Book

_MANY = 100  # files, after which workers are ended: what follows takes memory, and reads few files or none


class LocalEngine:
    """So many threads; there are never more guarded processes than `pool.MOST`."""

    def __init__(self, readers: int = pool.MOST) -> None:
        self._readers = readers

    def read(self, files: Sequence[NamedFile], advance: Callable[[], None], limits: Limits) -> list[Book]:
        """See `interface.Engine`."""
        wanted = sheets.unit_sheets()

        def read(file: NamedFile) -> Book:
            book = reading.read_book(file.path, wanted, file.name, limits)
            advance()
            return book

        with ThreadPoolExecutor(self._readers) as threads:
            books = list(threads.map(read, files))
        if len(files) > _MANY:
            pool.shared.close()
        return books


LOCAL: Engine = LocalEngine()
