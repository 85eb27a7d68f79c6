"""A campaign of before the chain: it opens as it is, and the first command that writes brings it over."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from poa_xl.campaign import chain, folder, ledger, schema
from poa_xl.campaign.records import AcuseEmitido, Entrega, Excepcion
from poa_xl.cli import poa_xl
from tests import campaign_books as books
from tests.campaign_attacks import openly, quietly
from tests.campaign_process import finish, start
from tests.one_sheet import sheet_of

pytestmark = pytest.mark.slow

BEFORE = Path(__file__).parent / "before" / "campana-v1"
NUMBERS = ["2024-2T-0001-6", "2024-2T-0002-4", "2024-2T-0003-2", "2024-2T-0004-9", "2024-2T-0005-7"]
WAIVE = ["--unit", "DGRB", "--by", "Luis", "--reason", "nota 12", "--until", "2099-12-31"]
SETTINGS = ["--entity", BEFORE / "entidad.xlsx", "--quarter", 2, "--deadline", "2024-07-12"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BEFORE, tmp_path / "campana"))


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return books.book(tmp_path / "CON-JJ.xlsx", "CON-JJ")


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def contents(place: Path) -> dict[str, str]:
    """Every file below a folder, and its fingerprint."""
    files = sorted(p for p in place.rglob("*") if p.is_file())
    return {p.relative_to(place).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def problems(place: Path) -> tuple[int, list[str], bool]:
    """(exit code, classes of problems, whether there is a chain)."""
    code, output = run("status", "--campaign", place, "--check", "--format", "json")
    answer = json.loads(output)
    return code, [p["clase"] for p in answer["problemas"]], answer["cadena"]["tiene"]


# --- reading it -------------------------------------------------------------------------------------------


def test_every_command_that_reads_opens_it_and_changes_nothing(place: Path, tmp_path: Path) -> None:
    before = contents(place)
    code, output = run("status", "--campaign", place)
    assert (code, "5 unidades: 2 con avisos, 1 rechazada, 2 faltan." in output) == (0, True)
    code, output = run("status", "--campaign", place, "--check")
    assert (code, "sin cadena" in output, "los 5 archivos recibidos" in output) == (0, True, True)
    for number in NUMBERS:
        code, output = run("receipt", number, "--campaign", place)
        assert code == 0
        assert (BEFORE / "acuses" / f"{number}.txt").read_text(encoding="utf-8") in output
    assert run("status", "--campaign", place, "-o", tmp_path / "t.xlsx", "--reminders", tmp_path / "r")[0] == 0
    assert run("consolidate", "--campaign", place, "-o", tmp_path / "m.xlsx")[0] == 1  # EMB-AR was rejected
    cover = sheet_of(tmp_path / "m.xlsx", "Portada").iter_rows(max_col=2, values_only=True)
    assert {row[0]: row[1] for row in cover}["Cabeza de la cadena del registro"] == "sin cadena"
    assert contents(place) == before


def test_a_log_that_a_crash_left_is_read_and_stays(place: Path, tmp_path: Path) -> None:
    """What is committed and was not yet moved into the ledger counts, and reading moves nothing."""
    unfinished(place)
    before = contents(place)
    code, output = run("status", "--campaign", place, "--check")
    assert (code, "Excepciones: 2." in output) == (0, True)
    after = contents(place)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() <= {"campana.sqlite-shm"}  # SQLite's own notes of where things are in the log


def unfinished(place: Path) -> None:
    """Commit an exception and die before the log is moved into the ledger."""
    if os.fork() == 0:
        connection = sqlite3.connect(place / ledger.LEDGER, isolation_level=None)
        connection.execute(
            "INSERT INTO excepciones VALUES (2, '2024-07-12T09:00:00-04:00', 'Ana', 'DGRB', 'TAR-005', '', '', 'nota', '2099-12-31')"
        )
        os.kill(os.getpid(), signal.SIGKILL)
    os.wait()
    (place / "campana.sqlite-shm").unlink()
    assert (place / "campana.sqlite-wal").stat().st_size > 0


def test_a_head_cannot_be_proven_without_a_chain(place: Path) -> None:
    code, output = run("status", "--campaign", place, "--check", "--head", "a" * 64)
    assert (code, "el registro no tiene cadena" in output) == (1, True)


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("DROP TRIGGER entregas_no_cambia", "esquema"),
        ("CREATE VIEW v AS SELECT 1", "esquema"),
        ("ALTER TABLE excepciones ADD COLUMN fila TEXT", "esquema"),
    ],
)
def test_what_shows_without_a_chain_is_said_and_is_not_brought_over(
    place: Path, sent: Path, order: str, wanted: str
) -> None:
    openly(order)(place)
    assert problems(place) == (1, [wanted], False)
    before = contents(place)
    result = CliRunner().invoke(poa_xl, ["receive", str(sent), "--campaign", str(place)])
    assert "no está como ella lo dejó" in str(result.exception)
    assert contents(place) == before


@pytest.mark.parametrize("column", ["cuando", "cambios"])
def test_a_row_that_makes_no_sense_is_told_where_no_chain_shows_it(place: Path, column: str) -> None:
    quietly(f"UPDATE entregas SET {column} = 'ayer' WHERE numero = 3")(place)
    code, output = run("status", "--campaign", place, "--check")
    assert (code, "dice lo que poa-xl nunca escribe" in output) == (1, True)


def test_a_receipt_of_before_whose_words_were_changed_shows_and_still_does_when_it_is_brought_over(
    place: Path, sent: Path
) -> None:
    receipt = place / "acuses" / f"{NUMBERS[1]}.txt"
    receipt.write_text(receipt.read_text(encoding="utf-8").replace("rechazada", "aceptada"), encoding="utf-8")
    assert problems(place) == (1, ["acuse-cambio"], False)
    run("receive", sent, "--campaign", place)
    assert problems(place) == (1, ["acuse-cambio"], True)


# --- bringing it over -------------------------------------------------------------------------------------

WRITERS: dict[str, Callable[[Path, Path], list[object]]] = {
    "receive": lambda place, sent: ["receive", sent, "--campaign", place, "--by", "Ana"],
    "waive": lambda place, _: ["waive", "TAR-005", "--campaign", place, *WAIVE],
    "campaign": lambda place, _: ["campaign", place, *SETTINGS],
}


@pytest.mark.parametrize("command", WRITERS)
def test_the_first_command_that_writes_brings_it_over_and_keeps_the_old_ledger(
    place: Path, sent: Path, command: str
) -> None:
    before = contents(place)
    with folder.opened(place) as campana:
        submissions, exceptions = campana.ledger.rows(Entrega), campana.ledger.rows(Excepcion)
    assert run(*WRITERS[command](place, sent))[0] == 0
    after = contents(place)
    assert after["campana-v1.sqlite"] == before["campana.sqlite"]
    assert {name: after[name] for name in before if name != "campana.sqlite"} == {
        name: digest for name, digest in before.items() if name != "campana.sqlite"
    }
    assert problems(place) == (0, [], True)
    with folder.opened(place) as campana:
        assert campana.ledger.rows(Entrega)[: len(submissions)] == submissions
        assert campana.ledger.rows(Excepcion)[: len(exceptions)] == exceptions
        links = campana.ledger.rows(chain.Eslabon)
        kinds = [e.clase for e in links]
        found_links = kinds.count(chain.FOUND)
        assert kinds == [chain.FOUND] * found_links + [chain.WRITTEN] * (len(kinds) - found_links)
        assert found_links == 30  # 2 settings, 5 submissions, 12 findings, 1 exception, 10 receipts
        assert schema.version_of(campana.ledger.connection) == 4
    with closing(sqlite3.connect(place / "campana-v1.sqlite")) as old:
        assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert old.execute("SELECT count(*) FROM entregas").fetchone() == (5,)


def test_commands_that_only_read_do_not_bring_it_over(place: Path, tmp_path: Path) -> None:
    run("receipt", NUMBERS[0], "--campaign", place)
    run("status", "--campaign", place, "--check")
    run("consolidate", "--campaign", place, "-o", tmp_path / "m.xlsx")
    assert not (place / "campana-v1.sqlite").exists()


def test_receipts_of_before_keep_number_and_form_and_new_ones_have_letters_and_a_head(place: Path, sent: Path) -> None:
    assert run("receive", sent, "--campaign", place)[0] == 0
    for number in NUMBERS:
        for end in (".txt", ".html"):
            (place / "acuses" / f"{number}{end}").unlink()
        assert run("receipt", number, "--campaign", place)[0] == 0
        for end in (".txt", ".html"):
            name = f"{number}{end}"
            assert (place / "acuses" / name).read_bytes() == (BEFORE / "acuses" / name).read_bytes()
    (new,) = {p.stem for p in (place / "acuses").iterdir()} - set(NUMBERS)
    assert new[:15] == "2024-2T-0006-5-"
    assert "Cabeza de la cadena:" in (place / "acuses" / f"{new}.txt").read_text(encoding="utf-8")
    assert problems(place) == (0, [], True)


def test_no_copy_of_before_is_made_again(place: Path, sent: Path) -> None:
    """What a person moved away stays away."""
    for copy in (place / "observaciones").iterdir():
        copy.unlink()
    assert run("receive", sent, "--campaign", place)[0] == 0
    assert list((place / "observaciones").iterdir()) == []


def test_a_log_that_a_crash_left_is_in_the_ledger_that_is_kept(place: Path, sent: Path) -> None:
    unfinished(place)
    assert run("receive", sent, "--campaign", place)[0] == 0
    with closing(sqlite3.connect(place / "campana-v1.sqlite")) as old:
        assert old.execute("SELECT count(*) FROM excepciones").fetchone() == (2,)
    assert problems(place) == (0, [], True)


def test_a_file_that_has_the_name_of_the_kept_ledger_is_not_replaced(place: Path, sent: Path) -> None:
    (place / "campana-v1.sqlite").write_bytes(b"de una persona")
    assert run("receive", sent, "--campaign", place)[0] == 0
    assert (place / "campana-v1.sqlite").read_bytes() == b"de una persona"
    kept = (place / "campana-v1 (2).sqlite").read_bytes()
    assert kept == (BEFORE / "campana.sqlite").read_bytes()


def test_what_is_found_and_changed_after_shows(place: Path, sent: Path) -> None:
    assert run("receive", sent, "--campaign", place)[0] == 0
    quietly("UPDATE excepciones SET quien = 'La Directora'")(place)
    assert problems(place) == (1, ["fila-cambio"], True)


# --- kills ------------------------------------------------------------------------------------------------


STEPS = ["upgrade-writing", "upgrade-kept", "upgrade-tables", "upgrade-chained", "upgrade-version"]


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_while_it_is_brought_over_leaves_a_campaign_that_works(place: Path, sent: Path, step: str) -> None:
    said = place.parent / "dicho.txt"
    order = ["receive", sent, "--campaign", place, "--by", "Ana"]
    process = start(order, said, kill_at=step)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert problems(place) == (0, [], False)
    assert (place / "campana-v1.sqlite").exists() == (step != "upgrade-writing")
    code, output = finish(order, said)
    assert code == 0, output
    assert problems(place) == (0, [], True)
    assert sorted(p.name for p in place.glob("*.sqlite*")) == ["campana-v1.sqlite", "campana.sqlite"]
    assert (place / "campana-v1.sqlite").read_bytes() == (BEFORE / "campana.sqlite").read_bytes()


def test_of_two_that_write_at_once_one_brings_it_over(place: Path, tmp_path: Path) -> None:
    units = ("CON-JJ", "CG-SP")
    files = [books.book(tmp_path / f"{u}.xlsx", u) for u in units]
    running = [
        start(["receive", file, "--campaign", place, "--by", "Ana"], tmp_path / f"{n}.txt")
        for n, file in enumerate(files)
    ]
    for process in running:
        process.join(120)
    assert [p.exitcode for p in running] == [0, 0], [(tmp_path / f"{n}.txt").read_text() for n in (0, 1)]
    assert problems(place) == (0, [], True)
    with folder.opened(place) as campana:
        assert {e.unidad for e in campana.ledger.rows(Entrega)[5:]} == set(units)
        assert len(campana.ledger.rows(AcuseEmitido)) == 14


def test_a_disk_without_room_for_the_kept_ledger_leaves_the_old_one(place: Path, sent: Path) -> None:
    said, before = place.parent / "dicho.txt", contents(place)
    for room in (20_000, 36_000, 45_000):
        code, output = finish(["receive", sent, "--campaign", place], said, largest=room)
        assert (code, "no hay espacio en el disco" in output) == (3, True), output
        assert (place / "campana.sqlite").read_bytes() == (BEFORE / "campana.sqlite").read_bytes()
        assert problems(place) == (0, [], False)
    assert finish(["receive", sent, "--campaign", place], said)[0] == 0
    after = contents(place)
    assert after["campana-v1.sqlite"] == before["campana.sqlite"]
