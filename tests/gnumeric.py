"""A headless Gnumeric for the tests: it calculates a workbook anew, from formulas without a value."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tests import open_xml, packages

SECONDS = 600
Value = float | str
_VALUE = re.compile(rb"(</f>|<f\b[^<>]*/>)<v>[^<]*</v>")


class GnumericMissingError(RuntimeError):
    """There is no Gnumeric."""


class Cell(NamedTuple):
    """A formula cell: where it is, its formula, the value in the file and the calculated one."""

    place: str
    formula: str
    cached: Value
    calculated: Value

    @property
    def same(self) -> bool:
        """Whether both values are equal; numbers to 12 digits, for programs add in another order."""
        if isinstance(self.cached, float) and isinstance(self.calculated, float):
            return abs(self.cached - self.calculated) <= 1e-12 * max(1.0, abs(self.cached))
        return self.cached == self.calculated


def recalculate(path: Path, folder: Path) -> list[Cell]:
    """All formula cells of a workbook. Gnumeric gets it without their values, so it can give none back.

    While it reads, a formula that refers to a text of a later sheet takes it for 0: all is calculated once more.
    """
    program = shutil.which("ssconvert")
    if program is None:
        raise GnumericMissingError("ssconvert (make gnumeric)")
    parts = packages.apart(path.read_bytes())
    bare = folder / "sin-valores.xlsx"
    bare.write_bytes(
        packages.together({n: _VALUE.sub(rb"\1", xml) if "/worksheets/" in n else xml for n, xml in parts.items()})
    )
    assert not [place for place, (formula, value) in _cells(bare).items() if formula and value != ""]
    out = folder / "gnumeric.xlsx"
    subprocess.run([program, "--recalc", bare, out], check=True, capture_output=True, timeout=SECONDS)
    there = _cells(out)
    return [
        Cell(place, formula, value, there.get(place, ("", ""))[1])
        for place, (formula, value) in _cells(path).items()
        if formula
    ]


def _cells(path: Path) -> dict[str, tuple[str, Value]]:
    """`Hoja!A1` -> formula and value of every cell that has either."""
    parts = packages.apart(path.read_bytes())
    shared = next((xml for name, xml in parts.items() if name.endswith("sharedStrings.xml")), b"<sst/>")
    texts = [
        "".join(t.text or "" for t in item.iter() if t.tag.endswith("}t")) for item in ElementTree.fromstring(shared)
    ]
    found = {}
    for name, part in open_xml.sheet_parts(parts):
        for cell in ElementTree.fromstring(parts[part]).iterfind(".//{*}c"):
            found[f"{name}!{cell.attrib['r']}"] = (cell.findtext("{*}f") or "", _value(cell, texts))
    return found


def _value(cell: ElementTree.Element, texts: list[str]) -> Value:
    value, kind = cell.findtext("{*}v") or "", cell.attrib.get("t", "n")
    if kind == "s":
        return texts[int(value)]
    return float(value) if kind == "n" and value else value
