"""The hidden sheet Cifras: every figure of an evaluation has an id there, and the cell that holds it."""

import ast
import dataclasses
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from xlsxwriter import Workbook

from poa_xl import evaluation
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.cli import poa_xl
from poa_xl.comparison import masters, tables
from poa_xl.entity import SIN_PROGRAMACION, Entidad
from poa_xl.evaluation import Evaluacion
from poa_xl.figures import Figure
from poa_xl.master_tables import contents, front, units
from poa_xl.master_tables.contents import FIGURE_IDS
from poa_xl.master_tables.criteria import CRITERIA
from poa_xl.messages import comparison as words
from poa_xl.reading import File, Grid
from poa_xl.writers import master as writers
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS
from poa_xl.writers.xlsx.text_worksheet import TextWorksheet
from tests import factories, test_master
from tests.libreoffice import LibreOffice
from tests.one_sheet import sheet_of
from tests.test_evaluation import accepted_of, factory_data, sample_entity

pytestmark = pytest.mark.slow

BEFORE = Path(__file__).parent / "before" / "maestro-0e06d39.xlsx"
Where = tuple[str, str]  # sheet and cell
# Of these a master has no cell: it tells the gaps of the operations with the largest ones, counts operations, activities and tasks of services alone, and units of the nodes
# that the sheets Áreas, Servicios and Histórico show.
_BUT_SERVICES = frozenset({"", "area", "grupo", "subgrupo", "unidad", "acp"})
WITHOUT_A_CELL = {
    **dict.fromkeys(("operaciones", "actividades", "tareas"), _BUT_SERVICES),
    "unidades": {"area", "subgrupo", "acp"},
    "brecha": {"operacion"},  # but of the operations that decide the colour
}


def _evaluated(trimestre: int, without: tuple[str, ...] = (), entidad: Entidad | None = None) -> Evaluacion:
    return evaluation.evaluate(entidad or factories.entidad(), accepted_of(factory_data(trimestre, without)), trimestre)


def _write(place: Path, trimestre: int, without: tuple[str, ...] = (), entidad: Entidad | None = None) -> Path:
    return test_master.write(place, trimestre, accepted_of(factory_data(trimestre, without)), entidad)


def _ids(path: Path) -> list[tuple[str, Where]]:
    """What the sheet says, read as any program reads it."""
    head, *rows = openpyxl.load_workbook(path, read_only=True)[FIGURE_IDS.name].iter_rows(values_only=True)
    assert head == ("Identificador", "Hoja", "Celda")
    return [(str(id), (str(sheet), str(cell))) for id, sheet, cell in rows]  # noqa: A001


def _shown(figure: Figure, evaluacion: Evaluacion) -> object:
    """What a cell shows of a figure: «n/a» where it does not exist; of a goal without programme, that."""
    if figure.id.indicator == "sigep_programado" and figure.id.level == "acp":
        goal = next(m for m in evaluacion.metas if m.acp == figure.id.code)
        if goal.registrada and goal.programado is None:
            return SIN_PROGRAMACION
    return "n/a" if figure.value is None else figure.value


