"""`template` of an entity that is not filled in yet."""

from pathlib import Path

import openpyxl
import pytest

import poa_xl
from poa_xl.errors import PoaError
from tests import campaign_books as campaigns
from tests.test_campaign_board import run

pytestmark = pytest.mark.slow


def emptied(folder: Path, *sheets: str) -> Path:
    """The workbook of the made-up entity without the rows of some sheets."""
    path = campaigns.entity_book(folder)
    book = openpyxl.load_workbook(path)
    for name in sheets:
        for row in book[name].iter_rows(min_row=5):
            for cell in row:
                cell.value = None
    book.save(path)
    return path


def test_lists_that_are_empty_are_told_and_full_ones_are_not(tmp_path: Path) -> None:
    path = emptied(tmp_path / "vacia", "Fuentes", "Presupuesto_SIGEP")
    code, said = run("template", path, "-o", tmp_path / "p", "--unit", "DGRB")
    assert code == 0, said
    assert "Sin filas en Fuentes: las plantillas salieron con esas listas vacías." in said
    full = campaigns.entity_book(tmp_path / "llena")
    assert "Sin filas en" not in run("template", full, "-o", tmp_path / "q", "--unit", "DGRB")[1]


def test_an_entity_without_units_has_no_templates_and_says_so(tmp_path: Path) -> None:
    path = emptied(tmp_path, "Unidades", "Categorias", "Presupuesto_SIGEP", "Metas_SIGEP", "Historico")
    with pytest.raises(PoaError, match="no hay ninguna unidad vigente"):
        poa_xl.write_templates(path, tmp_path / "p")
    assert not (tmp_path / "p").exists()
