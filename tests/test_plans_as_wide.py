"""Plans that the model was too narrow for: what a user is told of each now, by a figure or a sentence.

Small workbooks go through the doors of the library; every figure is worked out by hand beside them.
"""

from pathlib import Path

import openpyxl
import pytest

import poa_xl
from poa_xl import QuarterEvaluation, Revision, messages
from tests import text_books
from tests.libreoffice import LibreOffice
from tests.places import at, cell_of
from tests.text_books import ENTITY, UNIT

pytestmark = pytest.mark.slow

SIGLA = "MDE"
OPERATIONS = "Código de operación | ACP | Operación"
TASKS = "Operación | Actividad | Tarea"
CLINIC = {
    "Dirección General de Relaciones Bilaterales": "Dirección de Salud",
    "DGRB": "SALUD",
    "Relaciones Exteriores": "Salud",
    "'1.1": "'2.1",
}
ENTITY_OF_TWO = {
    "Areas": "Área | Nombre | Servicio\nVRE | Relaciones Exteriores | Servicio Central\nSAL | Salud | Servicio Central",
    "ACP": "ACP | AMP | Denominación | Área responsable\n'1.1 | '1 | Relaciones | VRE\n'2.1 | '2 | Salud | SAL",
    "Unidades": """
        Código | Nombre | Servicio | Grupo | Área | ACP | Vigencia
        DGRB | Dirección General de Relaciones Bilaterales | Servicio Central | Direcciones | VRE | '1.1 | vigente
        SALUD | Dirección de Salud | Servicio Central | Direcciones | SAL | '2.1 | vigente
    """,
    "Categorias": """
        Categoría programática | Programa | Unidad | Grupos | ACP | Área | Unidad ejecutora
        570 0 004 | Relaciones bilaterales | DGRB; SALUD |  | '1.1 | VRE | UE-2
    """,
}


def sheet(titles: str, *rows: str) -> str:
    return "\n".join([titles, *rows])


def entity(folder: Path, metodo_operacion: str = "", **changed: str) -> Path:
    parameters = ENTITY["Parametros"].rstrip()
    if metodo_operacion:
        parameters += f"\n        metodo_operacion |  |  | {metodo_operacion}"
    return text_books.entity(folder / "entidad.xlsx", Parametros=parameters, **changed)


def unit(folder: Path, operations: str, tasks: str, code: str = "DGRB", version: str = "3") -> Path:
    place = folder / "entregas"
    place.mkdir(exist_ok=True)
    changed = {**UNIT, "Operaciones": operations, "Tareas": tasks}
    if code == "SALUD":
        for old, new in CLINIC.items():
            for tab in ("Unidad", "Resultados"):
                changed[tab] = changed[tab].replace(old, new)
    changed["Unidad"] = changed["Unidad"].replace("plantilla | '3", f"plantilla | '{version}")
    return text_books.unit(place / f"{code}.xlsx", **changed)


def revision(folder: Path, quarter: int = 1) -> Revision:
    checked = poa_xl.check(folder / "entregas", folder / "entidad.xlsx", quarter=quarter)
    assert checked.rows is not None
    return checked


def evaluated(folder: Path, quarter: int = 1) -> QuarterEvaluation:
    return revision(folder, quarter).evaluate()


def said(checked: Revision, code: str) -> list[str]:
    """What is said at the places of a code."""
    return [f"{messages.text(f)} {messages.action(f)}" for f in checked.findings if f.code == code]


# --- 1. the ACP of an operation ---------------------------------------------------------------------------------------


def two_units(folder: Path, acp_of_the_campaign: str) -> QuarterEvaluation:
    """A unit with agreements, done to 80 %, and a health campaign, of which nothing was done; and a unit of health."""
    entity(folder, **ENTITY_OF_TWO)
    first = f"{TASKS} | Prog. ene | Ejec. ene"
    unit(
        folder,
        sheet(OPERATIONS, "OP-01 | '1.1 | Acuerdos", f"OP-02 | '{acp_of_the_campaign} | Campaña de salud"),
        sheet(first, "OP-01 | A | Acuerdos | 10 | 8", "OP-02 | A | Campañas | 10 | 0"),
    )
    unit(folder, sheet(OPERATIONS, "OP-01 | '2.1 | Atender"), sheet(first, "OP-01 | A | Atender | 10 | 9"), "SALUD")
    return evaluated(folder)