def _expected(evaluacion: Evaluacion) -> dict[str, object]:
    return {str(f.id): _shown(f, evaluacion) for f in evaluacion.figures()}


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master of the second quarter of the made-up entity, of which one unit sent nothing."""
    return _write(tmp_path_factory.mktemp("master") / "maestro.xlsx", 2, ("CG-SP",))


@pytest.fixture(scope="module")
def evaluacion() -> Evaluacion:
    return _evaluated(2, ("CG-SP",))


# --- each id and its cell -----------------------------------------------------------------------------------


def _assert_each_cell_holds_its_figure(path: Path, evaluacion: Evaluacion) -> int:
    book, expected, ids = openpyxl.load_workbook(path, data_only=True), _expected(evaluacion), _ids(path)
    other = [(id, at, found) for id, at in ids if (found := book[at[0]][at[1]].value) != expected[id]]  # noqa: A001
    assert other == []
    return len(ids)


@pytest.mark.parametrize("trimestre", [1, 2, 3, 4])
def test_the_cell_of_each_id_holds_the_figure_of_the_evaluation(tmp_path: Path, trimestre: int) -> None:
    path = _write(tmp_path / "m.xlsx", trimestre)
    assert _assert_each_cell_holds_its_figure(path, _evaluated(trimestre)) > 800 + 300 * trimestre - 300


def test_also_where_units_sent_nothing(master: Path, evaluacion: Evaluacion, tmp_path: Path) -> None:
    _assert_each_cell_holds_its_figure(master, evaluacion)
    nobody = tuple(u.unidad for u in factories.entidad().vigentes)
    _assert_each_cell_holds_its_figure(_write(tmp_path / "m.xlsx", 2, nobody), _evaluated(2, nobody))


def test_the_cells_of_the_sample_hold_its_figures(tmp_path: Path) -> None:
    from poa_xl import sample

    accepted, entidad = accepted_of(sample.unit_rows(2)), sample_entity(2)
    path = test_master.write(tmp_path / "m.xlsx", 2, accepted, entidad)
    assert _assert_each_cell_holds_its_figure(path, evaluation.evaluate(entidad, accepted, 2)) > 20_000


@pytest.mark.libreoffice
def test_what_libreoffice_computes_there_is_the_figure(
    libreoffice: LibreOffice, master: Path, evaluacion: Evaluacion
) -> None:
    cells, expected = libreoffice.recalculate(master), _expected(evaluacion)
    computed = [(id, cells[sheet][at]) for id, (sheet, at) in _ids(master) if at in cells.get(sheet, {})]  # noqa: A001
    assert len(computed) > 1000
    for id, cell in computed:  # noqa: A001
        value = expected[id]
        assert cell.recalculated == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value), id


def test_an_id_comes_once_and_in_the_order_of_the_evaluation(master: Path, evaluacion: Evaluacion) -> None:
    ids = [id for id, _ in _ids(master)]  # noqa: A001
    assert max(Counter(ids).values()) == 1
    known = set(ids)
    assert ids == [str(f.id) for f in evaluacion.figures() if str(f.id) in known]


def test_figures_without_a_cell_are_counts_and_gaps_of_operations_alone(master: Path, evaluacion: Evaluacion) -> None:
    there = {id for id, _ in _ids(master)}  # noqa: A001
    missing: dict[str, set[str]] = {}
    for figure in evaluacion.figures():
        if str(figure.id) not in there:
            missing.setdefault(figure.id.indicator, set()).add(figure.id.level)
    assert missing.keys() <= WITHOUT_A_CELL.keys()
    assert all(levels <= WITHOUT_A_CELL[indicator] for indicator, levels in missing.items())


def test_a_cell_that_does_not_hold_its_figure_would_be_found(master: Path, tmp_path: Path) -> None:
    """The test above can fail."""
    book = openpyxl.load_workbook(master, data_only=True)
    sheet, cell = dict(_ids(master))["MDE.avance.t2"]
    book[sheet][cell] = book[sheet][cell].value + 1e-9
    book.save(tmp_path / "otro.xlsx")
    with pytest.raises(AssertionError, match=r"MDE\.avance\.t2"):
        _assert_each_cell_holds_its_figure(tmp_path / "otro.xlsx", _evaluated(2, ("CG-SP",)))


# --- no number without an id ----------------------------------------------------------------------------------

# Sheets of rows, not of figures: what units and SIGEP say, each with its place in the workbook that it comes from.
ROWS = {"Datos_Tareas", "Datos_SIGEP", "Datos_Presupuesto", "Datos_Resultados", "Observaciones"}
# Columns whose numbers are no figures of this evaluation: (sheet, title) as patterns -> why.
NO_FIGURES = {
    (r".*", r"N\.º"): "counts the rows of its table",
    (r"Histórico", r"(Avance|Eficacia) \d{4}|Promedio.*"): "published, of other gestiones",
    (r"Histórico", r"Publicado .*|Diferencia .*|Cifra publicada|Calculada menos publicada|Con esa regla"): (
        "published, of this gestion, and how far it is from the computed one"
    ),
    (r"Relación POA", r"1T"): "published, of the quarter before",
    (r"Criterios", r".*"): "parameters and thresholds of the entity",
    (r"Portada", r"Valor"): "files that came, and units that must send one",
    (r"Entregas", r"Filas aceptadas|Errores|Avisos"): "files that came",
    (r"Resumen directivo", r".* \(antes\)|Cambio.*"): "the quarter before, and how far from it the figures are",
    (r"Resumen directivo", r"(Acumulado )?\dT|La entidad, si .*"): "how far the next colour is, and where a gap ends",
    (r"Resumen directivo", r"Cuántos|Operaciones bajo 100|Acciones vencidas"): "what is missing, behind or overdue",
    (r"Resumen directivo", r"Vigente que informa .*|Ejecución acumulada .*"): "a unit's figures of Cuadre, added up",
    (r"Resumen directivo|Operaciones con retraso", r"Tareas atrasadas"): "tasks of an operation that are behind",
    (r"Operaciones con retraso", r"(Programado|Ejecutado|Tarea) .*"): "of one task",
    (r"Datos_Operaciones", r"Fila|Línea base|Meta|Peso"): "what units wrote, and where",
    (r"Datos_Operaciones", r"Tareas (a la fecha|del año) .*|.*, % \(máx\. 100\)"): "between a figure and the next one",
}


def _numbers(path: Path) -> Iterator[tuple[str, str, str]]:
    """(sheet, cell, title of its column) of all numbers of the tables."""
    file = File(path)
    for name in file.sheet_names:
        if name in ROWS or name in (FIGURE_IDS.name, "Índice"):
            continue
        for table in tables.of_sheet(file.grid(name) or [], {}):
            for row in table.rows:
                for title, value in row.values.items():
                    if isinstance(value, float):
                        yield name, table.cell(title, row), title


def _without_an_id(path: Path, where: set[Where]) -> list[tuple[str, str, str]]:
    """Numbers that are no cell of an id, and neither refer to one nor say its formula again."""
    book = openpyxl.load_workbook(path)
    formulas = {str(book[sheet][cell].value) for sheet, cell in where}
    found = []
    for sheet, cell, title in _numbers(path):
        formula = str(book[sheet][cell].value)
        refers = re.fullmatch(r"='?([^'!]+)'?!\$?([A-Z]+)\$?(\d+)", formula)
        if (sheet, cell) in where or (refers and (refers[1], refers[2] + refers[3]) in where):
            continue
        if formula.startswith("=") and "!" in formula and formula in formulas:
            continue
        if not any(re.fullmatch(s, sheet) and re.fullmatch(t, title) for s, t in NO_FIGURES):
            found.append((sheet, cell, title))
    return found


@pytest.mark.parametrize("trimestre", [1, 2])
def test_no_number_of_a_table_is_without_an_id_but_for_those_that_are_no_figures(
    tmp_path: Path, trimestre: int
) -> None:
    path = _write(tmp_path / "m.xlsx", trimestre)
    assert sum(1 for _ in _numbers(path)) > 1000
    assert _without_an_id(path, {at for _, at in _ids(path)}) == []


def test_a_figure_whose_id_was_left_out_would_be_found(master: Path) -> None:
    own = dict(_ids(master))
    left = own.pop("EXT.ejecucion.t2", None) or own.pop("area:EXT.ejecucion.t2")
    cells = {(sheet, cell) for sheet, cell, _ in _without_an_id(master, set(own.values()))}
    assert left in cells
    assert len(cells) > 2  # and where tables show it again


# --- the sheet ------------------------------------------------------------------------------------------------


def test_the_sheet_is_hidden_and_in_no_index(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    sheet = book[FIGURE_IDS.name]
    assert (sheet.sheet_state, book.sheetnames[-1]) == ("hidden", FIGURE_IDS.name)
    assert {type(value) for row in sheet.iter_rows(values_only=True) for value in row} == {str}
    assert FIGURE_IDS.name not in {row[0].value for row in book["Índice"].iter_rows(max_col=1)}
    assert (sheet.auto_filter.ref, sheet.print_area) == (None, "")


def test_its_texts_are_not_among_those_of_the_tables(master: Path) -> None:
    with zipfile.ZipFile(master) as archive:
        assert "MDE.avance.t2" not in archive.read("xl/sharedStrings.xml").decode()


ODD = ["a & b < c > d", " al borde ", "dos\nlíneas", "_x0041_", "\x01", "ñandú «5»", "=1+1", "0012", "a\ttab"]


def test_odd_texts_of_such_a_sheet_are_read_as_they_are(tmp_path: Path) -> None:
    with Workbook(tmp_path / "m.xlsx", OPTIONS) as workbook:
        sheet = workbook.add_worksheet("Hoja", TextWorksheet)
        sheet.write_texts(["Título", "&"], workbook.add_format({"bold": True}), [[text, "x"] for text in ODD])
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert book["Hoja"]["A1"].font.bold
    grid = File(tmp_path / "m.xlsx").grid("Hoja") or []
    assert [row[0] for row in grid] == ["Título", *ODD]


def test_an_entity_with_odd_codes_has_its_ids(tmp_path: Path) -> None:
    base = factories.entidad()
    odd = {"Embajadas": "Emb. A/B: <x> & «y».t2", "Consulados": "Con\\sul ados"}
    units = tuple(dataclasses.replace(u, grupo=odd.get(u.grupo, u.grupo)) for u in base.unidades)
    entidad = dataclasses.replace(base, unidades=units, sigla="M.D&E")
    made = _evaluated(2, entidad=entidad)
    path = _write(tmp_path / "m.xlsx", 2, entidad=entidad)
    grid = File(path).grid(FIGURE_IDS.name) or []
    ids = {str(row[0]) for row in grid[1:]}
    assert {"M.D&E.avance.t2", "grupo:EXT/Emb. A/B: <x> & «y».t2.avance.t2"} <= ids
    assert ids <= {str(f.id) for f in made.figures()}
    assert made.figure("Emb. A/B: <x> & «y».t2.avance.t2") == made.figure("EMB-AR.avance.t2")


def test_an_id_that_no_cell_can_hold_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    data = factory_data(2)
    for key in ("operaciones", "tareas"):
        for row in data["DGAA"][key]:
            row["operacion"] = f"{row['operacion']}{'x' * 32_000}"
    path = test_master.write(tmp_path / "m.xlsx", 2, accepted_of(data))
    ids = {id for id, _ in _ids(path)}  # noqa: A001
    assert "operacion:DGRB/OP-01.avance.t2" in ids
    assert not [id for id in ids if id.startswith("operacion:DGAA/")]  # noqa: A001


# --- the list of the tables -------------------------------------------------------------------------------------


def test_every_table_of_the_list_is_known_by_its_own_key() -> None:
    for sheet in contents.SHEETS:
        for table in sheet.tables:
            titles = [c.title for c in table.every_column]
            named = {*titles, *(t for rows in contents.known_rows() if rows.origin for t in rows.key)}
            found = contents.rows_of(named if table.sheet_of_units else titles)
            assert found is not None, (sheet.name, titles)
            if not table.sheet_of_units:
                assert found.key == table.key, (sheet.name, titles)


def test_every_sheet_of_the_list_has_somebody_who_writes_it() -> None:
    annexes = {units.ANNEX}  # one of each group, by the group
    assert writers._WRITERS.keys() | annexes == set(contents.SHEETS)


def test_the_facts_of_which_diff_says_that_they_differ_are_facts_of_the_cover() -> None:
    of_plans = set(words.PLAN_FACTS)  # two versions of a plan have no cover
    facts = {fact for fact in (*words.DISTINCT, *words.SHOWN) if fact[0].isupper()} - of_plans
    assert facts == {front.GESTION, front.PERIOD, front.ENTITY_WORKBOOK}


def _literals(folder: Path) -> Iterator[tuple[str, str]]:
    """(module, text) of the texts of its modules, but for docstrings and the names in `__all__`."""
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    for path in sorted(folder.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
        names = [n.value for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "__all__"]
        exported = {ast.unparse(item) for value in names for item in value.elts}  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and repr(node.value) not in exported
                and isinstance(node.value, str)
                and node.value not in docs
            ):
                yield path.name, node.value


def _words_of_the_list() -> set[str]:
    found = {sheet.name for sheet in contents.SHEETS if "{" not in sheet.name}
    for sheet in contents.SHEETS:
        for table in sheet.tables:
            found |= {c.title for c in table.every_column if c.title and "{" not in c.title} | {*table.key}
    return found


def test_the_comparison_copies_no_title_of_a_sheet_or_a_column() -> None:
    package, listed = Path(masters.__file__).parent, _words_of_the_list()
    assert len(listed) > 120
    copied = [(name, text) for name, text in _literals(package) if text in listed]
    assert copied == []


# --- diff -----------------------------------------------------------------------------------------------------


def _diff(a: Path, b: Path) -> tuple[int, str]:
    done = CliRunner().invoke(poa_xl, ["diff", str(a), str(b)])
    return done.exit_code, done.output


RESTATED = ("Avance de una ACP", "Metas del SIGEP")  # the rules whose words are others since


def restated_cell(path: Path, rule: str) -> str:
    """Where Criterios of a master says a rule."""
    rows = sheet_of(path, CRITERIA.name).iter_rows(max_col=2)
    return next(str(words.coordinate) for name, words in rows if name.value == rule)


def _with_goals_of_before(accepted: AcceptedRows) -> AcceptedRows:
    """The rows with the Metas that the invented plans had when that master was written: 10.5, 21 and 31.5."""
    rows = (dataclasses.replace(row, meta=10.5 * int(row.operacion[-1])) for row in accepted.operaciones)
    return dataclasses.replace(accepted, operaciones=tuple(rows))


def test_a_master_of_before_the_ids_has_no_differences_from_the_present_one(tmp_path: Path) -> None:
    present = test_master.write(tmp_path / "ahora.xlsx", 2, _with_goals_of_before(accepted_of(factory_data(2))))
    before, now = _read(BEFORE), _read(present)
    assert (before.nodos, bool(now.nodos)) == ({}, True)
    for one, other, path in ((before, now, BEFORE), (now, before, present)):
        found = masters.compare(one, other)
        # An indicator that came since is a row of Criterios that only the present one has.
        gone = [row for h in found.hojas for row in (h.quitadas if one is before else h.agregadas)]
        # The Portada counts the files of a state that came since: none, in a row that only the present one has.
        assert {h.nombre for h in found.hojas} == {CRITERIA.name, front.COVER.name}
        # What is said of a rule that was decided since; no number.
        restated = [cell for h in found.hojas for cell in h.celdas]
        assert {cell.celda_a for cell in restated} == {restated_cell(path, rule) for rule in RESTATED}
        assert (gone, found.sin_comparar) == ([], ())
        assert {s.nombre for s in found.solo}.isdisjoint({FIGURE_IDS.name, *before.hojas})


def test_a_master_of_before_is_compared_with_another_one(tmp_path: Path) -> None:
    changed = _write(tmp_path / "ahora.xlsx", 2, ("CG-SP",))
    code, said = _diff(BEFORE, changed)
    assert code == 1
    assert "CG-SP" in said
    assert FIGURE_IDS.name not in [s.nombre for s in masters.compare(*map(_read, (BEFORE, changed))).solo]


def test_a_sheet_of_a_persons_own_with_that_name_in_a_master_of_before_is_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BEFORE)
    book.create_sheet(FIGURE_IDS.name).append(["Apuntes", "de", "A1"])
    book.save(tmp_path / "apuntes.xlsx")
    found = masters.compare(*map(_read, (BEFORE, tmp_path / "apuntes.xlsx")))
    assert [s.nombre for s in found.solo] == [FIGURE_IDS.name]


def _read(path: Path) -> masters.Master:
    return masters.read(File(path), path.name)


def _groups_changed_places(place: Path, ids: bool) -> Path:
    """The master in which the two groups «Direcciones» have each the avance of the other in the second quarter."""
    path = _write(place, 2)
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book["Cálculo"]
    one, other = (row for row in sheet.iter_rows(min_row=6) if (row[0].value, row[1].value) == ("Grupo", "Direcciones"))
    for a, b in zip(one[4:], other[4:], strict=True):
        a.value, b.value = b.value, a.value
    if not ids:
        del book[FIGURE_IDS.name]
    book.save(place)
    return place


def _changed_groups(a: Path, b: Path) -> Mapping[str, tuple[object, object]]:
    found = masters.compare(_read(a), _read(b))
    cells = [c for h in found.hojas if h.nombre == "Cálculo" for c in h.celdas]
    return {c.celda_b: (c.antes, c.despues) for c in cells if c.columna == "Avance 2T"}


def test_two_groups_of_one_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    plain = _write(tmp_path / "a.xlsx", 2)
    told = _changed_groups(plain, _groups_changed_places(tmp_path / "b.xlsx", True))
    assert len(told) == 2
    first, second = told.values()
    assert first == tuple(reversed(second))
    # Without them the rows are paired by what they say, and nothing seems changed.
    assert _changed_groups(plain, _groups_changed_places(tmp_path / "c.xlsx", False)) == {}


def test_ids_that_a_person_made_wrong_by_moving_rows_are_not_believed(tmp_path: Path) -> None:
    plain, moved = _write(tmp_path / "a.xlsx", 2), _write(tmp_path / "b.xlsx", 2)
    book = openpyxl.load_workbook(moved, data_only=True)
    book["Cálculo"].insert_rows(6)
    book.save(moved)
    found = masters.compare(_read(plain), _read(moved))
    assert [c for h in found.hojas for c in h.celdas] == []


@pytest.mark.parametrize("cells", [["", "", ""], ["MDE.avance.t2", "Cálculo", "no es"], ["x"], [5.0, "Cálculo", "E6"]])
def test_a_sheet_of_ids_that_says_something_else_does_no_harm(cells: Grid) -> None:
    from poa_xl.comparison import figure_ids

    assert figure_ids.nodes([["Identificador", "Hoja", "Celda"], cells]) == {}  # type: ignore[list-item]
