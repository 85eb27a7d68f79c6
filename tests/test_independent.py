"""Random campaigns of odd shapes: what `consolidate` writes against fractions of the rows that were typed.

More of them: `python -m tests.independent --first 100 --count 100 --libreoffice`; from 1000 on with goals of every kind,
from 2000 on with units that begin, end and follow one another.
"""

import random
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Recalculate
from tests.independent import edits, lives
from tests.independent.campaign import DATED, MONTHS, WIDE, Campaign, random_campaign
from tests.independent.comparison import Comparison, agree
from tests.independent.figures import Figures
from tests.independent.plans import AS_PERCENT
from tests.independent.run import run
from tests.libreoffice import LibreOffice

SEEDS = (*range(10), 72, 85)
OF_EVERY_KIND = (WIDE + 2, WIDE + 6, WIDE + 10)  # campaigns with goals of every kind, by tasks, by weights
MORE_OF_EVERY_KIND = range(WIDE + 20, WIDE + 44)
IN_TIME = (DATED, DATED + 11)  # campaigns whose units begin, end and follow one another
MORE_IN_TIME = (DATED + 12, *range(DATED + 80, DATED + 90))
RECALCULATED = (1, 9, 14, 23, WIDE + 4, WIDE + 6, WIDE + 308, DATED + 17, DATED + 84)
CHANGED = (2, WIDE, WIDE + 2, WIDE + 6, WIDE + 10)
WITH_SOURCES = 23
EVERYTHING = WIDE + 16  # by weights, with goals of every kind
EXACT = 85  # a campaign with units at exact thresholds


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_the_master_is_that_of_the_fractions(seed: int, tmp_path: Path) -> None:
    outcome = run(seed, tmp_path)
    assert outcome.differences == ()
    assert outcome.figures > 500
    print(outcome.line)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*OF_EVERY_KIND, *MORE_OF_EVERY_KIND])
def test_every_figure_of_a_master_with_goals_of_every_kind_is_that_of_the_fractions(seed: int, tmp_path: Path) -> None:
    assert run(seed, tmp_path).differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*IN_TIME, *MORE_IN_TIME])
def test_every_figure_of_units_that_begin_end_and_follow_one_another_is_that_of_the_fractions(
    seed: int, tmp_path: Path
) -> None:
    assert run(seed, tmp_path).differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", OF_EVERY_KIND)
