"""What a workbook that poa-xl wrote says of itself among the properties of its file."""

import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from poa_xl import guards, titles
from poa_xl.guards import Limits, markup

CUSTOM = "docProps/custom.xml"
_SPACES = frozenset({"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"})
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]{0,200}>([0-9T:.Z+-]{10,40})</dcterms:modified>")
_LARGEST = 100_000  # bytes; ours have some hundreds


@dataclass(frozen=True)
class Origin:
    """Where a workbook of ours comes from.

    `documento` is what it is (`titles.MASTER_VALUE` …), `periodo` (gestión, quarter) if it is of one, `version` of
    poa-xl, and `saved`, whether anything in it is not as poa-xl wrote it: a person saved it since.
    """

    documento: str = ""
    periodo: tuple[int, int] | None = None
    version: tuple[int, ...] = ()
    saved: bool = False

    @property
    def is_master(self) -> bool:
        """Whether it is a master workbook."""
        return self.documento == titles.MASTER_VALUE


def of(package: guards.Package, limits: Limits) -> Origin:
    """The origin of a workbook; a blank one where it is not ours. RefusedError where the file is broken."""
    said = _properties(package, limits)
    return Origin(
        said.get(titles.DOCUMENT_PROPERTY, ""),
        _period(said.get(titles.PERIOD_PROPERTY, "")),
        numbers(said.get(titles.VERSION_PROPERTY, "")),
        titles.DOCUMENT_PROPERTY in said and said.get(titles.SEAL_PROPERTY) != sealed(package.entries),
    )


def modified(package: guards.Package) -> str:
    """When a program last saved the workbook, in UTC, ISO; '' where it does not say."""
    found = _MODIFIED.search(package.part(_CORE, _LARGEST)) if _CORE in package else None
    try:
        moment = dt.datetime.fromisoformat(found[1].decode()) if found else None
        moment = moment and (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
        return moment.astimezone(dt.UTC).isoformat(timespec="seconds") if moment else ""
    except (ValueError, OverflowError):
        return ""


def numbers(version: str) -> tuple[int, ...]:
    """`0.1.0` as (0, 1, 0), so that versions can be compared; () where it is none."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(p.isdecimal() for p in parts) else ()


def _period(text: str) -> tuple[int, int] | None:
    gestion, _, quarter = text.partition("-")
    return (int(gestion), int(quarter)) if gestion.isdecimal() and quarter.isdecimal() else None


def sealed(entries: Iterable[zipfile.ZipInfo]) -> str:
    """The seal of a workbook: a print of all its parts but that of the properties, which holds the seal."""
    parts = sorted((e.filename, e.CRC, e.file_size) for e in entries if e.filename != CUSTOM)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _properties(package: guards.Package, limits: Limits) -> dict[str, str]:
    """Name -> text."""
    if CUSTOM not in package:
        return {}
    found: dict[str, str] = {}
    name = ""

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if element == "property":
            name = attributes.get("name", "")

    def text(content: str) -> None:
        if name:
            found[name] = found.get(name, "") + content

    markup.Walk(limits, start=start, text=text, spaces=_SPACES).run(markup.utf8(package.part(CUSTOM, _LARGEST)))
    return found
