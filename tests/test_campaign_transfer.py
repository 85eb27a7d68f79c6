"""A campaign is carried to another computer in one file and is the same there, byte for byte, or nothing is."""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import poa_xl as library
from poa_xl.campaign import contents as campaign_contents, folder, ledger, manifest, receipt_number
from poa_xl.campaign.records import Entrega, Excepcion
from poa_xl.cli import poa_xl
from poa_xl.errors import PoaError
from tests import archives, campaign_attacks as attacks, campaign_books as books
from tests.campaign_process import finish, start
from tests.test_before import CAMPAIGNS, SETS
from tests.test_campaign_faults import LESS, MORE

pytestmark = pytest.mark.slow

KILLS = 20


def run(*arguments: object) -> tuple[int, str]:
    """(exit code, output); what ends with 3 says so as it does in `main`."""
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    if isinstance(result.exception, PoaError):
        return 3, result.output + result.exception.command_text
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def contents(place: Path) -> dict[str, tuple[str, int]]:
    """Every file below a folder: its fingerprint, and in which second it was last written."""
    files = sorted(p for p in place.rglob("*") if not p.is_dir())
    return {
        p.relative_to(place).as_posix(): (
            hashlib.sha256(p.read_bytes()).hexdigest(),
            0 if ".sqlite" in p.name else int(p.stat().st_mtime),  # of a ledger the moment says nothing
        )
        for p in files
    }


