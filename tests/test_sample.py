"""The sample entity leads to the published figures; everything is recomputed here by brute force."""

import csv
import datetime as dt
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from poa_xl import resources, sheets
from poa_xl.sample import entity_rows, unit_rows as rows_of_units

pytestmark = pytest.mark.slow
Row = dict[str, Any]  # a cell of any type
Sheets = dict[str, list[Row]]

MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio")
QUARTERS = (1, 2)
NO_PROGRAMME = ("CG-SANTIAGO", 1)
# Published monthly percentages that cannot hold, and what the sample has instead (month 1-6).
UNREACHABLE = {
    ("ADM", 3): ("6.28", "6.33"),  # the three months add up to 12.85, the quarter is 12.91
    ("VRE", 3): ("6.32", "5.71"),  # 8.12 against 7.51
    ("VGCI", 4): ("3.48", "0.07"),  # an error of the report: VCEI's figure
}


def published(name: str) -> list[dict[str, str]]:
    with (resources.workbooks_folder() / "mre" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def unit_rows(quarter: int) -> dict[str, Sheets]:
    return rows_of_units(quarter)


@cache
def sample() -> dict[str, Sheets]:
    return unit_rows(2)


@cache
def entity(quarter: int = 2) -> Sheets:
    return entity_rows(quarter)


def shown(value: Fraction) -> Decimal:
    """A Fraction as it is shown: two decimals, half up."""
    scaled = abs(value) * 100
    whole = scaled.numerator // scaled.denominator
    whole += scaled - whole >= Fraction(1, 2)
    return Decimal(-whole if value < 0 else whole) / 100


def cents(value: float) -> int:
    return int((Decimal(repr(value)) * 100).to_integral_exact(ROUND_HALF_UP))


def quarter_months(quarter: int) -> tuple[str, ...]:
    return MESES[3 * quarter - 3 : 3 * quarter]


def operation_sums(tasks: list[Row], months: Sequence[str]) -> dict[str, list[int]]:
    """operation → [programme, execution, tasks with programme]."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for task in tasks:
        planned = sum(task[f"programado_{m}"] or 0 for m in months)
        sums[task["operacion"]][0] += planned
        sums[task["operacion"]][1] += sum(task[f"ejecutado_{m}"] or 0 for m in months)
        sums[task["operacion"]][2] += planned > 0
    return sums


def avance(tasks: list[Row], months: Sequence[str]) -> Fraction | None:
    counted = [s for s in operation_sums(tasks, months).values() if s[0]]
    weight = sum(t for _, _, t in counted)
    total = sum((min(Fraction(100), Fraction(100 * e, p)) * t for p, e, t in counted), Fraction(0))
    return total / weight if weight else None


@cache
def avances(quarter: int) -> dict[str, Fraction | None]:
    return {code: avance(rows["tareas"], quarter_months(quarter)) for code, rows in sample().items()}


# --- The plan ---------------------------------------------------------------------------------------------


def test_the_number_of_operations_activities_and_tasks_is_the_published_one() -> None:
    services = {u["unidad"]: u["servicio"] for u in entity()["unidades"]}
    counts: Counter[tuple[str, str]] = Counter()
    for code, rows in sample().items():
        counts[services[code], "operaciones"] += len(rows["operaciones"])
        counts[services[code], "actividades"] += len({(t["operacion"], t["actividad"]) for t in rows["tareas"]})
        counts[services[code], "tareas"] += len(rows["tareas"])
    assert counts == {
        ("Servicio Central", "operaciones"): 113,
        ("Servicio Central", "actividades"): 378,
        ("Servicio Central", "tareas"): 1247,
        ("Servicio Exterior", "operaciones"): 311,
        ("Servicio Exterior", "actividades"): 1186,
        ("Servicio Exterior", "tareas"): 3179,
    }


def test_every_unit_has_two_operations_or_more_and_each_operation_has_tasks_of_its_own() -> None:
    for rows in sample().values():
        codes = [o["operacion"] for o in rows["operaciones"]]
        assert len(codes) >= 2
        assert len(set(codes)) == len(codes)
        assert set(codes) == {t["operacion"] for t in rows["tareas"]}


def test_no_task_stands_twice_in_an_activity() -> None:
    for rows in sample().values():
        names = [(t["operacion"], t["actividad"], t["tarea"]) for t in rows["tareas"]]
        assert len(set(names)) == len(names)


def test_almost_all_operations_have_a_programme_in_every_quarter() -> None:
    without = sum(
        not all(operation_sums(rows["tareas"], quarter_months(q))[o["operacion"]][0] for q in (1, 2, 3, 4))
        for code, rows in sample().items()
        if code != NO_PROGRAMME[0]
        for o in rows["operaciones"]
    )
    assert without <= 8


def test_quantities_are_whole_and_of_the_size_of_an_office() -> None:
    for rows in sample().values():
        for task in rows["tareas"]:
            planned = [task[f"programado_{m}"] for m in MESES]
            assert all(p is None or (isinstance(p, int) and 1 <= p <= 70) for p in planned)
            assert any(planned)


def test_nothing_is_executed_without_a_programme_nor_after_the_cut_off() -> None:
    for rows in sample().values():
        for task in rows["tareas"]:
            for i, month in enumerate(MESES):
                done = task[f"ejecutado_{month}"]
                assert (done is None) == (i >= 6 or task[f"programado_{month}"] is None)
                assert done is None or done >= 0


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_operation_nor_task_executes_more_than_its_programme_of_a_quarter(quarter: int) -> None:
    for rows in sample().values():
        months = quarter_months(quarter)
        assert all(e <= p for p, e, _ in operation_sums(rows["tareas"], months).values())
        for task in rows["tareas"]:
            planned = sum(task[f"programado_{m}"] or 0 for m in months)
            assert sum(task[f"ejecutado_{m}"] or 0 for m in months) <= planned


def test_few_tasks_execute_more_than_programmed_in_a_month() -> None:
    above = sum(
        any((t[f"ejecutado_{m}"] or 0) > (t[f"programado_{m}"] or 0) for m in MESES)
        for rows in sample().values()
        for t in rows["tareas"]
    )
    assert 0 < above < 120


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_shortfall_is_shared_by_several_operations(quarter: int) -> None:
    for code, rows in sample().items():
        value = avances(quarter)[code]
        if value is not None and value < 90:
            sums = operation_sums(rows["tareas"], quarter_months(quarter)).values()
            assert sum(e < p for p, e, _ in sums) >= 2, code


@pytest.mark.parametrize("quarter", QUARTERS)
def test_tasks_that_lag_say_why_and_only_they(quarter: int) -> None:
    for rows in unit_rows(quarter).values():
        for task in rows["tareas"]:
            lags = any(
                sum(task[f"ejecutado_{m}"] or 0 for m in quarter_months(q))
                < sum(task[f"programado_{m}"] or 0 for m in quarter_months(q))
                for q in range(1, quarter + 1)
            )
            assert bool(task["problemas"]) == bool(task["acciones"]) == lags


# --- Avance and eficacia ----------------------------------------------------------------------------------


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_avance_of_every_unit_rounds_to_the_published_one(quarter: int) -> None:
    for row in published("catalogo_unidades"):
        text = row[f"avance_{quarter}t"]
        value = avances(quarter)[row["codigo"]]
        if not text:
            assert value is None
            continue
        assert value is not None
        target = Fraction(text)
        assert shown(value) == Decimal(text), row["codigo"]
        assert target <= value <= target + Fraction(1, 1000), row["codigo"]
        if target == 100:
            assert value == 100


def test_cg_santiago_has_no_programme_in_the_first_quarter() -> None:
    for task in sample()["CG-SANTIAGO"]["tareas"]:
        assert all(task[f"{stem}_{m}"] is None for stem in ("programado", "ejecutado") for m in MESES[:3])
    assert [code for code, value in avances(1).items() if value is None] == ["CG-SANTIAGO"]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_eficacia_of_every_central_unit_rounds_to_the_published_one(quarter: int) -> None:
    for row in published("catalogo_unidades"):
        text = row[f"eficacia_{quarter}t"]
        if text and (row["codigo"], quarter) != ("DGAJ", 1):  # 18.78 is the report's own error
            value = avances(quarter)[row["codigo"]]
            assert value is not None
            assert shown(value / 4) == Decimal(text), row["codigo"]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_mean_of_the_units_of_an_area_rounds_to_the_published_one(quarter: int) -> None:
    areas = {u["unidad"]: u["area"] for u in entity()["unidades"]}
    targets = {r["codigo"]: r for r in published("resumen_indicadores") if r["nivel"] == "area"}
    assert set(targets) == {"ADM", "VRE", "VCEI", "VGCI"}
    for area, row in targets.items():
        values = [value for code, value in avances(quarter).items() if areas[code] == area]
        known = [value for value in values if value is not None]
        assert known == values
        mean = sum(known, Fraction(0)) / len(known)
        assert shown(mean) == Decimal(row[f"avance_{quarter}t"])
        if (area, quarter) != ("ADM", 1):  # 22.54 carries the error of DGAJ
            assert shown(mean / 4) == Decimal(row[f"eficacia_{quarter}t"])


# --- Money ------------------------------------------------------------------------------------------------


@cache
def sigep() -> dict[tuple[str, int], tuple[int, int]]:
    """(category, month) → (vigente, devengado) in cents."""
    rows = entity()["presupuesto_sigep"]
    return {(r["categoria"], r["mes"]): (cents(r["vigente"]), cents(r["devengado"])) for r in rows}


def category_areas() -> dict[str, str]:
    return {c["categoria"]: c["area"] for c in entity()["categorias"]}


def test_sigep_has_every_category_and_month() -> None:
    assert set(sigep()) == {(c, m) for c in category_areas() for m in range(1, 7)}
    assert len(category_areas()) == 35


def test_the_devengado_of_every_category_and_quarter_is_the_published_one() -> None:
    second = {r["cat_prog"]: Decimal(r["devengado_bs"]) for r in published("categorias_programaticas_2t")}
    semester = {r["cat_prog"]: Decimal(r["devengado_bs"]) for r in published("categorias_programaticas_semestre")}
    for category in category_areas():
        first = semester[category] - second[category]
        for expected, months in ((first, (1, 2, 3)), (second[category], (4, 5, 6))):
            assert sum(sigep()[category, m][1] for m in months) == expected * 100, category


def test_the_vigente_of_june_is_the_published_one_and_before_it_that_of_the_first_quarter_by_area() -> None:
    for row in published("categorias_programaticas_2t"):
        if row["cat_prog"]:
            assert sigep()[row["cat_prog"], 6][0] == Decimal(row["ppto_vigente_bs"]) * 100
    for row in published("areas_1t")[:-1]:
        for month in range(1, 6):
            total = sum(sigep()[c, month][0] for c, area in category_areas().items() if area == row["area"])
            assert total == Decimal(row["ppto_vigente_bs"]) * 100


@pytest.mark.parametrize("month", range(1, 7))
def test_the_monthly_percentages_round_to_the_published_ones(month: int) -> None:
    for row in published("mensual_areas"):
        if row["indicador"] != "ejecucion_financiera":
            continue
        own = [c for c, area in category_areas().items() if row["area"] in (area, "MRE")]
        devengado = sum(sigep()[c, month][1] for c in own)
        value = shown(Fraction(100 * devengado, sum(sigep()[c, month][0] for c in own)))
        said = row[MONTHS[month - 1]]
        wrong, instead = UNREACHABLE.get((row["area"], month), (said, said))
        assert said == wrong
        assert value == Decimal(instead), row["area"]


def test_the_exterior_reverts_in_april() -> None:
    own = [c for c, area in category_areas().items() if area == "SERV_EXT"]
    assert sum(sigep()[c, 4][1] for c in own) < 0


def test_the_accumulated_devengado_of_a_category_is_never_negative_nor_above_its_vigente() -> None:
    for category in category_areas():
        for month in range(1, 7):
            total = sum(sigep()[category, m][1] for m in range(1, month + 1))
            assert 0 <= total <= sigep()[category, month][0], (category, month)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_rows_of_the_units_add_up_to_sigep_to_the_cent(quarter: int) -> None:
    sums: dict[tuple[str, str | int], int] = defaultdict(int)
    for rows in unit_rows(quarter).values():
        for row in rows["presupuesto"]:
            sums[row["categoria"], "vigente"] += cents(row["vigente"])
            for month, mes in enumerate(MESES[: 3 * quarter], start=1):
                sums[row["categoria"], month] += cents(row[f"devengado_{mes}"])
    for category in category_areas():
        assert sums[category, "vigente"] == sigep()[category, 3 * quarter][0]
        for month in range(1, 3 * quarter + 1):
            assert sums[category, month] == sigep()[category, month][1]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_budget_row_is_consistent(quarter: int) -> None:
    for rows in unit_rows(quarter).values():
        assert 1 <= len(rows["presupuesto"]) <= 4
        assert len({(r["categoria"], r["fuente"]) for r in rows["presupuesto"]}) == len(rows["presupuesto"])
        for row in rows["presupuesto"]:
            assert cents(row["vigente"]) == cents(row["inicial"]) + cents(row["modificaciones"])
            months = [cents(row[f"devengado_{m}"]) for m in MESES[: 3 * quarter]]
            assert 0 <= sum(months) <= cents(row["vigente"])
            assert all(row[f"devengado_{m}"] is None for m in MESES[3 * quarter :])


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_budget_by_source_is_the_published_one(quarter: int) -> None:
    initial: Counter[str] = Counter()
    in_force: Counter[str] = Counter()
    for rows in unit_rows(quarter).values():
        for row in rows["presupuesto"]:
            initial[row["fuente"]] += cents(row["inicial"])
            in_force[row["fuente"]] += cents(row["vigente"])
    expected = {"10": 277_003_818_00, "11": 78_198_333_00}
    assert initial == expected
    assert in_force == expected


def test_the_june_transfer_is_not_in_the_first_quarter() -> None:
    rows = {r["categoria"]: r for r in unit_rows(1)["DGAC"]["presupuesto"]}
    assert (rows["540 0 006"]["modificaciones"], rows["540 0 006"]["vigente"]) == (0, 0)
    assert {r["categoria"]: r for r in sample()["DGAC"]["presupuesto"]}["540 0 006"]["vigente"] == 2_600_000


def test_a_unit_reports_only_categories_that_are_its_own() -> None:
    units = {u["unidad"]: u for u in entity()["unidades"]}
    owners = {
        c["categoria"]: {
            code
            for code, u in units.items()
            if code == c["unidad"] or {u["area"], u["grupo"], u["subgrupo"]} & set((c["grupos"] or "").split("; "))
        }
        for c in entity()["categorias"]
    }
    reported: dict[str, set[str]] = defaultdict(set)
    for code, rows in sample().items():
        for row in rows["presupuesto"]:
            reported[row["categoria"]].add(code)
    assert reported == owners


# --- Sheets, texts and the entity ---------------------------------------------------------------------------


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_columns_are_those_of_the_schemas(quarter: int) -> None:
    for sheet in sheets.entity_sheets():
        if sheet.key != "parametros":
            for row in entity(quarter).get(sheet.key, ()):
                in_order = [c.name for c in sheet.inputs if not c.since or c.name in row]
                assert list(row) == in_order, sheet.key
    for sheet in sheets.unit_sheets():
        names, later = ({c.name for c in columns} for columns in (sheet.first_inputs, sheet.inputs))
        for rows in unit_rows(quarter).values():
            if sheet.key == "unidad":
                assert set(rows["unidad"][0]) == {"trimestre", "responsable", "cargo", "correo", "fecha_envio"}
            elif sheet.key != "resumen":
                assert all(names <= set(row) <= later for row in rows[sheet.key]), sheet.key


def test_the_texts_are_complete_and_well_formed() -> None:
    for rows in sample().values():
        for sheet in rows.values():
            for row in sheet:
                for text in (v for v in row.values() if isinstance(v, str)):
                    assert text == text.strip() != ""
                    assert not re.search(r"[{}]|\b(de|a) el\b|  | ,", text), text


def test_the_texts_vary_between_units() -> None:
    plans = Counter(tuple(o["denominacion"] for o in rows["operaciones"]) for rows in sample().values())
    assert max(plans.values()) <= 2
    assert len({rows["unidad"][0]["responsable"] for rows in sample().values()}) > 90


@pytest.mark.parametrize(("quarter", "month"), [(1, 4), (2, 7)])
def test_workbooks_are_sent_in_the_first_days_after_the_cut_off(quarter: int, month: int) -> None:
    for rows in unit_rows(quarter).values():
        record = rows["unidad"][0]
        assert record["trimestre"] == quarter
        assert dt.date(2024, month, 1) <= record["fecha_envio"] <= dt.date(2024, month, 5)
        assert record["correo"].endswith(".example")


def test_the_entity_has_its_units_in_groups_and_subgroups() -> None:
    groups = Counter((u["grupo"], u["subgrupo"]) for u in entity()["unidades"] if u["area"] == "SERV_EXT")
    assert groups == {
        ("Embajadas", None): 33,
        ("Consulados (total)", "Consulados"): 27,
        ("Consulados (total)", "Consulados Generales"): 14,
        ("Consulados (total)", "Viceconsulados"): 4,
        ("Representaciones", None): 4,
        ("Centros Emisores", None): 2,
    }
    central = Counter(u["area"] for u in entity()["unidades"] if u["area"] != "SERV_EXT")
    assert central == {"ADM": 9, "VRE": 5, "VCEI": 3, "VGCI": 8}


def test_what_was_published_later_is_not_in_the_first_quarter() -> None:
    early = entity(1)
    assert early["fuentes"] == early["metas_sigep"] == []
    assert {r["gestion"] for r in early["historico"]} == {2022, 2023}
    assert {r["mes"] for r in early["presupuesto_sigep"]} == {1, 2, 3}


def test_the_history_holds_each_figure_once_and_names_known_codes() -> None:
    rows = entity()["historico"]
    keys = [(r["cuadro"], r["gestion"], r["periodo"], r["codigo"], r["indicador"]) for r in rows]
    assert len(set(keys)) == len(keys)
    units = entity()["unidades"]
    known = {u[c] for u in units for c in ("area", "servicio", "grupo", "subgrupo")} | {"MRE"}
    assert {r["codigo"] for r in rows} <= known
    figures = dict(zip(keys, (r["valor"] for r in rows), strict=True))
    assert figures["entidad", 2024, "1T", "MRE", "avance"] == 84.07
    assert figures["exterior", 2023, "Gestión", "Consulados", "eficacia"] == 19.42
    assert figures["exterior", 2024, "1T", "SERV_EXT", "cantidad"] == 85
    assert figures["relacion", 2024, "1T", "Servicio Central", "tareas"] == 1125


def test_goals_of_sigep_say_where_nothing_was_programmed() -> None:
    rows = {r["acp"]: (r["programado"], r["ejecutado"]) for r in entity()["metas_sigep"]}
    assert rows["1"] == rows["3"] == rows["7"] == ("Sin Prog.", None)
    assert rows["4"] == (81, 77)


# --- The same every time ------------------------------------------------------------------------------------


def test_the_first_quarter_is_the_second_cut_at_march() -> None:
    late = [f"{stem}_{m}" for stem in ("ejecutado", "devengado") for m in MESES[3:]]
    for code, early in unit_rows(1).items():
        assert early["operaciones"] == sample()[code]["operaciones"]
        for before, after in zip(early["tareas"], sample()[code]["tareas"], strict=True):
            assert all(before[c] is None for c in late if c in before)
            same = [
                c
                for c in before
                if c not in late and c not in ("problemas", "acciones", "responsable_accion", "fecha_accion")
            ]
            assert [before[c] for c in same] == [after[c] for c in same]
            assert before["problemas"] in (None, after["problemas"])
        for before, after in zip(early["presupuesto"], sample()[code]["presupuesto"], strict=True):
            same = [c for c in before if c not in late and c not in ("modificaciones", "vigente")]
            assert [before[c] for c in same] == [after[c] for c in same]


def fingerprint(seed: str) -> str:
    script = (
        "import hashlib; from poa_xl.sample import entity_rows, unit_rows;"
        "print(hashlib.sha256(repr([f(q) for f in (entity_rows, unit_rows) for q in (1, 2)]).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_the_rows_are_the_same_whatever_the_hash_seed() -> None:
    here = repr([f(q) for f in (entity_rows, unit_rows) for q in QUARTERS])
    assert fingerprint("1") == fingerprint("2") == hashlib.sha256(here.encode()).hexdigest()


@pytest.mark.parametrize("quarter", [0, 3, 4])
def test_the_sample_knows_two_quarters(quarter: int) -> None:
    with pytest.raises(ValueError, match="quarter"):
        unit_rows(quarter)
    with pytest.raises(ValueError, match="quarter"):
        entity_rows(quarter)
