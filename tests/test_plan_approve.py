"""`plan approve`: the plan of all units is written once, whole, and version by version; a file that was touched is refused."""

import hashlib
import json
import random
import signal
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import poa_xl
from poa_xl import atomic
from poa_xl.api import plans
from poa_xl.baseline import ApprovedPlan, ReportedQuarter, document
from poa_xl.errors import PoaError
from tests import campaign_books as campaigns, factories, plan_books as books
from tests.campaign_process import finish, start
from tests.plan_books import Data

pytestmark = pytest.mark.slow

NAME = "plan-2024-v1.json"


def more_in_august(data: Data) -> None:
    data["tareas"][0].update(programado_ago=40)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder of an entity and of the workbooks of all its units."""
    campaigns.entity_book(tmp_path)
    for unidad in campaigns.UNITS:
        campaigns.book(tmp_path / "entregas" / f"{unidad}.xlsx", unidad)
    return tmp_path


def approve(place: Path, *arguments: object) -> tuple[int, str]:
    given = ["plan", "approve", place / "entregas", "--by", "Ana", *arguments]
    return finish(given, place / "dicho.txt")


def modified(place: Path, *rows: tuple[object, ...]) -> None:
    """With rows in the sheet Modificaciones of the entity."""
    path = place / "entidad.xlsx"
    book = openpyxl.load_workbook(path)
    for number, row in enumerate(rows, start=5):
        for column, value in enumerate(row, start=1):
            book["Modificaciones"].cell(number, column, value)
    book.save(path)


RESOLUTION = ("RM 045/2024", campaigns.dt.datetime(2024, 6, 3), 8, "reprogramación", "DGRB", "OP-01")


def test_a_unit_without_a_book_is_named_and_nothing_is_said_of_averages(place: Path) -> None:
    (place / "entregas" / "DGRB.xlsx").unlink()
    code, said = approve(place)
    assert code == 1
    assert "Sin un libro que se pueda tomar: DGRB." in said
    assert "promedios" not in said
    assert "ENT-002" not in said


def test_a_plan_says_what_every_unit_typed_and_its_own_hash(place: Path) -> None:
    code, said = approve(place, "--resolution", "RM 012/2024")
    assert (code, "versión 1: 5 unidades, 15 operaciones, 15 actividades y 25 tareas" in said) == (0, True), said
    written = json.loads((place / NAME).read_text(encoding="utf-8"))
    assert (written["quien"], written["resolucion"], written["anteriores"]) == ("Ana", "RM 012/2024", [])
    for unit in written["unidades"]:
        typed = factories.unit_data(factories.entidad().by_code[unit["unidad"]], 2)
        months = [[row[f"programado_{m}"] for m in books.MESES] for row in typed["tareas"]]
        assert [task["programado"] for task in unit["tareas"]] == months
        assert unit["sha256"] == hashlib.sha256((place / "entregas" / unit["archivo"]).read_bytes()).hexdigest()
    rest = {name: value for name, value in written.items() if name not in ("formato", "huella")}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert written["huella"] == hashlib.sha256(text.encode()).hexdigest()
    assert written["huella"] in said


def test_what_is_read_back_is_what_was_written(place: Path) -> None:
    done = plans.approve_plan(place / "entregas")
    assert done.plan is not None
    assert plans.open_plan(done.plan.path).content == done.plan.content
    assert document.parse(document.to_bytes(books.quarter()), ReportedQuarter, "x") == books.quarter()


def test_without_a_unit_or_with_errors_nothing_is_written_but_where_that_is_asked_for(place: Path) -> None:
    (place / "entregas" / "CG-SP.xlsx").unlink()
    campaigns.book(place / "entregas" / "DGAA.xlsx", "DGAA", {campaigns.MONTH: "mucho"})
    code, said = approve(place)
    assert (code, (place / NAME).exists()) == (1, False)
    assert "No se escribió el plan" in said
    assert "CG-SP" in said.rpartition("Sin un libro")[2]
    code, said = approve(place, "--incomplete")
    assert (code, "no se comparan: DGAA, CG-SP" in said) == (0, True)
    units = {u["unidad"] for u in json.loads((place / NAME).read_text(encoding="utf-8"))["unidades"]}
    assert units == {"DGRB", "EMB-AR", "CON-JJ"}


def test_a_second_version_has_what_a_resolution_modified_and_nothing_else(place: Path) -> None:
    first = plans.approve_plan(place / "entregas").plan
    assert first is not None
    changed = books.write(place / "modificados" / "DGRB.xlsx", more_in_august)
    code, said = finish(["plan", "approve", changed, "--entity", place / "entidad.xlsx"], place / "dicho.txt")
    assert (code, "error PLA-001" in said, "No se escribió" in said) == (1, True, True)
    modified(place, RESOLUTION)
    code, said = finish(["plan", "approve", changed, "--entity", place / "entidad.xlsx"], place / "dicho.txt")
    assert (code, "versión 2: 5 unidades" in said, "conservan el plan de la versión anterior: 4" in said) == (
        0,
        True,
        True,
    )
    second = plans.open_plan(place / "plan-2024-v2.json").content
    (before,) = second.anteriores
    assert (second.version, before.version, before.huella) == (2, 1, first.hash)
    assert before.conteos == dict.fromkeys(campaigns.UNITS, (3, 3, 5))
    assert {u: second.by_code[u] == first.content.by_code[u] for u in second.by_code} == {
        unidad: unidad != "DGRB" for unidad in campaigns.UNITS
    }
    assert [m.resolucion for m in second.modificaciones] == ["RM 045/2024"]
    assert plans.open_plan(place / NAME).content == first.content  # the first stays as it was


def more_in_september(data: Data) -> None:
    more_in_august(data)
    data["tareas"][0].update(programado_sep=41)


def test_a_modification_is_in_a_version_for_those_units_alone_whose_workbook_was_given(place: Path) -> None:
    assert plans.approve_plan(place / "entregas").plan is not None
    changed = {u: books.write(place / "modificados" / f"{u}.xlsx", more_in_august, u) for u in ("DGRB", "DGAA")}
    modified(place, (*RESOLUTION[:4], "DGRB; DGAA", "OP-01"))
    order: list[object] = ["plan", "approve", "--entity", place / "entidad.xlsx"]
    code, said = finish([*order, changed["DGRB"]], place / "dicho.txt")
    assert (code, "porque de su unidad no se tomó un libro: RM 045/2024 (DGAA)." in said) == (0, True), said
    later = books.write(place / "otra" / "DGRB.xlsx", more_in_september)
    found = poa_xl.check(
        [changed["DGAA"], later], place / "entidad.xlsx", 2, plan=plans.open_plan(place / "plan-2024-v2.json")
    )
    assert {(f.unidad, f.code) for f in found.findings if f.code.startswith("PLA")} == {("DGRB", "PLA-001")}
    code, said = finish([*order, changed["DGAA"]], place / "dicho.txt")
    assert (code, "versión 3" in said, "no se tomó un libro" in said) == (0, True, False), said
    known = plans.open_plan(place / "plan-2024-v3.json").content.modificaciones
    assert sorted(u for m in known for u in m.unidades) == ["DGAA", "DGRB"]


def test_a_workbook_that_was_given_and_not_taken_is_told_though_its_unit_keeps_its_plan(place: Path) -> None:
    assert plans.approve_plan(place / "entregas").plan is not None
    modified(place, RESOLUTION)
    good = books.write(place / "modificados" / "DGRB.xlsx", more_in_august)
    bad = books.write(place / "modificados" / "DGAA.xlsx", more_in_august, "DGAA")
    order = ["plan", "approve", good, bad, "--entity", place / "entidad.xlsx", "--incomplete"]
    code, said = finish(order, place / "dicho.txt")
    assert (code, "Libros que no se tomaron, porque tienen errores: DGAA." in said) == (0, True), said
    kept = [plans.open_plan(place / f"plan-2024-v{n}.json").content.by_code["DGAA"] for n in (1, 2)]
    assert kept[0] == kept[1]


@pytest.mark.parametrize("rows", [(), (RESOLUTION,)])
def test_a_first_version_beside_modifications_says_that_it_was_compared_with_none(
    place: Path, rows: tuple[tuple[object, ...], ...]
) -> None:
    """The version before may lie beside another workbook of the entity."""
    modified(place, *rows)
    assert ("no se comparó con ninguna" in approve(place)[1]) == bool(rows)


def test_where_nothing_changed_no_version_is_written(place: Path) -> None:
    assert plans.approve_plan(place / "entregas").plan is not None
    code, said = approve(place)
    assert (code, "Nada cambió desde la versión 1" in said) == (0, True)
    assert not (place / "plan-2024-v2.json").exists()


def test_a_plan_that_somebody_touched_is_refused(place: Path) -> None:
    assert plans.approve_plan(place / "entregas").plan is not None
    text = (place / NAME).read_text(encoding="utf-8")
    (place / NAME).write_text(text.replace('"meta": 30.0', '"meta": 31.0', 1), encoding="utf-8")
    with pytest.raises(PoaError, match="cambió después de escribirse"):
        plans.open_plan(place / NAME)
    with pytest.raises(PoaError, match="cambió después de escribirse"):
        plans.approve_plan(place / "entregas")


def _hashed(said: dict[str, Any]) -> bytes:
    """A document that somebody made, with a hash that is right."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return json.dumps(
        {"formato": "plan aprobado de poa-xl 1", **said, "huella": hashlib.sha256(text.encode()).hexdigest()}
    ).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{}", b"[]", b"[" * 100_000, b"PK\x03\x04", b'{"formato": "plan aprobado de poa-xl 1"}', b"\xff\xfe",
        b'{"formato": ["x"]}', b'{"formato": "trimestre informado de poa-xl 1", "huella": "0"}',
        _hashed({"entidad": 1}), _hashed({"entidad": "x", "unidades": {}}), _hashed({"x": float("inf")}),
    ],
)  # fmt: skip
def test_a_file_that_is_no_plan_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.json").write_bytes(content)
    with pytest.raises(PoaError, match=r"no es un plan aprobado|cambió después de escribirse"):
        document.read(tmp_path / "p.json", ApprovedPlan)


