"""The command `explain`: where a figure of a master comes from. 1: the original files do not give it; 2: which one?"""

import sys
from typing import Any

from poa_xl.cli import options, terminal
from poa_xl.cli.options import FAILURE, click, command
from poa_xl.errors import FindingsError

_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "loud": {"fg": "yellow"},
    "good": {"fg": "green", "bold": True},
}


@command()
@click.argument("maestro", type=options.FILE, metavar="MAESTRO")
@click.argument("que", metavar="QUÉ")
@options.text_or_json
@click.option("--html", "pagina", type=click.Path(dir_okay=False), metavar="PÁGINA",
              help="Además, escribe una página (.html) para quien audita.")  # fmt: skip
@click.option("--check", "originales", multiple=True, type=click.Path(exists=True), metavar="CARPETA",
              help="Abre otra vez los archivos originales y suma sus celdas.")  # fmt: skip
@click.option("--all", "todo", is_flag=True, help="Muestra todas las partes, hasta la última celda.")
@click.option("--force", "forzar", is_flag=True, help="Reemplaza también una página guardada después.")
@options.limits
def explain(
    maestro: str, que: str, formato: str, pagina: str | None, originales: tuple[str, ...], todo: bool, forzar: bool,
    limites: str | None,
) -> None:  # fmt: skip
    """Dice de dónde sale una cifra del maestro, hasta las celdas que se escribieron.

    QUÉ es el identificador de una cifra, una celda del maestro o palabras; si puede ser más de una, termina con 2 y
    dice cuáles.

    Muestra el número, su regla con los números puestos y sus partes, nivel por nivel: unidad, archivo, huella, hoja,
    fila y celda, con las observaciones, excepciones y cambios aceptados del camino.

    Con --check termina con 1 si los archivos originales no dan la cifra, y dice en qué celda. En CARPETA, o junto a
    ella, está también el libro de la entidad.

    \b
    Ejemplo:
      poa-xl explain evaluacion.xlsx MRE.avance.t2
      poa-xl explain evaluacion.xlsx "ejecución del MRE al semestre" --check entregas
      poa-xl explain evaluacion.xlsx ACP!F7 --html cifra.html
    """
    from poa_xl.api import explanation
    from poa_xl.cli import output
    from poa_xl.messages import explain as words

    target = explanation.target(pagina, forzar) if pagina else None
    try:
        found = explanation.explain(maestro, que, limits=limites)
    except FindingsError as error:
        output.findings(error.findings)
        terminal.say(error.command_text, err=True)
        sys.exit(FAILURE)
    if originales:
        found = found.check(originales)
    written = found.write_html(target) if target else None  # first: what reads our lines may stop before the last
    if formato == "json":
        terminal.say_json(found.to_dict())
    else:
        for line in found.lines(everything=todo):
            terminal.say(line.text, **_LOOKS.get(line.look, {}))
    if written:
        output.second_name(written)
        terminal.say(words.WRITTEN.format(ruta=written.path), err=formato == "json")
    sys.exit(1 if found.checked and not found.checked.agrees else 0)
