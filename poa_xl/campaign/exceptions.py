"""Writes an exception down: who accepts which finding of which unit, why and until when."""

import datetime as dt
import re
from dataclasses import dataclass

from poa_xl import messages, sheets, titles
from poa_xl.campaign import exception_rows
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import Ajuste, Entrega, Excepcion
from poa_xl.checking.row_keys import UNKNOWN
from poa_xl.errors import WrongUseError
from poa_xl.messages import Trait, campaign as words

_CELL = re.compile(r"^(?P<hoja>[^!]+)!(?P<celda>[A-Za-z]{1,3}[1-9]\d{0,6})$")
_MARKS = str.maketrans("", "", "$'")  # of an address as a spreadsheet writes it: 'Tareas'!$E$5


class WaiverError(WrongUseError):
    """What was asked for cannot be accepted, or not in this form."""


@dataclass(frozen=True)
class Pedido:
    """What is to be accepted. `celda` is such as `Tareas!E5`, or '' for the whole workbook."""

    codigo: str
    unidad: str
    quien: str
    motivo: str
    hasta: dt.date
    celda: str = ""


def record(campana: Campana, pedido: Pedido, cuando: dt.datetime) -> Excepcion:
    """Add an exception to the ledger. WaiverError, saying why, for one that cannot be made."""
    code = pedido.codigo.strip().upper()
    _check_code(code)
    if pedido.unidad not in campana.entidad.by_code:
        raise WaiverError(words.UNKNOWN_UNIT, unidad=pedido.unidad)
    if not pedido.quien.strip() or not pedido.motivo.strip():
        raise WaiverError(words.NO_REASON)
    began = _began(campana)
    if pedido.hasta.isoformat() < began[:10]:
        raise WaiverError(words.PAST, hasta=words.day(pedido.hasta.isoformat()), desde=words.day(began))
    sheet, cell = _place(pedido.celda)
    with campana.writing():
        row = Excepcion(
            campana.ledger.next(Excepcion), cuando.isoformat(timespec="seconds"), pedido.quien.strip(), pedido.unidad,
            code, sheet, cell, pedido.motivo.strip(), pedido.hasta.isoformat(),
            _row(campana, code, pedido.unidad, (sheet, cell)) if cell else "",
        )  # fmt: skip
        campana.ledger.add(row)
    return row


def about(campana: Campana, code: str, unidad: str) -> Entrega | None:
    """The submission that an exception is about: of a code that awaits a decision the one that waits."""
    waiting = campana.waiting_of(unidad) if messages.has(code, Trait.AWAITS_DECISION) else None
    return waiting or exception_rows.given_for(campana.ledger.rows(Entrega, "unidad = ?", unidad))


def _row(campana: Campana, code: str, unidad: str, place: tuple[str, str]) -> str:
    """The row of a cell, as `row_keys` writes it down; '' for a cell in no row, and while the unit has sent nothing."""
    entrega, (sheet, cell) = about(campana, code, unidad), place
    if entrega is None:
        return ""
    rows = campana.waived_rows.of(entrega)
    if rows is None:
        raise WaiverError(words.NO_BOOK_TO_LOOK_AT, hoja=sheet, celda=cell, acuse=entrega.acuse)
    row = rows.of(sheet, cell)
    if row == UNKNOWN:
        raise WaiverError(words.SAME_KEY, hoja=sheet, celda=cell)
    return row


def _began(campana: Campana) -> str:
    """The first moment in the ledger: a rebuilt one knows submissions from before it was made."""
    moments = [a.cuando for a in campana.ledger.rows(Ajuste)[:1]] + [e.cuando for e in campana.ledger.rows(Entrega)]
    return min(moments, key=dt.datetime.fromisoformat)


def _check_code(code: str) -> None:
    if code not in messages.MESSAGES:
        raise WaiverError(words.UNKNOWN_CODE, codigo=code)
    if not messages.can_be_waived(code):
        why = words.WHY_NOT_READ if messages.has(code, Trait.OF_A_UNIT) else words.WHY_NOT_UNIT
        *rest, last = sorted(messages.codes(Trait.WAIVABLE))
        errors = f"{', '.join(rest)} y {last}"
        raise WaiverError(words.NOT_WAIVABLE, codigo=code, porque=why, errores=errors)


def _place(text: str) -> tuple[str, str]:
    if not text:
        return "", ""
    found = _CELL.match(text.strip().translate(_MARKS))
    known = {titles.key(s.name): s.name for s in sheets.unit_sheets()}
    if found is None or titles.key(found["hoja"]) not in known:
        raise WaiverError(words.WRONG_CELL, celda=text)
    return known[titles.key(found["hoja"])], found["celda"].upper()
