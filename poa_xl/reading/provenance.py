"""What a workbook that poa-xl wrote says of itself among the properties of its file.

Anybody can write these properties. They keep a program from replacing what it did not write by accident, and the seal
tells that something changed; neither proves who wrote a file. So what holds a unit's sheets is never taken for another
document, whatever it says (`believed`).
"""

import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import Iterable

from poa_xl import guards, names
from poa_xl.guards import Limits, markup
from poa_xl.guards.relations import relations
from poa_xl.reading import structure
from poa_xl.reading.book import Grids
from poa_xl.reading.origin import Origin

CUSTOM = "docProps/custom.xml"
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]{0,200}>([0-9T:.Z+-]{10,40})</dcterms:modified>")
_LARGEST = 100_000  # bytes; ours have some hundreds
_CUSTOM_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that are neither Office's nor a program's own
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/"
# The namespaces of properties and of their values; the second is that of what Excel calls «Strict Open XML».
_SPACES = (f"{{{_OFFICE}custom-properties}}", f"{{{_STRICT}customProperties}}")
_KINDS = ("custom-properties", "customProperties")  # of the relation to them, in both forms
_TEXTS = {f"{{{space}docPropsVTypes}}{kind}" for space in (_OFFICE, _STRICT) for kind in ("lpwstr", "lpstr", "bstr")}
_LONGEST_NUMBER = 9  # digits


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


def modified(package: guards.Package) -> str:
    """When a program last saved the workbook, in UTC, ISO; '' where it does not say."""
    found = _MODIFIED.search(package.part(_CORE, _LARGEST)) if _CORE in package else None
    try:
        moment = dt.datetime.fromisoformat(found[1].decode()) if found else None
        moment = moment and (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
        return moment.astimezone(dt.UTC).isoformat(timespec="seconds") if moment else ""
    except (ValueError, OverflowError):
        return ""


def believed(said: Origin, grids: Grids) -> Origin:
    """What a workbook says of itself, unless its sheets are those of a unit: then a blank origin."""
    return Origin() if said.documento and structure.is_unit(grids) else said


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
    parts = sorted((e.filename, e.CRC, e.file_size) for e in entries if e.filename != CUSTOM)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def properties(package: guards.Package, limits: Limits) -> str:
    """The part with the properties that a person or program gave the file: the one that the package names, else the one
    of the usual name; '' where there is none.
    """
    named = (r.target for r in relations(package, "", limits).values() if r.kind in _KINDS and not r.external)
    return next((part for part in map(package.named, named) if part in package), "") or package.named(CUSTOM)


def texts(package: guards.Package, limits: Limits) -> dict[str, str]:
    """Name -> text, of the properties that a person or program gave the file; of two of one name the first.

    RefusedError where they are broken.
    """
    from defusedxml import ElementTree

    part = properties(package, limits)
    if part not in package:
        return {}
    xml = markup.utf8(package.part(part, _LARGEST))
    markup.walk(xml, limits)  # RefusedError for what is broken or beyond the bounds
    root = ElementTree.fromstring(xml, forbid_dtd=True)
    found: dict[str, str] = {}
    for element in root if root.tag in _named("Properties") else ():
        ours = element.tag in _named("property") and element.get("fmtid", "").upper() == _CUSTOM_SET
        if ours and [child.tag in _TEXTS for child in element] == [True]:
            found.setdefault(element.get("name", ""), element[0].text or "")
    return found


def _named(name: str) -> tuple[str, ...]:
    return tuple(space + name for space in _SPACES)