def test_a_kill_at_any_moment_leaves_a_whole_plan_or_none(place: Path) -> None:
    begun = time.perf_counter()
    assert approve(place)[0] == 0
    usual, chance, left = time.perf_counter() - begun, random.Random(20240105), set()
    for _ in range(8):
        (place / NAME).unlink(missing_ok=True)
        process = start(["plan", "approve", place / "entregas"], place / "dicho.txt")
        time.sleep(chance.uniform(0, 1.3 * usual))
        process.kill()
        process.join()
        left.add(process.exitcode == -signal.SIGKILL)
        if (place / NAME).exists():
            assert len(plans.open_plan(place / NAME).content.unidades) == 5
    assert True in left, "the kills came too late to prove anything"
    (place / NAME).unlink(missing_ok=True)
    assert approve(place)[0] == 0


def test_of_two_at_once_one_writes_the_version_and_the_other_says_so_or_finds_it(place: Path) -> None:
    running = [start(["plan", "approve", place / "entregas"], place / f"{n}.txt") for n in range(3)]
    for process in running:
        process.join(120)
    said = [(place / f"{n}.txt").read_text(encoding="utf-8") for n in range(3)]
    assert sum("Plan aprobado, versión 1" in text for text in said) == 1, said
    assert all("Plan aprobado" in text or "al mismo tiempo" in text or "Nada cambió" in text for text in said), said
    assert [path.name for path in sorted(place.glob("plan-*.json"))] == [NAME]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_is_there_is_never_replaced_by_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def without(*_: object) -> None:
        raise OSError("no links on this disk")

    if not links:
        monkeypatch.setattr(atomic.os, "link", without)
    with atomic.creating(tmp_path / "a.json") as temporary:
        temporary.write_text("uno")
    with pytest.raises(atomic.TakenError), atomic.creating(tmp_path / "a.json") as temporary:
        temporary.write_text("dos")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a.json", "uno")]


def test_the_library_says_what_the_command_says(place: Path) -> None:
    done = poa_xl.approve_plan(place / "entregas", by="Ana", resolution="RM 012/2024")
    assert (done.refused, done.unchanged, done.left_out, done.kept) == (False, False, (), ())
    again = poa_xl.approve_plan(place / "entregas")
    assert (again.refused, again.unchanged, again.plan) == (False, True, None)
    assert repr(done.plan).startswith("PlanFile(")
