"""A workbook beside the approved plan and beside an earlier quarter: what differs is told at its cell, and nothing else."""

import random
from dataclasses import replace

import pytest

from poa_xl import messages
from poa_xl.baseline import Baseline
from poa_xl.entity import Modificacion
from poa_xl.findings import SubmissionState
from poa_xl.messages import Severity, Trait
from poa_xl.sheets import MESES
from tests import plan_books as books
from tests.plan_books import Change, Data, Place, cell, modification

pytestmark = pytest.mark.slow

GOALS = {"numero": "decimal", "tipo_meta": "nivel", "sentido": "disminuir"}


def task(place: int, **values: object) -> Change:
    """A change of a row of Tareas, counted from 0."""
    return lambda data: data["tareas"][place].update(values)


def operation(place: int, **values: object) -> Change:
    return lambda data: data["operaciones"][place].update(values)


def without(code: str) -> Change:
    """Without an operation and its tasks."""

    def change(data: Data) -> None:
        for sheet in ("operaciones", "tareas"):
            data[sheet] = [row for row in data[sheet] if row["operacion"] != code]

    return change


def without_task(place: int) -> Change:
    return lambda data: data["tareas"].pop(place)


def new_operation(*months: int) -> Change:
    """With an operation that programmes in these months."""

    def change(data: Data) -> None:
        data["operaciones"].append({**data["operaciones"][0], "operacion": "OP-09", "meta": len(months)})
        blank = {name: None for name in data["tareas"][0] if name.startswith(("programado_", "ejecutado_"))}
        planned = {f"programado_{books.month(number)}": 1 for number in months}
        data["tareas"].append({**data["tareas"][0], **blank, "operacion": "OP-09", "tarea": "Nueva", **planned})

    return change


def new_task(*months: int) -> Change:
    def change(data: Data) -> None:
        new_operation(*months)(data)
        data["operaciones"].pop()
        data["tareas"][-1]["operacion"] = "OP-01"

    return change


def both(*changes: Change) -> Change:
    def change(data: Data) -> None:
        for each in changes:
            each(data)

    return change


def shuffled(data: Data) -> None:
    for key in ("operaciones", "tareas", "presupuesto"):
        random.Random(7).shuffle(data[key])


def at(code: str, sheet: str, column: str, row: int) -> Place:
    return code, sheet.capitalize(), cell(sheet, column, row)


def gone(code: str, sheet: str) -> Place:
    return code, sheet, ""


# --- beside the plan ---------------------------------------------------------------------------------------

DIFFERENCES: list[tuple[str, Change, list[Place]]] = [
    ("a month more", task(0, programado_ene=2), [at("PLA-001", "tareas", "programado_ene", 0)]),
    ("a month blank", task(0, programado_jul=None), [at("PLA-001", "tareas", "programado_jul", 0)]),
    ("a month that was blank", task(4, programado_feb=3), [at("PLA-001", "tareas", "programado_feb", 4)]),
    (
        "two tasks",
        both(task(1, programado_mar=9), task(3, programado_dic=9)),
        [at("PLA-001", "tareas", "programado_mar", 1), at("PLA-001", "tareas", "programado_dic", 3)],
    ),
    ("the kind of a goal", operation(1, tipo_meta="acumulada"), [at("PLA-002", "operaciones", "tipo_meta", 1)]),
    ("the goal", operation(1, meta=7), [at("PLA-002", "operaciones", "meta", 1)]),
    ("what it counts", operation(0, unidad_medida="actas"), [at("PLA-002", "operaciones", "unidad_medida", 0)]),
    ("a weight", task(2, peso=40), [at("PLA-002", "tareas", "peso", 2)]),
    ("the kind of a task", task(2, numero="decimal"), [at("PLA-002", "tareas", "numero", 2)]),
    ("an operation less", without("OP-02"), [gone("PLA-003", "Operaciones")]),
    ("a task less", without_task(3), [gone("PLA-004", "Tareas")]),
    ("an operation more", new_operation(7, 8), [at("PLA-005", "operaciones", "operacion", 3)]),
    ("a task more", new_task(7, 8), [at("PLA-006", "tareas", "tarea", 5)]),
    ("another name", task(2, tarea="Remitir informes"), [at("PLA-009", "tareas", "tarea", 2)]),
]  # fmt: skip
SAME: list[tuple[str, Change]] = [
    ("nothing", books.unchanged),
    ("the order of the rows", shuffled),
    ("0 in a month without programme", task(4, programado_feb=0)),
    ("what was executed after the quarter before", task(0, ejecutado_may=5)),
    ("the words of a problem", task(0, problemas="Otro", acciones="Otra")),
    ("a goal said as it is anyway", operation(0, numero="entero", tipo_meta="suma", sentido="aumentar")),
    ("a task that says what its operation says", task(0, unidad_medida="informes", tipo_meta="suma")),
    ("capitals and accents of a name", lambda data: data["tareas"][0].update(tarea=data["tareas"][0]["tarea"].upper())),
]


