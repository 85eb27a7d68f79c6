"""The command `demo`: the sample entity and its filled workbooks."""

from poa_xl.api import arguments
from poa_xl.cli import terminal
from poa_xl.cli.options import click, command


@command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
@click.option("--quarter", "trimestre", type=click.IntRange(*arguments.DEMO_QUARTERS), default=2, show_default=True,
              metavar="N", help="Trimestre hasta el que están llenos, 1 o 2: los publicados.")  # fmt: skip
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
    from poa_xl.api import templates
    from poa_xl.cli import output

    with output.progress("Escribiendo los libros") as progress:
        done = templates.write_demo(carpeta, quarter=trimestre, defects=defectos, progress=progress)
    terminal.say(f"Se escribieron {done.entity} y {done.count} libros en {done.submissions}.")
    if done.defects_list:
        terminal.say(f"Se plantaron {done.defects} defectos; la lista está en {done.defects_list}.")
