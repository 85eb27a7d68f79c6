"""The old workbook: opened once behind the guards, and what it says of itself: version, gestión, unit."""

from dataclasses import dataclass
from pathlib import Path

from poa_xl import cells, guards, reading, titles
from poa_xl.campaign import dates
from poa_xl.findings import Finding, Location
from poa_xl.guards import Contents, Limits, Package, RefusedError
from poa_xl.guards import workbook as guarded
from poa_xl.migrating.versions import Version, Versions
from poa_xl.reading import Book, as_records, provenance
from poa_xl.reading.provenance import Origin
from poa_xl.sheets import STAMPS

FORM = "unidad"


class NotMigratedError(Exception):
    """A file that is not migrated. `reason` is a key of `messages.migrating.REFUSED`."""

    ANOTHER_BOOK = "otro-libro"

    def __init__(self, reason: str, found: str = "", **details: str) -> None:
        super().__init__(reason, found)
        self.reason, self.found, self.details = reason, found, details


@dataclass(frozen=True)
class Given:
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
    """The old workbook: its parts, its cells and where its sheets lie."""

    name: str
    content: bytes
    package: Package
    contents: Contents
    plan: guarded.Plan
    limits: Limits

    @property
    def saved(self) -> str:
        """When a program last saved it, ISO; '' where it does not say."""
        return dates.modified(self.content)

    def read(self, version: Version) -> Book:
        """Its tables, recognised by the titles of a version. RefusedError where a sheet cannot be parsed."""
        return reading.read_grids(self.name, self.contents, self.contents.odd, version.sheets)

    def part(self, sheet: str) -> str:
        """The part of the package that holds a worksheet (the first of that name)."""
        return next(part for name, part in self.plan.sheets if name == sheet)

    def recognised(self, versions: Versions, given: Given) -> tuple[Version, Stamps]:
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
    content = guards.open_once(path, limits)
    package = guards.opened(content, limits)
    contents = guards.contents(package, content, limits)
    if _said(package, contents, limits).documento == titles.MASTER_VALUE:
        raise NotMigratedError("maestro")
    return Source(name, content, package, contents, guarded.plan(package, limits), limits)


def _said(package: Package, contents: Contents, limits: Limits) -> Origin:
    try:
        return provenance.believed(provenance.of(package, limits), contents)
    except RefusedError:  # as every other command: who says nothing that can be read is no master
        return Origin()


def as_finding(name: str, error: RefusedError) -> Finding:
    """Why a file cannot be read, as every other command says it."""
    return Finding(error.code, Location(name, error.sheet, error.cell), error.found, details=error.details)
