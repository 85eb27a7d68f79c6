"""A figure that does not exist (nothing was programmed, nothing is in force): None in Python, «n/a» in a cell.

It is not zero and enters no mean or sum. A formula that needs a figure asks with ISNUMBER whether it is there.
"""

from poa_xl.indicators.words import DECISION, Words

MISSING = "n/a"
MISSING_TEXT = '"%s"' % MISSING  # as a piece of a formula
# In formulas: above every number, and the condition of a number, which no text fulfils.
ABOVE_ALL, ANY_NUMBER = "9.9E+307", '">-1E+300"'
NO_EXISTE = Words(
    name=MISSING,
    rules=(
        f"`{MISSING}` es una cifra que no existe: no había nada programado o no hay presupuesto vigente. No es cero "
        f"y no entra en ningún promedio. **{DECISION}**; el informe escribe «{MISSING}» donde el SIGEP dice «Sin "
        "Prog.».",
    ),
)


def where_number(cell: str, formula: str) -> str:
    """The formula where a cell is a number, else «n/a»."""
    return f"IF(ISNUMBER({cell}),{formula},{MISSING_TEXT})"


def where_numbers(one: str, other: str, formula: str) -> str:
    """The formula where both cells are numbers, else «n/a»."""
    return f"IF(AND(ISNUMBER({one}),ISNUMBER({other})),{formula},{MISSING_TEXT})"


def passing_on(cell: str, formula: str) -> str:
    """The formula where a cell is a number, else what the cell shows: «n/a» or nothing."""
    return f"IF(ISNUMBER({cell}),{formula},{cell})"
