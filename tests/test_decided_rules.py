"""Rules that the method does not say, as they were decided (docs/reglas.md): evaluation and cells of the master."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from poa_xl import entity, evaluation
from poa_xl.checking import entity_book
from poa_xl.entity import Entidad, Fuente, MetaSigep, Unidad
from poa_xl.evaluation import ACUMULADO, Evaluacion
from poa_xl.writers.master import write_master
from tests import factories, text_books
from tests.libreoffice import LibreOffice, differences
from tests.one_sheet import sheet_of
from tests.test_evaluation import Rows, accepted_of, task

pytestmark = pytest.mark.slow

Cells = list[tuple[object, ...]]


def unit_of(base: Unidad, code: str, **place: Any) -> Unidad:
    return dataclasses.replace(base, unidad=code, nombre=f"Unidad {code}", **place)


def done(percentages: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, Rows]]:
    """Unit -> month -> what it executed of 100 programmed in that month."""
    return {
        code: {"tareas": [task("OP-1", **{f"p_{m}": 100, f"e_{m}": e}) for m, e in months.items()], "operaciones": []}
        for code, months in percentages.items()
    }


def of(entidad: Entidad, percentages: Mapping[str, Mapping[str, int]], trimestre: int = 1) -> Evaluacion:
    return evaluation.evaluate(entidad, accepted_of(done(percentages)), trimestre)


def written(path: Path, entidad: Entidad, data: Mapping[str, Mapping[str, int]], trimestre: int) -> Path:
    accepted = accepted_of(done(data))
    result = evaluation.evaluate(entidad, accepted, trimestre)
    write_master(path, entidad, result, accepted, [], [], corte=dt.date(2024, 6, 30))
    return path


def rows(path: Path, sheet: str, title: str) -> dict[str, Mapping[str, object]]:
    """The rows below the line that holds a title, by their first text, as title -> value."""
    lines: Cells = list(sheet_of(path, sheet, data_only=True).iter_rows(values_only=True))
    start = next(i for i, line in enumerate(lines) if title in line)
    header = [str(h) for h in lines[start] if h is not None]
    found: dict[str, Mapping[str, object]] = {}
    for line in lines[start + 1 :]:
        if not any(v is not None for v in line):
            break
        found[str(line[0] or line[1])] = dict(zip(header, line, strict=False))
    return found


# --- an ACP is the entity's tree with its own units only --------------------------------------------------------------


def mixed_entity() -> Entidad:
    """ACP 1.1 has one unit in ADM and three in two subgroups of the consulates; the consulates have another of 1.2."""
    base = factories.entidad()
    consulate = base.by_code["CON-JJ"]
    units = (
        unit_of(base.by_code["DGAA"], "C1", acp="1.1"),
        unit_of(base.by_code["DGAA"], "C2", acp="2.1"),
        unit_of(consulate, "X1", acp="1.1"),
        unit_of(consulate, "X2", acp="1.1"),
        unit_of(consulate, "X3", acp="1.2"),
        unit_of(consulate, "Y1", acp="1.1", subgrupo=""),
    )
    return dataclasses.replace(base, unidades=units, categorias=(), presupuesto=())


PERCENTAGES = {"C1": 10, "C2": 90, "X1": 20, "X2": 40, "X3": 99, "Y1": 80}


def test_an_acp_is_the_mean_of_what_it_has_in_each_level() -> None:
    made = of(mixed_entity(), {u: {"ene": e} for u, e in PERCENTAGES.items()})
    # Subgroup Consulados: (20 + 40) / 2; the group with «Sin subgrupo»: (30 + 80) / 2; then central 10 and exterior 55.
    assert made.avance[("acp", "1.1"), "t1"] == pytest.approx((10 + 55) / 2)
    assert made.avance[("acp", "1.2"), "t1"] == 99
    assert made.avance[("acp", "2.1"), "t1"] == 90


def test_units_without_subgroup_are_a_subgroup_of_their_own_name() -> None:
    made = of(mixed_entity(), {u: {"ene": e} for u, e in PERCENTAGES.items()})
    key = ("subgrupo", "EXT", "Consulados", "Sin subgrupo")
    assert made.nodos[key].unidades == ("Y1",)
    assert made.avance[("grupo", "EXT", "Consulados"), "t1"] == pytest.approx(((20 + 40 + 99) / 3 + 80) / 2)


def test_an_acp_with_a_part_that_has_no_figure_is_the_mean_of_the_others() -> None:
    made = of(mixed_entity(), {"C1": {"ene": 10}})
    assert made.avance[("acp", "1.1"), "t1"] == 10


def test_an_acp_without_units_has_no_figure() -> None:
    base = mixed_entity()
    entidad = dataclasses.replace(base, acps=(*base.acps, entity.Acp("9", "1", "Nueva", "ADM")))
    made = of(entidad, {"C1": {"ene": 10}})
    assert made.avance[("acp", "9"), "t1"] is None
    assert made.rango_ideal(("acp", "9")) is None


# --- rango ideal --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def staggered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Second quarter: ACP 1.1 has avances in both, 1.2 in the second only, 2.1 in none."""
    path = tmp_path_factory.mktemp("ideal") / "maestro.xlsx"
    return written(path, mixed_entity(), {"C1": {"ene": 10, "abr": 20}, "X3": {"may": 50}}, 2)


