"""A file, opened once and read."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from poa_xl import cells, guards, names, sheets as known_sheets
from poa_xl.guards import Limits
from poa_xl.reading import plain_values, structure, tasks
from poa_xl.reading.book import Book, Grid, Odd
from poa_xl.reading.provenance import Origin
from poa_xl.sheets import Sheet


class File:
    """A file, opened once: whatever is asked of it is read from the same bytes, in a worker."""

    def __init__(self, path: Path, name: str = "", limits: Limits = guards.DEFAULT) -> None:
        self.name, self._limits = name or cells.visible(path.name), limits
        self._content = b""
        self._not_opened: guards.RefusedError | None = None
        self._contents_or_why: guards.Contents | guards.RefusedError | None = None
        try:
            self._content = guards.open_once(path, limits)
        except guards.RefusedError as error:
            self._not_opened = error

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

    def grid_alone(self, name: str) -> Grid | None:
        """The same where no other sheet will be asked for: those are neither judged nor read."""
        try:
            contents = self._contents_or_why or self._read([name])
            return contents[name] if isinstance(contents, guards.Contents) and name in contents.names else None
        except guards.RefusedError:  # as above
            return None

    @property
    def is_entity(self) -> bool:
        """Whether it is an entity's workbook; False for anything that cannot be read."""
        try:
            return bool(self._asked(tasks.ENTITY))
        except guards.RefusedError:  # as above
            return False

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes; '' where it could not be opened."""
        return "" if self._not_opened else hashlib.sha256(self._content).hexdigest()

    @property
    def odd(self) -> Odd:
        """Which cells hold an error or a formula without a value, by sheet; none where it cannot be read."""
        try:
            return self._contents().odd
        except guards.RefusedError:  # as above
            return {}

    def formulas(self, sheets: Sequence[str]) -> dict[str, dict[str, str]]:
        """The formulas of some sheets by address; none where it cannot be read."""
        try:
            found: dict[str, dict[str, str]] = self._asked(tasks.FORMULAS, sheets=list(sheets))
            return found
        except guards.RefusedError:  # as above
            return {}

    @property
    def is_master(self) -> bool:
        """Whether it is a master workbook that poa-xl wrote; False for anything that cannot be read."""
        return self.origin.documento == names.MASTER_VALUE

    @property
    def origin(self) -> Origin:
        """What it says of itself; a blank one for anything that is not ours or cannot be read."""
        return self._origins[1]

    @cached_property
    def _origins(self) -> tuple[Origin, Origin]:
        """What it says of itself, and the same where that is believed."""
        try:
            said, believed = map(plain_values.origin, self._asked(tasks.ORIGIN))
            return said, believed
        except guards.RefusedError:  # as above
            return Origin(), Origin()

    def read(self, sheets: Sequence[Sheet]) -> Book:
        """Read it for good. Never raises for what a person can send: what is wrong is in `findings`."""
        # A worker knows the sheets of the present template too, and types the cells at once.
        kind = tasks.kind_of(sheets) if self._contents_or_why is None else ""
        try:
            if kind:
                book = plain_values.book(self._asked(tasks.BOOK, kind=kind, name=self.name), known_sheets.of_kind(kind))
            else:
                book = structure.read_book(self.name, self._contents(), self._origins, sheets, self._limits)
        except guards.RefusedError as error:
            book = structure.refused(self.name, error)
        book.sha256 = self.sha256
        return book

    def _contents(self) -> guards.Contents:
        if self._contents_or_why is None:
            try:
                self._contents_or_why = self._read()
            except guards.RefusedError as error:
                self._contents_or_why = error  # it may have taken seconds to find out
        if isinstance(self._contents_or_why, guards.RefusedError):
            raise self._contents_or_why
        return self._contents_or_why

    def _read(self, sheets: Sequence[str] | None = None) -> guards.Contents:
        if self._not_opened:
            raise self._not_opened
        return read_contents(self._content, self._limits, sheets)

    def _asked(self, task: str, **arguments: Any) -> Any:
        if self._not_opened:
            raise self._not_opened
        return guards.in_worker(task, self._content, self._limits, **arguments)[0]


def start_workers(most: int) -> None:
    """Have workers ready by the time that files are read: they load their modules while the program loads its own."""
    from poa_xl.guards import pool  # not needed where no file is read

    pool.shared.start(most, [tasks.__name__])


def read_book(path: Path, sheets: Sequence[Sheet], name: str = "", limits: Limits = guards.DEFAULT) -> Book:
    """Open and read a workbook. Never raises for what a person can send: what is wrong is in `findings`."""
    return File(path, name, limits).read(sheets)


def read_contents(
    content: bytes, limits: Limits = guards.DEFAULT, sheets: Sequence[str] | None = None
) -> guards.Contents:
    """The sheets of the workbook in these bytes, with all their cells; where `sheets` names some, the others blank.

    RefusedError where it cannot be read.
    """
    named = None if sheets is None else list(sheets)
    return plain_values.contents(guards.in_worker(tasks.CONTENTS, content, limits, sheets=named)[0])
