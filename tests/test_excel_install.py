"""Installing for desktop Excel in a profile of its own, and what the status can find wrong."""

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings
from click.testing import CliRunner

import poa_xl
from poa_xl.addins.excel import commands, diagnosis, installation, probes, xlam
from poa_xl.addins.excel.installation import Places
from poa_xl.addins.excel.probes import ASR_RULE, Facts
from poa_xl.addins.status import Check
from poa_xl.cli import poa_xl as orders
from poa_xl.errors import PoaError
from poa_xl.messages.addins import CHECKS
from tests.test_docs import run

pytestmark = pytest.mark.slow

WINDOWS = installation.WINDOWS
PYTHON = r"C:\Users\Begoña Núñez\poa\Scripts\python.exe"
VERSION = xlwings.__version__


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user, as Windows gives it."""
    home = tmp_path / "Begoña Núñez"
    home.mkdir()
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("APPDATA", str(home / "AppData" / "Roaming"))
    return home


@pytest.fixture
def at(profile: Path) -> Places:
    return installation.places(system=WINDOWS)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# --- installing -------------------------------------------------------------------------------------------


def test_install_puts_two_files_into_the_profile_and_nothing_else(profile: Path, tmp_path: Path) -> None:
    said = commands.install(WINDOWS)
    assert set(snapshot(tmp_path)) == {
        "Begoña Núñez/.xlwings/xlwings.conf",
        "Begoña Núñez/AppData/Roaming/Microsoft/Excel/XLSTART/poa_xl.xlam",
    }
    assert (profile / "AppData/Roaming/Microsoft/Excel/XLSTART/poa_xl.xlam").read_bytes() == xlam.addin()
    assert (profile / ".xlwings/xlwings.conf").read_text("cp1252") == f'"INTERPRETER_WIN","{sys.executable}"\n'
    assert "=POA_VERSION()" in said
    assert "poa-xl addin status desktop" in said


def test_installing_again_changes_nothing_and_uninstalling_leaves_the_profile_as_it_was(profile: Path) -> None:
    commands.install(WINDOWS)
    once = snapshot(profile)
    commands.install(WINDOWS)
    assert snapshot(profile) == once
    commands.uninstall(WINDOWS)
    assert snapshot(profile) == {}
    assert not (profile / ".xlwings").exists()
    assert "Se quitó" in commands.uninstall(WINDOWS)


def test_the_settings_are_written_as_visual_basic_reads_them(at: Places) -> None:
    """Two quoted texts a line, in the code page of Windows, lines ended as there."""
    installation.install(at, PYTHON)
    assert at.settings.read_bytes() == f'"INTERPRETER_WIN","{PYTHON}"\r\n'.encode("cp1252")


def test_what_others_noted_stays_and_comes_back(at: Places) -> None:
    theirs = b'"LICENSE_KEY","abc, d"\r\n"interpreter_win","C:\\Python\\python.exe"\r\n'
    at.settings.parent.mkdir()
    at.settings.write_bytes(theirs)
    installation.install(at, PYTHON)
    settings = installation.read_settings(at.settings)
    assert installation.value(settings, "Interpreter_Win") == PYTHON
    assert installation.value(settings, "LICENSE_KEY") == "abc, d"
    installation.install(at, r"C:\otro\python.exe")
    installation.uninstall(at)
    assert installation.read_settings(at.settings) == [
        ("LICENSE_KEY", "abc, d"),
        ("INTERPRETER_WIN", r"C:\Python\python.exe"),
    ]


def test_a_path_that_excel_cannot_read_is_refused_before_anything_is_written(profile: Path, at: Places) -> None:
    with pytest.raises(PoaError, match="letras que Excel no puede leer"):
        installation.install(at, r"C:\Users\Иван\python.exe")
    assert snapshot(profile) == {}


@pytest.mark.parametrize("order", [installation.install, installation.uninstall])
def test_an_addin_in_use_asks_to_close_excel(
    order: Callable[[Places], None], at: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace" if order is installation.install else "unlink", deny)
    monkeypatch.setattr(xlam, "put", lambda *_: deny())
    at.settings.parent.mkdir(parents=True)
    at.settings.write_text(f'"INTERPRETER_WIN","{sys.executable}"\n')
    with pytest.raises(PoaError, match="Cierre Excel"):
        order(at)


def test_on_another_system_nothing_is_changed_and_it_is_said(profile: Path, tmp_path: Path) -> None:
    for command in ("install", "uninstall"):
        done = run(["addin", command, "desktop"], tmp_path)
        assert (done.returncode, "solo en Windows" in done.stderr) == (3, True)
    assert snapshot(tmp_path) == {}
    done = run(["addin", "status", "desktop"], tmp_path)
    assert (done.returncode, "Esta computadora no es Windows." in done.stdout) == (0, True)


def test_without_the_folders_of_the_user_it_says_what_is_missing() -> None:
    with pytest.raises(PoaError, match="USERPROFILE y APPDATA"):
        installation.places({"USERPROFILE": r"C:\Users\x"}, WINDOWS)


# --- diagnosis, from data ---------------------------------------------------------------------------------

WELL = Facts(
    interpreter=PYTHON,
    interpreter_exists=True,
    libraries=frozenset({"xlwings64-1.dll", "xlwings32-1.dll"}),
    addin=r"C:\x\poa_xl.xlam",
    addin_version="1",
    xlwings_version="1",
    functions_version="0.1",
    failure="",
    from_the_web=(),
    macro_setting=2,
    child_processes=None,
)
FAULTS = {
    "excel.sin-complemento": (WELL._replace(addin_version=""), r"falta C:\x\poa_xl.xlam"),
    "excel.sin-interprete": (WELL._replace(interpreter="", interpreter_exists=False), "addin install desktop"),
    "excel.interprete-movido": (WELL._replace(interpreter_exists=False), PYTHON),
    "excel.no-importa": (
        WELL._replace(functions_version="", xlwings_version="", failure="No module named 'poa_xl'"),
        "«No module named 'poa_xl'»",
    ),
    "excel.otra-version": (
        WELL._replace(xlwings_version="2", libraries=frozenset({"xlwings64-1.dll", "xlwings32-1.dll"})),
        "pide xlwings 1 y está instalado xlwings 2",
    ),
    "excel.sin-biblioteca": (WELL._replace(libraries=frozenset({"xlwings32-1.dll"})), "Falta xlwings64-1.dll en C:"),
    "excel.de-la-web": (WELL._replace(from_the_web=("DGP.xlsm", "A.xlsm")), "por correo: DGP.xlsm, A.xlsm."),
    "excel.macros-apagadas": (WELL._replace(macro_setting=4), "VBAWarnings = 4"),
    "excel.sin-procesos": (WELL._replace(child_processes=1), ASR_RULE),
}


def faults(facts: Facts) -> list[Check]:
    return [check for check in diagnosis.checks(facts) if not check.ok]


def key_of(check: Check) -> str:
    return next(key for key, message in CHECKS.items() if message is check.message)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_alone_and_told_with_its_details(fault: str) -> None:
    facts, words = FAULTS[fault]
    found = faults(facts)
    assert [key_of(check) for check in found] == [fault]
    said = " ".join(found[0].lines)
    assert words in said
    assert "{" not in said


def test_every_diagnosis_is_raised_by_a_test() -> None:
    assert FAULTS.keys() | {"excel.no-windows"} == {key for key in CHECKS if key.startswith("excel.")}
    assert [key_of(check) for check in diagnosis.not_windows()] == ["excel.no-windows"]


def test_where_all_is_well_every_check_says_so() -> None:
    found = diagnosis.checks(WELL)
    assert len(found) == 8
    assert all(check.ok and check.message is None and check.lines == [] for check in found)
    for setting in (None, 1, 2):
        assert faults(WELL._replace(macro_setting=setting)) == []
    for state in (None, 0, 2):
        assert faults(WELL._replace(child_processes=state)) == []


def test_the_other_values_that_stop_excel_are_found_too() -> None:
    assert [key_of(c) for c in faults(WELL._replace(macro_setting=3))] == ["excel.macros-apagadas"]
    assert [key_of(c) for c in faults(WELL._replace(child_processes=6))] == ["excel.sin-procesos"]
    missing = faults(WELL._replace(libraries=frozenset({"xlwings64-1.dll"})))
    assert "xlwings32-1.dll" in missing[0].lines[0]


# --- probes -----------------------------------------------------------------------------------------------


def test_a_mark_of_the_web_is_told_from_other_marks() -> None:
    assert probes.from_the_web("[ZoneTransfer]\nZoneId=3\nHostUrl=https://correo.ejemplo.bo/\n")
    assert probes.from_the_web("[ZoneTransfer]\r\nZoneId=4\r\n")
    assert not probes.from_the_web("[ZoneTransfer]\nZoneId=2\n")
    assert not probes.from_the_web(None)


def test_the_rule_of_defender_is_read_from_either_policy() -> None:
    assert probes.child_processes("1", None) == 1
    assert probes.child_processes(None, f"56a863a9-875e-4185-98a7-b882c64b5ce5=2|{ASR_RULE.lower()}=6") == 6
    assert probes.child_processes("0", f"{ASR_RULE}=1") == 0
    assert probes.child_processes(None, None) is None
    assert probes.child_processes(None, "56a863a9-875e-4185-98a7-b882c64b5ce5=1") is None


def test_an_interpreter_says_its_versions_or_why_it_cannot() -> None:
    assert probes.ask(sys.executable) == (VERSION, poa_xl.__version__, "")
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(sys._base_executable)"], capture_output=True, text=True
    )
    versions = probes.ask(bare.stdout.strip())
    assert versions[:2] == ("", "")
    assert versions[2].startswith("ModuleNotFoundError: No module named")
    assert probes.ask("/no/such/python")[2]


def python_with_libraries(folder: Path) -> Path:
    """An environment as pip leaves it on Windows: Python in Scripts, xlwings' libraries above."""
    scripts = folder / "Scripts"
    scripts.mkdir(parents=True)
    for bits in (64, 32):
        (folder / f"xlwings{bits}-{VERSION}.dll").touch()
    python = scripts / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    return python


