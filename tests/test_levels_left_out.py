"""Entities without services, without groups or without ACPs: the level is blank in every row, and nothing speaks of it."""

import dataclasses
import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import openpyxl
import pytest

from poa_xl import catalogo, entity, evaluation, level_names, parameters, sheets
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.catalogo import sheet as catalogo_sheet
from poa_xl.checking import entity_book, unit_books
from poa_xl.comparison import masters
from poa_xl.entity import Entidad
from poa_xl.evaluation import Evaluacion
from poa_xl.master_tables import contents
from poa_xl.messages import hints, level_names as level_words
from poa_xl.reading import File
from poa_xl.writers.board import page, workbook as board
from poa_xl.writers.unit_workbook import workbook as unit_workbook
from tests import board_examples, factories, test_master, text_books
from tests.independent import levels
from tests.independent.campaign import DATED, WIDE, random_campaign
from tests.independent.comparison import Comparison
from tests.independent.figures import Figures
from tests.independent.run import Outcome, compare
from tests.libreoffice import LibreOffice
from tests.places import at, cell_at
from tests.test_evaluation import accepted_of, factory_data

pytestmark = pytest.mark.slow

EVERY_CHOICE = [some for n in (1, 2, 3) for some in combinations(levels.LEVELS, n)]
ALL = levels.LEVELS
OF_UNITS = {
    "servicio": (("areas", "servicio"), ("unidades", "servicio")),
    "grupo": (("unidades", "grupo"), ("unidades", "subgrupo")),
    "acp": (("unidades", "acp"), ("categorias", "acp")),
}
WORDS = {
    "servicio": r"[Ss]ervicios?",
    "grupo": r"[Ss]ubgrupos?|[Gg]rupos?",
    "acp": r"ACPs?|[Aa]cci(ón|ones) de corto plazo",
}

# --- the figures: those of one node in the level, by fractions and by the evaluation --------------------------------


def outcome(seed: int, some: Sequence[str], folder: Path, office: LibreOffice | None = None) -> Outcome:
    campaign = random_campaign(seed, 20)

    def against(master: Path) -> Comparison:
        return levels.LessLevels(master, some).against(Figures(levels.with_one_node(campaign, some)))

    return compare(levels.without(campaign, some), folder, office, against)


@pytest.mark.parametrize("some", EVERY_CHOICE, ids="-".join)
def test_every_cell_of_the_master_is_that_of_one_node_in_the_level_that_is_left_out(
    some: Sequence[str], tmp_path: Path
) -> None:
    found = outcome(2, some, tmp_path)
    assert found.differences == ()
    assert found.figures > 1000


@pytest.mark.parametrize("seed", [0, 1, 5, WIDE + 6, WIDE + 10, WIDE + 16, DATED + 16])
@pytest.mark.parametrize("some", EVERY_CHOICE, ids="-".join)
def test_the_same_of_weights_goals_of_every_kind_single_areas_and_units_in_time(
    some: Sequence[str], seed: int, tmp_path: Path
) -> None:
    assert outcome(seed, some, tmp_path).differences == ()


@pytest.mark.libreoffice
@pytest.mark.parametrize(("seed", "some"), [(WIDE + 6, ("servicio", "acp")), (2, ALL)])
def test_libreoffice_recalculates_a_master_without_levels(
    seed: int, some: Sequence[str], tmp_path: Path, libreoffice: LibreOffice
) -> None:
    found = outcome(seed, some, tmp_path, libreoffice)
    assert found.differences == ()
    assert found.recalculated == found.formulas > 500


def made(some: Sequence[str], name: str | None) -> Entidad:
    """The made-up entity with this name in every row of some levels; None leaves them out."""
    rows = {key: [dict(row) for row in own] for key, own in factories.entity_rows().items()}
    for level in some:
        for key, column in OF_UNITS[level]:
            for row in rows[key]:
                row[column] = None if column == "subgrupo" else name
    if "servicio" in some:
        for row in rows["areas"]:
            row["servicio"] = name
    if "acp" in some:
        one: dict[str, object] = {"acp": name, "amp": "1", "denominacion": "Todo", "area": "ADM"}
        rows["acp"], rows["metas_sigep"] = [one] if name else [], []
    for row in rows["categorias"]:
        row["grupos"] = "EXT" if row["grupos"] else None
    rows["historico"] = [h for h in rows["historico"] if h["codigo"] == "MDE"]
    records = {key: dict(enumerate(own, start=5)) for key, own in rows.items()}
    settings, problems = parameters.settings(records["parametros"])
    assert settings is not None, problems
    return entity.from_rows(settings, records)


