"""Which workbook is the entity's: one that came with the submissions never takes its place, and none passes in silence."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from poa_xl.cli import poa_xl
from tests import campaign_books as books, old_books
from tests.one_sheet import sheet_of
from tests.places import at, cell_at

pytestmark = pytest.mark.slow


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def changed(source: Path, target: Path) -> Path:
    """The entity's workbook with a budget ten times as large, as somebody could send it."""
    workbook = openpyxl.load_workbook(source)
    budget = cell_at(workbook, at("Presupuesto_SIGEP", "Presupuesto vigente"))
    budget.value = 10 * budget.value
    target.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(target)
    return target


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the entity's workbook and, below it, the submission of a unit."""
    books.entity_book(tmp_path)
    books.book(tmp_path / "entregas" / "DGRB.xlsx", "DGRB")
    return tmp_path


def doors(place: Path) -> list[list[object]]:
    sent = place / "entregas"
    return [
        ["validate", sent, "--quarter", 2],
        ["validate", sent, "--quarter", 2, "--format", "json"],
        ["validate", sent / "DGRB.xlsx"],
        ["consolidate", sent, "--quarter", 2, "-o", place / "maestro.xlsx"],
        ["migrate", sent, "--to", 3, "-o", place / "nuevos"],
        ["migrate", sent / "DGRB.xlsx", "--to", 3, "-o", place / "nuevo.xlsx", "--format", "json"],
    ]


@pytest.mark.parametrize("door", range(6))
def test_two_different_workbooks_of_the_entity_are_refused_and_named_with_their_print(place: Path, door: int) -> None:
    forged = changed(place / "entidad.xlsx", place / "entregas" / "entidad.xlsx")
    result = run(*doors(place)[door])
    assert result.exit_code == 2
    assert result.stdout == ""
    for path in (forged, place / "entidad.xlsx"):
        assert f"{path} (SHA-256 {sha256(path)})" in result.stderr
    assert "--entity" in result.stderr
    assert not list(place.glob("maestro*")) + list(place.glob("nuevo*"))


@pytest.mark.parametrize("name", ["entidad.xlsx", "ENTIDAD.XLSX", "entidad (2).xlsx", "sub/entidad.xlsx", "LIMA.xlsm"])
def test_the_one_named_is_used_and_another_among_the_submissions_is_an_error(place: Path, name: str) -> None:
    changed(place / "entidad.xlsx", place / "entregas" / name)
    result = run("validate", place / "entregas", "--entity", place / "entidad.xlsx", "--quarter", 2, "--format", "json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["entidad"] == {"archivo": str(place / "entidad.xlsx"), "sha256": sha256(place / "entidad.xlsx")}
    errors = [f for f in answer["observaciones"] if f["severidad"] == "error"]
    assert [f["codigo"] for f in errors] == ["ENT-006"]
    assert errors[0]["archivo"].endswith(name)
    states = {Path(s["archivo"]).name: s["estado"] for s in answer["entregas"]}
    assert states == {"DGRB.xlsx": "aceptada con avisos", Path(name).name: "rechazada"}


def test_the_figures_of_the_master_come_from_the_one_named_and_it_is_printed(place: Path) -> None:
    run("consolidate", place / "entregas", "--quarter", 2, "-o", place / "antes.xlsx")
    forged = changed(place / "entidad.xlsx", place / "entregas" / "entidad.xlsx")
    for entity, code in ((place / "entidad.xlsx", 1), (forged, 0)):
        after = place / f"con {entity.parent.name}.xlsx"
        result = run("consolidate", place / "entregas", "--quarter", 2, "--entity", entity, "-o", after)
        assert f"Libro de la entidad: {entity} (SHA-256 {sha256(entity)})" in result.output
        assert ("ENT-006" in result.stdout) == bool(code)
    figures = [sheet_of(place / f"{n}.xlsx", "Portada", data_only=True) for n in ("antes", f"con {place.name}")]
    shown = [[c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, float)] for sheet in figures]
    assert shown[0] == shown[1]


