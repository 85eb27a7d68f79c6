"""What Microsoft's Open XML SDK finds in a workbook, and what it does not look at but Excel stumbles over.

`make validator` brings the program. It takes one file a process, a third of a second each, so what CI gives it is
bounded; `python -m tests.real_copies FOLDER` gives it copies of any workbooks.
"""

import io
import json
import os
import posixpath
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

PROGRAM = Path(sys.executable).with_name("ooxml-validator-0.4.0")
_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_USUAL_WORDS, _STRICT_WORDS = {"custom-properties", "extended-properties"}, {"customProperties", "extendedProperties"}
_LONGEST_TEXT = 32_767  # of a cell or a note, in the units of UTF-16
_TYPES = "[Content_Types].xml"


class ValidatorMissingError(RuntimeError):
    """The validator is not installed."""


def errors(path: Path) -> Counter[str]:
    """What the SDK says of a file: `part: id description`, without the place, for sheets may have moved."""
    if not PROGRAM.exists():
        raise ValidatorMissingError("the Open XML SDK validator (make validator)")
    plain = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}  # it needs no library of languages then
    done = subprocess.run([PROGRAM, path], capture_output=True, check=True, timeout=300, env=plain)
    said = json.loads(done.stdout)
    assert said["ok"] == (not said["errors"]), said
    return Counter(f"{e['path'] or ''}: {e['id'] or e['errorType']} {e['description']}" for e in said["errors"])


def errors_of(content: bytes, suffix: str = ".xlsx") -> Counter[str]:
    """The same of bytes. The SDK goes by the ending of the name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"libro{suffix}"
        path.write_bytes(content)
        return errors(path)


def faults(content: bytes) -> list[str]:
    """What Excel repairs or refuses though the SDK says nothing: names of parts and sheets, types, long texts, notes.

    Written anew from the format (ISO/IEC 29500-2 for packages), not from the code under test.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
        names = [info.filename for info in archive.infolist()]
    found = [f"two parts of one name: {name}" for name in _repeated(names)]
    found += _type_faults(parts)
    found += _relation_faults(parts)
    found += _workbook_faults(parts)
    return found