def test_after_installing_the_status_finds_nothing_wrong(
    at: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.install(at, str(python_with_libraries(tmp_path / "poa")))
    found = commands.status(WINDOWS, tmp_path)
    assert [(check.name, check.lines) for check in found if not check.ok] == []
    assert len(found) == 8


def test_the_status_of_an_empty_profile_and_of_a_moved_python(at: Places, tmp_path: Path) -> None:
    empty = commands.status(WINDOWS, tmp_path)
    assert {key_of(c) for c in empty if not c.ok} == {"excel.sin-complemento", "excel.sin-interprete"}
    python = python_with_libraries(tmp_path / "poa")
    installation.install(at, str(python))
    (tmp_path / "poa" / f"xlwings64-{VERSION}.dll").unlink()
    assert [key_of(c) for c in commands.status(WINDOWS, tmp_path) if not c.ok] == ["excel.sin-biblioteca"]
    python.unlink()
    assert [key_of(c) for c in commands.status(WINDOWS, tmp_path) if not c.ok] == ["excel.interprete-movido"]


def test_the_version_of_the_module_is_read_from_the_addin(at: Places) -> None:
    assert probes.module_version(at.addin) == ""
    xlam.install(at.addin)
    assert probes.module_version(at.addin) == VERSION


def test_files_that_came_by_mail_are_named(at: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark itself is a stream of NTFS; here it is given."""
    (tmp_path / "DGP.xlsm").touch()
    (tmp_path / "hoja.xlsx").touch()
    monkeypatch.setattr(probes, "_zone", lambda path: "ZoneId=3" if path.suffix == ".xlsm" else None)
    assert probes.look(at, tmp_path).from_the_web == (str(tmp_path / "DGP.xlsm"),)


def test_where_there_is_no_windows_nothing_is_made_up(at: Places, tmp_path: Path) -> None:
    facts = probes.look(at, tmp_path)
    assert (facts.macro_setting, facts.child_processes, facts.from_the_web) == (None, None, ())


def test_the_command_ends_with_1_where_something_stops_the_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for facts, code, word in ((WELL, 0, "bien"), (FAULTS["excel.sin-procesos"][0], 1, "mal")):
        monkeypatch.setattr(commands, "status", lambda facts=facts: diagnosis.checks(facts))
        done = CliRunner().invoke(orders, ["addin", "status", "desktop"])
        assert (done.exit_code, f"  {word:<5} Defender" in done.output) == (code, True)
    monkeypatch.setattr(commands, "status", lambda: diagnosis.checks(FAULTS["excel.sin-complemento"][0]))
    done = CliRunner().invoke(orders, ["addin", "status", "desktop"])
    assert (done.exit_code, "  aviso Complemento" in done.output) == (0, True)
