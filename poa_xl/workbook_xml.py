"""What the bytes of an .xlsx file say before python-calamine opens it.

Cells that hold an error, or a formula without a cached value: calamine shows both as blanks. Cells so far
away that opening the sheet would exhaust the memory. The patterns cover what Excel, LibreOffice and the
common libraries write, with attributes in any order and with or without a prefix.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from defusedxml import ElementTree

from poa_xl import cells, titles

NO_VALUE = "sin valor"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*\st="e"[^>]*>')
# A formula whose result is the empty text has t="str" and no value, and is in order.
_UNCOMPUTED_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# Columns of three letters, or rows of six digits: only then is it worth measuring the sheet.
_FAR_HINT = re.compile(rb'<(?:\w+:)?c\b[^>]*\br="(?:[A-Z]{3}\d+|[A-Z]+\d{6,})"')
_CELL_WITH_CONTENT = re.compile(rb"<(?:\w+:)?c\b[^>]*[^/>]>")
LARGEST_AREA = 2_000_000  # cells from A1 to the last one
_REFERENCE = re.compile(rb'\br="([A-Z]+\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")


def is_master(path: Path) -> bool:
    """Whether a file is a master workbook that poa-xl wrote; False for anything that cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return titles.MASTER_VALUE.encode() in archive.read("docProps/custom.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


class Inside(NamedTuple):
    """What the bytes of an .xlsx file say before it is opened.

    `odd`: sheet name -> address -> the error (`#REF!`) or `NO_VALUE`. `far`: sheet name -> a cell so far from A1
    that the cells before it would not fit in memory.
    """

    is_workbook: bool
    odd: dict[str, dict[str, str]]
    far: dict[str, str]


def inspect(content: bytes) -> Inside:
    """Look into the zip of a workbook. zipfile.BadZipFile and XML errors where it is broken."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" not in names:
            return Inside(False, {}, {})
        odd, far = {}, {}
        for part in names:
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                xml = archive.read(part)
                odd[part], far[part] = _pick(xml), _far_cell(xml)
        places = _sheet_parts(archive) if any(odd.values()) or any(far.values()) else {}
    return Inside(
        True,
        {name: odd[part] for name, part in places.items() if odd.get(part)},
        {name: far[part] for name, part in places.items() if far.get(part)},
    )


def _far_cell(xml: bytes) -> str:
    """The last cell with content, if the area up to it is too large; '' in an ordinary sheet."""
    if not _FAR_HINT.search(xml):
        return ""
    rows = columns = 0
    last = ""
    for match in _CELL_WITH_CONTENT.finditer(xml):
        address = _address(match.group())
        row, column = cells.row_of(address), cells.place_of(address) + 1
        if row >= rows or column >= columns:
            last = address
        rows, columns = max(rows, row), max(columns, column)
    return last if rows * columns > LARGEST_AREA else ""


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
