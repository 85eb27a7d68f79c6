"""Private copies of what is in an object store: a folder of this run for each address, gone at the end."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from poa_xl.errors import PoaError, WrongUseError
from poa_xl.guards import Limits
from poa_xl.messages import object_store as words
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.object_store import keys, location
from poa_xl.object_store.location import ObjectLocation
from poa_xl.object_store.store import ChangedError, FolderListing, Store, Stored

_TIMES = 3  # that a folder is listed, where objects change while they are fetched
_AT_ONCE = 8  # objects that are fetched


class Copies:
    """The folders of a run. An object is fetched once, and one that is larger than the limit not at all.

    Texts of errors that name a copy name the address instead, within `naming`.
    """

    def __init__(self, limits: Limits) -> None:
        self._most = limits.archivo_bytes
        self._place: tempfile.TemporaryDirectory[str] | None = None
        self._shown: dict[Path, str] = {}  # the copy -> the address
        self._known: dict[str, Path] = {}  # the address -> the copy
        self._fetched: dict[tuple[str, str, str], Path] = {}  # bucket, key and tag -> the file

    def path(self, given: str | PathLike[str]) -> Path:
        """Where a folder or a file can be read: of an address in a store, its copy. PoaError where nothing is there.

        A folder comes with the `entidad.xlsx` that lies beside it.
        """
        if not location.is_location(given):
            return Path(given)
        place = location.of(str(given))
        if str(place) not in self._known:
            self._known[str(place)] = self._copy(place)
        return self._known[str(place)]

    def folder(self, listing: FolderListing) -> Path:
        """The copy of a folder that was listed already."""
        store, place = Store(listing.place.bucket), listing.place
        root = self._root(place)
        for turn in range(_TIMES):
            own = root / str(turn)
            try:
                self._fetch(store, listing, own)
            except ChangedError:
                listing = store.list(place)
                continue
            self._shown[own] = str(place.parent or f"s3://{place.bucket}")
            return own / self._name(place)
        raise PoaError(words.KEEPS_CHANGING, lugar=place)

    def shown(self, path: Path) -> str:
        """What to say of a path: of a copy, its address."""
        return self._renamed(str(path))

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Errors meanwhile name addresses, and no folder that is gone when they are read: after one the copies go."""
        try:
            yield
        except BaseException as error:
            if isinstance(error, PoaError):
                rename(error, self._renamed)
            self.close()
            raise

    def close(self) -> None:
        """Delete them all."""
        if self._place:
            self._place.cleanup()
            self._place = None

    def _copy(self, place: ObjectLocation) -> Path:
        store = Store(place.bucket)
        one = store.find(place) if place.key else None
        if one:
            return self._file(store, place, one)
        listing = store.list(place)
        if not listing.objects:
            raise WrongUseError(words.NOTHING_THERE, lugar=place)
        copy = self.folder(listing)
        beside = place.parent.below(ENTITY_FILE) if place.parent else None
        entity = store.find(beside) if beside else None
        if beside and entity and copy.name != ENTITY_FILE:
            self._again(store, beside, entity, copy.parent / ENTITY_FILE)
        return copy

    def _file(self, store: Store, place: ObjectLocation, one: Stored) -> Path:
        own = self._root(place)
        path = own / self._name(place)
        self._again(store, place, one, path)
        self._shown[own] = str(place.parent or f"s3://{place.bucket}")
        return path

    def _again(self, store: Store, place: ObjectLocation, one: Stored, path: Path) -> None:
        """Fetch one object, as it is now where it changed meanwhile."""
        found: Stored | None = one
        for _ in range(_TIMES):
            if found is None:
                break
            try:
                self._one(store, found, place, path)
                return
            except ChangedError:
                path.unlink(missing_ok=True)
                found = store.find(place)
        raise PoaError(words.KEEPS_CHANGING, lugar=place)

    def _fetch(self, store: Store, listing: FolderListing, own: Path) -> None:
        folder = own / self._name(listing.place)
        folder.mkdir(parents=True)
        places = keys.paths(one.name for one in listing.objects)

        def fetch(one: Stored) -> None:
            path = folder / places[one.name]
            path.parent.mkdir(parents=True, exist_ok=True)
            self._one(store, one, listing.place.below(one.name), path)

        with ThreadPoolExecutor(_AT_ONCE) as threads:
            for _ in threads.map(fetch, listing.objects):
                pass

    def _one(self, store: Store, one: Stored, place: ObjectLocation, path: Path) -> None:
        known = place.bucket, one.key, one.tag
        if known in self._fetched:
            shutil.copyfile(self._fetched[known], path)
            return
        if one.size <= self._most:
            store.fetch(one, place, path)
            self._fetched[known] = path
            return
        write_empty(path, one.size)

    def _root(self, place: ObjectLocation) -> Path:
        if self._place is None:
            self._place = tempfile.TemporaryDirectory(prefix="poa-xl-", ignore_cleanup_errors=True)
        return Path(tempfile.mkdtemp(dir=self._place.name))

    @staticmethod
    def _name(place: ObjectLocation) -> str:
        return str(keys.paths([place.name])[place.name])

    def _renamed(self, text: str) -> str:
        for path, shown in sorted(self._shown.items(), key=lambda one: -len(str(one[0]))):
            text = text.replace(str(path), shown)
        return text


def write_empty(path: Path, size: int) -> None:
    """A file that takes no room, and is refused for its size as an object of that size would be."""
    with path.open("xb") as file:
        file.truncate(size)


def rename(error: PoaError, renamed: Callable[[str], str]) -> None:
    """Change the texts of an error."""
    error.command_text = renamed(error.command_text)
    error.args = tuple(renamed(str(one)) for one in error.args)


def listed(place: ObjectLocation) -> Sequence[FolderListing]:
    """The folders of entities at a place: itself where it has an `entidad.xlsx`, else those in it that have one.

    One listing gives all of them.
    """
    whole = Store(place.bucket).list(place)
    if any(one.name == ENTITY_FILE for one in whole.objects):
        return [whole]
    below: dict[str, list[Stored]] = {}
    for one in whole.objects:
        folder, slash, name = one.name.partition("/")
        if slash:
            below.setdefault(folder, []).append(Stored(one.key, name, one.tag, one.size))
    return [
        FolderListing(place.below(folder), objects)
        for folder, objects in sorted(below.items())
        if any(one.name == ENTITY_FILE for one in objects)
    ]
