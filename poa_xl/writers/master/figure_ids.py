"""Cifras, hidden: the id of every figure and the cell that computes it, by which other programs find it."""

from collections.abc import Iterator
from functools import cache

from poa_xl import cells
from poa_xl.evaluation import Clave
from poa_xl.evaluation.figures import absolute, id_of, keyed
from poa_xl.figures.identifier import joined
from poa_xl.master_tables.contents import FIGURE_IDS, FIGURE_IDS_TABLE
from poa_xl.writers.master.book import Libro
from poa_xl.writers.master.headings import columns
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.xlsx import page
from poa_xl.writers.xlsx.formats import LONGEST_TEXT
from poa_xl.writers.xlsx.text_worksheet import TextWorksheet

_LONGEST = LONGEST_TEXT // 2  # of letters that Excel may count twice


def _rows(libro: Libro) -> Iterator[tuple[str, ...]]:
    """(id, sheet, cell) in the order of the evaluation, of figures that a cell holds and whose id one can hold."""
    nodes: dict[Clave, str] = {}  # as ids name them: each has many figures
    letters = cache(cells.letters)
    for clave, indicator, periodo, _ in keyed(libro.evaluacion):
        place = libro.where(clave, indicator, periodo)
        if place is None:
            continue
        if clave not in nodes:
            nodes[clave] = id_of(libro.evaluacion, clave, indicator, periodo).node
        sheet, row, col = place
        text = joined(nodes[clave], indicator, absolute(libro.evaluacion, periodo))
        if len(text) <= _LONGEST:
            yield text, sheet, f"{letters(col)}{row + 1}"


def write(hoja: Hoja) -> None:
    """Texts alone: no table to be printed, and in no index."""
    libro, ws = hoja.libro, hoja.worksheet
    titled = columns(libro.evaluacion, FIGURE_IDS_TABLE, {})
    for col, column in enumerate(titled):
        ws.set_column(col, col, column.width)
    assert isinstance(ws, TextWorksheet)  # noqa: S101 - it was added as one
    ws.write_texts([column.title for column in titled], libro.formats.header(), _rows(libro))
    page.without_warnings(hoja.worksheet)
    page.keep_in_sight(ws, 0, printed=False)
    ws.hide()


WRITERS = {FIGURE_IDS: write}
