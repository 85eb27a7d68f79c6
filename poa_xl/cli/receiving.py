"""The commands of a campaign that write: campaign, receive, receipt and waive."""

import datetime as dt
import getpass
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import click

from poa_xl import cells, outputs, reading
from poa_xl.campaign import board, changes, folder, intake, numbering, receipts, storing, waiving
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.intake import Orden, Recibo
from poa_xl.campaign.records import REJECTED, Entrega, Observacion
from poa_xl.cli import entities, limiting, printing, terminal
from poa_xl.findings import Finding, Location
from poa_xl.guards import DEFAULT, Limits, RefusedError
from poa_xl.messages import campaign as words
from poa_xl.messages.counting import plural
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.observations import Observation

JSON_VERSION = 1


def campaign(carpeta: str, entidad: str, trimestre: int, limite: dt.datetime, quien: str | None) -> None:
    """Make a campaign, or change its deadline or its entity's workbook."""
    target = Path(carpeta)
    checked, _ = entities.usable(Path(entidad))  # its findings are shown
    made = folder.create(target, Path(entidad), trimestre, limite.date(), who(quien), now())
    said = words.CREATED if made.numero == 1 else words.UPDATED
    terminal.say(said.format(periodo=words.quarter(made), carpeta=carpeta, limite=words.day(made.limite)))
    terminal.say(entities.used(checked.path, made.sha256))


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
            for recibo, completed in _received(campana, archivos, orden):
                done.append(recibo)
                copy = _write(campana, recibo, orden.limites)
                if formato == "text":
                    _print(recibo, completed)
                    if copy:
                        terminal.say(f"    {words.ANNOTATED.format(ruta=copy)}")
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
    _write_missing(campana, orden.limites)
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


def _write(campana: Campana, recibo: Recibo, limits: Limits) -> Path | None:
    """The receipt of a new submission; of one with errors also the copy with its observations: its path."""
    if recibo.desenlace != intake.NEW or recibo.entrega is None:
        return None
    return _write_both(campana, recibo.entrega, limits)


def _write_both(campana: Campana, entrega: Entrega, limits: Limits) -> Path | None:
    """The copy before the receipt: where a kill comes between, a missing receipt tells that both are to be written."""
    copy = annotate(campana, entrega, limits) if entrega.errores else None
    write_receipt(campana, entrega)
    return copy


def annotate(campana: Campana, entrega: Entrega, limits: Limits) -> Path | None:
    """A copy of the stored workbook with what the ledger says of it, to be sent back; None where it takes none."""
    found = campana.ledger.rows(Observacion, "entrega = ?", entrega.numero)
    copy = copy_with(campana, entrega, found, limits)
    if copy is None:
        return None
    target = campana.folder / folder.COPIES / f"{entrega.acuse}{Path(entrega.ruta).suffix}"
    with outputs.replacing(target) as temporary:
        temporary.write_bytes(copy)
    return target


def copy_with(
    campana: Campana, entrega: Entrega, found: Sequence[Observacion], limits: Limits = DEFAULT
) -> bytes | None:
    """The stored workbook with these findings in place; None where it takes none."""
    from poa_xl.writers import annotated, annotated_copy

    stored = campana.folder / entrega.ruta
    if annotated_copy.unreadable(o.codigo for o in found) or storing.sha256_of(stored) != entrega.sha256:
        return None  # of a file that changed `status --check` says so
    listed = [Observation(o.hoja, o.celda, o.gravedad, o.codigo, o.mensaje, o.accion) for o in found]
    try:
        return annotated_copy.with_list(stored.read_bytes(), listed, limits)
    except (annotated.MarkupError, RefusedError):
        return None


def write_receipt(campana: Campana, entrega: Entrega) -> tuple[Path, Path]:
    """Write the receipt of a submission, as text and as a page."""
    acuse = receipts.of(campana, entrega)
    written = []
    for end, text in ((".txt", receipts.as_text(acuse)), (".html", receipts.as_html(acuse))):
        path = campana.folder / folder.RECEIPTS / f"{entrega.acuse}{end}"
        with outputs.replacing(path) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written[0], written[1]


def _write_missing(campana: Campana, limits: Limits) -> None:
    """The receipts and copies that a command could not write because it was killed."""
    there = {p.name for p in (campana.folder / folder.RECEIPTS).glob("*.*")}
    for entrega in campana.ledger.rows(Entrega):
        if not {f"{entrega.acuse}.txt", f"{entrega.acuse}.html"} <= there:
            _write_both(campana, entrega, limits)


def receipt(numero: str, carpeta: str) -> None:
    """Write a receipt again and show it."""
    if not numbering.well_formed(numero):
        raise click.UsageError(words.WRONG_DIGIT.format(numero=cells.visible(numero)))
    with folder.opened(Path(carpeta)) as campana:
        entrega = receipts.by_number(campana, numero)
        text, page = write_receipt(campana, entrega)
        terminal.say_lines(receipts.as_text(receipts.of(campana, entrega)))
        terminal.say(words.WRITTEN_AGAIN.format(texto=text, html=page))


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


# --- what receive says ------------------------------------------------------------------------------------


def _print(recibo: Recibo, completed: bool) -> None:
    printing.findings(recibo.findings)
    e = recibo.entrega
    if e is None:
        terminal.say(f"{recibo.archivo}  {words.NOT_RECEIVED}", fg="red")
        return
    parts = [recibo.archivo, e.unidad or "—", e.estado if recibo.desenlace == intake.NEW else _repeated(recibo)]
    if recibo.desenlace == intake.NEW:
        before = recibo.anterior
        parts.append(f"acuse {e.acuse}: {receipts.standing(e, before)}")
    terminal.say("  ".join(parts), fg="red" if recibo.failed else None)
    if completed:
        terminal.say(f"    {words.COMPLETED}")
    found = changes.from_json(e.cambios) if recibo.desenlace == intake.NEW else None
    if found is not None:
        lines = [words.changed(h.hoja, h.agregadas, h.quitadas, len(h.celdas)) for h in found.hojas]
        for line in lines or [words.IDENTICAL_CONTENT]:
            terminal.say(f"    {line}")


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
    }
