"""The benchmark measures whole processes, and every reader finds what was planted. What anything costs is not asserted."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

import poa_xl
from bench import (
    __main__ as bench,
    cluster,
    contenders,
    data,
    formulas,
    functions,
    masters,
    measure,
    office,
    profile,
    results,
    state,
    validar,
)
from bench.data import Folder
from bench.measure import Run
from bench.results import Rounds
from tests.dask_cluster import DaskCluster

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bench")]
OTHERS = ("polars", "frictionless")  # installed by `make bench`, in an environment of their own
EVERY = contenders.contenders(sys.executable, sys.executable)
HERE = [c for c in EVERY if c.name not in OTHERS and "report" not in c.name]
READERS = {"poa-xl validate", "poa-xl consolidate", "script, calamine", "script, openpyxl", "pandera, file by file"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return data.make(tmp_path_factory.mktemp("bench"), 9)


@pytest.fixture(scope="module")
def turns(folder: Folder) -> list[results.Result]:
    return bench.turns(folder, HERE, 1)


def test_the_product_and_the_scripts_find_the_same_sums_and_planted_defects(
    folder: Folder, turns: list[results.Result]
) -> None:
    assert (folder.expected.negative, folder.expected.words) == (1, 1)
    assert {result.contender.name for result in turns if result.agrees == "yes"} == READERS
    assert {result.agrees for result in turns} == {"yes", "–"}


def test_what_a_reader_misses_is_said(folder: Folder) -> None:
    other = replace(folder, expected=replace(folder.expected, programado=1.0, negative=2))
    consolidate = next(c for c in HERE if c.name == contenders.CONSOLIDATE)
    said = "DGAJ.xlsx Tareas!F44 error TAR-003\nUAI.xlsx Tareas!G50 error CEL-002"
    told = bench.told_by(consolidate, said, folder.sent.parent)
    assert bench.agreement(other, told) == f"no: {{'negative': 1, 'programado': {folder.expected.programado}}}"
    assert bench.agreement(folder, told) == "yes"


def test_the_page_has_a_row_for_each_contender_and_a_plot(turns: list[results.Result], tmp_path: Path) -> None:
    text = results.page({9: turns}, Rounds(1), 2)
    assert [line.split(" | ")[0].strip("| ") for line in text.splitlines() if line.startswith("| ")][1:] == [
        contender.name for contender in HERE
    ]
    titles = [line for line in results.page({1: turns, 9: turns}, Rounds(1), 2).splitlines() if line.startswith("## ")]
    assert titles == ["## 1 workbook", "## 9 workbooks"]
    frictionless = next(c for c in EVERY if c.name == "frictionless")
    told = results.page({1000: turns}, Rounds(5), 2, {1000: [frictionless]})
    assert "medians of\n5 (3 over 1000). The product" in told
    assert "Not run over so many workbooks: frictionless (would take too long)." in told
    results.plot({9: turns}, tmp_path / "r.svg")
    assert (tmp_path / "r.svg").read_text(encoding="utf-8").count("<svg") == 1


def test_the_page_of_a_state_is_of_its_own_runs(folder: Folder, tmp_path: Path) -> None:
    state.make(tmp_path / "e", folder, 2)
    assert sorted(path.name for path in (tmp_path / "e").iterdir()) == ["E001", "E002"]
    done = poa_xl.consolidate_state(tmp_path / "e", tmp_path / "s", data.QUARTER)
    assert [(one.sigla, one.libros, one.porque) for one in done.entities] == [("E001", 9, ""), ("E002", 9, "")]
    runs = [
        state.StateRun(n, Run(n * 6.0, n * 3.0, 512, 0, ""), Run(1 + (n - 1) * 0.01, 1, 90, 0, "")) for n in (1, 61)
    ]
    text = state.page(runs, 100, state.Alone(10, [Run(1, wall, 1, 0, "") for wall in (53, 55)]), 2, 1.5)
    assert "| 61 | 6100 | 366.0 | 183.0 | 6.00 | 512 | 1.6 | 1.0 |" in text
    assert "10 of them take 53.0 and 55.0 s, before" in text
    assert "5.40 s each in the mean" in text
    assert "together took\nit is 90%. The cores were busy 100% of it" in text
    assert "600 such entities are 0.9 hours of one core" in text
    assert "it takes 10 ms of each" in text
    assert "| 8 | 7.5 | 90% | 2 | 1% |" in text  # 75 entities a core, of 6 s each
    assert "| 64 | 1.0 | 84% | 16 | 10% |" in text  # ten turns, of which the last is not of all
    assert "more than 600 cores would wait for" in text


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workbook with formulas of two kinds in two sheets, and a link."""
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, formula, value in (("Uno & más", '=SUM(1,2)&"IF("', "3IF("), ("Dos", "=SUM(1,2)", 3)):
            sheet = book.add_worksheet(name)
            sheet.write_formula("A1", formula, None, value)
            sheet.write_formula("B1", "='Dos'!$A$1", None, 3)
        sheet.write_url("C1", "internal:'Dos'!A1")
    return path


