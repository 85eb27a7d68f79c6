"""Every file of a folder is read or told; only what the computer leaves by itself is silent. A named file is read."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl import reading
from poa_xl.cli import poa_xl
from tests import campaign_books as books
from tests.places import at

pytestmark = pytest.mark.slow

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
FLAT = b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
SAVED_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bandeja").mkdir()
    return tmp_path / "bandeja"


def validated(path: Path) -> dict[str, set[str]]:
    """File -> its codes."""
    entity = books.entity_book(path.parent if path.is_dir() else path.parent.parent)
    _, output = run("validate", path, "--entity", entity, "--quarter", 2, "--format", "json")
    found: dict[str, set[str]] = {}
    for one in json.loads(output)["observaciones"]:
        found.setdefault(one["archivo"], set()).add(one["codigo"])
    return found


def zipped(name: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        import zipfile

        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "hola")

    return write


def of(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


REFUSED = [
    ("DGAA.numbers", zipped("Index/Document.iwa"), "LIB-002"),
    ("DGAA.et", of(OLE2), "LIB-002"),
    ("DGAA.fods", of(FLAT), "LIB-002"),
    ("DGAA.gsheet", of(b'{"url": "https://docs.google.com/spreadsheets/d/1", "doc_id": "1"}'), "LIB-006"),
    ("DGAA.csv", of(b"a;b\n1;2\n"), "LIB-006"),
    ("DGAA.ods", of(FLAT), "LIB-002"),
    ("DGAA.xls", of(OLE2), "LIB-002"),
    ("DGAA.xml", of(SAVED_2003), "LIB-002"),
    ("DGAA", of(OLE2), "LIB-002"),
    ("DGAA.xlsx.bak", of(OLE2), "LIB-002"),
    ("DGAA.rar", of(b"Rar!\x1a\x07\0"), "LIB-007"),
]


@pytest.mark.parametrize(("name", "write", "code"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_spreadsheet_of_another_kind_is_refused_alike_in_a_folder_and_by_its_name(
    folder: Path, name: str, write: Callable[[Path], object], code: str
) -> None:
    write(folder / name)
    assert code in validated(folder)[name]
    assert code in validated(folder / name)[name]


@pytest.mark.parametrize("name", ["CON-JJ.xltx", "CON-JJ", "CON-JJ.xlsx.bak", "CON-JJ.XLTX", "CON-JJ.datos"])
def test_a_good_book_is_read_alike_in_a_folder_and_by_its_name(folder: Path, name: str, tmp_path: Path) -> None:
    books.book(tmp_path / "CON-JJ.xlsx", "CON-JJ", {at("Presupuesto", "Fuente"): "99"})
    if name.lower().endswith(".xltx"):
        workbook = openpyxl.load_workbook(tmp_path / "CON-JJ.xlsx")
        workbook.template = True
        workbook.save(tmp_path / "CON-JJ.xlsx")
    shutil.copy(tmp_path / "CON-JJ.xlsx", folder / name)
    assert "PRE-008" in validated(folder)[name] == validated(folder / name)[name]


@pytest.mark.parametrize("name", ["carta.pdf", "nota.docx", "foto.jpg", "correo.eml", "LEAME", "lista.txt", "a.html"])
def test_what_is_no_spreadsheet_is_told_in_a_folder_and_stops_nothing(folder: Path, name: str) -> None:
    books.book(folder / "CON-JJ.xlsx", "CON-JJ")
    (zipped("word/document.xml") if name.endswith("docx") else of(b"hola, va el libro"))(folder / name)
    assert validated(folder)[name] == {"LIB-017"}
    code, output = run("receive", folder, "--campaign", books.campaign(folder.parent))
    assert (code, f"{name}  no se recibió" in output, "LIB-017" in output) == (0, True, True)


@pytest.mark.parametrize(
    "name",
    ["Thumbs.db", "desktop.ini", ".DS_Store", "~$CON-JJ.xlsx", "._CON-JJ.xlsx", ".~lock.CON-JJ.xlsx#", "~WRL0001.tmp"],
)
def test_litter_of_the_computer_is_silent(folder: Path, name: str) -> None:
    books.book(folder / "CON-JJ.xlsx", "CON-JJ")
    (folder / name).write_bytes(b"lo que deja el programa")
    assert name not in validated(folder)
    code, output = run("receive", folder, "--campaign", books.campaign(folder.parent))
    assert (code, name in output) == (0, False)


@pytest.mark.parametrize("name", ["~$CON-JJ.xlsx", ".CON-JJ.xlsx", "A1B2C3D4.tmp"])
def test_a_whole_book_under_the_name_of_a_temporary_or_hidden_file_is_told(folder: Path, name: str) -> None:
    books.book(folder / name, "CON-JJ")
    assert validated(folder)[name] == {"LIB-004"}


def test_folders_within_are_read_and_those_of_the_computer_are_not(folder: Path) -> None:
    books.book(folder / "julio" / "tarde" / "CON-JJ.xlsx", "CON-JJ")
    for hidden in ("__MACOSX", "julio/__MACOSX"):
        books.book(folder / hidden / "CON-JJ.xlsx", "CON-JJ")
    books.book(folder / ".papelera" / "CG-SP.xlsx", "CG-SP")
    read, aside = reading.list_files(folder)
    assert [p.relative_to(folder).as_posix() for p in read] == ["julio/tarde/CON-JJ.xlsx"]
    assert [p.relative_to(folder).as_posix() for p in aside] == [".papelera"]
    assert validated(folder)[".papelera"] == {"LIB-004"}


def test_a_book_without_an_ending_is_kept_as_one_that_opens(folder: Path) -> None:
    place = books.campaign(folder.parent)
    books.book(folder / "CON-JJ", "CON-JJ")
    assert run("receive", folder, "--campaign", place)[0] == 0
    (kept,) = (place / "entregas" / "CON-JJ").iterdir()
    assert kept.suffix == ".xlsx"


def test_of_identical_copies_received_together_one_is_kept_and_the_others_are_told(folder: Path) -> None:
    place = books.campaign(folder.parent)
    content = books.book(folder / "CON-JJ.xlsx", "CON-JJ").read_bytes()
    for name in ("CON-JJ (1).xlsx", "CON-JJ-PC-02.xlsx"):
        (folder / name).write_bytes(content)
    code, output = run("receive", folder, "--campaign", place)
    assert (code, output.count("ya se recibió el"), "2 ya recibidos" in output) == (0, 2, True)
    assert len(list((place / "entregas" / "CON-JJ").iterdir())) == 1


@pytest.mark.parametrize("litter", [(), ("Thumbs.db",), ("notas.txt",)])
def test_a_folder_without_a_book_is_told_when_it_is_received(tmp_path: Path, litter: tuple[str, ...]) -> None:
    place, empty = books.campaign(tmp_path), tmp_path / "vacia"
    empty.mkdir()
    for name in litter:
        (empty / name).write_text("x")
    full = books.book(tmp_path / "CON-JJ.xlsx", "CON-JJ")
    code, output = run("receive", empty, full, "--campaign", place)
    assert (code, output.count("ENT-003"), "No hay ningún libro en «vacia»." in output) == (1, 1, True), output
    assert "1 aceptado" in output
    assert "vacia  no se recibió" not in output
    assert f"{1 + (litter == ('notas.txt',))} archivo" in output
    assert "ENT-003" not in run("receive", full, "--campaign", place)[1]
