"""Nothing is lost: kills at any moment, two programs at once, a disk without room."""

import random
import signal
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from poa_xl.campaign import files as campaign_files, folder, integrity, ledger
from poa_xl.campaign.records import Entrega
from poa_xl.errors import PoaError
from poa_xl.names import OBSERVATIONS_SHEET
from tests import campaign_books as books
from tests.campaign_process import finish, start

pytestmark = pytest.mark.slow

KILLS = 30
# How long a command takes differs with what else the machine does: what was seen of it moves the moments of the kills.
MORE, LESS = 1.03, 0.88
LEFT_BY_A_KILL = {"interrumpido", "acuse"}  # the next receive puts both right


def prints(place: Path) -> set[str]:
    """The fingerprints of all that the ledger says was received."""
    with folder.opened(place) as campana:
        return {e.sha256 for e in campana.ledger.rows(Entrega)}


def classes(place: Path) -> set[str]:
    with folder.opened(place) as campana:
        return {p.clase for p in integrity.problems(campana)}


def killed(arguments: Sequence[object], output: Path, after: float) -> bool:
    """Run poa-xl and kill it after some seconds; whether it was still at work."""
    process = start(list(arguments), output)
    time.sleep(after)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def test_receive_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    place, said = books.campaign(tmp_path), tmp_path / "dicho.txt"
    warm = books.variant(tmp_path / "0" / "DGRB.xlsx", "DGRB", "0")
    order = ["receive", "--campaign", place, "--by", "Ana"]
    assert finish([*order, warm], said)[0] == 0
    start_of = time.perf_counter()
    assert finish([*order, books.variant(tmp_path / "w" / "DGRB.xlsx", "DGRB", "w")], said)[0] == 0
    usual = time.perf_counter() - start_of
    chance, sent, at_work, half = random.Random(20240710), prints(place), 0, 0
    for n in range(KILLS):
        files = [books.variant(tmp_path / f"{n + 1}" / f"{u}.xlsx", u, f"{n + 1}") for u in ("DGRB", "EMB-AR")]
        before = {f: f.read_bytes() for f in files}
        in_time = killed([*order, *files], said, chance.uniform(0, 1.6 * usual))
        at_work, usual = at_work + in_time, usual * (MORE if in_time else LESS)
        landed = prints(place)
        assert sent <= landed
        assert classes(place) <= LEFT_BY_A_KILL
        half += bool(landed - sent) or "interrumpido" in classes(place)
        code, output = finish([*order, *files], said)
        assert code == 0, output
        sent |= {campaign_files.sha256(content) for content in before.values()}
        assert prints(place) == sent
        assert {f: f.read_bytes() for f in files} == before
        assert classes(place) == set()
    assert at_work >= KILLS // 2, "the kills came too late to prove anything"
    assert half >= 3, "no kill came between the first file and the last"


@pytest.mark.parametrize("step", ["settle", "add", "commit"])
def test_a_kill_between_the_file_and_its_row_is_completed_by_the_next_receive(tmp_path: Path, step: str) -> None:
    """The kill comes exactly there, which a random one seldom does."""
    place, said = books.campaign(tmp_path), tmp_path / "dicho.txt"
    first, second = (books.variant(tmp_path / n / "DGRB.xlsx", "DGRB", n) for n in "12")
    order = ["receive", "--campaign", place, "--by", "Ana"]
    process = start([*order, first], said, kill_at=step)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert prints(place) == set()
    code, output = finish([*order, second], said)
    completed = {"settle": 0, "add": 1, "commit": 1}[step]
    assert (code, output.count("ahora se completó")) == (0, completed), output
    wanted = {
        campaign_files.sha256(second.read_bytes()),
        *([campaign_files.sha256(first.read_bytes())] if completed else []),
    }
    assert prints(place) == wanted
    assert classes(place) == set()
    code, output = finish([*order, first], said)
    assert (code, "ya se recibió" in output) == (0, bool(completed))


def test_the_copy_that_a_kill_left_unwritten_is_written_by_the_next_receive(tmp_path: Path) -> None:
    place, said = books.campaign(tmp_path), tmp_path / "dicho.txt"
    wrong = books.book(tmp_path / "EMB-AR.xlsx", "EMB-AR", {books.VERSION: "vieja", books.MONTH: "dos"})
    order = ["receive", "--campaign", place, "--by", "Ana"]
    process = start([*order, wrong], said, kill_at="receipt")
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert classes(place) == {"acuse"}
    assert finish([*order, books.book(tmp_path / "DGRB.xlsx", "DGRB")], said)[0] == 0
    assert classes(place) == set()
    (copy,) = (place / "observaciones").iterdir()
    shown = openpyxl.load_workbook(copy)
    assert {row[2] for row in shown[OBSERVATIONS_SHEET].iter_rows(min_row=5, values_only=True)} >= {
        "UNI-007",
        "CEL-002",
    }
    assert "CEL-002" in shown["Tareas"][books.cell(books.MONTH)].comment.text


