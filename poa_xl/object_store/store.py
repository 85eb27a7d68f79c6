"""The only way to an object store: what it raises becomes a PoaError with words of ours.

Where it is and who asks is said by the usual variables: AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and so on.
"""

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from poa_xl import extras
from poa_xl.cells import visible
from poa_xl.errors import PoaError
from poa_xl.messages import object_store as words
from poa_xl.object_store.location import ObjectLocation

MOST = 100_000  # objects of a listing
_RETRIES, _RETRY_SECONDS = 3, 20
_TIMES = {"connect_timeout": "5s", "timeout": "120s"}
_LONGEST = 160  # characters of what a store says that are shown
_OUTSIDE = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT")


class ChangedError(Exception):
    """An object is not any more what was listed."""


@dataclass(frozen=True)
class Stored:
    """An object as it was listed: its name below the folder, and what tells this content from another."""

    key: str
    name: str
    tag: str
    size: int


@dataclass(frozen=True)
class FolderListing:
    """What was in a folder at one moment."""

    place: ObjectLocation
    objects: Sequence[Stored]


class Store:
    """A bucket. PoaError where the library that talks with stores is missing."""

    def __init__(self, bucket: str) -> None:
        extras.require(words.WITHOUT_LIBRARIES, "obstore")
        from obstore.store import S3Store

        endpoint = next((os.environ[name] for name in _OUTSIDE if os.environ.get(name)), "")
        options = {**_TIMES, "allow_http": endpoint.startswith("http://")}
        retry = {"max_retries": _RETRIES, "retry_timeout": dt.timedelta(seconds=_RETRY_SECONDS)}
        with _said(ObjectLocation(bucket, "")):
            self._store: Any = S3Store(bucket, client_options=options, retry_config=retry)

    def list(self, place: ObjectLocation) -> FolderListing:
        """All objects below a place, by their names; none where there are none.

        PoaError for a bucket that is not there, and for an object with a name that leads elsewhere.
        """
        import obstore

        prefix = f"{place.key}/" if place.key else ""
        found: list[Stored] = []
        with _said(place):
            for chunk in obstore.list(self._store, place.key or None):
                for one in chunk:
                    found.append(_stored(one, str(one["path"]).removeprefix(prefix)))
                if len(found) > MOST:
                    raise PoaError(words.TOO_MANY, lugar=place, hay=MOST)
        return FolderListing(place, sorted(found, key=lambda one: one.name))

    def find(self, place: ObjectLocation) -> Stored | None:
        """One object; None where there is none."""
        import obstore

        try:
            with _said(place):
                return _stored(obstore.head(self._store, place.key), place.name)
        except FileNotFoundError:
            return None

    def fetch(self, one: Stored, place: ObjectLocation, path: Path) -> None:
        """Write an object into a new file. ChangedError where it is not any more what was listed, its size too."""
        import obstore

        try:
            with _said(place):
                got = obstore.get(self._store, one.key, options={"if_match": one.tag})
                with path.open("xb") as file:
                    for part in got:
                        file.write(part)
                        if file.tell() > one.size:  # a store that says one thing and sends another fills no disk
                            raise ChangedError
        except FileNotFoundError as error:
            raise ChangedError from error

    def put(self, path: Path, place: ObjectLocation, before: Stored | None) -> None:
        """Write a file as an object in the place of the one that was there before, or of none. ChangedError else."""
        import obstore

        mode: Any = {"e_tag": before.tag} if before else "create"
        try:
            with _said(place):
                obstore.put(self._store, place.key, path, mode=mode, use_multipart=False)
        except FileNotFoundError as error:
            raise PoaError(words.NO_BUCKET, balde=visible(place.bucket), lugar=place) from error


def _stored(said: Any, name: str) -> Stored:
    # Some stores give no tag: then the moment tells.
    return Stored(str(said["path"]), name, str(said["e_tag"] or said["last_modified"]), int(said["size"]))


@contextmanager
def _said(place: ObjectLocation) -> Iterator[None]:
    """What the store raises meanwhile, as an error of ours. FileNotFoundError stays: it may mean nothing."""
    from obstore import exceptions

    try:
        yield
    except (exceptions.PreconditionError, exceptions.AlreadyExistsError, exceptions.NotModifiedError) as error:
        raise ChangedError from error
    except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError) as error:
        raise PoaError(words.NOT_ALLOWED, lugar=place) from error
    except exceptions.InvalidPathError as error:
        raise PoaError(words.ODD_NAME, lugar=place, porque=_brief(error)) from error
    except exceptions.BaseError as error:
        if "NoSuchBucket" in str(error):
            raise PoaError(words.NO_BUCKET, balde=visible(place.bucket), lugar=place) from error
        raise PoaError(words.AWAY, lugar=place, porque=_brief(error)) from error


def _brief(error: Exception) -> str:
    """What a store says in one short line that acts on no terminal."""
    text = str(error).partition("Debug source")[0]
    return visible(" ".join(text.split()))[:_LONGEST]
