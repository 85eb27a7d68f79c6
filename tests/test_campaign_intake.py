"""`poa-xl receive`: every file is kept as it came, written down once, and takes the place that it should."""

import datetime as dt
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from poa_xl.api.campaign import Campaign
from poa_xl.campaign import dates, folder, intake, integrity, ledger
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.intake import Orden, Recibo
from poa_xl.campaign.records import Ajuste, Entrega, Observacion
from poa_xl.cli import poa_xl
from poa_xl.errors import PoaError
from poa_xl.vba import project
from tests import active_books, campaign_books as books, packages

pytestmark = pytest.mark.slow


@pytest.fixture
def campana(tmp_path: Path) -> Iterator[Campana]:
    with folder.opened(books.campaign(tmp_path)) as opened:
        yield opened


def receive(campana: Campana, path: Path, force: bool = False, when: dt.datetime = books.BEFORE) -> Recibo:
    return intake.receive(campana, path, Orden("Ana", when, force))


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def accepted(recibo: Recibo) -> Entrega:
    assert recibo.entrega is not None, recibo
    assert recibo.entrega.vale == 1, recibo
    return recibo.entrega


# --- keeping ----------------------------------------------------------------------------------------------


def test_a_submission_is_kept_byte_for_byte_under_unit_version_and_fingerprint(
    campana: Campana, tmp_path: Path
) -> None:
    sent = books.book(tmp_path / "correo" / "libro final (2).xlsx", "DGRB")
    content = sent.read_bytes()
    entrega = accepted(receive(campana, sent))
    digest = hashlib.sha256(content).hexdigest()
    assert entrega.ruta == f"entregas/DGRB/DGRB-v01-{digest[:8]}.xlsx"
    assert (campana.folder / entrega.ruta).read_bytes() == content == sent.read_bytes()
    assert (entrega.archivo, entrega.sha256, entrega.quien) == ("libro final (2).xlsx", digest, "Ana")
    assert (entrega.unidad, entrega.plantilla, entrega.fecha_envio) == (
        "DGRB",
        campana.entidad.version_plantilla,
        "2024-06-28",
    )
    assert entrega.estado == "aceptada con avisos"
    assert campana.ledger.rows(Entrega) == [entrega]


def test_the_identical_file_is_recognised_and_not_kept_again(campana: Campana, tmp_path: Path) -> None:
    first = accepted(receive(campana, books.book(tmp_path / "DGRB.xlsx", "DGRB")))
    again = receive(campana, books.book(tmp_path / "otro nombre.xlsx", "DGRB"))
    assert (again.desenlace, again.entrega) == (intake.REPEATED, first)
    assert not again.failed
    assert len(campana.ledger.rows(Entrega)) == 1
    assert [p.name for p in (campana.folder / "entregas").rglob("*.xlsx")] == [Path(first.ruta).name]


def test_a_resubmission_takes_the_place_of_the_first_and_says_what_changed(campana: Campana, tmp_path: Path) -> None:
    first = accepted(receive(campana, books.book(tmp_path / "a" / "DGRB.xlsx", "DGRB")))
    second = accepted(receive(campana, books.book(tmp_path / "b" / "DGRB.xlsx", "DGRB", {books.MONTH: 7})))
    assert (second.version, second.reemplaza) == (2, first.numero)
    assert json.loads(second.cambios)["hojas"] == [
        {
            "hoja": "Tareas",
            "agregadas": 0,
            "quitadas": 0,
            "celdas": [{"celda": books.cell(books.MONTH), "columna": "Prog. ene", "antes": "1", "despues": "7"}],
        }
    ]
    assert campana.current() == {"DGRB": second}
    assert (campana.folder / first.ruta).is_file()


def test_a_rejected_resubmission_is_kept_and_replaces_nothing(campana: Campana, tmp_path: Path) -> None:
    first = accepted(receive(campana, books.book(tmp_path / "a" / "DGRB.xlsx", "DGRB")))
    bad = receive(campana, books.book(tmp_path / "b" / "DGRB.xlsx", "DGRB", {books.VERSION: "vieja"}))
    assert bad.entrega is not None
    assert (bad.entrega.estado, bad.entrega.vale, bad.entrega.version) == ("rechazada", 0, 2)
    assert bad.failed
    assert campana.current() == {"DGRB": first}
    assert (campana.folder / bad.entrega.ruta).is_file()
    codes = [o.codigo for o in campana.ledger.rows(Observacion, "entrega = ?", bad.entrega.numero)]
    assert "UNI-007" in codes


