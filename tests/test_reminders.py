"""Reminders: who gets one, what it says, that a mail program reads it, and that nobody's work on one is lost."""

import datetime as dt
import email
import io
import json
import os
import re
import shutil
from email.message import EmailMessage
from email.policy import compat32, default
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, strategies as st

from poa_xl import cells
from poa_xl.campaign import board, folder, reminders
from poa_xl.campaign.records import Entrega
from poa_xl.campaign.reminders import Recordatorio
from poa_xl.cli import poa_xl
from poa_xl.errors import PoaError
from poa_xl.messages import reminders as words
from poa_xl.writers import reminders as drafts
from tests import campaign_books as books
from tests.board_examples import HOSTILE
from tests.one_sheet import sheet_of
from tests.places import at
from tests.test_campaign_board import receive, run

pytestmark = pytest.mark.slow

BUDGET, OTHER_MONTH = at("Presupuesto", "Presupuesto inicial"), at("Tareas", "Prog. feb", 2)
BEFORE, LAST_DAY, AFTER = dt.date(2024, 7, 5), dt.date(2024, 7, 10), dt.date(2024, 7, 11)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """DGAA is well, DGRB has rows with errors, CG-SP was rejected, EMB-AR was rejected after a good one, CON-JJ misses."""
    place = tmp_path_factory.mktemp("campaign")
    made = books.campaign(place)
    receive(made, books.book(place / "DGAA.xlsx", "DGAA"))
    receive(made, books.book(place / "DGRB.xlsx", "DGRB", {books.MONTH: "dos", OTHER_MONTH: "tres", BUDGET: "1.234"}))
    receive(made, books.book(place / "CG-SP.xlsx", "CG-SP", {books.VERSION: "vieja"}))
    receive(made, books.book(place / "1" / "EMB-AR.xlsx", "EMB-AR"))
    receive(made, books.book(place / "2" / "EMB-AR.xlsx", "EMB-AR", {books.VERSION: "vieja"}))
    return place


