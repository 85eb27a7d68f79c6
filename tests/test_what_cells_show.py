"""A percentage and another currency through every command, and in the entity's workbook."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl.checking import entity_book
from poa_xl.cli import poa_xl
from tests import campaign_books as books, text_books
from tests.one_sheet import sheet_of
from tests.places import At, at, cell_at, cell_of

pytestmark = pytest.mark.slow

Cell = tuple[At, object, str]  # place, value, number format

SHOWN: list[tuple[Cell, str]] = [
    ((at("Tareas", "Prog. ene"), 1, "0%"), "CEL-013"),
    ((at("Tareas", "Ejec. ene"), 0.175, "0.00%"), "CEL-013"),
    ((at("Tareas", "Ejec. ene"), "100 %", "General"), "CEL-013"),
    ((at("Presupuesto", "Dev. ene"), 0.175, "0.00%"), "CEL-013"),
    ((at("Presupuesto", "Dev. ene"), "%100", "@"), "CEL-013"),
    ((at("Presupuesto", "Dev. ene"), "$us 14.193,24", "General"), "CEL-015"),
    ((at("Presupuesto", "Dev. ene"), "14.193,24 USD", "General"), "CEL-015"),
    ((at("Tareas", "Ejec. ene"), "5 Bs", "General"), "CEL-016"),
]


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(poa_xl, [*map(str, arguments)], catch_exceptions=False)
    return done.exit_code, done.output


def put(path: Path, cell: Cell) -> Path:
    book = openpyxl.load_workbook(path)
    place, value, code = cell
    there = cell_at(book, place)
    there.value = value
    there.number_format = code
    book.save(path)
    return path


@pytest.mark.parametrize(("cell", "code"), SHOWN)
def test_validate_says_it_at_the_cell_and_ends_with_one(cell: Cell, code: str, tmp_path: Path) -> None:
    path = put(books.book(tmp_path / "entregas/DGRB.xlsx", "DGRB"), cell)
    exit_code, output = run("validate", path, "--entity", books.entity_book(tmp_path), "--format", "json")
    (found,) = [o for o in json.loads(output)["observaciones"] if o["codigo"].startswith("CEL")]
    assert (exit_code, found["codigo"], found["hoja"], found["celda"], found["severidad"]) == (
        1,
        code,
        cell[0].sheet,
        cell_of(path, cell[0]),
        "error",
    )


@pytest.mark.parametrize(("cell", "code"), SHOWN[3:6])
def test_consolidate_leaves_the_row_out_and_never_adds_the_number(cell: Cell, code: str, tmp_path: Path) -> None:
    place = tmp_path / "entregas"
    put(books.book(place / "DGRB.xlsx", "DGRB"), cell)
    master = tmp_path / "maestro.xlsx"
    exit_code, output = run("consolidate", place, "--entity", books.entity_book(tmp_path), "--quarter", 2, "-o", master)
    assert (exit_code, code in output) == (1, True)
    rows = sheet_of(master, "Datos_Presupuesto", data_only=True).iter_rows(values_only=True)
    accepted = [row for row in rows if row[0] == "DGRB"]
    assert [row[3] for row in accepted] == [6]  # of rows 5 and 6
    assert not any(value in (0.175, 17.5, 14193.24, 100) for row in accepted for value in row)


@pytest.mark.parametrize(("cell", "code"), [SHOWN[0], SHOWN[5]])
def test_receive_stores_the_file_and_says_it(cell: Cell, code: str, tmp_path: Path) -> None:
    campaign = books.campaign(tmp_path)
    path = put(books.book(tmp_path / "bandeja/DGRB.xlsx", "DGRB"), cell)
    _, output = run("receive", path, "--campaign", campaign, "--by", "Ana")
    assert "DGRB" in output
    code_of_list, listed = run("validate", path, "--entity", books.entity_book(tmp_path))
    assert (code_of_list, code in listed) == (1, True)
    copies = list(campaign.rglob("*.xlsx"))
    assert any(p.read_bytes() == path.read_bytes() for p in copies)


@pytest.mark.parametrize("repair", [(), ("--repair",)])
def test_the_copy_has_a_note_at_the_cell_and_the_number_as_it_was(repair: tuple[str, ...], tmp_path: Path) -> None:
    path = put(books.book(tmp_path / "entregas/DGRB.xlsx", "DGRB"), (at("Presupuesto", "Dev. ene"), 0.175, "0.00%"))
    entity, copies = books.entity_book(tmp_path), tmp_path / "copias"
    assert run("validate", path, "--entity", entity, "--annotate", copies, *repair)[0] == 1
    copy = copies / "DGRB.xlsx"
    cell = cell_at(openpyxl.load_workbook(copy), at("Presupuesto", "Dev. ene"))
    assert (cell.value, cell.number_format) == (0.175, "0.00%")
    assert cell.comment is not None
    assert "CEL-013" in cell.comment.text
    assert "«17,5 %»" in cell.comment.text
    # Sent back as it is, it says the same.
    again = run("validate", copy, "--entity", entity, "--format", "json")[1]
    assert "CEL-013" in {o["codigo"] for o in json.loads(again)["observaciones"]}


def test_diff_shows_an_amount_in_another_currency_and_does_not_call_it_unread(tmp_path: Path) -> None:
    before = put(
        books.book(tmp_path / "a/DGRB.xlsx", "DGRB"), (at("Presupuesto", "Dev. ene"), 1234.5, "[$$-409]#,##0.00")
    )
    after = put(books.book(tmp_path / "b/DGRB.xlsx", "DGRB"), (at("Presupuesto", "Dev. ene"), 1234.5, "#,##0.00"))
    _, output = run("diff", before, after)
    assert f"{cell_of(before, at('Presupuesto', 'Dev. ene'))}  Dev. ene: $ 1234,5 → 1234,5" in output
    assert "no se lee" not in output
    _, said = run("diff", before, after, "--format", "json")
    assert '{"muestra": "$ 1234,5"}' in " ".join(said.split()).replace("{ ", "{").replace(" }", "}")
    run("diff", before, after, "-o", tmp_path / "cambios.xlsx")
    shown = openpyxl.load_workbook(tmp_path / "cambios.xlsx")
    texts = {value for sheet in shown for row in sheet.iter_rows(values_only=True) for value in row}
    assert "$ 1234,5" in texts


def test_diff_still_says_of_a_typed_currency_that_it_is_not_read(tmp_path: Path) -> None:
    before = put(
        books.book(tmp_path / "a/DGRB.xlsx", "DGRB"), (at("Presupuesto", "Dev. ene"), "$us 1.234,5", "General")
    )
    _, output = run("diff", before, books.book(tmp_path / "b/DGRB.xlsx", "DGRB"))
    assert "«$us 1.234,5» (no se lee)" in output


@pytest.mark.parametrize("cell", [
    (at("Presupuesto", "Dev. ene"), None, '"Bs" #,##0.00'), (at("Presupuesto", "Dev. ene"), None, "[$Bs-400A] #,##0.00"), (at("Tareas", "Prog. ene"), None, '0"%"'),
    (at("Tareas", "Actividad"), "Avance al 100%", "0%"), (at("Tareas", "Tarea"), "Pagar $us 500 a cada consulado", "General"),
])  # fmt: skip
def test_clean_neighbours_raise_nothing(cell: Cell, tmp_path: Path) -> None:
    path = books.book(tmp_path / "entregas/DGRB.xlsx", "DGRB")
    place, value, code = cell
    kept = cell_at(openpyxl.load_workbook(path), place).value if value is None else value
    before = run("validate", path, "--entity", books.entity_book(tmp_path), "--format", "json")[1]
    put(path, (place, kept, code))
    after = run("validate", path, "--entity", books.entity_book(tmp_path), "--format", "json")[1]
    assert json.loads(after)["observaciones"] == json.loads(before)["observaciones"]


# --- the entity's workbook ------------------------------------------------------------------------------------


def entity(folder: Path, *cells: Cell) -> entity_book.CheckedEntity:
    path = text_books.entity(folder / "entidad.xlsx")
    for cell in cells:
        put(path, cell)
    return entity_book.check_entity(path)


def said(checked: entity_book.CheckedEntity) -> set[tuple[str, str, str]]:
    """Code, sheet and cell; the small tables have their columns in an order of their own, which is said too."""
    return {(f.code, f.location.sheet, f.location.cell) for f in checked.findings if f.code != "COL-003"}


def threshold(folder: Path, value: object, code: str) -> float:
    checked = entity(folder, (at("Parametros", "Valor", 9), value, code))
    assert said(checked) == set()
    assert checked.entidad is not None
    return checked.entidad.semaforo[1].minimo


@pytest.mark.parametrize(
    ("value", "code"), [(0.7, "0%"), (0.7, "0.00 %"), ("70%", "General"), ("70 %", "@"), (70, "0"), ("70", "@")]
)
def test_a_threshold_in_percent_is_read_in_points(value: object, code: str, tmp_path: Path) -> None:
    assert threshold(tmp_path, value, code) == 70


@pytest.mark.parametrize(("value", "code"), [(0.9125, "0.00%"), (91.25, "0.00")])
def test_a_published_figure_in_percent_is_read_in_points(value: object, code: str, tmp_path: Path) -> None:
    checked = entity(tmp_path, (at("Historico", "Valor"), value, code))
    assert said(checked) == set()
    assert checked.book.tables["historico"].values["valor"] == [91.25]


@pytest.mark.parametrize(("cell", "code"), [
    ((at("Presupuesto_SIGEP", "Devengado del mes"), 0.175, "0.0%"), "CEL-013"), ((at("Presupuesto_SIGEP", "Presupuesto vigente", 2), "100%", "General"), "CEL-013"),
    ((at("Fuentes", "Ejecutado"), 0.5, "0%"), "CEL-013"), ((at("Metas_SIGEP", "Ejecutado"), 0.9, "0%"), "CEL-013"),
    ((at("Metas_SIGEP", "Programado"), 1, "0%"), "MET-003"), ((at("Presupuesto_SIGEP", "Devengado del mes"), "USD 10,50", "General"), "CEL-015"),
    ((at("Presupuesto_SIGEP", "Devengado del mes"), 10.5, "[$USD] 0.00"), "CEL-017"), ((at("Parametros", "Valor", 7), "5 %", "General"), "PAR-005"),
    ((at("Parametros", "Valor", 7), 0.05, "0%"), "PAR-005"),
])  # fmt: skip
def test_a_percentage_and_another_currency_are_findings_of_the_entity_too(
    cell: Cell, code: str, tmp_path: Path
) -> None:
    checked = entity(tmp_path, cell)
    assert said(checked) == {(code, cell[0].sheet, cell_of(tmp_path / "entidad.xlsx", cell[0]))}
