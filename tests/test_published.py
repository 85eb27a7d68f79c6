"""The whole way, demo to master, against the published report: what can be derived comes out right.

`omitidas.csv` names every figure that is left out and why; an entry that is reproduced after all fails, so the
list cannot hide anything.
"""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from poa_xl import indicators
from poa_xl.cli import poa_xl
from tests import published
from tests.published import Figure, Master

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("published")]
# The levels of section 5.5 that come out of the published figures of the level below: parent, children, column.
GROUPS_OF_EXTERIOR = ("EMBAJADAS", "CONSULADOS_TOTAL", "REPRESENTACIONES", "CENTROS_EMISORES")
AREAS_OF_CENTRAL = ("ADM", "VRE", "VCEI", "VGCI")
SUBGROUPS = ("CONSULADOS", "CONSULADOS_GENERALES", "VICECONSULADOS")
LEVELS = [
    ("SERVICIO_CENTRAL", AREAS_OF_CENTRAL, "avance_1t"),
    ("SERVICIO_CENTRAL", AREAS_OF_CENTRAL, "eficacia_1t"),
    ("CONSULADOS_TOTAL", SUBGROUPS, "eficacia_1t"),
    ("SERVICIO_EXTERIOR", GROUPS_OF_EXTERIOR, "avance_1t"),
    ("SERVICIO_EXTERIOR", GROUPS_OF_EXTERIOR, "eficacia_1t"),
    ("SERVICIO_EXTERIOR", GROUPS_OF_EXTERIOR, "avance_2t"),
    ("SERVICIO_EXTERIOR", GROUPS_OF_EXTERIOR, "eficacia_2t"),
    ("MRE", ("SERVICIO_CENTRAL", "SERVICIO_EXTERIOR"), "avance_1t"),
    ("MRE", ("SERVICIO_CENTRAL", "SERVICIO_EXTERIOR"), "eficacia_1t"),
]
EXTERIOR_UNITS, CENTRAL_UNITS = 84, 25


def consolidated(folder: Path, quarter: int) -> Master:
    for arguments in (
        ("demo", folder, "--quarter", quarter),
        ("consolidate", folder / "entregas", "--quarter", quarter, "-o", folder / "maestro.xlsx"),
    ):
        result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
        assert result.exit_code == 0, result.output
    return Master(folder / "maestro.xlsx")


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Master:
    return consolidated(tmp_path_factory.mktemp("publicado") / "2t", 2)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Master:
    return consolidated(tmp_path_factory.mktemp("publicado") / "1t", 1)


@pytest.fixture(scope="module")
def omitted() -> dict[tuple[str, str, str], dict[str, str]]:
    return {(r["tabla"], r["fila"], r["columna"]): r for r in published.table("omitidas")}


