"""The sheet Resumen: how many units there are of each state, by area and group, as formulas over the sheet Tablero."""

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from poa_xl.campaign import board
from poa_xl.campaign.board import Tablero, UnitStatus
from poa_xl.messages import board as words, campaign as common
from poa_xl.writers.board.sheet import FIRST, BoardColumn, BoardSheet, Cell
from poa_xl.writers.board.units import last_row, places
from poa_xl.writers.xlsx.cells import Formula
from poa_xl.writers.xlsx.formats import COUNT

_NAMES = {
    "numero": BoardColumn(words.COLUMNS["numero"], 5, COUNT),
    "servicio": BoardColumn(words.COLUMNS["servicio"], 20),
    "area": BoardColumn(words.COLUMNS["area"], 34),
    "grupo": BoardColumn(words.COLUMNS["grupo"], 28),
}
_FIGURES = (
    BoardColumn(words.COLUMNS["unidades"], 10, COUNT),
    *(BoardColumn(state.capitalize(), 11, COUNT) for state in board.STATES),
    BoardColumn(words.COLUMNS["tarde"], 8, COUNT),
)


def write(sheet: BoardSheet, tablero: Tablero) -> None:
    """Write it: a row a group, the sum of each area above them, and all units at the end.

    Of an entity without groups, a row an area.
    """
    names = {name: column for name, column in _NAMES.items() if name not in tablero.nombres.absent}
    sheet.help(" ".join([words.LIVE, *_on_no_row(tablero)]))
    count = _Count(tablero)
    rows: list[list[Cell]] = []
    strong: list[int] = []
    number = 0
    for area in board.areas(tablero.filas):
        if "grupo" in names:
            strong.append(len(rows))
            own = range(len(rows) + 1, len(rows) + 1 + len(area.grupos))
            rows.append([None, area.servicio, area.nombre, None, *_sums(own, _figures(area.filas), len(names))])
        for grupo in area.grupos:
            number += 1
            at = _cell(FIRST + len(rows), 0, col_abs=True)
            rows.append([number, area.servicio, area.nombre, grupo.nombre, *count.of_group(at, _figures(grupo.filas))])
    strong.append(len(rows))
    total: list[Cell] = [words.TOTAL, None] if "servicio" in names else [None, words.TOTAL]
    rows.append([None, *total, None, *count.of_all(_figures(tablero.filas))])
    gone = [col for col, name in enumerate(_NAMES) if name not in names]
    kept = [[value for col, value in enumerate(row) if col not in gone] for row in rows]
    sheet.fill((*names.values(), *_FIGURES), kept, strong)


def _on_no_row(tablero: Tablero) -> list[str]:
    """The submissions that no unit of the board sent, and the last ones that are missing of units that ended."""
    unknown, others = tablero.sin_unidad, tablero.no_vigentes
    told = [common.UNKNOWN_SUBMISSIONS.format(n=len(unknown), acuses=", ".join(unknown))] if unknown else []
    told += [common.NOT_IN_FORCE.format(n=len(others), acuses=words.receipts(others))] if others else []
    return [*told, words.without_book(tablero.sin_libro)] if tablero.sin_libro else told


def _figures(filas: Sequence[UnitStatus]) -> list[int]:
    return [len(filas), *board.totals(filas).values(), sum(f.tarde for f in filas)]


def _sums(rows: range, values: Sequence[int], first: int) -> list[Cell]:
    """An area: the sum of its groups. `first` is the first column of figures."""
    columns = range(first, first + len(_FIGURES))
    cells_of = (f"{_cell(FIRST + rows[0], col)}:{_cell(FIRST + rows[-1], col)}" for col in columns)
    return [Formula(f"=SUM({span})", value) for span, value in zip(cells_of, values, strict=True)]


class _Count:
    """Formulas that count rows of Tablero, wherever sorting has put them."""

    def __init__(self, tablero: Tablero) -> None:
        own, last = places(tablero), last_row(tablero)

        def column(name: str) -> str:
            col = own[name]
            cell_of = (_cell(row, col, row_abs=True, col_abs=True) for row in (FIRST, last))
            return f"{words.BOARD_SHEET}!{':'.join(cell_of)}"

        self._group, self._state, self._late = column("numero"), column("estado"), column("tarde")
        self._unit = column("unidad")

    def _wanted(self) -> list[str]:
        states = [f'{self._state},"{state}"' for state in board.STATES]
        return [*states, f'{self._late},"{common.IS_LATE}"']

    def of_group(self, number: str, values: Sequence[int]) -> list[Cell]:
        """A group, whose number stands in a cell: its units, those of each state, and the late ones."""
        own = f"{self._group},{number}"
        texts = [f"=COUNTIFS({own})", *(f"=COUNTIFS({own},{wanted})" for wanted in self._wanted())]
        return [Formula(text, value) for text, value in zip(texts, values, strict=True)]

    def of_all(self, values: Sequence[int]) -> list[Cell]:
        """All units, counted without regard to the groups."""
        texts = [f"=COUNTA({self._unit})", *(f"=COUNTIFS({wanted})" for wanted in self._wanted())]
        return [Formula(text, value) for text, value in zip(texts, values, strict=True)]


def _cell(row: int, col: int, row_abs: bool = False, col_abs: bool = False) -> str:
    return str(xl_rowcol_to_cell(row, col, row_abs, col_abs))
