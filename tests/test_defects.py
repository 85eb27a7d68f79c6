"""`demo --defects`: every code is planted, all that was planted is found at its place, and nothing else is."""

import csv
import hashlib
import json
from pathlib import Path

import pytest
import python_calamine
from click.testing import CliRunner

from poa_xl import messages
from poa_xl.cli import poa_xl
from poa_xl.sample import defects

Place = tuple[str, str, str, str]


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout


@pytest.fixture
def demo(defects_demo: Path) -> Path:
    return defects_demo


ENTITIES = (defects.ENTITY_WITH_DEFECTS, defects.ENTITY_WITH_BANDS)


def planted(folder: Path, *entities: str) -> list[Place]:
    """What was planted in workbooks of the entity; without any, in all other files."""
    with (folder / defects.LIST_FILE).open(encoding="utf-8", newline="") as file:
        rows = [(r["archivo"], r["hoja"], r["celda"], r["codigo"]) for r in csv.DictReader(file)]
    return sorted(r for r in rows if (r[0] in entities if entities else r[0] not in ENTITIES))


def found(output: str) -> list[Place]:
    return sorted((f["archivo"], f["hoja"], f["celda"], f["codigo"]) for f in json.loads(output)["observaciones"])


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
def test_every_code_of_the_catalogue_is_planted(demo: Path) -> None:
    codes = {p[3] for p in planted(demo) + planted(demo, *ENTITIES)}
    compared = {code for code in messages.MESSAGES if code.startswith("PLA-")}  # with a plan: test_approved_plan
    of_reports = {"INF-005"}  # told where a report is written: test_report
    assert codes == set(messages.MESSAGES) - messages.codes(messages.Trait.OF_NO_FILE) - compared - of_reports


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
def test_all_that_was_planted_in_submissions_is_found_and_nothing_else(demo: Path) -> None:
    folders = (demo / "entregas", demo / defects.EMPTY_FOLDER)
    code, output = run("validate", *folders, "--entity", demo / "entidad.xlsx", "--quarter", 2, "--format", "json")
    assert code == 1
    assert found(output) == planted(demo)


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
@pytest.mark.parametrize("name", ENTITIES)
def test_all_that_was_planted_in_the_entity_workbook_is_found_and_nothing_else(demo: Path, name: str) -> None:
    path = demo / name
    code, output = run("validate", path, "--entity", path, "--format", "json")
    assert code == 1
    assert found(output) == planted(demo, name)


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
def test_the_master_of_a_folder_with_defects_says_that_it_is_partial_and_from_which_entity_workbook(
    demo: Path, tmp_path: Path
) -> None:
    code, output = run("consolidate", demo / "entregas", "--quarter", 2, "-o", tmp_path / "maestro.xlsx")
    assert code == 1
    assert "Libro maestro:" in output
    book = python_calamine.load_workbook(str(tmp_path / "maestro.xlsx"))
    cover = [str(cell) for row in book.get_sheet_by_name("Portada").to_python() for cell in row]
    assert any(cell.startswith("EVALUACIÓN PARCIAL: sin información de ") for cell in cover)
    assert hashlib.sha256((demo / "entidad.xlsx").read_bytes()).hexdigest() in cover
    sent = {
        str(row[0]): str(row[6]) for row in book.get_sheet_by_name("Entregas").to_python() if len(str(row[6])) == 64
    }
    assert len(sent) > 100
    assert all(hashlib.sha256((demo / "entregas" / f).read_bytes()).hexdigest() == digest for f, digest in sent.items())
