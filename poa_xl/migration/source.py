"""The old workbook, read in a worker, and what it says of itself: version, gestión, unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from poa_xl import cells, guards, reading
from poa_xl.findings import Finding, Location
from poa_xl.guards import Contents, Limits, RefusedError
from poa_xl.migration import tasks
from poa_xl.migration.markup import Markup
from poa_xl.migration.versions import Version, Versions
from poa_xl.reading import Book, as_records, plain_values
from poa_xl.sheets import STAMPS, Sheet

FORM = "unidad"


class NotMigratedError(Exception):
    """A file that is not migrated. `reason` is a key of `messages.migration.REFUSED`."""

    ANOTHER_BOOK = "otro-libro"

    def __init__(self, reason: str, found: str = "", **details: str) -> None:
        super().__init__(reason, found)
        self.reason, self.found, self.details = reason, found, details


@dataclass(frozen=True)
class StatedIdentity:
    """What the user says of workbooks that do not say it themselves; '' and None where nothing is said."""

    version: str = ""
    gestion: int | None = None
    unidad: str = ""


@dataclass(frozen=True)
class Stamps:
    """What a workbook says of itself, as text; '' for what it does not say."""

    entidad: str = ""
    gestion: str = ""
    version_plantilla: str = ""
    unidad: str = ""


@dataclass(frozen=True)
class Source:
    """The old workbook: its cells, and what its sheets say beside them."""

    name: str
    contents: Contents
    marks: dict[str, Markup]  # by the name of the sheet
    saved: str  # when a program last saved it, ISO; '' where it does not say
    content: bytes = b""  # of the file

    def read(self, version: Version) -> Book:
        """Its tables, recognised by the titles of a version. RefusedError where a sheet cannot be parsed."""
        return self.read_as(version.sheets)

    def read_as(self, described: Sequence[Sheet]) -> Book:
        """Its tables, recognised by the titles of these sheets. RefusedError where one cannot be parsed."""
        return reading.read_grids(self.name, self.contents, self.contents.odd, described)

    def recognised(self, versions: Versions, given: StatedIdentity) -> tuple[Version, Stamps]:
        """The version that it was made with, and its stamps. NotMigratedError where that is not known.

        A stamp may stand under another title in each version: the one that finds itself there is right. One that is
        no version, or none at all, leaves it to what is given.
        """
        seen = Stamps()
        for version in reversed(versions.versions):
            stamps = self._stamps(version)
            if stamps.version_plantilla and versions.find(stamps.version_plantilla) == version:
                return version, stamps
            seen = seen if seen != Stamps() else stamps
        if not given.version:
            known = ", ".join(versions.names)
            if seen.version_plantilla:
                raise NotMigratedError("version-desconocida", seen.version_plantilla, versiones=known)
            raise NotMigratedError("sin-version", versiones=known)
        version = versions.find(given.version) or versions.newest
        return version, self._stamps(version)

    def _stamps(self, version: Version) -> Stamps:
        form = next(sheet for sheet in version.sheets if sheet.key == FORM)
        book = reading.read_grids(self.name, self.contents, self.contents.odd, [form])
        table = book.tables.get(FORM)
        if table is None:
            return Stamps()
        (record,) = as_records(table).values()
        return Stamps(**{name: "" if record.get(name) is None else cells.show(record[name]) for name in STAMPS})


def opened(path: Path, name: str, limits: Limits) -> Source:
    """Open a file. RefusedError for what cannot be read, NotMigratedError for a master."""
    return of_content(guards.open_once(path, limits), name, limits)


def of_content(content: bytes, name: str, limits: Limits) -> Source:
    """The same, of the bytes of a file."""
    said, _ = guards.in_worker(tasks.SOURCE, content, limits)
    if said["master"]:
        raise NotMigratedError("maestro")
    marks = {sheet: Markup.from_plain(one) for sheet, one in said["marks"].items()}
    return Source(name, plain_values.contents(said["contents"]), marks, said["saved"], content)


def as_finding(name: str, error: RefusedError) -> Finding:
    """Why a file cannot be read, as every other command says it."""
    return Finding(error.code, Location(name, error.sheet, error.cell), error.found, details=error.details)
