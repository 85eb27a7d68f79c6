"""How a change of a figure is told: how large it is, and in what."""

from poa_xl.comparison.result import CIFRAS, CUADROS, PARAMETROS, CellChange
from poa_xl.comparison.values import difference
from poa_xl.master_tables import contents


def of(parte: str, celda: CellChange) -> tuple[float | None, str]:
    """(how much more, «puntos», «Bs» or ''): of a figure of a master; None where one of the values is no number."""
    amount = difference(celda.antes, celda.despues)
    if amount is None or parte not in (CIFRAS, CUADROS, PARAMETROS):
        return amount, ""
    # Where the columns are periods, the row says what the figure is.
    for text in (celda.columna, *(str(value) for _, value in reversed(celda.clave))):
        if unit := contents.unit_of(text):
            return amount, str(unit)
    return amount, ""
