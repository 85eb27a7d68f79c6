"""The command `validate`: what is wrong in workbooks, cell by cell."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from poa_xl.cli import options, terminal
from poa_xl.cli.options import QUARTER, click, command

if TYPE_CHECKING:
    from poa_xl.api.annotation import AnnotatedFile
    from poa_xl.api.revision import Revision


@command()
@click.argument("rutas", nargs=-1, required=True, type=options.ANY_PATH, metavar="RUTA...")
@options.entity
@click.option("--quarter", "trimestre", type=QUARTER, metavar="N", help="Trimestre que se evalúa (1 a 4).")
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: una línea por observación; json: para otros programas.")  # fmt: skip
@options.limits
@options.engine
@click.option("--annotate", "copias", type=click.Path(file_okay=False), metavar="CARPETA",
              help="Escribe allí una copia de cada libro observado, con sus observaciones.")  # fmt: skip
@click.option("--repair", "reparar", is_flag=True,
              help="Repara en las copias lo que no tiene dudas: números como texto, espacios, títulos.")  # fmt: skip
@options.plan
@options.previous
def validate(
    rutas: tuple[str, ...],
    entidad: str | None,
    trimestre: int | None,
    formato: str,
    limites: str | None,
    motor: str,
    copias: str | None,
    reparar: bool,
    plan: str | None,
    anterior: str | None,
) -> None:
    """Revisa libros y dice qué celda está mal y qué hacer.

    RUTA es un libro o una carpeta con libros. Sin --quarter cada libro se revisa con el trimestre que él mismo
    dice reportar. Si RUTA es un libro de entidad, lo revisa como tal.

    Con --plan y --previous se dice también qué difiere del plan aprobado y de lo que aceptó un trimestre anterior.

    Los libros nunca cambian. Con --annotate cada libro observado queda copiado con la lista de observaciones, una
    nota y un color en cada celda; lo demás de la copia es igual.

    \b
    Ejemplo:
      poa-xl validate demo/entregas/DGP.xlsx --entity demo/entidad.xlsx
      poa-xl validate demo/entregas --quarter 2
      poa-xl validate demo/entregas --quarter 2 --format json
      poa-xl validate demo/entregas --quarter 2 --plan demo/plan-2024-v1.json --previous campana-1T
      poa-xl validate demo/entregas --quarter 2 --annotate observados --repair
    """
    from poa_xl import reading

    reading.start_workers(1)
    from poa_xl.api import limits, revision
    from poa_xl.cli import output
    from poa_xl.messages import annotated as words

    bounds = limits.read(limites)
    if reparar and copias is None:
        raise click.UsageError(words.REPAIR_ALONE)
    if copias is not None:
        from poa_xl.api import annotation

        annotation.refuse_among(Path(copias), [Path(r) for r in rutas])
    with output.progress("Revisando") as progress:
        found = revision.check(
            rutas, entidad, trimestre, plan=plan, previous=anterior, limits=bounds, progress=progress, engine=motor
        )
    if formato == "json":
        terminal.say_json(output.document(found.findings, found.submissions, output.entity_document(found.entity)))
    else:
        _say(found)
    if copias is not None:
        _annotate(found, copias, reparar, formato == "json")
    sys.exit(1 if found.errors else 0)


def _say(found: "Revision") -> None:
    from poa_xl.cli import output
    from poa_xl.messages.counts import plural, total

    output.findings(found.findings)
    output.submissions(found.submissions)
    terminal.say()
    files = len(found.submissions)
    reviewed = plural(files, "libro revisado", "libros revisados")
    if found.entity and not found.with_units:
        reviewed = f"{found.entity.book.file} revisado"
    terminal.say(f"{reviewed}: {total(found.errors, found.avisos)}.")
    if found.entity is None:
        if found.known:
            known = f"{found.known.nombre}, gestión {found.known.gestion}"
            terminal.say(f"Se revisó con el catálogo que trae el libro: {known}.")
        return
    output.entity_used(found.entity, found.copies)
    if found.with_units and not found.entity.entidad:
        terminal.say("Los libros de las unidades no se revisaron: primero corrija el libro de la entidad.")


def _annotate(found: "Revision", folder: str, repair: bool, as_json: bool) -> None:
    """Write the copies. What is said of them goes to the other stream where the first holds JSON."""
    from poa_xl.messages import annotated as words

    def say(file: "AnnotatedFile") -> None:
        for r in file.repairs:
            terminal.say(words.repair(file.name, r.place, r.code, r.kind, r.before, r.after), err=as_json)
        if file.repairs:
            terminal.say(words.left(file.name, len(file.repairs), file.errors, file.avisos), err=as_json)
        if file.note:
            terminal.say(file.note, err=as_json)

    done = found.annotate(folder, repair=repair, each=say)
    written = sum(file.path is not None for file in done)
    terminal.say(words.written(written, folder) if done else words.nothing_to_write(), err=as_json)
