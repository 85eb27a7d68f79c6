"""Old workbooks in the template of now: nothing a person typed is lost, changed or passed over in silence."""

import datetime as dt
import random
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment

from poa_xl import catalogo, messages, observations, reading, sheets
from poa_xl.campaign import dates
from poa_xl.checking import entity_book, unit_books
from poa_xl.messages import migration as words
from poa_xl.migration.pipeline import MigrationTarget, Ready
from poa_xl.migration.report import ReportLine
from poa_xl.parameters import TEMPLATE_VERSION
from poa_xl.writers.unit_workbook import workbook
from tests import active_books, campaign_books, old_books, packages
from tests.old_books import PUT_IN, QUARTER, TASKS, UNIT_1, migrate, old, order, run, typed
from tests.one_sheet import sheet_of
from tests.places import FORM, At, at, cell_of, written

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def entidad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the small entity, of version 2 and 2024."""
    return old_books.entity(tmp_path_factory.mktemp("entidad") / "entidad.xlsx")


@pytest.fixture(scope="module")
def wanted(entidad: Path) -> MigrationTarget:
    return order(entidad)


def kinds(ready: Ready) -> list[tuple[str, str, str, str]]:
    """The report: kind, place in the old workbook, place in the new one."""
    return [(x.kind, x.sheet, x.cell, f"{x.new_sheet}!{x.new_cell}".rstrip("!")) for x in ready.lines]


def new_place(book: openpyxl.Workbook, new: Path, sheet: str, cell: str) -> tuple[str, str]:
    """Where a cell of a text table stands in the new workbook: below the same title or, in the form, beside it."""
    return sheet, cell_of(new, at(sheet, title_of(book, sheet, cell), book[sheet][cell].row - 1))


def title_of(book: openpyxl.Workbook, sheet: str, cell: str) -> str:
    """The title of a cell of a text table."""
    there = book[sheet][cell]
    return str(book[sheet].cell(there.row, 1).value if sheet == FORM else book[sheet].cell(1, there.column).value)


# --- the same gestion: everything is carried ----------------------------------------------------------------


def test_a_workbook_of_version_1_is_carried_cell_by_cell(wanted: MigrationTarget, tmp_path: Path) -> None:
    path, new = old(tmp_path), tmp_path / "nuevo.xlsx"
    ready = migrate(path, new, wanted)
    assert ready.lines == ()
    book = openpyxl.load_workbook(path)
    expected = {new_place(book, new, *place): value for place, value in typed(path).items()}
    expected["Unidad", cell_of(new, at("Unidad", "Versión de la plantilla"))] = TEMPLATE_VERSION
    assert typed(new) == expected


def test_a_template_of_now_with_the_old_stamp_loses_nothing(tmp_path: Path) -> None:
    """An entity that kept the number 1 has units with the sheets of version 2."""
    before = order(old_books.entity(tmp_path / "e1.xlsx", version="1"))
    unidad, path = before.entidad.by_code["DGRB"], tmp_path / "DGRB.xlsx"
    form = {"trimestre": 2, "responsable": "Ana", "sello": "AAAA-BBBB-CCCC"}
    workbook.write_unit_workbook(path, before.entidad, unidad, {"unidad": [form]})
    new = tmp_path / "n.xlsx"
    ready = migrate(path, new, order(old_books.entity(tmp_path / "e2.xlsx")), "poa")
    assert kinds(ready) == [("sello", "Unidad", cell_of(path, at("Unidad", "Sello de la entrega")), "Unidad")]
    assert not ready.lost
    assert typed(new)["Unidad", cell_of(new, at("Unidad", "Responsable de la información"))] == "Ana"


JUNK: list[object] = [
    "texto", "  con espacios  ", "dos\nlíneas", "1.234", "1.234,56", "12,5%", "2 informes", "=1+1", "#REF!", "'12",
    "=cmd|'/c calc'!A0", "+1", "@x", "-", "ñandú", "a\u0301", "\u200bx", "x" * 5000,
    0, 3, -2, 2.5, 0.1 + 0.2, 1 / 3, 1e12, 123456789.123456789, -0.000001, 1e-20,
    True, False, dt.datetime(2024, 7, 5), dt.datetime(2024, 7, 5, 14, 30), dt.datetime(1900, 3, 5), dt.datetime(1900, 1, 1), dt.datetime(1900, 1, 1, 6), dt.timedelta(hours=30), dt.time(5, 30),
]  # fmt: skip


def with_junk(path: Path, seed: int, junk: list[object] = JUNK) -> None:
    """Put odd values at random places among the cells that people fill in."""
    chance = random.Random(seed)
    book = openpyxl.load_workbook(path)
    for sheet in sheets.unit_sheets():
        if not sheet.inputs:
            continue
        tab = book[sheet.name]
        places = (
            [(r, 2) for r in range(9, 14)]
            if sheet.form
            else [(r, c + 1) for r in range(2, 9) for c in range(len(sheet.inputs))]
        )
        for row, column in chance.sample(places, min(len(places), 12 if not sheet.form else 2)):
            cell = tab.cell(row, column)
            cell.value = chance.choice(junk)
            if isinstance(cell.value, str) and cell.value.startswith("=") and chance.random() < 0.8:
                cell.data_type = "s"  # a text that looks like a formula
    book.save(path)


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date")
@pytest.mark.parametrize("seed", range(8))
def test_whatever_was_typed_is_in_the_new_workbook_or_in_the_report(
    seed: int, wanted: MigrationTarget, tmp_path: Path
) -> None:
    path, new = old(tmp_path), tmp_path / "nuevo.xlsx"
    with_junk(path, seed)
    before = typed(path)
    ready = migrate(path, new, wanted)
    after = typed(new)
    named = {(x.sheet, x.cell) for x in ready.lines if x.lost or x.kind == "puesto"}
    book = openpyxl.load_workbook(path)
    lost = []
    for (sheet, cell), value in before.items():
        if (sheet, cell) in named or (sheet == FORM and title_of(book, sheet, cell) in PUT_IN):
            continue
        there = new_place(book, new, sheet, cell)
        if after.get(there) != value:
            lost.append(((sheet, cell), value, there, after.get(there)))
    assert lost == []
    assert ready.count == len([p for p in before if p[0] != FORM or title_of(book, *p) not in PUT_IN])


def codes(path: Path, wanted: MigrationTarget) -> Counter[str]:
    """What `validate` says of a workbook, by code."""
    book = reading.read_book(path, sheets.unit_sheets())
    return Counter(f.code for f in unit_books.check_alone(book, catalogo.of(wanted.entidad), QUARTER)[0])


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date")
@pytest.mark.parametrize("seed", range(100, 103))
def test_validate_says_of_the_new_workbook_what_it_said_of_the_old_one(
    seed: int, wanted: MigrationTarget, tmp_path: Path
) -> None:
    """Of the old one as a workbook of version 2: it is refused for its version alone, and that is what migrate changes."""
    path = old(tmp_path, Unidad=UNIT_1["Unidad"].replace("plantilla | '1", f"plantilla | '{TEMPLATE_VERSION}"))
    # Error cells, and formulas without value, become texts: what validate says of them has a test of its own.
    with_junk(path, seed, [j for j in JUNK if not str(j).startswith(("#", "="))])
    shutil.copy(path, tmp_path / "DGRB.xlsx")
    before = codes(tmp_path / "DGRB.xlsx", wanted)
    book = openpyxl.load_workbook(path)
    book["Unidad"]["B3"] = "1"
    book.save(path)
    (tmp_path / "DGRB.xlsx").unlink()
    migrate(path, tmp_path / "DGRB.xlsx", wanted)
    after = codes(tmp_path / "DGRB.xlsx", wanted)
    structure = ("COL-", "HOJ-")  # the small workbook lacks computed columns and has its own order
    assert sum(before.values()) > 20
    assert Counter({c: n for c, n in after.items() if not c.startswith(structure)}) == Counter(
        {c: n for c, n in before.items() if not c.startswith(structure)}
    )


def test_rows_keep_their_distance_and_wide_gaps_become_narrow(wanted: MigrationTarget, tmp_path: Path) -> None:
    rows = ["Operación | Actividad | Tarea | Prog. ene | Ejec. ene"]
    rows += [
        "OP-01 | A | primera | 1 | 1",
        *[""] * 3,
        "OP-01 | A | segunda | 1 | 1",
        *[""] * 5000,
        "OP-01 | A | última | 1 | 1",
    ]
    new = tmp_path / "n.xlsx"
    migrate(old(tmp_path, Tareas="\n".join(rows)), new, wanted)
    column = cell_of(new, at("Tareas", "Tarea")).rstrip("0123456789")
    tasks = {
        value: cell for (sheet, cell), value in typed(new).items() if sheet == "Tareas" and cell.startswith(column)
    }
    assert tasks == {"primera": f"{column}5", "segunda": f"{column}9", "última": f"{column}29"}


def test_more_rows_than_a_template_offers_get_their_place_and_room_for_more(
    wanted: MigrationTarget, tmp_path: Path
) -> None:
    rows = ["Operación | Actividad | Tarea | Prog. ene | Ejec. ene", *(f"OP-01 | A | t{n} | 1 | 1" for n in range(400))]
    new = tmp_path / "n.xlsx"
    migrate(old(tmp_path, Tareas="\n".join(rows)), new, wanted)
    tab = sheet_of(new, "Tareas")
    assert tab[cell_of(new, at("Tareas", "Tarea", 400))].value == "t399"
    unlocked = [row for row in range(5, 600) if not tab.cell(row, 3).protection.locked]
    assert unlocked == list(range(5, 405 + 40))
    operations = sheet_of(new, "Operaciones")
    assert [r for r in range(5, 60) if not operations.cell(r, 1).protection.locked] == list(range(5, 25)), (
        "as an empty one"
    )


def test_tables_that_were_empty_stay_empty(wanted: MigrationTarget, tmp_path: Path) -> None:
    """A new template would put the unit's ACP and categories in, and validate would ask for the rest of the row."""
    first = {tab: UNIT_1[tab].strip().splitlines()[0] for tab in ("Presupuesto", "Resultados")}
    new = tmp_path / "n.xlsx"
    migrate(old(tmp_path, **first), new, wanted)
    assert {sheet for sheet, _ in typed(new)} == {"Unidad", "Operaciones", "Tareas"}


