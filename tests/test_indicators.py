"""The formulas against cases that an official can read, and against properties that must always hold."""

import ast
import math
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, strategies as st

from poa_xl import indicators
from poa_xl.indicators import CRITERIO_DGAA_2024, SEMAFORO_2024

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "indicadores.yaml").read_text(encoding="utf-8"))
FLAT = [(name, case) for name, cases in CASES.items() for case in cases]

points = st.floats(-50, 250, allow_nan=False)
counts = st.integers(0, 500)


def _plain(result: object) -> object:
    if isinstance(result, indicators.Banda):
        return [result.grado, result.parametro, result.calificacion, result.evaluacion, result.color]
    return result.evaluacion if isinstance(result, indicators.Criterio) else result


@pytest.mark.parametrize(("name", "case"), FLAT, ids=[f"{n}-{i}" for i, (n, _) in enumerate(FLAT)])
def test_each_case_of_the_method_gives_its_figure(name: str, case: dict[str, object]) -> None:
    arguments = {k: v for k, v in case.items() if k not in ("da", "porque", "redondeado")}
    result = _plain(getattr(indicators, name)(**arguments))
    if case.get("redondeado"):
        assert isinstance(result, float)
        result = indicators.round_half_up(result)
    if isinstance(case["da"], int | float):
        assert result == pytest.approx(case["da"], rel=1e-7, abs=1e-12)
    else:
        assert result == case["da"]


def test_29_of_100_is_exactly_29() -> None:
    assert indicators.eficacia(29, 100) == 29


@given(counts, counts)
def test_eficacia_grows_with_what_is_achieved(done: int, planned: int) -> None:
    lower, higher = indicators.eficacia(done, planned), indicators.eficacia(done + 1, planned)
    if planned == 0:
        assert lower is None
        assert higher is None
    else:
        assert lower is not None
        assert higher is not None
        assert lower < higher


@given(st.lists(st.tuples(st.one_of(st.none(), points), st.integers(0, 20)), max_size=12))
def test_a_units_avance_lies_between_its_operations(operations: list[tuple[float | None, int]]) -> None:
    avance = indicators.unit_avance(operations)
    counted = [min(100.0, p) for p, t in operations if p is not None and t]
    if not counted:
        assert avance is None
    else:
        assert avance is not None
        assert min(counted) - 1e-9 <= avance <= max(counted) + 1e-9
        assert avance <= 100


@given(st.lists(st.tuples(counts, counts, st.sampled_from("ABC")), min_size=1, max_size=15))
def test_tasks_and_operations_give_the_same_avance(tasks: list[tuple[int, int, str]]) -> None:
    planned, done, names = zip(*tasks, strict=True)
    pairs = []
    for name in sorted(set(names)):
        own = [(p, e) for p, e, n in tasks if n == name]
        p, e = sum(x for x, _ in own), sum(x for _, x in own)
        pairs.append((indicators.operation_avance(p, e), sum(x > 0 for x, _ in own)))
    expected = indicators.unit_avance(pairs)
    got = indicators.weighted_avance(planned, done, names)
    assert (got is None) == (expected is None)
    assert got is None or got == pytest.approx(expected, abs=1e-9)


@given(points)
def test_no_avance_falls_between_two_bands(avance: float) -> None:
    banda = indicators.semaforo(avance)
    assert banda is not None
    capped = min(100.0, indicators.judged(avance))
    matching = [
        b
        for b, upper in zip(SEMAFORO_2024, [math.inf, *(x.minimo for x in SEMAFORO_2024)], strict=False)
        if (b.grado == "Por iniciar" and capped <= 0)
        or (b.grado != "Por iniciar" and capped > 0 and b.minimo <= capped < upper)
    ]
    assert matching == [banda]


@given(points, points)
def test_a_higher_avance_is_never_judged_worse(a: float, b: float) -> None:
    low, high = sorted((a, b))
    order = [banda.grado + banda.calificacion for banda in SEMAFORO_2024]
    worse, better = indicators.semaforo(low), indicators.semaforo(high)
    assert worse is not None
    assert better is not None
    assert order.index(better.grado + better.calificacion) <= order.index(worse.grado + worse.calificacion)


@given(points, points, st.integers(1, 4))
def test_a_higher_ejecucion_is_never_judged_worse(a: float, b: float, trimestre: int) -> None:
    low, high = sorted((a, b))
    worse, better = indicators.criterio_dgaa(low, trimestre), indicators.criterio_dgaa(high, trimestre)
    assert worse is not None
    assert better is not None
    assert CRITERIO_DGAA_2024.index(better) <= CRITERIO_DGAA_2024.index(worse)


def test_a_fifth_quarter_is_refused() -> None:
    with pytest.raises(ValueError, match="trimestre"):
        indicators.criterio_dgaa(50, 5)


@given(st.lists(st.floats(0, 100), min_size=2, max_size=40))
def test_the_limits_are_those_of_the_sample_deviation(values: list[float]) -> None:
    found = indicators.statistics_95(values)
    assert found is not None
    margin = 1.96 * statistics.stdev(values) / math.sqrt(len(values))
    assert found.n == len(values)
    assert found.media == pytest.approx(statistics.fmean(values), abs=1e-9)
    assert found.limite_inferior == pytest.approx(statistics.fmean(values) - margin, abs=1e-6)
    assert found.limite_superior == pytest.approx(statistics.fmean(values) + margin, abs=1e-6)


def test_one_value_has_a_mean_and_no_limits() -> None:
    assert indicators.statistics_95([80.0, None]) == (1, 80.0, None, None, None)
    assert indicators.statistics_95([None]) is None


def test_the_published_lower_limit_of_representaciones_comes_out() -> None:
    found = indicators.statistics_95([100.0, 100.0, 93.11, 100.0])
    assert found is not None
    assert found.limite_inferior is not None
    assert indicators.round_half_up(found.limite_inferior) == 94.90


@pytest.mark.parametrize("path", sorted(Path(indicators.__file__).parent.glob("*.py")), ids=lambda path: path.name)
def test_each_module_reads_as_python_3_8(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_package_imports_the_standard_library_alone() -> None:
    code = "import sys; import poa_xl.indicators; print(*sorted(m.split('.')[0] for m in sys.modules))"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"pandas", "numpy", "openpyxl", "xlsxwriter", "click", "yaml", "pandera"}
