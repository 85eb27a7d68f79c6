"""What holds of the figures of any plan, with goals of every kind: bounds, order, late work, work that gets better."""

import random
from collections.abc import Callable, Mapping
from copy import deepcopy

import pytest

from poa_xl import entity, evaluation, parameters
from poa_xl.evaluation import Evaluacion
from poa_xl.sheets import MESES
from tests.independent.campaign import WIDE, Campaign, Row, random_campaign
from tests.test_evaluation import accepted_of

SEEDS = [WIDE + n for n in (1, 6, 10, 11, 16)]
MORE = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(WIDE + 200, WIDE + 240)]
Figures = Mapping[tuple[str, ...], float | None]
Change = Callable[[Campaign, Row, Row], None]  # of a task, given its operation


def evaluated(campaign: Campaign) -> Evaluacion:
    records = {key: dict(enumerate(rows, start=2)) for key, rows in campaign.entity.items()}
    settings, problems = parameters.settings(records["parametros"])
    assert settings is not None, problems
    return evaluation.evaluate(entity.from_rows(settings, records), accepted_of(campaign.units), campaign.quarter)


def figures(made: Evaluacion, *names: str) -> Figures:
    """The avances of units and levels, of these indicators or all: (indicator, period, node) -> points."""
    series = {"avance": made.avance, "a_la_fecha": made.a_la_fecha, "cumplimiento": made.cumplimiento}
    return {
        (name, period, *key): value
        for name in names or series
        for (key, period), value in series[name].items()
        if key in made.nodos
    }


def tasks_changed(campaign: Campaign, change: Change) -> Campaign:
    changed = deepcopy(campaign)
    for tables in changed.units.values():
        operations = {row["operacion"]: row for row in tables["operaciones"]}
        for task in tables["tareas"]:
            change(changed, task, operations[task["operacion"]])
    return changed


def kind(task: Row, operation: Row) -> object:
    return task.get("tipo_meta") or operation.get("tipo_meta") or "suma"


def same(one: Figures, other: Figures) -> bool:
    return one.keys() == other.keys() and all(
        value == other[key] if value is None else value == pytest.approx(other[key], rel=1e-9, abs=1e-9)
        for key, value in one.items()
    )


@pytest.mark.parametrize("seed", [*SEEDS, *MORE])
def test_every_avance_of_a_unit_or_a_level_is_between_0_and_100(seed: int) -> None:
    values = [value for value in figures(evaluated(random_campaign(seed))).values() if value is not None]
    assert [value for value in values if not 0 <= value <= 100 + 1e-9] == []
    assert seed not in SEEDS or len(values) > 20


@pytest.mark.parametrize("seed", [*SEEDS, *MORE])
def test_the_order_of_rows_and_of_units_has_no_influence(seed: int) -> None:
    campaign, draw = random_campaign(seed), random.Random(seed)
    before = figures(evaluated(campaign))
    for sheet in ("areas", "acp", "unidades", "categorias"):
        draw.shuffle(campaign.entity[sheet])
    for tables in campaign.units.values():
        draw.shuffle(tables["operaciones"])
        draw.shuffle(tables["tareas"])
    sent = list(campaign.units.items())
    draw.shuffle(sent)
    campaign.units.clear()
    campaign.units.update(sent)
    assert same(before, figures(evaluated(campaign)))


def late(campaign: Campaign, task: Row, operation: Row) -> None:
    """All that a task executed up to the cut-off is done in its last month."""
    months = [f"ejecutado_{month}" for month in MESES[: 3 * campaign.quarter]]
    done = [float(str(value)) for month in months if (value := task.get(month)) is not None]
    if done and kind(task, operation) != "nivel":
        reached = {"suma": sum(done), "acumulada": max(done), "último valor": done[-1]}[str(kind(task, operation))]
        task.update(dict.fromkeys(months))
        task[months[-1]] = reached


@pytest.mark.parametrize("seed", [*SEEDS, *MORE])
def test_late_work_is_never_lost_from_the_avance_a_la_fecha_nor_from_the_years(seed: int) -> None:
    """It counts as though it had been done in time, but for a level, which is held in its month or is not."""
    campaign = random_campaign(seed)
    changed = tasks_changed(campaign, late)
    last = f"t{campaign.quarter}"
    in_time, too_late = (
        {key: value for key, value in figures(evaluated(c), "a_la_fecha", "cumplimiento").items() if key[1] == last}
        for c in (campaign, changed)
    )
    assert same(in_time, too_late)


def test_late_work_is_lost_from_the_published_avance_and_from_a_level() -> None:
    campaigns = [random_campaign(seed) for seed in SEEDS]
    lost = [(figures(evaluated(c), "avance"), figures(evaluated(tasks_changed(c, late)), "avance")) for c in campaigns]
    assert not all(same(*pair) for pair in lost)

    held = [(figures(evaluated(c), "a_la_fecha"), figures(evaluated(tasks_changed(c, postponed)), "a_la_fecha"))
            for c in campaigns]  # fmt: skip
    assert not all(same(*pair) for pair in held)


def postponed(campaign: Campaign, task: Row, operation: Row) -> None:
    """The same of levels, whose last value is shown in the last month alone."""
    if kind(task, operation) == "nivel":
        task["tipo_meta"] = "último valor"
        late(campaign, task, operation)
        task["tipo_meta"] = "nivel"


def better(_: Campaign, task: Row, operation: Row) -> None:
    """Every month in which something was executed gets better, in the sense of the goal."""
    falls = (task.get("sentido") or operation.get("sentido")) == "disminuir"
    for month in MESES:
        if (value := task.get(f"ejecutado_{month}")) is not None:
            task[f"ejecutado_{month}"] = max(0.0, float(str(value)) + (-2.5 if falls else 2.5))


@pytest.mark.parametrize("seed", [*SEEDS, *MORE])
def test_no_figure_falls_where_every_month_gets_better(seed: int) -> None:
    campaign = random_campaign(seed)
    before, after = (
        figures(evaluated(c), "a_la_fecha", "cumplimiento") for c in (campaign, tasks_changed(campaign, better))
    )
    assert before.keys() == after.keys()
    for key, value in before.items():
        now = after[key]
        assert (value is None) == (now is None), key
        assert value is None or now is None or now >= value - 1e-9, key
    assert seed not in SEEDS or before != after
