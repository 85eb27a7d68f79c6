"""Every band is that of the exact figure: an exact 70 is a 70, whichever way a float came near it."""

import dataclasses
import datetime as dt
import random
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import nextafter
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import openpyxl
import pytest
import xlsxwriter

from poa_xl import entity, evaluation, indicators
from poa_xl.functions import registry
from poa_xl.indicators import CRITERIO_DGAA_2024, SEMAFORO_2024
from poa_xl.sheets import MESES
from poa_xl.writers import master
from poa_xl.writers.master import criteria
from poa_xl.writers.unit_workbook import workbook as unit_workbook_workbook
from tests import factories
from tests.libreoffice import LibreOffice, differences
from tests.one_sheet import sheet_of
from tests.test_evaluation import Rows, accepted_of

pytestmark = pytest.mark.slow

THRESHOLDS = (100, 70, 51, 9)
QUARTERS = (1, 2, 3, 4)
TRILLION = Fraction(1, 10**12)


# --- the rule in fractions -----------------------------------------------------------------------------------------


def nine_decimals(exact: Fraction) -> Fraction:
    """Half away from zero at nine decimals."""
    whole = (abs(exact) * 10**9 + Fraction(1, 2)) // 1
    return (whole if exact >= 0 else -whole) * Fraction(1, 10**9)


def exact_band(exact: Fraction) -> str:
    """The grado and qualification of an exact avance, by the table of the method."""
    value = nine_decimals(exact)
    if value <= 0:
        return "Por iniciar Nulo"
    for minimum, words in zip(
        (100, 70, 51, 9),
        ("Concluido Excelente", "En proceso de ejecución Alto", "En proceso de ejecución Medio", "Atrasado Bajo"),
        strict=True,
    ):
        if value >= minimum:
            return words
    return "En riesgo Muy bajo"


def exact_level(exact: Fraction, quarter: int) -> str:
    value = nine_decimals(exact)
    if value >= (20, 43, 65, 85)[quarter - 1]:
        return "Óptimo"
    return "Aceptable" if value >= (10, 33, 48, 65)[quarter - 1] else "En observación"


def near(rng: random.Random, threshold: int) -> Fraction:
    """A threshold, or a figure so near it that only decimals beyond the ninth, or the ninth, tell them apart."""
    return threshold + rng.choice((0, 0, 0, 1, -1, 3, -3)) * Fraction(1, 10 ** rng.randint(8, 11))


def parts_of(rng: random.Random, wanted: Fraction, most: Fraction) -> list[tuple[Fraction, int]]:
    """Figures (points, weight) whose weighted mean is exactly the wanted one; the last makes up for the others."""
    while True:
        parts = [
            (Fraction(100 * rng.randint(0, d), d), rng.randint(1, 6))
            for d in (rng.choice((3, 6, 7, 9, 11, 13, 15, 21, 27)) for _ in range(rng.randint(1, 6)))
        ]
        weight = rng.randint(1, 6)
        last = (wanted * (sum(w for _, w in parts) + weight) - sum(p * w for p, w in parts)) / weight
        if 0 <= last <= most:
            return [*parts, (last, weight)]


def judgements(seed: int, count: int) -> Iterator[tuple[Fraction, float]]:
    """(exact avance, the float that the formulas reach): operations of a unit, or units of an area."""
    rng = random.Random(seed)
    for _ in range(count):
        exact = near(rng, rng.choice(THRESHOLDS))
        if exact > 100:
            exact = Fraction(200) - exact
        pairs = parts_of(rng, exact, Fraction(100))
        raw = [(indicators.eficacia(p.numerator, p.denominator * 100), w) for p, w in pairs]
        if rng.random() < 0.5:
            found = indicators.unit_avance(raw)
        else:
            found = indicators.mean([value for value, w in raw for _ in range(w)])
        assert found is not None
        yield exact, found


def executions(seed: int, count: int) -> Iterator[tuple[Fraction, float, int]]:
    """(exact ejecucion, the float, quarter) of amounts in centavos that are added month by month."""
    rng = random.Random(seed)
    for _ in range(count):
        quarter = rng.choice(QUARTERS)
        threshold = rng.choice([c.minimos[quarter - 1] for c in CRITERIO_DGAA_2024[:2]])
        vigente = 100 * rng.randint(1, 10**9)  # centavos
        spent = vigente * int(threshold) // 100 + rng.choice((0, 0, 0, 0, 1, -1))
        cuts = sorted(rng.randint(0, spent) for _ in range(3 * quarter - 1))
        months = [b - a for a, b in zip([0, *cuts], [*cuts, spent], strict=True)]
        found = indicators.ejecucion(indicators.total(m / 100 for m in months), vigente / 100)
        assert found is not None
        yield Fraction(100 * spent, vigente), found, quarter


