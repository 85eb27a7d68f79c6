"""`migrate` of an entity's workbook: all that was typed stands in the new one, and what a new one has besides."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.comments import Comment

import poa_xl
from poa_xl import level_names, parameters, sheets
from poa_xl.api import templates
from poa_xl.checking import entity_book
from poa_xl.cli import poa_xl as command
from poa_xl.errors import PoaError
from poa_xl.messages import migration as words
from poa_xl.writers import entity_workbook
from tests import campaign_books, text_books
from tests.places import at, cell_at

pytestmark = pytest.mark.slow

BEFORE = Path(__file__).parent / "before"
OF_NOW = BEFORE / "libros-0154746" / "entidad.xlsx"  # it has all that one of now has
OLD = sorted(BEFORE.glob("entidad-*.xlsx")) + sorted({*BEFORE.glob("libros-*/entidad.xlsx")} - {OF_NOW})
NEW_ROWS = ("metodo_operacion", *level_names.PUBLISHED)
PARAMETER_TITLES = {"Parámetro": "parametro", "Valor": "valor", "Nota": "nota"}


def _later(sheet: sheets.Sheet) -> list[str]:
    """What of a sheet came since: all of it, or columns."""
    columns = [f"la columna {c.title} en {sheet.name}" for c in sheet.inputs if c.since]
    return [f"la hoja {sheet.name}"] if sheet.optional else columns


ADDED = (
    *(text for sheet in sheets.entity_sheets() for text in _later(sheet)),
    *(f"la fila {name} en Parametros" for name in NEW_ROWS),
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments])


def cells(path: Path) -> dict[tuple[str, str, int], object]:
    """Sheet, title of the column and row -> what a cell holds, of all that people fill in."""
    book = openpyxl.load_workbook(path)
    found: dict[tuple[str, str, int], object] = {}
    for sheet in sheets.entity_sheets():
        if sheet.name not in book.sheetnames:
            continue
        page = book[sheet.name]
        header = next(row for row in page.iter_rows(max_row=12) if sheet.columns[0].title in [c.value for c in row])
        titles = {c.column: str(c.value) for c in header if c.value}
        for row in page.iter_rows(min_row=header[0].row + 1):
            for cell in row:
                if cell.value is not None and cell.column in titles:
                    found[sheet.name, titles[cell.column], cell.row - header[0].row] = cell.value
    return found


def changed(path: Path, target: Path, change: Any) -> Path:
    """A copy of a workbook in which somebody changed something."""
    book = openpyxl.load_workbook(path)
    change(book)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


@pytest.fixture(params=OLD, ids=lambda path: path.relative_to(BEFORE).as_posix())
def old(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_everything_typed_stands_at_its_place_in_the_new_workbook(old: Path, tmp_path: Path) -> None:
    before = old.read_bytes()
    result = run("migrate", old, "-o", tmp_path / "nueva")
    assert result.exit_code == 0, result.output
    new = tmp_path / "nueva" / "entidad.xlsx"
    there, was = cells(new), cells(old)
    renewed = {place for place, value in was.items() if value in words.FORMER_NOTES.values()}
    assert {place: value for place, value in was.items() if place not in renewed}.items() <= there.items()
    names = [name for name in NEW_ROWS if name not in was.values()]
    rows = {str(row["parametro"]): row for row in parameters.default_rows()}
    more = {title: [v for p, v in there.items() if p not in was and p[1] == title] for title in PARAMETER_TITLES}
    assert more == {t: [rows[name][key] for name in names] for t, key in PARAMETER_TITLES.items()}
    assert {place[0] for place in there if place not in was} == ({"Parametros"} if names else set())
    assert {there[place] for place in renewed} <= {dict(parameters.PLAIN_PARAMETERS)["metodo_agregacion"]}
    assert old.read_bytes() == before
    assert f"se agregó {', '.join(missing_in(old))}." in result.output


def missing_in(old: Path) -> list[str]:
    """What a workbook of before has not, of all that was added since the first version, in words."""
    book = openpyxl.load_workbook(old)
    there = {name: {cell.value for row in book[name].iter_rows() for cell in row} for name in book.sheetnames}

    def has(text: str) -> bool:
        _, kind, *rest = text.split()
        if kind == "hoja":
            return rest[0] in there
        return " ".join(rest[:-2]) in there.get(rest[-1], {" ".join(rest[:-2])})

    return [text for text in ADDED if not has(text)]


def test_the_entity_is_the_same_and_the_new_workbook_has_no_finding_that_the_old_had_not(
    old: Path, tmp_path: Path
) -> None:
    run("migrate", old, "-o", tmp_path / "nueva.xlsx")
    was, now = entity_book.check_entity(old), entity_book.check_entity(tmp_path / "nueva.xlsx")
    assert was.entidad == now.entidad is not None
    assert [(f.code, f.location.sheet, f.location.cell) for f in now.findings] == [
        (f.code, f.location.sheet, f.location.cell) for f in was.findings
    ]


def test_the_new_workbook_is_one_of_now(old: Path, tmp_path: Path) -> None:
    run("migrate", old, "-o", tmp_path / "nueva.xlsx")
    entity_workbook.write_entity_workbook(tmp_path / "de-ahora.xlsx")
    there, fresh = (openpyxl.load_workbook(tmp_path / name) for name in ("nueva.xlsx", "de-ahora.xlsx"))
    assert there.sheetnames == fresh.sheetnames
    for name in there.sheetnames:
        assert [c.value for c in there[name][4]] == [c.value for c in fresh[name][4]]
    again = run("migrate", tmp_path / "nueva.xlsx", "-o", tmp_path / "otra.xlsx")
    assert again.exit_code == 0
    assert again.output == "nueva.xlsx ya tiene todo lo de un libro nuevo: no hay nada que pasar.\n"
    assert not (tmp_path / "otra.xlsx").exists()


def test_the_workbook_that_init_writes_has_nothing_to_be_added(tmp_path: Path) -> None:
    templates.create_entity(tmp_path)
    result = run("migrate", tmp_path / "entidad.xlsx", "-o", tmp_path / "otra")
    assert (result.exit_code, "no hay nada que pasar" in result.output) == (0, True)


def test_a_workbook_with_its_columns_in_another_order_is_put_in_ours(tmp_path: Path) -> None:
    path = text_books.entity(tmp_path / "entidad.xlsx")
    result = run("migrate", path, "-o", tmp_path / "nueva.xlsx")
    assert result.exit_code == 0, result.output
    whole = [text for text in ADDED if text.startswith("la hoja ")]
    assert f"se agregó {', '.join((*whole, *ADDED[-len(NEW_ROWS) :]))}." in result.output
    was, now = entity_book.check_entity(path), entity_book.check_entity(tmp_path / "nueva.xlsx")
    assert was.entidad is not None
    assert now.entidad is not None
    assert (was.entidad.unidades, was.entidad.categorias) == (now.entidad.unidades, now.entidad.categorias)


# --- what a person put in beside the columns --------------------------------------------------------------------


def put_in(book: openpyxl.Workbook) -> None:
    book["Areas"]["H4"] = "Presupuesto aparte"
    book["Areas"]["H5"] = 12
    book["ACP"]["K20"] = "suelto"
    book["Unidades"]["A5"].comment = Comment("llamar a Eva", "Ana")
    page = book.create_sheet("Mis apuntes")
    page.append(["algo", 1])


def test_what_is_of_no_column_is_said_and_ends_with_1(tmp_path: Path) -> None:
    path = changed(OLD[0], tmp_path / "vieja" / "entidad.xlsx", put_in)
    result = run("migrate", path, "-o", tmp_path / "nueva.xlsx", "--format", "json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    said = {(line["tipo"], line["hoja"], line["celda"]) for line in document["informe"]}
    assert {
        ("columna-ajena", "Areas", "H5"), ("celdas-sueltas", "ACP", "K20"), ("nota", "Unidades", "A5"),
        ("hoja-ajena", "Mis apuntes", ""),
    } <= said  # fmt: skip
    assert document["agregado"] == list(ADDED)
    text = run("migrate", path, "-o", tmp_path / "otra.xlsx").output
    assert "La columna «Presupuesto aparte» no es de la plantilla: 1 celda con datos." in text
    assert words.ENTITY_LOSS in text


def test_values_that_are_odd_are_carried_as_they_are(tmp_path: Path) -> None:
    def odd(book: openpyxl.Workbook) -> None:
        page = book["Parametros"]
        for row in page.iter_rows(min_row=5):
            if row[0].value == "tolerancia_bs":
                row[3].value = "0,05"
        book["Unidades"]["J5"] = dt.datetime(2024, 5, 6)
        book["Historico"]["F5"] = "no se sabe"
        book["Areas"]["A30"] = "LEJOS"

    path = changed(OLD[0], tmp_path / "vieja.xlsx", odd)
    result = run("migrate", path, "-o", tmp_path / "nueva.xlsx")
    there = cells(tmp_path / "nueva.xlsx")
    assert "0,05" in [v for (sheet, title, _), v in there.items() if (sheet, title) == ("Parametros", "Valor")]
    assert dt.datetime(2024, 5, 6) in there.values()
    assert "no se sabe" in there.values()
    assert ("Areas", "Área") in {place[:2] for place, value in there.items() if value == "LEJOS"}
    assert "«no se sabe», que no se puede leer: se pasó tal como está" in result.output


def test_a_formula_leaves_its_result_and_is_said(tmp_path: Path) -> None:
    path = campaign_books.entity_book(tmp_path)
    book = openpyxl.load_workbook(path)
    weight = cell_at(book, at("Areas", "Peso"))
    weight.value = "=50+50"  # without a result: nothing has calculated it
    book.save(tmp_path / "f.xlsx")
    book["Areas"].delete_cols(weight.column)
    result = run("migrate", tmp_path / "f.xlsx", "-o", tmp_path / "n.xlsx")
    assert "no hay nada que pasar" in result.output  # it has all columns
    changed(OLD[0], tmp_path / "g.xlsx", lambda b: b["Fuentes"].__setitem__("D5", "=50+50"))
    result = run("migrate", tmp_path / "g.xlsx", "-o", tmp_path / "n.xlsx")
    assert result.exit_code == 1
    assert "Fuentes!D5  sin pasar" in result.output


# --- what is refused --------------------------------------------------------------------------------------------


def test_nothing_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "nueva.xlsx").write_bytes(b"mio")
    result = run("migrate", OLD[0], "-o", tmp_path / "nueva.xlsx")
    assert isinstance(result.exception, PoaError)
    assert "ya existe y no se reemplaza" in str(result.exception)
    assert (tmp_path / "nueva.xlsx").read_bytes() == b"mio"


def test_a_name_that_is_no_workbook_is_wrong_usage(tmp_path: Path) -> None:
    result = run("migrate", OLD[0], "-o", tmp_path / "nueva.pdf")
    assert (result.exit_code, "cambie el nombre que da con -o" in result.output) == (2, True)


def test_a_workbook_whose_sheets_cannot_be_told_is_refused_with_what_to_do(tmp_path: Path) -> None:
    def twice(book: openpyxl.Workbook) -> None:
        book["Areas"]["C4"] = "Área"

    path = changed(OLD[0], tmp_path / "vieja.xlsx", twice)
    result = run("migrate", path, "-o", tmp_path / "nueva.xlsx")
    assert result.exit_code == 1
    assert "COL-004" in result.output
    assert not (tmp_path / "nueva.xlsx").exists()


def test_a_cell_that_does_not_say_what_it_should_leaves_no_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the writer had changed a value on its way."""
    written = entity_workbook.write_value
    monkeypatch.setattr(
        entity_workbook, "write_value", lambda s, r, c, v, f: written(s, r, c, "otro" if v == "Embajadas" else v, f)
    )
    result = run("migrate", OLD[0], "-o", tmp_path / "nueva.xlsx")
    assert isinstance(result.exception, PoaError)
    assert "no dice lo mismo que en" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_the_call_does_what_the_command_does(tmp_path: Path) -> None:
    done = poa_xl.migrate_entity(OLD[0], tmp_path / "a")
    run("migrate", OLD[0], "-o", tmp_path / "b")
    assert done.written == tmp_path / "a" / "entidad.xlsx"
    assert done.written.read_bytes() == (tmp_path / "b" / "entidad.xlsx").read_bytes()
    assert (done.added, done.lost, done.current) == (ADDED, False, False)