def test_gnumeric_calculates_goals_of_every_kind_to_the_cached_figures(
    seed: int, tmp_path: Path, gnumeric: Recalculate
) -> None:
    assert run(seed, tmp_path).differences == ()
    (tmp_path / "gnumeric").mkdir()
    cells = gnumeric(tmp_path / "maestro.xlsx", tmp_path / "gnumeric")
    assert len(cells) > 500
    assert [cell for cell in cells if not cell.same] == []


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("seed", CHANGED)
def test_the_formulas_follow_what_somebody_changes_in_the_data(
    seed: int, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """The months of every task in another order, the weights of siblings exchanged: the fractions of that are shown."""
    assert run(seed, tmp_path).differences == ()
    changed = Figures(edits.shaken(random_campaign(seed), random.Random(seed)))
    written = Comparison(tmp_path / "maestro.xlsx")
    book = openpyxl.load_workbook(tmp_path / "maestro.xlsx")
    for sheet, cells in edits.cells(written.grids, changed).items():
        for name, value in cells.items():
            book[sheet][name].value = value
    book.save(tmp_path / "editado.xlsx")
    shown = libreoffice.save_as_xlsx(tmp_path / "editado.xlsx", tmp_path / "cambiado.xlsx")
    assert len(written.against(changed).differences) > 400
    assert Comparison(shown).against(changed).differences == []


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("seed", RECALCULATED)
def test_libreoffice_recalculates_every_formula_to_the_cached_figure(
    seed: int, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    outcome = run(seed, tmp_path, libreoffice)
    assert outcome.differences == ()
    assert outcome.recalculated == outcome.formulas > 500


def test_the_campaigns_have_the_shapes_that_break_things() -> None:
    campaigns = [random_campaign(seed) for seed in range(60)]
    assert {c.quarter for c in campaigns} == {1, 2, 3, 4}
    assert min(_catalogued(c) for c in campaigns) == 1
    assert max(_catalogued(c) for c in campaigns) >= 35
    made = [Figures(c) for c in campaigns]
    wanted = {
        "one service alone": any(len(f.services) == 1 for f in made),
        "an ACP without units": any(not f.acp_units(str(a["acp"])) for f in made for a in f.entity["acp"]),
        "an operation of another ACP than its unit's": any(
            f.operation_acp(u, o) != f.catalogue[u]["acp"] for f in made for u in f.campaign.units for o in f.operations(u)
        ),
        "a unit of several ACPs": any(len(f.acps_of(u)) > 2 for f in made for u in f.units),
        "a unit without an operation of its ACP": any(
            f.catalogue[u]["acp"] not in f.acps_of(u) for f in made for u in f.units
        ),
        "an area without units": any(not f.below(f.area_place(str(a["area"]))) for f in made for a in f.entity["areas"]),
        "a group of one unit": any(len(f.below(p[:3])) == 1 for f in made for p in f.places.values()),
        "units without subgroup": any("Sin subgrupo" in p for f in made for p in f.places.values()),
        "a missing unit": any(u not in f.campaign.units for f in made for u in f.units),
        "a quarter without figure": any(f.of_unit(u, f.quarters[0]) is None for f in made for u in f.campaign.units),
        "over-execution": any(
            (f.operation(u, o, f.now)[3] or 0) > 100 for f in made for u in f.campaign.units for o in f.operations(u)
        ),
        "an exact threshold": any(f.of_unit(u, f.now) in (70, 51, 9) for f in made for u in f.campaign.units),
        "a blank amount of a source": any(s["ejecutado"] is None for c in campaigns for s in c.entity["fuentes"]),
        "a goal without execution": any(_without_execution(f) for f in made),
        "execution after the cut": any(
            t.get(f"ejecutado_{m}") for f in made for u in f.campaign.units.values() for t in u["tareas"]
            for m in MONTHS[3 * f.campaign.quarter :]
        ),
    }  # fmt: skip
    assert [name for name, there in wanted.items() if not there] == []


def _catalogued(campaign: Campaign) -> int:
    return len(campaign.entity["unidades"])


def _without_execution(f: Figures) -> bool:
    goals = [f.goal(str(a["acp"])) for a in f.entity["acp"]]
    return any(planned is not None and done is None for _, planned, done in goals)


def test_the_campaigns_have_goals_of_every_kind_and_weights_at_every_level() -> None:
    made = [Figures(random_campaign(seed)) for seed in range(WIDE, WIDE + 60)]
    operations = [(f, u, o) for f in made for u in f.campaign.units for o in f.operations(u)]
    goals = [f.task_goal(u, t) for f, u, o in operations for t in f.tasks(u, o)]
    assert {(g.kind, g.sense) for g in goals} == {
        ("suma", "aumentar"), ("acumulada", "aumentar"), ("nivel", "aumentar"), ("nivel", "disminuir"),
        ("último valor", "aumentar"), ("último valor", "disminuir"),
    }  # fmt: skip
    assert {f.campaign.optional("metodo_operacion") for f in made} == {None, "suma", "tareas"}
    falling = [g for g in goals if g.sense == "disminuir"]
    wanted = {
        "a published campaign with a weight": any(not f.by_weights and any(a.get("peso") for a in f.entity["areas"]) for f in made),
        "an area of weight 0": any(a.get("peso") == 0 for f in made if f.by_weights for a in f.entity["areas"]),
        "a unit whose operations have weights": any(f.operation_weights(u) for f, u, _ in operations),
        "tasks with weights": any(len(set(f.task_weights(u, o))) > 2 for f, u, o in operations if f.by_tasks(u, o)),
        "tasks only some of which have a weight": any(
            {None} < {t.get("peso") for t in f.tasks(u, o)} for f, u, o in operations if f.by_tasks(u, o)
        ),
        "sums in an operation by tasks": any(
            f.by_tasks(u, o) and all(f.task_goal(u, t).kind == "suma" for t in f.tasks(u, o)) for f, u, o in operations
        ),
        "a task unlike its operation": any(t.get("tipo_meta") for f, u, o in operations for t in f.tasks(u, o)),
        "a base line above the programme": any(g.base is not None and any(p is not None and g.base > p for p in g.planned) for g in falling),
        "a goal to come down to 0": any(0 in g.planned for g in falling),
        "tenths": any(e is not None and e.denominator > 1 for g in goals for e in g.done),
        "percentages as cells show them": any(t.get(AS_PERCENT) for f, u, o in operations for t in f.tasks(u, o)),
        "a workbook of before": any(t["unidad"][0]["version_plantilla"] == "2" for f in made for t in f.campaign.units.values()),
        "late work": any(f.of_unit(u, f.dates[-1]) == 100 != f.of_unit(u, f.whole) for f, u, _ in operations),
    }  # fmt: skip
    assert [name for name, there in wanted.items() if not there] == []


def test_the_campaigns_have_units_of_every_fate() -> None:
    campaigns = [random_campaign(seed) for seed in range(DATED, DATED + 40)]
    units = [(c, c.entity, str(u["unidad"]), u) for c in campaigns for u in c.entity["unidades"]]
    ended = [(c, e, code) for c, e, code, u in units if u.get("hasta") and lives.counts(e, code, c.quarter)]
    before = [(c, code) for c, e, code in ended if not lives.exists(e, code, 3 * c.quarter - 2, 3 * c.quarter)]
    clipped = [
        (c, code) for c, e, code in ended if code in c.units and lives.of_their_days(e, c.units)[code] != c.units[code]
    ]
    wanted = {
        "one that ended before the quarter, with its last workbook": any(code in c.units for c, code in before),
        "one that ended before, of which nothing came": any(code not in c.units for c, code in before),
        "months after the end": bool(clipped),
        "one that begins later": any(not lives.exists(e, code, 1, 3 * c.quarter) for c, e, code, _ in units),
        "one renamed by the cut": any(lives.current(e, code, c.quarter) != code for c, e, code, _ in units),
        "one to be renamed": any(lives.later_name(e, code) and lives.counts(e, code, c.quarter) for c, e, code, _ in units),
        "a merger": any("; " in str(u.get("sucesora_de")) for *_, u in units),
        "one not in force that counts": any(u["vigencia"] != "vigente" and lives.counts(e, code, c.quarter) for c, e, code, u in units),
        "weights": any(u.get("desde") and u.get("peso") for *_, u in units),
    }  # fmt: skip
    assert [name for name, there in wanted.items() if not there] == []


# --- what the comparison sees ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_bands_of_plain_floats_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poa_xl.indicators.rounding.judged", lambda value: value)
    found = run(EXACT, tmp_path).differences
    assert any("'Bueno', must be 'Satisfactorio'" in line for line in found), found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("poa_xl.indicators.weights_of", lambda given: [1.0] * len(given)),
        ("poa_xl.evaluation.goals.operation_weights", lambda *_: {}),
        ("poa_xl.evaluation.weights.stated", lambda _: {}),
        ("poa_xl.indicators.meta_de_tarea.most_of", lambda months, last: sum(v or 0 for v in months[:last])),
        ("poa_xl.indicators.meta_de_tarea.meta_programmed", lambda planned, _: bool(planned)),
        ("poa_xl.indicators.meta_de_tarea.capped_points", lambda points: points),
    ],
)
def test_another_rule_for_goals_or_weights_would_be_seen(
    name: str, other: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(EVERYTHING, tmp_path / "right").differences == ()
    monkeypatch.setattr(name, other)
    assert run(EVERYTHING, tmp_path / "wrong").differences != ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("poa_xl.evaluation.physical.exists", lambda *_: True),
        ("poa_xl.checking.unit_rules.Context.without", lambda *_: {}),
        ("poa_xl.existence.renamings", lambda _: {}),
    ],
)
def test_another_rule_for_units_in_time_would_be_seen(
    name: str, other: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name, other)
    assert run(DATED + 11, tmp_path).differences != ()


