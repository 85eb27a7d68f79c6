"""Accepted rows are typed once: what a field says is what its cell says, and where that cell is."""

import dataclasses
import datetime as dt
import shutil
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from poa_xl import accepted_rows, evaluation, resources, sheets
from poa_xl.accepted_rows import ORIGIN, ROW_TYPES, AcceptedRows, FilaAceptada
from poa_xl.checking import entity_book, unit_books
from poa_xl.checking.unit_books import CheckedUnits
from poa_xl.sheets import MESES, Column
from poa_xl.writers import entity_workbook
from poa_xl.writers.master import write_master
from poa_xl.writers.unit_workbook import workbook
from tests import factories, sent
from tests.test_evaluation import accepted_of, factory_data
from tests.text_books import UNIT

pytestmark = pytest.mark.slow

# --- a field is what its cell says -----------------------------------------------------------------------------

# Titles in another order; a row with an error and a blank one between others.
MOVED = """
    Tarea | Operación | Ejec. ene | Prog. ene | Actividad | Problemas | Ejec. jun | Prog. dic
    Redactar informes | OP-01 | 1 | 2 | Preparar | Faltó personal |  | 0
    Enviar | OP-01 | -3 | 2 | Preparar |  |  |
     |  |  |  |  |  |  |
    Archivar | OP-01 |  |  | Cerrar |  | 7 | 12
"""
BUDGET = """
    Fuente | Categoría programática | Presupuesto inicial | Presupuesto vigente | Modificaciones | Dev. abr | Dev. ene
    '10 | 570 0 004 | 1000 | 1050.75 | 50.75 | -0.5 | 10.5
    '20 | 570 0 004 | 0 | 0 |  |  |
"""


def typed(sheet: Worksheet, row: FilaAceptada) -> dict[object, object]:
    """Title -> content of the cells of the row that an accepted row names; a day without its hour."""
    if row.KEY == "unidad":
        cells = {line[0].value: line[1].value for line in sheet.iter_rows()}
    else:
        titled = next(line for line in sheet.iter_rows() if len({c.value for c in line} - {None}) > 2)
        cells = {c.value: sheet.cell(row.fila, c.column).value for c in titled}
    return {title: value.date() if isinstance(value, dt.datetime) else value for title, value in cells.items()}


def field_of(row: FilaAceptada, column: Column) -> object:
    """What the field of a column says, a blank text as None."""
    if column.name in row.otras:
        said = row.otras[column.name]
    else:
        whole = getattr(row, column.stem)
        said = whole[MESES.index(column.suffix)] if column.group else whole
    return None if said == "" else said


def assert_each_says_its_cell(units: CheckedUnits, folder: Path, least: int) -> None:
    books = {path.name: openpyxl.load_workbook(path) for path in folder.iterdir()}
    compared = 0
    for key, kind in ROW_TYPES.items():
        for row in units.accepted.of(key):
            cells = typed(books[row.archivo][row.hoja], row)
            for column in kind.sheet().inputs:
                assert field_of(row, column) == cells[column.title], (row, column.name)
                assert kind.values([row], column) == [cells[column.title]]
                compared += 1
    assert compared >= least


def test_the_value_of_each_field_stands_in_the_cell_that_the_origin_names(tmp_path: Path) -> None:
    path = sent.book(tmp_path, lambda book: book["Tareas"].insert_rows(1, 2), Tareas=MOVED, Presupuesto=BUDGET)
    units = sent.checked(path)
    assert [row.fila for row in units.accepted.tareas] == [4, 7], "two rows stand above the titles"
    assert {(r.unidad, r.archivo) for r in (*units.accepted.unidad, *units.accepted.in_tables)} == {
        ("DGRB", "DGRB.xlsx")
    }
    assert_each_says_its_cell(units, path.parent, least=100)


def test_so_it_does_in_workbooks_of_the_template(tmp_path: Path) -> None:
    entity_workbook.write_entity_workbook(tmp_path / "entidad.xlsx", factories.entity_rows())
    checked = entity_book.check_entity(tmp_path / "entidad.xlsx")
    entidad = checked.entidad
    assert entidad is not None
    (tmp_path / "entregas").mkdir()
    for unidad in entidad.vigentes:
        path = tmp_path / "entregas" / f"{unidad.unidad}.xlsx"
        workbook.write_unit_workbook(path, entidad, unidad, factories.unit_data(unidad, 2))
    units = unit_books.check_units([tmp_path / "entregas"], checked, entidad, 2)
    assert {row.unidad for row in units.accepted.unidad} == {u.unidad for u in entidad.vigentes}
    assert len(units.accepted.tareas) == 5 * len(entidad.vigentes)
    assert_each_says_its_cell(units, tmp_path / "entregas", least=1_000)


