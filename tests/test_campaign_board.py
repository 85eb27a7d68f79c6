"""The board and the master of a campaign: who sent what, in which state, in time or late."""

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl.campaign import board, folder, intake
from poa_xl.campaign.board import NoVigente, SinLibro, Tablero, UnitStatus
from poa_xl.campaign.intake import Orden
from poa_xl.campaign.records import Entrega
from poa_xl.cli import poa_xl
from tests import campaign_books as books
from tests.one_sheet import sheet_of
from tests.places import at

pytestmark = pytest.mark.slow


def receive(place: Path, path: Path, when: dt.datetime = books.BEFORE) -> Entrega:
    with folder.opened(place) as campana:
        recibo = intake.receive(campana, path, Orden("Ana", when))
    assert recibo.entrega is not None
    return recibo.entrega


def tablero(place: Path) -> Tablero:
    with folder.opened(place) as campana:
        return board.of(campana)


def row(place: Path, unidad: str) -> UnitStatus:
    (found,) = [f for f in tablero(place).filas if f.unidad == unidad]
    return found


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_units_stand_by_area_and_group_and_all_are_missing_at_first(tmp_path: Path) -> None:
    found = tablero(books.campaign(tmp_path))
    assert [(f.area, f.grupo, f.unidad) for f in found.filas] == [
        ("Administración", "Direcciones", "DGAA"),
        ("Relaciones Exteriores", "Direcciones", "DGRB"),
        ("Servicio Exterior", "Embajadas", "EMB-AR"),
        ("Servicio Exterior", "Consulados", "CON-JJ"),
        ("Servicio Exterior", "Consulados", "CG-SP"),
    ]
    assert found.totales == {**dict.fromkeys(board.STATES, 0), "falta": 5}
    assert found.tarde == 0


