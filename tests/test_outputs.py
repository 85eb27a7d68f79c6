"""Files appear whole under their name, on the disk, or not at all; what others have open or wrote stays."""

import os
import time
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from poa_xl import atomic, locks
from poa_xl.errors import PoaError
from tests.libreoffice import LibreOffice


def workbook(path: Path) -> Path:
    with Workbook(str(path)) as made:
        made.add_worksheet()
    return path


def land(target: Path, content: bytes, seen: atomic.Mark = None) -> atomic.Landing:
    with atomic.landing(target, seen or atomic.mark(target)) as landing:
        landing.temporary.write_bytes(content)
    return landing


def write_half(target: Path) -> None:
    with atomic.replacing(target) as temporary:
        temporary.write_bytes(b"half")
        raise OSError("stop")


def write_into_no_folder(target: Path) -> None:
    with atomic.replacing(target) as temporary, Workbook(str(temporary.with_name("no") / "x.xlsx")) as made:
        made.add_worksheet()


def excel_lock(path: Path, who: str) -> Path:
    """What Excel leaves beside an open workbook, byte for byte by its published description."""
    narrow = who.encode("cp1252")[:52]
    content = bytes([len(narrow)]) + narrow.ljust(54) + len(who).to_bytes(2, "little")
    content = (content + who.encode("utf-16-le")).ljust(165, b" ")
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(content)
    return lock


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "u.xlsx"
    target.write_bytes(b"before")
    with pytest.raises(PoaError, match=r"stop.*ciérrelo"):
        write_half(target)
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]
    with atomic.replacing(target) as temporary:
        temporary.write_bytes(b"after")
    assert target.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [target]


def test_what_the_writing_library_cannot_write_is_said_as_any_other(tmp_path: Path) -> None:
    with pytest.raises(PoaError, match="No se pudo escribir"):
        write_into_no_folder(tmp_path / "u.xlsx")


@pytest.mark.parametrize("length", [200, 201, 255])
def test_a_long_name_leaves_room_for_the_unfinished_one(tmp_path: Path, length: int) -> None:
    target = tmp_path / ("n" * (length - 5) + ".xlsx")
    with atomic.replacing(target) as temporary:
        temporary.write_bytes(b"whole")
    assert [p.name for p in tmp_path.iterdir()] == [target.name]


def test_the_reason_is_said_in_spanish_and_names_no_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "archivo").write_text("")
    with pytest.raises(PoaError) as said, atomic.replacing(tmp_path / "archivo" / "u.xlsx") as temporary:
        temporary.write_bytes(b"")
    assert ".poa-xl-" not in str(said.value)
    assert "Errno" not in str(said.value)
    with pytest.raises(PoaError) as said:
        write_into_no_folder(tmp_path / "u.xlsx")
    assert "la carpeta o el archivo no existe" in str(said.value)