@pytest.mark.slow
def test_a_wrong_cell_anywhere_is_seen(tmp_path: Path) -> None:
    """A figure is changed in every sheet that has figures, one after the other."""
    assert run(WITH_SOURCES, tmp_path).differences == ()
    figures = Figures(random_campaign(WITH_SOURCES))
    right = Comparison(tmp_path / "maestro.xlsx").against(figures)
    for sheet in (
        "Portada",
        "ACP",
        "Fuentes",
        "Histórico",
        "Resumen de indicadores",
        "Cálculo",
        "Cuadre",
        "Datos_SIGEP",
    ):
        wrong = Comparison(tmp_path / "maestro.xlsx")
        row, col = min((r, c) for name, r, c in right.compared if name == sheet and _figure(right.grids[sheet], r, c))
        wrong.grids[sheet][row][col] = float(str(wrong.grids[sheet][row][col])) * (1 + 1e-7)
        found = wrong.against(figures).differences
        assert any(line.startswith(f"{sheet} row {row + 1} column {col + 1}:") for line in found), sheet


def _figure(grid: list[list[object]], row: int, col: int) -> bool:
    value = grid[row][col] if row < len(grid) and col < len(grid[row]) else ""
    return isinstance(value, float) and abs(value) > 1


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["Cálculo", "Datos_Metas", "Datos_Operaciones", "Datos_Tareas"])
def test_a_wrong_last_column_of_goals_is_seen(sheet: str, tmp_path: Path) -> None:
    """The columns to date and of the year are the last ones."""
    seed = OF_EVERY_KIND[1]
    assert run(seed, tmp_path).differences == ()
    figures = Figures(random_campaign(seed))
    right = Comparison(tmp_path / "maestro.xlsx").against(figures)
    row, col = max((r, c) for name, r, c in right.compared if name == sheet and _figure(right.grids[sheet], r, c))
    wrong = Comparison(tmp_path / "maestro.xlsx")
    wrong.grids[sheet][row][col] = float(str(wrong.grids[sheet][row][col])) * (1 + 1e-7)
    found = wrong.against(figures).differences
    assert any(line.startswith(f"{sheet} row {row + 1} column {col + 1}:") for line in found)


def test_numbers_agree_within_a_billionth_and_words_only_when_equal() -> None:
    assert agree(70.0000000001, 70)
    assert not agree(70.0000002, 70)
    assert not agree("Bueno", "Satisfactorio")
    assert not agree(0, None)
    assert not agree("n/a", 0)
    assert agree("", None)
