"""`poa-xl diff` of two versions of a unit's workbook: exactly what was changed, and nothing else."""

import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings, strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from poa_xl import reading, sheets
from poa_xl.cli import poa_xl
from poa_xl.comparison import CellChange, Comparacion, Ilegible, SheetChanges, Solo, rows, units
from poa_xl.comparison.rows import ComparedRow, RowIdentity
from poa_xl.comparison.values import difference, same
from poa_xl.reading import Book
from poa_xl.sheets import MESES
from tests import campaign_books, factories, hostile, packages, text_books
from tests.one_sheet import sheet_of
from tests.places import At, at, cell_at, cell_of

pytestmark = pytest.mark.slow

TASKS = "Operación | Actividad | Tarea | Prog. ene | Ejec. ene\n"


def book(path: Path, **changed: str | None) -> Book:
    return reading.read_book(text_books.unit(path, **changed), sheets.unit_sheets())


def between(tmp_path: Path, old: str, new: str, sheet: str = "Tareas") -> Comparacion:
    titles = TASKS if sheet == "Tareas" else ""
    a, b = (book(tmp_path / f"{n}.xlsx", **{sheet: titles + text}) for n, text in enumerate((old, new)))
    return units.compare(a, b)


def told(found: Comparacion) -> list[str]:
    """Everything that differs, in one form: `Tareas!D2 1 → 3`, `+ 3 OP-01 A Uno`."""
    lines = []
    for h in found.hojas:
        lines += [f"{h.nombre}!{c.celda_b} {_plain(c.antes)} → {_plain(c.despues)}" for c in h.celdas]
        for sign, only in (("+", h.agregadas), ("-", h.quitadas)):
            lines += [f"{sign} {f.fila} {' '.join(_plain(v) for _, v in f.clave)}" for f in only]
    return lines


def _plain(value: object) -> str:
    return f"¿{value.texto}?" if isinstance(value, Ilegible) else "" if value is None else str(value)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(poa_xl, ["diff", *map(str, arguments)])


# --- what a cell shows ------------------------------------------------------------------------------------


def formatted(path: Path, place: At, value: object, shown: str = "General") -> Path:
    text_books.unit(path)
    workbook = openpyxl.load_workbook(path)
    cell = cell_at(workbook, place)
    cell.value = value
    cell.number_format = shown
    workbook.save(path)
    return path


@pytest.mark.parametrize(
    ("value", "shown", "seen"), [(0.175, "0.00%", "17,5 %"), (1, "0%", "100 %"), (10.5, "0%", "1050 %")]
)
def test_a_number_and_the_same_number_shown_as_a_percentage_differ(
    tmp_path: Path, value: float, shown: str, seen: str
) -> None:
    a = formatted(tmp_path / "a.xlsx", at("Presupuesto", "Dev. ene"), value)
    b = formatted(tmp_path / "b.xlsx", at("Presupuesto", "Dev. ene"), value, shown)
    plain = {0.175: "0,175", 1: "1", 10.5: "10,5"}[value]
    done = run(a, b)
    assert done.exit_code == 1
    assert cell_of(a, at("Presupuesto", "Dev. ene")) in done.output
    assert plain in done.output
    assert seen in done.output
    (sheet,) = json.loads(run(a, b, "--format", "json").stdout)["hojas"]
    (cell,) = sheet["celdas"]
    assert (cell["antes"], cell["despues"], cell["diferencia"]) == (value, {"ilegible": seen}, None)


def test_the_same_percentage_in_two_workbooks_is_no_difference(tmp_path: Path) -> None:
    a = formatted(tmp_path / "a.xlsx", at("Tareas", "Ejec. ene"), 0.175, "0.00%")
    b = formatted(tmp_path / "b.xlsx", at("Tareas", "Ejec. ene"), 0.175, "0.0 %")
    assert run(a, b).exit_code == 0


def test_a_meta_in_percent_is_the_same_as_its_points(tmp_path: Path) -> None:
    a = formatted(tmp_path / "a.xlsx", at("Operaciones", "Meta"), 0.85, "0%")
    b = formatted(tmp_path / "b.xlsx", at("Operaciones", "Meta"), 85)
    assert run(a, b).exit_code == 0


def test_a_currency_that_only_the_format_shows_is_a_difference(tmp_path: Path) -> None:
    a = formatted(tmp_path / "a.xlsx", at("Presupuesto", "Dev. ene"), 10.5, '"Bs" #,##0.00')
    b = formatted(tmp_path / "b.xlsx", at("Presupuesto", "Dev. ene"), 10.5, '"US$" #,##0.00')
    c = formatted(tmp_path / "c.xlsx", at("Presupuesto", "Dev. ene"), 10.5, '"US$" 0.00')
    d = formatted(tmp_path / "d.xlsx", at("Presupuesto", "Dev. ene"), 10.5)
    assert (run(a, b).exit_code, run(b, c).exit_code, run(a, d).exit_code) == (1, 0, 0)
    assert "US$ 10,5" in run(a, b).output


def test_dollars_and_bolivianos_of_one_number_differ(tmp_path: Path) -> None:
    a = formatted(tmp_path / "a.xlsx", at("Presupuesto", "Dev. ene"), "Bs 10,5")
    b = formatted(tmp_path / "b.xlsx", at("Presupuesto", "Dev. ene"), "$us 10,5")
    done = run(a, b)
    assert (done.exit_code, "$us 10,5" in done.output) == (1, True)