# --- what cannot be carried ---------------------------------------------------------------------------------

Line4 = tuple[str, str, str, At]  # kind, place in the old workbook, place in the new one


def expected_in(new: Path, lines: Iterable[Line4]) -> list[tuple[str, str, str, str]]:
    """The lines as `kinds` gives them, with the places of the new workbook looked up in it."""
    return [(kind, sheet, cell, written(new, place)) for kind, sheet, cell, place in lines]


CASES: dict[str, tuple[dict[str, str | None], list[Line4]]] = {
    "an error cell": (
        {"Tareas": f"{TASKS}\nOP-01 | A | T | #REF! | 1"},
        [("error-de-calculo", "Tareas", "D2", at("Tareas", "Prog. ene"))],
    ),
    "a formula without a value": (
        {"Tareas": f"{TASKS}\nOP-01 | A | T | =A1+1 | 1"},
        [("sin-resultado", "Tareas", "D2", at("Tareas", "Prog. ene"))],
    ),
    "a sheet of their own": ({"Borrador": "hola | 3"}, [("hoja-ajena", "Borrador", "", at())]),
    "a column of their own": (
        {"Resultados": "solo\nACP | Resultado programado | Principales resultados | Notas\n'1.1 | A | B | x"},
        [("columna-ajena", "Resultados", "D2", at("Resultados"))],
    ),
    "a title twice": (
        {"Resultados": "solo\nACP | Resultado programado | Principales resultados | ACP\n'1.1 | A | B | x"},
        [("columna-repetida", "Resultados", "D2", at("Resultados"))],
    ),
    "a column without a title": (
        {"Resultados": "solo\nACP | Resultado programado | Principales resultados | | \n'1.1 | A | B | | x"},
        [("celdas-sueltas", "Resultados", "E2", at("Resultados"))],
    ),
    "a field of their own": (
        {"Unidad": UNIT_1["Unidad"].rstrip() + "\nTeléfono | 222"},
        [("celdas-sueltas", "Unidad", "A14", at("Unidad"))],
    ),
    "two sheets for one": ({"Tareas ": UNIT_1["Tareas"]}, [("hoja-repetida", "Tareas ", "", at())]),
    "a sheet without titles": ({"Resultados": "solo\nhola"}, [("hoja-sin-titulos", "Resultados", "", at())]),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "expected"), CASES.values(), ids=CASES.keys())