def test_an_operation_of_another_acp_that_did_nothing_lowers_that_acp_and_not_its_units(tmp_path: Path) -> None:
    made = two_units(tmp_path, "2.1")
    assert made.figure("acp:1.1.avance.t1") == 80  # the agreements alone
    assert made.figure("acp:2.1.avance.t1") == pytest.approx((90 + 0) / 2)  # of health 90, and 0 of the campaign
    assert made.figure("DGRB.avance.t1") == pytest.approx((80 + 0) / 2)  # the unit has both


def test_of_its_units_acp_it_lowers_that_one(tmp_path: Path) -> None:
    made = two_units(tmp_path, "1.1")
    assert made.figure("acp:1.1.avance.t1") == pytest.approx((80 + 0) / 2)
    assert made.figure("acp:2.1.avance.t1") == 90


# --- 2. late work -----------------------------------------------------------------------------------------------------


def test_a_health_centre_that_was_late_is_missing_from_the_published_series_and_counts_to_date(tmp_path: Path) -> None:
    entity(tmp_path)
    unit(
        tmp_path,
        sheet(OPERATIONS, "OP-01 | '1.1 | Construir el centro de salud", "OP-02 | '1.1 | Capacitar"),
        sheet(
            f"{TASKS} | Prog. mar | Prog. jun | Ejec. mar | Ejec. abr | Ejec. jun",
            "OP-01 | A | Entregar el centro | 1 |  |  | 1 |",
            "OP-02 | A | Dar talleres | 4 | 4 | 2 |  | 6",
        ),
    )
    made = evaluated(tmp_path, quarter=2)
    assert made.figure("DGRB.avance.t1") == pytest.approx((0 + 50) / 2)  # no centre, 2 of 4 workshops
    assert made.figure("DGRB.avance.t2") == 100  # nothing due of the centre, 6 of 4 workshops, which count as 100
    assert made.figure("DGRB.avance.hasta_t2") == pytest.approx((25 + 100) / 2)  # 62.5, as it is published
    assert made.figure("DGRB.avance_a_la_fecha.hasta_t1") == pytest.approx((0 + 50) / 2)
    assert made.figure("DGRB.avance_a_la_fecha.hasta_t2") == 100  # 1 of 1 and 8 of 8
    assert made.figure(f"{SIGLA}.semaforo_a_la_fecha.hasta_t2") == "Óptimo"


# --- 3. unlike things -------------------------------------------------------------------------------------------------

HOSPITAL = sheet(
    f"{TASKS} | Unidad de medida | Prog. ene | Ejec. ene",
    "OP-01 | A | Construir | hospitales | 1 | 0",
    "OP-01 | A | Atender | consultas | 2000 | 2000",
)
THIRTY = sheet(
    f"{TASKS} | Unidad de medida | Prog. ene | Ejec. ene",
    "OP-01 | A | Supervisar | visitas | 30 | 60",
    "OP-01 | A | Informar | informes | 30 | 0",
)


@pytest.mark.parametrize(
    ("tasks", "added", "mean", "measures"),
    [
        (HOSPITAL, 2000 * 100 / 2001, (0 + 100) / 2, "hospitales, consultas"),
        (THIRTY, 100, (100 + 0) / 2, "visitas, informes"),  # 60 of 60; a double and a nothing
    ],
    ids=["a hospital and consultations", "60/30 and 0/30"],
)
def test_tasks_that_count_unlike_things_are_told_and_can_be_a_mean(
    tasks: str, added: float, mean: float, measures: str, tmp_path: Path
) -> None:
    entity(tmp_path)
    unit(tmp_path, sheet(OPERATIONS, "OP-01 | '1.1 | Salud"), tasks)
    checked = revision(tmp_path)
    [sentence] = said(checked, "TAR-022")
    assert sentence == (
        f"La operación «OP-01» suma cosas distintas: {measures}. Así, lo que más cantidad tiene tapa lo demás. "
        "Separe en operaciones lo que no se puede sumar, o pida a Planificación el método por tareas (metodo_operacion)."
    )
    assert checked.evaluate().figure("DGRB.avance.t1") == pytest.approx(added)
    entity(tmp_path, metodo_operacion="tareas")
    assert evaluated(tmp_path).figure("DGRB.avance.t1") == pytest.approx(mean)


