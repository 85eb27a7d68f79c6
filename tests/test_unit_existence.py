"""Units that begin, end and follow one another: who counts when, who must send, and what is found at which cell."""

import datetime as dt
from pathlib import Path

import pytest

from poa_xl import catalogo, existence
from poa_xl.catalogo import sheet as catalogo_sheet
from poa_xl.checking import entity_book, unit_books
from poa_xl.entity import Entidad
from poa_xl.existence import Entry, Existencia
from poa_xl.findings import Finding
from tests import text_books
from tests.text_books import ENTITY, UNIT

pytestmark = pytest.mark.slow

Found = set[tuple[str, str]]

# --- which days are which quarters ----------------------------------------------------------------------------------


def day(text: str) -> dt.date | None:
    """«15/05», or «15/05/2023»."""
    numbers = [int(part) for part in text.split("/")] if text else []
    return dt.date(*reversed([*numbers, 2024][:3])) if numbers else None


@pytest.mark.parametrize(
    ("desde", "hasta", "quarters"),
    [
        ("", "", "1 2 3 4"),
        ("", "31/03", "1"),
        ("", "01/04", "1 2"),  # any day of a quarter is enough
        ("31/03", "", "1 2 3 4"),
        ("01/04", "", "2 3 4"),
        ("16/05", "20/08", "2 3"),
        ("", "31/12/2023", ""),
        ("01/01/2025", "", ""),
        ("01/07", "30/06", ""),
    ],
)
def test_a_unit_exists_in_every_quarter_in_which_it_existed_on_any_day(desde: str, hasta: str, quarters: str) -> None:
    unit = Existencia(day(desde), day(hasta))
    assert [q for q in (1, 2, 3, 4) if unit.in_quarter(2024, q)] == [int(q) for q in quarters.split()]


def test_the_months_of_a_unit_are_those_of_which_it_existed_on_any_day() -> None:
    assert Existencia(day("29/02"), day("01/05")).months(2024) == (False, True, True, True, True, *[False] * 7)


# unit | first day | last day | units that it follows
RENAMED = "A |  | 15/05 |\nB | 16/05 |  | A\nC |  |  |"
RENAMED_TWICE = "A |  | 15/05 |\nB | 16/05 | 31/08 | A\nC | 01/09 |  | B"
MERGED = "A |  | 30/06 |\nB |  | 30/06 |\nC | 01/07 |  | A B"
SPLIT = "A |  | 30/06 |\nB | 01/07 |  | A\nC | 01/07 |  | A"
ABSORBED = "A |  | 31/03 |\nB |  |  | A"
CLOSED_BEFORE = "A |  | 31/12/2023 |\nB |  |  |"
LATER = "A |  |  |\nB | 01/01/2025 |  |"


def entries(table: str) -> dict[str, Entry]:
    rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines()]
    return {code: Entry(day(first), day(last), tuple(before.split())) for code, first, last, before in rows}


@pytest.mark.parametrize(
    ("table", "by_quarter"),
    [
        (RENAMED, ["A C", "B C", "B C", "B C"]),  # one unit, under the name that it has at the cut
        (RENAMED_TWICE, ["A", "B", "C", "C"]),
        (MERGED, ["A B", "A B", "A B C", "A B C"]),
        (SPLIT, ["A", "A", "A B C", "A B C"]),
        (ABSORBED, ["A B", "A B", "A B", "A B"]),
        (CLOSED_BEFORE, ["B", "B", "B", "B"]),
        (LATER, ["A", "A", "A", "A"]),
    ],
)
def test_the_units_of_an_evaluation_are_those_that_existed_up_to_its_quarter(table: str, by_quarter: list[str]) -> None:
    counted = [existence.counting(entries(table), 2024, q) for q in (1, 2, 3, 4)]
    assert [" ".join(units) for units in counted] == by_quarter


def test_a_renamed_unit_exists_under_all_its_names_since_the_first_day_of_the_first() -> None:
    lives = existence.existences(entries("A | 01/02 | 15/05 |\nB | 16/05 | 30/09 | A"))
    assert lives == dict.fromkeys("AB", Existencia(day("01/02"), day("30/09")))