def test_rows_of_a_file_that_is_refused_are_not_accepted(tmp_path: Path) -> None:
    units = sent.checked(sent.book(tmp_path, Unidad=UNIT["Unidad"].replace("| DGRB", "| XXXX")))
    assert not units.accepted
    assert bool(sent.checked(sent.book(tmp_path)).accepted)


# --- the fields are the columns of the schema ---------------------------------------------------------------------

TYPES: dict[str, object] = {
    "str": str, "Int64": int | None, "float64": float | None, "datetime64[ns]": dt.date | None,
}  # fmt: skip
MONTHS: dict[str, object] = {"Int64": tuple[int | None, ...], "float64": tuple[float | None, ...]}


@pytest.mark.parametrize("kind", ROW_TYPES.values(), ids=ROW_TYPES)
def test_each_column_that_people_fill_in_is_a_field_of_its_type(kind: type[FilaAceptada]) -> None:
    """A plain column may go without a field; one that has a field has the schema's type, and none is made up."""
    said = typing.get_type_hints(kind)
    own = [f.name for f in dataclasses.fields(kind) if f.name not in (*ORIGIN, "otras")]
    found: dict[str, list[Column]] = {}
    for column in kind.sheet().inputs:
        found.setdefault(column.stem, []).append(column)
    assert [name for name in found if name in own] == own, "fields stand in the order of the columns"
    for name in own:
        (dtype,) = {column.dtype for column in found[name]}
        grouped = bool(found[name][0].group)
        assert said[name] == (MONTHS if grouped else TYPES)[dtype], name
        if grouped:
            assert [column.suffix for column in found[name]] == [*MESES], name


def test_every_sheet_that_people_fill_in_has_its_rows() -> None:
    filled = [sheet for sheet in sheets.unit_sheets() if sheet.inputs]
    assert [sheet.key for sheet in filled] == [*ROW_TYPES] == [f.name for f in dataclasses.fields(AcceptedRows)]
    hidden = {(s.key, c.name) for s in filled for c in s.inputs if c.name in (*ORIGIN, "otras")}
    assert hidden == {("unidad", "unidad")}, "a column of such a name would be hidden by the origin"


def test_every_value_is_of_the_type_that_its_field_says() -> None:
    accepted = accepted_of(factory_data(2))
    for key in ("operaciones", "tareas", "presupuesto", "resultados"):
        said = typing.get_type_hints(ROW_TYPES[key])
        for row in accepted.of(key):
            for name in (f.name for f in dataclasses.fields(row) if f.name != "otras"):
                value, hint = getattr(row, name), said[name]
                if isinstance(value, tuple):
                    assert len(value) == len(MESES)
                    # A whole number of a goal is an int, which a float may be.
                    assert all(isinstance(one, (*typing.get_args(typing.get_args(hint)[0]), int)) for one in value), (
                        key,
                        name,
                    )
                else:
                    assert isinstance(value, hint), (key, name)


