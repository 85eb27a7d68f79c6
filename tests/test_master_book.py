"""A master read for its figures: each is what its cell holds, and what cannot be read is said."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from poa_xl import master_book
from poa_xl.errors import PoaError, WrongUseError
from poa_xl.guards import DEFAULT
from poa_xl.master_book import MasterBook, Place
from poa_xl.reading import File
from tests import factories, test_master
from tests.one_sheet import sheet_of
from tests.test_evaluation import accepted_of, factory_data
from tests.test_figure_ids import BEFORE, _evaluated

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master of a made-up entity, in which some figures do not exist."""
    return test_master.write(
        tmp_path_factory.mktemp("m") / "maestro.xlsx", 2, accepted_of(factory_data(2, ("EMB-UNO",)))
    )


@pytest.fixture(scope="module")
def book(path: Path) -> MasterBook:
    return master_book.read(File(path))


def test_every_figure_of_the_evaluation_that_has_a_cell_is_read_from_it(book: MasterBook) -> None:
    evaluated = {str(f.id): f.value for f in _evaluated(2, ("EMB-UNO",)).figures()}
    assert len(book.figures) == len(book.places) > 1000
    assert sum(figure.value is None for figure in book.figures) > 10
    for figure in book.figures:
        assert figure.value == (
            pytest.approx(evaluated[str(figure.id)]) if evaluated[str(figure.id)] is not None else None
        )


def test_a_figure_says_its_cell_and_a_cell_its_figure(book: MasterBook, path: Path) -> None:
    sigla = factories.entidad().sigla
    place = book.place(f"{sigla}.avance.t2")
    assert (
        sheet_of(path, place.sheet, data_only=True)[place.cell].value == book.figures.find(f"{sigla}.avance.t2").value
    )
    assert book.by_place[place] == f"{sigla}.avance.t2"


def test_the_cover_says_of_when_it_is_and_by_which_entity(book: MasterBook, path: Path) -> None:
    assert (book.gestion, book.trimestre) == (factories.entidad().gestion, 2)
    cover = dict(sheet_of(path, "Portada").iter_rows(max_col=2, values_only=True))
    assert book.entity_sha256 == (cover["Huella SHA-256 del libro de la entidad"] or "")


def test_tables_are_read_by_their_titles(book: MasterBook) -> None:
    (table, *_) = book.tables("Resultados")
    assert {"Resultado programado", "Principales resultados"} <= set(table.columns)
    assert book.tables("No hay") == ()


Change = Callable[[Workbook, Place], None]


def _error(workbook: Workbook, place: Place) -> None:
    workbook[place.sheet][place.cell].value = "=1/0"


def _word(workbook: Workbook, place: Place) -> None:
    workbook[place.sheet][place.cell].value = "noventa"


def _typed(workbook: Workbook, place: Place) -> None:
    workbook[place.sheet][place.cell].value = True


@pytest.mark.parametrize("change", [_error, _word, _typed])
def test_a_cell_that_holds_no_figure_is_named(change: Change, book: MasterBook, path: Path, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(path)
    place = book.place(f"{factories.entidad().sigla}.avance.t2")
    for id, other in book.places.items():  # noqa: A001 - openpyxl saves no values of formulas
        workbook[other.sheet][other.cell].value = book.figures.find(id).value
    change(workbook, place)
    workbook.save(tmp_path / "cambiado.xlsx")
    with pytest.raises(WrongUseError, match=str(place)):
        master_book.read(File(tmp_path / "cambiado.xlsx"))


def test_a_master_without_values_says_how_they_come_back(path: Path, tmp_path: Path) -> None:
    openpyxl.load_workbook(path).save(tmp_path / "sin.xlsx")
    with pytest.raises(WrongUseError, match="recalcúlelo y guárdelo"):
        master_book.read(File(tmp_path / "sin.xlsx"))


def test_what_cannot_be_read_says_why_and_not_that_it_is_old(path: Path, tmp_path: Path) -> None:
    (tmp_path / "roto.xlsx").write_bytes(path.read_bytes()[:-2000])
    (tmp_path / "texto.xlsx").write_text("no es un libro", encoding="utf-8")
    for name, why in (("roto.xlsx", "no se puede leer"), ("texto.xlsx", "texto")):
        with pytest.raises(PoaError, match=why):
            master_book.read(File(tmp_path / name))
    brief = dataclasses.replace(DEFAULT, celdas=10)
    with pytest.raises(PoaError, match="10"):
        master_book.read(File(path, limits=brief))


def test_a_master_of_before_the_ids_is_told_apart_from_what_is_no_master(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="consolide otra vez"):
        master_book.read(File(BEFORE))
    Workbook().save(tmp_path / "otro.xlsx")
    with pytest.raises(WrongUseError, match="no es un libro maestro"):
        master_book.read(File(tmp_path / "otro.xlsx"))
