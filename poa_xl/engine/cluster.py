"""The engine of many computers: chunks of files go to the workers of a Dask scheduler, and answers come back.

The program opens the files, so that a worker needs none of its folders, and holds some chunks at a time. A worker that
is lost costs nothing: the scheduler has its chunk and gives it to another. A chunk that ends one worker after the other
is divided until the file is found that does it; that one is refused, as where it ends a process of this computer.
"""

import math
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from typing import Any, NoReturn

from poa_xl import __version__, guards, sheets
from poa_xl.cells import visible
from poa_xl.engine import chunks, connection
from poa_xl.engine.address import SchedulerAddress
from poa_xl.engine.chunks import Chunk, Opened
from poa_xl.engine.interface import EngineError, NamedFile
from poa_xl.engine.remote_work import work
from poa_xl.guards import Limits, RefusedError, pipe
from poa_xl.messages import engine as words, limits as limit_words
from poa_xl.reading import Book, plain_values, refused, tasks

WITHOUT_WORKERS = 30  # seconds that a scheduler may have no worker
SILENCE = 60  # seconds without any answer, beside what a whole chunk may take
_TICK = 1  # seconds between two looks at how many there are, while no answer comes
_AHEAD = 2  # chunks for each thread of the workers: one that it has, and the next
_PARTS = 4  # chunks for each thread at least, so that all of them end at about the same time
_RETRIES = 2  # of a chunk that fails where its worker stays


class Cluster:
    """The workers of a scheduler; they are asked for when there is first something to read."""

    def __init__(self, address: SchedulerAddress) -> None:
        self._address = address
        self._connection: connection.SchedulerConnection | None = None

    def read(self, files: Sequence[NamedFile], advance: Callable[[], None], limits: Limits) -> list[Book]:
        """See `interface.Engine`."""
        if not files:
            return []
        if self._connection is None:
            self._connection = connection.SchedulerConnection(self._address)
        return _Reading(self._connection, self._address, advance, limits).books(files)

    def close(self) -> None:
        """Leave the scheduler; what it still has of this program it forgets."""
        if self._connection:
            self._connection.close()
            self._connection = None