def test_units_that_follow_one_another_in_a_circle_end_nothing() -> None:
    circle = entries("A | 01/07 | 30/06 | B\nB | 01/07 | 30/06 | A")
    assert existence.counting(circle, 2024, 2) == {}
    assert existence.current("A", existence.renamings(circle), dt.date(2024, 12, 31)) in ("A", "B")


def test_the_days_of_a_year_part_where_a_unit_begins_or_ends() -> None:
    units = [Existencia(None, day("15/05")), Existencia(day("16/05"), None), Existencia(day("01/09"), day("31/12"))]
    assert existence.spells(units, 2024) == [
        (day("01/01"), day("15/05")), (day("16/05"), day("31/08")), (day("01/09"), day("31/12"))
    ]  # fmt: skip
    assert existence.spells([Existencia()], 2024) == [(day("01/01"), day("31/12"))]


# --- what is found in the entity's workbook -------------------------------------------------------------------------

_TITLES = "Código | Nombre | Servicio | Grupo | Área | ACP | Vigencia | Desde | Hasta | Sucesora de | Peso"


def units_tab(*rows: str) -> str:
    """`code | state | first day | last day | units that it follows | weight`, days as «15/05»."""
    lines = [_TITLES]
    for row in rows:
        code, state, first, last, *more = [cell.strip() for cell in row.split("|")]
        before, weight = [*more, "", ""][:2]
        days = [f"d:{found}" if (found := day(text)) else "" for text in (first, last)]
        nombre = "Dirección General de Relaciones Bilaterales" if code == "DGRB" else f"Unidad {code}"
        cells = [code, nombre, "Servicio Central", "Direcciones", "VRE", "'1.1", state, *days, before, weight]
        lines.append(" | ".join(cells))
    return "\n".join(lines)


def at_row(title: str, row: int) -> str:
    """A cell of Unidades as its tab is written above."""
    return f"{'ABCDEFGHIJK'[[t.strip() for t in _TITLES.split('|')].index(title)]}{row + 1}"


def checked(folder: Path, tab: str, **changed: str) -> entity_book.CheckedEntity:
    return entity_book.check_entity(text_books.entity(folder / "entidad.xlsx", **{"Unidades": tab, **changed}))


def of_units(findings: tuple[Finding, ...] | list[Finding]) -> Found:
    """Their places in the sheet Unidades, but for the order of its columns."""
    return {(f.code, f.location.cell) for f in findings if f.location.sheet == "Unidades" and f.code[:3] != "COL"}


