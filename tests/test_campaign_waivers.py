"""Waivers: who accepts which finding, what may be accepted, and what it changes."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from poa_xl import messages
from poa_xl.api.campaign import Campaign
from poa_xl.api.revision import Revision
from poa_xl.campaign import board, exceptions, folder, intake
from poa_xl.campaign.exceptions import Pedido, WaiverError
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.intake import Orden
from poa_xl.campaign.records import Entrega, Excepcion
from poa_xl.checking.waivers import Waiver, waived
from poa_xl.cli import poa_xl
from poa_xl.findings import Finding, Location, count
from tests import campaign_books as books
from tests.one_sheet import sheet_of
from tests.places import at

pytestmark = pytest.mark.slow

VIGENTE = at("Presupuesto", "Presupuesto vigente")
UNTIL = dt.date(2024, 7, 31)


@pytest.fixture
def campana(tmp_path: Path) -> Iterator[Campana]:
    with folder.opened(books.campaign(tmp_path)) as opened:
        yield opened


def pedido(code: str, unidad: str = "DGRB", cell: str = "", until: dt.date = UNTIL) -> Pedido:
    return Pedido(code, unidad, "Luis", "Nota 12/2024", until, cell)


def receive(campana: Campana, path: Path, force: bool = False) -> Entrega:
    recibo = intake.receive(campana, path, Orden("Ana", books.BEFORE, force))
    assert recibo.entrega is not None
    return recibo.entrega


def overspent(path: Path) -> Path:
    """A workbook whose row 5 of Presupuesto says less vigente than what was spent."""
    return books.book(
        path,
        "DGRB",
        {
            at("Presupuesto", "Presupuesto inicial"): 1000,
            at("Presupuesto", "Modificaciones"): 0,
            VIGENTE: 1000,
        },
    )


# --- what may be accepted ---------------------------------------------------------------------------------


def test_of_the_errors_only_rules_between_rows_sheets_and_the_entity_can_be_accepted() -> None:
    errors = {code for code in messages.MESSAGES if messages.severity(code) is messages.Severity.ERROR}
    decided = messages.codes(messages.Trait.AWAITS_DECISION)
    assert {code for code in errors if messages.can_be_waived(code)} == {"PRE-003", "PRE-006", "TAR-010", *decided}
    assert messages.can_be_waived("TAR-005")
    assert messages.can_be_waived("UNI-010")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("CEL-002", "no se vuelve dato"),
        ("COL-001", "no se vuelve dato"),
        ("LIB-003", "no se vuelve dato"),
        ("TAR-009", "no se vuelve dato"),
        ("ENT-002", "no es una observación del libro de una unidad"),
        ("UND-001", "no es una observación del libro de una unidad"),
        ("XXX-001", "no existe"),
    ],
)
def test_what_cannot_be_accepted_is_refused_with_a_reason(campana: Campana, code: str, why: str) -> None:
    with pytest.raises(WaiverError, match=why):
        exceptions.record(campana, pedido(code), books.BEFORE)
    assert campana.ledger.rows(Excepcion) == []


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (pedido("TAR-005", unidad="NADIE"), "no está en el libro de la entidad"),
        (pedido("TAR-005", cell="E5"), "Tareas!E5"),
        (pedido("TAR-005", cell="Otra!E5"), "Tareas!E5"),
        (pedido("TAR-005", until=dt.date(2024, 7, 1)), "no alcanza a ninguna entrega"),
        (Pedido("TAR-005", "DGRB", " ", "x", UNTIL), "quién acepta"),
        (Pedido("TAR-005", "DGRB", "Luis", "", UNTIL), "quién acepta"),
    ],
)
def test_a_waiver_that_says_too_little_or_wrong_is_refused(campana: Campana, wrong: Pedido, why: str) -> None:
    with pytest.raises(WaiverError, match=why):
        exceptions.record(campana, wrong, books.BEFORE)


def test_a_waiver_covers_its_code_unit_and_cell_alone() -> None:
    here = Finding("TAR-005", Location("a.xlsx", "Tareas", "Q5"), unidad="DGRB")
    there = Finding("TAR-005", Location("a.xlsx", "Tareas", "Q6"), unidad="DGRB")
    waiver = Waiver("TAR-005", "DGRB", "Tareas", "Q5", "Exceptuado.")
    assert [messages.excepted(waived(f, [waiver])) for f in (here, there)] == [True, False]
    assert not waiver.covers(Finding("TAR-005", here.location, unidad="DGAA"))
    assert not waiver.covers(Finding("TAR-004", here.location, unidad="DGRB"))
    assert not Waiver("CEL-002", "DGRB").covers(Finding("CEL-002", here.location, unidad="DGRB"))
    assert count([waived(here, [waiver]), there]) == (0, 1)
    assert messages.text(waived(here, [waiver])).endswith("Exceptuado.")


# --- what it changes --------------------------------------------------------------------------------------


def test_an_accepted_error_shows_but_keeps_its_row_no_longer_out(campana: Campana, tmp_path: Path) -> None:
    before = receive(campana, overspent(tmp_path / "1" / "DGRB.xlsx"))
    assert (before.estado, before.errores) == ("aceptada en parte", 1)
    exceptions.record(campana, pedido("PRE-006", cell=books.written(VIGENTE)), books.AFTER)
    after = receive(campana, campana.folder / before.ruta, force=True)
    assert (after.estado, after.errores, after.exceptuados) == ("aceptada con avisos", 0, 1)
    assert after.filas == before.filas + 1


def test_a_waiver_in_another_cell_or_for_earlier_submissions_changes_nothing(campana: Campana, tmp_path: Path) -> None:
    exceptions.record(
        campana, pedido("PRE-006", cell=books.written(at("Presupuesto", "Presupuesto vigente", 2))), books.BEFORE
    )
    exceptions.record(campana, pedido("PRE-006", unidad="DGAA"), books.BEFORE)
    late = Orden("Ana", dt.datetime(2024, 8, 1, tzinfo=dt.UTC))
    exceptions.record(campana, pedido("PRE-006"), books.BEFORE)
    recibo = intake.receive(campana, overspent(tmp_path / "1" / "DGRB.xlsx"), late)  # a day after `hasta`
    assert recibo.entrega is not None
    assert (recibo.entrega.estado, recibo.entrega.exceptuados) == ("aceptada en parte", 0)


def test_the_board_counts_a_waiver_that_was_written_down_later(campana: Campana, tmp_path: Path) -> None:
    entrega = receive(campana, overspent(tmp_path / "1" / "DGRB.xlsx"))
    (row,) = [f for f in board.of(campana).filas if f.unidad == "DGRB"]
    assert (row.estado, row.errores, row.exceptuados) == ("en parte", 1, 0)
    excepcion = exceptions.record(campana, pedido("PRE-006"), books.AFTER)
    (row,) = [f for f in board.of(campana).filas if f.unidad == "DGRB"]
    assert (row.estado, row.errores, row.exceptuados) == ("con avisos", 0, 1)
    assert board.covered(campana, entrega, excepcion) == 1
    assert board.of(campana).excepciones == (excepcion,)


def test_the_master_takes_the_row_and_shows_who_accepted_it(tmp_path: Path) -> None:
    place, master = books.campaign(tmp_path), tmp_path / "m.xlsx"
    with folder.opened(place) as campana:
        receive(campana, overspent(tmp_path / "1" / "DGRB.xlsx"))
        assert consolidated(place, master).errors
        without = rows(master, "Datos_Presupuesto")
        exceptions.record(campana, pedido("PRE-006"), books.AFTER)
        assert not consolidated(place, master).errors
    assert len(rows(master, "Datos_Presupuesto")) == len(without) + 1
    (shown,) = [r for r in rows(master, "Observaciones") if "PRE-006" in r]
    assert "Exceptuado" in shown
    assert any("Exceptuado por Luis hasta el 31/07/2024: Nota 12/2024." in str(cell) for cell in shown)


def consolidated(place: Path, master: Path) -> Revision:
    found = Campaign(place).check()
    found.evaluate().write_master(master)
    return found


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(sheet_of(path, sheet).iter_rows(values_only=True))


def test_the_command_says_what_a_waiver_reaches(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    with folder.opened(place) as campana:
        receive(campana, overspent(tmp_path / "DGRB.xlsx"))
    order = ["waive", "PRE-006", "--campaign", place, "--unit", "DGRB", "--by", "Luis", "--reason", "Nota 12"]
    done = CliRunner().invoke(poa_xl, [*map(str, order), "--until", "31/07/2024"])
    assert (done.exit_code, "alcanza a 1 observación" in done.output) == (0, True)
    refused = [str(part) if part != "PRE-006" else "CEL-002" for part in order]
    done = CliRunner().invoke(poa_xl, [*refused, "--until", "31/07/2024"])
    assert (done.exit_code, "no se puede exceptuar" in done.output) == (2, True)
    done = CliRunner().invoke(poa_xl, [*map(str, order), "--until", "mañana"])
    assert (done.exit_code, "no es una fecha como" in done.output) == (2, True)
    done = CliRunner().invoke(poa_xl, ["status", "--campaign", str(place), "--format", "json"])
    (excepcion,) = json.loads(done.output)["excepciones"]
    assert (excepcion["quien"], excepcion["hasta"]) == ("Luis", "2024-07-31")