def test_the_content_is_on_the_disk_before_the_name_and_the_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut cannot be had here; the order in which the system is asked can be watched."""
    target, steps = tmp_path / "u.xlsx", []
    sync, replace = os.fsync, os.replace

    def watch_sync(descriptor: int) -> None:
        steps.append(("disk", os.readlink(f"/proc/self/fd/{descriptor}"), target.exists()))
        sync(descriptor)

    def watch_replace(source: Path, goal: Path) -> None:
        steps.append(("name", str(source), target.exists()))
        replace(source, goal)

    monkeypatch.setattr(os, "fsync", watch_sync)
    monkeypatch.setattr(atomic.os, "replace", watch_replace)
    with atomic.replacing(target) as temporary:
        temporary.write_bytes(b"whole")
    assert steps == [
        ("disk", str(temporary), False),
        ("name", str(temporary), False),
        ("disk", str(tmp_path), True),
    ]


def test_what_a_killed_command_left_is_taken_away_after_an_hour_and_nothing_else_is(tmp_path: Path) -> None:
    target = tmp_path / "maestro.xlsx"
    left, recent, others, a_persons = (
        tmp_path / name
        for name in (".poa-xl-1-maestro.xlsx", ".poa-xl-2-maestro.xlsx", ".poa-xl-1-otro.xlsx", ".maestro.xlsx")
    )
    for path in (left, recent, others, a_persons):
        path.write_bytes(b"half")
        old = time.time() - (60 if path == recent else 2 * 3600)
        os.utime(path, (old, old))
    with atomic.replacing(target) as temporary:
        temporary.write_bytes(b"whole")
    assert sorted(tmp_path.iterdir()) == sorted([target, recent, others, a_persons])


def test_a_workbook_that_libreoffice_says_is_open_stays_and_the_new_one_gets_a_second_name(tmp_path: Path) -> None:
    target = workbook(tmp_path / "maestro.xlsx")
    before = target.read_bytes()
    lock = tmp_path / ".~lock.maestro.xlsx#"
    lock.write_text("Ana\\, la de DGP,ana,pc-7,22.11.2026 23:52,file:///home/ana;", encoding="utf-8")
    landing = land(target, b"new")
    assert landing.landed == tmp_path / "maestro (2).xlsx"
    assert "abierto por Ana, la de DGP" in landing.why
    assert lock.name in landing.why
    assert (target.read_bytes(), landing.landed.read_bytes()) == (before, b"new")
    assert land(target, b"newer").landed == tmp_path / "maestro (3).xlsx"
    assert landing.landed.read_bytes() == b"new"
    lock.unlink()
    assert land(target, b"newest").landed == target
    assert target.read_bytes() == b"newest"


def test_who_has_it_open_in_excel_is_said_with_its_accents(tmp_path: Path) -> None:
    target = workbook(tmp_path / "maestro.xlsx")
    excel_lock(target, "José Ñuflo Čapek".replace("Č", "C"))
    landing = land(target, b"new")
    assert "abierto por José Ñuflo Capek" in landing.why
    assert landing.landed.name == "maestro (2).xlsx"


@pytest.mark.parametrize("content", [b"", b"\xff" * 165, b"\x80\x81", b"," * 900, b"a\x1b[31m\r\n,b,c" + b"\0" * 150])
def test_a_lock_that_says_nothing_sensible_is_still_a_lock(tmp_path: Path, content: bytes) -> None:
    target = workbook(tmp_path / "maestro.xlsx")
    for name in ("~$maestro.xlsx", ".~lock.maestro.xlsx#"):
        (tmp_path / name).write_bytes(content)
        held = locks.held(target)
        assert held is not None
        assert held.lock.name == name
        assert held.who == "" or held.who.isprintable()
        (tmp_path / name).unlink()


@pytest.mark.libreoffice
def test_a_workbook_open_in_libreoffice_is_known_to_be(tmp_path: Path, libreoffice: LibreOffice) -> None:
    target = workbook(tmp_path / "evaluación (2).xlsx")
    assert locks.held(target) is None
    with libreoffice.holding(target):
        assert locks.held(target) is not None
        assert land(target, b"new").landed.name == "evaluación (2) (2).xlsx"
    assert locks.held(target) is None


def test_a_program_that_holds_the_file_without_a_word_is_noticed_when_it_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where the system refuses to replace an open file."""
    target = workbook(tmp_path / "maestro.xlsx")
    before, replace = target.read_bytes(), Path.replace

    def refuse(self: Path, goal: Path) -> Path:
        if goal == target:
            raise PermissionError(13, "Permission denied")
        return replace(self, goal)

    monkeypatch.setattr(Path, "replace", refuse)
    landing = land(target, b"new")
    assert (landing.landed.name, landing.landed.read_bytes()) == ("maestro (2).xlsx", b"new")
    assert "está abierto" in landing.why
    assert target.read_bytes() == before


@pytest.mark.parametrize("there", [b"", b"older"])
def test_what_another_program_wrote_meanwhile_stays(tmp_path: Path, there: bytes) -> None:
    target = tmp_path / "maestro.xlsx"
    if there:
        target.write_bytes(there)
    seen = atomic.mark(target)
    target.write_bytes(b"theirs, newer")
    with atomic.landing(target, seen) as landing:
        landing.temporary.write_bytes(b"ours")
    assert "mientras tanto" in landing.why
    assert (target.read_bytes(), landing.landed.read_bytes()) == (b"theirs, newer", b"ours")
