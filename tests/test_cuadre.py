"""One cuadre: the findings, the sheet Cuadre and its formulas say the same of every category."""

import dataclasses
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from poa_xl import messages
from poa_xl.checking import entity_book, slips, unit_books
from poa_xl.checking.slips import Amount, Slip
from poa_xl.cli import poa_xl
from poa_xl.entity import RegistroSigep
from poa_xl.evaluation import cuadre as evaluation_cuadre
from poa_xl.findings import Finding
from poa_xl.sheets import MESES
from tests import factories, test_evaluation, text_books
from tests.libreoffice import LibreOffice, differences
from tests.one_sheet import sheet_of

pytestmark = pytest.mark.slow

# Two units, a category for each and one that both spend.
UNITS = """
    Código | Nombre | Servicio | Grupo | Área | ACP | Vigencia
    DGRB | Dirección General de Relaciones Bilaterales | Servicio Central | Direcciones | VRE | '1.1 | vigente
    DGLI | Dirección General de Límites | Servicio Central | Direcciones | VRE | '1.1 | vigente
"""
CATEGORIES = """
    Categoría programática | Programa | Unidad | Grupos | ACP | Área | Unidad ejecutora
    570 0 004 | Relaciones bilaterales | DGRB |  | '1.1 | VRE | UE-2
    570 0 005 | Límites | DGLI |  | '1.1 | VRE | UE-2
    570 0 006 | Fronteras |  | Direcciones | '1.1 | VRE | UE-2
"""
BUDGET = "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | Dev. ene | Dev. feb | Dev. mar"
ALL = {"570 0 004", "570 0 005", "570 0 006"}
MONTHS = 6


def sigep(**figures: tuple[float, float] | None) -> str:
    """SIGEP by category: vigente at the end of each month and all of the devengado in January; None: no report."""
    lines = ["Categoría programática | Mes | Presupuesto vigente | Devengado del mes | Tipo de reporte"]
    for number, figure in figures.items():
        if figure is not None:
            lines += [
                f"570 0 00{number[1]} | {mes} | {figure[0]} | {figure[1] if mes == 1 else 0} | Estado Aprobado"
                for mes in range(1, MONTHS + 1)
            ]
    return "\n".join(lines)


class Outcome(NamedTuple):
    findings: list[Finding]
    master: Path

    @property
    def differing(self) -> set[str]:
        return {f.details["categoria"] for f in self.findings if f.code in ("CUA-001", "CUA-002")}

    def table(self) -> dict[str, tuple[object, ...]]:
        """Category, or «Total» -> (vigente and devengado: units, SIGEP, difference; state)."""
        rows = sheet_of(self.master, "Cuadre", data_only=True).iter_rows(values_only=True)
        states = ("Cuadra", "No cuadra", "Sin datos")
        return {str(r[0]): (*r[3:9], r[9]) for r in rows if r[0] == "Total" or r[9] in states}


def consolidated(folder: Path, reports: str, **units: str) -> Outcome:
    """What units with these rows of Presupuesto get, beside these figures of SIGEP, at the end of the second quarter."""
    (folder / "entregas").mkdir(parents=True)
    path = text_books.entity(folder / "entidad.xlsx", Unidades=UNITS, Categorias=CATEGORIES, Presupuesto_SIGEP=reports)
    for unidad, rows in units.items():
        form = text_books.UNIT["Unidad"].replace("DGRB", unidad)
        if unidad == "DGLI":
            form = form.replace("Relaciones Bilaterales", "Límites")
        text_books.unit(folder / "entregas" / f"{unidad}.xlsx", Unidad=form, Presupuesto=f"{BUDGET}\n{rows}")
    checked = entity_book.check_entity(path)
    assert checked.entidad is not None, checked.findings
    found = unit_books.check_units([folder / "entregas"], checked, checked.entidad, 2).findings
    written = folder / "maestro.xlsx"
    arguments = ("consolidate", folder / "entregas", "--quarter", "2", "-o", written)
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exit_code in (0, 1), result.output
    return Outcome(list(found), written)