def test_what_cannot_be_carried_is_said_with_its_place(
    changed: dict[str, Any], expected: list[Line4], wanted: MigrationTarget, tmp_path: Path
) -> None:
    ready = migrate(old(tmp_path, **changed), tmp_path / "n.xlsx", wanted)
    assert ready.lost
    assert kinds(ready) == expected_in(tmp_path / "n.xlsx", expected)


def test_an_error_stays_in_sight_and_keeps_its_row_out(wanted: MigrationTarget, tmp_path: Path) -> None:
    """As a blank cell the row would count, with a figure less."""
    new = tmp_path / "DGRB.xlsx"
    migrate(old(tmp_path, Tareas=f"{TASKS}\nOP-01 | A | T | #REF! | =A1+1"), new, wanted)
    cells = typed(new)
    tab = sheet_of(new, "Tareas")
    planned, done = cell_of(new, at("Tareas", "Prog. ene")), cell_of(new, at("Tareas", "Ejec. ene"))
    assert (tab[planned].data_type, tab[done].data_type) == ("s", "s"), "texts, not errors or formulas"
    assert (cells["Tareas", planned], cells["Tareas", done]) == ("#REF!", "=A1+1")
    assert codes(new, wanted)["CEL-002"] == 2


@pytest.mark.parametrize("number", [b"1e999", b"NaN"])
def test_a_number_that_is_none_is_said_and_stays_in_sight(
    number: bytes, wanted: MigrationTarget, tmp_path: Path
) -> None:
    path = old(tmp_path)
    parts = packages.apart(path.read_bytes())
    two, new, place = b'<c r="D2" t="n"><v>2</v></c>', tmp_path / "n.xlsx", at("Tareas", "Prog. ene")
    path.write_bytes(packages.replaced(parts, packages.TASKS, two, two.replace(b">2<", b">" + number + b"<")))
    ready = migrate(path, new, wanted)
    assert kinds(ready) == expected_in(new, [("error-de-calculo", "Tareas", "D2", place)])
    assert typed(new)["Tareas", cell_of(new, place)] in ("inf", "NaN")


