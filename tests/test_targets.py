"""What `consolidate` may write over: a master of its own, unless that would lose something newer."""

import datetime as dt
import shutil
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from xlsxwriter import Workbook

from poa_xl import names, reading
from poa_xl.cli import poa_xl
from poa_xl.reading.provenance import Origin, numbers
from poa_xl.writers.xlsx.provenance import stamp
from tests import campaign_books as books
from tests.libreoffice import LibreOffice

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one workbook, its entity beside it, and the master of it."""
    place = tmp_path_factory.mktemp("destinos")
    books.entity_book(place)
    books.book(place / "entregas" / "DGRB.xlsx", "DGRB")
    done = consolidate(place, place / "maestro.xlsx")
    assert done.exit_code == 0, done.output
    return place


@pytest.fixture
def master(sent: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sent / "maestro.xlsx", tmp_path / "maestro.xlsx"))


def consolidate(sent: Path, target: Path, *more: str, quarter: int = 2) -> Result:
    order = ["consolidate", str(sent / "entregas"), "--quarter", str(quarter), "-o", str(target), *more]
    return CliRunner().invoke(poa_xl, order)


def said_by(path: Path) -> Origin:
    return reading.File(path).origin


def test_a_master_says_what_it_is_and_of_which_period(master: Path) -> None:
    origin = said_by(master)
    assert (origin.documento, origin.periodo, origin.saved) == (names.MASTER_VALUE, (2024, 2), False)
    assert origin.version
    assert reading.File(master).is_master


def test_a_master_takes_the_place_of_the_one_before(sent: Path, master: Path) -> None:
    before = master.read_bytes()
    done = consolidate(sent, master)
    assert (done.exit_code, done.stderr) == (0, "")
    assert master.read_bytes() == before
    assert list(master.parent.iterdir()) == [master]


def refused(sent: Path, target: Path, because: str) -> None:
    before = target.read_bytes()
    done = consolidate(sent, target)
    assert done.exit_code == 2
    assert because in " ".join(done.stderr.split())
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_a_workbook_of_a_person_is_never_replaced_not_even_by_force(sent: Path, tmp_path: Path) -> None:
    target = books.book(tmp_path / "x" / "DGRB.xlsx", "DGRB")
    refused(sent, target, "no es un libro maestro")
    assert consolidate(sent, target, "--force").exit_code == 2


def test_a_master_that_a_person_saved_with_openpyxl_or_a_macro_is_replaced_by_force_only(
    sent: Path, master: Path
) -> None:
    made = master.read_bytes()
    workbook = openpyxl.load_workbook(master)
    workbook["Portada"]["H1"] = "Visto bueno: Ana"
    workbook.save(master)
    refused(sent, master, "alguien lo guardó después")
    assert consolidate(sent, master, "--force").exit_code == 0
    assert master.read_bytes() == made


def rewritten(path: Path, without: str = "", **changes: tuple[bytes, bytes]) -> None:
    """The same package with parts changed (by the end of their names, before the dot), and none of its dates."""
    with zipfile.ZipFile(path) as archive:
        parts = {info: archive.read(info) for info in archive.infolist() if info.filename != without}
    with zipfile.ZipFile(path, "w") as archive:
        for info, content in parts.items():
            old, new = changes.get(info.filename.rpartition("/")[2].partition(".")[0], (b"", b""))
            assert old in content
            archive.writestr(info, content.replace(old, new, 1) if old else content)


@pytest.mark.parametrize("without", ["", "docProps/core.xml", "docProps/app.xml"])
def test_a_change_is_seen_whatever_the_program_says_of_who_saved_it_and_when(
    sent: Path, master: Path, without: str
) -> None:
    rewritten(master, without, sheet1=(b"</sheetData>", b'<row r="900"><c r="A900"><v>1</v></c></row></sheetData>'))
    refused(sent, master, "alguien lo guardó después")


def test_the_same_content_in_another_zip_is_not_taken_for_a_change(sent: Path, master: Path) -> None:
    rewritten(master)
    assert not said_by(master).saved
    assert consolidate(sent, master).exit_code == 0


def test_the_seal_changes_no_other_part_and_the_package_stays_whole(master: Path) -> None:
    with zipfile.ZipFile(master) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist())) > 40
    assert openpyxl.load_workbook(master)["Portada"]["A1"].value


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("leads", [True, False])
def test_nothing_is_written_through_a_link(sent: Path, master: Path, leads: bool) -> None:
    link = master.with_name("enlace.xlsx")
    link.symlink_to(master if leads else master.with_name("nada.xlsx"))
    before = master.read_bytes()
    done = consolidate(sent, link)
    assert (done.exit_code, master.read_bytes(), link.is_symlink()) == (2, before, True)
    assert "es un enlace" in done.stderr


def test_a_master_marked_as_read_only_stays(sent: Path, master: Path) -> None:
    master.chmod(0o444)
    before = master.read_bytes()
    done = consolidate(sent, master, "--force")
    assert (done.exit_code, master.read_bytes()) == (2, before)
    assert "solo lectura" in done.stderr


@pytest.mark.libreoffice
def test_a_master_that_a_person_saved_with_libreoffice_is_not_replaced(
    sent: Path, master: Path, libreoffice: LibreOffice
) -> None:
    libreoffice.save_as_xlsx(master, master)
    assert said_by(master).documento == names.MASTER_VALUE
    refused(sent, master, "alguien lo guardó después")


@pytest.mark.libreoffice
def test_a_master_that_is_open_in_libreoffice_stays_and_the_new_one_has_a_second_name(
    sent: Path, master: Path, libreoffice: LibreOffice
) -> None:
    before = master.read_bytes()
    with libreoffice.holding(master):
        done = consolidate(sent, master)
    assert done.exit_code == 0
    second = master.with_name("maestro (2).xlsx")
    assert str(second) in done.stdout
    assert "está abierto" in done.stderr
    assert (master.read_bytes(), second.read_bytes()) == (before, before)


def test_a_master_of_a_later_quarter_is_not_replaced_by_an_earlier_one(sent: Path, master: Path) -> None:
    before = master.read_bytes()
    done = consolidate(sent, master, quarter=1)
    assert (done.exit_code, master.read_bytes()) == (2, before)
    assert "2T de 2024" in done.stderr
    assert "1T de 2024" in done.stderr


def test_a_master_of_a_newer_program_is_not_replaced(sent: Path, tmp_path: Path) -> None:
    target = tmp_path / "maestro.xlsx"
    with Workbook(str(target)) as workbook:
        workbook.add_worksheet()
        workbook.set_properties({"created": dt.datetime(2024, 6, 30, tzinfo=dt.UTC)})
        stamp(workbook, names.MASTER_VALUE, (2024, 2))
        name = next(p for p in workbook.custom_properties if p[0] == names.VERSION_PROPERTY)
        workbook.custom_properties[workbook.custom_properties.index(name)] = (name[0], "99.0.1", *name[2:])
    assert said_by(target).version == (99, 0, 1)
    refused(sent, target, "versión más nueva de poa-xl (99.0.1)")


@pytest.mark.parametrize("custom", ["", "<a", "<Properties/>", "<!DOCTYPE x><Properties/>", "<p>" * 500])
def test_a_file_whose_properties_make_no_sense_is_of_nobody(tmp_path: Path, custom: str) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("docProps/custom.xml", custom)
    assert said_by(path) == Origin()


@pytest.mark.parametrize(
    ("text", "version"), [("0.1.0", (0, 1, 0)), ("0.10", (0, 10)), ("", ()), ("1.x", ()), ("²", ())]
)
def test_versions_are_compared_as_numbers(text: str, version: tuple[int, ...]) -> None:
    assert numbers(text) == version
