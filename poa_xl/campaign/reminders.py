"""Who must still send something, and the text that asks for it. Made of the ledger and of a day alone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from poa_xl import cells
from poa_xl.campaign import board, folder
from poa_xl.campaign.board import Fila
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import REJECTED, Entrega, Observacion
from poa_xl.messages import Severity
from poa_xl.messages import campaign as common
from poa_xl.messages import reminders as words

FINDINGS_SHOWN = 20
_REASONS = {board.MISSING: words.MISSING, board.OUT: words.REJECTED, board.IN_PART: words.IN_PART}


@dataclass(frozen=True)
class Recordatorio:
    """A reminder to a unit. `motivo` is one of `words.REASONS`, `copia` the workbook that goes with it, if any."""

    unidad: str
    correo: str  # as the entity's workbook says
    motivo: str
    asunto: str
    texto: str
    copia: Path | None = None


def of(campana: Campana, hoy: dt.date) -> list[Recordatorio]:
    """The reminders of a campaign on a day, in the order of the board."""
    rows = (_of_unit(campana, fila, hoy) for fila in board.of(campana).filas)
    return [row for row in rows if row]


def _of_unit(campana: Campana, fila: Fila, hoy: dt.date) -> Recordatorio | None:
    reason = words.LAST_REJECTED if fila.rechazada_despues else _REASONS.get(fila.estado)
    if reason is None:
        return None
    entrega = _entrega(campana, fila)
    copy = _copy(campana, entrega) if entrega else None
    subject = words.SUBJECT.format(
        gestion=campana.ajuste.gestion, trimestre=campana.ajuste.trimestre, asunto=words.SUBJECTS[reason],
        unidad=fila.unidad,
    )  # fmt: skip
    text = "\n\n".join(_paragraphs(campana, fila, reason, entrega, copy, hoy))
    return Recordatorio(fila.unidad, fila.correo, reason, cells.visible(subject), f"{text}\n", copy)


def _entrega(campana: Campana, fila: Fila) -> Entrega | None:
    """The submission that the reminder is about: the one on the board, or the one rejected after it."""
    if fila.rechazada_despues:
        return campana.ledger.rows(Entrega, "unidad = ? AND estado = ?", fila.unidad, REJECTED)[-1]
    return campana.ledger.rows(Entrega, "acuse = ?", fila.acuse)[0] if fila.acuse else None


def _copy(campana: Campana, entrega: Entrega) -> Path | None:
    """The workbook with its observations in place, which was written when it was received."""
    path = campana.folder / folder.COPIES / f"{entrega.acuse}{Path(entrega.ruta).suffix}"
    return path if path.is_file() and not path.is_symlink() else None


def _paragraphs(
    campana: Campana, fila: Fila, reason: str, entrega: Entrega | None, copy: Path | None, hoy: dt.date
) -> list[str]:
    limit, period = common.day(campana.ajuste.limite), common.quarter(campana.ajuste)
    code, name = fila.unidad, cells.visible(fila.nombre)
    due = words.OVERDUE if campana.limite < hoy else words.DUE
    said = {"periodo": period}
    if entrega:
        said |= {"dia": common.day(entrega.cuando), "archivo": cells.visible(entrega.archivo)}
        said |= {"acuse": entrega.acuse, "anterior": fila.acuse}
    found = [o for o in board.weighed(campana, entrega) if o.gravedad == Severity.ERROR.value] if entrega else []
    return [
        words.GREETING.format(nombre=name, unidad=code),
        f"{words.WHY[reason].format(**said)} {due.format(limite=limit)}",
        *_findings(found, copy),
        _send(reason, copy).format(unidad=code),
        words.RECEIPT,
        words.CLOSING.format(entidad=cells.visible(campana.ajuste.entidad)),
    ]


def _send(reason: str, copy: Path | None) -> str:
    if reason == words.MISSING:
        return words.SEND_MISSING
    return words.SEND_COPY if copy else words.SEND_AGAIN


def _findings(found: Sequence[Observacion], copy: Path | None) -> list[str]:
    """The first errors, each with its place and what to do, and how many more there are."""
    if not found:
        return []
    lines = [words.FINDING.format(n=n, **_parts(o)) for n, o in enumerate(found[:FINDINGS_SHOWN], start=1)]
    left = len(found) - FINDINGS_SHOWN
    if left > 0:
        lines.append((words.MORE_IN_COPY if copy else words.MORE).format(n=left))
    return [words.FINDINGS + "\n" + "\n".join(lines)]


def _parts(o: Observacion) -> dict[str, str]:
    place = "!".join(part for part in (o.hoja, o.celda) if part)
    shown = {"lugar": f"{place} ({o.codigo})" if place else o.codigo, "que": o.mensaje, "accion": o.accion}
    return {name: cells.visible(text) for name, text in shown.items()}
