"""An ACP is the tree restricted to its operations: what an operation of another ACP than its unit's counts for."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from poa_xl import evaluation
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.entity import Entidad
from poa_xl.evaluation import ACUMULADO, Evaluacion
from poa_xl.writers.master import write_master
from tests import factories, text_books
from tests.conftest import Recalculate
from tests.libreoffice import LibreOffice, differences
from tests.test_evaluation import Rows, accepted_of, task
from tests.test_findings import check_folder, places
from tests.text_books import ENTITY

pytestmark = pytest.mark.slow

Operations = Mapping[str, tuple[str, int, int]]  # operation -> ACP, executed of 100 programmed, tasks
MONTHS = ("ene", "feb", "mar")


def sent(operations: Operations) -> dict[str, Rows]:
    """A unit whose operations each have so many tasks of one month, in which 100 are programmed."""
    tasks = [
        task(name, **{f"p_{MONTHS[n]}": 100, f"e_{MONTHS[n]}": done})
        for name, (_, done, count) in operations.items()
        for n in range(count)
    ]
    named: Rows = [{"operacion": name, "acp": acp, "denominacion": name} for name, (acp, _, _) in operations.items()]
    return {"operaciones": named, "tareas": tasks}


def small() -> Entidad:
    """DGAA (ACP 2.1, area ADM), DGRB (1.1, area VRE) and EMB-AR (1.1, exterior) alone."""
    base = factories.entidad()
    units = tuple(base.by_code[code] for code in ("DGAA", "DGRB", "EMB-AR"))
    return dataclasses.replace(base, unidades=units, categorias=(), presupuesto=())


# The DGRB has three tasks of its ACP, done to 80 %, and one of ACP 2.1, of which nothing was done.
PLAN: Mapping[str, Operations] = {
    "DGAA": {"OP-1": ("2.1", 90, 1)},
    "DGRB": {"OP-1": ("1.1", 80, 3), "OP-2": ("2.1", 0, 1)},
    "EMB-AR": {"OP-1": ("1.1", 70, 2)},
}


def accepted(plan: Mapping[str, Operations] = PLAN) -> AcceptedRows:
    return accepted_of({unidad: sent(operations) for unidad, operations in plan.items()})


def of(plan: Mapping[str, Operations] = PLAN, entidad: Entidad | None = None) -> Evaluacion:
    return evaluation.evaluate(entidad or small(), accepted(plan), 1)


def near(value: Fraction) -> object:
    return pytest.approx(float(value), rel=1e-12)


# --- what it counts for ----------------------------------------------------------------------------------------------


def test_an_operation_that_did_nothing_lowers_its_own_acp_and_not_its_units() -> None:
    made = of()
    # ACP 1.1: central 80 (the DGRB's three tasks alone), exterior 70.
    assert made.avance[("acp", "1.1"), "t1"] == near(Fraction(80 + 70, 2))
    # ACP 2.1: in the central service the area ADM has 90, and the DGRB's operation, alone in VRE, 0.
    assert made.avance[("acp", "2.1"), "t1"] == near(Fraction(90 + 0, 2))


def test_the_unit_and_its_levels_still_count_all_its_operations() -> None:
    made = of()
    unit = Fraction(80 * 3 + 0 * 1, 4)
    assert made.avance[("unidad", "DGRB"), "t1"] == near(unit)
    assert made.avance[("servicio", "Servicio Central"), "t1"] == near((90 + unit) / 2)
    assert made.avance[made.raiz, "t1"] == near(((90 + unit) / 2 + 70) / 2)


def test_were_the_operation_of_its_units_acp_that_one_would_fall() -> None:
    """The control: of the ACP that its unit has, it counts there, and the other has the DGAA alone."""
    own = {**PLAN, "DGRB": {"OP-1": ("1.1", 80, 3), "OP-2": ("1.1", 0, 1)}}
    made = of(own)
    assert made.avance[("acp", "1.1"), "t1"] == near(Fraction(60 + 70, 2))
    assert made.avance[("acp", "2.1"), "t1"] == 90
    assert not [clave for clave in made.nodos if clave[0] == "parte"]


def test_the_statistics_and_counts_of_an_acp_are_those_of_its_operations() -> None:
    made = of()
    found = made.estadistica[("acp", "2.1"), "t1"]
    assert found is not None
    assert (found.n, found.media) == (2, 45)
    assert vars(made.conteo["acp", "2.1"]) == {"operaciones": 2, "actividades": 2, "tareas": 2}
    assert vars(made.conteo["acp", "1.1"]) == {"operaciones": 2, "actividades": 2, "tareas": 5}
    assert vars(made.conteo["unidad", "DGRB"]) == {"operaciones": 2, "actividades": 2, "tareas": 4}
    assert made.figure("acp:2.1.unidades.t1") == 2


def test_the_eficacia_and_rango_ideal_of_an_acp_are_those_of_its_operations() -> None:
    made = of({"DGAA": {}, "DGRB": {"OP-1": ("1.2", 40, 1)}, "EMB-AR": {}})
    assert made.eficacia[("acp", "1.2"), ACUMULADO] == 10
    assert made.rango_ideal(("acp", "1.2")) == 25
    assert made.rango_ideal(("acp", "1.1")) is None


def test_a_unit_all_of_whose_operations_are_of_another_acp_is_in_that_one_alone() -> None:
    made = of({**PLAN, "DGRB": {"OP-1": ("2.1", 50, 1)}})
    assert made.nodos["acp", "2.1"].hijos == (("servicio", "Servicio Central"),)
    assert made.avance[("acp", "2.1"), "t1"] == 70
    assert made.nodos["acp", "1.1"].unidades == ("EMB-AR",)


def test_a_unit_without_operations_stands_in_the_acp_of_the_catalogue() -> None:
    made = of({"DGAA": PLAN["DGAA"]})
    assert made.nodos["acp", "1.1"].unidades == ("DGRB", "EMB-AR")
    assert made.avance[("acp", "1.1"), "t1"] is None


def test_an_operation_that_only_tasks_name_is_of_its_units_acp() -> None:
    data = {unidad: sent(operations) for unidad, operations in PLAN.items()}
    data["DGRB"]["operaciones"] = data["DGRB"]["operaciones"][1:]
    made = evaluation.evaluate(small(), accepted_of(data), 1)
    assert made.avance[("acp", "1.1"), "t1"] == near(Fraction(80 + 70, 2))
    assert made.avance[("acp", "2.1"), "t1"] == near(Fraction(90 + 0, 2))


def test_two_units_of_a_group_that_an_acp_shares_are_a_mean_of_parts() -> None:
    """DGRB and its twin are the whole group: a part of one of them makes the group a part too."""
    base = small()
    twin = dataclasses.replace(base.by_code["DGRB"], unidad="DGRC", nombre="Gemela")
    entidad = dataclasses.replace(base, unidades=(*base.unidades, twin))
    made = of({**PLAN, "DGRC": {"OP-1": ("1.1", 20, 1)}}, entidad)
    assert made.avance[("acp", "1.1"), "t1"] == near((Fraction(80 + 20, 2) + 70) / 2)
    part = ("parte", "1.1", "servicio", "Servicio Central")
    assert made.nodos[part].hijos == (("parte", "1.1", "unidad", "DGRB"), ("unidad", "DGRC"))
    assert made.figure("parte:1.1/unidad/DGRB.avance.t1") == 80


# --- the master ------------------------------------------------------------------------------------------------------


MIXED: Mapping[str, Operations] = {
    **PLAN,
    "DGRB": {"OP-1": ("1.1", 80, 3), "OP-2": ("2.1", 0, 1), "OP-3": ("1.1", 30, 2), "OP-4": ("1.2", 60, 1)},
}


@pytest.fixture
def maestro(tmp_path: Path) -> Path:
    """The operations of ACP 1.1 do not stand together in the DGRB's workbook."""
    path, rows = tmp_path / "maestro.xlsx", accepted(MIXED)
    result = evaluation.evaluate(small(), rows, 1)
    write_master(path, small(), result, rows, [], [], corte=dt.date(2024, 3, 31))
    return path


