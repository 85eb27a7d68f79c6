"""The .xlam and the .xlsm: their parts against those that xlwings ships, and that other programs read them."""

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
import xlwings

from poa_xl import vba
from poa_xl.addins.excel import xlam
from poa_xl.functions.registry import FUNCTIONS
from poa_xl.names import XLWINGS_SETTINGS, XLWINGS_SHEET
from poa_xl.vba import MACROS, project
from tests.libreoffice import LibreOffice
from tests.test_docs import english, run

pytestmark = pytest.mark.slow

XLWINGS = Path(xlwings.__file__).parent
BIN = ("bin", "application/vnd.ms-office.vbaProject")


def package(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part -> content type, also of the parts that have theirs by their extension."""
    root = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    defaults = {e.get("Extension"): e.get("ContentType") for e in root if e.get("Extension")}
    named = {e.get("PartName", "").lstrip("/"): e.get("ContentType", "") for e in root if e.get("PartName")}
    parts = [name for name in archive.namelist() if name != "[Content_Types].xml"]
    return {name: named.get(name) or defaults[name.rpartition(".")[2]] or "" for name in parts}


def relationships(archive: zipfile.ZipFile) -> dict[str, set[tuple[str, str]]]:
    """Part of relationships -> the kinds and targets in it."""
    return {
        name: {(e.get("Type", ""), e.get("Target", "")) for e in ElementTree.fromstring(archive.read(name))}
        for name in archive.namelist()
        if name.endswith(".rels")
    }


def test_the_addin_has_the_parts_of_the_addin_that_xlwings_ships_and_a_ribbon() -> None:
    with package(xlam.addin()) as ours, zipfile.ZipFile(XLWINGS / "quickstart_addin_ribbon.xlam") as theirs:
        assert content_types(ours) == content_types(theirs)
        assert content_types(ours)["xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
        own, other = relationships(ours), relationships(theirs)
        assert own["xl/_rels/workbook.xml.rels"] == other["xl/_rels/workbook.xml.rels"]
        # The one difference that is meant: the kind of the ribbon part is the one that belongs to its namespace.
        changed = {(kind.replace("office/2007/", "office/2006/"), target) for kind, target in other["_rels/.rels"]}
        assert own["_rels/.rels"] == changed
        for archive in (ours, theirs):
            workbook = archive.read("xl/workbook.xml").decode()
            assert 'codeName="ThisWorkbook"' in workbook
            assert '<workbookView visibility="hidden"' in workbook
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
            assert f'codeName="{project.ADDIN_SHEET}"' in sheet


def test_the_trial_workbook_has_the_parts_of_the_workbook_that_xlwings_ships() -> None:
    with package(xlam.trial()) as ours, zipfile.ZipFile(XLWINGS / "quickstart_standalone.xlsm") as theirs:
        assert content_types(ours) == content_types(theirs)
        assert relationships(ours) == relationships(theirs)
        names = [re.findall(r'codeName="(\w+)"', archive.read(part).decode())
                 for archive in (ours, theirs)
                 for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")]  # fmt: skip
        assert names[0] == ["ThisWorkbook"]
        assert names[1:3] == names[4:6] == [["Sheet1"], ["Sheet2"]]


@pytest.mark.parametrize("addin", [True, False])
def test_the_settings_stand_where_the_module_looks_and_name_no_interpreter(addin: bool) -> None:
    content = as_workbook(xlam.addin()) if addin else xlam.trial()  # openpyxl opens no add-in
    sheet = openpyxl.load_workbook(io.BytesIO(content), keep_vba=True)[XLWINGS_SHEET]
    assert [(row[0].value, row[1].value) for row in sheet["A1:B2"]] == list(XLWINGS_SETTINGS)
    assert (sheet.max_row, sheet.max_column) == (2, 2)
    assert not any("INTERPRETER" in name.upper() for name, _ in XLWINGS_SETTINGS)
    assert dict(XLWINGS_SETTINGS)["ADD_WORKBOOK_TO_PYTHONPATH"] == "false"


def as_workbook(content: bytes) -> bytes:
    """The add-in as an ordinary workbook with macros: only what it says of itself is changed."""
    changed = io.BytesIO()
    with package(content) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "[Content_Types].xml":
                assert data.count(b"ms-excel.addin.") == 1
                data = data.replace(b"ms-excel.addin.", b"ms-excel.sheet.")
            new.writestr(entry, data)
    return changed.getvalue()


def test_the_ribbon_calls_macros_of_the_project_in_spanish() -> None:
    with package(xlam.addin()) as archive:
        ribbon = ElementTree.fromstring(archive.read("customUI/customUI.xml"))
    buttons = [e for e in ribbon.iter() if e.tag.endswith("}button")]
    assert [b.get("label") for b in buttons] == ["Validar", "Preparar entrega"]
    source = (Path(vba.__file__).parent / "addin.bas").read_text(encoding="ascii")
    for button, macro in zip(buttons, MACROS.values(), strict=True):
        module, _, name = button.get("onAction", "").partition(".")
        assert module == project.ADDIN_MODULE
        assert re.search(
            rf"^Public Sub {name}\(control As IRibbonControl\)\n    {macro}\nEnd Sub$", source, re.MULTILINE
        )


def test_the_trial_workbook_says_what_each_function_must_give_and_caches_nothing() -> None:
    content = xlam.trial()
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    typed = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = range(3, typed.max_row + 1)
    assert len(rows) == len(xlam.TRIALS) >= 8
    expected = [shown.cell(row, 2).value for row in rows]
    assert expected[:4] == [75, 25, 23, pytest.approx(4600 / 33)]
    assert expected[4:6] == ["Satisfactorio", "verde"]
    assert "logrado" in expected[6]
    assert all(shown.cell(row, 3).value in (None, "") for row in rows)
    assert [typed.cell(row, 1).value.replace(";", ",") for row in rows] == [typed.cell(row, 3).value for row in rows]
    assert {name for name, _ in xlam.TRIALS} < {f.name for f in FUNCTIONS}


def test_two_builds_give_the_same_bytes_and_leave_nothing_else(tmp_path: Path) -> None:
    one, two = xlam.build(tmp_path / "a"), xlam.build(tmp_path / "b")
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["poa_xl-prueba.xlsm", "poa_xl.xlam"]


def test_the_command_says_what_it_wrote_and_how_to_go_on(tmp_path: Path) -> None:
    done = run(["addin", "build", "desktop", "-o", "complemento"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Se escribieron complemento/poa_xl.xlam y complemento/poa_xl-prueba.xlsm." in done.stdout.replace("\\", "/")
    assert (tmp_path / "complemento" / "poa_xl.xlam").read_bytes() == xlam.addin()
    for command in ("build", "install", "uninstall", "status"):
        page = run(["addin", command, "--help"], tmp_path).stdout
        assert f"poa-xl addin {command}" in page.partition("Ejemplo:")[2]
        assert english(page) == []


@pytest.mark.libreoffice
def test_libreoffice_opens_the_trial_workbook_and_the_addin_as_a_workbook(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """LibreOffice opens no file that says to be an Excel add-in, whoever made it; so this one says to be a workbook."""
    (tmp_path / "p.xlsm").write_bytes(xlam.trial())
    trial = libreoffice.recalculate(tmp_path / "p.xlsm")
    assert list(trial) == ["Prueba", XLWINGS_SHEET]
    assert trial["Prueba"]["C3"].formula == "=EFICACIA(3;4)"
    (tmp_path / "a.xlsm").write_bytes(as_workbook(xlam.addin()))
    assert libreoffice.recalculate(tmp_path / "a.xlsm") == {XLWINGS_SHEET: {}}
    for name, content in (("nuestro", xlam.addin()), ("suyo", (XLWINGS / "quickstart_addin.xlam").read_bytes())):
        (tmp_path / f"{name}.xlam").write_bytes(content)
        with pytest.raises(RuntimeError, match="could not open"):
            libreoffice.recalculate(tmp_path / f"{name}.xlam")
