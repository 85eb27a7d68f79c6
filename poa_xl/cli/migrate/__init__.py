"""The command `migrate`: old workbooks, or those of another gestion, into the template of now; filled ones of now."""

import sys

from poa_xl.api import arguments
from poa_xl.cli import options, terminal
from poa_xl.cli.migrate import plan_option
from poa_xl.cli.migrate.plan_option import MigrateCommand
from poa_xl.cli.options import FUNCTIONS, click


@click.command(cls=MigrateCommand)
@click.argument("archivos", nargs=-1, required=True, type=click.Path(exists=True), metavar="ARCHIVO...")
@click.option("--to", "version", metavar="VERSIÓN",
              help="Versión de la plantilla a la que se pasa; si no se da, la última.")  # fmt: skip
@click.option("-o", "--output", "salida", required=True, type=click.Path(), metavar="SALIDA",
              help="Libro nuevo (.xlsx), o carpeta para varios, con el código por nombre.")  # fmt: skip
@options.entity
@plan_option.plan
@click.option("--with-schedule", "programacion", is_flag=True,
              help="Como --plan, y además lo programado, la línea base y la meta, como propuesta.")  # fmt: skip
@click.option("--functions", "funciones", type=FUNCTIONS,
              help="Fórmulas del libro nuevo, como en template; si no se da, las que tenía el anterior.")  # fmt: skip
@click.option("--from", "desde", default="", metavar="VERSIÓN",
              help="Con qué versión se hicieron los libros que no lo dicen.")  # fmt: skip
@click.option("--year", "gestion", type=click.IntRange(*arguments.YEARS), metavar="AÑO",
              help="De qué gestión son los libros que no lo dicen.")  # fmt: skip
@click.option("--unit", "unidad", default="", metavar="CÓDIGO",
              help="De qué unidad es un libro que no lo dice, o que dice el código de antes.")  # fmt: skip
@click.option("--refresh", "refresco", is_flag=True,
              help="Pone en los libros que ya son de esta gestión lo que la entidad dice ahora.")  # fmt: skip
@options.text_or_json
@options.limits
def migrate(
    archivos: tuple[str, ...],
    version: str | None,
    salida: str,
    entidad: str | None,
    plan: str | None,
    programacion: bool,
    funciones: arguments.Functions | None,
    desde: str,
    gestion: int | None,
    unidad: str,
    refresco: bool,
    formato: str,
    limites: str | None,
) -> None:
    """Pasa los datos de libros hechos con otra versión de la plantilla, o de otra gestión, a la plantilla de ahora.

    ARCHIVO es un libro o una carpeta con libros; no cambian. De la misma gestión pasa todo lo escrito. De otra
    gestión, con --plan, pasan operaciones, tareas, indicadores y resultados programados; no lo ejecutado ni los montos.
    Lo que no se pudo pasar se dice aquí y en la hoja Observaciones del libro nuevo; entonces termina con 1.

    Con --refresh, los libros llenos que ya son de esta versión y gestión reciben los nombres, catálogos, fuentes y
    categorías que tiene ahora la entidad, y nada de lo que escribió la unidad cambia. Con el archivo de un plan
    aprobado en --plan reciben también su programación y sus metas; lo ejecutado no cambia. Con --unit, un libro sigue a
    su unidad, que ahora tiene otro código; con --refresh la sigue solo, si la entidad dice que cambió de nombre.

    El libro de la entidad, solo, pasa entero a uno nuevo, que trae además las columnas y filas de ahora.

    \b
    Ejemplo:
      poa-xl migrate anteriores --to 3 --entity demo/entidad.xlsx -o nuevos
      poa-xl migrate EMB-LIMA.xlsx --to 3 --entity entidad-2025.xlsx -o nuevo.xlsx --plan
      poa-xl migrate entregas --refresh --entity demo/entidad.xlsx -o actualizados
      poa-xl migrate entregas --refresh --plan demo/plan-2024-v2.json --entity demo/entidad.xlsx -o modificados
      poa-xl migrate anterior/entidad.xlsx -o nueva/entidad.xlsx
    """
    from poa_xl.api import entity_migration, migration
    from poa_xl.cli import output
    from poa_xl.cli.migrate import report
    from poa_xl.messages.migration import PROGRESS

    if len(archivos) == 1 and not entidad and entity_migration.is_entity(archivos[0]):
        made = entity_migration.migrate_entity(archivos[0], salida, limits=limites)
        if formato == "json":
            terminal.say_json(report.entity_document(made))
        else:
            report.say_entity(made)
        sys.exit(int(made.lost))
    with output.progress(PROGRESS) as progress:
        done = migration.migrate(
            archivos, salida, entidad,
            to=version, plan=plan or plan == plan_option.ALONE, schedule=programacion, functions=funciones,
            from_version=desde, year=gestion, unit=unidad, refresh=refresco, limits=limites, progress=progress,
            each=report.say if formato == "text" else lambda _: None,
        )  # fmt: skip
    if formato == "json":
        terminal.say_json({**report.document(done), "entidad": output.entity_document(done.entidad.checked)})
    else:
        output.entity_used(done.entidad.checked)
        report.say_sums(done.files)
    sys.exit(max(report.exit_code(one) for one in done.files))
