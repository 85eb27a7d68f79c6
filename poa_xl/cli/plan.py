"""The command `plan approve`: what all units programme for the year, written down version by version."""

import sys
from typing import TYPE_CHECKING

from poa_xl.cli import options, terminal
from poa_xl.cli.options import Command, click

if TYPE_CHECKING:
    from poa_xl.api.plans import Approval

_SHOWN = 8  # units


@click.group()
def plan() -> None:
    """Aprueba el plan de todas las unidades, con el que después se compara cada libro que envían.

    \b
    Ejemplo:
      poa-xl plan approve demo/entregas --resolution "RM 012/2024"
    """


plan.command_class = Command


@plan.command()
@click.argument("rutas", nargs=-1, required=True, type=click.Path(exists=True), metavar="RUTA...")
@options.entity
@click.option("--resolution", "resolucion", default="", metavar="TEXTO",
              help="Documento que lo aprueba, como «RM 012/2024».")  # fmt: skip
@click.option("--by", "quien", metavar="NOMBRE", help="Quién lo aprueba; si no se da, el usuario de la computadora.")
@click.option("--incomplete", "incompleto", is_flag=True,
              help="También si faltan unidades o su libro tiene errores: esas quedan fuera.")  # fmt: skip
def approve(rutas: tuple[str, ...], entidad: str | None, resolucion: str, quien: str | None, incompleto: bool) -> None:
    """Escribe junto al libro de la entidad el plan de todas las unidades: plan-AÑO-v1.json, y después v2, v3…

    RUTA es un libro o una carpeta con los libros llenados. El plan tiene la programación de cada mes, la clase y el
    peso de las metas de cada operación y tarea. Desde la segunda versión, lo que difiera de la anterior debe estar en
    la hoja Modificaciones del libro de la entidad; la unidad de la que no se da un libro conserva su plan.

    Termina con 1, sin escribir nada, si algo tiene errores o falta una unidad.

    \b
    Ejemplo:
      poa-xl plan approve demo/entregas --resolution "RM 012/2024"
      poa-xl plan approve modificados --entity demo/entidad.xlsx --resolution "RM 045/2024"
    """
    from poa_xl.api import plans
    from poa_xl.cli import output

    with output.progress("Leyendo") as progress:
        done = plans.approve_plan(
            rutas, entidad, resolution=resolucion, by=quien, incomplete=incompleto, progress=progress
        )
    output.findings(done.revision.findings)
    _say(done)
    sys.exit(1 if done.refused else 0)


def _say(done: "Approval") -> None:
    from poa_xl.messages import baseline as words
    from poa_xl.messages.counts import first_ones

    left_out = first_ones(done.left_out, _SHOWN)
    if done.refused:
        terminal.say(words.refused(left_out), fg="red")
        return
    if done.unchanged and done.before:
        terminal.say(words.UNCHANGED.format(ruta=done.before.path, version=done.before.content.version))
        return
    assert done.plan is not None  # noqa: S101 - it was neither refused nor as before
    units = len(done.plan.content.unidades)
    said = words.approved(done.plan.content.version, units, *done.plan.content.counts)
    terminal.say(said.format(ruta=done.plan.path))
    terminal.say(words.HASH.format(huella=done.plan.hash))
    if left_out:
        terminal.say(words.LEFT_OUT.format(unidades=left_out), fg="yellow")
    if done.kept and len(done.kept) < units:
        terminal.say(words.KEPT.format(n=len(done.kept)))
    _say_what_is_left(done)


def _say_what_is_left(done: "Approval") -> None:
    """What of the workbooks and of the modifications is not in the version."""
    from poa_xl.cells import visible
    from poa_xl.messages import baseline as words
    from poa_xl.messages.counts import first_ones

    if not done.before and done.revision.entidad.entidad.modificaciones:
        terminal.say(words.FIRST, fg="yellow")
    if done.not_taken:
        terminal.say(words.NOT_TAKEN.format(unidades=first_ones(done.not_taken, _SHOWN)), fg="yellow")
    waiting: dict[str, list[str]] = {}
    for m in done.pending:
        waiting.setdefault(visible(m.resolucion), []).extend(map(visible, m.unidades))
    if waiting:
        terminal.say(words.pending(waiting), fg="yellow")
