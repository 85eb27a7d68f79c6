"""What a workbook that poa-xl wrote says of itself among the properties of its file.

Anybody can write these properties. They keep a program from replacing what it did not write by accident, and the seal
tells that something changed; neither proves who wrote a file. So what holds a unit's sheets is never taken for another
document, whatever it says (`structure.believed`).
"""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from poa_xl import guards, names
from poa_xl.guards import Limits, markup
from poa_xl.guards.relations import relations
from poa_xl.ooxml import properties as custom
from poa_xl.ooxml.part_names import CORE_PROPERTIES, CUSTOM_PROPERTIES
from poa_xl.single_page import Seal

_LARGEST = 100_000  # bytes; ours have some hundreds
_LONGEST_NUMBER = 9  # digits


@dataclass(frozen=True)
class Origin:
    """Where a workbook of ours comes from.

    `documento` is what it is (`names.MASTER_VALUE` …), `periodo` (gestión, quarter) if it is of one, `version` of
    poa-xl, and `saved`, whether anything in it is not as poa-xl wrote it: a person saved it since.
    """

    documento: str = ""
    periodo: tuple[int, int] | None = None
    version: tuple[int, ...] = ()
    saved: bool = False

    @property
    def is_master(self) -> bool:
        """Whether it is a master workbook."""
        return self.documento == names.MASTER_VALUE


def of(package: guards.Package, limits: Limits) -> Origin:
    """The origin of a workbook; a blank one where it is not ours. RefusedError where the file is broken."""
    said = texts(package, limits)
    if said.get(names.DOCUMENT_PROPERTY) not in names.DOCUMENTS:
        return Origin()
    return Origin(
        said[names.DOCUMENT_PROPERTY],
        _period(said.get(names.PERIOD_PROPERTY, "")),
        numbers(said.get(names.VERSION_PROPERTY, "")),
        said.get(names.SEAL_PROPERTY) != sealed(package.entries),
    )


def of_page(found: Seal | None, documento: str) -> Origin:
    """The origin of a page, from its seal; a blank one where it is not ours."""
    if found is None:
        return Origin()
    if not found.version:
        return Origin(documento, saved=True)
    return Origin(documento, (found.gestion, found.trimestre), numbers(found.version), not found.kept)


def modified(package: guards.Package) -> str:
    """When a program last saved the workbook, in UTC, ISO; '' where it does not say."""
    return custom.modified(package.part(CORE_PROPERTIES, _LARGEST)) if CORE_PROPERTIES in package else ""


def numbers(version: str) -> tuple[int, ...]:
    """`0.1.0` as (0, 1, 0), so that versions can be compared; () where it is none."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(map(_is_number, parts)) else ()


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _LONGEST_NUMBER


def _period(text: str) -> tuple[int, int] | None:
    gestion, _, quarter = text.partition("-")
    return (int(gestion), int(quarter)) if _is_number(gestion) and _is_number(quarter) else None


def sealed(entries: Iterable[zipfile.ZipInfo]) -> str:
    """The seal of a workbook: a print of all its parts but that of the properties, which holds the seal."""
    parts = sorted((e.filename, e.CRC, e.file_size) for e in entries if e.filename != CUSTOM_PROPERTIES)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def properties(package: guards.Package, limits: Limits) -> str:
    """The part with the properties that a person or program gave the file: the one that the package names, else the one
    of the usual name; '' where there is none.
    """
    named = (r.target for r in relations(package, "", limits).values() if r.kind in custom.RELATIONS and not r.external)
    return next((part for part in map(package.named, named) if part in package), "") or package.named(CUSTOM_PROPERTIES)


def texts(package: guards.Package, limits: Limits) -> dict[str, str]:
    """Name -> text, of the properties that a person or program gave the file; of two of one name the first.

    RefusedError where they are broken.
    """
    part = properties(package, limits)
    if part not in package:
        return {}
    heard = _Properties()
    walk = markup.Walk(limits, heard.start, heard.end, heard.text, spaces=custom.SPACES)
    walk.run(markup.utf8(package.part(part, _LARGEST)))
    return heard.found


class _Properties:
    """Hears of the elements of a part of properties: of a person's own that hold one value, and that a text."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._path: list[str] = []
        self._name: str | None = None  # of the property that is open, where it is a person's own
        self._values: list[str] = []  # the elements right in it
        self._text: list[str] = []  # of its first value, up to the first element inside
        self._more = False  # whether that one was seen

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._path.append(element)
        if self._path == _PROPERTY:
            own = attributes.get("fmtid", "").upper() == custom.CUSTOM_SET
            self._name = attributes.get("name", "") if own else None
            self._values, self._text, self._more = [], [], False
        elif self._path[:-1] == _PROPERTY:
            self._values.append(element)
        else:
            self._more = True

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._path[:-1] == _PROPERTY and len(self._values) == 1 and not self._more:
            self._text.append(text)

    def end(self, _: str) -> None:
        """An element ends."""
        if self._path == _PROPERTY and self._name is not None and [v in custom.TEXTS for v in self._values] == [True]:
            self.found.setdefault(self._name, "".join(self._text))
        self._path.pop()


_PROPERTY = ["Properties", "property"]
