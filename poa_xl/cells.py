"""One cell: from what a spreadsheet holds to the value that its column expects, or a code that says why not.

Numbers typed as text are read where they can mean one thing only, in Bolivian style (`1.234,56`). What a percentage or
a currency means depends on the column's unit, whether it was typed or the cell's number format shows it: a column of
counts takes neither, one in Bs no other currency.

Python 3.8 and the standard library alone: LibreOffice carries a copy.
"""
# ruff: noqa: UP006, UP007, UP035, UP045 - the Pythons of the spreadsheet programs are older

import datetime as dt
import math
import re
import unicodedata
from typing import Callable, Dict, NamedTuple, Optional, Tuple, Union

from poa_xl import currencies
from poa_xl.printable import visible as visible  # for those that read cells too

Value = Union[str, int, float, dt.date, None]
BLANKS = ("", None)
# What an error cell shows, in the words of the file format and of xlwings.
ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)
NO_VALUE = "sin valor"  # of a formula that was never calculated, where an error cell has its error
# Characters without width, that turn the direction of writing, that control a terminal, or that are none at all.
_INVISIBLE = dict.fromkeys(
    [
        *map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\ufffe\uffff"),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
    + [code for code in range(0xA0) if not 0x20 <= code < 0x7F and not chr(code).isspace()]
)
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile("\n{3,}")
# As other keyboards and people write «%».
_PERCENT_WORDS = re.compile(r"[\uff05\ufe6a\u066a]|(?<=[\d ])por ?ciento$", re.IGNORECASE)
_PERCENT_BEFORE = re.compile(r"^([-+\u2212( ]*)% ?(?=[^%]*$)")
_PERCENT_AFTER = re.compile(r"(?<=[^%]) ?%([ )]*)$")
# «Bs.-500» is 500 as bills write it, and -500 as it looks.
_DASH = re.compile(r"^bs\.- ?(\d.*)$", re.IGNORECASE)
_SIGNS = re.compile(r"^-?\+?")
_PLAIN = re.compile(r"^\d+$")
_THOUSANDS_DOT = re.compile(r"^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$")
_THOUSANDS_COMMA = re.compile(r"^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$")
_THOUSANDS_SPACE = re.compile(r"^[1-9]\d{0,2}( \d{3})+([.,]\d+)?$")
_DECIMAL = re.compile(r"^\d+[.,]\d+$")
_FOUR_DIGITS = 10_000
_AMBIGUOUS = re.compile(r"^[1-9]\d{0,2}[.,]\d{3}$")
_DATE = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_ISO_DATE = re.compile(r"^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?$")
_WHOLE_TOLERANCE = 1e-9
_NOTHING = 1e-9  # what a sum leaves of zero in binary
LARGEST_COUNT, LARGEST_AMOUNT = 10**9, 10**13
# The units of columns. A percentage is read in points (70 for 70 %); one of `OF_INDICATOR` measures what its row says,
# and one of `OF_GOAL` the goal of its row, whose kind of number decides as which of the others it is read.
COUNT, BS, POINTS, OF_INDICATOR, OF_GOAL = "", "Bs", "%", "indicador", "meta"
PERCENT = "%"  # the mark of a number that its cell shows as a percentage
_HUNDRED, _DIGITS_OF_PERCENT = 100, 10
_MOST_DECIMALS, _DIGITS_OF_DOUBLE = 10, 15  # shown; those behind the fifteenth digit nobody typed


class Reading(NamedTuple):
    """A cell as read. `code` is '' or the finding's; with a code and no value the cell is unusable."""

    value: Value
    code: str = ""
    found: str = ""
    read_as: str = ""


class Formatted(float):
    """A number with what the number format of its cell shows beside it: `PERCENT`, or the mark of another currency."""

    mark: str

    def __new__(cls, value: float, mark: str) -> "Formatted":
        """The number as it is stored: 0.7 for 70 %."""
        made = super().__new__(cls, value)
        made.mark = mark
        return made

    @property
    def points(self) -> float:
        """What a percentage shows: 70.0 for 70 %."""
        return round(self * _HUNDRED, _DIGITS_OF_PERCENT)

    def __str__(self) -> str:
        """As the cell shows it, with all its digits."""
        if self.mark == PERCENT:
            return f"{number(self.points)} %"
        return f"{self.mark} {number(float(self))}"


def letters(place: int) -> str:
    """Column letters of a 0-based place: 0 is A, 27 is AB."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(address: str) -> int:
    """The 0-based column of an address such as AB14: 27."""
    place = 0
    for letter in address.rstrip("0123456789"):
        place = place * 26 + ord(letter) - 64
    return place - 1


def is_address(text: str) -> bool:
    """Whether a text is an address such as AB14."""
    return _ADDRESS.fullmatch(text) is not None


def row_of(address: str) -> int:
    """The row number of an address such as D14."""
    return int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def clean(text: str) -> str:
    """Text without invisible characters, in NFC, with single spaces and none at the ends."""
    if text.isprintable() and "  " not in text and text.strip() == text and unicodedata.is_normalized("NFC", text):
        return text  # as nearly all are: what is invisible, and every space but the plain one, is not printable
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def paragraphs(text: str) -> str:
    """The same line by line, where somebody ended a line on purpose; at most one blank line between two."""
    lines = "\n".join(clean(line) for line in _LINE_ENDS.split(text))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n")


def show(value: object) -> str:
    """A cell's content in the words of the person who typed it."""
    if isinstance(value, bool):
        return "VERDADERO" if value else "FALSO"
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return f"{show(value.date())} {show(value.time())}"
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, dt.timedelta):
        return f"{number(round(value.total_seconds() / 3600, 2))} horas"
    if isinstance(value, float) and not isinstance(value, Formatted):
        return number(value)
    return str(value)


