"""What both forms of the board share: the colour of each state, and how a moment and a stranger's text are shown."""

import datetime as dt

from poa_xl import cells
from poa_xl.campaign import board
from poa_xl.campaign.board import Tablero
from poa_xl.campaign.records import Excepcion
from poa_xl.checking import row_keys
from poa_xl.messages import board as board_words, campaign as words

# Names of colours, from what is well to what is missing, as the semaforo goes. The word always stands beside it.
STATE_COLORS = {
    board.RECEIVED: "azul",
    board.AVISOS: "verde",
    board.IN_PART: "amarillo",
    board.WAITING: "rosa",
    board.OUT: "naranja",
    board.MISSING: "rojo",
}


def instant(iso: str) -> dt.datetime:
    """A moment of the ledger."""
    return dt.datetime.fromisoformat(iso)


def local(iso: str) -> dt.datetime:
    """A moment of the ledger as the clock of the place showed it."""
    return instant(iso).replace(tzinfo=None)


def minute(iso: str) -> str:
    """`05/07/2024 09:30`."""
    return f"{words.day(iso)} {iso[11:16]}"


def place(e: Excepcion) -> str:
    """The cell of an exception, `Tareas!E5`; '' for one of the whole workbook."""
    return cells.visible("!".join(part for part in (e.hoja, e.celda) if part))


def row(tablero: Tablero, e: Excepcion) -> str:
    """The row that an exception is about, in words, and that it lapsed; '' for one of the whole workbook."""
    told, why = row_keys.told(e.fila), tablero.caducas.get(e.numero)
    return board_words.LAPSED.format(fila=told or place(e), porque=why) if why else told
