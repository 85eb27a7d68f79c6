"""Cell by cell: what the product read beside what LibreOffice shows.

ALLOWED says where the two may differ, and why no figure can hide there. Everything else is a silent difference.
"""

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

ALLOWED = {
    "odd": "A cell that the product reports as an error or a formula without value is never evaluated: whatever "
    "LibreOffice makes of it (it computes a formula that has no value), the person is told of the cell.",
    "boolean": "TRUE is 1 and FALSE 0, with whatever format; and LibreOffice does not read the boolean that is cached of "
    "a formula, it computes it. No column takes a boolean: each is a finding of its own.",
    "last place": "A number may differ in the last place of its binary form: LibreOffice does not round the 17 digits that "
    "Excel writes to the nearest (1.0049999999999999 is 1.005 to it). No program shows that digit.",
    "line ends": "A carriage return is a line end to the product or none, as LibreOffice takes it where one follows: every "
    "blank in a text is one to the product.",
    "repeated": "Sheets whose names differ in capitals alone: LibreOffice calls the second `Tareas -1`. The product takes "
    "none of them and says so (HOJ-004).",
    "moment": "A date is compared to the millisecond, which is as exact as calamine gives it.",
    "no date": "A number that no date can be (below 0, after the year 9999) in a cell with a date's format is a number to the "
    "product: Excel shows ##### there.",
    "first days": "Before March 1900 Excel's calendar, which the product follows, is one day behind LibreOffice's for the "
    "same number in the file. No date of a POA lies there.",
}
DIED = "died"  # of the product or of LibreOffice
_SECOND = re.compile(r" -\d+$")
_DATE, _TIME = 2, 4  # com.sun.star.util.NumberFormat
_MILLISECOND = 1 / 86_400_000  # of a day
_AFTER_9999 = 2_958_466
_MARCH_1900 = dt.datetime(1900, 3, 1)


class Difference(NamedTuple):
    """A cell (or, with no address, a sheet or the list of sheets) that is read otherwise than it is shown."""

    sheet: str
    cell: str
    ours: object
    shown: object

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell or '*'}: ours {self.ours!r}, LibreOffice {self.shown!r}"


def differences(read: dict[str, Any], shown: dict[str, Any] | None) -> list[Difference]:
    """Where the answer of `product` is not what `LibreOffice.shown` gave."""
    if shown is None:
        return [Difference("", "", [name for name, _ in read["sheets"]], "refuses the file")]
    if DIED in shown:
        return [Difference("", "", [name for name, _ in read["sheets"]], "dies of the file")]
    repeated = _repeated(read["sheets"])
    ours = {name: cells for name, cells in read["sheets"] if name.casefold() not in repeated}
    theirs = {name: cells for name, cells in shown["sheets"] if _SECOND.sub("", name).casefold() not in repeated}
    found = list(_sheets(list(ours), theirs))
    origin = dt.datetime(*shown["origin"])
    for name in [n for n in ours if n in theirs]:
        found += _cells(name, ours[name], theirs[name], read["odd"].get(name, {}), origin)
    return found


def _repeated(sheets: list[Any]) -> set[str]:
    """The names that two sheets have, in capitals or not."""
    counts = Counter(name.casefold() for name, _ in sheets)
    return {name for name, count in counts.items() if count > 1}


def _sheets(names: list[str], shown: dict[str, Any]) -> Iterator[Difference]:
    """A sheet that only one of the two has; one without a cell is not missed."""
    theirs = [name for name, cells in shown.items() if cells or name in names]
    if names != theirs:
        yield Difference("", "", names, theirs)


def _cells(
    sheet: str, ours: dict[str, Any], theirs: dict[str, Any], odd: dict[str, str], origin: dt.datetime
) -> Iterator[Difference]:
    for address in sorted((ours.keys() | theirs.keys()) - odd.keys()):
        value, (shown, kind, formula) = ours.get(address, ""), theirs.get(address, ("", "text", False))
        computed = formula and isinstance(value, bool)
        if not computed and not _same(value, shown, kind, origin):
            yield Difference(sheet, address, value, _told(shown, kind, origin))


def _same(value: Any, shown: Any, kind: Any, origin: dt.datetime) -> bool:
    if kind in ("text", "error"):
        return kind == "text" and isinstance(value, str) and _lines(value) == _lines(shown)
    if isinstance(value, bool):
        return float(value) == shown
    if isinstance(value, dict):
        return bool(kind & (_DATE | _TIME)) and _same_moment(value, shown, origin)
    if not isinstance(value, int | float) or (kind & (_DATE | _TIME) and 0 <= shown < _AFTER_9999):
        return False
    return bool(value == shown) or (math.isfinite(shown) and abs(value - shown) <= math.ulp(shown))


def _lines(text: str) -> str:
    return text.replace("\r", "")


def _same_moment(value: dict[str, Any], shown: float, origin: dt.datetime) -> bool:
    """Whether a date or a duration is so many days from the day that is 0."""
    if "days" in value:
        return bool(abs(value["days"] - shown) < _MILLISECOND)
    text = value["date"]
    if text[2] == ":":  # a time of day
        text = f"{origin.date().isoformat()}T{text}"
    moment = dt.datetime.fromisoformat(text)
    apart = (moment - origin) / dt.timedelta(days=1) - shown
    return abs(apart) < _MILLISECOND or (moment < _MARCH_1900 and abs(apart - 1) < _MILLISECOND)


def _told(shown: Any, kind: Any, origin: dt.datetime) -> str:
    if kind in ("text", "error"):
        return f"{kind} {shown!r}"
    if kind & (_DATE | _TIME):
        return f"date {shown!r} from {origin.date()}"
    return repr(shown)