def test_what_is_carried_but_needs_a_look_is_said(wanted: MigrationTarget, tmp_path: Path) -> None:
    path = old(
        tmp_path,
        Operaciones="Código de operación | ACP | Operación | Meta\nOP-01 | '9.9 | Negociar | por definir",
        Tareas=f"{TASKS}\nOP-07 | A | T | d:2024-01-02 | VERDADERO",
    )
    book = openpyxl.load_workbook(path)
    book["Tareas"].row_dimensions[2].hidden = True
    book.save(path)
    new = tmp_path / "n.xlsx"
    ready = migrate(path, new, wanted)
    assert not ready.lost
    planned, done = at("Tareas", "Prog. ene"), at("Tareas", "Ejec. ene")
    expected = [
        ("fuera-de-lista", "Operaciones", "B2", at("Operaciones", "ACP")),
        ("ilegible", "Operaciones", "D2", at("Operaciones", "Meta")),
        ("ilegible", "Tareas", "D2", planned),
        ("ilegible", "Tareas", "E2", done),
        ("operacion-ajena", "Tareas", "A2", at("Tareas", "Operación")),
        ("ocultas", "Tareas", "A2", at("Tareas", "Operación")),
    ]
    assert sorted(kinds(ready)) == sorted(expected_in(new, expected))
    tab = sheet_of(new, "Tareas")
    date, boolean = tab[cell_of(new, planned)], tab[cell_of(new, done)]
    assert (date.value, date.is_date, boolean.value) == (dt.datetime(2024, 1, 2), True, True)
    assert not tab.row_dimensions[5].hidden


@pytest.mark.parametrize(("sheet", "cell", "number", "shown", "seen"), [
    ("Tareas", "D2", 3, "0%", "300 %"), ("Tareas", "E2", 0.175, "0.00%", "17,5 %"), ("Presupuesto", "E2", 0.5, "0%", "50 %"),
    ("Resultados", "C2", 0.85, "0%", "85 %"),
])  # fmt: skip
def test_a_percentage_arrives_as_a_person_saw_it(
    sheet: str, cell: str, number: float, shown: str, seen: str, wanted: MigrationTarget, tmp_path: Path
) -> None:
    path = old(tmp_path)
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = number
    book[sheet][cell].number_format = shown
    book.save(path)
    ready = migrate(path, tmp_path / "n.xlsx", wanted)
    assert seen in typed(tmp_path / "n.xlsx").values()
    assert number not in [v for (s, _), v in typed(tmp_path / "n.xlsx").items() if s == sheet]
    text_column = sheet == "Resultados"
    assert [(x.kind, x.cell) for x in ready.lines] == ([] if text_column else [("ilegible", cell)])
    assert ("CEL-013" in codes(tmp_path / "n.xlsx", wanted)) is not text_column