def test_the_first_accepted_after_a_rejected_one_replaces_nothing(campana: Campana, tmp_path: Path) -> None:
    receive(campana, books.book(tmp_path / "a" / "DGRB.xlsx", "DGRB", {books.VERSION: "vieja"}))
    second = accepted(receive(campana, books.book(tmp_path / "b" / "DGRB.xlsx", "DGRB")))
    assert (second.version, second.reemplaza, second.cambios) == (2, None, "")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [(b"no es un libro", "DGRB.xlsx", "LIB-006"), (b"", "DGRB.xlsx", "LIB-008"), (b"%PDF-1.7", "DGRB.pdf", "LIB-006")],
)
def test_what_is_no_workbook_is_kept_as_rejected(
    campana: Campana, tmp_path: Path, content: bytes, name: str, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    recibo = receive(campana, tmp_path / name)
    assert recibo.entrega is not None
    assert (recibo.entrega.estado, recibo.entrega.unidad) == ("rechazada", "DGRB")  # the unit is in the file's name
    assert [f.code for f in recibo.findings] == [code]
    assert (campana.folder / recibo.entrega.ruta).read_bytes() == content


def test_a_file_of_nobody_is_kept_apart_and_its_name_does_nothing(campana: Campana, tmp_path: Path) -> None:
    sent = tmp_path / "..;rm -rf $HOME\x1b[31m.exe"
    sent.write_bytes(b"MZ")
    recibo = receive(campana, sent)
    assert recibo.entrega is not None
    digest = hashlib.sha256(b"MZ").hexdigest()
    assert recibo.entrega.ruta == f"entregas/_sin-unidad/sin-unidad-v01-{digest[:8]}.bin"
    assert "\x1b" not in recibo.entrega.archivo
    assert (campana.folder / recibo.entrega.ruta).read_bytes() == b"MZ"


def test_what_cannot_be_opened_leaves_no_trace(campana: Campana, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tubo.xlsx")
    books.book(tmp_path / "DGRB.xlsx", "DGRB")
    (tmp_path / "enlace.xlsx").symlink_to(tmp_path / "DGRB.xlsx")
    for name in ("tubo.xlsx", "enlace.xlsx"):
        recibo = receive(campana, tmp_path / name)
        assert (recibo.desenlace, recibo.entrega, recibo.failed) == (intake.NOT_RECEIVED, None, True)
        assert [f.code for f in recibo.findings] == ["LIB-009"]
    assert campana.ledger.rows(Entrega) == []
    assert integrity.problems(campana) == []


# --- older and newer --------------------------------------------------------------------------------------


def test_an_older_file_is_kept_but_does_not_replace_a_newer_one_unless_forced(campana: Campana, tmp_path: Path) -> None:
    newer = accepted(receive(campana, books.book(tmp_path / "n" / "DGRB.xlsx", "DGRB")))
    old = books.book(tmp_path / "o" / "DGRB.xlsx", "DGRB", {books.SENT: dt.date(2024, 6, 1)})
    recibo = receive(campana, old)
    assert recibo.entrega is not None
    assert (recibo.entrega.vale, recibo.entrega.estado, recibo.failed) == (0, "aceptada con avisos", True)
    assert campana.current() == {"DGRB": newer}
    assert receive(campana, old).desenlace == intake.REPEATED
    forced = accepted(receive(campana, old, force=True))
    assert (forced.reemplaza, forced.ruta) == (newer.numero, recibo.entrega.ruta)  # kept once, written down twice
    assert campana.current() == {"DGRB": forced}
    assert integrity_classes(campana) == {"acuse"}  # nobody wrote receipts here


def integrity_classes(campana: Campana) -> set[str]:
    return {p.clase for p in integrity.problems(campana)}


class Dated:
    def __init__(self, fecha_envio: str, modificado: str) -> None:
        self.fecha_envio, self.modificado = fecha_envio, modificado


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        (("2024-07-04", ""), ("2024-07-05", ""), True),
        (("2024-07-05", ""), ("2024-07-04", ""), False),
        (("2024-07-04", "2024-07-09T00:00:00+00:00"), ("2024-07-05", "2024-07-06T00:00:00+00:00"), True),
        (("2024-07-05", "2024-07-05T10:00:00+00:00"), ("2024-07-05", "2024-07-05T11:00:00+00:00"), True),
        (("", "2024-07-05T11:00:00+00:00"), ("2024-07-05", "2024-07-05T10:00:00+00:00"), False),
        (("", "2024-07-05T09:00:00+00:00"), ("2024-07-05", "2024-07-05T10:00:00+00:00"), True),
        (("", ""), ("2024-07-05", "2024-07-05T10:00:00+00:00"), False),
        (("2024-07-05", ""), ("2024-07-05", ""), False),
    ],
)
def test_the_date_that_the_unit_wrote_decides_then_the_moment_of_the_last_save(
    one: tuple[str, str], other: tuple[str, str], older: bool
) -> None:
    assert dates.older(Dated(*one), Dated(*other)) is older


