"""Files: which of a folder may be submissions, and one of them opened once and read."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from poa_xl import cells, guards, titles
from poa_xl.findings import Finding, Location
from poa_xl.guards import Limits
from poa_xl.reading import provenance, structure
from poa_xl.reading.book import Book, Grid, Odd
from poa_xl.reading.provenance import Origin
from poa_xl.sheets import UNIDAD, Sheet

SUFFIXES = (".xlsx", ".xlsm")
OTHER_FORMATS = (".xls", ".xlsb", ".ods", ".csv", ".zip", ".rar", ".7z")


def list_files(path: Path) -> tuple[list[Path], list[Path]]:
    """The files of a folder that may be submissions (or the file itself), sorted, and those set aside.

    Whatever has the name of a spreadsheet is among them, of other formats and kinds too, so that it is refused aloud.
    Set aside are temporary and hidden files. Links to folders are not followed.
    """
    if path.is_symlink() or not path.is_dir():
        return [path], []
    found = sorted(p for p in _below(path) if p.suffix.lower() in (*SUFFIXES, *OTHER_FORMATS))
    aside = [p for p in found if p.name.startswith(("~$", "."))]
    return [p for p in found if p not in aside], aside


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            yield Path(place, name)


class File:
    """A file, opened once: whatever is asked of it is read from the same bytes."""

    def __init__(self, path: Path, name: str = "", limits: Limits = guards.DEFAULT) -> None:
        self.name, self._limits = name or cells.visible(path.name), limits
        self._content = b""
        self._refused: guards.RefusedError | None = None
        self._refused_inside: guards.RefusedError | None = None
        self._opened: guards.Package | None = None
        self._found: guards.Contents | None = None
        try:
            self._content = guards.open_once(path, limits)
        except guards.RefusedError as error:
            self._refused = error

    @property
    def sheet_names(self) -> list[str]:
        """The names of its sheets; none where it cannot be read."""
        try:
            return self._contents().names
        except guards.RefusedError:  # what is wrong with it is said when it is read for good
            return []

    def grid(self, name: str) -> Grid | None:
        """The cells of one worksheet; None where there is no such sheet or the file cannot be read."""
        try:
            contents = self._contents()
            return contents[name] if name in contents.names else None
        except guards.RefusedError:  # as above
            return None

    @property
    def odd(self) -> Odd:
        """Which cells hold an error or a formula without a value, by sheet; none where it cannot be read."""
        try:
            return self._contents().odd
        except guards.RefusedError:  # as above
            return {}

    @property
    def is_master(self) -> bool:
        """Whether it is a master workbook that poa-xl wrote; False for anything that cannot be read."""
        return self.origin.documento == titles.MASTER_VALUE

    @cached_property
    def origin(self) -> Origin:
        """What it says of itself; a blank one for anything that is not ours or cannot be read."""
        try:
            return provenance.believed(self._said, self._contents()) if self._said.documento else self._said
        except guards.RefusedError:  # as above
            return Origin()

    @cached_property
    def _said(self) -> Origin:
        """The same, true or not."""
        try:
            return provenance.of(self._package(), self._limits)
        except guards.RefusedError:  # as above
            return Origin()

    def read(self, sheets: Sequence[Sheet]) -> Book:
        """Read it for good. Never raises for what a person can send: what is wrong is in `findings`."""
        book = Book(self.name, master=self.is_master)
        try:
            contents = self._contents()
            if structure.is_entity(contents.names) and all(sheet.key in UNIDAD for sheet in sheets):
                raise guards.RefusedError("ENT-006")
            structure.read_sheets(book, contents, contents.odd, sheets)
            if not book.tables and _is_empty(contents):
                raise guards.RefusedError("LIB-012")
            _note(book, contents)
            if self._said != self.origin:
                book.findings.append(Finding("ENT-007", Location(book.file), self._said.documento))
        except guards.RefusedError as error:
            place = Location(book.file, error.sheet, error.cell)
            book = Book(book.file, master=book.master)
            book.findings = [Finding(error.code, place, error.found, details=error.details)]
        book.sha256 = "" if self._refused else hashlib.sha256(self._content).hexdigest()
        return book

    def _package(self) -> guards.Package:
        if self._refused:
            raise self._refused
        if self._opened is None:
            self._opened = guards.opened(self._content, self._limits)
        return self._opened

    def _contents(self) -> guards.Contents:
        if self._refused_inside:
            raise self._refused_inside
        if self._found is None:
            package = self._package()
            try:
                self._found = guards.contents(package, self._content, self._limits)
            except guards.RefusedError as error:
                self._refused_inside = error  # it may have taken seconds to find out
                raise
        return self._found


def read_book(path: Path, sheets: Sequence[Sheet], name: str = "", limits: Limits = guards.DEFAULT) -> Book:
    """Open and read a workbook. Never raises for what a person can send: what is wrong is in `findings`."""
    return File(path, name, limits).read(sheets)


def _note(book: Book, contents: guards.Contents) -> None:
    for code, noted in (("LIB-013", contents.macros), ("LIB-014", contents.links)):
        if noted:
            book.findings.append(Finding(code, Location(book.file), ", ".join(noted)))


def _is_empty(contents: guards.Contents) -> bool:
    filled = any(v not in cells.BLANKS for name in contents.names for row in contents[name] for v in row)
    return not filled and not contents.odd
