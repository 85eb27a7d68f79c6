"""From a package to the cells of its sheets: judged, made anew, and read by python-calamine. Runs in a worker."""

import io
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from poa_xl.guards import (
    active_content,
    active_formulas,
    format_marks,
    heads,
    pivot_tables,
    plain_package,
    sheet_grammar,
    sheet_walk,
    strings,
    styles,
)
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import refused_as, utf8
from poa_xl.guards.merged import MergedArea
from poa_xl.guards.package import Package
from poa_xl.guards.refused import RefusedError, beyond, damaged
from poa_xl.guards.strings import Strings
from poa_xl.guards.workbook import WorkbookIndex
from poa_xl.guards.worksheets import Scan, Shown
from poa_xl.messages.active_content import noted
from poa_xl.names import XLWINGS_SHEET

Grid = list[list[object]]
Resembles = Callable[[str, Callable[[], Grid]], bool]  # of a sheet's name, and what gives its first rows


@dataclass
class Contents:
    """The worksheets of a workbook. `odd` is sheet -> address -> its error, or `cells.NO_VALUE`.

    `noted` is what it has that acts by itself or leads out of it, by the code of the finding: never followed or run.
    """

    names: list[str]
    odd: dict[str, dict[str, str]]
    read: Callable[[int], Grid]
    noted: dict[str, str] = field(default_factory=dict)
    only_settings: bool = False  # whether all that acts by itself are settings of our own macros
    merged: dict[str, list[MergedArea]] = field(default_factory=dict)  # by sheet
    formulas: dict[str, list[str]] = field(default_factory=dict)  # by sheet, where they are calculated by hand alone
    _last: tuple[str, Grid] = ("", [])  # the sheet that was asked for last; all of a large workbook are too many

    def __getitem__(self, name: str) -> Grid:
        """The cells of a worksheet (of the first of that name). RefusedError where calamine gives up on it."""
        if self._last[0] != name or not name:
            self._last = name, self.read(self.names.index(name))
        return self._last[1]


def contents(
    package: Package,
    index: WorkbookIndex,
    limits: Limits,
    wanted: Collection[str] | None = None,
    resembles: Resembles = lambda name, head: False,
    spared: Collection[str] = (),
) -> Contents:
    """The contents of a workbook within the limits. RefusedError where it is broken, or says two things.

    Only the sheets of the names in `wanted`, if given, are judged and parsed, and those that `resembles` one by their
    first rows; the others come blank, and so do those in `spared` that would be refused.
    """
    texts, formats, shown = _shared(package, index, limits)
    suspects = set[str]()
    scans = []
    for sheet in index.sheets:
        needed = wanted is None or sheet[0] in wanted or sheet[0].casefold() == XLWINGS_SHEET
        if not needed:
            needed = _resembles(package, sheet, limits, texts, formats.xml, shown, resembles)
        try:
            scans.append(_scanned(package, sheet, limits, texts, shown, suspects, needed))
        except RefusedError:
            if sheet[0] not in spared:
                raise
            scans.append(Scan())
    total = sum(scan.cells for scan in scans)
    if total > limits.celdas:
        raise beyond("celdas", limits, total)
    sheets = [scan.taken() for scan in scans]
    content = plain_package.plain(sheets, texts.xml, formats.xml, index.from_1904)
    names = [name for name, _ in index.sheets]
    odd = {name: scan.odd for name, scan in reversed(list(zip(names, scans, strict=True))) if scan.odd}
    found = Contents(names, odd, _reader(content, [scan.marked for scan in scans]))
    found.merged = {name: scan.merged for name, scan in reversed(list(zip(names, scans, strict=True))) if scan.merged}
    found.formulas = {name: scan.formulas for name, scan in zip(names, scans, strict=True) if scan.formulas}
    settings = {name: found[name] for name in names if name.casefold() == XLWINGS_SHEET}
    own = active_content.settings(settings)
    items = active_content.of(package, index, limits, suspects) + own
    found.noted = noted(items)
    codes = {item.code for item in own}
    found.only_settings = bool(own) and not any(item.code in codes for item in items if item not in own)
    return found


