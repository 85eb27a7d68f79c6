"""A ledger that was lost or replaced by an older one is never gone on with, and can be made anew."""

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

from poa_xl.campaign import chain, folder, receipt_number
from poa_xl.campaign.records import AcuseEmitido, Ajuste, Entrega, Excepcion
from poa_xl.cli import poa_xl
from poa_xl.errors import PoaError
from tests import campaign_attacks as attacks, campaign_books as books
from tests.campaign_process import finish, start

pytestmark = pytest.mark.slow


def run(*arguments: object) -> tuple[int, str]:
    """(exit code, output); what ends with 3 says so as it does in `main`."""
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    if isinstance(result.exception, PoaError):
        return 3, result.output + result.exception.command_text  # as `main` says it
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three submissions of two units, one rejected, one of nobody, and an exception."""
    place = tmp_path_factory.mktemp("perdida")
    campaign = books.campaign(place)
    (place / "carta.xlsx").write_bytes(b"hola")
    sent = [
        books.book(place / "1" / "DGRB.xlsx", "DGRB"),
        books.book(place / "1" / "EMB-AR.xlsx", "EMB-AR", {books.VERSION: "vieja"}),
        books.book(place / "2" / "DGRB.xlsx", "DGRB", {books.MONTH: 7}),
        place / "carta.xlsx",
    ]
    for n, file in enumerate(sent):
        run("receive", file, "--campaign", campaign, "--by", "Ana")
        moment = (books.BEFORE.timestamp() + 60 * n,) * 2
        with folder.opened(campaign) as campana:
            os.utime(campaign / campana.ledger.rows(Entrega)[-1].ruta, moment)
    exception = ["--unit", "DGRB", "--by", "Luis", "--reason", "nota 12", "--until", "2099-12-31"]
    assert run("waive", "TAR-005", "--campaign", campaign, *exception)[0] == 0
    return campaign


@pytest.fixture
def place(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "campana"))


def settings(place: Path) -> list[object]:
    return [place, "--entity", place / "entidad.xlsx", "--quarter", 2, "--deadline", "2024-07-10", "--by", "Rosa"]


def contents(place: Path) -> dict[str, str]:
    files = sorted(p for p in place.rglob("*") if p.is_file())
    return {p.relative_to(place).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def ledgers(place: Path) -> list[Path]:
    return list(place.glob("campana.sqlite*"))


def lose(place: Path) -> None:
    for path in ledgers(place):
        path.unlink()


def empty(place: Path) -> None:
    """What a full disk or a bad restore leaves."""
    lose(place)
    (place / "campana.sqlite").touch()


def only_the_log(place: Path) -> None:
    """The ledger itself is gone; what lies beside it is of no use alone."""
    lose(place)
    (place / "campana.sqlite-wal").write_bytes(b"x" * 5000)
    (place / "campana.sqlite-shm").write_bytes(b"x" * 100)


def changed_and_cut_off(place: Path) -> None:
    """Somebody changed it, and died before the log was moved into the ledger."""
    if os.fork() == 0:
        connection = sqlite3.connect(place / "campana.sqlite", isolation_level=None)
        connection.execute("DROP TRIGGER entregas_no_cambia")
        os.kill(os.getpid(), signal.SIGKILL)
    os.wait()
    assert (place / "campana.sqlite-wal").stat().st_size > 0


def without_submissions_table_rows(place: Path) -> None:
    """A ledger as a killed command leaves it that was to make the campaign: tables, and no row."""
    lose(place)
    other = place.parent / "vacia"
    books.campaign(other)
    attacks.quietly("DELETE FROM ajustes", "DELETE FROM cadena")(other / "campana")
    shutil.copy(other / "campana" / "campana.sqlite", place)


LOST = [lose, empty, only_the_log, without_submissions_table_rows]


# --- refusing to go on ------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", LOST, ids=["lost", "empty file", "only the log", "tables without rows"])
def test_without_its_ledger_every_command_says_what_to_do_and_nothing_changes(
    place: Path, tmp_path: Path, how: Callable[[Path], None]
) -> None:
    how(place)
    before = contents(place)
    sent = books.book(tmp_path / "DGAA.xlsx", "DGAA")
    exception = ["--unit", "DGRB", "--by", "A", "--reason", "b", "--until", "2099-12-31"]
    for order in (
        ["campaign", *settings(place)],
        ["receive", sent, "--campaign", place],
        ["waive", "TAR-005", "--campaign", place, *exception],
        ["status", "--campaign", place, "--check"],
        ["receipt", "2024-2T-0001-6", "--campaign", place],
        ["consolidate", "--campaign", place, "-o", tmp_path / "m.xlsx"],
    ):
        code, output = run(*order)
        assert (code, "hubo una campaña" in output, "--recover" in output) == (3, True, True), output
        assert "Se creó" not in output
        assert contents(place) == before


def test_a_folder_that_never_was_a_campaign_becomes_one(place: Path, tmp_path: Path) -> None:
    """Also one with files of other kinds, and one in which a command was killed before there was a campaign."""
    new = tmp_path / "nueva"
    (new / "entidades").mkdir(parents=True)
    (new / "acuses").mkdir()
    (new / "LEAME.txt").write_text("x", encoding="utf-8")
    (new / "campana.sqlite").touch()
    code, output = run("campaign", new, "--entity", place / "entidad.xlsx", "--quarter", 2, "--deadline", "2024-07-10")
    assert (code, "Se creó" in output) == (0, True), output


@pytest.fixture
def older(place: Path, tmp_path: Path) -> Path:
    """The ledger of before the last submissions was put back; files and receipts are those of today."""
    kept = tmp_path / "respaldo.sqlite"
    shutil.copy(place / "campana.sqlite", kept)
    for unit in ("DGAA", "CON-JJ"):
        assert run("receive", books.book(tmp_path / f"{unit}.xlsx", unit), "--campaign", place)[0] == 0
    lose(place)
    shutil.copy(kept, place / "campana.sqlite")
    return place


def test_with_an_older_ledger_nothing_that_writes_goes_on(older: Path, tmp_path: Path) -> None:
    before = contents(older)
    exception = ["--unit", "DGRB", "--by", "A", "--reason", "b", "--until", "2099-12-31"]
    for order in (
        ["receive", books.book(tmp_path / "CG-SP.xlsx", "CG-SP"), "--campaign", older],
        ["campaign", *settings(older)],
        ["waive", "TAR-005", "--campaign", older, *exception],
    ):
        code, output = run(*order)
        assert (code, "El registro no conoce acuses" in output, "--recover" in output) == (3, True, True), output
        assert contents(older) == before
    code, output = run("status", "--campaign", older, "--check", "--format", "json")
    assert code == 1
    assert [p["clase"] for p in json.loads(output)["problemas"]] == ["interrumpido"] * 2 + ["acuse-desconocido"] * 2


def test_a_copy_that_the_ledger_does_not_know_tells_too(older: Path, tmp_path: Path) -> None:
    """The receipts of the lost part are gone, the copy with observations of one of them is not."""
    with folder.opened(older) as campana:
        known = {e.acuse for e in campana.ledger.rows(Entrega)}
    gone = sorted({p.stem for p in (older / "acuses").iterdir()} - known)
    for number in gone:
        for end in (".txt", ".html"):
            (older / "acuses" / f"{number}{end}").unlink()
    (older / "observaciones" / f"{gone[0]}.xlsx").write_bytes(b"x")
    code, output = run("receive", books.book(tmp_path / "CG-SP.xlsx", "CG-SP"), "--campaign", older)
    assert (code, gone[0] in output, "--recover" in output) == (3, True, True), output
    _, output = run("status", "--campaign", older, "--check", "--format", "json")
    assert "copia-desconocida" in {p["clase"] for p in json.loads(output)["problemas"]}
    assert run("campaign", *settings(older), "--recover")[0] == 0
    assert run("status", "--campaign", older, "--check")[0] == 0


def test_receipts_of_another_quarter_and_other_files_stop_nobody(place: Path, tmp_path: Path) -> None:
    (place / "acuses" / f"{receipt_number.number(2024, 1, 44)}.txt").write_text("x", encoding="utf-8")
    (place / "acuses" / "lista de acuses.txt").write_text("x", encoding="utf-8")
    assert run("receive", books.book(tmp_path / "DGAA.xlsx", "DGAA"), "--campaign", place)[0] == 0


def test_a_receipt_that_lies_where_a_new_one_should_is_not_replaced(place: Path, tmp_path: Path) -> None:
    with folder.opened(place) as campana:
        number = campana.ledger.rows(Entrega)[0].acuse
    receipt = place / "acuses" / f"{number}.txt"
    receipt.write_text("lo que dice otro registro", encoding="utf-8")
    (place / "acuses" / f"{number}.html").unlink()
    code, output = run("receive", books.book(tmp_path / "DGAA.xlsx", "DGAA"), "--campaign", place)
    assert (code, "Un acuse que se dio no se reemplaza" in output) == (3, True), output
    assert receipt.read_text(encoding="utf-8") == "lo que dice otro registro"


# --- making it anew ---------------------------------------------------------------------------------------


def damage(place: Path) -> None:
    lose(place)
    (place / "campana.sqlite").write_bytes(b"nada que sirva " * 500)


def change(place: Path) -> None:
    attacks.quietly("UPDATE entregas SET cuando = '2024-07-01T08:00:00-04:00' WHERE numero = 2")(place)


@pytest.mark.parametrize(
    "how", [*LOST, damage, change], ids=["lost", "empty", "only the log", "no rows", "damaged", "changed"]
)
def test_the_ledger_is_made_anew_from_the_stored_files(place: Path, how: Callable[[Path], None]) -> None:
    with folder.opened(place) as campana:
        old = campana.ledger.rows(Entrega)
    how(place)
    before = contents(place)
    code, output = run("campaign", *settings(place), "--recover")
    assert (code, "con 4 entregas" in output, "otros números" in output) == (0, True, True), output
    assert "regístrelas otra vez con poa-xl waive" in output
    with folder.opened(place) as campana:
        new = campana.ledger.rows(Entrega)
        assert [(e.unidad, e.version, e.sha256, e.ruta, e.estado, e.vale, e.cambios) for e in sorted(new, key=lambda e: e.ruta)] == [
            (e.unidad, e.version, e.sha256, e.ruta, e.estado, e.vale, e.cambios) for e in sorted(old, key=lambda e: e.ruta)
        ]  # fmt: skip
        assert [e.numero for e in new] == [5, 6, 7, 8]
        assert not {e.acuse for e in new} & {e.acuse for e in old}
        links = campana.ledger.rows(chain.Eslabon, "tabla <> 'copias'")  # copies are made after that
        assert {e.clase for e in links} == {chain.REBUILT}
        assert campana.ledger.rows(Excepcion) == []
        assert {e.dia.isoformat() for e in new} == {"2024-07-05"}
    after = contents(place)
    kept = {name: digest for name, digest in before.items() if not name.startswith("campana.sqlite")}
    assert {name: after[name] for name in kept} == kept  # old receipts and submissions as they lay
    aside = sorted(name for name in after if name.startswith("campana-anterior"))
    assert [after[name] for name in aside] == [d for name, d in before.items() if name.startswith("campana.sqlite")]
    code, output = run("status", "--campaign", place, "--check")
    assert (code, "filas se hicieron de nuevo con los archivos guardados" in output) == (0, True), output


def test_a_ledger_with_a_log_that_a_crash_left_is_kept_whole(place: Path) -> None:
    changed_and_cut_off(place)
    code, output = run("campaign", *settings(place), "--recover")
    assert (code, "tenía 1 excepción" in output) == (0, True), output
    with closing(sqlite3.connect(place / "campana-anterior.sqlite")) as old:
        assert old.execute("SELECT count(*) FROM excepciones").fetchone() == (1,)
        assert old.execute("SELECT 1 FROM sqlite_master WHERE name = 'entregas_no_cambia'").fetchone() is None
    assert run("status", "--campaign", place, "--check")[0] == 0


def test_a_receipt_of_a_rebuilt_ledger_says_so(place: Path) -> None:
    lose(place)
    assert run("campaign", *settings(place), "--recover")[0] == 0
    with folder.opened(place) as campana:
        numbers = [e.acuse for e in campana.ledger.rows(Entrega)]
        accepted = next(e for e in campana.ledger.rows(Entrega) if e.unidad == "DGRB")
    for number in numbers:
        text = (place / "acuses" / f"{number}.txt").read_text(encoding="utf-8")
        assert "hecho de nuevo por Rosa el" in text
        assert "Recibió:" not in text
    text = (place / "acuses" / f"{accepted.acuse}.txt").read_text(encoding="utf-8")
    assert "después del plazo" not in text


def test_what_was_received_later_is_no_longer_marked_and_old_receipts_are_guarded(place: Path, tmp_path: Path) -> None:
    old = sorted((place / "acuses").glob("*.txt"))[0]
    lose(place)
    assert run("campaign", *settings(place), "--recover")[0] == 0
    assert run("receive", books.book(tmp_path / "DGAA.xlsx", "DGAA"), "--campaign", place)[0] == 0
    with folder.opened(place) as campana:
        last = campana.ledger.rows(Entrega)[-1]
        link = campana.ledger.link_of(Entrega, str(last.numero))
        assert (last.numero, link and link.clase) == (9, chain.WRITTEN)
        assert len([a for a in campana.ledger.rows(AcuseEmitido) if a.entrega is None]) == 8
    assert run("status", "--campaign", place, "--check")[0] == 0
    code, output = run("receipt", old.stem, "--campaign", place)
    assert (code, "lo dio el registro que se perdió" in output) == (3, True)
    old.write_text(old.read_text(encoding="utf-8") + " ", encoding="utf-8")
    code, output = run("status", "--campaign", place, "--check")
    assert (code, f"Falta {old.name} o cambió" in output) == (1, True)


def test_an_older_ledger_is_kept_and_one_with_all_submissions_made(older: Path) -> None:
    code, output = run("campaign", *settings(older), "--recover")
    assert (code, "con 6 entregas" in output) == (0, True), output
    assert "campana-anterior.sqlite" in output
    assert "tenía 1 excepción" in output
    assert run("status", "--campaign", older, "--check")[0] == 0
    with folder.opened(older) as campana:
        assert [e.numero for e in campana.ledger.rows(Entrega)] == list(range(7, 13))


def test_a_sound_ledger_is_not_made_anew(place: Path) -> None:
    before = contents(place)
    code, output = run("campaign", *settings(place), "--recover")
    assert (code, "no hace falta" in output) == (3, True)
    assert contents(place) == before


def test_there_is_nothing_to_make_a_ledger_of_in_an_empty_folder(place: Path, tmp_path: Path) -> None:
    new = tmp_path / "nueva"
    new.mkdir()
    order = [
        "campaign",
        new,
        "--entity",
        place / "entidad.xlsx",
        "--quarter",
        2,
        "--deadline",
        "2024-07-10",
        "--recover",
    ]
    code, output = run(*order)
    assert (code, "sin --recover" in output) == (3, True)
    assert list(new.iterdir()) == []


def test_a_file_that_poa_xl_did_not_store_is_told_and_left(place: Path) -> None:
    other = place / "entregas" / "DGRB" / "otro.xlsx"
    changed = next((place / "entregas" / "EMB-AR").iterdir())
    other.write_bytes(b"x")
    changed.write_bytes(changed.read_bytes() + b" ")
    lose(place)
    code, output = run("campaign", *settings(place), "--recover")
    assert (code, "con 3 entregas" in output) == (0, True)
    assert "entregas/DGRB/otro.xlsx no se tomó" in output
    assert f"entregas/EMB-AR/{changed.name} no se tomó" in output


def test_an_entity_that_a_person_changed_is_not_replaced(place: Path, tmp_path: Path) -> None:
    good = tmp_path / "entidad.xlsx"
    shutil.copy(place / "entidad.xlsx", good)
    (place / "entidad.xlsx").write_bytes(b"de una persona")
    lose(place)
    order = ["campaign", place, "--entity", good, "--quarter", 2, "--deadline", "2024-07-10", "--recover"]
    code, output = run(*order)
    assert (code, "Muévalo a otra carpeta" in output) == (3, True), output
    assert (place / "entidad.xlsx").read_bytes() == b"de una persona"
    assert ledgers(place) == []
    (place / "entidad.xlsx").unlink()
    assert run(*order)[0] == 0
    assert run("status", "--campaign", place, "--check")[0] == 0


def test_an_exception_for_what_was_received_before_can_be_recorded_again(place: Path) -> None:
    lose(place)
    assert run("campaign", *settings(place), "--recover")[0] == 0
    exception = ["--unit", "DGRB", "--by", "Luis", "--reason", "nota 12", "--until", "2024-07-31"]
    code, output = run("waive", "TAR-005", "--campaign", place, *exception)
    assert (code, "alcanza a 2 observaciones" in output) == (0, True), output


@pytest.mark.parametrize("step", ["add", "commit", "receipt"])
def test_a_kill_while_it_is_made_anew_leaves_it_to_be_made_again(place: Path, step: str) -> None:
    said = place.parent / "dicho.txt"
    damage(place)
    before = contents(place)
    order = ["campaign", *settings(place), "--recover"]
    process = start(order, said, kill_at=step)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert run("campaign", *settings(place))[0] == (3 if step != "receipt" else 0)
    code, output = finish(order, said)
    if step == "receipt":  # the ledger is whole; receipts are written by the next receive, or by `receipt`
        assert (code, "no hace falta" in output) == (3, True), output
        sent = books.book(place.parent / "DGAA.xlsx", "DGAA")
        assert finish(["receive", sent, "--campaign", place], said)[0] == 0
    else:
        assert code == 0, output
    assert run("status", "--campaign", place, "--check")[0] == 0
    kept = {name: digest for name, digest in before.items() if not name.startswith("campana.sqlite")}
    after = contents(place)
    assert {name: after[name] for name in kept} == kept
    assert before["campana.sqlite"] in {d for name, d in after.items() if name.startswith("campana-anterior")}
    with folder.opened(place) as campana:
        assert len(campana.ledger.rows(Ajuste)) >= 1
