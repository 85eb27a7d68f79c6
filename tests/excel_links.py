"""A workbook as Excel saves it where the functions come from an add-in: `[1]!EFICACIA(…)` and a link to the file.

Made from a workbook with bare names, part by part, so that both hold the same cells.
"""

import re
import zipfile
from pathlib import Path

from poa_xl.functions.registry import FUNCTIONS

CALL = re.compile(r"\b(" + "|".join(function.name for function in FUNCTIONS) + r")\(")
_BARE = re.compile("(?<!!)" + CALL.pattern)
_COMPUTED = re.compile(r"(<c [^>]*>)<f>([^<]*)</f><v>[^<]*</v></c>")
_FORMULA = re.compile(r"<f>(.*?)</f>", re.DOTALL)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# How Excel notes an add-in in the folder that it loads at its start, and one anywhere else.
STARTUP = ("http://schemas.microsoft.com/office/2006/relationships/xlExternalLinkPath/xlStartup", "poa_xl.xlam")
ELSEWHERE = (f"{_OFFICE}/externalLinkPath", "file:///C:\\Users\\Mar%C3%ADa%20N%C3%BA%C3%B1ez\\poa_xl.xlam")
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"


def link(source: Path, target: Path, kind: tuple[str, str] = STARTUP) -> int:
    """Write the workbook with linked names; how many calls were changed."""
    changed = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                text, count = _linked(text.decode())
                changed += count
            elif entry.filename in _CHANGES:
                place, added = _CHANGES[entry.filename]
                assert text.decode().count(place) == 1, entry.filename
                text = text.decode().replace(place, added + place).encode()
            new.writestr(entry, text)
        names = "".join(f'<definedName name="{function.name}"/>' for function in FUNCTIONS)
        new.writestr(
            "xl/externalLinks/externalLink1.xml",
            f'<externalLink xmlns="{_MAIN}"><externalBook xmlns:r="{_OFFICE}" r:id="rId1"><sheetNames>'
            f'<sheetName val="xlwings.conf"/></sheetNames><definedNames>{names}</definedNames>'
            "</externalBook></externalLink>",
        )
        new.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{kind[0]}" Target="{kind[1]}" '
            'TargetMode="External"/></Relationships>',
        )
    return changed


_CHANGES = {
    "[Content_Types].xml": (
        "</Types>",
        f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{_CONTENT}"/>',
    ),
    "xl/workbook.xml": (
        "<definedNames>",
        '<externalReferences><externalReference r:id="rIdLink"/></externalReferences>',
    ),
    "xl/_rels/workbook.xml.rels": (
        "</Relationships>",
        f'<Relationship Id="rIdLink" Type="{_OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>',
    ),
}


def _linked(xml: str) -> tuple[bytes, int]:
    count = 0

    def change(formula: re.Match[str]) -> str:
        nonlocal count
        text, changes = _BARE.subn(r"[1]!\1(", formula[1])
        count += changes
        return f"<f>{text}</f>"

    return _FORMULA.sub(change, xml).encode(), count


def without_cached_values(source: Path, target: Path) -> int:
    """Write the workbook without the cached values of the cells that call a function; how many lost theirs."""
    lost = 0

    def forget(cell: re.Match[str]) -> str:
        nonlocal lost
        if not CALL.search(cell[2]):
            return cell[0]
        lost += 1
        return cell[1].replace(' t="str"', "") + f"<f>{cell[2]}</f></c>"

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                text = _COMPUTED.sub(forget, text.decode()).encode()
            new.writestr(entry, text)
    return lost