ENTITY_CASES: list[tuple[str, list[str], Found]] = [
    ("all as it should be", ["DGRB | vigente | |", "A | no vigente | | 30/06", "B | vigente | 01/07 | | A"], set()),
    ("a merger", ["DGRB | vigente | |", "A | vigente | | 30/06", "B | vigente | | 30/06", "C | vigente | 01/07 | | A; B"], set()),
    ("a split", ["DGRB | vigente | |", "A | vigente | | 30/06", "B | vigente | 01/07 | | A", "C | vigente | 01/07 | | A"], set()),
    ("one that takes another in", ["DGRB | vigente | | | A", "A | vigente | | 30/06"], set()),
    ("one that was never there", ["DGRB | vigente | |", "A | no vigente | |"], set()),
    ("an end before the beginning", ["DGRB | vigente | |", "A | vigente | 01/04 | 31/03"], {("UND-012", at_row("Hasta", 2))}),
    ("a day alone", ["DGRB | vigente | |", "A | vigente | 01/04 | 01/04"], set()),
    ("a predecessor that is not there", ["DGRB | vigente | | | ZZZ"], {("UND-013", at_row("Sucesora de", 1))}),
    ("a unit after itself", ["DGRB | vigente | | 30/06 | DGRB"], {("UND-014", at_row("Sucesora de", 1))}),
    ("a circle of three", ["DGRB | vigente | |", "A | vigente | | 30/06 | C", "B | vigente | | 30/06 | A", "C | vigente | | 30/06 | B"],
     {("UND-014", at_row("Sucesora de", 2))}),
    ("a predecessor that goes on", ["DGRB | vigente | |", "B | vigente | 01/07 | | DGRB"], {("UND-015", at_row("Hasta", 1))}),
    ("the same day", ["DGRB | vigente | | 30/06", "B | vigente | 30/06 | | DGRB"], {("UND-016", at_row("Desde", 2))}),
    ("months of both", ["DGRB | vigente | | 31/08", "B | vigente | 01/07 | | DGRB"], {("UND-016", at_row("Desde", 2))}),
    ("months of neither", ["DGRB | vigente | | 31/03", "B | vigente | 01/07 | | DGRB"], {("UND-017", at_row("Desde", 2))}),
    ("money of a unit that counts nowhere", ["DGRB | no vigente | |", "B | vigente | |"], {("UND-018", at_row("Hasta", 1))}),
    ("money of a unit that ended", ["DGRB | no vigente | | 31/03", "B | vigente | |"], set()),
    ("one of which nothing says when it ended, and another follows", ["DGRB | no vigente | |", "B | vigente | 01/07 | | DGRB"],
     {("UND-015", at_row("Hasta", 1))}),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [c[1:] for c in ENTITY_CASES], ids=[c[0] for c in ENTITY_CASES])
def test_dates_and_successors_are_judged_at_their_cells(tmp_path: Path, rows: list[str], expected: Found) -> None:
    assert of_units(checked(tmp_path, units_tab(*rows)).findings) == expected


def test_a_text_that_is_no_date_is_one_finding(tmp_path: Path) -> None:
    tab = units_tab("DGRB | vigente | |", "B | vigente | 01/07 | | DGRB").replace(
        "vigente |  |  |  |", "vigente |  | junio |  |", 1
    )
    assert of_units(checked(tmp_path, tab).findings) == {("CEL-010", at_row("Hasta", 1))}


BY_WEIGHTS = ENTITY["Parametros"].replace("agregacion |  |  | media", "agregacion |  |  | pesos")
WEIGHED: list[tuple[str, list[str], Found]] = [
    ("a merger", ["DGRB | vigente | | | | 40", "A | vigente | | 15/05 | | 35", "B | vigente | | 15/05 | | 25",
                  "C | vigente | 16/05 | | A; B | 60"], set()),
    ("one created", ["DGRB | vigente | | | | 100", "A | vigente | 01/04 | | | 10"], {("PES-002", at_row("Peso", 1))}),
    ("one closed", ["DGRB | vigente | | | | 60", "A | vigente | | 31/03 | | 40"], {("PES-002", at_row("Peso", 1))}),
    ("one of two", ["DGRB | vigente | | | | 100", "A | vigente | | 31/03 |"], {("PES-001", at_row("Peso", 2))}),
    ("one that never counted", ["DGRB | vigente | | | | 100", "A | no vigente | | |"], set()),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [c[1:] for c in WEIGHED], ids=[c[0] for c in WEIGHED])
def test_the_weights_of_the_units_of_each_day_are_100(tmp_path: Path, rows: list[str], expected: Found) -> None:
    found = checked(tmp_path, units_tab(*rows), Parametros=BY_WEIGHTS).findings
    assert {place for place in of_units(found) if place[0].startswith("PES")} == expected


# --- who must send, and what is found in what they send -------------------------------------------------------------


def entity_of(folder: Path, *rows: str) -> entity_book.CheckedEntity:
    made = checked(folder, units_tab(*rows))
    assert made.entidad is not None, made.findings
    return made


def usable(made: entity_book.CheckedEntity) -> Entidad:
    assert made.entidad is not None
    return made.entidad


CHANGES = ["DGRB | vigente | |", "OLD | no vigente | | 15/05", "NEW | vigente | 16/05 | | OLD", "END | vigente | | 31/03",
           "NEXT | vigente | 01/07 |", "GONE | no vigente | |"]  # fmt: skip


