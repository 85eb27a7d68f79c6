"""How a change of a figure is told: how large it is, and in what."""

import re

from poa_xl.comparison.result import CIFRAS, CUADROS, PARAMETROS, Celda
from poa_xl.comparison.values import difference

BS, POINTS = "Bs", "puntos"
_MONEY = re.compile(r"\(Bs\)")
_PERCENTAGE = re.compile(
    r"%|^(Avance|Eficacia|Ejecución|Eficiencia|Rango ideal|Promedio|Publicado|Diferencia|Desviación|Límite|Media)"
)


def of(parte: str, celda: Celda) -> tuple[float | None, str]:
    """(how much more, «puntos», «Bs» or ''): of a figure of a master; None where one of the values is no number."""
    amount = difference(celda.antes, celda.despues)
    if amount is None or parte not in (CIFRAS, CUADROS, PARAMETROS):
        return amount, ""
    # Where the columns are periods, the row says what the figure is.
    for text in (celda.columna, *(str(value) for _, value in reversed(celda.clave))):
        if _MONEY.search(text):
            return amount, BS
        if _PERCENTAGE.search(text):
            return amount, POINTS
    return amount, ""