def band(avance: float) -> str:
    found = indicators.semaforo(avance)
    assert found is not None
    return f"{found.grado} {found.calificacion}"


def level(ejecucion: float, quarter: int) -> str:
    found = indicators.criterio_dgaa(ejecucion, quarter)
    assert found is not None
    return found.evaluacion


def test_ten_thousand_avances_near_a_threshold_get_the_band_of_the_exact_figure() -> None:
    cases = list(judgements(7, 8_000))
    assert [(e, f) for e, f in cases if band(f) != exact_band(e)] == []
    floats = [b for e, f in cases for b in THRESHOLDS if (f >= b) != (nine_decimals(e) >= b)]
    assert len(floats) > 500, "the cases must be such that the plain float is often on the wrong side"


def test_executions_near_a_threshold_get_the_level_of_the_exact_figure() -> None:
    cases = list(executions(8, 4_000))
    assert [(e, f, q) for e, f, q in cases if level(f, q) != exact_level(e, q)] == []
    floats = [q for e, f, q in cases for c in CRITERIO_DGAA_2024[:2]
              if (f >= c.minimos[q - 1]) != (nine_decimals(e) >= c.minimos[q - 1])]  # fmt: skip
    assert len(floats) > 20


def test_a_threshold_with_more_decimals_than_nine_is_reached_by_its_own_figure() -> None:
    third = SEMAFORO_2024[1]._replace(minimo=200 / 3)
    bands = (SEMAFORO_2024[0], third, *SEMAFORO_2024[2:])
    assert indicators.semaforo(200 / 3, bands) == third
    assert indicators.semaforo(66.66666666, bands) == bands[2], "a figure below it stays below"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (69.99999999999999, 70.0),
        (69.9999999995, 70.0),
        (69.9999999994, 69.999999999),
        (-1.0000000005, -1.000000001),
        (1e300, 1e300),
        (1234567.0000000123, 1234567.0000000123),
        (float("inf"), float("inf")),
    ],
)
def test_what_is_judged_is_the_figure_at_nine_decimals(value: float, expected: float) -> None:
    assert indicators.judged(value) == expected


# --- over-execution and amounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planned", "done", "over"),
    [
        (0.3, 0.1 + 0.2, False),  # 100.00000000000001 in floats
        (0.7, 0.1 * 7, False),
        (10, 10, False),
        (10, 11, True),
        (1_000, 1_000.001, True),
        (0, 1, True),
        (None, 1, True),
        (0, 0, False),
        (None, None, False),
        (3, 2, False),
    ],
)
def test_what_executed_its_programme_is_no_over_execution(
    planned: float | None, done: float | None, over: bool
) -> None:
    assert indicators.over_executed(planned, done) is over


# --- the functions of the worksheets -------------------------------------------------------------------------------


def test_the_worksheet_functions_judge_the_exact_figure() -> None:
    avance = (3 * (800 / 9) + 200 / 15) / 4
    assert avance < 70
    assert registry.SEMAFORO(avance) == "Satisfactorio"
    assert registry.CRITERIO_DGAA(sum(MONEY) * 100 / VIGENTE, 1) == "Óptimo"
    assert registry.SEMAFORO(69.99) == "Bueno"
    assert registry.CRITERIO_DGAA(19.99, 1) == "Aceptable"


# --- the cases of the report, through evaluation, master and LibreOffice ---------------------------------------------

# Tasks as (operation, programmed, executed): each avance is exactly the threshold, and its float is below it.
EXACT = {
    70: (("OP-1", 9, 8), ("OP-1", 9, 8), ("OP-1", 9, 8), ("OP-2", 15, 2)),
    51: (("OP-1", 6, 3), ("OP-1", 6, 3), ("OP-2", 15, 14), ("OP-3", 75, 8)),
    9: (("OP-1", 9, 1), ("OP-1", 9, 1), ("OP-1", 9, 1), ("OP-2", 75, 2)),
}
WORDS = {70: "Satisfactorio", 51: "Bueno", 9: "Regular"}
BELOW = {70: "Bueno", 51: "Regular", 9: "Deficiente"}
VIGENTE, MONEY = 0.55, (0.01, 0.06, 0.04)  # exactly 20 %, in floats 19.999999999999996


def tasks(rows: Sequence[tuple[str, int, int]]) -> Rows:
    blank = {f"{stem}_{m}": None for stem in ("programado", "ejecutado") for m in MESES}
    return [
        {**blank, "operacion": o, "actividad": "A", "tarea": f"T{n}", "programado_ene": p, "ejecutado_ene": e}
        for n, (o, p, e) in enumerate(rows)
    ]