SPENT = "570 0 004 | '10 | 100 | 100 | 60 | 0 | 0"
CASES = {
    # Equal sums: nothing is said.
    "all equal": (sigep(c4=(100, 60), c5=(0, 0), c6=(0, 0)), {"DGRB": SPENT}, {}),
    "blank months beside a SIGEP without spending": (
        sigep(c4=(100, 0), c5=(0, 0), c6=(0, 0)), {"DGRB": "570 0 004 | '10 | 100 | 100 |  |  | "}, {}),
    "one source with blank months, another without": (
        sigep(c4=(150, 60), c5=(0, 0), c6=(0, 0)),
        {"DGRB": f"{SPENT}\n570 0 004 | '20 | 50 | 50 |  |  | "}, {}),
    "a reversal that is in SIGEP too": (
        sigep(c4=(100, -60), c5=(0, 0), c6=(0, 0)), {"DGRB": "570 0 004 | '10 | 100 | 100 | -60 | 0 | 0"}, {}),
    "a difference of the tolerance": (
        sigep(c4=(100, 60.01), c5=(0, 0), c6=(0, 0)), {"DGRB": SPENT}, {}),
    # Differences.
    "blank months beside spending": (
        sigep(c4=(200, 150), c5=(0, 0), c6=(0, 0)), {"DGRB": "570 0 004 | '10 | 200 | 200 |  |  | "},
        {"570 0 004": (200, 200, 0, 0, 150, -150)}),
    "a category of which no unit has a row": (
        sigep(c4=(100, 60), c5=(500, 0), c6=(0, 0)), {"DGRB": SPENT}, {"570 0 005": (0, 500, -500, 0, 0, 0)}),
    "a category that several units share and none reports": (
        sigep(c4=(100, 60), c5=(0, 0), c6=(700, 70)), {"DGRB": SPENT}, {"570 0 006": (0, 700, -700, 0, 70, -70)}),
    "just beyond the tolerance": (
        sigep(c4=(100, 60.02), c5=(0, 0), c6=(0, 0)), {"DGRB": SPENT}, {"570 0 004": (100, 100, 0, 60, 60.02, -0.02)}),
    "half a centavo of an amount with three decimals": (
        sigep(c4=(100, 60.01), c5=(0, 0), c6=(0, 0)), {"DGRB": "570 0 004 | '10 | 100 | 100 | 60.025 | 0 | 0"},
        {"570 0 004": (100, 100, 0, 60.025, 60.01, 0.02)}),
}  # fmt: skip
_SOURCES = """
    Fuente | Descripción | Trimestre | Presupuesto inicial | Presupuesto vigente | Ejecutado | Tipo de reporte
    '10 | Tesoro General | 2 | 1000 | 1000 | 10.5 | Estado en Línea
    '20 | Recursos | 2 | 1000 | 1000 | 10.5 | Estado en Línea
"""


