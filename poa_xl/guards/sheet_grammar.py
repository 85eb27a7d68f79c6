"""The ordinary form of a sheet, by regular expressions: what is not of it is for `sheet_walk`.

One expression goes over the rows, and leaves no byte of them open but the values of some attributes. Those, and what
stands around the rows, expat goes over, so that no text, name space or reference is other than it looks.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from poa_xl import cells
from poa_xl.bounded_cache import remembered
from poa_xl.cells import NO_VALUE
from poa_xl.guards import markup, merged, shared_formulas, texts
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import Walk
from poa_xl.guards.refused import ambiguous, beyond
from poa_xl.guards.worksheets import HEAD, KNOWN_ERRORS, LARGEST_SERIAL, NUMBER, PLAIN, TAIL, Scan, Shown, checked_place

_HEADINGS = re.compile(rb"<headerFooter>(?:<(odd|even|first)(Header|Footer)>[^<]{0,2000}</\1\2>)*</headerFooter>")
_VALUE = re.compile(rb'="[^"]*"')
_END_OF_ROW, _PIECE = b"</row>", 1_000_000
_SCENARIO = b"scenario"
_NAME, _OPEN, _CLOSE, _EMPTY = b"sheetData", b"<sheetData>", b"</sheetData>", re.compile(rb"<sheetData ?/>")
# Formulas without a text of their own but those that cells share.
_NO_FORMULA = re.compile(rb'<f(?![^<>]* t="shared")[^<>]*(?:/>|></f>)')
_SHARED = b' t="shared"'
_OF_OTHERS = (b' t="dataTable"', b' t="array"')
_FREE_TAGS = re.compile(rb"<(?:row|f) [^<>]*>")  # those whose attributes the grammar leaves free
_ROWS = re.compile(rb'<row r="(\d+)"')
_ADDRESSES = re.compile(rb'<c r="([A-Z]+\d+)"')
_WIDE = re.compile(rb'<c r="[A-Z]{2}')
_FAR = re.compile(rb'<c r="[A-Z]{3}')
_BARE = re.compile(rb'<c r="[A-Z]+\d+"(?! s=)')
_COLUMN_STYLE = re.compile(rb'<(?:\w+:)?col [^<>]*\bstyle=["\'](\d{1,6})')
_ROW_STYLE = re.compile(rb'<row (?=[^<>]* customFormat=)[^<>]* s="(\d{1,6})')
_FILLED = re.compile(rb'<c r="([A-Z]+)(\d+)"(?:[^<>]*[^/<>])?>')
# Of a cell alone: in rows of the grammar nothing else has an element of a value behind it.
_TEXTS = re.compile(rb' t="s"><v>(\d+)')
_ERROR = re.compile(
    rb'<c r="([A-Z]+\d+)"(?: s="\d+")? t="e"(?:[^<>]*[^/<>])?>(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?(?:<v>([^<]*)</v>)?'
)
_WITH_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^<>]*><f[ />]')
_UNCOMPUTED = re.compile(rb"(?:</f>|<f(?: [^<>]*)?/>)(?:<v></v>|<v ?/>)?</c>")
_UNUSUAL_VALUE = re.compile(rb"<v>(?!-?\d{1,9}(?:\.\d{1,30})?(?:[eE]-\d{1,3})?</v>)([^<]+)")
_TYPE = re.compile(rb' t="(\w+)"')


@lru_cache(maxsize=4)
def _grammars(limits: Limits) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """The form of rows whose every value is in order, and of rows that may hold errors and odd numbers too."""
    text = b"[^<]{0,%d}+" % limits.texto
    attributes = rb'(?: [\w:.]{1,60}="[^"<]{0,%d}"){0,%d}+ ?' % (min(limits.texto, 10_000), limits.atributos)
    formula = rb"(?:<f" + attributes + rb"(?:/>|>" + text + rb"</f>))?+"
    some_value = rb"<v(?: ?/>|>" + text + rb"</v>)"
    value = rb"(?:" + some_value + rb")?+"
    inline = rb'<is><t(?: xml:space="preserve")?+(?: ?/>|>' + text + rb"</t>)</is>"
    more = rb'(?: cm="\d{1,9}")?+(?: vm="\d{1,9}")?+ ?'
    head = rb'<c r="[A-Z]{1,3}+(?P=row)"(?: s="\d{1,6}")?+'
    number = rb"-?\d{1,9}(?:\.\d{1,30})?+(?:[eE]-\d{1,3})?+"
    rest = (
        rb' t="s"' + more + rb"><v>\d{1,7}</v></c>",
        rb' t="b"' + more + rb">" + formula + rb"<v>[01]</v></c>",
        rb' t="inlineStr"' + more + rb">" + inline + rb"</c>",
    )
    filled = rb'(?: t="n")?+' + more + rb"(?:/>|>" + formula + rb"<v>" + number + rb"</v></c>)"
    any_number = rb'(?: t="n")?+' + more + rb"(?:/>|>" + formula + value + rb"</c>)"
    text_of_formula = rb' t="str"' + more + rb"(?:/>|>" + formula + some_value + rb"</c>)"
    any_text = rb' t="str"' + more + rb"(?:/>|>" + formula + value + rb"</c>)"
    error = rb' t="e"' + more + rb"(?:/>|>" + formula + value + rb"</c>)"
    start = rb'(?:<row r="(?P<row>[1-9]\d{0,6})"' + attributes + rb"(?:/>|>(?:" + head + rb"(?:"
    kinds = ((filled, *rest, text_of_formula), (any_number, *rest, any_text, error))
    first, second = (re.compile(start + rb"|".join(kind) + rb"))*+</row>))*+(?=" + _CLOSE + rb")") for kind in kinds)
    return first, second


def quick(xml: bytes, limits: Limits, shown: Shown = PLAIN) -> Scan | None:
    """What an ordinary sheet holds; None for one of another form. RefusedError beyond a bound."""
    count = xml.count(b"<c ")
    if count > limits.celdas:  # said before the time is spent that they take
        raise beyond("celdas", limits, count)
    start = xml.find(_OPEN) + len(_OPEN)
    if start < len(_OPEN):
        return _without_cells(xml, limits)
    sound, loose = _grammars(limits)
    in_order = sound.match(xml, start)
    match = in_order or loose.match(xml, start)
    if match is None:
        return None
    body = match[0]
    if not _is_clear(body) or not _is_the_data(xml, start, body, limits):
        return None
    if shown.dated and _is_unclear_date(xml[:start], body, shown.dated):
        return None
    scan = Scan(b"".join((HEAD, body.replace(texts.PLAIN, texts.KEPT), TAIL)), count)
    scan.marked = _marked(body, shown.marked) if shown.marked else {}
    if not _count(scan, body):
        return None
    scan.merged = merged.of_frame(xml[:start] + xml[start + len(body) :], limits)
    if shown.by_hand:
        scan.formulas = [address.decode() for address in _WITH_FORMULA.findall(body)]
    scan.columns = 26 * 27 if _WIDE.search(body) else 26  # at the most
    if scan.rows * scan.columns > limits.area or _FAR.search(body):
        _measure(scan)
    return scan if in_order or _find_odd(scan) else None


def _marked(body: bytes, formats: dict[int, str]) -> dict[str, str]:
    """The cells with a number whose format is one of those; a cell without a format has the first."""
    numbers = b"|".join(str(number).encode() for number in formats)
    style = rb'(?: s="0*(' + numbers + rb')"' + (rb"|(?! s=))" if 0 in formats else rb")")
    found = re.findall(rb'<c r="([A-Z]+\d+)"' + style + rb'(?! t="[^n])[^<>]*(?<!/)>', body)
    return {address.decode(): formats[int(number or 0)] for address, number in found}


def _count(scan: Scan, body: bytes) -> bool:
    """Find the last row and the largest text that is named; False where a row or a cell stands twice, or may.

    By pieces, because a list of all the addresses of a large sheet takes more memory than the sheet.
    """
    if b' t="s" ' in body:  # with attributes behind it, which few programs write
        return False
    for start, end in _pieces(body):
        rows = [int(row) for row in _ROWS.findall(body, start, end)]
        addresses = _ADDRESSES.findall(body, start, end)
        if any(a >= b for a, b in itertools.pairwise([scan.rows, *rows])) or len(set(addresses)) < len(addresses):
            return False
        scan.rows = rows[-1] if rows else scan.rows
        scan.largest_text = max(scan.largest_text, *map(int, _TEXTS.findall(body, start, end)), -1)
    return True


def _pieces(body: bytes) -> Iterator[tuple[int, int]]:
    """Where the pieces of some rows begin and end, each of whole rows."""
    start = 0
    while start < len(body):
        end = body.find(_END_OF_ROW, start + _PIECE) + len(_END_OF_ROW)
        end = end if end >= len(_END_OF_ROW) else len(body)
        yield start, end
        start = end


def _is_clear(body: bytes) -> bool:
    """Whether rows of the right form mean one thing: texts as they stand, formulas of their own cells."""
    if not markup.is_plain(body) or (b"_x" in body and texts.ESCAPED.search(body)):
        return False
    if b"<f" not in body:
        return True
    if _NO_FORMULA.search(body):
        return False
    if b"<f " not in body:  # a plain formula has no attributes
        return True
    return not any(kind in body for kind in _OF_OTHERS) and (_SHARED not in body or shared_formulas.all_sound(body))


def _is_unclear_date(before: bytes, body: bytes, dated: frozenset[int]) -> bool:
    """Whether a cell without a format may get one of a date: by its row or column, or as the first of all."""
    found = _COLUMN_STYLE.findall(before) + _ROW_STYLE.findall(body)
    return bool(({0} | {int(number) for number in found}) & dated) and _BARE.search(body) is not None


def _is_the_data(xml: bytes, start: int, body: bytes, limits: Limits) -> bool:
    """Whether expat too finds the rows that begin at `start`, sound and of bounded texts, and no others in the part."""
    before, after = xml[:start], _HEADINGS.sub(_without_words, xml[start + len(body) :])
    # Of the rest of the rows the grammar knows every byte, and `is_plain` has seen their values.
    tags = set(_VALUE.sub(b'=""', b"".join(set(_FREE_TAGS.findall(body)))).split(b"<")) - {b""}
    free = b"".join(b"<" + tag.rstrip(b"/>") + b"/>" for tag in sorted(tags))
    return _is_a_frame(before, free, after, limits)


def _without_words(headings: re.Match[bytes]) -> bytes:
    """What is printed above and below a page says of which unit it is, and means nothing here."""
    return b"<headerFooter/>" if markup.is_plain(headings[0]) else headings[0]


@remembered(most=64, longest=100_000, texts=3)  # the workbooks of one template have the same around their rows
def _is_a_frame(before: bytes, free: bytes, after: bytes, limits: Limits) -> bool:
    """Whether what stands around the rows of a sheet opens them once, where `before` ends, and holds no others."""
    found: list[tuple[int, int]] = []

    def hear(name: str, _: dict[str, str]) -> None:
        if walk.depth == 1 and name != "worksheet":
            raise ambiguous("raiz", name)
        if name in ("sheetData", "scenarios"):
            found.append((walk.depth, walk.place))

    walk = Walk(limits, hear)
    walk.feed(before)
    if found != [(2, len(before) - len(_OPEN))]:
        return False
    walk.feed(free, hear=markup.BOUNDS)
    plain = after.count(_NAME) == 1 and _SCENARIO not in after
    walk.feed(after, last=True, hear=markup.BOUNDS if plain else markup.ALL)
    return len(found) == 1


def _without_cells(xml: bytes, limits: Limits) -> Scan | None:
    """A sheet whose data are one empty element."""
    empty = _EMPTY.search(xml)
    if not empty:
        return None
    whole = xml[: empty.start()] + _OPEN + _CLOSE + xml[empty.end() :]
    return Scan() if _is_the_data(whole, empty.start() + len(_OPEN), b"", limits) else None  # merges cover nothing


def _measure(scan: Scan) -> None:
    scan.rows = scan.columns = 0
    for match in _FILLED.finditer(scan.xml):
        letters, row = match[1].decode(), int(match[2])
        address, column = letters + match[2].decode(), cells.place_of(letters) + 1
        checked_place(row, column, address)
        scan.reach(row, column, address)


def _find_odd(scan: Scan) -> bool:
    """Find the cells without a value, and mend those that would stop calamine; False where one is no number."""
    xml, patches = scan.xml, list[tuple[int, bytes]]()
    for match in _ERROR.finditer(xml):
        shown = (match[2] or b"").decode() or "#N/A"
        scan.odd[match[1].decode()] = shown
        if shown not in KNOWN_ERRORS:
            patches.append((match.start(), b"t"))
    for match in _UNCOMPUTED.finditer(xml):
        tag = _tag_before(xml, match.start())
        no_text = b' t="str"' in tag and b"<v" in match[0]  # the blank text that a formula gave
        if not no_text and b' t="e"' not in tag:
            scan.odd[tag[6 : tag.index(b'"', 6)].decode()] = NO_VALUE
    for match in _UNUSUAL_VALUE.finditer(xml):
        place = xml.rindex(b"<c ", 0, match.start())
        kind = _TYPE.search(xml, place, xml.index(b">", place))
        if kind and kind[1] != b"n":
            continue
        number = match[1].decode()
        if not NUMBER.fullmatch(number):
            return False
        if abs(float(number)) > LARGEST_SERIAL:
            patches.append((place, b"s"))
    scan.xml = _without(xml, patches)
    return True


def _tag_before(xml: bytes, place: int) -> bytes:
    """The tag of the cell in which a place is. No text of a cell can hold a `<`."""
    start = xml.rindex(b"<c ", 0, place)
    return xml[start : xml.index(b">", start) + 1]


def _without(xml: bytes, patches: list[tuple[int, bytes]]) -> bytes:
    """The bytes with an attribute of some cells renamed to one that nobody reads."""
    if not patches:
        return xml
    content = bytearray(xml)
    for place, name in patches:
        found = re.compile(rb" " + name + rb"=").search(xml, place, xml.index(b">", place))
        if found:
            content[found.start() + 1] = ord("z")
    return bytes(content)