def number(value: float, decimals: Optional[int] = None) -> str:
    """A number in Bolivian style: 1.234,56. Without `decimals`, as many as it has, and years without a point."""
    if decimals is None:
        grouping = "," if abs(value) >= _FOUR_DIGITS else ""
        known = max(0, min(_MOST_DECIMALS, _DIGITS_OF_DOUBLE - len(f"{abs(value):.0f}")))
        text = f"{value:{grouping}.{known}f}"
        text = text.rstrip("0").rstrip(".") if known else text
    else:
        text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def read(raw: object, dtype: str, unit: str = COUNT) -> Reading:
    """The value of a cell for a column of a schema's dtype (str, Int64, float64, datetime64[ns]) and unit."""
    if isinstance(raw, str):
        text = clean(raw)
        if not text:
            return Reading(None)
        return _READ_TEXT[dtype](text, unit)
    if raw is None:
        return Reading(None)
    return _READ_TYPED[dtype](raw, unit)


def whole(raw: object) -> Optional[int]:
    """The count in a cell, the short way for most cells of a unit's workbook; None for what `read` must judge."""
    if type(raw) is float and raw.is_integer() and -LARGEST_COUNT <= raw <= LARGEST_COUNT:
        return int(raw)
    return None


def _bool(raw: object, expects: str) -> Reading:
    return Reading(None, "CEL-005", show(raw), expects)


def _typed_text(raw: object, _: str) -> Reading:
    if isinstance(raw, bool):
        return _bool(raw, "un texto")
    if isinstance(raw, Formatted) and raw.mark == PERCENT and math.isfinite(raw):
        return Reading(str(raw))
    if isinstance(raw, (int, float)):
        if not math.isfinite(raw):
            return Reading(None, "CEL-011", f"{raw:g}")
        return Reading(str(int(raw)) if float(raw).is_integer() else repr(float(raw)))
    return Reading(None, "CEL-009", show(raw))  # a date, an hour or a duration


def _typed_number(raw: object, unit: str) -> Reading:
    if isinstance(raw, bool):
        return _bool(raw, "un número")
    if isinstance(raw, Formatted):
        return _formatted(raw, unit)
    if isinstance(raw, (int, float)):
        return _bounded(float(raw))
    return Reading(None, "CEL-004", show(raw))


def _formatted(raw: Formatted, unit: str) -> Reading:
    """A number that its cell shows with a sign that another cell would not have."""
    percent = raw.mark == PERCENT
    bounded = _bounded(raw.points if percent else float(raw))
    if not isinstance(bounded.value, float):
        return bounded
    if percent:
        return _of_percentage(bounded.value, str(raw), unit, "")
    if unit in (POINTS, OF_INDICATOR):
        return bounded
    return Reading(bounded.value, "CEL-017", str(raw), _ungrouped(bounded.value))


def _of_percentage(points: float, found: str, unit: str, code: str) -> Reading:
    """A percentage where it may stand, in points; `code` is what is said of one that was typed as text."""
    if unit == POINTS:
        return Reading(points, code, found if code else "", _ungrouped(points) if code else "")
    if unit == OF_INDICATOR:
        return Reading(points, "CEL-014", found, _ungrouped(points))
    return Reading(None, "CEL-013", found)


def _bounded(value: float) -> Reading:
    if not math.isfinite(value) or abs(value) > LARGEST_AMOUNT:
        return Reading(None, "CEL-011", f"{value:g}")
    return Reading(0.0 if abs(value) < _NOTHING else value)


