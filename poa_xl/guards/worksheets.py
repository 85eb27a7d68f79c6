"""The cells of a sheet's XML before python-calamine sees them: how many, how far, which of them hold no value.

`quick` recognises the form in which Excel, LibreOffice and the common libraries write a sheet, by regular
expressions; what has another form is for `careful`, which walks it. Both give the same for the same cells. Some cells
would stop calamine, or make it drop the whole sheet: an error value that it does not know, a number that no date can
be in a cell with a date's format. Their type or format is taken out of the bytes, in place.
"""

import itertools
import re
from dataclasses import dataclass, field
from functools import lru_cache

from poa_xl import cells
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import Walk, walk
from poa_xl.guards.refused import RefusedError, beyond, odd_inside
from poa_xl.workbook_xml import NO_VALUE

LARGEST_ROW, LARGEST_COLUMN = 1_048_576, 16_384
_KNOWN_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_LARGEST_SERIAL = 1e9  # of a date or a duration, far beyond both; calamine stops at some 1e11
_TEXTUAL = frozenset({"s", "str", "inlineStr", "b", "e", "d"})


@dataclass
class Scan:
    """What a sheet holds. `odd` is address -> error or NO_VALUE; `xml` the bytes to read."""

    xml: bytes
    cells: int = 0
    rows: int = 0  # up to the last cell with content
    columns: int = 0
    last: str = ""  # a cell with content at that edge
    odd: dict[str, str] = field(default_factory=dict)

    def check_area(self, limits: Limits) -> None:
        """RefusedError where the cells up to the last one would not fit in memory."""
        if self.rows * self.columns > limits.area:
            raise RefusedError("HOJ-007", found=self.last, cell=self.last)


# --- the ordinary form ------------------------------------------------------------------------------------

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
_EMPTY = re.compile(rb"<sheetData ?/>")
_ROWS = re.compile(rb'<row r="(\d+)"')
_WIDE = re.compile(rb'<c r="[A-Z]{2}')
_FAR = re.compile(rb'<c r="[A-Z]{3}')
_FILLED = re.compile(rb'<c r="([A-Z]+)(\d+)"(?:[^<>]*[^/<>])?>')
_ERROR = re.compile(
    rb'<c r="([A-Z]+\d+)"(?: s="\d+")? t="e"(?:[^<>]*[^/<>])?>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?(?:<v>([^<]*)</v>)?'
)
_UNCOMPUTED = re.compile(rb"(?:</f>|<f(?: [^<>]*)?/>)(?:<v></v>|<v ?/>)?</c>")
_UNUSUAL_VALUE = re.compile(rb"<v>(?!-?\d{1,9}(?:\.\d{1,30})?(?:[eE]-\d{1,3})?</v>)[^<]")
_TYPE = re.compile(rb' t="(\w+)"')
_BAD_INDEX = re.compile(rb' t="s"[^<>]*>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?<v>(?!\d{1,7}</v>)([^<]{1,20})')


