"""Bad and hostile files, made here and never kept: each with the one finding that it must end in.

A maker writes one file at a path, given the parts of a small good workbook. `expected` is the code; `code limit` where
a limit must be named; `code +` where a workbook that is read has other findings behind it.
"""

import bz2
import gzip
import lzma
import os
import socket
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests import packages
from tests.packages import (
    MAIN,
    RELATIONS,
    STRINGS,
    STYLES,
    TASKS,
    Parts,
    edited,
    replaced,
    together,
    with_part,
    with_row,
)

Make = Callable[[Path, Parts], None]


class Case(NamedTuple):
    name: str
    file: str
    make: Make
    expected: str


CASES: list[Case] = []
_MB = 1_000_000
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")


def add(name: str, expected: str, content: bytes | Callable[[Parts], bytes], file: str = "") -> None:
    """A file of these bytes, or of what is made of the small workbook."""

    def make(path: Path, parts: Parts) -> None:
        path.write_bytes(content if isinstance(content, bytes) else content(parts))

    CASES.append(Case(name, file or f"{len(CASES):03}.xlsx", make, expected))


def special(name: str, expected: str, make: Make, file: str = "") -> None:
    CASES.append(Case(name, file or f"{len(CASES):03}.xlsx", make, expected))


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


# --- what is no workbook ----------------------------------------------------------------------------------