def test_every_published_figure_is_reproduced_or_left_out_for_a_reason_of_the_audit(
    second: Master, omitted: dict[tuple[str, str, str], dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    audit = {r["id"]: r for r in published.table("audit")}
    figures = list(published.figures(second))
    assert len({f.key for f in figures}) == len(figures)
    reproduced = [f for f in figures if f.reproduced]
    with capsys.disabled():
        print(f"\n{len(reproduced)} of {len(figures)} published figures reproduced; left out:")
        for figure in figures:
            if not figure.reproduced and figure.key in omitted:
                print(_left_out(figure, omitted[figure.key], audit))
    wrong = [(f.key, f.publicado, f.maestro) for f in figures if not f.reproduced and f.key not in omitted]
    stale = [f.key for f in reproduced if f.key in omitted]
    unknown = set(omitted) - {f.key for f in figures}
    assert (wrong, stale, unknown) == ([], [], set())


def _left_out(figure: Figure, entry: dict[str, str], audit: dict[str, dict[str, str]]) -> str:
    row = audit.get(entry["audit_id"], {})
    verdict = f"audit {row['id']}: {row['resultado']}, «{row['regla']}»" if row else "outside the audit"
    shown = f"{figure.maestro:.2f}" if isinstance(figure.maestro, float) else figure.maestro
    return f"  {' · '.join(figure.key)}: {figure.publicado} ≠ {shown} — {entry['motivo']} ({verdict})"


def test_what_is_left_out_is_what_the_audit_could_not_derive_from_the_units(
    omitted: dict[tuple[str, str, str], dict[str, str]],
) -> None:
    audit = {r["id"]: r for r in published.table("audit")}
    for key, entry in omitted.items():
        if not entry["audit_id"]:
            assert key[0] == "semaforo_dgp"
            continue
        row = audit[entry["audit_id"]]
        assert row["resultado"] != "EXACTO" or row["tipo_regla"] == "deducida", (key, row)


def test_all_units_are_reproduced_in_both_quarters(second: Master) -> None:
    units = [f for f in published.figures(second) if f.tabla == "catalogo_unidades" and f.columna.startswith("avance")]
    assert len(units) == 2 * (EXTERIOR_UNITS + CENTRAL_UNITS) - 1  # Santiago publishes one value for two quarters
    assert [f for f in units if not f.reproduced] == []


def test_all_money_is_reproduced_to_the_cent(second: Master) -> None:
    money = [f for f in published.figures(second) if f.columna.endswith("_bs")]
    assert len(money) > 200
    assert [f for f in money if not f.reproduced] == []


def test_the_published_lower_limits_stand_in_the_statistics_under_their_own_name(second: Master) -> None:
    rows = {r["codigo"]: r["avance_2t"] for r in published.table("resumen_indicadores")}
    for code in ("REPRESENTACIONES", "CENTROS_EMISORES"):
        shown = second.value(
            "Estadística", ("Grupo", published.GROUPS[code]), "Límite inferior del intervalo de 95 %", 1
        )
        assert Figure("estadistica", code, "li95", rows[code], shown).reproduced


@pytest.mark.parametrize(("parent", "children", "column"), LEVELS)
def test_the_mean_of_the_published_level_below_gives_the_published_level(
    parent: str, children: tuple[str, ...], column: str
) -> None:
    rows = {r["codigo"]: r[column] for r in published.table("resumen_indicadores")}
    mean = indicators.mean(float(rows[child]) for child in children)
    assert Figure("resumen_indicadores", parent, column, rows[parent], mean).reproduced


def test_the_published_total_of_consulados_is_the_lower_limit_of_its_three_kinds() -> None:
    rows = {r["codigo"]: float(r["avance_2t"]) for r in published.table("resumen_indicadores")}
    found = indicators.statistics_95([rows[kind] for kind in SUBGROUPS])
    assert found is not None
    assert found.limite_inferior == pytest.approx(rows["CONSULADOS_TOTAL"], abs=0.01)  # the audit says REDONDEO


def test_the_first_quarter_master_has_the_published_areas_months_and_units(first: Master) -> None:
    figures = list(_first_quarter(first))
    skipped = {
        ("areas_1t", "ADM", "eficacia_pct"),  # DGAJ's published eficacia, audit 304
        ("areas_1t", "SERV_EXT", "eficacia_pct"),  # the previous report's groups, audit 493
        ("areas_1t", "MRE", "eficacia_pct"),  # follows from the two above, audit 510
        ("mensual_areas", "ADM", "marzo"),  # audit 567
        ("mensual_areas", "VRE", "marzo"),  # audit 577
        ("catalogo_unidades", "DGAJ", "eficacia_1t"),  # audit 304
    }
    assert {f.key for f in figures if not f.reproduced} == skipped
    print(f"{len(figures) - len(skipped)} of {len(figures)} first-quarter figures reproduced")


def _first_quarter(m: Master) -> list[Figure]:
    found = []
    titles = {"ppto_vigente_bs": "Presupuesto vigente (Bs)", "ejecutado_bs": "Ejecutado (Bs)",
              "ejecucion_pct": "Ejecución (%)", "eficacia_pct": "Eficacia ponderada"}  # fmt: skip
    for row in published.table("areas_1t"):
        for column, title in titles.items():
            value = m.value("Comparativa por área", (row["area"],), title)
            found.append(Figure("areas_1t", row["area"], column, row[column], value))
    for row in published.table("mensual_areas"):
        if row["indicador"] == "ejecucion_financiera":
            for column in ("enero", "febrero", "marzo"):
                shown = (row["area"], "Ejecución financiera (%)")
                value = m.value("Mensual por área", shown, published.MONTHS[column])
                found.append(Figure("mensual_areas", row["area"], column, row[column], value))
    for row in published.table("catalogo_unidades"):
        if row["servicio"] == "central":
            for column, title in (("avance_1t", "Avance 1T (%)"), ("eficacia_1t", "Eficacia 1T")):
                value = m.value("Resumen de indicadores", (row["nombre"],), title)
                found.append(Figure("catalogo_unidades", row["codigo"], column, row[column], value))
    return found


def test_the_list_of_what_is_left_out_is_sorted_facts() -> None:
    path = Path(published.__file__).parent / "golden" / "omitidas.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["motivo"] for row in rows)
    assert len({(r["tabla"], r["fila"], r["columna"]) for r in rows}) == len(rows)
