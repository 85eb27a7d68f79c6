"""What `receive` says of each file: on the terminal, and for other programs."""

import json
from collections.abc import Sequence
from pathlib import Path

from poa_xl.api.campaign import Campaign
from poa_xl.api.reception import Reception
from poa_xl.campaign import changes, intake, receipts
from poa_xl.campaign.records import REJECTED
from poa_xl.cli import output, terminal
from poa_xl.messages import campaign as words
from poa_xl.messages.counts import plural

JSON_VERSION = 1


def say(campana: Campaign, one: Reception) -> None:
    """Print what became of a file."""
    recibo = one.recibo
    output.findings(recibo.findings)
    output.remarks(recibo.archivo, recibo.remarks)
    e = recibo.entrega
    if e is None:
        if not one.is_folder:
            terminal.say(f"{recibo.archivo}  {words.NOT_RECEIVED}", fg="red")
        return
    parts = [recibo.archivo, e.unidad or "—", e.situacion if one.new else _repeated(one)]
    if one.new:
        parts.append(f"acuse {e.acuse}: {receipts.standing(e, recibo.anterior)}")
    terminal.say("  ".join(parts), fg="red" if one.failed else None)
    if recibo.waited:
        terminal.say(f"    {words.DECIDED.format(acuse=recibo.waited)}")
    elif one.path is None:
        terminal.say(f"    {words.COMPLETED}")
    if recibo.disputed:
        file = _as_argument(one.path or campana.folder / e.ruta)
        terminal.say(f"    {words.SAY_NEWER.format(archivo=file, carpeta=_as_argument(campana.folder))}")
    output.clock(one.clock)
    found = changes.from_json(e.cambios) if one.new else None
    if found is not None:
        lines = [words.changed(h.hoja, h.agregadas, h.quitadas, len(h.celdas)) for h in found.hojas]
        for line in lines or [words.IDENTICAL_CONTENT]:
            terminal.say(f"    {line}")


def _as_argument(path: Path) -> str:
    """A path as it is typed in a command; quotation marks go round spaces in every system."""
    return f'"{path}"' if " " in str(path) else str(path)


def _repeated(one: Reception) -> str:
    e = one.recibo.entrega
    assert e is not None  # noqa: S101 - a repeated file has a row
    text = words.REPEATED.format(cuando=words.day(e.cuando), acuse=e.acuse, estado=e.situacion)
    if e.estado == REJECTED:
        return text + words.REPEATED_REJECTED
    current = one.recibo.anterior
    if one.recibo.disputed:
        return f"{text}; {receipts.standing(e, current)}"
    if current is not None and current.numero != e.numero:
        text += words.REPEATED_OLD.format(acuse=current.acuse)
    return text


def total(received: Sequence[Reception]) -> str:
    """How many files were received, and what became of them."""
    done = [r for r in received if not r.is_folder]
    new = [r.recibo.entrega for r in done if r.new and r.recibo.entrega]
    waiting = sum(bool(e.espera) for e in new)
    rejected = sum(e.estado == REJECTED for e in new) - waiting  # of the ledger; what waits is none yet
    repeated = sum(r.recibo.desenlace == intake.REPEATED for r in done)
    return words.RECEIVED_TOTAL.format(
        total=plural(len(done), "archivo", "archivos"),
        aceptadas=plural(len(new) - rejected - waiting, "aceptado", "aceptados"),
        espera=words.WAITING_TOTAL.format(n=waiting) if waiting else "",
        rechazadas=plural(rejected, "rechazado", "rechazados"),
        repetidas=plural(repeated, "ya recibido", "ya recibidos"),
        no=plural(len(done) - len(new) - repeated, "no recibido", "no recibidos"),
    )


def document(done: Sequence[Reception]) -> dict[str, object]:
    """Everything for other programs."""
    return {
        "version": JSON_VERSION,
        "resumen": {"archivos": sum(not r.is_folder for r in done), "fallidos": sum(r.failed for r in done)},
        "archivos": [_item(r) for r in done],
    }


def _item(one: Reception) -> dict[str, object]:
    recibo, e, new = one.recibo, one.recibo.entrega, one.new
    kept = {
        "acuse": e.acuse if e else "",
        "unidad": e.unidad if e else "",
        "version": e.version if e else None,
        "estado": e.situacion if e else intake.NOT_RECEIVED,
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
        "observaciones": output.observations(recibo.findings),
        "respuestas": output.remark_items(recibo.archivo, e.unidad if e else "", recibo.remarks),
    }