for name, expected, content in (
    ("nothing", "LIB-008", b""),
    ("zeros", "LIB-001", bytes(5000)),
    ("an old workbook", "LIB-002", _OLE2 + bytes(600) + _utf16("Workbook")),
    ("a password", "LIB-003", _OLE2 + bytes(600) + _utf16("EncryptedPackage")),
    ("an old Word document", "LIB-006", _OLE2 + bytes(600) + _utf16("WordDocument")),
    ("an old presentation", "LIB-006", _OLE2 + bytes(600) + _utf16("PowerPoint Document")),
    ("only the mark of OLE2", "LIB-002", _OLE2),
    ("text", "LIB-006", b"Estimados: adjunto el POA.\n"),
    ("a table with semicolons", "LIB-006", "Código;Operación\nOP-01;Negociar\n".encode()),
    ("a table with commas", "LIB-006", b"a,b,c\n1,2,3\n"),
    ("a table with tabs", "LIB-006", b"a\tb\n1\t2\n"),
    ("a table in UTF-16", "LIB-006", "a\tb\n1\t2\n".encode("utf-16")),
    ("text in Latin-1", "LIB-006", "Gestión\n".encode("latin-1")),
    ("text with a byte order mark", "LIB-006", b"\xef\xbb\xbfhola;adi\xc3\xb3s\n"),
    ("JSON", "LIB-006", b'{"a": 1}'),
    ("a page", "LIB-006", b"<html><body><table><tr><td>1</td></tr></table></body></html>"),
    ("a page with a doctype", "LIB-006", b"\n<!DOCTYPE html><p>1</p>"),
    ("a table of HTML alone", "LIB-006", b"<table><tr><td>1</td></tr></table>"),
    ("a page saved as mail", "LIB-006", b"MIME-Version: 1.0\nContent-Type: multipart/related\n"),
    ("XML of 2003", "LIB-002", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
    ("a flat .ods", "LIB-002", b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'),
    ("a PDF", "LIB-006", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    ("a PNG", "LIB-006", b"\x89PNG\r\n\x1a\n" + bytes(30)),
    ("a JPEG", "LIB-006", b"\xff\xd8\xff\xe0" + bytes(30)),
    ("a GIF", "LIB-006", b"GIF89a" + bytes(30)),
    ("a BMP", "LIB-006", b"BM" + bytes(30)),
    ("a TIFF", "LIB-006", b"II*\0" + bytes(30)),
    ("a HEIC", "LIB-006", b"\0\0\0\x18ftypheic" + bytes(30)),
    ("a WebP", "LIB-006", b"RIFF\0\0\0\0WEBPVP8 "),
    ("a .rar", "LIB-007", b"Rar!\x1a\x07\x01\0" + bytes(30)),
    ("a .7z", "LIB-007", b"7z\xbc\xaf\x27\x1c" + bytes(30)),
    ("a .gz", "LIB-007", gzip.compress(b"hola", mtime=0)),
    ("a .bz2", "LIB-007", bz2.compress(b"hola")),
    ("a .xz", "LIB-007", lzma.compress(b"hola")),
    ("a program", "LIB-002", b"MZ\x90\0\3\0\0\0" + bytes(100)),
    ("noise", "LIB-002", bytes((i * 197 + 31) % 256 for i in range(9000))),
    ("only PK", "LIB-001", b"PK"),
    ("an empty zip", "LIB-007", b"PK\5\6" + bytes(18)),
    ("a zip with a letter", "LIB-007", together({"carta.txt": b"hola"})),
    ("a .docx", "LIB-006", together({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})),
    ("a .pptx", "LIB-006", together({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"})),
    ("an .ods", "LIB-002", together({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})),
    ("an .odt", "LIB-006", together({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"})),
    ("an .xlsb", "LIB-002", together({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\0"})),
):  # fmt: skip
    add(name, expected, content)

add("a zip with the workbook", "LIB-007", lambda parts: together({"DGRB.xlsx": together(parts)}))
add(
    "a zip in a zip in a zip",
    "LIB-007",
    lambda parts: together({"a.zip": together({"b.zip": together(parts)})}),
    "a.zip",
)
for suffix in (".xls", ".xlsb", ".ods", ".csv", ".rar", ".7z"):
    add(f"text called {suffix}", "LIB-006", b"hola", f"carta{suffix}")

# --- what is no file --------------------------------------------------------------------------------------


def _socket(path: Path, _: Parts) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.open(".", os.O_RDONLY)
        try:
            os.chdir(path.parent)  # the name of a socket must be short
            made.bind(path.name)
        finally:
            os.fchdir(here)
            os.close(here)


def _link(path: Path, parts: Parts) -> None:
    target = path.parent.parent / "fuera.xlsx"
    target.write_bytes(together(parts))
    path.symlink_to(target)


if os.name == "posix":
    special("a link to a workbook", "LIB-009", _link)
    special("a link to nothing", "LIB-009", lambda path, _: path.symlink_to("no-hay.xlsx"))
    special("a link to itself", "LIB-009", lambda path, _: path.symlink_to(path.name))
    special("a link to a folder", "LIB-009", lambda path, _: path.symlink_to("/usr"))
    special("a link to endless zeros", "LIB-009", lambda path, _: path.symlink_to("/dev/zero"))
    special("a pipe that nobody writes to", "LIB-009", lambda path, _: os.mkfifo(path))
    special("a socket", "LIB-009", _socket)
    if os.geteuid():  # root reads everything
        special("a file that may not be read", "LIB-009", lambda path, _: (path.touch(), path.chmod(0))[1])
special("a folder", "LIB-009", lambda path, _: path.mkdir())
special("26 MB", "LIB-010 archivo_mb", lambda path, _: (path.touch(), os.truncate(path, 26 * _MB))[1])
special("50 GB, of which nothing is on the disk", "LIB-010 archivo_mb", lambda path, _: (path.touch(), os.truncate(path, 50_000 * _MB))[1])  # fmt: skip

# --- names ------------------------------------------------------------------------------------------------

for name in ("=cmd|' -C calc'!A0.xlsx", "+1+1.xlsx", "@SUM(1).xlsx", "-2+3.xlsx", "<img src=x onerror=alert(1)>.xlsx", "con  espacios .xlsx",
             "{llaves} %s %d.xlsx", "n" * 240 + ".xlsx", "ñandú\u0301.xlsx", "DE MAYÚSCULAS.XLSX"):  # fmt: skip
    add(f"the name {name[:30]}", "LIB-008", b"", name)
if os.name == "posix":
    for name in ("\x1b[31mrojo.xlsx", "dos\nlíneas.xlsx", "tab\ty\rretorno.xlsx", "\u202excslx.xlsx", "\x07campana.xlsx",
                 "\udcff\udcfe.xlsx", "\\\\barra\\.xlsx", 'comillas"\'.xlsx', "\x7f\x80.xlsx", "_x001B_.xlsx"):  # fmt: skip
        add(f"the name {name!r}", "LIB-008", b"", name)
add("a temporary file", "LIB-004", b"", "~$DGRB.xlsx")
add("a hidden file", "LIB-004", b"", "._DGRB.xlsx")

# --- zips -------------------------------------------------------------------------------------------------

for percent in (1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99):
    add(f"{percent} % of a workbook", "LIB-001", lambda parts, p=percent: (z := together(parts))[: len(z) * p // 100])
add("all but the last byte", "LIB-001", lambda parts: together(parts)[:-1])
add("the end alone", "LIB-002", lambda parts: together(parts)[-400:])
add("a hole in the middle", "LIB-001", lambda parts: (z := together(parts))[:3000] + bytes(500) + z[3500:])
add("many parts", "LIB-010 entradas", lambda parts: together({**parts, **{f"xl/m/{n}": b"" for n in range(2100)}}))
add("a hundred thousand parts", "LIB-010 entradas", lambda _: _many(100_000))
add("an encrypted part", "LIB-011", lambda parts: packages.lying(parts, TASKS, parts[TASKS], flags=1))
add("a part with strong encryption", "LIB-011", lambda parts: packages.lying(parts, TASKS, parts[TASKS], flags=0x41))
for method in (1, 9, 12, 14, 93, 95, 97, 98, 99):
    add(
        f"compression {method}", "LIB-011", lambda parts, m=method: packages.lying(parts, TASKS, parts[TASKS], method=m)
    )
for escape in (
    "../fuera.xml",
    "/etc/passwd",
    "xl/../../fuera.xml",
    "C:/fuera.bat",
    "c:fuera",
    "xl\\workbook.xml",
    "..",
    "xl/\x1b.xml",
):
    add(f"a part called {escape!r}", "LIB-011", lambda parts, e=escape: together({**parts, e: b""}))
add("a part twice", "LIB-011", lambda parts: _again(parts, TASKS))
add("a part twice but for case", "LIB-011", lambda parts: together({**parts, TASKS.upper(): b"<worksheet/>"}))
add("a checksum that lies", "LIB-001", lambda parts: packages.lying(parts, TASKS, parts[TASKS], crc=7))
add("ten bytes that are ten million", "LIB-001", lambda parts: packages.lying(parts, TASKS, _zeros(10), said=10))
add(
    "ten bytes that are two hundred million",
    "LIB-001",
    lambda parts: packages.lying(parts, STYLES, _zeros(200), said=10),
)
add("a size of 4 GB", "LIB-010 expandido_mb", lambda parts: packages.lying(parts, TASKS, parts[TASKS], said=0xFFFFFFFE))
add(
    "a size too large by a little",
    "LIB-001",
    lambda parts: packages.lying(parts, TASKS, parts[TASKS][:-4], said=len(parts[TASKS])),
)
add("two hundred million zeros", "LIB-010 expandido_mb", lambda parts: with_part(parts, TASKS, _zeros(200)))
add("140 million zeros", "LIB-010 razon", lambda parts: with_part(parts, TASKS, _zeros(140)))
add("a bomb beside the sheets", "LIB-010 razon", lambda parts: with_part(parts, "xl/media/image1.png", _zeros(100)))
add(
    "twenty bombs",
    "LIB-010 expandido_mb",
    lambda parts: together({**parts, **{f"xl/media/{n}.png": _zeros(9) for n in range(20)}}),
)
add("parts that are one another", "LIB-011", lambda _: _overlapping())
add("zip64 with a size beyond all", "LIB-010 expandido_mb", lambda parts: _zip64(parts, 1 << 50))
add("zip64 with a place beyond all", "LIB-011", lambda parts: _zip64(parts, 1 << 50, where="place"))
add(
    "a name in its header, another in the directory",
    "LIB-001",
    lambda parts: together(parts).replace(b"xl/workbook.xml", b"xl/otherbok.xml", 1),
)


def _zeros(megabytes: int) -> bytes:
    return bytes(megabytes * _MB)


def _many(count: int) -> bytes:
    directory = b"".join(packages.entry(b"%05x" % n, b"")[1] + bytes(4) + b"%05x" % n for n in range(count))
    return directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), 0, 0)


def _again(parts: Parts, name: str) -> bytes:
    listed = [(n.encode(), *packages.entry(n.encode(), data)) for n, data in [*parts.items(), (name, b"<worksheet/>")]]
    return packages.by_hand(listed)


def _overlapping() -> bytes:
    """A hundred names for the same five megabytes: each within the bounds of a part, and the file is small."""
    local, listed = packages.entry(b"000.xml", _zeros(1))
    entries = [(b"%03d.xml" % n, local if not n else b"", listed) for n in range(100)]
    return packages.by_hand(entries, [0] * 100)


def _zip64(parts: Parts, number: int, where: str = "size") -> bytes:
    """A part whose size, or place, stands in the extra field for large files."""
    listed = [(n.encode(), *packages.entry(n.encode(), data)) for n, data in parts.items()]
    content, directory = b"", b""
    for name, local, entry in listed:
        place, extra = len(content), b""
        if name == TASKS.encode():
            extra = struct.pack("<HHQ", 1, 8, number)
            entry = entry[:30] + struct.pack("<H", len(extra)) + entry[32:]
            if where == "size":
                entry = entry[:24] + b"\xff" * 4 + entry[28:]
            else:
                place = 0xFFFFFFFF
        directory += entry + struct.pack("<I", place) + name + extra
        content += local
    return (
        content
        + directory
        + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(listed), len(listed), len(directory), len(content), 0)
    )


# --- XML --------------------------------------------------------------------------------------------------

_LAUGHS = b"<!DOCTYPE a [<!ENTITY a0 'ja'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 11)
) + b"]>"  # fmt: skip
_DTDS = {
    "a billion laughs": _LAUGHS,
    "a file of the machine": b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "a page of the network": b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'>",
    "a parameter": b"<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'> %p;]>",
}
_READ = {"workbook": MAIN, "relations": RELATIONS, "strings": STRINGS, "styles": STYLES, "sheet": TASKS}


def _before_root(data: bytes, what: bytes) -> bytes:
    place = data.index(b"<", data.find(b"?>") + 1)
    return data[:place] + what + data[place:]


def _within_root(data: bytes, what: bytes) -> bytes:
    place = data.rindex(b"</")
    return data[:place] + what + data[place:]


for kind, part in _READ.items():
    for name, dtd in _DTDS.items():
        add(
            f"{name} in the {kind}",
            "LIB-011",
            lambda parts, p=part, d=dtd: edited(parts, p, lambda x: _before_root(x, d)),
        )
    add(
        f"a hundred deep in the {kind}",
        "LIB-010 profundidad",
        lambda parts, p=part: edited(parts, p, lambda x: _within_root(x, b"<a>" * 100 + b"</a>" * 100)),
    )
    add(
        f"a million deep in the {kind}",
        "LIB-010 profundidad",
        lambda parts, p=part: edited(parts, p, lambda x: _within_root(x, b"<a>" * 1_000_000)),
    )
    add(
        f"ten thousand attributes in the {kind}",
        "LIB-010 atributos",
        lambda parts, p=part: edited(
            parts, p, lambda x: _within_root(x, b"<a " + b" ".join(b'b%d=""' % n for n in range(10_000)) + b"/>")
        ),
    )
    add(
        f"an attribute of a million letters in the {kind}",
        "LIB-010 texto",
        lambda parts, p=part: edited(parts, p, lambda x: _within_root(x, b'<a b="' + b"x" * _MB + b'"/>')),
    )
    add(
        f"a text of a million letters in the {kind}",
        "LIB-010 texto",
        lambda parts, p=part: edited(parts, p, lambda x: _within_root(x, b"<a>" + b"x" * _MB + b"</a>")),
    )
    add(f"half of the {kind}", "LIB-001", lambda parts, p=part: edited(parts, p, lambda x: x[: len(x) // 2]))
    add(f"an end too many in the {kind}", "LIB-001", lambda parts, p=part: edited(parts, p, lambda x: x + b"</a>"))
    add(
        f"ends crossed in the {kind}",
        "LIB-001",
        lambda parts, p=part: edited(parts, p, lambda x: _within_root(x, b"<a><b></a></b>")),
    )
    add(
        f"an unknown entity in the {kind}",
        "LIB-001",
        lambda parts, p=part: edited(parts, p, lambda x: _within_root(x, b"<a>&nada;</a>")),
    )
    add(f"no XML in the {kind}", "LIB-001", lambda parts, p=part: with_part(parts, p, b"hola"))
    if kind != "styles":  # without them every number is a plain one
        add(f"nothing in the {kind}", "LIB-001", lambda parts, p=part: with_part(parts, p, b""))
    add(
        f"an unknown encoding in the {kind}",
        "LIB-011",
        lambda parts, p=part: edited(
            parts,
            p,
            lambda x: (
                b'<?xml version="1.0" encoding="EBCDIC-CP-US"?>'
                + x[x.find(b"?>") + 2 if x.startswith(b"<?xml") else 0 :]
            ),
        ),
    )
    add(
        f"bytes that are no letters in the {kind}",
        "LIB-001",
        lambda parts, p=part: edited(parts, p, lambda x: _within_root(x, b"<a>\xff\xfe\xc3</a>")),
    )
    add(
        f"a control character in the {kind}",
        "LIB-001",
        lambda parts, p=part: edited(parts, p, lambda x: _within_root(x, b"<a>\x01</a>")),
    )
add(
    "UTF-16 cut in the middle of a letter",
    "LIB-001",
    lambda parts: edited(parts, TASKS, lambda x: x.decode().encode("utf-16")[:-3]),
)
add(
    "a DTD in UTF-16",
    "LIB-011",
    lambda parts: edited(parts, TASKS, lambda x: _before_root(x, _LAUGHS).decode().encode("utf-16")),
)

# --- the workbook's index ---------------------------------------------------------------------------------


def _sheets(parts: Parts, count: int) -> bytes:
    lines = b"".join(b'<sheet name="h%d" sheetId="%d" r:id="rId1"/>' % (n, n + 50) for n in range(count))
    change = parts[MAIN].replace(b"</sheets>", lines + b"</sheets>")
    if b"xmlns:r=" not in change.partition(b"<sheets>")[0]:  # lxml, where it is installed, declares it sheet by sheet
        change = change.replace(
            b"<workbook ",
            b'<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ',
            1,
        )
    return with_part(parts, MAIN, change)


def _target(parts: Parts, target: bytes, more: bytes = b"") -> bytes:
    """The relation of the sheet Tareas pointing elsewhere."""
    old = b'Target="/xl/worksheets/sheet3.xml"'
    return replaced(parts, RELATIONS, old, b'Target="' + target + b'"' + more)


add(
    "no sheet",
    "LIB-012",
    lambda parts: edited(parts, MAIN, lambda x: x[: x.index(b"<sheets>")] + b"<sheets/></workbook>"),
)
add(
    "sheets without a cell",
    "LIB-012",
    lambda parts: together(
        {
            n: b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
            if "worksheets" in n
            else d
            for n, d in parts.items()
        }
    ),
)
add(
    "sheets with formats alone",
    "LIB-012",
    lambda parts: together(
        {
            n: b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" s="1"/></row></sheetData></worksheet>'
            if "worksheets" in n
            else d
            for n, d in parts.items()
        }
    ),
)
add("a hundred sheets too many", "LIB-010 hojas", lambda parts: _sheets(parts, 100))
add("a sheet twice", "HOJ-004 +", lambda parts: replaced(parts, MAIN, b'name="Resumen"', b'name="Tareas"'))
for name, target in (
    ("above the package", b"../../../etc/passwd"), ("a file of the machine", b"file:///etc/passwd"),
    ("a page", b"http://127.0.0.1:9/sheet3.xml"), ("a share", b"\\\\127.0.0.1\\c$\\sheet3.xml"), ("nothing", b""),
    ("a part that is not there", b"/xl/worksheets/sheet99.xml"), ("a folder", b"/xl/worksheets/"),
):  # fmt: skip
    add(f"a sheet that is {name}", "LIB-011", lambda parts, t=target: _target(parts, t))
add(
    "a sheet outside, said so",
    "LIB-011",
    lambda parts: _target(parts, b"http://127.0.0.1:9/", b' TargetMode="External"'),
)
add("a sheet that is the workbook", "LIB-015", lambda parts: _target(parts, b"/xl/workbook.xml"))
add("a sheet that is the texts", "LIB-015", lambda parts: _target(parts, b"/xl/sharedStrings.xml"))
add("a sheet that is its own relations", "LIB-015", lambda parts: _target(parts, b"/xl/_rels/workbook.xml.rels"))
add("a sheet without relation", "LIB-011", lambda parts: replaced(parts, RELATIONS, b'Id="rId3"', b'Id="otro"'))
add("no relations", "LIB-011", lambda parts: packages.without(parts, RELATIONS))
add("no workbook", "LIB-001", lambda parts: packages.without(parts, MAIN))
add("no sheet's part", "LIB-011", lambda parts: packages.without(parts, TASKS))
add("no texts", "LIB-011", lambda parts: packages.without(parts, STRINGS))

# --- cells ------------------------------------------------------------------------------------------------

_CELL = b'<row r="%d"><c r="%s"><v>1</v></c></row>'
add("a stray cell at the end of the world", "HOJ-007", lambda parts: with_row(parts, _CELL % (1048576, b"XFD1048576")))
add(
    "a stray blank text there",
    "HOJ-007",
    lambda parts: with_row(parts, b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c></row>'),
)
add(
    "a stray cell there, with a prefix",
    "HOJ-007",
    lambda parts: with_row(
        parts,
        b'<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    ),
)
add(
    "two stray cells far from each other",
    "HOJ-007",
    lambda parts: with_row(
        parts, b'<row r="9"><c r="XFD9"><v>1</v></c></row><row r="90000"><c r="A90000"><v>1</v></c></row>'
    ),
)
add("a stray cell in a wide and tall sheet", "HOJ-007", lambda parts: with_row(parts, _CELL % (99999, b"ZZ99999")))
add(
    "a stray cell without address, in a far row",
    "HOJ-007",
    lambda parts: with_row(parts, b'<row r="1048576"><c r="XFC1048576"/><c><v>1</v></c></row>'),
)
for address in (
    b"A1048577",
    b"XFE9",
    b"A0",
    b"a9",
    b"AAAA9",
    b"9",
    b"A",
    b"",
    b"$A$9",
    b"A9:B9",
    b"A-9",
    b"A99999999999999999999",
    b"\xc3\x819",
    b"R9C1",
):
    add(
        f"a cell called {address.decode()!r}",
        "LIB-011",
        lambda parts, a=address: (
            with_row(parts, _CELL % (9, a)) if a else with_row(parts, b'<row r="9"><c r=" "><v>1</v></c></row>')
        ),
    )
for row in (b"0", b"-1", b"x", b"1048577", b"4294967295", b"99999999999999999999", b"1.5"):
    add(
        f"a row called {row.decode()}",
        "LIB-011",
        lambda parts, r=row: with_row(parts, b'<row r="%s"><c><v>1</v></c></row>' % r),
    )
add(
    "rows out of order",
    "LIB-011",
    lambda parts: with_row(parts, b'<row r="9"><c r="A9"><v>1</v></c></row><row r="8"><c r="A8"><v>1</v></c></row>'),
)
add("a cell of a row above", "LIB-015", lambda parts: with_row(parts, b'<row r="9"><c r="A1"><v>1</v></c></row>'))
add(
    "the text number 99999",
    "LIB-011",
    lambda parts: with_row(parts, b'<row r="9"><c r="A9" t="s"><v>99999</v></c></row>'),
)
for index in (b"-1", b"x", b"1.5", b"99999999999999999999"):
    add(
        f"the text number {index.decode()}",
        "LIB-011",
        lambda parts, i=index: with_row(parts, b'<row r="9"><c r="A9" t="s"><v>%s</v></c></row>' % i),
    )
add("a boolean of 7", "LIB-015", lambda parts: with_row(parts, b'<row r="9"><c r="A9" t="b"><v>7</v></c></row>'))
add(
    "a type that there is not",
    "LIB-015",
    lambda parts: with_row(parts, b'<row r="9"><c r="A9" t="zz"><v>7</v></c></row>'),
)
add("more cells than the limit", "LIB-010 celdas", lambda parts: _cells(parts, 2_000_001))
add("rows without end of formats alone", "LIB-010 celdas", lambda parts: _cells(parts, 2_000_001, b""))
add(
    "texts of 140 MB",
    "LIB-010 razon",
    lambda parts: edited(parts, STRINGS, lambda x: _within_root(x, b"<si><t>hola hola</t></si>" * 5_000_000)),
)


def _cells(parts: Parts, count: int, value: bytes = b"<v>1</v>") -> bytes:
    """So many cells, of values that do not compress to nothing."""
    width = 20
    rows = (
        b'<row r="%d">' % r + b"".join(b'<c r="%s%d" s="%d">%s</c>' % (b"ABCDEFGHIJKLMNOPQRST"[c : c + 1], r, (r * 7919 + c * 31) % 9973, value) for c in range(width)) + b"</row>"
        for r in range(10, 11 + count // width)
    )  # fmt: skip
    return with_row(parts, b"".join(rows))


def write(folder: Path, parts: Parts) -> Iterator[tuple[Case, Path]]:
    """Write all of them into a folder."""
    for case in CASES:
        path = folder / case.file
        case.make(path, parts)
        yield case, path