@pytest.mark.parametrize(
    ("column", "text"), [("Tareas", "100%"), ("Presupuesto", "$us 14.193,24"), ("Presupuesto", "5 EUR")]
)
def test_a_text_that_is_no_amount_is_carried_as_it_is_and_said(
    column: str, text: str, wanted: MigrationTarget, tmp_path: Path
) -> None:
    path = old(tmp_path)
    book = openpyxl.load_workbook(path)
    book[column]["E2"] = text
    book.save(path)
    ready = migrate(path, tmp_path / "n.xlsx", wanted)
    assert [(x.kind, x.cell) for x in ready.lines] == [("ilegible", "E2")]
    assert text in typed(tmp_path / "n.xlsx").values()


def test_the_currency_that_a_format_showed_is_said_where_the_number_goes_without(
    wanted: MigrationTarget, tmp_path: Path
) -> None:
    path = old(tmp_path)
    book = openpyxl.load_workbook(path)
    book["Presupuesto"]["E2"].number_format = '"US$" #,##0.00'
    book["Presupuesto"]["C2"].number_format = '"Bs" #,##0.00'  # ours: nothing is said
    book.save(path)
    ready = migrate(path, tmp_path / "n.xlsx", wanted)
    (line,) = ready.lines
    assert (line.kind, line.sheet, line.cell) == ("moneda", "Presupuesto", "E2")
    assert "mostraba «US$ 10,5» por el formato de la celda: se pasó el número, 10,5" in line.what
    assert 10.5 in typed(tmp_path / "n.xlsx").values()


def test_a_formula_is_said_with_its_result_and_people_s_notes_and_pictures_too(
    wanted: MigrationTarget, tmp_path: Path
) -> None:
    path = old(tmp_path)
    parts = packages.apart(path.read_bytes())
    task = packages.sheet("Tareas")
    path.write_bytes(
        packages.replaced(parts, task, b'<c r="D2" t="n"><v>2</v></c>', b'<c r="D2"><f>1+1</f><v>2</v></c>')
    )
    book = openpyxl.load_workbook(path)
    book["Tareas"]["C2"].comment = Comment("Preguntar a Juan", "Ana")
    book["Tareas"]["B2"].comment = Comment("aviso TAR-007: La tarea está repetida: «x». → Nada.", "poa-xl")
    book["Tareas"].add_chart(BarChart(), "H8")
    noted = tmp_path / "viejos" / "noted.xlsx"
    book.save(noted)  # openpyxl keeps no value of a formula
    merged = packages.apart(noted.read_bytes())
    noted.write_bytes(
        packages.replaced(merged, "xl/worksheets/sheet3.xml", b"<f>1+1</f><v /></c>", b"<f>1+1</f><v>2</v></c>")
    )
    ready = migrate(noted, tmp_path / "n.xlsx", wanted)
    new, month = tmp_path / "n.xlsx", at("Tareas", "Prog. ene")
    expected = [
        ("formula", "Tareas", "D2", month),
        ("nota", "Tareas", "C2", at("Tareas", "Tarea")),
        ("imagen", "Tareas", "", at("Tareas")),
    ]
    assert sorted(kinds(ready)) == sorted(expected_in(new, expected))
    (formula,) = [x for x in ready.lines if x.kind == "formula"]
    assert "«=1+1»: se pasó su resultado, «2»" in formula.what
    assert typed(new)["Tareas", cell_of(new, month)] == 2.0


def test_what_is_left_out_on_purpose_is_said_and_is_no_loss(wanted: MigrationTarget, tmp_path: Path) -> None:
    path = old(
        tmp_path,
        Unidad=UNIT_1["Unidad"].replace("Bilaterales", "Multilaterales"),
        Tareas=f"{TASKS} | Prog. 1T | Eficacia gestión\nOP-01 | A | T | 2 | 1 | 2 | 50",
    )
    ready = migrate(path, tmp_path / "n.xlsx", wanted)
    assert not ready.lost
    assert kinds(ready) == [
        ("puesto", "Unidad", "B5", "Unidad"),
        ("calculadas", "Tareas", "F2", "Tareas"),
    ]
    assert [x.count for x in ready.lines] == [1, 2]


