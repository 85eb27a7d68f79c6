"""The first rows of a sheet, which are enough to know it by its titles, at a cost that its other rows do not change."""

import re

from poa_xl.guards.markup import utf8
from poa_xl.guards.package import Package

ROWS = 30
_BEGINNING = 1_000_000  # bytes of a part, enough for so many rows of any sheet of ours
_END = re.compile(rb"</((?:[\w.-]+:)?)row\s*>")


def of(package: Package, part: str) -> bytes:
    """The sheet of a part without the rows behind the first ones; of a large one no more is inflated.

    RefusedError where it is broken. It may be broken XML where the rows are very long, or end only as it seems.
    """
    beginning = package.part(part, _BEGINNING)
    return cut(utf8(beginning)) if len(beginning) < _BEGINNING else utf8(cut(beginning, whole=False))


def cut(xml: bytes, *, whole: bool = True) -> bytes:
    """The part of a sheet without the rows behind the first ones. What only looks like their end gives broken XML.

    With `whole` false it is the beginning of a part, and ends with the last row that does.
    """
    end = None
    for count, end in enumerate(_END.finditer(xml), start=1):  # noqa: B007 - the last one counts
        if count == ROWS:
            break
    else:
        if whole:
            return xml
    prefix = end[1] if end else b""
    return b"".join((xml[: end.end()], b"</", prefix, b"sheetData></", prefix, b"worksheet>")) if end else xml
