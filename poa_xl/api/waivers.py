"""Accepts a finding of a unit in a campaign: written down, with what it reaches now."""

from dataclasses import dataclass

from poa_xl import messages
from poa_xl.api import reception
from poa_xl.api.reception import Listeners, Reception
from poa_xl.campaign import board, exceptions
from poa_xl.campaign.exceptions import Pedido
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.intake import Orden
from poa_xl.campaign.records import Entrega, Excepcion, Observacion
from poa_xl.messages import Trait


@dataclass(frozen=True)
class Waived:
    """An exception that was written down.

    `reached` is how many findings it accepts of the submission in force, or of the one that waits for this decision;
    where a cell was given and it is none,
    `elsewhere` are the cells at which its code is observed. `early`: the unit has sent nothing yet, so that the row of
    the cell is not known.
    """

    exception: Excepcion
    reached: int
    elsewhere: tuple[str, ...] = ()
    early: bool = False
    clock: str = ""  # ISO: the later moment that the ledger already had, where the computer's clock was behind
    received: tuple[Reception, ...] = ()  # what waited for this decision, received now


def waive(campana: Campana, wanted: Pedido) -> Waived:
    """Write an exception down. WaiverError, saying why, for one that cannot be made."""
    decides = messages.has(wanted.codigo.strip().upper(), Trait.AWAITS_DECISION)
    row = exceptions.record(campana, wanted, reception.now())
    waiting = campana.waiting_of(wanted.unidad) if decides else None
    current = waiting or campana.current_of(wanted.unidad)
    reached = board.covered(campana, current, row) if current else 0
    elsewhere = _elsewhere(campana, current, row) if current and row.celda and not reached else ()
    early = bool(row.celda) and not campana.ledger.rows(Entrega, "unidad = ?", wanted.unidad)
    clock = reception.clock_of(campana, Excepcion, row.numero)
    return Waived(row, reached, elsewhere, early, clock, _received(campana, wanted.quien) if decides else ())


def _received(campana: Campana, who: str) -> tuple[Reception, ...]:
    """What waited for a decision, if that was the last one that it waited for."""
    orden = Orden(who, reception.now())
    return tuple(reception.receive_all(campana, (), (), orden, Listeners()))


def _elsewhere(campana: Campana, current: Entrega, row: Excepcion) -> tuple[str, ...]:
    found = campana.ledger.rows(Observacion, "entrega = ? AND codigo = ?", current.numero, row.codigo)
    return tuple(f"{o.hoja}!{o.celda}" for o in found if o.celda)
