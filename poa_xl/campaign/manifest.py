"""The manifest of a campaign's archive: every file with its size, its fingerprint and when it was last written.

The moment matters: it is the one at which a submission was received, should its ledger be lost.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from poa_xl.campaign import contents
from poa_xl.campaign.ledger import LEDGER
from poa_xl.errors import PoaError
from poa_xl.messages import transfer as words

NAME = "manifiesto.json"
LARGEST = 64_000_000  # bytes: a list of 300,000 files
_FORMAT, _VERSION = "campaña de poa-xl", 1
_DIGEST = re.compile(r"[0-9a-f]{64}")
LATEST = 253_402_300_799  # the last second of the year 9999


@dataclass(frozen=True)
class Listed:
    """A file of the archive. `modificado` is in seconds since 1970, or None where it says nothing."""

    ruta: str
    bytes: int
    sha256: str
    modificado: int | None


def written(listed: Iterable[Listed]) -> bytes:
    """The manifest as bytes. It names no version of the program: the same campaign has the same."""
    said = {"formato": _FORMAT, "version": _VERSION, "archivos": [asdict(e) for e in listed]}
    return json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8")


def read(content: bytes) -> list[Listed]:
    """The files that a manifest lists. PoaError for what is none, or lists what cannot be of a campaign."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PoaError(words.NOT_OURS) from error
    if not isinstance(said, dict) or said.get("formato") != _FORMAT or not isinstance(said.get("version"), int):
        raise PoaError(words.NOT_OURS)
    if said["version"] > _VERSION:
        raise PoaError(words.NEWER)
    given = said.get("archivos")
    if not isinstance(given, list):
        raise PoaError(words.ALTERED)
    listed = [_listed(one) for one in given]
    _refuse_odd([one.ruta for one in listed])
    return listed


def _listed(given: object) -> Listed:
    try:
        found = Listed(**given)  # type: ignore[arg-type]
    except TypeError as error:
        raise PoaError(words.ALTERED) from error
    texts = isinstance(found.ruta, str) and isinstance(found.sha256, str) and _DIGEST.fullmatch(found.sha256)
    moment = found.modificado is None or _is_whole(found.modificado, LATEST)
    if not (texts and moment and _is_whole(found.bytes)):
        raise PoaError(words.ALTERED)
    return found


def _is_whole(value: object, largest: int | None = None) -> bool:
    return type(value) is int and value >= 0 and (largest is None or value <= largest)


def _refuse_odd(routes: Sequence[str]) -> None:
    for route in routes:
        if not contents.portable(route):
            raise PoaError(words.BAD_NAME, ruta=contents.shown(route))
        if not contents.belongs(route):
            raise PoaError(words.UNKNOWN_FILE, ruta=contents.shown(route))
    if contents.collide(routes):
        raise PoaError(words.COLLISION)
    if LEDGER not in routes:
        raise PoaError(words.ALTERED)
