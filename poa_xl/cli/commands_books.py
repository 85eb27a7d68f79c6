"""The commands on workbooks: init, demo, template, validate, consolidate, diff, migrate. They parse and call."""

import sys
from typing import Literal

from poa_xl.cli.root import FILE, QUARTER, click, poa_xl


@poa_xl.command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
def init(carpeta: str) -> None:
    """Crea en CARPETA un libro de la entidad vacío (entidad.xlsx).

    Trae los encabezados, las listas, las notas y los umbrales publicados; la DGP lo llena una vez por
    gestión y agrega cada trimestre los datos del SIGEP.

    \b
    Ejemplo:
      poa-xl init poa-2025
    """
    from poa_xl.cli import making

    making.init(carpeta)


@poa_xl.command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
@click.option("--quarter", "trimestre", type=click.IntRange(1, 2), default=2, show_default=True, metavar="N",
              help="Trimestre hasta el que están llenos, 1 o 2: los publicados.")  # fmt: skip
@click.option("--defects", "defectos", is_flag=True, help="Planta un defecto de cada código, con su lista.")
def demo(carpeta: str, trimestre: int, defectos: bool) -> None:
    """Escribe la entidad de muestra y sus 109 libros llenos.

    CARPETA queda con entidad.xlsx y entregas/*.xlsx. Con --defects, además, defectos.csv dice qué se plantó y
    en qué celda.

    \b
    Ejemplo:
      poa-xl demo demo
      poa-xl demo demo-defectos --defects
    """
    from poa_xl.cli import making

    making.demo(carpeta, trimestre, defectos)


@poa_xl.command()
@click.argument("entidad", type=FILE, metavar="ENTIDAD")
@click.option("-o", "--output", "carpeta", required=True, type=click.Path(file_okay=False), metavar="CARPETA",
              help="Carpeta donde se escriben las plantillas.")  # fmt: skip
@click.option("--unit", "unidades", multiple=True, metavar="CÓDIGO", help="Solo esta unidad; se puede repetir.")
@click.option("--functions", "funciones", default="poa", show_default=True,
              type=click.Choice(["poa", "native", "xlwings"]),
              help="poa: =EFICACIA(…), con el complemento; native: fórmulas comunes, sin complemento; xlwings: .xlsm "
              "con botones, para Excel de Windows con Python.")  # fmt: skip
@click.option("--rows", "filas", type=click.IntRange(1, 2000), metavar="N",
              help="Filas por llenar de cada hoja; si no se da, 150 tareas y 20 operaciones.")  # fmt: skip
def template(
    entidad: str,
    carpeta: str,
    unidades: tuple[str, ...],
    funciones: Literal["poa", "native", "xlwings"],
    filas: int | None,
) -> None:
    """Escribe la plantilla de cada unidad para toda la gestión.

    ENTIDAD es el libro de la entidad. Nunca reemplaza un libro que ya existe.

    \b
    Ejemplo:
      poa-xl template demo/entidad.xlsx -o plantillas
      poa-xl template demo/entidad.xlsx -o plantillas --unit DGP --unit EMB-LIMA --functions native
      poa-xl template demo/entidad.xlsx -o plantillas --unit EMB-LIMA --functions xlwings
    """
    from poa_xl.cli import making

    making.template(entidad, carpeta, unidades, funciones, filas)


@poa_xl.command()
@click.argument("rutas", nargs=-1, required=True, type=click.Path(exists=True), metavar="RUTA...")
@click.option("--entity", "entidad", type=FILE, metavar="ENTIDAD",
              help="Libro de la entidad; si no se da, entidad.xlsx en la carpeta o junto a ella.")  # fmt: skip
