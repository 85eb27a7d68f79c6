"""The properties by which poa-xl knows a workbook that it wrote; `reading.provenance` reads them.

The last of them is a seal of all that the workbook holds. It is known once the workbook is written, and then takes the
place of a text that stands for it.
"""

import copy
import shutil
import tempfile
from pathlib import Path
from typing import IO
from zipfile import ZipFile, ZipInfo

from xlsxwriter import Workbook

from poa_xl import __version__, names
from poa_xl.ooxml.part_names import CUSTOM_PROPERTIES
from poa_xl.reading.provenance import sealed
from poa_xl.zip_archive import ZipWriter, entry

_NO_SEAL = "0" * 64
_FIXED, _NAME, _EXTRA = 30, 26, 28  # of an entry's own header: its fixed part, and where its lengths stand in it
_PIECE = 1 << 20  # bytes that are copied at once


def stamp(workbook: Workbook, documento: str, periodo: tuple[int, int] | None = None) -> None:
    """Say what a workbook is, of which period (gestión, quarter) and from which version of poa-xl. To be sealed."""
    workbook.set_custom_property(names.DOCUMENT_PROPERTY, documento)
    if periodo:
        workbook.set_custom_property(names.PERIOD_PROPERTY, "{}-{}".format(*periodo))
    workbook.set_custom_property(names.VERSION_PROPERTY, __version__)
    workbook.set_custom_property(names.SEAL_PROPERTY, _NO_SEAL)


def seal(path: Path | str) -> None:
    """Put the seal into a stamped workbook that was written; its other parts are copied as they are."""
    with tempfile.TemporaryFile() as written:  # it has no name
        with open(path, "rb") as file:
            shutil.copyfileobj(file, written)
        with ZipFile(written) as old, ZipWriter(path) as new:
            for info in old.infolist():
                if info.filename == CUSTOM_PROPERTIES:
                    text = old.read(info).replace(_NO_SEAL.encode(), sealed(old.infolist()).encode())
                    new.writestr(entry(CUSTOM_PROPERTIES), text)
                else:
                    _copy(written, info, new)


def _copy(written: IO[bytes], info: ZipInfo, new: ZipFile) -> None:
    """An entry with its bytes as they are compressed: `zipfile` would compress them again, which takes seconds."""
    written.seek(info.header_offset)
    head = written.read(_FIXED)
    left = sum(int.from_bytes(head[at : at + 2], "little") for at in (_NAME, _EXTRA)) + info.compress_size
    moved = copy.copy(info)
    assert new.fp is not None  # noqa: S101 - it is open
    moved.header_offset = new.fp.tell()
    new.fp.write(head)
    while piece := written.read(min(left, _PIECE)):  # the data of a thousand units is tens of megabytes
        new.fp.write(piece)
        left -= len(piece)
    new.filelist.append(moved)
    new.NameToInfo[moved.filename] = moved
    new.start_dir = new.fp.tell()