def test_the_moment_of_the_last_save_is_read_from_the_file(tmp_path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.save(tmp_path / "a.xlsx")
    told = openpyxl.load_workbook(tmp_path / "a.xlsx").properties.modified
    assert dates.modified((tmp_path / "a.xlsx").read_bytes()) == told.replace(tzinfo=dt.UTC).isoformat()
    assert dates.modified(b"nada") == ""


# --- the ledger -------------------------------------------------------------------------------------------


def test_the_ledger_is_in_wal_mode_and_of_our_kind(campana: Campana) -> None:
    raw = sqlite3.connect(campana.folder / ledger.LEDGER)
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert raw.execute("PRAGMA user_version").fetchone() == (ledger.SCHEMA_VERSION,)
    raw.close()


@pytest.mark.parametrize("table", ["ajustes", "entregas", "observaciones", "excepciones", "acuses", "cadena"])
def test_no_row_of_the_ledger_can_be_changed_or_deleted(campana: Campana, tmp_path: Path, table: str) -> None:
    receive(campana, books.book(tmp_path / "DGRB.xlsx", "DGRB"))
    raw = sqlite3.connect(campana.folder / ledger.LEDGER, isolation_level=None)
    if table == "excepciones":
        raw.execute("INSERT INTO excepciones VALUES (1, '', '', 'DGRB', 'TAR-005', '', '', '', '2024-12-31', '')")
    column = raw.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]
    before = raw.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    for order in (f"UPDATE {table} SET {column} = 99", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="no se"):
            raw.execute(order)
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before
    raw.close()


def test_a_row_without_its_settings_cannot_be_added(campana: Campana, tmp_path: Path) -> None:
    entrega = accepted(receive(campana, books.book(tmp_path / "DGRB.xlsx", "DGRB")))
    orphan = Entrega(**{**vars(entrega), "numero": 9, "acuse": "x", "version": 9, "ajuste": 77})
    with pytest.raises(PoaError, match="registro de la campaña"), campana.ledger.writing():
        campana.ledger.add(orphan)
    assert campana.ledger.rows(Entrega) == [entrega]


def test_a_folder_without_a_campaign_and_a_damaged_ledger_are_said(tmp_path: Path) -> None:
    with pytest.raises(PoaError, match="no hay una campaña"), folder.opened(tmp_path):
        pass
    (tmp_path / ledger.LEDGER).write_bytes(b"esto no es un registro " * 100)
    with pytest.raises(PoaError, match="dañado"), folder.opened(tmp_path):
        pass


# --- the campaign -----------------------------------------------------------------------------------------


