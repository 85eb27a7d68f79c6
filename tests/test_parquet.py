"""The data of a quarter as Parquet: the master's figures, the rows of the files, and ten questions of a ministry."""

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import poa_xl
from poa_xl import master_book, sheets
from poa_xl.cli import poa_xl as command
from poa_xl.figures import Figure
from poa_xl.reading import File
from poa_xl.writers.parquet import tables
from tests.demonstration import Demonstration, Quarter
from tests.places import at, cell_at

pytestmark = pytest.mark.slow
PAGE = (Path(__file__).parents[1] / "docs" / "datos.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^### (\d+)\. (.+?)\n\n```sql\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Data:
    """A folder of data, the master of the same workbooks, and these."""

    folder: Path
    master: Path
    sent: Path


@pytest.fixture(scope="module")
def data(demonstration: Demonstration, ministry_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Data:
    """The second quarter of the ministry."""
    place = tmp_path_factory.mktemp("datos")
    sent = demonstration.folder / "entregas"
    poa_xl.check(sent, demonstration.folder / "entidad.xlsx", quarter=2).evaluate().write_parquet(place / "datos")
    return Data(place / "datos", ministry_master, sent)


def asked(folder: Path, question: str) -> list[tuple[Any, ...]]:
    """What DuckDB answers, from within the folder, as the page says."""
    with duckdb.connect() as connection:
        connection.execute(f"SET file_search_path = '{folder}'")
        connection.execute((folder / "catalogo.sql").read_text(encoding="utf-8"))
        return connection.execute(question).fetchall()


def close(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(one))
    return one == other


def figures(master: Path) -> dict[str, Figure]:
    """The figures of a master as its cells hold them."""
    return {str(figure.id): figure for figure in master_book.read(File(master)).figures}


# --- the same as the master -----------------------------------------------------------------------------------


def told(folder: Path, quarter: int) -> dict[str, object]:
    rows = asked(folder, f"SELECT id, valor, palabra FROM cifras WHERE trimestre = {quarter}")
    return {key: word if value is None else value for key, value, word in rows}


def test_every_figure_of_the_master_is_there_as_its_cell_holds_it(data: Data) -> None:
    held, found = figures(data.master), told(data.folder, 2)
    assert len(held) > 20_000
    assert [key for key, figure in held.items() if key not in found or not close(found[key], figure.value)] == []


def test_rows_are_those_of_the_files_with_their_places(data: Data) -> None:
    rows = asked(data.folder, "SELECT hoja, fila, archivo, programado_ene, ejecutado_jun, tarea FROM tareas")
    book = openpyxl.load_workbook(data.sent / "EMB-LIMA.xlsx", data_only=True)
    own = [row for row in rows if row[2] == "EMB-LIMA.xlsx"]
    for sheet, row, _, january, june, task in own:
        said = [written_at(book[sheet], title, row) for title in ("Prog. ene", "Ejec. jun", "Tarea")]
        assert said == [january, june, task]
    assert own
    assert len(rows) == sum(len(tasks(path)) for path in data.sent.glob("*.xlsx"))


def written_at(sheet: Any, title: str, row: int) -> object:
    (column,) = (cell.column for cells in sheet.iter_rows(max_row=30) for cell in cells if cell.value == title)
    return sheet.cell(row, column).value


def tasks(path: Path) -> list[dict[str, Any]]:
    """The rows of the sheet Tareas of a workbook, by title."""
    sheet = openpyxl.load_workbook(path, data_only=True, read_only=True)["Tareas"]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(n for n, row in enumerate(rows) if "Prog. abr" in row)
    titles = [str(title) for title in rows[header]]
    found = (dict(zip(titles, row, strict=False)) for row in rows[header + 1 :])
    return [row for row in found if row["Tarea"]]


# --- ten questions --------------------------------------------------------------------------------------------


def of(held: dict[str, Figure], level: str, indicator: str, period: str) -> dict[str, Any]:
    """Code -> value of a figure of all nodes of a level, from the master's cells."""
    return {
        figure.id.code: figure.value
        for figure in held.values()
        if (figure.id.level, figure.id.indicator, figure.id.period) == (level, indicator, period)
    }


def _first(held: dict[str, Figure], _: Data) -> list[tuple[Any, ...]]:
    periods = ("t2", "hasta_t2")
    return [(p, *(held[f"MRE.{i}.{p}"].value for i in ("avance", "ejecucion", "semaforo"))) for p in periods]


def _second(held: dict[str, Figure], _: Data) -> list[tuple[Any, ...]]:
    named = {unit.unidad: unit.nombre for unit in poa_xl.open_entity(_.sent.parent / "entidad.xlsx").entidad.unidades}
    avances = {c: v for c, v in of(held, "unidad", "avance", "t2").items() if v is not None}
    return [(c, named[c], v) for c, v in sorted(avances.items(), key=lambda one: (one[1], one[0]))[:10]]


def _third(held: dict[str, Figure], _: Data) -> list[tuple[Any, ...]]:
    before, now = (of(held, "area", "avance", period) for period in ("t1", "t2"))
    return sorted(((c, before[c], now[c], now[c] - before[c]) for c in now), key=lambda one: one[3])


def _fourth(held: dict[str, Figure], given: Data) -> list[tuple[Any, ...]]:
    entidad = poa_xl.open_entity(given.sent.parent / "entidad.xlsx").entidad
    named = {one.categoria: one.programa for one in entidad.categorias}
    budget, spent = (of(held, "categoria", i, "hasta_t2") for i in ("vigente", "devengado"))
    return sorted(((c, named[c], v) for c, v in budget.items() if v and spent[c] == 0), key=lambda one: -one[2])


def _fifth(held: dict[str, Figure], _: Data) -> list[tuple[Any, ...]]:
    found = Counter(word for word in of(held, "unidad", "semaforo", "t2").values() if word)
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _sixth(_: dict[str, Figure], given: Data) -> list[tuple[Any, ...]]:
    sent = poa_xl.check(given.sent, given.sent.parent / "entidad.xlsx", quarter=2).submissions
    states = Counter(str(one.estado) for one in sent)
    return [(state, n, sum(one.filas for one in sent if one.estado == state)) for state, n in states.items()]


def _seventh(_: dict[str, Figure], given: Data) -> list[tuple[Any, ...]]:
    return [] if not poa_xl.check(given.sent, given.sent.parent / "entidad.xlsx", quarter=2).findings else [("?",)]


def _eighth(_: dict[str, Figure], given: Data) -> list[tuple[Any, ...]]:
    found: Counter[str] = Counter()
    for path in given.sent.glob("*.xlsx"):
        for row in tasks(path):
            planned, done = (sum(row[f"{kind} {m}"] or 0 for m in ("abr", "may", "jun")) for kind in ("Prog.", "Ejec."))
            found[path.stem] += planned > 0 and done == 0
    return sorted(((unit, n) for unit, n in found.items() if n), key=lambda one: (-one[1], one[0]))


def _ninth(held: dict[str, Figure], _: Data) -> list[tuple[Any, ...]]:
    units, sigep = (of(held, "categoria", f"devengado_{who}", "hasta_t2") for who in ("unidades", "sigep"))
    both = {c: (units[c], sigep[c]) for c in units if units[c] is not None and sigep.get(c) is not None}
    return sorted((c, a, b) for c, (a, b) in both.items() if abs(a - b) >= 0.005)


def _tenth(held: dict[str, Figure], _: Data) -> list[tuple[Any, ...]]:
    gaps = of(held, "area", "brecha", "t2")
    whole = held["MRE.avance.t2"].value
    assert isinstance(whole, float)
    assert sum(gaps.values()) == pytest.approx(100 - whole, abs=1e-9)
    return sorted(gaps.items(), key=lambda one: -one[1])


ANSWERS: list[Callable[[dict[str, Figure], Data], list[tuple[Any, ...]]]] = [
    _first, _second, _third, _fourth, _fifth, _sixth, _seventh, _eighth, _ninth, _tenth
]  # fmt: skip


@pytest.mark.parametrize(("number", "title", "question"), QUESTIONS, ids=[f"{n}. {title}" for n, title, _ in QUESTIONS])
def test_a_question_of_the_page_is_answered_as_the_master_answers_it(
    number: str, title: str, question: str, data: Data
) -> None:
    found = asked(data.folder, question)
    expected = ANSWERS[int(number) - 1](figures(data.master), data)
    assert len(found) == len(expected), title
    assert all(len(a) == len(b) and all(map(close, a, b)) for a, b in zip(found, expected, strict=True)), (found, expected)  # fmt: skip


def test_the_page_asks_ten_questions() -> None:
    assert len(QUESTIONS) == len(ANSWERS) == 10


def test_the_function_of_the_catalogue_gives_a_figure_by_its_id(data: Data) -> None:
    (found,) = asked(
        data.folder, "SELECT cifra('MRE', 2024, 2, 'MRE.avance.t2'), cifra('MRE', 2024, 1, 'MRE.avance.t2')"
    )
    assert found == (figures(data.master)["MRE.avance.t2"].value, None)


# --- how it is written ----------------------------------------------------------------------------------------


def test_the_same_workbooks_give_the_same_bytes(data: Data, tmp_path: Path) -> None:
    entity = data.sent.parent / "entidad.xlsx"
    poa_xl.check(data.sent, entity, quarter=2).evaluate().write_parquet(tmp_path / "otra")
    assert prints(tmp_path / "otra") == prints(data.folder)


def prints(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_quarters_stand_beside_each_other_and_one_that_is_written_again_is_replaced(
    municipality_year: list[Quarter], tmp_path: Path
) -> None:
    for own in municipality_year[:2]:
        done = poa_xl.check(own.entity.parent / "entregas", own.entity, quarter=own.number).evaluate()
        done.write_parquet(tmp_path / "d")
        done.write_parquet(tmp_path / "d")
    counts = asked(tmp_path / "d", "SELECT trimestre, count(*), count(DISTINCT id) FROM cifras GROUP BY 1 ORDER BY 1")
    assert [quarter for quarter, *_ in counts] == [1, 2]
    assert all(rows == ids for _, rows, ids in counts)
    newest = asked(tmp_path / "d", "SELECT DISTINCT trimestre FROM cifras_vigentes")
    assert newest == [(2,)]
    for own in municipality_year[:2]:
        found = told(tmp_path / "d", own.number)
        assert all(close(found[key], figure.value) for key, figure in figures(own.master).items())


def test_an_entity_whose_sigla_no_folder_can_have_is_told_as_it_is(
    municipality_year: list[Quarter], tmp_path: Path
) -> None:
    own = municipality_year[0]
    folder = Path(shutil.copytree(own.entity.parent, tmp_path / "1T"))
    book = openpyxl.load_workbook(folder / "entidad.xlsx")
    sigla = next(row for row in book["Parametros"].iter_rows() if any(cell.value == "sigla" for cell in row))
    next(cell for cell in sigla if cell.value == "GAMVLA").value = "GAM Ñ/1=2"
    book.save(folder / "entidad.xlsx")
    checked = poa_xl.check(folder / "entregas", folder / "entidad.xlsx", quarter=1)
    if not checked.entity or not checked.entity.entidad:
        pytest.fail(str(checked.findings[:3]))
    checked.evaluate().write_parquet(tmp_path / "d")
    assert asked(tmp_path / "d", "SELECT DISTINCT entidad FROM cifras") == [("GAM Ñ/1=2",)]


def test_every_column_says_what_it_is_and_what_its_numbers_measure(data: Data) -> None:
    for table in tables.tables():
        (file,) = (data.folder / table.name).rglob("*.parquet")
        schema = pq.read_schema(file)
        assert schema.names == [column.name for column in table.columns]
        assert all((field.metadata or {}).get(b"descripcion") for field in schema)
        assert schema.metadata[b"documento"] == b"datos de poa-xl"
        assert not set(schema.names) & set(tables.PARTITION), "a folder says it"
    budget = pq.read_schema(next((data.folder / "presupuesto").rglob("*.parquet")))
    assert budget.field("vigente").metadata[b"unidad"] == b"Bs"
    assert {sheet.key for sheet in sheets.unit_sheets() if sheet.inputs} == {t.key for t in tables.tables()} - {""}


@pytest.mark.parametrize("what", ["cifras/entidad=MRE/gestion=2024/trimestre=2/datos.parquet", "catalogo.sql"])
def test_a_file_of_somebody_else_is_never_replaced(what: str, data: Data, tmp_path: Path) -> None:
    other = tmp_path / "d" / what
    other.parent.mkdir(parents=True)
    other.write_bytes(b"Apuntes de Ana")
    done = poa_xl.check(data.sent / "EMB-LIMA.xlsx", data.sent.parent / "entidad.xlsx", quarter=2).evaluate()
    with pytest.raises(poa_xl.WrongUseError, match=r"no es un archivo de datos de poa-xl"):
        done.write_parquet(tmp_path / "d")
    assert [path for path in (tmp_path / "d").rglob("*") if path.is_file()] == [other]
    (tmp_path / "f").write_text("x", encoding="utf-8")
    with pytest.raises(poa_xl.WrongUseError, match="No es una carpeta"):
        done.write_parquet(tmp_path / "f")


def test_what_a_stranger_wrote_is_data_and_what_he_left_blank_is_nothing(data: Data, tmp_path: Path) -> None:
    odd = "=1+1'; DROP TABLE cifras; --\n«ñ»"
    book = openpyxl.load_workbook(data.sent / "EMB-LIMA.xlsx")
    cell_at(book, at("Tareas", "Medio de verificación")).value = f"'{odd}"
    (tmp_path / "e").mkdir()
    book.save(tmp_path / "e" / "EMB-LIMA.xlsx")
    entity = data.sent.parent / "entidad.xlsx"
    poa_xl.check(tmp_path / "e", entity, quarter=2).evaluate().write_parquet(tmp_path / "d")
    rows = asked(tmp_path / "d", "SELECT medio_verificacion FROM tareas")
    assert any("DROP TABLE" in (text or "") for (text,) in rows)
    assert ("",) not in asked(tmp_path / "d", "SELECT respuesta FROM observaciones UNION SELECT acuse FROM entregas")


def test_the_command_says_what_it_wrote(data: Data, tmp_path: Path) -> None:
    given = [
        "consolidate",
        str(data.sent),
        "--quarter",
        "2",
        "-o",
        str(tmp_path / "m.xlsx"),
        "--parquet",
        str(tmp_path / "d"),
    ]
    done = CliRunner().invoke(command, given)
    assert done.exit_code == 0, done.output
    assert f"Datos: {tmp_path / 'd'} ({len(tables.tables())} tablas," in done.output
    assert prints(tmp_path / "d") == prints(data.folder)


def test_without_pyarrow_the_way_out_is_said(data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = poa_xl.check(data.sent / "EMB-LIMA.xlsx", data.sent.parent / "entidad.xlsx", quarter=2).evaluate()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(poa_xl.PoaError, match=r"poa-xl\[parquet\]"):
        done.write_parquet(tmp_path / "d")
    assert not (tmp_path / "d").exists()
