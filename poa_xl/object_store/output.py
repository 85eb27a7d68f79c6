"""A file that is written into an object store: made here, judged beside what is there, then put in its place."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from poa_xl.errors import PoaError
from poa_xl.messages import object_store as words
from poa_xl.object_store import location
from poa_xl.object_store.location import Location
from poa_xl.object_store.store import ChangedError, Store, Stored


@dataclass(frozen=True)
class StoredFile:
    """An object to be written: `path` is where it is made, and where what is there now lies until then."""

    path: Path
    place: Location
    before: Stored | None

    def put(self) -> None:
        """Put what was made there. PoaError where somebody wrote the object meanwhile."""
        try:
            Store(self.place.bucket).put(self.path, self.place, self.before)
        except ChangedError as error:
            raise PoaError(words.WRITTEN_MEANWHILE, lugar=self.place) from error

    @staticmethod
    @contextmanager
    def opened(given: str) -> "Iterator[StoredFile]":
        """The object at an address, with what is there now."""
        place = location.of(given)
        store = Store(place.bucket)
        with tempfile.TemporaryDirectory(prefix="poa-xl-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / (Path(place.name).name or "objeto")
            before = store.find(place) if place.key else None
            if before:
                try:
                    store.fetch(before, place, path)
                except ChangedError as error:
                    raise PoaError(words.KEEPS_CHANGING, lugar=place) from error
            yield StoredFile(path, place, before)