@pytest.mark.parametrize(
    ("sheet", "title"), [("Desempeño por ACP", "Rango ideal"), ("ACP y SIGEP", "Programación esperada (%)")]
)
def test_the_rango_ideal_counts_the_quarters_in_which_there_was_something_to_do(
    staggered: Path, sheet: str, title: str
) -> None:
    found = {code: row[title] for code, row in rows(staggered, sheet, title).items()}
    assert found == {"1.1": 50, "1.2": 25, "2.1": "n/a", "Total": 50}


# --- averages of years ----------------------------------------------------------------------------------------------------


def with_history(figures: Sequence[tuple[str, int, float]]) -> Entidad:
    history = tuple(entity.CifraHistorica("entidad", y, "Gestión", code, "avance", v, "x") for code, y, v in figures)
    return dataclasses.replace(mixed_entity(), historico=history)


def test_an_average_of_years_with_one_missing_does_not_exist(tmp_path: Path) -> None:
    entidad = with_history([("MDE", 2022, 80.0), ("MDE", 2023, 90.0), ("ADM", 2023, 60.0), ("EXT", 2022, 70.0)])
    path = written(tmp_path / "m.xlsx", entidad, {"C1": {"ene": 10}}, 1)
    found = {code: row["Promedio 2022-2023"] for code, row in rows(path, "Histórico", "Promedio 2022-2023").items()}
    assert found == {"MDE": 85, "ADM": "n/a", "VRE": "n/a", "EXT": "n/a"}


def test_an_average_of_years_that_do_not_follow_each_other_names_them(tmp_path: Path) -> None:
    entidad = with_history([("MDE", 2020, 80.0), ("MDE", 2023, 90.0)])
    path = written(tmp_path / "m.xlsx", entidad, {"C1": {"ene": 10}}, 1)
    assert rows(path, "Histórico", "Promedio 2020, 2023")["MDE"]["Promedio 2020, 2023"] == 85


# --- goals and sources of SIGEP --------------------------------------------------------------------------------------------


def with_goals(*goals: MetaSigep) -> Entidad:
    return dataclasses.replace(mixed_entity(), metas=goals)


def test_a_goal_without_execution_has_no_avance_and_stays_out_of_the_total() -> None:
    entidad = with_goals(
        MetaSigep("1.1", 1, 10.0, None), MetaSigep("1.2", 1, 20.0, 15.0), MetaSigep("2.1", 1, 5.0, 0.0)
    )
    found = {m.acp: m for m in of(entidad, {}).metas}
    assert (found["1.1"].programado, found["1.1"].ejecutado, found["1.1"].avance) == (10, None, None)
    assert found["2.1"].avance == 0, "a typed zero is an execution of nothing"
    assert (found[""].programado, found[""].ejecutado, found[""].avance) == (25, 15, 60)


def test_goals_without_any_execution_have_no_total() -> None:
    found = of(with_goals(MetaSigep("1.1", 1, 10.0, None)), {}).metas[-1]
    assert (found.programado, found.ejecutado, found.avance) == (None, None, None)


def test_the_master_shows_a_goal_without_execution_as_missing(tmp_path: Path) -> None:
    entidad = with_goals(MetaSigep("1.1", 1, 10.0, None), MetaSigep("1.2", 1, 20.0, 15.0))
    found = rows(written(tmp_path / "m.xlsx", entidad, {"C1": {"ene": 10}}, 1), "ACP y SIGEP", "SIGEP 1T: avance (%)")
    shown = {
        code: [row[f"SIGEP 1T: {t}"] for t in ("programado", "ejecutado", "avance (%)")] for code, row in found.items()
    }
    assert shown == {
        "1.1": [10, "n/a", "n/a"],
        "1.2": [20, 15, 75],
        "2.1": ["n/a", "n/a", "n/a"],
        "Total": [20, 15, 75],
    }


def test_a_programme_of_zero_is_no_programme_and_what_was_executed_beside_it_raises_no_total(tmp_path: Path) -> None:
    goals = "ACP | Trimestre | Programado | Ejecutado\n'1.1 | 1 | 0 | 20\n'1.2 | 1 | 20 | 10\n'2.1 | 1 | Sin Prog. |"
    own = text_books.ENTITY["ACP"].rstrip() + "\n'1.2 | '1 | Otra | VRE\n'2.1 | '2 | Otra más | VRE"
    checked = entity_book.check_entity(text_books.entity(tmp_path / "entidad.xlsx", ACP=own, Metas_SIGEP=goals))
    assert checked.entidad is not None, checked.findings
    zero, ten, none, total = evaluation.money.goals(checked.entidad, 1)
    assert (zero.programado, zero.avance, ten.avance, none.avance) == (None, None, 50, None)
    assert (total.programado, total.ejecutado, total.avance) == (20, 10, 50)


