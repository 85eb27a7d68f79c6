"""Which of two books of a unit counts: by dates that can be, never by a typing error, and by a person where they disagree."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from poa_xl import cells, messages
from poa_xl.api import reception
from poa_xl.campaign import board, folder, integrity
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import Entrega
from poa_xl.checking.send_window import plausible, window
from poa_xl.cli import poa_xl
from tests import campaign_books as books
from tests.places import at

pytestmark = pytest.mark.slow

ZONE = dt.timezone(dt.timedelta(hours=-4))
NOW = dt.datetime(2024, 7, 20, 12, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "now", lambda: NOW)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return books.campaign(tmp_path)


@pytest.fixture
def campana(place: Path) -> Iterator[Campana]:
    with folder.opened(place) as opened:
        yield opened


def sent(path: Path, fecha: dt.date | None, saved: str, mark: int) -> Path:
    """A workbook of DGRB with these dates; `saved` is in UTC, ISO without its end."""
    books.book(path, "DGRB", {books.SENT: fecha, books.MONTH: mark})
    return books.saved_at(path, saved)


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def in_force(place: Path) -> int:
    """The version of DGRB that counts."""
    with folder.opened(place) as campana:
        return campana.current()["DGRB"].version


# --- when a book can have been sent -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trimestre", "first", "last"),
    [
        (1, dt.date(2024, 3, 1), dt.date(2024, 5, 31)),
        (2, dt.date(2024, 6, 1), dt.date(2024, 8, 31)),
        (3, dt.date(2024, 9, 1), dt.date(2024, 11, 30)),
        (4, dt.date(2024, 12, 1), dt.date(2025, 2, 28)),
    ],
)
def test_a_book_is_sent_from_the_last_month_of_its_quarter_to_two_months_after_it(
    trimestre: int, first: dt.date, last: dt.date
) -> None:
    assert window(2024, trimestre) == (first, last)
    day, later = dt.timedelta(days=1), dt.date(2030, 1, 1)
    judged = [plausible(d, 2024, [trimestre], later) for d in (first - day, first, last, last + day)]
    assert judged == [False, True, True, False]
    assert [plausible(first, 2024, [trimestre], today) for today in (first - day, first)] == [False, True]


def test_the_very_day_of_the_check_can_be_however_late() -> None:
    late = dt.date(2025, 3, 4)
    day = dt.timedelta(days=1)
    assert [plausible(late, 2024, [2], today) for today in (late - day, late, late + day)] == [False, True, False]


@pytest.mark.parametrize(
    "fecha",
    [dt.date(2042, 7, 5), dt.date(2023, 7, 5), dt.date(2024, 5, 7), dt.date(2024, 12, 7), dt.date(2024, 7, 21)],
)
def test_a_date_that_cannot_be_is_an_aviso_at_its_cell(place: Path, tmp_path: Path, fecha: dt.date) -> None:
    code, output = run("receive", sent(tmp_path / "DGRB.xlsx", fecha, "2024-07-05T10:00:00", 3), "--campaign", place)
    shown = cells.show(fecha)
    assert (code, f"DGRB.xlsx  {books.written(books.SENT)}  aviso UNI-016" in output) == (0, True), output
    assert (
        f"La Fecha de envío no puede ser {shown}: un libro del trimestre 2 se envía del 01/06/2024 al 31/08/2024"
        in (output)
    )


@pytest.mark.parametrize("fecha", [dt.date(2024, 6, 1), dt.date(2024, 7, 20), None])
def test_a_date_that_can_be_or_none_is_no_finding_of_the_window(
    place: Path, tmp_path: Path, fecha: dt.date | None
) -> None:
    _, output = run("receive", sent(tmp_path / "DGRB.xlsx", fecha, "2024-07-05T10:00:00", 3), "--campaign", place)
    assert "UNI-016" not in output


def test_a_book_of_a_later_quarter_may_have_its_date(place: Path, tmp_path: Path) -> None:
    path = books.book(
        tmp_path / "DGRB.xlsx", "DGRB", {at("Unidad", "Trimestre que se reporta"): 3, books.SENT: dt.date(2024, 9, 30)}
    )
    entity = ["--entity", place / "entidad.xlsx", "--quarter", 2]
    assert "UNI-016" not in run("validate", path, *entity)[1]


def test_the_master_says_what_was_said_when_it_was_received(place: Path, tmp_path: Path) -> None:
    run("receive", sent(tmp_path / "DGRB.xlsx", dt.date(2024, 7, 25), "2024-07-05T10:00:00", 3), "--campaign", place)
    _, output = run("consolidate", "--campaign", place, "-o", tmp_path / "m.xlsx")  # today it would be no finding
    assert "UNI-016" in output


# --- what orders two books --------------------------------------------------------------------------------


@pytest.mark.parametrize(("trimestre", "wins"), [(3, 1), (2, 2)])
def test_days_of_the_quarter_that_a_book_reports_order_it_too(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trimestre: int, wins: int
) -> None:
    """As those of the last book of a unit that ended; days of a quarter that nobody reports say nothing."""
    monkeypatch.setattr(reception, "now", lambda: dt.datetime(2024, 10, 5, 12, 0, tzinfo=ZONE))
    for number, fecha in enumerate((dt.date(2024, 9, 24), dt.date(2024, 9, 9)), start=1):
        said = {at("Unidad", "Trimestre que se reporta"): trimestre, books.SENT: fecha}
        run("receive", books.book(tmp_path / f"{number}" / "DGRB.xlsx", "DGRB", said), "--campaign", place)
    assert in_force(place) == wins


GOOD, LATER, TYPO = dt.date(2024, 7, 5), dt.date(2024, 7, 9), dt.date(2042, 7, 5)
SAVED, AFTER = "2024-07-05T10:00:00", "2024-07-09T10:00:00"


@pytest.mark.parametrize(
    ("first", "second", "wins"),
    [
        ((GOOD, SAVED), (LATER, AFTER), 2),
        ((LATER, AFTER), (GOOD, SAVED), 1),
        ((TYPO, SAVED), (LATER, AFTER), 2),  # a typing error blocks no later version
        ((TYPO, AFTER), (LATER, SAVED), 1),  # and hides none that is older
        ((GOOD, SAVED), (TYPO, AFTER), 2),
        ((LATER, AFTER), (TYPO, SAVED), 1),
        ((TYPO, SAVED), (TYPO, AFTER), 2),
        ((GOOD, SAVED), (None, AFTER), 2),
        ((GOOD, SAVED), (GOOD, AFTER), 2),
        ((GOOD, AFTER), (LATER, "2061-01-01T00:00:00"), 2),  # a clock that is wrong says nothing
        ((GOOD, AFTER), (LATER, "2006-01-01T00:00:00"), 2),
        ((TYPO, "2061-01-01T00:00:00"), (GOOD, SAVED), 2),  # nothing is known: the later one
    ],
)
def test_dates_that_can_be_decide_which_counts(
    place: Path, tmp_path: Path, first: tuple[dt.date, str], second: tuple[dt.date, str], wins: int
) -> None:
    for number, (fecha, saved) in enumerate((first, second), start=1):
        path = sent(tmp_path / str(number) / "DGRB.xlsx", fecha, saved, number)
        code, output = run("receive", path, "--campaign", place)
        assert (code, "--newer" in output) == (int(number == 2 and wins == 1), False), output
    assert in_force(place) == wins


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((LATER, SAVED), (GOOD, AFTER), "por su Fecha de envío es anterior, y por el momento en que se guardó el archivo, posterior"),
        ((GOOD, AFTER), (LATER, SAVED), "por su Fecha de envío es posterior, y por el momento en que se guardó el archivo, anterior"),
    ],
)  # fmt: skip
def test_two_good_dates_that_disagree_leave_the_one_in_force_and_name_the_way_out(
    place: Path, tmp_path: Path, first: tuple[dt.date, str], second: tuple[dt.date, str], said: str
) -> None:
    run("receive", sent(tmp_path / "1" / "DGRB.xlsx", *first, 1), "--campaign", place)
    path = sent(tmp_path / "2" / "DGRB.xlsx", *second, 2)
    code, output = run("receive", path, "--campaign", place)
    assert (code, said in output) == (1, True), output
    assert f"dígalo con: poa-xl receive --newer {path} --campaign {place}" in output
    with folder.opened(place) as campana:
        kept = campana.ledger.rows(Entrega)[-1]
        assert (kept.vale, kept.duda, (place / kept.ruta).read_bytes()) == (0, "fechas", path.read_bytes())
        assert campana.current()["DGRB"].version == 1
        assert integrity.problems(campana) == []
        (unit,) = [f for f in board.of(campana).filas if f.unidad == "DGRB"]
        assert (unit.dudosa_despues, unit.antigua_despues) == (kept.acuse, "")
    assert said in run("receipt", kept.acuse, "--campaign", place)[1]
    assert "no se sabe si es más nuevo" in run("status", "--campaign", place)[1]
    code, output = run("receive", "--newer", path, "--campaign", place)
    assert (code, in_force(place)) == (0, 3), output
    assert "no se sabe" not in run("status", "--campaign", place)[1]


def test_a_book_sent_again_is_in_doubt_until_a_person_says_which_counts(place: Path, tmp_path: Path) -> None:
    first = sent(tmp_path / "1" / "DGRB.xlsx", LATER, SAVED, 1)
    path = sent(tmp_path / "2" / "DGRB.xlsx", GOOD, AFTER, 2)
    run("receive", first, "--campaign", place)
    run("receive", path, "--campaign", place)
    code, output = run("receive", path, "--campaign", place)
    assert (code, "no se sabe si es más nueva que la vigente" in output, f"--newer {path}" in output) == (1, True, True)
    assert "--force" not in output  # it never counted
    item = json.loads(run("receive", path, "--campaign", place, "--format", "json")[1])["archivos"][0]
    assert (item["desenlace"], item["duda"], item["vigente"]) == ("repetida", "fechas", False)
    run("receive", "--newer", path, "--campaign", place)
    assert run("receive", path, "--campaign", place)[0] == 0  # said since
    code, output = run("receive", first, "--campaign", place)
    assert (code, "no se sabe" in output, "Si vale esta, recíbala con --force" in output) == (0, False, True)


def test_saying_again_that_the_one_in_force_is_the_newest_changes_nothing(place: Path, tmp_path: Path) -> None:
    old, new = (
        sent(tmp_path / n / "DGRB.xlsx", *dates, 1) for n, dates in (("1", (LATER, SAVED)), ("2", (GOOD, AFTER)))
    )
    for path in (old, new):
        run("receive", path, "--campaign", place)
    assert (run("receive", "--newer", new, "--campaign", place)[0], in_force(place)) == (0, 3)
    code, output = run("receive", "--newer", new, "--campaign", place)
    assert (code, in_force(place), "ya se recibió" in output) == (0, 3, True)
    item = json.loads(run("receive", "--newer", new, "--campaign", place, "--format", "json")[1])["archivos"][0]
    assert (item["vigente"], item["reemplaza"]) == (True, "")
    assert (run("receive", "--newer", old, "--campaign", place)[0], in_force(place)) == (0, 4)
    assert (run("receive", "--force", old, "--campaign", place)[0], in_force(place)) == (0, 5)


def test_newer_is_said_of_that_file_alone(place: Path, tmp_path: Path) -> None:
    run("receive", sent(tmp_path / "1" / "DGRB.xlsx", LATER, AFTER, 1), "--campaign", place)
    run("receive", books.book(tmp_path / "1" / "DGAA.xlsx", "DGAA", {books.SENT: LATER}), "--campaign", place)
    old = books.book(tmp_path / "2" / "DGAA.xlsx", "DGAA", {books.SENT: GOOD})
    code, _ = run("receive", old, "--newer", sent(tmp_path / "2" / "DGRB.xlsx", GOOD, SAVED, 2), "--campaign", place)
    assert (code, in_force(place)) == (1, 2)
    with folder.opened(place) as campana:
        assert campana.current()["DGAA"].version == 1


def test_the_unit_is_asked_which_of_the_two_counts(place: Path, tmp_path: Path) -> None:
    run("receive", sent(tmp_path / "1" / "DGRB.xlsx", LATER, SAVED, 1), "--campaign", place)
    run("receive", sent(tmp_path / "2" / "DGRB.xlsx", GOOD, AFTER, 2), "--campaign", place)
    run("status", "--campaign", place, "--reminders", tmp_path / "r")
    import email
    import email.policy

    mail = email.message_from_bytes((tmp_path / "r" / "DGRB.eml").read_bytes(), policy=email.policy.default)
    body = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "no reemplaza todavía al anterior" in " ".join(body.split())
    assert "díganos en respuesta a este correo cuál vale" in " ".join(body.split())


def test_receive_wants_a_file(place: Path) -> None:
    code, output = run("receive", "--campaign", place)
    assert (code, "Diga qué archivo se recibe" in output) == (2, True)


# --- when it arrived --------------------------------------------------------------------------------------


def test_a_book_may_have_arrived_on_the_first_day_of_the_window(place: Path, tmp_path: Path) -> None:
    path = books.book(tmp_path / "DGRB.xlsx", "DGRB")
    assert run("receive", path, "--campaign", place, "--arrived", "2024-06-01 00:01")[0] == 0


@pytest.mark.parametrize("text", ["2024-07-09 18:30", "09/07/2024 18:30", "2024-07-09T18:30:00"])
def test_lateness_goes_by_when_a_book_arrived_and_both_moments_are_kept(place: Path, tmp_path: Path, text: str) -> None:
    path = books.book(tmp_path / "DGRB.xlsx", "DGRB")
    assert run("receive", path, "--campaign", place, "--arrived", text)[0] == 0
    with folder.opened(place) as campana:
        (entrega,) = campana.ledger.rows(Entrega)
        assert dt.datetime.fromisoformat(entrega.entrada) == dt.datetime(2024, 7, 9, 18, 30).astimezone()
        assert entrega.cuando == NOW.isoformat(timespec="seconds")
        (unit,) = [f for f in board.of(campana).filas if f.unidad == "DGRB"]
        assert (unit.tarde, unit.cuando) == (False, entrega.entrada)
        assert integrity.problems(campana) == [integrity.Problema("acuse", entrega.acuse)] * 0
    shown = run("receipt", entrega.acuse, "--campaign", place)[1]
    assert re.search(r"^Llegó: +09/07/2024 18:30:00", shown, re.MULTILINE)
    assert re.search(r"^Registrado: +20/07/2024 12:00:00", shown, re.MULTILINE)
    assert "después del plazo" not in shown


def test_without_it_a_book_arrived_when_it_was_received(place: Path, tmp_path: Path) -> None:
    run("receive", books.book(tmp_path / "DGRB.xlsx", "DGRB"), "--campaign", place)
    with folder.opened(place) as campana:
        (entrega,) = campana.ledger.rows(Entrega)
        assert (entrega.entrada, entrega.momento) == ("", entrega.cuando)
    shown = run("receipt", entrega.acuse, "--campaign", place)[1]
    assert ("Llegó" in shown, "Recibido:" in shown, "después del plazo (10/07/2024)" in shown) == (False, True, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-07-09", "no es un día con su hora"),
        ("ayer a las seis", "no es un día con su hora"),
        ("2024-07-21 18:30", "no ha llegado todavía"),
        ("2023-07-09 18:30", "ningún libro del segundo trimestre de 2024 llega antes del 01/06/2024"),
        ("09/01/2024 18:30", "Revise el año y el mes"),
        ("2024-05-31 23:59", "no puede ser"),
    ],
)
def test_a_moment_that_cannot_be_or_is_to_come_is_refused(place: Path, tmp_path: Path, text: str, said: str) -> None:
    path = books.book(tmp_path / "DGRB.xlsx", "DGRB")
    code, output = run("receive", path, "--campaign", place, "--arrived", text)
    assert (code, said in output) == (2, True), output
    with folder.opened(place) as campana:
        assert campana.ledger.rows(Entrega) == []


def test_a_change_of_the_arrival_shows_in_the_proof(place: Path, tmp_path: Path) -> None:
    from tests.campaign_attacks import quietly

    run("receive", books.book(tmp_path / "DGRB.xlsx", "DGRB"), "--campaign", place)
    assert run("status", "--campaign", place, "--check")[0] == 0
    quietly("UPDATE entregas SET entrada = '2024-07-01T08:00:00-04:00'")(place)
    code, output = run("status", "--campaign", place, "--check")
    assert (code, "no dice lo que decía al escribirse" in output) == (1, True)


# --- what receive ends with -------------------------------------------------------------------------------


def test_receive_ends_with_one_while_a_part_does_not_count(place: Path, tmp_path: Path) -> None:
    part = books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB", {books.MONTH: "dos"})
    assert run("receive", part, "--campaign", place)[0] == 1
    assert run("receive", part, "--campaign", place)[0] == 1  # it is in force and still lacks its row
    good = sent(tmp_path / "2" / "DGRB.xlsx", dt.date(2024, 7, 10), AFTER, 3)
    assert run("receive", good, "--campaign", place)[0] == 0
    assert run("receive", part, "--campaign", place)[0] == 0  # put right since
    assert messages.severity("TAR-005") is messages.Severity.AVISO
    assert run("receive", books.book(tmp_path / "CG-SP.xlsx", "CG-SP"), "--campaign", place)[0] == 0  # avisos alone


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-07-05", dt.date(2024, 7, 5)),
        ("2024-7-5", dt.date(2024, 7, 5)),
        ("2024/07/05", dt.date(2024, 7, 5)),
        ("2024-07-05T00:00:00", dt.date(2024, 7, 5)),
        ("2024-13-05", None),
        ("05-2024-07", None),
    ],
)
def test_a_date_in_the_order_of_iso_is_read(text: str, day: dt.date | None) -> None:
    assert cells.read(text, "datetime64[ns]")[:2] == (day, "" if day else "CEL-010")
