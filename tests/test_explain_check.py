"""The original files give every figure of a master; and what was changed in either since is told at its cell."""

import random
import re
from collections import defaultdict
from pathlib import Path

import pytest

from poa_xl.explanation import check as checking
from poa_xl.explanation.check import CheckResult
from poa_xl.figures import FigureId, parse
from tests.explained import Made, overwritten, typed, values
from tests.one_sheet import sheet_of
from tests.places import address

pytestmark = pytest.mark.slow

SEED = 14
OF_MINISTRY, OF_A_QUARTER = 100, 25  # figures that are drawn: 200 in all


def drawn(made: Made, n: int) -> list[str]:
    """Some ids, of all levels and indicators in turn, as they come."""
    random_order = random.Random(SEED)
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id, _ in values(made):  # noqa: A001
        found = parse(id)
        kinds[found.level, found.indicator].append(id)
    keys = sorted(kinds)
    random_order.shuffle(keys)
    return [random_order.choice(kinds[keys[i % len(keys)]]) for i in range(n)]


def checked(made: Made, id: str | FigureId) -> CheckResult:  # noqa: A002
    return checking.check(made.trail.step(id), made.trail.sources, made.originals)


def _assert_all_agree(made: Made, n: int) -> None:
    expected = dict(values(made))
    ids = drawn(made, n)
    found = {id: checked(made, id) for id in ids}  # noqa: A001
    assert {id: c.differences for id, c in found.items() if not c.agrees} == {}  # noqa: A001
    for id, one in found.items():  # noqa: A001
        value = expected[id]
        if isinstance(value, int | float):
            assert one.found == pytest.approx(value)
        else:
            assert one.found == (None if value == "n/a" or value == "Sin Prog." else value)
    assert sum(one.cells for one in found.values()) > 20 * n


def test_a_hundred_figures_of_the_ministry_are_given_by_its_files(of_ministry: Made) -> None:
    _assert_all_agree(of_ministry, OF_MINISTRY)


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_hundred_figures_of_the_municipality_are_given_by_its_files(
    of_municipality: list[Made], quarter: int
) -> None:
    _assert_all_agree(of_municipality[quarter - 1], OF_A_QUARTER)


def test_the_draw_goes_over_levels_indicators_and_periods(of_ministry: Made, of_municipality: list[Made]) -> None:
    drawn_of = [(of_ministry, OF_MINISTRY), *((made, OF_A_QUARTER) for made in of_municipality)]
    ids = [parse(text) for made, n in drawn_of for text in drawn(made, n)]
    assert len(ids) == 200
    assert len({one.level for one in ids}) >= 10
    assert len({one.indicator for one in ids}) >= 25
    assert {"ene", "t1", "hasta_t2"} <= {one.period for one in ids}


# --- what was changed ---------------------------------------------------------------------------------------


@pytest.fixture
def own(of_municipality: list[Made], tmp_path: Path) -> Made:
    """A copy of the municipality's first quarter."""
    return of_municipality[0].copy(tmp_path / "1T")


def kinds(found: CheckResult) -> set[str]:
    assert not found.agrees
    return {one.clase for one in found.differences}


def task_cell(path: Path, title: str, row: int = 1) -> str:
    return address(sheet_of(path, "Tareas"), title, row)


def test_a_cell_that_was_typed_over_in_an_original_is_named_with_both_values(own: Made) -> None:
    path = own.sent / "UPRE.xlsx"
    cell = task_cell(path, "Ejec. feb")
    before = sheet_of(path, "Tareas")[cell].value
    typed(path, "Tareas", cell, 0)
    found = checked(own, "unidad:UPRE.avance.t1")
    (told,) = [one for one in found.differences if one.clase == checking.CELL]
    assert (told.archivo, told.hoja, told.celda) == ("UPRE.xlsx", "Tareas", cell)
    assert f"el archivo dice 0 y el maestro {before}" in told.texto
    assert kinds(found) == {checking.CELL, checking.FILE}
    assert found.found != pytest.approx(found.value)


def test_a_change_that_does_not_reach_the_figure_is_told_by_the_fingerprint_alone(own: Made) -> None:
    path = own.sent / "UPRE.xlsx"
    typed(path, "Tareas", task_cell(path, "Ejec. dic"), 3)
    assert kinds(checked(own, "unidad:UPRE.avance.t1")) == {checking.FILE}


def test_another_units_change_does_not_matter(own: Made) -> None:
    typed(own.sent / "UPRE.xlsx", "Tareas", task_cell(own.sent / "UPRE.xlsx", "Ejec. feb"), 1234)
    assert checked(own, "unidad:UREC.avance.t1").agrees


def test_a_renamed_file_is_found_by_its_fingerprint(own: Made) -> None:
    (own.sent / "UPRE.xlsx").rename(own.sent / "otro nombre.xlsx")
    assert checked(own, "unidad:UPRE.avance.t1").agrees


