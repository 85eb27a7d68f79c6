"""The second sample: a municipality whose plan is modified, and whose units begin and end, within its four quarters."""

import csv
import datetime as dt
import itertools
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

import poa_xl
from poa_xl.api.templates import Demo
from poa_xl.cli import poa_xl as command_line
from poa_xl.sample import municipio
from poa_xl.sheets import MESES
from tests.independent.campaign import Campaign
from tests.independent.plans import Sheets
from tests.independent.run import compared
from tests.libreoffice import LibreOffice
from tests.one_sheet import sheet_of

pytestmark = pytest.mark.slow

QUARTERS = (1, 2, 3, 4)
AT_FIRST = {"UREC", "UPRE", "UOBR", "UAGU", "USAL", "UEDU", "UCUL", "UTUR", "UASE", "UARV"}
CREATED, MERGED, AFTER = "UGRI", {"UCUL", "UTUR"}, "UCYT"
DEADLINES = (dt.date(2024, 4, 10), dt.date(2024, 7, 10), dt.date(2024, 10, 10), dt.date(2025, 1, 10))
PLAN = "PLA-"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """What `poa-xl demo --sample municipio` writes."""
    return poa_xl.write_demo(tmp_path_factory.mktemp("muni") / "muni", sample="municipio")


@pytest.fixture(scope="module")
def campaigns(year: Demo, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[poa_xl.Campaign]]:
    """The plan approved with the first quarter's workbooks, and a campaign a quarter, each beside the one before."""
    place, found = tmp_path_factory.mktemp("campanas"), list[poa_xl.Campaign]()
    plan = poa_xl.approve_plan(year.quarters[0] / "entregas", year.entity, resolution="OM 044/2023").plan
    assert plan is not None
    for quarter, folder, deadline in zip(QUARTERS, year.quarters, DEADLINES, strict=True):
        made = poa_xl.Campaign.create(
            place / f"{quarter}T", folder / "entidad.xlsx", quarter=quarter, deadline=deadline, plan=plan,
            previous=found[-1] if found else None,
        )  # fmt: skip
        made.receive_all(folder / "entregas")
        found.append(made)
    return plan.path, found


def typed(quarter: int) -> Campaign:
    """The rows of a quarter as a campaign of the independent computation, under the published names."""
    entity: Sheets = {key: [dict(row) for row in rows] for key, rows in municipio.entity_rows(quarter).items()}
    said = [row for row in entity["parametros"] if not str(row["parametro"]).startswith("nombre_")]
    facts = {str(row["parametro"]): row["valor"] for row in said}
    entity["parametros"] = [{**row, "valor": _number(row["valor"])} for row in said]
    areas = {row["area"]: row["nombre"] for row in entity["areas"]}
    catalogue = {str(row["unidad"]): row for row in entity["unidades"]}
    units: dict[str, Sheets] = {}
    for code, sheets in municipio.unit_rows(quarter).items():
        own = catalogue[code]
        units[code] = {key: [dict(row) for row in rows] for key, rows in sheets.items()}
        stamped = {name: facts[name] for name in ("entidad", "version_plantilla")} | {"gestion": 2024, "unidad": code}
        stamped |= {name: own[name] for name in ("nombre", "servicio", "acp")} | {"area": areas[own["area"]]}
        units[code]["unidad"][0] |= stamped
    return Campaign(quarter, quarter, entity, units)


def _number(value: object) -> object:
    try:
        return float(str(value))
    except ValueError:
        return value


def received(master: Path) -> dict[object, object]:
    """What the cover of a master says of units."""
    rows = sheet_of(master, "Portada", data_only=True).iter_rows(max_col=2, values_only=True)
    return {name: value for name, value in rows if "nidades " in str(name) or "erminadas" in str(name)}


@pytest.mark.parametrize(("quarter", "ended"), [(2, None), (3, 2)])
def test_the_cover_tells_units_that_ended_before_the_quarter_from_those_that_are_due(
    year: Demo, tmp_path: Path, quarter: int, ended: int | None
) -> None:
    folder = year.quarters[quarter - 1]
    found = poa_xl.check(folder / "entregas", folder / "entidad.xlsx", quarter)
    written = found.evaluate().write_master(tmp_path / "m.xlsx")
    said = received(written.path)
    assert said.get("Unidades que terminaron antes y cuentan hasta entonces") == ended
    due = AT_FIRST | {CREATED} if ended is None else (AT_FIRST | {CREATED, AFTER}) - MERGED
    assert said["Unidades que deben informar"] == len(due)
    assert said["Unidades con información"] == len(due) + (ended or 0)
    assert said["Unidades sin información"] == 0