def accepted(some: Sequence[str], name: str | None, quarter: int = 2) -> AcceptedRows:
    data = factory_data(quarter)
    if "acp" in some:
        for sent in data.values():
            for row in (*sent["operaciones"], *sent["resultados"]):
                row["acp"] = name
    return accepted_of(data)


def evaluated(some: Sequence[str], name: str | None) -> Evaluacion:
    return evaluation.evaluate(made(some, name), accepted(some, name), 2)


@pytest.mark.parametrize("some", EVERY_CHOICE, ids="-".join)
def test_figures_have_the_ids_and_the_values_that_they_have_with_one_node(some: Sequence[str]) -> None:
    """To the last bit; but for the ids of the level, of what is below it and named by it, and of counts of ACPs."""
    there = {str(f.id): f.value for f in evaluated(some, None).figures()}
    one = {str(f.id): f.value for f in evaluated(some, "Todo").figures()}
    gone = {"grupo": ("grupo:", "subgrupo:"), "servicio": ("servicio:",), "acp": ("acp:", "parte:")}
    prefixes = tuple(prefix for level in some for prefix in gone[level])
    of_acps = ("MDE.acciones", "MDE.sigep") if "acp" in some else ("-",)
    expected = {name: value for name, value in one.items() if not name.startswith((*prefixes, *of_acps))}
    assert there == expected
    assert len(there) > 400


@pytest.mark.parametrize("some", EVERY_CHOICE, ids="-".join)
def test_no_figure_is_named_twice(some: Sequence[str]) -> None:
    ids = [str(f.id) for f in evaluated(some, None).figures()]
    assert len(ids) == len(set(ids))


# --- the master -------------------------------------------------------------------------------------------------------


def master(some: Sequence[str], path: Path, quarter: int = 2) -> Path:
    rows = accepted(some, None, quarter)
    return test_master.write(path, quarter, accepted=rows, entidad=made(some, None))


@pytest.mark.parametrize("level", ALL)
def test_no_sheet_no_title_and_no_text_of_the_master_speaks_of_a_level_that_is_left_out(
    level: str, tmp_path: Path
) -> None:
    path = master((level,), tmp_path / "maestro.xlsx")
    gone = {sheet.name for sheet in contents.SHEETS if sheet.level == level}
    assert not gone & {*openpyxl.load_workbook(path).sheetnames}
    assert spoken(path, level) == []
    assert len(spoken(test_master.write(tmp_path / "con.xlsx", 2), level)) > 5


def spoken(path: Path, level: str) -> list[tuple[str, str, str]]:
    """The texts of ours that name a level."""
    word, found = re.compile(rf"\b({WORDS[level]})\b"), []
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.title.startswith(("Datos_", "Cifras", "Observaciones", "Entregas")):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                text = str(cell.value or "").replace("Servicio Exterior", "")  # the name of an area
                if not text.startswith("=") and word.search(text):
                    found.append((sheet.title, cell.coordinate, text))
    return found