def operations(rows: Sequence[tuple[str, int, int]]) -> Rows:
    return [{"operacion": o, "acp": "1.1", "denominacion": "Operación"} for o in dict.fromkeys(r[0] for r in rows)]


def unit(rows: Sequence[tuple[str, int, int]]) -> dict[str, Rows]:
    return {"tareas": tasks(rows), "operaciones": operations(rows), "presupuesto": [], "resultados": []}


def exact_entity() -> entity.Entidad:
    """The made-up entity with three units in the area VRE, and a category that spends exactly 20 %."""
    base = factories.entidad()
    twins = [dataclasses.replace(base.by_code["DGRB"], unidad=f"DG-{n}", nombre=f"Dirección {n}") for n in (2, 3)]
    report = [
        entity.RegistroSigep("000 0 001", mes, VIGENTE, spent, "Estado Aprobado", 4 + mes)
        for mes, spent in enumerate(MONEY, start=1)
    ]
    return dataclasses.replace(base, unidades=(*base.unidades, *twins), presupuesto=tuple(report))


def exact_data() -> dict[str, dict[str, Rows]]:
    area = {"DGRB": (("OP-1", 1, 1),), "DG-2": (("OP-1", 6, 5),), "DG-3": (("OP-1", 15, 4),)}  # 100, 250/3 and 80/3
    data = {code: unit(rows) for code, rows in area.items()}
    return data | {code: unit(EXACT[t]) for code, t in (("DGAA", 70), ("EMB-AR", 51), ("CON-JJ", 9))}


@pytest.fixture(scope="module")
def exact_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, made = tmp_path_factory.mktemp("exacto") / "maestro.xlsx", exact_entity()
    accepted = accepted_of(exact_data())
    result = evaluation.evaluate(made, accepted, 1)
    master.write_master(path, made, result, accepted, [], [], corte=dt.date(2024, 3, 31))
    return path


def calculated(path: Path, sheet: str, title: str) -> dict[str, object]:
    """A column of a calculation sheet, by code."""
    titles, *rows = sheet_of(path, sheet, data_only=True).iter_rows(min_row=5, values_only=True)
    return {str(row[1]): row[titles.index(title)] for row in rows}


def test_the_plain_floats_of_the_cases_are_below_their_thresholds() -> None:
    for threshold, rows in EXACT.items():
        planned, done, names = ([cast(Any, r[i]) for r in rows] for i in (1, 2, 0))
        found = indicators.weighted_avance(planned, done, names)
        assert found is not None
        assert found < threshold, threshold
        assert abs(Fraction(found) - threshold) < TRILLION
    assert sum(MONEY) * 100 / VIGENTE < 20


def test_the_master_shows_the_words_of_exact_thresholds(exact_master: Path) -> None:
    words = calculated(exact_master, "Cálculo", "Semáforo acumulado")
    assert {t: words[u] for t, u in ((70, "DGAA"), (51, "EMB-AR"), (9, "CON-JJ"))} == WORDS
    assert (words["VRE"], words["DG-2"], words["DG-3"]) == ("Satisfactorio", "Satisfactorio", "Regular")
    assert calculated(exact_master, "Cálculo_Presupuesto", "Criterio DGAA")["000 0 001"] == "Óptimo"


def test_one_less_executed_is_the_band_below() -> None:
    made = exact_entity()
    for threshold, rows in EXACT.items():
        fewer = (*rows[:-1], (rows[-1][0], rows[-1][1], rows[-1][2] - 1))
        result = evaluation.evaluate(made, accepted_of({"DGAA": unit(fewer)}), 1)
        found = result.semaforo(("unidad", "DGAA"), "t1")
        assert found is not None
        assert found.evaluacion == BELOW[threshold]


@pytest.mark.libreoffice
def test_libreoffice_recalculates_the_words_of_exact_thresholds(libreoffice: LibreOffice, exact_master: Path) -> None:
    cells = libreoffice.recalculate(exact_master)
    assert differences(cells) == []
    shown = {c.recalculated for c in cells["Cálculo"].values() if isinstance(c.recalculated, str)}
    assert {"Satisfactorio", "Bueno", "Regular"} <= shown


