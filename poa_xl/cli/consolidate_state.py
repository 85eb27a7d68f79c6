"""The command `consolidate-state`: many entities at once."""

import os
import sys
from typing import TYPE_CHECKING

from poa_xl.api import arguments
from poa_xl.cli import options, terminal
from poa_xl.cli.options import QUARTER, click, command

if TYPE_CHECKING:
    from poa_xl.writers.state import EntityResult


@command()
@click.argument("carpetas", nargs=-1, required=True, type=options.FOLDER, metavar="CARPETA...")
@click.option("--quarter", "trimestre", type=QUARTER, required=True, metavar="N", help="Trimestre (1 a 4).")
@click.option("-o", "--output", "salida", required=True, type=click.Path(file_okay=False), metavar="SALIDA",
              help="Carpeta donde se escribe todo.")  # fmt: skip
@click.option("--force", "forzar", is_flag=True, help="Reemplaza también libros maestros que alguien guardó después.")
@click.option("--jobs", "procesos", type=click.IntRange(*arguments.JOBS), metavar="N",
              help="Cuántas entidades se consolidan a la vez; si no se dice, tantas como núcleos tiene el equipo. "
                   "Cada una toma unos 300 MB.")  # fmt: skip
@options.limits
@options.engine
def consolidate_state(
    carpetas: tuple[str, ...],
    trimestre: int,
    salida: str,
    forzar: bool,
    procesos: int | None,
    limites: str | None,
    motor: str,
) -> None:
    """Reúne los libros de muchas entidades, cada una con sus reglas.

    CARPETA es la de una entidad (con su entidad.xlsx y sus libros, o una campaña), o tiene adentro carpetas así; puede
    estar en un almacén de objetos, como s3://balde/carpeta. En
    SALIDA quedan estado.xlsx, con una fila por entidad, los libros maestros y los datos de todas como Parquet.

    La segunda vez se leen solo las entidades de las que algún archivo cambió; si se interrumpe, sigue donde estaba. Una
    entidad que no se puede consolidar no detiene a las otras.

    Termina con 1 si alguna no se consolidó o tiene errores.

    \b
    Ejemplo:
      poa-xl consolidate-state entidades --quarter 2 -o estado-2T
    """
    from poa_xl.api import limits, states
    from poa_xl.messages import state as words

    done = states.consolidate_state(
        carpetas, salida, trimestre, force=forzar, limits=limits.read(limites), engine=motor,
        jobs=procesos or min(_cores(), arguments.JOBS[1]), each=_say,
    )  # fmt: skip
    failed = sum(bool(one.porque) for one in done.entities)
    said = words.summary(len(done.entities), failed)
    terminal.say(words.WRITTEN.format(libro=done.workbook.path, datos=done.data, resumen=said))
    if done.left:
        terminal.say(words.LEFT.format(salida=salida, carpetas=", ".join(done.left)), fg="yellow")
    sys.exit(0 if done.sound else 1)


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _say(one: "EntityResult") -> None:
    from poa_xl import cells, indicators
    from poa_xl.messages import state as words
    from poa_xl.messages.counts import plural, total

    if one.porque:
        terminal.say(words.FAILED.format(carpeta=one.carpeta, porque=one.porque), fg="red")
    elif not one.changed:
        terminal.say(words.UNCHANGED.format(carpeta=one.carpeta))
    else:
        avance = indicators.MISSING if one.avance is None else cells.number(indicators.round_half_up(one.avance), 2)
        books, found = plural(one.libros or 0, "libro", "libros"), total(one.errores or 0, one.avisos or 0)
        terminal.say(words.DONE.format(carpeta=one.carpeta, libros=books, observaciones=found, avance=avance))
