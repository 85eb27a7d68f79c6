"""A campaign with an approved plan and the campaign before: what differs waits until it is accepted, and nothing is lost."""

import dataclasses
import datetime as dt
import json
import re
import shutil
import signal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

import poa_xl
from poa_xl import messages
from poa_xl.baseline import ApprovedPlan, document
from poa_xl.campaign import board, exceptions, folder, reminders
from poa_xl.campaign.board import UnitStatus
from poa_xl.campaign.exceptions import Pedido
from poa_xl.campaign.records import Entrega, Observacion
from poa_xl.checking import entity_book
from poa_xl.cli import poa_xl as command
from poa_xl.errors import PoaError
from poa_xl.findings import SubmissionState
from tests import campaign_books as campaigns, plan_books as books
from tests.campaign_process import finish, start
from tests.demonstration import Quarter
from tests.one_sheet import sheet_of
from tests.plan_books import Data

pytestmark = pytest.mark.slow

LATER = campaigns.dt.date(2099, 12, 31)


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(command, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def less_in_january(data: Data) -> None:
    """The fault of the issue: January's programme is lowered, February's execution raised, so that 1T is 100."""
    data["tareas"][0].update(programado_ene=None, ejecutado_feb=9)


def more_in_august(data: Data) -> None:
    data["tareas"][0].update(programado_ago=40)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan-2024-v1.json"
    path.write_bytes(document.to_bytes(books.plan()))
    return path


@pytest.fixture
def first(tmp_path: Path, plan: Path) -> Path:
    """The campaign of the first quarter, in which DGRB was accepted."""
    place, entity = tmp_path / "campana-1T", campaigns.entity_book(tmp_path)
    poa_xl.Campaign.create(place, entity, 1, campaigns.dt.date(2024, 4, 10), by="Ana", plan=plan)
    received = poa_xl.Campaign(place).receive(books.write(tmp_path / "1T" / "DGRB.xlsx", trimestre=1), by="Ana")
    assert received.state == "aceptada con avisos", received.findings
    return place


@pytest.fixture
def second(tmp_path: Path, plan: Path, first: Path) -> poa_xl.Campaign:
    """The campaign of the second quarter, which is compared with both; they are gone since."""
    place, entity = tmp_path / "campana-2T", campaigns.entity_book(tmp_path)
    made = poa_xl.Campaign.create(place, entity, 2, campaigns.dt.date(2024, 7, 10), by="Ana", plan=plan, previous=first)
    plan.unlink()
    shutil.rmtree(first)
    return made


def send(campana: poa_xl.Campaign, tmp_path: Path, name: str, change: Any = books.unchanged, **how: Any) -> Any:
    path = books.write(tmp_path / name / "DGRB.xlsx", change, trimestre=how.pop("trimestre", 2))
    return campana.receive(path, by="Ana", **how)


def status(campana: poa_xl.Campaign) -> UnitStatus:
    return next(f for f in campana.board().filas if f.unidad == "DGRB")


def avance(campana: poa_xl.Campaign) -> object:
    return campana.check().evaluate().figure("DGRB.avance.t1")


def test_a_submission_that_rewrites_a_closed_quarter_waits_and_the_one_in_force_goes_on_counting(
    second: poa_xl.Campaign, tmp_path: Path
) -> None:
    good = send(second, tmp_path, "bueno")
    before = avance(second)
    waiting = send(second, tmp_path, "otro", less_in_january, newer=True)
    assert (good.state, waiting.state, waiting.failed) == ("aceptada con avisos", "en espera", True)
    assert {(f.code, f.location.cell) for f in waiting.findings if f.code.startswith("PLA")} == {
        ("PLA-001", books.cell("tareas", "programado_ene", 0)),
        ("PLA-007", books.cell("tareas", "ejecutado_feb", 0)),
    }
    assert good.number in waiting.standing
    found = status(second)
    assert (found.estado, found.acuse, found.espera) == (board.WAITING, good.number, waiting.number)
    assert second.board().totales[board.WAITING] == 1
    assert avance(second) == before
    assert second.verify().problems == ()


def test_where_nothing_else_counts_the_master_says_that_it_waits(second: poa_xl.Campaign, tmp_path: Path) -> None:
    send(second, tmp_path, "otro", less_in_january)
    found = second.check()
    (submission,) = found.submissions
    assert (submission.estado, submission.filas) == (SubmissionState.WAITING, 0)  # no row of it counts by itself
    assert status(second).estado == board.WAITING
    second.receive(campaigns.book(tmp_path / "DGAA.xlsx", "DGAA"), by="Ana")
    code, said = run("consolidate", "--campaign", second.folder, "-o", tmp_path / "m.xlsx")
    assert (code, "1 con su libro en espera" in said) == (1, True)
    rows = sheet_of(tmp_path / "m.xlsx", "Entregas").iter_rows(values_only=True)
    assert any("espera una decisión" in str(row) for row in rows if "DGRB" in row)


def test_what_a_code_is_accepted_for_is_received_as_when_it_came(second: poa_xl.Campaign, tmp_path: Path) -> None:
    send(second, tmp_path, "bueno")
    waiting = send(second, tmp_path, "otro", less_in_january, newer=True)
    first = second.waive("PLA-001", "DGRB", by="Eva", reason="RM 45", until=LATER)
    assert (first.reached, first.received) == (1, ())
    assert status(second).estado == board.WAITING
    last = second.waive("PLA-007", "DGRB", by="Eva", reason="RM 45", until=LATER)
    (received,) = last.received
    assert (received.state, received.recibo.waited) == ("aceptada con avisos", waiting.number)
    found = status(second)
    assert (found.estado, found.acuse, found.espera, found.exceptuados) == ("con avisos", received.number, "", 2)
    assert received.recibo.entrega is not None
    assert waiting.recibo.entrega is not None
    assert received.recibo.entrega.momento == waiting.recibo.entrega.momento  # it came when it came
    assert avance(second) == 100
    assert second.verify().problems == ()


def table(path: Path, sheet: str, heading: str) -> list[dict[str, object]]:
    """The rows of a table of a master, by the titles below its heading."""
    rows = [list(row) for row in sheet_of(path, sheet, data_only=True).iter_rows(values_only=True)]
    first = next(n for n, row in enumerate(rows) if row[0] == heading) + 1
    titles = next(row for row in rows[first:] if row[0])
    below = rows[rows.index(titles, first) + 1 :]
    end = next((n for n, row in enumerate(below) if not row[0]), len(below))
    return [dict(zip(map(str, titles), row, strict=True)) for row in below[:end]]


def test_the_master_shows_what_was_accepted_and_what_it_does_to_the_figures(
    second: poa_xl.Campaign, tmp_path: Path
) -> None:
    send(second, tmp_path, "bueno")
    before = [second.check().evaluate().figure(f"DGRB.avance.{p}") for p in ("t1", "t2", "hasta_t2")]
    send(second, tmp_path, "otro", less_in_january, newer=True)
    for code in ("PLA-001", "PLA-007"):
        second.waive(code, "DGRB", by="Eva", reason="RM 45", until=LATER)
    evaluated = second.check().evaluate()
    path = evaluated.write_master(tmp_path / "m.xlsx").path
    entity, unit = table(path, "Cambios aceptados", "Qué hacen al avance físico")
    assert (entity["Código"], unit["Código"]) == ("MDE", "DGRB")
    titles = ("Avance 1T sin los cambios (%)", "Avance 2T sin los cambios (%)", "Avance acumulado sin los cambios (%)")
    assert [unit[title] for title in titles] == pytest.approx(before)
    assert unit["Avance 1T (%)"] == pytest.approx(evaluated.figure("DGRB.avance.t1")) == 100
    assert unit["Diferencia 1T"] == pytest.approx(100 - float(str(before[0])))
    listed = table(path, "Cambios aceptados", "Cambios aceptados")
    assert [(row["Código"], "Exceptuado por Eva" in str(row)) for row in listed] == [
        ("PLA-001", True),
        ("PLA-007", True),
    ]
    relation = sheet_of(path, "Relación POA", data_only=True)
    rows = [list(row) for row in relation.iter_rows(values_only=True)]
    column = next(row for row in rows if "Concepto" in row).index("Plan aprobado: v1")
    counted = {str(row[0]): row[column] for row in rows if row[1] == "Servicio Central"}
    assert counted == {"Operaciones": 3, "Actividades": 3, "Tareas": 5}  # the plan of the one unit that has one


def test_the_master_says_which_accepted_changes_show_in_no_figure_and_advises_nothing_of_what_was_accepted(
    second: poa_xl.Campaign, tmp_path: Path
) -> None:
    def change(data: Data) -> None:
        data["tareas"][0].update(programado_ago=40)
        data["tareas"][3].update(programado_ago=40, operacion="OP-77")

    sent = send(second, tmp_path, "mal", change)
    second.waive("PLA-001", "DGRB", by="Eva", reason="RM 45", until=LATER)
    checked = second.check()
    path = checked.evaluate().write_master(tmp_path / "m.xlsx").path
    told = {
        str(r["Celda"]): str(r["Qué cambió y quién lo aceptó"])
        for r in table(path, "Cambios aceptados", "Cambios aceptados")
    }
    kept_out = "Sin efecto en las cifras: la fila queda fuera por otro error (TAR-002)."
    places = [books.cell("tareas", "programado_ago", row) for row in (0, 3)]
    assert [kept_out in told[place] for place in places] == [False, True]
    advice = {f.location.cell: messages.action(f) for f in checked.findings if f.code == "PLA-001"}
    assert advice == dict.fromkeys(places, "Se aceptó; no hay nada que corregir.")
    listed = sheet_of(path, "Observaciones").iter_rows(values_only=True)
    shown = [row for row in listed if row[4] == "PLA-001"]
    assert [row[7] for row in shown] == ["Se aceptó; no hay nada que corregir."] * 2
    assert all("Exceptuado por Eva" in str(row[6]) for row in shown)
    assert not any("Déjelo como estaba" in str(row) for row in shown)
    with folder.opened(second.folder) as campana:  # what the ledger says, and so a receipt, keeps its words
        kept = campana.ledger.rows(Observacion, "codigo = ?", "PLA-001")
    assert sent.number
    assert all(o.accion.startswith("Déjelo como estaba") for o in kept)


def test_the_master_names_the_plan_and_the_receipt_of_each_submission(second: poa_xl.Campaign, tmp_path: Path) -> None:
    sent = send(second, tmp_path, "bueno")
    path = second.check().evaluate().write_master(tmp_path / "m.xlsx").path
    (line,) = table(path, "Entregas", "Archivos recibidos")
    assert line["Acuse"] == sent.number
    with folder.opened(second.folder) as campana:
        (kept_row,) = campana.ledger.rows(Entrega)
    assert dt.datetime.strptime(str(line["Fecha y hora de llegada"]), "%d/%m/%Y %H:%M:%S (UTC%z)") == (
        dt.datetime.fromisoformat(kept_row.cuando)
    )
    cover = {row[0]: row[1] for row in sheet_of(path, "Portada").iter_rows(values_only=True)}
    kept = json.loads(next((second.folder / "planes").iterdir()).read_text(encoding="utf-8"))
    assert cover["Plan aprobado"] == "versión 1"
    assert cover["Huella del plan aprobado"] == kept["huella"]


def test_a_master_without_accepted_changes_has_no_sheet_of_them(second: poa_xl.Campaign, tmp_path: Path) -> None:
    send(second, tmp_path, "bueno")
    path = second.check().evaluate().write_master(tmp_path / "m.xlsx").path
    assert "Cambios aceptados" not in openpyxl.load_workbook(path).sheetnames


def test_a_row_is_accepted_with_all_its_months_and_no_other_row(second: poa_xl.Campaign, tmp_path: Path) -> None:
    def two_rows(data: Data) -> None:
        data["tareas"][0].update(programado_ago=40, programado_sep=40)
        data["tareas"][3].update(programado_sep=40)

    send(second, tmp_path, "otro", two_rows)
    cell = f"Tareas!{books.cell('tareas', 'programado_ago', 0)}"
    done = second.waive("PLA-001", "DGRB", by="Eva", reason="RM 45", until=LATER, cell=cell)
    assert (done.reached, done.received) == (2, ())
    cell = f"Tareas!{books.cell('tareas', 'programado_sep', 3)}"
    done = second.waive("PLA-001", "DGRB", by="Eva", reason="RM 45", until=LATER, cell=cell)
    assert [one.state for one in done.received] == ["aceptada con avisos"]


def test_an_exception_of_a_row_follows_it_in_the_book_that_waits_not_in_the_one_in_force(
    second: poa_xl.Campaign, tmp_path: Path
) -> None:
    def moved(data: Data) -> None:
        more_in_august(data)
        data["tareas"].insert(0, data["tareas"].pop(3))

    send(second, tmp_path, "bueno")
    send(second, tmp_path, "otro", moved, newer=True)
    cell = f"Tareas!{books.cell('tareas', 'programado_ago', 1)}"
    done = second.waive("PLA-001", "DGRB", by="Eva", reason="RM 45", until=LATER, cell=cell)
    assert [one.state for one in done.received] == ["aceptada con avisos"]


def more_in_september_too(data: Data) -> None:
    more_in_august(data)
    data["tareas"][0].update(programado_sep=800)


def still_more_in_august(data: Data) -> None:
    data["tareas"][0].update(programado_ago=4000)


@pytest.mark.parametrize("cell", ["", "Tareas!" + books.cell("tareas", "programado_ago", 0)])
def test_what_was_accepted_is_what_was_seen_and_another_amount_waits_again(
    second: poa_xl.Campaign, tmp_path: Path, cell: str
) -> None:
    send(second, tmp_path, "otro", more_in_august)
    done = second.waive("PLA-001", "DGRB", by="Eva", reason="RM 45", until=LATER, cell=cell)
    assert (done.reached, [one.state for one in done.received]) == (1, ["aceptada con avisos"])
    for name, change in (("otro mes", more_in_september_too), ("más", still_more_in_august)):
        later = send(second, tmp_path, name, change, newer=True)
        said = {(f.location.cell, messages.excepted(f)) for f in later.findings if f.code == "PLA-001"}
        seen = [(books.cell("tareas", "programado_ago", 0), True)] if name == "otro mes" else []
        month = "programado_sep" if seen else "programado_ago"
        assert (later.state, said) == ("en espera", {*seen, (books.cell("tareas", month, 0), False)})
    again = send(second, tmp_path, "lo mismo", both(more_in_august, another_name_of_a_person), newer=True)
    assert again.state == "aceptada con avisos"


def another_name_of_a_person(data: Data) -> None:
    data["unidad"][0].update(responsable="Otra Persona")


def both(*changes: books.Change) -> books.Change:
    def change(data: Data) -> None:
        for each in changes:
            each(data)

    return change


def test_a_decision_that_a_kill_left_half_done_is_carried_out_by_the_next_command(
    second: poa_xl.Campaign, tmp_path: Path
) -> None:
    send(second, tmp_path, "otro", more_in_august)
    with second.opened() as campana:  # the exception is in the ledger, and the command was killed then
        exceptions.record(campana, Pedido("PLA-001", "DGRB", "Eva", "RM 45", LATER), campaigns.AFTER)
    assert status(second).estado == board.WAITING
    received = second.receive_all([campaigns.book(tmp_path / "x" / "EMB-AR.xlsx", "EMB-AR")], by="Ana")
    assert [(one.unidad, one.state.startswith("aceptada")) for one in received] == [("DGRB", True), ("EMB-AR", True)]
    assert status(second).estado == "con avisos"
    assert second.receive_all([campaigns.book(tmp_path / "y" / "CG-SP.xlsx", "CG-SP")], by="Ana")[0].unidad == "CG-SP"


@pytest.mark.parametrize("step", ["settle", "add", "commit", "receipt"])
def test_a_kill_while_a_book_that_differs_is_received_loses_nothing_and_lets_nothing_in(
    second: poa_xl.Campaign, tmp_path: Path, step: str
) -> None:
    good, said = send(second, tmp_path, "bueno"), tmp_path / "dicho.txt"
    before = avance(second)
    path = books.write(tmp_path / "otro" / "DGRB.xlsx", less_in_january, trimestre=2)
    order: list[object] = ["receive", "--newer", path, "--campaign", second.folder, "--by", "Ana"]
    process = start(order, said, kill_at=step)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert (status(second).acuse, avance(second)) == (good.number, before)
    code, output = finish(order, said)
    assert (code, "en espera" in output) == (1, True), output
    found = status(second)
    assert (found.estado, found.acuse, avance(second)) == (board.WAITING, good.number, before)
    assert second.verify().problems == ()


def test_of_two_at_once_of_one_unit_both_land_and_the_one_that_differs_waits(
    second: poa_xl.Campaign, tmp_path: Path
) -> None:
    sent = {
        name: books.write(tmp_path / name / "DGRB.xlsx", change, trimestre=2)
        for name, change in (("bueno", books.unchanged), ("otro", less_in_january))
    }
    running = [
        start(["receive", "--newer", path, "--campaign", second.folder, "--by", name], tmp_path / f"{name}.txt")
        for name, path in sent.items()
    ]
    for process in running:
        process.join(120)
    with second.opened() as campana:
        rows = {row.quien: row for row in campana.ledger.rows(Entrega)}
    assert {name: bool(row.espera) for name, row in rows.items()} == {"bueno": False, "otro": True}
    assert (rows["bueno"].vale, rows["otro"].vale) == (1, 0)
    assert second.verify().problems == ()


def test_a_corrected_book_ends_the_waiting(second: poa_xl.Campaign, tmp_path: Path) -> None:
    send(second, tmp_path, "otro", less_in_january)
    good = send(second, tmp_path, "bueno", newer=True)
    assert (good.state, status(second).estado, status(second).espera) == ("aceptada con avisos", "con avisos", "")


def test_the_same_file_again_while_it_waits_is_known(second: poa_xl.Campaign, tmp_path: Path) -> None:
    waiting = send(second, tmp_path, "otro", more_in_august)
    again = second.receive(tmp_path / "otro" / "DGRB.xlsx", by="Ana")
    assert (again.new, again.number, again.state) == (False, waiting.number, "en espera")


def modified(tmp_path: Path, operation: str) -> Path:
    """The entity with a modification of an operation of DGRB from August on."""
    book = openpyxl.load_workbook(campaigns.entity_book(tmp_path))
    row = (
        "RM 045/2024",
        campaigns.dt.datetime(2024, 6, 3),
        8,
        "reprogramación",
        "DGRB",
        operation,
        None,
        "Más informes",
    )
    for column, value in enumerate(row, start=1):
        book["Modificaciones"].cell(5, column, value)
    book.save(tmp_path / "nueva.xlsx")
    return tmp_path / "nueva.xlsx"


def test_a_modification_in_a_newer_entity_lets_the_next_book_in(second: poa_xl.Campaign, tmp_path: Path) -> None:
    entity = modified(tmp_path, "OP-01")
    poa_xl.Campaign.create(second.folder, entity, 2, campaigns.dt.date(2024, 7, 10), by="Ana")
    assert second.settings.plan  # what was given before stays
    assert second.settings.anterior
    sent = send(second, tmp_path, "otro", more_in_august)
    assert (sent.state, status(second).estado) == ("aceptada con avisos", "con avisos")


@pytest.mark.parametrize(("operation", "free"), [("OP-01", True), ("OP-02", False)])
def test_what_waits_is_received_by_itself_once_a_newer_entity_allows_it_and_not_before(
    second: poa_xl.Campaign, tmp_path: Path, operation: str, free: bool
) -> None:
    waiting = send(second, tmp_path, "otro", more_in_august)
    given = ["--entity", modified(tmp_path, operation), "--quarter", 2, "--deadline", "2024-07-10", "--by", "Ana"]
    code, said = run("campaign", second.folder, *given)
    again = f"nada suyo espera ya una decisión (acuse {waiting.number}); ahora se recibe de nuevo"
    assert (code, again in said) == (0, free), said
    assert status(second).estado == ("con avisos" if free else board.WAITING)
    with second.opened() as campana:
        assert len(campana.ledger.rows(Entrega, "unidad = 'DGRB'")) == 1 + free
    assert second.verify().problems == ()


def reminder(campana: poa_xl.Campaign) -> str:
    with folder.opened(campana.folder) as opened:
        return next(r.texto for r in reminders.of(opened, campaigns.dt.date(2024, 7, 1)) if r.unidad == "DGRB")


def test_the_reminder_of_what_waits_tells_it_apart_from_what_is_to_be_corrected_anyway(
    second: poa_xl.Campaign, tmp_path: Path
) -> None:
    def change(data: Data) -> None:
        data["tareas"][0]["programado_ene"] = 99
        data["tareas"][3]["operacion"] = "OP-77"

    send(second, tmp_path, "mal", change)
    text = reminder(second)
    before, waits, after = re.split("Lo que espera una decisión|Lo que hay que corregir de todos modos", text)
    assert re.findall(r"\((\w+-\d+)\)", waits) == ["PLA-001"]
    assert re.findall(r"\((\w+-\d+)\)", after) == ["TAR-002"]
    assert "Por favor, corrija lo segundo en el libro adjunto" in after or "en su libro" in after
    assert "si el cambio es correcto, díganos por qué" in after
    assert "corregir" not in before


def test_the_reminder_of_what_waits_alone_asks_for_no_other_correction(second: poa_xl.Campaign, tmp_path: Path) -> None:
    send(second, tmp_path, "mal", more_in_august)
    text = reminder(second)
    assert "Lo que espera una decisión, porque difiere" in text
    assert "de todos modos" not in text
    assert "Si fue un error, vuelva a escribir lo aprobado" in text


def test_what_waits_is_received_by_itself_once_a_later_plan_has_it(second: poa_xl.Campaign, tmp_path: Path) -> None:
    send(second, tmp_path, "otro", more_in_august)
    later = tmp_path / "plan-2024-v2.json"
    later.write_bytes(document.to_bytes(ApprovedPlan(**{**vars(books.plan(more_in_august)), "version": 2})))
    entity = campaigns.entity_book(tmp_path)
    poa_xl.Campaign.create(second.folder, entity, 2, campaigns.dt.date(2024, 7, 10), by="Ana", plan=later)
    assert [(one.unidad, one.state) for one in second.receive_all(by="Ana")] == [("DGRB", "aceptada con avisos")]
    assert second.receive_all(by="Ana") == []


def test_a_later_plan_puts_nothing_out_that_was_accepted(second: poa_xl.Campaign, tmp_path: Path) -> None:
    send(second, tmp_path, "bueno")
    before = avance(second)
    later = tmp_path / "plan-2024-v2.json"
    content = books.plan(more_in_august)
    later.write_bytes(document.to_bytes(ApprovedPlan(**{**vars(content), "version": 2})))
    entity = campaigns.entity_book(tmp_path)
    poa_xl.Campaign.create(second.folder, entity, 2, campaigns.dt.date(2024, 7, 10), by="Ana", plan=later)
    assert second.board().plan == 2
    assert avance(second) == before
    assert status(second).estado == "con avisos"


def test_a_kept_plan_that_somebody_changed_stops_what_needs_it_and_the_check_tells(
    second: poa_xl.Campaign, tmp_path: Path
) -> None:
    kept = second.folder / second.settings.plan
    kept.write_text(kept.read_text(encoding="utf-8").replace('"meta": ', '"meta":  '), encoding="utf-8")
    with pytest.raises(PoaError, match="plan-2024-v1"):
        send(second, tmp_path, "bueno")
    assert any("plan-2024-v1" in p.texto for p in second.verify().problems)
    assert len(second.board().filas) == 5  # who sent what needs no plan


def test_a_campaign_without_either_compares_nothing_and_says_so(tmp_path: Path) -> None:
    place = campaigns.campaign(tmp_path)
    assert poa_xl.Campaign(place).receive(books.write(tmp_path / "x" / "DGRB.xlsx", less_in_january), by="Ana").new
    code, said = run("status", "--campaign", place)
    assert (code, "no se comparan con ningún plan aprobado ni con un trimestre anterior" in said) == (0, True)
    assert status(poa_xl.Campaign(place)).estado == "con avisos"


@pytest.mark.parametrize("how", [{}, {"newer": True}, {"force": True}])
def test_a_book_of_another_quarter_never_replaces_one_of_the_campaigns(
    second: poa_xl.Campaign, tmp_path: Path, how: dict[str, bool]
) -> None:
    good = send(second, tmp_path, "bueno")
    later = send(second, tmp_path, "3T", lambda data: None, trimestre=3, **how)
    assert (later.new, later.failed) == (True, True)
    assert "informa el trimestre 3" in later.standing
    found = status(second)
    assert (found.acuse, found.otro_trimestre_despues, found.antigua_despues) == (good.number, later.number, "")
    assert second.verify().problems == ()


@pytest.mark.parametrize(
    "saved",
    [("2024-07-05T10:00:00", "2024-07-06T10:00:00"), ("2024-10-05T10:00:00", "2024-07-06T10:00:00")],
    ids=["later", "earlier"],
)
def test_a_book_of_the_campaigns_quarter_replaces_one_of_another_whatever_their_dates(
    second: poa_xl.Campaign, tmp_path: Path, saved: tuple[str, str]
) -> None:
    for name, trimestre, moment in zip(("3T", "bueno"), (3, 2), saved, strict=True):
        path = campaigns.saved_at(books.write(tmp_path / name / "DGRB.xlsx", trimestre=trimestre), moment)
        received = second.receive(path, by="Ana")
        assert not received.failed
    assert status(second).acuse == received.number
    assert second.verify().problems == ()


@pytest.mark.parametrize(
    ("quarter", "given", "said"),
    [(1, "previous", "no es anterior"), (2, "plan", "otra gestión"), (2, "file", "no es un plan aprobado")],
)
def test_what_cannot_be_compared_with_is_refused_and_nothing_is_made(
    tmp_path: Path, first: Path, quarter: int, given: str, said: str
) -> None:
    entity, other = campaigns.entity_book(tmp_path), tmp_path / "otro.json"
    content = books.plan()
    other.write_bytes(document.to_bytes(ApprovedPlan(**{**vars(content), "gestion": 2023})))
    wanted: dict[str, Any] = {"previous": {"previous": first}, "plan": {"plan": other}, "file": {"plan": entity}}[given]
    place = tmp_path / "nueva"
    with pytest.raises(PoaError, match=said):
        poa_xl.Campaign.create(place, entity, quarter, campaigns.dt.date(2024, 7, 10), by="Ana", **wanted)
    assert not (place / "campana.sqlite").exists() or not folder_is_open(place)


def folder_is_open(place: Path) -> bool:
    try:
        with folder.opened(place):
            return True
    except PoaError:
        return False


def test_a_ledger_made_anew_compares_with_what_is_given_again(second: poa_xl.Campaign, tmp_path: Path) -> None:
    send(second, tmp_path, "otro", more_in_august)
    plan = second.folder / second.settings.plan
    (second.folder / "campana.sqlite").unlink()
    entity = campaigns.entity_book(tmp_path)
    poa_xl.Campaign.recover(second.folder, entity, 2, campaigns.dt.date(2024, 7, 10), by="Eva", plan=plan)
    assert (status(second).estado, second.board().plan, second.board().anterior) == (board.WAITING, 1, None)


def test_the_commands_say_all_of_it(tmp_path: Path, plan: Path, first: Path) -> None:
    place, entity = tmp_path / "c", campaigns.entity_book(tmp_path)
    made = ["campaign", place, "--entity", entity, "--quarter", 2, "--deadline", "2024-07-10"]
    code, said = run(*made, "--plan", plan, "--previous", first)
    assert (code, "se comparan con el plan aprobado (versión 1) y con lo aceptado en el 1T" in said) == (0, True)
    path = books.write(tmp_path / "x" / "DGRB.xlsx", more_in_august)
    code, said = run("receive", path, "--campaign", place, "--by", "Ana")
    assert (code, "en espera" in said, "error PLA-001" in said) == (1, True, True)
    assert "1 archivo: 0 aceptados, 1 en espera, 0 rechazados, 0 ya recibidos, 0 no recibidos." in said
    code, said = run("status", "--campaign", place)
    assert "1 en espera" in said
    reminders = tmp_path / "r"
    code, said = run(
        "status", "--campaign", place, "--reminders", reminders, "-o", tmp_path / "t.html", "-o", tmp_path / "t.xlsx"
    )
    assert "en espera" in said
    accepted = ["--by", "Eva", "--reason", "RM 45", "--until", "2099-12-31"]
    code, said = run("waive", "PLA-001", "--campaign", place, "--unit", "DGRB", *accepted)
    assert (code, "ahora se recibe de nuevo" in said, "aceptada con avisos" in said) == (0, True, True)
    code, said = run("validate", path, "--entity", entity, "--quarter", 2, "--plan", plan, "--previous", first)
    assert (code, "PLA-001" in said) == (1, True)
    assert run("validate", path, "--entity", entity, "--quarter", 2)[0] == 0


def test_consolidate_counts_a_book_that_waits_neither_as_accepted_nor_as_rejected(
    second: poa_xl.Campaign, tmp_path: Path
) -> None:
    send(second, tmp_path, "otro", more_in_august)
    assert second.receive(campaigns.book(tmp_path / "x" / "EMB-AR.xlsx", "EMB-AR"), by="Ana").state.startswith(
        "aceptada"
    )
    _, said = run("consolidate", "--campaign", second.folder, "-o", tmp_path / "m.xlsx")
    assert "Recibidos: 1 libro aceptado, 1 en espera, 0 rechazados, 3 unidades sin enviar." in said


# --- templates ---------------------------------------------------------------------------------------------


def test_a_template_carries_the_approved_plan_locked_and_what_is_filled_in_agrees_with_it(
    tmp_path: Path, plan: Path
) -> None:
    entity = campaigns.entity_book(tmp_path)
    (path,) = poa_xl.write_templates(entity, tmp_path / "p", units="DGRB", plan=plan)
    book = openpyxl.load_workbook(path)
    typed = books.factories.unit_data(books.factories.entidad().by_code["DGRB"], 1)
    for row, task in enumerate(typed["tareas"]):
        for column in ("operacion", "actividad", "tarea", *(f"programado_{m}" for m in books.MESES)):
            cell = book["Tareas"][books.cell("tareas", column, row)]
            assert (cell.value, cell.protection.locked) == (task[column], True), cell.coordinate
        executed = book["Tareas"][books.cell("tareas", "ejecutado_ene", row)]
        assert (executed.value, executed.protection.locked) == (None, False)
        executed.value = task["ejecutado_ene"]
    below = book["Tareas"][books.cell("tareas", "programado_ene", len(typed["tareas"]))]
    assert (below.value, below.protection.locked) == (None, False)  # room for what a resolution incorporates
    assert book["Tareas"].protection.sheet
    book["Unidad"][
        next(f"B{n}" for n in range(1, 30) if book["Unidad"].cell(n, 1).value == "Trimestre que se reporta")
    ] = 1
    book.save(tmp_path / "DGRB.xlsx")
    found = poa_xl.check(tmp_path / "DGRB.xlsx", entity, 1, plan=plan)
    assert [f for f in found.findings if f.code.startswith("PLA-")] == []
    assert [s.estado for s in found.submissions] != [SubmissionState.WAITING]


def test_templates_of_a_plan_of_another_year_are_not_written(tmp_path: Path) -> None:
    other = tmp_path / "otro.json"
    other.write_bytes(document.to_bytes(ApprovedPlan(**{**vars(books.plan()), "gestion": 2023})))
    with pytest.raises(PoaError, match="otra gestión"):
        poa_xl.write_templates(campaigns.entity_book(tmp_path), tmp_path / "p", plan=other)
    assert not (tmp_path / "p").exists()


# --- modifications in the master --------------------------------------------------------------------------------


def test_a_master_lists_the_modifications_of_its_entity_and_which_the_plan_has(
    municipality_year: list[Quarter], tmp_path: Path
) -> None:
    start, last = municipality_year[0], municipality_year[3]
    entity = entity_book.check_entity(last.entity).entidad
    assert entity is not None
    first = entity.modificaciones[0]
    has_one = dataclasses.replace(books.plan(), modificaciones=(first,), resolucion="RA 1")
    file = tmp_path / "plan-2024-v1.json"
    file.write_bytes(document.to_bytes(dataclasses.replace(has_one, entidad=entity.nombre, gestion=entity.gestion)))
    found = poa_xl.check(last.sent, last.entity, 4, plan=file)
    path = found.evaluate().write_master(tmp_path / "m.xlsx").path
    rows = [list(row) for row in sheet_of(path, "Modificaciones").iter_rows(min_row=5, values_only=True)]
    titles, listed = rows[0], [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[0]]
    assert [(row["Resolución"], row["Tipo"], row["Unidades"]) for row in listed] == [
        (m.resolucion, m.tipo, "; ".join(m.unidades)) for m in entity.modificaciones
    ]
    assert [row["En el plan aprobado"] for row in listed] == ["sí", *["no"] * (len(listed) - 1)]
    assert len(listed) > 2
    without = openpyxl.load_workbook(last.master)
    assert titles[:-1] == [cell.value for cell in without["Modificaciones"][5]]  # with no plan nothing is said of it
    assert "Plan aprobado" not in [row[0] for row in without["Portada"].iter_rows(values_only=True)]

    assert "Acuse" not in [cell for row in without["Entregas"].iter_rows(values_only=True) for cell in row]
    assert "Modificaciones" not in openpyxl.load_workbook(start.master).sheetnames
