"""`poa-xl diff` of two versions of a plan: what changed, and which resolution explains it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import poa_xl
from poa_xl.baseline import ApprovedPlan, document
from poa_xl.cli import poa_xl as command
from poa_xl.errors import PoaError, WrongUseError
from tests import plan_books as books
from tests.one_sheet import sheet_of
from tests.plan_books import Change, modification
from tests.test_approved_plan import both, new_task, operation, task, without, without_task

pytestmark = pytest.mark.slow

RESOLUTION = "RM 045/2024"


def written(folder: Path, name: str, plan: ApprovedPlan) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(document.to_bytes(plan))
    return folder / name


def compared(folder: Path, change: Change, *modificaciones: object) -> poa_xl.Comparison:
    after = replace(books.plan(change, *modificaciones), version=2)  # type: ignore[arg-type]
    paths = written(folder, "plan-2024-v1.json", books.plan()), written(folder, "plan-2024-v2.json", after)
    return poa_xl.diff(*paths)


def told(found: poa_xl.Comparison) -> set[tuple[str, str, object, object, str]]:
    return {
        (h.nombre, c.columna, c.antes, c.despues, c.explica) for h in found.comparacion.hojas for c in h.celdas
    }  # fmt: skip


def lone(found: poa_xl.Comparison) -> set[tuple[str, str, str, str]]:
    """Sheet, sign, the last part of the name and what explains it."""
    return {
        (h.nombre, sign, str(f.clave[-1][1]).partition(":")[0], f.explica)
        for h in found.comparacion.hojas
        for sign, rows in (("+", h.agregadas), ("-", h.quitadas))
        for f in rows
        if h.nombre != "Modificaciones"
    }


CHANGES = [
    ("a month", task(0, programado_jul=9), {("Tareas", "Prog. jul", 9)}),
    ("a month left blank", task(0, programado_jul=None), {("Tareas", "Prog. jul", None)}),
    ("a weight of a task", task(2, peso=40), {("Tareas", "Peso", 40)}),
    ("a goal", operation(1, meta=7), {("Operaciones", "Meta", 7)}),
    ("the kind of a goal", operation(1, tipo_meta="acumulada"), {("Operaciones", "Tipo de meta", "acumulada")}),
    ("two things", both(task(0, programado_jul=9), operation(1, meta=7)),
     {("Tareas", "Prog. jul", 9), ("Operaciones", "Meta", 7)}),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [pytest.param(c, e, id=name) for name, c, e in CHANGES])
@pytest.mark.parametrize("modified", [False, True])
def test_what_a_version_says_otherwise_is_told_with_its_resolution(
    tmp_path: Path, change: Change, expected: set[tuple[object, ...]], modified: bool
) -> None:
    known = [modification("reprogramación", 1)] if modified else []
    found = told(compared(tmp_path, change, *known))
    assert {(sheet, column, after) for sheet, column, _, after, _ in found} == expected
    assert {why for *_, why in found} == {RESOLUTION if modified else ""}


def test_a_resolution_explains_what_it_names_from_its_month_on_and_nothing_else(tmp_path: Path) -> None:
    change = both(task(0, programado_may=9, programado_jul=9), task(3, programado_jul=9))
    first = books.plan().unidades[0].tareas[0]
    found = told(compared(tmp_path, change, modification("reprogramación", 6, first.operacion)))
    assert {(column, why) for _, column, _, _, why in found} == {
        ("Prog. may", ""), ("Prog. jul", RESOLUTION), ("Prog. jul", ""),
    }  # fmt: skip


def test_rows_and_units_that_came_and_went_are_told(tmp_path: Path) -> None:
    gone = compared(tmp_path / "a", without("OP-02"), modification("eliminación", 1, "OP-02"))
    assert lone(gone) == {
        ("Operaciones", "-", "OP-02", RESOLUTION),
        ("Tareas", "-", "Tarea 3", RESOLUTION),
        ("Tareas", "-", "Tarea 4", RESOLUTION),
    }
    assert lone(compared(tmp_path / "b", without_task(3))) == {("Tareas", "-", "Tarea 4", "")}
    assert lone(compared(tmp_path / "c", new_task(7))) == {("Tareas", "+", "Nueva", "")}
    none = replace(books.plan(), unidades=())
    found = poa_xl.diff(written(tmp_path, "a.json", none), written(tmp_path, "b.json", books.plan()))
    assert lone(found) == {("Unidades", "+", books.UNIT, "")}


def test_the_same_plan_has_no_differences(tmp_path: Path) -> None:
    path = written(tmp_path, "plan-2024-v1.json", books.plan())
    assert poa_xl.diff(path, path).equal
    later = written(tmp_path, "plan-2024-v2.json", replace(books.plan(), version=2, cuando="2024-06-01T09:00:00-04:00"))
    assert poa_xl.diff(path, later).equal


def test_the_command_says_totals_changes_and_resolutions(tmp_path: Path) -> None:
    compared(tmp_path, both(task(0, programado_jul=9), without_task(3)), modification("reprogramación", 1))
    names = [str(tmp_path / f"plan-2024-v{n}.json") for n in (1, 2)]
    said = CliRunner().invoke(command, ["diff", *names])
    assert said.exit_code == 1
    assert "Versión: 1, Unidades: 1, Operaciones: 3, Actividades: 3, Tareas: 5" in said.output
    assert "Versión: 2, Unidades: 1, Operaciones: 3, Actividades: 3, Tareas: 4" in said.output
    assert f"→ 9, por {RESOLUTION}" in said.output
    assert "sin una modificación que lo explique" in said.output
    answer = json.loads(CliRunner().invoke(command, ["diff", *names, "--format", "json"]).output)
    assert answer["clase"] == "plan"
    (tasks,) = (h for h in answer["hojas"] if h["hoja"] == "Tareas")
    assert [(c["columna"], c["despues"], c["explica"]) for c in tasks["celdas"]] == [("Prog. jul", 9, RESOLUTION)]
    assert [f["explica"] for f in tasks["quitadas"]] == [""]
    target = tmp_path / "cambios.xlsx"
    assert CliRunner().invoke(command, ["diff", *names, "-o", str(target)]).exit_code == 1
    rows = list(sheet_of(target, "Celdas").iter_rows(values_only=True))
    assert rows[0][-1] == "Qué lo explica"
    assert rows[1][-1] == RESOLUTION


def test_a_plan_is_compared_with_a_plan_of_the_same_entity_that_nobody_changed(tmp_path: Path) -> None:
    plan = written(tmp_path, "plan-2024-v1.json", books.plan())
    book = books.write(tmp_path / "DGRB.xlsx")
    for pair in ((plan, book), (book, plan)):
        with pytest.raises(WrongUseError, match=r"es un plan aprobado y DGRB\.xlsx no"):
            poa_xl.diff(*pair)
    other = written(tmp_path, "otro.json", replace(books.plan(), entidad="Otra"))
    with pytest.raises(WrongUseError, match="entidades distintas"):
        poa_xl.diff(plan, other)
    assert poa_xl.diff(plan, other, force=True).comparacion.distintos == ("entidad",)
    other.write_text(plan.read_text(encoding="utf-8").replace("DGRB", "DGRX"), encoding="utf-8")
    with pytest.raises(PoaError, match="cambió después de escribirse"):
        poa_xl.diff(plan, other)
