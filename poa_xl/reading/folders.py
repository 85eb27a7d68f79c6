"""Which files of a folder are read, which are told to be set aside, and which are litter of the computer.

Whatever may be a spreadsheet is read, of other formats and without an ending too, so that it is refused aloud. A person
who names a file means it: then it is read, whatever it is.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from poa_xl import cells, guards
from poa_xl.findings import Finding, Location
from poa_xl.messages import limits as words

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
OTHER_FORMATS = (
    ".xls", ".xlt", ".xlsb", ".xlw", ".ods", ".ots", ".fods", ".sxc", ".numbers", ".et", ".ett", ".gsheet", ".csv",
    ".tsv", ".dif", ".slk", ".zip", ".rar", ".7z", ".gz",
)  # fmt: skip
# What surely is something else, though it may be a zip inside.
_DOCUMENTS = (".pdf", ".doc", ".docx", ".docm", ".odt", ".rtf", ".ppt", ".pptx", ".odp", ".msg", ".eml", ".jpg", ".png")
_TEMPORARY = (".tmp", ".crdownload", ".part", ".partial", ".download")
_LITTER = re.compile(
    r"^(?:thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|~.*\.tmp|\.ds_store|\.localized|\._.*|\.~lock\..*#|"
    r"\.directory|\.apdisk)$",
    re.IGNORECASE,
)
_LITTER_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})
_LOCK = "~$"


def list_files(path: Path) -> tuple[list[Path], list[Path]]:
    """The files of a folder that are read (or the file itself), sorted, and those set aside, which `aside` tells.

    Folders within are walked too; links to folders and hidden folders are not.
    """
    if path.is_symlink() or not path.is_dir():
        return [path], []
    found = sorted(_below(path))
    read = [p for p in found if not _is_hidden(p) and _may_be_book(p)]
    return read, [p for p in found if p not in set(read)]


def aside(path: Path, name: str) -> Finding:
    """What is said of a file that was set aside, under the name to show."""
    if _is_hidden(path):
        return Finding("LIB-004", Location(name))
    why = words.no_book(cells.visible(path.suffix.lower()), path.is_symlink())
    return Finding("LIB-017", Location(name), details={"motivo": why})


def _below(folder: Path) -> Iterator[Path]:
    """Every file but litter; folders only where they are not walked, or have the name of a book."""
    for place, folders, files in os.walk(folder):
        kept = [name for name in folders if name.casefold() not in _LITTER_FOLDERS]
        folders[:] = [name for name in kept if not name.startswith(".") and Path(name).suffix.lower() != ".numbers"]
        for name in (*kept, *files):
            path = Path(place, name)
            if name in files:
                told = not is_litter(path)
            else:
                told = name not in folders or path.is_symlink() or _has_name_of_book(path)
            if told:
                yield path


def is_litter(path: Path) -> bool:
    """What a computer leaves by itself. A whole workbook under the name of a lock is none."""
    if path.name.startswith(_LOCK):
        return not guards.begins_as_book(path)
    return _LITTER.match(path.name) is not None


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(("~$", ".")) or path.suffix.lower() in _TEMPORARY


def _has_name_of_book(path: Path) -> bool:
    return path.suffix.lower() in (*SUFFIXES, *OTHER_FORMATS)


def _may_be_book(path: Path) -> bool:
    if _has_name_of_book(path):
        return True
    return path.suffix.lower() not in _DOCUMENTS and guards.begins_as_book(path)