@pytest.mark.parametrize("level", ALL)
def test_the_index_leads_to_sheets_that_are_there(level: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(master((level,), tmp_path / "maestro.xlsx"))
    named = {row[0] for row in book["Índice"].iter_rows(min_row=6, values_only=True) if row[0]}
    assert named <= {*book.sheetnames}


def test_the_units_of_an_area_stand_in_one_block_where_there_are_no_groups(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(master(("grupo",), tmp_path / "maestro.xlsx"))
    units = {row[1] for row in book["Unidades"].iter_rows(values_only=True)}
    assert {u.unidad for u in factories.entidad().vigentes} <= units
    assert [name for name in book.sheetnames if name.startswith("Anexo")] == ["Anexo 1 Categorías"]


def changes(some: Sequence[str], folder: Path) -> masters.Comparacion:
    """What a comparison says of two masters of which one has a task of each unit less."""
    every = accepted(some, None)
    fewer = dataclasses.replace(every, tareas=tuple(row for row in every.tareas if row.fila != 5))
    entidad = made(some, None)
    paths = [
        test_master.write(folder / f"{n}.xlsx", 2, accepted=rows, entidad=entidad)
        for n, rows in enumerate((every, fewer))
    ]
    one, other = (masters.read(File(path), "") for path in paths)
    return masters.compare(one, other)


@pytest.mark.parametrize("some", [(level,) for level in ALL] + [ALL], ids="-".join)
def test_two_masters_without_levels_are_compared_as_those_with_them(some: Sequence[str], tmp_path: Path) -> None:
    found, usual = changes(some, tmp_path), changes((), tmp_path)
    assert (found.sin_comparar, usual.sin_comparar) == ((), ())
    assert [s for s in found.solo if s.que != "fila"] == []
    gone = {sheet.name for sheet in contents.SHEETS if sheet.level in some}
    annexes = {"Anexo 2 Embajadas", "Anexo 3 Consulados"} if "grupo" in some else set()
    assert {s.nombre for s in found.hojas} == {s.nombre for s in usual.hojas} - gone - annexes


def test_a_master_without_a_level_is_compared_with_one_that_has_it(tmp_path: Path) -> None:
    one, other = test_master.write(tmp_path / "1.xlsx", 2), master(("servicio",), tmp_path / "2.xlsx")
    found = masters.compare(masters.read(File(one), ""), masters.read(File(other), ""))
    assert {sheet.nombre for sheet in found.hojas}


# --- what is found ----------------------------------------------------------------------------------------------------

UNITS = """
    Código | Nombre | Servicio | Grupo | Subgrupo | Área | ACP | Vigencia
    DGRB | Dirección General de Relaciones Bilaterales | {servicio} | {grupo} | | VRE | {acp} | vigente
    OTRA | Otra unidad | {servicio2} | {grupo2} | {subgrupo2} | VRE | {acp2} | vigente
"""
CATEGORIES = """
    Categoría programática | Programa | Unidad | Grupos | ACP | Área | Unidad ejecutora
    570 0 004 | Relaciones bilaterales | DGRB |  | {acp} | VRE | UE-2
"""
AREAS = "Área | Nombre | Servicio\nVRE | Relaciones Exteriores | {servicio}"
ACPS = "ACP | AMP | Denominación | Área responsable"
GOALS = "ACP | Trimestre | Programado | Ejecutado"
NAMED = {"servicio": "Servicio Central", "grupo": "Direcciones", "acp": "'1.1", "subgrupo2": ""}
FULL = {**NAMED, "servicio2": "Servicio Central", "grupo2": "Direcciones", "acp2": "'1.1"}


def checked(folder: Path, acps: bool = True, areas: str | None = None, **changed: str) -> entity_book.CheckedEntity:
    own = {**FULL, **changed}
    tabs = {
        "Areas": AREAS.format(servicio=own["servicio"] if areas is None else areas),
        "Unidades": UNITS.format(**own),
        "Categorias": CATEGORIES.format(**own),
        **({} if acps else {"ACP": ACPS, "Metas_SIGEP": GOALS}),
    }
    return entity_book.check_entity(text_books.entity(folder / "entidad.xlsx", **tabs))


def errors(found: entity_book.CheckedEntity) -> set[tuple[str, str, str]]:
    """Code, sheet and title of what is told as an error."""
    severe = [f for f in found.findings if entity_book.messages.severity(f.code) is entity_book.Severity.ERROR]
    return {(f.code, f.location.sheet, f.details.get("columna", "")) for f in severe}


@pytest.mark.parametrize(
    ("blank", "missing"),
    [
        ({}, set()),
        ({"servicio": "", "servicio2": ""}, {"servicio"}),
        ({"grupo": "", "grupo2": ""}, {"grupo"}),
        ({"acp": "", "acp2": "", "acps": False}, {"acp"}),
        ({"servicio": "", "servicio2": "", "grupo": "", "grupo2": "", "acp": "", "acp2": "", "acps": False}, {*ALL}),
    ],
)
def test_a_level_that_is_blank_in_every_row_is_left_out(
    blank: dict[str, str], missing: set[str], tmp_path: Path
) -> None:
    found = checked(tmp_path, **blank)  # type: ignore[arg-type]
    assert errors(found) == set()
    assert found.entidad is not None
    assert set(ALL) - found.entidad.levels == missing


@pytest.mark.parametrize(
    ("blank", "told"),
    [
        ({"servicio2": ""}, {("UND-001", "Unidades", "Servicio")}),
        ({"servicio": "", "servicio2": "", "areas": "Servicio Central"}, {("UND-001", "Unidades", "Servicio")}),
        ({"areas": ""}, {("ARE-001", "Areas", "Servicio")}),
        ({"grupo2": ""}, {("UND-001", "Unidades", "Grupo")}),
        ({"grupo": "", "grupo2": "", "subgrupo2": "Clase"}, {("UND-001", "Unidades", "Grupo")}),
        ({"acp2": ""}, {("UND-001", "Unidades", "ACP")}),
        ({"acp": "", "acp2": ""}, {("UND-001", "Unidades", "ACP"), ("CAT-001", "Categorias", "ACP")}),
        ({"acp": "", "acp2": "", "areas": ""}, {
            ("UND-001", "Unidades", "ACP"), ("CAT-001", "Categorias", "ACP"), ("ARE-001", "Areas", "Servicio"),
        }),
    ],
)  # fmt: skip
def test_a_level_that_is_blank_in_some_rows_is_told_in_each_and_what_to_do(
    blank: dict[str, str], told: set[tuple[str, str, str]], tmp_path: Path
) -> None:
    found = checked(tmp_path, **blank)  # type: ignore[arg-type]
    assert errors(found) == told
    actions = [entity_book.messages.action(f) for f in found.findings if f.code in {code for code, _, _ in told}]
    assert all(action.endswith(hints.EVERYWHERE_OR_NOWHERE) for action in actions)


def test_what_is_no_level_says_nothing_of_leaving_it_blank(tmp_path: Path) -> None:
    path = text_books.entity(tmp_path / "entidad.xlsx", Areas="Área | Nombre | Servicio\nVRE | | Servicio Central")
    (action,) = [entity_book.messages.action(f) for f in entity_book.check_entity(path).findings if f.code == "ARE-001"]
    assert hints.EVERYWHERE_OR_NOWHERE not in action


def test_weights_of_areas_without_services_are_those_of_the_entity(tmp_path: Path) -> None:
    parameters_tab = text_books.ENTITY["Parametros"].replace(
        "metodo_agregacion |  |  | media", "metodo_agregacion |  |  | pesos"
    )
    areas = "Área | Nombre | Servicio | Peso\nVRE | Relaciones Exteriores | | 60\nADM | Administración | | 30"
    units = UNITS.format(**{**FULL, "servicio": "", "servicio2": ""})
    path = text_books.entity(tmp_path / "entidad.xlsx", Parametros=parameters_tab, Areas=areas, Unidades=units)
    (found,) = [f for f in entity_book.check_entity(path).findings if f.code == "PES-002"]
    assert (found.location.sheet, found.found, found.details["columna"]) == ("Areas", "90", "las áreas")


# --- the workbook of a unit -------------------------------------------------------------------------------------------


@pytest.fixture
def without_acps(tmp_path: Path) -> entity_book.CheckedEntity:
    blank = {"servicio": "", "servicio2": "", "acp": "", "acp2": ""}
    return checked(tmp_path, acps=False, **blank)


def found_in_unit(entidad: entity_book.CheckedEntity, folder: Path, **tabs: str) -> set[tuple[str, str]]:
    """What is found of ACPs and stamps in the workbook of DGRB; the form has neither a service nor an ACP."""
    form = text_books.UNIT["Unidad"].replace("| Servicio Central", "|").replace("| '1.1", "|")
    assert entidad.entidad is not None
    path = text_books.unit(folder / "DGRB.xlsx", **{"Unidad": form, **tabs})
    found = unit_books.check_units([path], entidad, entidad.entidad, 2).findings
    wanted = ("UNI-", "OPE-001", "OPE-004", "RES-")
    return {(f.code, f.location.cell) for f in found if f.code.startswith(wanted)}


OPERATIONS = "Código de operación | ACP | Operación\nOP-01 | {acp} | Negociar acuerdos"
RESULTS = "ACP | Resultado programado | Principales resultados\n{acp} | Acuerdos firmados | Se firmó un acuerdo"


def tabs(acp: str) -> dict[str, str]:
    return {"Operaciones": OPERATIONS.format(acp=acp), "Resultados": RESULTS.format(acp=acp)}


def test_a_unit_of_an_entity_without_acps_leaves_them_blank(
    without_acps: entity_book.CheckedEntity, tmp_path: Path
) -> None:
    assert found_in_unit(without_acps, tmp_path, **tabs("")) == set()


def test_an_acp_where_the_entity_has_none_is_told(without_acps: entity_book.CheckedEntity, tmp_path: Path) -> None:
    assert found_in_unit(without_acps, tmp_path, **tabs("'1.1")) == {("OPE-004", "B2"), ("RES-002", "A2")}


def test_a_blank_acp_is_told_where_the_entity_has_acps(tmp_path: Path) -> None:
    path = tmp_path / "con"
    path.mkdir()
    found = found_in_unit(checked(path), tmp_path, **tabs(""))
    assert {("OPE-001", "B2"), ("RES-001", "A2")} <= found
    assert {code for code, _ in found} == {"OPE-001", "RES-001", "UNI-012"}


def test_a_workbook_carries_that_the_entity_has_no_acps() -> None:
    of_entity = catalogo.of(made(("servicio", "acp"), None))
    carried = catalogo_sheet.from_rows(catalogo_sheet.to_rows(of_entity))
    assert carried == of_entity
    assert carried.absent_levels == {"servicio", "acp"}
    assert catalogo.of(factories.entidad()).absent_levels == frozenset()
    assert catalogo.UNKNOWN.absent_levels == frozenset()


def test_the_template_says_that_the_cells_of_a_level_stay_blank(tmp_path: Path) -> None:
    some = made(ALL, None)
    path = tmp_path / "DGRB.xlsx"
    unit_workbook.write_unit_workbook(path, some, some.by_code["DGRB"])
    book = openpyxl.load_workbook(path)
    form = {row[0]: row[1:3] for row in book["Unidad"].iter_rows(values_only=True)}
    assert form["Servicio"] == form["ACP"] == (None, level_words.LEFT_BLANK)
    assert cell_at(book, at("Operaciones", "ACP", 0)).comment.text == level_words.LEFT_BLANK
    for sheet in sheets.unit_sheets():
        if sheet.inputs and not sheet.form:
            assert [c.value for c in book[sheet.name][4]][: len(sheet.columns)] == [c.title for c in sheet.columns]


# --- the board --------------------------------------------------------------------------------------------------------


def tablero_without(some: Sequence[str]) -> board_examples.Tablero:
    usual = board_examples.usual()
    filas = tuple(
        dataclasses.replace(
            f, servicio="" if "servicio" in some else f.servicio, grupo="" if "grupo" in some else f.grupo
        )
        for f in usual.filas
    )
    names = level_names.OwnNames(absent=tuple(some))
    return dataclasses.replace(usual, filas=filas, nombres=names)


@pytest.mark.parametrize("some", [("servicio",), ("grupo",), ("servicio", "grupo")], ids="-".join)
def test_the_board_has_no_column_of_a_level_that_is_left_out(some: Sequence[str], tmp_path: Path) -> None:
    board.write_workbook(tmp_path / "tablero.xlsx", tablero_without(some))
    book = openpyxl.load_workbook(tmp_path / "tablero.xlsx")
    titles = {c.value for sheet in ("Tablero", "Resumen") for c in book[sheet][5]}
    names = {"servicio": "Servicio", "grupo": "Grupo"}
    assert {name for level, name in names.items() if level in some} & titles == set()
    assert {name for level, name in names.items() if level not in some} <= titles
    page.write_page(tmp_path / "tablero.html", tablero_without(some))
    html = (tmp_path / "tablero.html").read_text(encoding="utf-8")
    assert ("Por área y grupo" in html) == ("grupo" not in some)
    assert '<th scope="row"><bdi></bdi></th>' not in html
    assert "<small><bdi></bdi></small>" not in html


def test_an_area_without_groups_is_counted_once(tmp_path: Path) -> None:
    made_of = tablero_without(("servicio", "grupo"))
    board.write_workbook(tmp_path / "tablero.xlsx", made_of)
    book = openpyxl.load_workbook(tmp_path / "tablero.xlsx", data_only=True)
    rows = [row for row in book["Resumen"].iter_rows(min_row=6, values_only=True) if row[1]]
    areas = [row for row in rows if row[1] != "Total"]
    assert [row[1] for row in areas] == [*dict.fromkeys(f.area for f in made_of.filas)]
    assert sum(row[2] for row in areas) == rows[-1][2] == len(made_of.filas)


# --- the words --------------------------------------------------------------------------------------------------------


def test_every_text_that_changes_without_a_level_still_stands_somewhere() -> None:
    package = Path(level_names.__file__).parent
    files = [p for suffix in ("py", "j2") for p in package.rglob(f"*.{suffix}") if p.name != "level_names.py"]
    every = re.sub(r'"\s*f?"', "", " ".join(p.read_text(encoding="utf-8") for p in files))
    every = every.replace("{SIN_SUBGRUPO}", "Sin subgrupo")
    phrases = [phrase for texts in level_names.WITHOUT.values() for phrase in texts]
    assert [phrase for phrase in phrases if phrase not in every] == []


def test_own_names_and_levels_that_are_left_out_go_together() -> None:
    names, _ = level_names.read({"nombre_area": "Secretaría; Secretarías"})
    names = dataclasses.replace(names, absent=("grupo",))
    assert names.said("Área, unidad o grupo") == "Secretaría o unidad"
    assert names.said("Por área y grupo") == "Por secretaría"


def test_a_table_that_is_none_of_ours_is_taken_for_none() -> None:
    assert contents.rows_of(["Cualquier", "cosa"]) is None
    assert all(rows.key and rows.titles for rows in contents.known_rows())
