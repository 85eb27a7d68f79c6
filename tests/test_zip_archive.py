"""What poa-xl packs has the same bytes on every machine."""

import ast
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, strategies as st
from zlib_ng import zlib_ng

from poa_xl import open_entity, zip_archive
from poa_xl.addins.excel import xlam
from poa_xl.addins.libreoffice import extension
from poa_xl.api.templates import entity_rows
from poa_xl.sample import unit_rows
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook
from poa_xl.zip_archive import ZipWriter, entry, zipped

PRODUCT = Path(zip_archive.__file__).parent


def packed(archive: bytes) -> list[bytes]:
    """The entries of a zip as they stand in it."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        starts = [info.header_offset + 30 + len(info.filename.encode()) for info in opened.infolist()]
        return [
            archive[start : start + info.compress_size] for start, info in zip(starts, opened.infolist(), strict=True)
        ]


def by_itself(content: bytes) -> bytes:
    compressor, block = zlib_ng.compressobj(5, zlib_ng.DEFLATED, -15), 1 << 20
    pieces = [content[at : at + block] for at in range(0, len(content), block)]
    return b"".join([*map(compressor.compress, pieces), compressor.flush()])


@given(pieces=st.lists(st.binary(max_size=3000), max_size=5), times=st.integers(1, 120))
@example(pieces=[b"\0" * 5], times=54)  # zlib-ng alone packs this otherwise piece by piece
def test_an_entry_is_packed_by_zlib_ng_in_whatever_pieces_it_comes(pieces: list[bytes], times: int) -> None:
    made, pieces = io.BytesIO(), pieces * times
    with ZipWriter(made) as archive, archive.open(entry("a.xml"), "w") as opened:
        for piece in pieces:
            opened.write(piece)
    content = b"".join(pieces)
    assert packed(made.getvalue()) == [by_itself(content)]
    assert zipfile.ZipFile(made).read("a.xml") == content
    assert made.getvalue() == zipped([("a.xml", content)])


def test_bytes_are_those_of_another_processor() -> None:
    # Packed by zlib-ng 1.1.0 of an emulated aarch64, and of an emulated x86-64 without SSE 4 and AVX.
    content = "".join(f'<c r="A{n}" s="{n % 7}"><v>{n * n % 9973}</v></c>' for n in range(50_000)).encode()
    (there,) = packed(zipped([("a.xml", content)]))
    assert hashlib.sha256(there).hexdigest() == "425f731f4fd752132e2a8c3169021e51f80339e2b25d90d39899d70565795beb"


def test_what_is_stored_is_stored() -> None:
    made = io.BytesIO()
    with ZipWriter(made) as archive:
        archive.writestr(entry("a", zipfile.ZIP_STORED), b"aaaa" * 1000)
    assert packed(made.getvalue()) == [b"aaaa" * 1000]


def test_an_entry_is_read_back_while_the_zip_is_written() -> None:
    with ZipWriter(io.BytesIO()) as archive:
        archive.writestr(entry("a"), b"uno")
        assert archive.read("a") == b"uno"


# --- whatever Python packs with ---------------------------------------------------------------------------


def unit_workbook(folder: Path) -> bytes:
    entity = folder / "entidad.xlsx"
    entity_workbook.write_entity_workbook(entity, entity_rows(2))
    entidad, path = open_entity(entity).entidad, folder / "EMB-LIMA.xlsx"
    workbook.write_unit_workbook(path, entidad, entidad.by_code["EMB-LIMA"], unit_rows(2)["EMB-LIMA"])
    return path.read_bytes()


def entity_book(folder: Path) -> bytes:
    entity_workbook.write_entity_workbook(folder / "entidad.xlsx", entity_rows(2))
    return (folder / "entidad.xlsx").read_bytes()


def libreoffice_addin(folder: Path) -> bytes:
    return extension.build(folder / "poa.oxt").read_bytes()


def excel_addin(_: Path) -> bytes:
    return xlam.addin()


@pytest.mark.slow
@pytest.mark.parametrize("made", [unit_workbook, entity_book, libreoffice_addin, excel_addin])
def test_files_are_the_same_where_python_packs_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, made: Callable[[Path], bytes]
) -> None:
    before, asked = made(tmp_path), list[int]()

    def other(kind: int, _: int | None = None) -> Any:
        asked.append(kind)
        return zlib.compressobj(1, zlib.DEFLATED, -15)

    monkeypatch.setattr(zipfile, "_get_compressor", other)
    assert made(tmp_path) == before
    assert asked  # it would have packed


# The sample's defects are made as other programs make them; what calamine is given to read is packed by nobody.
OF_OTHERS = {"sample/defects_files.py", "sample/defects_sheets.py"}


def zips(source: str) -> Iterator[str]:
    """Where a module writes a zip by itself, or has XlsxWriter do so."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        said = [ast.unparse(one) for one in (*node.args[1:], *(keyword.value for keyword in node.keywords))]
        writes = name == "ZipFile" and {"'w'", "'a'", "'x'"} & set(said) and "STORED" not in "".join(said)
        if writes or (name == "Workbook" and node.args):  # that of openpyxl is of no file
            yield ast.unparse(node)


def test_nothing_else_of_the_product_packs() -> None:
    modules = {path.relative_to(PRODUCT).as_posix(): path for path in PRODUCT.rglob("*.py")}
    found = {name: list(zips(path.read_text(encoding="utf-8"))) for name, path in modules.items()}
    assert {name for name, calls in found.items() if calls} == OF_OTHERS


@pytest.mark.parametrize(
    ("call", "packs"),
    [
        ('ZipFile(path, "w", ZIP_DEFLATED)', True),
        ('zipfile.ZipFile(path, mode="a")', True),
        ("Workbook(str(path), OPTIONS)", True),
        ("xlsxwriter.Workbook(made)", True),
        ("ZipFile(path)", False),
        ('zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)', False),
        ("ZipWriter(path)", False),
        ("StreamWorkbook(str(path), OPTIONS)", False),
        ("openpyxl.Workbook()", False),
    ],
)
def test_what_packs_is_known_by_its_call(call: str, packs: bool) -> None:
    assert bool(list(zips(call))) == packs
