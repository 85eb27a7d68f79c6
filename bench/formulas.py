"""The formulas of a master by sheet and by kind, and copies that keep some of them: of all others the values."""

import html
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from poa_xl.zip_archive import zipped

_MAIN = "xl/workbook.xml"
_NAME = re.compile(r'<sheet name="([^"]*)"')
_FORMULA = re.compile(rb"<f[ >][^<]*</f>")
_LINKS = re.compile(rb"<hyperlinks>.*?</hyperlinks>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TEXT = re.compile(r'"[^"]*"')
_FUNCTION = re.compile(r"\b([A-Z][A-Z.0-9]*)\(")
_LINK = "a reference alone"
_OPERATORS = "operators alone"
_REFERENCE = re.compile(r"(?:'[^']+'!)?\$?[A-Z]{1,3}\$?[0-9]+")
Keep = Callable[[str, str], bool]


def kind(formula: str) -> str:
    """What a formula is made of: the functions that it calls, in the order of the alphabet."""
    if _REFERENCE.fullmatch(formula):
        return _LINK
    return ", ".join(sorted(set(_FUNCTION.findall(_TEXT.sub("", formula))))) or _OPERATORS


def counts(path: Path) -> tuple[Counter[str], Counter[str]]:
    """How many formulas each sheet has, and how many there are of each kind."""
    by_sheet, by_kind = Counter[str](), Counter[str]()

    def look(sheet: str, formula: str) -> bool:
        by_sheet[sheet] += 1
        by_kind[kind(formula)] += 1
        return True

    _parts(path, look)
    return by_sheet, by_kind


def every(_sheet: str, _formula: str) -> bool:
    """All of them."""
    return True


def none(_sheet: str, _formula: str) -> bool:
    """Not one."""
    return False


def keep(path: Path, out: Path, wanted: Keep) -> Path:
    """The workbook without its links from cell to cell, and with only the formulas that are `wanted`, as `out`."""
    parts = _parts(path, wanted)
    out.write_bytes(zipped((name, _LINKS.sub(b"", part)) for name, part in parts.items()))
    return out


def of_sheet(name: str) -> Keep:
    """Whether a formula is of a sheet."""
    return lambda sheet, _: sheet == name


def of_kind(name: str) -> Keep:
    """Whether a formula is of a kind."""
    return lambda _, formula: kind(formula) == name


def _parts(path: Path, wanted: Keep) -> dict[str, bytes]:
    """Every part. The sheets of our masters are parts in the order of their names in the workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, name in enumerate(_NAME.findall(parts[_MAIN].decode()), start=1):
        part = f"xl/worksheets/sheet{number}.xml"
        parts[part] = _sheet(parts[part], html.unescape(name), wanted)
    return parts


def _sheet(xml: bytes, name: str, wanted: Keep) -> bytes:
    def chosen(found: re.Match[bytes]) -> bytes:
        formula = html.unescape(_TAG.sub("", found[0].decode()))
        return found[0] if wanted(name, formula) else b""

    return _FORMULA.sub(chosen, xml)
