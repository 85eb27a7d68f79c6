"""The entity workbook as a person types it: what cannot be meant is told, what can be is left alone."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from click.testing import CliRunner

from poa_xl import evaluation, messages
from poa_xl.api.templates import entity_rows
from poa_xl.campaign import folder
from poa_xl.checking import entity_book, unit_books
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.cli import poa_xl
from poa_xl.entity import Entidad
from poa_xl.writers import entity_workbook
from poa_xl.writers.master import write_master
from tests import campaign_books, factories, text_books
from tests.libreoffice import LibreOffice, differences
from tests.places import At, at, in_order
from tests.test_evaluation import accepted_of, factory_data
from tests.text_books import ENTITY

pytestmark = pytest.mark.slow

Found = list[tuple[str, str, str]]  # code, sheet, cell
Places = list[tuple[str, At]]
NO_SOURCES = (
    "Fuente | Descripción | Trimestre | Presupuesto inicial | Presupuesto vigente | Ejecutado | Tipo de reporte"
)
SIX = [10, 25, 5, 30, 12, 8]  # a devengado that is of each month
RISING = [10, 35, 40, 70, 82, 90]  # the same, accumulated


def check(tmp_path: Path, **changed: str | None) -> CheckedEntity:
    return entity_book.check_entity(text_books.entity(tmp_path / "entidad.xlsx", **changed))


def found(checked: CheckedEntity) -> Found:
    """What was found where, but for columns that the text tables put last."""
    return [(f.code, f.location.sheet, f.location.cell) for f in checked.findings if f.code != "COL-003"]


def placed(tmp_path: Path, *expected: tuple[str, At]) -> Found:
    """What is expected, at its cells in the workbook that was checked."""
    return in_order(tmp_path / "entidad.xlsx", *expected)


def words(checked: CheckedEntity) -> list[str]:
    return [f"{messages.text(f)} {messages.action(f)}" for f in checked.findings if f.code != "COL-003"]


Months = Mapping[str, Mapping[int, tuple[object, object]]]  # category -> month -> vigente, devengado


def months(devengado: Sequence[object], vigente: object = 1000) -> dict[int, tuple[object, object]]:
    return {mes: (vigente, amount) for mes, amount in enumerate(devengado, start=1)}


def money(figures: Months, sources: str = NO_SOURCES) -> dict[str, str]:
    """The sheets of an entity with these categories, row by row in this order from row 2."""
    categories = ["Categoría programática | Programa | Unidad | Grupos | ACP | Área | Unidad ejecutora"]
    rows = ["Categoría programática | Mes | Presupuesto vigente | Devengado del mes | Tipo de reporte"]
    for code, own in figures.items():
        categories.append(f"{code} | Programa | DGRB |  | '1.1 | VRE | UE-2")
        rows += [f"{code} | {mes} | {vigente} | {spent} | Estado Aprobado" for mes, (vigente, spent) in own.items()]
    return {"Categorias": "\n".join(categories), "Presupuesto_SIGEP": "\n".join(rows), "Fuentes": sources}


def source(*rows: str) -> str:
    return "\n".join([NO_SOURCES, *rows])


# --- an accumulated report pasted as months ------------------------------------------------------------------


@pytest.mark.parametrize(
    "figures",
    [
        {"A": months(RISING), "B": months(RISING), "C": months(RISING)},
        {"A": months(RISING), "B": months([0, 0, 50, 50, 50, 900]), "C": months(SIX)},
        {"A": months(RISING[:4]), "B": months([0.5, 1, 2, 2]), "C": months([0, 0, 0, 0])},
        {"A": months(RISING, 90), "B": months(RISING, 95), "C": months(RISING, 100)},  # above the vigente too
    ],
    ids=["all", "most, with months without movement", "four months and an idle category", "above the vigente"],
)
def test_running_totals_pasted_as_months_are_one_error(tmp_path: Path, figures: Months) -> None:
    checked = check(tmp_path, **money(figures))
    assert [code for code, *_ in found(checked)] == ["SIG-008"]
    assert checked.entidad is None
    assert "parece que se pegó el reporte acumulado" in words(checked)[0]


@pytest.mark.parametrize(
    "figures",
    [
        {"A": months(RISING), "B": months(SIX), "C": months(SIX)},
        {"A": months(RISING), "B": months([10, 20, 30, 29, 60, 90])},  # half of them, and one falls
        {"A": months([80, 81, 85, 90, 95, 100])},  # steady spending that grows a little
        {"A": months(RISING[:3]), "B": months(RISING[:3])},  # three months say nothing
        {"A": months([0] * 6), "B": months([0] * 6)},
        {"A": months([10, 35, 40, 70, -82, 90])},  # a reversal
    ],
    ids=["one of three", "half", "little growth", "three months", "no movement", "a reversal"],
)
def test_months_that_happen_to_rise_are_no_running_totals(tmp_path: Path, figures: Months) -> None:
    assert found(check(tmp_path, **money(figures))) == []


def test_sources_that_executed_the_same_prove_that_rising_months_are_months(tmp_path: Path) -> None:
    figures = {"A": months(RISING)}
    proof = source(f"'10 | Tesoro | 2 | 1000 | 1000 | {sum(RISING)} | Estado Aprobado")
    assert found(check(tmp_path, **money(figures, proof))) == []
    other = source(f"'10 | Tesoro | 2 | 1000 | 1000 | {RISING[-1]} | Estado Aprobado")
    assert found(check(tmp_path, **money(figures, other))) == placed(
        tmp_path, ("SIG-008", at("Presupuesto_SIGEP", "Devengado del mes", 6))
    )


def test_sources_of_another_state_prove_it_as_near_as_two_states_agree(tmp_path: Path) -> None:
    """A year whose spending grows would otherwise have no way in: the source report of that day is online."""
    figures = {"A": months(RISING)}
    near = source(f"'10 | Tesoro | 2 | 1000 | 1000 | {1.05 * sum(RISING)} | Estado en Línea")
    assert found(check(tmp_path, **money(figures, near))) == []
    accumulated = source(f"'10 | Tesoro | 2 | 1000 | 1000 | {1.05 * RISING[-1]} | Estado en Línea")
    assert found(check(tmp_path, **money(figures, accumulated))) == placed(
        tmp_path, ("SIG-008", at("Presupuesto_SIGEP", "Devengado del mes", 6))
    )


def test_an_accumulated_report_with_a_reversal_is_not_told_as_overspending_too(tmp_path: Path) -> None:
    figures = {"A": months(RISING, 90), "B": months(RISING, 90), "C": months([10, 35, 30, 60, 72, 80], 90)}
    assert [code for code, *_ in found(check(tmp_path, **money(figures)))] == ["SIG-008"]


# --- more accrued than in force ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "month"),
    [
        (months([10, 25, 5, 30, 12, 8], 89), 6),
        (months([500, 600, 0, 0, 0, 0]), 2),
        (months([10, 25, 5, 30, 12, 8], 89.99), 6),  # by a centavo
        ({**months(SIX), 6: (80, 8)}, 6),  # the vigente fell below what was accrued already
    ],
    ids=["at the end", "in February", "by a centavo", "after a cut"],
)
def test_more_accrued_than_in_force_is_an_error_at_the_month(
    tmp_path: Path, own: dict[int, tuple[object, object]], month: int
) -> None:
    checked = check(tmp_path, **money({"A": own, "B": months(SIX)}))
    assert found(checked) == placed(tmp_path, ("SIG-007", at("Presupuesto_SIGEP", "Devengado del mes", month)))
    assert checked.entidad is None


@pytest.mark.parametrize(
    "own",
    [
        months(SIX, 90),
        months([500, 600, -200, 0, 0, 0], 1100),
        months([0.1, 0.2, 0, 0, 0, 0], 0.3),  # 0.1 + 0.2 is more than 0.3 in binary
        months([-50, 0, 0, 0, 0, 0]),
    ],
    ids=["all of it", "a reversal afterwards", "to the centavo", "a reversal alone"],
)
def test_all_of_the_vigente_may_be_accrued_and_reversed(tmp_path: Path, own: dict[int, tuple[object, object]]) -> None:
    assert found(check(tmp_path, **money({"A": own, "B": months(SIX)}))) == []


# --- decimals and excursions ---------------------------------------------------------------------------------


def test_amounts_with_more_than_two_decimals_are_told_at_their_cells(tmp_path: Path) -> None:
    own = {1: (1000, 98.781), 2: (1000.005, 0), 3: (1000, 333.333333)}
    sources = source("'10 | Tesoro | 1 | 1000.123 | 1000 | 440.1234 | Estado en Línea")
    checked = check(tmp_path, **money({"A": own}, sources))
    assert sorted(found(checked)) == placed(
        tmp_path,
        ("FUE-007", at("Fuentes", "Presupuesto inicial")),
        ("FUE-007", at("Fuentes", "Ejecutado")),
        ("SIG-009", at("Presupuesto_SIGEP", "Presupuesto vigente", 2)),
        ("SIG-009", at("Presupuesto_SIGEP", "Devengado del mes")),
        ("SIG-009", at("Presupuesto_SIGEP", "Devengado del mes", 3)),
    )
    assert checked.entidad is not None
    assert any("«98,781»" in said for said in words(checked))


def test_two_decimals_and_what_binary_makes_of_them_are_money(tmp_path: Path) -> None:
    own = {1: (355202151.37, 0.1), 2: (355202151.37, 1000000.30000000001), 3: (355202151.37, -14193.24)}
    assert found(check(tmp_path, **money({"A": own}))) == []


@pytest.mark.parametrize(
    ("vigente", "month"),
    [
        ([1000, 1000, 100000, 1000, 1000, 1000], 3),
        ([1000, 1000, 20000, 20000, 1100, 1100], 3),  # for two months, and back to nearly the same
        ([1000, 50, 1000, 1000, 1000, 1000], 2),
        ([1000, 0, 1000, 1000, 1000, 1000], 2),
    ],
    ids=["up", "up for two months", "down", "to nothing"],
)
def test_a_vigente_that_leaves_and_comes_back_is_told(tmp_path: Path, vigente: list[int], month: int) -> None:
    own = {mes: (v, spent) for mes, (v, spent) in enumerate(zip(vigente, SIX, strict=True), start=1)}
    checked = check(tmp_path, **money({"A": own, "B": months(SIX)}))
    assert found(checked) == placed(tmp_path, ("SIG-010", at("Presupuesto_SIGEP", "Presupuesto vigente", month)))
    assert checked.entidad is not None


@pytest.mark.parametrize(
    "vigente",
    [
        [1000, 1000, 100000, 100000, 100000, 100000],  # a transfer stays
        [1000, 1000, 100000, 100000, 100000, 1000],  # for three months
        [1000, 1000, 10000, 1000, 1000, 1000],  # ten times, and no more
        [1000, 1000, 20000, 15000, 5000, 2500],  # back in three steps and more
        [0, 0, 5000, 5000, 5000, 5000],  # a category that gets its budget
        [1000, 1000, 1000, 1000, 1000, 50000],  # whether it comes back is not known
    ],
    ids=["stays", "three months", "ten times", "in steps", "new", "the last month"],
)
def test_a_vigente_that_is_transferred_raises_nothing(tmp_path: Path, vigente: list[int]) -> None:
    own = {mes: (v, 0) for mes, v in enumerate(vigente, start=1)}
    assert found(check(tmp_path, **money({"A": own, "B": months(SIX)}))) == []


def test_the_real_figures_of_2024_with_their_transfer_and_their_reversal_raise_nothing(tmp_path: Path) -> None:
    for quarter in (1, 2):
        path = tmp_path / f"entidad{quarter}.xlsx"
        entity_workbook.write_entity_workbook(path, entity_rows(quarter))
        assert entity_book.check_entity(path).findings == ()


def test_the_real_figures_pasted_as_an_accumulated_report_are_one_error(tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, Any]]] = {key: [dict(r) for r in records] for key, records in entity_rows(2).items()}
    spent: dict[object, float] = {}
    for row in rows["presupuesto_sigep"]:
        spent[row["categoria"]] = row["devengado"] = round(spent.get(row["categoria"], 0) + row["devengado"], 2)
    path = tmp_path / "entidad.xlsx"
    entity_workbook.write_entity_workbook(path, rows)
    assert [code for code, *_ in found(entity_book.check_entity(path))] == ["SIG-008"]


# --- months that are not there -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "named"),
    [((3,), "marzo"), ((1,), "enero"), ((2, 4), "febrero, abril")],
    ids=["March", "January", "two"],
)
def test_a_month_that_no_category_has_is_one_error(tmp_path: Path, missing: tuple[int, ...], named: str) -> None:
    own = {mes: figures for mes, figures in months(SIX).items() if mes not in missing}
    checked = check(tmp_path, **money({"A": own, "B": own}))
    assert found(checked) == placed(tmp_path, ("SIG-011", at("Presupuesto_SIGEP")))
    assert f"No hay ninguna fila de {named}," in words(checked)[0]
    assert checked.entidad is None


def test_a_month_that_one_category_lacks_is_told_at_the_category(tmp_path: Path) -> None:
    own = {mes: figures for mes, figures in months(SIX).items() if mes not in (2, 6)}
    checked = check(tmp_path, **money({"A": months(SIX), "B": own, "C": {}}))
    assert found(checked) == placed(
        tmp_path,
        ("SIG-006", at("Categorias", "Categoría programática", 2)),
        ("SIG-006", at("Categorias", "Categoría programática", 3)),
    )
    assert "Faltan datos del SIGEP de febrero, junio: la categoría B." in words(checked)[0]
    assert "Mientras tanto cuentan como 0." in words(checked)[0]
    assert "Mientras tanto la categoría sale n/a, y en los totales cuenta como 0." in words(checked)[1]
    assert checked.entidad is not None


def test_what_a_category_lacks_before_its_first_month_is_not_said_to_be_zero(tmp_path: Path) -> None:
    late = {mes: figures for mes, figures in months(SIX).items() if mes > 3}
    checked = check(tmp_path, **money({"A": months(SIX), "B": late}))
    assert (
        "Mientras tanto la categoría sale n/a hasta marzo, y en los totales esos meses cuentan como 0."
        in words(checked)[0]
    )
    assert checked.entidad is not None
    state = evaluation.money.sigep_state(checked.entidad, evaluation.periods.quarters(2))
    assert [state.devengado[("categoria", "B"), q] for q in ("t1", "t2")] == [None, sum(SIX[3:])]
    assert state.devengado[("entidad", "MDE"), "t1"] == sum(SIX[:3])


def test_the_months_of_a_quarter_that_the_sources_have_executed_are_missing_too(tmp_path: Path) -> None:
    executed = source("'10 | T | 2 | 2000 | 2000 | 90 | Estado Aprobado")
    checked = check(tmp_path, **money({"A": months(SIX[:5]), "B": months(SIX[:5])}, executed))
    assert found(checked) == placed(tmp_path, ("SIG-011", at("Presupuesto_SIGEP")))
    assert "de junio, y el libro tiene datos del SIGEP hasta junio:" in words(checked)[0]
    for sources in (executed.replace("| 90 |", "|  |"), executed.replace("| 2 |", "| 1 |").replace("90", "80")):
        told = found(check(tmp_path, **money({"A": months(SIX[:5]), "B": months(SIX[:5])}, sources)))
        assert told == [], "amounts that are not there yet, and a quarter that is complete"
    assert found(check(tmp_path, **money({"A": {}, "B": {}}, executed))) == []  # SIGEP's figures are not copied


def test_months_after_the_last_report_are_not_missing(tmp_path: Path) -> None:
    assert found(check(tmp_path, **money({"A": months(SIX[:2]), "B": months(SIX[:2])}))) == []
    assert found(check(tmp_path, **money({"A": {}, "B": {}}))) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("B | 3 |", "B | marzo |", [("CEL-002", at("Presupuesto_SIGEP", "Mes", 9))]),
        ("B | 3 |", "b | 3 |", [("SIG-005", at("Presupuesto_SIGEP", "Categoría programática", 9))]),
        ("B | 3 |", "B |  |", [("SIG-001", at("Presupuesto_SIGEP", "Mes", 9))]),
    ],
    ids=["a month in words", "another category", "no month"],
)
def test_a_row_that_cannot_be_read_is_not_missing_too(tmp_path: Path, old: str, new: str, expected: Places) -> None:
    figures = money({"A": months(SIX), "B": months(SIX)})
    for line in ("A | 3 |", old):  # nobody else has the month
        figures["Presupuesto_SIGEP"] = figures["Presupuesto_SIGEP"].replace(line, new if line == old else "A | 2 |")
    told = found(check(tmp_path, **figures))
    assert [place for place in told if place[0] != "SIG-004"] == placed(tmp_path, *expected)


def without(*months_out: int, of: str = "") -> Entidad:
    """The small entity, whose SIGEP figures lack months, of one category or of all."""
    entidad = factories.entidad()
    kept = [r for r in entidad.presupuesto if r.mes not in months_out or of not in ("", r.categoria)]
    return dataclasses.replace(entidad, presupuesto=tuple(kept))


def cover(path: Path, entidad: Entidad, trimestre: int) -> dict[str, list[object]]:
    """The lines of the cover of a master by their first cell."""
    accepted = accepted_of(factory_data(trimestre))
    made = evaluation.evaluate(entidad, accepted, trimestre)
    write_master(path, entidad, made, accepted, [], [], corte=dt.date(2024, 9, 30))
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        rows = book.get_sheet_by_name("Portada").to_python()
    return {str(row[0]): row[1:3] for row in rows if row[0]}


@pytest.mark.parametrize(
    ("trimestre", "missing", "named", "of_quarter"),
    [
        (2, (6,), "junio", "n/a"),
        (2, (3,), "marzo", 14.6),
        (3, (7, 8, 9), "julio, agosto, septiembre", "n/a"),
        (2, (4, 5, 6), "abril, mayo, junio", "n/a"),
    ],
    ids=["the last", "one before", "the whole third quarter", "the whole second quarter"],
)
def test_the_cover_judges_no_execution_of_months_that_sigep_has_not(
    tmp_path: Path, trimestre: int, missing: tuple[int, ...], named: str, of_quarter: object
) -> None:
    lines = cover(tmp_path / "m.xlsx", without(*missing), trimestre)
    assert any(line.startswith(f"SIN DATOS DEL SIGEP de {named}: ") for line in lines)
    assert lines["Criterio DGAA de la ejecución"][1] == "n/a"
    assert lines["Ejecución financiera (%)"][1] == "n/a"
    shown = lines["Ejecución financiera (%)"][0]
    assert shown == of_quarter or (isinstance(of_quarter, float) and isinstance(shown, float) and shown > 0)


def test_the_cover_says_which_categories_lack_months(tmp_path: Path) -> None:
    lines = cover(tmp_path / "m.xlsx", without(3, of="570 0 004"), 2)
    (told,) = [line for line in lines if line.startswith("SIGEP INCOMPLETO: ")]
    assert "faltan meses de 1 categoría (570 0 004)" in told
    assert lines["Criterio DGAA de la ejecución"][1] != "n/a"


def test_the_cover_of_complete_figures_says_nothing_of_sigep(tmp_path: Path) -> None:
    lines = cover(tmp_path / "m.xlsx", factories.entidad(), 2)
    assert not [line for line in lines if "SIGEP" in line.split(":")[0] and line.isupper()]
    assert not [line for line in lines if line.startswith(("SIN DATOS", "SIGEP INCOMPLETO"))]
    assert lines["Criterio DGAA de la ejecución"][1] != "n/a"


@pytest.mark.libreoffice
@pytest.mark.parametrize("missing", [(6,), (3,)], ids=["June", "March"])
def test_libreoffice_computes_the_same_where_a_month_is_missing(
    tmp_path: Path, missing: tuple[int, ...], libreoffice: LibreOffice
) -> None:
    cover(tmp_path / "m.xlsx", without(*missing), 2)
    assert differences(libreoffice.recalculate(tmp_path / "m.xlsx")) == []


def test_months_that_are_not_reported_yet_are_one_aviso_of_an_evaluation(tmp_path: Path) -> None:
    figures = {"570 0 004": months([10.5, 0, 0, 0, 0])}
    checked = check(tmp_path, **money(figures))
    assert checked.entidad is not None
    sent_in = tmp_path / "entregas"
    sent_in.mkdir()
    text_books.unit(sent_in / "DGRB.xlsx")
    units = unit_books.check_units([sent_in], checked, checked.entidad, 2)
    told = [f for f in units.findings if f.code[:3] in ("SIG", "CUA")]
    assert [(f.code, f.location.sheet) for f in told] == [("SIG-006", "Presupuesto_SIGEP")]
    assert messages.text(told[0]) == "Faltan datos del SIGEP de junio: ninguna categoría los tiene."
    assert "la ejecución y su criterio salen n/a" in messages.action(told[0])
    earlier = unit_books.check_units([sent_in], checked, checked.entidad, 1)
    assert not [f for f in earlier.findings if f.code == "SIG-006"]


# --- sources of funds ----------------------------------------------------------------------------------------


def total(*rows: str) -> dict[str, str]:
    """Two categories with 2000 in force, 64 and 90 accrued by March and 90 and … by June; and these sources."""
    return money({"A": months(SIX), "B": months([0, 0, 24, 0, 0, 10])}, source(*rows))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["'10 | T | 2 | 2000 | 1900 | 124 | Estado Aprobado"], [("FUE-005", at("Fuentes", "Presupuesto vigente"))]),
        (["'10 | T | 2 | 2000 | 2000 | 123 | Estado Aprobado"], [("FUE-005", at("Fuentes", "Ejecutado"))]),
        (["'10 | T | 2 | 2000 | 2000 | 60 | Estado en Línea"], [("FUE-005", at("Fuentes", "Ejecutado"))]),
        (["'10 | T | 2 | 2000 | 2000 | 160 | Estado en Línea"], [("FUE-005", at("Fuentes", "Ejecutado"))]),
        (
            ["'10 | T | 1 | 900 | 900 | 64 | Estado Aprobado", "'10 | T | 2 | 2000 | 2000 | 124 | Estado Aprobado"],
            [("FUE-005", at("Fuentes", "Presupuesto vigente"))],
        ),
        (
            ["'10 | T | 2 | 1500 | 1500 | 100 | Estado Aprobado", "'11 | O | 2 | 500 | 400 | 24 | Estado Aprobado"],
            [("FUE-005", at("Fuentes", "Presupuesto vigente", 2))],
        ),
    ],
    ids=["vigente", "ejecutado", "online, and less", "online, and far more", "another quarter", "two sources"],
)
def test_sources_that_do_not_add_up_to_the_categories_are_told_once_a_quarter(
    tmp_path: Path, rows: list[str], expected: Places
) -> None:
    checked = check(tmp_path, **total(*rows))
    assert found(checked) == placed(tmp_path, *expected)
    assert checked.entidad is not None


@pytest.mark.parametrize(
    "rows",
    [
        ["'10 | T | 2 | 2000 | 2000 | 124 | Estado Aprobado"],
        ["'10 | T | 2 | 9 | 1500.01 | 100 | Estado Aprobado", "'11 | O | 2 | 9 | 499.99 | 24 | Estado Aprobado"],
        ["'10 | T | 2 | 2000 | 2000 | 130 | Estado en Línea"],  # what is not approved yet
        ["'10 | T | 1 |  |  |  |", "'11 | O | 1 |  |  |  |"],  # the list of sources, before there are amounts
        ["'10 | T | 2 | 1000 | 1000 |  | Estado Aprobado", "'11 | O | 2 | 1000 |  | 24 | Estado Aprobado"],
        ["'10 | T | 3 | 1 | 1 |  | Estado Aprobado"],  # a quarter that nothing has reached
    ],
    ids=["equal", "two", "online", "no amounts", "a blank amount", "a later quarter"],
)
def test_sources_that_add_up_or_cannot_be_compared_raise_nothing(tmp_path: Path, rows: list[str]) -> None:
    assert found(check(tmp_path, **total(*rows))) == []


def test_a_source_that_executed_more_than_its_vigente_is_an_error(tmp_path: Path) -> None:
    rows = ["'10 | T | 2 | 1990 | 1990 | 24 | Estado Aprobado", "'11 | O | 2 | 10 | 10 | 100 | Estado Aprobado"]
    assert found(check(tmp_path, **total(*rows))) == placed(tmp_path, ("FUE-006", at("Fuentes", "Ejecutado", 2)))


# --- thresholds ----------------------------------------------------------------------------------------------

SEMAFORO = ("optimo", "satisfactorio", "bueno", "regular")


def thresholds(semaforo: list[object] | None = None, **criterio: list[object]) -> dict[str, str]:
    """Parametros with other thresholds, of the semáforo or of a level of the criterio DGAA by quarter."""
    lines = []
    for line in ENTITY["Parametros"].strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        prefix, _, level = cells[0].partition(".")
        if prefix == "semaforo" and semaforo:
            cells[3] = str(semaforo[SEMAFORO.index(level)])
        if prefix == "criterio_dgaa" and level in criterio:
            cells[3] = str(criterio[level][int(cells[2]) - 1])
        lines.append(" | ".join(cells))
    return {"Parametros": "\n".join(lines)}


@pytest.mark.parametrize(
    ("changed", "place", "advice"),
    [
        (thresholds([1, 0.7, 0.51, 0.09]), at("Parametros", "Valor", 8), "Escriba 70, no 0,7."),
        (thresholds([100, 70, 0.51, 9]), at("Parametros", "Valor", 10), "Escriba 51, no 0,51."),
        (thresholds([0.995, 0.75, 0.5, 0.1]), at("Parametros", "Valor", 8), "Escriba 99,5, no 0,995."),
        (thresholds(["'1", "'0,7", "'0,51", "'0,09"]), at("Parametros", "Valor", 8), "Escriba 70, no 0,7."),
        (thresholds(optimo=[0.2, 0.43, 0.65, 0.85], aceptable=[0.1, 0.33, 0.48, 0.65]), at("Parametros", "Valor", 12), "Escriba 20, no 0,2."),
        (thresholds(aceptable=[10, 33, 0.48, 65]), at("Parametros", "Valor", 18), "fracción: criterio_dgaa.aceptable, trimestre 3: 0,48. Escriba 48, no 0,48."),
    ],
    ids=["the semáforo", "one of them", "other figures", "as texts", "the criterio", "a quarter of it"],
)  # fmt: skip
def test_thresholds_as_fractions_are_one_error_that_says_points(
    tmp_path: Path, changed: dict[str, str], place: At, advice: str
) -> None:
    checked = check(tmp_path, **changed)
    assert found(checked) == placed(tmp_path, ("PAR-012", place))
    assert checked.entidad is None
    assert "puntos, de 0 a 100" in words(checked)[0]
    assert advice in words(checked)[0]


@pytest.mark.parametrize(
    "changed",
    [
        thresholds([100, 70, 51, 1]),
        thresholds([90, 60, 30, 1.5]),
        thresholds(aceptable=[0, 1, 2, 3]),
        thresholds(["'100", "'70", "'51,5", "'9"]),
    ],
    ids=["a band from one point", "one and a half", "from the first centavo", "as texts"],
)
def test_thresholds_in_points_however_low_are_taken(tmp_path: Path, changed: dict[str, str]) -> None:
    checked = check(tmp_path, **changed)
    assert (found(checked), checked.entidad is None) == ([], False)


@pytest.mark.parametrize(
    ("changed", "place", "what"),
    [
        (thresholds([100, 70, 80, 9]), at("Parametros", "Valor", 10), "El umbral 80 de «semaforo.bueno» no es menor que el del nivel mejor (semaforo.satisfactorio: 70)."),
        (thresholds([60, 70, 51, 9]), at("Parametros", "Valor", 9), "El umbral 70 de «semaforo.satisfactorio» no es menor"),
        (thresholds([100, 70, 51, 51]), at("Parametros", "Valor", 11), "El umbral 51 de «semaforo.regular» no es menor"),
        (thresholds(aceptable=[10, 50, 48, 65]), at("Parametros", "Valor", 17), "El umbral 50 de «criterio_dgaa.aceptable, trimestre 2» no es menor que el del nivel mejor (criterio_dgaa.optimo, trimestre 2: 43)."),
    ],
    ids=["the third", "the second", "equal", "a quarter"],
)  # fmt: skip
def test_a_threshold_above_a_better_one_is_told_at_its_own_cell(
    tmp_path: Path, changed: dict[str, str], place: At, what: str
) -> None:
    checked = check(tmp_path, **changed)
    assert found(checked) == placed(tmp_path, ("PAR-006", place))
    assert what in words(checked)[0]


def test_a_lowest_threshold_of_zero_is_told_for_what_it_is(tmp_path: Path) -> None:
    checked = check(tmp_path, **thresholds([80, 60, 40, 0]))
    assert found(checked) == placed(tmp_path, ("PAR-013", at("Parametros", "Valor", 11)))
    assert "ninguna unidad que avance algo, por poco que sea, quedaría en Deficiente" in words(checked)[0]


# --- parameters ----------------------------------------------------------------------------------------------


def with_parameters(*lines: str) -> dict[str, str]:
    return {"Parametros": "\n".join([ENTITY["Parametros"].strip(), *lines])}


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [
        ("semaforo.malo | '2024 |  | 5", "PAR-011", "«semaforo.malo»"),
        ("criterio_dgaa.pesimo | '2024 | 2 | 5", "PAR-011", "«criterio_dgaa.pesimo, trimestre 2»"),
        ("semaforo.bueno | '2024 | 3 | 55", "PAR-011", "«semaforo.bueno, trimestre 3»"),
        ("criterio_dgaa.optimo | '2024 |  | 50", "PAR-011", "«criterio_dgaa.optimo»"),
        ("telefono |  |  | 2408900", "PAR-010", "«telefono»"),
        ("UMBRALES |  |  |", "PAR-010", "«UMBRALES»"),
    ],
    ids=["a band", "a level", "a band by quarter", "a level without quarter", "a note", "a heading"],
)
def test_a_parameter_that_no_rule_reads_is_told(tmp_path: Path, line: str, code: str, named: str) -> None:
    checked = check(tmp_path, **with_parameters(line))
    assert found(checked) == placed(tmp_path, (code, at("Parametros", "Parámetro", 20)))
    assert (checked.entidad is None) == (code == "PAR-011")
    assert named in words(checked)[0]


@pytest.mark.parametrize(
    ("old", "new", "expected", "named"),
    [
        ("optimo | '2024 | 3 | 65", "optimo | '2024 |  | 65", ("PAR-004", at("Parametros", "Trimestre", 14)), "Esta fila, «criterio_dgaa.optimo», no es ninguna"),
        ("semaforo.bueno | '2024 |  | 51", "semaforo.bueno | '2024 | 2 | 51", ("PAR-004", at("Parametros", "Trimestre", 10)), "Falta el parámetro «semaforo.bueno»."),
        ("optimo | '2024 | 3 | 65", "optimo | '2024 | 5 | 65", ("PAR-002", at("Parametros", "Trimestre", 14)), "El trimestre «5» no existe."),
    ],
    ids=["no quarter", "a quarter too many", "a quarter that does not exist"],
)  # fmt: skip
def test_a_threshold_of_the_wrong_quarter_is_one_error_at_its_row_which_nobody_is_told_to_delete(
    tmp_path: Path, old: str, new: str, expected: tuple[str, At], named: str
) -> None:
    assert old in ENTITY["Parametros"]
    checked = check(tmp_path, Parametros=ENTITY["Parametros"].replace(old, new))
    assert found(checked) == placed(tmp_path, expected)
    assert named in words(checked)[0]
    assert "Borre" not in words(checked)[0]


def test_names_of_parameters_and_the_method_may_be_written_with_capitals_and_accents(tmp_path: Path) -> None:
    text = ENTITY["Parametros"].replace("gestion |", "Gestión |").replace("semaforo.bueno", "Semáforo.Bueno")
    checked = check(tmp_path, Parametros=text.replace("| media", "| Media"))
    assert found(checked) == []
    assert checked.entidad is not None
    assert (checked.entidad.gestion, checked.entidad.metodo) == (2024, "media")


def test_vision_and_mision_may_be_blank_and_the_name_may_not(tmp_path: Path) -> None:
    checked = check(tmp_path, **with_parameters("vision |  |  |", "mision |  |  |"))
    assert found(checked) == []
    assert checked.entidad is not None
    assert (checked.entidad.vision, checked.entidad.mision) == ("", "")
    blank = check(tmp_path, Parametros=ENTITY["Parametros"].replace("Ministerio de Ejemplo", ""))
    assert found(blank) == placed(tmp_path, ("PAR-001", at("Parametros", "Valor")))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("sigla |  |  | OTRA", "Hay más de una fila de Parámetro: «sigla»."),
        ("criterio_dgaa.optimo | '2024 | 2 | 44", "Hay más de una fila de Parámetro + Trimestre: «criterio_dgaa.optimo + 2»."),
    ],
    ids=["without quarter", "with quarter"],
)  # fmt: skip
def test_a_parameter_twice_is_told_in_a_whole_sentence(tmp_path: Path, line: str, text: str) -> None:
    checked = check(tmp_path, **with_parameters(line))
    assert found(checked) == placed(tmp_path, ("PAR-003", at("Parametros", "Parámetro", 20)))
    assert words(checked)[0].startswith(text)


def test_a_missing_threshold_is_named_with_its_quarter(tmp_path: Path) -> None:
    text = ENTITY["Parametros"].replace("criterio_dgaa.optimo | '2024 | 3 | 65\n", "")
    assert "Falta el parámetro «criterio_dgaa.optimo, trimestre 3»." in words(check(tmp_path, Parametros=text))[0]


# --- words of closed lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["Vigente", "VIGENTE", " vigente ", "Vigénte"])
def test_a_vigencia_is_taken_however_it_is_written(tmp_path: Path, word: str) -> None:
    checked = check(tmp_path, Unidades=ENTITY["Unidades"].replace("| vigente", f"| {word}"))
    assert found(checked) == []
    assert checked.entidad is not None
    assert [u.vigente for u in checked.entidad.unidades] == [True]


def test_no_vigente_is_not_vigente(tmp_path: Path) -> None:
    other = "\nOTRA | Otra | Servicio Central | Direcciones | VRE | '1.1 | "
    checked = check(tmp_path, Unidades=ENTITY["Unidades"].rstrip() + other + "No Vigente")
    assert checked.entidad is not None
    assert [u.vigente for u in checked.entidad.unidades] == [True, False]
    wrong = check(tmp_path, Unidades=ENTITY["Unidades"].rstrip() + other + "vigente hasta marzo")
    assert found(wrong) == placed(tmp_path, ("UND-004", at("Unidades", "Vigencia", 2)))


@pytest.mark.parametrize("word", ["sin prog", "SIN PROG.", "Sin prog. ", "sin programación"])
def test_a_goal_without_programme_is_taken_however_it_is_written(tmp_path: Path, word: str) -> None:
    checked = check(tmp_path, Metas_SIGEP=f"ACP | Trimestre | Programado | Ejecutado\n'1.1 | 2 | {word} |")
    assert found(checked) == []
    assert checked.entidad is not None
    assert checked.entidad.metas[0].programado is None


def test_other_words_for_a_goal_are_refused(tmp_path: Path) -> None:
    checked = check(tmp_path, Metas_SIGEP="ACP | Trimestre | Programado | Ejecutado\n'1.1 | 2 | por definir |")
    assert found(checked) == placed(tmp_path, ("MET-003", at("Metas_SIGEP", "Programado")))


def test_words_of_historico_are_taken_however_they_are_written(tmp_path: Path) -> None:
    text = (
        ENTITY["Historico"]
        .replace("entidad |", "Entidad |")
        .replace("Gestión | MDE | avance", "gestion | MDE | AVANCE")
    )
    checked = check(tmp_path, Historico=text)
    assert found(checked) == []
    assert checked.entidad is not None
    figure = checked.entidad.historico[0]
    assert (figure.cuadro, figure.periodo, figure.indicador) == ("entidad", "Gestión", "avance")


def test_groups_and_services_are_taken_however_they_are_written(tmp_path: Path) -> None:
    checked = check(
        tmp_path,
        Unidades=ENTITY["Unidades"].replace("| Servicio Central |", "| SERVICIO CENTRAL |"),
        Categorias=ENTITY["Categorias"].replace("| DGRB |  |", "|  | direcciones; vre |"),
    )
    assert found(checked) == []
    assert checked.entidad is not None
    assert checked.entidad.unidades[0].servicio == "Servicio Central"
    assert checked.entidad.categorias[0].grupos == ("Direcciones", "VRE")
    wrong = check(tmp_path, Categorias=ENTITY["Categorias"].replace("| DGRB |  |", "|  | direccion |"))
    assert found(wrong) == placed(tmp_path, ("CAT-004", at("Categorias", "Grupos")))


def test_two_groups_that_differ_in_capitals_alone_are_not_taken_for_each_other(tmp_path: Path) -> None:
    other = "\nOTRA | Otra | Servicio Central | DIRECCIONES | VRE | '1.1 | vigente"
    for typed in ("Direcciones", "DIRECCIONES"):
        checked = check(
            tmp_path,
            Unidades=ENTITY["Unidades"].rstrip() + other,
            Categorias=ENTITY["Categorias"].replace("| DGRB |  |", f"|  | {typed} |"),
        )
        assert checked.entidad is not None
        assert checked.entidad.categorias[0].grupos == (typed,)


# --- rows of totals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("TOTAL |  | 6000 | 10.5 |", "SIG-012", at("Presupuesto_SIGEP", "Categoría programática", 7)),
        (
            "Total general | 6 | 1000 | 10.5 | Estado Aprobado",
            "SIG-012",
            at("Presupuesto_SIGEP", "Categoría programática", 7),
        ),
        (" | TOTAL | 6000 | 10.5 |", "SIG-012", at("Presupuesto_SIGEP", "Mes", 7)),
        ("Sub-total ADM |  | 6000 | 10.5 |", "SIG-012", at("Presupuesto_SIGEP", "Categoría programática", 7)),
        (" |  | 6000 | 10.5 |", "SIG-012", at("Presupuesto_SIGEP", "Presupuesto vigente", 7)),
        ("Gran total |  | 6000 | 10.5 |", "SIG-012", at("Presupuesto_SIGEP", "Categoría programática", 7)),
        ("T O T A L |  | 6000 | 10.5 |", "SIG-012", at("Presupuesto_SIGEP", "Categoría programática", 7)),
        ("570 0 004 | Total | 1000 | 10.5 |", "SIG-012", at("Presupuesto_SIGEP", "Mes", 7)),
        ("Gran Total |  | 2 | 1000 | 1000 | 10.5 | Estado en Línea", "FUE-008", at("Fuentes", "Fuente", 2)),
        ("TOTAL |  |  | 1000 | 1000 | 10.5 |", "FUE-008", at("Fuentes", "Fuente", 2)),
        ("Total | Total | 2 | 1000 | 1000 | 10.5 | Estado en Línea", "FUE-008", at("Fuentes", "Fuente", 2)),
        (" | SUMA |  | 1000 | 1000 | 10.5 |", "FUE-008", at("Fuentes", "Descripción", 2)),
        ("TOTAL | 2 | 10 | 9", "MET-008", at("Metas_SIGEP", "ACP", 2)),
        ("Total |  |  |  |  | 91.25 |", "HIS-010", at("Historico", "Cuadro", 2)),
        ("TOTAL | 1 |", "UND-010", at("Unidades", "Código", 2)),
        ("Totales | 1 |", "UND-010", at("Categorias", "Categoría programática", 2)),
    ],
)
def test_a_row_of_totals_is_told_once_and_not_read(tmp_path: Path, line: str, code: str, place: At) -> None:
    checked = check(tmp_path, **{place.sheet: ENTITY[place.sheet].rstrip() + "\n" + line})
    assert found(checked) == placed(tmp_path, (code, place))
    plain = check(tmp_path)
    assert checked.entidad == plain.entidad


@pytest.mark.parametrize(
    ("sheet", "line", "expected"),
    [
        ("Unidades", "TOTAL | Totalizadora | Servicio Central | Direcciones | VRE | '1.1 | vigente", []),
        (
            "Unidades",
            "TOTAL-1 | Otra |",
            [("UND-001", at("Unidades", title, 2)) for title in ("Servicio", "Grupo", "Área", "ACP", "Vigencia")],
        ),
        (
            "Presupuesto_SIGEP",
            "Totora | 6 | 1 | 0 | Estado Aprobado",
            [("SIG-005", at("Presupuesto_SIGEP", "Categoría programática", 7))],
        ),
        (
            "Presupuesto_SIGEP",
            " |  | 5999 | 10 |",
            [
                ("SIG-001", at("Presupuesto_SIGEP", title, 7))
                for title in ("Categoría programática", "Mes", "Tipo de reporte")
            ],
        ),
    ],
    ids=["a unit of that code", "a code that begins so", "another word", "amounts that are no sums"],
)
def test_a_row_that_only_looks_like_a_total_is_read(tmp_path: Path, sheet: str, line: str, expected: Places) -> None:
    assert found(check(tmp_path, **{sheet: ENTITY[sheet].rstrip() + "\n" + line})) == placed(tmp_path, *expected)


# --- published figures ---------------------------------------------------------------------------------------

PUBLISHED = "Cuadro | Gestión | Periodo | Código | Indicador | Valor | Informe"


def history(*rows: str) -> dict[str, str]:
    return {"Historico": "\n".join([PUBLISHED, *(f"{row} | Informe" for row in rows)])}


@pytest.mark.parametrize(
    ("rows", "place", "advice"),
    [
        (["entidad | 2023 | Gestión | MDE | avance | 0.9307", "entidad | 2023 | Gestión | VRE | avance | 0.9755"], at("Historico", "Valor"), "Escriba 93,07, no 0,9307."),
        (["entidad | 2023 | Gestión | MDE | avance | 1", "entidad | 2023 | Gestión | VRE | avance | 1.02"], at("Historico", "Valor"), "Escriba 100, no 1."),
        (["entidad | 2022 | Gestión | MDE | avance | 80.38", "entidad | 2023 | Gestión | MDE | avance | 0.9307"], at("Historico", "Valor", 2), "Escriba 93,07, no 0,9307."),
        (["exterior | 2023 | Gestión | Direcciones | eficacia | 0", "exterior | 2023 | Gestión | VRE | eficacia | 0.2243"], at("Historico", "Valor", 2), "Escriba 22,43, no 0,2243."),
        (["entidad | 2022 | Gestión | MDE | avance | 0.8", "entidad | 2023 | Gestión | MDE | avance | 0.9"], at("Historico", "Valor"), "Escriba 80, no 0,8."),
    ],
    ids=["a year", "with a whole one", "one year of two", "of groups", "two years"],
)  # fmt: skip
def test_published_figures_as_fractions_are_one_error(tmp_path: Path, rows: list[str], place: At, advice: str) -> None:
    checked = check(tmp_path, **history(*rows))
    assert found(checked) == placed(tmp_path, ("HIS-006", place))
    assert checked.entidad is None
    assert advice in words(checked)[0]


def test_one_fraction_among_figures_in_points_is_an_aviso(tmp_path: Path) -> None:
    checked = check(
        tmp_path,
        **history(
            "entidad | 2023 | Gestión | MDE | avance | 93.07", "entidad | 2023 | Gestión | VRE | avance | 0.9755"
        ),
    )
    assert found(checked) == placed(tmp_path, ("HIS-007", at("Historico", "Valor", 2)))
    assert checked.entidad is not None


@pytest.mark.parametrize(
    "rows",
    [
        ["exterior | 2023 | Gestión | Direcciones | eficacia | 1.2", "exterior | 2023 | Gestión | VRE | eficacia | 22.4"],
        ["entidad | 2023 | Gestión | MDE | avance | 0", "entidad | 2023 | Gestión | VRE | avance | 0"],
        ["relacion | 2024 | 1T | Servicio Central | tareas | 1"],
        ["exterior | 2024 | 1T | Direcciones | cantidad | 1"],
        ["exterior | 2023 | Gestión | Direcciones | eficacia | 1.6"],
    ],
    ids=["low", "nothing", "counts", "units", "alone"],
)  # fmt: skip
def test_low_figures_and_counts_are_no_fractions(tmp_path: Path, rows: list[str]) -> None:
    codes = {code for code, *_ in found(check(tmp_path, **history(*rows)))}
    assert codes <= {"HIS-009"}, "the one group of the small entity is in no table of the master"


@pytest.mark.parametrize(
    ("row", "code", "title", "word"),
    [
        ("entidad | 2023 | Gestión | MRE | avance | 90", "HIS-008", "Código", "«MRE»"),
        ("entidad | 2023 | Gestión | mde | avance | 90", "HIS-008", "Código", "¿Quiso escribir «MDE»?"),
        ("exterior | 2023 | Gestión | Embajadas | avance | 90", "HIS-008", "Código", "«Embajadas»"),
        ("relacion | 2024 | 1T | VRE | tareas | 90", "HIS-008", "Código", "cuadro relacion"),
        ("entidad | 2204 | Gestión | MDE | avance | 90", "HIS-009", "Periodo", "la gestión no está entre 2000 y 2024"),
        ("entidad | 202 | Gestión | MDE | avance | 90", "HIS-009", "Periodo", "la gestión no está entre"),
        ("entidad | 2023 | 2T | MDE | avance | 90", "HIS-009", "Periodo", "solo sale la cifra de periodo Gestión"),
        (
            "exterior | 2022 | 4T | Direcciones | avance | 90",
            "HIS-009",
            "Periodo",
            "solo sale la cifra de periodo Gestión",
        ),
        ("entidad | 2024 | Gestión | MDE | avance | 90", "HIS-009", "Periodo", "por trimestre"),
        ("relacion | 2023 | Gestión | Servicio Central | tareas | 90", "HIS-009", "Periodo", "el cuadro relacion"),
        ("entidad | 2023 | Gestión | MDE | tareas | 90", "HIS-009", "Periodo", "no va ese indicador"),
    ],
)
def test_a_published_figure_that_no_table_shows_is_told(
    tmp_path: Path, row: str, code: str, title: str, word: str
) -> None:
    checked = check(tmp_path, **history(row))
    assert found(checked) == placed(tmp_path, (code, at("Historico", title)))
    assert checked.entidad is not None
    assert word in words(checked)[0]


TWO_AREAS = """
    Código | Nombre | Servicio | Grupo | Subgrupo | Área | ACP | Vigencia
    U1 | Una | Servicio Central | Direcciones | | VRE | '1.1 | vigente
    U2 | Dos | Servicio Central | Embajadas | | VRE | '1.1 | vigente
    U3 | Tres | Servicio Central | Direcciones | | ADM | '1.1 | vigente
    U4 | Cuatro | Servicio Central | Oficinas | | ADM | '1.1 | vigente
    U5 | Cinco | Servicio Central | Archivo | | SOLA | '1.1 | vigente
