"""The commands by which a campaign grows: receive and waive."""

import datetime as dt
import getpass
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import click

from poa_xl import cells, reading
from poa_xl.campaign import board, changes, folder, intake, waiving
from poa_xl.campaign import receipts as acuses
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.intake import Orden, Recibo
from poa_xl.campaign.records import REJECTED, Entrega, Excepcion
from poa_xl.cli import copies, entities, limiting, printing, receipts, terminal
from poa_xl.findings import Finding, Location
from poa_xl.messages import campaign as words
from poa_xl.messages import ledger as ledger_words
from poa_xl.messages.counting import plural
from poa_xl.messages.entity import ENTITY_FILE

JSON_VERSION = 1


def now() -> dt.datetime:
    """This moment, with the offset of this place."""
    return dt.datetime.now().astimezone()


def who(given: str | None) -> str:
    """Who does it: the name given, else the user of this computer."""
    if given:
        return given.strip()
    with suppress(OSError, KeyError, ImportError):  # a system without users
        return getpass.getuser()
    return ""


def receive(
    archivos: Sequence[str], carpeta: str, quien: str | None, forzar: bool, formato: str, limites: str | None
) -> int:
    """Receive files, and the workbooks of folders; 1 where one of them has to be sent again."""
    done: list[Recibo] = []
    with folder.opened(Path(carpeta)) as campana:
        orden = Orden(who(quien), now(), forzar, limiting.read(limites))
        try:
            unwritten = receipts.write_missing(campana)
            for recibo, completed in _received(campana, archivos, orden):
                done.append(recibo)
                if recibo.desenlace == intake.NEW and recibo.entrega:
                    receipts.write(campana, recibo.entrega)
                if formato == "text":
                    _print(campana, recibo, completed)
            due = {e.numero: e for e in (*unwritten, *copies.due(campana))}
            copies.make_all(campana, list(due.values()), orden.limites, now(), aloud=formato == "text")
        finally:  # what was received before something failed is said
            if formato == "json":
                document = {**_document(done), "entidad": entities.document(*_entity(campana))}
                terminal.say_json(document)
            elif done:
                terminal.say(entities.used(*_entity(campana)))
                terminal.say(_total(done))
    return int(any(r.failed for r in done))


def _entity(campana: Campana) -> tuple[Path, str]:
    return campana.folder / ENTITY_FILE, campana.ajuste.sha256


def _received(campana: Campana, archivos: Sequence[str], orden: Orden) -> Iterator[tuple[Recibo, bool]]:
    """What becomes of each file; first of those that an interrupted command left behind, True beside them."""
    for recibo in intake.complete(campana, orden):
        yield recibo, True
    files, aside = _files(archivos)
    for path in aside:
        name = cells.visible(path.name)
        yield Recibo(name, intake.NOT_RECEIVED, findings=(Finding("LIB-004", Location(name)),)), False
    with printing.progress("Recibiendo", len(files)) as advance:
        for file in files:
            yield intake.receive(campana, file, orden), False
            advance()


