"""An address in an object store: a bucket, and the names of folders and of a file in it."""

import re
from dataclasses import dataclass
from os import PathLike

from poa_xl.cells import visible
from poa_xl.errors import WrongUseError
from poa_xl.messages import object_store as words

_SCHEME = "s3://"
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class ObjectLocation:
    """A place in a bucket; `key` is '' for all of it."""

    bucket: str
    key: str

    def __str__(self) -> str:
        return visible(f"{_SCHEME}{self.bucket}/{self.key}".rstrip("/"))

    @property
    def name(self) -> str:
        """Its last part; the bucket's own name for all of it."""
        return self.key.rpartition("/")[2] or self.bucket

    @property
    def parent(self) -> "ObjectLocation | None":
        """What it lies in; None for a whole bucket."""
        return ObjectLocation(self.bucket, self.key.rpartition("/")[0]) if self.key else None

    def below(self, name: str) -> "ObjectLocation":
        """A place in it."""
        return ObjectLocation(self.bucket, f"{self.key}/{name}" if self.key else name)


def is_location(given: str | PathLike[str]) -> bool:
    """Whether it is an address in a store and no path."""
    return isinstance(given, str) and given.startswith(_SCHEME)


def refuse(given: str | PathLike[str]) -> None:
    """WrongUseError for an address where only a folder of this computer will do."""
    if is_location(given):
        raise WrongUseError(words.ONLY_HERE, dado=visible(str(given)))


def of(given: str) -> ObjectLocation:
    """What an address says. WrongUseError for what is none."""
    bucket, _, key = given.removeprefix(_SCHEME).partition("/")
    key = key.rstrip("/")
    parts = key.split("/") if key else []
    if not _BUCKET.fullmatch(bucket) or _CONTROL.search(key) or any(part in ("", ".", "..") for part in parts):
        raise WrongUseError(words.NOT_A_PLACE, dado=visible(given))
    return ObjectLocation(bucket, key)