def test_copies_of_one_workbook_are_no_conflict(place: Path) -> None:
    shutil.copyfile(place / "entidad.xlsx", place / "entregas" / "entidad.xlsx")
    result = run("validate", place / "entregas", "--quarter", 2, "--format", "json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer["entidad"]["sha256"] == sha256(place / "entidad.xlsx")
    noted = [(f["codigo"], f["archivo"]) for f in answer["observaciones"] if f["codigo"].startswith("ENT-00")]
    assert [n for n in noted if n[0] == "ENT-005"] == []  # the one used is the one in the folder: it is skipped
    other = run("validate", place / "entregas", "--quarter", 2, "--entity", place / "entidad.xlsx")
    assert (other.exit_code, "ENT-005" in other.stdout, "ENT-006" in other.stdout) == (0, True, False)


@pytest.mark.parametrize("make", [os.link, os.symlink], ids=["hard link", "link"])
def test_the_very_file_under_another_name_is_skipped_without_a_word(place: Path, make: object) -> None:
    make(place / "entidad.xlsx", place / "entregas" / "otro nombre.xlsx")  # type: ignore[operator]
    result = run("validate", place, "--quarter", 2, "--format", "json")
    assert result.exit_code == 0
    assert {s["archivo"] for s in json.loads(result.stdout)["entregas"]} == {"entregas/DGRB.xlsx"}


def test_a_unit_that_called_its_workbook_as_the_entitys_is_read(place: Path) -> None:
    books.book(place / "entregas" / "entidad.xlsx", "DGAA")
    named = ["--entity", place / "entidad.xlsx", "--quarter", 2]
    result = run("validate", place / "entregas", *named, "--format", "json")
    assert {s["unidad"] for s in json.loads(result.stdout)["entregas"]} == {"DGRB", "DGAA"}
    assert run("validate", place / "entregas", "--quarter", 2).exit_code == 2


@pytest.mark.parametrize("content", [b"", b"nada", b"PK\x03\x04"])
def test_what_is_no_workbook_and_has_the_entitys_name_is_said(place: Path, content: bytes) -> None:
    (place / "entregas" / "entidad.xlsx").write_bytes(content)
    result = run("validate", place / "entregas", "--entity", place / "entidad.xlsx", "--format", "json")
    found = [f["codigo"] for f in json.loads(result.stdout)["observaciones"] if f["severidad"] == "error"]
    assert found == ["ENT-006"]


def test_a_fifo_of_the_entitys_name_stops_nothing(place: Path) -> None:
    os.mkfifo(place / "entregas" / "entidad.xlsx")
    result = run("validate", place / "entregas", "--format", "json")
    assert [f["codigo"] for f in json.loads(result.stdout)["observaciones"] if f["severidad"] == "error"] == ["LIB-009"]


def test_a_file_given_beside_another_candidate_is_refused_but_alone_it_is_checked(place: Path) -> None:
    other = changed(place / "entidad.xlsx", place / "nueva" / "entidad-2025.xlsx")
    both = run("validate", other, place / "entregas" / "DGRB.xlsx")
    assert (both.exit_code, sha256(other) in both.stderr) == (2, True)
    two = run("validate", other, place / "entidad.xlsx")
    assert (two.exit_code, sha256(other) in two.stderr) == (2, True)
    alone = run("validate", other, "--format", "json")
    assert (alone.exit_code, json.loads(alone.stdout)["entidad"]["archivo"]) == (0, str(other))
    settled = run("validate", other, place / "entregas" / "DGRB.xlsx", "--entity", place / "entidad.xlsx")
    assert (settled.exit_code, "ENT-006" in settled.stdout) == (1, True)


def test_a_workbook_with_the_sheets_of_a_unit_and_of_an_entity_is_the_units(place: Path) -> None:
    both = books.book(place / "entregas" / "DGAA.xlsx", "DGAA")
    workbook, entity = openpyxl.load_workbook(both), openpyxl.load_workbook(place / "entidad.xlsx")
    for name in entity.sheetnames:
        workbook.create_sheet(name)
    workbook.save(both)
    result = run("validate", place / "entregas", "--quarter", 2, "--format", "json")
    assert {s["unidad"] for s in json.loads(result.stdout)["entregas"]} == {"DGRB", "DGAA"}


def test_a_campaign_keeps_the_changed_one_as_refused_and_sets_the_same_one_aside(tmp_path: Path) -> None:
    campaign = books.campaign(tmp_path)
    tray = tmp_path / "bandeja"
    books.book(tray / "DGRB.xlsx", "DGRB")
    changed(tmp_path / "entidad.xlsx", tray / "entidad.xlsx")
    shutil.copyfile(tmp_path / "entidad.xlsx", tray / "copia.xlsx")
    result = run("receive", tray, "--campaign", campaign, "--format", "json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["entidad"] == {"archivo": str(campaign / "entidad.xlsx"), "sha256": sha256(tmp_path / "entidad.xlsx")}
    codes = {one["archivo"]: [f["codigo"] for f in one["observaciones"]] for one in answer["archivos"]}
    assert codes == {
        "copia.xlsx": ["ENT-005"],
        "entidad.xlsx": ["ENT-006"],
        "DGRB.xlsx": [*["TAR-027"] * 2, *["TAR-005"] * 2],
    }
    assert {one["archivo"]: one["estado"] for one in answer["archivos"]}["entidad.xlsx"] == "rechazada"
    assert sha256(campaign / "entidad.xlsx") == answer["entidad"]["sha256"]


@pytest.mark.parametrize("command", ["campaign", "template", "receive"])
def test_the_one_used_is_printed(place: Path, command: str) -> None:
    entity = place / "entidad.xlsx"
    create = ["campaign", place / "campana", "--entity", entity, "--quarter", 2, "--deadline", "2024-07-10"]
    shown = {
        "campaign": (create, entity),
        "template": (["template", entity, "-o", place / "p", "--unit", "DGRB"], entity),
        "receive": (["receive", place / "entregas", "--campaign", place / "campana"], place / "campana/entidad.xlsx"),
    }
    if command == "receive":
        run(*create)
    arguments, path = shown[command]
    assert f"Libro de la entidad: {path} (SHA-256 {sha256(path)})" in run(*arguments).output


def test_migrate_says_which_was_used_and_migrates_no_workbook_of_an_entity(tmp_path: Path) -> None:
    entity = old_books.entity(tmp_path / "entidad.xlsx")
    other = tmp_path / "viejos" / "entidad.xlsx"
    other.parent.mkdir()
    shutil.copyfile(entity, other)
    arguments = ["migrate", other.parent, "--to", 3, "--entity", entity, "-o", tmp_path / "n", "--format"]
    answer = json.loads(run(*arguments, "json").stdout)
    assert answer["entidad"]["sha256"] == sha256(entity)
    assert [f["codigo"] for f in answer["libros"][0]["observaciones"]] == ["ENT-005"]
    assert run(*arguments, "text").exit_code == 0
    workbook = openpyxl.load_workbook(entity)
    workbook["Parametros"]["G1"] = "x"
    workbook.save(other)
    result = run(*arguments, "text")
    assert (result.exit_code, "ENT-006" in result.stdout) == (1, True)
    assert f"Libro de la entidad: {entity} (SHA-256 {sha256(entity)})" in result.stdout
