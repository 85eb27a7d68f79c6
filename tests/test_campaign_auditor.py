"""Whoever may only read a campaign, or has it on read-only media, sees and checks all of it."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from poa_xl.campaign import folder, ledger
from poa_xl.campaign.records import Entrega
from poa_xl.cli import poa_xl
from tests import campaign_books as books

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
BEFORE = ROOT / "tests" / "before" / "campana-v1"
_RUN_MAIN = [sys.executable, "-c", "from poa_xl.cli import main; main()"]


def run(*arguments: object) -> None:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exit_code in (0, 1), result.output


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """A folder with the campaign in it, and with one that is the auditor's own."""
    (tmp_path / "suyo").mkdir()
    yield tmp_path
    for path in tmp_path.rglob("*"):
        path.chmod(0o755)


@pytest.fixture
def chained(room: Path) -> Path:
    """A campaign with an accepted submission and one with an error."""
    place = books.campaign(room)
    run("receive", books.book(room / "DGRB.xlsx", "DGRB"), "--campaign", place, "--by", "Ana")
    run("receive", books.book(room / "EMB-AR.xlsx", "EMB-AR", {books.MONTH: "dos"}), "--campaign", place, "--by", "Ana")
    return place


@pytest.fixture
def first(room: Path) -> Path:
    """A campaign of before the chain."""
    return Path(shutil.copytree(BEFORE, room / "antes"))


def frozen(place: Path) -> dict[str, str]:
    """Take all rights to write away; the files as they are."""
    for path in (place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return contents(place)


def contents(place: Path) -> dict[str, str]:
    files = sorted(p for p in place.rglob("*") if p.is_file())
    return {p.relative_to(place).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def as_auditor(room: Path, *arguments: object) -> tuple[int, str]:
    """poa-xl run by somebody to whom the rights of files and folders apply, as they do not to root."""
    drop = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [*drop, *_RUN_MAIN, *map(str, arguments)], cwd=room / "suyo", env=environment, capture_output=True, text=True,
        encoding="utf-8",
    )  # fmt: skip
    assert "interno" not in done.stderr
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def receipt_of(place: Path) -> str:
    with folder.opened(place) as campana:
        return campana.ledger.rows(Entrega)[0].acuse


def sees_everything(room: Path, place: Path, chain: bool) -> None:
    """What an auditor does, one command after the other."""
    number = sorted(p.stem for p in (place / "acuses").glob("*.txt"))[0]
    code, output = as_auditor(room, "status", "--campaign", place, "--check", "--format", "json")
    answer = json.loads(output)
    assert (code, answer["problemas"], answer["cadena"]["tiene"]) == (0, [], chain), output
    code, output = as_auditor(room, "receipt", number, "--campaign", place)
    assert (code, "ACUSE DE RECIBO" in output) == (0, True), output
    master = room / "suyo" / "maestro.xlsx"
    code, output = as_auditor(room, "consolidate", "--campaign", place, "-o", master)
    assert (code, master.is_file()) == (1, True), output


def cannot_write(room: Path, place: Path) -> None:
    code, output = as_auditor(room, "receive", room / "DGAA.xlsx", "--campaign", place)
    assert (code, "solo lectura" in output) == (3, True), output
    code, output = as_auditor(
        room,
        "waive",
        "TAR-005",
        "--campaign",
        place,
        "--unit",
        "DGRB",
        "--by",
        "A",
        "--reason",
        "b",
        "--until",
        "2099-01-01",
    )
    assert (code, "solo lectura" in output) == (3, True), output
    settings = ["--entity", place / "entidad.xlsx", "--quarter", 2, "--deadline", "2024-07-12"]
    code, output = as_auditor(room, "campaign", place, *settings)
    assert (code, "solo lectura" in output) == (3, True), output


@pytest.mark.parametrize("kind", ["chained", "first"])
def test_without_rights_to_write_everything_is_seen_and_nothing_is_changed(
    room: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    place: Path = request.getfixturevalue(kind)
    books.book(room / "DGAA.xlsx", "DGAA")
    before = frozen(place)
    sees_everything(room, place, kind == "chained")
    cannot_write(room, place)
    assert contents(place) == before


def test_what_a_crash_left_in_the_log_is_seen_without_rights_to_write(room: Path, first: Path) -> None:
    """SQLite itself cannot open such a ledger there."""
    if os.fork() == 0:
        connection = sqlite3.connect(first / ledger.LEDGER, isolation_level=None)
        connection.execute(
            "INSERT INTO excepciones VALUES (2, '2024-07-12T09:00:00-04:00', 'Ana', 'DGRB', 'TAR-005', '', '', 'nota', '2099-12-31')"
        )
        os.kill(os.getpid(), signal.SIGKILL)
    os.wait()
    (first / "campana.sqlite-shm").unlink()
    before = frozen(first)
    assert "campana.sqlite-wal" in before
    code, output = as_auditor(room, "status", "--campaign", first, "--check")
    assert (code, "Excepciones: 2." in output) == (0, True), output
    assert contents(first) == before


def test_a_receipt_that_is_lost_is_shown_where_it_cannot_be_written(room: Path, chained: Path) -> None:
    number = receipt_of(chained)
    said = (chained / "acuses" / f"{number}.txt").read_text(encoding="utf-8")
    (chained / "acuses" / f"{number}.txt").unlink()
    (chained / "entidad.xlsx").unlink()  # it is kept in `entidades`
    frozen(chained)
    code, output = as_auditor(room, "receipt", number, "--campaign", chained)
    assert (code, said in output, "No se pudo escribir" in output) == (0, True, True), output
    code, output = as_auditor(room, "status", "--campaign", chained, "--check")
    assert (code, f"Falta el acuse {number}" in output) == (1, True), output
    assert as_auditor(room, "consolidate", "--campaign", chained, "-o", room / "suyo" / "m.xlsx")[0] == 1


def test_a_change_is_found_without_rights_to_write(room: Path, chained: Path) -> None:
    receipt = next((chained / "acuses").glob("*.txt"))
    receipt.write_text("otra cosa", encoding="utf-8")
    frozen(chained)
    code, output = as_auditor(room, "status", "--campaign", chained, "--check")
    assert (code, "alguien lo cambió" in output) == (1, True), output


@pytest.fixture
def mount(room: Path) -> Iterator[Path]:
    """A folder that shows the room as read-only media would."""
    target = room.parent / f"{room.name}-disco"
    target.mkdir()
    made = subprocess.run(["mount", "--bind", room, target], capture_output=True).returncode == 0
    made = made and subprocess.run(["mount", "-o", "remount,ro,bind", target], capture_output=True).returncode == 0
    try:
        if not made:
            pytest.skip("needs the right to mount a folder read-only")
        yield target
    finally:
        subprocess.run(["umount", target], capture_output=True)
        target.rmdir()


@pytest.mark.parametrize("kind", ["chained", "first"])
def test_on_read_only_media_everything_is_seen_and_nothing_is_written(
    room: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    books.book(room / "DGAA.xlsx", "DGAA")
    place: Path = request.getfixturevalue(kind)
    before = contents(place)
    mounted = request.getfixturevalue("mount") / place.name
    sees_everything(room, mounted, kind == "chained")
    cannot_write(room, mounted)
    assert contents(place) == before
