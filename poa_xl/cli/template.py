"""The command `template`: the workbooks that the units fill in."""

from collections.abc import Sized
from typing import TYPE_CHECKING

from poa_xl.api import arguments
from poa_xl.cli import options, terminal
from poa_xl.cli.options import FILE, FUNCTIONS, click, command

if TYPE_CHECKING:
    from poa_xl.entity import Entidad


@command()
@click.argument("entidad", type=FILE, metavar="ENTIDAD")
@click.option("-o", "--output", "carpeta", required=True, type=click.Path(file_okay=False), metavar="CARPETA",
              help="Carpeta donde se escriben las plantillas.")  # fmt: skip
@click.option("--unit", "unidades", multiple=True, metavar="CÓDIGO", help="Solo esta unidad; se puede repetir.")
@click.option("--functions", "funciones", default="poa", show_default=True, type=FUNCTIONS,
              help="poa: =EFICACIA(…) con el complemento y fórmulas comunes sin él; native: solo fórmulas comunes; "
              "xlwings: .xlsm con botones, para Excel de Windows con Python.")  # fmt: skip
@click.option("--rows", "filas", type=click.IntRange(*arguments.ROWS), metavar="N",
              help="Filas por llenar de cada hoja; si no se da, 150 tareas y 20 operaciones.")  # fmt: skip
@options.plan
def template(
    entidad: str,
    carpeta: str,
    unidades: tuple[str, ...],
    funciones: arguments.Functions,
    filas: int | None,
    plan: str | None,
) -> None:
    """Escribe la plantilla de cada unidad para toda la gestión.

    ENTIDAD es el libro de la entidad. Nunca reemplaza un libro que ya existe. Con --plan cada plantilla trae las
    operaciones y tareas aprobadas de su unidad, con su programación bloqueada.

    \b
    Ejemplo:
      poa-xl template demo/entidad.xlsx -o plantillas
      poa-xl template demo/entidad.xlsx -o plantillas --unit DGP --unit EMB-LIMA --functions native
      poa-xl template demo/entidad.xlsx -o plantillas --unit EMB-LIMA --functions xlwings
      poa-xl template demo/entidad.xlsx -o plantillas --plan demo/plan-2024-v1.json
    """
    from poa_xl.api import entities, templates
    from poa_xl.cli import output
    from poa_xl.messages import library
    from poa_xl.messages.counts import plural

    book = entities.open_entity(entidad)
    written = templates.write_templates(book, carpeta, units=unidades, functions=funciones, rows=filas, plan=plan)
    terminal.say(f"{plural(len(written), 'plantilla escrita', 'plantillas escritas')} en {carpeta}.")
    if empty := [name for name, rows in _lists(book.entidad).items() if not rows]:
        terminal.say(library.EMPTY_LISTS.format(hojas=" ni en ".join(empty)), fg="yellow")
    output.entity_used(book.checked)


def _lists(entidad: "Entidad") -> dict[str, Sized]:
    """The sheets of the entity from which the money of a unit takes its lists."""
    return {"Categorias": entidad.categorias, "Fuentes": entidad.fuentes}