# --- what is written -------------------------------------------------------------------------------------------------


def test_each_quarter_has_its_entity_and_its_workbooks(year: Demo) -> None:
    assert [folder.name for folder in year.quarters] == ["1T", "2T", "3T", "4T"]
    sent = [{path.stem for path in (folder / "entregas").iterdir()} for folder in year.quarters]
    later = AT_FIRST | {CREATED, AFTER}
    assert sent == [AT_FIRST, AT_FIRST | {CREATED}, later, later]
    assert year.count == sum(map(len, sent))


@pytest.mark.parametrize("quarter", QUARTERS)
def test_nothing_of_a_quarter_is_an_error_and_its_money_is_that_of_sigep(year: Demo, quarter: int) -> None:
    found = poa_xl.check(year.quarters[quarter - 1] / "entregas", quarter=quarter)
    assert {f.code for f in found.findings} <= {"TAR-005", "TAR-028"}
    assert {s.estado.value for s in found.submissions} <= {"aceptada", "aceptada con avisos"}


def test_the_workbook_with_which_the_year_begins_is_sound(year: Demo) -> None:
    outcome = CliRunner().invoke(command_line, ["validate", str(year.entity)])
    assert (outcome.exit_code, "0 errores y 0 avisos" in outcome.output) == (0, True)


def test_the_unit_that_is_created_and_those_that_are_merged_count_in_their_quarters(year: Demo) -> None:
    counted, due = [], []
    for quarter, folder in zip(QUARTERS, year.quarters, strict=True):
        entidad = poa_xl.open_entity(folder / "entidad.xlsx").entidad
        counted.append({u.unidad for u in entidad.until(quarter)})
        due.append({u.unidad for u in entidad.senders(quarter)})
    assert due == [AT_FIRST, AT_FIRST | {CREATED}, *[AT_FIRST - MERGED | {CREATED, AFTER}] * 2]
    assert counted == [AT_FIRST, AT_FIRST | {CREATED}, *[AT_FIRST | {CREATED, AFTER}] * 2]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_nothing_is_there_that_was_not_known(quarter: int) -> None:
    entity, cut = municipio.entity_rows(quarter), {1: "2024-03-31", 2: "2024-06-30", 3: "2024-09-30", 4: "2024-12-31"}
    assert all(str(row["fecha"]) <= cut[quarter] for row in entity["modificaciones"])
    assert {row["mes"] for row in entity["presupuesto_sigep"]} == set(range(1, 3 * quarter + 1))
    assert {row["trimestre"] for sheet in ("fuentes", "metas_sigep") for row in entity[sheet]} == set(
        QUARTERS[:quarter]
    )
    for sheets in municipio.unit_rows(quarter).values():
        for stem, key in (("ejecutado", "tareas"), ("devengado", "presupuesto")):
            late = [f"{stem}_{month}" for month in MESES[3 * quarter :]]
            assert all(row[column] is None for row in sheets[key] for column in late)


def test_what_was_reported_stays() -> None:
    for before, after in itertools.pairwise(QUARTERS):
        later, months = municipio.unit_rows(after), MESES[: 3 * before]
        for code, sheets in municipio.unit_rows(before).items():
            for key, stem in (("tareas", "ejecutado"), ("presupuesto", "devengado")):
                now = {_key(row): row for row in later[code][key]}
                for row in sheets[key]:
                    done = [row[f"{stem}_{month}"] for month in months]
                    if _key(row) in now:
                        assert [now[_key(row)][f"{stem}_{month}"] for month in months] == done
                    else:
                        assert not any(done)


def _key(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row.get(name) for name in ("operacion", "actividad", "tarea", "categoria", "fuente"))


def test_it_has_what_the_ministry_has_not() -> None:
    entity = municipio.entity_rows(4)
    tasks = [
        row for sheets in municipio.unit_rows(4).values() for key in ("operaciones", "tareas") for row in sheets[key]
    ]
    assert {row["servicio"] for row in entity["unidades"]} == {"Órgano Ejecutivo"}
    assert {row["fuente"] for row in entity["fuentes"]} == {"20", "41", "80"}
    assert len(entity["semaforo"]) == 4
    assert {row["tipo_meta"] for row in tasks} >= {None, "acumulada", "nivel", "último valor"}
    assert {row["numero"] for row in tasks} >= {None, "decimal", "porcentaje"}
    assert "disminuir" in {row["sentido"] for row in tasks}


