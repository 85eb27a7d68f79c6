"""Who must still send something, and the text that asks for it. Made of the ledger and of a day alone."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl import cells, messages, reading, sheets
from poa_xl.campaign import board, dates, files
from poa_xl.campaign.board import UnitStatus
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import Entrega, Observacion
from poa_xl.messages import Severity, Trait, campaign as common, reminders as words

FINDINGS_SHOWN = 20
_NOT_TAKEN = (words.OLDER_SINCE, words.DISPUTED_SINCE)  # the one in force is to be corrected, if any
_REASONS = {board.MISSING: words.MISSING, board.OUT: words.REJECTED, board.IN_PART: words.IN_PART}


@dataclass(frozen=True)
class Adjunto:
    """A workbook that goes with a reminder."""

    nombre: str
    contenido: bytes


@dataclass(frozen=True)
class Recordatorio:
    """A reminder to a unit. `motivo` is one of `messages.reminders.REASONS`."""

    unidad: str
    correo: str  # as the entity's workbook says
    motivo: str
    asunto: str
    texto: str
    adjunto: Adjunto | None = None


# Makes the copy of a submission anew with these findings; None where it cannot, or a person changed the one there is.
Renew = Callable[[Campana, Entrega, bytes, Sequence[Observacion]], bytes | None]


def _never(campana: Campana, entrega: Entrega, there: bytes, found: Sequence[Observacion]) -> bytes | None:
    return None


def of(campana: Campana, hoy: dt.date, renew: Renew = _never) -> list[Recordatorio]:
    """The reminders of a campaign on a day, in the order of the board."""
    rows = (_of_unit(campana, fila, hoy, renew) for fila in board.of(campana).filas)
    return [row for row in rows if row]


@dataclass(frozen=True)
class _Caso:
    """What a reminder is about. `entrega`: the submission that it names, `vigente`: the one that is on the board."""

    motivo: str
    fila: UnitStatus
    entrega: Entrega | None
    vigente: Entrega | None
    errores: Sequence[Observacion]
    adjunto: Adjunto | None
    aceptadas: Sequence[Observacion]  # what the workbook that goes along still shows
    vencidas: Sequence[Observacion] = ()  # actions of the workbook that counts, or waits, whose day passed

    @property
    def diferencias(self) -> list[Observacion]:
        """The errors that wait until the planning office accepts them."""
        return [o for o in self.errores if messages.has(o.codigo, Trait.AWAITS_DECISION)]

    @property
    def faltas(self) -> list[Observacion]:
        """The errors that the unit has to correct in any case."""
        return [o for o in self.errores if not messages.has(o.codigo, Trait.AWAITS_DECISION)]

    @property
    def otro_libro(self) -> bool:
        """Whether nothing is corrected in the workbook that was sent."""
        return any(messages.has(o.codigo, Trait.ANOTHER_BOOK) for o in self.errores)


def _of_unit(campana: Campana, fila: UnitStatus, hoy: dt.date, renew: Renew) -> Recordatorio | None:
    reason = _reason(fila)
    if reason is None:
        return None
    caso = _case(campana, fila, reason, renew)
    subject = words.SUBJECT.format(
        gestion=campana.ajuste.gestion, trimestre=campana.ajuste.trimestre, asunto=words.SUBJECTS[reason],
        unidad=fila.unidad,
    )  # fmt: skip
    text = "\n\n".join(_paragraphs(campana, caso, hoy))
    return Recordatorio(fila.unidad, fila.correo, reason, cells.visible(subject), f"{text}\n", caso.adjunto)


def _reason(fila: UnitStatus) -> str | None:
    if fila.espera:
        return words.WAITING
    if fila.rechazada_despues:
        return words.REJECTED_SINCE
    if fila.dudosa_despues:
        return words.DISPUTED_SINCE
    return words.OLDER_SINCE if fila.antigua_despues else _REASONS.get(fila.estado)


def _case(campana: Campana, fila: UnitStatus, reason: str, renew: Renew) -> _Caso:
    entrega = _entrega(
        campana, fila.espera or fila.rechazada_despues or fila.dudosa_despues or fila.antigua_despues or fila.acuse
    )
    vigente = _entrega(campana, fila.acuse)
    corrected = vigente if reason in _NOT_TAKEN else entrega
    if corrected is None:
        return _Caso(reason, fila, entrega, vigente, (), None, ())
    found = board.weighed(campana, corrected)
    errors = [o for o in found if o.gravedad == Severity.ERROR.value]
    overdue = [o for o in found if _is_overdue(o)]
    caso = _Caso(reason, fila, entrega, vigente, errors, None, (), overdue)
    if caso.otro_libro or not (errors or reason not in _NOT_TAKEN):
        return caso
    attached, since = _attached(campana, corrected, found, renew)
    return replace(caso, adjunto=attached, aceptadas=since)


def _is_overdue(o: Observacion) -> bool:
    return messages.has(o.codigo, Trait.OVERDUE_ACTION) and o.gravedad == Severity.AVISO.value


def _entrega(campana: Campana, acuse: str) -> Entrega | None:
    return campana.ledger.rows(Entrega, "acuse = ?", acuse)[0] if acuse else None


def _attached(
    campana: Campana, entrega: Entrega, found: Sequence[Observacion], renew: Renew
) -> tuple[Adjunto | None, Sequence[Observacion]]:
    """The workbook with its observations in place, and which of them were accepted since it was written.

    The copy was written when the submission was received. Where exceptions came later it is made anew, for the mail.
    """
    suffix = Path(entrega.ruta).suffix
    path = campana.folder / files.COPIES / f"{entrega.acuse}{suffix}"
    if not path.is_file() or path.is_symlink():
        return None, ()
    content, name = path.read_bytes(), f"{entrega.unidad}{suffix}"
    before = campana.ledger.rows(Observacion, "entrega = ?", entrega.numero)
    since = [o for o, was in zip(found, before, strict=True) if o.gravedad != was.gravedad]
    made = renew(campana, entrega, content, found) if since else None
    return (Adjunto(name, made), ()) if made else (Adjunto(name, content), since)


def _paragraphs(campana: Campana, caso: _Caso, hoy: dt.date) -> list[str]:
    limit = common.day(campana.ajuste.limite)
    due = words.OVERDUE if campana.limite < hoy else words.DUE
    unit = {"nombre": cells.visible(caso.fila.nombre), "unidad": caso.fila.unidad}
    return [
        words.GREETING.format(**unit),
        f"{_why(campana, caso)} {due.format(limite=limit)}",
        *_older_too(caso),
        *_findings(caso),
        *_send(caso),
        *_overdue(caso),
        words.RECEIPT if caso.motivo == words.MISSING else words.RECEIPT_SINCE,
        words.CLOSING.format(entidad=cells.visible(campana.ajuste.entidad)),
    ]


def _why(campana: Campana, caso: _Caso) -> str:
    said = {"periodo": common.quarter(campana.ajuste)}
    e, v = caso.entrega, caso.vigente
    if e and v:
        said |= {"dia": common.day(e.momento), "archivo": cells.visible(e.archivo), "acuse": e.acuse}
        said |= {"fecha": _date(e.fecha_envio), "otra": _date(v.fecha_envio), "anterior": v.acuse}
        if caso.motivo == words.OLDER_SINCE:
            said["porque"] = _why_older(campana, e, v).format(**said)
    return words.WHY[caso.motivo].format(**said)


def _why_older(campana: Campana, e: Entrega, v: Entrega) -> str:
    by_date = dates.by_date(e, v, campana.ajuste, (_reported(campana, e), _reported(campana, v)))
    return words.OLDER_BY_DATE if by_date else words.OLDER_BY_SAVING


def _reported(campana: Campana, entrega: Entrega) -> str:
    """The quarter that a kept workbook says it reports."""
    path = campana.folder / entrega.ruta
    return dates.stamped(reading.read_book(path, sheets.unit_sheets()), "trimestre") if path.exists() else ""


def _date(text: str) -> str:
    return cells.visible(common.day(text))


def _older_too(caso: _Caso) -> list[str]:
    if caso.motivo != words.REJECTED_SINCE or not caso.fila.antigua_despues:
        return []
    return [words.OLDER_TOO.format(acuse=caso.fila.antigua_despues)]


def _send(caso: _Caso) -> list[str]:
    receipt = caso.entrega.acuse if caso.entrega else ""
    if caso.motivo == words.MISSING:
        said = [words.SEND_MISSING]
    elif caso.motivo == words.WAITING:
        said = [words.SEND_WAITING_TOO if caso.faltas else words.SEND_WAITING]
    elif caso.otro_libro:
        said = [words.SEND_ANOTHER]
    elif caso.motivo in _NOT_TAKEN:
        said = [words.ATTACHED_OTHER] if caso.adjunto else []
        said.append(words.SEND_OLDER if caso.motivo == words.OLDER_SINCE else words.SEND_DISPUTED)
    else:
        said = [words.SEND_COPY if caso.adjunto else words.SEND_AGAIN]
    where = words.THE_COPY if caso.adjunto else words.THEIR_BOOK
    texts = [text.format(unidad=caso.fila.unidad, acuse=receipt, libro=where) for text in said]
    places = ", ".join(_place(o) for o in caso.aceptadas)
    return [words.ACCEPTED_SINCE.format(lugares=places), *texts] if places else texts


def _findings(caso: _Caso) -> list[str]:
    """The errors; what waits for a decision apart from what is to be corrected in any case."""
    title = words.FINDINGS_OF_THE_OTHER if caso.motivo in _NOT_TAKEN else words.FINDINGS
    if not (caso.diferencias and caso.faltas):
        waits = words.DIFFERENCES if caso.motivo == words.WAITING else title
        return _list(caso, waits if caso.diferencias else title, caso.errores)
    return [*_list(caso, words.DIFFERENCES, caso.diferencias), *_list(caso, words.FINDINGS_TOO, caso.faltas)]


def _overdue(caso: _Caso) -> list[str]:
    return _list(caso, words.OVERDUE_ACTIONS, caso.vencidas)


def _list(caso: _Caso, title: str, found: Sequence[Observacion]) -> list[str]:
    """The first ones, each with its place and what to do, and how many more there are."""
    if not found:
        return []
    lines = [words.FINDING.format(n=n, **_parts(o)) for n, o in enumerate(found[:FINDINGS_SHOWN], start=1)]
    left = len(found) - FINDINGS_SHOWN
    if left > 0:
        lines.append((words.MORE_IN_COPY if caso.adjunto else words.MORE).format(n=left))
    return [title.format(anterior=caso.fila.acuse) + "\n" + "\n".join(lines)]


def _parts(o: Observacion) -> dict[str, str]:
    shown = {"lugar": _place(o), "que": o.mensaje, "accion": o.accion}
    return {name: cells.visible(text) for name, text in shown.items()}


def _place(o: Observacion) -> str:
    place = cells.visible("!".join(part for part in (o.hoja, o.celda) if part))
    return f"{place} ({o.codigo})" if place else o.codigo
