"""What is written into an object store: made here, judged beside what is there, then put in its place."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from poa_xl.errors import PoaError
from poa_xl.messages import object_store as words
from poa_xl.object_store import location
from poa_xl.object_store.copies import rename, write_empty
from poa_xl.object_store.location import ObjectLocation
from poa_xl.object_store.store import ChangedError, Store, Stored


@dataclass(frozen=True)
class StoredFile:
    """An object to be written: `path` is where it is made, and where what is there now lies until then."""

    path: Path
    place: ObjectLocation
    before: Stored | None
    held: "tempfile.TemporaryDirectory[str]"  # the private folder, which goes with this

    def put(self) -> None:
        """Put what was made there. PoaError where somebody wrote the object meanwhile."""
        _put(self.path, self.place, self.before)

    def close(self) -> None:
        """Delete what is here; what is there stays."""
        self.held.cleanup()

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Errors meanwhile name the address."""
        try:
            yield
        except PoaError as error:
            rename(error, lambda text: text.replace(str(self.path), str(self.place)))
            raise


def file(given: str, most: int) -> StoredFile:
    """The object at an address, with what is there now; of more than `most` bytes, a file of its size without them."""
    place = location.of(given)
    folder = tempfile.TemporaryDirectory(prefix="poa-xl-", ignore_cleanup_errors=True)
    path = Path(folder.name) / Path(place.name).name
    return StoredFile(path, place, _now(place, path, most), folder)


def put_folder(folder: Path, given: str, judge: Callable[[Path], None]) -> None:
    """Put all files of a folder below an address. `judge` raises for a file that is there and must stay.

    All are judged before one is put. PoaError where somebody writes one meanwhile.
    """
    place = location.of(given)
    with tempfile.TemporaryDirectory(prefix="poa-xl-", ignore_cleanup_errors=True) as other:
        seen: list[tuple[Path, ObjectLocation, Stored | None]] = []
        for number, path in enumerate(sorted(p for p in folder.rglob("*") if p.is_file())):
            own = place.below(path.relative_to(folder).as_posix())
            there = Path(other) / str(number) / path.name
            there.parent.mkdir()
            before = _now(own, there)
            seen.append((path, own, before))
            if before:
                try:
                    judge(there)
                except PoaError as error:
                    shown = str(own)
                    rename(error, lambda text, there=there, shown=shown: text.replace(str(there), shown))  # type: ignore[misc]
                    raise
        for path, own, before in seen:
            _put(path, own, before)


def _now(place: ObjectLocation, path: Path, most: int | None = None) -> Stored | None:
    """What is there, fetched to a path; None where nothing is. One that is too large is no document of ours."""
    store = Store(place.bucket)
    before = store.find(place) if place.key else None
    if before and most is not None and before.size > most:
        write_empty(path, before.size)
    elif before:
        try:
            store.fetch(before, place, path)
        except ChangedError as error:
            raise PoaError(words.KEEPS_CHANGING, lugar=place) from error
    return before


def _put(path: Path, place: ObjectLocation, before: Stored | None) -> None:
    try:
        Store(place.bucket).put(path, place, before)
    except ChangedError as error:
        raise PoaError(words.WRITTEN_MEANWHILE, lugar=place) from error
