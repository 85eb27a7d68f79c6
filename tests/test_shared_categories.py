"""A category that several units spend: who may report it, whose eficacia it shows, what is found in its cell."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from poa_xl import catalogo, entity, evaluation
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.checking import entity_book
from poa_xl.entity import Entidad
from poa_xl.writers import entity_workbook
from poa_xl.writers.master import write_master
from tests import factories, text_books
from tests.one_sheet import sheet_of
from tests.test_evaluation import accepted_of, task
from tests.text_books import ENTITY

pytestmark = pytest.mark.slow

CATEGORY = "570 0 004"


def shared(*codes: str, area: str = "VRE") -> Entidad:
    """The made-up entity, whose category of the DGRB these units spend."""
    base = factories.entidad()
    own = [
        dataclasses.replace(c, ejecutoras=codes, unidades=codes, area=area) if c.categoria == CATEGORY else c
        for c in base.categorias
    ]
    return dataclasses.replace(base, categorias=tuple(own))


def sent() -> AcceptedRows:
    done = {"DGAA": 40, "DGRB": 80, "EMB-AR": 20}
    return accepted_of({u: {"tareas": [task("OP-1", p_ene=100, e_ene=e)]} for u, e in done.items()})


def test_its_eficacia_is_that_of_its_area_and_of_one_unit_that_of_the_unit() -> None:
    of_both = evaluation.evaluate(shared("DGRB", "DGAA", area="ADM"), sent(), 1)
    assert of_both.eficacia_de["categoria", CATEGORY] == ("area", "ADM")
    assert of_both.avance[("categoria", CATEGORY), "t1"] == 40
    of_one = evaluation.evaluate(shared("DGRB", area="ADM"), sent(), 1)
    assert of_one.eficacia_de["categoria", CATEGORY] == ("unidad", "DGRB")
    assert of_one.avance[("categoria", CATEGORY), "t1"] == 80


def test_the_master_names_all_its_units(tmp_path: Path) -> None:
    path, entidad, rows = tmp_path / "maestro.xlsx", shared("DGRB", "DGAA"), sent()
    write_master(path, entidad, evaluation.evaluate(entidad, rows, 1), rows, [], [], corte=dt.date(2024, 3, 31))
    lines = sheet_of(path, "Categorías", data_only=True).iter_rows(values_only=True)
    (line,) = [line for line in lines if CATEGORY in line]
    assert line[2] == "Dirección General de Relaciones Bilaterales; Dirección General de Asuntos Administrativos"


# --- the cell of the entity workbook ---------------------------------------------------------------------------------


UNITS = (
    ENTITY["Unidades"].rstrip()
    + "\nOTRA | Otra | Servicio Central | Direcciones | VRE | '1.1 | vigente"
    + "\nVIEJA | Vieja | Servicio Central | Direcciones | VRE | '1.1 | no vigente"
)


def checked(folder: Path, cell: str, groups: str = "") -> entity_book.CheckedEntity:
    text = ENTITY["Categorias"].replace("| DGRB |  |", f"| {cell} | {groups} |")
    return entity_book.check_entity(text_books.entity(folder / "entidad.xlsx", Unidades=UNITS, Categorias=text))


def found(made: entity_book.CheckedEntity) -> list[tuple[str, str, str]]:
    """What is found in the sheet Categorias."""
    return [(f.code, f.location.cell, f.found) for f in made.findings if f.location.sheet == "Categorias"]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("DGRB; OTRA", ("DGRB", "OTRA")),
        ("OTRA;DGRB ;", ("DGRB", "OTRA")),
        ("DGRB; VIEJA", ("DGRB",)),
        ("DGRB; DGRB", ("DGRB",)),
        ("VIEJA", ("VIEJA",)),
        ("DGRB", ("DGRB",)),
    ],
    ids=["two", "without blanks", "one not in force", "the same twice", "alone, not in force", "one"],
)
def test_each_unit_in_force_that_the_cell_names_may_report_it(
    tmp_path: Path, cell: str, units: tuple[str, ...]
) -> None:
    made = checked(tmp_path, cell)
    assert found(made) == []
    assert made.entidad is not None
    assert made.entidad.categorias[0].unidades == units
    assert [u.unidad for u in made.entidad.unidades if made.entidad.categories_of(u.unidad)] == list(units)
    assert catalogo.of(made.entidad).categorias[CATEGORY] == units


def test_each_code_that_is_of_no_unit_is_found(tmp_path: Path) -> None:
    made = checked(tmp_path, "DGRB; NADIE; OTRO")
    assert found(made) == [("CAT-003", "C2", "NADIE"), ("CAT-003", "C2", "OTRO")]
    assert made.entidad is None


def test_units_and_groups_together_are_still_refused(tmp_path: Path) -> None:
    assert found(checked(tmp_path, "DGRB; OTRA", "Direcciones")) == [("CAT-005", "C2", CATEGORY)]


def test_the_list_of_the_cell_warns_and_does_not_forbid(tmp_path: Path) -> None:
    """Two codes are no value of the list; the columns beside it stop what is not there."""
    path = tmp_path / "entidad.xlsx"
    entity_workbook.write_entity_workbook(path, factories.entity_rows())
    rules = sheet_of(path, "Categorias").data_validations.dataValidation
    styles = {str(rule.sqref)[0]: rule.errorStyle for rule in rules if rule.type == "list"}
    assert styles["C"] == "warning"
    assert styles["E"] in (None, "stop")


def test_a_cell_names_each_once() -> None:
    assert entity.split_names(" A;B ; A; ") == ("A", "B")