def around(place: Path) -> set[str]:
    return {p.name for p in place.iterdir()}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three submissions of two units, one rejected, one of nobody, and an exception; stored at several moments."""
    place = tmp_path_factory.mktemp("mudanza")
    campaign = books.campaign(place)
    (place / "carta.xlsx").write_bytes(b"hola")
    sent = [
        books.book(place / "1" / "DGRB.xlsx", "DGRB"),
        books.book(place / "1" / "EMB-AR.xlsx", "EMB-AR", {books.VERSION: "vieja"}),
        books.book(place / "2" / "DGRB.xlsx", "DGRB", {books.MONTH: 7}),
        place / "carta.xlsx",
    ]
    run("receive", *sent, "--campaign", campaign, "--by", "Ana")
    for n, file in enumerate(sorted((campaign / "entregas").rglob("*.xlsx"))):
        os.utime(file, (books.BEFORE.timestamp() + 60 * n,) * 2)
    exception = ["--unit", "DGRB", "--by", "Luis", "--reason", "nota 12", "--until", "2099-12-31"]
    assert run("waive", "TAR-005", "--campaign", campaign, *exception)[0] == 0
    return campaign


@pytest.fixture
def place(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "campana"))


@pytest.fixture(scope="module")
def backup(original: Path) -> Path:
    path = original.parent / "respaldo.zip"
    assert run("campaign", original, "--export", path)[0] == 0
    return path


def export(place: Path, name: str = "respaldo.zip") -> Path:
    code, output = run("campaign", place, "--export", place.parent / name)
    assert code == 0, output
    return place.parent / name


# --- the same there as here -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*CAMPAIGNS, "now"])
def test_a_campaign_of_any_version_is_the_same_on_the_other_side(original: Path, tmp_path: Path, name: str) -> None:
    here = Path(shutil.copytree(original if name == "now" else SETS / name, tmp_path / "aqui"))
    before = contents(here)
    code, output = run("campaign", here, "--export", tmp_path / "a.zip")
    assert (code, f"con {len(before)} archivos" in output) == (0, True), output
    assert hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest() in output
    code, output = run("campaign", tmp_path / "alla", "--import", tmp_path / "a.zip")
    assert (code, f"{len(before)} archivos, todo comprobado" in output) == (0, True), output
    assert contents(here) == contents(tmp_path / "alla") == before
    code, output = run("status", "--campaign", tmp_path / "alla", "--check")
    assert (code, "Todo está" in output) == (0, True), output
    assert run("campaign", tmp_path / "alla", "--export", tmp_path / "b.zip")[0] == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert around(tmp_path) == {"aqui", "alla", "a.zip", "b.zip"}


def test_the_head_that_both_show_is_that_of_the_chain(backup: Path, tmp_path: Path) -> None:
    _, output = run("campaign", tmp_path / "alla", "--import", backup)
    with folder.opened(tmp_path / "alla") as campana:
        head = campana.ledger.head()
    assert f"Cabeza de la cadena: {head}" in output
    assert f"Cabeza de la cadena: {head}" in run("campaign", tmp_path / "alla", "--export", tmp_path / "b.zip")[1]


def test_the_library_carries_it_as_the_command_does(place: Path, tmp_path: Path) -> None:
    done = library.Campaign(place).export(tmp_path / "a.zip")
    assert (done.path, done.why, done.left_out, done.pending) == (tmp_path / "a.zip", "", (), ())
    assert done.path.read_bytes() == export(place).read_bytes()
    assert done.sha256 == hashlib.sha256(done.path.read_bytes()).hexdigest()
    with library.Campaign(place) as held:  # which is open already
        assert held.export(tmp_path / "c.zip").sha256 == done.sha256
    made = library.Campaign.import_(tmp_path / "alla", done)
    assert (made.files, made.head, made.settings) == (done.files, done.head, library.Campaign(place).settings)
    assert library.Campaign(made.folder).verify().problems == ()
    assert "respaldo" not in repr(made)


def test_the_campaign_goes_on_where_it_was_carried(backup: Path, tmp_path: Path) -> None:
    run("campaign", tmp_path / "alla", "--import", backup)
    sent = books.book(tmp_path / "DGAA.xlsx", "DGAA")
    assert run("receive", sent, "--campaign", tmp_path / "alla", "--by", "Eva")[0] == 0
    assert run("status", "--campaign", tmp_path / "alla", "--check")[0] == 0


def test_a_campaign_without_submissions_is_carried_too(tmp_path: Path) -> None:
    path = export(books.campaign(tmp_path))
    assert run("campaign", tmp_path / "alla", "--import", path)[0] == 0
    assert run("receive", books.book(tmp_path / "DGAA.xlsx", "DGAA"), "--campaign", tmp_path / "alla")[0] == 0
    assert run("status", "--campaign", tmp_path / "alla", "--check")[0] == 0


def test_a_ledger_lost_after_the_move_is_made_anew_with_the_moments_of_reception(backup: Path, tmp_path: Path) -> None:
    run("campaign", tmp_path / "alla", "--import", backup)
    with folder.opened(tmp_path / "alla") as campana:
        old = campana.ajuste
    (tmp_path / "alla" / ledger.LEDGER).unlink()
    given = ["--entity", tmp_path / "alla" / "entidad.xlsx", "--quarter", old.trimestre, "--deadline", old.limite]
    assert run("campaign", tmp_path / "alla", *given, "--recover")[0] == 0
    with folder.opened(tmp_path / "alla") as campana:
        assert {e.dia for e in campana.ledger.rows(Entrega)} == {books.BEFORE.date()}


def test_what_a_crash_left_in_the_log_is_carried_and_stays_where_it_is(tmp_path: Path) -> None:
    here = Path(shutil.copytree(SETS / "campana-v1", tmp_path / "aqui"))
    if os.fork() == 0:
        connection = sqlite3.connect(here / ledger.LEDGER, isolation_level=None)
        row = "2, '2024-07-12T09:00:00-04:00', 'Ana', 'DGRB', 'TAR-005', '', '', 'nota', '2099-12-31'"
        connection.execute(f"INSERT INTO excepciones VALUES ({row})")
        os.kill(os.getpid(), signal.SIGKILL)
    os.wait()
    ledgers = {p.name: p.read_bytes() for p in here.glob("campana.sqlite*") if not p.name.endswith("-shm")}
    assert run("campaign", tmp_path / "alla", "--import", export(here))[0] == 0
    with folder.opened(tmp_path / "alla") as campana:
        assert len(campana.ledger.rows(Excepcion)) == 2
    assert {name: (here / name).read_bytes() for name in ledgers} == ledgers
    assert around(tmp_path / "alla") == {p.name for p in (SETS / "campana-v1").iterdir()}


def test_a_campaign_that_may_only_be_read_is_exported_too(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = export(place).read_bytes()
    monkeypatch.setattr(ledger, "_is_writable", lambda _: False)
    assert export(place, "b.zip").read_bytes() == wanted


# --- what belongs to it -----------------------------------------------------------------------------------


def test_ledgers_that_were_set_aside_are_carried(place: Path, tmp_path: Path) -> None:
    aside = ["campana-v1.sqlite", "campana-v2 (2).sqlite", "campana-anterior.sqlite", "campana-anterior (3).sqlite-wal"]
    for name in aside:
        (place / name).write_bytes(name.encode())
    run("campaign", tmp_path / "alla", "--import", export(place))
    assert {name: (tmp_path / "alla" / name).read_bytes() for name in aside} == {n: n.encode() for n in aside}


STRANGE = {
    "notas.docx": "no es de la campaña",
    "borrador/1.xlsx": "no es de la campaña",
    "ENTIDAD.XLSX": "no es de la campaña",
    "campana-vieja.sqlite": "no es de la campaña",
    "acuses/nota: leer.txt": "no pueden guardar ese nombre",
    "observaciones/nul.txt": "no pueden guardar ese nombre",
    "observaciones/punto.": "no pueden guardar ese nombre",
}


def test_what_is_not_of_the_campaign_stays_and_is_told(place: Path, tmp_path: Path) -> None:
    wanted = export(place).read_bytes()
    for name in STRANGE:
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(b"x")
    (place / "acuses" / "enlace.txt").symlink_to(tmp_path)
    (place / "observaciones" / "otra").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(place / "acuses" / "tubo")
    code, output = run("campaign", place, "--export", tmp_path / "b.zip")
    assert code == 0, output
    told = [line for line in output.splitlines() if line.startswith("No se llevó ")]
    expected = {**STRANGE, "acuses/enlace.txt": "enlace", "observaciones/otra": "enlace", "acuses/tubo": "enlace"}
    expected["borrador"] = expected.pop("borrador/1.xlsx")
    assert len(told) == len(expected)
    for name, why in expected.items():
        assert any(f"No se llevó {name}: " in line and why in line for line in told), (name, told)
    assert (tmp_path / "b.zip").read_bytes() == wanted


def test_what_computers_leave_is_neither_carried_nor_told(place: Path, tmp_path: Path) -> None:
    wanted = export(place).read_bytes()
    for name in ("Thumbs.db", ".DS_Store", "acuses/desktop.ini", "observaciones/~$DGRB.xlsx", "entregas/.recibiendo-7.xlsx",
                 "campana.sqlite-journal", ".poa-xl-7-entidad.xlsx", ".git/config"):  # fmt: skip
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(b"x")
    code, output = run("campaign", place, "--export", tmp_path / "b.zip")
    assert (code, "No se llevó" in output) == (0, False), output
    assert (tmp_path / "b.zip").read_bytes() == wanted


def test_of_two_names_that_differ_in_capitals_one_is_carried_and_the_other_told(place: Path, tmp_path: Path) -> None:
    for name in ("Á.txt", "á.txt"):
        (place / "acuses" / name).write_text(name, encoding="utf-8")
    _, output = run("campaign", place, "--export", tmp_path / "b.zip")
    assert output.count("No se llevó") == 1
    assert "No se llevó acuses/á.txt: en otras computadoras sería el mismo" in output
    assert "acuses/Á.txt" in archives.entries(tmp_path / "b.zip")


def test_a_submission_that_cannot_be_carried_stops_the_backup(place: Path, tmp_path: Path) -> None:
    with folder.opened(place) as campana:
        route = campana.ledger.rows(Entrega)[0].ruta
    shutil.move(place / route, tmp_path / "en-otro-disco.xlsx")
    (place / route).symlink_to(tmp_path / "en-otro-disco.xlsx")
    code, output = run("campaign", place, "--export", tmp_path / "b.zip")
    assert (code, f"el registro nombra {route}, y es un enlace" in output) == (3, True), output
    assert not (tmp_path / "b.zip").exists()


# --- a campaign that is not whole -------------------------------------------------------------------------


def _stored(place: Path) -> Path:
    return min((place / "entregas" / "DGRB").iterdir())


def _receipt(place: Path) -> Path:
    return min((place / "acuses").glob("*.txt"))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a submission changed": (lambda p: _stored(p).write_bytes(b"otra cosa"), "no es el que se recibió"),
    "a submission gone": (lambda p: _stored(p).unlink(), "Falta el archivo"),
    "a row changed": (attacks.quietly("UPDATE entregas SET quien = 'Eva' WHERE numero = 1"), "no dice lo que decía"),
    "a row deleted": (attacks.quietly("DELETE FROM excepciones"), "se borró"),
    "a trigger gone": (attacks.openly("DROP TRIGGER entregas_no_cambia"), "no tiene la forma"),
    "a receipt changed": (lambda p: _receipt(p).write_text("otro"), "no dice lo que dice el registro"),
    "a file of a person among the submissions": (
        lambda p: (p / "entregas" / "otro.xlsx").write_bytes(b"x"), "alguien lo puso allí"
    ),
    "a later copy": (
        lambda p: (p / "observaciones" / f"{receipt_number.number(2024, 2, 99)}.xlsx").write_bytes(b"x"), "de un acuse que no está"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_of_a_damaged_campaign_there_is_no_backup_and_it_is_said_why(place: Path, tmp_path: Path, name: str) -> None:
    damage, why = DAMAGE[name]
    damage(place)
    before = contents(place)
    code, output = run("campaign", place, "--export", tmp_path / "b.zip")
    assert (code, "No se hizo el respaldo" in output, why in output) == (3, True, True), output
    assert contents(place) == before
    assert around(tmp_path) == {"campana"}


@pytest.mark.parametrize("name", ["a receipt lost", "a submission half received"])
def test_what_a_kill_left_undone_is_carried_told_and_completed_there(place: Path, tmp_path: Path, name: str) -> None:
    if name == "a receipt lost":
        _receipt(place).unlink()
    else:
        process = start(["receive", books.book(tmp_path / "x" / "DGAA.xlsx", "DGAA"), "--campaign", place],
                        tmp_path / "dicho.txt", kill_at="commit")  # fmt: skip
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
    told = "Falta el acuse" if name == "a receipt lost" else "quedó a medio recibir"
    code, output = run("campaign", place, "--export", tmp_path / "b.zip")
    assert (code, told in output) == (0, True), output
    code, output = run("campaign", tmp_path / "alla", "--import", tmp_path / "b.zip")
    assert (code, told in output) == (0, True), output
    assert run("receive", books.book(tmp_path / "CG-SP.xlsx", "CG-SP"), "--campaign", tmp_path / "alla")[0] == 0
    assert run("status", "--campaign", tmp_path / "alla", "--check")[0] == 0


# --- wrong use --------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[list[str], str]] = {
    "a name that is taken": (["{campana}", "--export", "{zip}"], "un respaldo no reemplaza nada"),
    "a name that a link has": (["{campana}", "--export", "{enlace}"], "un respaldo no reemplaza nada"),
    "no zip": (["{campana}", "--export", "{aqui}/respaldo.xlsx"], "debe terminar en .zip"),
    "within the campaign": (["{campana}", "--export", "{campana}/acuses/r.zip"], "dentro de la carpeta de la campaña"),
    "export and the deadline": (
        ["{campana}", "--export", "{aqui}/r.zip", "--deadline", "2024-07-10"],
        "--export se da con la carpeta y sin más opciones; sobra: --deadline",
    ),
    "export and import": (["{aqui}/n", "--export", "{aqui}/r.zip", "--import", "{zip}"], "sobra: --import"),
    "import and recover": (["{aqui}/n", "--import", "{zip}", "--recover", "--by", "Ana"], "sobra: --by, --recover"),
    "import over a campaign": (["{campana}", "--import", "{zip}"], "ya tiene archivos"),
    "import beside a file": (["{aqui}", "--import", "{zip}"], "ya tiene archivos"),
    "import onto a link": (["{carpeta_enlazada}", "--import", "{zip}"], "ya tiene archivos"),
    "nothing to import": (["{aqui}/n", "--import", "{aqui}/nada.zip"], "no existe"),
    "a folder to import": (["{aqui}/n", "--import", "{campana}"], "es una carpeta"),
    "no campaign": (["{aqui}/nada", "--export", "{aqui}/r.zip"], "No es una carpeta"),
    "nothing at all": (["{campana}"], "Falta la opción '--entity'"),
    "only the entity": (["{aqui}/n", "--entity", "{campana}/entidad.xlsx"], "Falta la opción '--quarter'"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_use_is_said_and_nothing_is_done(place: Path, backup: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "enlace.zip").symlink_to(tmp_path / "no-esta.zip")
    (tmp_path / "vacia").mkdir()
    (tmp_path / "enlazada").symlink_to(tmp_path / "vacia", target_is_directory=True)
    where = {"campana": place, "zip": backup, "aqui": tmp_path, "enlace": tmp_path / "enlace.zip",
             "carpeta_enlazada": tmp_path / "enlazada"}  # fmt: skip
    before, there = contents(place), around(tmp_path)
    arguments, why = WRONG[name]
    code, output = run("campaign", *(part.format(**where) for part in arguments))
    assert (code, why in output) == (2, True), output
    assert (contents(place), around(tmp_path)) == (before, there)


def test_a_campaign_that_is_there_knows_its_quarter_and_its_deadline(place: Path, tmp_path: Path) -> None:
    with folder.opened(place) as campana:
        before = campana.ajuste
    code, output = run("campaign", place, "--entity", place / "entidad.xlsx")
    assert code == 0, output
    with folder.opened(place) as campana:
        assert (campana.ajuste.trimestre, campana.ajuste.limite) == (before.trimestre, before.limite)
    code, output = run("campaign", place, "--entity", place / "entidad.xlsx", "--deadline", "2024-12-30")
    assert code == 0, output
    with folder.opened(place) as campana:
        assert (campana.ajuste.trimestre, campana.ajuste.limite) == (before.trimestre, "2024-12-30")


def test_a_folder_without_a_campaign_has_no_backup(tmp_path: Path) -> None:
    (tmp_path / "vacia").mkdir()
    code, output = run("campaign", tmp_path / "vacia", "--export", tmp_path / "r.zip")
    assert (code, "no hay una campaña" in output) == (3, True)
    assert around(tmp_path) == {"vacia"}


def test_a_folder_that_cannot_be_made_is_said(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "archivo").write_bytes(b"x")
    assert "No se pudo escribir" in run("campaign", tmp_path / "archivo" / "n", "--import", backup)[1]
    assert around(tmp_path) == {"archivo"}


def test_a_file_that_cannot_be_read_stops_the_backup(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.open

    def broken(path: Path, *arguments: object) -> object:
        if path.parent.name == "observaciones":
            raise OSError(5, "Input/output error")
        return whole(path, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", broken)
    code, output = run("campaign", place, "--export", tmp_path / "r.zip")
    assert (code, "No se hizo el respaldo: no se pudo leer" in output) == (3, True), output
    assert around(tmp_path) == {"campana"}


def test_an_empty_folder_may_be_there_and_folders_above_are_made(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "vacia").mkdir()
    for place in (tmp_path / "vacia", tmp_path / "a" / "b"):
        assert run("campaign", place, "--import", backup)[0] == 0
        assert run("status", "--campaign", place, "--check")[0] == 0


# --- archives that are not as they were written -----------------------------------------------------------


def _of_unit(files: archives.Entries) -> str:
    return next(name for name in files if name.startswith("entregas/DGRB"))


def _other_submission(files: archives.Entries) -> None:
    files[_of_unit(files)] = b"otra cosa"
    archives.relisted(files)


def _changed_byte(files: archives.Entries) -> None:
    name = _of_unit(files)
    files[name] = files[name][:-1] + bytes([files[name][-1] ^ 1])


def _changed_ledger(files: archives.Entries) -> None:
    """Of a person who knows SQLite and the format of the archive."""
    files[ledger.LEDGER] = files[ledger.LEDGER].replace(b"nota 12", b"nota 13")
    archives.relisted(files)


def _without(name: str, again: bool = True) -> archives.Bend:
    def bend(files: archives.Entries) -> None:
        del files[name if name in files else next(n for n in files if n.startswith(name))]
        if again:
            archives.relisted(files)

    return bend


def _manifest(content: bytes) -> archives.Bend:
    return lambda files: files.update({archives.MANIFEST: content})


DAMAGED, NAMES, STRANGER = (
    "no está como poa-xl lo escribió",
    "no todas las computadoras pueden guardar",
    "no es de una campaña",
)
BENT: dict[str, tuple[archives.Bend, str]] = {
    "no manifest": (_without(archives.MANIFEST, again=False), "no es el respaldo de una campaña"),
    "a manifest that is no JSON": (_manifest(b"{"), "no es el respaldo de una campaña"),
    "a manifest that is a list": (_manifest(b"[]"), "no es el respaldo de una campaña"),
    "a manifest too deep": (_manifest(b"[" * 200_000), "no es el respaldo de una campaña"),
    "a manifest with an endless number": (_manifest(b'{"version": ' + b"9" * 9999 + b"}"), "no es el respaldo de una campaña"),
    "of another program": (archives.said(formato="otra cosa"), "no es el respaldo de una campaña"),
    "of a newer version": (archives.said(version=2), "una versión más nueva de poa-xl"),
    "no list": (archives.said(archivos={}), DAMAGED),
    "an empty list": (archives.said(archivos=[]), DAMAGED),
    "a size that is a text": (archives.field("bytes", "9"), DAMAGED),
    "a size that is true": (archives.field("bytes", True), DAMAGED),
    "a negative size": (archives.field("bytes", -1), DAMAGED),
    "another size": (archives.field("bytes", 7), DAMAGED),
    "a fingerprint of another kind": (archives.field("sha256", "0" * 63), DAMAGED),
    "another fingerprint": (archives.field("sha256", "0" * 64), "su tamaño o su huella es otra"),
    "a moment that is none": (archives.field("modificado", 1e300), DAMAGED),
    "a moment without end": (archives.field("modificado", 10**30), DAMAGED),
    "another field": (archives.field("modo", "0777"), DAMAGED),
    "another name": (archives.field("ruta", "acuses/otro.txt"), DAMAGED),
    "no ledger": (_without(ledger.LEDGER), DAMAGED),
    "a file that is not listed": (lambda files: files.update({"acuses/x.txt": b"x"}), DAMAGED),
    "a listed file that is missing": (_without("acuses/", again=False), DAMAGED),
    "a byte changed": (_changed_byte, "su tamaño o su huella es otra"),
    "a submission changed with its manifest": (_other_submission, "no es el que se recibió"),
    "a submission taken away with its manifest": (_without("entregas/DGRB"), "Falta el archivo entregas/DGRB"),
    "a submission added with its manifest": (archives.with_file("entregas/DGAA/x.xlsx"), "alguien lo puso allí"),
    "the ledger changed with its manifest": (_changed_ledger, "no dice lo que decía al escribirse"),
    "a ledger that is none": (archives.with_file(ledger.LEDGER, b"nada " * 900), "está dañado"),
    "an entity that is another": (archives.with_file("entidad.xlsx", b"otra"), "no es el libro de la entidad"),
    "a name that leads out": (archives.with_file("../fuera.txt"), NAMES),
    "a name that leads out of a folder": (archives.with_file("acuses/../../fuera.txt"), NAMES),
    "an absolute name": (archives.with_file("/tmp/fuera.txt"), NAMES),
    "a name of Windows": (archives.with_file("acuses\\fuera.txt"), NAMES),
    "a name with a drive": (archives.with_file("C:/fuera.txt"), NAMES),
    "a name of this very folder": (archives.with_file("acuses/./x.txt"), NAMES),
    "a name with nothing between": (archives.with_file("acuses//x.txt"), NAMES),
    "a device": (archives.with_file("acuses/CON.txt"), NAMES),
    "a device in small letters": (archives.with_file("acuses/lpt1"), NAMES),
    "a name that ends in a point": (archives.with_file("acuses/x.txt."), NAMES),
    "a name with a line": (archives.with_file("acuses/a\nb.txt"), NAMES),
    "a name that runs backwards": (archives.with_file("acuses/a\u202etxt.exe"), NAMES),
    "a name too long": (archives.with_file(f"acuses/{'x' * 256}"), NAMES),
    "a program beside the ledger": (archives.with_file("autorun.inf"), STRANGER),
    "a log for the ledger": (archives.with_file("campana.sqlite-wal"), STRANGER),
    "a hidden file": (archives.with_file("acuses/.oculto"), STRANGER),
    "capitals": (archives.with_files(acuses__n=b"x", acuses__N=b"y"), "serían el mismo"),
    "a file that is a folder too": (archives.with_files(acuses__n=b"x", acuses__n__m=b"y"), "serían el mismo"),
    "accents of two kinds": (
        lambda files: (archives.with_file("acuses/\u00e1")(files), archives.with_file("acuses/a\u0301")(files), None)[2],
        "serían el mismo",
    ),
}  # fmt: skip


def refused(path: Path, target: Path) -> str:
    """What is said of an archive that is not imported: nothing of it stays."""
    there = around(target.parent)
    code, output = run("campaign", target, "--import", path)
    assert (code, "No se importó nada de" in output) == (3, True), output
    assert around(target.parent) == there
    assert ".poa-xl-" not in output
    return output


@pytest.mark.parametrize("name", BENT)
def test_an_archive_that_is_not_as_it_was_written_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    bend, why = BENT[name]
    files = archives.entries(backup)
    bend(files)
    output = refused(archives.write(tmp_path / "malo.zip", files), tmp_path / "alla")
    assert why in output


def test_an_archive_written_anew_as_it_was_is_taken(backup: Path, tmp_path: Path) -> None:
    """What the refusals above are compared with."""
    files = archives.entries(backup)
    archives.relisted(files)
    assert run("campaign", tmp_path / "alla", "--import", archives.write(tmp_path / "b.zip", files))[0] == 0


def _twice(files: archives.Entries, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(_of_unit(files), b"otro")


def _link(files: archives.Entries, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if name == _of_unit(files) else 0o644) << 16
            archive.writestr(info, content)


def _folder(files: archives.Entries, path: Path) -> None:
    archives.write(path, files)
    with zipfile.ZipFile(path, "a") as archive:
        archive.mkdir("acuses")


def _compressed(files: archives.Entries, path: Path) -> None:
    archives.write(path, files, zipfile.ZIP_DEFLATED)


def _bomb(files: archives.Entries, path: Path) -> None:
    files["acuses/ceros.txt"] = bytes(50_000_000)
    archives.relisted(files)
    archives.write(path, files, zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 1_000_000


def _encrypted(files: archives.Entries, path: Path) -> None:
    content = archives.write(path, files).read_bytes()
    at = content.index(b"PK\x01\x02")
    path.write_bytes(content[: at + 8] + b"\x01" + content[at + 9 :])


def _overlapping(files: archives.Entries, path: Path) -> None:
    """Many names for the bytes of one file, with which a small archive would fill a disk."""
    files["acuses/ceros.txt"] = bytes(1_000_000)
    archives.relisted(files)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        twin = archive.getinfo("acuses/ceros.txt")
        for n in range(50):
            info = zipfile.ZipInfo(f"acuses/ceros{n}.txt")
            info.header_offset, info.CRC = twin.header_offset, twin.CRC
            info.compress_size = info.file_size = twin.file_size
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info


FORMS = {
    "a name twice": _twice, "a link": _link, "a folder of its own": _folder, "compressed": _compressed,
    "a bomb": _bomb, "encrypted": _encrypted, "overlapping files": _overlapping,
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_zip_of_another_form_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    FORMS[name](archives.entries(backup), tmp_path / "malo.zip")
    assert DAMAGED in refused(tmp_path / "malo.zip", tmp_path / "alla")


def test_a_manifest_larger_than_can_be_is_not_read(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "LARGEST", len(archives.entries(backup)[archives.MANIFEST]) - 1)
    assert DAMAGED in refused(backup, tmp_path / "alla")


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4", b"PK\x05\x06" + bytes(18), b"x" * 9999], ids=["empty", "pdf", "empty zip", "noise"]
)
def test_a_file_that_is_no_archive_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "otro.zip").write_bytes(content)
    assert "no es el respaldo de una campaña" in refused(tmp_path / "otro.zip", tmp_path / "alla")


def test_a_workbook_is_no_archive(tmp_path: Path) -> None:
    assert "no es el respaldo" in refused(books.book(tmp_path / "DGRB.xlsx", "DGRB"), tmp_path / "alla")


def test_an_archive_that_was_cut_off_or_has_other_bytes_gives_the_campaign_or_nothing(
    original: Path, backup: Path, tmp_path: Path
) -> None:
    content, chance, wanted = backup.read_bytes(), random.Random(20240712), contents(original)
    taken = 0
    for n in range(150):
        bent = bytearray(content)
        if n % 3:
            for _ in range(chance.randint(1, 3)):
                near_the_end = chance.random() < 0.7  # where the lists are
                at = chance.randrange(len(bent) - 9_000, len(bent)) if near_the_end else chance.randrange(len(bent))
                bent[at] ^= 1 << chance.randrange(8)
        else:
            del bent[chance.randrange(len(bent)) :]
        (tmp_path / "roto.zip").write_bytes(bent)
        code, output = run("campaign", tmp_path / f"{n}", "--import", tmp_path / "roto.zip")
        assert code in (0, 3), output
        if code == 0:  # a bit that says nothing of a file: a date of the zip
            taken += 1
            found = contents(tmp_path / f"{n}")
            assert {name: digest for name, (digest, _) in found.items()} == {n: d for n, (d, _) in wanted.items()}
            shutil.rmtree(tmp_path / f"{n}")
        assert around(tmp_path) == {"roto.zip"}
    assert taken < 100


# A ledger of before the chain proves nothing of itself: what it names must be in the archive, and be a name of ours.
OUTSIDE = {
    "a receipt elsewhere": ("UPDATE entregas SET acuse = '../../fuera' WHERE numero = 1", "número de un acuse"),
    "a submission elsewhere": ("UPDATE entregas SET ruta = '../fuera.xlsx' WHERE numero = 1", "Falta el archivo"),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_ledger_cannot_name_files_outside_its_folder(tmp_path: Path, name: str) -> None:
    order, why = OUTSIDE[name]
    here = Path(shutil.copytree(SETS / "campana-v1", tmp_path / "aqui"))
    files = archives.entries(export(here))
    with folder.opened(here) as campana:
        first = campana.ledger.rows(Entrega)[0]
    (tmp_path / "fuera.xlsx").write_bytes((here / first.ruta).read_bytes())  # so that its fingerprint would fit
    attacks.quietly(order)(here)
    files[ledger.LEDGER] = (here / ledger.LEDGER).read_bytes()
    archives.relisted(files)
    assert why in refused(archives.write(tmp_path / "malo.zip", files), tmp_path / "alla")


# --- kills, two at once, a disk without room --------------------------------------------------------------


def whole(place: Path, wanted: dict[str, tuple[str, int]]) -> bool:
    """Whether the campaign is there with all that it holds; else nothing has its name."""
    if not place.exists():
        return False
    assert contents(place) == wanted
    return True


@pytest.mark.parametrize("step", ["import-unpacked", "import-checked", "import-named"])
def test_a_kill_at_a_step_of_the_import_leaves_nothing_or_all(
    original: Path, backup: Path, tmp_path: Path, step: str
) -> None:
    said = tmp_path / "dicho.txt"
    process = start(["campaign", tmp_path / "alla", "--import", backup], said, kill_at=step)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert whole(tmp_path / "alla", contents(original)) == (step == "import-named")
    code, output = finish(["campaign", tmp_path / "alla", "--import", backup], said)
    assert code == (2 if step == "import-named" else 0), output
    assert whole(tmp_path / "alla", contents(original))


@pytest.mark.parametrize("step", ["export-packed", "export-checked"])
def test_a_kill_at_a_step_of_the_export_leaves_no_archive(place: Path, backup: Path, tmp_path: Path, step: str) -> None:
    said, order = tmp_path / "dicho.txt", ["campaign", place, "--export", tmp_path / "r.zip"]
    process = start([*order], said, kill_at=step)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert not (tmp_path / "r.zip").exists()
    assert finish([*order], said)[0] == 0
    assert (tmp_path / "r.zip").read_bytes() == backup.read_bytes()
    assert run("status", "--campaign", place, "--check")[0] == 0


def test_import_may_be_killed_at_any_moment(original: Path, backup: Path, tmp_path: Path) -> None:
    said, wanted, chance = tmp_path / "dicho.txt", contents(original), random.Random(20240713)
    assert finish(["campaign", tmp_path / "warm", "--import", backup], said)[0] == 0
    begun = time.perf_counter()
    assert finish(["campaign", tmp_path / "0", "--import", backup], said)[0] == 0
    usual, at_work, half = time.perf_counter() - begun, 0, 0
    for n in range(1, KILLS + 1):
        process = start(["campaign", tmp_path / f"{n}", "--import", backup], said)
        time.sleep(chance.uniform(0, 1.2 * usual))
        process.kill()
        process.join()
        in_time = process.exitcode == -signal.SIGKILL
        at_work, usual = at_work + in_time, usual * (MORE if in_time else LESS)
        half += any(p.name.endswith(f"-{n}") for p in tmp_path.glob(".poa-xl-*"))
        there = whole(tmp_path / f"{n}", wanted)
        assert finish(["campaign", tmp_path / f"{n}", "--import", backup], said)[0] == (2 if there else 0)
        assert whole(tmp_path / f"{n}", wanted)
    assert at_work >= KILLS // 3
    assert half >= 1, "no kill came while it was writing"


def test_what_a_kill_left_half_written_is_taken_away_by_the_next_import_after_a_while(
    original: Path, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = start(["campaign", tmp_path / "alla", "--import", backup], tmp_path / "d.txt", kill_at="import-checked")
    process.join(60)
    (left,) = tmp_path.glob(".poa-xl-*")
    (tmp_path / ".poa-xl-1-0-otra").mkdir()
    monkeypatch.setattr("poa_xl.atomic._FORGOTTEN", -60)
    assert run("campaign", tmp_path / "alla", "--import", backup)[0] == 0
    assert not left.exists()
    assert (tmp_path / ".poa-xl-1-0-otra").exists()


def test_of_two_imports_at_once_into_one_folder_one_wins_and_the_other_says_so(
    original: Path, backup: Path, tmp_path: Path
) -> None:
    for n in range(5):
        running = [start(["campaign", tmp_path / f"{n}", "--import", backup], tmp_path / f"{w}.txt") for w in "ab"]
        for process in running:
            process.join(120)
        said = [(tmp_path / f"{who}.txt").read_text(encoding="utf-8") for who in "ab"]
        assert sorted(p.exitcode or 0 for p in running) == [0, 2], said
        assert sum("ya tiene archivos" in text for text in said) == 1
        assert whole(tmp_path / f"{n}", contents(original))
    assert list(tmp_path.glob(".poa-xl-*")) == []


def test_of_two_exports_at_once_none_is_lost(place: Path, backup: Path, tmp_path: Path) -> None:
    order = ["campaign", place, "--export", tmp_path / "r.zip"]
    running = [start([*order], tmp_path / f"{who}.txt") for who in "ab"]
    for process in running:
        process.join(120)
    said = [(tmp_path / f"{who}.txt").read_text(encoding="utf-8") for who in "ab"]
    assert {p.exitcode for p in running} <= {0, 2}, said
    made = sorted(tmp_path.glob("r*.zip"))
    assert len(made) == [p.exitcode for p in running].count(0) >= 1
    assert {path.read_bytes() for path in made} == {backup.read_bytes()}


def test_an_export_while_others_receive_is_of_one_moment(tmp_path: Path) -> None:
    place, said = books.campaign(tmp_path), tmp_path / "dicho.txt"
    for n in range(2):
        files = [books.variant(tmp_path / f"{n}" / f"{u}.xlsx", u, f"{n}") for u in ("DGRB", "EMB-AR", "CON-JJ")]
        receiving = start(["receive", *files, "--campaign", place, "--by", "Ana"], said)
        moments = 0
        while receiving.is_alive() or not moments:
            path = tmp_path / f"{n}-{moments}.zip"
            code, output = run("campaign", place, "--export", path)
            assert code == 0, output
            assert run("campaign", path.with_suffix(""), "--import", path)[0] == 0
            moments += 1
        receiving.join()
        assert receiving.exitcode == 0
    with folder.opened(place) as campana:
        assert len(campana.ledger.rows(Entrega)) == 6
    assert run("status", "--campaign", place, "--check")[0] == 0


def test_an_export_waits_for_who_receives_and_says_so_in_the_end(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "WAIT", 0.2)
    other = sqlite3.connect(place / ledger.LEDGER, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    code, output = run("campaign", place, "--export", tmp_path / "r.zip")
    other.close()
    assert (code, "Otro programa está recibiendo" in output) == (3, True), output
    assert around(tmp_path) == {"campana"}


def test_a_disk_without_room_leaves_nothing_and_says_so(place: Path, backup: Path, tmp_path: Path) -> None:
    said, largest = tmp_path / "dicho.txt", max(map(len, archives.entries(backup).values()))
    whole_size = backup.stat().st_size
    for order, rooms in (
        (["campaign", place, "--export", tmp_path / "r.zip"], (0, 10_000, whole_size // 2, whole_size - 1)),
        (["campaign", tmp_path / "alla", "--import", backup], (0, 2_000, largest - 1)),
    ):
        there = around(tmp_path) | {"dicho.txt"}
        for room in rooms:
            code, output = finish([*order], said, largest=room)
            assert (code, "no hay espacio en el disco" in output) == (3, True), output
            assert around(tmp_path) == there
        assert finish([*order], said)[0] == 0


# --- the list of what belongs -----------------------------------------------------------------------------


def test_every_folder_that_a_campaign_makes_is_on_the_list(original: Path) -> None:
    made = {p.name for p in original.iterdir() if p.is_dir()}
    for name in CAMPAIGNS:
        made |= {p.name for p in (SETS / name).iterdir() if p.is_dir()}
    said = set(re.findall(r"^(\w+)/", str(folder.__doc__), re.MULTILINE))
    assert made <= said <= set(campaign_contents.FOLDERS)


def test_the_manifest_can_be_read_without_this_program(original: Path, backup: Path) -> None:
    """`sha256sum` and any unzip are enough."""
    files = archives.entries(backup)
    said = json.loads(files[archives.MANIFEST])
    assert (said["formato"], said["version"]) == ("campaña de poa-xl", 1)
    listed = {one["ruta"]: (one["sha256"], one["modificado"] or 0) for one in said["archivos"]}
    assert listed == contents(original)
    assert {name for name in files if name != archives.MANIFEST} == set(listed)
