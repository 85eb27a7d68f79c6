"""What the Resumen directivo says beside its tables, in Spanish."""
# ruff: noqa: UP035 - the Pythons of the spreadsheet programs are older

from typing import Sequence

from poa_xl.messages.counts import first_ones, plural

NOBODY_COSTS = "A ninguna le falta nada para 100."
ALL_AGREE = "Ninguna unidad tiene mucho de lo uno y poco de lo otro."
WITHOUT = "Unidades sin información"
REASONS = {
    "no envió": "No enviaron su libro",
    "rechazada": "Con su libro rechazado",
    "en espera": "Con su libro en espera de una decisión",
    "sin filas": "Sin ninguna fila aceptada",
}
ROWS_OUT = "Filas que quedaron fuera por errores"
MONTHS_OUT = "Meses sin datos del SIGEP"
OVERDUE = "Acciones correctivas vencidas"
_MOST_LETTERS = 190  # of a list, which takes two lines of the page


def compared(before: str, published: bool) -> str:
    """What the changes compare with: the quarter before, and whose figures of it."""
    if not before:
        return "el primer trimestre no tiene con qué compararse."
    source = "como se publicó en su campaña" if published else "según lo que las unidades informan hoy"
    return f"los cambios son frente al {before}, {source}."


def the_most(shown: int, of_all: int) -> str:
    """How many there are, and how many are shown."""
    units = plural(of_all, "unidad", "unidades")
    return units if shown == of_all else f"{units}; las {shown} más marcadas"


def names(items: Sequence[str]) -> str:
    """As many names as two lines hold, and how many more there are."""
    most = len(items)
    while most > 1 and len(first_ones(items, most)) > _MOST_LETTERS:
        most -= 1
    return first_ones(items, most)