"""


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("Embajadas", ""),
        ("VRE", ""),
        ("Direcciones", "más de un grupo, subgrupo o área se llama así"),
        ("Archivo", "muestra las áreas que tienen más de un grupo"),
        ("SOLA", "muestra las áreas que tienen más de un grupo"),
    ],
)
def test_a_figure_of_a_group_that_is_in_no_row_of_the_master_is_told(tmp_path: Path, code: str, reason: str) -> None:
    areas = ENTITY["Areas"].rstrip() + "\nADM | Otra | Servicio Central\nSOLA | Otra más | Servicio Central"
    figures = history(*(f"exterior | 2023 | Gestión | {code} | {name} | 20" for name in ("avance", "eficacia")))
    own = {"Categorias": ENTITY["Categorias"].replace("DGRB", "U1"), "Areas": areas, "Unidades": TWO_AREAS}
    checked = check(tmp_path, **own, **figures)
    assert found(checked) == placed(tmp_path, *([("HIS-009", at("Historico", "Periodo"))] if reason else []))
    assert checked.entidad is not None
    nodes = evaluation.tree.build(checked.entidad)
    shown = evaluation.published.series(checked.entidad, nodes, "exterior")[1]
    assert bool(shown) == (not reason)
    assert all(reason in said for said in words(checked))


def test_a_code_that_does_not_exist_is_told_once_with_how_many_figures_it_has(tmp_path: Path) -> None:
    rows = [
        f"exterior | {year} | Gestión | {code} | {name} | 20"
        for year in (2022, 2023)
        for code in ("Embajadas", "Otras")
        for name in ("avance", "eficacia")
    ]
    checked = check(tmp_path, **history(*rows))
    assert found(checked) == placed(
        tmp_path, ("HIS-008", at("Historico", "Código")), ("HIS-008", at("Historico", "Código", 3))
    )
    assert "su cifra no sale en el libro maestro, ni 3 más de ese código." in words(checked)[0]


def test_quarters_of_an_earlier_year_are_told_once(tmp_path: Path) -> None:
    rows = [f"entidad | 2023 | {q}T | {code} | avance | 90" for q in (1, 2, 3, 4) for code in ("MDE", "VRE")]
    checked = check(tmp_path, **history(*rows))
    assert found(checked) == placed(tmp_path, ("HIS-009", at("Historico", "Periodo")))
    assert "avance de «MDE», 1T 2023, y 7 más," in words(checked)[0]


# --- workbooks of before -------------------------------------------------------------------------------------


BEFORE = Path(__file__).parent / "before"


@pytest.mark.parametrize("name", ["campana-v1/entidad.xlsx", "entidad-4e7819a.xlsx"])
def test_an_entity_workbook_of_an_earlier_version_is_read_without_an_error(name: str) -> None:
    checked = entity_book.check_entity(BEFORE / name)
    assert checked.entidad is not None
    assert [f for f in checked.findings if messages.severity(f.code) is messages.Severity.ERROR] == []


def test_a_campaign_goes_on_with_an_entity_workbook_that_an_earlier_version_let_in(tmp_path: Path) -> None:
    changed = {**thresholds([1, 0.7, 0.51, 0.09]), **money({"A": months(RISING)})}
    path = text_books.entity(tmp_path / "entidad.xlsx", **changed)
    assert entity_book.check_entity(path).entidad is None
    kept = entity_book.check_entity(path, accepted=True)
    assert kept.entidad is not None
    assert {code for code, *_ in found(kept)} == {"PAR-012", "SIG-008"}
    missing = ENTITY["Parametros"].replace("sigla |  |  | MDE\n", "")
    assert entity_book.check_entity(text_books.entity(path, Parametros=missing), accepted=True).entidad is None


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_every_command_of_a_campaign_goes_on_with_the_entity_workbook_that_it_was_begun_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {key: [dict(r) for r in records] for key, records in factories.entity_rows().items()}
    rows["parametros"] = [r for r in rows["parametros"] if r["valor"] is not None]
    rows["presupuesto_sigep"] = [r for r in rows["presupuesto_sigep"] if r["mes"] != 3]
    entity = tmp_path / "entidad.xlsx"
    entity_workbook.write_entity_workbook(entity, rows)
    with monkeypatch.context() as before:
        before.setattr(entity_book, "_plausible", lambda *_: None)  # as versions of before did
        folder.create(tmp_path / "campana", entity, 2, campaign_books.LIMIT, "Ana", campaign_books.BEFORE)
    place = tmp_path / "campana"
    settings = ("--entity", entity, "--quarter", 2)
    assert run("status", "--campaign", place)[0] == 0
    sent = campaign_books.book(tmp_path / "DGRB.xlsx", "DGRB")
    assert run("receive", sent, "--campaign", place)[0] == 0
    assert run("campaign", place, *settings, "--deadline", "2024-07-31")[0] == 0
    code, output = run("consolidate", "--campaign", place, "-o", tmp_path / "m.xlsx")
    assert (code, "SIG-011" in output, (tmp_path / "m.xlsx").exists()) == (1, True, True)
    assert run("campaign", tmp_path / "otra", *settings, "--deadline", "2024-07-31")[0] == 1
