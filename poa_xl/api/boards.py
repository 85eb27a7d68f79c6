"""The board of a campaign as a file: a workbook or a page, by the ending of the name."""

from collections.abc import Callable
from pathlib import Path

from poa_xl.api import targets
from poa_xl.api.targets import WORKBOOK, GivenTarget, Written
from poa_xl.campaign import board
from poa_xl.campaign.board import Tablero
from poa_xl.campaign.folder import Campana
from poa_xl.errors import PoaError
from poa_xl.messages.ledger import BOARD_FAILED


def of(campana: Campana) -> Tablero:
    """The board of a campaign. PoaError for a ledger that was changed so that there is none."""
    try:
        return board.of(campana)
    except (LookupError, TypeError, ValueError) as error:
        raise PoaError(BOARD_FAILED) from error


def write(tablero: Tablero, path: GivenTarget, force: bool = False) -> Written:
    """Write a board. WrongUseError where another file has the name, or a board of a later quarter."""
    target = targets.board(path, force)
    target.refuse_later((tablero.gestion, tablero.trimestre))
    with target.landing() as landing:
        _writer(target.path)(landing.temporary, tablero)
    return targets.written(landing)


def _writer(path: Path) -> Callable[[Path, Tablero], None]:
    if path.suffix.lower() == WORKBOOK:
        from poa_xl.writers.board.workbook import write_workbook

        return write_workbook
    from poa_xl.writers.board.page import write_page

    return write_page