# --- the plan over the year ------------------------------------------------------------------------------------------


def test_the_year_differs_from_its_plan_nowhere(campaigns: tuple[Path, list[poa_xl.Campaign]]) -> None:
    for campaign in campaigns[1]:
        found = campaign.check()
        assert found.errors == 0
        assert [f for f in found.findings if f.code.startswith(PLAN)] == []
        assert found.missing == ()


def test_each_planted_change_is_told_at_its_cell_and_nothing_else_is(
    year: Demo, campaigns: tuple[Path, list[poa_xl.Campaign]]
) -> None:
    plan, made = campaigns
    folder = year.quarters[0].parent
    entity = year.quarters[2] / "entidad.xlsx"
    found = poa_xl.check(folder / "con_cambios", entity, quarter=3, plan=plan, previous=made[1])
    told = {
        (f.location.file, f.location.sheet, f.location.cell, f.code) for f in found.findings if f.code.startswith(PLAN)
    }
    assert year.defects_list is not None
    with year.defects_list.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    planted = {(Path(r["archivo"]).name, r["hoja"], r["celda"], r["codigo"]) for r in rows}
    assert (told, year.defects) == (planted, len(planted))
    assert len({code for *_, code in planted}) == len(planted)


# --- its figures -----------------------------------------------------------------------------------------------------


def test_figures_by_hand(year: Demo) -> None:
    """In March the waiting of payments had come down from 18 % by 1.5 of 3, 2.2 of 3 and 3.8 of 4 points."""
    falling = (Fraction(15, 30) + Fraction(22, 30) + Fraction(38, 40)) * 100 / 3
    treasury = (100 * 2 + falling) / 3  # of two operations without weights, one has two tasks
    collection = [
        Fraction(90500, 1000),
        (Fraction(624, 650) + Fraction(640, 650) + 1) * 100 / 3,
        (Fraction(15, 30) + Fraction(28, 30) + Fraction(40, 50)) * 100 / 3,
    ]
    weighed = sum(w * x for w, x in zip((40, 35, 25), collection, strict=True)) / 100
    found = poa_xl.check(year.quarters[0] / "entregas", quarter=1).evaluate()
    expected = {"unidad:UPRE": treasury, "unidad:UREC": weighed, "grupo": (60 * weighed + 40 * treasury) / 100}
    assert found.figure("unidad:UPRE.avance.t1") == pytest.approx(float(expected["unidad:UPRE"]))
    assert found.figure("unidad:UREC.avance.t1") == pytest.approx(float(expected["unidad:UREC"]))
    assert found.figure("area:SMAF.avance.t1") == pytest.approx(float(expected["grupo"]))


@pytest.mark.parametrize("quarter", [pytest.param(q, marks=[pytest.mark.slow] if q < 4 else []) for q in QUARTERS])
def test_every_figure_of_its_masters_is_that_of_the_fractions(quarter: int, tmp_path: Path) -> None:
    outcome = compared(typed(quarter), tmp_path)
    assert outcome.differences == ()
    assert outcome.figures > 3000


@pytest.mark.libreoffice
@pytest.mark.parametrize("quarter", QUARTERS)
def test_libreoffice_calculates_its_masters_to_the_same(quarter: int, tmp_path: Path, libreoffice: LibreOffice) -> None:
    outcome = compared(typed(quarter), tmp_path, libreoffice)
    assert outcome.differences == ()
    assert outcome.recalculated > 500


# --- how it is asked for ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [{"quarter": 2}, {"defects": True}])
def test_it_takes_no_quarter_and_no_defects(asked: dict[str, int], tmp_path: Path) -> None:
    with pytest.raises(poa_xl.WrongUseError, match="municipio"):
        poa_xl.write_demo(tmp_path / "m", sample="municipio", **asked)  # type: ignore[arg-type]
    assert not (tmp_path / "m").exists()


def test_another_sample_is_refused(tmp_path: Path) -> None:
    with pytest.raises(poa_xl.WrongUseError, match="ministerio, municipio"):
        poa_xl.write_demo(tmp_path / "m", sample="gobernación")  # type: ignore[arg-type]


def test_nothing_that_is_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "1T").mkdir()
    with pytest.raises(poa_xl.PoaError, match="ya tiene archivos"):
        poa_xl.write_demo(tmp_path, sample="municipio")
