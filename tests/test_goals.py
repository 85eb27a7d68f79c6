"""What was reached of a goal, by its kind and sense: cases that an official can read, fractions, and properties."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st

from poa_xl import indicators, sheets
from poa_xl.indicators import AUMENTAR, DISMINUIR, NIVEL, ONLY_UPWARDS, SENTIDOS, TIPOS_DE_META, Meta
from poa_xl.sheets import MESES, TRIMESTRES
from tests.independent.goals import Goal, of_period, of_year, to_date

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "metas.yaml").read_text(encoding="utf-8"))
FLAT = [(case, name, value) for case in CASES for name, value in case["da"].items()]
KINDS = [
    (tipo, sentido) for tipo in TIPOS_DE_META for sentido in SENTIDOS if sentido == AUMENTAR or tipo not in ONLY_UPWARDS
]

quantities = st.one_of(st.none(), st.integers(0, 40), st.integers(0, 400).map(lambda n: n / 10))
years = st.lists(quantities, min_size=12, max_size=12)
metas = st.tuples(st.sampled_from(KINDS), st.one_of(st.none(), st.integers(0, 40))).map(
    lambda drawn: Meta(drawn[0][0], drawn[0][1], drawn[1])
)


def year(months: dict[str, float]) -> list[float | None]:
    return [months.get(month) for month in MESES]


def reached(case: dict[str, Any], name: str) -> float | None:
    """The figure of a case that a name such as «t2», «mar», «hasta_t2» or «gestion_t2» means."""
    planned, done, meta = year(case["p"]), year(case["e"]), Meta(**case["meta"])
    kind, _, quarter = name.rpartition("_")
    if quarter in MESES:
        month = MESES.index(quarter) + 1
        return indicators.task_avance(planned, done, month, month, meta)
    last = 3 * (TRIMESTRES.index(quarter) + 1)
    if kind:
        figure = {"hasta": indicators.task_to_date, "gestion": indicators.task_of_year}[kind]
        return figure(planned, done, last, meta)
    return indicators.task_avance(planned, done, last - 2, last, meta)


@pytest.mark.parametrize(("case", "name", "value"), FLAT, ids=[f"{n}-{name}" for n, (_, name, _) in enumerate(FLAT)])
def test_each_case_of_a_goal_gives_its_figure(case: dict[str, Any], name: str, value: object) -> None:
    found = reached(case, name)
    if value is None:
        assert found is None
    else:
        assert found == pytest.approx(float(Fraction(str(value))), rel=1e-12)


def test_the_lists_of_the_sheets_are_the_kinds_that_are_computed() -> None:
    for key in ("operaciones", "tareas"):
        sheet = sheets.sheet("unidad", key)
        assert sheet.column("tipo_meta").options == TIPOS_DE_META
        assert sheet.column("sentido").options == SENTIDOS
        assert sheet.column("numero").options == indicators.NUMEROS


def exact(months: Sequence[float | None]) -> list[Fraction | None]:
    return [None if value is None else Fraction(str(value)) for value in months]


@given(metas, years, years, st.integers(1, 12), st.integers(1, 12))
def test_every_figure_is_that_of_fractions(
    meta: Meta, planned: list[float | None], done: list[float | None], one: int, other: int
) -> None:
    first, last = sorted((one, other))
    base = None if meta.linea_base is None else Fraction(meta.linea_base)
    goal = Goal(meta.tipo, meta.sentido, base, exact(planned), exact(done))
    pairs = [
        (indicators.task_avance(planned, done, first, last, meta), of_period(goal, first, last)),
        (indicators.task_to_date(planned, done, last, meta), to_date(goal, last)),
        (indicators.task_of_year(planned, done, last, meta), of_year(goal, last)),
    ]
    for found, wanted in pairs:
        assert (found is None) == (wanted is None)
        if found is not None and wanted is not None:
            assert found == pytest.approx(float(wanted), rel=1e-9, abs=1e-9)


@given(metas, years, years, st.integers(0, 11), st.integers(1, 9))
def test_a_figure_never_falls_where_a_month_gets_better(
    meta: Meta, planned: list[float | None], done: list[float | None], month: int, step: int
) -> None:
    before = done[month]
    if before is None:
        return
    better = before + step if meta.sentido == AUMENTAR else max(0, before - step)
    changed = [*done[:month], better, *done[month + 1 :]]
    for figure in (indicators.task_to_date, indicators.task_of_year):
        one, two = figure(planned, done, 12, meta), figure(planned, changed, 12, meta)
        assert (one is None) == (two is None)
        if one is not None and two is not None:
            assert two >= one - 1e-9


@given(metas, years, years)
def test_late_work_is_never_lost_from_the_figure_to_date_but_of_a_level(
    meta: Meta, planned: list[float | None], done: list[float | None]
) -> None:
    """All that was due by June and done by September is there in September, whatever the third quarter programmes."""
    if meta.tipo == NIVEL or meta.sentido == DISMINUIR:
        return
    due = [*planned[:6], *[None] * 6]
    june, september = (indicators.task_to_date(due, done, month, meta) for month in (6, 9))
    if june is None or meta.tipo == "último valor":
        return
    assert september is not None
    assert september >= june


def test_a_goal_of_a_task_is_its_operations_but_for_what_it_says() -> None:
    operation = Meta("nivel", DISMINUIR, 30)
    assert operation.changed("", "", None) == operation
    assert operation.changed("último valor", "", 20) == Meta("último valor", DISMINUIR, 20)
