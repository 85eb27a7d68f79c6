"""What of a folder belongs to its campaign: the one list by which a campaign is carried elsewhere.

What a person put beside it stays where it is and is told, so that it can be copied by hand. A name that not every
computer can keep, or that another takes for the same, is not carried either.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from poa_xl import names
from poa_xl.campaign import baselines, files, folder, recovery, upgrade
from poa_xl.campaign.ledger import LEDGER
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.printable import visible
from poa_xl.reading.folders import is_litter

# Folders whose files belong to a campaign, whatever they are called.
FOLDERS = (folder.ENTITIES, files.SUBMISSIONS, files.RECEIPTS, files.COPIES, baselines.PLANS, baselines.QUARTERS)
_FILES = frozenset({LEDGER, ENTITY_FILE})


def _numbered(name: str) -> str:
    """`campana-v1.sqlite`, `campana-v1 (2).sqlite` …"""
    stem, _, end = name.partition(".")
    return rf"{stem.format(version=r'[0-9]+')}(?: \([0-9]+\))?\.{end}"


_LOGS = "|".join(recovery.FILES)
_LEDGERS_OF_BEFORE = re.compile(rf"(?:{_numbered(upgrade.KEPT)}|{_numbered(recovery.KEPT)})(?:{_LOGS})")
_IN_USE = tuple(f"{LEDGER}{end}" for end in recovery.FILES)  # the ledger itself is taken through SQLite
_HIDDEN = "."  # so begins what we had not finished writing, and what computers leave
_LONGEST = 255  # of a part of a name, in the units of either system
_NEVER = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
_DEVICE = re.compile(rf"(?:{names.DEVICE}|CONIN\$|CONOUT\$|(?:COM|LPT)[¹²³])(?: *\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Member:
    """A file of a campaign: its way below the folder, with `/`, and where it lies."""

    route: str
    path: Path


@dataclass(frozen=True)
class LeftOut:
    """What is not carried; `clase` is a key of `messages.transfer.LEFT_OUT`."""

    route: str
    clase: str


def of(place: Path) -> tuple[list[Member], list[LeftOut]]:
    """The files of a campaign but its ledger, sorted, and what else lies there. Litter of the computer is neither."""
    members: list[Member] = []
    others: list[LeftOut] = []
    taken = {key_of(LEDGER)}
    for path in sorted(_below(place)):
        route = path.relative_to(place).as_posix()
        why = _why_not(path, route) or ("repetido" if key_of(route) in taken else "")
        if why:
            others.append(LeftOut(route, why))
        else:
            taken.add(key_of(route))
            members.append(Member(route, path))
    return members, others


def _below(place: Path) -> Iterator[Path]:
    """Every file, and the folders that are not walked."""
    for entry in place.iterdir():
        if entry.name in _IN_USE or _is_of_the_computer(entry):
            continue
        if entry.name not in FOLDERS or not entry.is_dir():
            yield entry
            continue
        for where, inner, there in os.walk(entry):
            inner[:] = [name for name in inner if not name.startswith(_HIDDEN)]
            links = [name for name in inner if Path(where, name).is_symlink()]
            yield from (p for p in (Path(where, name) for name in (*links, *there)) if not _is_of_the_computer(p))


def _is_of_the_computer(path: Path) -> bool:
    return path.name.startswith(_HIDDEN) or is_litter(path)


def _why_not(path: Path, route: str) -> str:
    if not belongs(route):
        return "ajeno"
    if path.is_symlink() or not path.is_file():
        return "especial"
    return "" if portable(route) else "nombre"


def belongs(route: str) -> bool:
    """Whether a file of that way below the folder is of the campaign."""
    first, *more = route.split("/")
    if any(part.startswith(_HIDDEN) for part in (first, *more)):
        return False
    if more:
        return first in FOLDERS
    return first in _FILES or _LEDGERS_OF_BEFORE.fullmatch(first) is not None


def portable(route: str) -> bool:
    """Whether every computer that the program is for can keep a file of that name, below whatever folder."""
    return all(_is_portable(part) for part in route.split("/"))


def _is_portable(part: str) -> bool:
    longest = max(len(part.encode("utf-8", "surrogatepass")), len(part.encode("utf-16-le", "surrogatepass")) // 2)
    if not part or longest > _LONGEST or visible(part) != part:
        return False
    return not (_NEVER.search(part) or _DEVICE.fullmatch(part))


def key_of(route: str) -> str:
    """What two names share that a computer may take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", route).casefold())


def collide(routes: Iterable[str]) -> bool:
    """Whether two of these files would be one somewhere, or one is a folder of another."""
    keys = [key_of(route) for route in routes]
    folders = {"/".join(parts[:n]) for parts in (key.split("/") for key in keys) for n in range(1, len(parts))}
    return len(set(keys)) < len(keys) or not folders.isdisjoint(keys)


def shown(route: str) -> str:
    """A name of a stranger as it may be shown, cut where it is long."""
    return visible(route if len(route) <= _LONGEST else f"{route[:_LONGEST]}…")
