"""What `status --reminders` writes, and what is said of it."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import click

from poa_xl.campaign import reminders
from poa_xl.campaign.folder import Campana
from poa_xl.cells import visible
from poa_xl.messages import reminders as words
from poa_xl.writers import reminders as drafts
from poa_xl.writers.reminders import Resultado


def write(campana: Campana, carpeta: str, hoy: dt.date) -> Resultado:
    """Write the reminders of a campaign into a folder."""
    ajuste = campana.ajuste
    return drafts.write(Path(carpeta), f"{ajuste.gestion}-{ajuste.trimestre}T", reminders.of(campana, hoy))


def document(done: Resultado) -> dict[str, object]:
    """The reminders for other programs."""
    written = [
        {
            "unidad": e.recordatorio.unidad,
            "motivo": e.recordatorio.motivo,
            "archivo": str(e.ruta),
            "para": e.direcciones,
            "adjunto": str(e.recordatorio.copia or ""),
            "conservado": e.conservado,
        }
        for e in done.escritos
    ]
    return {
        "escritos": written,
        "quitados": [str(path) for path in done.quitados],
        "sobrantes": [str(path) for path in done.sobrantes],
    }


def say(done: Resultado, carpeta: str) -> None:
    """How many and why, then what needs a person's eye."""
    if not done.escritos:
        click.echo(words.NOTHING)
    else:
        found = [e.recordatorio.motivo for e in done.escritos]
        counts = {reason: found.count(reason) for reason in words.REASONS}
        click.echo(visible(words.written(counts, carpeta)))
        click.echo(words.HOW)
    for line in _notes(done):
        click.secho(visible(line), fg="yellow")


def _notes(done: Resultado) -> Iterable[str]:
    silent = [e.recordatorio.unidad for e in done.escritos if not e.direcciones]
    if silent:
        yield words.WITHOUT_ADDRESS.format(unidades=", ".join(silent))
    for e in done.escritos:
        for bad in e.malas:
            yield words.BAD_ADDRESS.format(unidad=e.recordatorio.unidad, correo=bad)
        if e.conservado:
            yield words.KEPT.format(ruta=e.ruta)
        else:
            for path in e.editados:
                yield words.SECOND_NAME.format(ruta=path, nueva=e.ruta)
    if done.quitados:
        yield words.REMOVED.format(archivos=", ".join(path.name for path in done.quitados))
    for path in done.sobrantes:
        yield words.NOT_NEEDED.format(ruta=path)