def test_two_at_once_both_land_and_the_file_that_both_have_lands_once(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    shared = books.variant(tmp_path / "s" / "CG-SP.xlsx", "CG-SP", "s")
    own = {
        who: [books.variant(tmp_path / who / f"{u}.xlsx", u, who) for u in ("DGRB", "EMB-AR", "CON-JJ")] for who in "ab"
    }
    running = [
        start(["receive", *files, shared, "--campaign", place, "--by", who], tmp_path / f"{who}.txt")
        for who, files in own.items()
    ]
    for process in running:
        process.join(120)
    said = {who: (tmp_path / f"{who}.txt").read_text(encoding="utf-8") for who in own}
    assert [p.exitcode for p in running] == [0, 0], said
    with folder.opened(place) as campana:
        rows = campana.ledger.rows(Entrega)
        assert [r.numero for r in rows] == list(range(1, 8))
        assert {r.sha256 for r in rows} == prints(place) == {
            campaign_files.sha256(f.read_bytes()) for files in own.values() for f in (*files, shared)
        }  # fmt: skip
        assert sorted((r.unidad, r.version) for r in rows) == [
            ("CG-SP", 1), ("CON-JJ", 1), ("CON-JJ", 2), ("DGRB", 1), ("DGRB", 2), ("EMB-AR", 1), ("EMB-AR", 2),
        ]  # fmt: skip
    assert sum("ya se recibió" in text for text in said.values()) == 1
    assert classes(place) == set()


def test_a_disk_without_room_leaves_what_was_there_and_says_so(tmp_path: Path) -> None:
    """Wherever the room ends: at the file, at the ledger or at the receipt."""
    place, said = books.campaign(tmp_path), tmp_path / "dicho.txt"
    order = ["receive", "--campaign", place, "--by", "Ana"]
    assert finish([*order, books.variant(tmp_path / "0" / "DGRB.xlsx", "DGRB", "0")], said)[0] == 0
    kept = prints(place)
    failed: list[str] = []
    for n, room in enumerate((0, 500, 2_000, 20_000, 33_000, 40_000, 60_000, 120_000), start=1):
        file = books.variant(tmp_path / f"{n}" / "DGRB.xlsx", "DGRB", f"{n}")
        code, output = finish([*order, file], said, largest=room)
        assert "Traceback" not in output
        assert "interno" not in output
        assert classes(place) <= LEFT_BY_A_KILL
        landed = prints(place)
        if code:
            assert code == 3, output
            assert "no hay espacio en el disco" in output or "No se pudo escribir" in output, output
            failed.append(output)
        assert kept <= landed
        assert finish([*order, file], said)[0] == 0
        kept = prints(place)
        assert campaign_files.sha256(file.read_bytes()) in kept
        assert classes(place) == set()
    assert any("No se pudo guardar" in text for text in failed)
    assert len(failed) >= 4


def test_a_ledger_that_another_program_holds_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = books.campaign(tmp_path)
    monkeypatch.setattr(ledger, "WAIT", 0.2)
    other = sqlite3.connect(place / ledger.LEDGER, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        folder.opened(place) as campana,
        pytest.raises(PoaError, match="Otro programa está recibiendo"),
        campana.ledger.writing(),
    ):
        pytest.fail("two hold the lock at once")
    other.execute("ROLLBACK")
    other.close()


def one_master_and_more(tmp_path: Path) -> tuple[Path, Path, Path, list[object], bytes]:
    """A campaign of which a master was made, and a submission that came since: the order that makes the next."""
    place, said, target = books.campaign(tmp_path), tmp_path / "dicho.txt", tmp_path / "maestro.xlsx"
    order: list[object] = ["consolidate", "--campaign", place, "-o", target]
    receive = ["receive", "--campaign", place, "--by", "Ana"]
    assert finish([*receive, books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB")], said)[0] == 0
    assert finish(order, said)[0] == 0
    old = target.read_bytes()
    assert finish([*receive, books.book(tmp_path / "1" / "DGAA.xlsx", "DGAA")], said)[0] == 0
    return place, said, target, order, old


def test_consolidate_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    place, said, target, order, old = one_master_and_more(tmp_path)
    begun = time.perf_counter()
    assert finish(order, said)[0] == 0
    usual, new = time.perf_counter() - begun, target.read_bytes()
    assert old != new
    chance, at_work, replaced = random.Random(20240711), 0, 0
    for _ in range(KILLS):
        target.write_bytes(old)
        in_time = killed(order, said, chance.uniform(0, 1.2 * usual))
        at_work, usual = at_work + in_time, usual * (MORE if in_time else LESS)
        found = target.read_bytes()
        assert found in (old, new)
        replaced += found == new
        assert classes(place) == set()
    assert at_work >= KILLS // 2
    assert replaced < KILLS
    assert finish(order, said)[0] == 0
    assert target.read_bytes() == new


def test_consolidate_on_a_full_disk_leaves_the_old_master_and_says_so(tmp_path: Path) -> None:
    _, said, target, order, old = one_master_and_more(tmp_path)
    around = {p.name for p in tmp_path.iterdir()}
    for room in (0, 100, 4_000, len(old) // 2, len(old) - 1):
        code, output = finish(order, said, largest=room)
        assert (code, target.read_bytes()) == (3, old), output
        assert "no hay espacio en el disco" in output
        assert "interno" not in output
        assert {p.name for p in tmp_path.iterdir()} == around
    assert finish(order, said)[0] == 0
    assert target.read_bytes() != old
