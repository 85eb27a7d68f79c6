"""Names of objects as paths below a folder of ours: whatever a stranger called them, none leads out of it.

What a system may read otherwise is written as `%XX`, as in the address of a page, so that two names never become one;
a plain name stays as it is.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

# What acts on a terminal or a path, what Windows does not take, and what could be taken for a code of ours.
_ODD = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]|%(?=[0-9A-Fa-f]{2})|^ |[. ]$')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 200  # bytes of a name
_KEPT = 60  # characters of a longer one, of which the rest is its fingerprint


def paths(names: Iterable[str]) -> dict[str, PurePosixPath]:
    """A path for each name, relative to the folder. No two are alike, whatever the system says of capitals."""
    found: dict[str, PurePosixPath] = {}
    files: set[str] = set()
    folders: set[str] = set()
    for name in sorted(names):
        path = PurePosixPath(*(_part(part) for part in name.split("/")))
        if _clashes(path, files, folders):
            path = path.with_name(_marked(path.name, name))
        if _clashes(path, files, folders):  # a folder has the name of a file
            path = PurePosixPath(_marked(path.name, name))
        files.add(_alike(path))
        folders.update(_alike(parent) for parent in path.parents)
        found[name] = path
    return found


def _clashes(path: PurePosixPath, files: set[str], folders: set[str]) -> bool:
    own = _alike(path)
    return own in files or own in folders or any(_alike(parent) in files for parent in path.parents)


def _part(part: str) -> str:
    if part in ("", ".", ".."):
        return _escaped(part) or "%"
    part = _ODD.sub(lambda odd: _escaped(odd[0]), part)
    if _DEVICE.fullmatch(part):
        part = _escaped(part[0]) + part[1:]
    return part if len(part.encode("utf-8", "replace")) <= _LONGEST else _marked(part, part)


def _escaped(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def _marked(shown: str, whole: str) -> str:
    """A name that no other has: the beginning of it, a fingerprint of all of it, and its ending."""
    stem, dot, suffix = shown.rpartition(".")
    stem, ending = (stem, dot + suffix) if stem and len(suffix) <= 8 else (shown, "")
    mark = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{stem[:_KEPT]}~{mark}{ending}"


def _alike(path: PurePosixPath) -> str:
    return unicodedata.normalize("NFC", path.as_posix()).casefold()