def test_what_kept_the_old_workbook_out_is_not_passed_over(wanted: MigrationTarget, tmp_path: Path) -> None:
    """A missing sheet or column of figures refuses a workbook; in the new one it would be there, and blank."""
    months = [f"{stem} {mes}" for stem in ("Prog.", "Ejec.") for mes in sheets.MESES if mes != "feb"]
    tasks = f"solo\nOperación | Actividad | Tarea | {' | '.join(months)}\nOP-01 | A | T | 2"
    ready = migrate(old(tmp_path, Tareas=tasks, Resultados=None), tmp_path / "n.xlsx", wanted)
    assert {(x.kind, x.details["columna"]) for x in ready.lines} == {
        ("hoja-falta", "Resultados"),
        ("columna-falta", "Prog. feb"),
        ("columna-falta", "Ejec. feb"),
    }
    assert all(x.lost for x in ready.lines)
    assert {sheet for sheet, _ in typed(tmp_path / "n.xlsx")} == {"Unidad", "Operaciones", "Tareas", "Presupuesto"}


def test_macros_of_others_stay_behind_and_are_named(wanted: MigrationTarget, tmp_path: Path) -> None:
    path = old(tmp_path)
    parts = packages.apart(path.read_bytes())
    for name in ("macros: foreign", "a connection", "a document inside"):
        parts = next(case for case in active_books.CASES if case.name == name).make(parts)
    path.write_bytes(packages.together(parts))
    ready = migrate(path, tmp_path / "n.xlsx", wanted)
    assert [(x.kind, x.found) for x in ready.lines] == [
        ("contenido", "conexión «Consulta1»"),
        ("incrustado", "«carta.docx» (Tareas)"),
        ("macros", "módulo «Ladron» (xl/vbaProject.bin)"),
    ]
    new = packages.apart((tmp_path / "n.xlsx").read_bytes())
    assert not {"xl/vbaProject.bin", "xl/conexiones.xml", "xl/embeddings/carta.docx"} & new.keys()


def test_a_text_longer_than_a_cell_holds_is_cut_aloud(wanted: MigrationTarget, tmp_path: Path) -> None:
    path = old(tmp_path)
    parts = packages.apart(path.read_bytes())
    long = b"x" * 40_000
    path.write_bytes(packages.replaced(parts, packages.sheet("Resultados"), "Se firmó un acuerdo".encode(), long))
    ready = migrate(path, tmp_path / "n.xlsx", wanted)
    (line,) = ready.lines
    assert (line.kind, line.lost, "40.000" in line.what and "32.767" in line.what) == ("texto-largo", True, True)
    place = cell_of(tmp_path / "n.xlsx", at("Resultados", "Principales resultados"))
    assert typed(tmp_path / "n.xlsx")["Resultados", place] == "x" * 32_767


def test_the_new_workbook_opens_on_its_own_report(wanted: MigrationTarget, tmp_path: Path) -> None:
    new = tmp_path / "n.xlsx"
    migrate(old(tmp_path, Tareas=f"{TASKS}\nOP-01 | A | T | #REF! | 1", Borrador="x"), new, wanted)
    book = openpyxl.load_workbook(new)
    assert book.active.title == "Observaciones"
    tab = book["Observaciones"]
    assert str(tab["A2"].value).startswith("Hecho con los datos de DGRB.xlsx (versión 1, gestión 2024), que no cambió.")
    first, second = [[c.value for c in row] for row in tab.iter_rows(min_row=5, max_row=6)]
    place = cell_of(new, at("Tareas", "Prog. ene"))
    assert first[0] == f'=HYPERLINK("#\'Tareas\'!{place}","Tareas!{place}")'
    assert first[1:3] == ["error", "MIG"]
    assert str(first[3]).startswith("En el libro anterior, Tareas!D2: «Prog. ene» tiene un error de cálculo, #REF!")
    assert second[0] == observations.WHOLE_BOOK
    assert "«Borrador»" in str(second[3])


def test_the_same_workbook_gives_the_same_bytes_and_is_not_older_than_it_was(
    wanted: MigrationTarget, tmp_path: Path
) -> None:
    path = old(tmp_path)
    for name in ("a.xlsx", "b.xlsx"):
        migrate(path, tmp_path / name, wanted)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    # A campaign takes what was saved later for the newer one.
    assert dates.modified((tmp_path / "a.xlsx").read_bytes()) == dates.modified(path.read_bytes()) != ""


