"""The command `guide`: lists the guides that ship with the program, shows one, or copies all."""

from poa_xl.cli import terminal
from poa_xl.cli.options import click, command


@command()
@click.argument("nombre", required=False, metavar="[NOMBRE]")
@click.option("-o", "--output", "carpeta", type=click.Path(file_okay=False), metavar="CARPETA",
              help="Copia todas las guías, con sus imágenes, a una carpeta nueva o vacía.")  # fmt: skip
def guide(nombre: str | None, carpeta: str | None) -> None:
    """Muestra las guías que vienen con el programa: cuáles hay, o la que se pida por su NOMBRE.

    No hace falta internet.

    \b
    Ejemplo:
      poa-xl guide
      poa-xl guide guia-dgp
      poa-xl guide -o guias
    """
    from poa_xl.api import guides as door
    from poa_xl.errors import WrongUseError
    from poa_xl.messages import guides as words
    from poa_xl.messages.counts import plural

    if nombre and carpeta:
        raise WrongUseError(words.NAME_OR_FOLDER)
    if nombre:
        terminal.say_lines(door.find(nombre).text.rstrip("\n"))
    elif carpeta:
        written = door.write_guides(carpeta)
        said = {"n": plural(len(written), "guía", "guías"), "carpeta": carpeta, "primera": written[0].name}
        terminal.say(words.WRITTEN.format(**said))
    else:
        there = door.guides()
        width = max(len(one.name) for one in there)
        for one in there:
            terminal.say(f"{one.name:<{width}}  {one.title}")
        terminal.say(words.HOW_TO_READ)