@lru_cache(maxsize=4)
def _grammars(limits: Limits) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """The form of rows whose every value is in order, and of rows that may hold errors and odd numbers too."""
    text = b"[^<]{0,%d}+" % limits.texto
    attributes = rb'(?: [\w:.]{1,60}="[^"<]{0,%d}"){0,%d}+ ?' % (min(limits.texto, 10_000), limits.atributos)
    formula = rb"(?:<f" + attributes + rb"(?:/>|>" + text + rb"</f>))?+"
    value = rb"(?:<v(?: ?/>|>" + text + rb"</v>))?+"
    inline = rb"<is><t" + attributes + rb"(?:/>|>" + text + rb"</t>)</is>"
    more = rb'(?: [cv]m="\d{1,9}"){0,2}+ ?'
    head = rb'<c r="[A-Z]{1,3}+(?P=row)"(?: s="\d{1,6}")?+'
    number = rb"-?\d{1,9}(?:\.\d{1,30})?+(?:[eE]-\d{1,3})?+"
    sound = (
        rb'(?: t="n")?+' + more + rb"(?:/>|>" + formula + rb"<v>" + number + rb"</v></c>)",
        rb' t="s"' + more + rb"><v>\d{1,7}</v></c>",
        rb' t="str"' + more + rb"(?:/>|>" + formula + value + rb"</c>)",
        rb' t="b"' + more + rb">" + formula + rb"<v>[01]</v></c>",
        rb' t="inlineStr"' + more + rb">" + inline + rb"</c>",
    )
    loose = rb'(?: t="[a-zA-Z]{1,9}")?+' + more + rb"(?:/>|>" + formula + value + rb"(?:" + inline + rb")?+</c>)"
    start = rb'(?:<row r="(?P<row>[1-9]\d{0,6})"' + attributes + rb"(?:/>|>(?:" + head + rb"(?:"
    first, second = (re.compile(start + cell + rb"))*+</row>))*+" + _CLOSE) for cell in (rb"|".join(sound), loose))
    return first, second


def quick(xml: bytes, limits: Limits) -> Scan | None:
    """What an ordinary sheet holds; None for one of another form. RefusedError beyond a bound."""
    count = xml.count(b"<c ")
    if count > limits.celdas:  # said before the time is spent that they take
        raise beyond("celdas", limits, count)
    start = xml.find(_OPEN)
    if start < 0:
        return _without_cells(xml, limits)
    sound, loose = _grammars(limits)
    in_order = sound.match(xml, start + len(_OPEN))
    body = in_order or loose.match(xml, start + len(_OPEN))
    rows = [int(row) for row in _ROWS.findall(xml)]
    if body is None or any(a >= b for a, b in itertools.pairwise(rows)):
        return None
    walk(xml[:start] + xml[body.end() :], limits)
    scan = Scan(xml, count)
    scan.rows, scan.columns = (rows[-1] if rows else 0), 26 * 27 if _WIDE.search(xml) else 26  # at the most
    if scan.rows * scan.columns > limits.area or _FAR.search(xml):
        scan.rows = scan.columns = 0
        _measure(scan)
    return scan if in_order else _odd_cells(scan)


def _without_cells(xml: bytes, limits: Limits) -> Scan | None:
    if not _EMPTY.search(xml):
        return None
    walk(xml, limits)
    return Scan(xml)


def _measure(scan: Scan) -> None:
    for match in _FILLED.finditer(scan.xml):
        letters, row = match[1].decode(), int(match[2])
        _reach(scan, row, cells.place_of(letters) + 1, letters + match[2].decode())


def _reach(scan: Scan, row: int, column: int, address: str) -> None:
    if not (0 < row <= LARGEST_ROW and 0 < column <= LARGEST_COLUMN):
        raise odd_inside("celda", address)
    if row > scan.rows or column > scan.columns:
        scan.last = address
        scan.rows, scan.columns = max(scan.rows, row), max(scan.columns, column)


def _odd_cells(scan: Scan) -> Scan:
    xml, patches = scan.xml, []
    if bad := _BAD_INDEX.search(xml):
        raise odd_inside("indice", bad[1].decode("utf-8", "replace"))
    if b' t="e"' in xml:
        for match in _ERROR.finditer(xml):
            shown = (match[2] or b"").decode("utf-8", "replace") or "#N/A"
            scan.odd[match[1].decode()] = shown
            if shown not in _KNOWN_ERRORS:
                patches.append((match.start(), "t"))
    for match in _UNCOMPUTED.finditer(xml):
        tag = _tag_before(xml, match.start())
        if b' t="str"' not in tag and b' t="e"' not in tag:
            scan.odd[tag[6 : tag.index(b'"', 6)].decode()] = NO_VALUE
    for match in _UNUSUAL_VALUE.finditer(xml):
        tag = _tag_before(xml, match.start())
        kind = _TYPE.search(tag)
        if not kind or kind[1] == b"n":
            patches.append((xml.rindex(b"<c ", 0, match.start()), "s"))
    scan.xml = _patched(xml, patches)
    return scan