class _Reading:
    """One set of files on its way."""

    def __init__(
        self, to: connection.SchedulerConnection, address: SchedulerAddress, advance: Callable[[], None], limits: Limits
    ) -> None:
        self._to, self._address, self._advance, self._limits = to, address, advance, limits
        self._wanted = sheets.unit_sheets()
        self._kind = tasks.kind_of(self._wanted)
        self._books: dict[int, Book] = {}
        self._away: dict[Future[bytes], Chunk] = {}
        self._again: deque[Chunk] = deque()  # chunks that ended their workers, and parts of them
        self._alone = False  # whether what is on the way is one of these
        self._threads, self._most = 0, 1  # of all workers; files of a chunk
        self._known: set[str] = set()  # workers that have this version of poa-xl
        self._without_since = self._heard = time.monotonic()

    def books(self, files: Sequence[NamedFile]) -> list[Book]:
        """Their books, in their order."""
        while not self._threads:  # nothing is sent before it is known that somebody can read it
            self._look_at_workers()
            time.sleep(0 if self._threads else _TICK)
        self._most = max(1, min(chunks.MOST_FILES, math.ceil(len(files) / (_PARTS * max(1, self._threads)))))
        waiting = chunks.gathered(self._opened(files), self._most)
        with self._to.executor(_RETRIES) as executor:
            self._send(waiting, executor)
            while self._away:
                done = wait(self._away, _TICK, FIRST_COMPLETED).done
                if not done:
                    self._look_at_workers()
                for future in done:
                    self._take(future, self._away.pop(future))
                self._send(waiting, executor)
        return [self._books[place] for place in range(len(files))]

    def _opened(self, files: Sequence[NamedFile]) -> Iterator[Opened]:
        """The files that a worker is to read. One that cannot be opened, or is no zip, has its book at once."""
        for place, file in enumerate(files):
            try:
                content = guards.open_once(file.path, self._limits)
            except RefusedError as error:
                self._put(place, refused(file.name, error))
                continue
            opened = Opened(place, file.name, content)
            try:
                guards.check_kind(content)
            except RefusedError as error:
                self._keep(opened, error)
            else:
                yield opened

    def _send(self, waiting: Iterator[Chunk], executor: Executor) -> None:
        """Give the scheduler as many chunks as its workers can take, and no more: they are held in memory."""
        while len(self._away) < _AHEAD * max(1, self._threads):
            if self._away and (self._again or self._alone):
                return  # what ended a worker is tried with nothing else on the way
            self._alone = bool(self._again)
            chunk = self._again.popleft() if self._again else next(waiting, None)
            if chunk is None:
                return
            content = chunks.packed(chunk, tasks.BOOK, self._limits, kind=self._kind)
            with self._to.failing():
                self._away[executor.submit(work, content)] = chunk

    def _take(self, future: "Future[bytes]", chunk: Chunk) -> None:
        """The books of a chunk that came back."""
        self._heard = time.monotonic()
        try:
            said = chunks.answers(future.result(), len(chunk))
        except chunks.OtherVersionError as error:
            self._stop(words.OTHER_VERSION, suya=error.version, propia=__version__)
        except chunks.WorkerError as error:
            self._stop(words.ON_A_WORKER, porque=error)
        except (pipe.BrokenFrameError, KeyError, TypeError):
            self._stop(words.NOT_UNDERSTOOD, propia=__version__)
        except CancelledError:
            self._stop(words.LOST, porque=words.CUT)
        except Exception as error:
            if not connection.ended_workers(error):
                self._stop(words.NOT_LOADED, porque=connection.brief(error))
            self._divide(chunk)
        else:
            for file, answer in zip(chunk, said, strict=True):
                self._keep(file, answer)

    def _divide(self, chunk: Chunk) -> None:
        """Of a chunk that ended its workers, halves are tried; a file by itself is refused.

        It may have waited at a worker that another chunk ended: before that it is tried with nothing else on the way.
        """
        if not self._alone:
            self._again.append(chunk)
            return
        if len(chunk) == 1:
            self._keep(chunk[0], RefusedError("LIB-016", limit_words.WORKER_ENDED))
            return
        middle = len(chunk) // 2
        self._again.extend((chunk[:middle], chunk[middle:]))

    def _keep(self, file: Opened, answer: Any) -> None:
        """The book of a file, of what was answered or why it is refused."""
        try:
            known = isinstance(answer, RefusedError)
            book = refused(file.name, answer) if known else plain_values.book(answer, self._wanted)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._stop(words.NOT_UNDERSTOOD, propia=__version__)
        book.sha256 = file.sha256
        self._put(file.place, book)

    def _put(self, place: int, book: Book) -> None:
        self._books[place] = book
        self._advance()

    def _look_at_workers(self) -> None:
        """How many threads the workers have. EngineError where there has been none for long, or no answer."""
        with self._to.failing():
            found = self._to.threads()
            self._refuse_others(found.keys() - self._known)
        self._known |= found.keys()
        self._threads = sum(found.values())
        now = time.monotonic()
        if self._threads:
            self._without_since = now
        elif now - self._without_since > WITHOUT_WORKERS:
            self._stop(words.NO_WORKERS, segundos=WITHOUT_WORKERS)
        patience = SILENCE + _AHEAD * self._most * self._limits.segundos
        if now - self._heard > patience:
            self._stop(words.SILENT, minutos=math.ceil(patience / 60))

    def _refuse_others(self, workers: Collection[str]) -> None:
        """EngineError where one of these workers has no poa-xl, or another one."""
        for said in self._to.versions(workers) if workers else ():
            if isinstance(said, BaseException):
                self._stop(words.NOT_LOADED, porque=connection.brief(said))
            if said != __version__:
                self._stop(words.OTHER_VERSION, suya=visible(str(said)), propia=__version__)

    def _stop(self, template: str, **values: object) -> NoReturn:
        raise EngineError(template, motor=self._address.shown, **values)
