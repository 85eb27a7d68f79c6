"""The command `poa-xl` itself, and what its commands share. Everything but click is imported where it is used."""

from poa_xl import __version__
from poa_xl.cli import spanish

click = spanish.click()

QUARTER = click.IntRange(1, 4)
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
DATE = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.group(context_settings=_HELP)
@click.version_option(__version__, prog_name="poa-xl")
def poa_xl() -> None:
    """Seguimiento y evaluación del POA en hojas de cálculo.

    Reúne los libros de las unidades de una entidad, dice qué celda está mal y qué hacer, y arma el libro
    maestro de evaluación de cada trimestre.

    \b
    Ejemplo:
      poa-xl demo demo
      poa-xl validate demo/entregas --quarter 2
      poa-xl consolidate demo/entregas --quarter 2 -o demo/evaluacion.xlsx
    """
