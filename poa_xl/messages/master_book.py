"""What is said of a master workbook from which figures are to be taken."""

from collections.abc import Sequence

from poa_xl.messages.counts import first_ones

_MOST = 6  # cells that are named
NOT_A_MASTER = "{archivo} no es un libro maestro de poa-xl: dé el que escribió poa-xl consolidate."
NOT_READ = "{archivo} no se puede leer. {porque}"
WITHOUT_IDS = (
    "{archivo} es de una versión de poa-xl que no escribía la hoja Cifras: consolide otra vez con los mismos libros."
)
WITHOUT_COVER = "La hoja Portada de {archivo} no dice la gestión o la fecha de corte: no se sabe de qué trimestre es."


def unreadable(archivo: str, cells: Sequence[str]) -> str:
    """Cells of figures that hold an error, no value or another thing than a number."""
    return (
        f"{archivo}: no se leen las cifras de {first_ones(list(cells), _MOST)}. Abra el libro en Excel o LibreOffice, "
        "recalcúlelo y guárdelo; si sigue así, consolide otra vez."
    )
