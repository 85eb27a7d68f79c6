"""The key figures of the Resumen directivo: of the quarter and accumulated, with the change since the quarter before.

What the quarter before had is as its campaign published it where that is given, and else as the evaluation has it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from poa_xl import indicators
from poa_xl.evaluation import ACUMULADO, Periodo
from poa_xl.evaluation.figures import id_of
from poa_xl.evaluation.periods import Corte, to_date
from poa_xl.master_tables import executive_summary as tables, terms
from poa_xl.writers.master.book import Cell, Formula, Libro, Published, local, on_sheet, shown, span
from poa_xl.writers.master.calculation import A_LA_FECHA, AVANCE, CUMPLIMIENTO
from poa_xl.writers.master.criteria import next_band_formulas
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.xlsx.formats import MISSING

# Indicator -> what its row is called, and whether a quarter by itself has it.
_ROWS = {
    AVANCE: (terms.AVANCE, True),
    A_LA_FECHA: ("Avance a la fecha (%)", False),
    CUMPLIMIENTO: ("Cumplimiento del año (%)", False),
    "eficacia": (terms.EFICACIA, True),
    "ejecucion": (terms.EJECUCION, True),
    "eficiencia": (terms.EFICIENCIA, False),
}
_NAMES = tuple(_ROWS)
_NEXT = 1  # the row after the avance: how far the colour above it is


class _Columns(NamedTuple):
    """Places from 0, of the quarter and accumulated; those before are None in the first quarter."""

    before: int | None
    now: int
    word: int
    accumulated_before: int | None
    accumulated: int
    accumulated_word: int


def write(hoja: Hoja) -> None:
    """The table."""
    evaluacion, first = hoja.libro.evaluacion, hoja.first_data_row
    columns = _Columns(1, 2, 4, 5, 6, 8) if evaluacion.trimestre > 1 else _Columns(None, 1, 2, None, 3, 4)
    rows = [_row(hoja.libro, name, _place(name, first), columns) for name in _NAMES]
    rows.insert(_NEXT, _next_colour(hoja.libro, first, columns))
    hoja.table(tables.KEY_FIGURES_TABLE, rows)
    for name, cols in ((AVANCE, (columns.word, columns.accumulated_word)), (A_LA_FECHA, (columns.accumulated_word,))):
        for col in cols:
            hoja.paint("semaforo", _place(name, first), _place(name, first), col)
    spent = _place("ejecucion", first)
    hoja.paint("criterio", spent, spent, columns.accumulated_word)


def _place(name: str, first: int) -> int:
    """The row of an indicator."""
    place = _NAMES.index(name)
    return first + place + (place >= _NEXT)


def _row(libro: Libro, name: str, row: int, columns: _Columns) -> list[Cell]:
    evaluacion = libro.evaluacion
    quarter, root = evaluacion.periodo.clave, evaluacion.raiz
    title, of_quarter = _ROWS[name]
    own: list[Cell] = [libro.at(root, name, quarter) if of_quarter else None]
    whole: list[Cell] = [_accumulated(libro, name)]
    if columns.before is not None and columns.accumulated_before is not None:
        own = _changed(_quarter_before(libro, name) if of_quarter else None, own[0], row, (columns.before, columns.now))
        places = (columns.accumulated_before, columns.accumulated)
        whole = _changed(_accumulated_before(libro, name, row, columns), whole[0], row, places)
    word = libro.at(root, "semaforo", quarter) if name == AVANCE else None
    return [title, *own, word, *whole, _accumulated_word(libro, name)]


def _changed(before: Cell, now: Cell, row: int, places: tuple[int, int]) -> list[Cell]:
    """Before, now and the change."""
    if now is None:
        return [None, None, None]
    one, other = (value.value if isinstance(value, Formula) else value for value in (before, now))
    then, at = (local(row, place) for place in places)
    change: float | str = MISSING
    if isinstance(one, int | float) and isinstance(other, int | float):
        change = other - one
    return [before, now, Formula("=" + indicators.where_numbers(at, then, f"{at}-{then}"), change)]


def _accumulated(libro: Libro, name: str) -> Cell:
    evaluacion, root = libro.evaluacion, libro.evaluacion.raiz
    if name == "eficiencia":
        return libro.at(root, name)
    return libro.at(root, name, to_date(evaluacion.trimestre)[-1].clave if name in _AT_CUTS else ACUMULADO)


_AT_CUTS = (A_LA_FECHA, CUMPLIMIENTO)


def _accumulated_word(libro: Libro, name: str) -> Cell:
    root = libro.evaluacion.raiz
    if name == AVANCE:
        return libro.at(root, "semaforo", ACUMULADO)
    if name == A_LA_FECHA:
        return libro.at(root, "semaforo_a_la_fecha", ACUMULADO)
    return libro.at(root, "criterio") if name == "ejecucion" else None


# --- the quarter before -------------------------------------------------------------------------------------


def _published(libro: Libro, figures: Published, name: str, periodo: str) -> Cell:
    value = figures.get(str(id_of(libro.evaluacion, libro.evaluacion.raiz, name, periodo)))
    return MISSING if value is None else float(value)


def _quarter_before(libro: Libro, name: str) -> Cell:
    before = libro.evaluacion.trimestres[-2].clave
    if libro.anteriores is not None:
        return _published(libro, libro.anteriores, name, before)
    return libro.at(libro.evaluacion.raiz, name, before)


def _accumulated_before(libro: Libro, name: str, row: int, columns: _Columns) -> Cell:
    """What was accumulated up to the quarter before, as an evaluation of that quarter has it."""
    evaluacion, col = libro.evaluacion, columns.accumulated_before
    cut: Corte = to_date(evaluacion.trimestre)[-2]
    if libro.anteriores is not None:
        return _published(libro, libro.anteriores, name, cut.clave)
    if name in _AT_CUTS:
        return libro.at(evaluacion.raiz, name, cut.clave)
    if name == "eficiencia":
        cells = [local(row - back, col or 0) for back in (2, 1)]
        formula = indicators.eficiencia_master_formula(*cells)
        return Formula("=" + formula, shown(_efficiency_before(libro)))
    earlier = evaluacion.trimestres[:-1]
    if name == "ejecucion":
        return Formula("=" + _spent_formula(libro, earlier), shown(_spent_before(libro)))
    side_by_side = _quarters(libro, name, earlier)
    if name == AVANCE:
        formula = indicators.accumulated_avance_master_formula(side_by_side)
    else:
        formula = indicators.accumulated_eficacia_master_formula(side_by_side)
    return Formula("=" + formula, shown(_summed_before(libro, name)))


def _summed_before(libro: Libro, name: str) -> float | None:
    evaluacion = libro.evaluacion
    figures, join = (
        (evaluacion.avance, indicators.accumulated_avance)
        if name == AVANCE
        else (evaluacion.eficacia, indicators.accumulated_eficacia)
    )
    return join(figures[evaluacion.raiz, q.clave] for q in evaluacion.trimestres[:-1])


def _quarters(libro: Libro, name: str, quarters: Sequence[Periodo]) -> str:
    """The cells of a figure of the entity in these quarters, which stand side by side."""
    first, last = (libro.places[libro.evaluacion.raiz, name, q.clave] for q in (quarters[0], quarters[-1]))
    return on_sheet(first.hoja, span(first.row, first.col, last.col))


def _spent_before(libro: Libro) -> float | None:
    evaluacion, root = libro.evaluacion, libro.evaluacion.raiz
    earlier = evaluacion.trimestres[:-1]
    spent = [evaluacion.devengado[root, q.clave] for q in earlier]
    if None in spent:
        return None
    return indicators.ejecucion(indicators.total(spent), evaluacion.vigente[root, earlier[-1].clave])


def _spent_formula(libro: Libro, earlier: Sequence[Periodo]) -> str:
    """What was accrued in all these quarters; not known where one of them is not."""
    spent, root = _quarters(libro, "devengado", earlier), libro.evaluacion.raiz
    whole = libro.at(root, "vigente", earlier[-1].clave).text.removeprefix("=")
    known = indicators.ejecucion_master_formula(f"SUM({spent})", whole)
    return f"IF(COUNT({spent})<{len(earlier)},{indicators.MISSING_TEXT},{known})"


def _efficiency_before(libro: Libro) -> float | None:
    return indicators.eficiencia(_summed_before(libro, "eficacia"), _spent_before(libro))


# --- the colour that comes next -----------------------------------------------------------------------------


def _next_colour(libro: Libro, avance: int, columns: _Columns) -> list[Cell]:
    """How many points the avance in the row above lacks for a better word, and that word."""
    evaluacion = libro.evaluacion
    found: dict[int, Cell] = {0: terms.NEXT_COLOUR}
    for p, now, word in (
        (evaluacion.periodo.clave, columns.now, columns.word),
        (ACUMULADO, columns.accumulated, columns.accumulated_word),
    ):
        value = evaluacion.avance[evaluacion.raiz, p]
        band = indicators.next_band(value, evaluacion.entidad.semaforo)
        points, name = next_band_formulas(libro, local(avance, now))
        found[now] = Formula(points, shown(None if band is None or value is None else band.minimo - value))
        found[word] = Formula(name, shown(band.evaluacion if band else None))
    return [found.get(place) for place in range(columns.accumulated_word + 1)]
