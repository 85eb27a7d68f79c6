"""The command `campaign`: makes a campaign, changes it, or makes its ledger anew."""

import datetime as dt
from pathlib import Path

from poa_xl.campaign import folder, recovery
from poa_xl.campaign.intake import Orden
from poa_xl.cli import copies, entities, receipts, receiving, terminal
from poa_xl.guards import DEFAULT
from poa_xl.messages import campaign as words
from poa_xl.messages import ledger as ledger_words
from poa_xl.messages.counts import plural


def settle(
    carpeta: str, entidad: str, trimestre: int, limite: dt.datetime, quien: str | None, rehacer: bool = False
) -> None:
    """Make a campaign, or change its deadline or its entity's workbook; or make its ledger anew."""
    target = Path(carpeta)
    checked, _ = entities.usable(Path(entidad), accepted=folder.keeps(target, Path(entidad)))  # its findings are shown
    if rehacer:
        _recover(target, Path(entidad), trimestre, limite.date(), quien)
        return
    made = folder.create(target, Path(entidad), trimestre, limite.date(), receiving.who(quien), receiving.now())
    said = words.CREATED if made.numero == 1 else words.UPDATED
    terminal.say(said.format(periodo=words.quarter(made), carpeta=carpeta, limite=words.day(made.limite)))
    terminal.say(entities.used(checked.path, made.sha256))


def _recover(target: Path, entidad: Path, trimestre: int, limite: dt.date, quien: str | None) -> None:
    done = recovery.recover(target, entidad, trimestre, limite, Orden(receiving.who(quien), receiving.now()))
    with folder.opened(target) as campana:
        taken = [r.entrega for r in done.recibos if r.entrega]
        for entrega in taken:
            receipts.write(campana, entrega)
            terminal.say(ledger_words.NEW_NUMBER.format(
                archivo=entrega.ruta, unidad=entrega.unidad or "—", estado=entrega.estado, acuse=entrega.acuse,
            ))  # fmt: skip
        copies.make_all(campana, [e for e in taken if e.errores], DEFAULT, receiving.now(), aloud=True)
    others = [r.archivo for r in done.recibos if r.entrega is None]
    for route in (*done.no_tomados, *others):
        said = ledger_words.NOT_TAKEN.format(ruta=route, porque=ledger_words.NOT_STORED_BY_US)
        terminal.say(said, fg="yellow")
    terminal.say(ledger_words.recovered(words.quarter(done.ajuste), str(target), len(taken)))
    if done.anterior:
        terminal.say(ledger_words.OLD_KEPT.format(ruta=done.anterior))
    terminal.say(ledger_words.OLD_RECEIPTS)
    if done.excepciones is None:
        terminal.say(ledger_words.NO_WAIVERS)
    elif done.excepciones:
        n = plural(done.excepciones, "excepción", "excepciones")
        terminal.say(ledger_words.OLD_WAIVERS.format(n=n))