def test_formulas_are_counted_by_sheet_and_kind_and_others_become_their_values(small: Path, tmp_path: Path) -> None:
    by_sheet, by_kind = formulas.counts(small)
    assert by_sheet == {"Uno & más": 2, "Dos": 2}
    assert by_kind == {"SUM": 2, "a reference alone": 2}
    for wanted, kept in (
        (formulas.of_sheet("Uno & más"), {"Uno & más!A1", "Uno & más!B1"}),
        (formulas.of_kind("SUM"), {"Uno & más!A1", "Dos!A1"}),
    ):
        out = formulas.keep(small, tmp_path / "k.xlsx", wanted)
        cells = {
            f"{s.title}!{c.coordinate}": c for s in openpyxl.load_workbook(out) for row in s.iter_rows() for c in row
        }
        assert {name for name, cell in cells.items() if cell.data_type == "f"} == kept
        values = openpyxl.load_workbook(out, data_only=True)
        assert [s[c].value for s in values for c in ("A1", "B1")] == ["3IF(", 3, 3, 3]
        assert values["Dos"]["C1"].hyperlink is None
    assert formulas.counts(formulas.keep(small, tmp_path / "u.xlsx", formulas.every)) == (by_sheet, by_kind)
    assert formulas.counts(formulas.keep(small, tmp_path / "u.xlsx", formulas.none)) == ({}, {})


@pytest.mark.libreoffice
def test_the_spreadsheet_s_side_is_measured_in_a_real_libreoffice(small: Path, folder: Folder) -> None:
    with office.started() as running:
        master = masters.measured(running, small, 9, 1, 1)
        done = validar.measured(running, folder, 1)
    text = masters.section(master) + validar.section(done)
    assert (master.formulas, [(part.name, part.formulas) for part in master.parts]) == (
        4,
        [("Uno & más", 2), ("`SUM`", 2)],
    )
    for name in ("master", "without links", "values alone", "a later click", "– what is left"):
        assert f"\n| {name} | " in text


def test_functions_are_told_beside_what_they_are_compared_with() -> None:
    text = functions.section(functions.Speeds(0.01, 0.2, 0, 0.1, 6.0, 0))
    assert "| LibreOffice, the function in each cell | 0.200 | 20.0 | 0 |" in text
    assert "| Excel on the web by the server, a call for each cell | 6.000 | 60.0 | 0 |" in text


def test_a_profile_has_the_parts_of_the_program_and_of_its_workers(folder: Folder) -> None:
    text = profile.page([profile.profiled("poa-xl consolidate", folder)])
    for part in (
        "checking.unit_books.check_units",
        "evaluation.result.evaluate",
        "xlsxwriter.workbook.close",
        "reading.tasks.book",
    ):
        assert text.count(f"| `{part}` | ") == 1
    assert "| – – pandas | 1 | " in text
    built_in = text.partition("### Own time in the program: built-in functions\n")[2].partition("###")[0]
    assert "| method " in built_in


def test_the_page_of_a_cluster_is_of_runs_that_gave_the_same_bytes(folder: Folder, tmp_path: Path) -> None:
    with DaskCluster(tmp_path / "dask") as own:
        own.add_worker()
        own.wait_for_workers(1)
        pair = cluster.measured(folder, own.address, 1)
    assert pair.same
    text = cluster.page([replace(pair, local=[2.0, 4.0, 3.0], dask=[3.0, 3.6, 3.0])], 3)
    assert "| 9 | 3.0 | 3.0 | 1.00 | yes |" in text


def test_memory_is_that_of_all_processes_of_a_run_and_the_code_is_that_of_the_run() -> None:
    child = "import time; held = b'x' * (100 << 20); time.sleep(1)"
    both = f"import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', {child!r}]); {child}; p.wait(); sys.exit(3)"
    done = measure.run([sys.executable, "-c", both], Path.cwd(), os.environ)
    assert done.code == 3
    assert 200 <= done.memory < 300
    alone = measure.run([sys.executable, "-c", "pass"], Path.cwd(), os.environ)
    assert (alone.code, alone.memory < 60) == (0, True)


def test_workbooks_beyond_the_sample_are_of_more_units_without_money(tmp_path: Path) -> None:
    rows, units = data._entity(300)
    assert len(units) == 300 <= len(rows["unidades"])
    assert {u["unidad"] for u in rows["unidades"]} >= {*units}
    assert len({u["unidad"] for u in rows["unidades"]}) == len(rows["unidades"])
    assert [len(own["presupuesto"]) for own in units.values()][109:] == [0] * 191