def with_funds(*amounts: tuple[float | None, float | None, float | None]) -> Entidad:
    funds = tuple(Fuente(str(10 + n), f"Fuente {n}", 1, *three, "x") for n, three in enumerate(amounts))
    return dataclasses.replace(mixed_entity(), fuentes=funds)


FUNDS = ("Presupuesto inicial (Bs)", "Presupuesto vigente (Bs)", "Ejecución (Bs)", "Ejecución (%)", "Saldo (Bs)")


@pytest.mark.parametrize(
    ("amounts", "source", "total"),
    [
        ((100.0, 80.0, 20.0), [100, 80, 20, 25, 60], [200, 180, 70, 70 * 100 / 180, 110]),
        ((None, 80.0, 20.0), ["n/a", 80, 20, 25, 60], [100, 180, 70, 70 * 100 / 180, 110]),
        ((100.0, 80.0, None), [100, 80, "n/a", "n/a", "n/a"], [200, 180, 50, "n/a", "n/a"]),
        ((100.0, None, 20.0), [100, "n/a", 20, "n/a", "n/a"], [200, 100, 70, "n/a", "n/a"]),
        ((100.0, 80.0, 0.0), [100, 80, 0, 0, 80], [200, 180, 50, 50 * 100 / 180, 130]),
    ],
)
def test_a_blank_amount_of_a_source_is_missing_and_not_zero(
    tmp_path: Path, amounts: tuple[float | None, float | None, float | None], source: list[object], total: list[object]
) -> None:
    entidad = with_funds(amounts, (100.0, 100.0, 50.0))
    found = rows(written(tmp_path / "m.xlsx", entidad, {"C1": {"ene": 10}}, 1), "Fuentes", "Fuente")
    assert [found["10"][title] for title in FUNDS] == source
    assert [found["Total"][title] for title in FUNDS] == pytest.approx(total) if "n/a" not in total else total


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("| 1000 | 1000 | 10.5", (1000, 1000, 10.5)), ("| | 1000 |", (None, 1000, None)), ("| 0 | | 0", (0, None, 0))],
)
def test_a_blank_cell_of_a_source_is_read_as_missing(
    tmp_path: Path, typed: str, expected: tuple[float | None, ...]
) -> None:
    table = text_books.ENTITY["Fuentes"].replace("| 1000 | 1000 | 10.5", typed)
    checked = entity_book.check_entity(text_books.entity(tmp_path / "entidad.xlsx", Fuentes=table))
    assert checked.entidad is not None
    (source,) = checked.entidad.fuentes
    assert (source.inicial, source.vigente, source.ejecutado) == expected


@pytest.mark.libreoffice
def test_libreoffice_recalculates_the_decided_rules_to_the_cached_values(
    libreoffice: LibreOffice, tmp_path: Path, staggered: Path
) -> None:
    history = [("MDE", 2022, 80.0), ("MDE", 2023, 90.0), ("ADM", 2023, 60.0)]
    entidad = dataclasses.replace(
        with_funds((100.0, 80.0, None), (100.0, None, 20.0), (1.0, 2.0, 1.0)),
        metas=(MetaSigep("1.1", 2, 10.0, None), MetaSigep("1.2", 2, 20.0, 15.0), MetaSigep("2.1", 2, None, None)),
        historico=with_history(history).historico,
    )
    whole = dataclasses.replace(entidad, fuentes=tuple(dataclasses.replace(f, trimestre=2) for f in entidad.fuentes))
    path = written(tmp_path / "m.xlsx", whole, {"C1": {"ene": 10, "abr": 20}, "X3": {"may": 50}}, 2)
    for one in (path, staggered):
        assert differences(libreoffice.recalculate(one)) == []


def test_the_accumulated_is_the_mean_of_the_acps_own_quarters() -> None:
    made = of(mixed_entity(), {"C1": {"ene": 10, "abr": 20}, "X3": {"may": 50}}, 2)
    assert made.avance[("acp", "1.1"), ACUMULADO] == 15
    assert made.avance[("acp", "1.2"), ACUMULADO] == 50


def test_criterios_names_every_decided_rule(staggered: Path) -> None:
    lines = sheet_of(staggered, "Criterios", data_only=True).iter_rows(values_only=True)
    text = "\n".join(str(v) for line in lines for v in line if v is not None)
    for words in (
        "Sin subgrupo", "solo las operaciones de la ACP", "unidades de medida distintas no se suman", "aquellos en que tuvo avance", "Si falta el de un año",
        "ejecución en blanco", "Un monto en blanco es n/a", "redondeada a 9 decimales",
    ):  # fmt: skip
        assert words in text, words