def lines(path: Path, sheet: str, *, formulas: bool = False) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path, data_only=not formulas)
    return [*book[sheet].iter_rows(values_only=True)]


def test_the_part_of_a_unit_is_a_formula_over_the_rows_of_its_operations_of_the_acp(maestro: Path) -> None:
    header = next(row for row in lines(maestro, "Cálculo") if row[0] == "Nivel")
    column = header.index("Avance 1T")
    shown = {row[:4]: row[column] for row in lines(maestro, "Cálculo") if row[0] == "Parte de una ACP"}
    name = "Dirección General de Relaciones Bilaterales"
    assert shown == {
        ("Parte de una ACP", acp, name, acp): near(points)
        for acp, points in {"1.1": Fraction(80 * 3 + 30 * 2, 5), "1.2": Fraction(60), "2.1": Fraction(0)}.items()
    }
    formulas = [row[column] for row in lines(maestro, "Cálculo", formulas=True) if row[0] == "Parte de una ACP"]
    assert all("SUMPRODUCT('Datos_Operaciones'!" in str(text) for text in formulas)
    data = [row for row in lines(maestro, "Datos_Operaciones") if row[0] == "DGRB"]
    assert [row[4:6] for row in data] == [("OP-1", "1.1"), ("OP-3", "1.1"), ("OP-2", "2.1"), ("OP-4", "1.2")]


