"""Whether somebody has a workbook open: the small files that spreadsheet programs leave beside it meanwhile."""

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LIBREOFFICE, _EXCEL = ".~lock.{name}#", "~${name}"
_LONGEST = 1000
# Excel's: the name's length and the name in one byte a letter, and from here on the same in two.
_EXCEL_SIZE, _EXCEL_LENGTH, _EXCEL_NAME = 165, 55, 57
_COMMA = re.compile(r"(?<!\\),")


@dataclass(frozen=True)
class Held:
    """Who has a workbook open ('' where that is not said), and the file that says so."""

    who: str
    lock: Path


def held(path: Path) -> Held | None:
    """Who has it open; None where no program says that it has. What a killed program left behind counts too."""
    for pattern, reader in ((_LIBREOFFICE, _libreoffice), (_EXCEL, _excel)):
        lock = path.with_name(pattern.format(name=path.name))
        if lock.is_file():
            return Held(_printable(reader(_beginning(lock))), lock)
    return None


def _beginning(lock: Path) -> bytes:
    with suppress(OSError), lock.open("rb") as file:  # Excel on Windows lets nobody read it
        return file.read(_LONGEST)
    return b""


def _libreoffice(content: bytes) -> str:
    """Fields parted by commas: the person's name, the user, the computer, and more."""
    fields = [re.sub(r"\\(.)", r"\1", f) for f in _COMMA.split(content.decode("utf-8", "replace"))]
    person, user, computer = (fields + [""] * 3)[:3]
    return person or " en ".join(part for part in (user, computer) if part)


def _excel(content: bytes) -> str:
    if len(content) != _EXCEL_SIZE:
        return ""
    end = _EXCEL_NAME + 2 * content[_EXCEL_LENGTH]
    return content[_EXCEL_NAME:end].decode("utf-16-le", "replace")


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()
