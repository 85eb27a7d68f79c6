"""Installing, diagnosing and uninstalling the extension, with LibreOffice's own tools in a profile of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import poa_xl
from poa_xl import office_programs
from poa_xl.addins.libreoffice import command_file, commands, diagnosis, extension, installation
from poa_xl.addins.libreoffice.manifest import IDENTIFIER, MINIMUM
from poa_xl.errors import PoaError
from poa_xl.messages import addins

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("install")]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the note lies in this test, whatever the system."""
    for variable in ("XDG_CONFIG_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "ajustes"))
    return tmp_path / "ajustes"


@pytest.fixture
def home(settings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A person with a home of her own, as whom LibreOffice's tools run: unopkg refuses to serve root."""
    try:
        installation.version()
    except PoaError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"LibreOffice is needed on CI: {reason}")
        pytest.skip(f"needs LibreOffice: {reason}")
    with tempfile.TemporaryDirectory(prefix="poa-xl-") as name:
        Path(name).chmod(0o777)
        _tools_run_for(Path(name), monkeypatch)
        yield Path(name)


def _tools_run_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person: dict[str, Any] = {}
    if getattr(os, "geteuid", lambda: 1)() == 0:
        import pwd

        nobody = pwd.getpwnam("nobody")
        person = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def run(arguments: list[str], folder: str | None = None) -> subprocess.CompletedProcess[str]:
        if folder:
            Path(folder).chmod(0o755)  # the person reads the file that is handed over
        environment = {"PATH": os.defpath, "HOME": str(home)}
        return subprocess.run(arguments, cwd=home, env=environment, capture_output=True, text=True, **person)

    monkeypatch.setattr(installation, "_run", run)


def wrong(checks: list[diagnosis.Check]) -> list[str]:
    return [line for check in checks if not check.ok for line in check.lines]


def test_install_status_and_uninstall_again_and_again(home: Path, settings: Path) -> None:
    without = diagnosis.status()
    assert [check.ok for check in without] == [True, False, False]
    for _ in range(2):
        assert "Se instaló" in commands.install()
    listed = installation._run([str(installation.tool(("unopkg",))), "list"]).stdout
    assert listed.count(f"Identifier: {IDENTIFIER}") == 1
    assert f"Version: {poa_xl.__version__}" in listed
    # The extension, its types, its three configurations, its two components.
    assert listed.count("is registered: yes") == 7
    assert command_file.read() == [sys.executable, "-P", "-m", "poa_xl.cli"]
    assert [(check.ok, check.lines) for check in commands.status()] == [(True, [])] * 3
    assert commands.uninstall() == "Se quitó el complemento de LibreOffice."
    assert installation.installed() is None
    assert not command_file.path().parent.exists()
    assert commands.uninstall() == "El complemento no estaba instalado en LibreOffice."
    assert [check.ok for check in diagnosis.status()] == [True, False, False]


def test_an_extension_of_another_version_is_noticed_and_replaced(home: Path, tmp_path: Path) -> None:
    old = _variant(tmp_path, f'<version value="{poa_xl.__version__}"/>', '<version value="0.0.1"/>', home)
    assert installation._run(installation.command(old)).returncode == 0
    assert "El complemento es la versión 0.0.1" in " ".join(wrong(diagnosis.status()))
    installation.install()
    assert wrong(diagnosis.status()) == []


def test_libreoffice_itself_refuses_an_extension_that_asks_for_a_newer_one(home: Path, tmp_path: Path) -> None:
    """What a LibreOffice below the minimum tells a person who opens the file, seen from the other side."""
    newer = _variant(tmp_path, MINIMUM, "99.9", home)
    done = installation._run(installation.command(newer))
    assert done.returncode != 0
    assert "unsatisfied dependencies" in done.stderr
    assert installation.installed() is None


def _variant(folder: Path, old: str, new: str, home: Path) -> Path:
    """The extension with other words in its description."""
    built = extension.build(folder)
    target = home / extension.OXT_FILE
    with zipfile.ZipFile(built) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "description.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            copy.writestr(name, data)
    target.chmod(0o644)
    return target


# --- without a real LibreOffice ---------------------------------------------------------------------------


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Path) -> Path:
    """A folder of programs that stands for all that is on the path and in the usual places."""
    folder = tmp_path / "programas"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(office_programs, "_folders", list)
    return folder