@pytest.mark.parametrize(("change", "expected"), [pytest.param(c, e, id=name) for name, c, e in DIFFERENCES])
def test_what_differs_from_the_plan_is_told_at_its_cell_and_nothing_else(change: Change, expected: list[Place]) -> None:
    found, submission = books.compared(change, Baseline(books.plan()))
    assert books.places(found) == sorted(expected)
    waits = any(messages.severity(code) is Severity.ERROR for code, *_ in expected)
    assert (submission.estado == SubmissionState.WAITING) == waits
    for f in found:
        assert "el plan aprobado (versión 1)" in messages.text(f)


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in SAME])
def test_what_does_not_change_the_plan_is_not_told(change: Change) -> None:
    found, submission = books.compared(change, Baseline(books.plan(), books.quarter()))
    assert (found, submission.estado == SubmissionState.WAITING) == ([], False)


def test_in_a_goal_that_should_fall_a_month_of_0_is_not_a_blank_one() -> None:
    falling = operation(1, **GOALS)
    baseline = Baseline(books.plan(falling))
    assert books.compared(falling, baseline)[0] == []
    found, _ = books.compared(both(falling, task(2, programado_feb=0)), baseline)
    assert books.places(found) == [at("PLA-001", "tareas", "programado_feb", 2)]


def test_a_changed_month_says_what_it_was_and_what_it_is() -> None:
    (found,), _ = books.compared(task(0, programado_ene=2), Baseline(books.plan()))
    assert messages.text(found).startswith("«Prog. ene» dice «2» y el plan aprobado (versión 1) dice «1»")
    (found,), _ = books.compared(task(0, programado_ene=None), Baseline(books.plan()))
    assert "dice «en blanco»" in messages.text(found)


def test_any_change_of_months_is_told_at_those_cells_alone() -> None:
    rng = random.Random(20240705)
    for _ in range(12):
        changed = {(rng.randrange(5), rng.randrange(12)) for _ in range(rng.randrange(1, 9))}

        def change(data: Data, places: set[tuple[int, int]] = changed) -> None:
            for row, place in places:
                name = f"programado_{MESES[place]}"
                data["tareas"][row][name] = (data["tareas"][row][name] or 0) + 3

        found, _ = books.compared(change, Baseline(books.plan()))
        expected = [at("PLA-001", "tareas", f"programado_{MESES[place]}", row) for row, place in changed]
        assert books.places(found) == sorted(expected)


# --- modifications -----------------------------------------------------------------------------------------

ALLOWED: list[tuple[str, Change, Modificacion]] = [
    ("a month after it", task(0, programado_jul=9), modification("reprogramación", 7, "OP-01")),
    ("the whole unit", task(3, programado_jul=9), modification("reprogramación", 7)),
    ("one task", task(0, programado_jul=9), modification("reprogramación", 7, "OP-01", "Tarea 1: elaborar y remitir los informes que correspondan al periodo")),
    ("the kind of a goal", operation(1, tipo_meta="acumulada"), modification("reprogramación", 7, "OP-02")),
    ("an operation that begins", new_operation(7, 8), modification("incorporación", 7, "OP-09")),
    ("a task that begins", new_task(7, 8), modification("incorporación", 7, "OP-01", "Nueva")),
    ("an operation of the second half that is gone", without("OP-03"), modification("eliminación", 7, "OP-03")),
    ("the Meta that follows a task", both(task(0, programado_jul=9), operation(0, meta=99)),
     modification("reprogramación", 7, "OP-01", "Tarea 1: elaborar y remitir los informes que correspondan al periodo")),
    ("the Meta that follows a task more", both(new_task(7, 8), operation(0, meta=99)), modification("incorporación", 7, "OP-01", "Nueva")),
    ("months that are gone", task(0, programado_nov=None, programado_dic=0), modification("eliminación", 10, "OP-01")),
    ("a merger", both(without("OP-03"), task(0, programado_ago=9)), modification("fusión", 7, "OP-01; OP-03")),
]  # fmt: skip
FORBIDDEN: list[tuple[str, Change, Modificacion, list[Place]]] = [
    ("a month before it", task(0, programado_jun=9), modification("reprogramación", 7, "OP-01"),
     [at("PLA-001", "tareas", "programado_jun", 0)]),
    ("another operation", task(3, programado_jul=9), modification("reprogramación", 7, "OP-01"),
     [at("PLA-001", "tareas", "programado_jul", 3)]),
    ("another task", task(1, programado_jul=9), modification("reprogramación", 7, "OP-01", "Tarea 1"),
     [at("PLA-001", "tareas", "programado_jul", 1)]),
    ("what a goal counts where a task is programmed anew", operation(0, unidad_medida="actas"),
     modification("reprogramación", 7, "OP-01", "Tarea 1: elaborar y remitir los informes que correspondan al periodo"),
     [at("PLA-002", "operaciones", "unidad_medida", 0)]),
    ("the Meta of another operation", operation(1, meta=99), modification("reprogramación", 7, "OP-01"),
     [at("PLA-002", "operaciones", "meta", 1)]),
    ("a Meta where money changes", operation(0, meta=99), modification("presupuesto", 7, "OP-01"),
     [at("PLA-002", "operaciones", "meta", 0)]),
    ("a change of money", task(0, programado_jul=9), modification("presupuesto", 7, "OP-01"),
     [at("PLA-001", "tareas", "programado_jul", 0)]),
    ("an operation that begins too early", new_operation(6, 7), modification("incorporación", 7, "OP-09"),
     [at("PLA-001", "tareas", "programado_jun", 5)]),
    ("an operation that had begun and is gone", without("OP-01"), modification("eliminación", 7, "OP-01"),
     [gone("PLA-003", "Operaciones")]),
    ("months that rise where an operation ends", task(0, programado_nov=8), modification("eliminación", 10, "OP-01"),
     [at("PLA-001", "tareas", "programado_nov", 0)]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "allowed"), [pytest.param(c, m, id=name) for name, c, m in ALLOWED])
