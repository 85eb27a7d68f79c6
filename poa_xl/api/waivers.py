"""Accepts a finding of a unit in a campaign: written down, with what it reaches now."""

from dataclasses import dataclass

from poa_xl.api import reception
from poa_xl.campaign import board, exceptions
from poa_xl.campaign.exceptions import Pedido
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import Entrega, Excepcion, Observacion


@dataclass(frozen=True)
class Waived:
    """An exception that was written down.

    `reached` is how many findings of the submission in force it accepts; where a cell was given and it is none,
    `elsewhere` are the cells at which its code is observed. `early`: the unit has sent nothing yet, so that the row of
    the cell is not known.
    """

    exception: Excepcion
    reached: int
    elsewhere: tuple[str, ...] = ()
    early: bool = False
    clock: str = ""  # ISO: the later moment that the ledger already had, where the computer's clock was behind


def waive(campana: Campana, wanted: Pedido) -> Waived:
    """Write an exception down. WaiverError, saying why, for one that cannot be made."""
    row = exceptions.record(campana, wanted, reception.now())
    current = campana.current_of(wanted.unidad)
    reached = board.covered(campana, current, row) if current else 0
    elsewhere = _elsewhere(campana, current, row) if current and row.celda and not reached else ()
    early = bool(row.celda) and not campana.ledger.rows(Entrega, "unidad = ?", wanted.unidad)
    return Waived(row, reached, elsewhere, early, reception.clock_of(campana, Excepcion, row.numero))


def _elsewhere(campana: Campana, current: Entrega, row: Excepcion) -> tuple[str, ...]:
    found = campana.ledger.rows(Observacion, "entrega = ? AND codigo = ?", current.numero, row.codigo)
    return tuple(f"{o.hoja}!{o.celda}" for o in found if o.celda)
