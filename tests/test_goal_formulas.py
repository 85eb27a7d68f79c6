"""The formulas of goals give the figures of the program in LibreOffice and in Gnumeric, over months drawn at random."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from poa_xl import indicators
from poa_xl.indicators import AUMENTAR, DISMINUIR, NIVEL, SUMA, TIPOS_DE_META, ULTIMO_VALOR, Meta, MonthCells
from tests import gnumeric
from tests.libreoffice import LibreOffice, differences

KINDS = [*((tipo, AUMENTAR) for tipo in TIPOS_DE_META), (NIVEL, DISMINUIR), (ULTIMO_VALOR, DISMINUIR)]
ROWS = 240
# Of each row: the months that are due, the last one whose execution counts, and the figure of the program.
SPANS = [*((month, month) for month in range(1, 13)), *((3 * q + 1, 3 * q + 3) for q in range(4))]
Row = tuple[Meta, list[float | None], list[float | None]]


def drawn() -> Iterator[Row]:
    """Rows of every kind: blanks, zeros, whole numbers and decimals, with and without a base line."""
    rng = random.Random(12)
    for n in range(ROWS):
        tipo, sentido = KINDS[n % len(KINDS)]
        base = rng.choice([None, 0, 5, 30, 40.5])
        filled = rng.choice([0.2, 0.6, 1.0])
        planned, done = (
            [
                rng.choice([0, rng.randint(0, 40), rng.randint(0, 400) / 10]) if rng.random() < filled else None
                for _ in range(12)
            ]
            for _ in range(2)
        )
        yield Meta(tipo, sentido, base), planned, done


def figures(row: Row) -> Iterator[tuple[tuple[int, int], int, float | None]]:
    meta, planned, done = row
    for first, last in SPANS:
        yield (first, last), last, indicators.task_avance(planned, done, first, last, meta)
    for last in (3, 6, 9, 12):
        yield (1, last), last, indicators.task_to_date(planned, done, last, meta)
        yield (1, 12), last, indicators.task_of_year(planned, done, last, meta)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("metas") / "metas.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet("Metas")
        for n, row in enumerate(drawn()):
            meta, planned, done = row
            for place, value in enumerate([meta.linea_base, *planned, *done]):
                if value is not None:
                    sheet.write_number(n, place, value)
            base = xl_rowcol_to_cell(n, 0, col_abs=True)
            own, other = (MonthCells([xl_rowcol_to_cell(n, first + m) for m in range(12)]) for first in (1, 13))
            for place, (due, known, value) in enumerate(figures(row), start=25):
                formula = indicators.task_formula(meta, own, other, due, known, base).raw
                assert len(formula) < 8192
                sheet.write_formula(n, place, "=" + formula, None, indicators.MISSING if value is None else value)
    return path


def test_every_kind_is_drawn_with_and_without_a_figure() -> None:
    seen = {(row[0].tipo, row[0].sentido, value is None) for row in drawn() for _, _, value in figures(row)}
    assert seen == {(tipo, sentido, missing) for tipo, sentido in KINDS for missing in (True, False)}
    assert {tipo for tipo, _ in KINDS} == set(TIPOS_DE_META)
    assert (SUMA, DISMINUIR) not in KINDS


@pytest.mark.libreoffice
def test_libreoffice_gives_every_figure_of_a_goal(workbook: Path, libreoffice: LibreOffice) -> None:
    sheets = libreoffice.recalculate(workbook)
    assert len(sheets["Metas"]) > ROWS * len(SPANS)
    assert differences(sheets) == []


@pytest.mark.slow
def test_gnumeric_gives_every_figure_of_a_goal(workbook: Path, tmp_path: Path) -> None:
    cells = gnumeric.recalculate(workbook, tmp_path)
    assert len(cells) == ROWS * (len(SPANS) + 8)
    assert [cell for cell in cells if not cell.same] == []
