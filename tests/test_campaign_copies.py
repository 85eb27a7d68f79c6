"""Copies with observations come after all receipts; one that cannot be made is noted once and holds nobody up."""

import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from poa_xl.api import copies
from poa_xl.campaign import folder
from poa_xl.campaign.records import Copia, Entrega
from poa_xl.cli import poa_xl
from poa_xl.errors import PoaError
from poa_xl.guards import RefusedError
from poa_xl.ooxml.splice import MarkupError
from tests import campaign_books as books
from tests.campaign_process import finish, start

pytestmark = pytest.mark.slow


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    if isinstance(result.exception, PoaError):
        return 3, result.output + result.exception.command_text  # as `main` says it
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return books.campaign(tmp_path)


def wrong(path: Path, unidad: str) -> Path:
    """A workbook with one error, of which a copy is due."""
    return books.book(path / f"{unidad}.xlsx", unidad, {books.MONTH: "dos"})


def receipts(place: Path) -> int:
    there = place / "acuses"
    return len(list(there.iterdir())) if there.is_dir() else 0


def rows(place: Path) -> list[tuple[int, str, str]]:
    with folder.opened(place) as campana:
        return [(c.entrega, c.resultado, c.motivo) for c in campana.ledger.rows(Copia)]


def test_every_receipt_is_written_before_the_first_copy(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    whole = copies.copy_with

    def copy(*arguments: object, **named: object) -> bytes | None:
        seen.append(receipts(place))
        return whole(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(copies, "copy_with", copy)
    for unit in ("DGRB", "EMB-AR", "CG-SP"):
        wrong(tmp_path / "bandeja", unit)
    assert run("receive", tmp_path / "bandeja", "--campaign", place)[0] == 1
    assert seen == [6, 6, 6]
    assert rows(place) == [(n, "hecha", "") for n in (1, 2, 3)]
    assert len(list((place / "observaciones").iterdir())) == 3


FAILURES = {
    "out of time": (RefusedError("LIB-010", "tiempo"), "lo impiden los límites de lectura (LIB-010)"),
    "broken markup": (MarkupError("sheetData"), "de un modo que no se puede completar"),
    "not foreseen": (RecursionError(), "RecursionError"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_copy_that_cannot_be_made_is_said_and_noted_once_and_not_tried_again(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    error, why = FAILURES[name]
    tried: list[str] = []
    whole = copies.copy_with

    def copy(campana: object, entrega: Entrega, *rest: object) -> bytes | None:
        tried.append(entrega.unidad)
        if entrega.unidad == "EMB-AR":
            raise error
        return whole(campana, entrega, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(copies, "copy_with", copy)
    for unit in ("DGRB", "EMB-AR"):
        wrong(tmp_path / "bandeja", unit)
    code, output = run("receive", tmp_path / "bandeja", "--campaign", place)
    assert (code, output.count("No se pudo hacer la copia"), why in output) == (1, 1, True), output
    assert output.count("Copia con las observaciones") == 1
    later = wrong(tmp_path, "CG-SP")
    for _ in range(2):
        code, output = run("receive", later, "--campaign", place)
        assert (code, "No se pudo hacer la copia" in output) == (1, False)
    assert sorted(tried) == ["CG-SP", "DGRB", "EMB-AR"]
    failed = [row for row in rows(place) if row[1] == "no se hizo"]
    assert [(n, why in said) for n, _, said in failed] == [(2, True)]
    assert run("status", "--campaign", place, "--check")[0] == 0


def test_a_file_that_takes_no_copy_is_noted_without_a_word(place: Path, tmp_path: Path) -> None:
    (tmp_path / "carta.xlsx").write_bytes(b"hola")
    code, output = run("receive", tmp_path / "carta.xlsx", "--campaign", place)
    assert (code, "Copia con" in output, "hacer la copia" in output) == (1, False, False), output
    assert rows(place) == [(1, "no se hizo", "")]


def test_a_copy_that_a_person_took_away_is_not_made_again(place: Path, tmp_path: Path) -> None:
    run("receive", wrong(tmp_path, "DGRB"), "--campaign", place)
    (copy,) = (place / "observaciones").iterdir()
    copy.unlink()
    run("receive", books.book(tmp_path / "DGAA.xlsx", "DGAA"), "--campaign", place)
    assert list((place / "observaciones").iterdir()) == []


def test_a_stored_file_that_changed_gets_its_copy_when_it_is_put_back(place: Path, tmp_path: Path) -> None:
    sent = wrong(tmp_path, "DGRB")
    content = sent.read_bytes()
    whole = copies.make
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "make", lambda *_: (None, ""))
        run("receive", sent, "--campaign", place)
    assert copies.make is whole
    with folder.opened(place) as campana:
        stored = place / campana.ledger.rows(Entrega)[0].ruta
    stored.write_bytes(b"otro")
    run("receive", books.book(tmp_path / "DGAA.xlsx", "DGAA"), "--campaign", place)
    assert rows(place) == []
    stored.write_bytes(content)
    run("receive", books.book(tmp_path / "CG-SP.xlsx", "CG-SP"), "--campaign", place)
    assert rows(place) == [(1, "hecha", "")]


def test_no_room_for_a_copy_is_no_fault_of_the_workbook(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made by the next command; the receipt is there by then."""
    (place / "observaciones").write_bytes(b"")  # a file where the folder should be
    code, output = run("receive", wrong(tmp_path, "DGRB"), "--campaign", place)
    assert (code, "No se pudo escribir" in output, "1 aceptado" in output) == (3, True, True), output
    assert (receipts(place), rows(place)) == (2, [])
    (place / "observaciones").unlink()
    assert run("receive", books.book(tmp_path / "DGAA.xlsx", "DGAA"), "--campaign", place)[0] == 0
    assert rows(place) == [(1, "hecha", "")]


def test_a_copy_in_which_the_program_is_killed_keeps_no_receipt_back(place: Path, tmp_path: Path) -> None:
    said = tmp_path / "dicho.txt"
    wrong(tmp_path / "bandeja", "DGRB")
    wrong(tmp_path / "bandeja", "EMB-AR")
    process = start(["receive", tmp_path / "bandeja", "--campaign", place], said, kill_at="copy")
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert (receipts(place), rows(place)) == (4, [])
    assert finish(["receive", books.book(tmp_path / "DGAA.xlsx", "DGAA"), "--campaign", place], said)[0] == 0
    assert [row[:2] for row in rows(place)] == [(1, "hecha"), (2, "hecha")]


def test_a_reminder_for_whose_workbook_no_copy_can_be_made_goes_without_one(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("receive", wrong(tmp_path, "DGRB"), "--campaign", place)
    exception = ["--unit", "DGRB", "--by", "Luis", "--reason", "nota 12", "--until", "2099-12-31"]
    assert run("waive", "TAR-005", "--campaign", place, *exception)[0] == 0

    def copy(*_: object) -> bytes | None:
        raise RefusedError("LIB-010")

    monkeypatch.setattr(copies, "copy_with", copy)
    assert run("status", "--campaign", place, "--reminders", tmp_path / "recordatorios")[0] == 0
    assert len(list((tmp_path / "recordatorios").glob("*.eml"))) == 5
