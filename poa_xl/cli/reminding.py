"""What `status --reminders` writes, and what is said of it."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path

import click

from poa_xl.campaign import reminders
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import Ajuste, Entrega, Observacion
from poa_xl.cells import visible
from poa_xl.cli import copies, terminal
from poa_xl.guards import RefusedError
from poa_xl.messages import reminders as words
from poa_xl.writers import reminders as drafts
from poa_xl.writers.reminders import Escrito, Resultado

_NAMES_SHOWN = 3


def place(campana: Campana, carpeta: str | None) -> Path | None:
    """The folder of the drafts; None where none are asked for. UsageError where they would mix with something else."""
    if carpeta is None:
        return None
    if not carpeta.strip():
        raise click.UsageError(words.NO_FOLDER)
    target = Path(carpeta)
    if target.resolve().is_relative_to(campana.folder.resolve()):
        raise click.UsageError(visible(words.IN_CAMPAIGN.format(carpeta=carpeta)))
    others = [path.name for path in drafts.of_others(target, _identity(campana))]
    if others:
        names, left = ", ".join(others[:_NAMES_SHOWN]), len(others) - _NAMES_SHOWN
        names = words.MORE_FILES.format(archivos=names, n=left) if left > 0 else names
        raise click.UsageError(visible(words.OTHER_CAMPAIGN.format(carpeta=carpeta, archivos=names)))
    return target


def _identity(campana: Campana) -> str:
    """What tells a campaign from all others, of the same quarter too: how it began, which never changes."""
    first = campana.ledger.rows(Ajuste)[0]
    print_ = hashlib.sha256(repr(astuple(first)).encode()).hexdigest()
    return f"{first.gestion}-{first.trimestre}T-{print_[:12]}"


def write(campana: Campana, carpeta: Path, hoy: dt.date) -> Resultado:
    """Write the reminders of a campaign into a folder."""
    return drafts.write(carpeta, _identity(campana), reminders.of(campana, hoy, _renewed))


def _renewed(campana: Campana, entrega: Entrega, there: bytes, found: Sequence[Observacion]) -> bytes | None:
    """The copy of a submission with its findings as they weigh today; the one in the campaign stays as it is."""
    from poa_xl.ooxml.splice import MarkupError
    from poa_xl.writers.annotated import copy

    try:
        return copies.copy_with(campana, entrega, found) if copy.is_copy(there) else None
    except (MarkupError, RefusedError):
        return None


def document(done: Resultado) -> dict[str, object]:
    """The reminders for other programs."""
    return {
        "escritos": [_written(e) for e in done.escritos],
        "quitados": [str(path) for path in done.quitados],
        "sobrantes": [str(path) for path in done.sobrantes],
    }


def _written(e: Escrito) -> dict[str, object]:
    return {
        "unidad": e.recordatorio.unidad,
        "motivo": e.recordatorio.motivo,
        "archivo": str(e.ruta),
        "para": e.direcciones,
        "no_son_direcciones": e.malas,
        "adjunto": e.recordatorio.adjunto.nombre if e.recordatorio.adjunto else "",
        "conservado": e.conservado,
        "no_reemplazados": [str(path) for path in e.editados],
    }


def say(done: Resultado, carpeta: Path) -> None:
    """How many and why, then what needs a person's eye."""
    if done.escritos:
        found = [e.recordatorio.motivo for e in done.escritos]
        counts = {reason: found.count(reason) for reason in words.REASONS}
        terminal.say(words.written(counts, str(carpeta)))
        terminal.say(words.HOW)
    elif not done.fallidos:
        terminal.say(words.NOTHING)
    for line in _notes(done):
        terminal.say(line, fg="yellow")


def _notes(done: Resultado) -> Iterable[str]:
    silent = [e.recordatorio.unidad for e in done.escritos if not e.direcciones and not e.malas]
    if silent:
        yield words.WITHOUT_ADDRESS.format(unidades=", ".join(silent))
    for e in done.escritos:
        for bad in e.malas:
            said = words.BAD_ADDRESS if e.direcciones else words.NO_GOOD_ADDRESS
            yield said.format(unidad=e.recordatorio.unidad, correo=bad)
        if e.conservado:
            yield words.KEPT.format(ruta=e.ruta)
        else:
            for path in e.editados:
                said = words.SECOND_NAME if drafts.is_draft(path) else words.SECOND_NAME_OTHER
                yield said.format(ruta=path, nueva=e.ruta)
    if done.quitados:
        yield words.REMOVED.format(archivos=", ".join(path.name for path in done.quitados))
    for path in done.sobrantes:
        yield words.NOT_NEEDED.format(ruta=path)