def test_a_campaign_keeps_its_entity_and_takes_another_deadline(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    later = dt.date(2024, 7, 20)
    folder.create(place, tmp_path / "entidad.xlsx", 2, later, "Luis", books.AFTER)
    with folder.opened(place) as campana:
        assert (campana.limite, campana.ajuste.quien) == (later, "Luis")
        assert len(campana.ledger.rows(Ajuste)) == 2
        assert len(list((place / "entidades").iterdir())) == 1  # the same workbook is kept once
        assert integrity.problems(campana) == []
    with pytest.raises(PoaError, match="segundo trimestre de 2024"):
        folder.create(place, tmp_path / "entidad.xlsx", 3, later, "Luis", books.AFTER)


def test_an_entity_workbook_that_somebody_changed_in_the_campaign_is_said_and_a_lost_one_put_back(
    tmp_path: Path,
) -> None:
    place = books.campaign(tmp_path)
    good = (place / "entidad.xlsx").read_bytes()
    (place / "entidad.xlsx").write_bytes(good + b"x")
    with pytest.raises(PoaError, match="alguien lo cambió"), folder.opened(place):
        pass
    assert (place / "entidad.xlsx").read_bytes() == good + b"x"
    (place / "entidad.xlsx").unlink()
    with folder.opened(place):
        assert (place / "entidad.xlsx").read_bytes() == good


# --- the command ------------------------------------------------------------------------------------------


def test_the_command_receives_a_folder_and_ends_with_1_where_one_is_rejected(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    books.book(tmp_path / "bandeja" / "DGRB.xlsx", "DGRB")
    books.book(tmp_path / "bandeja" / "EMB-AR.xlsx", "EMB-AR", {books.VERSION: "vieja"})
    code, output = run("receive", tmp_path / "bandeja", "--campaign", place, "--by", "Ana")
    assert code == 1
    assert "2 archivos: 1 aceptado, 1 rechazado, 0 ya recibidos, 0 no recibidos." in output
    assert "UNI-007" in output
    assert "la unidad todavía no tiene ninguna que valga" in output
    assert run("status", "--campaign", place, "--check")[0] == 0
    copies = list((place / "observaciones").iterdir())
    assert [c.suffix for c in copies] == [".xlsx"]
    assert f"Copia con las observaciones: {copies[0]}" in output
    again, output = run("receive", tmp_path / "bandeja" / "DGRB.xlsx", "--campaign", place)
    assert again == 0
    assert "ya se recibió el" in output


def test_the_copy_that_goes_back_to_a_unit_has_no_macros_of_others(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    sent = books.book(tmp_path / "bandeja" / "EMB-AR.xlsx", "EMB-AR", {books.VERSION: "vieja"})
    inside = packages.apart(sent.read_bytes())
    for case in active_books.CASES:
        if case.name in ("macros: foreign", "a DDE link", "a web add-in"):
            inside = case.make(inside)
    sent.unlink()
    sent = sent.with_suffix(".xlsm")
    sent.write_bytes(packages.together(inside))
    code, output = run("receive", sent, "--campaign", place, "--by", "Ana")
    assert (code, "LIB-013" in output, "LIB-020" in output) == (1, True, True)
    (copy,) = (place / "observaciones").iterdir()
    copied = packages.apart(copy.read_bytes())
    assert copied["xl/vbaProject.bin"] == project.of_workbook(len([n for n in inside if "worksheets/sheet" in n]))
    assert not any(b"ddeLink" in xml or b"webextension" in xml for xml in copied.values())
    assert run("status", "--campaign", place, "--check")[0] == 0


def test_the_json_of_the_command_tells_what_the_text_tells(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    sent = books.book(tmp_path / "DGRB.xlsx", "DGRB")
    code, output = run("receive", sent, "--campaign", place, "--format", "json")
    answer = json.loads(output)
    (item,) = answer["archivos"]
    assert (code, answer["version"], answer["resumen"]) == (0, 1, {"archivos": 1, "fallidos": 0})
    assert (item["desenlace"], item["unidad"], item["vigente"]) == ("recibida", "DGRB", True)
    assert item["sha256"] == hashlib.sha256(sent.read_bytes()).hexdigest()
    assert {o["codigo"] for o in item["observaciones"]} == {"TAR-005", "TAR-027"}  # see factories


def test_what_was_lost_from_the_folder_is_put_back_when_it_is_sent_again(campana: Campana, tmp_path: Path) -> None:
    sent = books.book(tmp_path / "DGRB.xlsx", "DGRB")
    kept = campana.folder / accepted(receive(campana, sent)).ruta
    kept.unlink()
    assert integrity_classes(campana) == {"falta", "acuse"}
    assert receive(campana, sent).desenlace == intake.REPEATED
    assert kept.read_bytes() == sent.read_bytes()
    assert integrity_classes(campana) == {"acuse"}


def test_what_is_no_submission_is_set_aside_with_a_word(tmp_path: Path) -> None:
    place, tray = books.campaign(tmp_path), tmp_path / "bandeja"
    sent = books.book(tray / "DGRB.xlsx", "DGRB")
    assert run("receive", sent, "--campaign", place)[0] == 0
    assert run("consolidate", "--campaign", place, "-o", tray / "maestro.xlsx")[0] == 0
    (tray / "~$DGRB.xlsx").write_bytes(b"x")
    (tray / ".DGRB.xlsx").write_bytes(b"x")
    (tray / "entidad.xlsx").write_bytes((tmp_path / "entidad.xlsx").read_bytes())
    code, output = run("receive", tray, "--campaign", place)
    assert code == 0
    assert "4 archivos: 0 aceptados, 0 rechazados, 1 ya recibido, 3 no recibidos." in output
    assert all(code in output for code in ("LIB-004", "LIB-005", "ENT-005"))
    assert "~$DGRB.xlsx" not in output
    assert run("status", "--campaign", place, "--check")[0] == 0


def test_a_file_that_was_put_into_the_folder_or_changed_there_is_found(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    run("receive", books.book(tmp_path / "DGRB.xlsx", "DGRB"), "--campaign", place)
    (kept,) = (place / "entregas" / "DGRB").iterdir()
    (place / "entregas" / "DGRB" / "otro.xlsx").write_bytes(b"x")
    code, output = run("status", "--campaign", place, "--check")
    assert (code, "entregas/DGRB/otro.xlsx no está en el registro" in output) == (1, True)
    (place / "entregas" / "DGRB" / "otro.xlsx").unlink()
    kept.write_bytes(kept.read_bytes() + b" ")
    code, output = run("status", "--campaign", place, "--check")
    assert (code, "no es el que se recibió" in output) == (1, True)
    with pytest.raises(PoaError, match="ya no es el archivo que se recibió"):
        Campaign(place).check().evaluate().write_master(tmp_path / "m.xlsx")
    assert not (tmp_path / "m.xlsx").exists()
    kept.unlink()
    code, output = run("status", "--campaign", place, "--check", "--format", "json")
    assert code == 1
    assert [p["clase"] for p in json.loads(output)["problemas"]] == ["falta"]
