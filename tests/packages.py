"""Workbooks taken apart and put together again, in ways that no spreadsheet program would."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from tests import text_books

Parts = dict[str, bytes]
SHEETS = ("Unidad", "Operaciones", "Tareas", "Presupuesto", "Resultados", "Resumen")
MAIN, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
INDEX_PARTS = (MAIN, RELATIONS, STRINGS, STYLES)


def sheet(name: str) -> str:
    """The part of a sheet of the small workbook."""
    return f"xl/worksheets/sheet{SHEETS.index(name) + 1}.xml"


TASKS = sheet("Tareas")


_INLINE = re.compile(rb't="inlineStr"><is>(<t[^>]*>[^<]*</t>)</is>')
_SHARED = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def small(folder: Path) -> Parts:
    """The parts of the small good workbook of a unit, its texts shared as Excel and XlsxWriter share them."""
    parts = apart(text_books.unit(folder / "DGRB.xlsx").read_bytes())
    texts: dict[bytes, int] = {}
    for name in map(sheet, SHEETS):
        parts[name] = _INLINE.sub(lambda m: b't="s"><v>%d</v>' % texts.setdefault(m[1], len(texts)), parts[name])
    parts[STRINGS] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + b"".join(b"<si>%s</si>" % text for text in texts)
        + b"</sst>"
    )
    relation = b'<Relationship Type="%s" Target="/xl/sharedStrings.xml" Id="rId99" /></Relationships>' % _SHARED
    return {**parts, RELATIONS: parts[RELATIONS].replace(b"</Relationships>", relation)}


def apart(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def together(parts: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def with_part(parts: Parts, name: str, data: bytes) -> bytes:
    return together({**parts, name: data})


def without(parts: Parts, name: str) -> bytes:
    return together({n: data for n, data in parts.items() if n != name})


def edited(parts: Parts, name: str, change: Callable[[bytes], bytes]) -> bytes:
    data = change(parts[name])
    assert data != parts[name], f"the change of {name} changes nothing"
    return with_part(parts, name, data)


def replaced(parts: Parts, name: str, old: bytes, new: bytes) -> bytes:
    assert old in parts[name], (old, name)
    return with_part(parts, name, parts[name].replace(old, new, 1))


def with_row(parts: Parts, row: bytes, name: str = TASKS) -> bytes:
    """A row more, as the last of a sheet."""
    return replaced(parts, name, b"</sheetData>", row + b"</sheetData>")


# --- zips by hand -----------------------------------------------------------------------------------------


def entry(name: bytes, data: bytes, said: int | None = None, **lies: int) -> tuple[bytes, bytes]:
    """(local header and data, entry of the directory without its place) of a deflated part.

    `said` is the size that it claims; `lies` may give flags, method and crc.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    crc = lies.get("crc", zlib.crc32(data))
    common = struct.pack(
        "<HHHHHIIIHH", 20, lies.get("flags", 0), lies.get("method", 8), 0, 33, crc, len(packed),
        len(data) if said is None else said, len(name), 0,
    )  # fmt: skip
    return b"PK\3\4" + common + name + packed, b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack(
        "<HHHI", 0, 0, 0, 0
    )


def by_hand(entries: list[tuple[bytes, bytes, bytes]], places: list[int] | None = None) -> bytes:
    """A zip of (name, local, directory entry); `places` may point the directory elsewhere."""
    content, directory = b"", b""
    for number, (name, local, listed) in enumerate(entries):
        place = places[number] if places else len(content)
        directory += listed + struct.pack("<I", place) + name
        content += local
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), len(content), 0)
    return content + directory + end


def lying(parts: Parts, name: str, data: bytes, said: int | None = None, **lies: int) -> bytes:
    """The workbook with one part whose header lies."""
    listed = []
    for part, content in {**parts, name: data}.items():
        local, directory = (
            entry(part.encode(), content, said, **lies) if part == name else entry(part.encode(), content)
        )
        listed.append((part.encode(), local, directory))
    return by_hand(listed)