def test_the_units_that_existed_in_a_quarter_must_send(tmp_path: Path) -> None:
    entidad = usable(entity_of(tmp_path, *CHANGES))
    assert [" ".join(u.unidad for u in entidad.senders(q)) for q in (1, 2, 3, 4)] == [
        "DGRB OLD END", "DGRB NEW", "DGRB NEW NEXT", "DGRB NEW NEXT"
    ]  # fmt: skip
    assert [u.unidad for u in entidad.until(2)] == ["DGRB", "NEW", "END"]
    assert [u.unidad for u in entidad.vigentes] == ["DGRB", "OLD", "NEW", "END", "NEXT"]
    assert (entidad.current("OLD", 1), entidad.current("OLD", 2)) == ("OLD", "NEW")


def test_a_unit_may_report_the_categories_of_those_that_it_follows_or_that_follow_it(tmp_path: Path) -> None:
    rows = [
        "DGRB | vigente | | 30/06 | Z",
        "Z | no vigente | | 31/03",
        "B | vigente | 01/07 | 30/09 | DGRB",
        "C | vigente | 01/10 | | B",
        "D | vigente | |",
    ]
    (category,) = usable(entity_of(tmp_path, *rows)).categorias
    assert category.unidades == ("DGRB", "B", "C", "Z")


def sent(folder: Path, code: str, tasks: str = "", quarter: int = 2, budget: str = "") -> None:
    """A workbook of a unit, whose task is of May unless it says another."""
    form = (
        UNIT["Unidad"].replace("unidad | DGRB", f"unidad | {code}").replace("se reporta | 2", f"se reporta | {quarter}")
    )
    if code != "DGRB":
        form = form.replace("Dirección General de Relaciones Bilaterales", f"Unidad {code}")
    said = {
        "Unidad": form,
        "Tareas": tasks or "Operación | Actividad | Tarea | Prog. may | Ejec. may\nOP-01 | A | T | 2 | 1",
    }
    money = (
        budget or "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente\n570 0 004 | '10 | 0 | 0"
    )
    text_books.unit(folder / f"{code}.xlsx", **said, Presupuesto=money)


def checks(folder: Path, made: entity_book.CheckedEntity, quarter: int | None = 2) -> unit_books.CheckedUnits:
    return unit_books.check_units([folder / "entregas"], made, usable(made), quarter)


def in_time(found: unit_books.CheckedUnits) -> set[tuple[str, str, str]]:
    """The findings of units in time."""
    wanted = ("EXI", "UNI", "ENT", "TAR", "PRE-015")
    return {(f.code, f.location.file, f.location.cell) for f in found.findings if f.code.startswith(wanted)}