def _tag_before(xml: bytes, place: int) -> bytes:
    """The tag of the cell in which a place is. No text of a cell can hold a `<`."""
    start = xml.rindex(b"<c ", 0, place)
    return xml[start : xml.index(b">", start) + 1]


def _patched(xml: bytes, patches: list[tuple[int, str]]) -> bytes:
    """The bytes with an attribute of some cells renamed to one that nobody reads."""
    if not patches:
        return xml
    content = bytearray(xml)
    for place, name in patches:
        found = re.compile(rb"\s" + name.encode() + rb"\s*=").search(xml, place, xml.index(b">", place))
        if found:
            content[found.start() + 1] = ord("z")
    return bytes(content)


# --- any form ---------------------------------------------------------------------------------------------


class _Cells:
    """What `careful` hears of the elements of a sheet."""

    def __init__(self, xml: bytes, limits: Limits) -> None:
        self.scan, self.patches = Scan(xml), list[tuple[int, str]]()
        self._limits = limits
        self._row = self._column = self._last_row = 0
        self._in_cell = self._formula = self._filled = self._inline = False
        self._value: list[str] | None = None
        self._address = self._type = ""
        self.walk = Walk(limits, self.start, self.end, self.text)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c" and not self._in_cell:
            self._start_cell(attributes)
        elif name == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif self._in_cell:
            self._filled = True
            self._formula = self._formula or name == "f"
            self._inline = self._inline or name == "is"
            if name == "v":
                self._value = []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.scan.cells += 1
        if self.scan.cells > self._limits.celdas:
            raise beyond("celdas", self._limits, self.scan.cells)
        self._row = max(self._row, 1)
        self._address = attributes.get("r") or f"{cells.letters(self._column)}{self._row}"
        self._row, self._column = _place(self._address)
        if self._row < self._last_row:
            raise odd_inside("orden", self._address)
        self._last_row = self._row
        self._in_cell, self._filled, self._formula, self._inline, self._value = True, False, False, False, None
        self._type, self._place = attributes.get("t", "n"), self.walk.place
        self._text = ""

    def text(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def end(self, name: str) -> None:
        if name == "v" and self._value is not None:
            self._text, self._value = self._text + "".join(self._value), None
        elif name == "c" and self._in_cell:
            self._in_cell = False
            if self._filled:
                _reach(self.scan, self._row, self._column, self._address)
                self._judge(self._text)

    def _judge(self, text: str) -> None:
        if self._type == "e":
            self.scan.odd[self._address] = text or "#N/A"
            if text not in _KNOWN_ERRORS:
                self.patches.append((self._place, "t"))
        elif self._formula and not text and not self._inline and self._type != "str":
            self.scan.odd[self._address] = NO_VALUE
        elif self._type == "s" and text and not text.isdecimal():
            raise odd_inside("indice", text[:20])
        elif self._type not in _TEXTUAL and text and not _ordinary_number(text):
            self.patches.append((self._place, "s"))


def careful(xml: bytes, limits: Limits) -> Scan:
    """What a sheet of any form holds. RefusedError where it is broken or beyond a bound."""
    found = _Cells(xml, limits)
    found.walk.run(xml)
    found.scan.xml = _patched(xml, found.patches)
    return found.scan


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:8]) <= LARGEST_ROW and len(text) <= 7):
        raise odd_inside("celda", text[:20])
    return int(text)


_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def _place(address: str) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise odd_inside("celda", address[:20])
    return int(found[2]), cells.place_of(found[1]) + 1


def _ordinary_number(text: str) -> bool:
    try:
        return abs(float(text)) <= _LARGEST_SERIAL
    except ValueError:
        return False