def _whole(reading: Reading) -> Reading:
    if not isinstance(reading.value, float):
        return reading
    nearest = round(reading.value)
    if abs(nearest) > LARGEST_COUNT:
        return Reading(None, "CEL-011", number(reading.value))
    if abs(reading.value - nearest) > _WHOLE_TOLERANCE:
        return Reading(None, "CEL-008", number(reading.value))
    return reading._replace(value=nearest)


def _typed_date(raw: object, _: str) -> Reading:
    if isinstance(raw, dt.datetime):
        return Reading(raw.date())
    if isinstance(raw, dt.date):
        return Reading(raw)
    if isinstance(raw, bool):
        return _bool(raw, "una fecha")
    return Reading(None, "CEL-010", show(raw))


def _text_date(text: str, _: str) -> Reading:
    iso, match = _ISO_DATE.match(text), _DATE.match(text)
    try:
        parts = iso.groups() if iso else match.groups()[::-1]  # type: ignore[union-attr]
        year, month, day = (int(part) for part in parts)
        return Reading(dt.date(year, month, day))
    except (AttributeError, ValueError):
        return Reading(None, "CEL-010", text)


def _text_number(text: str, unit: str) -> Reading:
    """A number typed as text; see the module's docstring."""
    bare, percent = _without_percent(text)
    bare, mark = currencies.split(bare)
    reading = _amount(bare, text)
    if reading.code == "CEL-002" or not (percent or mark):
        return reading
    if mark and (unit == COUNT or percent):
        return Reading(None, "CEL-016" if unit == COUNT else "CEL-002", text)
    if mark and mark != currencies.OURS:
        return Reading(None, "CEL-015" if unit == BS else "CEL-002", text)
    if percent and unit not in (POINTS, OF_INDICATOR):
        return Reading(None, "CEL-013", text)
    dash = _DASH.match(text)
    if dash:
        return Reading(None, "CEL-003", text, f"{dash[1]} o -{dash[1]}")
    if percent and isinstance(reading.value, float):
        return _of_percentage(reading.value, text, unit, reading.code)
    return reading


def _without_percent(text: str) -> Tuple[str, bool]:
    """A text without the sign of a percentage before or after it, and whether it had one."""
    text = _PERCENT_WORDS.sub("%", text)
    for pattern in (_PERCENT_BEFORE, _PERCENT_AFTER):
        bare, count = pattern.subn(r"\1", text)
        if count:
            return bare, True
    return text, False


def _amount(bare: str, text: str) -> Reading:
    """A number without signs of what it counts; `text` is how it was typed."""
    bare = bare.replace("\u2212", "-")
    core = bare.strip("-(+) ")
    if " " in core and not _THOUSANDS_SPACE.match(core):
        return Reading(None, "CEL-002", text)
    bare = bare.replace(" ", "")
    bracketed = bare.startswith("(") and bare.endswith(")")
    negative = bare.startswith("-") or bracketed
    bare = _SIGNS.sub("", bare[1:-1] if bracketed else bare)
    if _AMBIGUOUS.match(bare):
        whole, decimal = bare.replace(".", "").replace(",", ""), bare.replace(".", ",")
        return Reading(None, "CEL-003", text, f"{whole} o {decimal}")
    digits = _digits(bare)
    if digits is None:
        return Reading(None, "CEL-002", text)
    bounded = _bounded(-float(digits) if negative else float(digits))
    if not isinstance(bounded.value, float):
        return bounded
    return Reading(bounded.value, "CEL-001", text, _ungrouped(bounded.value))


def _ungrouped(value: float) -> str:
    """Without thousands: the reading must not look like the text that it explains."""
    return number(value).replace(".", "")


def _digits(bare: str) -> Optional[str]:
    if _PLAIN.match(bare):
        return bare
    if _THOUSANDS_DOT.match(bare):
        return bare.replace(".", "").replace(",", ".")
    if _THOUSANDS_COMMA.match(bare):
        return bare.replace(",", "")
    if _DECIMAL.match(bare):
        return bare.replace(",", ".")
    return None


_READ_TEXT: Dict[str, Callable[[str, str], Reading]] = {
    "str": lambda text, _: Reading(text),
    "float64": _text_number,
    "Int64": lambda text, unit: _whole(_text_number(text, unit)),
    "datetime64[ns]": _text_date,
}
_READ_TYPED: Dict[str, Callable[[object, str], Reading]] = {
    "str": _typed_text,
    "float64": _typed_number,
    "Int64": lambda raw, unit: _whole(_typed_number(raw, unit)),
    "datetime64[ns]": _typed_date,
}


def serial(day: dt.date) -> int:
    """A day as the number that a cell holds of it."""
    return (day - dt.date(1899, 12, 30)).days
