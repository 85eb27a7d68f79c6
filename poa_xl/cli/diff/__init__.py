"""The command `diff`: what changed from one workbook to another. 0: no differences, 1: differences."""

import sys

from poa_xl.cli import options, terminal
from poa_xl.cli.options import FAILURE, click, command


@command()
@click.argument("a", type=click.Path(exists=True, dir_okay=False), metavar="A")
@click.argument("b", type=click.Path(exists=True, dir_okay=False), metavar="B")
@options.text_or_json
@click.option("-o", "--output", "salida", type=click.Path(dir_okay=False), metavar="LIBRO",
              help="Escribe todas las diferencias en un libro (.xlsx) que se puede filtrar.")  # fmt: skip
@click.option("--all", "todo", is_flag=True, help="Muestra todas las líneas de cada hoja, no solo las primeras.")
@click.option("--force", "forzar", is_flag=True,
              help="Compara aunque sean de otra unidad o entidad; reemplaza un LIBRO guardado después.")  # fmt: skip
@options.limits
def diff(a: str, b: str, formato: str, salida: str | None, todo: bool, forzar: bool, limites: str | None) -> None:
    """Muestra qué cambió de A a B, fila por fila y cifra por cifra.

    A y B son dos versiones del libro de una unidad, dos libros maestros o dos versiones del plan aprobado; A, la
    anterior. Las filas se reconocen por su código o su texto, aunque estén en otro lugar. Termina con 0 si no hay
    diferencias y con 1 si las hay.

    De dos libros maestros muestra las cifras que cambiaron y de qué vienen: entregas, filas, observaciones y
    parámetros. De dos versiones del plan, qué resolución explica cada cambio.

    \b
    Ejemplo:
      poa-xl diff EMB-LIMA-v01.xlsx EMB-LIMA-v02.xlsx
      poa-xl diff evaluacion-julio.xlsx evaluacion-agosto.xlsx -o cambios.xlsx
      poa-xl diff plan-2024-v1.json plan-2024-v2.json
    """
    from poa_xl.api import comparison, limits, targets
    from poa_xl.cli import output
    from poa_xl.cli.diff import document, text
    from poa_xl.messages import comparison as words

    bounds = limits.read(limites)
    target = None if salida is None else targets.comparison(salida, forzar)
    try:
        found = comparison.diff(a, b, force=forzar, limits=bounds)
    except comparison.NotComparedError as error:
        if formato == "json":
            terminal.say_json(document.refused(error.findings))
        else:
            output.findings(error.findings)
        terminal.say(error.command_text, err=True)
        sys.exit(FAILURE)
    written = found.write(target) if target else None  # first: what reads our lines may stop before the last
    if formato == "json":
        terminal.say_json(document.document(found.comparacion, found.findings))
    else:
        output.findings(found.findings)
        for line in text.lines(found.comparacion, None if todo else text.MOST):
            terminal.say(line.text, **line.style)
    if written:
        output.second_name(written)
        terminal.say(words.WRITTEN.format(ruta=written.path), err=formato == "json")
    sys.exit(0 if found.equal else 1)
