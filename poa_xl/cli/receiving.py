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
from poa_xl.campaign import board, changes, exceptions, folder, intake
from poa_xl.campaign import receipts as acuses
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.intake import Orden, Recibo
from poa_xl.campaign.records import REJECTED, Entrega, Excepcion, Observacion
from poa_xl.checking import row_keys, send_window
from poa_xl.cli import copies, entities, limiting, printing, receipts, terminal
from poa_xl.findings import Finding, Location
from poa_xl.messages import campaign as words
from poa_xl.messages import ledger as ledger_words
from poa_xl.messages.counts import first_ones, plural
from poa_xl.messages.entity import ENTITY_FILE

JSON_VERSION = 1
_EMPTY = "ENT-003"
_SHOWN = 6  # cells


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
        orden = Orden(who(quien), now(), forzar, limiting.read(limites), _arrived(llegada, campana))
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


def _arrived(llegada: dt.datetime | None, campana: Campana) -> dt.datetime | None:
    """The moment in the time of this place. UsageError for one at which no workbook of the quarter can have arrived."""
    if llegada is None:
        return None
    moment, ajuste = llegada.astimezone(), campana.ajuste
    cuando = words.moment(moment.isoformat(timespec="seconds"))
    if moment > now():
        raise click.UsageError(words.NOT_YET.format(cuando=cuando))
    first, _ = send_window.window(ajuste.gestion, ajuste.trimestre)
    if llegada.date() < first:
        since = words.day(first.isoformat())
        raise click.UsageError(words.TOO_EARLY.format(cuando=cuando, periodo=words.quarter(ajuste), desde=since))
    return moment


def _received(
    campana: Campana, given: tuple[Sequence[str], Sequence[str]], orden: Orden
) -> Iterator[tuple[Recibo, Path | None]]:
    """What becomes of each file, and where it is; first of what an interrupted command left behind, with None."""
    for recibo in intake.complete(campana, replace(orden, entrada=None)):
        yield recibo, None
    (files, aside, empty), (newer, more, also) = map(_files, given)
    for path in (*aside, *more):
        name = cells.visible(path.name)
        yield Recibo(name, intake.NOT_RECEIVED, findings=(reading.aside(path, name),)), path
    for path in (*empty, *also):
        name = cells.visible(path.name)
        yield Recibo(name, intake.NOT_RECEIVED, findings=(Finding(_EMPTY, Location(name), name),)), path
    wanted = dict.fromkeys(files, orden) | {path: replace(orden, nuevo=True) for path in newer}
    with printing.progress("Recibiendo", len(wanted)) as advance:
        for path, how in wanted.items():
            yield intake.receive(campana, path, how), path
            advance()


def _files(archivos: Sequence[str]) -> tuple[list[Path], list[Path], list[Path]]:
    """The files to receive, each once, what of folders is set aside, and the folders without a file to receive."""
    files: dict[Path, None] = {}
    aside: dict[Path, None] = {}
    empty: dict[Path, None] = {}
    for given in map(Path, archivos):
        found, hidden = reading.list_files(given)
        files.update(dict.fromkeys(f for f in found))
        aside.update(dict.fromkeys(hidden))
        empty.update(dict.fromkeys([] if found else [given]))
    return list(files), list(aside), list(empty)


def waive(
    codigo: str, carpeta: str, unidad: str, quien: str, motivo: str, hasta: dt.datetime, celda: str | None
) -> None:
    """Write an exception down and say what it reaches now."""
    with folder.opened(Path(carpeta)) as campana:
        pedido = exceptions.Pedido(codigo, unidad, quien, motivo, hasta.date(), celda or "")
        try:
            row = exceptions.record(campana, pedido, now())
        except exceptions.WaiverError as error:
            raise click.UsageError(str(error)) from error
        current = campana.current_of(unidad)
        reached = board.covered(campana, current, row) if current else 0
        place = words.IN_CELL.format(hoja=row.hoja, celda=row.celda) if row.celda else ""
        told = row_keys.told(row.fila)
        bound = words.WAIVED_ROW.format(fila=told) if told else ""
        if row.celda and not campana.ledger.rows(Entrega, "unidad = ?", unidad):
            bound = words.WAIVED_EARLY
        reach = words.WAIVED_NOW.format(n=plural(reached, "observación", "observaciones"))
        if current and row.celda and not reached:
            reach = _elsewhere(campana, current, row, reach)
        terminal.say(
            words.WAIVED.format(
                numero=row.numero, codigo=row.codigo, unidad=row.unidad, lugar=place, fila=bound,
                hasta=words.day(row.hasta), hoy=reach,
            )
        )  # fmt: skip
        _say_clock(campana, Excepcion, row.numero)