def test_each_state_has_its_word(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    receive(place, books.book(tmp_path / "DGAA.xlsx", "DGAA"))
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB", {books.MONTH: "dos"}))
    receive(place, books.book(tmp_path / "CG-SP.xlsx", "CG-SP", {books.VERSION: "vieja"}))
    states = {f.unidad: f.estado for f in tablero(place).filas}
    assert states == {
        "DGAA": "con avisos", "DGRB": "en parte", "EMB-AR": "falta", "CON-JJ": "falta", "CG-SP": "rechazada",
    }  # fmt: skip
    assert tablero(place).totales == {
        **dict.fromkeys(board.STATES, 0), "con avisos": 1, "en parte": 1, "rechazada": 1, "falta": 2,
    }  # fmt: skip


def test_late_is_whose_first_accepted_one_came_after_the_deadline(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    last_minute = dt.datetime(2024, 7, 10, 23, 59, tzinfo=books.BEFORE.tzinfo)
    receive(place, books.book(tmp_path / "DGAA.xlsx", "DGAA"), last_minute)
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB"), books.AFTER)
    receive(place, books.book(tmp_path / "1" / "CG-SP.xlsx", "CG-SP"), books.BEFORE)
    receive(place, books.book(tmp_path / "2" / "CG-SP.xlsx", "CG-SP", {books.MONTH: 7}), books.AFTER)
    receive(place, books.book(tmp_path / "1" / "EMB-AR.xlsx", "EMB-AR", {books.VERSION: "vieja"}), books.BEFORE)
    receive(place, books.book(tmp_path / "2" / "EMB-AR.xlsx", "EMB-AR"), books.AFTER)
    assert {f.unidad: f.tarde for f in tablero(place).filas} == {
        "DGAA": False, "DGRB": True, "CG-SP": False, "EMB-AR": True, "CON-JJ": False,
    }  # fmt: skip
    assert tablero(place).tarde == 2


def test_a_rejected_one_after_an_accepted_one_is_told_beside_it(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    first = receive(place, books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB"))
    bad = receive(place, books.book(tmp_path / "2" / "DGRB.xlsx", "DGRB", {books.VERSION: "vieja"}))
    found = row(place, "DGRB")
    assert (found.estado, found.acuse, found.rechazada_despues) == ("con avisos", first.acuse, bad.acuse)
    assert f"un envío posterior se rechazó (acuse {bad.acuse})" in run("status", "--campaign", place)[1]


def test_an_older_one_that_was_set_aside_is_told_and_hides_no_rejected_one(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    first = receive(place, books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB"))
    assert (row(place, "DGRB").rechazada_despues, row(place, "DGRB").antigua_despues) == ("", "")
    bad = receive(place, books.book(tmp_path / "2" / "DGRB.xlsx", "DGRB", {books.VERSION: "vieja"}))
    old = receive(place, books.book(tmp_path / "3" / "DGRB.xlsx", "DGRB", {books.SENT: dt.date(2024, 6, 1)}))
    found = row(place, "DGRB")
    assert (found.acuse, found.rechazada_despues, found.antigua_despues) == (first.acuse, bad.acuse, old.acuse)
    text = run("status", "--campaign", place)[1]
    assert f"un envío posterior se rechazó (acuse {bad.acuse})" in text
    assert f"llegó después un libro más antiguo, que no cuenta (acuse {old.acuse})" in text
    last = receive(place, books.book(tmp_path / "4" / "DGRB.xlsx", "DGRB", {books.SENT: dt.date(2024, 7, 4)}))
    found = row(place, "DGRB")
    assert (found.acuse, found.rechazada_despues, found.antigua_despues) == (last.acuse, "", "")


def test_every_submission_is_somewhere_on_the_board(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    sent = receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB"))
    assert tablero(place).no_vigentes == ()
    entity = openpyxl.load_workbook(tmp_path / "entidad.xlsx")
    for cells in entity["Unidades"].iter_rows():
        if any(c.value == "DGRB" for c in cells):
            next(c for c in cells if c.value == "vigente").value = "no vigente"
    entity.save(tmp_path / "nueva.xlsx")
    changed = ["--entity", tmp_path / "nueva.xlsx", "--quarter", 2, "--deadline", "2024-07-10"]
    assert run("campaign", place, *changed)[0] == 0
    found = tablero(place)
    assert "DGRB" not in {f.unidad for f in found.filas}
    assert found.no_vigentes == (NoVigente("DGRB", sent.acuse),)
    said = f"Archivos de unidades que no deben enviar en el trimestre: 1. Vea los acuses {sent.acuse} (DGRB)."
    assert said in run("status", "--campaign", place)[1]
    answer = json.loads(run("status", "--campaign", place, "--format", "json")[1])
    assert answer["no_vigentes"] == [{"unidad": "DGRB", "acuse": sent.acuse}]


def test_what_is_of_nobody_is_told(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    (tmp_path / "carta.xlsx").write_bytes(b"hola")
    entrega = receive(place, tmp_path / "carta.xlsx")
    assert tablero(place).sin_unidad == (entrega.acuse,)
    assert entrega.acuse in run("status", "--campaign", place)[1]


def test_the_terminal_and_the_json_say_the_same(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB"))
    code, text = run("status", "--campaign", place)
    assert code == 0
    assert "5 unidades: 1 con avisos, 4 faltan." in text
    assert "Servicio Exterior, Servicio Exterior: 3 faltan" in text
    code, output = run("status", "--campaign", place, "--format", "json")
    answer = json.loads(output)
    assert (code, answer["version"], answer["totales"]["falta"]) == (0, 1, 4)
    assert [f["unidad"] for f in answer["filas"]] == [f.unidad for f in tablero(place).filas]


# --- the master of a campaign -----------------------------------------------------------------------------


def entregas(path: Path) -> dict[object, tuple[object, ...]]:
    rows = sheet_of(path, "Entregas").iter_rows(values_only=True)
    return {r[6]: r for r in rows if isinstance(r[6], str) and len(r[6]) == 64}


def test_the_master_takes_the_version_in_force_of_each_unit(tmp_path: Path) -> None:
    place, master = books.campaign(tmp_path), tmp_path / "m.xlsx"
    receive(place, books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB"))
    second = receive(place, books.book(tmp_path / "2" / "DGRB.xlsx", "DGRB", {books.MONTH: 7}))
    receive(place, books.book(tmp_path / "3" / "DGRB.xlsx", "DGRB", {books.VERSION: "vieja"}))
    rejected = receive(place, books.book(tmp_path / "CG-SP.xlsx", "CG-SP", {books.VERSION: "vieja"}))
    code, output = run("consolidate", "--campaign", place, "-o", master)
    assert code == 1  # CG-SP was rejected
    assert "Recibidos: 1 libro aceptado, 1 rechazado, 3 unidades sin enviar." in output
    found = entregas(master)
    assert set(found) == {second.sha256, rejected.sha256}
    assert found[second.sha256][0] == Path(second.ruta).name
    tasks = [r for r in sheet_of(master, "Datos_Tareas").iter_rows(values_only=True) if "DGRB" in r]
    assert len(tasks) == 5
    assert all(Path(second.ruta).name in r for r in tasks)


def test_the_same_campaign_gives_the_same_master(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB"))
    for name in ("a.xlsx", "b.xlsx"):
        assert run("consolidate", "--campaign", place, "-o", tmp_path / name)[0] == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("extra", [["--quarter", "2"], ["."]])
def test_a_campaign_with_a_folder_or_a_quarter_is_wrong_usage(tmp_path: Path, extra: list[str]) -> None:
    place = books.campaign(tmp_path)
    code, output = run("consolidate", *extra, "--campaign", place, "-o", tmp_path / "m.xlsx")
    assert (code, "los dice la campaña" in output) == (2, True)


def test_neither_campaign_nor_folder_is_wrong_usage(tmp_path: Path) -> None:
    code, output = run("consolidate", "-o", tmp_path / "m.xlsx")
    assert (code, "--campaign" in output) == (2, True)


def dated(place: Path, **dates: dict[str, object]) -> Path:
    """The entity's workbook with dates of units; one that it has not is added beside DGRB."""
    book = openpyxl.load_workbook(place / "entidad.xlsx")
    page = book["Unidades"]
    titles = {c.value: c.column for c in page[4]}
    rows = {row[0].value: row[0].row for row in page.iter_rows(min_row=5) if row[0].value}
    for code, said in dates.items():
        if code not in rows:
            rows[code] = max(rows.values()) + 1
            for column in titles.values():
                page.cell(rows[code], column).value = page.cell(rows["DGRB"], column).value
            page.cell(rows[code], titles["Código"]).value = code
        for title, value in said.items():
            page.cell(rows[code], titles[title]).value = value
    book.save(place / "fechada.xlsx")
    return place / "fechada.xlsx"


def test_a_unit_that_ended_before_the_quarter_need_not_send_and_its_last_workbook_is_received_and_counts(
    tmp_path: Path,
) -> None:
    books.entity_book(tmp_path)
    entity = dated(tmp_path, NUEVA={"Desde": dt.date(2024, 7, 1)}, DGRB={"Hasta": dt.date(2024, 3, 31)})
    place = tmp_path / "campana"
    assert run("campaign", place, "--entity", entity, "--quarter", 2, "--deadline", "2099-12-31")[0] == 0
    assert {f.unidad for f in tablero(place).filas} == {"DGAA", "EMB-AR", "CON-JJ", "CG-SP"}
    for unidad in ("DGAA", "EMB-AR", "CON-JJ", "CG-SP"):
        receive(place, books.book(tmp_path / f"{unidad}.xlsx", unidad))
    output = run("consolidate", "--campaign", place, "-o", tmp_path / "sin.xlsx")[1]
    assert "1 no envió su libro" in output
    assert tablero(place).sin_libro == (SinLibro("DGRB", "31/03/2024", "1T"),)
    said = "Unidades que terminaron y cuyo último libro falta: DGRB (hasta el 31/03/2024; cifras de 1T)."
    assert said in run("status", "--campaign", place)[1]
    assert json.loads(run("status", "--campaign", place, "--format", "json")[1])["sin_libro"] == [
        {"unidad": "DGRB", "hasta": "31/03/2024", "trimestres": "1T"}
    ]
    assert run("status", "--campaign", place, "-o", tmp_path / "t.xlsx", "-o", tmp_path / "t.html")[0] == 0
    resumen = sheet_of(tmp_path / "t.xlsx", "Resumen")
    assert any(said in str(c.value) for row in resumen.iter_rows() for c in row)
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "<li><bdi>DGRB</bdi>: hasta el 31/03/2024; cifras de 1T</li>" in page
    last = books.book(tmp_path / "1T" / "DGRB.xlsx", "DGRB", {at("Unidad", "Trimestre que se reporta"): 1})
    sent = receive(place, last)
    assert sent.estado != "rechazada"
    assert tablero(place).no_vigentes == (NoVigente("DGRB", sent.acuse),)
    assert tablero(place).sin_libro == ()
    assert "cuyo último libro falta" not in run("status", "--campaign", place)[1]
    output = run("consolidate", "--campaign", place, "-o", tmp_path / "con.xlsx")[1]
    assert "0 unidades sin enviar" in output
    assert "no envió su libro" not in output