def test_a_modification_allows_what_it_names_from_its_month_on(change: Change, allowed: Modificacion) -> None:
    assert books.compared(change, Baseline(books.plan()))[0] != []  # without it
    assert books.compared(change, Baseline(books.plan(), None, (allowed,)))[0] == []


@pytest.mark.parametrize(("change", "allowed", "expected"), [pytest.param(c, m, e, id=n) for n, c, m, e in FORBIDDEN])
def test_a_modification_allows_nothing_else(change: Change, allowed: Modificacion, expected: list[Place]) -> None:
    assert books.places(books.compared(change, Baseline(books.plan(), None, (allowed,)))[0]) == expected


def test_a_modification_of_another_unit_allows_nothing() -> None:
    other = replace(modification("reprogramación", 1), unidades=("DGAA",))
    assert books.compared(task(0, programado_jul=9), Baseline(books.plan(), None, (other,)))[0] != []


def test_a_modification_that_the_plan_has_in_it_allows_no_further_change() -> None:
    known = modification("reprogramación", 1)
    plan = books.plan(task(0, programado_jul=9), known)
    assert books.compared(task(0, programado_jul=9), Baseline(plan, None, (known,)))[0] == []
    found, _ = books.compared(task(0, programado_jul=8), Baseline(plan, None, (known,)))
    assert books.places(found) == [at("PLA-001", "tareas", "programado_jul", 0)]


def test_every_code_of_a_comparison_has_a_case() -> None:
    tried = {place[0] for case in (*DIFFERENCES, *REPORTED) for place in case[2]}
    assert tried == {code for code in messages.MESSAGES if code.startswith("PLA-")}


# --- beside an earlier quarter -----------------------------------------------------------------------------