# --- which row is which -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("OP-01 | A | Uno | 1 | 1\nOP-01 | A | Dos | 2 |", "OP-01 | A | Dos | 2 |\nOP-01 | A | Uno | 1 | 1",
                     [], id="sorted rows are no change"),
        pytest.param("OP-01 | A | Uno | 1 |\nOP-01 | A | Dos | 2 |",
                     "OP-01 | A | Uno | 1 |\nOP-01 | B | Tres | 5 | 5\nOP-01 | A | Dos | 2 |",
                     ["+ 3 OP-01 B Tres"], id="a row put in the middle is one row"),
        pytest.param("OP-01 | A | Redactar informes | 1 | 1", "OP-01 | A | Redactar informes mensuales | 1 | 2",
                     ["Tareas!C2 Redactar informes → Redactar informes mensuales", "Tareas!E2 1 → 2"],
                     id="a rewritten text, and a number with it"),
        pytest.param("OP-01 | A | Redactar informes | 1 | 1\nOP-01 | A | Uno | 4 | 4",
                     "OP-01 | A | Dos | 6 |\nOP-01 | A | Uno | 4 | 4\nOP-01 | A | Redactar un informe | 2 | 1",
                     ["Tareas!C4 Redactar informes → Redactar un informe", "Tareas!D4 1 → 2", "+ 2 OP-01 A Dos"],
                     id="a rewritten text that moved"),
        pytest.param("OP-01 | A | Redactar informes | 1 | 1\nOP-01 | A | Uno | 4 | 4",
                     "OP-01 | A | Convocar a reuniones | 3 |\nOP-01 | A | Uno | 4 | 4",
                     ["Tareas!C2 Redactar informes → Convocar a reuniones", "Tareas!D2 1 → 3", "Tareas!E2 1 → "],
                     id="a row written over in its place"),
        pytest.param("OP-01 | A | Redactar informes | 1 | 1\nOP-01 | A | Uno | 4 | 4",
                     "OP-01 | A | Uno | 4 | 4\nOP-01 | A | Convocar a reuniones | 3 |",
                     ["+ 3 OP-01 A Convocar a reuniones", "- 2 OP-01 A Redactar informes"],
                     id="another task in another place is another row"),
        pytest.param("OP-01 | A | Redactar informes | 1 | 1", "OP-02 | B | Redactar informes | 1 | 1",
                     ["+ 2 OP-02 B Redactar informes", "- 2 OP-01 A Redactar informes"],
                     id="of another operation and activity it is another row"),
        pytest.param("OP-01 | A | Uno | 1 | 1\nOP-01 | A | Dos | 7 | 7",
                     "OP-1 | A | Uno | 1 | 1\nOP-1 | A | Dos | 7 | 8",
                     ["Tareas!A2 OP-01 → OP-1", "Tareas!A3 OP-01 → OP-1", "Tareas!E3 7 → 8"],
                     id="a code that was changed everywhere"),
        pytest.param("OP-01 | Preparar | Uno | 1 | 1", "OP-01 | Alistar | Uno | 1 | 3",
                     ["Tareas!B2 Preparar → Alistar", "Tareas!E2 1 → 3"], id="another activity of the same task"),
        pytest.param("OP-01 | A | Uno | 1 |\nOP-01 | A | Uno | 2 |",
                     "OP-01 | A | Uno | 1 |\nOP-01 | A | Uno | 3 |\nOP-01 | A | Uno | 4 |",
                     ["Tareas!D3 2 → 3", "+ 4 OP-01 A Uno"], id="of two rows with one key, the same one and the next"),
        pytest.param("OP-01 | A | Uno | 1 | 1\nOP-01 | A | Uno | 2 | 2", "OP-01 | A | Uno | 2 | 2",
                     ["- 2 OP-01 A Uno"], id="of two rows with one key, the one that is missing"),
        pytest.param("OP-01 | A | | 1 |", "OP-01 | A | Uno | 1 |", ["Tareas!C2  → Uno"], id="a text that was missing"),
        pytest.param("OP-01 | A | Uno | 1 |", "OP-01 | A | #REF! | 1 |", ["Tareas!C2 Uno → ¿#REF!?"],
                     id="a text that became an error"),
    ],
)  # fmt: skip
def test_rows_are_found_again(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert told(between(tmp_path, old, new)) == expected


def test_in_other_sheets_a_code_is_known_by_the_rest_of_its_row(tmp_path: Path) -> None:
    titles = "Código de operación | ACP | Operación | Resultado esperado\n"
    renamed = between(
        tmp_path, titles + "OP-01 | '1.1 | Negociar | Acuerdos", titles + "OP-09 | '1.1 | Negociar | Acuerdos",
        "Operaciones",
    )  # fmt: skip
    assert told(renamed) == ["Operaciones!A2 OP-01 → OP-09"]
    another = between(
        tmp_path, titles + "OP-01 | '1.1 | Negociar | Acuerdos", titles + "OP-02 | '1.2 | Publicar | Boletines",
        "Operaciones",
    )  # fmt: skip
    assert told(another) == ["+ 2 OP-02", "- 2 OP-01"]


def test_a_source_replaced_in_its_row_is_told_as_cells(tmp_path: Path) -> None:
    titles = "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente\n"
    old, new = titles + "570 0 004 | '10 | 1000 | 1000", titles + "570 0 004 | '20 | 50 | 60"
    assert told(between(tmp_path, old, new, "Presupuesto")) == [
        "Presupuesto!B2 10 → 20",
        "Presupuesto!C2 1000.0 → 50.0",
        "Presupuesto!D2 1000.0 → 60.0",
    ]


# --- what is the same -------------------------------------------------------------------------------------


def test_values_are_compared_as_they_are_read(tmp_path: Path) -> None:
    same_values = between(tmp_path, "OP-01 | A | Uno | 12 | 0", "OP-01 | A  |  Uno | '12 | '0,0")
    assert same_values.empty
    assert told(between(tmp_path, "OP-01 | A | Uno | 0 |", "OP-01 | A | Uno | | ")) == ["Tareas!D2 0 → "]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1, 1.0, True), (0.1 + 0.2, 0.3, True), (12.0, "12", False), (None, 0, False), (None, "", False),
        (True, 1, False), ("a", "A", False), (Ilegible("dos"), Ilegible("dos"), True),
        (Ilegible("dos"), "dos", False), (Ilegible(""), None, False),
        (355_202_151.00, 355_202_151.01, False),  # a cent of the whole ministry
        (355_202_151.00, 355_202_151.0000001, True),
        (92.780_809_451_021, 92.780_809_451_022, True), (0.0, 1e-10, True), (0.0, 1e-8, False),
    ],
)  # fmt: skip
def test_what_is_the_same(one: object, other: object, expected: bool) -> None:
    assert same(one, other) is same(other, one) is expected  # type: ignore[arg-type]


