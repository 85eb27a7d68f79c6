"""The sheet Tablero: a row a unit."""

from collections.abc import Iterator

from poa_xl.campaign import board
from poa_xl.campaign.board import Fila, Tablero
from poa_xl.messages import board as words
from poa_xl.messages import campaign as common
from poa_xl.writers.board import looks
from poa_xl.writers.board.sheet import FIRST, HEADER_ROW, MOMENT, Cell, Column, Sheet
from poa_xl.writers.xlsx.formats import COUNT

COLUMNS = {
    "numero": Column(words.COLUMNS["numero"], 5, COUNT),
    "unidad": Column(words.COLUMNS["unidad"], 17),
    "nombre": Column(words.COLUMNS["nombre"], 32),
    "area": Column(words.COLUMNS["area"], 24),
    "grupo": Column(words.COLUMNS["grupo"], 17),
    "estado": Column(words.COLUMNS["estado"], 11),
    "tarde": Column(words.COLUMNS["tarde"], 7),
    "recibida": Column(words.COLUMNS["recibida"], 16, MOMENT),
    "version": Column(words.COLUMNS["version"], 8, COUNT),
    "errores": Column(words.COLUMNS["errores"], 8, COUNT),
    "avisos": Column(words.COLUMNS["avisos"], 7, COUNT),
    "exceptuados": Column(words.COLUMNS["exceptuados"], 12, COUNT),
    "acuse": Column(words.COLUMNS["acuse"], 20),
    "archivo": Column(words.COLUMNS["archivo"], 26),
    "nota": Column(words.COLUMNS["nota"], 30),
}
PLACES = {name: place for place, name in enumerate(COLUMNS)}


def write(sheet: Sheet, tablero: Tablero) -> None:
    """Write it: filtered, with a colour beside the word of each state."""
    sheet.help(2, words.GROUP_NUMBER)
    rows = [_unit(number, fila) for number, grupo in numbered(tablero) for fila in grupo.filas]
    sheet.table(tuple(COLUMNS.values()), rows)
    ws, last = sheet.worksheet, last_row(tablero)
    ws.freeze_panes(FIRST, PLACES["unidad"] + 1)
    ws.autofilter(HEADER_ROW, 0, last, len(COLUMNS) - 1)
    col = PLACES["estado"]
    for state, color in looks.STATE_COLORS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": sheet.formats.color(color)}
        ws.conditional_format(FIRST, col, last, col, rule)


def _unit(number: int, f: Fila) -> list[Cell]:
    sent: list[Cell] = [None] * 7
    if f.cuando:
        sent = [looks.local(f.cuando), f.version, f.errores, f.avisos, f.exceptuados, f.acuse, f.archivo]
    late, note = common.IS_LATE if f.tarde else None, "; ".join(words.notes(f))
    return [number, f.unidad, f.nombre, f.area, f.grupo, f.estado, late, *sent, note or None]


def numbered(tablero: Tablero) -> Iterator[tuple[int, board.Grupo]]:
    """The groups, numbered from 1: in a criterion a name such as `=x`, `*` or 1.10 would mean something else."""
    return enumerate((grupo for area in board.areas(tablero.filas) for grupo in area.grupos), start=1)


def last_row(tablero: Tablero) -> int:
    """The last row of the table, from 0."""
    return FIRST + max(1, len(tablero.filas)) - 1
