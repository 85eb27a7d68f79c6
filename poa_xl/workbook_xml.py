"""Cells that hold an error, or a formula without a cached value: python-calamine shows both as blanks.

They are picked out of the sheets' bytes. The patterns cover what Excel, LibreOffice and the common
libraries write, with attributes in any order and with or without a prefix.
"""

import io
import re
import zipfile
from pathlib import Path

from defusedxml import ElementTree

from poa_xl import titles

NO_VALUE = "sin valor"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*\st="e"[^>]*>')
# A formula whose result is the empty text has t="str" and no value, and is in order.
_UNCOMPUTED_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb'\br="([A-Z]+\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")


def is_master(path: Path) -> bool:
    """Whether a file is a master workbook that poa-xl wrote; False for anything that cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return titles.MASTER_VALUE.encode() in archive.read("docProps/custom.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def odd_cells(content: bytes, names: set[str]) -> dict[str, dict[str, str]]:
    """Sheet name -> address -> the error (`#REF!`) or `NO_VALUE`, for the named sheets of an .xlsx file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names_of_parts = [p for p in archive.namelist() if p.startswith("xl/worksheets/") and p.endswith(".xml")]
        found = {part: cells for part in names_of_parts if (cells := _pick(archive.read(part)))}
        places = _sheet_parts(archive) if found else {}
    return {name: found[part] for name, part in places.items() if name in names and part in found}


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> its part in the package."""
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    places = {}
    for prefix in (_MAIN, _STRICT):
        for sheet in workbook.iter(f"{prefix}sheet"):
            identifier = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
            target = targets.get(identifier, "").lstrip("/")
            places[sheet.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return places


def _pick(xml: bytes) -> dict[str, str]:
    found = {}
    if b't="e"' in xml:
        for match in _ERROR_CELL.finditer(xml):
            value = _VALUE.search(xml, match.end())
            text = value.group(1).decode("utf-8", "replace") if value else ""
            found[_address(match.group())] = text or "#N/A"
    for match in _UNCOMPUTED_CELL.finditer(xml):
        found[_address(match.group())] = NO_VALUE
    found.pop("", None)
    return found


def _address(cell: bytes) -> str:
    reference = _REFERENCE.search(cell)
    return reference.group(1).decode() if reference else ""