REPORTED: list[tuple[str, Change, list[Place]]] = [
    ("what was executed", task(0, ejecutado_feb=9), [at("PLA-007", "tareas", "ejecutado_feb", 0)]),
    ("what was executed is blank", task(0, ejecutado_ene=None), [at("PLA-007", "tareas", "ejecutado_ene", 0)]),
    ("what was paid", lambda data: data["presupuesto"][1].update(devengado_mar=1.5),
     [at("PLA-007", "presupuesto", "devengado_mar", 1)]),
    ("a row of money less", lambda data: data["presupuesto"].pop(0), [gone("PLA-008", "Presupuesto")]),
    ("an operation less", without("OP-02"), [gone("PLA-003", "Operaciones")]),
    ("a task less", without_task(3), [gone("PLA-004", "Tareas")]),
    ("a new task with execution in a reported month", both(new_task(7), lambda d: d["tareas"][-1].update(ejecutado_feb=4)),
     [at("PLA-007", "tareas", "ejecutado_feb", 5)]),
    ("the programme of a reported month", task(0, programado_feb=9), [at("PLA-001", "tareas", "programado_feb", 0)]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [pytest.param(c, e, id=name) for name, c, e in REPORTED])
def test_what_was_reported_stays_as_it_was(change: Change, expected: list[Place]) -> None:
    found, submission = books.compared(change, Baseline(None, books.quarter()))
    assert books.places(found) == sorted(expected)
    assert submission.estado == SubmissionState.WAITING
    assert all(f"lo aceptado en el 1T (acuse {books.ACUSE})" in messages.text(f) for f in found)


def test_without_a_plan_later_months_may_be_programmed_otherwise() -> None:
    assert books.compared(task(0, programado_jul=9), Baseline(None, books.quarter()))[0] == []


def test_what_the_plan_and_the_quarter_before_both_show_is_told_once() -> None:
    for change in (without("OP-02"), without_task(3), task(0, programado_feb=9)):
        found, _ = books.compared(change, Baseline(books.plan(), books.quarter()))
        assert len(found) == 1


def test_a_task_of_another_name_keeps_what_was_executed_in_it() -> None:
    found, _ = books.compared(task(2, tarea="Remitir informes"), Baseline(books.plan(), books.quarter()))
    assert books.places(found) == [at("PLA-009", "tareas", "tarea", 2)]


MISTYPED: dict[str, Change] = {
    "an operation that is not there": task(3, operacion="OP-0l"),
    "two of them, both of one operation": both(task(0, operacion="OP-77"), task(1, operacion="OP-78")),
    "a blank operation": task(3, operacion=None),
    "a blank activity": task(3, actividad=None),
    "a blank task": task(3, tarea=None),
    "the blank code of an operation": operation(1, operacion=None),
}


@pytest.mark.parametrize("change", [pytest.param(c, id=name) for name, c in MISTYPED.items()])
@pytest.mark.parametrize("known", ["the plan", "the quarter before", "both"])
def test_a_row_with_a_mistyped_code_has_its_own_error_and_no_task_is_said_to_be_gone(
    change: Change, known: str
) -> None:
    plan = books.plan() if known != "the quarter before" else None
    quarter = books.quarter() if known != "the plan" else None
    found, submission = books.compared(change, Baseline(plan, quarter))
    assert found == []
    assert submission.estado == SubmissionState.IN_PART


def test_what_else_differs_in_such_a_row_is_told() -> None:
    found, _ = books.compared(task(3, operacion="OP-0l", programado_jul=9), Baseline(books.plan()))
    assert books.places(found) == [at("PLA-001", "tareas", "programado_jul", 3)]


def test_another_row_without_an_operation_does_not_stand_for_a_task_that_is_gone() -> None:
    change = both(task(3, operacion="OP-0l", tarea="Otra cosa"), without_task(1))
    found, _ = books.compared(change, Baseline(books.plan()))
    assert books.places(found) == [gone("PLA-004", "Tareas"), gone("PLA-004", "Tareas")]


def test_of_a_task_whose_activity_alone_is_called_otherwise_the_activity_is_told() -> None:
    found, _ = books.compared(task(3, actividad="Otra actividad"), Baseline(books.plan()))
    assert books.places(found) == [at("PLA-009", "tareas", "actividad", 3)]
    assert "«Otra actividad: Tarea 4" in messages.text(found[0])


def test_a_unit_that_neither_knows_is_not_compared() -> None:
    other = replace(books.plan(), unidades=())
    quarter = replace(books.quarter(), unidades=())
    assert books.compared(task(0, programado_ene=9, ejecutado_ene=9), Baseline(other, quarter))[0] == []


def test_the_errors_of_the_plan_wait_for_a_decision_and_may_be_accepted() -> None:
    section = {code for code in messages.MESSAGES if code.startswith("PLA-")}
    errors = {code for code in section if messages.severity(code) is Severity.ERROR}
    assert errors == messages.codes(Trait.AWAITS_DECISION)
    assert all(messages.can_be_waived(code) for code in section)


def test_a_unit_that_was_renamed_is_compared_with_what_was_approved_under_its_former_code() -> None:
    plan, quarter = books.plan(), books.quarter()
    before = replace(plan, unidades=tuple(replace(u, unidad="ANTES") for u in plan.unidades))
    reported = replace(quarter, unidades=tuple(replace(u, unidad="ANTES") for u in quarter.unidades))
    change = task(0, programado_ene=9, ejecutado_feb=9)
    assert books.compared(change, Baseline(before, reported))[0] == []
    found, _ = books.compared(
        change, Baseline(before, reported, former={"DGRB": "OTRA", "OTRA": "ANTES", "ANTES": "DGRB"})
    )
    assert books.places(found) == [
        at("PLA-001", "tareas", "programado_ene", 0), at("PLA-007", "tareas", "ejecutado_feb", 0)
    ]  # fmt: skip