def _program(folder: Path, name: str, says: str, code: int = 0) -> None:
    script = folder / name
    script.write_text(f"#!{sys.executable}\nimport sys\nprint({says!r})\nsys.exit({code})\n", encoding="utf-8")
    script.chmod(0o755)


def test_without_libreoffice_the_way_out_is_said(programs: Path) -> None:
    with pytest.raises(PoaError, match=r"Instale LibreOffice 25\.2"):
        installation.install()
    assert "Instale LibreOffice 25.2 o una más nueva." in wrong(diagnosis.status())


@pytest.mark.parametrize("version", ["24.8.7.2", "7.4.7.2", "25.1.9"])
def test_a_libreoffice_that_is_too_old_is_refused_before_anything_is_done(programs: Path, version: str) -> None:
    _program(programs, "soffice", f"LibreOffice {version} 480(Build:2)")
    with pytest.raises(PoaError, match=f"Este LibreOffice es {version}.*Actualice"):
        installation.install()
    assert command_file.read() is None
    assert f"Este LibreOffice es {version}" in " ".join(wrong(diagnosis.status()))


@pytest.mark.parametrize("version", ["25.2.3.2", "25.8.1", "26.2.0.1"])
def test_the_minimum_and_newer_ones_are_taken(programs: Path, version: str) -> None:
    _program(programs, "soffice", f"LibreOffice {version} 520(Build:2)")
    _program(programs, "unopkg", "")
    installation.install()
    assert command_file.read() == installation.own_command()


def test_what_unopkg_refuses_is_told_and_nothing_is_noted(programs: Path) -> None:
    _program(programs, "soffice", "LibreOffice 25.2.3.2")
    _program(programs, "unopkg", "ERROR: locked", code=1)
    with pytest.raises(PoaError, match="LibreOffice dijo: ERROR: locked"):
        installation.install()
    assert command_file.read() is None


def test_a_unopkg_that_does_not_list_is_told_and_never_taken_for_nothing_installed(programs: Path) -> None:
    _program(programs, "soffice", "LibreOffice 25.2.3.2")
    _program(programs, "unopkg", "ERROR: Cannot run unopkg as root", code=255)
    with pytest.raises(PoaError, match=r"no dijo qué complementos tiene.*as root"):
        installation.uninstall()
    assert "No se sabe si LibreOffice tiene el complemento" in " ".join(wrong(diagnosis.status()))


def test_a_libreoffice_that_does_not_say_its_version_is_told(programs: Path) -> None:
    _program(programs, "soffice", "javaldx: nothing")
    with pytest.raises(PoaError, match=r"no dijo qué versión es.*javaldx: nothing"):
        installation.install()


# --- the note ---------------------------------------------------------------------------------------------


def checked_command() -> str:
    return " ".join(diagnosis._command().lines)


def test_status_says_what_is_wrong_with_the_command_of_the_menu(settings: Path, tmp_path: Path) -> None:
    assert f"falta {command_file.path()}" in checked_command()
    command_file.write([str(tmp_path / "no-hay")])
    assert f"llama a {tmp_path / 'no-hay'}, que ya no está" in checked_command()
    _program(tmp_path, "otro", "poa-xl, versión 0.0.1")
    command_file.write([str(tmp_path / "otro")])
    assert "Dijo: «poa-xl, versión 0.0.1»" in checked_command()
    command_file.write(installation.own_command())
    assert checked_command() == ""


def test_a_note_that_is_not_ours_counts_as_none(settings: Path) -> None:
    for text in ("", "{", "[]", '{"orden": "poa-xl"}', '{"orden": []}', '{"orden": [1]}'):
        command_file.path().parent.mkdir(parents=True, exist_ok=True)
        command_file.path().write_text(text, encoding="utf-8")
        assert command_file.read() is None


def test_taking_the_note_away_leaves_what_others_put_beside_it(settings: Path) -> None:
    command_file.write(["uno"])
    other = command_file.path().with_name("otro.json")
    other.write_text("{}", encoding="utf-8")
    command_file.remove()
    command_file.remove()
    assert [path.name for path in other.parent.iterdir()] == ["otro.json"]
    shutil.rmtree(other.parent)


def test_every_sentence_of_a_check_says_what_to_do() -> None:
    ours = {key: message for key, message in addins.CHECKS.items() if key.startswith("libreoffice.")}
    assert len(ours) >= 7
    for key, message in ours.items():
        assert message.action.startswith(("Ejecute", "Cierre", "Instale", "Actualice")), key