@click.option("--quarter", "trimestre", type=QUARTER, metavar="N", help="Trimestre que se evalúa (1 a 4).")
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: una línea por observación; json: para otros programas.")  # fmt: skip
@click.option("--limits", "limites", type=FILE, metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
@click.option("--annotate", "copias", type=click.Path(file_okay=False), metavar="CARPETA",
              help="Escribe allí una copia de cada libro observado, con sus observaciones.")  # fmt: skip
@click.option("--repair", "reparar", is_flag=True,
              help="Repara en las copias lo que no tiene dudas: números como texto, espacios, títulos.")  # fmt: skip
def validate(
    rutas: tuple[str, ...],
    entidad: str | None,
    trimestre: int | None,
    formato: str,
    limites: str | None,
    copias: str | None,
    reparar: bool,
) -> None:
    """Revisa libros y dice qué celda está mal y qué hacer.

    RUTA es un libro o una carpeta con libros. Sin --quarter cada libro se revisa con el trimestre que él mismo
    dice reportar. Si RUTA es un libro de entidad, lo revisa como tal.

    Los libros nunca cambian. Con --annotate cada libro observado queda copiado con la lista de observaciones, una
    nota y un color en cada celda; lo demás de la copia es igual.

    \b
    Ejemplo:
      poa-xl validate demo/entregas/DGP.xlsx --entity demo/entidad.xlsx
      poa-xl validate demo/entregas --quarter 2
      poa-xl validate demo/entregas --quarter 2 --format json
      poa-xl validate demo/entregas --quarter 2 --annotate observados --repair
    """
    from poa_xl.cli import evaluating

    sys.exit(evaluating.validate(rutas, entidad, trimestre, formato, limites, copias, reparar))


@poa_xl.command()
@click.argument("carpeta", required=False, type=click.Path(exists=True, file_okay=False), metavar="[CARPETA]")
@click.option("--campaign", "campana", type=click.Path(exists=True, file_okay=False), metavar="CAMPAÑA",
              help="En vez de CARPETA: lo vigente de cada unidad en una campaña.")  # fmt: skip
@click.option("--entity", "entidad", type=FILE, metavar="ENTIDAD",
              help="Libro de la entidad; si no se da, entidad.xlsx en la carpeta o junto a ella.")  # fmt: skip
@click.option("--quarter", "trimestre", type=QUARTER, metavar="N",
              help="Trimestre (1 a 4); una campaña ya lo dice.")  # fmt: skip
@click.option("-o", "--output", "salida", required=True, type=click.Path(dir_okay=False), metavar="MAESTRO",
              help="Libro maestro que se escribe (.xlsx).")  # fmt: skip
@click.option("--force", "forzar", is_flag=True,
              help="Reemplaza también un maestro más nuevo, o uno que alguien guardó después.")  # fmt: skip
@click.option("--limits", "limites", type=FILE, metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
def consolidate(
    carpeta: str | None,
    campana: str | None,
    entidad: str | None,
    trimestre: int | None,
    salida: str,
    forzar: bool,
    limites: str | None,
) -> None:
    """Reúne los libros en el libro maestro de evaluación.

    Toma los libros de CARPETA, o la versión vigente de cada unidad en una campaña. Las filas con errores quedan
    fuera y se listan en la hoja Observaciones. Si el maestro está abierto en una hoja de cálculo, el nuevo queda con
    otro nombre, que se dice.

    \b
    Ejemplo:
      poa-xl consolidate demo/entregas --quarter 2 -o demo/evaluacion.xlsx
      poa-xl consolidate --campaign campana-2T -o evaluacion-2T.xlsx
    """
    from poa_xl.cli import evaluating

    if campana:
        if carpeta or entidad or trimestre:
            raise click.UsageError("Con --campaign no van CARPETA, --entity ni --quarter: los dice la campaña.")
        sys.exit(evaluating.consolidate_campaign(campana, salida, limites, forzar))
    if not carpeta or not trimestre:
        raise click.UsageError("Falta la opción --campaign, o CARPETA con --quarter.")
    sys.exit(evaluating.consolidate(carpeta, entidad, trimestre, salida, limites, forzar))


@poa_xl.command()
@click.argument("a", type=click.Path(exists=True, dir_okay=False), metavar="A")
@click.argument("b", type=click.Path(exists=True, dir_okay=False), metavar="B")
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: para leer; json: para otros programas.")  # fmt: skip
@click.option("-o", "--output", "salida", type=click.Path(dir_okay=False), metavar="LIBRO",
              help="Escribe todas las diferencias en un libro (.xlsx) que se puede filtrar.")  # fmt: skip
@click.option("--all", "todo", is_flag=True, help="Muestra todas las líneas de cada hoja, no solo las primeras.")
@click.option("--force", "forzar", is_flag=True,
              help="Compara aunque sean de otra unidad o entidad; reemplaza un LIBRO guardado después.")  # fmt: skip
@click.option("--limits", "limites", type=FILE, metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
def diff(a: str, b: str, formato: str, salida: str | None, todo: bool, forzar: bool, limites: str | None) -> None:
    """Muestra qué cambió del libro A al libro B, fila por fila y cifra por cifra.

    A y B son dos versiones del libro de una unidad, o dos libros maestros; A, la anterior. Las filas se reconocen por
    su código o su texto, aunque estén en otro lugar. Termina con 0 si no hay diferencias y con 1 si las hay.

    De dos libros maestros muestra las cifras que cambiaron y de qué vienen: entregas, filas, observaciones y
    parámetros.

    \b
    Ejemplo:
      poa-xl diff EMB-LIMA-v01.xlsx EMB-LIMA-v02.xlsx
      poa-xl diff evaluacion-julio.xlsx evaluacion-agosto.xlsx -o cambios.xlsx
    """
    from poa_xl.cli import comparing

    sys.exit(comparing.diff(a, b, formato, salida, todo, forzar, limites))


@poa_xl.command()
@click.argument("archivos", nargs=-1, required=True, type=click.Path(exists=True), metavar="ARCHIVO...")
@click.option("--to", "version", required=True, metavar="VERSIÓN", help="Versión de la plantilla a la que se pasa.")
@click.option("-o", "--output", "salida", required=True, type=click.Path(), metavar="SALIDA",
              help="Libro nuevo (.xlsx), o carpeta para varios, con el código por nombre.")  # fmt: skip
@click.option("--entity", "entidad", type=FILE, metavar="ENTIDAD",
              help="Libro de la entidad; si no se da, entidad.xlsx en la carpeta o junto a ella.")  # fmt: skip
@click.option("--plan", "plan", is_flag=True, help="De libros de otra gestión pasa el plan a la de la entidad.")
@click.option("--with-schedule", "programacion", is_flag=True,
              help="Como --plan, y además lo programado, la línea base y la meta, como propuesta.")  # fmt: skip
@click.option("--functions", "funciones", type=click.Choice(["poa", "native", "xlwings"]),
              help="Fórmulas del libro nuevo, como en template; si no se da, las que tenía el anterior.")  # fmt: skip
@click.option("--from", "desde", default="", metavar="VERSIÓN",
              help="Con qué versión se hicieron los libros que no lo dicen.")  # fmt: skip
@click.option("--year", "gestion", type=click.IntRange(2000, 2100), metavar="AÑO",
              help="De qué gestión son los libros que no lo dicen.")  # fmt: skip
@click.option("--unit", "unidad", default="", metavar="CÓDIGO", help="De qué unidad es un libro que no lo dice.")
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: para leer; json: para otros programas.")  # fmt: skip
@click.option("--limits", "limites", type=FILE, metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
def migrate(
    archivos: tuple[str, ...],
    version: str,
    salida: str,
    entidad: str | None,
    plan: bool,
    programacion: bool,
    funciones: str | None,
    desde: str,
    gestion: int | None,
    unidad: str,
    formato: str,
    limites: str | None,
) -> None:
    """Pasa los datos de libros hechos con otra versión de la plantilla, o de otra gestión, a la plantilla de ahora.

    ARCHIVO es un libro o una carpeta con libros; no cambian. De la misma gestión pasa todo lo escrito. De otra
    gestión, con --plan, pasan operaciones, tareas, indicadores y resultados programados; no lo ejecutado ni los montos.
    Lo que no se pudo pasar se dice aquí y en la hoja Observaciones del libro nuevo; entonces termina con 1.

    \b
    Ejemplo:
      poa-xl migrate anteriores --to 2 --entity demo/entidad.xlsx -o nuevos
      poa-xl migrate EMB-LIMA.xlsx --to 2 --entity entidad-2025.xlsx -o nuevo.xlsx --plan
    """
    from poa_xl.cli import migrating
    from poa_xl.migration.source import Given

    given = Given(desde, gestion, unidad)
    asked = migrating.Asked(version, entidad, salida, given, plan, programacion, funciones, limites)
    sys.exit(migrating.migrate(archivos, asked, formato))