@pytest.fixture
def sent(made: Path, tmp_path: Path) -> Path:
    """That campaign, a copy for each test."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "campana"


def of(place: Path, today: dt.date = BEFORE) -> dict[str, Recordatorio]:
    with folder.opened(place) as campana:
        return {r.unidad: r for r in reminders.of(campana, today)}


def last(place: Path, unidad: str) -> Entrega:
    with folder.opened(place) as campana:
        return campana.ledger.rows(Entrega, "unidad = ?", unidad)[-1]


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


def some(text: str = "Texto", to: str = "a@ejemplo.bo", subject: str = "Asunto") -> Recordatorio:
    return Recordatorio("DGRB", to, words.MISSING, subject, text)


# --- who, and what is said ----------------------------------------------------------------------------------


def test_who_must_still_send_something_gets_one(sent: Path) -> None:
    found = {unit: r.motivo for unit, r in of(sent).items()}
    assert found == {
        "DGRB": words.IN_PART, "EMB-AR": words.REJECTED_SINCE, "CON-JJ": words.MISSING, "CG-SP": words.REJECTED,
    }  # fmt: skip


def test_the_missing_one_is_asked_for_its_book_by_the_deadline(tmp_path: Path) -> None:
    found = of(books.campaign(tmp_path))["CON-JJ"]
    assert found.asunto == "POA 2024, 2T: falta el libro de su unidad (CON-JJ)"
    assert found.texto.startswith("Consulado en Jujuy (CON-JJ)\n\nDe nuestra consideración:\n")
    assert "Todavía no recibimos el libro de su unidad con los datos del segundo trimestre de 2024." in found.texto
    assert "El plazo para enviarlo es el 10/07/2024." in found.texto
    assert "Si ya lo envió y no tiene ese acuse, no nos llegó" in found.texto
    assert found.texto.endswith("Saludamos a usted atentamente.\n\nMinisterio de Ejemplo\n")


@pytest.mark.parametrize(("today", "over"), [(BEFORE, False), (LAST_DAY, False), (AFTER, True)])
def test_the_deadline_has_passed_only_on_the_day_after(sent: Path, today: dt.date, over: bool) -> None:
    for found in of(sent, today).values():
        assert ("El plazo venció el 10/07/2024." in found.texto) is over
        assert ("El plazo para enviarlo es el 10/07/2024." in found.texto) is not over


def test_of_a_rejected_one_it_says_which_what_and_what_to_do(sent: Path) -> None:
    found, entrega = of(sent)["CG-SP"].texto, last(sent, "CG-SP")
    with folder.opened(sent) as campana:
        (finding,) = [o for o in board.weighed(campana, entrega) if o.gravedad == "error"]
    assert f"el 05/07/2024 (archivo «CG-SP.xlsx», acuse {entrega.acuse}) se rechazó" in found
    line = f"1. {finding.hoja}!{finding.celda} ({finding.codigo}): {finding.mensaje}\n   Qué hacer: {finding.accion}\n"
    assert line in found
    assert finding.celda
    assert "2. " not in found


def test_of_one_accepted_in_part_it_lists_the_errors_and_no_avisos(sent: Path) -> None:
    found = of(sent)["DGRB"].texto
    assert "se aceptó en parte: las filas con errores quedan fuera" in found
    places = re.findall(r"^\d+\. (\S+) \(", found, re.MULTILINE)
    assert sorted(places) == sorted(books.written(place) for place in (BUDGET, books.MONTH, OTHER_MONTH))
    assert "TAR-00" not in found


def test_what_was_rejected_after_a_good_one_names_both(sent: Path) -> None:
    with folder.opened(sent) as campana:
        good, bad = campana.ledger.rows(Entrega, "unidad = ?", "EMB-AR")
    found = of(sent)["EMB-AR"].texto
    assert f"acuse {bad.acuse}) se rechazó" in found
    assert f"sigue valiendo el anterior, del acuse {good.acuse}" in found


def test_who_sent_an_older_book_is_told_that_it_came_and_how_to_make_it_count(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    run("receive", books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB", {books.MONTH: "dos"}), "--campaign", place)
    good = last(place, "DGRB")
    old = receive(place, books.book(tmp_path / "2" / "DGRB.xlsx", "DGRB", {books.SENT: dt.date(2024, 6, 1)}))
    found = of(place)["DGRB"]
    assert found.motivo == words.OLDER_SINCE
    assert f"acuse {old.acuse}) no reemplaza al anterior, del acuse {good.acuse}, porque su Fecha de" in found.texto
    assert "(01/06/2024) es anterior a la de aquel (28/06/2024)." in found.texto
    assert f"Si vale el del acuse {old.acuse}, escriba en su hoja Unidad la Fecha de envío" in found.texto
    assert (
        f"El anterior, del acuse {good.acuse}, se aceptó en parte. Lo que hay que corregir si vale ese:" in found.texto
    )
    assert f"\n1. {books.written(books.MONTH)} (CEL-002): " in found.texto
    assert "El libro adjunto es el anterior" in found.texto
    assert found.adjunto is not None
    assert found.adjunto.contenido == (place / folder.COPIES / f"{good.acuse}.xlsx").read_bytes()


def test_one_that_was_saved_earlier_on_the_same_day_is_older_by_that(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    later = books.saved_at(books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB", {books.MONTH: 7}), "2024-07-05T12:00:01")
    fresh = receive(place, later)
    old = receive(place, books.book(tmp_path / "2" / "DGRB.xlsx", "DGRB"))
    assert (fresh.vale, old.vale) == (1, 0)
    found = of(place)["DGRB"]
    assert f"del acuse {fresh.acuse}, porque se guardó antes que aquel." in found.texto
    assert "Lo que hay que corregir" not in found.texto
    assert found.adjunto is None


def test_a_rejected_one_is_asked_for_though_an_older_one_came_later(sent: Path, tmp_path: Path) -> None:
    bad = last(sent, "EMB-AR")
    old = receive(sent, books.book(tmp_path / "3" / "EMB-AR.xlsx", "EMB-AR", {books.SENT: dt.date(2024, 6, 1)}))
    found = of(sent)["EMB-AR"]
    assert found.motivo == words.REJECTED_SINCE
    assert f"acuse {bad.acuse}) se rechazó" in found.texto
    assert f"Tampoco cuenta el libro del acuse {old.acuse}" in found.texto


def test_who_has_sent_something_is_not_told_that_nothing_came(sent: Path) -> None:
    said = {unit: "Si ya lo envió y no tiene ese acuse, no nos llegó" in r.texto for unit, r in of(sent).items()}
    assert said == {"DGRB": False, "EMB-AR": False, "CON-JJ": True, "CG-SP": False}


def test_twenty_findings_are_shown_and_the_others_are_counted(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    months = [f"Prog. {mes}" for mes in ("ene", "feb", "mar", "abr", "may", "jun")]
    many = {at("Tareas", month, row): "x" for month in months for row in range(1, 6)}
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB", many))
    with folder.opened(place) as campana:
        errors = board.counts(campana, last(place, "DGRB"))[0]
    assert errors >= 30
    found = of(place)["DGRB"].texto
    assert len(re.findall(r"^\d+\. ", found, re.MULTILINE)) == 20
    assert f"\nY {errors - 20} más. Pídanos la lista completa si la necesita.\n" in found


def test_what_was_excepted_is_not_asked_for(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    wrong = {BUDGET: 1000, at("Presupuesto", "Modificaciones"): 0, at("Presupuesto", "Presupuesto vigente"): 1000}
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB", {books.MONTH: "dos", **wrong}))
    said = re.compile(r"^\d+\. \S+ \(([^)]*)\)", re.MULTILINE)
    assert set(said.findall(of(place)["DGRB"].texto)) == {"CEL-002", "PRE-006"}
    accepted = ["--unit", "DGRB", "--by", "Ana", "--reason", "Nota 12", "--until", "2099-12-31"]
    assert run("waive", "PRE-006", "--campaign", place, *accepted)[0] == 0
    assert set(said.findall(of(place)["DGRB"].texto)) == {"CEL-002"}


def test_a_book_of_another_gestion_gets_one_advice_and_is_not_sent_back(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    run("receive", books.book(tmp_path / "CG-SP.xlsx", "CG-SP", {at("Unidad", "Gestión"): 2023}), "--campaign", place)
    found = of(place)["CG-SP"]
    assert "Pase los datos a la plantilla de la gestión 2024." in found.texto
    assert "haga lo que dice arriba, guarde el libro nuevo con el nombre CG-SP" in found.texto
    assert not any(advice in found.texto for advice in ("corrija en el libro adjunto", "corrija su libro"))
    assert found.adjunto is None


def test_an_action_that_is_overdue_is_told_in_the_mail_of_a_unit_that_gets_one(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    day = at("Tareas", "Fecha de la acción")
    said = {"Acciones correctivas": "Se hará", "Responsable": "La jefa"}
    undone = {f"Ejec. {month}": 0 for month in ("ene", "feb", "mar", "abr", "may", "jun")}
    late = {at("Tareas", title): value for title, value in {**said, **undone}.items()} | {day: dt.date(2024, 4, 1)}
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB", {OTHER_MONTH: "dos", **late}))
    text = of(place)["DGRB"].texto
    asked, overdue = text.split("Acciones correctivas que vencieron, de tareas que siguen atrasadas:")
    assert f"{books.written(OTHER_MONTH)} (CEL-002)" in asked
    assert overdue.startswith(f"\n1. {books.written(day)} (TAR-028): La acción correctiva venció el 01/04/2024")
    assert "2. " not in overdue.partition("\n\n")[0]


def test_without_an_overdue_action_nothing_is_said_of_any(sent: Path) -> None:
    assert not any("vencieron" in reminder.texto for reminder in of(sent).values())


def test_the_copy_with_observations_goes_along(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    run("receive", books.book(tmp_path / "DGRB.xlsx", "DGRB", {books.MONTH: "dos"}), "--campaign", place)
    assert run("status", "--campaign", place, "--reminders", tmp_path / "r")[0] == 0
    message = read((tmp_path / "r" / "DGRB.eml").read_bytes())
    assert "corrija en el libro adjunto" in body(message)
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "DGRB.xlsx"
    kept = place / folder.COPIES / f"{last(place, 'DGRB').acuse}.xlsx"
    assert attached.get_content() == kept.read_bytes()
    assert openpyxl.load_workbook(kept).sheetnames[0] == "Observaciones"
    missing = read((tmp_path / "r" / "CON-JJ.eml").read_bytes())
    assert list(missing.iter_attachments()) == []
    assert "adjunto" not in body(missing)


@pytest.fixture
def accepted_later(tmp_path: Path) -> Path:
    """A campaign in which one of the errors of DGRB was accepted after it was received."""
    place = books.campaign(tmp_path)
    wrong = {BUDGET: 1000, at("Presupuesto", "Modificaciones"): 0, at("Presupuesto", "Presupuesto vigente"): 1000}
    run("receive", books.book(tmp_path / "DGRB.xlsx", "DGRB", {books.MONTH: "dos", **wrong}), "--campaign", place)
    accepted = ["--unit", "DGRB", "--by", "Ana", "--reason", "Nota 12", "--until", "2099-12-31"]
    assert run("waive", "PRE-006", "--campaign", place, *accepted)[0] == 0
    return place


def listed(content: bytes) -> dict[str, list[str]]:
    """Weight -> codes, as the list of a copy says."""
    rows = sheet_of(io.BytesIO(content), "Observaciones").iter_rows(min_row=5, values_only=True)
    found: dict[str, list[str]] = {}
    for row in rows:
        if row[1]:
            found.setdefault(str(row[1]), []).append(str(row[2]))
    return found


def attached(path: Path) -> bytes:
    (part,) = read(path.read_bytes()).iter_attachments()
    content: bytes = part.get_content()
    return content


def test_the_copy_that_goes_along_says_the_same_as_the_mail(accepted_later: Path, tmp_path: Path) -> None:
    kept = accepted_later / folder.COPIES / f"{last(accepted_later, 'DGRB').acuse}.xlsx"
    before = kept.read_bytes()
    assert sorted(listed(before)["error"]) == ["CEL-002", "PRE-006"]
    for name in ("a", "b"):
        assert run("status", "--campaign", accepted_later, "--reminders", tmp_path / name)[0] == 0
    sent_along = listed(attached(tmp_path / "a" / "DGRB.eml"))
    assert (sent_along["error"], sent_along["exceptuado"]) == (["CEL-002"], ["PRE-006"])
    assert kept.read_bytes() == before
    assert (tmp_path / "a" / "DGRB.eml").read_bytes() == (tmp_path / "b" / "DGRB.eml").read_bytes()
    assert "después se aceptaron" not in body(read((tmp_path / "a" / "DGRB.eml").read_bytes()))


def test_a_copy_that_a_person_changed_goes_along_and_the_mail_says_what_was_accepted(
    accepted_later: Path, tmp_path: Path
) -> None:
    kept = accepted_later / folder.COPIES / f"{last(accepted_later, 'DGRB').acuse}.xlsx"
    book = openpyxl.load_workbook(kept)
    book["Tareas"][books.cell(at("Tareas", "Prog. ene", 2))].comment = None
    book["Observaciones"]["G1"] = "Luis: llamar el lunes"
    book.save(kept)
    assert run("status", "--campaign", accepted_later, "--reminders", tmp_path / "r")[0] == 0
    assert attached(tmp_path / "r" / "DGRB.eml") == kept.read_bytes()
    text = body(read((tmp_path / "r" / "DGRB.eml").read_bytes()))
    assert re.search(r"después se aceptaron y que no hay que corregir: Presupuesto!\w+ \(PRE-006\)\.", text)


# --- the mail -----------------------------------------------------------------------------------------------


def test_a_mail_program_reads_what_was_written(sent: Path) -> None:
    for unit, reminder in of(sent).items():
        message = read(drafts.draft("2024-2T", reminder, [reminder.correo]))
        assert message["To"] == f"{unit.lower()}@ejemplo.bo"
        assert message["Subject"] == reminder.asunto
        assert message["X-Unsent"] == "1"
        assert (message["From"], message["Date"]) == (None, None)
        assert message.get_body(("plain",)).get_content_charset() == "utf-8"  # type: ignore[union-attr]
        assert body(message) == reminder.texto
    assert "São Paulo" in of(sent)["CG-SP"].texto


@pytest.mark.parametrize("reason", words.REASONS)
@pytest.mark.parametrize("unit", ["U", "UREC", "CEP-WASHINGTON", "UNIDAD-DE-ATENCIÓN"])
def test_the_subject_reads_as_it_was_written_wherever_a_mail_folds_it(reason: str, unit: str) -> None:
    subject = words.SUBJECT.format(gestion=2024, trimestre=2, asunto=words.SUBJECTS[reason], unidad=unit)
    content = drafts.draft("2024-2T", some(subject=subject), [])
    assert read(content)["Subject"] == subject
    assert email.message_from_bytes(content, policy=compat32)["Subject"].startswith("=?utf-8?")
    assert "  " not in subject


def test_every_line_of_a_mail_is_plain_ascii_and_short(sent: Path) -> None:
    for reminder in of(sent).values():
        content = drafts.draft("2024-2T", reminder, [reminder.correo])
        assert content.isascii()
        assert max(map(len, content.split(b"\r\n"))) <= 100
        assert content.count(b"\n") == content.count(b"\r\n")


@given(st.text(), st.text(), st.text())
def test_no_text_adds_a_header_or_a_receiver(name: str, subject: str, to: str) -> None:
    harm = f"{to}\r\nBcc: otro@ejemplo.bo\r\n\r\n"
    good, _ = drafts.addresses(harm)
    reminder = some(cells.visible(name), harm, cells.visible(f"{subject}\nBcc: otro@ejemplo.bo"))
    message = read(drafts.draft("2024-2T", reminder, good))
    assert set(message.keys()) <= {
        "X-POA-XL", "Subject", "To", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert message["Subject"].strip() == reminder.asunto.strip()
    assert body(message).rstrip("\n") == reminder.texto.rstrip("\n")


def test_harmful_texts_of_a_unit_stay_in_the_text() -> None:
    for bad in HOSTILE:
        reminder = some(f"{cells.visible(bad)}\n", bad)
        message = read(drafts.draft("2024-2T", reminder, drafts.addresses(bad)[0]))
        assert message["To"] is None
        assert body(message) == reminder.texto


def test_a_file_name_of_a_stranger_is_shown_and_does_nothing(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    receive(place, books.book(tmp_path / "x\nBcc: otro@ejemplo.bo\u202e <b>.xlsx", "CG-SP", {books.VERSION: "vieja"}))
    found = of(place)["CG-SP"]
    assert "«x\\nBcc: otro@ejemplo.bo\\u202e <b>.xlsx»" in found.texto
    assert "\u202e" not in found.texto


@pytest.mark.parametrize(
    ("written", "good", "bad"),
    [
        ("a@ejemplo.bo", ["a@ejemplo.bo"], []),
        ("a@ejemplo.bo; b@ejemplo.bo,c@ejemplo.gob.bo", ["a@ejemplo.bo", "b@ejemplo.bo", "c@ejemplo.gob.bo"], []),
        ("Ana Quispe <ana.quispe@ejemplo.bo>", ["ana.quispe@ejemplo.bo"], []),
        ("a@ejemplo.bo a@ejemplo.bo", ["a@ejemplo.bo"], []),
        ("", [], []),
        ("no tiene", [], ["no tiene"]),
        ("  ", [], []),
        ("a@ejemplo", [], ["a@ejemplo"]),
        ("ñandú@ejemplo.bo", [], ["ñandú@ejemplo.bo"]),
        ("a@b@ejemplo.bo; c@ejemplo.bo", ["c@ejemplo.bo"], ["a@b@ejemplo.bo"]),
        ("a@ejemplo.bo\r\nBcc:b@ejemplo.bo", ["a@ejemplo.bo"], ["Bcc:b@ejemplo.bo"]),
    ],
)  # fmt: skip
def test_addresses_are_taken_where_they_are_addresses(written: str, good: list[str], bad: list[str]) -> None:
    assert drafts.addresses(written) == (tuple(good), tuple(bad))


def test_a_long_list_of_receivers_reads_back() -> None:
    many = [f"unidad-{n}@subdominio.de.ejemplo.gob.bo" for n in range(40)]
    message = read(drafts.draft("2024-2T", some(), many))
    assert [a.addr_spec for a in message["To"].addresses] == many


# --- the files ----------------------------------------------------------------------------------------------


def test_the_same_day_and_ledger_give_the_same_files(sent: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        with folder.opened(sent) as campana:
            drafts.write(tmp_path / name, "2024-2T", reminders.of(campana, BEFORE))
    names = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert names == ["CG-SP.eml", "CON-JJ.eml", "DGRB.eml", "EMB-AR.eml"]
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in names)


def test_the_command_says_how_many_and_for_whom_there_is_no_address(sent: Path, tmp_path: Path) -> None:
    out = tmp_path / "recordatorios"
    book = openpyxl.load_workbook(tmp_path / "entidad.xlsx")
    sheet = book["Unidades"]
    for row in sheet.iter_rows():
        for place in row:
            if place.value == "con-jj@ejemplo.bo":
                place.value = None
            if place.value == "cg-sp@ejemplo.bo":
                place.value = "cg-sp@ejemplo"
            if place.value == "dgrb@ejemplo.bo":
                place.value = "dgrb@; dgrb@ejemplo.bo"
    book.save(tmp_path / "nueva.xlsx")
    changed = ["--entity", tmp_path / "nueva.xlsx", "--quarter", 2, "--deadline", "2024-07-10"]
    assert run("campaign", sent, *changed)[0] == 0
    code, text = run("status", "--campaign", sent, "--reminders", out)
    assert code == 0
    assert f"4 recordatorios en {out}: 1 falta, 1 rechazada, 1 en parte, 1 con un envío posterior rechazado." in text
    assert "poa-xl no envía correos" in text
    assert "sin destinatario: CON-JJ.\n" in text
    assert "CG-SP: «cg-sp@ejemplo» no es una dirección de correo, así que el recordatorio no tiene" in text
    assert "DGRB: «dgrb@» no es una dirección de correo y no se puso." in text
    assert read((out / "CON-JJ.eml").read_bytes())["To"] is None
    assert "venció" in body(read((out / "CON-JJ.eml").read_bytes()))  # 2024 is over


def test_the_json_names_the_files(sent: Path, tmp_path: Path) -> None:
    out = tmp_path / "r"
    code, output = run("status", "--campaign", sent, "--reminders", out, "-o", tmp_path / "t.html", "--format", "json")
    answer = json.loads(output)
    assert code == 0
    assert answer["tableros"] == [str(tmp_path / "t.html")]
    found = {r["unidad"]: r for r in answer["recordatorios"]["escritos"]}
    assert set(found) == {"DGRB", "EMB-AR", "CON-JJ", "CG-SP"}
    assert found["CON-JJ"] == {
        "unidad": "CON-JJ", "motivo": "falta", "archivo": str(out / "CON-JJ.eml"), "para": ["con-jj@ejemplo.bo"],
        "no_son_direcciones": [], "adjunto": "", "conservado": False, "no_reemplazados": [],
    }  # fmt: skip
    assert json.loads(run("status", "--campaign", sent, "--format", "json")[1]).keys() == answer.keys() - {
        "tableros", "recordatorios",
    }  # fmt: skip


def test_what_is_not_needed_any_more_goes_and_what_changed_is_written_again(sent: Path, tmp_path: Path) -> None:
    out = tmp_path / "r"
    run("status", "--campaign", sent, "--reminders", out)
    before = (out / "CG-SP.eml").read_bytes()
    receive(sent, books.book(tmp_path / "CON-JJ.xlsx", "CON-JJ"))
    receive(sent, books.book(tmp_path / "3" / "CG-SP.xlsx", "CG-SP", {books.MONTH: "dos"}))
    code, text = run("status", "--campaign", sent, "--reminders", out)
    assert (code, "Se quitaron los recordatorios que ya no hacen falta: CON-JJ.eml." in text) == (0, True)
    assert sorted(p.name for p in out.iterdir()) == ["CG-SP.eml", "DGRB.eml", "EMB-AR.eml"]
    assert (out / "CG-SP.eml").read_bytes() != before


def edit(path: Path) -> bytes:
    changed = path.read_bytes() + b"P. D.: llamar a Luis.\r\n"
    path.write_bytes(changed)
    return changed


def test_a_draft_that_a_person_changed_is_never_lost(sent: Path, tmp_path: Path) -> None:
    out = tmp_path / "r"
    run("status", "--campaign", sent, "--reminders", out)
    mine = edit(out / "CG-SP.eml")
    text = run("status", "--campaign", sent, "--reminders", out)[1]
    assert "CG-SP.eml tiene cambios de una persona y sigue al día: se dejó como está." in text
    assert not (out / "CG-SP (2).eml").exists()  # it still asks for the same
    receive(sent, books.book(tmp_path / "3" / "CG-SP.xlsx", "CG-SP", {books.VERSION: "más vieja"}))
    for _ in range(2):
        text = run("status", "--campaign", sent, "--reminders", out)[1]
        assert "CG-SP.eml tiene cambios de una persona y no se reemplaza: el recordatorio nuevo es" in text
        assert last(sent, "CG-SP").acuse in body(read((out / "CG-SP (2).eml").read_bytes()))
        assert not (out / "CG-SP (3).eml").exists()
    receive(sent, books.book(tmp_path / "4" / "CG-SP.xlsx", "CG-SP"))
    text = run("status", "--campaign", sent, "--reminders", out)[1]
    assert "CG-SP.eml ya no hace falta, pero no se quitó" in text
    assert (out / "CG-SP.eml").read_bytes() == mine
    assert not (out / "CG-SP (2).eml").exists()


def test_files_that_are_not_ours_stay(sent: Path, tmp_path: Path) -> None:
    out = tmp_path / "r"
    out.mkdir()
    (out / "DGRB.eml").write_bytes(b"Subject: de otro\r\n\r\nhola\r\n")
    (out / "carta.eml").write_bytes(b"Subject: otra\r\n\r\nhola\r\n")
    (tmp_path / "ajeno").write_bytes(b"ajeno")
    (out / "CG-SP.eml").symlink_to(tmp_path / "ajeno")
    assert run("status", "--campaign", sent, "--reminders", out)[0] == 0
    assert (out / "DGRB.eml").read_bytes() == b"Subject: de otro\r\n\r\nhola\r\n"
    assert (out / "carta.eml").is_file()
    assert (tmp_path / "ajeno").read_bytes() == b"ajeno"
    text = run("status", "--campaign", sent, "--reminders", out)[1]
    assert "DGRB.eml no es un recordatorio y no se reemplaza: el recordatorio nuevo es" in text
    assert {p.name for p in out.iterdir()} == {
        "DGRB.eml", "DGRB (2).eml", "carta.eml", "CG-SP.eml", "CG-SP (2).eml", "CON-JJ.eml", "EMB-AR.eml",
    }  # fmt: skip


def test_reminders_of_another_quarter_are_not_taken_away(tmp_path: Path) -> None:
    out = tmp_path / "r"
    drafts.write(out, "2024-1T", [some()])
    drafts.write(out, "2024-2T", [])
    assert (out / "DGRB.eml").is_file()
    drafts.write(out, "2024-1T", [])
    assert not (out / "DGRB.eml").exists()


def folder_of_drafts(place: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in place.iterdir()}


@pytest.mark.parametrize("trimestre", [1, 2])
def test_two_campaigns_do_not_share_a_folder_of_drafts(tmp_path: Path, trimestre: int) -> None:
    one, out = books.campaign(tmp_path), tmp_path / "r"
    later = books.BEFORE + dt.timedelta(hours=1)
    folder.create(tmp_path / "otra", tmp_path / "entidad.xlsx", trimestre, books.LIMIT, "Ana", later)
    assert run("status", "--campaign", one, "--reminders", out)[0] == 0
    before = folder_of_drafts(out)
    code, text = run("status", "--campaign", tmp_path / "otra", "--reminders", out, "-o", tmp_path / "t.html")
    assert (code, "hay recordatorios de otra campaña (CG-SP.eml, CON-JJ.eml, DGAA.eml y 2 más)" in text) == (2, True)
    assert folder_of_drafts(out) == before
    assert not (tmp_path / "t.html").exists()


def test_a_campaign_knows_its_drafts_when_its_deadline_or_its_place_changed(sent: Path, tmp_path: Path) -> None:
    out = tmp_path / "r"
    run("status", "--campaign", sent, "--reminders", out)
    changed = ["--entity", tmp_path / "entidad.xlsx", "--quarter", 2, "--deadline", "2099-08-01"]
    assert run("campaign", sent, *changed)[0] == 0
    moved = sent.rename(tmp_path / "mudada")
    assert run("status", "--campaign", moved, "--reminders", out)[0] == 0
    assert sorted(folder_of_drafts(out)) == ["CG-SP.eml", "CON-JJ.eml", "DGRB.eml", "EMB-AR.eml"]
    assert "El plazo para enviarlo es el 01/08/2099." in body(read((out / "CON-JJ.eml").read_bytes()))


@pytest.mark.parametrize("inside", [".", "recordatorios", "entregas/DGRB"])
def test_drafts_do_not_go_into_the_folder_of_the_campaign(sent: Path, inside: str) -> None:
    before = sorted(sent.rglob("*"))
    code, text = run("status", "--campaign", sent, "--reminders", sent / inside)
    assert (code, "está en la carpeta de la campaña" in text, sorted(sent.rglob("*")) == before) == (2, True, True)


def test_a_folder_without_a_name_is_wrong_usage(sent: Path) -> None:
    code, text = run("status", "--campaign", sent, "--reminders", "")
    assert (code, "--reminders CARPETA" in text) == (2, True)


def test_a_draft_that_cannot_be_written_stops_none_of_the_others(
    sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def held(source: Path, target: Path) -> None:
        if Path(target).name == "CON-JJ.eml":
            raise PermissionError(13, "Permission denied", str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", held)  # as Windows does with a file that is open
    out = tmp_path / "r"
    arguments = ["status", "--campaign", str(sent), "--reminders", str(out), "--format", "json"]
    result = CliRunner().invoke(poa_xl, arguments)
    assert isinstance(result.exception, PoaError)
    assert "CON-JJ.eml" in str(result.exception)
    answer = json.loads(result.stdout)
    assert sorted(folder_of_drafts(out)) == ["CG-SP.eml", "DGRB.eml", "EMB-AR.eml"]
    assert [e["unidad"] for e in answer["recordatorios"]["escritos"]] == ["DGRB", "EMB-AR", "CG-SP"]
    assert answer["no_escritos"] == [str(result.exception)]


def test_where_all_is_well_nothing_is_written(tmp_path: Path) -> None:
    place, out = books.campaign(tmp_path), tmp_path / "r"
    for unit in books.UNITS:
        receive(place, books.book(tmp_path / f"{unit}.xlsx", unit))
    code, text = run("status", "--campaign", place, "--reminders", out)
    assert (code, "no hace falta ningún recordatorio" in text, out.exists()) == (0, True, False)


def test_a_unit_whose_code_windows_takes_for_a_device_gets_another_name(tmp_path: Path) -> None:
    reminder = Recordatorio("CON", "", words.MISSING, "Asunto", "Texto")
    (written,) = drafts.write(tmp_path, "2024-2T", [reminder]).escritos
    assert written.ruta == tmp_path / "CON_.eml"
