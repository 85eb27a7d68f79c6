"""The command `status`: who sent what in a campaign, and whether all is as it was written."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from poa_xl.cli import options, terminal
from poa_xl.cli.options import click, command

if TYPE_CHECKING:
    from poa_xl.api.campaign import Campaign
    from poa_xl.api.targets import Target, Written
    from poa_xl.campaign.board import Tablero

_FAILED_SHOWN = 3


@command()
@options.campaign
@click.option("--check", "comprobar", is_flag=True,
              help="Comprueba además que registro, archivos y acuses estén como se escribieron.")  # fmt: skip
@click.option("--head", "cabezas", multiple=True, metavar="CABEZA",
              help="Con --check: si la cabeza de un acuse es de este registro; se puede repetir.")  # fmt: skip
@options.text_or_json
@click.option("-o", "--output", "salidas", multiple=True, type=click.Path(dir_okay=False), metavar="TABLERO",
              help="Escribe el tablero como libro (.xlsx) o como página (.html); se puede repetir.")  # fmt: skip
@click.option("--reminders", "recordatorios", type=click.Path(file_okay=False), metavar="CARPETA",
              help="Escribe allí un recordatorio (.eml) para cada unidad que debe enviar algo.")  # fmt: skip
@click.option("--force", "forzar", is_flag=True, help="Reemplaza también un tablero que alguien guardó después.")
def status(
    campana: str,
    comprobar: bool,
    cabezas: tuple[str, ...],
    formato: str,
    salidas: tuple[str, ...],
    recordatorios: str | None,
    forzar: bool,
) -> None:
    """Muestra qué unidades enviaron su libro, cómo está y cuáles faltan, por área y grupo.

    Con --check termina con 1 si algo del registro, de los archivos recibidos o de los acuses falta, cambió o sobra, o
    si una cabeza no es de este registro. Se puede comprobar sin permiso de escritura.

    Un recordatorio es el borrador de un correo: a quién, qué falta o qué se observó, y hasta cuándo. Se abre con el
    programa de correo, se revisa y se envía. Los que ya no hacen falta se quitan, salvo que alguien los cambiara.

    \b
    Ejemplo:
      poa-xl status --campaign campana-2T
      poa-xl status --campaign campana-2T --check
      poa-xl status --campaign campana-2T --check --head 3f9c0a7be2d41586
      poa-xl status --campaign campana-2T -o tablero.html -o tablero.xlsx
      poa-xl status --campaign campana-2T --reminders recordatorios
    """
    from poa_xl.api import ledger_check
    from poa_xl.api.campaign import Campaign
    from poa_xl.cli.status import report
    from poa_xl.errors import PoaError
    from poa_xl.messages import ledger as words

    targets = _targets(salidas, forzar)
    if cabezas and not comprobar:
        raise click.UsageError(words.HEAD_WITHOUT_CHECK)
    ledger_check.heads(cabezas)
    with Campaign(campana) as opened:
        checked = opened.verify(cabezas) if comprobar else None
        try:
            tablero = opened.board()
        except PoaError:
            if checked is None or not checked.problems:
                raise
            report.say_without_board(checked, formato)
            sys.exit(1)
        for target in targets:
            target.refuse_later((tablero.gestion, tablero.trimestre))
        folder = None if recordatorios is None else _drafts(opened, recordatorios)
        written, failed = _write(tablero, targets)
        reminded = opened.write_reminders(folder) if folder else None
    failed += reminded.fallidos if reminded else ()
    done = report.Done(tablero, [w.path for w in written], reminded, failed, checked)
    if formato == "json":
        terminal.say_json(report.document(done))
    else:
        report.say(done, folder)
    _refuse_failed(failed)
    sys.exit(int(bool(checked and checked.problems)))


def _targets(paths: Sequence[str], force: bool) -> "list[Target]":
    """Where to write. Wrong usage for another ending, a name given twice, and where a file of that name must stay."""
    from poa_xl.api import targets
    from poa_xl.cells import visible
    from poa_xl.messages import board as words

    seen: set[Path] = set()
    for path in map(Path, paths):
        if path.resolve() in seen:
            raise click.UsageError(visible(words.SAME_TWICE.format(ruta=path)))
        seen.add(path.resolve())
    return [targets.board(path, force) for path in paths]


def _drafts(campana: "Campaign", folder: str) -> Path:
    """The folder of the reminders, refused before anything is written."""
    from poa_xl.api import reminders

    with campana.opened() as held:
        return reminders.place(held, folder)


def _write(tablero: "Tablero", targets: "Sequence[Target]") -> "tuple[list[Written], list[str]]":
    """Write the board: the files, and why others could not be written."""
    from poa_xl.api import boards
    from poa_xl.cli import output
    from poa_xl.errors import PoaError

    written: list[Written] = []
    failed: list[str] = []
    for target in targets:
        try:
            written.append(boards.write(tablero, target))
            output.second_name(written[-1])
        except PoaError as error:
            failed.append(error.command_text)
    return written, failed


def _refuse_failed(failed: Sequence[str]) -> None:
    """What could not be written is said last, as a PoaError: it hides nothing of the rest."""
    from poa_xl.errors import PoaError
    from poa_xl.messages import board as words

    more = [words.MORE_FAILED.format(n=len(failed) - _FAILED_SHOWN)] if len(failed) > _FAILED_SHOWN else []
    if failed:
        raise PoaError("\n".join([*failed[:_FAILED_SHOWN], *more]))
