"""The folders of entities that are consolidated at once: on this computer, or in an object store."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Protocol

from poa_xl import __version__, object_store
from poa_xl.cells import visible
from poa_xl.errors import WrongUseError
from poa_xl.guards import Limits
from poa_xl.messages import state as words
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.object_store import Copies, FolderListing, ObjectLocation
from poa_xl.object_store.store import Stored

_OPEN = ("-wal", "-shm")  # beside a ledger that somebody reads: what is in it does not change


class EntityFolder(Protocol):
    """The folder of an entity: `name` is that of its master, `shown` where it is, for people."""

    @property
    def name(self) -> str:
        """The last part of where it is."""
        ...

    @property
    def shown(self) -> str:
        """Where it is."""
        ...

    def fingerprint(self, quarter: int) -> str:
        """What changes with any of its files, and with what is asked of them."""
        ...

    @contextmanager
    def opened(self, limits: Limits) -> Iterator[Path]:
        """A folder of this computer that has its files."""
        ...

    def as_plain(self) -> dict[str, Any]:
        """Itself as plain values, for another process: see `of_plain`."""
        ...


@dataclass(frozen=True)
class _Here:
    """A folder of this computer."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def shown(self) -> str:
        return visible(str(self.path))

    def fingerprint(self, quarter: int) -> str:
        """The SHA-256 over all files, with their names."""
        whole = _begun(quarter)
        for path in sorted(p for p in self.path.rglob("*") if p.is_file() and not p.name.endswith(_OPEN)):
            try:
                with path.open("rb") as content:
                    own = hashlib.file_digest(content, "sha256").hexdigest()
            except OSError as error:  # it is read with the others, and then its finding says so
                own = str(error)
            whole.update(f"\n{path.relative_to(self.path).as_posix()} {own}".encode())
        return whole.hexdigest()

    @contextmanager
    def opened(self, limits: Limits) -> Iterator[Path]:
        """Itself."""
        yield self.path

    def as_plain(self) -> dict[str, Any]:
        """Its path."""
        return {"path": str(self.path)}


@dataclass(frozen=True)
class _Stored:
    """A folder in an object store, as it was listed."""

    listing: FolderListing

    @property
    def name(self) -> str:
        return self.listing.place.name

    @property
    def shown(self) -> str:
        return str(self.listing.place)

    def fingerprint(self, quarter: int) -> str:
        """Of the listing, so that nothing is fetched where nothing changed."""
        whole = _begun(quarter)
        for one in self.listing.objects:
            whole.update(f"\n{one.name!r} {one.tag} {one.size}".encode())
        return whole.hexdigest()

    @contextmanager
    def opened(self, limits: Limits) -> Iterator[Path]:
        """A private copy, gone at the end."""
        copies = Copies(limits)
        try:
            with copies.naming():
                yield copies.folder(self.listing)
        finally:
            copies.close()

    def as_plain(self) -> dict[str, Any]:
        """What was listed: another process fetches just that."""
        return {"listing": asdict(self.listing)}


def _begun(quarter: int) -> "hashlib._Hash":
    return hashlib.sha256(f"{quarter} {__version__}".encode())


def found(given: Iterable[str | PathLike[str]], output: Path) -> list[EntityFolder]:
    """The folders of entities, in order. WrongUseError where there are none, or two of one name."""
    places = list(given)
    known: dict[str, EntityFolder] = {}
    for folder in (folder for place in places for folder in _within(place)):
        other = known.setdefault(folder.name, folder)
        if not _same(other, folder):
            raise WrongUseError(words.SAME_NAME, nombre=visible(folder.name), una=other.shown, otra=folder.shown)
        if isinstance(folder, _Here) and folder.path.resolve() in (output.resolve(), *output.resolve().parents):
            raise WrongUseError(words.INSIDE, salida=visible(str(output)), carpeta=folder.shown)
    if not known:
        raise WrongUseError(words.NO_ENTITY, rutas=", ".join(visible(str(place)) for place in places))
    return list(known.values())


def _same(one: EntityFolder, other: EntityFolder) -> bool:
    if isinstance(one, _Here) and isinstance(other, _Here):
        return one.path.resolve() == other.path.resolve()
    return one.shown == other.shown


def _within(given: str | PathLike[str]) -> Iterator[EntityFolder]:
    """The place itself where it is the folder of an entity, else those in it that are."""
    if isinstance(given, str) and object_store.is_location(given):
        yield from map(_Stored, object_store.listed(object_store.of(given)))
        return
    path = Path(given)
    if not path.is_dir():
        raise WrongUseError(words.NO_ENTITY, rutas=visible(str(path)))
    if (path / ENTITY_FILE).is_file():
        yield _Here(path)
        return
    yield from (_Here(one) for one in sorted(path.iterdir()) if one.is_dir() and (one / ENTITY_FILE).is_file())


def of_plain(said: dict[str, Any]) -> EntityFolder:
    """A folder, of what its `as_plain` gave."""
    if "path" in said:
        return _Here(Path(said["path"]))
    listing = said["listing"]
    return _Stored(FolderListing(ObjectLocation(**listing["place"]), [Stored(**one) for one in listing["objects"]]))