SPENT = """
    Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | Dev. mar | Dev. may
    570 0 004 | '10 | 9 | 9 | 1 | 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "entregas").mkdir()
    sent(tmp_path / "entregas", "DGRB")
    return tmp_path


def test_a_unit_that_ended_need_not_send_but_the_quarters_that_are_missing_are_told(folder: Path) -> None:
    made = entity_of(folder, *CHANGES)
    sent(folder / "entregas", "NEW", "Operación | Actividad | Tarea | Prog. ene | Ejec. ene\nOP-01 | A | T | 2 | 1")
    found = checks(folder, made)
    assert found.missing == ()
    assert in_time(found) == {("ENT-010", "entidad.xlsx", at_row("Código", 4))}
    (told,) = [f for f in found.findings if f.code == "ENT-010"]
    assert told.details == {"fecha": "31/03/2024", "esperado": "1T"}


def test_the_last_workbook_of_a_unit_that_ended_is_accepted_though_it_reports_an_earlier_quarter(folder: Path) -> None:
    sent(folder / "entregas", "NEW", "Operación | Actividad | Tarea | Prog. ene | Ejec. ene\nOP-01 | A | T | 2 | 1")
    sent(
        folder / "entregas",
        "END",
        "Operación | Actividad | Tarea | Prog. mar | Ejec. mar\nOP-01 | A | T | 2 | 1",
        quarter=1,
    )
    found = checks(folder, entity_of(folder, *CHANGES))
    assert in_time(found) == set()
    assert {t.unidad for t in found.accepted.tareas} == {"DGRB", "NEW", "END"}


def test_what_a_unit_reports_after_its_end_is_told_and_does_not_count(folder: Path) -> None:
    sent(folder / "entregas", "NEW", "Operación | Actividad | Tarea | Prog. ene | Ejec. ene\nOP-01 | A | T | 2 | 1")
    tasks = "Operación | Actividad | Tarea | Prog. mar | Ejec. mar | Ejec. abr | Ejec. may | Prog. ago | Prog. sep\n"
    tasks += "OP-01 | A | T | 2 | 1 | 7 | 0 | 3 | 3"
    sent(folder / "entregas", "END", tasks)
    found = checks(folder, entity_of(folder, *CHANGES))
    assert in_time(found) == {
        ("EXI-003", "END.xlsx", "B9"), ("EXI-004", "END.xlsx", "F2"), ("EXI-005", "END.xlsx", "H2")
    }  # fmt: skip
    (row,) = [t for t in found.accepted.tareas if t.unidad == "END"]
    assert row.programado == (None, None, 2, *[None] * 9)
    assert row.ejecutado == (None, None, 1, *[None] * 9)


def test_a_workbook_under_a_name_of_before_is_told_the_name_of_now(folder: Path) -> None:
    sent(folder / "entregas", "OLD", quarter=1)
    found = checks(
        folder, entity_of(folder, "DGRB | vigente | |", "OLD | no vigente | | 15/05", "NEW | vigente | 16/05 | | OLD")
    )
    assert ("EXI-001", "OLD.xlsx", "B4") in in_time(found)
    assert [u.unidad for u in found.missing] == ["NEW"]
    assert {t.unidad for t in found.accepted.tareas} == {"DGRB"}
    (told,) = [f for f in found.findings if f.code == "EXI-001"]
    assert told.details["esperado"] == "NEW"
    assert {f.code for f in found.findings if f.location.file == "OLD.xlsx"} - {"COL-003", "PRE-003"} == {"EXI-001"}


def test_the_workbook_of_a_renamed_unit_says_the_months_of_before_or_their_quarters_are_missing(folder: Path) -> None:
    rows = ["DGRB | vigente | |", "OLD | no vigente | | 15/05", "NEW | vigente | 16/05 | | OLD"]
    made = entity_of(folder, *rows)
    sent(folder / "entregas", "NEW", "Operación | Actividad | Tarea | Prog. mar | Ejec. mar\nOP-01 | A | T | 2 | 1")
    assert in_time(checks(folder, made)) == set()
    sent(folder / "entregas", "NEW")
    assert in_time(checks(folder, made)) == {("ENT-011", "entidad.xlsx", at_row("Código", 3))}


def test_a_workbook_of_a_unit_that_begins_later_is_refused(folder: Path) -> None:
    sent(folder / "entregas", "NEXT")
    found = checks(folder, entity_of(folder, "DGRB | vigente | |", "NEXT | vigente | 01/07 |"))
    assert in_time(found) == {("EXI-002", "NEXT.xlsx", "B4")}
    assert {t.unidad for t in found.accepted.tareas} == {"DGRB"}


def test_months_before_the_first_day_and_their_money_are_told_and_a_blank_quarter_is_not(folder: Path) -> None:
    tasks = (
        "Operación | Actividad | Tarea | Prog. mar | Ejec. mar | Prog. may | Ejec. may\nOP-01 | A | T | 2 | 1 | 4 | 4"
    )
    money = SPENT
    sent(folder / "entregas", "APR", tasks, budget=money)
    rows = ["DGRB | vigente | | 30/06", "APR | vigente | 01/04 | |"]
    found = checks(folder, entity_of(folder, *rows))
    assert {place for place in in_time(found) if place[1] == "APR.xlsx"} == {
        ("EXI-004", "APR.xlsx", "E2"), ("EXI-005", "APR.xlsx", "D2"), ("EXI-006", "APR.xlsx", "E2")
    }  # fmt: skip


def test_the_months_of_the_unit_before_in_a_workbook_of_the_one_that_follows_are_told_once(folder: Path) -> None:
    """As «migrate --unit» leaves them."""
    tasks = "Operación | Actividad | Tarea | Prog. ene | Prog. may | Ejec. ene | Ejec. feb | Ejec. may\n"
    sent(folder / "entregas", "C", tasks + "OP-01 | A | T | 2 | 4 | 1 | 1 | 4")
    made = entity_of(folder, "DGRB | vigente | | 31/03", "B | vigente | | 31/03", "C | vigente | 01/04 | | DGRB; B")
    found = checks(folder, made)
    places = {place for place in in_time(found) if place[1] == "C.xlsx"}
    assert places == {("EXI-004", "C.xlsx", "F2"), ("EXI-005", "C.xlsx", "D2")}
    (told,) = [f for f in found.findings if f.code == "EXI-004" and f.location.file == "C.xlsx"]
    assert told.details["otras"] == ", y hay más (celdas: 1)"


def test_what_is_paid_after_the_end_is_no_finding(folder: Path) -> None:
    money = SPENT
    sent(
        folder / "entregas",
        "DGRB",
        "Operación | Actividad | Tarea | Prog. mar | Ejec. mar\nOP-01 | A | T | 2 | 1",
        1,
        money,
    )
    sent(folder / "entregas", "B")
    found = checks(folder, entity_of(folder, "DGRB | vigente | | 31/03", "B | vigente | |"))
    assert {place for place in in_time(found) if place[1] == "DGRB.xlsx"} == set()
    (row,) = [r for r in found.accepted.presupuesto if r.unidad == "DGRB"]
    assert row.devengado[4] == 1


def test_a_task_of_months_after_the_end_alone_is_not_told_to_have_no_programme_and_its_goal_stands(
    folder: Path,
) -> None:
    tasks = "Operación | Actividad | Tarea | Prog. mar | Ejec. mar | Prog. ago\nOP-01 | A | T | 2 | 1 |\nOP-01 | A | U |  |  | 3"
    text_books.unit(
        folder / "entregas" / "DGRB.xlsx",
        Operaciones="Código de operación | ACP | Operación | Meta\nOP-01 | '1.1 | Negociar | 5",
        Tareas=tasks,
    )
    found = checks(folder, entity_of(folder, "DGRB | vigente | | 30/06"))
    assert {
        f.code for f in found.findings if f.location.sheet in ("Tareas", "Operaciones") and f.code[:3] != "COL"
    } == {"EXI-005"}


def test_the_catalogue_in_a_workbook_says_when_units_exist(tmp_path: Path) -> None:
    known = catalogo.of(usable(entity_of(tmp_path, *CHANGES)))
    assert catalogo_sheet.from_rows(catalogo_sheet.to_rows(known)) == known
    old = known.by_code["OLD"]
    assert (old.sucesoras, old.renombrada) == (("NEW",), dt.date(2024, 5, 16))
    unchanged = catalogo_sheet.to_rows(catalogo.of(usable(entity_of(tmp_path, "DGRB | vigente | |"))))
    assert '"vigente":true,"unidades":[["DGRB"' in "".join(cell for (cell,) in unchanged), "nothing is said of its days"


def test_what_is_in_no_workbook_of_before_is_blank(tmp_path: Path) -> None:
    """An entity without the columns has units that are there all the time."""
    made = entity_book.check_entity(
        text_books.entity(tmp_path / "entidad.xlsx", Unidades="solo\n" + ENTITY["Unidades"].strip())
    )
    entidad = usable(made)
    assert [e for e in (entidad.existence_of(u.unidad) for u in entidad.unidades) if e != Existencia()] == []
    assert of_units(made.findings) == set()