@pytest.mark.libreoffice
@pytest.mark.parametrize("threshold", [70, 51, 9])
def test_a_units_workbook_recalculates_to_the_words_of_exact_thresholds(
    libreoffice: LibreOffice, tmp_path: Path, threshold: int
) -> None:
    made = exact_entity()
    money: dict[str, object] = {"categoria": "000 0 001", "fuente": "10", "inicial": VIGENTE, "vigente": VIGENTE}
    money |= dict(zip(("devengado_ene", "devengado_feb", "devengado_mar"), MONEY, strict=True))
    rows = EXACT[threshold]
    data: dict[str, Any] = {
        "unidad": [{"trimestre": 1}],
        "tareas": tasks(rows),
        "operaciones": operations(rows),
        "presupuesto": [money],
    }
    path = tmp_path / "DGAA.xlsx"
    unit_workbook_workbook.write_unit_workbook(path, made, made.by_code["DGAA"], data, functions="native")
    cells = libreoffice.recalculate(path)
    assert differences(cells) == []
    words = [c.recalculated for c in cells["Resumen"].values() if isinstance(c.recalculated, str)]
    assert WORDS[threshold] in words
    assert "Óptimo" in words, "the execution of exactly 20 %"
    assert "Aceptable" not in words


def test_the_colours_of_a_units_workbook_take_the_figure_at_nine_decimals(tmp_path: Path) -> None:
    made = exact_entity()
    path = tmp_path / "DGAA.xlsx"
    unit_workbook_workbook.write_unit_workbook(path, made, made.by_code["DGAA"], {}, functions="native")
    book = openpyxl.load_workbook(path)
    rules = [
        str(rule.formula[0])
        for sheet in book.worksheets
        for ranges in sheet.conditional_formatting
        for rule in ranges.rules
        if rule.type == "expression" and "semaforo_desde" in str(rule.formula[0])
    ]
    assert rules
    assert all(re.search(r"ROUND\(N\([A-Z]+\d+\),9\)>=INDEX\(semaforo_desde", rule) for rule in rules)


# --- LibreOffice's ROUND and ours ----------------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_ten_thousand_judgements_of_the_masters_formulas_are_those_of_python(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """The formulas of the levels over floats at, and a few bits beside, what decides."""
    rng = random.Random(9)
    floats = [f for _, f in judgements(11, 6_000)] + [f for _, f, _ in executions(12, 3_000)]
    for _ in range(2_000):
        # Nearer than 1e-12 to a half of the ninth decimal, programs differ; no ratio of real amounts lies there.
        step = rng.choice((0, 1, -1, 0.502, -0.502, 0.498, -0.498))
        value = rng.choice((0.0, *THRESHOLDS, 20, 43, 10, 33)) + step * 1e-9
        floats.append(nextafter(value, rng.choice((-1e9, 1e9))))
    path = tmp_path / "niveles.xlsx"
    expected = _write_levels(path, floats)
    cells = libreoffice.recalculate(path)["A"]
    wrong = [
        (floats[i], column, cells[f"{column}{i + 1}"].recalculated, word)
        for i, words in enumerate(expected)
        for column, word in zip("BC", words, strict=True)
        if cells[f"{column}{i + 1}"].recalculated != word
    ]
    assert wrong == []


def _write_levels(path: Path, floats: Sequence[float]) -> list[tuple[str, str]]:
    """A column of floats, and beside it the formulas of the master for both levels (second quarter)."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet, tables = workbook.add_worksheet("A"), workbook.add_worksheet("T")
    constants: dict[str, str] = {}
    for i, banda in enumerate(SEMAFORO_2024):
        tables.write_row(i, 0, [banda.evaluacion, banda.minimo])
        constants |= {f"semaforo.{i}": f"T!$A${i + 1}", f"semaforo.{i}.minimo": f"T!$B${i + 1}"}
    for i, criterio in enumerate(CRITERIO_DGAA_2024):
        tables.write_row(i, 3, [criterio.evaluacion, max(criterio.minimos[1], -1e9)])
        constants |= {f"criterio.{i}": f"T!$D${i + 1}", f"criterio.{i}.minimo": f"T!$E${i + 1}"}
    libro = SimpleNamespace(constants=constants, evaluacion=SimpleNamespace(entidad=factories.entidad()))
    expected = []
    for i, value in enumerate(floats):
        avance, ejecucion = indicators.semaforo(value), indicators.criterio_dgaa(value, 2)
        assert avance is not None
        assert ejecucion is not None
        expected.append((avance.evaluacion, ejecucion.evaluacion))
        sheet.write_number(i, 0, value)
        sheet.write_formula(i, 1, criteria.semaforo_formula(libro, f"A{i + 1}"), None, "")  # type: ignore[arg-type]
        sheet.write_formula(i, 2, criteria.criterio_formula(libro, f"A{i + 1}"), None, "")  # type: ignore[arg-type]
    workbook.close()
    return expected