def test_the_acps_of_a_unit_are_told_in_the_summary(maestro: Path) -> None:
    found = {row[1]: row[2] for row in lines(maestro, "Resumen de indicadores") if row[0] == "Unidad"}
    assert found == {
        "Dirección General de Asuntos Administrativos": "2.1",
        "Dirección General de Relaciones Bilaterales": "1.1; 1.2; 2.1",
        "Embajada en Argentina": "1.1",
    }


@pytest.mark.libreoffice
def test_libreoffice_calculates_the_parts_of_units_to_the_same_figures(maestro: Path, libreoffice: LibreOffice) -> None:
    cells = libreoffice.recalculate(maestro)
    assert differences(cells) == []
    assert sum(len(own) for own in cells.values()) > 500


def test_gnumeric_calculates_the_parts_of_units_to_the_same_figures(
    maestro: Path, tmp_path: Path, gnumeric: Recalculate
) -> None:
    cells = [cell for cell in gnumeric(maestro, tmp_path) if cell.place.startswith(("Cálculo!", "ACP!"))]
    assert [cell for cell in cells if not cell.same] == []
    assert len(cells) > 100


# --- no finding ------------------------------------------------------------------------------------------------------


def checked(folder: Path, operations: str, tasks: str) -> set[tuple[str, str, str]]:
    """What is found in the sheets Operaciones and Tareas of the DGRB."""
    (folder / "entregas").mkdir()
    text_books.unit(folder / "entregas" / "DGRB.xlsx", Operaciones=operations, Tareas=tasks)
    acps = ENTITY["ACP"].rstrip() + "\n'2.1 | '2 | Otra | VRE"
    found = places(check_folder(folder / "entregas", ACP=acps))
    return {place for place in found if place[1] in ("Operaciones", "Tareas")}


def test_an_operation_of_another_acp_than_its_units_is_right(tmp_path: Path) -> None:
    operations = "Código de operación | ACP | Operación\nOP-1 | '1.1 | Negociar\nOP-2 | '2.1 | Ordenar"
    tasks = "\n".join(
        ["Operación | Actividad | Tarea | Prog. ene | Ejec. ene", "OP-1 | A | T1 | 2 | 2", "OP-2 | A | T2 | 2 | 1"]
    )
    assert checked(tmp_path, operations, tasks) == set()


def test_an_acp_that_does_not_exist_is_still_an_error(tmp_path: Path) -> None:
    operations = "Código de operación | ACP | Operación\nOP-1 | '9.9 | Negociar"
    tasks = "Operación | Actividad | Tarea | Prog. ene | Ejec. ene\nOP-1 | A | T1 | 2 | 2"
    assert checked(tmp_path, operations, tasks) == {("OPE-004", "Operaciones", "B2"), ("TAR-009", "Tareas", "A2")}
