"""Random campaigns of odd shapes: what `consolidate` writes against fractions of the rows that were typed.

More of them: `python -m tests.independent --first 100 --count 100 --libreoffice`.
"""

from pathlib import Path

import pytest

from tests.independent.campaign import MONTHS, Campaign, random_campaign
from tests.independent.comparison import Comparison, agree
from tests.independent.figures import Figures
from tests.independent.run import run
from tests.libreoffice import LibreOffice

SEEDS = (*range(10), 72, 85)
RECALCULATED = (1, 9, 14, 23)
WITH_SOURCES = 23
EXACT = 85  # a campaign with units at exact thresholds


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_the_master_is_that_of_the_fractions(seed: int, tmp_path: Path) -> None:
    outcome = run(seed, tmp_path)
    assert outcome.differences == ()
    assert outcome.figures > 500
    print(outcome.line)


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


# --- what the comparison sees ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_bands_of_plain_floats_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("poa_xl.indicators.rounding.judged", lambda value: value)
    found = run(EXACT, tmp_path).differences
    assert any("'Bueno', must be 'Satisfactorio'" in line for line in found), found


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


def test_numbers_agree_within_a_billionth_and_words_only_when_equal() -> None:
    assert agree(70.0000000001, 70)
    assert not agree(70.0000002, 70)
    assert not agree("Bueno", "Satisfactorio")
    assert not agree(0, None)
    assert not agree("n/a", 0)
    assert agree("", None)
