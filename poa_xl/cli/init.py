"""The command `init`: an empty workbook of the entity."""

from poa_xl.cli import terminal
from poa_xl.cli.options import click, command


@command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
def init(carpeta: str) -> None:
    """Crea en CARPETA un libro de la entidad vacío (entidad.xlsx).

    Trae los encabezados, las listas, las notas y los umbrales publicados; Planificación lo llena una vez por
    gestión y agrega cada trimestre los datos del SIGEP.

    \b
    Ejemplo:
      poa-xl init poa-2025
    """
    from poa_xl.api import templates

    target = templates.create_entity(carpeta)
    terminal.say(f"Se creó {target}. Llene sus hojas y revíselo con: poa-xl validate {target}")
