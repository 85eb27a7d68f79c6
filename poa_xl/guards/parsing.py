"""From a package to the cells of its sheets: looked at, made plain, and read by python-calamine.

`ordinary` does so in this process and gives None for a file that is out of the common in size or form; `any_form` is
for the guarded child.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from poa_xl.guards import worksheets
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import refused_as, utf8, walk
from poa_xl.guards.package import Package
from poa_xl.guards.refused import RefusedError, beyond, damaged
from poa_xl.guards.workbook import Plan, plain
from poa_xl.guards.worksheets import Scan

Grid = list[list[object]]
S = TypeVar("S", Scan, Scan | None)
_ORDINARY_SIZE = 10_000_000  # bytes of all parts that are read
_ORDINARY_STYLES = 500_000
_ORDINARY_AREA = 2_000_000
_NO_STRINGS = b"<sst/>"


@dataclass
class Contents:
    """The worksheets of a workbook. `odd` is sheet -> address -> its error, or `workbook_xml.NO_VALUE`.

    `links` are the other files that it names, `macros` the modules of its macros that are not ours: noted, and never
    followed or run.
    """

    names: list[str]
    odd: dict[str, dict[str, str]]
    read: Callable[[int], Grid]
    links: list[str] = field(default_factory=list)
    macros: list[str] = field(default_factory=list)
    _grids: dict[str, Grid] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Grid:
        """The cells of a worksheet (of the first of that name). RefusedError where calamine gives up on it."""
        if name not in self._grids:
            self._grids[name] = self.read(self.names.index(name))
        return self._grids[name]


def ordinary(package: Package, plan: Plan, limits: Limits) -> Contents | None:
    """The contents of a workbook of ordinary size and form; None for another, of which nothing was parsed."""
    sizes = [package.size_of(part) for part in plan.parts]
    if sum(sizes) > _ORDINARY_SIZE or (plan.styles and package.size_of(plan.styles) > _ORDINARY_STYLES):
        return None
    strings = _part(package, plan.strings)
    if strings and not _strings_grammar(limits).fullmatch(strings):
        if len(strings) > _ORDINARY_STYLES:
            return None
        walk(strings, limits)
    scans = []
    for name, part in plan.sheets:
        scan = _scanned(worksheets.quick, package, name, part, limits)
        if scan is None or scan.rows * scan.columns > min(_ORDINARY_AREA, limits.area):
            return None
        scans.append(scan)
    return _contents(package, plan, scans, strings, limits)


def any_form(package: Package, plan: Plan, limits: Limits) -> Contents:
    """The contents of a workbook of any form within the limits."""
    strings = _part(package, plan.strings)
    if strings and not _strings_grammar(limits).fullmatch(strings):
        walk(strings, limits)
    scans = []
    for name, part in plan.sheets:
        scans.append(_scanned(_either, package, name, part, limits))
    return _contents(package, plan, scans, strings, limits)


def _part(package: Package, name: str) -> bytes:
    return utf8(package.part(name)) if name else b""


def _either(xml: bytes, limits: Limits) -> Scan:
    return worksheets.quick(xml, limits) or worksheets.careful(xml, limits)


def _scanned(how: Callable[[bytes, Limits], S], package: Package, name: str, part: str, limits: Limits) -> S:
    try:
        scan = how(_part(package, part), limits)
        if scan:
            scan.check_area(limits)
        return scan
    except RefusedError as error:
        raise refused_as(error, name) from error


def _contents(package: Package, plan: Plan, scans: list[Scan], strings: bytes, limits: Limits) -> Contents:
    total = sum(scan.cells for scan in scans)
    if total > limits.celdas:
        raise beyond("celdas", limits, total)
    styles = _part(package, plan.styles)
    if styles:
        walk(styles, limits)
    content = plain([scan.xml for scan in scans], strings or _NO_STRINGS, styles, plan.from_1904)
    names = [name for name, _ in plan.sheets]
    odd = {name: scan.odd for name, scan in reversed(list(zip(names, scans, strict=True))) if scan.odd}
    return Contents(names, odd, _reader(content))


def _reader(content: bytes) -> Callable[[int], Grid]:
    import python_calamine  # not to be had in a browser, where sheets come from the open workbook

    workbook = _parsed(python_calamine.CalamineWorkbook.from_filelike, io.BytesIO(content))

    def read(place: int) -> Grid:
        return _parsed(lambda: workbook.get_sheet_by_index(place).to_python(skip_empty_area=False))

    return read


def _parsed(parse: Callable[..., Any], *arguments: object) -> Any:
    """What calamine makes of checked bytes. Only here is any exception the file's fault and not a bug of ours."""
    try:
        return parse(*arguments)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of Rust is no Exception
        raise damaged() from error


@lru_cache(maxsize=4)
def _strings_grammar(limits: Limits) -> re.Pattern[bytes]:
    text = b"[^<]{0,%d}+" % limits.texto
    item = rb'<si>(?:<t(?: xml:space="preserve")?>' + text + rb"</t>|<t ?/>)</si>"
    declaration = rb"(?:<\?xml [^<>?]{0,200}\?>\s*)?"
    return re.compile(declaration + rb"<sst(?: [^<>]{0,1000})?>(?:" + item + rb")*+</sst>\s*")