@pytest.mark.parametrize(("measure", "total"), [("postas", None), ("acuerdos", 4 + 3)], ids=["unlike", "alike"])
def test_goals_of_sigep_have_a_total_only_where_they_count_the_same(
    measure: str, total: int | None, tmp_path: Path
) -> None:
    titles = "ACP | Trimestre | Programado | Ejecutado | Unidad de medida"
    goals = sheet(titles, "'1.1 | 1 | 4 | 4 | acuerdos", f"'2.1 | 1 | 3 | 1 | {measure}")
    entity(tmp_path, **ENTITY_OF_TWO, Metas_SIGEP=goals)
    tasks = sheet(f"{TASKS} | Prog. ene | Ejec. ene", "OP-01 | A | Acuerdos | 10 | 8")
    unit(tmp_path, sheet(OPERATIONS, "OP-01 | '1.1 | Acuerdos"), tasks)
    made = evaluated(tmp_path)
    assert made.figure("acp:2.1.sigep_avance.t1") == pytest.approx(100 / 3)
    assert made.figure(f"{SIGLA}.sigep_programado.t1") == total
    assert made.figure(f"{SIGLA}.sigep_avance.t1") == (total and pytest.approx(5 * 100 / 7))


# --- 4. goals that should fall, levels to hold ------------------------------------------------------------------------

QUARTER = "Prog. ene | Prog. feb | Prog. mar | Ejec. ene | Ejec. feb | Ejec. mar"
WAITING = "28 | 26 | 24 | 30 | 30 | 30"


def goal(folder: Path, kind: str, months: str) -> float:
    """The avance of a unit whose only operation has a goal of a kind, and one task."""
    entity(folder)
    titles = f"{OPERATIONS} | Unidad de medida | Número | Tipo de meta | Sentido | Línea base"
    unit(
        folder,
        sheet(titles, f"OP-01 | '1.1 | Atender | {kind}"),
        sheet(f"{TASKS} | {QUARTER}", f"OP-01 | A | Medir | {months}"),
    )
    figure = evaluated(folder).figure("DGRB.avance.t1")
    assert isinstance(figure, float)
    return figure


def test_a_waiting_time_that_did_not_fall_is_nothing_and_no_longer_all(tmp_path: Path) -> None:
    assert goal(tmp_path, "días | entero | suma | aumentar |", WAITING) == 100  # 90 of 78, as it was
    assert goal(tmp_path, "días | entero | nivel | disminuir | 30", WAITING) == 0  # of 30, none came down
    fell = goal(tmp_path, "días | entero | nivel | disminuir | 30", "28 | 26 | 24 | 29 | 27 | 25")
    assert fell == pytest.approx((50 + 75 + 500 / 6) / 3)  # 1 of 2, 3 of 4, 5 of 6: 69.44


def test_a_level_to_hold_is_not_saved_by_its_best_month(tmp_path: Path) -> None:
    months = "100 | 100 | 100 | 120 | 60 | 100"
    assert goal(tmp_path, "% | entero | suma | aumentar |", months) == pytest.approx(280 / 3)  # 280 of 300, as it was
    assert goal(tmp_path, "% | porcentaje | nivel | aumentar |", months) == pytest.approx((100 + 60 + 100) / 3)


def test_a_fall_of_what_is_added_up_is_refused_in_words(tmp_path: Path) -> None:
    entity(tmp_path)
    operations = sheet(f"{OPERATIONS} | Tipo de meta | Sentido", "OP-01 | '1.1 | Atender | suma | disminuir")
    path = unit(tmp_path, operations, sheet(f"{TASKS} | {QUARTER}", f"OP-01 | A | Medir | {WAITING}"))
    checked = poa_xl.check(path, tmp_path / "entidad.xlsx", quarter=1)
    assert said(checked, "OPE-012") == [
        "Una meta de tipo «suma» no puede disminuir. Para algo que debe bajar, o que se mide en porcentaje, elija nivel (se "
        "mantiene cada mes) o último valor (se llega a él)."
    ]
    [place] = [f.location.cell for f in checked.findings if f.code == "OPE-012"]
    assert place == cell_of(path, at("Operaciones", "Sentido"))