def test_a_difference_is_one_of_numbers() -> None:
    assert difference(2, 5.5) == 3.5
    assert difference(None, 5) is difference("1", 2) is difference(1e308, -1e308) is None


def test_a_cell_that_cannot_be_read_is_never_a_blank(tmp_path: Path) -> None:
    """Neither where it became so, nor where both hold something that is none, nor in a number that is not needed."""
    found = between(tmp_path, "OP-01 | A | Uno | dos | tres", "OP-01 | A | Uno | dos | cuatro")
    assert told(found) == ["Tareas!E2 ¿tres? → ¿cuatro?"]
    titles = "Código de operación | ACP | Operación | Meta\n"
    found = between(tmp_path, titles + "OP-01 | '1.1 | N | 5", titles + "OP-01 | '1.1 | N | por definir", "Operaciones")
    assert told(found) == ["Operaciones!D2 5.0 → ¿por definir?"]


def test_a_formula_without_a_value_says_so(tmp_path: Path) -> None:
    found = between(tmp_path, "OP-01 | A | Uno | 1 |", "OP-01 | A | Uno | =1+1 |")
    assert told(found) == ["Tareas!D2 1 → ¿(fórmula sin valor)?"]


def test_a_column_or_a_sheet_that_one_lacks_is_said(tmp_path: Path) -> None:
    without = book(tmp_path / "a.xlsx", Resultados=None)
    with_all = book(tmp_path / "b.xlsx")
    found = units.compare(without, with_all, {"Unidad": [], "Observaciones": []}, {"Unidad": [], "Hoja1": []})
    assert set(found.solo) == {Solo("B", "hoja", "Resultados"), Solo("B", "hoja", "Hoja1")}
    assert told(found) == ["+ 2 1.1"]
    workbook = openpyxl.load_workbook(tmp_path / "b.xlsx")
    workbook["Tareas"].delete_cols(5)
    workbook.save(tmp_path / "c.xlsx")
    found = units.compare(with_all, reading.read_book(tmp_path / "c.xlsx", sheets.unit_sheets()))
    assert found.solo == (Solo("A", "columna", "Ejec. ene", "Tareas"),)
    (cell,) = found.hojas[0].celdas
    assert (cell.celda_a, cell.celda_b, cell.antes, cell.despues) == ("E2", "", 1, None)