def _elsewhere(campana: Campana, current: Entrega, row: Excepcion, reach: str) -> str:
    """What an exception reaches, with the cells where its code is observed: none of them is the one given."""
    found = campana.ledger.rows(Observacion, "entrega = ? AND codigo = ?", current.numero, row.codigo)
    cells_of = [f"{o.hoja}!{o.celda}" for o in found if o.celda]
    if not cells_of:
        return reach
    return words.WAIVED_ELSEWHERE.format(n=reach, codigo=row.codigo, lugares=first_ones(cells_of, _SHOWN))


# --- what receive says ------------------------------------------------------------------------------------


def _print(campana: Campana, recibo: Recibo, path: Path | None) -> None:
    printing.findings(recibo.findings)
    printing.remarks(recibo.archivo, recibo.remarks)
    e = recibo.entrega
    if e is None:
        if not _is_folder(recibo):
            terminal.say(f"{recibo.archivo}  {words.NOT_RECEIVED}", fg="red")
        return
    parts = [recibo.archivo, e.unidad or "—", e.estado if recibo.desenlace == intake.NEW else _repeated(recibo)]
    if recibo.desenlace == intake.NEW:
        before = recibo.anterior
        parts.append(f"acuse {e.acuse}: {acuses.standing(e, before)}")
    terminal.say("  ".join(parts), fg="red" if recibo.failed else None)
    if path is None:
        terminal.say(f"    {words.COMPLETED}")
    if recibo.disputed:
        file = _as_argument(path or campana.folder / e.ruta)
        terminal.say(f"    {words.SAY_NEWER.format(archivo=file, carpeta=_as_argument(campana.folder))}")
    if recibo.desenlace == intake.NEW:
        _say_clock(campana, Entrega, e.numero)
    found = changes.from_json(e.cambios) if recibo.desenlace == intake.NEW else None
    if found is not None:
        lines = [words.changed(h.hoja, h.agregadas, h.quitadas, len(h.celdas)) for h in found.hojas]
        for line in lines or [words.IDENTICAL_CONTENT]:
            terminal.say(f"    {line}")


def _is_folder(recibo: Recibo) -> bool:
    """Whether it is about a folder without a file to receive."""
    return any(f.code == _EMPTY for f in recibo.findings)


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
    if recibo.disputed:
        return f"{text}; {acuses.standing(e, current)}"
    if current is not None and current.numero != e.numero:
        text += words.REPEATED_OLD.format(acuse=current.acuse)
    return text


def _total(received: Sequence[Recibo]) -> str:
    done = [r for r in received if not _is_folder(r)]
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
            "archivos": sum(not _is_folder(r) for r in done),
            "fallidos": sum(r.failed for r in done),
        },
        "archivos": [_item(r) for r in done],
    }


def _item(recibo: Recibo) -> dict[str, object]:
    e, new = recibo.entrega, recibo.desenlace == intake.NEW
    kept = {
        "acuse": e.acuse if e else "",
        "unidad": e.unidad if e else "",
        "version": e.version if e else None,
        "estado": e.estado if e else intake.NOT_RECEIVED,
        "duda": e.duda if e and recibo.disputed else "",
        "vigente": bool(e and (e.vale if new else recibo.anterior == e)),
        "reemplaza": recibo.anterior.acuse if e and new and e.reemplaza is not None and recibo.anterior else "",
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