def _files(archivos: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The files to receive, each once, and the temporary and hidden ones of folders."""
    files: dict[Path, None] = {}
    aside: dict[Path, None] = {}
    for given in map(Path, archivos):
        found, hidden = reading.list_files(given)
        files.update(dict.fromkeys(f for f in found))
        aside.update(dict.fromkeys(hidden))
    return list(files), list(aside)


def waive(
    codigo: str, carpeta: str, unidad: str, quien: str, motivo: str, hasta: dt.datetime, celda: str | None
) -> None:
    """Write an exception down and say what it reaches now."""
    with folder.opened(Path(carpeta)) as campana:
        pedido = waiving.Pedido(codigo, unidad, quien, motivo, hasta.date(), celda or "")
        try:
            row = waiving.record(campana, pedido, now())
        except waiving.WaiverError as error:
            raise click.UsageError(str(error)) from error
        current = campana.current_of(unidad)
        reached = board.covered(campana, current, row) if current else 0
        place = words.IN_CELL.format(hoja=row.hoja, celda=row.celda) if row.celda else ""
        reach = words.WAIVED_NOW.format(n=plural(reached, "observación", "observaciones"))
        terminal.say(
            words.WAIVED.format(
                numero=row.numero, codigo=row.codigo, unidad=row.unidad, lugar=place,
                hasta=words.day(row.hasta), hoy=reach,
            )
        )  # fmt: skip
        _say_clock(campana, Excepcion, row.numero)


# --- what receive says ------------------------------------------------------------------------------------


def _print(campana: Campana, recibo: Recibo, completed: bool) -> None:
    printing.findings(recibo.findings)
    printing.remarks(recibo.archivo, recibo.remarks)
    e = recibo.entrega
    if e is None:
        terminal.say(f"{recibo.archivo}  {words.NOT_RECEIVED}", fg="red")
        return
    parts = [recibo.archivo, e.unidad or "—", e.estado if recibo.desenlace == intake.NEW else _repeated(recibo)]
    if recibo.desenlace == intake.NEW:
        before = recibo.anterior
        parts.append(f"acuse {e.acuse}: {acuses.standing(e, before)}")
    terminal.say("  ".join(parts), fg="red" if recibo.failed else None)
    if completed:
        terminal.say(f"    {words.COMPLETED}")
    if recibo.desenlace == intake.NEW:
        _say_clock(campana, Entrega, e.numero)
    found = changes.from_json(e.cambios) if recibo.desenlace == intake.NEW else None
    if found is not None:
        lines = [words.changed(h.hoja, h.agregadas, h.quitadas, len(h.celdas)) for h in found.hojas]
        for line in lines or [words.IDENTICAL_CONTENT]:
            terminal.say(f"    {line}")


def _say_clock(campana: Campana, kind: type, numero: int) -> None:
    link = campana.ledger.link_of(kind, str(numero))
    if link and link.reloj:
        clock = ledger_words.CLOCK_BACK.format(cuando=words.moment(link.reloj))
        terminal.say(f"    {ledger_words.CLOCK}: {clock}", fg="yellow")


def _repeated(recibo: Recibo) -> str:
    e = recibo.entrega
    assert e is not None  # noqa: S101 - a repeated file has a row
    text = words.REPEATED.format(cuando=words.day(e.cuando), acuse=e.acuse, estado=e.estado)
    if e.estado == REJECTED:
        return text + words.REPEATED_REJECTED
    current = recibo.anterior
    if current is not None and current.numero != e.numero:
        text += words.REPEATED_OLD.format(acuse=current.acuse)
    return text


def _total(done: Sequence[Recibo]) -> str:
    new = [r for r in done if r.desenlace == intake.NEW and r.entrega]
    rejected = sum(r.entrega.estado == REJECTED for r in new if r.entrega)
    repeated = sum(r.desenlace == intake.REPEATED for r in done)
    return words.RECEIVED_TOTAL.format(
        total=plural(len(done), "archivo", "archivos"),
        aceptadas=plural(len(new) - rejected, "aceptado", "aceptados"),
        rechazadas=plural(rejected, "rechazado", "rechazados"),
        repetidas=plural(repeated, "ya recibido", "ya recibidos"),
        no=plural(len(done) - len(new) - repeated, "no recibido", "no recibidos"),
    )


def _document(done: Sequence[Recibo]) -> dict[str, object]:
    return {
        "version": JSON_VERSION,
        "resumen": {
            "archivos": len(done),
            "fallidos": sum(r.failed for r in done),
        },
        "archivos": [_item(r) for r in done],
    }


def _item(recibo: Recibo) -> dict[str, object]:
    e = recibo.entrega
    kept = {
        "acuse": e.acuse if e else "",
        "unidad": e.unidad if e else "",
        "version": e.version if e else None,
        "estado": e.estado if e else intake.NOT_RECEIVED,
        "vigente": bool(e and e.vale and recibo.desenlace == intake.NEW),
        "reemplaza": recibo.anterior.acuse if e and e.reemplaza is not None and recibo.anterior else "",
        "sha256": e.sha256 if e else "",
        "guardado": e.ruta if e else "",
        "cambios": json.loads(e.cambios)["hojas"] if e and e.cambios else [],
    }
    return {
        "archivo": recibo.archivo,
        "desenlace": recibo.desenlace,
        **kept,
        "observaciones": printing.document(recibo.findings, [])["observaciones"],
        "respuestas": printing.remark_items(recibo.archivo, e.unidad if e else "", recibo.remarks),
    }
