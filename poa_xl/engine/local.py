"""The engine of this computer: threads, each of which waits for a guarded process."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from poa_xl import reading, sheets
from poa_xl.engine.interface import Engine, NamedFile
from poa_xl.guards import Limits, pool
from poa_xl.reading import Book


class _Local:
    def read(self, files: Sequence[NamedFile], advance: Callable[[], None], limits: Limits) -> list[Book]:
        """See `interface.Engine`."""
        wanted = sheets.unit_sheets()

        def read(file: NamedFile) -> Book:
            book = reading.read_book(file.path, wanted, file.name, limits)
            advance()
            return book

        with ThreadPoolExecutor(pool.MOST) as threads:  # each waits for a worker
            return list(threads.map(read, files))


LOCAL: Engine = _Local()