def test_a_sheet_that_is_there_and_cannot_be_read_has_not_lost_its_rows(tmp_path: Path) -> None:
    a = book(tmp_path / "a.xlsx")
    path = text_books.unit(tmp_path / "b.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.copy_worksheet(workbook["Tareas"]).title = "TAREAS "
    workbook.save(path)
    found = units.compare(a, reading.read_book(path, sheets.unit_sheets()))
    assert [(u.lado, u.hoja, u.codigo) for u in found.sin_comparar] == [("B", "Tareas", "HOJ-004")]
    assert found.hojas == ()
    assert not found.empty


def _changed(path: Path, target: Path, edit: Callable[[openpyxl.Workbook], None]) -> Path:
    workbook = openpyxl.load_workbook(path)
    edit(workbook)
    workbook.save(target)
    return target


def _note(text: str) -> Callable[[openpyxl.Workbook], None]:
    """A column that the template does not have."""

    def edit(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Tareas"]
        sheet["F1"], sheet["F2"] = "Notas", text

    return edit


def _draft(text: str) -> Callable[[openpyxl.Workbook], None]:
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook.create_sheet("Borrador")["B2"] = text

    return edit


def _repeated(workbook: openpyxl.Workbook) -> None:
    workbook["Tareas"]["F1"] = "Tarea"


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        pytest.param(None, _note("revisar"), "En la hoja Tareas solo B tiene la columna «Notas».", id="a column of B"),
        pytest.param(_note("revisar"), _note("listo"), "la columna «Notas» no es de la plantilla y no se comparó",
                     id="a column of both with other words"),
        pytest.param(_note("revisar"), _note("revisar"), "", id="a column of both with the same words"),
        pytest.param(None, _draft("x"), "La hoja «Borrador» solo está en B.", id="a sheet of B"),
        pytest.param(_draft("x"), _draft("y"), "La hoja «Borrador» no es de la plantilla y no se comparó",
                     id="a sheet of both with other words"),
        pytest.param(_draft("x"), _draft("x"), "", id="a sheet of both with the same words"),
        pytest.param(None, _repeated, "B tiene más de una columna «Tarea» y solo se comparó la primera (COL-004)",
                     id="a column twice"),
    ],
)  # fmt: skip
def test_what_is_not_of_the_template_is_not_passed_over(
    tmp_path: Path, one: Callable[[openpyxl.Workbook], None] | None,
    other: Callable[[openpyxl.Workbook], None], said: str,
) -> None:  # fmt: skip
    path = text_books.unit(tmp_path / "v.xlsx")
    a = _changed(path, tmp_path / "a.xlsx", one or (lambda _: None))
    b = _changed(path, tmp_path / "b.xlsx", other)
    with zipfile.ZipFile(b, "a") as archive:
        archive.comment = b"other bytes"
    done = run(a, b)
    if not said:
        assert (done.exit_code, "No hay diferencias." in done.output) == (0, True), done.output
        return
    assert done.exit_code == 1, done.output
    assert said in done.output
    assert "No hay diferencias" not in done.output
    assert done.output.endswith("\nEn lo que se comparó no cambió ninguna celda ni fila.\n")


def test_a_sheet_that_is_read_under_another_name_is_not_said_to_be_missing(tmp_path: Path) -> None:
    def renamed(workbook: openpyxl.Workbook) -> None:
        workbook["Resultados"].title = "RESULTADOS 2024"

    path = text_books.unit(tmp_path / "a.xlsx")
    other = _changed(path, tmp_path / "b.xlsx", renamed)
    for order in ((path, other), (other, path)):
        done = run(*order)
        assert (done.exit_code, "No hay diferencias." in done.output) == (0, True), done.output


def test_a_units_workbook_with_something_far_away_is_not_called_another_kind_of_file(tmp_path: Path) -> None:
    def far(workbook: openpyxl.Workbook) -> None:
        workbook["Tareas"]["XFD1048000"] = "x"

    path = text_books.unit(tmp_path / "a.xlsx")
    done = run(path, _changed(path, tmp_path / "b.xlsx", far))
    assert (done.exit_code, "HOJ-007" in done.output) == (3, True), done.output
    assert "No se pudo comparar." in done.output
    assert "no es el libro de una unidad" not in done.output