def test_a_row_does_not_change() -> None:
    row = accepted_of(factory_data(2)).tareas[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.fila = 1  # type: ignore[misc]


@pytest.fixture
def schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the sheet Tareas' YAML that is read in place of ours."""
    shutil.copytree(resources.schemas_folder(), tmp_path / "schemas")
    monkeypatch.setattr(resources, "schemas_folder", lambda: tmp_path / "schemas")
    _forget()
    yield tmp_path / "schemas" / "unidad" / "tareas.yaml"
    _forget()


def _forget() -> None:
    sheets.sheet.cache_clear()
    accepted_rows._layout.cache_clear()


PLAIN = """  lugar:
    title: Lugar
    description: Dónde se hizo.
    dtype: str
    nullable: true
  gastado_(ene|feb|mar):
    title: Gast.
    description: Lo gastado.
    dtype: float64
    nullable: true
    regex: true
  problemas:
"""


def test_a_plain_column_in_the_yaml_alone_reaches_frame_and_master(schema: Path, tmp_path: Path) -> None:
    schema.write_text(schema.read_text(encoding="utf-8").replace("  problemas:\n", PLAIN), encoding="utf-8")
    data = factory_data(2)
    data["DGAA"]["tareas"][1] |= {"lugar": "La Paz", "gastado_feb": 12.5}
    accepted = accepted_of(data)
    carried = {"lugar": "La Paz", "gastado_ene": None, "gastado_feb": 12.5, "gastado_mar": None}
    assert carried.items() <= accepted.tareas[1].otras.items()
    frame = accepted.to_frame("tareas")
    assert [*frame.loc[1, ["lugar", "gastado_feb"]]] == ["La Paz", 12.5]
    assert frame["gastado_feb"].dtype == "float64"
    assert frame["lugar"].notna().sum() == 1
    entidad = factories.entidad()
    made = evaluation.evaluate(entidad, accepted, 2)
    write_master(tmp_path / "m.xlsx", entidad, made, accepted, [], [], corte=dt.date(2024, 6, 30))
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx")["Datos_Tareas"]
    titles, *rows = sheet.iter_rows(min_row=5, values_only=True)
    shown = {(row[titles.index("Lugar")], row[titles.index("Gast. feb")]) for row in rows}
    assert shown == {(None, None), ("La Paz", 12.5)}


def test_a_field_whose_column_is_gone_says_so(schema: Path) -> None:
    schema.write_text(schema.read_text(encoding="utf-8").replace("  acciones:\n", "  medidas:\n"), encoding="utf-8")
    with pytest.raises(TypeError, match=r"FilaTarea\.acciones: schemas/unidad/tareas\.yaml has no such column"):
        accepted_of(factory_data(2))


# --- frames ---------------------------------------------------------------------------------------------------------


def test_a_frame_has_a_row_for_each_and_the_columns_of_the_schema() -> None:
    accepted = accepted_of(factory_data(2))
    frame = accepted.to_frame("tareas")
    inputs = [column.name for column in sheets.sheet("unidad", "tareas").inputs]
    assert [*frame.columns] == [*inputs, "unidad", "archivo", "hoja", "fila"]
    assert {"operacion", "programado_ene", "ejecutado_dic", "acciones"} < {*frame.columns}
    assert frame.index.equals(pd.RangeIndex(25))
    assert [*frame["fila"]] == [*range(5, 10)] * 5
    june = sum(task["ejecutado_jun"] or 0 for own in factory_data(2).values() for task in own["tareas"])  # type: ignore[misc]
    assert frame["ejecutado_jun"].sum() == june > 0
    assert frame.loc[frame["problemas"].notna(), "problemas"].tolist() == ["Retraso de la contraparte"] * 5
    assert frame["ejecutado_dic"].isna().all()


@pytest.mark.parametrize("key", ROW_TYPES)
@pytest.mark.parametrize("filled", [True, False], ids=["filled", "empty"])
def test_a_frame_has_the_dtypes_of_the_schema(key: str, filled: bool, tmp_path: Path) -> None:
    accepted = sent.checked(sent.book(tmp_path, Tareas=MOVED)).accepted if filled else AcceptedRows()
    frame, inputs = accepted.to_frame(key), ROW_TYPES[key].sheet().inputs
    assert (len(frame) > 0) == filled
    expected = {c.name: c.dtype for c in inputs} | {"unidad": "str", "archivo": "str", "hoja": "str", "fila": "int64"}
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == expected


def test_a_sheet_that_nobody_fills_in_has_no_frame() -> None:
    with pytest.raises(KeyError):
        AcceptedRows().to_frame("resumen")


WITHOUT_PANDAS = """
import datetime as dt, sys
sys.modules["pandas"] = None
from poa_xl import comparison, evaluation
from poa_xl.accepted_rows import AcceptedRows, FilaTarea
from poa_xl.writers import master
from tests import factories
columns = {"operacion": ["OP-01"], "actividad": ["A"], "tarea": ["T"], "programado_ene": [4], "ejecutado_ene": [3]}
accepted = AcceptedRows.collect(FilaTarea.from_columns("DGAA", "DGAA.xlsx", "Tareas", [5], columns))
entidad = factories.entidad()
made = evaluation.evaluate(entidad, accepted, 1)
master.write_master(sys.argv[1], entidad, made, accepted, [], [], corte=dt.date(2024, 3, 31))
print(made.avance[("unidad", "DGAA"), "t1"])
"""


def test_a_quarter_is_evaluated_and_its_master_written_without_pandas(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_PANDAS, str(tmp_path / "m.xlsx")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent)
    assert (done.stdout.strip(), done.stderr) == ("75.0", "")
    assert (tmp_path / "m.xlsx").exists()
