"""An approved plan in filled workbooks: programme and goals come in, each change is told, and nothing else changes."""

import dataclasses
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import poa_xl
from poa_xl.api.migration import MigratedFile
from poa_xl.baseline import document
from poa_xl.findings import Finding
from poa_xl.messages import migration as words, refresh as refresh_words
from poa_xl.migration.refresh.programme import OPERATIONS, TASKS
from poa_xl.sheets import MESES
from poa_xl.writers.unit_workbook import workbook as unit_workbook
from tests import campaign_books, factories, packages, plan_books as books, refresh_books
from tests.libreoffice import LibreOffice
from tests.old_books import run, typed
from tests.one_sheet import sheet_of
from tests.places import at, cell_at, cell_of
from tests.plan_books import Change, Data
from tests.test_approved_plan import both, new_operation, new_task, operation, task, without, without_task

pytestmark = pytest.mark.slow

UNIT, QUARTER = books.UNIT, 2
LEFT = {
    "PLA-005": "operacion-fuera-del-plan",
    "PLA-006": "tarea-fuera-del-plan",
    "PLA-009": "otro-nombre-en-el-plan",
    "PLA-001": "mes-fuera-del-plan",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The entity with the plan of all its units, approved of their workbooks as they are."""
    folder = tmp_path_factory.mktemp("plan")
    entity = campaign_books.entity_book(folder)
    for unidad in campaign_books.UNITS:
        campaign_books.book(folder / "entregas" / f"{unidad}.xlsx", unidad)
    approval = poa_xl.approve_plan(folder / "entregas", entity, by="Ana")
    assert approval.plan is not None, [(f.code, f.found) for f in approval.revision.findings]
    return folder


def plan_of(place: Path, version: int = 1) -> Path:
    return place / f"plan-2024-v{version}.json"


def refreshed(path: Path, place: Path, folder: Path, version: int = 1, **options: Any) -> MigratedFile:
    """A workbook with what the plan says."""
    given = {"refresh": True, "plan": plan_of(place, version), **options}
    (done,) = poa_xl.migrate(path, folder, place / "entidad.xlsx", **given).files
    assert not done.why or done.current, done.why
    return done


def told(done: MigratedFile) -> list[tuple[str, str]]:
    return [(x.kind, f"{x.new_sheet}!{x.new_cell}".strip("!")) for x in done.lines]


def compared(path: Path, place: Path, version: int = 1) -> list[Finding]:
    """What `validate --plan` says of the plan."""
    found = poa_xl.check(path, place / "entidad.xlsx", quarter=QUARTER, plan=plan_of(place, version))
    return [f for f in found.findings if f.code.startswith("PLA-")]


def at_cells(found: Sequence[Finding]) -> list[tuple[str, str]]:
    return sorted((LEFT.get(f.code, f.code), f"{f.location.sheet}!{f.location.cell}") for f in found)


def is_left(kind: str) -> bool:
    return refresh_words.KINDS[kind].outcome == words.LEFT


# --- what comes in ------------------------------------------------------------------------------------------

CHANGES: dict[str, tuple[Change, list[str]]] = {
    "a month": (task(0, programado_ago=99), ["plan-cambia"]),
    "a month that was blank": (task(4, programado_feb=3), ["plan-cambia"]),
    "a month that is blank": (task(0, programado_jul=None), ["plan-cambia"]),
    "the goal and its kind": (operation(1, meta=7, tipo_meta="nivel"), ["plan-cambia", "plan-cambia"]),
    "a weight of a task": (task(2, peso=40), ["plan-cambia"]),
    "an operation less": (without("OP-02"), ["plan-operacion", "plan-tarea", "plan-tarea"]),
    "an operation less whose tasks are there": (
        lambda data: data["operaciones"].pop(1),
        ["plan-operacion"],
    ),
    "such a one with other months": (
        both(lambda data: data["operaciones"].pop(1), task(2, programado_mar=44)),
        ["plan-cambia", "plan-operacion"],
    ),
    "a task less": (without_task(3), ["plan-tarea"]),
    "an operation more": (new_operation(7, 8), ["operacion-fuera-del-plan"]),
    "a task more": (new_task(7, 8), ["tarea-fuera-del-plan"]),
    "another name": (task(2, tarea="Remitir informes"), ["otro-nombre-en-el-plan"]),
}


@pytest.mark.parametrize(("change", "kinds"), CHANGES.values(), ids=CHANGES)
def test_each_difference_is_told_once_and_nothing_is_found_but_what_was_left(
    change: Change, kinds: list[str], place: Path, tmp_path: Path
) -> None:
    source = books.write(tmp_path / "DGRB.xlsx", change)
    done = refreshed(source, place, tmp_path / "n")
    assert sorted(kind for kind, _ in told(done)) == kinds
    made = done.written or source
    assert at_cells(compared(made, place)) == sorted(one for one in told(done) if is_left(one[0]))


def test_a_workbook_that_says_what_the_plan_says_has_nothing_to_bring_in(place: Path, tmp_path: Path) -> None:
    source = books.write(tmp_path / "DGRB.xlsx", task(4, programado_feb=0))
    code, said = run(source, "--refresh", "--entity", place / "entidad.xlsx", "--plan", plan_of(place), "-o", tmp_path)
    assert (code, refresh_words.NOTHING.format(archivo="DGRB.xlsx", unidad=UNIT) in said) == (0, True), said


def planted(data: Data, seed: int) -> None:
    """Some of the changes that a person makes, at places of their own."""
    chance = random.Random(seed)
    for row in chance.sample(data[TASKS], 2):
        for month in chance.sample(MESES, 3):
            row[f"programado_{month}"] = chance.choice([None, 0, 1, 17, 2.0])
    chance.choice(data[OPERATIONS]).update(meta=chance.randint(1, 99), unidad_medida="otra")
    if seed % 2:
        data[TASKS].pop(chance.randrange(len(data[TASKS])))
    if seed % 3 == 0:
        without(chance.choice(["OP-02", "OP-03"]))(data)
    if seed % 3 == 1:
        new_operation(7)(data)
    chance.shuffle(data[TASKS])


@pytest.mark.parametrize("seed", range(6))
def test_after_it_only_what_was_left_is_found_and_only_what_was_told_has_changed(
    seed: int, place: Path, tmp_path: Path
) -> None:
    unidad = campaign_books.UNITS[seed % len(campaign_books.UNITS)]
    source = books.write(tmp_path / f"{unidad}.xlsx", lambda data: planted(data, seed), unidad)
    done = refreshed(source, place, tmp_path / "n")
    assert done.refreshed
    assert done.written is not None
    left = {one for one in told(done) if is_left(one[0])}
    assert {*at_cells(compared(done.written, place))} == left
    before, after = typed(source), typed(done.written)
    rows = {f"{x.new_sheet}!{re.sub('[A-Z]', '', x.new_cell)}" for x in done.lines if x.kind in _ADDED}
    changed = {f"{s}!{c}" for s, c in before.keys() | after.keys() if before.get((s, c)) != after.get((s, c))}
    in_place = {cell for cell in changed if re.sub("(?<=!)[A-Z]+", "", cell) not in rows}
    assert in_place == {cell for kind, cell in told(done) if kind == "plan-cambia"}
    untouched = {(s, c) for s, c in before if f"{s}!{c}" not in changed}
    assert len(untouched) > 100
    _nothing_executed_in(done.written, rows)


_ADDED = ("plan-operacion", "plan-tarea")


def _nothing_executed_in(path: Path, rows: set[str]) -> None:
    tab = sheet_of(path, "Tareas")
    executed = [c.column for c in tab[4] if str(c.value).startswith("Ejec.") and str(c.value)[6:] in MESES]
    assert len(executed) == len(MESES)
    for row in (int(one.partition("!")[2]) for one in rows if one.startswith("Tareas!")):
        assert [tab.cell(row, column).value for column in executed] == [None] * len(MESES)


def test_it_says_each_cell_with_the_old_and_the_new_value(place: Path, tmp_path: Path) -> None:
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_ago=99, programado_ene=None))
    code, said = run(
        source, "--refresh", "--entity", place / "entidad.xlsx", "--plan", plan_of(place), "-o", tmp_path / "n"
    )
    ago, ene = (books.cell("tareas", f"programado_{month}", 0) for month in ("ago", "ene"))
    assert code == 0
    assert f"Tareas!{ago}  actualizado  «Prog. ago» decía «99» y ahora dice «2», como el plan aprobado" in said
    assert f"Tareas!{ene}  actualizado  «Prog. ene» decía «en blanco» y ahora dice «1»" in said


def test_a_cell_that_cannot_be_read_is_told_as_it_stands(place: Path, tmp_path: Path) -> None:
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_ago="unos veinte"))
    (line,) = refreshed(source, place, tmp_path / "n").lines
    assert (line.kind, line.found, line.details["leido"]) == ("plan-cambia", "unos veinte", "2")


# --- the modified plan --------------------------------------------------------------------------------------


def modified(folder: Path, change: Change, *row: object) -> Path:
    """An entity with a plan of which a second version has a modification in it."""
    entity = campaign_books.entity_book(folder)
    books.write(folder / "v1" / "DGRB.xlsx")
    assert poa_xl.approve_plan(folder / "v1", entity, by="Ana", incomplete=True).plan
    book = openpyxl.load_workbook(entity)
    for column, value in enumerate(row, start=1):
        book["Modificaciones"].cell(5, column, value)
    book.save(entity)
    books.write(folder / "v2" / "DGRB.xlsx", change)
    assert poa_xl.approve_plan(folder / "v2", entity, by="Ana", incomplete=True).plan
    return folder


RESOLUTION = ("RM 045/2024", campaign_books.dt.datetime(2024, 6, 3), 8, "reprogramación", UNIT, "OP-01")


def test_the_second_version_of_a_plan_comes_into_a_workbook_of_the_first(tmp_path: Path) -> None:
    place = modified(tmp_path, task(0, programado_ago=40), *RESOLUTION)
    done = refreshed(place / "v1" / "DGRB.xlsx", place, tmp_path / "n", version=2)
    assert told(done) == [("plan-cambia", f"Tareas!{books.cell('tareas', 'programado_ago', 0)}")]
    assert done.written
    assert compared(done.written, place, version=2) == []


def test_what_a_modification_of_after_the_plan_allows_stays_as_the_unit_wrote_it(tmp_path: Path) -> None:
    place = modified(tmp_path, task(0, programado_ago=40), *RESOLUTION)
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_ago=41, programado_jul=9))
    done = refreshed(source, place, tmp_path / "n", version=1)
    assert told(done) == [("plan-cambia", f"Tareas!{books.cell('tareas', 'programado_jul', 0)}")], "August may differ"


# --- seal, formulas, places that cannot be used --------------------------------------------------------------


@pytest.mark.parametrize("true", [True, False])
def test_a_seal_that_was_true_is_renewed_and_another_stays(true: bool, place: Path, tmp_path: Path) -> None:
    source = books.write(tmp_path / "DGRB.xlsx", both(task(0, programado_ago=99), without("OP-02")))
    refresh_books.sealed(source, "" if true else "AAAA-BBBB-CCCC")
    cell = cell_of(source, at("Unidad", "Sello de la entrega"))
    done = refreshed(source, place, tmp_path / "n")
    assert done.written
    assert (("sello-renovado" if true else "sello-falso"), f"Unidad!{cell}") in told(done)
    seal = sheet_of(done.written, "Unidad")[cell].value
    assert seal == (refresh_books.seal_of(done.written) if true else "AAAA-BBBB-CCCC")


def formulas(path: Path) -> tuple[int, int]:
    """How many cells of the sheets of the template have a formula, and how many of these show a value."""
    cells = [(sheet, c.coordinate) for sheet in openpyxl.load_workbook(path).worksheets for row in sheet for c in row
             if isinstance(c.value, str) and c.value.startswith("=")]  # fmt: skip
    values = openpyxl.load_workbook(path, data_only=True)
    return len(cells), sum(values[sheet.title][cell].value is not None for sheet, cell in cells)


def test_no_formula_shows_a_figure_of_before_and_excel_is_asked_to_calculate(place: Path, tmp_path: Path) -> None:
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_ago=99))
    done = refreshed(source, place, tmp_path / "n")
    assert done.written
    before, after = formulas(source), formulas(done.written)
    assert (before[1] > 100, after) == (True, (before[0], 0))
    with zipfile.ZipFile(done.written) as archive:
        assert b'fullCalcOnLoad="1"' in archive.read("xl/workbook.xml")


def with_formula(path: Path, cell: str, formula: str) -> None:
    """Give a cell of Tareas a formula that was calculated: openpyxl would drop all values."""
    parts = packages.apart(path.read_bytes())
    part = packages.TASKS
    there = re.compile(rf'<c r="{cell}"([^>/]*)(?:/>|>.*?</c>)'.encode())
    made, count = there.subn(
        lambda m: b'<c r="%s"%s>%s<v>99</v></c>' % (cell.encode(), m[1], formula.encode()), parts[part]
    )
    assert count == 1
    path.write_bytes(packages.together({**parts, part: made}))


@pytest.mark.parametrize(
    ("formula", "row", "is_told"),
    [
        ("=L5/2", 0, True),
        ("=$L$5", 3, True),
        ("=SUM('Tareas'!A1:P5)", 3, True),
        ("=M5", 0, True),  # a total beside it, or what a formula copied from above names
        ("=M6", 1, False),
        ("=40+2", 0, False),
        ('=LEN("L5")', 1, False),
        ("=Presupuesto!L5", 1, False),
    ],
)
def test_a_formula_of_a_person_that_may_give_something_else_is_told(
    formula: str, row: int, is_told: bool, place: Path, tmp_path: Path
) -> None:
    assert books.cell("tareas", "programado_ago", 0) == "L5"
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_ago=99))
    cell = books.cell("tareas", "ejecutado_jun", row)
    with_formula(source, cell, f"<f>{formula[1:]}</f>")
    done = refreshed(source, place, tmp_path / "n")
    assert [x for x in told(done) if x[0].startswith("formula")] == [
        ("formula-por-calcular", f"Tareas!{cell}")
    ] * is_told


@pytest.mark.libreoffice
def test_libreoffice_calculates_what_a_new_workbook_with_the_same_rows_shows(
    place: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    changes = both(task(0, programado_ago=99, programado_feb=None), without("OP-03"))  # its task is the last row
    source = books.write(tmp_path / "DGRB.xlsx", changes)
    done = refreshed(source, place, tmp_path / "n")
    assert done.written
    wanted = books.write(tmp_path / "debe" / "DGRB.xlsx")
    found = {
        name: {(sheet, cell): one.recalculated for sheet in ("Tareas", "Operaciones", "Resumen") for cell, one in sheets[sheet].items()
               if one.recalculated not in ("", None)}
        for name, sheets in (("made", libreoffice.recalculate(done.written)), ("wanted", libreoffice.recalculate(wanted)))
    }  # fmt: skip
    assert found["made"] == found["wanted"]
    assert len(found["made"]) > 100


def full(folder: Path, change: Change) -> Path:
    """A workbook without a row for one task more."""
    known = factories.entidad().by_code[UNIT]
    data = factories.unit_data(known, QUARTER)
    change(data)
    path = folder / "DGRB.xlsx"
    unit_workbook.write_unit_workbook(path, factories.entidad(), known, data, spare_rows=1)
    return path


def test_a_workbook_without_free_rows_is_written_anew_with_the_plan(place: Path, tmp_path: Path) -> None:
    source = full(tmp_path, both(without("OP-02"), task(0, programado_ago=99)))
    done = refreshed(source, place, tmp_path / "n")
    (why,) = [x for x in done.lines if x.kind == "reescrito"]
    assert "no quedan filas libres" in why.found
    assert not done.refreshed
    assert done.written
    assert sorted(kind for kind, _ in told(done))[:4] == ["plan-cambia", "plan-operacion", "plan-tarea", "plan-tarea"]
    assert compared(done.written, place) == []


def test_one_of_an_older_template_gets_the_plan_on_its_way_to_the_newest(place: Path, tmp_path: Path) -> None:
    old = dataclasses.replace(factories.entidad(), version_plantilla="2")
    data = factories.unit_data(old.by_code[UNIT], QUARTER)
    both(task(0, programado_ago=99), without("OP-03"))(data)
    source = tmp_path / "DGRB.xlsx"
    unit_workbook.write_unit_workbook(source, old, old.by_code[UNIT], data)
    done = refreshed(source, place, tmp_path / "n")
    assert (done.refreshed, done.ready and done.ready.version) == (False, "2")
    assert {kind for kind, _ in told(done)} >= {"plan-cambia", "plan-operacion", "plan-tarea"}
    assert done.written
    assert compared(done.written, place) == []


def percentage(tab: Any, cell: str) -> None:
    tab[cell].number_format = "0%"


def covered(tab: Any, cell: str) -> None:
    tab.merge_cells(f"{chr(ord(cell[0]) - 1)}{cell[1:]}:{cell}")


@pytest.mark.parametrize("change", [percentage, covered])
def test_where_a_cell_would_not_say_it_the_workbook_is_written_anew(
    change: Callable[[Any, str], None], place: Path, tmp_path: Path
) -> None:
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_ago=99))
    book = openpyxl.load_workbook(source)
    change(book["Tareas"], books.cell("tareas", "programado_ago", 0))
    book.save(source)
    done = refreshed(source, place, tmp_path / "n")
    assert [kind for kind, _ in told(done)] == ["reescrito", "plan-cambia"]
    assert done.written
    assert compared(done.written, place) == []


def test_rows_that_are_hidden_or_have_a_persons_words_are_not_free(place: Path, tmp_path: Path) -> None:
    source = books.write(tmp_path / "DGRB.xlsx", without_task(4))
    book = openpyxl.load_workbook(source)
    first = 9  # the first one below the tasks
    book["Tareas"].row_dimensions[first].hidden = True
    book["Tareas"].cell(first + 1, 60).value = "apunte"
    book.save(source)
    done = refreshed(source, place, tmp_path / "n")
    assert told(done) == [("plan-tarea", f"Tareas!{books.cell('tareas', 'tarea', first + 2 - 5)}")]


def test_a_formula_that_others_share_is_not_taken_away(place: Path, tmp_path: Path) -> None:
    """The cell that tells the formula of others cannot be changed in its place: they would lose theirs."""
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_ago=99))
    cell = books.cell("tareas", "programado_ago", 0)
    with_formula(source, cell, f'<f t="shared" ref="{cell}:{cell}" si="0">90+9</f>')
    done = refreshed(source, place, tmp_path / "n")
    assert "reescrito" in [kind for kind, _ in told(done)]
    assert done.written
    assert compared(done.written, place) == []


# --- how it is asked ----------------------------------------------------------------------------------------


def test_a_plan_without_refresh_is_wrong_use(place: Path, tmp_path: Path) -> None:
    source = books.write(tmp_path / "DGRB.xlsx")
    code, said = run(source, "--entity", place / "entidad.xlsx", "--plan", plan_of(place), "-o", tmp_path / "n")
    assert (code, "con --refresh" in said, (tmp_path / "n").exists()) == (2, True, False), said


@pytest.mark.parametrize("order", [["--plan", "LIBRO"], ["LIBRO", "--plan"], ["--plan", "--", "LIBRO"]])
def test_the_option_alone_takes_no_workbook_for_a_plan(order: list[str], place: Path, tmp_path: Path) -> None:
    source = books.write(tmp_path / "DGRB.xlsx")
    given = [str(source) if one == "LIBRO" else one for one in order]
    code, said = run("--entity", place / "entidad.xlsx", "-o", tmp_path / "n", *given)
    assert (code, words.NOTHING_TO_DO[:9] in said or "no hay nada" in said) == (0, True), said


def test_a_plan_of_another_year_is_refused(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "plan-2023-v1.json"
    other.write_bytes(document.to_bytes(dataclasses.replace(poa_xl.open_plan(plan_of(place)).content, gestion=2023)))
    source = books.write(tmp_path / "DGRB.xlsx")
    with pytest.raises(poa_xl.PoaError, match="de otra gestión"):
        poa_xl.migrate(source, tmp_path / "n", place / "entidad.xlsx", refresh=True, plan=other)
    assert not (tmp_path / "n").exists()


@pytest.mark.parametrize("title", ["Prog. ago", "Tarea"])
def test_a_workbook_without_a_column_is_not_compared_and_it_is_told(title: str, place: Path, tmp_path: Path) -> None:
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_ago=99))
    book = openpyxl.load_workbook(source)
    book["Tareas"][cell_of(source, at("Tareas", title, 0))].value = "Otra cosa"
    book.save(source)
    assert told(refreshed(source, place, tmp_path / "n")) == [("sin-comparar", "")]


def test_months_in_which_the_unit_does_not_exist_are_not_compared(tmp_path: Path) -> None:
    entity = campaign_books.entity_book(tmp_path)
    books.write(tmp_path / "v1" / "DGRB.xlsx")
    poa_xl.approve_plan(tmp_path / "v1", entity, by="Ana", incomplete=True)
    book = openpyxl.load_workbook(entity)
    tab = book["Unidades"]
    until = next(c.column for c in tab[4] if c.value == "Hasta")
    row = next(r for r in range(5, tab.max_row + 1) if tab.cell(r, 1).value == UNIT)
    tab.cell(row, until, campaign_books.dt.date(2024, 6, 30))
    book.save(entity)
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_jul=77, programado_ago=None, programado_ene=77))
    january = books.cell("tareas", "programado_ene", 0)
    assert at_cells(compared(source, tmp_path)) == [("mes-fuera-del-plan", f"Tareas!{january}")]
    done = refreshed(source, tmp_path, tmp_path / "n")
    assert [one for one in told(done) if one[0].startswith("plan")] == [("plan-cambia", f"Tareas!{january}")]
    assert done.written
    assert compared(done.written, tmp_path) == []


def test_a_unit_of_which_nothing_was_approved_is_told(tmp_path: Path) -> None:
    entity = campaign_books.entity_book(tmp_path)
    books.write(tmp_path / "v1" / "DGRB.xlsx")
    poa_xl.approve_plan(tmp_path / "v1", entity, by="Ana", incomplete=True)
    other = next(code for code in campaign_books.UNITS if code != UNIT)
    source = campaign_books.book(tmp_path / f"{other}.xlsx", other)
    assert told(refreshed(source, tmp_path, tmp_path / "n")) == [("sin-plan", "")]


# --- a unit that was renamed --------------------------------------------------------------------------------

NEW = "VRB"


def renamed(folder: Path, since: str, follows: str = UNIT, more: Callable[[Any], None] = lambda _: None) -> Path:
    """The entity in which a unit follows another, or several."""
    entity = campaign_books.entity_book(folder)
    book = openpyxl.load_workbook(entity)
    tab = book["Unidades"]
    titles = {c.value: c.column for c in tab[4]}
    old = next(r for r in range(5, tab.max_row + 1) if tab.cell(r, 1).value == UNIT)
    last = next(r for r in range(5, tab.max_row + 2) if tab.cell(r, 1).value is None)
    for column in range(1, tab.max_column + 1):
        tab.cell(last, column, tab.cell(old, column).value)
    tab.cell(last, 1, NEW)
    day = campaign_books.dt.date.fromisoformat(since)
    tab.cell(last, titles["Desde"], day)
    tab.cell(last, titles["Sucesora de"], follows)
    tab.cell(old, titles["Hasta"], day - campaign_books.dt.timedelta(days=1))
    more(book)
    book.save(entity)
    return entity


def test_a_workbook_follows_its_unit_to_its_new_code_by_itself(tmp_path: Path) -> None:
    entity = renamed(tmp_path, "2024-05-16")
    source = books.write(tmp_path / "DGRB.xlsx")
    (done,) = poa_xl.migrate(source, tmp_path / "n", entity, refresh=True).files
    assert ("unidad-renombrada", UNIT) in [(x.kind, x.found) for x in done.lines]
    assert done.written == tmp_path / "n" / f"{NEW}.xlsx"
    assert cell_at(openpyxl.load_workbook(done.written), at("Unidad", "Código de la unidad")).value == NEW
    # Without the option, and where its old code is said, it stays.
    for options in ({}, {"refresh": True, "unit": UNIT}):
        (done,) = poa_xl.migrate(source, tmp_path / "m", entity, **options).files  # type: ignore[arg-type]
        assert done.ready is not None
        assert done.ready.unidad.unidad == UNIT


def test_it_gets_the_plan_that_was_approved_under_its_former_code(tmp_path: Path) -> None:
    entity = campaign_books.entity_book(tmp_path)
    books.write(tmp_path / "v1" / "DGRB.xlsx")
    poa_xl.approve_plan(tmp_path / "v1", entity, by="Ana", incomplete=True)
    renamed(tmp_path, "2024-05-16")
    source = books.write(tmp_path / "DGRB.xlsx", task(0, programado_ago=99))
    done = refreshed(source, tmp_path, tmp_path / "n")
    assert ("plan-cambia", f"Tareas!{books.cell('tareas', 'programado_ago', 0)}") in told(done)
    assert done.written
    assert compared(done.written, tmp_path) == []


def test_one_that_is_merged_is_not_followed(tmp_path: Path) -> None:
    def ended(book: Any) -> None:
        tab = book["Unidades"]
        until = next(c.column for c in tab[4] if c.value == "Hasta")
        for row in (r for r in range(5, tab.max_row + 1) if tab.cell(r, 1).value in (UNIT, "DGAA")):
            tab.cell(row, until, campaign_books.dt.date(2024, 5, 15))

    entity = renamed(tmp_path, "2024-05-16", f"{UNIT}; DGAA", ended)
    (done,) = poa_xl.migrate(books.write(tmp_path / "DGRB.xlsx"), tmp_path / "n", entity, refresh=True).files
    assert done.ready is not None
    assert done.ready.unidad.unidad == UNIT
    assert "unidad-renombrada" not in [x.kind for x in done.lines]


def test_every_kind_of_line_of_the_plan_is_said_alone_and_whole() -> None:
    kinds = {kind for kind in refresh_words.KINDS if "plan" in kind or kind == "sin-comparar"}
    assert kinds - {"sin-plan", "sin-comparar"} == refresh_words.SINGLE