def _repeated(names: list[str]) -> list[str]:
    return [name for name, count in Counter(name.casefold() for name in names).items() if count > 1]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _types(parts: dict[str, bytes]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    root = ElementTree.fromstring(parts[_TYPES])
    defaults = [(n.attrib["Extension"].lower(), n.attrib["ContentType"]) for n in root if _local(n.tag) == "Default"]
    overrides = [
        (unquote(n.attrib["PartName"]).lower(), n.attrib["ContentType"]) for n in root if _local(n.tag) == "Override"
    ]
    return defaults, overrides


def _type_faults(parts: dict[str, bytes]) -> list[str]:
    defaults, overrides = _types(parts)
    found = [f"two types of one ending: {name}" for name in _repeated([name for name, _ in defaults])]
    found += [f"two types of one part: {name}" for name in _repeated([name for name, _ in overrides])]
    there = {"/" + name.lower() for name in parts}
    found += [f"the type of a part that is not there: {name}" for name, _ in overrides if name not in there]
    endings, named = dict(defaults), dict(overrides)
    for name in parts:
        if name != _TYPES and "/" + name.lower() not in named and name.lower().rpartition(".")[2] not in endings:
            found.append(f"a part without a type: {name}")
    return found


def relations(parts: dict[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """Id -> the type of a relation of a part and the part where it leads; '' for one outside."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels").lower()
    lists = [xml for other, xml in parts.items() if other.lower() == place]
    if not lists:
        return {}
    by_name = {other.lower(): other for other in parts}
    found = {}
    for node in ElementTree.fromstring(lists[0]):
        target = node.attrib["Target"]
        inside = node.attrib.get("TargetMode") != "External" and not target.startswith("#")
        whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[node.attrib["Id"]] = (node.attrib["Type"], by_name.get(whole.lower(), whole) if inside else "")
    return found


def _relation_faults(parts: dict[str, bytes]) -> list[str]:
    found = []
    for place in [name for name in parts if name.lower().endswith(".rels")]:
        folder, name = posixpath.split(place)
        source = posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])
        for kind, target in relations(parts, "" if place.lower() == "_rels/.rels" else source).values():
            if target and target not in parts:
                found.append(f"a relation of {source or 'the package'} leads nowhere: {kind} {target}")
    for part in ["", *(name for name in parts if "/worksheets/" in name and name.lower().endswith(".xml"))]:
        for word in ("comments", "custom-properties", "customProperties"):
            if sum(kind.endswith(f"/{word}") for kind, _ in relations(parts, part).values()) > 1:
                found.append(f"two relations of the kind {word} of {part or 'the package'}")
    return found + _form_faults(parts)


def _form_faults(parts: dict[str, bytes]) -> list[str]:
    """Relations in the words of the other form of the format, strict or transitional, than the workbook's own part.

    Shapes of notes are named in the words of the transitional form in both, as Excel does.
    """
    main = main_part(parts)
    form = _OFFICE[_MAIN.index(ElementTree.fromstring(parts[main]).tag[1:].partition("}")[0])]
    others = _USUAL_WORDS if form == _OFFICE[1] else _STRICT_WORDS
    kinds = {kind for part in ("", *parts) for kind, _ in relations(parts, part).values() if kind.startswith(_OFFICE)}
    return [
        f"a relation of the other form of the format: {kind}"
        for kind in sorted(kinds)
        if kind.startswith(form) == (kind.rpartition("/")[2] == "vmlDrawing" and form == _OFFICE[1])
        or kind.rpartition("/")[2] in others
    ]


def main_part(parts: dict[str, bytes]) -> str:
    return next(target for kind, target in relations(parts, "").values() if kind.endswith("/officeDocument"))


def sheet_parts(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    """The names of all sheets, in their order, with their parts."""
    main = main_part(parts)
    known = relations(parts, main)
    found = []
    for node in ElementTree.fromstring(parts[main]).iter():
        if _local(node.tag) == "sheet":
            identifier = next((value for key, value in node.attrib.items() if _local(key) == "id"), "")
            found.append((node.attrib["name"], known.get(identifier, ("", ""))[1]))
    return found


def _workbook_faults(parts: dict[str, bytes]) -> list[str]:
    sheets = sheet_parts(parts)
    found = [f"two sheets of one name: {name}" for name in _repeated([name for name, _ in sheets])]
    root = ElementTree.fromstring(parts[main_part(parts)])
    lists = [node for node in root if _local(node.tag) == "definedNames"]
    names = [f"{n.attrib['name']} {n.attrib.get('localSheetId', '')}" for node in lists for n in node]
    found += [f"two defined names: {name.partition(' ')[0]}" for name in _repeated(names)]  # sheets may have moved
    numbers = [n.attrib["sheetId"] for n in root.iter() if _local(n.tag) == "sheet"]
    found += [f"two sheets of one number: {number}" for number in _repeated(numbers)]
    for name, xml in parts.items():
        if name.lower().endswith(".xml") and ("/worksheets/" in name or "omments" in name or "tring" in name):
            found += _long_texts(name, xml)
    for name, part in sheets:
        if "/worksheets/" in part:
            found += _note_faults(parts, name, part)
    return found


def _long_texts(name: str, xml: bytes) -> list[str]:
    found = []
    for node in ElementTree.fromstring(xml).iter():
        if _local(node.tag) in ("is", "si", "text"):
            text = re.sub("_x[0-9A-Fa-f]{4}_", "x", "".join(t.text or "" for t in node.iter() if _local(t.tag) == "t"))
            if len(text.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
                found.append(f"a text of {len(text)} characters in {name}")
    return found


def note_boxes(parts: dict[str, bytes], part: str) -> set[str]:
    """The cells for which the drawing of a sheet's notes has a box; read by the id that the sheet names."""
    drawn = _named_by(parts, part, "legacyDrawing")
    return _boxes(parts[drawn]) if drawn in parts else set()


def _named_by(parts: dict[str, bytes], part: str, element: str) -> str:
    for node in ElementTree.fromstring(parts[part]).iter():
        if _local(node.tag) == element:
            identifier = next((v for k, v in node.attrib.items() if _local(k) == "id"), "")
            return relations(parts, part).get(identifier, ("", ""))[1]
    return ""


def _boxes(xml: bytes) -> set[str]:
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError:  # the shapes of old programs are not always XML
        return set()
    found = set()
    for data in root.iter():
        if _local(data.tag) == "ClientData" and data.attrib.get("ObjectType") == "Note":
            row, column = (int((data.findtext(f"{{*}}{word}") or "0").strip()) for word in ("Row", "Column"))
            found.add(f"{_letters(column)}{row + 1}")
    return found


def _letters(column: int) -> str:
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def notes(parts: dict[str, bytes], part: str) -> set[str]:
    """The cells of a sheet that have a note."""
    known = [target for kind, target in relations(parts, part).values() if kind.endswith("/comments")]
    return {
        node.attrib["ref"]
        for target in known
        if target in parts
        for node in ElementTree.fromstring(parts[target]).iter()
        if _local(node.tag) == "comment"
    }


def _note_faults(parts: dict[str, bytes], name: str, part: str) -> list[str]:
    header = _named_by(parts, part, "legacyDrawingHF")
    found = []
    if header in parts and _boxes(parts[header]):
        found.append(f"notes among the pictures of the header of {name}")
    drawn = _named_by(parts, part, "legacyDrawing")
    if header and header == drawn:
        found.append(f"one drawing for the notes and the header of {name}")
    lacking = notes(parts, part) - note_boxes(parts, part)
    if lacking:
        found.append(f"notes without a box in {name}: {sorted(lacking)[:3]}")
    return found