@pytest.mark.parametrize(("file", "figure"), [
    ("UPRE.xlsx", "GAMVLA.avance.t1"), ("../entidad.xlsx", "GAMVLA.devengado.t1"), ("../entidad.xlsx", "GAMVLA.avance.t1")
])  # fmt: skip
def test_a_missing_file_is_named_with_its_fingerprint(own: Made, file: str, figure: str) -> None:
    (own.sent / file).unlink()
    found = checked(own, figure)
    (told,) = [one for one in found.differences if one.clase == checking.MISSING]
    assert told.archivo == Path(file).name
    assert re.search(r"SHA-256 [0-9a-f]{64}", told.texto)


def test_a_file_that_is_no_workbook_any_more_is_told(own: Made) -> None:
    (own.sent / "UPRE.xlsx").write_bytes(b"PK\x03\x04 nada")
    assert checking.UNREADABLE in kinds(checked(own, "unidad:UPRE.avance.t1"))


def test_an_amount_of_sigep_that_was_changed_in_the_entity_is_named(own: Made) -> None:
    path = own.sent.parent / "entidad.xlsx"
    cell = address(sheet_of(path, "Presupuesto_SIGEP"), "Devengado del mes")
    category = sheet_of(path, "Presupuesto_SIGEP")[f"A{cell[1:]}"].value
    typed(path, "Presupuesto_SIGEP", cell, 1.5)
    found = checked(own, f"categoria:{category}.devengado.t1")
    assert [(one.hoja, one.celda) for one in found.differences if one.clase == checking.CELL] == [
        ("Presupuesto_SIGEP", cell)
    ]


@pytest.mark.parametrize("figure", ["area:SMDH.avance.t1", "unidad:UPRE.avance.feb", "operacion:UPRE/OP-01.avance.t1",
                                    "GAMVLA.devengado.t1", "area:SMAF.semaforo.t1"])  # fmt: skip
def test_a_figure_that_was_typed_into_the_master_is_named(own: Made, figure: str) -> None:
    place = own.trail.book.place(figure)
    word = parse(figure).indicator == "semaforo"
    inner, kind = ("<is><t>Detenido</t></is>", "inlineStr") if word else ("<v>41.25</v>", "n")
    changed = own.copy(own.master.parent.parent / "otra")
    overwritten(changed, place.sheet, place.cell, inner, kind)
    found = checked(changed, figure)
    assert [(one.clase, one.hoja, one.celda) for one in found.differences] == [(checking.MASTER, *place)]
    assert "no su fórmula" in found.differences[0].texto
    assert any("no su fórmula" in text for text in changed.trail.step(figure).extra)


def test_a_row_that_was_typed_over_in_the_master_is_named_at_the_cell_of_the_file(own: Made) -> None:
    step = next(s for s in own.trail.step("unidad:UPRE.avance.t1").walk() if s.origin and s.origin.key == "tareas")
    assert step.origin
    row = next(r for r in own.trail.sources.rows("tareas") if r.origin == step.origin)
    cell = address(sheet_of(own.master, "Datos_Tareas"), "Ejec. feb", 0)
    changed = own.copy(own.master.parent.parent / "otra")
    overwritten(changed, "Datos_Tareas", f"{cell.rstrip('0123456789')}{row.number}", "<v>77</v>")
    found = checked(changed, "unidad:UPRE.avance.t1")
    told = [one for one in found.differences if one.clase == checking.CELL]
    assert [(one.archivo, one.hoja) for one in told] == [("UPRE.xlsx", "Tareas")]
    assert told[0].celda == task_cell(own.sent / "UPRE.xlsx", "Ejec. feb", step.origin.fila - 4)


def test_a_level_whose_formula_lacks_a_part_is_told_though_its_number_fits_its_formula(own: Made) -> None:
    place = own.trail.book.place("grupo:SMAF/Dirección de Finanzas.avance.t1")
    only = own.trail.book.place("unidad:UREC.avance.t1")
    value = dict(values(own))["unidad:UREC.avance.t1"]
    overwritten(own, place.sheet, place.cell, f"<f>AVERAGE({only.cell})</f><v>{value!r}</v>")
    found = checked(Made(own.master, own.sent), "grupo:SMAF/Dirección de Finanzas.avance.t1")
    (told,) = found.differences
    assert (told.clase, told.celda) == (checking.PARTS, place.cell)
    assert "unidad:UPRE" in told.texto


def test_a_row_that_is_in_the_file_alone_is_told_unless_something_was_observed_there(
    of_municipality: list[Made],
) -> None:
    made = of_municipality[0]
    sources = made.trail.sources
    kept = [row for row in sources.rows("tareas") if row.text("unidad") != "UPRE" or row.text("operacion") != "OP-01"]
    trail = Made(made.master, made.sent).trail
    trail.sources.__dict__["_accepted"] = {**sources._accepted, "tareas": kept}
    found = checking.check(trail.step("unidad:UPRE.avance.t1"), trail.sources, made.originals)
    assert checking.ROW in kinds(found)
