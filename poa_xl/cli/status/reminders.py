"""What `status --reminders` says of the drafts that it wrote."""

from collections.abc import Iterable
from pathlib import Path

from poa_xl.cli import terminal
from poa_xl.messages import reminders as words
from poa_xl.writers import reminders as drafts
from poa_xl.writers.reminders import Escrito, Resultado


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
