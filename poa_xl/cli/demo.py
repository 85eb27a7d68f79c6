"""The command `demo`: a sample entity and its filled workbooks."""

from typing import get_args

from poa_xl.api import arguments
from poa_xl.api.arguments import Sample
from poa_xl.cli import terminal
from poa_xl.cli.options import click, command


@command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
@click.option("--sample", "muestra", type=click.Choice(get_args(Sample)), default=arguments.MINISTERIO,
              show_default=True, help="Cuál: un ministerio en un trimestre, o un municipio en su año.")  # fmt: skip
@click.option("--quarter", "trimestre", type=click.IntRange(*arguments.DEMO_QUARTERS), metavar="N",
              help="Trimestre hasta el que está lleno el ministerio: 1 o, si no se da, 2.")  # fmt: skip
@click.option("--defects", "defectos", is_flag=True, help="Planta en el ministerio un defecto de cada código.")
def demo(carpeta: str, muestra: Sample, trimestre: int | None, defectos: bool) -> None:
    """Escribe una entidad de muestra y sus libros llenos.

    CARPETA queda con entidad.xlsx y entregas/*.xlsx, los 109 libros del ministerio. Con --defects, además,
    defectos.csv dice qué se plantó y en qué celda.

    Con --sample municipio queda con entidad.xlsx, como empieza el año, y las carpetas 1T a 4T, cada una con su
    entidad.xlsx y sus entregas; con_cambios tiene libros del 3T que difieren del plan, y cambios.csv dice en qué celda.

    \b
    Ejemplo:
      poa-xl demo demo
      poa-xl demo demo-defectos --defects
      poa-xl demo muni --sample municipio
    """
    from poa_xl.api import templates
    from poa_xl.cli import output

    with output.progress("Escribiendo los libros") as progress:
        done = templates.write_demo(carpeta, quarter=trimestre, defects=defectos, sample=muestra, progress=progress)
    if done.quarters:
        first, last = done.quarters[0], done.quarters[-1]
        terminal.say(f"Se escribieron {done.entity} y {done.count} libros en las carpetas {first} a {last.name}.")
        terminal.say(f"Otros {done.defects} libros difieren del plan; la lista está en {done.defects_list}.")
        return
    terminal.say(f"Se escribieron {done.entity} y {done.count} libros en {done.submissions}.")
    if done.defects_list:
        terminal.say(f"Se plantaron {done.defects} defectos; la lista está en {done.defects_list}.")
