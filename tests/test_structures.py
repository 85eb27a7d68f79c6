"""What a person sees is what is evaluated: mutated workbooks are refused, or read as a real LibreOffice shows them."""

from collections import Counter
from pathlib import Path

import pytest

from tests import structures
from tests.structures import comparison, originals, run
from tests.structures.office import Office
from tests.structures.product import Product
from tests.structures.run import Result

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, pytest.mark.xdist_group("structures")]
needs_office = pytest.mark.usefixtures("libreoffice")  # skips, or fails on CI, where there is none

SEEDS = range(600)
FEWEST_READ = 0.25
TIMES = 3  # each clean kind


@pytest.fixture(scope="module")
def found() -> list[Result]:
    return list(run.results(structures.mutated(seed) for seed in SEEDS))


def told(results: list[Result]) -> str:
    return "\n".join(map(str, results))


def test_five_hundred_are_tried() -> None:
    assert len(SEEDS) >= 500


@needs_office
def test_no_mutated_workbook_is_read_otherwise_than_libreoffice_shows_it(found: list[Result]) -> None:
    assert not told([r for r in found if r.outcome == "different"])


@needs_office
def test_no_mutated_workbook_ends_the_process_that_reads_it(found: list[Result]) -> None:
    assert not told([r for r in found if r.outcome == "died"])


@needs_office
def test_a_fair_share_of_the_mutated_workbooks_is_read_and_not_refused(found: list[Result]) -> None:
    outcomes = Counter(r.outcome for r in found)
    assert outcomes["equal"] >= FEWEST_READ * len(found), outcomes


@needs_office
def test_workbooks_in_the_forms_of_programs_in_use_are_read_and_never_refused() -> None:
    """The clean neighbours of all those mutations."""
    clean = [name for name, kind in structures.catalogue().items() if kind.clean]
    files = [structures.mutated(seed, [name]) for seed, name in enumerate(clean * TIMES)]
    assert not told([r for r in run.results(files) if r.outcome != "equal"])


@needs_office
@pytest.mark.parametrize("writer", originals.WRITERS)
def test_the_originals_are_read_as_libreoffice_shows_them(writer: str, tmp_path: Path) -> None:
    path = tmp_path / "original.xlsx"
    path.write_bytes(originals.book(writer).packed())
    assert run.compared(path) == []


@needs_office
def test_a_figure_that_is_not_the_shown_one_is_found(tmp_path: Path) -> None:
    """The comparison itself: of two workbooks that differ in one cell, what is read of one, what is shown of the other."""
    book = originals.book("XlsxWriter")
    path, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(book.packed())
    book.parts[book.sheets[0]] = book.parts[book.sheets[0]].replace("<v>1012.25</v>", "<v>1012.26</v>")
    other.write_bytes(book.packed())
    assert run.compared(path, other) == [comparison.Difference("Tareas", "C2", 1012.25, "1012.26")]


@needs_office
def test_a_reader_that_dies_costs_one_file_and_is_started_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(originals.book("openpyxl").packed())
    product = Product()
    with Office() as office:
        assert "sheets" in (office.shown(path) or {})
        assert "sheets" in product.read(path)
        office.kill()
        product.kill()
        assert comparison.DIED in (office.shown(path) or {})
        assert comparison.DIED in product.read(path)
        assert "sheets" in (office.shown(path) or {})
        assert "sheets" in product.read(path)
    product.close()


@needs_office
def test_a_file_that_libreoffice_refuses_and_the_product_reads_is_a_difference(tmp_path: Path) -> None:
    path, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(originals.book("openpyxl").packed())
    other.write_bytes(b"PK nothing")
    assert run.compared(path, other) == [comparison.Difference("", "", ["Tareas", "Presupuesto"], "refuses the file")]


def test_a_seed_makes_the_same_file_again() -> None:
    seeds = range(40)
    assert [structures.mutated(seed) for seed in seeds] == [structures.mutated(seed) for seed in seeds]
    assert len({structures.mutated(seed).content for seed in seeds}) > 35


def test_every_kind_of_mutation_changes_some_workbook() -> None:
    whole = {originals.book(writer).packed() for writer in originals.WRITERS}
    for name in structures.catalogue():
        assert any(structures.mutated(seed, [name], most=1).content not in whole for seed in range(8)), name
