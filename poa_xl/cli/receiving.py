"""The commands by which a campaign grows: receive and waive."""

import datetime as dt
import getpass
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from poa_xl import cells, reading
from poa_xl.campaign import board, changes, folder, intake, waiving
from poa_xl.campaign import receipts as acuses
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.intake import Orden, Recibo
from poa_xl.campaign.records import REJECTED, Entrega, Excepcion
from poa_xl.checking import row_keys
from poa_xl.cli import copies, entities, limiting, printing, receipts, terminal
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
    archivos: Sequence[str],
    carpeta: str,
    quien: str | None,
    forzar: bool,
    formato: str,
    limites: str | None,
    nuevos: Sequence[str] = (),
    llegada: dt.datetime | None = None,
) -> int:
    """Receive files, and the workbooks of folders; 1 where one of them, or a part of it, does not count.

    `nuevos` are newer than what is in force, whatever their dates say; `llegada` is when all of it arrived, in the time
    of this place.
    """
    if not archivos and not nuevos:
        raise click.UsageError(words.NOTHING_TO_RECEIVE)
    done: list[Recibo] = []
    with folder.opened(Path(carpeta)) as campana:
        orden = Orden(who(quien), now(), forzar, limiting.read(limites), _arrived(llegada))
        try:
            unwritten = receipts.write_missing(campana)
            for recibo, path in _received(campana, (archivos, nuevos), orden):
                done.append(recibo)
                if recibo.desenlace == intake.NEW and recibo.entrega:
                    receipts.write(campana, recibo.entrega)
                if formato == "text":
                    _print(campana, recibo, path)
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


def _arrived(llegada: dt.datetime | None) -> dt.datetime | None:
    if llegada is None:
        return None
    moment = llegada.astimezone()
    if moment > now():
        raise click.UsageError(words.NOT_YET.format(cuando=words.moment(moment.isoformat(timespec="seconds"))))
    return moment


def _received(
    campana: Campana, given: tuple[Sequence[str], Sequence[str]], orden: Orden
) -> Iterator[tuple[Recibo, Path | None]]:
    """What becomes of each file, and where it is; first of what an interrupted command left behind, with None."""
    for recibo in intake.complete(campana, replace(orden, entrada=None)):
        yield recibo, None
    (files, aside), (newer, more) = map(_files, given)
    for path in (*aside, *more):
        name = cells.visible(path.name)
        yield Recibo(name, intake.NOT_RECEIVED, findings=(reading.aside(path, name),)), path
    wanted = dict.fromkeys(files, orden) | {path: replace(orden, forzar=True) for path in newer}
    with printing.progress("Recibiendo", len(wanted)) as advance:
        for path, how in wanted.items():
            yield intake.receive(campana, path, how), path
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
        told = row_keys.told(row.fila)
        bound = words.WAIVED_ROW.format(fila=told) if told else ""
        if row.celda and not campana.ledger.rows(Entrega, "unidad = ?", unidad):
            bound = words.WAIVED_EARLY
        reach = words.WAIVED_NOW.format(n=plural(reached, "observación", "observaciones"))
        terminal.say(
            words.WAIVED.format(
                numero=row.numero, codigo=row.codigo, unidad=row.unidad, lugar=place, fila=bound,
                hasta=words.day(row.hasta), hoy=reach,
            )
        )  # fmt: skip
        _say_clock(campana, Excepcion, row.numero)


# --- what receive says ------------------------------------------------------------------------------------


def _print(campana: Campana, recibo: Recibo, path: Path | None) -> None:
    printing.findings(recibo.findings)
    e = recibo.entrega
    if e is None:
        terminal.say(f"{recibo.archivo}  {words.NOT_RECEIVED}", fg="red")
        return
    parts = [recibo.archivo, e.unidad or "—", e.estado if recibo.desenlace == intake.NEW else _repeated(recibo)]
    if recibo.desenlace == intake.NEW:
        before = recibo.anterior
        parts.append(f"acuse {e.acuse}: {acuses.standing(e, before)}")
    terminal.say("  ".join(parts), fg="red" if recibo.failed else None)
    if path is None:
        terminal.say(f"    {words.COMPLETED}")
    if recibo.desenlace == intake.NEW and e.duda:
        file = _as_argument(path or campana.folder / e.ruta)
        terminal.say(f"    {words.SAY_NEWER.format(archivo=file, carpeta=_as_argument(campana.folder))}")
    if recibo.desenlace == intake.NEW:
        _say_clock(campana, Entrega, e.numero)
    found = changes.from_json(e.cambios) if recibo.desenlace == intake.NEW else None
    if found is not None:
        lines = [words.changed(h.hoja, h.agregadas, h.quitadas, len(h.celdas)) for h in found.hojas]
        for line in lines or [words.IDENTICAL_CONTENT]:
            terminal.say(f"    {line}")


def _as_argument(path: Path) -> str:
    """A path as it is typed in a command; quotation marks go round spaces in every system."""
    return f'"{path}"' if " " in str(path) else str(path)


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
        "duda": e.duda if e and recibo.desenlace == intake.NEW else "",
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
    }