def test_a_workbook_that_does_not_say_what_it_should_gets_no_name(
    entidad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the writer had changed a value on its way."""
    written = workbook.write_value
    monkeypatch.setattr(
        workbook, "write_value", lambda s, r, c, v, f: written(s, r, c, "otro" if v == "Redactar informes" else v, f)
    )
    code, output = run(old(tmp_path), "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n.xlsx")
    assert code == 3
    assert f"{campaign_books.written(at('Tareas', 'Tarea'))} no dice lo mismo" in output
    assert [p.name for p in tmp_path.iterdir()] == ["viejos"]


def test_every_kind_of_line_has_its_words_and_says_no_placeholder() -> None:
    said = {name: name for name in ("columna", "leido", "esperado", "gestion", "nueva", "hoja", "clave", "filas", "n")}
    for kind, known in words.KINDS.items():
        line = ReportLine(kind, found="x", details=said)
        assert line.what.endswith((".", "filas")), kind
        assert line.action.endswith("."), kind
        assert known.outcome in (words.LOST, words.LEFT, words.CARRIED, words.REFRESHED)
    assert set(words.SUMMED) <= set(words.KINDS)


def test_the_finding_on_an_old_version_names_the_way_out(tmp_path: Path) -> None:
    entidad = old_books.entity(tmp_path / "entidad.xlsx")
    checked = entity_book.check_entity(entidad)
    assert checked.entidad is not None
    found = unit_books.check_units([old(tmp_path)], checked, checked.entidad, QUARTER).findings
    (finding,) = [f for f in found if f.code == "UNI-007"]
    assert "poa-xl migrate" in messages.action(finding)
    assert catalogo.of(checked.entidad).version_plantilla == TEMPLATE_VERSION


# --- what a unit wrote in our sheets --------------------------------------------------------------------------


def with_list(path: Path, *rows: Sequence[object]) -> Path:
    """The workbook with our list as a sheet, and what a unit wrote in it."""
    book = openpyxl.load_workbook(path)
    page = book.create_sheet(observations.SHEET)
    for row in (["Observaciones"], ["Copia revisada"], [], list(observations.HEADERS), *rows):
        page.append(row)
    book.save(path)
    return path


LISTED = ["Tareas!D2", "error", "CEL-002", "Espera un número", "Escriba el número"]


def test_answers_and_remarks_are_carried_below_the_list_and_said(wanted: MigrationTarget, tmp_path: Path) -> None:
    path = with_list(old(tmp_path), [*LISTED, "son dos informes", "según el acta"], [], ["Ana Quispe"])
    ready = migrate(path, tmp_path / "nuevo.xlsx", wanted)
    assert [(x.kind, x.sheet, x.cell, x.count) for x in ready.lines] == [("respuestas", "Observaciones", "F5", 2)]
    assert not ready.lost
    page = sheet_of(tmp_path / "nuevo.xlsx", observations.SHEET)
    rows = [[cell.value for cell in row[:6]] for row in page.iter_rows(min_row=observations.FIRST_ROW)]
    former = next(row for row in rows if row[1] == "anterior")
    assert (former[0], former[2:4], former[5]) == (
        "Antes, en Tareas!D2", LISTED[2:4], "son dos informes · según el acta",
    )  # fmt: skip
    assert "Ana Quispe" in [row[0] for row in rows]


def test_a_list_that_nobody_answered_leaves_no_line_and_no_row(wanted: MigrationTarget, tmp_path: Path) -> None:
    assert migrate(with_list(old(tmp_path), LISTED), tmp_path / "nuevo.xlsx", wanted).lines == ()


@pytest.mark.parametrize("name", ["Observaciones", "Reparaciones"])
def test_a_sheet_of_a_person_with_a_name_of_ours_is_said(wanted: MigrationTarget, tmp_path: Path, name: str) -> None:
    path = old(tmp_path)
    book = openpyxl.load_workbook(path)
    book.create_sheet(name).append(["Reparación del techo", 1200])
    book.save(path)
    ready = migrate(path, tmp_path / "nuevo.xlsx", wanted)
    assert [(x.kind, x.sheet, x.count) for x in ready.lines] == [("hoja-ajena", name, 2)]
    assert ready.lost
