"""Goals of SIGEP of unlike units of measure are not added: evaluation, cells of the master, what is found."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from poa_xl import evaluation
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.checking import entity_book
from poa_xl.entity import Entidad, MetaSigep
from poa_xl.evaluation.money import MetaEvaluada
from poa_xl.writers.master import write_master
from tests import factories, text_books
from tests.conftest import Recalculate
from tests.libreoffice import LibreOffice, differences
from tests.one_sheet import sheet_of
from tests.text_books import ENTITY

pytestmark = pytest.mark.slow

Goal = tuple[str, float | None, float | None, str]  # ACP, programmed, executed, unit of measure
ALIKE: Sequence[Goal] = (("1.1", 4, 4, "Trámites"), ("1.2", 3, 1, "tramites "), ("2.1", 10, 8, "TRÁMITES"))
UNLIKE: Sequence[Goal] = (("1.1", 4, 4, "informes"), ("1.2", 3, 1, "km²"), ("2.1", 10, 8, "informes"))
PARTLY: Sequence[Goal] = (("1.1", 4, 4, "informes"), ("1.2", 3, 1, ""), ("2.1", 10, 8, "informes"))
SILENT: Sequence[Goal] = (("1.1", 4, 4, ""), ("1.2", 3, 1, ""), ("2.1", 10, 8, ""))
# Another unit that nothing is programmed in, and one whose ACP states none.
WITHOUT_PROGRAMME: Sequence[Goal] = (("1.1", 4, 2, "*"), ("1.2", None, 7, "km²"), ("2.1", None, None, ""))
WITHOUT_EXECUTION: Sequence[Goal] = (("1.1", 4, 2, "informes"), ("1.2", 5, None, "km²"))


def entity_of(goals: Sequence[Goal]) -> Entidad:
    metas = tuple(MetaSigep(acp, 1, planned, done, unit) for acp, planned, done, unit in goals)
    return dataclasses.replace(factories.entidad(), metas=metas)


def total_of(goals: Sequence[Goal]) -> MetaEvaluada:
    return evaluation.evaluate(entity_of(goals), AcceptedRows(), 1).metas[-1]


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        (ALIKE, (17, 13, 1300 / 17, "Trámites")),
        (SILENT, (17, 13, 1300 / 17, "")),
        (UNLIKE, (None, None, None, "")),
        (PARTLY, (None, None, None, "")),
        (WITHOUT_PROGRAMME, (4, 2, 50, "*")),
        (WITHOUT_EXECUTION, (None, None, None, "")),
    ],
    ids=["alike", "silent", "unlike", "partly stated", "without programme", "without execution"],
)
def test_goals_are_added_where_they_count_the_same(
    goals: Sequence[Goal], expected: tuple[float | None, float | None, float | None, str]
) -> None:
    found = total_of(goals)
    assert (found.programado, found.ejecutado, found.unidad_medida) == (expected[0], expected[1], expected[3])
    assert found.avance == (None if expected[2] is None else pytest.approx(expected[2]))


def test_each_goal_keeps_its_figures_where_there_is_no_total() -> None:
    made = evaluation.evaluate(entity_of(UNLIKE), AcceptedRows(), 1)
    assert [m.avance for m in made.metas[:-1]] == [100, pytest.approx(100 / 3), 80]
    assert made.figure("MDE.sigep_programado.t1") is None
    assert made.figure("acp:1.1.sigep_programado.t1") == 4


# --- the master ------------------------------------------------------------------------------------------------------


def master_of(folder: Path, goals: Sequence[Goal]) -> Path:
    path, entidad = folder / "maestro.xlsx", entity_of(goals)
    made = evaluation.evaluate(entidad, AcceptedRows(), 1)
    write_master(path, entidad, made, AcceptedRows(), [], [], corte=dt.date(2024, 3, 31))
    return path


def shown(path: Path) -> tuple[list[str], dict[object, list[object]], list[object]]:
    """Titles of the SIGEP columns, their cells by ACP, and the lines under the table."""
    lines = [*sheet_of(path, "ACP y SIGEP", data_only=True).iter_rows(values_only=True)]
    start = next(i for i, line in enumerate(lines) if line[0] == "ACP")
    own = [i for i, title in enumerate(lines[start]) if str(title).startswith("SIGEP ")]
    rows = {line[0]: [line[i] for i in own] for line in lines[start + 1 : start + 5]}
    return [str(lines[start][i]) for i in own], rows, [line[0] for line in lines[start + 5 :] if line[0]]


def test_the_master_says_why_unlike_goals_are_not_added(tmp_path: Path) -> None:
    titles, rows, notes = shown(master_of(tmp_path, UNLIKE))
    assert titles[-1] == "SIGEP 1T: unidad de medida"
    assert rows["Total"] == ["n/a"] * 4
    assert rows["1.2"] == [3, 1, pytest.approx(100 / 3), "km²"]
    assert notes == [
        "Las metas del SIGEP no se suman: se miden en unidades distintas (informes, km²). El total es n/a."
    ]


def test_the_master_names_the_acps_whose_goals_do_not_say_what_they_count(tmp_path: Path) -> None:
    _, rows, notes = shown(master_of(tmp_path, PARTLY))
    assert rows["Total"] == ["n/a"] * 4
    assert rows["1.2"][-1] == "n/a"
    (note,) = notes
    assert "unas dicen su unidad de medida y otras no (ACP 1.2)" in str(note)


def test_goals_that_count_the_same_have_a_total_with_its_unit_and_no_note(tmp_path: Path) -> None:
    _, rows, notes = shown(master_of(tmp_path, ALIKE))
    assert rows["Total"] == [17, 13, pytest.approx(1300 / 17), "Trámites"]
    assert rows["1.2"][-1] == "Trámites"
    assert notes == []


def test_without_any_unit_the_table_is_as_it_was(tmp_path: Path) -> None:
    titles, rows, notes = shown(master_of(tmp_path, SILENT))
    assert titles == ["SIGEP 1T: programado", "SIGEP 1T: ejecutado", "SIGEP 1T: avance (%)"]
    assert rows["Total"] == [17, 13, pytest.approx(1300 / 17)]
    assert notes == []


EVERY = pytest.mark.parametrize(
    "goals", [ALIKE, UNLIKE, PARTLY, SILENT, WITHOUT_PROGRAMME, WITHOUT_EXECUTION],
    ids=["alike", "unlike", "partly", "silent", "without programme", "without execution"],
)  # fmt: skip


@pytest.mark.libreoffice
@EVERY
def test_libreoffice_calculates_the_same_totals(
    tmp_path: Path, goals: Sequence[Goal], libreoffice: LibreOffice
) -> None:
    assert differences(libreoffice.recalculate(master_of(tmp_path, goals))) == []


@EVERY
def test_gnumeric_calculates_the_same_totals(tmp_path: Path, goals: Sequence[Goal], gnumeric: Recalculate) -> None:
    cells = [c for c in gnumeric(master_of(tmp_path, goals), tmp_path) if c.place.startswith("ACP y SIGEP!")]
    assert [cell for cell in cells if not cell.same] == []
    assert len(cells) > 20


# --- what is found ---------------------------------------------------------------------------------------------------

ACPS = ENTITY["ACP"].rstrip() + "\n'2.1 | '2 | Otra | VRE\n'3.1 | '2 | Otra más | VRE"
WITH_UNIT = "ACP | Trimestre | Programado | Ejecutado | Unidad de medida"


def found(folder: Path, titles: str, *goals: str) -> list[tuple[str, str, str]]:
    path = text_books.entity(folder / "entidad.xlsx", ACP=ACPS, Metas_SIGEP="\n".join([titles, *goals]))
    checked = entity_book.check_entity(path)
    return [(f.code, f.location.cell, f.found) for f in checked.findings if f.location.sheet == "Metas_SIGEP"]


def test_a_quarter_of_which_some_goals_say_what_they_count_is_told_once(tmp_path: Path) -> None:
    goals = ("'1.1 | 2 | 10 | 9 | ", "'2.1 | 2 | 5 | 5 | informes", "'3.1 | 2 | 5 | 5 | ", "'1.1 | 1 | 4 | 4 | ")
    assert found(tmp_path, WITH_UNIT, *goals) == [("MET-009", "E2", "1.1, 3.1")]


@pytest.mark.parametrize(
    "goals",
    [
        ("'1.1 | 2 | 10 | 9 | informes", "'2.1 | 2 | 5 | 5 | km"),
        ("'1.1 | 2 | 10 | 9 | ", "'2.1 | 2 | 5 | 5 | "),
        ("'1.1 | 2 | 10 | 9 | informes", "'2.1 | 1 | 5 | 5 | "),
        ("'1.1 | 2 | 10 | 9 | informes", "'2.1 | 2 | Sin Prog. | | ", "'3.1 | 2 | 0 | 0 | "),
        ("'1.1 | 2 | 10 | 9 | ", "'2.1 | 2 | Sin Prog. | | informes"),
    ],
    ids=["all say it", "none says it", "of another quarter", "without programme", "said of no programme"],
)
def test_goals_that_all_say_it_or_none_are_fine(tmp_path: Path, goals: tuple[str, ...]) -> None:
    assert found(tmp_path, WITH_UNIT, *goals) == []


def test_an_entity_workbook_of_before_has_no_such_column_and_nothing_is_said(tmp_path: Path) -> None:
    text = "ACP | Trimestre | Programado | Ejecutado\n'1.1 | 2 | 10 | 9\n'2.1 | 2 | 5 | 5"
    path = text_books.entity(tmp_path / "entidad.xlsx", ACP=ACPS, Metas_SIGEP=text)
    book = openpyxl.load_workbook(path)
    tab = book["Metas_SIGEP"]
    tab.delete_cols(next(c.column for c in tab[1] if c.value == "Unidad de medida"))
    book.save(path)
    checked = entity_book.check_entity(path)
    assert [f for f in checked.findings if f.location.sheet == "Metas_SIGEP"] == []
    assert checked.entidad is not None
    assert [m.unidad_medida for m in checked.entidad.metas] == ["", ""]