def test_a_file_that_cannot_be_read_in_part_is_the_same_as_itself(tmp_path: Path) -> None:
    def twice(workbook: openpyxl.Workbook) -> None:
        workbook.copy_worksheet(workbook["Tareas"]).title = "TAREAS "

    path = _changed(text_books.unit(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", twice)
    shutil.copy(path, tmp_path / "c.xlsx")
    done = run(path, tmp_path / "c.xlsx")
    assert (done.exit_code, "byte por byte" in done.output) == (0, True), done.output


# --- by brute force: what was edited is what is told ------------------------------------------------------

_MONTHS = [f"{stem} {mes}" for stem in ("Prog.", "Ejec.") for mes in MESES]


def _column(sheet: Worksheet, title: str) -> int:
    return next(c.column for row in sheet.iter_rows(max_row=10) for c in row if c.value == title)


def _edited(path: Path, seed: int) -> tuple[set[str], Path]:
    """A workbook with random edits, each in a row of its own: (what they are, path)."""
    rng = random.Random(seed)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Tareas"]
    first, last = 5, 5 + TASKS_OF_THE_BOOK - 1
    places = {title: _column(sheet, title) for title in ("Operación", "Actividad", "Tarea", *_MONTHS)}
    free = rng.sample(range(first, last + 1), 6)
    expected: set[str] = set()
    for row in free[:3]:  # a number, a blank, or what is no number
        cell = sheet.cell(row, places[rng.choice(_MONTHS)])
        before = cell.value
        cell.value, after = rng.choice([(77, "77"), ("dos", "¿dos?"), ("1.234,5 informes", "¿1.234,5 informes?")])
        expected.add(f"Tareas!{cell.coordinate} {_plain(before)} → {after}")
    row = free[3]  # a text is rewritten
    cell = sheet.cell(row, places["Tarea"])
    expected.add(f"Tareas!{cell.coordinate} {cell.value} → {cell.value} y archivarlos")
    cell.value = f"{cell.value} y archivarlos"
    row = free[4]  # a row goes: what stands below moves up, as when a person deletes cells
    key = " ".join(str(sheet.cell(row, places[t]).value) for t in ("Operación", "Actividad", "Tarea"))
    expected.add(f"- {row} {key}")
    inputs = [_column(sheet, c.title) for c in sheets.sheet("unidad", "tareas").inputs]
    moved = {c: [sheet.cell(r, c).value for r in range(row + 1, last + 2)] for c in inputs}
    for c, values in moved.items():
        for r, value in enumerate(values, start=row):
            sheet.cell(r, c).value = value
    expected = {_moved_up(line, row) for line in expected}
    sheet.cell(last, places["Operación"]).value = "OP-02"
    sheet.cell(last, places["Actividad"]).value = "Otra actividad"
    sheet.cell(last, places["Tarea"]).value = f"Una tarea agregada {seed}"
    expected.add(f"+ {last} OP-02 Otra actividad Una tarea agregada {seed}")
    target = path.with_name(f"{seed}.xlsx")
    workbook.save(target)
    return expected, target


def _moved_up(line: str, above: int) -> str:
    if line.startswith("-"):
        return line
    place, _, rest = line.removeprefix("Tareas!").partition(" ")
    letters = place.rstrip("0123456789")
    row = int(place[len(letters) :])
    return f"Tareas!{letters}{row - (row > above)} {rest}"


TASKS_OF_THE_BOOK = 40


@pytest.fixture(scope="module")
def many_tasks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled workbook with forty tasks, saved by openpyxl as the edited ones are."""
    from poa_xl.writers.unit_workbook import workbook as unit_workbook_workbook

    entidad = factories.entidad()
    unidad = entidad.by_code["DGRB"]
    data = factories.unit_data(unidad, 2)
    tasks = [
        {**data["tareas"][n % 5], "actividad": f"Actividad {n % 7}", "tarea": f"Tarea {n}: {word} los informes"}
        for n, word in enumerate(("Redactar", "Revisar", "Enviar", "Publicar") * 10)
    ]
    path = tmp_path_factory.mktemp("many") / "DGRB.xlsx"
    unit_workbook_workbook.write_unit_workbook(path, entidad, unidad, {**data, "tareas": tasks})
    workbook = openpyxl.load_workbook(path)
    workbook.save(path)
    return path


@pytest.mark.parametrize("seed", range(8))
def test_exactly_the_edits_of_a_person_are_told(many_tasks: Path, seed: int) -> None:
    expected, path = _edited(many_tasks, seed)
    a, b = (reading.read_book(p, sheets.unit_sheets()) for p in (many_tasks, path))
    found = units.compare(a, b)
    assert set(told(found)) == expected
    assert len(told(found)) == len(expected)
    assert _mirrored(units.compare(b, a)) == _flat(found)
    done = run(many_tasks, path, "--all")
    assert done.exit_code == 1
    for line in expected:
        assert line.split(" ")[0].removeprefix("Tareas!") in done.output


_WORDS = st.sampled_from([None, "A", "B", "Redactar informes", "Redactar un informe", "Convocar a reuniones"])
_NUMBERS = st.sampled_from([None, 0, 1, 2, 2.5, Ilegible("dos")])
_RECORDS = st.fixed_dictionaries(
    {"operacion": st.sampled_from(["OP-01", "OP-02"]), "actividad": _WORDS, "tarea": _WORDS,
     "programado": _NUMBERS, "ejecutado": _NUMBERS}
)  # fmt: skip
_KEY = ("operacion", "actividad", "tarea")
_RULE = RowIdentity(_KEY, (*_KEY, "programado", "ejecutado"), frozenset({"actividad", "tarea"}))


def _rows(records: list[dict[str, object]]) -> list[ComparedRow]:
    return [ComparedRow(number, record) for number, record in enumerate(records, start=5)]  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(st.lists(_RECORDS, max_size=7), st.lists(_RECORDS, max_size=7))
def test_any_two_tables_are_matched_the_same_from_either_side(a: list[dict], b: list[dict]) -> None:
    first, second = _rows(a), _rows(b)
    found, back = rows.match(first, second, _RULE), rows.match(second, first, _RULE)
    pairs = {(x.number, y.number) for x, y in found.pairs}
    assert pairs == {(y.number, x.number) for x, y in back.pairs}
    assert [r.number for r in found.only_a] == [r.number for r in back.only_b]
    # Every row is somewhere, once.
    assert sorted([x for x, _ in pairs] + [r.number for r in found.only_a]) == [r.number for r in first]
    assert sorted([y for _, y in pairs] + [r.number for r in found.only_b]) == [r.number for r in second]
    # A key that both have is never told as a row that went and one that came.
    left = [{tuple(map(str, map(r.values.get, _KEY))) for r in only} for only in (found.only_a, found.only_b)]
    assert not left[0] & left[1]


@settings(max_examples=100, deadline=None)
@given(st.lists(_RECORDS, max_size=8), st.randoms(use_true_random=False))
def test_rows_in_another_order_are_the_same_rows(a: list[dict], rng: random.Random) -> None:
    shuffled = rng.sample(a, len(a))
    found = rows.match(_rows(a), _rows(shuffled), _RULE)
    assert not found.only_a
    assert not found.only_b
    assert all(same(x.values[c], y.values[c]) for x, y in found.pairs for c in _RULE.compared)


def test_a_sheet_with_thousands_of_rewritten_rows_takes_no_time() -> None:
    """More pairs than are looked at: the rows are still matched by their places."""
    old = [{"operacion": "OP-01", "actividad": "A", "tarea": f"Tarea {n}", "programado": n} for n in range(5000)]
    new = [{**record, "tarea": f"Labor {n} " + "x" * 5000} for n, record in enumerate(old)]
    found = rows.match(_rows(old), _rows(new), _RULE)
    assert len(found.pairs) == 5000
    assert all(x.number == y.number for x, y in found.pairs)


def _flat(found: Comparacion) -> set[tuple[object, ...]]:
    return _pieces(found, lambda c: (c.celda_a, c.celda_b, c.columna, c.antes, c.despues), ("agregadas", "quitadas"))


def _mirrored(found: Comparacion) -> set[tuple[object, ...]]:
    return _pieces(found, lambda c: (c.celda_b, c.celda_a, c.columna, c.despues, c.antes), ("quitadas", "agregadas"))


def _pieces(found: Comparacion, cell: object, sides: tuple[str, str]) -> set[tuple[object, ...]]:
    def of(h: SheetChanges, c: CellChange) -> tuple[object, ...]:
        return (h.nombre, *cell(c))  # type: ignore[operator]

    pieces = {of(h, c) for h in found.hojas for c in h.celdas}
    for name, side in zip(("came", "went"), sides, strict=True):
        pieces |= {(h.nombre, name, f) for h in found.hojas for f in getattr(h, side)}
    return pieces


# --- the command ------------------------------------------------------------------------------------------


_FORMULA = "=cmd|'/C calc'!A0"


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    changed = TASKS + "OP-01 | Preparar | Redactar informes | dos | 1\nOP-01 | Preparar | FORMULA | 5 |"
    text = text_books.UNIT["Unidad"].replace("d:2024-07-05", "d:2024-07-12")
    second = text_books.unit(tmp_path / "v2.xlsx", Tareas=changed, Unidad=text)
    parts = packages.apart(second.read_bytes())
    second.write_bytes(packages.replaced(parts, packages.TASKS, b"FORMULA", _FORMULA.encode()))
    return text_books.unit(tmp_path / "v1.xlsx"), second


def test_the_text_says_where_what_and_how_much(two: tuple[Path, Path]) -> None:
    done = run(*two)
    assert done.exit_code == 1
    assert "Unidad: DGRB" in done.output
    assert "B13  Fecha de envío: 05/07/2024 → 12/07/2024" in done.output
    assert "Tareas: 1 fila agregada, 1 celda cambiada" in done.output
    assert "D2  Prog. ene: 2 → «dos» (no se lee)" in done.output
    assert "+ fila 3  OP-01 · Preparar · " in done.output
    assert done.output.endswith("En total: 1 fila agregada, 2 celdas cambiadas.\n")


def test_the_same_file_and_the_same_content_have_no_differences(two: tuple[Path, Path], tmp_path: Path) -> None:
    done = run(two[0], two[0])
    assert (done.exit_code, "byte por byte" in done.output) == (0, True)
    again = tmp_path / "otra.xlsx"
    shutil.copy(two[0], again)
    with zipfile.ZipFile(again, "a") as archive:
        archive.comment = b"otra"
    done = run(two[0], again)
    assert (done.exit_code, "No hay diferencias." in done.output) == (0, True)


def test_many_lines_are_cut_and_all_of_them_can_be_had(tmp_path: Path) -> None:
    few = TASKS + "OP-01 | A | Uno | 1 |"
    many = few + "".join(f"\nOP-01 | B{n} | Tarea {n} | {n} |" for n in range(50))
    a, b = text_books.unit(tmp_path / "a.xlsx", Tareas=few), text_books.unit(tmp_path / "b.xlsx", Tareas=many)
    short, whole = run(a, b).output, run(a, b, "--all").output
    assert short.count("  + fila") == 40
    assert "Y 10 más. Con --all se muestran." in short
    assert whole.count("  + fila") == 50
    assert "más." not in whole


def test_the_json_has_everything(two: tuple[Path, Path]) -> None:
    done = run(*two, "--format", "json")
    assert done.exit_code == 1
    document = json.loads(done.stdout)
    assert (document["version"], document["clase"], document["iguales"]) == (1, "unidad", False)
    assert document["resumen"] == {"celdas": 2, "agregadas": 1, "quitadas": 0}
    unit, tasks = document["hojas"]
    assert unit["celdas"][0]["despues"] == "2024-07-12"
    cell = tasks["celdas"][0]
    shown = {k: cell[k] for k in ("celda_a", "celda_b", "columna", "antes", "despues", "diferencia")}
    assert shown == {"celda_a": "D2", "celda_b": "D2", "columna": "Prog. ene", "antes": 2,
                     "despues": {"ilegible": "dos"}, "diferencia": None}  # fmt: skip
    assert cell["clave"] == {"Operación": "OP-01", "Actividad": "Preparar", "Tarea": "Redactar informes"}
    assert [f["fila"] for f in tasks["agregadas"]] == [3]


def test_the_workbook_keeps_the_differences_and_runs_nothing(two: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "cambios.xlsx"
    assert run(*two, "-o", target).exit_code == 1
    workbook = openpyxl.load_workbook(target)
    assert workbook.sheetnames == ["Resumen", "Celdas", "Filas"]
    cells = [dict(zip([c.value for c in workbook["Celdas"][1]], row, strict=True))
             for row in workbook["Celdas"].iter_rows(min_row=2, values_only=True)]  # fmt: skip
    assert {(c["Hoja"], c["Celda en B"], c["Antes (A)"], c["Después (B)"]) for c in cells} == {
        ("Unidad", "B13", "05/07/2024", "12/07/2024"),
        ("Tareas", "D2", 2, "(no se lee) dos"),
    }
    rows_there = list(workbook["Filas"].iter_rows(min_row=2))
    assert [row[2].value for row in rows_there] == ["agregada"]
    for sheet in workbook:
        assert not [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"], sheet.title
    assert workbook["Celdas"].auto_filter.ref.startswith("A1:")
    assert rows_there[0][3].value == f"OP-01 · Preparar · {_FORMULA}"


def test_rows_that_came_and_went_say_what_they_said(tmp_path: Path) -> None:
    titles = "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | Dev. ene\n"
    one, two = "570 0 004 | '10 | 1000 | 1234567,89 | 0", "560 0 001 | '20 | 50 | 60 | dos"
    a = text_books.unit(tmp_path / "a.xlsx", Presupuesto=titles + one)
    b = text_books.unit(tmp_path / "b.xlsx", Presupuesto=titles + two)
    text = run(a, b).output
    assert (
        "  + fila 2  560 0 001 · 20: Presupuesto inicial 50; Presupuesto vigente 60; Dev. ene «dos» (no se lee)" in text
    )
    assert "  - fila 2  570 0 004 · 10: Presupuesto inicial 1000; Presupuesto vigente 1.234.567,89; Dev. ene 0" in text
    (sheet,) = json.loads(run(a, b, "--format", "json").stdout)["hojas"]
    assert sheet["quitadas"][0]["valores"] == {
        "Presupuesto inicial": 1000, "Presupuesto vigente": 1234567.89, "Dev. ene": 0,
    }  # fmt: skip
    assert sheet["agregadas"][0]["valores"]["Dev. ene"] == {"ilegible": "dos"}
    run(a, b, "-o", tmp_path / "c.xlsx")
    said = [row[5] for row in sheet_of(tmp_path / "c.xlsx", "Filas").iter_rows(min_row=2, values_only=True)]
    assert said[1] == "Presupuesto inicial: 1000; Presupuesto vigente: 1.234.567,89; Dev. ene: 0"


def test_the_workbook_is_written_whoever_stops_reading_what_is_said(tmp_path: Path) -> None:
    many = TASKS + "\n".join(f"OP-01 | B{n} | Tarea {n} | {n} |" for n in range(900))
    a = text_books.unit(tmp_path / "a.xlsx", Tareas=TASKS + "OP-01 | A | Uno | 1 |")
    b = text_books.unit(tmp_path / "b.xlsx", Tareas=many)
    target = tmp_path / "c.xlsx"
    command = [sys.executable, "-m", "poa_xl.cli", "diff", str(a), str(b), "--all", "-o", str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()  # as `| head -1` does
        process.wait(60)
    assert sheet_of(target, "Filas").max_row == 1 + 901


@pytest.mark.parametrize("name", ["x", "x.csv", "y.HTML", "z.xlsm", ""])
def test_a_comparison_has_the_ending_of_a_workbook(two: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    done = run(*two, "-o", tmp_path / name if name else "")
    assert (done.exit_code, "debe terminar en .xlsx" in done.output) == (2, True), done.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["v1.xlsx", "v2.xlsx"]


def test_what_cannot_be_seen_stands_as_its_code_in_the_workbook_and_in_what_is_said(tmp_path: Path) -> None:
    a = text_books.unit(tmp_path / "a.xlsx")
    parts = packages.apart(a.read_bytes())
    dirty = packages.replaced(parts, packages.TASKS, b"Redactar informes", "Redactar \u202einformes\u2066".encode())
    (tmp_path / "b.xlsx").write_bytes(dirty)
    target = tmp_path / "c\u202e.xlsx"
    done = run(a, tmp_path / "b.xlsx", "-o", target)
    assert "c\\u202e.xlsx" in done.output
    assert all(ch.isprintable() or ch == "\n" for ch in done.output)
    texts = [c for sheet in openpyxl.load_workbook(target) for row in sheet.values for c in row if isinstance(c, str)]
    assert not [t for t in texts if not all(ch.isprintable() or ch == "\n" for ch in t)]


def test_a_formula_without_a_value_is_not_quoted_as_if_it_were_typed(tmp_path: Path) -> None:
    a = text_books.unit(tmp_path / "a.xlsx", Tareas=TASKS + "OP-01 | A | Uno | 1 |")
    b = text_books.unit(tmp_path / "b.xlsx", Tareas=TASKS + "OP-01 | A | Uno | =1+1 |")
    done = run(a, b, "-o", tmp_path / "c.xlsx")
    assert "D2  Prog. ene: 1 → (fórmula sin valor)\n" in done.output
    row = next(sheet_of(tmp_path / "c.xlsx", "Celdas").iter_rows(min_row=2, values_only=True))
    assert row[7] == "(fórmula sin valor)"


def test_the_same_comparison_gives_the_same_bytes(two: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("1.xlsx", "2.xlsx"):
        run(*two, "-o", tmp_path / name)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_only_a_comparison_is_replaced(two: tuple[Path, Path], tmp_path: Path) -> None:
    kept = two[1].read_bytes()
    done = run(*two, "-o", two[1])
    assert (done.exit_code, "no se reemplaza" in done.output) == (2, True)
    assert two[1].read_bytes() == kept
    target = tmp_path / "cambios.xlsx"
    assert [run(*two, "-o", target).exit_code for _ in range(2)] == [1, 1]
    workbook = openpyxl.load_workbook(target)
    workbook["Resumen"]["F1"] = "anotado por auditoría"
    workbook.save(target)
    noted = target.read_bytes()
    assert run(*two, "-o", target).exit_code == 2
    assert target.read_bytes() == noted


def test_another_unit_is_surely_a_mistake_unless_it_is_wanted(tmp_path: Path) -> None:
    a, b = (campaign_books.book(tmp_path / f"{code}.xlsx", code) for code in ("DGRB", "EMB-AR"))
    done = run(a, b)
    assert done.exit_code == 2
    assert "unidades distintas: A, DGRB; B, EMB-AR" in done.output
    assert "--force" in done.output
    forced = run(a, b, "--force")
    assert forced.exit_code == 1
    assert "unidades distintas" in forced.output


def test_another_quarter_or_year_is_said_and_compared(tmp_path: Path) -> None:
    text = text_books.UNIT["Unidad"]
    assert "Gestión | 2024" in text
    a = text_books.unit(tmp_path / "a.xlsx")
    b = text_books.unit(tmp_path / "b.xlsx", Unidad=text.replace("Gestión | 2024", "Gestión | 2025"))
    done = run(a, b)
    assert done.exit_code == 1
    assert "gestiones distintas: A, 2024; B, 2025" in done.output


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    paths = []
    for place in ("julio", "agosto"):
        (tmp_path / place).mkdir()
        paths.append(text_books.unit(tmp_path / place / "DGRB.xlsx"))
    done = run(*paths)
    assert "julio/DGRB.xlsx" in done.output
    assert "agosto/DGRB.xlsx" in done.output


def test_control_characters_of_a_stranger_do_not_reach_the_terminal(tmp_path: Path) -> None:
    a = text_books.unit(tmp_path / "a.xlsx")
    parts = packages.apart(a.read_bytes())
    dirty = packages.replaced(parts, packages.TASKS, b"Redactar informes", "Redactar \u202einformes\u2028x".encode())
    (tmp_path / "b\u202e.xlsx").write_bytes(dirty)
    done = run(a, tmp_path / "b\u202e.xlsx")
    assert done.exit_code == 1
    assert all(ch.isprintable() or ch == "\n" for ch in done.output)


@pytest.mark.parametrize(
    ("other", "code", "said"),
    [
        ("entity", 2, "es el libro de la entidad"),
        ("no table", 3, "no es el libro de una unidad ni un libro maestro"),
        ("folder", 2, "es una carpeta"),
        ("nothing", 2, "no existe"),
    ],
)
def test_what_is_no_workbook_of_a_unit_is_refused_in_words(tmp_path: Path, other: str, code: int, said: str) -> None:
    a, b = text_books.unit(tmp_path / "a.xlsx"), tmp_path / "b.xlsx"
    if other == "entity":
        text_books.entity(b)
    elif other == "no table":
        workbook = openpyxl.Workbook()
        workbook.active["A1"] = "lista de compras"
        workbook.save(b)
    elif other == "folder":
        b.mkdir()
    done = run(a, b)
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert "Traceback" not in done.output


_STRANGE = ("nothing", "zeros", "a password", "text", "an old workbook")


@pytest.mark.parametrize("name", _STRANGE)
def test_a_damaged_or_hostile_file_ends_in_its_finding(tmp_path: Path, name: str) -> None:
    a = text_books.unit(tmp_path / "a.xlsx")
    case = next(c for c in hostile.CASES if c.name == name)
    case.make(tmp_path / "b.xlsx", packages.small(tmp_path))
    for order in ((a, tmp_path / "b.xlsx"), (tmp_path / "b.xlsx", a)):
        done = run(*order)
        assert (done.exit_code, case.expected in done.output) == (3, True), done.output
    document = json.loads(run(a, tmp_path / "b.xlsx", "--format", "json").stdout)
    assert [o["codigo"] for o in document["observaciones"]] == [case.expected]


def test_every_kind_of_bad_file_is_refused_without_a_traceback(tmp_path: Path) -> None:
    """Every third case of the corpus that is small and quick to make; what is read after all may be compared."""
    a = text_books.unit(tmp_path / "a.xlsx")
    parts = packages.small(tmp_path)
    folder = tmp_path / "malos"
    folder.mkdir()
    quick = [case for case in hostile.CASES if case.expected.startswith(("LIB-001", "LIB-011", "LIB-012"))]
    assert len(quick) > 60
    for number, case in enumerate(quick[::3]):
        path = folder / f"{number:03}.xlsx"
        case.make(path, parts)
        done = run(a, path)
        assert done.exit_code in (2, 3) or "+" in case.expected, (case.name, done.output)
        assert done.exception is None or isinstance(done.exception, SystemExit), (case.name, done.exception)


def test_a_campaigns_versions_are_files_like_any(tmp_path: Path) -> None:
    from poa_xl.campaign import folder, intake
    from poa_xl.campaign.intake import Orden

    place = campaign_books.campaign(tmp_path)
    versions = [
        campaign_books.book(tmp_path / "1" / "DGRB.xlsx", "DGRB"),
        campaign_books.book(tmp_path / "2" / "DGRB.xlsx", "DGRB", {campaign_books.MONTH: 7}),
    ]
    with folder.opened(place) as campana:
        for path in versions:
            intake.receive(campana, path, Orden("Ana", campaign_books.BEFORE))
    kept = sorted((place / "entregas" / "DGRB").iterdir())
    assert [p.name[:9] for p in kept] == ["DGRB-v01-", "DGRB-v02-"]
    done = run(*kept)
    assert (done.exit_code, f"{campaign_books.cell(campaign_books.MONTH)}  Prog. ene: 1 → 7" in done.output) == (
        1,
        True,
    ), done.output
