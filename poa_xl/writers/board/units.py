"""The sheet Tablero: a row a unit."""

from collections.abc import Iterator

from poa_xl.campaign import board
from poa_xl.campaign.board import Tablero, UnitStatus
from poa_xl.messages import board as words, campaign as common
from poa_xl.writers.board import looks
from poa_xl.writers.board.sheet import FIRST, HEADER_ROW, BoardColumn, BoardSheet, Cell
from poa_xl.writers.xlsx.formats import COUNT, MOMENT

COLUMNS = {
    "numero": BoardColumn(words.COLUMNS["numero"], 5, COUNT),
    "unidad": BoardColumn(words.COLUMNS["unidad"], 17),
    "nombre": BoardColumn(words.COLUMNS["nombre"], 32),
    "area": BoardColumn(words.COLUMNS["area"], 24),
    "grupo": BoardColumn(words.COLUMNS["grupo"], 17),
    "estado": BoardColumn(words.COLUMNS["estado"], 11),
    "tarde": BoardColumn(words.COLUMNS["tarde"], 7),
    "recibida": BoardColumn(words.COLUMNS["recibida"], 16, MOMENT),
    "version": BoardColumn(words.COLUMNS["version"], 8, COUNT),
    "errores": BoardColumn(words.COLUMNS["errores"], 8, COUNT),
    "avisos": BoardColumn(words.COLUMNS["avisos"], 7, COUNT),
    "exceptuados": BoardColumn(words.COLUMNS["exceptuados"], 12, COUNT),
    "acuse": BoardColumn(words.COLUMNS["acuse"], 20),
    "archivo": BoardColumn(words.COLUMNS["archivo"], 26),
    "nota": BoardColumn(words.COLUMNS["nota"], 30),
}


def columns(tablero: Tablero) -> dict[str, BoardColumn]:
    """Those of a board, by name: of an entity without groups none is of groups."""
    return {name: column for name, column in COLUMNS.items() if name not in tablero.nombres.absent}


def places(tablero: Tablero) -> dict[str, int]:
    """Where each stands, from 0."""
    return {name: place for place, name in enumerate(columns(tablero))}


def write(sheet: BoardSheet, tablero: Tablero) -> None:
    """Write it: filtered, with a colour beside the word of each state."""
    sheet.help(sheet.names.said(words.GROUP_NUMBER))
    own, at = columns(tablero), places(tablero)
    every = [_unit(number, fila) for number, grupo in numbered(tablero) for fila in grupo.filas]
    rows = [[value for name, value in zip(COLUMNS, row, strict=True) if name in own] for row in every]
    sheet.fill(tuple(own.values()), rows, in_sight=at["unidad"] + 1)
    ws, last = sheet.worksheet, last_row(tablero)
    ws.autofilter(HEADER_ROW, 0, last, len(own) - 1)
    col = at["estado"]
    for state, color in looks.STATE_COLORS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": sheet.formats.color(color)}
        ws.conditional_format(FIRST, col, last, col, rule)


def _unit(number: int, f: UnitStatus) -> list[Cell]:
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