# --- 5. decimals ------------------------------------------------------------------------------------------------------


def test_half_a_kilometre_counts(tmp_path: Path) -> None:
    reached = goal(tmp_path, "km | decimal | suma | aumentar |", "12.5 |  |  | 6.25 |  |")
    assert reached == 50
    assert said(revision(tmp_path), "CEL-008") == []


def test_a_cell_that_shows_a_percentage_is_points(tmp_path: Path) -> None:
    goal(tmp_path, "% | porcentaje | nivel | aumentar |", "90 |  |  | 45 |  |")
    path = tmp_path / "entregas" / "DGRB.xlsx"
    book = openpyxl.load_workbook(path)
    cell = book["Tareas"][cell_of(path, at("Tareas", "Ejec. ene"))]
    cell.value, cell.number_format = 0.855, "0.0%"
    book.save(path)
    assert evaluated(tmp_path).figure("DGRB.avance.t1") == pytest.approx(85.5 * 100 / 90)


def test_a_decimal_where_the_goal_is_of_whole_numbers_says_where_to_allow_it(tmp_path: Path) -> None:
    entity(tmp_path)
    tasks = sheet(f"{TASKS} | Prog. ene | Prog. nov | Ejec. ene", "OP-01 | A | Asfaltar | 2 | 12.5 | 1")
    unit(tmp_path, sheet(OPERATIONS, "OP-01 | '1.1 | Vías"), tasks)
    assert said(poa_xl.check(tmp_path / "entregas", tmp_path / "entidad.xlsx", quarter=1), "CEL-008") == [
        "«Prog. nov» es una cantidad entera y la celda dice 12,5. Escriba un número entero. Si la meta va con decimales o en "
        "porcentaje, dígalo en «Número» (plantilla 3)."
    ]


def test_what_version_3_brings_is_told_of_a_book_of_version_2_and_not_read(tmp_path: Path) -> None:
    entity(tmp_path)
    operations = sheet(f"{OPERATIONS} | Número", "OP-01 | '1.1 | Vías | decimal")
    unit(tmp_path, operations, sheet(f"{TASKS} | Prog. ene | Ejec. ene", "OP-01 | A | Asfaltar | 2 | 1"), version="2")
    checked = revision(tmp_path)
    told = said(checked, "COL-007")
    assert [sentence for sentence in told if "Número" in sentence]
    assert all("Si las necesita, pase el libro a la versión 3 con poa-xl migrate" in sentence for sentence in told)
    assert checked.evaluate().figure("DGRB.avance.t1") == 50


# --- 6. a template without the functions ------------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_the_default_template_shows_no_name_where_the_functions_are_not_installed(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    entity(tmp_path)
    [path] = poa_xl.write_templates(tmp_path / "entidad.xlsx", tmp_path / "plantillas")
    book = openpyxl.load_workbook(path)
    book["Unidad"][cell_of(path, at("Unidad", "Trimestre que se reporta"))] = 1
    for tab, said_there in (
        ("Operaciones", {"Código de operación": "OP-01", "ACP": "1.1", "Operación": "Acuerdos"}),
        ("Tareas", {"Operación": "OP-01", "Actividad": "A", "Tarea": "T", "Prog. ene": 10, "Ejec. ene": 8}),
    ):
        for title, value in said_there.items():
            book[tab][cell_of(path, at(tab, title))] = value
    book.save(filled := tmp_path / "DGRB.xlsx")
    cells = libreoffice.recalculate(filled)
    called = [cell for of_sheet in cells.values() for cell in of_sheet.values() if "EFICACIA" in cell.formula.upper()]
    assert called, "the template calls the functions"
    assert [(tab, name) for tab, of_sheet in cells.items() for name, cell in of_sheet.items() if cell.is_error] == []
    shown = cells["Resumen"][cell_of(filled, at("Resumen", "Avance físico %"))]
    assert shown.recalculated == 80