def first_rows(package: Package, index: WorkbookIndex, limits: Limits, whole: Collection[str] = ()) -> Contents:
    """The first rows of all sheets, and all rows of those in `whole`; blank where they cannot be read.

    Nothing else is judged, so it is for what is told apart and not read. RefusedError where the texts are broken.
    """
    texts, formats, shown = _shared(package, index, limits)

    def scanned(name: str, part: str) -> Scan:
        try:
            scan = sheet_walk.careful(_part(package, part) if name in whole else heads.of(package, part), limits, shown)
            scan.check(limits, texts.count)
            return scan
        except RefusedError:
            return Scan()

    scans = [scanned(name, part) for name, part in index.sheets]
    content = plain_package.plain([scan.taken() for scan in scans], texts.xml, formats.xml, index.from_1904)
    return Contents([name for name, _ in index.sheets], {}, _reader(content, [scan.marked for scan in scans]))


def _shared(package: Package, index: WorkbookIndex, limits: Limits) -> tuple[Strings, styles.CellFormats, Shown]:
    """What the sheets of a workbook share: their texts, their formats, and how cells are shown with these."""
    texts = strings.read(_part(package, index.strings), limits) if index.strings else strings.NONE
    formats = styles.read(_part(package, index.styles), limits) if index.styles else styles.NONE
    return texts, formats, Shown(formats.dated, index.from_1904, formats.marked, index.by_hand)


def _part(package: Package, name: str) -> bytes:
    return utf8(package.part(name))


def _scanned(
    package: Package,
    sheet: tuple[str, str],
    limits: Limits,
    texts: Strings,
    shown: Shown,
    suspects: set[str],
    needed: bool,
) -> Scan:
    """The cells of a sheet, judged. `suspects` gets the parts whose formulas may reach out of the workbook."""
    name, part = sheet
    try:
        xml = _part(package, part)
        if active_formulas.may(xml):
            suspects.add(part)
        if not needed:
            return Scan()
        scan = sheet_grammar.quick(xml, limits, shown) or sheet_walk.careful(xml, limits, shown)
        scan.check(limits, texts.count)
        scan.odd.update(pivot_tables.cells_covered(package, part, limits))
        return scan
    except RefusedError as error:
        raise refused_as(error, name) from error


def _resembles(
    package: Package,
    sheet: tuple[str, str],
    limits: Limits,
    texts: Strings,
    formats: bytes,
    shown: Shown,
    resembles: Resembles,
) -> bool:
    """Whether a sheet that need not be read looks by its first rows like one that must be.

    It is not judged: of one whose first rows cannot be read nothing is known.
    """
    name, part = sheet

    def head() -> Grid:
        scan = sheet_walk.careful(heads.cut(_part(package, part)), limits, shown)
        scan.check(limits, texts.count)
        return _reader(plain_package.plain([scan.taken()], texts.xml, formats, shown.from_1904), [{}])(0)

    try:
        return resembles(name, head)
    except RefusedError:
        return False


def _reader(content: io.BytesIO, marked: list[dict[str, str]]) -> Callable[[int], Grid]:
    import python_calamine  # not to be had in a browser, where sheets come from the open workbook

    workbook = _parsed(python_calamine.CalamineWorkbook.from_filelike, content)

    def read(place: int) -> Grid:
        grid: Grid = _parsed(lambda: workbook.get_sheet_by_index(place).to_python(skip_empty_area=False))
        format_marks.put(grid, marked[place])
        return grid

    return read


def _parsed(parse: Callable[..., Any], *arguments: object) -> Any:
    """What calamine makes of checked bytes. Only here is any exception the file's fault and not a bug of ours."""
    try:
        return parse(*arguments)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of Rust is no Exception
        raise damaged() from error