@pytest.mark.libreoffice
@pytest.mark.parametrize(("reports", "units", "expected"), CASES.values(), ids=CASES)
def test_findings_and_the_sheet_say_the_same_and_so_does_libreoffice(
    reports: str,
    units: dict[str, str],
    expected: dict[str, tuple[float, ...]],
    tmp_path: Path,
    libreoffice: LibreOffice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(text_books.ENTITY, "Fuentes", _SOURCES)
    made = consolidated(tmp_path, reports, **units)
    table = made.table()
    assert {c for c, row in table.items() if row[-1] == "No cuadra"} == made.differing == set(expected)
    assert {c for c, row in table.items() if row[-1] == "Cuadra"} == ALL - set(expected)
    for category, figures in expected.items():
        assert table[category][:6] == pytest.approx(figures)
    categories = [row for name, row in table.items() if name != "Total"]
    for place in range(6):
        assert table["Total"][place] == pytest.approx(sum(row[place] for row in categories))
    assert differences(libreoffice.recalculate(made.master)) == []


def test_the_total_adds_what_only_sigep_has(tmp_path: Path) -> None:
    made = consolidated(tmp_path, sigep(c4=(100, 60), c5=(500, 0), c6=(0, 0)), DGRB=SPENT)
    assert made.table()["Total"][:3] == (100, 600, -500)


def test_a_category_without_a_report_of_sigep_has_no_state_and_no_finding_of_the_cuadre(tmp_path: Path) -> None:
    rows = f"{SPENT}\n570 0 006 | '10 | 9 | 9 | 1 | 0 | 0"
    made = consolidated(tmp_path, sigep(c4=(100, 60), c5=(0, 0), c6=None), DGRB=rows)
    assert made.table()["570 0 006"] == (9, "n/a", "n/a", 1, "n/a", "n/a", "Sin datos")
    assert made.differing == set()
    own = entity_book.check_entity(tmp_path / "entidad.xlsx").findings
    assert [f.location.cell for f in own if f.code == "SIG-006"] == ["A4"]


_NO_SOURCES = _SOURCES.strip().splitlines()[0]


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("missing", "row", "differing", "expected"),
    [
        # The vigente of May is not that of June: nothing is known to differ.
        (6, "570 0 004 | '10 | 700 | 700 | 60 | 0 | 0", set(), (700, "n/a", "n/a", 60, "n/a", "n/a", "Sin datos")),
        # What is in force at the cut is known: it may differ, whatever was accrued.
        (3, "570 0 004 | '10 | 250 | 250 | 60 | 0 | 0", {"570 0 004"}, (250, 100, 150, 60, "n/a", "n/a", "No cuadra")),
        (3, SPENT, set(), (100, 100, 0, 60, "n/a", "n/a", "Sin datos")),
    ],
    ids=["the month of the cut", "an earlier month and a difference", "an earlier month and none"],
)
def test_a_month_that_no_category_has_is_held_against_nothing_and_no_state_denies_a_finding(
    missing: int,
    row: str,
    differing: set[str],
    expected: tuple[object, ...],
    tmp_path: Path,
    libreoffice: LibreOffice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(text_books.ENTITY, "Fuentes", _NO_SOURCES)
    whole = sigep(c4=(100, 60), c5=(0, 0), c6=(0, 0))
    reports = "\n".join(line for line in whole.splitlines() if f" | {missing} | " not in line)
    if missing != MONTHS:  # an earlier month of the entity's workbook is an error, but for a campaign begun with it
        monkeypatch.setattr(entity_book, "_has_errors", lambda findings, spare_later: False)
    made = consolidated(tmp_path, reports, DGRB=row)
    assert made.table()["570 0 004"] == expected
    assert made.differing == differing == {c for c, shown in made.table().items() if shown[-1] == "No cuadra"}
    assert differences(libreoffice.recalculate(made.master)) == []


def test_the_units_that_are_not_in_the_sum_are_named_by_their_rows_and_not_as_rejected(tmp_path: Path) -> None:
    """DGLI's workbook is accepted in part: its only row of Presupuesto has an error."""
    made = consolidated(
        tmp_path,
        sigep(c4=(100, 60), c5=(0, 0), c6=(700, 70)),
        DGRB=f"{SPENT}\n570 0 006 | '10 | 9 | 9 | 1 | 0 | 0",
        DGLI="570 0 006 | '99 | 691 | 691 | 69 | 0 | 0",
    )
    actions = [messages.action(f) for f in made.findings if f.details.get("categoria") == "570 0 006"]
    assert len(actions) == 2
    for action in actions:
        assert "Sin filas aceptadas en Presupuesto: 1 de 2 (por ejemplo, DGLI)." in action
        assert "Sin libro" not in action


# --- what could explain a difference -----------------------------------------------------------------------------


def explained(tmp_path: Path, reports: str, **units: str) -> list[str]:
    """The actions of the findings of the cuadre, from where they name cells."""
    made = consolidated(tmp_path, reports, **units)
    actions = [messages.action(f) for f in made.findings if f.code in ("CUA-001", "CUA-002")]
    assert actions
    return [a.partition("Podría explicarla: ")[2] for a in actions]


NOTHING = sigep(c4=(0, 0), c5=(0, 0), c6=(0, 0))
BY_A_SLIP = {
    "a point that is a decimal mark elsewhere": ("98.781", 98781.0, "DGRB Presupuesto!F2 (dice 98,781; con 98.781,00 cuadraría)"),
    "a decimal mark read as a thousands separator": ("14193240", 14193.24, "DGRB Presupuesto!F2 (dice 14.193.240,00; con 14.193,24 cuadraría)"),
    "a decimal mark that was lost": ("9878", 98.78, "DGRB Presupuesto!F2 (dice 9.878,00; con 98,78 cuadraría)"),
    "two digits that changed places": ("1324.5", 1234.5, "DGRB Presupuesto!F2 (dice 1.324,50; con 1.234,50 cuadraría)"),
    "a digit too few": ("1235.5", 12345.5, "DGRB Presupuesto!F2 (dice 1.235,50; con 12.345,50 cuadraría)"),
    "a digit too many": ("12334.5", 1234.5, "DGRB Presupuesto!F2 (dice 12.334,50; con 1.234,50 cuadraría)"),
    "another digit": ("1734.5", 1234.5, "DGRB Presupuesto!F2 (dice 1.734,50; con 1.234,50 cuadraría)"),
    "a reversal": ("-98.781", -98781.0, "DGRB Presupuesto!F2 (dice -98,781; con -98.781,00 cuadraría)"),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant", "words"), BY_A_SLIP.values(), ids=BY_A_SLIP)
def test_a_difference_names_the_unit_and_the_cell_that_explain_it(
    typed: str, meant: float, words: str, tmp_path: Path
) -> None:
    budget = f"570 0 006 | '10 | 99999999 | 99999999 | 350.25 | {typed} | 77"
    other = "570 0 006 | '10 | 1 | 1 | 0.4 | 0 | 0"
    total = round(350.25 + meant + 77 + 0.4, 2)
    found = explained(tmp_path, sigep(c4=(0, 0), c5=(0, 0), c6=(100000000, total)), DGRB=budget, DGLI=other)
    assert found == [words + "."]


def test_a_difference_of_the_vigente_names_its_cell(tmp_path: Path) -> None:
    rows = "570 0 004 | '10 | 98.781 | 98.781 | 0 | 0 | 0"
    found = explained(tmp_path, sigep(c4=(98781, 0), c5=(0, 0), c6=(0, 0)), DGRB=rows)
    assert found == ["DGRB Presupuesto!D2 (dice 98,781; con 98.781,00 cuadraría)."]


def test_a_whole_row_typed_on_a_computer_of_another_language_is_named(tmp_path: Path) -> None:
    rows = "570 0 004 | '10 | 500000 | 500000 | 98.781 | 12.5 | 7.25"
    found = explained(tmp_path, sigep(c4=(500000, 118531), c5=(0, 0), c6=(0, 0)), DGRB=rows)
    assert found == [
        "DGRB Presupuesto!E2, DGRB Presupuesto!F2, DGRB Presupuesto!G2 (suman 118,531; con 118.531,00 cuadraría)."
    ]


def test_amounts_of_two_units_with_more_than_two_decimals_are_named_together(tmp_path: Path) -> None:
    found = explained(
        tmp_path,
        sigep(c4=(0, 0), c5=(0, 0), c6=(500020, 111316.5)),
        DGRB="570 0 006 | '10 | 500000 | 500000 | 98.781 | 35.5 | 0",
        DGLI="570 0 006 | '10 | 20 | 20 | 12.499 | 1 | 0",
    )
    assert found == ["DGLI Presupuesto!E2, DGRB Presupuesto!E2 (suman 111,28; con 111.280,00 cuadraría)."]


UNEXPLAINED = {
    "an amount that nobody typed": ("1234.5", "350.25", 1734.75),
    "a factor that is off by two centavos": ("98.781", "350.25", 98781 + 350.25 + 0.02),
    "digits too far apart": ("1234.5", "350.25", 4231.5 + 350.25),
    "one digit that either of two amounts could have wrong": ("1234.5", "5350.25", 1334.5 + 5350.25),
    "a round sum more": ("5000", "35.25", 8000 + 35.25),
    "another sign": ("1234.5", "350.25", -1234.5 + 350.25),
    "nothing typed": ("0", "0", 500.0),
}


@pytest.mark.parametrize(("one", "other", "spent"), UNEXPLAINED.values(), ids=UNEXPLAINED)
def test_a_difference_that_no_slip_explains_names_nothing(one: str, other: str, spent: float, tmp_path: Path) -> None:
    rows = f"570 0 004 | '10 | 99999999 | 99999999 | {one} | {other} | 0"
    assert explained(tmp_path, sigep(c4=(99999999, spent), c5=(0, 0), c6=(0, 0)), DGRB=rows) == [""]


def test_equal_sums_name_no_cell_though_a_factor_would_fit(tmp_path: Path) -> None:
    made = consolidated(
        tmp_path, sigep(c4=(100, 98.78), c5=(0, 0), c6=(0, 0)), DGRB="570 0 004 | '10 | 100 | 100 | 98.781 | 0 | 0"
    )
    assert made.differing == set()


def test_what_many_amounts_could_explain_is_explained_by_none() -> None:
    amounts = [Amount("DGRB", f"F{row}", row, 1000.0 + 12.0) for row in range(10)]
    assert slips.explanations(amounts, 1012.0 - 1021.0) == [], "each could have two digits in the other order"
    assert [e.slip for e in slips.explanations(amounts[:2], -9.0)] == [Slip.ORDER] * 2
    assert len(slips.explanations(amounts, 1012.0 - 1012000.0)) == 10, "a factor is no coincidence"


class _Counted(float):
    """A number that counts how often it is asked whether it is there."""

    asked = 0

    def __bool__(self) -> bool:
        type(self).asked += 1
        return super().__bool__()

    def __mul__(self, other: float) -> float:
        type(self).asked += 1
        return super().__mul__(other)


def test_the_work_grows_as_the_amounts() -> None:
    asked = []
    for n in (500, 1000):
        _Counted.asked = 0
        slips.explanations([Amount(f"U{i % 7}", f"F{i}", i, _Counted(100 + i * 1.37)) for i in range(n)], 33.33)
        asked.append(_Counted.asked)
    assert asked[0] > 500
    assert asked[1] <= 2.1 * asked[0]


# --- against an independent sum ----------------------------------------------------------------------------------


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_random_reports_are_summed_as_exact_fractions_are(data: st.DataObject) -> None:
    """Odd shapes: units without rows, several sources, blank and negative months, categories that SIGEP lacks."""
    base = factories.entidad()
    categories = [c.categoria for c in base.categorias]
    amount = st.integers(-10_000_000, 10_000_000).map(lambda cents: cents / 100)
    month = st.none() | amount | st.integers(0, 10**9).map(lambda n: n / 1000)
    trimestre = data.draw(st.integers(1, 4))
    rows = [
        {
            "unidad": data.draw(st.sampled_from([u.unidad for u in base.unidades])),
            "categoria": data.draw(st.sampled_from(categories)),
            "fuente": str(n),
            "inicial": 0.0,
            "vigente": abs(data.draw(amount)),
            **{f"devengado_{mes}": data.draw(month) for mes in MESES},
        }
        for n in range(data.draw(st.integers(0, 6)))
    ]
    whole = range(1, 13)
    reports = tuple(
        RegistroSigep(c, mes, abs(data.draw(amount)), data.draw(amount), "Estado Aprobado")
        for c in data.draw(st.sets(st.sampled_from(categories)))
        for mes in sorted(whole if data.draw(st.booleans()) else data.draw(st.sets(st.integers(1, 12), max_size=4)))
    )
    entidad = dataclasses.replace(base, presupuesto=reports)
    by_unit: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        by_unit.setdefault(str(row["unidad"]), []).append({k: v for k, v in row.items() if k != "unidad"})
    accepted = test_evaluation.accepted_of({unidad: {"presupuesto": rows} for unidad, rows in by_unit.items()})
    made = evaluation_cuadre.of_categories(entidad, accepted.presupuesto, trimestre)
    assert {c.categoria for c in made} == set(categories)
    for cuadre in made:
        exact = _exactly(cuadre.categoria, rows, reports, trimestre)
        figures = (
            (cuadre.vigente_unidades, cuadre.vigente_sigep, cuadre.vigente_diferencia),
            (cuadre.devengado_unidades, cuadre.devengado_sigep, cuadre.devengado_diferencia),
        )
        known, beyond = True, False
        for (units, sigep_sum, difference), (of_units, of_sigep) in zip(figures, exact, strict=True):
            assert (units is None, sigep_sum is None) == (of_units is None, of_sigep is None)
            if of_units is None or of_sigep is None:
                assert difference is None
                known = False
                continue
            assert difference == float(_cents(of_units - of_sigep))
            beyond = beyond or abs(_cents(of_units - of_sigep)) > Decimal("0.01")
        assert cuadre.estado == ("No cuadra" if beyond else "Cuadra" if known else "Sin datos")


def _cents(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


Side = tuple[Fraction | None, Fraction | None]  # units, SIGEP


def _exactly(
    categoria: str, rows: list[dict[str, object]], reports: tuple[RegistroSigep, ...], trimestre: int
) -> tuple[Side, Side]:
    """Vigente and devengado of a category, from the raw rows, as fractions of the decimals that were typed."""
    cut = 3 * trimestre
    own = [r for r in rows if r["categoria"] == categoria]
    typed = [[Fraction(str(r[f"devengado_{mes}"] or 0)) for mes in MESES[:cut]] for r in own]
    known = sorted((r for r in reports if r.categoria == categoria and r.mes <= cut), key=lambda r: r.mes)
    reported = {r.mes for r in reports}
    vigente = sum((Fraction(str(r["vigente"])) for r in own), Fraction(0)) if rows else None
    spent = sum((sum(months, Fraction(0)) for months in typed), Fraction(0)) if rows else None
    of_sigep = sum((Fraction(str(r.devengado)) for r in known), Fraction(0))
    at_the_cut = Fraction(str(known[-1].vigente)) if known and cut in reported else None
    return (vigente, at_the_cut), (spent, of_sigep if known and reported >= set(range(1, cut + 1)) else None)
